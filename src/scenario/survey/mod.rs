//! An LM3 survey: what an organisation received, whom it paid, and how much of that is spent again in the area
//! (New Economics Foundation 2002, *The Money Trail*). TOML with comments, or CSV: payee, amount, local, respend.

mod csv;
mod starter;
mod toml;
mod town;

use super::io_table;
use crate::place::PlaceError;
pub use starter::{STARTER, write_file, write_new};
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
    /// Share of it that lands in the area: of staff those who live there; a supplier's is 0 or 1.
    pub local: f64,
    /// Share that is spent in the area again: of staff, of the pay of those who live there.
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
            Kind::Staff => self.paid * self.local * self.respend,
            Kind::Supplier => self.paid * self.respend,
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
}

/// What a receiver that was not asked is taken to spend in the area.
pub struct DefaultRate {
    pub key: &'static str,
    pub share: f64,
    pub source: &'static str,
    pub flag: &'static str,
}

/// The program's default rates.
pub const DEFAULTS: [DefaultRate; 3] = [
    DefaultRate {
        key: "staff_respend",
        share: 0.59,
        source: "Smith Institute on the Real Living Wage: of a £40.95m rise £24m reaches the local economy",
        flag: "derived",
    },
    DefaultRate {
        key: "supplier_respend",
        share: 0.76,
        source: "nef and Northumberland County Council 2005: local suppliers spend 76p of a pound locally",
        flag: "published",
    },
    DefaultRate {
        key: "outside_respend",
        share: 0.0,
        source: "nef's method does not ask suppliers outside the area (Northumberland found 0.36)",
        flag: "assumed",
    },
];

/// Read a survey: CSV by its ending, TOML otherwise.
pub fn load(path: &Path) -> Result<Survey, PlaceError> {
    let text = io_table::text(path)?;
    let file = path.display().to_string();
    let is_csv = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"));
    if is_csv { csv::parse(&file, &text) } else { toml::parse(&file, &text) }
}

/// A survey from the text of a TOML file.
pub fn parse(file: &str, text: &str) -> Result<Survey, PlaceError> {
    toml::parse(file, text)
}

/// A survey from the text of a CSV file.
pub fn parse_csv(file: &str, text: &str) -> Result<Survey, PlaceError> {
    csv::parse(file, text)
}

/// An amount in pounds: finite and not negative.
fn amount(value: f64, wrong: impl Fn(&str) -> PlaceError) -> Result<f64, PlaceError> {
    if !value.is_finite() || value > 1e13 {
        return Err(wrong("write an amount in pounds"));
    }
    if value < 0.0 {
        return Err(wrong("an amount is not negative: a refund is taken off what was paid"));
    }
    Ok(value)
}

/// A share from nought to one.
fn share(value: f64, wrong: impl Fn(&str) -> PlaceError) -> Result<f64, PlaceError> {
    if value > 1.0 {
        return Err(wrong("a share is at most 1: write 0.45 for 45%"));
    }
    if !value.is_finite() || value < 0.0 {
        return Err(wrong("a share is from 0 to 1: write 0.45 for 45%"));
    }
    Ok(value)
}

/// What must hold of the whole: something paid, and no more than came in. The line is that of the income.
fn whole(survey: Survey, stated: Option<(f64, Option<usize>)>) -> Result<Survey, PlaceError> {
    let paid = survey.payees.iter().fold(0.0, |sum, p| sum + p.paid);
    let file = survey.file.clone();
    if paid <= 0.0 {
        let remedy = "nothing is paid to anyone: list staff and suppliers with what they were paid";
        return Err(PlaceError::wrong(&file, None, "payments", paid, remedy));
    }
    let Some((income, line)) = stated else {
        return Ok(Survey { income: paid, income_stated: false, ..survey });
    };
    if paid > income * (1.0 + 1e-9) {
        let remedy = format!(
            "£{paid:.2} is paid, more than the income: correct one, or leave the income out (it is then what is paid)"
        );
        return Err(PlaceError::wrong(&file, line, "income_gbp", income, remedy));
    }
    Ok(Survey { income, income_stated: true, ..survey })
}
