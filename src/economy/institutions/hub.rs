//! The social impact hub: needs arise, staff register them, awards are matched with them, and promises are followed up.

use super::charter::Now;
use super::matching::{kind_of_offer, weight, worth_of_offer};
use crate::base::draws::{Luck, Purpose};
use crate::economy::plan::Rules;
use crate::economy::procurement::package::nominal_gbp;
use crate::economy::procurement::promises;
use crate::place::vocabulary::Zone;
use crate::scenario::settings::ImpactHub;
use crate::world::City;
use crate::world::institutions::{Kind, RequestId, Status};
use crate::world::orgs::NOBODY;
use crate::world::suppliers::SupplierId;

/// Draws about a request or an offer, by what they decide.
const ARISES: u32 = 0;
const SIZE: u32 = 1;
const OFFER_KIND: u32 = 2;
const SUCCEEDS: u32 = 3;
const UNPROMPTED: u32 = 4;
const DELIVERS: u32 = 5;

/// What the hub changes in its members' rules: needs are shown early, and claims seen through.
pub(super) fn serve(hub: &Now<ImpactHub>, rules: &mut Rules) {
    let reached = hub.strength >= 0.5;
    for (a, _, of) in rules.each().filter(|(a, _, _)| hub.members[*a]) {
        debug_assert!(hub.members[a]);
        if reached {
            of.lead_months = of.lead_months.max(hub.of.showcase_months);
        }
        of.hub = hub.of.outreach_fte > 0.0;
    }
}

/// Requests that can be registered with so many staff: a running sum, of which the whole part is used.
pub fn registrations(in_hand: f64, fte: f64, per_fte_year: f64) -> (usize, f64) {
    let sum = in_hand + fte * per_fte_year / 12.0;
    (sum.floor() as usize, sum.fract())
}

/// The hub's month.
pub(super) fn work(city: &mut City, rules: &Rules, luck: &Luck) {
    if city.burning_in() || city.contracts.categories.is_empty() {
        return;
    }
    needs_arise(city, luck);
    let hub = rules.institutions.hub.clone();
    register(city, hub.as_ref());
    follow(city, hub.as_ref());
    deliver(city);
    if let Some(hub) = &hub {
        unprompted(city, hub, luck);
    }
    lapse(city);
}

/// Needs arise in each ward in proportion to its households, kind by kind.
fn needs_arise(city: &mut City, luck: &Luck) {
    let of = &city.settings.institutions;
    let mut households = vec![0u32; city.wards.len().max(1)];
    // Neighbours stand together.
    for neighbours in city.households.ward.rows().chunk_by(|a, b| a == b) {
        if let Some(n) = households.get_mut(usize::from(neighbours[0])) {
            *n += neighbours.len() as u32;
        }
    }
    let all = city.households.len().max(1) as f64;
    let mut new = Vec::new();
    for (ward, n) in households.into_iter().enumerate() {
        for (k, kind) in Kind::ALL.into_iter().enumerate() {
            let chance = of.needs_a_year / 12.0 * f64::from(n) / all / Kind::ALL.len() as f64;
            let identity = u64::from(city.month) << 16 | (ward as u64) << 4 | k as u64;
            if luck.chance(chance.min(1.0), Purpose::Request, identity, ARISES) {
                let spread = of.need_spread * luck.normal(Purpose::Request, identity, SIZE);
                new.push((identity, (ward as u8, kind), of.need_median_gbp * libm::exp(spread)));
            }
        }
    }
    for (identity, what, size) in new {
        city.institutions.requests.add(identity, what, size, city.month);
    }
}

fn register(city: &mut City, hub: Option<&Now<ImpactHub>>) {
    let Some(hub) = hub else { return };
    let month = city.month;
    let per = city.settings.institutions.registered_per_fte_year;
    let requests = &mut city.institutions.requests;
    let (n, rest) = registrations(requests.in_hand, hub.of.outreach_fte * hub.strength, per);
    let unheard = requests.that_are(Status::Unheard);
    // Staff who find nothing to register do not save it up.
    requests.in_hand = if unheard.len() < n { 0.0 } else { rest };
    for r in unheard.into_iter().take(n) {
        requests.status[r] = Some(Status::Registered);
        requests.registered[r] = month;
    }
}

/// The contracts that staff follow up: of those matched, the oldest.
fn follow(city: &mut City, hub: Option<&Now<ImpactHub>>) {
    let most = hub
        .map_or(0.0, |hub| hub.of.follow_up_fte * hub.strength * city.settings.institutions.followed_per_fte);
    let requests = &mut city.institutions.requests;
    let matched = requests.that_are(Status::Matched);
    requests.followed = matched.into_iter().take(most as usize).map(|r| requests.contract[r]).collect();
}

/// What a supplier delivers under contract goes to the request that it promised to meet.
fn deliver(city: &mut City) {
    let month = city.month;
    for r in city.institutions.requests.that_are(Status::Matched) {
        let i = city.institutions.requests.contract[r] as usize;
        let row = city.contracts.rows[i];
        let requests = &mut city.institutions.requests;
        if row.award != requests.award[r] || row.supplier == NOBODY || row.end_month <= month {
            // The contract ended before the promise was kept.
            requests.status[r] = Some(Status::Registered);
            requests.contract[r] = u32::MAX;
            requests.broken[r] = requests.broken[r].saturating_add(1);
            continue;
        }
        let of = &city.settings.procurement.social_value;
        let coverage = coverage(city, i);
        let part = promises::delivered(of, &row.promise, coverage);
        let worth = worth_of_offer(nominal_gbp(city, &row), of.cap_share, part);
        let requests = &mut city.institutions.requests;
        requests.delivered_gbp[r] += worth;
        if requests.delivered_gbp[r] >= requests.size_gbp[r] {
            requests.status[r] = Some(Status::Met);
            requests.closed[r] = month;
        }
    }
}

/// How far a contract is followed up: by the hub's staff wholly, else as the buyer's team can.
pub fn coverage(city: &City, row: usize) -> f64 {
    if city.institutions.requests.followed.contains(&(row as u32)) {
        return 1.0;
    }
    let anchor = city.contracts.rows[row].anchor as usize;
    city.contracts.coverage.get(anchor).copied().unwrap_or(0.0)
}

fn lapse(city: &mut City) {
    let (month, after) = (city.month, city.settings.institutions.need_lapses_months);
    let requests = &mut city.institutions.requests;
    for r in (0..requests.len() as u32).map(RequestId) {
        let open = requests.is(r, Status::Unheard) || requests.is(r, Status::Registered);
        if open && month - requests.arose[r] >= after {
            requests.status[r] = Some(Status::Lapsed);
            requests.closed[r] = month;
        }
    }
}

/// The request that an offer goes to, if any: a race by weight, and then a chance.
fn find(
    city: &City,
    offer: (Kind, Option<u8>, f64),
    chance: f64,
    (key, luck): (u64, &Luck),
) -> Option<RequestId> {
    let requests = &city.institutions.requests;
    let open = requests.that_are(Status::Registered).into_iter().filter_map(|r| {
        let of = (requests.kind[r]?, requests.ward[r], requests.size_gbp[r]);
        let weight = weight(offer, of);
        let k = crate::base::draws::short(requests.identity[r]) & !7;
        (weight > 0.0).then(|| (luck.arrival(weight, Purpose::RequestMatch, key, k), r))
    });
    let chosen = open.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, r)| r)?;
    luck.chance(chance, Purpose::RequestMatch, key, SUCCEEDS).then_some(chosen)
}

/// An award with social value in it, made by a member of the hub, is matched with a request.
pub fn match_award(city: &mut City, rules: &Rules, row: usize, luck: &Luck) {
    let of = city.contracts.rows[row];
    let Some(hub) = rules.institutions.hub.as_ref().filter(|hub| hub.members[of.anchor as usize]) else {
        return;
    };
    if of.supplier == NOBODY || of.promise.real <= 0.0 || of.promise.claimed <= 0.0 {
        return;
    }
    let months = f64::from(of.end_month.saturating_sub(city.month));
    let value = nominal_gbp(city, &of) * months;
    let cap = city.settings.procurement.social_value.cap_share;
    let worth = worth_of_offer(value, cap, f64::from(of.promise.real));
    let s = SupplierId(of.supplier);
    let ward = (city.suppliers.zone[s] == Zone::City).then(|| city.suppliers.ward[s]);
    let kind = kind_of_offer(luck.uniform(Purpose::RequestMatch, of.key(), OFFER_KIND));
    let chance = city.settings.institutions.match_chance * hub.strength;
    let Some(r) = find(city, (kind, ward, worth), chance, (of.key(), luck)) else { return };
    let month = city.month;
    let requests = &mut city.institutions.requests;
    requests.status[r] = Some(Status::Matched);
    requests.matched[r] = month;
    requests.contract[r] = row as u32;
    requests.award[r] = of.award;
    city.contracts.rows[row].promise.tailored = true;
    if let Some(award) = city.contracts.awards.iter_mut().find(|award| award.number == of.award) {
        award.tailored = true;
        award.matched_gbp = requests.size_gbp[r];
    }
}

/// Offers that suppliers make of themselves. They bind nobody: each is kept with the chance that promises are kept which
/// nobody follows up.
fn unprompted(city: &mut City, hub: &Now<ImpactHub>, luck: &Luck) {
    let of = city.settings.institutions.clone();
    let kept = city.settings.procurement.social_value.delivered_unmonitored;
    let a_month = hub.of.unprompted_a_year * hub.strength / 12.0;
    let offers = a_month.ceil() as u64;
    for k in 0..offers {
        let key = 1 << 55 | u64::from(city.month) << 16 | k;
        let made = luck.chance(a_month / offers as f64, Purpose::RequestMatch, key, UNPROMPTED);
        if !made {
            continue;
        }
        let kind = kind_of_offer(luck.uniform(Purpose::RequestMatch, key, OFFER_KIND));
        let size =
            of.need_median_gbp * libm::exp(of.need_spread * luck.normal(Purpose::RequestMatch, key, SIZE));
        if let Some(r) = find(city, (kind, None, size), of.match_chance, (key, luck))
            && luck.chance(kept, Purpose::RequestMatch, key, DELIVERS)
        {
            let month = city.month;
            let requests = &mut city.institutions.requests;
            requests.status[r] = Some(Status::Met);
            requests.matched[r] = month;
            requests.closed[r] = month;
            requests.delivered_gbp[r] = requests.size_gbp[r];
            requests.unprompted[r] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two staff at five a year each: ten a year, so one in most months; the twelfth month starts over at nothing.
    #[test]
    fn registrations_by_hand() {
        let (mut in_hand, mut all) = (0.0, 0);
        for _ in 0..12 {
            let (n, rest) = registrations(in_hand, 2.0, 5.0);
            (in_hand, all) = (rest, all + n);
        }
        assert!(all == 9 || all == 10, "{all}");
        assert_eq!(registrations(0.5, 6.0, 4.0), (2, 0.5));
        assert_eq!(registrations(0.0, 0.0, 5.0), (0, 0.0));
    }
}
