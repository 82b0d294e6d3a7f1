//! What must hold in a table before it is inverted: no negative flows, columns of coefficients below one, and
//! sums that come to output.

use super::Form;
use super::labels::{ColumnRole as C, RowRole as R};
use super::table::Sheet;
use crate::place::PlaceError;

/// Flows between sectors, households' purchases, pay, imports, jobs and output are not negative. Taxes less
/// subsidies, surplus, and changes in stocks may be.
pub(super) fn not_negative(sheet: &Sheet) -> Result<(), PlaceError> {
    let refuse = |r: usize, c: usize| {
        if sheet.grid.number_or_none(r, c)?.unwrap_or(0.0) >= 0.0 {
            return Ok(());
        }
        Err(sheet.grid.wrong(r, c, "this flow is negative: correct it, or book it the other way round"))
    };
    let mut columns: Vec<usize> = sheet.at.iter().map(|(_, c)| *c).collect();
    columns.extend(sheet.columns_of(&[C::Households, C::Output]));
    for (r, _) in &sheet.at {
        columns.iter().try_for_each(|c| refuse(*r, *c))?;
    }
    for r in sheet.rows_of(&[R::Income, R::Imports, R::Employment, R::Output]) {
        sheet.at.iter().try_for_each(|(_, c)| refuse(r, *c))?;
    }
    Ok(())
}

/// Output by sector: its row, its column, or what all of its buyers pay; row and column must agree.
pub(super) fn output(
    sheet: &Sheet,
    flows: &[Vec<f64>],
    notes: &mut Vec<String>,
) -> Result<Option<Vec<f64>>, PlaceError> {
    let row = sheet.roles.row(R::Output).map(|r| sheet.row(r).map(|x| (r, x))).transpose()?;
    let column = sheet.roles.column(C::Output).map(|c| sheet.column(c).map(|x| (c, x))).transpose()?;
    if let (Some((r, inputs)), Some((_, sales))) = (&row, &column) {
        for (j, (a, b)) in inputs.iter().zip(sales).enumerate() {
            if !close(*a, *b, sheet.tolerance) {
                let remedy = format!(
                    "the output column says {b} for \"{}\": row and column of output must agree (tolerance {}%)",
                    sheet.label(j),
                    percent(sheet.tolerance)
                );
                return Err(sheet.grid.wrong(*r, sheet.at[j].1, remedy));
            }
        }
    }
    if let Some((_, x)) = row.or(column) {
        return Ok(Some(x));
    }
    let all = final_columns(sheet)?;
    if all.iter().all(|c| sheet.roles.columns[*c] == C::Households) {
        return Ok(None);
    }
    let mut sales: Vec<f64> = flows.iter().map(|row| row.iter().sum()).collect();
    for c in all {
        sales.iter_mut().zip(sheet.column(c)?).for_each(|(sum, bought)| *sum += bought);
    }
    if let Some(i) = sales.iter().position(|x| *x < 0.0) {
        let remedy = "sales and final demand of this row sum to less than nought: correct its final demand";
        let of = &sheet.grid.rows[sheet.at[i].0];
        return Err(PlaceError::wrong(
            &sheet.grid.file,
            Some(of.line),
            format!("row \"{}\"", of.label),
            sales[i],
            remedy,
        ));
    }
    notes
        .push("The table states no output: it is what each row sells to sectors and to final demand.".into());
    Ok(Some(sales))
}

/// Columns of final demand; one that holds it in all counts only where it is no sum of the others.
fn final_columns(sheet: &Sheet) -> Result<Vec<usize>, PlaceError> {
    let parts = sheet.columns_of(&[C::Final]);
    let with_households = sheet.columns_of(&[C::Households, C::Final]);
    let mut all = with_households.clone();
    for c in sheet.columns_of(&[C::AllFinal]) {
        let column = sheet.column(c)?;
        if !is_sum(sheet, &column, &parts)? && !is_sum(sheet, &column, &with_households)? {
            all.push(c);
        }
    }
    Ok(all)
}

/// Whether a column is, row by row, the sum of others.
fn is_sum(sheet: &Sheet, column: &[f64], of: &[usize]) -> Result<bool, PlaceError> {
    let mut sum = vec![0.0; column.len()];
    for c in of {
        sum.iter_mut().zip(sheet.column(*c)?).for_each(|(s, v)| *s += v);
    }
    Ok(!of.is_empty() && sum.iter().zip(column).all(|(a, b)| close(*a, *b, sheet.tolerance)))
}

/// Each column's coefficients sum to less than one: a sector that spends all or more of its receipts on inputs
/// has no finite inverse.
pub(super) fn below_one(sheet: &Sheet, inputs: &[Vec<f64>]) -> Result<(), PlaceError> {
    for j in 0..sheet.at.len() {
        let sum: f64 = inputs.iter().map(|row| row[j]).sum();
        if sum >= 1.0 {
            let remedy = "inputs from the table's own sectors reach the whole of output in this column: coefficients of \
                          a column must sum to less than one. Check the column's output (or --kind flows for money)";
            let key = format!("column \"{}\", sum of coefficients", sheet.label(j));
            return Err(PlaceError::wrong(
                &sheet.grid.file,
                Some(sheet.grid.labels_line),
                key,
                shown(sum),
                remedy,
            ));
        }
    }
    Ok(())
}

/// Columns and rows come to output, within the tolerance. Where a table names only part of the inputs or of the
/// buyers, the rest is taken to be the others', unless most sums hold and so the table is whole. Tells whether the row
/// of value added stands beside compensation and surplus, and does not hold them.
pub(super) fn sums(
    sheet: &Sheet,
    form: Form,
    (flows, output): (&[Vec<f64>], Option<&[f64]>),
    notes: &mut Vec<String>,
) -> Result<bool, PlaceError> {
    let ones = vec![1.0; sheet.at.len()];
    let totals = if form == Form::Flows { output.unwrap_or(&ones) } else { &ones };
    empty_sectors(sheet, flows, totals)?;
    let primary = primary_rows(sheet);
    let mut beside = false;
    if !primary.is_empty() {
        let mut sum: Vec<f64> = (0..totals.len()).map(|j| flows.iter().map(|row| row[j]).sum()).collect();
        for r in &primary {
            sum.iter_mut().zip(sheet.row(*r)?).for_each(|(s, v)| *s += v);
        }
        let parts = sheet.rows_of(&[R::Income, R::Surplus, R::ProductionTaxes]);
        if sheet.roles.row(R::ValueAdded).is_some() && !parts.is_empty() {
            let mut more = sum.clone();
            for r in &parts {
                more.iter_mut().zip(sheet.row(*r)?).for_each(|(s, v)| *s += v);
            }
            beside = more.iter().zip(totals).all(|(s, x)| close(*s, *x, sheet.tolerance));
            sum = if beside { more } else { sum };
        }
        let has = |roles: &[R]| !sheet.rows_of(roles).is_empty();
        let whole = has(&[R::ValueAdded, R::Surplus, R::Primary]) && has(&[R::Imports, R::Primary]);
        if let Some(j) = off(&sum, totals, whole, sheet.tolerance) {
            return Err(unequal(sheet, j, true, (sum[j], totals[j])));
        }
        tell(&sum, totals, sheet.tolerance, ("Columns", "imports, taxes or value added"), notes);
    }
    let buyers = final_columns(sheet)?;
    if form == Form::Flows && !buyers.is_empty() {
        let mut sum: Vec<f64> = flows.iter().map(|row| row.iter().sum()).collect();
        for c in &buyers {
            sum.iter_mut().zip(sheet.column(*c)?).for_each(|(s, v)| *s += v);
        }
        let whole = buyers.iter().any(|c| sheet.roles.columns[*c] != C::Households);
        // Households beside a column of all final demand: the latter may hold them already.
        let alone = sheet.columns_of(&[C::AllFinal]);
        if let ([all], true) = (&alone[..], buyers.contains(&alone.first().copied().unwrap_or(usize::MAX))) {
            let households = sheet.roles.column(C::Households);
            if let (Some(h), Some(_)) = (households, off(&sum, totals, true, sheet.tolerance)) {
                let within = sheet.column(h)?;
                let less: Vec<f64> = sum.iter().zip(&within).map(|(s, v)| s - v).collect();
                if off(&less, totals, true, sheet.tolerance).is_none() {
                    notes.push(format!("\"{}\" includes households.", sheet.grid.columns[*all]));
                    return Ok(beside);
                }
            }
        }
        if let Some(i) = off(&sum, totals, whole, sheet.tolerance) {
            return Err(unequal(sheet, i, false, (sum[i], totals[i])));
        }
        tell(&sum, totals, sheet.tolerance, ("Rows", "other final demand"), notes);
    }
    Ok(beside)
}

/// Rows that add up to a column's output beside its inputs: value added whole or in parts, never both.
fn primary_rows(sheet: &Sheet) -> Vec<usize> {
    let mut roles = vec![R::Imports, R::Taxes, R::Primary];
    if sheet.roles.row(R::ValueAdded).is_some() {
        roles.push(R::ValueAdded);
    } else {
        roles.extend([R::Income, R::Surplus, R::ProductionTaxes]);
    }
    sheet.rows_of(&roles)
}

/// The sum farthest from its total, if any is off.
fn off(sums: &[f64], totals: &[f64], whole: bool, tolerance: f64) -> Option<usize> {
    let miss = |j: &usize| (sums[*j] - totals[*j]) / totals[*j].max(f64::MIN_POSITIVE);
    let right = (0..sums.len()).filter(|j| close(sums[*j], totals[*j], tolerance)).count();
    let strict = whole || 2 * right > sums.len();
    let faults =
        (0..sums.len()).filter(|j| !close(sums[*j], totals[*j], tolerance) && (strict || miss(j) > 0.0));
    faults.max_by(|a, b| miss(a).abs().total_cmp(&miss(b).abs()))
}

fn unequal(sheet: &Sheet, j: usize, column: bool, (sum, total): (f64, f64)) -> PlaceError {
    let tolerance = percent(sheet.tolerance);
    let label = sheet.label(j);
    let (key, line, what) = if column {
        (format!("column \"{label}\""), sheet.grid.labels_line, "inputs and value added")
    } else {
        (format!("row \"{label}\""), sheet.grid.rows[sheet.at[j].0].line, "sales to sectors and final demand")
    };
    let missing = total - sum;
    let by = 100.0 * missing.abs() / total.abs().max(f64::MIN_POSITIVE);
    let side = if missing > 0.0 { "short" } else { "over" };
    let remedy = format!(
        "{what} should come to the output of {}, and are {by:.2}% {side} (tolerance {tolerance}%): correct the cell that \
         is wrong, add what is left out, or give --tolerance if the table is rounded",
        shown(total)
    );
    PlaceError::wrong(&sheet.grid.file, Some(line), format!("{key}, sum"), shown(sum), remedy)
}

/// A sector without output buys and sells nothing.
fn empty_sectors(sheet: &Sheet, flows: &[Vec<f64>], totals: &[f64]) -> Result<(), PlaceError> {
    for (j, total) in totals.iter().enumerate() {
        if *total == 0.0 && flows.iter().any(|row| row[j] > 0.0) {
            let remedy = "this sector has inputs and no output: give its output, or leave the sector out";
            let key = format!("column \"{}\", output", sheet.label(j));
            return Err(PlaceError::wrong(&sheet.grid.file, Some(sheet.grid.labels_line), key, 0, remedy));
        }
    }
    Ok(())
}

fn tell(sums: &[f64], totals: &[f64], tolerance: f64, (what, rest): (&str, &str), notes: &mut Vec<String>) {
    if sums.iter().zip(totals).any(|(s, x)| !close(*s, *x, tolerance)) {
        notes
            .push(format!("{what} do not name everything: what is missing to output is taken to be {rest}."));
    }
}

fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs())
}

fn percent(share: f64) -> String {
    shown(100.0 * share)
}

/// Up to six significant decimals, without noise.
fn shown(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
