//! Stage 5, who could bid: suppliers that hear of a need, qualify for it and have room for it.

use super::Chance;
use super::need::incumbent;
use super::package::{Tender, WITH_VAT};
use crate::base::draws::Purpose;
use crate::base::money::{Pence, pounds};
use crate::economy::institutions::mentored;
use crate::economy::plan::NeedRules;
use crate::place::vocabulary::{Ownership, Route, Zone};
use crate::scenario::settings::Group;
use crate::world::City;
pub use crate::world::pools::is_small;
use crate::world::suppliers::SupplierId;

/// How often a place in the list of suppliers that hear of a need is tried among those of one size, and then among those
/// of the other; the draw that says which come first.
const TRIES: u32 = 12;
const FOR_SIZE: u32 = 200;
/// What a bidder must be able to take on.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Value a year at full scale, GBP without VAT.
    pub yearly_gbp: f64,
    /// Instalments a month at the run's scale.
    pub monthly: Pence,
}

impl Size {
    pub fn of(city: &City, tender: &Tender, lot: usize) -> Size {
        let rows = &tender.lots[lot];
        let months = f64::from(tender.months.max(1));
        let yearly_gbp = super::package::value_gbp(city, rows, tender.months) / WITH_VAT / months * 12.0;
        Size { yearly_gbp, monthly: rows.iter().map(|i| city.contracts.rows[*i].monthly).sum() }
    }
}

/// The zone at a point (0..1) of what each zone's suppliers hear of.
pub fn zone_at(reach: &[f64; 3], u: f64) -> usize {
    let mut at = u * reach.iter().sum::<f64>();
    for (zone, weight) in reach.iter().enumerate() {
        at -= weight;
        if at < 0.0 {
            return zone;
        }
    }
    2
}

/// Turnover a month of the enterprise behind a bid: a branch stands on its group's.
pub fn standing(city: &City, s: SupplierId) -> Pence {
    city.suppliers.turnover[s].max(city.suppliers.expected[s])
}

/// Is a supplier in a group that is preferred or for which a competition is reserved?
pub fn belongs(city: &City, s: SupplierId, group: Group) -> bool {
    let zone = city.suppliers.zone[s];
    let near = match &city.contracts.law {
        Some(law) => law.reservation_zones().contains(&zone),
        None => zone == Zone::City,
    };
    match group {
        Group::None => true,
        Group::Uk => zone != Zone::World,
        Group::Local => near,
        Group::Sme => is_small(city, s),
        Group::Vcse => matches!(city.suppliers.ownership[s], Ownership::Vcse | Ownership::Cooperative),
        Group::LocalSme => near && is_small(city, s),
    }
}

/// Meets the cap on the contract's share of turnover, has room for it, and is one of the few where the need is
/// a specialised one.
pub fn qualifies(
    city: &City,
    (s, category): (SupplierId, u8),
    size: Size,
    (cap, specialised, room): (f64, bool, f64),
    chance: &Chance,
) -> bool {
    let of = &city.suppliers;
    if !of.active[s] || size.yearly_gbp > cap * 12.0 * pounds(standing(city, s)) {
        return false;
    }
    let rules = &city.settings.procurement;
    if of.zone[s] == Zone::City {
        let group = matches!(
            of.ownership[s],
            Ownership::LocalGroup
                | Ownership::NationalBranch
                | Ownership::MultinationalBranch
                | Ownership::Financialised
        );
        let growth = if group { rules.growth_of_a_branch } else { rules.growth_of_a_firm };
        let sales = of.expected[s].max(of.normal_sales[s]) as f64;
        if (of.contract_income[s] + size.monthly) as f64 > room * growth * sales {
            return false;
        }
    }
    let few = rules.bidding.specialists_share;
    !specialised || chance.fixed.uniform(Purpose::SupplierTrait, of.identity[s], u32::from(category)) < few
}

/// How much more a firm can take on that has known of a need for so many months: half as much again after a year
/// (assumed: time to hire and to find premises), no more than twice as much.
pub fn room_after_notice(months: u16) -> f64 {
    (1.0 + f64::from(months) / 24.0).min(2.0)
}

/// Competitions below the threshold may be kept for a group, where the law lets this buyer do so. A direct
/// award is no competition, and a call-off is open to the framework's members.
pub fn reserved_for(rules: &NeedRules, tender: &Tender) -> Group {
    let below = matches!(tender.route, Route::Quotes | Route::BelowThreshold);
    let devolved = rules.devolved_up_to_gbp > 0.0 && tender.route == Route::Open;
    let lawful = rules.may_prefer(tender.value_gbp);
    if (below || devolved) && lawful { rules.reserved } else { Group::None }
}

/// A supplier that hears of a need and could meet it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    pub supplier: SupplierId,
    pub incumbent: bool,
}

/// Who holds the rows of a lot, each once, in their order; nobody when the last holder failed.
fn holders(city: &City, tender: &Tender, lot: usize) -> Vec<SupplierId> {
    let mut out: Vec<SupplierId> = Vec::new();
    let rows = tender.lots[lot].iter().map(|i| &city.contracts.rows[*i]).filter(|_| !tender.failed);
    for holder in rows.filter_map(|row| incumbent(city, row)).map(SupplierId) {
        if !out.contains(&holder) {
            out.push(holder);
        }
    }
    out
}

/// Everybody who hears of a lot and could meet it: the holders, and as many others as the route brings.
pub fn who_knows(city: &City, rules: &NeedRules, tender: &Tender, lot: usize, chance: &Chance) -> Vec<Known> {
    let size = Size::of(city, tender, lot);
    let group = reserved_for(rules, tender);
    let room = room_after_notice(if tender.noticed { rules.notice_months } else { 0 });
    let fits = |s: SupplierId, special: bool| {
        belongs(city, s, group)
            && qualifies(city, (s, tender.category), size, (rules.turnover_cap, special, room), chance)
    };
    let row = &city.contracts.rows[tender.lots[lot][0]];
    let mut known: Vec<Known> = Vec::new();
    for holder in holders(city, tender, lot) {
        // What it holds of the lot already makes room for the whole.
        let makes_room = tender.lots[lot].iter().map(|i| &city.contracts.rows[*i]);
        let makes_room: Pence =
            makes_room.filter(|r| incumbent(city, r) == Some(holder.0)).map(|r| r.monthly).sum();
        let held = Size { monthly: size.monthly - makes_room, ..size };
        let of_framework = tender.route != Route::CallOff
            || city.contracts.frameworks[tender.category as usize]
                .has(holder.0, city.suppliers.identity[holder]);
        if of_framework
            && belongs(city, holder, group)
            && qualifies(city, (holder, tender.category), held, (rules.turnover_cap, false, room), chance)
        {
            known.push(Known { supplier: holder, incumbent: true });
        }
    }
    if tender.route == Route::Direct && !known.is_empty() {
        return known;
    }
    if tender.route == Route::CallOff {
        let members = &city.contracts.frameworks[tender.category as usize].members;
        for (member, identity) in members {
            let s = SupplierId(*member);
            let new = !known.iter().any(|k| k.supplier == s);
            if new && city.suppliers.identity[s] == *identity && fits(s, tender.specialised) {
                known.push(Known { supplier: s, incumbent: false });
            }
        }
        return known;
    }
    if rules.asks_incubated && tender.route != Route::Direct {
        let asked = city.institutions.social.iter().filter(|firm| firm.closed.is_none());
        for s in asked.map(|firm| SupplierId(firm.supplier)) {
            let for_this = mentored(city, s) == Some(tender.category);
            let new = !known.iter().any(|k| k.supplier == s);
            if for_this && new && fits(s, tender.specialised) {
                known.push(Known { supplier: s, incumbent: false });
            }
        }
    }
    let zones = places(city, rules, tender, row.key(), chance);
    let small_first = city.contracts.small_reach[super::route::buyer(city, tender.anchor)];
    for (place, zone) in zones.into_iter().enumerate() {
        let bidders = &city.contracts.pools[tender.category as usize][zone];
        let draw = |k: u32| chance.month.uniform(Purpose::BidderKnows, row.key(), (place as u32) << 8 | k);
        let (first, second) = if draw(FOR_SIZE) < small_first {
            (&bidders.small, &bidders.large)
        } else {
            (&bidders.large, &bidders.small)
        };
        let found = (0..2 * TRIES).find_map(|k| {
            let pool = if k < TRIES { first } else { second };
            let s = SupplierId(pool.at(draw(k + 1))?);
            let new = !known.iter().any(|known| known.supplier == s);
            (new && fits(s, tender.specialised)).then_some(s)
        });
        known.extend(found.map(|supplier| Known { supplier, incumbent: false }));
    }
    known
}

/// The zone of each place in the list. Under a lever that asks local suppliers, or a reservation, the last
/// places that would go elsewhere go to the city.
fn places(city: &City, rules: &NeedRules, tender: &Tender, key: u64, chance: &Chance) -> Vec<usize> {
    let of = &city.settings.procurement.bidding;
    let n = match tender.route {
        Route::Direct => 1,
        Route::Quotes => of.quotes_invited,
        Route::BelowThreshold => of.known_below_threshold,
        _ => of.known_open,
    };
    let widened = match (tender.engaged, tender.noticed) {
        (true, _) => 1.0 + of.engagement_widens,
        // A notice is read by fewer than a market that is spoken to (assumed: half as many more).
        (false, true) => 1.0 + 0.5 * of.engagement_widens,
        (false, false) => 1.0,
    };
    let n = (f64::from(n) * widened).round() as u32;
    let reach = &city.contracts.reach[tender.category as usize];
    let mut zones: Vec<usize> = (0..n)
        .map(|place| zone_at(reach, chance.month.uniform(Purpose::BidderKnows, key, place << 8)))
        .collect();
    let local = zones.iter().filter(|z| **z == 0).count();
    let kept_near = matches!(reserved_for(rules, tender), Group::Local | Group::LocalSme);
    let wanted = if kept_near { zones.len() } else { usize::from(rules.local_invited).min(zones.len()) };
    let missing = wanted.saturating_sub(local);
    for zone in zones.iter_mut().rev().filter(|z| **z != 0).take(missing) {
        *zone = 0;
    }
    zones
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_by_hand() {
        assert_eq!([0, 6, 12, 48].map(room_after_notice), [1.0, 1.25, 1.5, 2.0]);
    }
}
