//! What is fitted before the first month: how readily each zone's suppliers hear of a category's tenders, so
//! that with no policy they win the shares in the data (48% in the city over the six largest anchors is fitted,
//! and counts as no validation); the reference price and mark-up, so that needs are just met.

use super::need::Trait;
use super::package::{Tender, competition_for};
use super::{Chance, frameworks, route, score};
use crate::base::draws::Draws;
use crate::base::parallel::map_chunks;
use crate::economy::plan::{Plan, Rules};
use crate::world::City;
use crate::world::local::LocalShares;

/// Rounds of the fit, and needs of each category that are let in a round.
const ROUNDS: usize = 6;
const NEEDS: usize = 600;
/// Part of the gap, in logs, that a round closes.
const STEP: f64 = 0.8;

/// What a round of trial lettings gave, by category.
#[derive(Clone, Default)]
struct Outcome {
    value: [f64; 3],
    volume: f64,
    margin: f64,
}

/// Fit reach, reference price and mark-up to trial lettings of the starting stock under the neutral rules.
pub fn fit(city: &mut City, draws: &Draws) {
    if city.contracts.law.is_none() {
        return;
    }
    let chance = Chance { month: draws.in_month(0), fixed: draws.in_month(0) };
    let month = std::mem::replace(&mut city.month, 1);
    city.contracts.local = LocalShares::compute(city);
    let rules = Plan::neutral(city).in_force(city);
    super::open_month(city, &rules);
    super::delivery::follow_up(city, &rules);
    for row in &mut city.contracts.rows {
        row.delivered = 0.0;
    }
    frameworks::renew(city, &chance);
    let sample = sample(city, &rules, &chance);
    for _ in 0..ROUNDS {
        let outcomes = trial(city, &rules, &sample, &chance);
        settle(city, &outcomes);
        for framework in &mut city.contracts.frameworks {
            *framework = Default::default();
        }
        frameworks::renew(city, &chance);
    }
    let outcomes = trial(city, &rules, &sample, &chance);
    let (mut value, mut margin) = (0.0, 0.0);
    for (c, of) in outcomes.iter().enumerate() {
        let all: f64 = of.value.iter().sum();
        if of.volume > 0.0 {
            city.contracts.reference_price[c] = all / of.volume;
            value += all;
            margin += of.margin;
        }
    }
    city.contracts.reference_markup = if value > 0.0 { margin / value } else { 0.0 };
    city.contracts.awards.clear();
    city.month = month;
}

/// Tenders for the needs that are tried: the largest of each category and every so many-th of the others, with
/// the number of needs that each stands for.
fn sample(city: &City, rules: &Rules, chance: &Chance) -> Vec<(Tender, f64)> {
    let mut all = Vec::new();
    for c in 0..city.contracts.categories.len() {
        let mut rows: Vec<usize> =
            (0..city.contracts.rows.len()).filter(|i| city.contracts.rows[*i].category as usize == c).collect();
        rows.sort_by_key(|i| (std::cmp::Reverse(city.contracts.rows[*i].monthly), *i));
        let (largest, others) = rows.split_at(rows.len().min(NEEDS / 2));
        let stride = (others.len() / (NEEDS / 2)).max(1);
        all.extend(largest.iter().map(|i| (*i, 1.0)));
        all.extend(others.iter().step_by(stride).map(|i| (*i, stride as f64)));
    }
    all.into_iter()
        .map(|(i, weight)| {
            let mut tender = competition_for(city, vec![i]);
            route::choose(city, rules, &mut tender, chance);
            (tender, weight)
        })
        .collect()
}

fn trial(city: &City, rules: &Rules, sample: &[(Tender, f64)], chance: &Chance) -> Vec<Outcome> {
    let parts = map_chunks(sample.len(), 64, |range| {
        let mut sums = vec![Outcome::default(); city.contracts.categories.len()];
        for (tender, weight) in &sample[range] {
            let contest = score::hold(city, rules.of(tender.anchor, tender.category), tender, 0, chance);
            let Some(bid) = contest.winner.map(|w| contest.bids[w]) else { continue };
            let of = &mut sums[tender.category as usize];
            let value = weight * city.contracts.rows[tender.lots[0][0]].monthly as f64;
            of.value[city.suppliers.zone[bid.supplier].index().min(2)] += value;
            of.volume += value / bid.price;
            of.margin += value * bid.mark_up;
        }
        sums
    });
    let mut all = vec![Outcome::default(); city.contracts.categories.len()];
    for part in parts {
        for (sum, of) in all.iter_mut().zip(part) {
            for z in 0..3 {
                sum.value[z] += of.value[z];
            }
            sum.volume += of.volume;
            sum.margin += of.margin;
        }
    }
    all
}

/// Move each zone's reach towards the share it should win.
fn settle(city: &mut City, outcomes: &[Outcome]) {
    for (c, of) in outcomes.iter().enumerate() {
        let category = &city.contracts.categories[c];
        let aim = [
            category.in_city,
            category.in_region,
            (1.0 - category.in_city - category.in_region).max(0.0),
        ];
        let all: f64 = of.value.iter().sum();
        if all <= 0.0 {
            continue;
        }
        let reach = &mut city.contracts.reach[c];
        for z in 0..3 {
            let won = (of.value[z] / all).max(0.005);
            if aim[z] > 0.0 {
                reach[z] *= libm::pow((aim[z] / won).clamp(0.2, 5.0), STEP);
            }
        }
        let total: f64 = reach.iter().sum();
        for r in reach.iter_mut() {
            *r = (*r / total).max(1e-4);
        }
    }
}

/// Share of needs, by value, that a trait below a limit picks out (for checks).
pub fn share_with(city: &City, what: Trait, limit: impl Fn(u8) -> f64, chance: &Chance) -> f64 {
    let (mut with, mut all) = (0.0, 0.0);
    for row in &city.contracts.rows {
        all += row.monthly as f64;
        if what.of(row.need, chance) < limit(row.category) {
            with += row.monthly as f64;
        }
    }
    if all > 0.0 { with / all } else { 0.0 }
}
