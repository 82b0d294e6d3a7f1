//! Phase 9, adapt: expectations, budgets, shopping habits and norms move a little.

mod links;
mod looks;
mod shopping;

use super::firms::FIRMS;
use super::plan::Rules;
use super::procurement::Chance;
use super::procurement::discretion::left_unused;
use super::procurement::package::whole_life_gbp;
use crate::base::col::Id;
use crate::base::draws::{Draws, Luck};
use crate::base::money::{Pence, round};
use crate::place::city::SECTORS;
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::orgs::NOBODY;
use crate::world::suppliers::SupplierId;
use links::buyers_review;
use rayon::prelude::*;
use shopping::households_reconsider;

/// Let everybody learn from the month.
pub fn expectations_habits_and_norms(city: &mut City, rules: &Rules, draws: &Draws, luck: &Luck) {
    expectations(city);
    anchors_close_the_month(city);
    if city.settings.mechanisms.adaptation {
        households_reconsider(city, draws, luck);
        buyers_review(city, luck);
    }
    if city.settings.mechanisms.norms {
        norms(city, rules, &Chance { month: *luck, fixed: draws.in_month(0) });
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
    let mut expected = std::mem::take(&mut city.suppliers.expected);
    let mut of_households = std::mem::take(&mut city.suppliers.expected_consumption);
    let (of, read) = (&mut city.suppliers, &city.settings);
    of.sales_last.clone_from(&of.sales);
    of.received_last.clone_from(&of.received);
    let (of, memory) = (&*of, read.firms.expectation_memory_months.max(1.0));
    let rows = expected.rows_mut().par_chunks_mut(FIRMS).zip(of_households.rows_mut().par_chunks_mut(FIRMS));
    let chunks = rows.enumerate().map(|(chunk, (expected, of_households))| {
        let mut sales = [[0; 2]; SECTORS];
        for (k, (expected, of_households)) in expected.iter_mut().zip(of_households).enumerate() {
            let s = SupplierId::from_index(chunk * FIRMS + k);
            if !of.active[s] {
                continue;
            }
            // Margin above the usual asks for no work.
            let margin = if read.mechanisms.prices { of.premium[s] } else { 0 };
            let orders = of.sales[s] + of.turned_away[s] - margin;
            *expected = average(*expected, orders, memory);
            *of_households = average(*of_households, of.consumption[s], memory);
            if of.zone[s] == Zone::City {
                let [demand, normal] = &mut sales[of.sector[s].index()];
                *demand += of.sales[s];
                *normal += of.normal_sales[s];
            }
        }
        sales
    });
    let none = || [[0 as Pence; 2]; SECTORS];
    let sales = chunks.reduce(none, |a, b| std::array::from_fn(|k| [a[k][0] + b[k][0], a[k][1] + b[k][1]]));
    for (ratio, [demand, normal]) in city.market.demand_ratio.iter_mut().zip(sales) {
        *ratio = if normal > 0 { demand as f64 / normal as f64 } else { 1.0 };
    }
    city.suppliers.expected = expected;
    city.suppliers.expected_consumption = of_households;
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

/// Local-sourcing norms: a supplier whose anchors ask for local buying takes it up, as strongly as they ask, and its sellers follow at
/// a part of the strength (the second ripple). Without such anchors every norm stays where it was: at zero.
fn norms(city: &mut City, rules: &Rules, chance: &Chance) {
    let mut asked = vec![0.0f64; city.suppliers.len()];
    let mut any = city.suppliers.norm.iter().any(|n| *n != 0.0);
    for row in &city.contracts.rows {
        if row.supplier == NOBODY || left_unused(city, rules, (row.anchor, row.need), chance) {
            continue;
        }
        let strength = rules.of(row.anchor, row.category).asks_for_local(whole_life_gbp(city, row));
        if strength > 0.0 {
            let s = SupplierId(row.supplier);
            let part_of_sales = row.monthly as f64 / city.suppliers.expected[s].max(1) as f64;
            asked[row.supplier as usize] += part_of_sales * strength;
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
