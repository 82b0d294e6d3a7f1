//! The words that levers take.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
