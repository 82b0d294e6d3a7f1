//! The levers: what a policy may pull, each with its reach and its own fields. How each is told to users
//! stands in `levers.rs`, what it does in `economy::plan`.

use super::institutions::*;
use crate::place::vocabulary::{LocalDefinition, Zone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// Months over which its effect grows evenly to the full one, from its first month on; whole numbers and words
    /// hold from the month in which half is reached. At once when 0.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1200))]
    pub ramp_months: u16,
}

/// Who pays for what a lever or an institution costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Financing {
    /// The anchor that spends it buys so much less of everything else.
    #[default]
    Budget,
    /// All anchors, in proportion to what they buy, buy so much less.
    Levy,
    /// The city's households, in proportion to their council tax.
    CouncilTax,
    /// Central government.
    Grant,
}

impl Financing {
    pub const ALL: [Financing; 4] =
        [Financing::Budget, Financing::Levy, Financing::CouncilTax, Financing::Grant];

    /// The default of levers that serve all anchors.
    pub fn levy() -> Financing {
        Financing::Levy
    }

    pub fn label(self) -> &'static str {
        match self {
            Financing::Budget => "budget",
            Financing::Levy => "levy",
            Financing::CouncilTax => "council_tax",
            Financing::Grant => "grant",
        }
    }
}

macro_rules! levers {
    (@institutions { $($own:ident: $owner:ident),+ $(,)? }
     $($(#[$doc:meta])* $name:ident: $entry:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty),+ $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
            pub struct $entry {
                #[serde(flatten)]
                pub reach: Reach,
                $($(#[$fdoc])* pub $field: $type),+
            }
        )+
        /// The levers pulled: one list per lever, each entry with its own dates.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        pub struct Policy {
            $(#[serde(default)] pub $name: Vec<$entry>,)+
            $(#[serde(default)] pub $own: Vec<$owner>,)+
        }
        impl Policy {
            /// Every entry's reach, with its lever and its position in that lever's list.
            pub fn reaches(&self) -> Vec<(&'static str, usize, &Reach)> {
                let mut all = Vec::new();
                $(all.extend(self.$name.iter().enumerate().map(|(i, entry)| (stringify!($name), i, &entry.reach)));)+
                $(all.extend(self.$own.iter().enumerate().map(|(i, entry)| (stringify!($own), i, &entry.reach)));)+
                all
            }

            /// Keep the entries that are wanted, by lever and position in that lever's list.
            pub fn retain(&mut self, wanted: impl Fn(&'static str, usize) -> bool) {
                $(
                    let mut at = 0..;
                    self.$name.retain(|_| at.next().is_some_and(|i| wanted(stringify!($name), i)));
                )+
                $(
                    let mut at = 0..;
                    self.$own.retain(|_| at.next().is_some_and(|i| wanted(stringify!($own), i)));
                )+
            }
        }
    };
}

/// For whom a competition is reserved, or who is preferred in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Nobody in particular.
    None,
    /// Suppliers with a site in the area in law: the city and its neighbours.
    Local,
    /// Suppliers of the United Kingdom.
    Uk,
    /// Enterprises with fewer than 250 people and no group behind them.
    Sme,
    /// Community interest companies and charities, and co-operatives with them.
    Vcse,
    /// Small enterprises of the area.
    LocalSme,
}

/// Which needs are put together in one competition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Across {
    /// Each need by itself.
    Need,
    /// All that one anchor has due in a category.
    Anchor,
    /// All that the anchors in reach have due in a category.
    Network,
}

/// Who provides when a need leaves the market.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Own staff.
    OwnStaff,
    /// A company that the anchor owns wholly.
    OwnedCompany,
    /// The other anchor that buys most.
    OtherAnchor,
}

fn one() -> f64 {
    1.0
}

levers! {
    @institutions {
        strategic_plan: StrategicPlan, impact_hub: ImpactHub, incubator: Incubator,
        cooperative_agency: CooperativeAgency, cdfi: Cdfi,
    }

    /// Extra points for a local bid, in the hundred, on tenders up to a value.
    local_preference: LocalPreference {
        /// Points in the hundred added to a local bid's score. Neutral: 0.
        #[schemars(range(min = 0, max = 100))]
        points: f64,
        /// Largest whole-life contract value, GBP including VAT, to which it applies; never beyond the threshold
        /// in law.
        #[schemars(range(min = 0, max = 1000000000))]
        up_to_gbp: f64,
        /// How near a supplier's site must be to count at all.
        local: Zone,
        /// What makes a bid local: points are given in proportion to the supplier's share under this definition.
        #[serde(default)]
        definition: LocalDefinition,
    }

    /// At least this many of the suppliers asked are local (early market engagement).
    local_invitations: LocalInvitations {
        /// Local suppliers among those who are asked, at the least. Neutral: 0.
        #[schemars(range(min = 0, max = 100))]
        at_least: u16,
    }

    /// Caps the weight of price in the award; quality and social value share the rest as before.
    price_weight: PriceWeight {
        /// Weight of price at the most, a share of one. Neutral: 1.
        #[schemars(range(min = 0, max = 1))]
        at_most: f64,
    }

    /// Raises the weight of social value; price and quality share the rest as before.
    social_value_weight: SocialValueWeight {
        /// Weight of social value at the least, a share of one. Neutral: 0.
        #[schemars(range(min = 0, max = 1))]
        at_least: f64,
        /// Value from which social value is asked for, GBP including VAT, where the anchor's own rules say more.
        #[serde(default)]
        #[schemars(range(min = 0, max = 1000000000))]
        from_gbp: Option<f64>,
    }

    /// Extra points for bids of a group of suppliers, below the threshold in law.
    group_preference: GroupPreference {
        /// Points in the hundred added to a bid's score. Neutral: 0.
        #[schemars(range(min = 0, max = 100))]
        points: f64,
        /// Whose bids earn them.
        group: Group,
    }

    /// Reserves competitions below the threshold for a group of suppliers, where the law allows it.
    reservation: Reservation {
        /// Who alone may bid. Neutral: none.
        group: Group,
    }

    /// Splits needs into lots, each awarded by itself.
    lots: Lots {
        /// Lots that a need is split into. Neutral: 1.
        #[schemars(range(min = 1, max = 50))]
        number: u16,
        /// Whole-life value from which a need is split, GBP including VAT.
        #[schemars(range(min = 0, max = 1000000000))]
        from_gbp: f64,
    }

    /// Puts needs of a category that are due together into one competition.
    aggregation: Aggregation {
        /// Which needs are put together. Neutral: need.
        across: Across,
    }

    /// Raises the value up to which quotes (lowest price among a few) are enough.
    quotes_threshold: QuotesThreshold {
        /// Value up to which quotes are asked for, GBP including VAT, at the least. Neutral: 0.
        #[schemars(range(min = 0, max = 1000000000))]
        at_least_gbp: f64,
    }

    /// Changes how much is let through frameworks.
    framework_use: FrameworkUse {
        /// Change of the share of needs let through frameworks, in percent. Neutral: 0.
        #[schemars(range(min = -100, max = 1000))]
        change_percent: f64,
    }

    /// Opens a dynamic market, which suppliers may join at any time, in place of frameworks.
    dynamic_market: DynamicMarket {
        /// Share of the needs let through frameworks that go to the dynamic market instead. Neutral: 0.
        #[schemars(range(min = 0, max = 1))]
        share: f64,
    }

    /// Tightens the cap on a contract's share of a bidder's turnover.
    turnover_cap: TurnoverCap {
        /// Share of turnover that a contract may make at the most. Neutral: 10.
        #[schemars(range(max = 10), extend("exclusiveMinimum" = 0))]
        at_most: f64,
    }

    /// Procurement officers beyond the team there is, paid by the anchor.
    procurement_staff: ProcurementStaff {
        /// Full-time officers more, at each anchor in reach. Neutral: 0.
        #[schemars(range(min = 0, max = 10000))]
        extra_fte: f64,
        /// Who pays for them.
        #[serde(default)]
        financed_by: Financing,
    }

    /// Staff who follow up what suppliers promised, paid by the anchor.
    monitoring_staff: MonitoringStaff {
        /// Full-time contract managers more, at each anchor in reach. Neutral: 0.
        #[schemars(range(min = 0, max = 10000))]
        extra_fte: f64,
        /// Who pays for them.
        #[serde(default)]
        financed_by: Financing,
    }

    /// Starts earlier: the time between the first notice of a need and its letting.
    early_engagement: EarlyEngagement {
        /// Lead time at the least. Neutral: 0.
        #[schemars(range(min = 0, max = 60))]
        lead_months: u16,
    }

    /// Helps suppliers to bid: simpler papers, workshops, mentors.
    bid_support: BidSupport {
        /// Part of the cost of bidding that small and social enterprises are spared, in percent. Neutral: 0.
        #[schemars(range(min = 0, max = 100))]
        saves_percent: f64,
        /// What the help costs for each pound of bidding that it spares, paid to firms of the professions.
        #[serde(default = "one")]
        #[schemars(range(min = 0, max = 100))]
        cost_per_gbp_spared: f64,
        /// Who pays for it.
        #[serde(default = "Financing::levy")]
        financed_by: Financing,
    }

    /// Takes needs out of the market as their contracts end.
    insourcing: Insourcing {
        /// Share of the needs in reach. Neutral: 0.
        #[schemars(range(min = 0, max = 1))]
        share: f64,
        /// Who provides instead.
        by: By,
    }

    /// A change to procurement budgets (austerity or growth).
    procurement_budget: ProcurementBudget {
        /// Change in percent of the budget without it. Neutral: 0.
        #[schemars(range(min = -100, max = 1000))]
        change_percent: f64,
    }
}
