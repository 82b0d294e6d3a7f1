//! Short lists, looks and choices as plain loops have them, one household and purchase at a time: what the engine works out
//! many at a time comes to the same outlets.

use crate::common;
use recirc::base::draws::{Draws, Luck, Purpose, open_unit_32};
use recirc::economy::plan::Plan;
use recirc::economy::step::step;
use recirc::place::city::PURCHASES;
use recirc::place::vocabulary::{Purchase, Zone};
use recirc::world::City;
use recirc::world::orgs::Outside;
use recirc::world::outlets::{Code, REGION};

const CHANCE: f64 = 0.1;

fn leeds() -> City {
    common::leeds(0.01, 5, &["households.short_list=5", "households.reconsider_outlet_monthly=0.1"])
}

/// An option of a household's list: where it lies, then which of the outlets there.
fn option(city: &City, luck: &Luck, (h, p, k): (usize, usize, usize)) -> u32 {
    let market = &city.market;
    let words = luck.block(Purpose::OutletMake, h as u64, (p as u32) << 16 | (k as u32 / 2));
    let [place, member] = [words[2 * (k % 2)], words[2 * (k % 2) + 1]].map(open_unit_32);
    let mut at = place;
    if let Some(water) = city.anchors.water.filter(|_| p == Purchase::EnergyWaterRepairs.index()) {
        if place < market.water_share {
            return city.orgs.anchor(water as usize).0;
        }
        at = (place - market.water_share) / (1.0 - market.water_share);
    }
    let zone = Zone::ALL.iter().zip(market.place_of_sale[p]).find(|(_, part)| {
        at -= part;
        at < 0.0
    });
    match zone.map_or(Zone::Country, |(zone, _)| *zone) {
        Zone::City => market.outlet_pools[p].at(member).unwrap_or(city.orgs.outside(Outside::RegionFirms).0),
        zone => city.orgs.outside(Outside::firms(zone)).0,
    }
}

#[test]
fn short_lists() {
    let city = leeds();
    let luck = Draws::new(city.settings.run.seed, common::REPLICATE).in_month(0);
    for h in 0..city.households.len() {
        for p in 0..PURCHASES {
            for (k, code) in city.households.short_lists.of(h, p).iter().enumerate() {
                let plain = option(&city, &luck, (h, p, k));
                assert_eq!(
                    city.market.sellers.org(p, *code),
                    plain,
                    "household {h}, purchase {p}, option {k}"
                );
            }
        }
    }
}

/// For which purchases a household looks: the first that any draw tells, then the next after it, until one tells of none.
fn looks(luck: &Luck, h: usize) -> [bool; PURCHASES] {
    let none = libm::log1p(-CHANCE);
    let below = |n: usize| libm::round(-libm::expm1(n as f64 * none) * (1u64 << 32) as f64) as u64;
    let next = |from: usize, draw: u32| (from..PURCHASES).find(|p| u64::from(draw) < below(p - from + 1));
    let mut which = [false; PURCHASES];
    let mut draws = vec![luck.block(Purpose::Reconsider, (h / 4) as u64, 0)[h % 4]];
    draws.extend((1..=PURCHASES as u32).flat_map(|number| luck.block(Purpose::Reconsider, h as u64, number)));
    let mut from = 0;
    for draw in draws {
        let Some(p) = next(from, draw) else { break };
        which[p] = true;
        from = p + 1;
    }
    which
}

/// The exponential race over a household's list.
fn chosen(city: &City, luck: &Luck, h: usize, p: usize) -> Code {
    let list = city.households.short_lists.of(h, p).iter().enumerate();
    let arrivals = list.filter_map(|(k, code)| {
        let org = city.market.sellers.org(p, *code);
        let pull = match city.suppliers.active.rows().get(org as usize) {
            Some(false) => return None,
            Some(true) if city.suppliers.ward.rows()[org as usize] == city.households.ward.rows()[h] => {
                city.settings.households.same_ward_pull
            }
            _ => 1.0,
        };
        let words = luck.block(Purpose::OutletChoice, h as u64, (p as u32) << 16 | (k as u32 / 4));
        Some((-libm::log(open_unit_32(words[k % 4])) / pull, org, *code))
    });
    let first = arrivals.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    first.map_or(REGION, |(_, _, code)| code)
}

#[test]
fn looks_and_choices() {
    let mut city = leeds();
    let (plan, draws) = (Plan::neutral(&city), Draws::new(city.settings.run.seed, common::REPLICATE));
    let (mut looked, mut moved) = (0, 0);
    for _ in 0..3 {
        let before = city.households.outlets.clone();
        step(&mut city, &plan, &draws, None).unwrap();
        let luck = draws.in_month(city.month);
        for (h, (now, before)) in city.households.outlets.iter().zip(before.iter()).enumerate() {
            let looks = looks(&luck, h);
            for p in 0..PURCHASES {
                let plain = if looks[p] { chosen(&city, &luck, h, p) } else { before[p] };
                assert_eq!(now[p], plain, "household {h}, purchase {p}");
                looked += usize::from(looks[p]);
                moved += usize::from(now[p] != before[p]);
            }
        }
    }
    assert!(looked > 1000 && moved > 300, "{looked} looks, {moved} moves");
}
