//! Social enterprises that an institution founded or helped to convert.

use crate::base::money::Pence;
use crate::place::vocabulary::Ownership;
use crate::world::suppliers::Recipe;
use serde::{Deserialize, Serialize};

/// Who helped, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Helped {
    /// Founded by the incubator.
    Incubated,
    /// Founded with the co-operative agency.
    Founded,
    /// A family firm that its staff took over.
    Converted,
}

impl Helped {
    pub fn label(self) -> &'static str {
        match self {
            Helped::Incubated => "incubated",
            Helped::Founded => "founded",
            Helped::Converted => "converted",
        }
    }
}

/// One enterprise. Once it has closed, its place in the market is again what it was before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SocialFirm {
    /// Row of the place, and identity of the enterprise in it.
    pub supplier: u32,
    pub identity: u64,
    pub helped: Helped,
    pub since: u16,
    /// Month in which it closed.
    pub closed: Option<u16>,
    /// The category that it was founded for.
    pub category: Option<u8>,
    /// What the firm borrowed to pay its owners when staff took it over; else nothing.
    pub buyout: Pence,
    /// The place's ownership and recipe before.
    pub before: (Ownership, Recipe),
}
