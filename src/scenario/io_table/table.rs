//! From cells and roles to coefficients.

use super::check::{self, Output, Told, shown};
use super::form::form;
use super::households::households;
use super::jobs::jobs;
use super::labels::{ColumnRole as C, PARTS_OF_VALUE_ADDED, RowRole as R};
use super::letters::Letters;
use super::resolve::resolve;
use super::roles::{Roles, Said};
use super::rounding;
use super::sums::sums;
use super::{Form, IoTable, TOLERANCE};
use crate::scenario::Diagnostic;
use crate::scenario::grid::{self, Decimal, Grid, Unit};

/// Cells of a table with their roles, as numbers.
pub(super) struct Sheet<'a> {
    pub grid: &'a Grid,
    pub roles: &'a Roles,
    /// The grid's row and column of each sector.
    pub at: Vec<(usize, usize)>,
    pub tolerance: f64,
    /// Whether all its numbers are whole, and so may be rounded.
    pub whole_numbers: bool,
}

impl Sheet<'_> {
    fn cell(&self, r: usize, c: usize) -> f64 {
        self.grid.number_or_none(r, c).ok().flatten().unwrap_or(0.0)
    }
    /// A row's cells under the sectors' columns. What is no number is told by [`numbers`].
    pub fn row(&self, r: usize) -> Vec<f64> {
        self.at.iter().map(|(_, c)| self.cell(r, *c)).collect()
    }
    /// A column's cells beside the sectors' rows. Imports among final demand are taken off it, with whatever sign they are written:
    /// nobody sells them.
    pub fn column(&self, c: usize) -> Vec<f64> {
        let cells: Vec<f64> = self.at.iter().map(|(r, _)| self.cell(*r, c)).collect();
        let imports = self.roles.columns[c] == C::Final && self.grid.columns[c].any(says_imports);
        let written_above = imports && cells.iter().all(|x| *x >= 0.0);
        if written_above { cells.into_iter().map(|x| 0.0 - x).collect() } else { cells }
    }
    /// All cells of the sectors' rows and columns that are money.
    fn money(&self) -> Vec<f64> {
        let counted = |r: &usize| !matches!(self.roles.rows[*r], R::Employment | R::Ignored);
        let columns = (0..self.grid.columns.len()).filter(|c| self.roles.columns[*c] != C::Ignored);
        let rows = (0..self.grid.rows.len()).filter(counted).flat_map(|r| self.row(r));
        rows.chain(columns.flat_map(|c| self.column(c))).collect()
    }
    pub fn label(&self, j: usize) -> &str {
        &self.grid.columns[self.at[j].1].text
    }
}

pub(super) fn says_imports(label: &str) -> bool {
    let label = label.to_lowercase();
    label.contains("import") && !label.contains("export") || ["imp", "impo"].contains(&label.as_str())
}

/// The last thing said under a key.
pub(super) fn last<'a>(said: &'a [Said], key: &str) -> Option<&'a Said> {
    said.iter().rev().find(|of| of.key == key)
}

pub(super) fn positive(said: &[Said], key: &str, faults: &mut Vec<Diagnostic>) -> Option<f64> {
    let of = last(said, key)?;
    let written = grid::read(&of.value, Decimal::Point);
    let value =
        written.filter(|read| read.unit != Unit::Percent || key == "tolerance").map(|read| read.value);
    let value = value.filter(|value| *value > 0.0);
    if value.is_none() {
        faults.push(of.wrong("no number above nought", "write a number above nought"));
    }
    value
}

/// A table, or everything that is wrong with it.
pub(super) fn read(
    grid: &Grid,
    said: &[Said],
    sha256: String,
    mut faults: Vec<Diagnostic>,
) -> Result<IoTable, Vec<Diagnostic>> {
    let mut notes = grid.notes.clone();
    let framed = faults.is_empty();
    let mut unknown = Vec::new();
    let mut roles = Roles::of(grid, said, &mut unknown);
    notes.extend(Letters::of(grid).told(grid, &roles));
    // In a broken frame rows and columns miss each other, which would be told twice.
    if framed {
        faults = unknown;
    }
    let pair = |r: usize| grid.columns.iter().position(|c| grid::same(c.key(), grid.rows[r].label.key()));
    let at: Vec<(usize, usize)> =
        roles.rows_of(&[R::Sector]).into_iter().filter_map(|r| Some((r, pair(r)?))).collect();
    if at.is_empty() {
        let fault = Diagnostic::at(&grid.top, "no row has a column of the same name, so there is no sector");
        faults.push(fault.label("columns").help("label the rows and the columns of sectors alike"));
        return Err(faults);
    }
    let tolerance = positive(said, "tolerance", &mut faults).unwrap_or(TOLERANCE);
    resolve((grid, &at), &mut roles, (&mut faults, &mut notes));
    if framed {
        roles.at_most_one(grid, &mut faults);
    }
    let labelled = faults.is_empty();
    let mut sheet = Sheet { grid, roles: &roles, at, tolerance, whole_numbers: false };
    sheet.whole_numbers = rounding::are_whole(sheet.money().iter());
    remarks(&sheet, &mut notes);
    let before = faults.len();
    let blank = numbers(&sheet, &mut faults);
    let read = faults.len() == before;
    check::not_negative(&sheet, &mut faults);
    if last(said, "kind").is_none() {
        check::households_among(&sheet, &mut faults);
    }
    let flows: Vec<Vec<f64>> = sheet.at.iter().map(|(r, _)| sheet.row(*r)).collect();
    let mut known: (Form, Option<Output>) = (Form::Flows, None);
    if labelled && read {
        known = form(&sheet, said, &flows, &mut faults, &mut notes);
    }
    let (form, output) = known;
    if form == Form::Flows {
        check::no_ratios(&sheet, &mut faults);
    }
    // A fault in a cell is a fault in its sums, which would be told twice.
    if !faults.is_empty() {
        faults.extend(blank);
        return Err(faults);
    }
    let (output, told) = output.map_or((None, Told::Stated), |of| (Some(of.by_sector), of.told));
    let per = |values: Vec<f64>| match (form, &output) {
        (Form::Flows, Some(output)) => {
            values.iter().zip(output).map(|(v, x)| if *x > 0.0 { v / x } else { 0.0 }).collect()
        }
        _ => values,
    };
    let ones = vec![1.0; sheet.at.len()];
    let totals = if form == Form::Flows { output.as_deref().unwrap_or(&ones) } else { &ones };
    let inputs: Vec<Vec<f64>> = flows.iter().map(|row| per(row.clone())).collect();
    check::empty_sectors(&sheet, &flows, totals, &mut faults);
    let sums = sums(&sheet, form, (&flows, totals, told), &mut faults, &mut notes);
    let meant = sums.whole || last(said, "kind").is_some();
    check::rounds_end(&sheet, (form, meant), &inputs, &mut faults, &mut notes);
    if !blank.is_empty() {
        if sums.whole && faults.is_empty() {
            let what = if blank.len() == 1 { "One empty cell is" } else { "Empty cells are" };
            notes.push(format!("{what} read as nought: with that, all sums hold."));
        } else {
            faults.extend(blank);
        }
    }
    let value_added = value_added(&sheet, sums.beside, &mut notes).map(per);
    let households = households(&sheet, said, form, &mut faults, &mut notes);
    let employment = jobs(&sheet, said, (form, output.as_deref()), &mut faults, &mut notes);
    if !faults.is_empty() {
        return Err(faults);
    }
    let labels: Vec<_> = sheet.at.iter().map(|(r, _)| &grid.rows[*r].label).collect();
    let income = pay(&sheet).map(per);
    Ok(IoTable {
        file: grid.source.label.clone(),
        sha256,
        form,
        sectors: labels.iter().map(|label| label.text.clone()).collect(),
        names: labels.iter().map(|label| label.names.clone()).collect(),
        inputs,
        output,
        income,
        value_added,
        employment,
        households,
        households_line: sheet.roles.column(C::Households).map(|c| grid::line_of(&grid.columns[c].at)),
        notes,
    })
}

/// What a reader should know of a table that is taken as it stands: accounts that are no industries among its sectors, and inputs
/// that imports are still part of.
fn remarks(sheet: &Sheet, notes: &mut Vec<String>) {
    use super::labels::{usual_column, usual_row};
    let accounts: Vec<String> = (0..sheet.at.len())
        .map(|i| sheet.label(i))
        .filter(|label| {
            let paid = matches!(
                usual_row(label),
                Some(R::Income | R::Surplus | R::Taxes | R::ProductionTaxes | R::Imports)
            );
            label.len() > 3 && (paid || matches!(usual_column(label), Some(C::Final | C::Households)))
        })
        .map(|label| format!("\"{label}\""))
        .collect();
    if !accounts.is_empty() {
        notes.push(format!(
            "{} {} that produce, as in a table of industries: what passes \
             through them counts as output. In a social accounting matrix say what they are (--income-row, --primary-row, \
             --final-column), or leave them out (--ignore-row, --ignore-column).",
            accounts.join(", "),
            if accounts.len() == 1 {
                "stands among the rows and the columns and is taken for one of the sectors"
            } else {
                "stand among the rows and the columns and are taken for sectors"
            }
        ));
    }
    let taken_off =
        |c: &usize| sheet.grid.columns[*c].any(says_imports) && sheet.column(*c).iter().any(|x| *x < 0.0);
    if sheet.roles.columns_of(&[C::Final]).iter().any(taken_off) {
        notes.push(
            "Imports are taken off final demand, so that inputs are those from home and abroad together: multipliers are upper bounds."
                .into(),
        );
    }
}

/// Cells that are no numbers; and the empty cells among the flows, which are nought if the sums say so. An empty cell of
/// another payment is none.
fn numbers(sheet: &Sheet, faults: &mut Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut blank = Vec::new();
    let mut see = |r: usize, c: usize, must: bool| match sheet.grid.number_or_none(r, c) {
        Ok(Some(_)) => {}
        Ok(None) => {
            let sector = sheet.at.iter().any(|of| of.0 == r) && sheet.at.iter().any(|of| of.1 == c);
            if let (true, Err(fault)) = (sector, sheet.grid.number(r, c)) {
                blank.push(fault);
            } else if let (true, Err(fault)) = (must, sheet.grid.number(r, c)) {
                faults.push(fault);
            }
        }
        Err(fault) => faults.push(fault),
    };
    let ignored = [R::Ignored, R::Subtotal];
    for (r, role) in sheet.roles.rows.iter().enumerate().filter(|(_, role)| !ignored.contains(role)) {
        let must = matches!(role, R::Output | R::ValueAdded | R::Income | R::Employment);
        sheet.at.iter().for_each(|(_, c)| see(r, *c, must));
    }
    for (c, role) in sheet.roles.columns.iter().enumerate() {
        if !matches!(role, C::Ignored | C::Subtotal | C::Sector) {
            sheet.at.iter().for_each(|(r, _)| see(*r, c, *role == C::Output));
        }
    }
    blank
}

/// Compensation of employees: its row, with the contributions that stand beside wages.
fn pay(sheet: &Sheet) -> Option<Vec<f64>> {
    sheet.roles.row(R::Income)?;
    let rows = sheet.roles.rows_of(&[R::Income, R::Contributions]).into_iter().map(|r| sheet.row(r));
    rows.reduce(|sum, more| sum.iter().zip(more).map(|(a, b)| a + b).collect())
}

/// Value added: its row, with its parts where these stand beside it, or the sum of compensation and surplus.
fn value_added(sheet: &Sheet, beside: bool, notes: &mut Vec<String>) -> Option<Vec<f64>> {
    let has = |role: R| sheet.roles.row(role).is_some();
    let parts: Vec<R> = if beside {
        [&PARTS_OF_VALUE_ADDED[..], &[R::ValueAdded]].concat()
    } else if has(R::ValueAdded) && has(R::Depreciation) {
        vec![R::ValueAdded, R::Depreciation]
    } else if has(R::ValueAdded) {
        return sheet.roles.row(R::ValueAdded).map(|r| sheet.row(r));
    } else if has(R::Income) && has(R::Surplus) {
        PARTS_OF_VALUE_ADDED.to_vec()
    } else {
        return None;
    };
    let rows = sheet.roles.rows_of(&parts);
    let mut sum = vec![0.0; sheet.at.len()];
    for r in &rows {
        sum.iter_mut().zip(sheet.row(*r)).for_each(|(total, value)| *total += value);
    }
    let names: Vec<&str> = rows.iter().map(|r| sheet.grid.rows[*r].label.text.as_str()).collect();
    notes.push(format!("Value added is the sum of {}.", names.join(", ")));
    Some(sum)
}

/// What an amount is called in messages.
pub(super) fn amount(value: f64) -> String {
    shown(value)
}
