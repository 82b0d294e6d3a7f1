//! What a month was for living-wage jobs, social enterprises, public money, concentration and inequality.

use crate::base::col::Id;
use crate::base::money::{Pence, WHOLE, round};
use crate::base::parallel::{CHUNK, each, each_into, map_chunks};
use crate::economy::books::{Books, Group, Kind};
use crate::place::vocabulary::{Ownership, Zone};
use crate::scenario::settings::Financing;
use crate::world::City;
use crate::world::costs::Payee;
use crate::world::households::HouseholdId;
use crate::world::suppliers::SupplierId;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Sums of a month (pence).
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct Society {
    /// Jobs in the city paid at the real living wage or above.
    pub living_wage_jobs: i64,
    /// Social enterprises open in the city, their net sales, and what anchors paid them.
    pub social_firms: i64,
    pub social_sales: Pence,
    pub social_procurement: Pence,
    /// What policies and institutions cost, by who finances it: `Financing::ALL`; the part of it that is staff.
    pub policy_costs: [Pence; 4],
    pub policy_staff: Pence,
    /// Taken in by central government, and paid by it to the city's households.
    pub taxes: Pence,
    pub benefits: Pence,
    /// Mean practice of the anchors' plan, weighted by what they buy.
    pub practice: f64,
    /// Gini coefficient of equivalised disposable income, in the last month of each year.
    pub gini: Option<f64>,
}

pub(super) fn society(city: &City, books: &Books) -> Society {
    let mut of = Society {
        living_wage_jobs: living_wage_jobs(city) + raised_jobs(city),
        taxes: taxes(books),
        benefits: books.flow(Kind::Benefits, Group::Government, Group::Households),
        gini: (city.month > city.burn_in && (city.month - city.burn_in).is_multiple_of(12))
            .then(|| gini_of_households(city)),
        ..Society::default()
    };
    for (firms, sales) in map_chunks(city.suppliers.len(), CHUNK, |range| social_firms(city, range)) {
        of.social_firms += firms;
        of.social_sales += sales;
    }
    let paid = city.flows.payments.iter().filter(|p| !p.refund && (p.org as usize) < city.suppliers.len());
    of.social_procurement = paid.filter(|p| is_social(city, SupplierId(p.org))).map(|p| p.amount).sum();
    for cost in &city.costs {
        let by = Financing::ALL.iter().position(|f| *f == cost.financed_by).unwrap_or(0);
        of.policy_costs[by] += cost.amount;
        of.policy_staff += if cost.payee == Payee::OwnStaff { cost.amount } else { 0 };
    }
    let bought = city.anchors.procurement.rows();
    let all: Pence = bought.iter().sum();
    let practised = city.institutions.practice.iter().zip(bought).map(|(x, b)| x * *b as f64).sum::<f64>();
    of.practice = if all > 0 { practised / all as f64 } else { 0.0 };
    of
}

/// Social enterprises open in the city, and their net sales.
fn social_firms(city: &City, suppliers: Range<usize>) -> (i64, Pence) {
    let social = |s: &SupplierId| {
        is_social(city, *s) && city.suppliers.zone[*s] == Zone::City && city.suppliers.active[*s]
    };
    let social = suppliers.map(SupplierId::from_index).filter(social);
    social.fold((0, 0), |(firms, sales), s| (firms + 1, sales + city.suppliers.sales_last[s]))
}

fn is_social(city: &City, s: SupplierId) -> bool {
    matches!(city.suppliers.ownership[s], Ownership::Vcse | Ownership::Cooperative)
}

fn taxes(books: &Books) -> Pence {
    const TAXES: [Kind; 6] = [
        Kind::IrrecoverableVat,
        Kind::EmployerNi,
        Kind::DirectTax,
        Kind::BusinessRates,
        Kind::Vat,
        Kind::ProfitTax,
    ];
    TAXES
        .iter()
        .flat_map(|kind| Group::ALL.iter().map(move |from| books.flow(*kind, *from, Group::Government)))
        .sum()
}

/// Jobs whose contract pay an hour is at the real living wage or above.
fn living_wage_jobs(city: &City) -> i64 {
    let own = (city.suppliers.len() + city.anchors.len()) as u32;
    let hourly = hourly_floor(city);
    let floors: [Pence; 256] = std::array::from_fn(|hours| round(hours as f64 * hourly));
    let of = &city.workers;
    let hours = of.hours.rows().par_chunks(CHUNK);
    let rows = of.employer.rows().par_chunks(CHUNK).zip(hours).zip(of.pay.rows().par_chunks(CHUNK));
    rows.map(|((employers, hours), pay)| {
        let mut jobs = 0;
        for ((employer, hours), pay) in employers.iter().zip(hours).zip(pay) {
            // Both are asked: which way either goes cannot be foreseen. Nobody's number is above all employers'.
            let paid = Pence::from(*pay) >= floors[usize::from(*hours)];
            jobs += i64::from((*employer < own) & paid);
        }
        jobs
    })
    .sum()
}

/// Jobs below it by contract that clauses of their employer's contracts raise to it this month. Employers whose staff share
/// profit out are left out: what they pay this month is more than what their contracts raise.
fn raised_jobs(city: &City) -> i64 {
    let bound = &city.contracts.bound;
    if bound.is_empty() {
        return 0;
    }
    let raises = |e: usize| {
        let as_agreed = city.employers.pay_ratio.rows()[e] == WHOLE;
        as_agreed && bound.get(e).is_some_and(|of| of.living_wage > 0.0)
    };
    let raising = each(city.employers.len(), raises);
    let of = &city.workers;
    let raised = |w: usize| {
        let floor = round(f64::from(of.hours.rows()[w]) * hourly_floor(city));
        let [agreed, paid] = [of.pay.rows()[w], city.flows.pay[w]].map(Pence::from);
        raising.get(of.employer.rows()[w] as usize) == Some(&true) && agreed < floor && paid >= floor
    };
    map_chunks(of.len(), CHUNK, |range| range.filter(|w| raised(*w)).count() as i64).iter().sum()
}

/// The real living wage for an hour a week, pence a month.
fn hourly_floor(city: &City) -> f64 {
    city.law.real_living_wage * 100.0 * 52.0 / 12.0
}

/// Disposable income of a household per equivalent adult: the modified OECD scale (a first adult 0.67, others 0.33,
/// children 0.20, couples standing at one; ONS).
pub fn equivalised(income: f64, adults: u32, children: u32) -> f64 {
    income / (0.67 + 0.33 * f64::from(adults.max(1) - 1) + 0.2 * f64::from(children))
}

/// A value and its weight; what is below zero counts as nothing. Reals that are not below zero are in the order of their bits,
/// and pairs of them in that of both together.
fn weighted(value: f64, weight: f64) -> u128 {
    let bits = |x: f64| u128::from((x.max(0.0) + 0.0).to_bits());
    bits(value) << 64 | bits(weight)
}

/// Gini coefficient of values with weights, which are put in order.
fn gini(values: &mut [u128]) -> f64 {
    values.par_sort_unstable();
    let pairs = values.iter().map(|of| (f64::from_bits((of >> 64) as u64), f64::from_bits(*of as u64)));
    // Twice the area between the diagonal and the Lorenz curve, by trapezia.
    let (mut people, mut below, mut area) = (0.0, 0.0, 0.0);
    for (value, weight) in pairs {
        let next = below + value * weight;
        people += weight;
        area += weight * (below + next);
        below = next;
    }
    if below <= 0.0 || people <= 0.0 { 0.0 } else { 1.0 - area / (below * people) }
}

fn gini_of_households(city: &City) -> f64 {
    let of = &city.households;
    let value = |h: usize| {
        let h = HouseholdId::from_index(h);
        let uses = &city.flows.household[h];
        let income = of.received_last[h] - uses.deducted();
        let (adults, children) = (u32::from(of.adults[h]), u32::from(of.children[h]));
        weighted(equivalised(income as f64, adults, children), f64::from(adults.max(1) + children))
    };
    let mut values = each_into(city.shelf.with_room(of.len()), of.len(), value);
    let gini = gini(&mut values);
    city.shelf.give(values);
    gini
}

/// Concentration of what anchors paid: the sum of squared shares of suppliers (Herfindahl and Hirschman), in points of
/// ten thousand.
pub fn concentration(paid: &[Pence]) -> f64 {
    let all: f64 = paid.iter().map(|x| *x as f64).sum();
    if all <= 0.0 {
        return 0.0;
    }
    // Most sell nothing to anchors.
    let paid = paid.iter().filter(|x| **x != 0);
    paid.map(|x| (*x as f64 / all) * (*x as f64 / all)).sum::<f64>() * 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Alike for all: 0. Four people of whom one has all: 0.75. Incomes 1 and 3: 0.25. A person of weight two counts twice.
    #[test]
    fn gini_by_hand() {
        let of = |values: &[f64]| gini(&mut values.iter().map(|v| weighted(*v, 1.0)).collect::<Vec<_>>());
        assert!(of(&[5.0, 5.0, 5.0]).abs() < 1e-12);
        assert!((of(&[0.0, 0.0, 0.0, 8.0]) - 0.75).abs() < 1e-12);
        assert!((of(&[3.0, 1.0]) - 0.25).abs() < 1e-12);
        assert!((gini(&mut [weighted(0.0, 3.0), weighted(8.0, 1.0)]) - 0.75).abs() < 1e-12);
        assert_eq!(of(&[]), 0.0);
    }

    /// Shares of a half, 0.3 and 0.2: 0.25 + 0.09 + 0.04 = 0.38, or 3,800 points; one alone 10,000.
    #[test]
    fn concentration_by_hand() {
        assert!((concentration(&[50, 30, 20]) - 3800.0).abs() < 1e-9);
        assert!((concentration(&[7, 0]) - 10_000.0).abs() < 1e-9);
        assert_eq!(concentration(&[]), 0.0);
    }

    /// A couple with two children at £28,000: over 1.4, £20,000 each.
    #[test]
    fn equivalence_by_hand() {
        assert!((equivalised(28_000.0, 2, 2) - 20_000.0).abs() < 1e-9);
    }
}
