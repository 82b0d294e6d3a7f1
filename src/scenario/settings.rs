//! What a scenario resolves to: every setting, typed. The commented values are in `defaults.toml`, which is
//! the first layer of every scenario; a key here without a default there is an error that a test catches.
//! Meaning, unit and source of a key stand there; the range of its values stands here, as an attribute.

use crate::place::Assumed;
use crate::place::vocabulary::{LocalDefinition, Ownership};

pub use super::country::{Adopters, BeyondCities, CountryRules};
pub use super::institutions::*;
pub use super::policy::*;
pub use super::procurement::*;
pub use super::shock::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A scenario as resolved from its layers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Settings {
    /// Version of the scenario format.
    #[schemars(range(min = 1, max = 1))]
    pub schema: u32,
    /// A short name for tables and charts.
    pub name: String,
    /// What the scenario asks, in a sentence.
    pub description: String,
    /// An embedded place ("leeds") or a town file, relative to the scenario file.
    pub place: String,
    pub run: Run,
    /// Departures from the city's data.
    pub city: Assumed,
    /// A country of such cities, for `recirc country`.
    pub country: CountryRules,
    pub mechanisms: Mechanisms,
    pub tracer: Tracing,
    pub households: HouseholdRules,
    pub firms: FirmRules,
    pub labour: LabourRules,
    pub procurement: ProcurementRules,
    pub norms: NormRules,
    pub institutions: InstitutionRules,
    pub impulse: Impulse,
    pub shock: Shocks,
    pub policy: Policy,
}

impl Settings {
    /// The same scenario with no lever pulled, no extra spend and no shock.
    pub fn without_policy(&self) -> Settings {
        let shock =
            Shocks { recovered_within_percent: self.shock.recovered_within_percent, ..Shocks::default() };
        Settings { policy: Policy::default(), impulse: Impulse::default(), shock, ..self.clone() }
    }
}

/// How long, how large, with which luck.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// First month after burn-in, "YYYY-MM".
    pub start: String,
    #[schemars(range(min = 1, max = 100))]
    pub years: u16,
    #[schemars(range(min = 0, max = 600))]
    pub burn_in_months: u16,
    /// 1.0 is one agent per real person, household and firm.
    #[schemars(range(min = 0.001, max = 4))]
    pub scale: f64,
    pub seed: u64,
    #[schemars(range(min = 1, max = 10000))]
    pub replicates: u16,
}

/// Which mechanisms are on (MODEL section 7). All off is the linear textbook model.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mechanisms {
    pub capacity: bool,
    pub labour_market: bool,
    pub prices: bool,
    pub progressivity: bool,
    pub entry_exit: bool,
    pub adaptation: bool,
    pub norms: bool,
    /// Expectations, reserves and budgets fixed in money, which come with any of the above. No switch of a scenario:
    /// set where they are to be told apart from the mechanisms.
    #[serde(skip)]
    #[schemars(skip)]
    pub expectations: bool,
}

impl Mechanisms {
    /// All off: every use is a fixed share of receipts.
    pub fn linear(&self) -> bool {
        !(self.expectations
            || self.capacity
            || self.labour_market
            || self.prices
            || self.progressivity
            || self.entry_exit
            || self.adaptation
            || self.norms)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tracing {
    /// Follow the anchors' procurement.
    pub on: bool,
    #[serde(default)]
    pub follow: Vec<Follow>,
}

/// A tracer of one's own: the part of the anchors' payments that it dyes. What is left out covers all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Follow {
    /// Its name in tables.
    pub name: String,
    /// Anchors whose payments it dyes.
    #[serde(default)]
    pub anchors: Vec<String>,
    /// Spending categories.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Contracts, by the number of their need in `needs.csv`.
    #[serde(default)]
    pub contracts: Vec<u64>,
    /// Ownership forms of the suppliers paid.
    #[serde(default)]
    pub ownership: Vec<Ownership>,
    /// Only suppliers at least half local by this definition.
    #[serde(default)]
    pub local: Option<LocalDefinition>,
    /// First month in which it dyes, "YYYY-MM"; from burn-in on when left out.
    #[serde(default)]
    pub start: Option<String>,
    /// Months in which it dyes; to the end when left out. It follows what it has dyed to the end of the run.
    #[serde(default)]
    #[schemars(range(min = 1, max = 1200))]
    pub length_months: Option<u16>,
    /// Dye wholly its own: multiplier over all rounds, leakage and where the money ended are exact. Takes as much
    /// time and memory again as the tracer of all procurement.
    #[serde(default)]
    pub separate: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HouseholdRules {
    #[schemars(range(min = 0, max = 60))]
    pub buffer_months: f64,
    #[schemars(range(min = 0, max = 1))]
    pub deposits_spent_monthly: f64,
    #[schemars(range(min = 0.001, max = 1))]
    pub saving_speed_monthly: f64,
    #[schemars(range(min = 0, max = 1))]
    pub reconsider_outlet_monthly: f64,
    #[schemars(range(min = 1, max = 12))]
    pub short_list: u16,
    #[schemars(range(min = 0, max = 1000))]
    pub same_ward_pull: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FirmRules {
    #[schemars(range(min = 1, max = 120))]
    pub expectation_memory_months: f64,
    #[schemars(range(min = 0, max = 10))]
    pub capacity_slack: f64,
    #[schemars(range(min = 0, max = 60))]
    pub reserve_months: f64,
    #[schemars(range(min = 0, max = 1))]
    pub reserve_speed_monthly: f64,
    #[schemars(range(min = 0, max = 1000000000))]
    pub link_floor_gbp: f64,
    #[schemars(range(min = 0, max = 1))]
    pub link_review_monthly: f64,
    #[schemars(range(min = 0, max = 120))]
    pub months_empty: f64,
    #[schemars(range(min = 0, max = 100))]
    pub entry_response: f64,
    #[schemars(range(min = 0, max = 120))]
    pub debt_limit_months: f64,
    #[schemars(range(min = 0, max = 1))]
    pub interest_rate: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LabourRules {
    #[schemars(range(min = 0, max = 1))]
    pub separation_monthly: f64,
    #[schemars(range(min = 1, max = 120))]
    pub vacancy_months: f64,
    #[schemars(range(min = 0, max = 1))]
    pub hire_gap_closed_monthly: f64,
    #[schemars(range(min = 0, max = 1))]
    pub layoff_gap_closed_monthly: f64,
    #[schemars(range(min = 1, max = 1000))]
    pub vacancies_seen: u16,
    #[schemars(range(max = 10), extend("exclusiveMinimum" = 0))]
    pub pay_match_width: f64,
    #[schemars(range(min = 0, max = 1000))]
    pub own_sector_pull: f64,
    #[schemars(range(min = 0, max = 10))]
    pub wage_response: f64,
    #[schemars(range(min = 1, max = 120))]
    pub tightness_memory_months: f64,
    #[schemars(range(min = 0, max = 1))]
    pub would_work_share: f64,
    #[schemars(range(min = 0, max = 1))]
    pub gives_up_monthly: f64,
    #[schemars(range(min = 0, max = 10))]
    pub participation_response: f64,
    #[schemars(range(min = 0.01, max = 5))]
    pub outside_pool: f64,
    #[schemars(range(min = 0, max = 10))]
    pub outside_response: f64,
    #[schemars(range(min = 1, max = 120))]
    pub outside_memory_months: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NormRules {
    #[schemars(range(min = 0, max = 1))]
    pub adoption_yearly: f64,
    #[schemars(range(min = 0, max = 1))]
    pub peer_weight: f64,
    #[schemars(range(min = 0, max = 1))]
    pub sourcing_response: f64,
}

/// An extra spend, whose effect is measured against the same run without it (MODEL section 6, the impulse).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Impulse {
    #[schemars(range(min = 0, max = 1000000000000.0))]
    pub amount_gbp: f64,
    pub to: String,
    pub start: String,
    #[schemars(range(min = 1, max = 1200))]
    pub months: u16,
    pub financed_by: FinancedBy,
    #[schemars(range(min = 0, max = 1))]
    pub slack_outside: f64,
}

/// Who pays for an extra spend: central government with new money; the city's households by a levy in proportion
/// to their council tax; the anchors, which buy less of everything else; firms and funds of the rest of the country.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FinancedBy {
    #[default]
    Grant,
    CouncilTax,
    Budget,
    Outside,
}
