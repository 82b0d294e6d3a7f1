//! The levers: what a policy may pull, each with its reach and its own fields. How each is told to users
//! stands in `levers.rs`, what it does in `economy::plan`.

macro_rules! entries {
    ($($(#[$doc:meta])* $name:ident: $entry:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty),+ $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
            pub struct $entry {
                #[serde(flatten)]
                pub reach: Reach,
                $($(#[$fdoc])* pub $field: $type),+
            }
        )+
    };
}

mod award;
mod clauses;
mod market;
mod practice;
mod wider;
mod words;

use super::institutions::*;
pub use award::*;
pub use clauses::*;
pub use market::*;
pub use practice::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
pub use wider::*;
pub use words::*;

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
    /// Anchors that pull it, by their ids, which `recirc levers` lists; all when empty.
    #[serde(default)]
    pub anchors: Vec<String>,
    /// Spending categories it covers, by the ids that `recirc levers` lists; all when empty.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Months over which its effect grows evenly to the full one, from its first month on; whole numbers and words
    /// hold from the month in which half is reached. At once when 0.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1200))]
    pub ramp_months: u16,
}

macro_rules! policy {
    ($($name:ident: $entry:ident),+ $(,)?) => {
        /// The levers pulled: one list per lever, each entry with its own dates.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        pub struct Policy {
            $(#[serde(default)] pub $name: Vec<$entry>),+
        }
        impl Policy {
            /// Every entry's reach, with its lever and its position in that lever's list.
            pub fn reaches(&self) -> Vec<(&'static str, usize, &Reach)> {
                let mut all = Vec::new();
                $(all.extend(self.$name.iter().enumerate().map(|(i, entry)| (stringify!($name), i, &entry.reach)));)+
                all
            }

            /// Keep the entries that are wanted, by lever and position in that lever's list.
            pub fn retain(&mut self, wanted: impl Fn(&'static str, usize) -> bool) {
                $(
                    let mut at = 0..;
                    self.$name.retain(|_| at.next().is_some_and(|i| wanted(stringify!($name), i)));
                )+
            }
        }
    };
}

policy! {
    strategic_plan: StrategicPlan,
    impact_hub: ImpactHub,
    incubator: Incubator,
    cooperative_agency: CooperativeAgency,
    cdfi: Cdfi,
    local_preference: LocalPreference,
    local_invitations: LocalInvitations,
    price_weight: PriceWeight,
    social_value_weight: SocialValueWeight,
    group_preference: GroupPreference,
    reservation: Reservation,
    lots: Lots,
    aggregation: Aggregation,
    quotes_threshold: QuotesThreshold,
    framework_use: FrameworkUse,
    dynamic_market: DynamicMarket,
    turnover_cap: TurnoverCap,
    procurement_staff: ProcurementStaff,
    monitoring_staff: MonitoringStaff,
    early_engagement: EarlyEngagement,
    bid_support: BidSupport,
    insourcing: Insourcing,
    procurement_budget: ProcurementBudget,
    quality_weight: QualityWeight,
    definition_of_local: DefinitionOfLocal,
    extraction_penalty: ExtractionPenalty,
    vcse_credit: VcseCredit,
    deprivation_weight: DeprivationWeight,
    devolved_local_rules: DevolvedLocalRules,
    framework_lots: FrameworkLots,
    pipeline_notices: PipelineNotices,
    buyer_training: BuyerTraining,
    procurement_it: ProcurementIt,
    legal_advice_pool: LegalAdvicePool,
    prompt_payment: PromptPayment,
    living_wage_clause: LivingWageClause,
    local_hiring_clause: LocalHiringClause,
    local_subcontracting_clause: LocalSubcontractingClause,
    local_materials_clause: LocalMaterialsClause,
    rent_discount: RentDiscount,
    pension_fund_local: PensionFundLocal,
}
