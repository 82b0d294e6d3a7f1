//! Levers on how needs are packaged and let, and who takes part.

use super::{Across, Financing, Group, Reach};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// GBP a year for each million (assumed: two buyers at two days each).
fn training_gbp() -> f64 {
    1_000.0
}

entries! {
    /// At least this many of the suppliers asked are local (early market engagement).
    local_invitations: LocalInvitations {
        /// Local suppliers among those who are asked, at the least. Neutral: 0.
        #[schemars(range(min = 0, max = 100))]
        at_least: u16,
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

    /// Keeps places of frameworks for lots by area of delivery when frameworks are let.
    framework_lots: FrameworkLots {
        /// Share of the places on a framework. Neutral: 0.
        #[schemars(range(min = 0, max = 1))]
        share: f64,
        /// Who pays for letting the lots.
        #[serde(default = "Financing::levy")]
        financed_by: Financing,
    }

    /// Publishes what is to be let beforehand, so that more suppliers hear of it and can make room.
    pipeline_notices: PipelineNotices {
        /// Months between the notice and the letting. Neutral: 0.
        #[schemars(range(min = 0, max = 60))]
        notice_months: u16,
    }

    /// Trains devolved buyers, so that they buy under the policy.
    buyer_training: BuyerTraining {
        /// Share of what is bought off policy that comes under it. Neutral: 0.
        #[schemars(range(min = 0, max = 1))]
        share: f64,
        /// Cost of training for each million pounds a year that is brought under policy, a year.
        #[serde(default = "training_gbp")]
        #[schemars(range(min = 0, max = 1000000))]
        cost_gbp_yearly_a_million: f64,
        /// Who pays for it.
        #[serde(default)]
        financed_by: Financing,
    }
}
