//! A community lender. Its money is kept with the financial system, and its own account is here: what was paid in and
//! came back, less what is out.

use crate::base::money::Pence;
use serde::{Deserialize, Serialize};

/// A loan.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Loan {
    pub supplier: u32,
    pub identity: u64,
    pub outstanding: Pence,
    /// Repaid a month.
    pub instalment: Pence,
}

/// The lender's account, in pence at the run's scale.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lender {
    /// What it can lend now.
    pub fund: Pence,
    pub paid_in: Pence,
    pub lent: Pence,
    pub repaid: Pence,
    pub interest: Pence,
    pub lost: Pence,
    pub loans: Vec<Loan>,
    /// Loans made so far, and of them those that opened a firm.
    pub made: u32,
    pub openings: u32,
}

impl Lender {
    /// Both accounts close: the fund is what came in less what went out, and what is out is what was lent, less what came
    /// back and what was lost. Returns the gap, which must be zero.
    pub fn gap(&self) -> Pence {
        let outstanding: Pence = self.loans.iter().map(|loan| loan.outstanding).sum();
        let fund = self.paid_in + self.repaid + self.interest - self.lent;
        (self.fund - fund).abs() + (outstanding - (self.lent - self.repaid - self.lost)).abs()
    }
}
