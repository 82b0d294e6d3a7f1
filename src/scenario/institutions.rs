//! Institutions that a policy may found, each with staff and costs: what a scenario says of them. What they do stands in
//! `economy::institutions`.

use super::policy::{Financing, Reach};
use crate::place::vocabulary::{LocalDefinition, Ownership};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a plan of the network binds its members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// At the level of the least committed member.
    Least,
    /// At the mean of the members, weighted by what they buy.
    #[default]
    Mean,
    /// At the level of the most committed.
    Most,
}

/// What a social enterprise is founded as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SocialForm {
    /// A worker co-operative.
    Cooperative,
    /// A community interest company or charity.
    #[default]
    Vcse,
}

impl SocialForm {
    pub fn ownership(self) -> Ownership {
        match self {
            SocialForm::Cooperative => Ownership::Cooperative,
            SocialForm::Vcse => Ownership::Vcse,
        }
    }
}

/// A strategic plan of the anchors in reach: what is agreed, and how it binds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StrategicPlan {
    #[serde(flatten)]
    pub reach: Reach,
    /// How far the plan goes of what the members' commitment would bear, 0 to 1. Neutral: 0.
    #[schemars(range(min = 0, max = 1))]
    pub ambition: f64,
    /// Whose commitment binds all.
    #[serde(default)]
    pub rule: Binding,
    /// Weight of social value agreed, share of the score.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub social_value_weight: f64,
    /// Points in the hundred agreed for local bids below the threshold in law.
    #[serde(default)]
    #[schemars(range(min = 0, max = 100))]
    pub local_points: f64,
    /// Local suppliers to be asked, at the least.
    #[serde(default)]
    #[schemars(range(min = 0, max = 100))]
    pub invite_local: u16,
    /// The definition of local that all adopt.
    #[serde(default)]
    pub definition: LocalDefinition,
    /// How far lead staff with a remit across the organisation make up for what is lost between executives and officers.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub remit: f64,
    /// How far falling short has consequences: the part of its shortfall that a member makes up because of them.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub consequences: f64,
    /// Champions inside the members, who quicken adoption.
    #[serde(default)]
    pub champions: bool,
    /// Lead staff, full-time, at each member.
    #[serde(default)]
    #[schemars(range(min = 0, max = 10000))]
    pub lead_fte: f64,
    /// Who pays for the lead staff.
    #[serde(default)]
    pub financed_by: Financing,
}

/// A social impact hub, hosted by the council.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImpactHub {
    #[serde(flatten)]
    pub reach: Reach,
    /// Outreach staff, full-time: they find community groups and register what is needed. Neutral: 0.
    #[schemars(range(min = 0, max = 10000))]
    pub outreach_fte: f64,
    /// Staff who follow up offers that were matched. Neutral: 0.
    #[schemars(range(min = 0, max = 10000))]
    pub follow_up_fte: f64,
    /// Months before their letting that needs of the members are shown to suppliers. Neutral: 0.
    #[schemars(range(min = 0, max = 60))]
    pub showcase_months: u16,
    /// Offers that suppliers make of themselves, binding nobody, a year. Neutral: 0.
    #[serde(default)]
    #[schemars(range(min = 0, max = 10000))]
    pub unprompted_a_year: f64,
    /// Platform and running costs a year, GBP.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1000000000))]
    pub running_gbp_a_year: f64,
    /// Who pays.
    #[serde(default = "Financing::levy")]
    pub financed_by: Financing,
}

/// A business incubator, hosted by the council.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Incubator {
    #[serde(flatten)]
    pub reach: Reach,
    /// Enterprises founded a year, in the categories with the largest leak. Neutral: 0.
    #[schemars(range(min = 0, max = 1000))]
    pub starts_a_year: f64,
    /// What they are founded as.
    #[serde(default)]
    pub form: SocialForm,
    /// Seed money for each, GBP.
    #[schemars(range(min = 0, max = 10000000))]
    pub seed_gbp: f64,
    /// Shared space for each while it is young, GBP a year.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1000000))]
    pub space_gbp_a_year: f64,
    /// Mentors, full-time. Neutral: 0.
    #[serde(default)]
    #[schemars(range(min = 0, max = 10000))]
    pub mentors_fte: f64,
    /// Who pays: by default a levy on the anchors.
    #[serde(default = "Financing::levy")]
    pub financed_by: Financing,
}

/// A co-operative development agency, hosted by the council.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CooperativeAgency {
    #[serde(flatten)]
    pub reach: Reach,
    /// Worker co-operatives founded a year. Neutral: 0.
    #[schemars(range(min = 0, max = 1000))]
    pub starts_a_year: f64,
    /// Family firms that their staff take over a year. Neutral: 0.
    #[schemars(range(min = 0, max = 1000))]
    pub conversions_a_year: f64,
    /// Advisers, full-time. Neutral: 0.
    #[serde(default)]
    #[schemars(range(min = 0, max = 10000))]
    pub advisers_fte: f64,
    /// Who pays.
    #[serde(default = "Financing::levy")]
    pub financed_by: Financing,
}

/// A community development finance institution: a lender to small firms that others refuse.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cdfi {
    #[serde(flatten)]
    pub reach: Reach,
    /// Capital paid in over the first year, GBP. Neutral: 0.
    #[schemars(range(min = 0, max = 10000000000.0))]
    pub capital_gbp: f64,
    /// Loans a year at the most, as far as the fund reaches.
    #[schemars(range(min = 0, max = 100000))]
    pub loans_a_year: f64,
    /// Size of a loan, GBP.
    #[schemars(range(min = 100, max = 10000000))]
    pub loan_gbp: f64,
    /// Staff, full-time. Neutral: 0.
    #[serde(default)]
    #[schemars(range(min = 0, max = 10000))]
    pub staff_fte: f64,
    /// Who pays in the capital and pays the staff.
    #[serde(default = "Financing::levy")]
    pub financed_by: Financing,
}

/// How institutions work: figures that no lever changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InstitutionRules {
    #[schemars(range(min = 0, max = 1))]
    pub executive_to_officer: f64,
    #[schemars(range(min = 1, max = 10))]
    pub champions_speed: f64,
    #[schemars(range(min = 0, max = 10000))]
    pub needs_a_year: f64,
    #[schemars(range(min = 1, max = 1000000))]
    pub need_median_gbp: f64,
    #[schemars(range(min = 0, max = 3))]
    pub need_spread: f64,
    #[schemars(range(min = 1, max = 240))]
    pub need_lapses_months: u16,
    #[schemars(range(min = 0, max = 1000))]
    pub registered_per_fte_year: f64,
    #[schemars(range(min = 0, max = 1000))]
    pub followed_per_fte: f64,
    #[schemars(range(min = 0, max = 1))]
    pub match_chance: f64,
    #[schemars(range(min = 0, max = 1))]
    pub hub_insight: f64,
    #[schemars(range(min = 0, max = 60))]
    pub lead_months: u16,
    #[schemars(range(min = 0, max = 240))]
    pub mentored_months: u16,
    #[schemars(range(min = 0, max = 1))]
    pub mentored_quality: f64,
    #[schemars(range(min = 0, max = 60))]
    pub buyout_months_of_sales: f64,
    #[schemars(range(min = 1, max = 600))]
    pub loan_term_months: u16,
    #[schemars(range(min = 0, max = 1))]
    pub loan_interest: f64,
}
