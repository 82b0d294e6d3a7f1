//! Phase 9, adapt: expectations, budgets, shopping habits and norms move a little.

mod links;
mod looks;
mod norms;
mod shopping;

use super::firms::FIRMS;
use super::plan::Rules;
use super::procurement::Chance;
use crate::base::col::Id;
use crate::base::draws::{Draws, Luck};
use crate::base::money::{Pence, round};
use crate::place::city::SECTORS;
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::suppliers::SupplierId;
use links::{Changes, buyers_review};
use norms::{commitment, next_norms};
use rayon::prelude::*;
use shopping::{draw_short_lists, households_reconsider};

/// Let everybody learn from the month.
pub fn expectations_habits_and_norms(city: &mut City, rules: &Rules, draws: &Draws, luck: &Luck) {
    expectations(city);
    anchors_close_the_month(city);
    habits_and_norms(city, rules, draws, luck);
    if city.settings.mechanisms.norms {
        commitment(city, rules);
    }
    std::mem::swap(&mut city.households.received_last, &mut city.households.received);
}

/// An exponential average: `E' = E + (x − E)/memory`.
pub fn average(expected: Pence, seen: Pence, memory: f64) -> Pence {
    expected + round((seen - expected) as f64 / memory)
}

/// Where households shop and whom firms buy from have nothing to do with each other: norms, which are added up link by link, are
/// worked out while households look around. Their outlets are lent out of the city meanwhile.
fn habits_and_norms(city: &mut City, rules: &Rules, draws: &Draws, luck: &Luck) {
    let (habits, norms) = (city.settings.mechanisms.adaptation, city.settings.mechanisms.norms);
    if habits {
        draw_short_lists(city, draws);
    }
    let mut outlets = std::mem::take(&mut city.households.outlets);
    let read: &City = city;
    let at_home = || {
        if habits {
            households_reconsider(read, luck, outlets.rows_mut());
        }
    };
    let among_firms = || {
        let changes = if habits { buyers_review(read, luck) } else { Changes::new() };
        let chance = Chance { month: *luck, fixed: draws.in_month(0) };
        let next = if norms { next_norms(read, rules, &chance, &changes) } else { None };
        (changes, next)
    };
    let ((), (changes, next)) = rayon::join(at_home, among_firms);
    city.households.outlets = outlets;
    for (link, seller) in changes {
        city.suppliers.links.items_mut()[link].seller = seller;
    }
    if let Some(next) = next {
        city.suppliers.norm = next;
    }
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
