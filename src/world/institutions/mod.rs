//! Institutions with a state of their own: the anchors' plan, community requests, social enterprises that were helped,
//! and a community lender.

use serde::{Deserialize, Serialize};

mod lender;
mod requests;
mod social;

pub use lender::{Lender, Loan};
pub use requests::{Kind, RequestId, Requests, Status};
pub use social::{Helped, SocialFirm};

/// All of them, at rest until a policy founds one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Institutions {
    /// How far each anchor practises the plan, 0 to 1; empty until there has been one.
    pub practice: Vec<f64>,
    pub requests: Requests,
    /// Paid a month by the members of the incubator to suppliers outside the city, by category: a running mean.
    pub leaks: Vec<f64>,
    /// Fractions of starts, conversions and loans that have come together: incubator, agency's two, lender.
    pub pending: [f64; 4],
    /// Enterprises decided on: month of opening, category (none for the agency's).
    pub waiting: Vec<(u16, Option<u8>)>,
    pub social: Vec<SocialFirm>,
    pub lender: Lender,
}
