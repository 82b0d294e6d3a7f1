//! From whom suppliers buy: links to concrete sellers.

use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::links::Links;
use crate::base::money::{pounds, share};
use crate::base::parallel::map_chunks;
use crate::place::city::{City as Facts, SECTORS};
use crate::place::vocabulary::{Ownership, Sector, Zone};
use crate::world::City;
use crate::world::contracts::Pool;
use crate::world::orgs::NOBODY;
use crate::world::suppliers::{Link, SupplierId, Suppliers};
use crate::world::synthesis::firms;

/// Tries to find a seller large enough for a link before the order is split.
const TRIES: u32 = 6;
/// A buyer takes at most this part of a seller's sales through one link.
const LINK_PART: f64 = 0.25;

/// Share of domestic inputs that a bidder in the region, and one in the country, buys in the city (assumed:
/// the city's share of national jobs; five times that for the region).
pub const OUTSIDE_BUYS_IN_CITY: [f64; 2] = [0.08, 0.016];

/// Give each supplier concrete sellers of its inputs in the city.
pub fn suppliers_choose_sellers(facts: &Facts, city: &mut City, luck: &Luck) {
    city.market.link_pools = Sector::ALL.iter().map(|s| link_pool(&city.suppliers, *s)).collect();
    let read: &City = city;
    let rows = map_chunks(read.suppliers.len(), 1024, |range| {
        range.map(|i| sellers_of(facts, read, i, luck)).collect::<Vec<_>>()
    });
    let mut links = Links::default();
    for (i, row) in rows.into_iter().flatten().enumerate() {
        balance_inputs(facts, &mut city.suppliers, i, &row);
        links.push_row(row);
    }
    city.suppliers.links = links;
}

/// What the drawn links take more or less than the expected purchases in the city is taken from, or added to,
/// what is bought in the country and the region, so that every firm's inputs are its sector's.
fn balance_inputs(facts: &Facts, suppliers: &mut Suppliers, i: usize, row: &[Link]) {
    let s = SupplierId::from_index(i);
    if suppliers.zone[s] != Zone::City {
        return;
    }
    let (sector, form) = (suppliers.sector[s], suppliers.ownership[s]);
    let expected: f64 = firms::purchases(facts, sector, form, suppliers.shop[s]).0.iter().sum();
    let mut over = row.iter().map(|l| l.share as i64).sum::<i64>() - share(expected) as i64;
    for zone in [1, 0, 2] {
        let of = &mut suppliers.recipe[s].outside_inputs[zone];
        let after = (*of as i64 - over).max(0);
        over -= *of as i64 - after;
        *of = after as u64;
    }
}

fn link_pool(suppliers: &Suppliers, sector: Sector) -> Pool {
    Pool::new((0..suppliers.len()).filter_map(|i| {
        let s = SupplierId::from_index(i);
        let sells = suppliers.zone[s] == Zone::City
            && suppliers.sector[s] == sector
            && !suppliers.shop[s]
            && suppliers.ownership[s] != Ownership::Public;
        let room = (suppliers.normal_sales[s] - suppliers.contract_income[s]).max(0) as f64;
        sells.then_some((i as u32, room))
    }))
}

/// Links of one buyer: every sector whose inputs reach the floor; smaller ones with a probability that leaves
/// the expected purchases unchanged.
fn sellers_of(facts: &Facts, city: &City, i: usize, luck: &Luck) -> Vec<Link> {
    let s = SupplierId::from_index(i);
    let of = &city.suppliers;
    let identity = of.identity[s];
    let floor = city.settings.firms.link_floor_gbp / 12.0;
    let (needs, sales) = match of.zone[s] {
        Zone::City => {
            let needs = firms::purchases(facts, of.sector[s], of.ownership[s], of.shop[s]).0;
            (needs, pounds(of.normal_sales[s]))
        }
        zone => (outside_spend_in_city(facts, of.sector[s], zone), 1e5),
    };
    let mut row = Vec::new();
    for (sector, need) in needs.iter().enumerate() {
        if *need <= 0.0 || sales <= 0.0 || city.market.link_pools[sector].is_empty() {
            continue;
        }
        let chance = (need * sales / floor).min(1.0);
        if luck.uniform(Purpose::LinkMake, identity, (sector as u32) << 8) >= chance {
            continue;
        }
        add_links(city, &mut row, (sector, need / chance, sales), (identity, luck));
    }
    row
}

fn add_links(
    city: &City,
    row: &mut Vec<Link>,
    (sector, need, sales): (usize, f64, f64),
    (identity, luck): (u64, &Luck),
) {
    let pool = &city.market.link_pools[sector];
    let mut left = need;
    for part_no in 0..6u32 {
        let order = left * sales * 100.0;
        let (mut best, mut best_room) = (None, -1.0);
        for k in 0..TRIES {
            let u =
                luck.uniform(Purpose::LinkMake, identity, ((sector as u32) << 8) | (1 + part_no * 16 + k));
            let Some(seller) = pool.at(u) else { break };
            if city.suppliers.identity[SupplierId(seller)] == identity
                || !city.suppliers.active[SupplierId(seller)]
            {
                continue;
            }
            let room = city.suppliers.normal_sales[SupplierId(seller)] as f64 * LINK_PART;
            if room > best_room {
                (best, best_room) = (Some(seller), room);
            }
            if room >= order {
                break;
            }
        }
        let Some(seller) = best else { return };
        let last = part_no == 5;
        let taken =
            if best_room >= order || last { left } else { (best_room / (sales * 100.0)).max(left / 6.0) };
        let backup =
            pool.at(luck.uniform(Purpose::LinkMake, identity, ((sector as u32) << 8) | (240 + part_no)));
        row.push(Link { seller, backup: backup.unwrap_or(NOBODY), share: share(taken) });
        left -= taken;
        if left <= 1e-9 {
            return;
        }
    }
}

/// What a bidder outside the city spends in it, per pound of receipts: its domestic inputs, as far as the city
/// is an average supplier to its zone.
fn outside_spend_in_city(facts: &Facts, sector: Sector, zone: Zone) -> [f64; SECTORS] {
    let weight = OUTSIDE_BUYS_IN_CITY[usize::from(zone != Zone::Region)];
    let mut needs = [0.0; SECTORS];
    for (i, need) in needs.iter_mut().enumerate() {
        *need = facts.technology.domestic[i][sector.index()] * weight;
    }
    needs
}
