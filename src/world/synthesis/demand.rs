//! Who buys from whom at the start, and the outside demand that closes every firm's sales.

use super::firms;
use super::sampling::pick;
use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::links::Links;
use crate::base::money::{Pence, part, pounds, share};
use crate::base::parallel::{CHUNK, map_chunks};
use crate::place::city::{City as Facts, PURCHASES, SECTORS};
use crate::place::vocabulary::{Ownership, Sector, Zone};
use crate::world::City;
use crate::world::contracts::Pool;
use crate::world::households::HouseholdId;
use crate::world::orgs::NOBODY;
use crate::world::outlets;
use crate::world::suppliers::{Link, SupplierId, Suppliers};

/// Tries to find a seller large enough for a link before the order is split.
const TRIES: u32 = 6;
/// A buyer takes at most this part of a seller's sales through one link.
const LINK_PART: f64 = 0.25;

/// Give each household its usual outlet for each purchase, from its short list.
pub fn households_choose_outlets(facts: &Facts, city: &mut City, luck: &Luck) {
    city.market.outlet_pools = (0..PURCHASES).map(|p| outlet_pool(facts, &city.suppliers, p)).collect();
    city.market.trades = trades(&city.suppliers);
    let short_list = u32::from(city.settings.households.short_list.max(1));
    let read: &City = city;
    let chosen = map_chunks(read.households.len(), CHUNK, |range| {
        range
            .map(|h| {
                let mut outlets = [0u32; PURCHASES];
                for (p, outlet) in outlets.iter_mut().enumerate() {
                    *outlet = first_choice(read, luck, h, p, short_list);
                }
                outlets
            })
            .collect::<Vec<_>>()
    });
    city.households.outlets = crate::base::col::Col::from_vec(chosen.concat());
}

/// Suppliers in the city by trade: sections, and the shops of section G apart.
fn trades(suppliers: &Suppliers) -> Vec<Pool> {
    let of = |wanted: usize| {
        Pool::new((0..suppliers.len()).filter_map(move |i| {
            let s = SupplierId::from_index(i);
            let here = suppliers.zone[s] == Zone::City && suppliers.trade(s) == wanted;
            here.then(|| (i as u32, suppliers.normal_sales[s].max(0) as f64))
        }))
    };
    (0..=SECTORS).map(of).collect()
}

fn first_choice(city: &City, luck: &Luck, h: usize, p: usize, short_list: u32) -> u32 {
    let options: Vec<_> = (0..short_list).map(|k| outlets::option(city, luck, h, p, k)).collect();
    let weights: Vec<f64> = options.iter().map(|o| outlets::pull(city, h, *o)).collect();
    let u = luck.uniform(Purpose::OutletChoice, h as u64, p as u32);
    options[pick(&weights, u).unwrap_or(0)].0
}

/// Sellers of a purchase in the city, so that sectors and kinds of seller have their shares.
fn outlet_pool(facts: &Facts, suppliers: &Suppliers, purchase: usize) -> Pool {
    let c = &facts.consumption;
    let mut size = [[0.0; 4]; SECTORS];
    let cell = |i: usize| {
        let s = SupplierId::from_index(i);
        let sector = suppliers.sector[s];
        let sells = suppliers.zone[s] == Zone::City
            && c.seller_sector[purchase][sector.index()] > 0.0
            && (sector != Sector::G || suppliers.shop[s]);
        sells.then(|| (sector.index(), seller_kind(suppliers.ownership[s]), suppliers.normal_sales[s].max(0) as f64))
    };
    for i in 0..suppliers.len() {
        if let Some((sector, kind, sales)) = cell(i) {
            size[sector][kind] += sales;
        }
    }
    // The shares of kinds are met within each sector as far as it has sellers of the kind.
    let member = |i: usize| {
        let (sector, kind, sales) = cell(i)?;
        let present: f64 = (0..4).filter(|k| size[sector][*k] > 0.0).map(|k| c.seller_kind[purchase][k]).sum();
        let share_of_kind = if present > 0.0 { c.seller_kind[purchase][kind] / present } else { 0.0 };
        let weight = c.seller_sector[purchase][sector] * share_of_kind * sales / size[sector][kind];
        Some((i as u32, weight))
    };
    Pool::new((0..suppliers.len()).filter_map(member))
}

fn seller_kind(form: Ownership) -> usize {
    match form {
        Ownership::Family | Ownership::Independent | Ownership::Cooperative | Ownership::Vcse => 0,
        Ownership::LocalGroup => 1,
        Ownership::NationalBranch | Ownership::MultinationalBranch | Ownership::Financialised => 2,
        Ownership::Public => 3,
    }
}

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
    let norm = facts.ownership.forms[suppliers.ownership[s].index()].local_sourcing;
    let expected: f64 = firms::purchases(facts, suppliers.sector[s], suppliers.shop[s], norm).0.iter().sum();
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
            let norm = facts.ownership.forms[of.ownership[s].index()].local_sourcing;
            (firms::purchases(facts, of.sector[s], of.shop[s], norm).0, pounds(of.normal_sales[s]))
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

fn add_links(city: &City, row: &mut Vec<Link>, (sector, need, sales): (usize, f64, f64), (identity, luck): (u64, &Luck)) {
    let pool = &city.market.link_pools[sector];
    let mut left = need;
    for part_no in 0..6u32 {
        let order = left * sales * 100.0;
        let (mut best, mut best_room) = (None, -1.0);
        for k in 0..TRIES {
            let u = luck.uniform(Purpose::LinkMake, identity, (sector as u32) << 8 | 1 + part_no * 16 + k);
            let Some(seller) = pool.at(u) else { break };
            if city.suppliers.identity[SupplierId(seller)] == identity || !city.suppliers.active[SupplierId(seller)] {
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
        let taken = if best_room >= order || last { left } else { (best_room / (sales * 100.0)).max(left / 6.0) };
        let backup = pool.at(luck.uniform(Purpose::LinkMake, identity, (sector as u32) << 8 | 240 + part_no));
        row.push(Link { seller, backup: backup.unwrap_or(NOBODY), share: share(taken) });
        left -= taken;
        if left <= 1e-9 {
            return;
        }
    }
}

/// What a bidder outside the city spends in it, per pound of receipts: its domestic inputs, as far as the city
/// is an average supplier to its zone (the city's share of national jobs; five times that for the region).
fn outside_spend_in_city(facts: &Facts, sector: Sector, zone: Zone) -> [f64; SECTORS] {
    let weight = if zone == Zone::Region { 0.08 } else { 0.016 };
    let mut needs = [0.0; SECTORS];
    for (i, need) in needs.iter_mut().enumerate() {
        *need = facts.technology.domestic[i][sector.index()] * weight;
    }
    needs
}

/// Sales to households a month at the start, by organisation, VAT included.
pub fn consumption_by_org(city: &City) -> Vec<Pence> {
    let mut sold = vec![0; city.orgs.len()];
    for h in 0..city.households.len() {
        let id = HouseholdId::from_index(h);
        let all = part(city.households.received_last[id], city.households.fixed[id].consumption);
        let budget = &city.households.budgets[city.households.budget[id] as usize];
        for (outlet, of) in city.households.outlets[id].iter().zip(budget) {
            sold[*outlet as usize] += part(all, *of);
        }
    }
    sold
}

/// VAT in what each organisation sells to households at the start.
pub fn vat_by_org(city: &City) -> Vec<Pence> {
    let mut vat = vec![0; city.orgs.len()];
    for h in 0..city.households.len() {
        let id = HouseholdId::from_index(h);
        let all = part(city.households.received_last[id], city.households.fixed[id].consumption);
        let budget = &city.households.budgets[city.households.budget[id] as usize];
        for (p, (outlet, of)) in city.households.outlets[id].iter().zip(budget).enumerate() {
            vat[*outlet as usize] += part(part(all, *of), city.market.vat_share[p]);
        }
    }
    vat
}

/// Outside demand is what is left of each supplier's sales: all other final demand. A supplier that sells more
/// in the city than its staff can account for starts at what it sells, with its pay share lower in proportion.
pub fn close_with_exports(_facts: &Facts, city: &mut City) {
    let consumption = consumption_by_org(city);
    let vat = vat_by_org(city);
    let mut in_city: Vec<Pence> = (0..city.suppliers.len()).map(|i| consumption[i] - vat[i]).collect();
    for i in 0..city.suppliers.len() {
        let sales = city.suppliers.normal_sales.rows()[i];
        for link in city.suppliers.links.row(i) {
            in_city[link.seller as usize] += part(sales, link.share);
        }
        in_city[i] += city.suppliers.contract_income.rows()[i];
    }
    for petty in &city.anchors.petty {
        if let Some(to) = in_city.get_mut(petty.org as usize) {
            *to += petty.monthly;
        }
    }
    city.market.exports = [0; SECTORS];
    for i in 0..city.suppliers.len() {
        let s = SupplierId::from_index(i);
        if city.suppliers.zone[s] != Zone::City {
            city.suppliers.normal_sales[s] = in_city[i];
            city.suppliers.expected[s] = in_city[i];
            city.suppliers.sales_last[s] = in_city[i];
            city.suppliers.received_last[s] = in_city[i];
            continue;
        }
        if !city.suppliers.active[s] {
            // A vacant place has the outside demand of the average firm once somebody opens there.
            city.suppliers.export_weight[s] = city.suppliers.normal_sales[s] / 2;
            continue;
        }
        let exports = (city.suppliers.normal_sales[s] - in_city[i]).max(0);
        let sales = in_city[i] + exports;
        city.suppliers.export_weight[s] = exports;
        city.market.exports[city.suppliers.sector[s].index()] += exports;
        city.suppliers.expected[s] = sales;
        city.suppliers.expected_consumption[s] = consumption[i] - vat[i];
        city.suppliers.sales_last[s] = sales;
        city.suppliers.received_last[s] = sales + vat[i];
        city.suppliers.vat_due[s] = vat[i];
        if sales > city.suppliers.normal_sales[s] {
            let (normal, r) = (city.suppliers.normal_sales[s] as f64 / sales as f64, &mut city.suppliers.recipe[s]);
            r.pay = (r.pay as f64 * normal) as u64;
            r.employer_ni = (r.employer_ni as f64 * normal) as u64;
            r.employer_pension = (r.employer_pension as f64 * normal) as u64;
            city.suppliers.normal_sales[s] = sales;
        }
    }
}
