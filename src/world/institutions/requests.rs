//! Community requests: what neighbourhood groups need, registered or not. One row a need; as many at any scale, since
//! contracts are.

use crate::base::col::Col;
use crate::id;
use serde::{Deserialize, Serialize};

id!(
    /// A community request.
    RequestId
);

/// What is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Kind {
    Skills,
    Materials,
    Expertise,
    Space,
    Environment,
}

impl Kind {
    pub const ALL: [Kind; 5] =
        [Kind::Skills, Kind::Materials, Kind::Expertise, Kind::Space, Kind::Environment];

    pub fn label(self) -> &'static str {
        match self {
            Kind::Skills => "skills and jobs",
            Kind::Materials => "money and materials",
            Kind::Expertise => "time and expertise",
            Kind::Space => "space and facilities",
            Kind::Environment => "environment",
        }
    }
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// It exists, and nobody who buys or sells knows of it.
    Unheard,
    Registered,
    /// A supplier has promised to meet it.
    Matched,
    Met,
    Lapsed,
}

impl Status {
    pub const ALL: [Status; 5] =
        [Status::Unheard, Status::Registered, Status::Matched, Status::Met, Status::Lapsed];

    pub fn label(self) -> &'static str {
        match self {
            Status::Unheard => "unheard",
            Status::Registered => "registered",
            Status::Matched => "matched",
            Status::Met => "met",
            Status::Lapsed => "lapsed",
        }
    }
}

/// One row a request.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Requests {
    /// Month, ward and kind: the same need in every run of a seed.
    pub identity: Col<RequestId, u64>,
    pub ward: Col<RequestId, u8>,
    pub kind: Col<RequestId, Option<Kind>>,
    /// What meeting it is worth, GBP of the real city.
    pub size_gbp: Col<RequestId, f64>,
    pub status: Col<RequestId, Option<Status>>,
    /// Months in which it arose, was registered, was matched, was met or lapsed (0: not yet).
    pub arose: Col<RequestId, u16>,
    pub registered: Col<RequestId, u16>,
    pub matched: Col<RequestId, u16>,
    pub closed: Col<RequestId, u16>,
    /// Row of the contract whose supplier is to meet it, and number of the award; `u32::MAX` for none.
    pub contract: Col<RequestId, u32>,
    pub award: Col<RequestId, u32>,
    /// Delivered so far, GBP of the real city.
    pub delivered_gbp: Col<RequestId, f64>,
    /// Promises that ended before they were kept.
    pub broken: Col<RequestId, u8>,
    /// Met by an offer that nobody had asked for.
    pub unprompted: Col<RequestId, bool>,
    /// Part of a registration that the staff have in hand.
    pub in_hand: f64,
    /// Contracts (rows) that the hub's staff follow up this month.
    pub followed: Vec<u32>,
}

impl Requests {
    pub fn len(&self) -> usize {
        self.identity.len()
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    pub fn add(&mut self, identity: u64, (ward, kind): (u8, Kind), size_gbp: f64, month: u16) {
        self.identity.push(identity);
        self.ward.push(ward);
        self.kind.push(Some(kind));
        self.size_gbp.push(size_gbp);
        self.status.push(Some(Status::Unheard));
        self.arose.push(month);
        self.registered.push(0);
        self.matched.push(0);
        self.closed.push(0);
        self.contract.push(u32::MAX);
        self.award.push(u32::MAX);
        self.delivered_gbp.push(0.0);
        self.broken.push(0);
        self.unprompted.push(false);
    }
    pub fn is(&self, r: RequestId, status: Status) -> bool {
        self.status[r] == Some(status)
    }
    /// Requests that stand so, in the order in which they arose.
    pub fn that_are(&self, status: Status) -> Vec<RequestId> {
        (0..self.len() as u32).map(RequestId).filter(|r| self.is(*r, status)).collect()
    }
}
