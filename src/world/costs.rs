//! What policies and institutions cost, and legal challenges: who spends it, who pays for it, who is paid.

use crate::base::money::Pence;
use crate::base::word::{self, Word};
use crate::place::vocabulary::Sector;
use crate::scenario::settings::Financing;
use serde::{Deserialize, Serialize};

/// Who is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Payee {
    /// Staff whom the spender hires through the labour market.
    OwnStaff,
    /// Firms of a section, as the spender buys its small purchases of that trade.
    Trade(Sector),
    /// Social enterprises and co-operatives of the city, in proportion to the rent that they pay.
    Tenants,
    /// Lenders: interest.
    Lenders,
    /// Money that the spender hands on at the end of the month: to enterprises that it founds, to a lender.
    HandedOn,
}

/// A cost of the month.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// The lever or institution that it is of.
    #[serde(deserialize_with = "word::read")]
    pub what: Word,
    /// Row of the anchor that spends it; an institution is hosted by one.
    pub spender: u16,
    /// Pence at the run's scale: pay with contributions and pension, or a bill with the VAT that the spender cannot
    /// recover.
    pub amount: Pence,
    pub financed_by: Financing,
    pub payee: Payee,
}
