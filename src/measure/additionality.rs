//! The additional local output of a spend in the form of the Additionality Guide (English Partnerships 2008, third edition):
//!
//! ```text
//! AI = GI (1 − L)(1 − Dp)(1 − S) M
//! ```
//!
//! computed from twin runs, so that there is no deadweight to take off (the reference run has it) and no ready reckoner
//! in it. The city's sales differ between the runs by buyer: what landed, sales to buyers outside, the anchors' other
//! purchases, sales to firms, sales to households. Each buyer is in exactly one term, so nothing is counted twice:
//!
//! - GI: what is spent, in all;
//! - L: the part of it that does not land in the city in the first round (suppliers outside, VAT);
//! - Dp: sales to buyers outside that firms lose, over what landed; below zero when they gain;
//! - S: what anchors buy less in the city of everything else, over what is left of it; below zero when they buy more;
//! - M: what firms sell of the spend, and to each other and to households because of it, over what is then left: firms'
//!   orders, those turned away for want of capacity too, and households' spending. No gain or loss of sales outside is in
//!   it, so that noise in those moves Dp and not the multiplier.
//!
//! The product is the twin runs' extra output, since every buyer is in one term; the five parts that sum to the same
//! output are told beside it.

use super::impulse::Twin;
use super::impulse::places::account;

/// Differences between twin runs, in pounds of the real city over the same months.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parts {
    pub gross: f64,
    pub landed: f64,
    /// The part of what landed that firms sold; households' and anchors' receipts are none.
    pub sold: f64,
    pub outside: f64,
    pub anchors: f64,
    pub firms: f64,
    pub households: f64,
    /// Of a policy, the change of all that anchors buy, wherever; none of an extra spend.
    pub bought: Option<f64>,
}

/// The Guide's terms.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Additionality {
    pub gross: f64,
    pub leakage: f64,
    pub displacement: f64,
    pub substitution: f64,
    pub multiplier: f64,
    /// Extra output of the city's firms, as the twin runs have it.
    pub output: f64,
}

impl Parts {
    /// Of an extra spend.
    pub fn of_impulse(twin: &Twin, months: usize) -> Parts {
        Parts {
            gross: account(twin, |a| a.extra.spent, months),
            landed: account(twin, |a| a.extra.landed, months),
            sold: account(twin, |a| a.sales.extra, months),
            anchors: account(twin, |a| a.sales.anchors, months),
            ..Parts::others(twin, months)
        }
    }

    /// Of a policy that changes where anchors buy, or how much.
    pub fn of_policy(twin: &Twin, months: usize) -> Parts {
        let sold = account(twin, |a| a.sales.anchors + a.sales.extra, months);
        let all = twin.sum(|m| m.procurement as f64, months);
        Parts { landed: sold, sold, bought: Some(all), ..Parts::others(twin, months) }.with_gross()
    }

    /// The spend of a policy is the change of the anchors' purchases; when that is smaller than what firms of the city sell them
    /// more, money was moved there and not added, and the spend is what was moved: L is 0. All of the anchors' purchases
    /// are in GI, so S is 0.
    fn with_gross(self) -> Parts {
        match self.bought {
            Some(all) if self.sold > 0.0 => Parts { gross: all.max(self.sold), ..self },
            Some(all) => Parts { gross: all, ..self },
            None => self,
        }
    }

    fn others(twin: &Twin, months: usize) -> Parts {
        Parts {
            outside: account(twin, |a| a.sales.outside, months),
            firms: account(twin, |a| a.sales.firms, months),
            households: account(twin, |a| a.sales.households, months),
            ..Parts::default()
        }
    }

    /// The mean over replicates.
    pub fn mean(all: &[Parts]) -> Parts {
        let n = all.len().max(1) as f64;
        let of = |get: fn(&Parts) -> f64| all.iter().map(get).sum::<f64>() / n;
        Parts {
            gross: of(|p| p.gross),
            landed: of(|p| p.landed),
            sold: of(|p| p.sold),
            outside: of(|p| p.outside),
            anchors: of(|p| p.anchors),
            firms: of(|p| p.firms),
            households: of(|p| p.households),
            bought: all
                .iter()
                .map(|p| p.bought)
                .sum::<Option<f64>>()
                .filter(|_| !all.is_empty())
                .map(|sum| sum / n),
        }
        .with_gross()
    }

    /// All of them times a factor.
    pub fn scaled(&self, by: f64) -> Parts {
        Parts {
            gross: self.gross * by,
            landed: self.landed * by,
            sold: self.sold * by,
            outside: self.outside * by,
            anchors: self.anchors * by,
            firms: self.firms * by,
            households: self.households * by,
            bought: self.bought.map(|all| all * by),
        }
    }

    /// Extra output: the sum over buyers.
    pub fn output(&self) -> f64 {
        self.sold + self.outside + self.anchors + self.firms + self.households
    }

    /// The Guide's terms; none when nothing is spent, or nothing of it is left for a multiplier to work on.
    pub fn terms(&self) -> Option<Additionality> {
        let some = |x: f64| x.abs() > 1e-9 * self.gross.abs();
        if self.gross == 0.0 || !some(self.landed) {
            return None;
        }
        let displacement = -self.outside / self.landed;
        let kept = self.landed * (1.0 - displacement);
        let substitution = if some(kept) { -self.anchors / kept } else { 0.0 };
        let net = kept * (1.0 - substitution);
        if !some(net) {
            return None;
        }
        Some(Additionality {
            gross: self.gross,
            leakage: 1.0 - self.landed / self.gross,
            displacement,
            substitution,
            multiplier: self.output() / net,
            output: self.output(),
        })
    }
}

impl Additionality {
    /// GI (1 − L)(1 − Dp)(1 − S) M.
    pub fn product(&self) -> f64 {
        self.gross
            * (1.0 - self.leakage)
            * (1.0 - self.displacement)
            * (1.0 - self.substitution)
            * self.multiplier
    }

    /// Each term: symbol, value, unit, what it is.
    pub fn rows(&self) -> [(&'static str, f64, &'static str, &'static str); 6] {
        [
            (
                "GI",
                self.gross,
                "GBP",
                "Gross: all that is spent more, or moved into the city; of an extra spend with VAT, of a policy without",
            ),
            ("L", self.leakage, "share", "Leakage: not received in the city in the first round"),
            (
                "Dp",
                self.displacement,
                "share",
                "Displacement: sales to buyers outside that firms lose, of what landed; below 0: gain",
            ),
            (
                "S",
                self.substitution,
                "share",
                "Substitution: what anchors buy less in the city otherwise, of the rest; below 0: more",
            ),
            ("M", self.multiplier, "ratio", "Extra output per pound that then remains"),
            (
                "AI",
                self.product(),
                "GBP",
                "Additional local output: the product, and the twin runs' difference",
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 100 spent, 60 land; firms sell 6 less outside and the anchors buy 4 less: 50 remain. Firms and households buy 30
    /// more, so output is 60 - 6 - 4 + 30 = 80: 100 x 0.6 x 0.9 x (1 - 4/54) x 1.6.
    #[test]
    fn terms_by_hand() {
        let parts = Parts {
            gross: 100.0,
            landed: 60.0,
            sold: 60.0,
            outside: -6.0,
            anchors: -4.0,
            firms: 20.0,
            households: 10.0,
            bought: None,
        };
        let terms = parts.terms().unwrap();
        assert!((terms.leakage - 0.4).abs() < 1e-12 && (terms.displacement - 0.1).abs() < 1e-12);
        assert!((terms.substitution - 4.0 / 54.0).abs() < 1e-12 && (terms.multiplier - 1.6).abs() < 1e-12);
        assert!((terms.product() - 80.0).abs() < 1e-9 && parts.output() == 80.0);
        assert!(Parts::default().terms().is_none());
    }

    /// The spend of a policy is chosen on the means: 30 more bought of which 10 in the city; 10 moved into it; 10 moved out of it.
    #[test]
    fn the_spend_of_a_policy() {
        let of = |pairs: &[(f64, f64)]| {
            let one = |(all, sold): &(f64, f64)| {
                Parts { landed: *sold, sold: *sold, bought: Some(*all), ..Parts::default() }.with_gross()
            };
            Parts::mean(&pairs.iter().map(one).collect::<Vec<_>>())
        };
        assert_eq!(of(&[(30.0, 10.0)]).gross, 30.0);
        assert_eq!(of(&[(0.0, 10.0)]).gross, 10.0);
        assert_eq!(of(&[(2.0, -10.0)]).gross, 2.0);
        assert_eq!(of(&[(-5.0, 10.0)]).gross, 10.0);
        assert_eq!(of(&[(-30.0, -10.0)]).gross, -30.0);
        // One by one the larger would be 30 and -40.
        assert_eq!(of(&[(30.0, 10.0), (0.0, -40.0)]).gross, 15.0);
    }
}
