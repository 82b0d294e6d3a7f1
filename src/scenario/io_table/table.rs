//! From cells and roles to coefficients.

use super::check;
use super::labels::{ColumnRole, RowRole};
use super::roles::{Roles, Said};
use super::{Form, HouseholdAccount, HouseholdTotal, IoTable, TOLERANCE};
use crate::place::PlaceError;
use crate::scenario::grid::Grid;

/// Cells of a table with their roles, as numbers.
pub(super) struct Sheet<'a> {
    pub grid: &'a Grid,
    pub roles: &'a Roles,
    /// The grid's row and column of each sector.
    pub at: Vec<(usize, usize)>,
    pub tolerance: f64,
}

impl Sheet<'_> {
    /// A row's cells under the sectors' columns.
    pub fn row(&self, r: usize) -> Result<Vec<f64>, PlaceError> {
        self.at.iter().map(|(_, c)| self.grid.number(r, *c)).collect()
    }
    /// A column's cells beside the sectors' rows.
    pub fn column(&self, c: usize) -> Result<Vec<f64>, PlaceError> {
        self.at.iter().map(|(r, _)| self.grid.number(*r, c)).collect()
    }
    pub fn rows_of(&self, roles: &[RowRole]) -> Vec<usize> {
        (0..self.roles.rows.len()).filter(|r| roles.contains(&self.roles.rows[*r])).collect()
    }
    pub fn columns_of(&self, roles: &[ColumnRole]) -> Vec<usize> {
        (0..self.roles.columns.len()).filter(|c| roles.contains(&self.roles.columns[*c])).collect()
    }
    pub fn label(&self, j: usize) -> &str {
        &self.grid.columns[self.at[j].1]
    }
}

/// The last thing said under a key.
fn last<'a>(said: &'a [Said], key: &str) -> Option<&'a Said> {
    said.iter().rev().find(|of| of.key == key)
}

fn positive(grid: &Grid, said: &[Said], key: &str) -> Result<Option<f64>, PlaceError> {
    let Some(of) = last(said, key) else { return Ok(None) };
    match of.value.replace(',', "").parse::<f64>() {
        Ok(value) if value.is_finite() && value > 0.0 => Ok(Some(value)),
        _ => Err(of.wrong(&grid.file, "write a number above nought")),
    }
}

pub(super) fn read(grid: &Grid, said: &[Said], sha256: String) -> Result<IoTable, PlaceError> {
    let roles = Roles::of(grid, said)?;
    let at: Vec<(usize, usize)> = (0..grid.rows.len())
        .filter(|r| roles.rows[*r] == RowRole::Sector)
        .filter_map(|r| grid.column(&grid.rows[r].label).map(|c| (r, c)))
        .collect();
    if at.is_empty() {
        let remedy =
            "no row has a column of the same name, so there is no sector: label rows and columns alike";
        return Err(PlaceError::wrong(&grid.file, Some(grid.labels_line), "table", "no sector", remedy));
    }
    let tolerance = positive(grid, said, "tolerance")?.unwrap_or(TOLERANCE);
    let sheet = Sheet { grid, roles: &roles, at, tolerance };
    let flows: Result<Vec<Vec<f64>>, PlaceError> = sheet.at.iter().map(|(r, _)| sheet.row(*r)).collect();
    let flows = flows?;
    check::not_negative(&sheet)?;
    let mut notes = Vec::new();
    let (form, output) = form(&sheet, said, &flows, &mut notes)?;
    let per = |values: Vec<f64>| match (form, &output) {
        (Form::Flows, Some(output)) => {
            values.iter().zip(output).map(|(v, x)| if *x > 0.0 { v / x } else { 0.0 }).collect()
        }
        _ => values,
    };
    let inputs: Vec<Vec<f64>> = flows.iter().map(|row| per(row.clone())).collect();
    check::below_one(&sheet, &inputs)?;
    let beside = check::sums(&sheet, form, (&flows, output.as_deref()), &mut notes)?;
    let one = |role: RowRole| roles.row(role).map(|r| sheet.row(r)).transpose();
    let income = one(RowRole::Income)?.map(per);
    let employment = one(RowRole::Employment)?.map(per);
    let has = |role: RowRole| roles.row(role).is_some();
    let value_added = if beside {
        Some(value_added(&sheet, &[&PARTS[..], &[RowRole::ValueAdded]].concat(), &mut notes)?)
    } else if has(RowRole::ValueAdded) {
        one(RowRole::ValueAdded)?
    } else if has(RowRole::Income) && has(RowRole::Surplus) {
        Some(value_added(&sheet, &PARTS, &mut notes)?)
    } else {
        None
    };
    let value_added = value_added.map(per);
    let households = households(&sheet, said, form, &mut notes)?;
    Ok(IoTable {
        file: grid.file.clone(),
        sha256,
        form,
        sectors: sheet.at.iter().map(|(r, _)| grid.rows[*r].label.clone()).collect(),
        inputs,
        output,
        income,
        value_added,
        employment,
        households,
        notes,
    })
}

/// Flows or coefficients, as said or as the numbers show, and output by sector.
fn form(
    sheet: &Sheet,
    said: &[Said],
    flows: &[Vec<f64>],
    notes: &mut Vec<String>,
) -> Result<(Form, Option<Vec<f64>>), PlaceError> {
    let output = check::output(sheet, flows, notes)?;
    if let Some(of) = last(said, "kind") {
        let form = match of.value.to_lowercase().as_str() {
            "flows" => Form::Flows,
            "coefficients" => Form::Coefficients,
            _ => return Err(of.wrong(&sheet.grid.file, "write flows or coefficients")),
        };
        if form == Form::Flows && output.is_none() {
            let remedy = "a table of flows needs output: add an output row or column, or all of final demand";
            return Err(of.wrong(&sheet.grid.file, remedy));
        }
        return Ok((form, output));
    }
    let Some(output) = output else {
        notes.push(
            "The table has neither output nor final demand: its cells are read as coefficients.".into(),
        );
        return Ok((Form::Coefficients, None));
    };
    // Inputs of less than a thousandth of output in every sector are no flows of that output.
    let bought = |j: usize| flows.iter().map(|row| row[j]).sum::<f64>();
    let tiny = (0..output.len()).all(|j| bought(j) < 1.0 && bought(j) < 0.001 * output[j]);
    if tiny && (0..output.len()).any(|j| bought(j) > 0.0) {
        notes.push(
            "Every column of inputs sums to less than one, far below output: read as coefficients.".into(),
        );
        return Ok((Form::Coefficients, Some(output)));
    }
    Ok((Form::Flows, Some(output)))
}

const PARTS: [RowRole; 3] = [RowRole::Income, RowRole::Surplus, RowRole::ProductionTaxes];

/// Value added as the sum of its parts.
fn value_added(sheet: &Sheet, parts: &[RowRole], notes: &mut Vec<String>) -> Result<Vec<f64>, PlaceError> {
    let rows = sheet.rows_of(parts);
    let mut sum = vec![0.0; sheet.at.len()];
    for r in &rows {
        for (total, value) in sum.iter_mut().zip(sheet.row(*r)?) {
            *total += value;
        }
    }
    let names: Vec<&str> = rows.iter().map(|r| sheet.grid.rows[*r].label.as_str()).collect();
    notes.push(format!("Value added is the sum of {}.", names.join(", ")));
    Ok(sum)
}

/// What households buy at home, and pay each other, per unit of all they spend, or of all they receive where that is
/// given, written or more (Miller and Blair 2009, section 2.5).
fn households(
    sheet: &Sheet,
    said: &[Said],
    form: Form,
    notes: &mut Vec<String>,
) -> Result<Option<HouseholdAccount>, PlaceError> {
    let given = positive(sheet.grid, said, "household_income")?;
    let Some(c) = sheet.roles.column(ColumnRole::Households) else { return Ok(None) };
    let bought = sheet.column(c)?;
    let cell = |r: Option<usize>, c: usize| {
        r.map(|r| sheet.grid.number_or_none(r, c)).transpose().map(|x| x.flatten())
    };
    let pay_row = sheet.roles.row(RowRole::Income);
    let own = cell(pay_row, c)?.unwrap_or(0.0);
    let domestic: f64 = bought.iter().sum::<f64>() + own;
    let label = &sheet.grid.columns[c];
    let over = |total: f64, what: HouseholdTotal| {
        let column = bought.iter().map(|b| b / total).collect();
        Ok(Some(HouseholdAccount { column, own: own / total, total: what }))
    };
    let too_small = |total: f64, what: &str| {
        let remedy = format!(
            "{what} is below the {domestic} that households buy from the sectors: correct one of them"
        );
        let line = Some(sheet.grid.labels_line);
        Err(PlaceError::wrong(&sheet.grid.file, line, format!("column \"{label}\""), total, remedy))
    };
    if domestic <= 0.0 {
        let remedy =
            "households buy nothing here: give their purchases, or leave the column out with --ignore-column";
        let line = Some(sheet.grid.labels_line);
        return Err(PlaceError::wrong(&sheet.grid.file, line, "column", label, remedy));
    }
    if let Some(total) = given {
        if total < domestic * (1.0 - sheet.tolerance) {
            return too_small(total, "household income");
        }
        return over(total, HouseholdTotal::Income);
    }
    if form == Form::Coefficients && domestic <= 1.0 + sheet.tolerance {
        return over(1.0, HouseholdTotal::Shares);
    }
    let mut rest = 0.0;
    for r in sheet.rows_of(&[RowRole::Imports, RowRole::Taxes, RowRole::Primary]) {
        rest += sheet.grid.number_or_none(r, c)?.unwrap_or(0.0);
    }
    let written = cell(sheet.roles.row(RowRole::Output), c)?;
    let total = written.unwrap_or(domestic + rest);
    if total < domestic * (1.0 - sheet.tolerance) {
        return too_small(total, "the column's total");
    }
    if written.is_some() {
        return over(total, HouseholdTotal::Spending);
    }
    let received = match sheet.roles.column(ColumnRole::Output) {
        Some(output) => cell(pay_row, output)?,
        None => None,
    };
    if let Some(received) = received.filter(|received| *received > total) {
        return over(received, HouseholdTotal::Income);
    }
    let pay = match (form, pay_row) {
        (Form::Flows, Some(r)) => sheet.row(r)?.iter().sum::<f64>() + own,
        _ => 0.0,
    };
    if pay > total {
        notes.push(format!(
            "Households' purchases come to {total} and their pay to {pay}: the rest of it is taken to be taxed, saved or \
             spent elsewhere. Where they receive more than pay, give the total in the output row, or --household-income."
        ));
        return over(pay, HouseholdTotal::Pay);
    }
    if rest == 0.0 {
        notes.push(
            "Nothing in the table says what households spend on imports and taxes: all their spending is taken to be \
             domestic, so that Type II is an upper bound. Give the total in the output row, or --household-income."
                .into(),
        );
    }
    over(total, HouseholdTotal::Spending)
}
