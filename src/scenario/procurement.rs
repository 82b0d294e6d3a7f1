//! How the anchors buy: settings of the ten stages of procurement. What differs by anchor (team, weights,
//! limits of its own rules) is data of the place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProcurementRules {
    #[schemars(range(max = 10), extend("exclusiveMinimum" = 0))]
    pub turnover_cap: f64,
    #[schemars(range(max = 100), extend("exclusiveMinimum" = 0))]
    pub growth_of_a_firm: f64,
    #[schemars(range(max = 100), extend("exclusiveMinimum" = 0))]
    pub growth_of_a_branch: f64,
    #[schemars(range(min = 0, max = 1))]
    pub quality_floor: f64,
    #[schemars(range(min = 0, max = 1))]
    pub peer_weight: f64,
    #[schemars(range(min = 0, max = 1))]
    pub adjustment_yearly: f64,
    #[schemars(range(min = 0, max = 1))]
    pub aversion_binds_policy: f64,
    pub constant_service: ConstantService,
    pub bidding: BiddingRules,
    pub social_value: SocialValueRules,
    pub staff_time: StaffTimeRules,
    pub delivery: DeliveryRules,
}

/// Who pays to keep service at what is needed, in a twin run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConstantService {
    /// The budget is fixed in money: a dearer contract means less service.
    #[default]
    Off,
    /// Budgets are topped up by central government.
    Grant,
    /// By the households of the city, through a levy in proportion to their council tax.
    CouncilTax,
    /// By cuts of the anchors' small purchases.
    Cuts,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BiddingRules {
    #[schemars(range(min = 1, max = 100))]
    pub quotes_invited: u16,
    #[schemars(range(min = 1, max = 100))]
    pub known_below_threshold: u16,
    #[schemars(range(min = 1, max = 100))]
    pub known_open: u16,
    #[schemars(range(min = 1, max = 100))]
    pub framework_members: u16,
    #[schemars(range(min = 0, max = 5))]
    pub engagement_widens: f64,
    #[schemars(range(min = 0, max = 5))]
    pub cost_spread: f64,
    #[schemars(range(min = 0, max = 5))]
    pub quality_spread: f64,
    #[schemars(range(min = 0, max = 1))]
    pub margin_among_many: f64,
    #[schemars(range(min = 0, max = 2))]
    pub margin_added_alone: f64,
    #[schemars(range(min = 0, max = 1))]
    pub scale_elasticity: f64,
    #[schemars(range(min = 0, max = 1))]
    pub distance_cost_region: f64,
    #[schemars(range(min = 0, max = 1))]
    pub distance_cost_country: f64,
    #[schemars(range(max = 1), extend("exclusiveMinimum" = 0))]
    pub specialists_share: f64,
    #[schemars(range(min = 0, max = 1))]
    pub bid_cost_share: f64,
    #[schemars(range(min = 0, max = 1000000))]
    pub bid_cost_quote_gbp: f64,
    #[schemars(range(min = 0, max = 1000000))]
    pub bid_cost_below_threshold_gbp: f64,
    #[schemars(range(min = 0, max = 1000000))]
    pub bid_cost_open_gbp: f64,
    #[schemars(range(min = 0, max = 1000000))]
    pub bid_cost_call_off_gbp: f64,
    #[schemars(range(min = 0, max = 1))]
    pub experience_saves: f64,
    #[schemars(range(max = 100), extend("exclusiveMinimum" = 0))]
    pub score_spread_points: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SocialValueRules {
    #[schemars(range(min = 0, max = 1))]
    pub cap_share: f64,
    #[schemars(range(min = 0, max = 1))]
    pub generic_worth: f64,
    #[schemars(range(min = 0, max = 100))]
    pub response: f64,
    #[schemars(range(min = 0, max = 10))]
    pub writing_small: f64,
    #[schemars(range(min = 0, max = 10))]
    pub writing_medium: f64,
    #[schemars(range(min = 0, max = 10))]
    pub writing_large: f64,
    #[schemars(range(min = 0, max = 1))]
    pub pass_through: f64,
    #[schemars(range(min = 0, max = 1000000))]
    pub fixed_cost_gbp: f64,
    #[schemars(range(min = 0, max = 1))]
    pub delivered_unmonitored: f64,
    #[schemars(range(min = 0, max = 1))]
    pub delivered_monitored: f64,
    #[schemars(range(min = 0, max = 1))]
    pub seen_through: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StaffTimeRules {
    #[schemars(range(min = 0, max = 10000))]
    pub direct_hours: f64,
    #[schemars(range(min = 0, max = 10000))]
    pub quotes_hours: f64,
    #[schemars(range(min = 0, max = 10000))]
    pub below_threshold_hours: f64,
    #[schemars(range(min = 0, max = 10000))]
    pub open_hours: f64,
    #[schemars(range(min = 0, max = 10000))]
    pub call_off_hours: f64,
    #[schemars(range(min = 0, max = 10000))]
    pub extension_hours: f64,
    #[schemars(range(min = 0, max = 10000))]
    pub evaluation_hours_a_bid: f64,
    #[schemars(range(min = 0, max = 10000))]
    pub tailoring_hours: f64,
    #[schemars(range(min = 0, max = 10000))]
    pub engagement_hours: f64,
    #[schemars(range(min = 0, max = 10000))]
    pub monitoring_hours_a_month: f64,
    #[schemars(range(min = 0, max = 10000))]
    pub hours_a_month: f64,
    #[schemars(range(min = 0, max = 1000))]
    pub hour_gbp: f64,
    #[schemars(range(min = 0, max = 100))]
    pub tailoring_lead_months: u16,
    #[schemars(range(min = 0, max = 100))]
    pub engagement_lead_months: u16,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeliveryRules {
    #[schemars(range(min = 0, max = 60))]
    pub mobilisation_months: u16,
    #[schemars(range(min = 0, max = 60))]
    pub mobilisation_months_above_threshold: u16,
    #[schemars(range(min = 0, max = 1))]
    pub mobilisation_loss: f64,
    #[schemars(range(min = 0, max = 60))]
    pub extension_months: u16,
    #[schemars(range(min = 0, max = 20))]
    pub extensions_at_most: u8,
    #[schemars(range(min = 0, max = 5))]
    pub failure_premium: f64,
    #[schemars(range(min = 0, max = 60))]
    pub failure_gap_months: u16,
    #[schemars(range(min = 0, max = 1))]
    pub challenge_chance: f64,
    #[schemars(range(min = 0, max = 100))]
    pub challenge_rises_with_discretion: f64,
    #[schemars(range(min = 0, max = 100000000))]
    pub challenge_cost_gbp: f64,
    #[schemars(range(min = 0, max = 60))]
    pub challenge_delay_months: u16,
    #[schemars(range(min = 0, max = 5))]
    pub own_cost: f64,
    #[schemars(range(min = 0, max = 60))]
    pub own_mobilisation_months: u16,
}
