//! An LM3 survey: what an organisation received, whom it paid, and how much of that is spent again in the area
//! (New Economics Foundation 2002, *The Money Trail*). TOML with comments, or CSV: payee, amount, local, respend.

mod answer;
mod asides;
mod choice;
mod columns;
mod compared;
mod credit;
mod csv;
mod doubts;
mod fields;
mod gather;
mod head;
mod named;
mod outside;
mod pairs;
mod rounds;
mod spending;
mod starter;
mod suggestions;
mod summary;
mod sums;
mod toml;
mod totals;
mod town;
mod units;
mod words;

use super::ScenarioError;
use super::io_table;
pub use starter::STARTER;
use std::path::Path;
pub use town::{scenario_text, town_text};

/// Who is paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Staff,
    Supplier,
}

/// Where a rate comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rate {
    Surveyed,
    /// From the survey's own `[defaults]`.
    OwnDefault,
    /// From the program's defaults.
    Default,
}

/// One receiver of the organisation's money.
#[derive(Clone, Debug)]
pub struct Payee {
    pub name: String,
    pub kind: Kind,
    /// GBP.
    pub paid: f64,
    /// Share of it that lands in the area: of staff those who live there; of a supplier 0 or 1, of a group of suppliers
    /// those who are there.
    pub local: f64,
    /// Share that is spent in the area again: of what lands there; of a supplier outside, of what it is paid.
    pub respend: f64,
    pub rate: Rate,
}

impl Payee {
    /// Received in the area.
    pub fn second_round(&self) -> f64 {
        self.paid * self.local
    }
    /// Spent in the area by whoever received it. A supplier outside may buy inside too.
    pub fn third_round(&self) -> f64 {
        match self.kind {
            Kind::Supplier if self.local == 0.0 => self.paid * self.respend,
            Kind::Staff | Kind::Supplier => self.paid * self.local * self.respend,
        }
    }
}

/// A survey, checked.
#[derive(Clone, Debug)]
pub struct Survey {
    pub file: String,
    pub sha256: String,
    pub organisation: String,
    /// What "local" means in it.
    pub area: String,
    /// R1: what the organisation received, GBP; what it paid in all when the survey does not say.
    pub income: f64,
    pub income_stated: bool,
    /// Where the organisation itself is, when it is the supplier under a contract whose price is R1.
    pub contractor_is_local: Option<bool>,
    pub payees: Vec<Payee>,
    /// How the file was read, where that is not plain: what was passed over, and what was found to be a sum.
    pub notes: Vec<String>,
}

/// What a receiver that was not asked is taken to spend in the area.
pub struct DefaultRate {
    pub key: &'static str,
    pub share: f64,
    pub unit: &'static str,
    pub source: &'static str,
    pub flag: &'static str,
}

/// The program's default rates.
pub const DEFAULTS: [DefaultRate; 3] = [
    DefaultRate {
        key: "staff_respend",
        share: 0.59,
        unit: "share of residents' gross pay",
        source: "Smith Institute on the Real Living Wage: of a £40.95m rise £24m reaches the local economy",
        flag: "derived",
    },
    DefaultRate {
        key: "supplier_respend",
        share: 0.76,
        unit: "share of receipts",
        source: "nef and Northumberland County Council 2005: local suppliers spend 76p of a pound locally",
        flag: "published",
    },
    DefaultRate {
        key: "outside_respend",
        share: 0.0,
        unit: "share of receipts",
        source: "nef's method does not ask suppliers outside the area (Northumberland found 0.36)",
        flag: "assumed",
    },
];

/// Read a survey: CSV by its ending, TOML otherwise.
pub fn load(path: &Path) -> Result<Survey, ScenarioError> {
    let text = io_table::text(path)?;
    let file = path.display().to_string();
    let ends =
        |with: &[&str]| path.extension().is_some_and(|end| with.iter().any(|w| end.eq_ignore_ascii_case(w)));
    if ends(&["csv", "tsv", "txt"]) { csv::parse(&file, &text) } else { toml::parse(&file, &text) }
}

/// A survey from the text of a TOML file.
pub fn parse(file: &str, text: &str) -> Result<Survey, ScenarioError> {
    toml::parse(file, text)
}

/// A survey from the text of a CSV file.
pub fn parse_csv(file: &str, text: &str) -> Result<Survey, ScenarioError> {
    csv::parse(file, text)
}
