//! What each row and column of a table is: as said by its header or by an option, else a sector where row and
//! column share a label, else by the usual labels.

use super::labels::{self, ColumnRole, RowRole};
use super::letters::Letters;
pub use super::said::Said;
use crate::scenario::grid::{Grid, Label, same};
use crate::scenario::{Diagnostic, nearest};

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

const OTHERS: [&str; 10] = [
    "kind",
    "jobs",
    "exogenous",
    "endogenous",
    "production_account",
    "factor_account",
    "household_account",
    "decimal",
    "tolerance",
    "household_income",
];

pub(super) struct Roles {
    pub rows: Vec<RowRole>,
    pub columns: Vec<ColumnRole>,
    /// Rows and columns whose role was said, and is not to be second-guessed.
    pub said_rows: Vec<bool>,
    pub said_columns: Vec<bool>,
    /// What is sold of each sector's goods, if imports of like goods stand beside output.
    pub supply: Option<Vec<f64>>,
}

impl Roles {
    pub fn of(grid: &Grid, said: &[Said], faults: &mut Vec<Diagnostic>) -> Roles {
        let mut rows: Vec<Option<RowRole>> = vec![None; grid.rows.len()];
        let mut columns: Vec<Option<ColumnRole>> = vec![None; grid.columns.len()];
        let row_labels: Vec<&Label> = grid.rows.iter().map(|row| &row.label).collect();
        let column_labels: Vec<&Label> = grid.columns.iter().collect();
        for of in said {
            if let Some((_, role)) = ROWS.iter().find(|(key, _)| *key == of.key) {
                if let Some(r) = named(of, "row", &row_labels, faults) {
                    rows[r] = Some(*role);
                }
            } else if let Some((_, role)) = COLUMNS.iter().find(|(key, _)| *key == of.key) {
                if let Some(c) = named(of, "column", &column_labels, faults) {
                    columns[c] = Some(*role);
                }
            } else if !OTHERS.contains(&of.key.as_str()) {
                misspelt(of, faults);
            }
        }
        let said_rows = rows.iter().map(Option::is_some).collect();
        let said_columns = columns.iter().map(Option::is_some).collect();
        // Whoever is called a sector on one side only, because the other side was named otherwise, is unknown.
        let pair = |label: &Label| {
            let row = grid.rows.iter().position(|row| same(row.label.key(), label.key()));
            let column = grid.columns.iter().position(|column| same(column.key(), label.key()));
            let free = row.is_some_and(|r| rows[r].is_none()) && column.is_some_and(|c| columns[c].is_none());
            free && !row.zip(column).is_some_and(|(r, c)| {
                accounts(&grid.rows[r].label, &grid.columns[c])
                    && !(letter(label) && output_elsewhere(grid, label, &rows, &columns))
            })
        };
        let letters = Letters::of(grid);
        let row_roles = (0..grid.rows.len()).map(|r| {
            let label = &grid.rows[r].label;
            let role = rows[r].or_else(|| pair(label).then_some(RowRole::Sector));
            role.or_else(|| letters.row(label)).or_else(|| usual(label, labels::row)).unwrap_or_else(|| {
                faults.push(no_column(grid, r));
                RowRole::Ignored
            })
        });
        let row_roles: Vec<RowRole> = row_roles.collect();
        let column_roles = (0..grid.columns.len()).map(|c| {
            let label = &grid.columns[c];
            let role = columns[c].or_else(|| pair(label).then_some(ColumnRole::Sector));
            role.or_else(|| letters.column(label)).or_else(|| usual(label, labels::column)).unwrap_or_else(
                || {
                    faults.push(no_row(grid, c));
                    ColumnRole::Ignored
                },
            )
        });
        Roles { rows: row_roles, columns: column_roles.collect(), said_rows, said_columns, supply: None }
    }

    pub fn row(&self, role: RowRole) -> Option<usize> {
        self.rows.iter().position(|r| *r == role)
    }

    pub fn column(&self, role: ColumnRole) -> Option<usize> {
        self.columns.iter().position(|c| *c == role)
    }

    pub fn rows_of(&self, roles: &[RowRole]) -> Vec<usize> {
        (0..self.rows.len()).filter(|r| roles.contains(&self.rows[*r])).collect()
    }

    pub fn columns_of(&self, roles: &[ColumnRole]) -> Vec<usize> {
        (0..self.columns.len()).filter(|c| roles.contains(&self.columns[*c])).collect()
    }

    /// Rows and columns that there can be one of.
    pub fn at_most_one(&self, grid: &Grid, faults: &mut Vec<Diagnostic>) {
        use {ColumnRole as C, RowRole as R};
        let same_account = |what: &str, key: &str, rest: &str, first: &Label, second: &Label| {
            let title =
                format!("{what}s \"{}\" and \"{}\" read as the same account", first.text, second.text);
            let fault = Diagnostic::at(&second.at, title).label("which of the two counts?");
            fault.help(format!("say which with --{}, {rest}", key.replace('_', "-")))
        };
        let one = [
            (R::Output, "output_row"),
            (R::Income, "income_row"),
            (R::ValueAdded, "value_added_row"),
            (R::Employment, "employment_row"),
        ];
        for (role, key) in one {
            if let [first, second, ..] = self.rows_of(&[role])[..] {
                let rest =
                    "and leave the other out with --ignore-row or keep it in the sum with --primary-row";
                faults.push(same_account(
                    "row",
                    key,
                    rest,
                    &grid.rows[first].label,
                    &grid.rows[second].label,
                ));
            }
        }
        for (role, key) in [(C::Output, "output_column"), (C::Households, "households_column")] {
            if let [first, second, ..] = self.columns_of(&[role])[..] {
                let rest = "and what the other is with --final-column or --ignore-column";
                faults.push(same_account("column", key, rest, &grid.columns[first], &grid.columns[second]));
            }
        }
    }
}

/// The role by any of a label's names, else by what stands beside it: a group, "Primary inputs"; not a unit of a few letters.
fn usual<R>(label: &Label, role: fn(&str) -> Option<R>) -> Option<R> {
    let beside = label.beside.iter().filter(|text| text.len() > 6);
    std::iter::once(&label.text).chain(&label.names).chain(beside).find_map(|name| role(name))
}

/// A name of one letter, as a sector's code or the textbook's sign for output.
fn letter(label: &Label) -> bool {
    label.text.chars().count() == 1
}

/// Whether output is another row or column than this one: said so, or called so in a word.
fn output_elsewhere(
    grid: &Grid,
    label: &Label,
    rows: &[Option<RowRole>],
    columns: &[Option<ColumnRole>],
) -> bool {
    let other = |of: &Label| !same(of.key(), label.key());
    let called = |of: &Label| other(of) && !letter(of);
    rows.contains(&Some(RowRole::Output))
        || columns.contains(&Some(ColumnRole::Output))
        || grid.rows.iter().any(|r| {
            let role = usual(&r.label, labels::row);
            called(&r.label) && matches!(role, Some(RowRole::Output | RowRole::Supply))
        })
        || grid.columns.iter().any(|c| {
            let role = usual(c, labels::column);
            called(c) && matches!(role, Some(ColumnRole::Output | ColumnRole::Use))
        })
}

/// Labels that are accounts even where a row and a column share them: households, output, subtotals.
fn accounts(row: &Label, column: &Label) -> bool {
    use {ColumnRole as C, RowRole as R};
    matches!(
        (usual(row, labels::row), usual(column, labels::column)),
        (Some(R::Income), Some(C::Households))
            | (Some(R::Output | R::Supply), Some(C::Output | C::Use))
            | (Some(R::Subtotal), Some(C::Subtotal))
            | (Some(R::Imports), Some(C::Final))
            | (Some(R::Surplus), Some(C::Final))
    )
}

fn misspelt(of: &Said, faults: &mut Vec<Diagnostic>) {
    let all = || ROWS.iter().map(|r| r.0).chain(COLUMNS.iter().map(|c| c.0)).chain(OTHERS);
    match nearest(&of.key, all()) {
        Some(near) => faults.push(of.wrong("no such key", format!("did you mean {near}?"))),
        None if of.key.ends_with("_row") || of.key.ends_with("_column") => {
            let known: Vec<&str> = all().collect();
            faults.push(of.wrong("no such key", format!("known: {}", known.join(", "))));
        }
        // A line of the table's own.
        None => {}
    }
}

fn named(of: &Said, what: &str, known: &[&Label], faults: &mut Vec<Diagnostic>) -> Option<usize> {
    let found = known.iter().position(|label| label.is(&of.value) || same(&label.text, &of.value));
    if found.is_none() {
        let near = nearest(&of.value, known.iter().map(|label| label.text.as_str()));
        let all: Vec<&str> = known.iter().map(|label| label.text.as_str()).take(30).collect();
        let help = near.map_or_else(
            || format!("{what}s of the table: {}", all.join(", ")),
            |near| format!("did you mean \"{near}\"?"),
        );
        faults.push(of.wrong(format!("the table has no {what} of that name"), help));
    }
    found
}

/// The label on the other side that is like this one, of which of a letter or two none is; or the one that is called the same and
/// is paired by another name, its code.
fn near(label: &Label, others: &[Label]) -> Option<String> {
    if let Some(other) = others.iter().find(|other| other.any(|name| same(name, &label.text))) {
        let [own, key] = [label.key(), other.key()];
        return Some(format!(" (rows and columns are paired by \"{own}\" here and \"{key}\" there)"));
    }
    let long = |name: &&str| name.len() > 2 && label.text.len() > 2;
    let near = nearest(&label.text, others.iter().map(|other| other.text.as_str()).filter(long));
    near.map(|near| told(Some(near)))
}

fn told(near: Option<&str>) -> String {
    near.map_or(String::new(), |near| format!(" (nearest: \"{near}\")"))
}

fn no_column(grid: &Grid, r: usize) -> Diagnostic {
    let label = &grid.rows[r].label;
    let near = near(label, &grid.columns).unwrap_or_else(|| told(labels::near_row(&label.text)));
    let title = format!("row \"{}\" has no column of the same name{near}", label.text);
    Diagnostic::at(&label.at, title).label("a sector needs both, and no usual account is called so").help(
        "add the column, or say what the row is with --primary-row, --income-row, --employment-row or --ignore-row",
    )
}

fn no_row(grid: &Grid, c: usize) -> Diagnostic {
    let label = &grid.columns[c];
    let rows: Vec<Label> = grid.rows.iter().map(|row| row.label.clone()).collect();
    let near = near(label, &rows).unwrap_or_else(|| told(labels::near_column(&label.text)));
    let title = format!("column \"{}\" has no row of the same name{near}", label.text);
    if matches!(
        labels::usual_row(&label.text),
        Some(RowRole::Income | RowRole::Surplus | RowRole::ValueAdded | RowRole::Primary)
    ) {
        let fault = Diagnostic::at(&label.at, title)
            .label("this is usually a row: do rows buy here, and columns sell?");
        return fault.help("turn the table, so that rows sell and columns buy; else say what the column is with --final-column");
    }
    Diagnostic::at(&label.at, title).label("a sector needs both, and no usual account is called so").help(
        "add the row, or say what the column is with --final-column, --households-column, --output-column or \
         --ignore-column",
    )
}
