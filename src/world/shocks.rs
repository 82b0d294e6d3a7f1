//! What has struck the city, and what stays shut since.

use crate::base::money::Pence;
use crate::base::word::{self, Word};
use serde::{Deserialize, Serialize};

/// A place in the market that nobody may take yet.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shut {
    /// Row of the supplier.
    pub supplier: u32,
    /// First month in which the place may be taken.
    pub until: u16,
}

/// What struck, and what it did at once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Struck {
    pub month: u16,
    #[serde(deserialize_with = "word::read")]
    pub shock: Word,
    /// Row of the firm that closed, where one did.
    pub supplier: Option<u32>,
    pub sector: Option<u8>,
    pub zone: Option<u8>,
    pub heads: u32,
    /// Anchors' contracts that fell back, and what they paid a month.
    pub contracts: u32,
    pub monthly: Pence,
    /// Bills that its suppliers are never paid for, and how many of them are in the city.
    pub unpaid: Pence,
    pub creditors: u32,
}

/// The shocks of a run so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shocks {
    pub shut: Vec<Shut>,
    pub struck: Vec<Struck>,
    /// First month of the first shock.
    pub first: Option<u16>,
}

impl Shocks {
    /// Whether a place may not be taken yet.
    pub fn is_shut(&self, supplier: usize, month: u16) -> bool {
        self.shut.iter().any(|of| of.supplier as usize == supplier && month < of.until)
    }
}
