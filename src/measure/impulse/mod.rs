//! The impulse: two runs under the same luck that differ by a stated extra spend (MODEL section 6 c).
//!
//! Every figure is a difference, with less without, taken within a replicate and month by month, in the money and the
//! people of the real city. Nothing is assumed about the city; for the country see [`places`].

pub mod explained;
pub mod figures;
pub mod places;
pub mod tables;

use super::compare::{Difference, difference};
use super::record::{Record, Snapshot};
use crate::place::national::Averages;

/// The same luck twice: without the extra spend and with it.
#[derive(Clone, Copy)]
pub struct Twin<'a> {
    pub without: &'a Record,
    pub with: &'a Record,
}

/// What is read off a month: pence, or people.
pub type Of = fn(&Snapshot) -> f64;

impl Twin<'_> {
    /// Months that both have.
    pub fn months(&self) -> usize {
        self.without.months.len().min(self.with.months.len())
    }

    /// The difference in people, month by month.
    pub fn heads(&self, of: Of) -> Vec<f64> {
        let pairs = self.without.months.iter().zip(&self.with.months);
        pairs.map(|(a, b)| (of(b) - of(a)) / self.with.scale).collect()
    }

    /// The difference in pounds, month by month.
    pub fn pounds(&self, of: Of) -> Vec<f64> {
        self.heads(of).into_iter().map(|x| x / 100.0).collect()
    }

    /// The difference in pounds over the first `months`.
    pub fn sum(&self, of: Of, months: usize) -> f64 {
        self.pounds(of).iter().take(months).sum()
    }
}

/// What was asked, in words and numbers that the report repeats.
#[derive(Clone, Debug)]
pub struct Asked {
    pub amount_gbp: f64,
    pub to: String,
    /// The same in words, for headings.
    pub to_in_words: String,
    pub months: u16,
    pub start: String,
    pub financed_by: String,
    pub slack: f64,
    pub averages: Averages,
}

/// A measure of the effect on the city.
pub struct Measure {
    pub id: &'static str,
    pub title: &'static str,
    /// Of a month's figure.
    pub unit: &'static str,
    pub meaning: &'static str,
    pub of: Of,
}

/// What the extra spend has changed: money first, jobs last.
pub static MEASURES: [Measure; 4] = [
    Measure {
        id: "output",
        title: "Output",
        unit: "GBP",
        meaning: "Net sales of firms",
        of: |m| m.sales as f64,
    },
    Measure {
        id: "value_added",
        title: "Value added",
        unit: "GBP",
        meaning: "Output less inputs, replacement of capital and taxes on products; the anchors' compensation of employees",
        of: |m| m.account.value_added as f64,
    },
    Measure {
        id: "income",
        title: "Household income after tax",
        unit: "GBP",
        meaning: "Disposable income of households: after income tax, contributions, pension saving and council tax",
        of: |m| m.all.disposable as f64,
    },
    Measure {
        id: "jobs",
        title: "Jobs",
        unit: "jobs",
        meaning: "Jobs at places of work",
        of: |m| m.account.jobs,
    },
];

pub const SPENT: Of = |m| m.account.extra.spent as f64;
pub const RESIDENTS: Of = |m| m.account.jobs - m.account.commuters;
pub const RECEIPTS: Of = |m| m.account.receipts as f64;

/// Mean and interval over replicates of a figure of each.
pub fn over(values: impl IntoIterator<Item = f64>) -> Difference {
    difference(&values.into_iter().map(|x| (0.0, x)).collect::<Vec<_>>())
}

/// Months at which the cumulated multiplier is told: those of the list that the run reaches, and its end.
pub fn horizons(months: usize) -> Vec<usize> {
    let mut found: Vec<usize> = [12, 36, 60, 120].into_iter().filter(|h| *h < months).collect();
    found.push(months);
    found
}
