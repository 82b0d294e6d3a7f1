//! What must hold in a table before it is inverted: no negative flows, rounds of inputs that end.

use super::labels::{ColumnRole as C, PARTS_OF_VALUE_ADDED, RowRole as R};
use super::ratio::is_ratio;
use super::table::{Sheet, says_imports};
use super::{Form, TOLERANCE};
use crate::base::rounds::invert;
use crate::scenario::Diagnostic;
use nalgebra::DMatrix;

/// Flows between sectors, households' purchases, pay, imports, jobs and output are not negative. Taxes less
/// subsidies, surplus, and changes in stocks may be.
pub(super) fn not_negative(sheet: &Sheet, faults: &mut Vec<Diagnostic>) {
    let mut refuse = |r: usize, c: usize| {
        if let Ok(Some(value)) = sheet.grid.number_or_none(r, c)
            && value < 0.0
        {
            let remedy = "correct it, or book it the other way round";
            faults.push(sheet.grid.wrong(r, c, "this flow is negative", remedy));
        }
    };
    let mut columns: Vec<usize> = sheet.at.iter().map(|(_, c)| *c).collect();
    columns.extend(sheet.roles.columns_of(&[C::Households, C::Output]));
    for (r, _) in &sheet.at {
        columns.iter().for_each(|c| refuse(*r, *c));
    }
    for r in sheet.roles.rows_of(&[R::Income, R::Contributions, R::Imports, R::Employment, R::Output]) {
        sheet.at.iter().for_each(|(_, c)| refuse(r, *c));
    }
}

/// Households of several regions, or rich and poor ones, are no sectors, and no single account that could be closed.
pub(super) fn households_among(sheet: &Sheet, faults: &mut Vec<Diagnostic>) {
    let ends = |label: &str| {
        let label = label.to_lowercase();
        label.ends_with(" households") || label.ends_with(" household")
    };
    let found: Vec<usize> = (0..sheet.at.len()).filter(|j| ends(sheet.label(*j))).collect();
    if let [_, second, ..] = found[..] {
        let names: Vec<String> = found.iter().map(|j| format!("\"{}\"", sheet.label(*j))).collect();
        let title = format!("{} stand among the sectors", names.join(", "));
        let at = &sheet.grid.rows[sheet.at[second].0].label.at;
        faults.push(Diagnostic::at(at, title).label("households, or industries?").help(
            "for Type I take them out of production with --primary-row and --final-column for each, for Type II add them up in \
             one row and one column; if they are industries, say --kind flows or --kind coefficients",
        ));
    }
}

/// What output is told by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Told {
    Stated,
    BySales,
    ByPayments,
}

/// Output by sector, and what it is told by.
pub(super) struct Output {
    pub by_sector: Vec<f64>,
    pub told: Told,
}

/// Output by sector: its row, its column, or what all of its buyers pay, or what each column pays; row and column must
/// agree. `money`: the cells were said to be money.
pub(super) fn output(
    sheet: &Sheet,
    money: bool,
    flows: &[Vec<f64>],
    faults: &mut Vec<Diagnostic>,
    notes: &mut Vec<String>,
) -> Option<Output> {
    let row = sheet.roles.row(R::Output).map(|r| (r, sheet.row(r)));
    let column = sheet.roles.column(C::Output).map(|c| sheet.column(c));
    if let (Some((r, inputs)), Some(sales)) = (&row, &column) {
        for (j, (a, b)) in inputs.iter().zip(sales).enumerate() {
            if !close(*a, *b, sheet.tolerance) {
                let what = format!("the output column says {b} for \"{}\"", sheet.label(j));
                let remedy = format!(
                    "row and column of output must agree (tolerance {}%): correct one, or leave one out with \
                     --ignore-row or --ignore-column",
                    percent(sheet.tolerance)
                );
                faults.push(sheet.grid.wrong(*r, sheet.at[j].1, what, remedy));
            }
        }
    }
    if let Some(x) = row.map(|(_, x)| x).or(column) {
        return Some(Output { by_sector: x, told: Told::Stated });
    }
    let all = final_columns(sheet);
    if all.iter().any(|c| sheet.roles.columns[*c] != C::Households) {
        let by_sector = output_by_sales(sheet, flows, &all, faults, notes);
        return Some(Output { by_sector, told: Told::BySales });
    }
    let by_sector = output_by_payments(sheet, money, flows, (faults, notes))?;
    Some(Output { by_sector, told: Told::ByPayments })
}

/// Rows of a table of flows are totals: a ratio would be divided by output once more.
pub(super) fn no_ratios(sheet: &Sheet, faults: &mut Vec<Diagnostic>) {
    let told = [R::Imports, R::Taxes, R::ProductionTaxes, R::Income, R::Contributions, R::Surplus];
    for r in sheet
        .roles
        .rows_of(&[&told[..], &[R::Depreciation, R::ValueAdded, R::Primary, R::Employment]].concat())
    {
        let label = &sheet.grid.rows[r].label;
        if label.any(is_ratio) {
            let fault = Diagnostic::at(&label.at, format!("row \"{}\" is called a ratio", label.text));
            faults.push(fault.label("in a table of flows a row holds totals").help(format!(
                "give the totals (jobs, pounds), or leave the row out with --ignore-row \"{}\"",
                label.text
            )));
        }
    }
}

fn output_by_sales(
    sheet: &Sheet,
    flows: &[Vec<f64>],
    all: &[usize],
    faults: &mut Vec<Diagnostic>,
    notes: &mut Vec<String>,
) -> Vec<f64> {
    let mut sales: Vec<f64> = flows.iter().map(|row| row.iter().sum()).collect();
    for c in all {
        sales.iter_mut().zip(sheet.column(*c)).for_each(|(sum, bought)| *sum += bought);
    }
    for (i, x) in sales.iter().enumerate().filter(|(_, x)| **x < 0.0) {
        let label = &sheet.grid.rows[sheet.at[i].0].label;
        let title = format!("row \"{}\", sales and final demand = {}", label.text, shown(*x));
        faults.push(
            Diagnostic::at(&label.at, title).label("less than nought").help("correct its final demand"),
        );
    }
    notes
        .push("The table states no output: it is what each row sells to sectors and to final demand.".into());
    sales
}

/// Coefficients that are printed with two decimals come to more than one by about this much (assumed).
const ROUNDED: f64 = 0.02;
/// Of less than this part of output a column that names value added is not likely to be told (assumed).
const FAIR_PART: f64 = 0.4;

/// Without final demand, a column that names all that is paid is as large as output.
fn output_by_payments(
    sheet: &Sheet,
    money: bool,
    flows: &[Vec<f64>],
    (faults, notes): (&mut Vec<Diagnostic>, &mut Vec<String>),
) -> Option<Vec<f64>> {
    let has = |roles: &[R]| !sheet.roles.rows_of(roles).is_empty();
    let all_told = has(&[R::ValueAdded, R::Primary]) || (has(&[R::Income]) && has(&[R::Surplus]));
    if !all_told {
        return None;
    }
    let mut paid: Vec<f64> = (0..flows.len()).map(|j| flows.iter().map(|row| row[j]).sum()).collect();
    for r in primary_rows(sheet) {
        paid.iter_mut().zip(sheet.row(r)).for_each(|(sum, more)| *sum += more);
    }
    // Coefficients come to one, which is their output, or to less where a payment is left out: imports, say.
    if !money && paid.iter().all(|x| (FAIR_PART..=1.0 + ROUNDED).contains(x)) {
        return None;
    }
    for (j, x) in paid.iter().enumerate().filter(|(_, x)| **x < 0.0) {
        let label = &sheet.grid.columns[sheet.at[j].1];
        let title = format!("column \"{}\", inputs and other payments = {}", label.text, shown(*x));
        faults.push(Diagnostic::at(&label.at, title).label("less than nought").help("correct what it pays"));
    }
    notes.push("The table states neither output nor final demand: output is what each column pays.".into());
    Some(paid)
}

/// Columns of final demand; one that holds it in all counts only where it is no sum of the others.
pub(super) fn final_columns(sheet: &Sheet) -> Vec<usize> {
    let parts = sheet.roles.columns_of(&[C::Final]);
    let with_households = sheet.roles.columns_of(&[C::Households, C::Final]);
    // Imports may be taken off after the total.
    let before = |of: &[usize]| -> Vec<usize> {
        of.iter().copied().filter(|c| !sheet.grid.columns[*c].any(says_imports)).collect()
    };
    let sums = [&parts, &with_households, &before(&parts), &before(&with_households)].map(Clone::clone);
    let mut all = with_households;
    for c in sheet.roles.columns_of(&[C::AllFinal]) {
        let column = sheet.column(c);
        if !sums.iter().any(|of| is_sum(sheet, &column, of)) {
            all.push(c);
        }
    }
    all
}

/// Whether a column is, row by row, the sum of others.
fn is_sum(sheet: &Sheet, column: &[f64], of: &[usize]) -> bool {
    let mut sum = vec![0.0; column.len()];
    for c in of {
        sum.iter_mut().zip(sheet.column(*c)).for_each(|(s, v)| *s += v);
    }
    !of.is_empty() && sum.iter().zip(column).all(|(a, b)| close(*a, *b, TOLERANCE))
}

/// Rows that add up to a column's output beside its inputs: value added whole or in parts, never both.
pub(super) fn primary_rows(sheet: &Sheet) -> Vec<usize> {
    let mut roles = vec![R::Imports, R::Taxes, R::Primary, R::Depreciation];
    if sheet.roles.row(R::ValueAdded).is_some() {
        roles.push(R::ValueAdded);
    } else {
        roles.extend(PARTS_OF_VALUE_ADDED);
    }
    sheet.roles.rows_of(&roles)
}

/// Each column's coefficients sum to less than one. That is enough for the rounds of inputs to end, and not needed: (I − A)⁻¹
/// exists and is nowhere negative too where some columns buy for as much as they sell and others leak (Miller and Blair
/// 2009, section 2.4), as in a social accounting matrix, or beside a subsidy. Since it is more often a mistake, such a column
/// is taken only where the table's sums hold, or its kind was said.
pub(super) fn rounds_end(
    sheet: &Sheet,
    (form, meant): (Form, bool),
    inputs: &[Vec<f64>],
    faults: &mut Vec<Diagnostic>,
    notes: &mut Vec<String>,
) {
    let n = sheet.at.len();
    let sum = |j: usize| inputs.iter().map(|row| row[j]).sum::<f64>();
    let all: Vec<(usize, f64)> = (0..n).map(|j| (j, sum(j))).filter(|(_, sum)| *sum >= 1.0).collect();
    if all.is_empty() {
        return;
    }
    let sound = invert(&DMatrix::from_fn(n, n, |i, j| inputs[i][j])).is_some();
    for (j, sum) in all {
        let label = &sheet.grid.columns[sheet.at[j].1];
        if sound && meant {
            notes.push(format!(
                "\"{}\" buys {} of its output from the table's own sectors; the rounds end, because others leak.",
                label.text,
                shown(sum)
            ));
            continue;
        }
        let title = format!("column \"{}\", sum of coefficients = {}", label.text, shown(sum));
        let what = "inputs from the table's own sectors reach the whole of output";
        let money = if form == Form::Coefficients { " (or --kind flows for money)" } else { "" };
        let remedy = format!(
            "coefficients of a column sum to less than one: correct the column, or its output{money}"
        );
        let kind = if form == Form::Flows { "flows" } else { "coefficients" };
        let more = if sound {
            format!(", or say --kind {kind} if it is meant: other columns leak, and the rounds end")
        } else {
            String::new()
        };
        faults.push(Diagnostic::at(&label.at, title).label(what).help(format!("{remedy}{more}")));
    }
}

/// A sector without output buys and sells nothing.
pub(super) fn empty_sectors(sheet: &Sheet, flows: &[Vec<f64>], totals: &[f64], faults: &mut Vec<Diagnostic>) {
    for (j, total) in totals.iter().enumerate() {
        if *total == 0.0 && flows.iter().any(|row| row[j] > 0.0) {
            let label = &sheet.grid.columns[sheet.at[j].1];
            let title = format!("column \"{}\", output = 0", label.text);
            let fault = Diagnostic::at(&label.at, title).label("this sector has inputs and no output");
            faults.push(fault.help("give its output, or leave the sector out"));
        }
    }
}

pub(super) fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs())
}

pub(super) fn percent(share: f64) -> String {
    shown(100.0 * share)
}

/// Up to six significant decimals, without noise.
pub(super) fn shown(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
