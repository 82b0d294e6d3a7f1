//! Columns and rows come to output. Where a table names only part of the inputs or of the buyers, the rest is taken to
//! be the others', unless most sums hold and so the table is whole.

use super::Form;
use super::check::{Told, close, final_columns, percent, primary_rows, shown};
use super::labels::{ColumnRole as C, PARTS_OF_VALUE_ADDED, RowRole as R};
use super::table::Sheet;
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
    let (by_columns, beside) = columns(sheet, flows, totals, faults, notes);
    let by_rows = form == Form::Flows && rows(sheet, flows, totals, faults, notes);
    // Sums that output was told by hold whatever is left out.
    let whole = by_columns && told != Told::ByPayments || by_rows && told != Told::BySales;
    Sums { beside, whole }
}

/// Whether all columns come to their totals, and whether value added stands beside its parts.
fn columns(
    sheet: &Sheet,
    flows: &[Vec<f64>],
    totals: &[f64],
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
    let holds = |sum: &[f64]| sum.iter().zip(totals).all(|(s, x)| close(*s, *x, sheet.tolerance));
    let mut sum: Vec<f64> = (0..totals.len()).map(|j| flows.iter().map(|row| row[j]).sum()).collect();
    add(&mut sum, &primary);
    let mut beside = false;
    let parts = sheet.roles.rows_of(&PARTS_OF_VALUE_ADDED);
    if sheet.roles.row(R::ValueAdded).is_some() && !parts.is_empty() {
        let mut more = sum.clone();
        add(&mut more, &parts);
        beside = holds(&more);
        sum = if beside { more } else { sum };
    }
    let has = |roles: &[R]| !sheet.roles.rows_of(roles).is_empty();
    let whole = has(&[R::ValueAdded, R::Surplus, R::Primary]) && has(&[R::Imports, R::Primary]);
    let off = off(&sum, totals, whole, sheet.tolerance);
    faults.extend(off.iter().map(|j| unequal(sheet, *j, true, (sum[*j], totals[*j]))));
    if off.is_empty() && !holds(&sum) {
        notes.push(partly("Columns", "imports, taxes or value added"));
    }
    (holds(&sum), beside)
}

/// Whether all rows come to their totals.
fn rows(
    sheet: &Sheet,
    flows: &[Vec<f64>],
    totals: &[f64],
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
    let holds = |sum: &[f64]| sum.iter().zip(totals).all(|(s, x)| close(*s, *x, sheet.tolerance));
    let whole = buyers.iter().any(|c| sheet.roles.columns[*c] != C::Households);
    // Households beside a column of all final demand: the latter may hold them already.
    let alone = sheet.roles.columns_of(&[C::AllFinal]);
    if let ([all], Some(h)) = (&alone[..], sheet.roles.column(C::Households))
        && buyers.contains(all)
        && !holds(&sum)
    {
        let less: Vec<f64> = sum.iter().zip(sheet.column(h)).map(|(s, v)| s - v).collect();
        if holds(&less) {
            notes.push(format!("\"{}\" includes households.", sheet.grid.columns[*all].text));
            return true;
        }
    }
    let off = off(&sum, totals, whole, sheet.tolerance);
    faults.extend(off.iter().map(|i| unequal(sheet, *i, false, (sum[*i], totals[*i]))));
    if off.is_empty() && !holds(&sum) {
        notes.push(partly("Rows", "other final demand"));
    }
    holds(&sum)
}

/// The sums that are off. Of a table that is not whole a sum may fall short, unless most of the others hold.
fn off(sums: &[f64], totals: &[f64], whole: bool, tolerance: f64) -> Vec<usize> {
    let right = (0..sums.len()).filter(|j| close(sums[*j], totals[*j], tolerance)).count();
    let strict = whole || 2 * right > sums.len();
    let fault = |j: &usize| !close(sums[*j], totals[*j], tolerance) && (strict || sums[*j] > totals[*j]);
    (0..sums.len()).filter(fault).collect()
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
    Diagnostic::at(&label.at, title).label(said).help(format!(
        "{what} should come to output: correct the cell that is wrong, add what is left out, or give --tolerance if the \
         table is rounded, or --kind flows if the cells are money"
    ))
}

fn partly(what: &str, rest: &str) -> String {
    format!("{what} do not name everything: what is missing to output is taken to be {rest}.")
}
