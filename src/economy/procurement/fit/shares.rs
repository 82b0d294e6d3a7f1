//! What the fit moves: reach of zones and of small enterprises, and how much goes to frameworks.

use super::super::{Chance, route};
use super::trial::Outcomes;
use crate::economy::plan::Rules;
use crate::place::vocabulary::{Buyers, Route};
use crate::world::City;

/// Part of the gap, in logs, that the first round closes; later ones close less, so that the luck of single rounds is averaged
/// out (stochastic approximation, Robbins and Monro 1951).
const STEP: f64 = 0.8;

fn step(time: u16) -> f64 {
    STEP / (1.0 + f64::from(time) / 3.0)
}

/// Scale the shares that go to frameworks by themselves until the stock of health trusts, and that of all others, has the
/// share of value in the data, call-offs for lack of hours included.
pub(super) fn fit_framework_scale(city: &mut City, rules: &Rules, chance: &Chance) {
    for _ in 0..super::ROUNDS {
        let stock = super::stock(city, rules, chance);
        let (mut aimed, mut reached) = ([0.0; 2], [0.0; 2]);
        for tender in &stock {
            let share = city.contracts.categories[tender.category as usize].framework_share;
            let factor = rules.of(tender.anchor, tender.category).framework_factor;
            let group = route::framework_group(city, tender.anchor);
            aimed[group] += tender.value_gbp * (share * factor).min(1.0);
            reached[group] += if tender.route == Route::CallOff { tender.value_gbp } else { 0.0 };
        }
        for (scale, (aimed, reached)) in
            city.contracts.framework_scale.iter_mut().zip(aimed.into_iter().zip(reached))
        {
            if reached > 0.0 {
                *scale *= (aimed / reached).clamp(0.25, 4.0);
            }
        }
    }
}

/// Move each zone's reach towards the share it should win, and the reach of small enterprises towards theirs.
pub(super) fn settle(city: &mut City, outcomes: &Outcomes, time: u16) {
    let step = step(time);
    for (c, of) in outcomes.by_category.iter().enumerate() {
        let category = &city.contracts.categories[c];
        let aim =
            [category.in_city, category.in_region, (1.0 - category.in_city - category.in_region).max(0.0)];
        let all: f64 = of.value.iter().sum();
        if all <= 0.0 {
            continue;
        }
        let reach = &mut city.contracts.reach[c];
        for z in 0..3 {
            let won = (of.value[z] / all).max(0.005);
            if aim[z] > 0.0 {
                reach[z] *= libm::pow((aim[z] / won).clamp(0.2, 5.0), step);
            }
        }
        let total: f64 = reach.iter().sum();
        for r in reach.iter_mut() {
            *r = (*r / total).max(1e-4);
        }
    }
    let aims = small_aims(city);
    for (k, [small, others]) in outcomes.small_and_others.into_iter().enumerate() {
        let aim = aims[k];
        if small + others <= 0.0 || !(0.0..1.0).contains(&aim) || aim == 0.0 {
            continue;
        }
        let won = (small / (small + others)).clamp(0.005, 0.995);
        let gap = ((aim / (1.0 - aim)) / (won / (1.0 - won))).clamp(0.2, 5.0);
        let reach = &mut city.contracts.small_reach[k];
        let odds = *reach / (1.0 - *reach) * libm::pow(gap, step);
        *reach = (odds / (1.0 + odds)).clamp(0.002, 0.998);
    }
}

/// The share that small enterprises should hold of the contracts of each kind of buyer: its anchors' own, weighted by what
/// they buy.
pub(super) fn small_aims(city: &City) -> [f64; Buyers::COUNT] {
    let mut sums = [(0.0, 0.0); Buyers::COUNT];
    for a in 0..city.anchors.len() {
        let of = &mut sums[route::buyer(city, a as u16)];
        let buys = city.anchors.procurement.rows()[a] as f64;
        of.0 += buys * city.anchors.team(a).small_firms_share;
        of.1 += buys;
    }
    sums.map(|(share, buys)| if buys > 0.0 { share / buys } else { 0.0 })
}
