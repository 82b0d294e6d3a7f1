//! Stage 7, score: weighted price, quality and social value, as in UK practice (lowest price over price).

use super::bidders::{self, Known, Size, belongs};
use super::bids::{self, Bid, Call};
use super::package::{Tender, WITH_VAT, value_gbp};
use super::preference::{credit, preference};
use super::{Chance, entry, promises};
use crate::base::draws::{Purpose, short};
use crate::economy::plan::{NeedRules, Rules};
use crate::place::vocabulary::Route;
use crate::scenario::settings::Group;
use crate::world::City;
use crate::world::suppliers::SupplierId;

/// Weights of one award; they sum to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    pub price: f64,
    pub quality: f64,
    pub social_value: f64,
    /// Premium that the buyer forgives for full marks in social value, where it asks for it (share of price).
    pub tolerance: f64,
}

/// The weights that a competition is held under. Quotes and direct awards look at price alone; social value is
/// asked for from the anchor's own limit on, and not at call-off, where it was fixed when the framework was
/// let; above the threshold it has at least the weight that binds the buyer.
pub fn weights(rules: &NeedRules, tender: &Tender) -> Weights {
    if matches!(tender.route, Route::Quotes | Route::Direct) {
        return Weights { price: 1.0, quality: 0.0, social_value: 0.0, tolerance: 0.0 };
    }
    let asks = tender.route != Route::CallOff && tender.value_gbp >= rules.social_value_from_gbp;
    let bound = tender.value_gbp >= rules.social_value_floor_from_gbp;
    let floor = if bound { rules.social_value_floor } else { 0.0 };
    let social_value = if tender.route == Route::CallOff {
        0.0
    } else if asks {
        rules.social_value_weight.max(floor)
    } else {
        floor
    };
    let others = rules.price_weight + rules.quality_weight;
    let rest = if others > 0.0 { (1.0 - social_value) / others } else { 0.0 };
    let tolerance = if social_value > 0.0 { rules.price_tolerance } else { 0.0 };
    Weights {
        price: rules.price_weight * rest,
        quality: rules.quality_weight * rest,
        social_value,
        tolerance,
    }
}

/// Points in the hundred: `100 (w_p P_min/P' + w_q Q + w_s S)` and the preference, with `P' = P (1 − τ S)`, not
/// below the lowest price, where the buyer forgives a premium of τ for social value (Leeds study, section 4.1).
pub fn points(weights: &Weights, lowest: f64, bid: &Bid, social_value: f64) -> f64 {
    let counted = (bid.price * (1.0 - weights.tolerance * social_value)).max(lowest);
    100.0
        * (weights.price * lowest / counted
            + weights.quality * bid.quality
            + weights.social_value * social_value)
        + bid.preference
}

/// A competition that was held.
#[derive(Clone, Debug, Default)]
pub struct Contest {
    /// Suppliers that could bid, and of them those in the city.
    pub known: usize,
    pub known_local: usize,
    pub bids: Vec<Bid>,
    pub lowest: f64,
    /// Position of the winner among the bids.
    pub winner: Option<usize>,
    pub flipped_by_social_value: bool,
    pub flipped_by_preference: bool,
}

/// Hold the competition for one lot.
pub fn hold(city: &City, all: &Rules, tender: &Tender, lot: usize, chance: &Chance) -> Contest {
    let rules = &super::discretion::rules_as_applied(all, tender);
    let known = bidders::who_knows(city, rules, tender, lot, chance);
    let weights = weights(rules, tender);
    let row = &city.contracts.rows[tender.lots[lot][0]];
    let value = value_gbp(city, &tender.lots[lot], tender.months) / WITH_VAT;
    let coverage = city.contracts.coverage.get(tender.anchor as usize).copied().unwrap_or(0.0);
    let mut call = Call {
        key: row.key(),
        category: tender.category,
        size: Size::of(city, tender, lot),
        value_gbp: value,
        rivals: known.len(),
        held: tender.lots[lot]
            .iter()
            .any(|i| super::need::incumbent(city, &city.contracts.rows[*i]).is_some()),
        failed: tender.failed,
        coverage,
        clauses: rules.clauses_of(tender.value_gbp),
        kept: super::clauses::kept(city, tender.anchor),
        rent_discount: all.rent_discount,
        seen_through: seen_through(city, rules, coverage),
        energy_in_cost: rules.energy_in_cost,
    };
    let offers: Vec<_> = known
        .iter()
        .map(|k| {
            promises::of_supplier(city, k.supplier, weights.social_value, call.seen_through, tender.tailored)
        })
        .collect();
    let (prospects, preferences) = prospects(city, (rules, tender, &weights), &known, &offers, &call);
    let who = entry::who_bids(&city.settings.procurement.bidding, &prospects, value);
    // With one supplier asked, the buyer knows what others would take.
    // A captive buyer has no such yardstick.
    let yardstick = tender.route == Route::Direct && !tender.locked;
    call.rivals = if yardstick { who.len().max(2) } else { who.len() };
    let mut bids: Vec<Bid> = who
        .iter()
        .map(|i| Bid {
            preference: preferences[*i],
            cost_of_bid_gbp: prospects[*i].cost_gbp,
            spared_gbp: prospects[*i].spared_gbp,
            ..bids::bid(city, &call, &known[*i], offers[*i], chance)
        })
        .collect();
    if weights.quality > 0.0 {
        bids.retain(|b| b.quality >= rules.quality_floor);
    }
    let local = |s: SupplierId| city.suppliers.zone[s] == crate::place::vocabulary::Zone::City;
    rank(
        Contest {
            known: known.len(),
            known_local: known.iter().filter(|k| local(k.supplier)).count(),
            bids,
            ..Contest::default()
        },
        &weights,
        call.seen_through,
        |s| tie(city, row.key(), s, chance),
    )
}

/// How far the buyer sees through claims: as it follows contracts up, and in a hub because bids answer registered needs.
fn seen_through(city: &City, rules: &NeedRules, coverage: f64) -> f64 {
    let own = city.settings.procurement.social_value.seen_through * coverage;
    if rules.hub { own.max(city.settings.institutions.hub_insight) } else { own }
}

/// The edge of each supplier in points, and what a bid costs it; and the points of preference it would get.
fn prospects(
    city: &City,
    (rules, tender, weights): (&NeedRules, &Tender, &Weights),
    known: &[Known],
    offers: &[crate::world::contracts::Promise],
    call: &Call,
) -> (Vec<entry::Prospect>, Vec<f64>) {
    let of = &city.settings.procurement.bidding;
    let preferences: Vec<f64> = known
        .iter()
        .zip(offers)
        .map(|(k, offer)| {
            let seen = promises::seen(f64::from(offer.claimed), f64::from(offer.real), call.seen_through);
            preference(city, (rules, tender), k.supplier)
                + credit(city, (rules, tender), k.supplier, weights.social_value * (1.0 - seen))
        })
        .collect();
    let all = known.iter().zip(offers).zip(&preferences).map(|((k, offer), preference)| {
        let s = k.supplier;
        let seen = promises::seen(f64::from(offer.claimed), f64::from(offer.real), call.seen_through);
        let helped = bidders::is_small(city, s) || belongs(city, s, Group::Vcse);
        let saved = if helped { rules.bid_cost_saved } else { 0.0 };
        let experience = f64::from(city.suppliers.experience[s]);
        let full = entry::cost_of_bid(of, tender.route, call.value_gbp, experience, 0.0);
        entry::Prospect {
            edge: preference + 100.0 * weights.social_value * seen,
            cost_gbp: full * (1.0 - saved),
            spared_gbp: full * saved,
        }
    });
    (all.collect(), preferences)
}

fn tie(city: &City, key: u64, s: SupplierId, chance: &Chance) -> f64 {
    chance.month.uniform(Purpose::AwardTie, key, short(city.suppliers.identity[s]))
}

/// Rank the bids; ties fall to keyed draws. Notes whether social value or preference decided.
pub fn rank(
    mut contest: Contest,
    weights: &Weights,
    seen_through: f64,
    tie: impl Fn(SupplierId) -> f64,
) -> Contest {
    let bids = &contest.bids;
    contest.lowest = bids.iter().map(|b| b.price).fold(f64::INFINITY, f64::min);
    let best = |score: &dyn Fn(&Bid) -> f64| {
        (0..bids.len()).max_by(|&a, &b| {
            score(&bids[a])
                .total_cmp(&score(&bids[b]))
                .then_with(|| tie(bids[b].supplier).total_cmp(&tie(bids[a].supplier)))
        })
    };
    let seen =
        |b: &Bid| promises::seen(f64::from(b.promise.claimed), f64::from(b.promise.real), seen_through);
    let lowest = contest.lowest;
    let full = best(&|b| points(weights, lowest, b, seen(b)));
    let without_sv = best(&|b| points(weights, lowest, b, 0.0));
    let without_preference = best(&|b| points(weights, lowest, b, seen(b)) - b.preference);
    contest.flipped_by_social_value = full != without_sv;
    contest.flipped_by_preference = full != without_preference;
    contest.winner = full;
    contest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bid(supplier: u32, price: f64, quality: f64, preference: f64) -> Bid {
        Bid {
            supplier: SupplierId(supplier),
            incumbent: false,
            price,
            mark_up: 0.05,
            quality,
            true_quality: quality,
            promise: Default::default(),
            preference,
            cost_of_bid_gbp: 0.0,
            spared_gbp: 0.0,
            same_work: 0.0,
        }
    }

    fn weights(price: f64, quality: f64) -> Weights {
        Weights { price, quality, social_value: 1.0 - price - quality, tolerance: 0.0 }
    }

    /// 40 price points at 100, 105 and 108 give 40, 38.10 and 37.04 (UK practice: lowest price over price).
    #[test]
    fn price_points_by_hand() {
        for (price, expected) in [(100.0, 40.0), (105.0, 38.095), (108.0, 37.037)] {
            assert!(
                (points(&weights(0.4, 0.3), 100.0, &bid(0, price, 0.0, 0.0), 0.0) - expected).abs() < 0.001
            );
        }
    }

    /// Ten points make up for a price 20% above the lowest at a weight of 60: 60/1.2 + 10 = 60.
    #[test]
    fn preference_by_hand() {
        assert!((points(&weights(0.6, 0.4), 100.0, &bid(0, 120.0, 0.0, 10.0), 0.0) - 60.0).abs() < 1e-9);
    }

    /// Four bidders, 60 price, 30 quality, 10 social value (all zero): 100 and q 0.5 score 75; 95 and q 0.4
    /// score 72; 110 and q 0.8 score 51.8 + 24 = 75.8; 97 and q 0.6 score 58.8 + 18 = 76.8, which wins.
    #[test]
    fn four_bidders_by_hand() {
        let bids = vec![
            bid(1, 100.0, 0.5, 0.0),
            bid(2, 95.0, 0.4, 0.0),
            bid(3, 110.0, 0.8, 0.0),
            bid(4, 97.0, 0.6, 0.0),
        ];
        let contest = rank(Contest { bids, ..Contest::default() }, &weights(0.6, 0.3), 0.0, |_| 0.5);
        assert_eq!(contest.winner, Some(3));
        assert_eq!(contest.lowest, 95.0);
        assert!(!contest.flipped_by_preference);
    }

    /// A premium of 3% is forgiven for full marks: 103 counts as 99.91, so as the lowest price of 100.
    #[test]
    fn tolerance_by_hand() {
        let w = Weights { price: 0.5, quality: 0.4, social_value: 0.1, tolerance: 0.03 };
        assert!((points(&w, 100.0, &bid(0, 103.0, 0.0, 0.0), 1.0) - 60.0).abs() < 1e-9);
        assert!((points(&w, 100.0, &bid(0, 103.0, 0.0, 0.0), 0.0) - 50.0 / 1.03).abs() < 1e-9);
    }

    /// Equal scores fall to the draw, whatever the order of the bids.
    #[test]
    fn ties_fall_to_the_draw() {
        let tie = |s: SupplierId| if s.0 == 7 { 0.1 } else { 0.9 };
        for bids in [
            vec![bid(7, 100.0, 0.5, 0.0), bid(8, 100.0, 0.5, 0.0)],
            vec![bid(8, 100.0, 0.5, 0.0), bid(7, 100.0, 0.5, 0.0)],
        ] {
            let contest = rank(Contest { bids, ..Contest::default() }, &weights(0.6, 0.3), 0.0, tie);
            assert_eq!(contest.winner.map(|w| contest.bids[w].supplier.0), Some(7));
        }
    }

    /// Nobody bids: nobody wins.
    #[test]
    fn no_bids() {
        assert_eq!(rank(Contest::default(), &weights(0.6, 0.3), 0.0, |_| 0.5).winner, None);
    }
}
