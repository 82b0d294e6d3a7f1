//! Phase 9, adapt: expectations, budgets, shopping habits and norms move a little.

use super::plan::Rules;
use crate::base::col::Id;
use crate::base::draws::{Draws, Luck, Purpose};
use crate::base::money::{Pence, round};
use crate::base::parallel::map_chunks;
use crate::place::city::{PURCHASES, SECTORS};
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::orgs::NOBODY;
use crate::world::outlets;
use crate::world::suppliers::SupplierId;

/// Let everybody learn from the month.
pub fn expectations_habits_and_norms(city: &mut City, rules: &Rules, draws: &Draws, luck: &Luck) {
    expectations(city);
    anchors_close_the_month(city);
    if city.settings.mechanisms.adaptation {
        households_reconsider(city, draws, luck);
        buyers_review(city, luck);
    }
    if city.settings.mechanisms.norms {
        norms(city, rules);
        commitment(city, rules);
    }
    std::mem::swap(&mut city.households.received_last, &mut city.households.received);
}

/// An exponential average: `E' = E + (x − E)/memory`.
pub fn average(expected: Pence, seen: Pence, memory: f64) -> Pence {
    expected + round((seen - expected) as f64 / memory)
}

/// Expected sales follow orders, those turned away included.
fn expectations(city: &mut City) {
    let memory = city.settings.firms.expectation_memory_months.max(1.0);
    let prices = city.settings.mechanisms.prices;
    let mut demand = [0.0; SECTORS];
    let mut normal = [0.0; SECTORS];
    for i in 0..city.suppliers.len() {
        let s = SupplierId::from_index(i);
        let of = &mut city.suppliers;
        of.sales_last[s] = of.sales[s];
        of.received_last[s] = of.received[s];
        if of.active[s] {
            // Margin above the usual asks for no work.
            let margin = if prices { of.premium[s] } else { 0 };
            let orders = of.sales[s] + of.turned_away[s] - margin;
            of.expected[s] = average(of.expected[s], orders, memory);
            of.expected_consumption[s] = average(of.expected_consumption[s], of.consumption[s], memory);
            if of.zone[s] == Zone::City {
                demand[of.sector[s].index()] += of.sales[s] as f64;
                normal[of.sector[s].index()] += of.normal_sales[s] as f64;
            }
        }
    }
    for k in 0..SECTORS {
        city.market.demand_ratio[k] = if normal[k] > 0.0 { demand[k] / normal[k] } else { 1.0 };
    }
}

/// Receipts are noted; once a year the budget for small purchases is set from what the year's receipts left
/// above or below the reserve.
fn anchors_close_the_month(city: &mut City) {
    let yearly = city.month.is_multiple_of(12);
    for i in 0..city.anchors.len() {
        let a = AnchorId::from_index(i);
        city.anchors.received_last[a] = city.anchors.received[a];
        if yearly && !city.linear() && city.anchors.remitted[a] == 0 {
            let cash = city.cash[city.orgs.anchor(i)] - city.anchors.debt[a];
            let spare = (cash - city.anchors.reserve[a]) as f64 / 12.0;
            let petty: Pence =
                city.anchors.petty.iter().filter(|p| p.anchor as usize == i).map(|p| p.monthly).sum();
            let factor = 1.0 + spare / petty.max(1) as f64;
            city.anchors.petty_factor[a] = factor.clamp(0.0, 4.0);
        }
    }
}

/// A small draw decides whether a household looks again at a purchase; only then is there a race among its
/// short list. A household whose outlet stands vacant is served by its stand-in meanwhile.
fn households_reconsider(city: &mut City, draws: &Draws, luck: &Luck) {
    let threshold = (city.settings.households.reconsider_outlet_monthly * 65_536.0).round() as u32;
    let read: &City = city;
    let fixed = draws.in_month(0);
    let changes = map_chunks(read.households.len(), 8_192, |range| {
        let mut out = Vec::new();
        for h in range {
            let bits =
                [luck.block(Purpose::Reconsider, h as u64, 0), luck.block(Purpose::Reconsider, h as u64, 1)];
            for p in 0..PURCHASES {
                let draw = bits[p / 8][p % 8 / 2] >> (16 * (p % 2)) & 0xffff;
                if draw < threshold {
                    out.push((h as u32, p as u8, race(read, &fixed, luck, (h, p))));
                }
            }
        }
        out
    });
    for (h, p, outlet) in changes.concat() {
        city.households.outlets.rows_mut()[h as usize][p as usize] = outlet;
    }
}

/// The exponential race over the short list.
fn race(city: &City, fixed: &Luck, luck: &Luck, (h, p): (usize, usize)) -> u32 {
    let n = u32::from(city.settings.households.short_list.max(1));
    (0..n)
        .filter_map(|k| {
            let option = outlets::option(city, fixed, h, p, k);
            let pull = outlets::pull(city, h, option);
            let key = (p as u32) << 28 ^ option.0 ^ k << 24;
            (pull > 0.0).then(|| (luck.arrival(pull, Purpose::OutletChoice, h as u64, key), option.0))
        })
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
        .map_or(city.orgs.outside(crate::world::orgs::Outside::RegionFirms).0, |(_, o)| o)
}

/// Now and then a buyer looks again at one of its links, and takes a seller of the same sector that is open
/// and large enough; a seller that has closed is replaced as soon as the buyer looks.
fn buyers_review(city: &mut City, luck: &Luck) {
    let chance = city.settings.firms.link_review_monthly;
    for i in 0..city.suppliers.len() {
        let identity = city.suppliers.identity[SupplierId::from_index(i)];
        for (k, l) in city.suppliers.links.range(i).enumerate() {
            let link = city.suppliers.links.items()[l];
            let closed = !city.suppliers.active[SupplierId(link.seller)];
            let looks = if closed { 12.0 * chance } else { chance };
            if luck.uniform(Purpose::LinkChoice, identity, (k as u32) << 8) < looks
                && let Some(seller) = new_seller(city, (i, link.seller, k as u32), luck)
            {
                city.suppliers.links.items_mut()[l].seller = seller;
            }
        }
    }
}

fn new_seller(city: &City, (buyer, now, k): (usize, u32, u32), luck: &Luck) -> Option<u32> {
    let b = SupplierId::from_index(buyer);
    let link = city.suppliers.links.row(buyer)[k as usize];
    let order = crate::base::money::part(city.suppliers.expected[b], link.share);
    let pool = &city.market.link_pools[city.suppliers.sector[SupplierId(now)].index()];
    (1..7).find_map(|t| {
        let seller = pool.at(luck.uniform(Purpose::LinkChoice, city.suppliers.identity[b], k << 8 | t))?;
        let s = SupplierId(seller);
        let large_enough = city.suppliers.normal_sales[s] / 4 >= order;
        (seller as usize != buyer && city.suppliers.active[s] && large_enough).then_some(seller)
    })
}

/// Local-sourcing norms: a supplier whose anchors ask for local buying takes it up, and its sellers follow at
/// a part of the strength (the second ripple). Without such anchors every norm stays where it was: at zero.
fn norms(city: &mut City, rules: &Rules) {
    let mut asked = vec![0.0f64; city.suppliers.len()];
    let mut any = city.suppliers.norm.iter().any(|n| *n != 0.0);
    for row in &city.contracts.rows {
        if row.supplier != NOBODY && rules.of(row.anchor, row.category).asks_for_local() {
            let s = SupplierId(row.supplier);
            let part_of_sales = row.monthly as f64 / city.suppliers.expected[s].max(1) as f64;
            asked[row.supplier as usize] += part_of_sales;
            any = true;
        }
    }
    if !any {
        return;
    }
    let speed = city.settings.norms.adoption_yearly / 12.0;
    let peers = partners_norms(city);
    for (i, asked) in asked.into_iter().enumerate() {
        let s = SupplierId::from_index(i);
        let aim = (asked.min(1.0) + city.settings.norms.peer_weight * peers[i]).min(1.0);
        let norm = f64::from(city.suppliers.norm[s]);
        city.suppliers.norm[s] = (norm + speed * (aim - norm)) as f32;
    }
}

/// Commitment to the shared plan: an anchor that has signed up aims at one, the others at what is their own;
/// all are drawn to the mean of the network, weighted by what each buys (pressure from the council), slowly.
/// At rest the aim is what each starts from.
fn commitment(city: &mut City, rules: &Rules) {
    let of = &city.settings.procurement;
    let (peer, speed) = (of.peer_weight, of.adjustment_yearly / 12.0);
    let mean =
        |values: &[f64]| {
            let (sum, all) =
                city.anchors.procurement.iter().zip(values).fold((0.0, 0.0), |(sum, all), (bought, x)| {
                    (sum + *bought as f64 * x, all + *bought as f64)
                });
            if all > 0.0 { sum / all } else { 0.0 }
        };
    let now = mean(city.anchors.commitment.rows());
    let at_rest = mean(city.anchors.own_commitment.rows());
    for a in 0..city.anchors.len() {
        let id = AnchorId::from_index(a);
        let own = if rules.anchors[a].signed_up { 1.0 } else { city.anchors.own_commitment[id] };
        let aim = (own + peer * (now - at_rest)).clamp(0.0, 1.0);
        city.anchors.commitment[id] += speed * (aim - city.anchors.commitment[id]);
    }
}

/// Mean norm of the buyers along the links into each supplier, weighted by what they buy.
fn partners_norms(city: &City) -> Vec<f64> {
    let mut sums = vec![(0.0f64, 0.0f64); city.suppliers.len()];
    for i in 0..city.suppliers.len() {
        let norm = f64::from(city.suppliers.norm[SupplierId::from_index(i)]);
        for l in city.suppliers.links.range(i) {
            let to = &mut sums[city.suppliers.links.items()[l].seller as usize];
            let paid = city.flows.links[l] as f64;
            to.0 += norm * paid;
            to.1 += paid;
        }
    }
    sums.into_iter().map(|(n, w)| if w > 0.0 { n / w } else { 0.0 }).collect()
}
