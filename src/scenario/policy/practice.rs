//! Levers on how the anchors work: staff, systems, time, money.

use super::{Financing, Reach};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// GBP for each pound of bidding spared (assumed: the help costs what it spares).
fn one() -> f64 {
    1.0
}

/// GBP a year for each officer and tenth of the hours (assumed).
fn systems_gbp() -> f64 {
    1_500.0
}

/// GBP a year for each percent: GBP 150,000 for half the risk (assumed: two lawyers).
fn advice_gbp() -> f64 {
    3_000.0
}

entries! {
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

    /// Systems that spare officers hours in each letting.
    procurement_it: ProcurementIt {
        /// Hours of a letting that are spared, in percent. Neutral: 0.
        #[schemars(range(min = 0, max = 90))]
        hours_saved_percent: f64,
        /// Cost of the systems for each officer, a year, for a tenth of the hours saved.
        #[serde(default = "systems_gbp")]
        #[schemars(range(min = 0, max = 100000))]
        cost_gbp_yearly_an_officer: f64,
        /// Who pays for them.
        #[serde(default)]
        financed_by: Financing,
    }

    /// Lawyers whom the anchors share: fewer awards are challenged.
    legal_advice_pool: LegalAdvicePool {
        /// Cut of the chance of a challenge, in percent. Neutral: 0.
        #[schemars(range(min = 0, max = 100))]
        risk_cut_percent: f64,
        /// Cost of the pool for the whole network, a year, for each percent of the cut.
        #[serde(default = "advice_gbp")]
        #[schemars(range(min = 0, max = 10000000))]
        cost_gbp_yearly_a_percent: f64,
        /// Who pays for it.
        #[serde(default = "Financing::levy")]
        financed_by: Financing,
    }

    /// Pays contracts sooner than 30 days after the invoice.
    prompt_payment: PromptPayment {
        /// Days to pay. Neutral: 30.
        #[schemars(range(min = 0, max = 30))]
        days: u16,
        /// Who pays the interest on money that leaves sooner.
        #[serde(default)]
        financed_by: Financing,
    }
}
