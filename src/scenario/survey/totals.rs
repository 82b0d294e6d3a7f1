//! Rows of a ledger that are sums of other rows, and would be counted beside them; and amounts in thousands.

use super::answer::Answer;
use super::fields::{Means, Whole};
use super::gather::Entry;
use super::spending::{STAFF, Spending, spending};
use super::words::{any, on, outside, respends, words};
use crate::scenario::Diagnostic;
use crate::scenario::grid::{Decimal, Unit, read};

const ALL: &str = "total totals sum all overall";
const OF_ALL: &str = "grand of the in spend spent spending paid payments expenditure amount gbp pounds";
const LOCAL: &str = "local locally area r2";
const SOME: &str = "supplier suppliers vendor vendors subcontractor subcontractors contractors supplies purchases goods services \
    local locally nonlocal outside in area";

/// Whether a name says nothing but that its row is the sum of all.
pub(super) fn is_total(name: &str) -> bool {
    let words = words(name);
    any(&words, ALL) && words.iter().all(|word| on(ALL, word) || on(OF_ALL, word))
}

/// A sum of some rows, told by its name.
pub(super) fn is_subtotal(name: &str) -> bool {
    let words = words(name);
    let named = any(&words, "subtotal subtotals")
        || words.windows(2).any(|pair| pair[0] == "sub" && on(ALL, &pair[1]));
    let general = |word: &String| {
        on("sub subtotal subtotals", word) || is_total_of_some(&["all".to_owned(), word.clone()])
    };
    named && words.iter().all(general)
}

pub(super) fn subtotal(name: &str, any: &Answer) -> Diagnostic {
    any.wrong(format!("\"{name}\" would be counted beside its rows"), "take the row out")
}

/// Whether words say that a row is the sum of some: "Total local staff", "All suppliers"; not "All Saints Cafe".
fn is_total_of_some(words: &[String]) -> bool {
    let general = |word: &String| on(ALL, word) || on(OF_ALL, word) || on(SOME, word) || on(STAFF, word);
    any(words, ALL) && words.iter().all(general)
}

/// A row called a total of some, "Total staff", which comes to what the rows above it come to, or all others of its kind.
pub(super) fn doubtful(entries: &[Entry]) -> Vec<Diagnostic> {
    let amount = |entry: &Entry| entry.paid.as_ref().and_then(|paid| paid.amount().ok()).unwrap_or(0.0);
    let near = |a: f64, b: f64| b > 0.0 && (a - b).abs() <= 0.005 * b;
    let alike = |k: usize, i: usize| entries[k].kind == entries[i].kind;
    let is_sum = |k: usize| {
        let own = amount(&entries[k]);
        let mut above = 0.0;
        let run = (0..k).rev().enumerate().any(|(n, i)| {
            above += if alike(k, i) { amount(&entries[i]) } else { 0.0 };
            n > 0 && near(above, own)
        });
        let others: Vec<f64> =
            (0..entries.len()).filter(|i| *i != k && alike(k, *i)).map(|i| amount(&entries[i])).collect();
        run || (others.len() > 1 && near(others.iter().sum(), own))
    };
    let called = |k: &usize| is_total_of_some(&words(&entries[*k].name)) && is_sum(*k);
    let told = |k: usize| {
        let remedy = "take the row out if it is their sum; else give it a name without \"total\"";
        Some(entries[k].paid.as_ref()?.wrong("other rows come to this: is it their sum?", remedy))
    };
    (0..entries.len()).filter(called).filter_map(told).collect()
}

/// An amount in thousands, in pounds.
pub(super) fn from_thousands(mut of: Answer) -> Answer {
    if let Some(written) = read(&of.text, of.decimal).filter(|written| written.unit != Unit::Percent) {
        (of.text, of.decimal) = ((written.value * 1000.0).to_string(), Decimal::Point);
    }
    of
}

/// What a key of totals tells of staff and suppliers together, who are all that is paid.
pub(super) fn of_both(name: &str, part: Means) -> Option<(Whole, Means)> {
    let words = words(name);
    let suppliers = any(&words, "supplier suppliers vendor vendors subcontractor subcontractors contractors");
    let joined = any(&words, "and") || name.contains(['&', '+']);
    if !(suppliers && joined && any(&words, STAFF)) {
        return None;
    }
    let what = match () {
        () if respends(&words) => Whole::Respend,
        () if outside(&words) => Whole::Elsewhere,
        () => match spending(&words) {
            Some(Spending::Again(_)) => Whole::Respend,
            Some(Spending::Unclear(_)) => Whole::Unclear,
            Some(Spending::Paid(_)) => Whole::Local,
            None if any(&words, LOCAL) => Whole::Local,
            None => Whole::Total,
        },
    };
    Some((what, part))
}
