//! Whether the cells are flows of money or coefficients: as said, or as the numbers show.

use super::check::{self, Output, close, primary_rows, shown};
use super::roles::Said;
use super::table::{Sheet, last};
use super::{Form, TOLERANCE};
use crate::scenario::Diagnostic;

/// Below this share of output in every column, cells that sum to less than one are coefficients (assumed: no economy's
/// sectors all buy so little of each other).
const FAR_BELOW: f64 = 0.01;

/// The form, and output by sector.
pub(super) fn form(
    sheet: &Sheet,
    said: &[Said],
    flows: &[Vec<f64>],
    faults: &mut Vec<Diagnostic>,
    notes: &mut Vec<String>,
) -> (Form, Option<Output>) {
    let kind = last(said, "kind");
    let money = kind.is_some_and(|of| of.value.eq_ignore_ascii_case("flows"));
    let output = check::output(sheet, money, flows, faults, notes);
    if let Some(of) = kind {
        let form = match of.value.to_lowercase().as_str() {
            "flows" => Form::Flows,
            "coefficients" => Form::Coefficients,
            _ => {
                faults.push(of.wrong("no such kind", "write flows, coefficients or sam"));
                return (Form::Flows, output);
            }
        };
        if form == Form::Flows && output.is_none() {
            let remedy = "add an output row or column, or all of final demand, or all that a column pays";
            faults.push(of.wrong("a table of flows needs output", remedy));
        }
        return (form, output);
    }
    let bought: Vec<f64> = (0..sheet.at.len()).map(|j| flows.iter().map(|row| row[j]).sum()).collect();
    let Some(output) = output else {
        // A coefficient is at most one; a column that comes to two and more is no column of coefficients.
        let money = flows.iter().flatten().any(|cell| *cell > 1.0) || bought.iter().any(|sum| *sum >= 2.0);
        if money {
            let fault = Diagnostic::at(
                &sheet.grid.top,
                "the table holds flows of money, and no output to divide them by",
            );
            faults.push(fault.label("neither output nor final demand here").help(
                "add a row or column of output, all columns of final demand, or all that a column pays (imports, taxes, \
                 compensation of employees, surplus); if the cells are coefficients, each must be below one",
            ));
            return (Form::Flows, None);
        }
        notes.push(
            "The table has neither output nor final demand, and its numbers are no larger than shares: its cells are read as \
             coefficients (--kind flows if they are money)."
                .into(),
        );
        return (Form::Coefficients, None);
    };
    let small = bought.iter().all(|sum| *sum < 1.0) && bought.iter().any(|sum| *sum > 0.0);
    let by_sector = &output.by_sector;
    if !small || holds(sheet, &bought, by_sector) {
        return (Form::Flows, Some(output));
    }
    let ones = vec![1.0; by_sector.len()];
    if holds(sheet, &bought, &ones) || by_sector.iter().all(|x| close(*x, 1.0, TOLERANCE)) {
        notes.push("Columns come to one with their other payments: read as coefficients.".into());
        return (Form::Coefficients, Some(output));
    }
    if (0..by_sector.len()).all(|j| bought[j] < FAR_BELOW * by_sector[j]) {
        notes.push(
            "Every column of inputs sums to less than one, far below output: read as coefficients.".into(),
        );
        return (Form::Coefficients, Some(output));
    }
    if by_sector.iter().all(|x| *x > 1.0) {
        let title = format!(
            "cells may be flows or coefficients: every column sums to less than one, and output is up to {}",
            shown(by_sector.iter().copied().fold(0.0, f64::max))
        );
        let fault = Diagnostic::at(&sheet.grid.top, title).label("which is it?");
        faults.push(
            fault.help("say so: --kind flows or --kind coefficients, or `# kind: flows` above the table"),
        );
    }
    (Form::Flows, Some(output))
}

/// Whether inputs and other payments come to these totals in most columns.
fn holds(sheet: &Sheet, bought: &[f64], totals: &[f64]) -> bool {
    let mut sum = bought.to_vec();
    let rows = primary_rows(sheet);
    for r in &rows {
        sum.iter_mut().zip(sheet.row(*r)).for_each(|(s, v)| *s += v);
    }
    let right = sum.iter().zip(totals).filter(|(s, x)| close(**s, **x, TOLERANCE)).count();
    !rows.is_empty() && 2 * right > totals.len()
}
