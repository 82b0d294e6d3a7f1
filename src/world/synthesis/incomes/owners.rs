//! Who owns the city's firms, and what the owners and the staff get of the profit at the start.

use super::Month;
use crate::base::col::Id;
use crate::base::draws::Luck;
use crate::base::money::{WHOLE, part, share};
use crate::place::city::City as Facts;
use crate::place::vocabulary::{Tenure, Zone};
use crate::world::households::HouseholdId;
use crate::world::suppliers::SupplierId;
use crate::world::synthesis::firms::{self, Work};
use crate::world::synthesis::jobs::Jobs;
use crate::world::synthesis::people::People;
use crate::world::synthesis::unit;

/// Firms with owners in the city get one: a household that owns its home, of working age.
pub(super) fn owners(facts: &Facts, people: &People, work: &mut Work, luck: &Luck) {
    let of_means: Vec<u32> = (0..people.households.len())
        .filter(|&h| {
            let id = HouseholdId::from_index(h);
            people.households.tenure[id] <= Tenure::Mortgage as u8 && people.households.pensioners[id] == 0
        })
        .map(|h| h as u32)
        .collect();
    for i in 0..work.suppliers.len() {
        let s = SupplierId::from_index(i);
        let form = work.suppliers.ownership[s];
        let local = facts.ownership.forms[form.index()].to_city_owners > 0.0;
        if local && work.suppliers.zone[s] == Zone::City && !of_means.is_empty() {
            let u = unit(luck, 30, work.suppliers.identity[s], 0);
            work.suppliers.owner[s] = of_means[(u * of_means.len() as f64) as usize];
        }
    }
}

/// What the staff of worker co-operatives and VCSE share out at the start, as part of their pay.
pub(super) fn share_outs(
    facts: &Facts,
    people: &People,
    work: &Work,
    jobs: &Jobs,
    (now, normal): (&mut [Month], &mut [Month]),
) {
    let ratio: Vec<f64> = (0..work.suppliers.len())
        .map(|i| {
            let s = SupplierId::from_index(i);
            let r = &work.suppliers.recipe[s];
            let bill = jobs.employers.wage_bill.rows()[i];
            if r.profit_to_staff == 0 || bill == 0 {
                return 0.0;
            }
            let profit = normal_profit(facts, work, s);
            part(profit - part(profit, r.profit_tax), r.profit_to_staff) as f64 / bill as f64
        })
        .collect();
    for h in 0..people.households.len() {
        for w in people.households.workers_of(h) {
            let employer = people.workers.employer.rows()[w] as usize;
            if let Some(ratio) = ratio.get(employer).filter(|r| **r > 0.0) {
                let more = (f64::from(people.workers.pay.rows()[w]) * ratio) as i64;
                now[h].pay += more;
                normal[h].pay += more;
                // At the basic rate and the main rate of contributions.
                let taxed = (more as f64 * (facts.tax.basic_rate + facts.tax.employee_main_rate)) as i64;
                now[h].deductions_tax += taxed;
                normal[h].deductions_tax += taxed;
            }
        }
    }
}

/// Profit a month to each owning household at the start.
pub(super) fn city_dividends(facts: &Facts, work: &Work, jobs: &Jobs) -> Vec<(u32, i64)> {
    let mut out = Vec::new();
    for i in 0..work.suppliers.len() {
        let s = SupplierId::from_index(i);
        let of = &work.suppliers;
        if of.owner[s] == crate::world::orgs::NOBODY || jobs.employers.headcount.rows()[i] == 0 {
            continue;
        }
        let profit = normal_profit(facts, work, s);
        let after_tax = profit - part(profit, of.recipe[s].profit_tax);
        let to_owner = part(after_tax, of.recipe[s].profit[0]);
        out.push((of.owner[s], to_owner - part(to_owner, of.recipe[s].owner_tax)));
    }
    out
}

/// Net sales less all costs at the start, pence a month; never below zero.
fn normal_profit(facts: &Facts, work: &Work, s: SupplierId) -> i64 {
    let of = &work.suppliers;
    let (sales, r) = (of.normal_sales[s], &of.recipe[s]);
    let (city, _) = firms::purchases(facts, of.sector[s], of.ownership[s], of.shop[s]);
    let costs = share(city.iter().sum()) + r.costs_but_links();
    part(sales, WHOLE.saturating_sub(costs))
}
