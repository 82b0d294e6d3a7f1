//! The letters of the textbook (Miller and Blair 2009, section 2.2): columns C, I, G, E of final demand, rows L and N of value
//! added. A letter may as well be a sector whose other label is missing, and so counts only beside others of its kind, in a
//! table whose sectors are not called by letters.

use super::labels::{ColumnRole as C, RowRole as R};
use super::roles::Roles;
use crate::scenario::grid::{Grid, Label, same};

const COLUMNS: [(&str, C); 4] = [("C", C::Households), ("I", C::Final), ("G", C::Final), ("E", C::Final)];
const ROWS: [(&str, R); 3] = [("L", R::Income), ("N", R::Surplus), ("M", R::Imports)];

/// The letters that a table uses so: of its columns, and of its rows.
pub(super) struct Letters {
    columns: bool,
    rows: bool,
}

impl Letters {
    pub fn of(grid: &Grid) -> Letters {
        let alone =
            |label: &Label| label.text.chars().count() == 1 && label.text.contains(char::is_alphabetic);
        let row = |name: &str| grid.rows.iter().any(|row| same(row.label.key(), name));
        let column = |name: &str| grid.columns.iter().any(|column| same(column.key(), name));
        let output = |label: &Label| same(&label.text, "x");
        let sectors = |label: &&Label| alone(label) && !output(label) && row(label.key());
        let by_letter = grid.columns.iter().any(|column| sectors(&column));
        let columns = COLUMNS.iter().filter(|(name, _)| column(name) && !row(name)).count();
        let rows = ROWS.iter().filter(|(name, _)| row(name) && !column(name)).count();
        Letters { columns: !by_letter && columns > 1, rows: !by_letter && rows > 1 }
    }

    pub fn column(&self, label: &Label) -> Option<C> {
        let of = COLUMNS.iter().find(|(name, _)| self.columns && same(name, &label.text));
        of.map(|(_, role)| *role)
    }

    pub fn row(&self, label: &Label) -> Option<R> {
        let of = ROWS.iter().find(|(name, _)| self.rows && same(name, &label.text));
        of.map(|(_, role)| *role)
    }

    /// What was read by letters, for the reader of the results.
    pub fn told(&self, grid: &Grid, roles: &Roles) -> Option<String> {
        let columns = grid.columns.iter().enumerate().filter_map(|(c, label)| {
            let what = match (self.column(label)? == roles.columns[c], label.text.to_uppercase().as_str()) {
                (false, _) => return None,
                (true, "C") => "households",
                (true, "I") => "investment",
                (true, "G") => "government",
                (true, _) => "exports",
            };
            Some(format!("{} {what}", label.text))
        });
        let rows = grid.rows.iter().enumerate().filter_map(|(r, row)| {
            let what = match (self.row(&row.label)?, roles.rows[r]) {
                (R::Income, R::Income) => "pay",
                (R::Surplus, R::Surplus) => "other value added",
                (R::Imports, R::Imports) => "imports",
                _ => return None,
            };
            Some(format!("{} {what}", row.label.text))
        });
        let all: Vec<String> = columns.chain(rows).collect();
        (!all.is_empty())
            .then(|| format!("Letters are read as in Miller and Blair (2009): {}.", all.join(", ")))
    }
}
