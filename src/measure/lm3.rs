//! LM3 of a survey: three rounds of spending, and the sum that they are part of.
//!
//! With R1 the organisation's income, R2 what it pays in the area and R3 what the receivers spend there again:
//! income convention `LM3 = (R1 + R2 + R3)/R1`; contract convention `(R2 + R3)/R1`, where the first pound counts
//! only once it reaches somebody local (if the organisation is itself the contractor and local, R1 counts).
//! Rounds after the third are not surveyed: LM∞ takes them to go on at c, the rate at which receivers in the
//! area spend again there, so that they add `R3·c/(1 − c)`.

use crate::scenario::survey::Survey;

/// The figures of a survey, pounds and ratios.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lm3 {
    pub r1: f64,
    pub r2: f64,
    pub r3: f64,
    /// Part of R3 spent by suppliers outside the area.
    pub r3_from_outside: f64,
    /// Whether R1 counts in the contract convention.
    pub first_round_counts: bool,
    /// c: the rate of later rounds.
    pub later: f64,
}

impl Lm3 {
    pub fn of(survey: &Survey) -> Lm3 {
        let sum =
            |of: &dyn Fn(&crate::scenario::survey::Payee) -> f64| survey.payees.iter().map(of).sum::<f64>();
        let (r2, r3) = (sum(&|p| p.second_round()), sum(&|p| p.third_round()));
        let r3_from_outside = sum(&|p| if p.local > 0.0 { 0.0 } else { p.third_round() });
        let paid = sum(&|p| p.paid);
        let later = if r2 > 0.0 { (r3 - r3_from_outside) / r2 } else { r3 / paid };
        let first_round_counts = survey.contractor_is_local == Some(true);
        Lm3 { r1: survey.income, r2, r3, r3_from_outside, first_round_counts, later }
    }

    /// LM3, income convention.
    pub fn income(&self) -> f64 {
        (self.r1 + self.r2 + self.r3) / self.r1
    }

    /// LM3, contract convention.
    pub fn contract(&self) -> f64 {
        let first = if self.first_round_counts { self.r1 } else { 0.0 };
        (first + self.r2 + self.r3) / self.r1
    }

    /// What later rounds add, in pounds; none when nothing leaks and the sum has no end.
    pub fn later_rounds(&self) -> Option<f64> {
        (self.later < 1.0 - 1e-12).then(|| self.r3 * self.later / (1.0 - self.later))
    }

    /// LM∞, income convention.
    pub fn infinite_income(&self) -> Option<f64> {
        Some(self.income() + self.later_rounds()? / self.r1)
    }

    pub fn infinite_contract(&self) -> Option<f64> {
        Some(self.contract() + self.later_rounds()? / self.r1)
    }

    /// The share of the infinite sum that three rounds catch, income convention.
    pub fn caught(&self) -> Option<f64> {
        Some(self.income() / self.infinite_income()?)
    }
}
