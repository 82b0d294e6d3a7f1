//! Tables and metrics as values, before any format. Each cell has exactly one text, the same on every
//! machine, so that two runs can be compared byte by byte.

use std::fmt;

use crate::base::money::Pence;

/// One number about a run.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Metric {
    pub id: &'static str,
    pub value: f64,
    pub unit: &'static str,
    pub meaning: &'static str,
}

/// Rows under named columns.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    /// Stem of the file it goes into.
    pub name: &'static str,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Column {
    pub name: &'static str,
    pub unit: &'static str,
    pub meaning: &'static str,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    Text(String),
    Int(i64),
    /// Shown in pounds with two decimals.
    Pence(Pence),
    /// A real number and how many decimals it is shown with.
    Real(f64, u8),
    Empty,
}

impl Table {
    pub fn new(name: &'static str, columns: Vec<Column>) -> Table {
        Table { name, columns, rows: Vec::new() }
    }
    /// Add a row, one cell a column.
    pub fn push(&mut self, row: Vec<Cell>) {
        assert_eq!(
            row.len(),
            self.columns.len(),
            "a row of table `{}` has the wrong number of cells",
            self.name
        );
        self.rows.push(row);
    }
    /// Where a column stands.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == column)
    }
}

impl Column {
    /// `unit` is empty for text and plain labels.
    pub const fn new(name: &'static str, unit: &'static str, meaning: &'static str) -> Column {
        Column { name, unit, meaning }
    }
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }
    /// A count. Counts beyond `i64` do not arise: the largest is a number of people or contracts.
    pub fn count(count: usize) -> Cell {
        Cell::Int(count as i64)
    }
    /// A ratio, multiplier or share, with four decimals.
    pub fn ratio(value: f64) -> Cell {
        Cell::Real(value, 4)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::text(text)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(cell: Option<T>) -> Cell {
        cell.map_or(Cell::Empty, Into::into)
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Text(text) => f.write_str(text),
            Cell::Int(number) => write!(f, "{number}"),
            Cell::Pence(pence) => {
                let sign = if *pence < 0 { "-" } else { "" };
                let size = pence.unsigned_abs();
                write!(f, "{sign}{}.{:02}", size / 100, size % 100)
            }
            Cell::Real(value, decimals) => f.write_str(&real(*value, *decimals)),
            Cell::Empty => Ok(()),
        }
    }
}

/// A real number with fixed decimals. Zero has no sign; what is not a number is empty.
fn real(value: f64, decimals: u8) -> String {
    if value.is_nan() {
        return String::new();
    }
    let text = format!("{value:.*}", decimals as usize);
    match text.strip_prefix('-') {
        Some(size) if size.bytes().all(|b| matches!(b, b'0' | b'.')) => size.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_exact_pounds() {
        let shown = |p| Cell::Pence(p).to_string();
        assert_eq!(shown(0), "0.00");
        assert_eq!(shown(-5), "-0.05");
        assert_eq!(shown(123_456_789_012_345_678), "1234567890123456.78");
        assert_eq!(shown(i64::MIN), "-92233720368547758.08");
    }

    #[test]
    fn reals_have_no_negative_zero() {
        assert_eq!(Cell::Real(-0.001, 2).to_string(), "0.00");
        assert_eq!(Cell::Real(-0.006, 2).to_string(), "-0.01");
        assert_eq!(Cell::Real(f64::NAN, 2).to_string(), "");
        assert_eq!(Cell::Real(f64::INFINITY, 2).to_string(), "inf");
        assert_eq!(Cell::Real(2.5, 0).to_string(), "2");
    }

    #[test]
    #[should_panic(expected = "`leaks`")]
    fn a_short_row_is_a_bug() {
        Table::new("leaks", vec![Column::new("month", "", "The month")]).push(vec![]);
    }
}
