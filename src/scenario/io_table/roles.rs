//! What each row and column of a table is: as said by its header or by an option, else a sector where row and
//! column share a label, else by the usual labels.

use super::labels::{self, ColumnRole, RowRole};
use crate::place::PlaceError;
use crate::scenario::grid::{Grid, same};
use crate::scenario::nearest;

/// Something said about a table: `# households_column: C41` in its header, or `--households-column C41`.
#[derive(Clone, Debug)]
pub struct Said {
    pub key: String,
    pub value: String,
    /// Line of the header; none for an option.
    pub line: Option<usize>,
}

impl Said {
    /// By an option of the command line, such as `income_row`.
    pub fn option(key: &str, value: impl Into<String>) -> Said {
        Said { key: key.into(), value: value.into(), line: None }
    }

    /// The key as its writer knows it.
    pub(super) fn shown(&self) -> String {
        if self.line.is_some() { self.key.clone() } else { format!("--{}", self.key.replace('_', "-")) }
    }

    pub(super) fn wrong(&self, file: &str, remedy: impl Into<String>) -> PlaceError {
        PlaceError::wrong(file, self.line, self.shown(), &self.value, remedy)
    }
}

const ROWS: [(&str, RowRole); 10] = [
    ("output_row", RowRole::Output),
    ("imports_row", RowRole::Imports),
    ("taxes_row", RowRole::Taxes),
    ("production_taxes_row", RowRole::ProductionTaxes),
    ("income_row", RowRole::Income),
    ("surplus_row", RowRole::Surplus),
    ("value_added_row", RowRole::ValueAdded),
    ("primary_row", RowRole::Primary),
    ("employment_row", RowRole::Employment),
    ("ignore_row", RowRole::Ignored),
];

const COLUMNS: [(&str, ColumnRole); 4] = [
    ("output_column", ColumnRole::Output),
    ("households_column", ColumnRole::Households),
    ("final_column", ColumnRole::Final),
    ("ignore_column", ColumnRole::Ignored),
];

pub(super) struct Roles {
    pub rows: Vec<RowRole>,
    pub columns: Vec<ColumnRole>,
}

impl Roles {
    pub fn of(grid: &Grid, said: &[Said]) -> Result<Roles, PlaceError> {
        let mut rows: Vec<Option<RowRole>> = vec![None; grid.rows.len()];
        let mut columns: Vec<Option<ColumnRole>> = vec![None; grid.columns.len()];
        for of in said {
            if let Some((_, role)) = ROWS.iter().find(|(key, _)| *key == of.key) {
                let known: Vec<&str> = grid.rows.iter().map(|row| row.label.as_str()).collect();
                rows[named(grid, of, "row", &known)?] = Some(*role);
            } else if let Some((_, role)) = COLUMNS.iter().find(|(key, _)| *key == of.key) {
                let known: Vec<&str> = grid.columns.iter().map(String::as_str).collect();
                columns[named(grid, of, "column", &known)?] = Some(*role);
            } else if of.key.ends_with("_row") || of.key.ends_with("_column") {
                let all = ROWS.iter().map(|r| r.0).chain(COLUMNS.iter().map(|c| c.0));
                let near =
                    nearest(&of.key, all).map_or(String::new(), |near| format!("; did you mean {near}?"));
                return Err(of.wrong(&grid.file, format!("no such key{near}")));
            }
        }
        // Whoever is called a sector on one side only, because the other side was named otherwise, is unknown.
        let both = |label: &str| {
            let row = grid.row(label).is_some_and(|r| rows[r].is_none());
            row && grid.column(label).is_some_and(|c| columns[c].is_none()) && !accounts(label)
        };
        let rows: Result<Vec<RowRole>, PlaceError> = (0..grid.rows.len())
            .map(|r| {
                let label = grid.rows[r].label.as_str();
                let role =
                    rows[r].or_else(|| both(label).then_some(RowRole::Sector)).or_else(|| labels::row(label));
                role.ok_or_else(|| no_column(grid, r))
            })
            .collect();
        let columns: Result<Vec<ColumnRole>, PlaceError> = (0..grid.columns.len())
            .map(|c| {
                let label = grid.columns[c].as_str();
                let sector = both(label).then_some(ColumnRole::Sector);
                columns[c].or(sector).or_else(|| labels::column(label)).ok_or_else(|| no_row(grid, c))
            })
            .collect();
        let roles = Roles { rows: rows?, columns: columns? };
        roles.at_most_one(grid)?;
        Ok(roles)
    }

    pub fn row(&self, role: RowRole) -> Option<usize> {
        self.rows.iter().position(|r| *r == role)
    }

    pub fn column(&self, role: ColumnRole) -> Option<usize> {
        self.columns.iter().position(|c| *c == role)
    }

    /// Rows and columns that there can be one of.
    fn at_most_one(&self, grid: &Grid) -> Result<(), PlaceError> {
        use {ColumnRole as C, RowRole as R};
        let one = [
            (R::Output, "output_row"),
            (R::Income, "income_row"),
            (R::ValueAdded, "value_added_row"),
            (R::Employment, "employment_row"),
        ];
        for (role, key) in one {
            let all: Vec<usize> = (0..self.rows.len()).filter(|r| self.rows[*r] == role).collect();
            if let [first, second, ..] = all[..] {
                let (a, b) = (&grid.rows[first], &grid.rows[second]);
                let remedy = format!(
                    "this row and \"{}\" (line {}) read as the same account: say which counts with --{}, and leave \
                     the other out with --ignore-row or keep it in the sum with --primary-row",
                    a.label,
                    a.line,
                    key.replace('_', "-")
                );
                return Err(PlaceError::wrong(&grid.file, Some(b.line), "row", &b.label, remedy));
            }
        }
        for (role, key) in [(C::Output, "output_column"), (C::Households, "households_column")] {
            let all: Vec<usize> = (0..self.columns.len()).filter(|c| self.columns[*c] == role).collect();
            if let [first, second, ..] = all[..] {
                let remedy = format!(
                    "this column and \"{}\" read as the same account: say which counts with --{}, and what the other \
                     is with --final-column or --ignore-column",
                    grid.columns[first],
                    key.replace('_', "-")
                );
                let label = &grid.columns[second];
                return Err(PlaceError::wrong(&grid.file, Some(grid.labels_line), "column", label, remedy));
            }
        }
        Ok(())
    }
}

/// Labels that are accounts even where a row and a column share them: households, output, subtotals.
fn accounts(label: &str) -> bool {
    use {ColumnRole as C, RowRole as R};
    matches!(
        (labels::row(label), labels::column(label)),
        (Some(R::Income), Some(C::Households))
            | (Some(R::Output), Some(C::Output))
            | (Some(R::Subtotal), Some(C::Subtotal))
    )
}

fn named(grid: &Grid, of: &Said, what: &str, known: &[&str]) -> Result<usize, PlaceError> {
    known.iter().position(|label| same(label, &of.value)).ok_or_else(|| {
        let near = nearest(&of.value, known.iter().copied());
        let near = near.map_or(String::new(), |near| format!("; did you mean \"{near}\"?"));
        of.wrong(&grid.file, format!("the table has no {what} of that name{near}"))
    })
}

fn no_column(grid: &Grid, r: usize) -> PlaceError {
    let row = &grid.rows[r];
    let near = nearest(&row.label, grid.columns.iter().map(String::as_str));
    let near = near.map_or(String::new(), |near| format!(" (nearest: \"{near}\")"));
    let remedy = format!(
        "this row has no column of the same name{near}, and a sector needs both: add the column, or say what the row \
         is with --primary-row, --income-row, --employment-row or --ignore-row"
    );
    PlaceError::wrong(&grid.file, Some(row.line), "row", &row.label, remedy)
}

fn no_row(grid: &Grid, c: usize) -> PlaceError {
    let label = grid.columns[c].as_str();
    let near = nearest(label, grid.rows.iter().map(|row| row.label.as_str()));
    let near = near.map_or(String::new(), |near| format!(" (nearest: \"{near}\")"));
    let remedy = format!(
        "this column has no row of the same name{near}, and a sector needs both: add the row, or say what the column \
         is with --final-column, --households-column, --output-column or --ignore-column"
    );
    PlaceError::wrong(&grid.file, Some(grid.labels_line), "column", label, remedy)
}
