//! What is fitted before the first month: how readily each zone's suppliers hear of a category's tenders, so
//! that with no policy they win the shares in the data (48% in the city over the six largest anchors is fitted,
//! and counts as no validation); the reference price and mark-up, so that needs are just met.

use super::package::{Tender, competition_for};
use super::{Chance, frameworks, route, score, staff_time};
use crate::base::draws::{Draws, Purpose};
use crate::base::parallel::map_chunks;
use crate::economy::firms::closing_hazard;
use crate::economy::plan::{Plan, Rules};
use crate::place;
use crate::place::vocabulary::{AnchorKind, Route};
use crate::world::City;
use crate::world::contracts::{Contract, Provider};
use crate::world::orgs::NOBODY;
use crate::world::suppliers::SupplierId;

/// Generations of contracts before the first month, so that the stock is one that lettings bring about (the
/// best bidders hold more than their share of it), and rounds of the fit in each.
const GENERATIONS: u16 = 5;
const ROUNDS: usize = 3;
/// A few contracts are so large that one stock in three misses the shares in the data by luck alone. The generations
/// go on until a stock has them: share of spend in the city, and in the rest of the region, within so much of the aim.
const CLOSE: [f64; 2] = [0.02, 0.1];
/// But not for ever.
const MOST_GENERATIONS: u16 = 40;
/// Needs of each category that are let in a round.
const NEEDS: usize = 400;
/// Part of the gap, in logs, that a round closes.
const STEP: f64 = 0.8;
/// Months of a usual contract, over which bidders lose some of their practice.
const MONTHS: i32 = 36;

/// What a round of trial lettings gave, by category.
#[derive(Clone, Default)]
struct Outcome {
    value: [f64; 3],
    volume: f64,
    margin: f64,
}

/// Let the whole stock several times under the anchors' own rules, and fit reach, reference price and mark-up.
/// Must come before the accounts are closed, since it says who sells to the anchors.
pub fn fit(city: &mut City, draws: &Draws) {
    if city.contracts.law.is_none() {
        return;
    }
    let fixed = draws.in_month(0);
    let month = std::mem::replace(&mut city.month, 1);
    let rules = Plan::neutral(city).in_force(city);
    super::open_teams(city, &rules);
    super::delivery::follow_up(city, &rules);
    for generation in 0..MOST_GENERATIONS {
        if generation >= GENERATIONS && has_the_shares(city) {
            break;
        }
        let chance = Chance { month: draws.in_month(u16::MAX - generation), fixed };
        fit_framework_scale(city, &rules, &chance);
        for _ in 0..ROUNDS {
            for framework in &mut city.contracts.frameworks {
                *framework = Default::default();
            }
            frameworks::renew(city, &rules, &chance);
            let stock = stock(city, &rules, &chance);
            settle(city, &trial(city, &rules, &stock, &chance));
        }
        relet(city, &rules, &chance);
    }
    let chance = Chance { month: fixed, fixed };
    let stock = stock(city, &rules, &chance);
    set_references(city, &trial(city, &rules, &stock, &chance));
    count_income(city);
    city.month = month;
}

/// Does the stock of the largest anchors, whom the published shares describe, lie where the data say?
fn has_the_shares(city: &City) -> bool {
    let of = city.anchors.kind.rows().iter().zip(city.anchors.procurement.rows());
    let covered =
        place::largest_anchors(of.map(|(kind, p)| (kind.unwrap_or(AnchorKind::Council), *p as f64)));
    let (mut aim, mut won) = ([0.0; 2], [0.0; 2]);
    for row in city.contracts.rows.iter().filter(|r| covered.contains(&usize::from(r.anchor))) {
        let category = &city.contracts.categories[row.category as usize];
        let amount = row.monthly as f64;
        aim[0] += amount * category.in_city;
        aim[1] += amount * category.in_region;
        if row.supplier != NOBODY {
            let zone = city.suppliers.zone[SupplierId(row.supplier)].index();
            if let Some(won) = won.get_mut(zone) {
                *won += amount;
            }
        }
    }
    (0..2).all(|z| (won[z] - aim[z]).abs() <= CLOSE[z] * aim[z])
}

/// What suppliers hold is what contracts pay them: the first holders may have been places that stand vacant.
fn count_income(city: &mut City) {
    city.suppliers.contract_income.fill(0);
    for i in 0..city.contracts.rows.len() {
        let row = city.contracts.rows[i];
        if row.supplier != NOBODY && !super::need::holder_is_gone(city, &row) {
            city.suppliers.contract_income[SupplierId(row.supplier)] += row.monthly;
        }
    }
}

/// Scale the shares that go to frameworks by themselves until the stock of health trusts, and that of all others, has the
/// share of value in the data, call-offs for lack of hours included.
fn fit_framework_scale(city: &mut City, rules: &Rules, chance: &Chance) {
    for _ in 0..ROUNDS {
        let stock = stock(city, rules, chance);
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

/// Take what the stock pays as it stands when the run proper begins as the reference: 100 is what is paid without a
/// plan. The mean is harmonic, since volume is budget over price.
pub fn recentre(city: &mut City) {
    let mut sums = vec![(0.0, 0.0); city.contracts.categories.len()];
    for row in city.contracts.rows.iter().filter(|r| r.supplier != NOBODY && r.provider == Provider::Market) {
        let of = &mut sums[row.category as usize];
        of.0 += row.monthly as f64;
        of.1 += row.monthly as f64 / row.price;
    }
    for (c, (paid, volume)) in sums.into_iter().enumerate() {
        if volume > 0.0 && city.contracts.law.is_some() {
            let price = paid / volume;
            city.contracts.reference_price[c] *= price;
            let of_category = |row: &&mut Contract| row.category as usize == c;
            city.contracts.rows.iter_mut().filter(of_category).for_each(|row| row.price /= price);
        }
    }
}

fn set_references(city: &mut City, outcomes: &[Outcome]) {
    let (mut value, mut margin) = (0.0, 0.0);
    for (c, of) in outcomes.iter().enumerate() {
        let all: f64 = of.value.iter().sum();
        if of.volume > 0.0 {
            city.contracts.reference_price[c] = all / of.volume;
            value += all;
            margin += of.margin;
        }
    }
    let markup = if value > 0.0 { margin / value } else { 0.0 };
    city.contracts.reference_markup = markup;
    for row in &mut city.contracts.rows {
        row.price /= city.contracts.reference_price[row.category as usize];
        row.workload *= 1.0 + markup as f32;
        row.delivered = 0.0;
    }
}

/// Let every need once: winners are found against the stock as it was, then take their contracts.
fn relet(city: &mut City, rules: &Rules, chance: &Chance) {
    let stock = stock(city, rules, chance);
    let read: &City = city;
    let contests: Vec<_> = map_chunks(stock.len(), 64, |range| {
        let hold = |tender: &Tender| {
            if tender.extends { Default::default() } else { score::hold(read, rules, tender, 0, chance) }
        };
        stock[range].iter().map(|tender| (tender.route, hold(tender))).collect::<Vec<_>>()
    })
    .concat();
    for experience in city.suppliers.experience.iter_mut() {
        *experience *= super::entry::EXPERIENCE_KEPT.powi(MONTHS);
    }
    for (i, (route, contest)) in contests.into_iter().enumerate() {
        super::entry::gain_experience(city, &contest);
        let Some(bid) = contest.winner.map(|w| contest.bids[w]) else { continue };
        super::need::release(city, i);
        let row = &mut city.contracts.rows[i];
        row.supplier = bid.supplier.0;
        row.supplier_identity = city.suppliers.identity[bid.supplier];
        row.quality = bid.true_quality as f32;
        row.price = bid.price;
        row.workload = (1.0 / (1.0 + bid.mark_up)) as f32;
        row.route = route;
        row.promise = bid.promise;
        city.suppliers.contract_income[bid.supplier] += row.monthly;
    }
}

/// The whole stock as competitions, fitted into the hours that teams have over the months of a usual contract.
fn stock(city: &mut City, rules: &Rules, chance: &Chance) -> Vec<Tender> {
    let read: &City = city;
    let mut all: Vec<Tender> = map_chunks(read.contracts.rows.len(), 256, |range| {
        range
            .map(|i| {
                let mut tender = competition_for(read, vec![i]);
                tender.failed = fails_in_term(read, &read.contracts.rows[i], chance);
                route::choose(read, rules, &mut tender, chance);
                tender
            })
            .collect::<Vec<_>>()
    })
    .concat();
    let mut over_a_contract = rules.clone();
    for anchor in &mut over_a_contract.anchors {
        anchor.hours *= f64::from(MONTHS);
    }
    staff_time::fit(city, &over_a_contract, &mut all);
    all
}

/// Does the holder close before a usual contract is over? City firms, being smaller, do so more often than the
/// groups that bid from outside, and what they held is let again.
fn fails_in_term(city: &City, row: &Contract, chance: &Chance) -> bool {
    if row.supplier == NOBODY || !city.settings.mechanisms.entry_exit {
        return false;
    }
    let hazard = closing_hazard(city, SupplierId(row.supplier));
    let survives = libm::pow(1.0 - hazard, f64::from(MONTHS));
    !chance.month.chance(survives, Purpose::FirmExit, row.key(), 1)
}

/// Competitions that are tried: the largest of each category and every so many-th of the others, with the number
/// of needs that each stands for.
fn sample(city: &City, stock: &[Tender]) -> Vec<(usize, f64)> {
    let mut all = Vec::new();
    for c in 0..city.contracts.categories.len() {
        let mut of: Vec<usize> =
            (0..stock.len()).filter(|i| stock[*i].category as usize == c && !stock[*i].extends).collect();
        of.sort_by(|a, b| stock[*b].value_gbp.total_cmp(&stock[*a].value_gbp).then(a.cmp(b)));
        let (largest, others) = of.split_at(of.len().min(NEEDS / 2));
        let stride = (others.len() / (NEEDS / 2)).max(1);
        all.extend(largest.iter().map(|i| (*i, 1.0)));
        all.extend(others.iter().step_by(stride).map(|i| (*i, stride as f64)));
    }
    all
}

/// Let a sample of the stock, and note who wins what at which price.
fn trial(city: &City, rules: &Rules, stock: &[Tender], chance: &Chance) -> Vec<Outcome> {
    let sample = sample(city, stock);
    let parts = map_chunks(sample.len(), 64, |range| {
        let mut sums = vec![Outcome::default(); city.contracts.categories.len()];
        for (i, weight) in &sample[range] {
            let tender = &stock[*i];
            let contest = score::hold(city, rules, tender, 0, chance);
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
                reach[z] *= libm::pow((aim[z] / won).clamp(0.2, 5.0), STEP);
            }
        }
        let total: f64 = reach.iter().sum();
        for r in reach.iter_mut() {
            *r = (*r / total).max(1e-4);
        }
    }
}
