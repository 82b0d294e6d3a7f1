//! Which uncertain settings an answer hangs on: designs of runs, and estimators from their results.

pub mod design;
pub mod indices;

use super::table::{Cell, Column, Table};
use indices::{Estimate, Screened, Shares};

/// What was estimated for one metric of one scenario, a row a setting.
pub enum Found {
    Screened(Vec<Screened>),
    Shares(Vec<Shares>),
}

/// Estimates for a scenario's difference from its reference in a metric.
pub struct OfMetric {
    pub scenario: String,
    pub metric: &'static str,
    pub unit: &'static str,
    pub found: Found,
}

/// `sensitivity.csv`.
pub fn table(all: &[OfMetric], settings: &[&str]) -> Table {
    let mut table = Table::new(
        "sensitivity",
        vec![
            Column::new("scenario", "", "Scenario whose difference from its reference is explained"),
            Column::new("metric", "", "What is measured"),
            Column::new("setting", "", "Uncertain setting"),
            Column::new(
                "measure",
                "",
                "Morris: mu_star, mu, sigma of elementary effects over a setting's range; Sobol: first, total",
            ),
            Column::new("value", "as in unit", "The estimate"),
            Column::new("low", "as in unit", "Lower end of its 95% interval by bootstrap"),
            Column::new("high", "as in unit", "Upper end of it"),
            Column::new("unit", "", "Unit of the estimate"),
        ],
    );
    for of in all {
        let mut push = |setting: usize, measure: &str, estimate: Estimate, unit: &str| {
            let end = |x: Option<f64>| x.map_or(Cell::Empty, |x| Cell::Real(x, 6));
            table.push(vec![
                of.scenario.as_str().into(),
                of.metric.into(),
                settings[setting].into(),
                measure.into(),
                Cell::Real(estimate.value, 6),
                end(estimate.interval.map(|i| i.0)),
                end(estimate.interval.map(|i| i.1)),
                unit.into(),
            ]);
        };
        match &of.found {
            Found::Screened(rows) => {
                for (i, row) in rows.iter().enumerate() {
                    push(i, "mu_star", row.mu_star, of.unit);
                    push(i, "mu", row.mu, of.unit);
                    push(i, "sigma", row.sigma, of.unit);
                }
            }
            Found::Shares(rows) => {
                for (i, row) in rows.iter().enumerate() {
                    push(i, "first", row.first, "share of variance");
                    push(i, "total", row.total, "share of variance");
                }
            }
        }
    }
    table
}
