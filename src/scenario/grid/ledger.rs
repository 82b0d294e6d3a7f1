//! A list: a row of column names, then rows of cells in any order of columns.

use super::{Cell, Decimal, cells, empty, header, number, top_of, width};
use crate::scenario::diagnostic::Diagnostic;

pub(in crate::scenario) struct Ledger {
    pub header: Vec<(String, Cell)>,
    pub columns: Vec<Cell>,
    pub rows: Vec<Vec<Cell>>,
    pub decimal: Decimal,
}

impl Ledger {
    /// Titles above are let pass, and so are lines with nothing but a label. Rows end where the columns do.
    pub fn parse(file: &str, text: &str) -> Result<Ledger, Diagnostic> {
        let source = cells::source(file, text);
        let read = cells::read(&source)?;
        let mut lines = read.lines;
        if lines.is_empty() {
            return Err(empty(&source));
        }
        let decimal = if read.comma {
            Decimal::Point
        } else {
            number::decimal(lines.iter().flatten().map(|cell| cell.text.as_str()))
        };
        let mut rows = lines.split_off(top_of(&lines));
        let mut columns = rows.remove(0);
        columns.truncate(width(&columns));
        Ok(Ledger { header: header(&source), columns, rows, decimal })
    }
}
