//! Anchors: the institutions of the network.

use crate::base::col::Col;
use crate::base::money::{Pence, Share};
use crate::id;
use crate::place::city::TeamFacts;
use crate::place::vocabulary::AnchorKind;
use serde::{Deserialize, Serialize};

id!(
    /// An anchor institution.
    AnchorId
);

/// A small standing purchase, below the contract floor.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Petty {
    pub anchor: u16,
    pub category: u8,
    /// Receiving organisation.
    pub org: u32,
    /// Pence a month, net.
    pub monthly: Pence,
}

/// One row an anchor.
#[derive(Clone, Default, Serialize, Deserialize)]
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
    /// Part of its receipts that goes to its owners and operations outside the city (a regional utility's bills
    /// from the city exceed what it spends there).
    pub remitted: Col<AnchorId, Share>,
    pub debt: Col<AnchorId, Pence>,
    /// Cash it means to hold.
    pub reserve: Col<AnchorId, Pence>,
    /// Advanced this month to keep service constant, to be raised by a levy on council tax.
    pub advanced: Pence,
    pub petty: Vec<Petty>,
    /// How each buys: its team, its own rules, its attitudes.
    pub teams: Vec<TeamFacts>,
    /// Commitment to the shared plan, 0 to 1, and the part of it that is the anchor's own.
    pub commitment: Col<AnchorId, f64>,
    pub own_commitment: Col<AnchorId, f64>,
    /// Gross pay a month beyond its own payroll: for officers that a policy adds and for own provision.
    pub extra_bill: Col<AnchorId, Pence>,
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
    /// How an anchor buys; of a town's anchors nothing is known.
    pub fn team(&self, anchor: usize) -> TeamFacts {
        self.teams
            .get(anchor)
            .cloned()
            .unwrap_or_else(|| TeamFacts { price_weight: 1.0, ..TeamFacts::default() })
    }
    pub fn commitment(&self, anchor: usize) -> f64 {
        self.commitment.rows().get(anchor).copied().unwrap_or(0.0)
    }
}
