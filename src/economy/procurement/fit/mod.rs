//! What is fitted before the first month: how readily each zone's suppliers hear of a category's tenders, so
//! that with no policy they win the shares in the data (48% in the city over the six largest anchors is fitted,
//! and counts as no validation); how readily small enterprises do; the reference price and mark-up, so that needs are just met.

mod closing;
mod shares;
mod trial;

use super::bids::Bid;
use super::package::{Tender, competition_for};
use super::{Chance, frameworks, route, score, staff_time};
use crate::base::draws::{Draws, Purpose};
use crate::base::parallel::map_chunks;
use crate::economy::firms::closing_hazard;
use crate::economy::plan::{Plan, Rules};
use crate::place::vocabulary::Route;
use crate::world::City;
use crate::world::contracts::{Contract, Provider};
use crate::world::frameworks::Framework;
use crate::world::orgs::NOBODY;
use crate::world::suppliers::SupplierId;
use shares::{fit_framework_scale, settle};
use trial::{Outcomes, trial};

/// Generations of contracts before the first month, so that the stock is one that lettings bring about (the
/// best bidders hold more than their share of it), and rounds of the fit in each.
const GENERATIONS: u16 = 5;
const ROUNDS: u16 = 3;
/// Lettings of frameworks are numbered from here in the fit, so that they share no draw with those of a run.
const FIRST_TRIAL: u16 = 0x8000;
/// Months of a usual contract, over which bidders lose some of their practice.
const MONTHS: i32 = 36;

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
    for generation in 0..GENERATIONS {
        let chance = Chance { month: draws.in_month(u16::MAX - generation), fixed };
        fit_framework_scale(city, &rules, &chance);
        for round in 0..ROUNDS {
            // Each round with other members of the frameworks: reach is to suit whoever gets in, not those of one list.
            let time = generation * ROUNDS + round;
            renew_all(city, &rules, &chance, FIRST_TRIAL + time);
            let stock = stock(city, &rules, &chance);
            settle(city, &trial(city, &rules, &stock, &chance), time);
        }
        if generation + 1 == GENERATIONS {
            renew_all(city, &rules, &chance, 0);
        }
        relet(city, &rules, &chance);
    }
    let chance = Chance { month: fixed, fixed };
    let stock = stock(city, &rules, &chance);
    closing::close(city, &rules, &stock, draws);
    set_references(city, &trial(city, &rules, &stock, &chance));
    count_income(city);
    city.month = month;
}

/// Let all frameworks anew, as if for this time.
fn renew_all(city: &mut City, rules: &Rules, chance: &Chance, letting: u16) {
    for framework in &mut city.contracts.frameworks {
        *framework = Framework { letting, ..Framework::default() };
    }
    frameworks::renew(city, rules, chance);
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

fn set_references(city: &mut City, outcomes: &Outcomes) {
    let (mut value, mut margin) = (0.0, 0.0);
    for (c, of) in outcomes.by_category.iter().enumerate() {
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
        take(city, i, route, &bid);
    }
}

/// The winner takes the contract.
fn take(city: &mut City, i: usize, route: Route, bid: &Bid) {
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
