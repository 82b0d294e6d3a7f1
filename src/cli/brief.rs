//! The officer's figures of a study: the reference's, and how much each policy changes them.

use super::numbers::{number, signed};
use super::report::{Report, Section};
use crate::measure::compare::{Difference, difference};
use crate::measure::table::Metric;
use crate::output::lines::{
    AWARDS, AWARDS_NOTE, CITY, COST, COST_NOTE, LEAKS, LEAKS_NOTE, Line, MULTIPLIERS,
};

/// Scenarios that the page has room for beside the first; the report and the tables have all.
const MOST: usize = 5;

/// A page of a column a scenario, the first the reference.
pub(super) fn brief(names: &[&str], metrics: &[Vec<Vec<Metric>>]) -> Report {
    let shown = names.len().min(MOST + 1);
    let (names, metrics) = (&names[..shown], &metrics[..shown]);
    let several = metrics.first().is_some_and(|of| of.len() > 1);
    let section = |title: &str, note: Option<&str>, lines: &[Line]| Section {
        title: title.into(),
        note: note.map(str::to_owned),
        columns: std::iter::once("").chain(names.iter().copied()).map(str::to_owned).collect(),
        rows: lines.iter().map(|line| row(line, metrics)).collect(),
    };
    let marks = format!(
        "The first column is {}; the others are differences from it. {}",
        names.first().unwrap_or(&""),
        if several {
            "Without a mark: the 95% interval does not hold zero. With ?: it does, or two replicates \
             are alike and have none, so there is no clear difference."
        } else {
            "One replicate, so no interval: none of them can be told from luck."
        }
    );
    Report {
        heading: String::new(),
        sections: vec![
            section("Of each pound the anchors spend", Some(&marks), &MULTIPLIERS),
            section("Where the whole pound ends up in the end, pence", Some(LEAKS_NOTE), &LEAKS),
            section("The city", Some("Differences of per cents are in percentage points."), &CITY),
            section("What it costs the anchors", Some(COST_NOTE), &COST),
            section("Who wins the contracts", Some(AWARDS_NOTE), &AWARDS),
        ],
        closing: Vec::new(),
    }
}

fn row((label, id, factor, decimals): &Line, metrics: &[Vec<Vec<Metric>>]) -> Vec<String> {
    let values = |of: &[Vec<Metric>]| -> Vec<f64> {
        let found = of.iter().filter_map(|replicate| replicate.iter().find(|m| m.id == *id));
        found.map(|m| m.value * factor).collect()
    };
    let reference = metrics.first().map(|of| values(of)).unwrap_or_default();
    let mean = reference.iter().sum::<f64>() / reference.len().max(1) as f64;
    let less = |of: &Vec<Vec<Metric>>| {
        let pairs: Vec<(f64, f64)> = reference.iter().copied().zip(values(of)).collect();
        marked(&difference(&pairs), *decimals)
    };
    let first = [(*label).to_owned(), number(mean, *decimals)];
    first.into_iter().chain(metrics.iter().skip(1).map(less)).collect()
}

/// A difference, with a question mark where its interval holds zero.
fn marked(of: &Difference, decimals: usize) -> String {
    let plain = signed(of.mean, decimals);
    match of.interval {
        Some((low, high)) if low <= 0.0 && high >= 0.0 && low != high => format!("{plain}?"),
        None if of.replicates > 1 => format!("{plain}?"),
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_that_may_be_none_is_marked() {
        let of = |interval| marked(&Difference { mean: 3.24, interval, replicates: 2 }, 1);
        assert_eq!(of(Some((-1.0, 7.5))), "+3.2?");
        assert_eq!(of(Some((1.0, 5.5))), "+3.2");
        assert_eq!(of(None), "+3.2?");
        assert_eq!(marked(&Difference { mean: 3.24, interval: None, replicates: 1 }, 1), "+3.2");
    }
}
