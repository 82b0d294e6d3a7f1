//! An input-output table that a user brings: symmetric, of flows or of coefficients, read from a CSV file.
//!
//! Rows sell, columns buy. A row and a column of the same label are a sector; other rows and columns are known
//! by their usual labels, or named in the header or by options ([`Said`]).

mod check;
mod employment;
mod form;
mod households;
mod jobs;
mod labels;
mod letters;
mod nation;
mod points;
mod ratio;
mod resolve;
mod roles;
mod rounding;
mod said;
mod scale;
mod social;
mod starter;
mod sums;
mod table;
mod usual;

use super::diagnostic::Diagnostic;
use super::error::ScenarioError;
use super::grid::Grid;
pub use employment::{Employment, employment};
pub use roles::Said;
pub use social::{Accounts, Kind as AccountKind, accounts, accounts_of};
pub use starter::STARTER;
use std::path::Path;

/// Columns (inputs and value added against output) and rows (sales against output) may miss by this share.
pub const TOLERANCE: f64 = 0.002;

/// What the cells of the table are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Money, in any unit.
    Flows,
    /// Inputs per unit of the column's output.
    Coefficients,
}

/// What households' purchases were divided by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HouseholdTotal {
    /// All that households spend: in the table's column, with imports and taxes where it has them.
    Spending,
    /// All that households receive, as given or as the table's households' row sums to.
    Income,
    /// Compensation of employees, which is more than what the table says they spend.
    Pay,
    /// The column holds shares already.
    Shares,
}

/// Households' uses per unit of their total.
#[derive(Clone, PartialEq, Debug)]
pub struct HouseholdAccount {
    /// Bought of each sector.
    pub column: Vec<f64>,
    /// Paid to households.
    pub own: f64,
    pub total: HouseholdTotal,
}

/// A table as coefficients; `inputs[i][j]` is bought from sector i per unit of sector j's output.
#[derive(Clone, Debug)]
pub struct IoTable {
    pub file: String,
    pub sha256: String,
    pub form: Form,
    pub sectors: Vec<String>,
    /// All names of each sector, a code beside its name among them.
    pub names: Vec<Vec<String>>,
    pub inputs: Vec<Vec<f64>>,
    /// In the table's own unit; a table of coefficients may have none.
    pub output: Option<Vec<f64>>,
    /// Compensation of employees per unit of output.
    pub income: Option<Vec<f64>>,
    pub value_added: Option<Vec<f64>>,
    /// Jobs per unit of output.
    pub employment: Option<Vec<f64>>,
    pub households: Option<HouseholdAccount>,
    /// The line of the households' column's label.
    pub households_line: Option<usize>,
    /// What was read into the table, for the reader of the results.
    pub notes: Vec<String>,
}

/// Read a table from a file.
pub fn load(path: &Path, said: &[Said]) -> Result<IoTable, ScenarioError> {
    let file = path.display().to_string();
    parse(&file, &text(path)?, said)
}

/// A table from its text, or all that is wrong with it.
pub fn parse(file: &str, text: &str, said: &[Said]) -> Result<IoTable, ScenarioError> {
    let read = |grid: &Grid, all: &[Said], faults: Vec<Diagnostic>| {
        table::read(grid, all, crate::place::sha256(text.as_bytes()), faults).map_err(|mut faults| {
            faults.sort_by_key(Diagnostic::position);
            ScenarioError::Invalid(faults)
        })
    };
    points::either((file, text), said, &read, |_| true)
}

/// The text of a file, refused in a sentence.
pub(super) fn text(path: &Path) -> Result<String, ScenarioError> {
    let unreadable = |reason: String| {
        ScenarioError::from(
            Diagnostic::new(format!("{} cannot be read: {reason}", path.display()))
                .help("give the path of a text file (CSV or TOML); a spreadsheet is saved as CSV UTF-8"),
        )
    };
    let bytes = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(unreadable("it is UTF-16".into()));
    }
    if bytes.starts_with(b"PK") {
        return Err(unreadable("it is a spreadsheet or a ZIP file".into()));
    }
    // Older spreadsheets write a pound sign in one byte (Windows-1252).
    let read = String::from_utf8(bytes).or_else(|error| {
        let bytes = error.into_bytes();
        let western = bytes.iter().all(|b| *b < 0x80 || *b == 0xA3 || *b == 0xA0 || *b >= 0xC0);
        western.then(|| bytes.iter().map(|b| char::from(*b)).collect::<String>()).ok_or(())
    });
    read.map_err(|()| unreadable("it is not UTF-8".into()))
}
