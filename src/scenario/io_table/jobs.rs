//! Jobs per unit of output. In a table of flows the row holds jobs in all; in one of coefficients it may hold either.

use super::Form;
use super::TOLERANCE;
use super::check::close;
use super::labels::RowRole as R;
use super::ratio::is_ratio;
use super::roles::Said;
use super::scale::scale;
use super::table::{Sheet, last};
use crate::scenario::Diagnostic;

/// Jobs by sector, per unit of output.
pub(super) fn jobs(
    sheet: &Sheet,
    said: &[Said],
    (form, output): (Form, Option<&[f64]>),
    faults: &mut Vec<Diagnostic>,
    notes: &mut Vec<String>,
) -> Option<Vec<f64>> {
    let r = sheet.roles.row(R::Employment)?;
    let label = &sheet.grid.rows[r].label;
    let mut row = sheet.row(r);
    if let Some((times, name)) = scale(label) {
        row.iter_mut().for_each(|jobs| *jobs *= times);
        notes.push(format!("\"{}\" is read as {name} of jobs.", label.text));
    }
    // Columns of shares come to one or to a hundred, which is no output that jobs could be divided by.
    let shares = output.is_some_and(|output| {
        let all = |whole: f64| output.iter().all(|x| close(*x, whole, TOLERANCE));
        output.len() > 1 && last(said, "kind").is_none() && (all(1.0) || all(100.0))
    });
    let output = output.filter(|_| !shares);
    let flows = form == Form::Flows && !shares;
    let stated = last(said, "jobs").filter(|_| !flows);
    let in_all = match stated.map(|of| of.value.to_lowercase().replace([' ', '_'], "-")).as_deref() {
        None if flows => true,
        None if label.any(is_ratio) => false,
        // Fewer than one job is no total, whatever it is called.
        None if row.iter().all(|jobs| *jobs < 1.0) => false,
        None if label.any(called_total) => {
            notes.push(format!(
                "\"{}\" is read as jobs in all, and divided by output; if it is jobs per unit of output, say --jobs per-unit.",
                label.text
            ));
            true
        }
        // Without output there is nothing to divide by.
        None => {
            if output.is_some() || shares {
                let title = format!("row \"{}\" of a table of coefficients", label.text);
                let fault = Diagnostic::at(&label.at, title).label("jobs in all, or per unit of output?");
                let help = "say so: --jobs total or --jobs per-unit, or `# jobs: total` above the table";
                faults.push(fault.help(help));
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
        Some(output) => {
            let over = |(jobs, x): (&f64, &f64)| if *x > 0.0 { jobs / x } else { 0.0 };
            Some(row.iter().zip(output).map(over).collect())
        }
        None => {
            let title = format!("row \"{}\" holds jobs in all, and the table has no output", label.text);
            let fault = Diagnostic::at(&label.at, title).label("over what?");
            faults.push(fault.help(
                "add a row of output in money, give jobs per unit of output and say --jobs per-unit, or leave the row out \
                 with --ignore-row",
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
