//! The state of a city: columns of agents, the month's flows, and the synthesis of the population.
//!
//! Rows are struct-of-arrays indexed by typed ids. Organisations share one account space ([`orgs`]):
//! suppliers first, then anchors, then the outside accounts.

pub mod anchors;
pub mod awards;
pub mod background;
pub mod clauses;
pub mod contracts;
pub mod costs;
pub mod employers;
pub mod flows;
pub mod frameworks;
pub mod households;
pub mod institutions;
pub mod local;
pub mod market;
pub mod orgs;
pub mod outlets;
pub mod pools;
pub mod shocks;
pub mod suppliers;
pub mod synthesis;
pub mod workers;

use crate::base::date::Date;
use crate::base::money::Pence;
use crate::place::tax::TaxSystem;
use crate::scenario::settings::Settings;
use anchors::Anchors;
use contracts::Contracts;
use employers::Employers;
use flows::Flows;
use households::Households;
use market::Market;
use orgs::{OrgId, Orgs};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use suppliers::Suppliers;
use workers::Workers;

/// A whole city at the end of a month.
#[derive(Clone, Serialize, Deserialize)]
pub struct City {
    pub name: String,
    pub price_year: String,
    /// Month number: 0 as synthesised, 1 the first month of burn-in.
    pub month: u16,
    /// Calendar month of month number 0.
    pub epoch: Date,
    /// Months of burn-in; the run proper starts in month `burn_in + 1`.
    pub burn_in: u16,
    pub scale: f64,
    #[serde(with = "as_text")]
    pub settings: Arc<Settings>,
    pub law: TaxSystem,
    pub wards: Vec<String>,
    pub orgs: Orgs,
    /// Cash of every organisation; outside accounts start at zero and may be negative.
    pub cash: crate::base::col::Col<OrgId, Pence>,
    pub households: Households,
    pub workers: Workers,
    pub suppliers: Suppliers,
    pub employers: Employers,
    pub anchors: Anchors,
    pub contracts: Contracts,
    pub market: Market,
    pub flows: Flows,
    /// Facts of the place that rules look up.
    pub background: background::Background,
    /// Institutions that policies have founded.
    pub institutions: institutions::Institutions,
    /// What has struck so far.
    pub shocks: shocks::Shocks,
    /// What policies, institutions and challenges cost this month.
    pub costs: Vec<costs::Cost>,
    /// Sum of all balances at the start: it never changes.
    pub money: Pence,
    /// Columns that phases of the month borrow.
    #[serde(skip)]
    pub shelf: std::sync::Arc<crate::base::shelf::Shelf>,
}

impl City {
    /// The calendar month of a month number.
    pub fn date(&self, month: u16) -> Date {
        self.epoch.plus(i32::from(month))
    }
    /// True while the month belongs to burn-in.
    pub fn burning_in(&self) -> bool {
        self.month <= self.burn_in
    }
    /// True when every mechanism is off: each use is a fixed share of last month's receipts.
    pub fn linear(&self) -> bool {
        self.settings.mechanisms.linear()
    }
    /// All balances added up.
    pub fn total_balance(&self) -> Pence {
        crate::base::parallel::sum(self.households.deposits.rows())
            + crate::base::parallel::sum(self.cash.rows())
    }
}

/// Settings within packed state, as JSON: the entries of levers say their own fields, which packed bytes do not.
mod as_text {
    use super::{Arc, Settings};
    use serde::de::Error as _;
    use serde::ser::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(settings: &Arc<Settings>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&serde_json::to_string(settings.as_ref()).map_err(S::Error::custom)?)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<Settings>, D::Error> {
        serde_json::from_str(&String::deserialize(from)?).map(Arc::new).map_err(D::Error::custom)
    }
}
