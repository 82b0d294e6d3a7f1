//! Stage 9, award: the winner takes the contract, and the award is put on record.

use super::bidders::is_small;
use super::discretion::rules_as_applied;
use super::need::{self, release};
use super::package::{Tender, value_gbp};
use super::promises;
use super::score::Contest;
use crate::base::money::Pence;
use crate::economy::plan::NeedRules;
use crate::economy::plan::Rules;
use crate::place::vocabulary::{Route, Zone};
use crate::world::City;
use crate::world::awards::Award;
use crate::world::contracts::{Contract, Promise};
use crate::world::employers::EmployerId;
use crate::world::orgs::NOBODY;
use crate::world::suppliers::SupplierId;

/// Work for each pound paid, over what a pound buys at the reference mark-up: a higher mark-up is margin, and
/// so is not the part of social value that the price does not cover.
pub fn workload(reference_markup: f64, mark_up: f64, unpriced_work: f64) -> f64 {
    (1.0 + reference_markup) / (1.0 + mark_up) * (1.0 + unpriced_work)
}

/// Award a lot to its winner.
pub fn make(city: &mut City, rules: &Rules, tender: &Tender, lot: usize, contest: &Contest) {
    let Some(bid) = contest.winner.map(|w| contest.bids[w]) else { return };
    let of = rules_as_applied(rules, tender);
    for &i in &tender.lots[lot] {
        let before = city.contracts.rows[i];
        release(city, i);
        let changed = before.supplier != bid.supplier.0;
        let terms = terms(city, &of, tender, changed);
        let row = &mut city.contracts.rows[i];
        row.letting += 1;
        row.supplier = bid.supplier.0;
        row.supplier_identity = city.suppliers.identity[bid.supplier];
        row.first_month = city.month;
        row.end_month = city.month.saturating_add(tender.months.max(1));
        row.delivers_from = terms;
        row.price = bid.price / city.contracts.reference_price[row.category as usize];
        row.quality = bid.true_quality as f32;
        row.extensions = 0;
        row.route = tender.route;
        row.promise = bid.promise;
        row.delivered = 0.0;
        row.failed = false;
        row.challenged = false;
        let sv = &city.settings.procurement.social_value;
        let coverage = city.contracts.coverage.get(tender.anchor as usize).copied().unwrap_or(0.0);
        let work = sv.cap_share * promises::delivered(sv, &bid.promise, coverage);
        row.workload =
            (workload(city.contracts.reference_markup, bid.mark_up, (1.0 - sv.pass_through) * work)
                / (1.0 + bid.same_work)) as f32;
        row.clauses = of.clauses_of(tender.value_gbp);
        city.suppliers.contract_income[bid.supplier] += row.monthly;
        record(city, (i, tender, lot), contest, &before);
    }
}

/// The first month of full service: a new supplier needs time to find its feet.
fn terms(city: &City, rules: &NeedRules, tender: &Tender, changed: bool) -> u16 {
    let of = &city.settings.procurement.delivery;
    let months = if !changed {
        0
    } else if tender.value_gbp >= rules.threshold_gbp {
        of.mobilisation_months_above_threshold
    } else {
        of.mobilisation_months
    };
    city.month.saturating_add(months)
}

/// The holder goes on for a while on the terms it has.
pub fn extend(city: &mut City, tender: &Tender, lot: usize) {
    let months = city.settings.procurement.delivery.extension_months.max(1);
    for &i in &tender.lots[lot] {
        let before = city.contracts.rows[i];
        let row = &mut city.contracts.rows[i];
        row.end_month = city.month.saturating_add(months);
        row.extensions += 1;
        row.route = Route::Extension;
        record(city, (i, tender, lot), &Contest::default(), &before);
    }
}

/// The contract goes on as it was, for as long again.
pub fn renew(city: &mut City, tender: &Tender, lot: usize) {
    for &i in &tender.lots[lot] {
        let row = &mut city.contracts.rows[i];
        row.end_month = city.month.saturating_add(tender.months.max(1));
    }
}

/// No bid: the holder goes on for a quarter where there is one; else the need stays open and is tried again.
pub fn nobody(city: &mut City, tender: &Tender, lot: usize) {
    const QUARTER: u16 = 3;
    for &i in &tender.lots[lot] {
        if need::incumbent(city, &city.contracts.rows[i]).is_some() {
            city.contracts.rows[i].end_month = city.month.saturating_add(QUARTER);
        } else {
            release(city, i);
            city.contracts.rows[i].held_up_until = city.month.saturating_add(1);
        }
    }
}

fn record(city: &mut City, (i, tender, lot): (usize, &Tender, usize), contest: &Contest, before: &Contract) {
    let row = city.contracts.rows[i];
    let bid = contest.winner.map(|w| contest.bids[w]);
    let in_city = |s: SupplierId| city.suppliers.zone[s] == Zone::City;
    let reference = city.contracts.reference_price[row.category as usize];
    let months = row.end_month - city.month;
    // A row's part in the hours of the whole and in the bids for its lot, where several are let together.
    let together = tender.lots[lot].len() as f64;
    let hours = tender.hours / (tender.lots.len() as f64 * together);
    let mut award = blank(city, i, months, value_gbp(city, &[i], months));
    award.route = row.route;
    award.invited = contest.known as u16;
    award.local_invited = contest.known_local as u16;
    award.bids = contest.bids.len() as u16;
    award.local_bids = contest.bids.iter().filter(|b| in_city(b.supplier)).count() as u16;
    award.small_bids = contest.bids.iter().filter(|b| is_small(city, b.supplier)).count() as u16;
    award.lowest_price = if contest.bids.is_empty() { row.price } else { contest.lowest / reference };
    award.quality = bid.map_or(f64::from(row.quality), |b| b.quality);
    award.incumbent = before.supplier == row.supplier;
    award.preferred = bid.is_some_and(|b| b.preference > 0.0);
    award.hours = hours as f32;
    award.dropped = tender.dropped;
    award.challenged = before.challenged;
    award.bid_costs_gbp = contest.bids.iter().map(|b| b.cost_of_bid_gbp / together).sum::<f64>() as f32;
    award.buyer_cost_gbp = (hours * city.settings.procurement.staff_time.hour_gbp) as f32;
    award.flipped_by_social_value = contest.flipped_by_social_value;
    award.flipped_by_preference = contest.flipped_by_preference;
    push(city, i, award);
}

/// Put on record that a need is provided for without a contract.
pub fn record_own(city: &mut City, i: usize) {
    let row = city.contracts.rows[i];
    let months = row.end_month - city.month;
    let mut award = blank(city, i, months, value_gbp(city, &[i], months));
    award.route = row.route;
    push(city, i, award);
}

fn push(city: &mut City, i: usize, award: Award) {
    city.contracts.rows[i].award = award.number;
    city.contracts.awarded += 1;
    city.contracts.awards.push(award);
}

fn blank(city: &City, i: usize, months: u16, value_gbp: f64) -> Award {
    let row = &city.contracts.rows[i];
    let s = SupplierId(row.supplier);
    let held = row.supplier != NOBODY;
    let monthly: Pence = row.monthly;
    let promise: Promise = row.promise;
    Award {
        month: city.month,
        number: city.contracts.awarded,
        contract: i as u32,
        need: row.need,
        lot: row.lot,
        anchor: row.anchor,
        category: row.category,
        monthly,
        months,
        value_gbp,
        route: row.route,
        invited: 0,
        bids: 0,
        local_invited: 0,
        local_bids: 0,
        small_bids: 0,
        lowest_price: row.price,
        price: row.price,
        quality: f64::from(row.quality),
        claimed: promise.claimed,
        real: promise.real,
        tailored: promise.tailored,
        matched_gbp: 0.0,
        delivered: 0.0,
        supplier: row.supplier,
        identity: row.supplier_identity,
        sector: if held { city.suppliers.sector[s].index() as u8 } else { 0 },
        zone: if held { city.suppliers.zone[s].index() as u8 } else { 0 },
        ownership: if held { city.suppliers.ownership[s].index() as u8 } else { 0 },
        heads: if held { city.employers.headcount[EmployerId(s.0)] } else { 0 },
        small: held && is_small(city, s),
        incumbent: false,
        preferred: false,
        local: if held { city.contracts.local.rows[s] } else { [0.0; 8] },
        hours: 0.0,
        dropped: Default::default(),
        challenged: false,
        bid_costs_gbp: 0.0,
        buyer_cost_gbp: 0.0,
        flipped_by_social_value: false,
        flipped_by_preference: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Alone at 18% against a usual 6%: 1.06/1.18 = 0.898 pounds' worth of work for a pound; the rest is
    /// margin. Unpriced social value of 1% adds as much work.
    #[test]
    fn workload_by_hand() {
        assert!((workload(0.06, 0.18, 0.0) - 0.898_305).abs() < 1e-6);
        assert!((workload(0.06, 0.06, 0.01) - 1.01).abs() < 1e-12);
    }
}
