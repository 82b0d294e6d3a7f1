//! Short lists of outlets: drawn once, by the place of sale and the weights of the outlets; kept and drawn anew alike.

use crate::common;
use crate::common::fingerprint::{fingerprint, first_difference};
use recirc::base::draws::Draws;
use recirc::place::city::PURCHASES;
use recirc::place::vocabulary::Purchase;
use recirc::world::City;
use recirc::world::orgs::Org;
use recirc::world::outlets::{Code, Distance, ShortLists, Stands};
use std::sync::Arc;

fn leeds() -> City {
    common::leeds(0.02, 3, &[])
}

/// Options by where they are: in the city, region, country, world; and at an anchor.
fn by_place(city: &City, purchase: usize) -> [f64; 5] {
    let lists = &city.households.short_lists;
    let mut count = [0.0; 5];
    for h in 0..city.households.len() {
        for option in lists.of(h, purchase) {
            let org = city.market.sellers.org(purchase, *option);
            let place = match city.orgs.kind(recirc::world::orgs::OrgId(org)) {
                Org::Supplier(_) => 0,
                Org::Anchor(_) => 4,
                Org::Outside(account) => {
                    use recirc::world::orgs::Outside::{CountryFirms, RegionFirms};
                    if account == RegionFirms { 1 } else { 2 + usize::from(account != CountryFirms) }
                }
            };
            count[place] += 1.0;
        }
    }
    let all: f64 = count.iter().sum();
    count.map(|of| of / all)
}

/// What draws a household, as the rule has it: its own ward more than others, outside like other wards, a closed place not.
#[test]
fn distances_are_what_the_ward_and_the_door_say() {
    let mut city = leeds();
    let is_here = |org: &&u32| (**org as usize) < city.suppliers.len();
    let closed = *city.market.sellers.orgs()[city.market.sellers.of(3)].iter().find(is_here).unwrap();
    city.suppliers.active.rows_mut()[closed as usize] = false;
    let stands = Stands::of(&city);
    let mut seen = [0; Distance::ALL.len()];
    for h in (0..city.households.len()).step_by(37) {
        let ward = city.households.ward.rows()[h];
        for p in 0..PURCHASES {
            for code in 0..city.market.sellers.of(p).len() as Code {
                let org = city.market.sellers.org(p, code) as usize;
                let expected = match city.suppliers.active.rows().get(org) {
                    Some(false) => Distance::Closed,
                    Some(true) if city.suppliers.ward.rows()[org] == ward => Distance::OwnWard,
                    _ => Distance::Elsewhere,
                };
                let found = stands.distance(p, code, ward);
                assert_eq!(Distance::ALL[found], expected);
                seen[found] += 1;
            }
        }
    }
    assert!(seen.iter().all(|n| *n > 0), "{seen:?}");
    assert_eq!(Distance::ALL.map(|distance| distance.pull(3.5)), [0.0, 1.0, 3.5]);
}

/// Within four and a half standard errors of the shares of the place, by which options are drawn.
#[test]
fn options_lie_where_purchases_are_sold() {
    let city = leeds();
    let n = (city.households.len() * city.households.short_lists.len()) as f64;
    for p in 0..PURCHASES {
        let water = if p == Purchase::EnergyWaterRepairs.index() { city.market.water_share } else { 0.0 };
        let [a, b, c, d] = city.market.place_of_sale[p].map(|share| share * (1.0 - water));
        for (found, expected) in by_place(&city, p).into_iter().zip([a, b, c, d, water]) {
            let error = (expected * (1.0 - expected) / n).sqrt().max(1e-9);
            assert!(((found - expected) / error).abs() < 4.5, "{p}: {found} where {expected} was expected");
        }
    }
}

/// Of the outlets of a purchase in the city, each is on lists in proportion to its weight: chi-square over those that are
/// expected at least ten times.
#[test]
fn outlets_are_on_lists_by_their_weight() {
    let city = leeds();
    let p = Purchase::EnergyWaterRepairs.index() - 1;
    let pool = &city.market.outlet_pools[p];
    let mut found = vec![0.0; city.suppliers.len()];
    let mut all = 0.0;
    for h in 0..city.households.len() {
        for option in city.households.short_lists.of(h, p) {
            let org = city.market.sellers.org(p, *option) as usize;
            if org < found.len() {
                found[org] += 1.0;
                all += 1.0;
            }
        }
    }
    // The weight of a member is what it takes up of the points of the pool.
    let points = 400_000;
    let mut weight = vec![0.0; found.len()];
    for k in 0..points {
        let at = pool.at((f64::from(k) + 0.5) / f64::from(points)).unwrap() as usize;
        weight[at] += 1.0 / f64::from(points);
    }
    let cells = weight.iter().zip(&found).filter(|(weight, _)| **weight * all >= 10.0);
    let terms: Vec<f64> = cells.map(|(w, f)| (f - w * all).powi(2) / (w * all)).collect();
    let (chi, n) = (terms.iter().sum::<f64>(), terms.len() as f64);
    assert!(n > 20.0, "{n} cells");
    assert!((chi - n).abs() < 5.0 * (2.0 * n).sqrt(), "chi-square {chi} of {n} cells");
}

/// Lists are not stored with a city: one that is read back draws them again, and all goes on as it would have.
#[test]
fn lists_drawn_again_are_the_same() {
    let mut kept = leeds();
    let mut read_back = kept.clone();
    read_back.households.short_lists = Arc::default();
    let draws = Draws::new(kept.settings.run.seed, 1);
    let again = ShortLists::draw(&kept, &draws.in_month(0));
    for p in 0..PURCHASES {
        for h in 0..kept.households.len() {
            assert_eq!(again.of(h, p), kept.households.short_lists.of(h, p));
        }
    }
    for city in [&mut kept, &mut read_back] {
        common::run(city, 3, None).unwrap();
    }
    assert_eq!(first_difference(&fingerprint(&kept), &fingerprint(&read_back)), None);
}

/// Only those whose list has it go to an outlet; the region's firms serve those on whose list all are closed.
#[test]
fn everybody_shops_at_an_outlet_on_the_list() {
    let mut city = leeds();
    common::run(&mut city, 6, None).unwrap();
    let moved = city.households.outlets.iter().enumerate();
    for (h, outlets) in moved {
        for (p, outlet) in outlets.iter().enumerate() {
            let list = city.households.short_lists.of(h, p);
            let closed = |code: &Code| {
                let org = city.market.sellers.org(p, *code) as usize;
                city.suppliers.active.rows().get(org) == Some(&false)
            };
            let served_outside = *outlet == recirc::world::outlets::REGION && list.iter().all(closed);
            assert!(list.contains(outlet) || served_outside, "household {h}, purchase {p}");
        }
    }
}
