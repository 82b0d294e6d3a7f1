//! A social accounting matrix: every account has a row (what it receives) and a column (what it pays), with equal sums.

mod evidence;
mod kinds;
mod told;

use super::check::{close, percent, shown};
use super::points;
use super::roles::Said;
use super::rounding;
use super::table::positive;
use super::{Form, TOLERANCE};
use crate::base::rounds::invert;
use crate::scenario::grid::{Grid, Label, same};
use crate::scenario::{Diagnostic, ScenarioError};
use evidence::{Accounts as Payments, Found};
pub use kinds::Kind;
use nalgebra::DMatrix;
use std::path::Path;

/// Accounts that follow from what they receive, and payments between them.
#[derive(Clone, Debug)]
pub struct Accounts {
    pub file: String,
    pub sha256: String,
    pub names: Vec<String>,
    pub kinds: Vec<Kind>,
    /// `shares[i][j]`: paid to account i of each unit that account j receives.
    pub shares: Vec<Vec<f64>>,
    /// What is given from outside.
    pub outside: Vec<String>,
    pub notes: Vec<String>,
}

/// A social accounting matrix from a file, or none where the table is another one.
pub fn accounts(path: &Path, said: &[Said]) -> Result<Option<Accounts>, ScenarioError> {
    accounts_of(&path.display().to_string(), &super::text(path)?, said)
}

/// The same of a text.
pub fn accounts_of(file: &str, text: &str, said: &[Said]) -> Result<Option<Accounts>, ScenarioError> {
    points::either((file, text), said, &|grid, all, faults| read(text, grid, all, faults), Option::is_some)
}

fn read(
    text: &str,
    grid: &Grid,
    all: &[Said],
    mut faults: Vec<Diagnostic>,
) -> Result<Option<Accounts>, ScenarioError> {
    let kind = all.iter().rev().find(|of| of.key == "kind").map(|of| of.value.to_lowercase());
    let named = all.iter().any(|of| ACCOUNTS.contains(&of.key.as_str()));
    let asked = kind.as_deref() == Some("sam") || named;
    // Who says what rows and columns are wants an input-output table, as does who says what households receive.
    let role = |key: &str| key.ends_with("_row") || key.ends_with("_column") || key == "household_income";
    let roles = all.iter().any(|of| role(&of.key));
    if !asked && (kind.is_some() || roles) {
        return Ok(None);
    }
    let Some(read) = Matrix::of(grid, all, asked, &mut faults) else {
        // What is wrong with another table is told where that is read.
        return if asked { Err(ScenarioError::Invalid(faults)) } else { Ok(None) };
    };
    if !faults.is_empty() {
        return Err(ScenarioError::Invalid(faults));
    }
    read.within(grid, crate::place::sha256(text.as_bytes())).map(Some)
}

/// All accounts of a matrix.
struct Matrix {
    at: Vec<(usize, usize)>,
    names: Vec<String>,
    kinds: Vec<Kind>,
    found: Vec<Found>,
    cells: Vec<Vec<f64>>,
    outside: Vec<bool>,
    form: Form,
    rounded: bool,
}

/// What is said of accounts, which only such a matrix has.
const ACCOUNTS: [&str; 5] =
    ["exogenous", "endogenous", "production_account", "factor_account", "household_account"];

const TOTALS: [&str; 8] =
    ["sum", "output", "outputs", "outlays", "receipts", "expenditure", "expenditures", "expenses"];

fn total(label: &Label) -> bool {
    let text = label.text.to_lowercase();
    text.starts_with("total") || text.ends_with("total") || TOTALS.contains(&text.as_str())
}

impl Matrix {
    /// A table whose rows and columns are the same accounts, factors or households among them and others that are usually
    /// given from outside. None where it is another table.
    fn of(grid: &Grid, said: &[Said], asked: bool, faults: &mut Vec<Diagnostic>) -> Option<Matrix> {
        let column = |label: &Label| grid.columns.iter().position(|c| same(c.key(), label.key()));
        let rows = (0..grid.rows.len()).filter(|r| !total(&grid.rows[*r].label));
        let pairs: Vec<(usize, Option<usize>)> = rows.map(|r| (r, column(&grid.rows[r].label))).collect();
        let columns = grid.columns.iter().filter(|label| !total(label)).count();
        if pairs.len() != columns || pairs.iter().any(|pair| pair.1.is_none()) || !faults.is_empty() {
            let fault = Diagnostic::at(&grid.top, "rows and columns are not the same accounts");
            faults.push(fault.label("columns").help(
                "in a social accounting matrix each account has a row and a column of the same name; only totals have one",
            ));
            return None;
        }
        let at: Vec<(usize, usize)> = pairs.into_iter().filter_map(|(r, c)| Some((r, c?))).collect();
        let mut wrong = Vec::new();
        let mut cell = |r: usize, c: usize| match grid.number_or_none(r, c) {
            Ok(value) => value.unwrap_or(0.0),
            Err(fault) => {
                wrong.push(fault);
                0.0
            }
        };
        let cells: Vec<Vec<f64>> =
            at.iter().map(|(r, _)| at.iter().map(|(_, c)| cell(*r, *c)).collect()).collect();
        let names: Vec<String> = at.iter().map(|(r, _)| grid.rows[*r].label.text.clone()).collect();
        let mut said_kinds: Vec<Option<Kind>> = vec![None; at.len()];
        let mut outside: Vec<Option<bool>> = vec![None; at.len()];
        let mut unknown = Vec::new();
        for of in said {
            let (kind, given) = match of.key.as_str() {
                "exogenous" => (None, Some(true)),
                "endogenous" => (None, Some(false)),
                "production_account" => (Some(Kind::Production), None),
                "factor_account" => (Some(Kind::Factor), None),
                "household_account" => (Some(Kind::Households), None),
                _ => continue,
            };
            match at.iter().position(|(r, _)| grid.rows[*r].label.is(&of.value)) {
                Some(i) => {
                    said_kinds[i] = kind.or(said_kinds[i]);
                    outside[i] = given.or(outside[i]);
                }
                None => unknown.push(
                    of.wrong("no such account", format!("accounts of the table: {}", names.join(", "))),
                ),
            }
        }
        let (mut kinds, found) = Payments { names: &names, cells: &cells, told: &said_kinds }.kinds();
        let inside = kinds.iter().any(|kind| matches!(kind, Kind::Factor | Kind::Households));
        let produced = kinds.contains(&Kind::Production);
        let given = kinds.iter().any(|kind| kind.from_outside());
        if !(asked || inside && produced && given) {
            return None;
        }
        faults.append(&mut wrong);
        faults.append(&mut unknown);
        for (i, how) in found.iter().enumerate() {
            if let Found::Doubtful(why, likely) = how {
                match outside[i] {
                    Some(_) => kinds[i] = Kind::Other,
                    None => faults.push(told::which(&grid.rows[at[i].0].label, why, *likely)),
                }
            }
        }
        let outside = outside.iter().zip(&kinds).map(|(said, kind)| said.unwrap_or(kind.from_outside()));
        let mut of = Matrix {
            outside: outside.collect(),
            at,
            names,
            kinds,
            found,
            cells,
            form: Form::Flows,
            rounded: false,
        };
        of.sums(grid, (said, asked), faults).then_some(of)
    }

    fn paid(&self, j: usize) -> f64 {
        self.cells.iter().map(|row| row[j]).sum()
    }

    /// Each account receives what it pays, and totals are such sums; or the columns are shares, if somebody has said that this
    /// is such a matrix: a closed table of coefficients looks the same. False where it holds of so few that it is another table.
    fn sums(&mut self, grid: &Grid, (said, asked): (&[Said], bool), faults: &mut Vec<Diagnostic>) -> bool {
        let tolerance = positive(said, "tolerance", faults).unwrap_or(TOLERANCE);
        let n = self.at.len();
        let received: Vec<f64> = self.cells.iter().map(|row| row.iter().sum()).collect();
        let whole = rounding::are_whole(self.cells.iter().flatten());
        let pairs: Vec<(f64, f64)> = (0..n).map(|j| (received[j], self.paid(j))).collect();
        let units = if whole { rounding::slack(n, pairs.iter().copied(), tolerance) } else { 0.0 };
        let near = |a: f64, b: f64| close(a, b, tolerance) || (a - b).abs() <= units;
        let off: Vec<usize> = (0..n).filter(|j| !near(received[*j], self.paid(*j))).collect();
        self.rounded = off.is_empty() && (0..n).any(|j| !close(received[j], self.paid(j), tolerance));
        let shares = self.cells.iter().flatten().all(|cell| cell.abs() <= 1.0)
            && (0..n).all(|j| self.paid(j) <= 1.0 + tolerance);
        if shares && !off.is_empty() {
            self.form = Form::Coefficients;
            return asked;
        }
        if !asked && 2 * off.len() > n {
            return false;
        }
        for j in off {
            let label = &grid.rows[self.at[j].0].label;
            let title = format!(
                "account \"{}\" receives {} and pays {}",
                label.text,
                shown(received[j]),
                shown(self.paid(j))
            );
            let what = format!("row and column of an account are equal (tolerance {}%)", percent(tolerance));
            faults.push(Diagnostic::at(&label.at, title).label(what).help(
                "correct the cell that is wrong or give --tolerance; if this is an input-output table, say so with --kind flows",
            ));
        }
        let mut compare = |(r, c): (usize, usize), (line, sum): (&str, f64)| {
            let written = grid.number_or_none(r, c).ok().flatten();
            if written.is_some_and(|written| !near(written, sum)) {
                let what = format!("the {line} comes to {}", shown(sum));
                faults.push(grid.wrong(r, c, what, format!("correct the total or the {line}")));
            }
        };
        for c in (0..grid.columns.len()).filter(|c| total(&grid.columns[*c])) {
            self.at.iter().zip(&received).for_each(|((r, _), sum)| compare((*r, c), ("row", *sum)));
        }
        for r in (0..grid.rows.len()).filter(|r| total(&grid.rows[*r].label)) {
            self.at.iter().enumerate().for_each(|(j, (_, c))| compare((r, *c), ("column", self.paid(j))));
        }
        true
    }

    /// The accounts that are not given from outside, with the share that each pays to each.
    fn within(&self, grid: &Grid, sha256: String) -> Result<Accounts, ScenarioError> {
        let of = |given: bool| -> Vec<usize> {
            (0..self.at.len()).filter(|i| self.outside[*i] == given).collect()
        };
        let inside = of(false);
        let mut faults = Vec::new();
        for (i, j) in inside.iter().flat_map(|i| inside.iter().map(move |j| (*i, *j))) {
            if self.cells[i][j] < 0.0 {
                let remedy =
                    "book it the other way round, or leave one of the two accounts outside with --exogenous";
                faults.push(grid.wrong(self.at[i].0, self.at[j].1, "this payment is negative", remedy));
            }
        }
        let whole = |j: usize| if self.form == Form::Flows { self.paid(j) } else { 1.0 };
        let share = |i: usize, j: usize| if whole(j) > 0.0 { self.cells[i][j] / whole(j) } else { 0.0 };
        let shares: Vec<Vec<f64>> =
            inside.iter().map(|i| inside.iter().map(|j| share(*i, *j)).collect()).collect();
        let n = inside.len();
        if faults.is_empty() && invert(&DMatrix::from_fn(n, n, |i, j| shares[i][j])).is_none() {
            let fault = Diagnostic::at(
                &grid.top,
                "nothing leaks from the accounts inside, so that their rounds have no end",
            );
            faults.push(
                fault
                    .label("no account that is paid is outside")
                    .help("say which is given from outside: --exogenous LABEL"),
            );
        }
        if !faults.is_empty() {
            return Err(ScenarioError::Invalid(faults));
        }
        let names = |of: &[usize]| of.iter().map(|i| self.names[*i].clone()).collect::<Vec<_>>();
        Ok(Accounts {
            file: grid.source.label.clone(),
            sha256,
            names: names(&inside),
            kinds: inside.iter().map(|i| self.kinds[*i]).collect(),
            shares,
            outside: names(&of(true)),
            notes: self.told(grid, &inside),
        })
    }
}
