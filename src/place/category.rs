//! What anchors buy, and how it is bought.

use super::vocabulary::{Sector, Subject};

/// A category of anchor spending.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Category {
    pub id: String,
    pub name: String,
    /// Sector of supply.
    pub sector: Sector,
    /// Share of spend with suppliers in the city (site), assumed and fitted to the 48% total.
    pub in_city: f64,
    pub in_region: f64,
    /// Contract value a year: lognormal, median and sigma of the log.
    pub value_median: f64,
    pub value_sigma: f64,
    /// Contract length in months: median, shortest, longest.
    pub months_median: f64,
    pub months_min: u16,
    pub months_max: u16,
    /// What the law takes it for; sets the threshold.
    pub subject: Subject,
    /// Share of need for which few suppliers qualify.
    pub specificity: f64,
    /// Share of value let through frameworks, before the anchor's factor.
    pub framework_share: f64,
    /// How far a buyer can tell quality before award, 0 to 1.
    pub quality_seen: f64,
    /// Cost of changing supplier, share of the contract's value.
    pub switching_cost: f64,
    /// Share of contracts tied to the incumbent.
    pub lock_in: f64,
    /// Usual number of lots when a contract is split.
    pub lots: u16,
}

impl Category {
    /// The one category of a town file, which knows none.
    pub fn only() -> Category {
        Category {
            id: "all".into(),
            name: "All purchases".into(),
            sector: Sector::G,
            in_city: 1.0,
            in_region: 0.0,
            value_median: 0.0,
            value_sigma: 0.0,
            months_median: 12.0,
            months_min: 12,
            months_max: 12,
            subject: Subject::GoodsServices,
            specificity: 0.0,
            framework_share: 0.0,
            quality_seen: 1.0,
            switching_cost: 0.0,
            lock_in: 0.0,
            lots: 1,
        }
    }
}
