//! How a tender is scored in UK practice: lowest price over price, quality, social value.

use crate::economy::plan::NeedRules;

/// What a buyer sees of a bid. Quality and social value are in 0..=1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bid {
    pub price: f64,
    pub quality: f64,
    pub social_value: f64,
    /// The bidder counts as local, and the tender is one where that may earn points.
    pub preferred: bool,
}

/// Points in the hundred: `100 (w_p P_min/P + w_q Q + w_s S)` and the preference.
pub fn points(bid: &Bid, lowest_price: f64, rules: &NeedRules) -> f64 {
    let preference = if bid.preferred { rules.preference_points } else { 0.0 };
    100.0
        * (rules.price_weight * lowest_price / bid.price
            + rules.quality_weight * bid.quality
            + rules.social_value_weight * bid.social_value)
        + preference
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::vocabulary::Zone;

    fn rules(price_weight: f64, preference_points: f64) -> NeedRules {
        NeedRules {
            price_weight,
            quality_weight: 0.0,
            social_value_weight: 0.0,
            preference_points,
            preference_up_to_gbp: 1e6,
            local: Zone::City,
            local_invited: 0,
            budget: 1.0,
        }
    }

    /// 40 price points at 100, 105 and 108 give 40, 38.10 and 37.04 (UK practice: lowest price over price).
    #[test]
    fn price_points_by_hand() {
        for (price, expected) in [(100.0, 40.0), (105.0, 38.095), (108.0, 37.037)] {
            let bid = Bid { price, quality: 0.0, social_value: 0.0, preferred: false };
            assert!((points(&bid, 100.0, &rules(0.4, 0.0)) - expected).abs() < 0.001);
        }
    }

    /// Ten points make up for a price 20% above the lowest at a weight of 60: 60/1.2 + 10 = 60.
    #[test]
    fn preference_by_hand() {
        let local = Bid { price: 120.0, quality: 0.0, social_value: 0.0, preferred: true };
        assert!((points(&local, 100.0, &rules(0.6, 10.0)) - 60.0).abs() < 1e-9);
    }
}
