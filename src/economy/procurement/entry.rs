//! Stage 5, who bids: a supplier that could bid does so when the profit it expects covers the cost of the bid.
//!
//! Chances are judged as shares: odds e^(edge / spread) over everybody's odds, the edge being the points that
//! rules give a bidder beyond its rivals'. So preferences and set-asides change who bids and, through the
//! number of rivals, at what price (Krasnokutskaya and Seim 2011: effects need endogenous entry).

use super::score::Contest;
use crate::base::money::pence;
use crate::economy::plan::NeedRules;
use crate::place::vocabulary::{Route, Sector};
use crate::scenario::settings::BiddingRules;
use crate::world::City;
use crate::world::costs::{Cost, Payee};

/// Part of a bidder's practice that it still has a month later: half is gone in about three years.
pub const EXPERIENCE_KEPT: f32 = 0.98;
/// Part of what it lacks that a bid teaches.
const LEARNT_PER_BID: f32 = 0.3;
/// The share of value that a bid costs is counted up to this value (GBP): papers do not grow for ever.
const COST_COUNTS_UP_TO_GBP: f64 = 10e6;

/// Cost of a bid (GBP) on a contract of this whole-life value without VAT.
pub fn cost_of_bid(of: &BiddingRules, route: Route, value_gbp: f64, experience: f64, saved: f64) -> f64 {
    let fixed = match route {
        Route::Direct | Route::Quotes => of.bid_cost_quote_gbp,
        Route::BelowThreshold => of.bid_cost_below_threshold_gbp,
        Route::CallOff | Route::DynamicMarket => of.bid_cost_call_off_gbp,
        _ => of.bid_cost_open_gbp,
    };
    let share = if route == Route::Direct { 0.0 } else { of.bid_cost_share };
    let full = fixed + share * value_gbp.min(COST_COUNTS_UP_TO_GBP);
    full * (1.0 - of.experience_saves * experience) * (1.0 - saved)
}

/// Cost of a competition to bidders and buyer: so much a bid for each.
pub fn cost_of_competition(bids: f64, bidder_gbp: f64, buyer_gbp: f64) -> f64 {
    bids * (bidder_gbp + buyer_gbp)
}

/// Mark-up over cost of a bidder among `n`: `m(n) = m_many + m_alone / n`.
pub fn mark_up(of: &BiddingRules, n: usize) -> f64 {
    of.margin_among_many + of.margin_added_alone / n.max(1) as f64
}

/// What a supplier weighs before it bids.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prospect {
    /// Points of the rules in its favour.
    pub edge: f64,
    pub cost_gbp: f64,
    /// What it is spared by help to bid.
    pub spared_gbp: f64,
}

/// Who bids: those who cannot expect their costs back drop out, the worst first, until all who are left can.
/// Returns positions in the list.
pub fn who_bids(of: &BiddingRules, all: &[Prospect], value_gbp: f64) -> Vec<usize> {
    let odds: Vec<f64> =
        all.iter().map(|prospect| libm::exp(prospect.edge / of.score_spread_points)).collect();
    let mut left: Vec<usize> = (0..all.len()).collect();
    while left.len() > 1 {
        let total: f64 = left.iter().map(|i| odds[*i]).sum();
        let margin = mark_up(of, left.len()) * value_gbp;
        let gain = |i: usize| odds[i] / total * margin - all[i].cost_gbp;
        let Some(worst) = (0..left.len()).min_by(|a, b| gain(left[*a]).total_cmp(&gain(left[*b]))) else {
            break;
        };
        if gain(left[worst]) >= 0.0 {
            break;
        }
        left.remove(worst);
    }
    if let [only] = left[..]
        && mark_up(of, 1) * value_gbp < all[only].cost_gbp
    {
        left.clear();
    }
    left
}

/// What the help that bidders of a contest had costs, with its payer.
pub fn cost_of_help(city: &City, rules: &NeedRules, spender: u16, contest: &Contest) -> Option<Cost> {
    let spared: f64 = contest.bids.iter().map(|bid| bid.spared_gbp).sum();
    let amount = pence(spared * rules.bid_help_cost * city.scale);
    let paid = Cost {
        what: "bid_support",
        spender,
        amount,
        financed_by: rules.bid_help_by,
        payee: Payee::Trade(Sector::M),
    };
    (amount > 0).then_some(paid)
}

/// Practice makes bids cheaper.
pub fn gain_experience(city: &mut City, contest: &Contest) {
    for bid in &contest.bids {
        let experience = &mut city.suppliers.experience[bid.supplier];
        *experience += (1.0 - *experience) * LEARNT_PER_BID;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load;

    fn rules() -> BiddingRules {
        load("leeds/baseline", &[]).map(|s| s.settings.procurement.bidding).unwrap_or_else(|e| panic!("{e}"))
    }

    /// 6.4 bidders at £5,800 and £1,260 a bid cost 6.4 x 7,060 = £45,184 in all (CEBR).
    #[test]
    fn a_uk_competition_costs_about_45_200() {
        assert!((cost_of_competition(6.4, 5800.0, 1260.0) - 45_184.0).abs() < 1e-6);
    }

    /// 0.03 + 0.15/n: 18% alone, 10.5% of two, 5.5% of six, 4.875% of eight.
    #[test]
    fn mark_up_by_hand() {
        let of = BiddingRules { margin_among_many: 0.03, margin_added_alone: 0.15, ..rules() };
        for (n, m) in [(1, 0.18), (2, 0.105), (6, 0.055), (8, 0.04875)] {
            assert!((mark_up(&of, n) - m).abs() < 1e-12, "{n}");
        }
    }

    /// Ten alike on £250,000 at £2,700 a bid: among ten 4.5% x 25,000 = 1,125, not enough; among five
    /// 6% x 50,000 = 3,000 is the first that is; so five bid.
    #[test]
    fn entry_by_hand() {
        let of = BiddingRules { margin_among_many: 0.03, margin_added_alone: 0.15, ..rules() };
        let alike = [Prospect { edge: 0.0, cost_gbp: 2700.0, spared_gbp: 0.0 }; 10];
        assert_eq!(who_bids(&of, &alike, 250_000.0).len(), 5);
    }

    /// With an edge of one spread the favoured bidder stays where the others leave.
    #[test]
    fn preference_changes_who_bids() {
        let of = BiddingRules { score_spread_points: 5.0, ..rules() };
        let mut all = [Prospect { edge: 0.0, cost_gbp: 2700.0, spared_gbp: 0.0 }; 10];
        for favoured in &mut all[..3] {
            favoured.edge = 10.0;
        }
        let bids = who_bids(&of, &all, 250_000.0);
        assert!(bids.iter().all(|i| *i < 3), "{bids:?}");
    }

    /// A bid that costs more than the whole margin is not made, even alone.
    #[test]
    fn nobody_bids_at_a_loss() {
        assert!(
            who_bids(&rules(), &[Prospect { edge: 0.0, cost_gbp: 1e6, spared_gbp: 0.0 }], 1000.0).is_empty()
        );
        assert!(who_bids(&rules(), &[], 1000.0).is_empty());
    }
}
