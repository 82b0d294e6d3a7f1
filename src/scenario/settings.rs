//! What a scenario resolves to: every setting, typed. The commented values are in `defaults.toml`, which is
//! the first layer of every scenario; a key here without a default there is an error that a test catches.
//! Meaning, unit and source of a key stand there; the range of its values stands here, as an attribute.

use crate::place::vocabulary::{LocalDefinition, Ownership, Zone};
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
    pub mechanisms: Mechanisms,
    pub tracer: Tracing,
    pub households: HouseholdRules,
    pub firms: FirmRules,
    pub labour: LabourRules,
    pub procurement: ProcurementRules,
    pub norms: NormRules,
    pub policy: Policy,
}

impl Settings {
    /// The same scenario with no lever pulled.
    pub fn without_policy(&self) -> Settings {
        Settings { policy: Policy::default(), ..self.clone() }
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
    #[schemars(range(max = 4), extend("exclusiveMinimum" = 0))]
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
}

impl Mechanisms {
    /// All off: every use is a fixed share of receipts.
    pub fn linear(&self) -> bool {
        !(self.capacity
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
    #[schemars(range(min = 0.0, max = 1.0))]
    pub refilled_from_same_area: f64,
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
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProcurementRules {
    #[schemars(range(min = 1, max = 100))]
    pub bidders: u16,
    #[schemars(range(min = 0, max = 1))]
    pub price_weight: f64,
    #[schemars(range(min = 0, max = 1))]
    pub quality_weight: f64,
    #[schemars(range(min = 0, max = 1))]
    pub social_value_weight: f64,
    #[schemars(range(min = 0, max = 5))]
    pub bid_price_spread: f64,
    #[schemars(range(min = 0, max = 5))]
    pub quality_spread: f64,
    #[schemars(range(max = 10), extend("exclusiveMinimum" = 0))]
    pub turnover_cap: f64,
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

/// The levers pulled: one list per lever, each entry with its own dates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Policy {
    #[serde(default)]
    pub local_preference: Vec<LocalPreference>,
    #[serde(default)]
    pub local_invitations: Vec<LocalInvitations>,
    #[serde(default)]
    pub price_weight: Vec<PriceWeight>,
    #[serde(default)]
    pub procurement_budget: Vec<ProcurementBudget>,
}

/// When, by whom and for what a lever is pulled.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reach {
    /// A name, so that `--set` and a later layer can point at this entry.
    #[serde(default)]
    pub name: Option<String>,
    /// First month in force, "YYYY-MM"; the start of the run when left out.
    #[serde(default)]
    pub start: Option<String>,
    /// First month no longer in force.
    #[serde(default)]
    pub end: Option<String>,
    /// Anchors that pull it; all when empty.
    #[serde(default)]
    pub anchors: Vec<String>,
    /// Spending categories it covers; all when empty.
    #[serde(default)]
    pub categories: Vec<String>,
}

/// Extra points for a local bid, in the hundred, on tenders up to a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LocalPreference {
    #[serde(flatten)]
    pub reach: Reach,
    /// Points in the hundred added to a local bid's score. Neutral: 0.
    #[schemars(range(min = 0, max = 100))]
    pub points: f64,
    /// Largest whole-life contract value, GBP including VAT, to which it applies.
    #[schemars(range(min = 0, max = 1000000000))]
    pub up_to_gbp: f64,
    /// What counts as local: the supplier's site in this zone or nearer.
    pub local: Zone,
}

/// At least this many of the bidders invited are local (early market engagement).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LocalInvitations {
    #[serde(flatten)]
    pub reach: Reach,
    /// Local bidders among those invited, at the least. Neutral: 0.
    #[schemars(range(min = 0, max = 100))]
    pub at_least: u16,
}

/// Weight of price in the award; quality and social value share the rest as before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PriceWeight {
    #[serde(flatten)]
    pub reach: Reach,
    /// Weight of price, a share of one. Neutral: the value in `procurement.price_weight`.
    #[schemars(range(min = 0, max = 1))]
    pub value: f64,
}

/// A change to procurement budgets (austerity or growth).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProcurementBudget {
    #[serde(flatten)]
    pub reach: Reach,
    /// Change in percent of the budget without it. Neutral: 0.
    #[schemars(range(min = -100, max = 1000))]
    pub change_percent: f64,
}
