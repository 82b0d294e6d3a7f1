//! A list: a row of column names, then rows of cells in any order of columns.

use super::{Cell, Decimal, cells, empty, number, top_of, width};
use crate::scenario::diagnostic::{Diagnostic, Origin, Source};
use std::sync::Arc;

pub(in crate::scenario) struct Ledger {
    /// Lines that begin with `#`, without it, and are no rows.
    pub remarks: Vec<Cell>,
    /// Lines above the names of the columns.
    pub above: Vec<Vec<Cell>>,
    pub columns: Vec<Cell>,
    pub rows: Vec<Vec<Cell>>,
    pub decimal: Decimal,
}

impl Ledger {
    /// Lines with nothing but a label are let pass. Rows end where the columns do.
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
        // A separator that a spreadsheet is told of.
        lines.retain(|line| line.len() > 2 || !line[0].text.to_lowercase().starts_with("sep="));
        if lines.is_empty() {
            return Err(empty(&source));
        }
        let mut rows = lines.split_off(names(&lines, decimal));
        let mut columns = rows.remove(0);
        columns.truncate(width(&columns));
        let remarks = remarks(&source, &rows, &columns);
        Ok(Ledger { remarks, above: lines, columns, rows, decimal })
    }
}

/// The line of names: the first that is about as wide as the table, or the first of three words or more below lines of a label and
/// a number.
fn names(lines: &[Vec<Cell>], decimal: Decimal) -> usize {
    let top = top_of(lines);
    let number = |cell: &&Cell| number::read(&cell.text, decimal).is_some();
    let filled =
        |line: &Vec<Cell>| line.iter().filter(|cell| !cell.text.is_empty()).cloned().collect::<Vec<_>>();
    let pair = |line: &Vec<Cell>| {
        let of = filled(line);
        of.len() == 2 && !number(&&of[0])
    };
    let words = |line: &Vec<Cell>| {
        let of = filled(line);
        of.len() > 2 && !of.iter().any(|cell| number(&cell))
    };
    let below = lines[top..].iter().take_while(|line| pair(line)).count();
    let numbers = lines[top..top + below].iter().any(|line| filled(line).iter().any(|cell| number(&cell)));
    match lines.get(top + below) {
        Some(line) if numbers && words(line) => top + below,
        _ => top,
    }
}

fn remarks(source: &Arc<Source>, rows: &[Vec<Cell>], columns: &[Cell]) -> Vec<Cell> {
    let is_row = |from: usize, to: usize| {
        let firsts = rows.iter().filter_map(|row| row.first()).chain(columns.first());
        firsts.map(|cell| cell.at.span.start).any(|at| from <= at && at < to)
    };
    let (mut from, mut out) = (0, Vec::new());
    for line in source.text.split_inclusive('\n') {
        let to = from + line.len();
        if line.starts_with('#') && !is_row(from, to) {
            let text = line.trim_start_matches('#').trim();
            let start = from + line.find(text).unwrap_or(0);
            let at = Origin { source: source.clone(), span: start..start + text.len() };
            out.push(Cell { text: text.to_owned(), at });
        }
        from = to;
    }
    out
}
