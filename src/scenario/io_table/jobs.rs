//! Jobs per unit of output. In a table of flows the row holds jobs in all; in one of coefficients it may hold either.

use super::Form;
use super::check::close;
use super::labels::{RowRole as R, is_ratio};
use super::roles::Said;
use super::table::{Sheet, last};
use crate::scenario::Diagnostic;

/// Jobs by sector: per unit of output, where output is known or the table is of coefficients.
pub(super) fn jobs(
    sheet: &Sheet,
    said: &[Said],
    (form, output): (Form, Option<&[f64]>),
    faults: &mut Vec<Diagnostic>,
) -> Option<Vec<f64>> {
    let r = sheet.roles.row(R::Employment)?;
    let (row, label) = (sheet.row(r), &sheet.grid.rows[r].label);
    let over = |output: &[f64]| {
        row.iter().zip(output).map(|(jobs, x)| if *x > 0.0 { jobs / x } else { 0.0 }).collect()
    };
    if let (Form::Flows, Some(output)) = (form, output) {
        return Some(over(output));
    }
    let stated = last(said, "jobs");
    let in_all = match stated.map(|of| of.value.to_lowercase().replace([' ', '_'], "-")).as_deref() {
        None if is_ratio(&label.text) => false,
        None if called_total(&label.text) => true,
        // Fewer than one job is no total; without output there is nothing to divide by.
        None if row.iter().all(|jobs| *jobs < 1.0) => false,
        None => {
            if output.is_some_and(|output| output.iter().any(|x| !close(*x, 1.0, sheet.tolerance))) {
                let title = format!("row \"{}\" of a table of coefficients", label.text);
                let fault = Diagnostic::at(&label.at, title).label("jobs in all, or per unit of output?");
                faults.push(
                    fault.help("say so: --jobs total or --jobs per-unit, or `# jobs: total` above the table"),
                );
            }
            false
        }
        Some("total" | "totals") => true,
        Some("per-unit") => false,
        Some(_) => {
            faults.extend(stated.map(|of| of.wrong("no such kind of jobs", "write total or per-unit")));
            false
        }
    };
    match output {
        _ if !in_all => Some(row),
        Some(output) => Some(over(output)),
        None => {
            let title = format!("row \"{}\" holds jobs in all, and the table has no output", label.text);
            let fault = Diagnostic::at(&label.at, title).label("over what?");
            faults.push(fault.help(
                "add a row of output, give jobs per unit of output and say --jobs per-unit, or leave the row out with \
                 --ignore-row",
            ));
            None
        }
    }
}

/// Whether a label says that the row holds jobs in all.
fn called_total(label: &str) -> bool {
    let label = label.to_lowercase();
    ["total", "number", "headcount"].iter().any(|word| label.contains(word))
}
