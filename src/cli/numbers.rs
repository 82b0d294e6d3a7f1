//! Numbers as they are printed: levels, differences, intervals.

use crate::measure::compare::Difference;
use crate::output::places::{places, shows};
use crate::output::report::words;

/// A difference with its interval, if there is one.
pub(super) fn change(d: &Difference, decimals: usize) -> String {
    let Some((low, high)) = d.interval else { return signed(d.mean, decimals) };
    let decimals = places((low, high), decimals);
    format!("{} ({} to {})", signed(d.mean, decimals), signed(low, decimals), signed(high, decimals))
}

/// A value with its interval, if there is one.
pub(super) fn level(value: f64, interval: Option<(f64, f64)>, decimals: usize) -> String {
    let Some(interval) = interval else { return number(value, decimals) };
    format!("{} ({})", number(value, places(interval, decimals)), ends(interval, decimals))
}

/// An interval by itself.
pub(super) fn ends((low, high): (f64, f64), decimals: usize) -> String {
    let decimals = places((low, high), decimals);
    format!("{} to {}", number(low, decimals), number(high, decimals))
}

fn signed(x: f64, decimals: usize) -> String {
    format!("{}{}", if x > 0.0 && shows(x, decimals) { "+" } else { "" }, number(x, decimals))
}

/// A number with thousands separated, and no sign on zero. A hyphen is its minus, so that it can be copied.
pub(super) fn number(value: f64, decimals: usize) -> String {
    words::number(value, decimals).replace('−', "-")
}
