//! Columns and rows come to output. Where a table names only part of the inputs or of the buyers, the rest is taken to
//! be the others', unless most sums hold and so the table is whole.

use super::check::{Told, close, final_columns, percent, primary_rows, shown};
use super::labels::{ColumnRole as C, PARTS_OF_VALUE_ADDED, RowRole as R};
use super::rounding;
use super::table::Sheet;
use super::{Form, TOLERANCE};
use crate::scenario::Diagnostic;

/// What came of the sums.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    /// The row of value added stands beside compensation and surplus, and does not hold them.
    pub beside: bool,
    /// Every column, or every row, comes to output: no flow is left out.
    pub whole: bool,
}

pub(super) fn sums(
    sheet: &Sheet,
    form: Form,
    (flows, totals, told): (&[Vec<f64>], &[f64], Told),
    faults: &mut Vec<Diagnostic>,
    notes: &mut Vec<String>,
) -> Sums {
    let slack = slack(sheet, flows, totals);
    let near = |a: f64, b: f64| close(a, b, sheet.tolerance) || (a - b).abs() <= slack;
    let (by_columns, beside) = columns(sheet, (flows, totals, &near), faults, notes);
    let by_rows = form == Form::Flows && rows(sheet, (flows, totals, &near), faults, notes);
    // Sums that output was told by hold whatever is left out.
    let whole = by_columns && told != Told::ByPayments || by_rows && told != Told::BySales;
    Sums { beside, whole }
}

/// Whether a sum comes to its total.
type Near<'a> = &'a dyn Fn(f64, f64) -> bool;

/// By how much sums may miss because all numbers of the table are whole, and rounded.
fn slack(sheet: &Sheet, flows: &[Vec<f64>], totals: &[f64]) -> f64 {
    if !sheet.whole_numbers {
        return 0.0;
    }
    let (primary, buyers) = (primary_rows(sheet), final_columns(sheet));
    let mut paid: Vec<f64> = (0..totals.len()).map(|j| flows.iter().map(|row| row[j]).sum()).collect();
    primary.iter().for_each(|r| paid.iter_mut().zip(sheet.row(*r)).for_each(|(s, v)| *s += v));
    let mut sold: Vec<f64> = flows.iter().map(|row| row.iter().sum()).collect();
    buyers.iter().for_each(|c| sold.iter_mut().zip(sheet.column(*c)).for_each(|(s, v)| *s += v));
    let supply = sheet.roles.supply.as_deref().unwrap_or(totals);
    let sums =
        paid.into_iter().zip(totals.iter().copied()).chain(sold.into_iter().zip(supply.iter().copied()));
    rounding::slack(flows.len() + primary.len().max(buyers.len()), sums, sheet.tolerance)
}

/// Whether all columns come to their totals, and whether value added stands beside its parts.
fn columns(
    sheet: &Sheet,
    (flows, totals, near): (&[Vec<f64>], &[f64], Near),
    faults: &mut Vec<Diagnostic>,
    notes: &mut Vec<String>,
) -> (bool, bool) {
    let primary = primary_rows(sheet);
    if primary.is_empty() {
        return (false, false);
    }
    let add = |sum: &mut [f64], rows: &[usize]| {
        rows.iter().for_each(|r| sum.iter_mut().zip(sheet.row(*r)).for_each(|(s, v)| *s += v));
    };
    let mut sum: Vec<f64> = (0..totals.len()).map(|j| flows.iter().map(|row| row[j]).sum()).collect();
    add(&mut sum, &primary);
    let mut beside = false;
    let parts = sheet.roles.rows_of(&PARTS_OF_VALUE_ADDED);
    if sheet.roles.row(R::ValueAdded).is_some() && !parts.is_empty() {
        let mut more = sum.clone();
        add(&mut more, &parts);
        // As the sums show, and not as far as they may miss.
        let exactly = |sum: &[f64]| sum.iter().zip(totals).all(|(s, x)| close(*s, *x, TOLERANCE));
        beside = exactly(&more) && !exactly(&sum);
        sum = if beside { more } else { sum };
    }
    let has = |roles: &[R]| !sheet.roles.rows_of(roles).is_empty();
    let whole = has(&[R::ValueAdded, R::Surplus, R::Primary]) && has(&[R::Imports, R::Primary]);
    let off = off(&sum, totals, whole, near);
    faults.extend(off.iter().map(|j| unequal(sheet, *j, true, (sum[*j], totals[*j]))));
    let all = holds(sheet, (&sum, totals), near, notes);
    if off.is_empty() && !all {
        notes.push(partly("Columns", "imports, taxes or value added"));
    }
    (all, beside)
}

/// Whether all rows come to their totals.
fn rows(
    sheet: &Sheet,
    (flows, totals, near): (&[Vec<f64>], &[f64], Near),
    faults: &mut Vec<Diagnostic>,
    notes: &mut Vec<String>,
) -> bool {
    let buyers = final_columns(sheet);
    if buyers.is_empty() {
        return false;
    }
    let mut sum: Vec<f64> = flows.iter().map(|row| row.iter().sum()).collect();
    for c in &buyers {
        sum.iter_mut().zip(sheet.column(*c)).for_each(|(s, v)| *s += v);
    }
    // Of goods from home and abroad together supply is sold, and not output alone.
    let totals = sheet.roles.supply.as_deref().unwrap_or(totals);
    let whole = buyers.iter().any(|c| sheet.roles.columns[*c] != C::Households);
    // Households beside a column of all final demand: the latter may hold them already.
    let alone = sheet.roles.columns_of(&[C::AllFinal]);
    if let ([all], Some(h)) = (&alone[..], sheet.roles.column(C::Households))
        && buyers.contains(all)
        && !holds(sheet, (&sum, totals), near, &mut vec![])
    {
        let less: Vec<f64> = sum.iter().zip(sheet.column(h)).map(|(s, v)| s - v).collect();
        if holds(sheet, (&less, totals), near, notes) {
            notes.push(format!("\"{}\" includes households.", sheet.grid.columns[*all].text));
            return true;
        }
    }
    let off = off(&sum, totals, whole, near);
    faults.extend(off.iter().map(|i| unequal(sheet, *i, false, (sum[*i], totals[*i]))));
    let all = holds(sheet, (&sum, totals), near, notes);
    if off.is_empty() && !all {
        notes.push(partly("Rows", "other final demand"));
    }
    all
}

/// The sums that are off. Of a table that is not whole a sum may fall short, unless most of the others hold.
fn off(sums: &[f64], totals: &[f64], whole: bool, near: Near) -> Vec<usize> {
    let right = (0..sums.len()).filter(|j| near(sums[*j], totals[*j])).count();
    let strict = whole || 2 * right > sums.len();
    let fault = |j: &usize| !near(sums[*j], totals[*j]) && (strict || sums[*j] > totals[*j]);
    (0..sums.len()).filter(fault).collect()
}

/// Whether all sums hold; those of rounded numbers are told.
fn holds(sheet: &Sheet, (sums, totals): (&[f64], &[f64]), near: Near, notes: &mut Vec<String>) -> bool {
    let all = sums.iter().zip(totals).all(|(s, x)| near(*s, *x));
    let exactly = sums.iter().zip(totals).all(|(s, x)| close(*s, *x, sheet.tolerance));
    if all && !exactly && !notes.iter().any(|note| note == rounding::TOLD) {
        notes.push(rounding::TOLD.into());
    }
    all
}

fn unequal(sheet: &Sheet, j: usize, column: bool, (sum, total): (f64, f64)) -> Diagnostic {
    let (r, c) = sheet.at[j];
    let (key, label, what) = if column {
        ("column", &sheet.grid.columns[c], "inputs and value added")
    } else {
        ("row", &sheet.grid.rows[r].label, "sales to sectors and final demand")
    };
    let missing = total - sum;
    let by = 100.0 * missing.abs() / total.abs().max(f64::MIN_POSITIVE);
    let side = if missing > 0.0 { "short of" } else { "over" };
    let title = format!("{key} \"{}\", sum = {}", label.text, shown(sum));
    let said =
        format!("{by:.2}% {side} the output of {} (tolerance {}%)", shown(total), percent(sheet.tolerance));
    let unit = if column { ", leave out a row that is in a unit of its own with --ignore-row" } else { "" };
    Diagnostic::at(&label.at, title).label(said).help(format!(
        "{what} should come to output: correct the cell that is wrong, add what is left out{unit}, or give --tolerance if the \
         table is rounded, or --kind flows if the cells are money"
    ))
}

fn partly(what: &str, rest: &str) -> String {
    format!("{what} do not name everything: what is missing to output is taken to be {rest}.")
}
