//! Months as a user writes them ("2026-04"), and as the engine counts them.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar month; ordered, and counted in whole months.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Date {
    months: i32,
}

impl Date {
    pub fn new(year: i32, month: u32) -> Option<Date> {
        (1..=12).contains(&month).then_some(Date { months: year * 12 + month as i32 - 1 })
    }
    /// Parse "YYYY-MM".
    pub fn parse(text: &str) -> Option<Date> {
        let (year, month) = text.split_once('-')?;
        if year.len() != 4 || month.len() != 2 || !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?)
    }
    pub fn year(self) -> i32 {
        self.months.div_euclid(12)
    }
    pub fn month_of_year(self) -> u32 {
        self.months.rem_euclid(12) as u32 + 1
    }
    pub fn plus(self, months: i32) -> Date {
        Date { months: self.months + months }
    }
    /// Whole months from `earlier` to this month; negative when this one is the earlier.
    pub fn since(self, earlier: Date) -> i32 {
        self.months - earlier.months
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month_of_year())
    }
}
