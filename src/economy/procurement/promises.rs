//! Stage 6, social value in a bid: what it claims and what stands behind the claim.
//!
//! With w the weight on social value, r the response, v how far the buyer sees through claims, and b what the
//! supplier's form does anyway, effort is e = r w and
//!
//! real    = b + (1 − b)(1 − exp(−e v)),
//! claimed = real (½ + ½ min(1, k)) + (1 − real)(1 − exp(−e (1 − v) k)),
//!
//! k being the skill in writing bids: a weight on social value without monitoring buys claims (Leeds study,
//! section 4.2). Small social enterprises show less than they do.

use super::bidders::is_small;
use crate::base::money::pounds;
use crate::place::vocabulary::Zone;
use crate::scenario::settings::SocialValueRules;
use crate::world::City;
use crate::world::contracts::Promise;
use crate::world::employers::EmployerId;
use crate::world::suppliers::SupplierId;

/// Employees from which an enterprise counts as medium.
const MEDIUM: u32 = 50;
/// Turnover a year from which it does (GBP; the limit of a small company, Companies Act 2006, s. 382, before 2025).
const MEDIUM_TURNOVER_GBP: f64 = 10.2e6;

/// What is promised: (claimed, real), as shares of full marks.
pub fn promise(of: &SocialValueRules, weight: f64, seen_through: f64, base: f64, writing: f64) -> (f64, f64) {
    if weight <= 0.0 {
        return (0.0, 0.0);
    }
    let effort = of.response * weight;
    let real = base + (1.0 - base) * (1.0 - libm::exp(-effort * seen_through));
    let shown = 0.5 + 0.5 * writing.min(1.0);
    let written = 1.0 - libm::exp(-effort * (1.0 - seen_through) * writing);
    (real * shown + (1.0 - real) * written, real)
}

/// What the buyer takes a claim for: it sees through part of the gap between claim and substance.
pub fn seen(claimed: f64, real: f64, seen_through: f64) -> f64 {
    claimed - seen_through * (claimed - real)
}

/// Part of what was claimed that is delivered, at a share of contracts monitored.
pub fn delivered_part(of: &SocialValueRules, coverage: f64) -> f64 {
    of.delivered_unmonitored + (of.delivered_monitored - of.delivered_unmonitored) * coverage.clamp(0.0, 1.0)
}

/// What is delivered, as a share of full marks: that part of the claim, and no more than stands behind it.
pub fn delivered(of: &SocialValueRules, promise: &Promise, coverage: f64) -> f64 {
    (f64::from(promise.claimed) * delivered_part(of, coverage)).min(f64::from(promise.real))
}

/// Medium by staff; of bidders outside, whose staff is not simulated, by turnover.
fn is_medium(city: &City, s: SupplierId) -> bool {
    if city.suppliers.zone[s] == Zone::City {
        city.employers.headcount[EmployerId(s.0)] >= MEDIUM
    } else {
        12.0 * pounds(city.suppliers.turnover[s]) >= MEDIUM_TURNOVER_GBP
    }
}

/// A supplier's offer under a weight.
pub fn of_supplier(city: &City, s: SupplierId, weight: f64, v: f64, tailored: bool) -> Promise {
    let of = &city.settings.procurement.social_value;
    let base = city.contracts.social_value_of_form[city.suppliers.ownership[s].index()];
    let writing = match is_small(city, s) {
        false => of.writing_large,
        true if is_medium(city, s) => of.writing_medium,
        true => of.writing_small,
    };
    let (claimed, real) = promise(of, weight, v, base, writing);
    Promise { claimed: claimed as f32, real: real as f32, tailored }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load;

    fn rules() -> SocialValueRules {
        let of = load("leeds/baseline", &[]).unwrap_or_else(|e| panic!("{e}"));
        SocialValueRules { response: 5.0, ..of.settings.procurement.social_value }
    }

    /// b = 0.4, w = 0.1, v = 0, k = 1: e = 0.5, real = 0.4, claimed = 0.4 + 0.6(1 − e^−0.5) = 0.636.
    #[test]
    fn promise_by_hand() {
        let (claimed, real) = promise(&rules(), 0.1, 0.0, 0.4, 1.0);
        assert!((real - 0.4).abs() < 1e-12);
        assert!((claimed - (0.4 + 0.6 * (1.0 - 0.606_530_66))).abs() < 1e-6);
    }

    /// Tripling the weight where nobody looks raises the claim and not what stands behind it.
    #[test]
    fn a_weight_without_monitoring_buys_claims() {
        let (low, high) = (promise(&rules(), 0.1, 0.0, 0.4, 1.0), promise(&rules(), 0.3, 0.0, 0.4, 1.0));
        assert!(high.0 > low.0 + 0.1);
        assert_eq!(high.1, low.1);
        let watched = promise(&rules(), 0.3, 0.6, 0.4, 1.0);
        assert!(watched.1 > high.1 + 0.2);
    }

    /// A small charity (b = 0.75, k = 0.5) shows less than it does; a large group (b = 0.3, k = 1.5) more.
    #[test]
    fn size_writes_better_than_it_delivers() {
        let (claimed, real) = promise(&rules(), 0.1, 0.0, 0.75, 0.5);
        assert!(claimed < real);
        let (claimed, real) = promise(&rules(), 0.1, 0.0, 0.3, 1.5);
        assert!(claimed > 1.5 * real);
    }

    /// Half of the contracts monitored: 0.30 + 0.30 x 0.5 = 0.45.
    #[test]
    fn delivery_by_hand() {
        let of = SocialValueRules { delivered_unmonitored: 0.3, delivered_monitored: 0.6, ..rules() };
        assert!((delivered_part(&of, 0.5) - 0.45).abs() < 1e-12);
        assert_eq!(delivered_part(&of, 7.0), 0.6);
        let claim = Promise { claimed: 0.8, real: 0.2, tailored: false };
        assert!((delivered(&of, &claim, 0.5) - 0.2).abs() < 1e-6, "never more than stands behind it");
        assert_eq!(promise(&of, 0.0, 0.5, 0.4, 1.0), (0.0, 0.0));
    }
}
