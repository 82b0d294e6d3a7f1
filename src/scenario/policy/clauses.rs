//! Levers on what a contract binds its holder to. A clause holds for contracts let while the lever is in force, to
//! their end, and is kept in proportion to monitoring.

use super::Reach;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Percent of the price (assumed).
fn half() -> f64 {
    0.5
}

/// Percent of what is bought (assumed).
fn two() -> f64 {
    2.0
}

entries! {
    /// Staff of who holds a contract are paid the Real Living Wage at the least.
    living_wage_clause: LivingWageClause {
        /// Part of the way from the legal minimum to the Real Living Wage. Neutral: 0.
        #[schemars(range(min = 0, max = 1))]
        level: f64,
        /// Value from which contracts carry the clause, GBP including VAT, whole life.
        #[serde(default)]
        #[schemars(range(min = 0, max = 1000000000))]
        from_gbp: f64,
    }

    /// Who holds a contract takes on residents of the city first, and those of deprived wards before them.
    local_hiring_clause: LocalHiringClause {
        /// How many times as readily a post takes a resident as it would have. Neutral: 1.
        #[schemars(range(min = 1, max = 100))]
        residents_times: f64,
        /// How many times more readily again when the resident lives in the most deprived fifth of wards. Neutral: 1.
        #[schemars(range(min = 1, max = 100))]
        deprived_times: f64,
        /// What looking for, training and keeping them adds to prices, in percent.
        #[serde(default = "half")]
        #[schemars(range(min = 0, max = 50))]
        cost_percent: f64,
        /// Value from which contracts carry the clause, GBP including VAT, whole life.
        #[serde(default)]
        #[schemars(range(min = 0, max = 1000000000))]
        from_gbp: f64,
    }

    /// Who holds a contract buys works and services for it in the city.
    local_subcontracting_clause: LocalSubcontractingClause {
        /// Share of the works and services bought in region and country that moves to sellers in the city. Neutral: 0.
        #[schemars(range(min = 0, max = 1))]
        share: f64,
        /// How much dearer the sellers in the city are, in percent.
        #[serde(default = "two")]
        #[schemars(range(min = 0, max = 100))]
        dearer_percent: f64,
        /// Value from which contracts carry the clause, GBP including VAT, whole life.
        #[serde(default)]
        #[schemars(range(min = 0, max = 1000000000))]
        from_gbp: f64,
    }

    /// Who holds a contract buys goods and materials for it in the city, or such as meet ethical standards.
    local_materials_clause: LocalMaterialsClause {
        /// Share of the goods bought in region and country that moves to sellers in the city. Neutral: 0.
        #[schemars(range(min = 0, max = 1))]
        share: f64,
        /// How much dearer they are, in percent.
        #[serde(default = "two")]
        #[schemars(range(min = 0, max = 100))]
        dearer_percent: f64,
        /// Value from which contracts carry the clause, GBP including VAT, whole life.
        #[serde(default)]
        #[schemars(range(min = 0, max = 1000000000))]
        from_gbp: f64,
    }
}
