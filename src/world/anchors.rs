//! Anchors: the institutions of the network.

use crate::base::col::Col;
use crate::base::money::{Pence, Share};
use crate::id;
use crate::place::vocabulary::AnchorKind;

id!(
    /// An anchor institution.
    AnchorId
);

/// A small standing purchase, below the contract floor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Petty {
    pub anchor: u16,
    pub category: u8,
    /// Receiving organisation.
    pub org: u32,
    /// Pence a month, net.
    pub monthly: Pence,
}

/// One row an anchor.
#[derive(Clone, Default)]
pub struct Anchors {
    pub id: Vec<String>,
    pub name: Vec<String>,
    pub kind: Col<AnchorId, Option<AnchorKind>>,
    /// Income a month from outside the city, by payer: government, region, country, world.
    pub outside_income: Col<AnchorId, [Pence; 4]>,
    pub irrecoverable_vat: Col<AnchorId, Share>,
    /// Procurement a month at the start, net of VAT.
    pub procurement: Col<AnchorId, Pence>,
    pub received_last: Col<AnchorId, Pence>,
    pub received: Col<AnchorId, Pence>,
    /// Receipts a month at the start.
    pub normal_receipts: Col<AnchorId, Pence>,
    /// Multiplies petty spend this year: last year's receipts set this year's budget.
    pub petty_factor: Col<AnchorId, f64>,
    pub debt: Col<AnchorId, Pence>,
    /// Cash it means to hold.
    pub reserve: Col<AnchorId, Pence>,
    pub petty: Vec<Petty>,
    /// Row of the council among the anchors, if there is one.
    pub council: Option<u32>,
    /// Row of the water utility among the anchors, if there is one.
    pub water: Option<u32>,
}

impl Anchors {
    pub fn len(&self) -> usize {
        self.id.len()
    }
    pub fn is_empty(&self) -> bool {
        self.id.is_empty()
    }
}
