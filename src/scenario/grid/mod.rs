//! A CSV file as labelled cells, each with its place; `# key: value` lines above are its header. Published tables are
//! taken as they come: titles above, codes beside names, two rows of labels, notes below.

mod cells;
mod comments;
mod frame;
mod label;
mod ledger;
mod number;
mod points;
mod prefix;
mod two_labels;

use crate::scenario::diagnostic::{Diagnostic, Origin, Source};
pub(in crate::scenario) use cells::{Cell, source};
use frame::{Labels, column, second_line_of_labels, without_margin};
pub(in crate::scenario) use label::{Label, same};
pub(in crate::scenario) use ledger::Ledger;
pub(in crate::scenario) use number::{Decimal, Unit, Written, read, scale};
use std::sync::Arc;

pub(in crate::scenario) struct Row {
    pub label: Label,
    pub cells: Vec<Cell>,
}

pub(in crate::scenario) struct Grid {
    pub source: Arc<Source>,
    /// `# key: value` lines.
    pub header: Vec<(String, Cell)>,
    /// The line of the column labels.
    pub top: Origin,
    pub columns: Vec<Label>,
    pub rows: Vec<Row>,
    decimal: Decimal,
    /// A number whose point may stand before decimals or between thousands.
    pub doubtful: Option<Cell>,
    /// What was left out as no part of the table.
    pub notes: Vec<String>,
}

/// From which cell on a line is empty.
fn width(line: &[Cell]) -> usize {
    line.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |last| last + 1)
}

/// The first line that is about as wide as the table: what stands above is its title.
fn top_of(lines: &[Vec<Cell>]) -> usize {
    let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    lines.iter().position(|line| width(line) >= 2 && width(line) * 2 > widest).unwrap_or(0)
}

pub(in crate::scenario) fn line_of(origin: &Origin) -> usize {
    origin.source.text[..origin.span.start.min(origin.source.text.len())].matches('\n').count() + 1
}

impl Grid {
    /// A table, and what is wrong with its frame. Without any frame there is no table.
    pub fn parse(file: &str, text: &str, faults: &mut Vec<Diagnostic>) -> Result<Grid, Diagnostic> {
        Grid::parse_with(None, file, text, faults)
    }

    /// The same, with the sign before decimals if somebody said it.
    pub fn parse_with(
        said: Option<Decimal>,
        file: &str,
        text: &str,
        faults: &mut Vec<Diagnostic>,
    ) -> Result<Grid, Diagnostic> {
        let source = source(file, text);
        let read = cells::read(&source)?;
        let mut lines = read.lines;
        if lines.is_empty() {
            return Err(empty(&source));
        }
        without_margin(&mut lines);
        let head = top_of(&lines);
        let together = two_labels::put_together(&mut lines, head);
        let cells = || lines[head + 1..].iter().flat_map(|line| line.iter().skip(1));
        let decimal = match said {
            Some(said) => said,
            None if read.comma => Decimal::Point,
            None if points::only_thousands(cells()) => Decimal::Comma,
            None => number::decimal(lines.iter().flatten().map(|cell| cell.text.as_str())),
        };
        let unsure = said.is_none() && !read.comma && decimal == Decimal::Point;
        let doubtful = points::doubtful(cells()).filter(|_| unsure);
        let numeric = |cell: &Cell| number::read(&cell.text, decimal).is_some();
        let widest = width(&lines[head]);
        let mut notes = Vec::new();
        if head > 0 {
            notes.push(format!("{} above the table is read as its title.", lines_told(&lines[..head])));
        }
        if together {
            notes.push(format!(
                "Labels in two rows and two columns are put together, such as \"{}\".",
                lines[head].get(1).map_or("", |cell| cell.text.as_str())
            ));
        }
        let more = lines
            .get(head + 1)
            .filter(|line| second_line_of_labels(line, &lines[head + 2..], widest, &numeric));
        let heads: Vec<&[Cell]> =
            std::iter::once(lines[head].as_slice()).chain(more.map(Vec::as_slice)).collect();
        let body = &lines[head + heads.len()..];
        let labels = Labels::of(body, &numeric);
        let mut grid = Grid {
            header: header(&source),
            top: line_origin(&lines[head]),
            source,
            columns: Vec::new(),
            rows: Vec::new(),
            decimal,
            doubtful,
            notes,
        };
        let last = heads.iter().map(|line| width(line)).max().unwrap_or(0);
        let of_no_use = |c: &usize| {
            let blank = |line: &[Cell]| line.get(*c).is_none_or(|cell| cell.text.is_empty());
            heads.iter().all(|line| blank(line)) && body.iter().all(|line| blank(line))
        };
        let kept: Vec<usize> = (labels.count..last).filter(|c| !of_no_use(c)).collect();
        let (own, of_head) = labels.pairing(body, &heads, &kept);
        grid.columns = kept.iter().map(|c| column(&heads, *c, of_head, &grid.top)).collect();
        grid.fill(body, (&labels, own), (&kept, last), faults);
        frame::apart(&mut grid.rows);
        prefix::without_prefix(&grid.columns, &mut grid.rows);
        grid.distinct(faults);
        Ok(grid)
    }

    fn fill(
        &mut self,
        body: &[Vec<Cell>],
        (labels, own): (&Labels, usize),
        (kept, last): (&[usize], usize),
        faults: &mut Vec<Diagnostic>,
    ) {
        let (mut without, mut short) = (Vec::new(), Vec::new());
        for line in body {
            let label = labels.row(line, own);
            let filled = line.iter().skip(labels.count).filter(|cell| !cell.text.is_empty());
            let numbers =
                filled.clone().filter(|cell| number::read(&cell.text, self.decimal).is_some()).count();
            let is_column =
                !label.key().is_empty() && self.columns.iter().any(|column| same(column.key(), label.key()));
            // Headings and notes hold no number, and no more than a few words.
            if numbers == 0 && !is_column && filled.count() * 2 <= kept.len() {
                without.push(line.clone());
                continue;
            }
            if line.len() < last || line[last..].iter().any(|cell| !cell.text.is_empty()) {
                let title = format!(
                    "row \"{}\" has {} cells after its label, and the table has {} columns",
                    label.text,
                    width(line).max(line.len().min(last)).saturating_sub(labels.count),
                    last - labels.count
                );
                let at = line_origin(line);
                short.push(
                    Diagnostic::at(&at, title).label("not as many as columns").help("make them the same"),
                );
                continue;
            }
            let cells = kept.iter().map(|c| line[*c].clone()).collect();
            self.rows.push(Row { label, cells });
        }
        if !without.is_empty() {
            self.notes.push(format!("{} without a number is no part of the table.", lines_told(&without)));
        }
        faults.append(&mut short);
    }

    /// Every row and column has a label, and none twice.
    fn distinct(&self, faults: &mut Vec<Diagnostic>) {
        let rows: Vec<&Label> = self.rows.iter().map(|row| &row.label).collect();
        let columns: Vec<&Label> = self.columns.iter().collect();
        for (what, labels) in [("row", rows), ("column", columns)] {
            for (i, label) in labels.iter().enumerate() {
                if label.key().is_empty() {
                    let fault = Diagnostic::at(&label.at, format!("{what} {} has no label", i + 1));
                    faults.push(
                        fault
                            .label("what is it?")
                            .help(format!("every {what} needs a label: write what it stands for")),
                    );
                } else if let Some(first) = labels[..i].iter().find(|other| same(other.key(), label.key())) {
                    let title = format!(
                        "{what} \"{}\" is there twice (first on line {})",
                        label.text,
                        line_of(&first.at)
                    );
                    let fault = Diagnostic::at(&label.at, title).label("again");
                    faults.push(fault.help("give each a label of its own, or add them up"));
                }
            }
        }
    }

    pub fn row(&self, label: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.label.is(label))
    }

    /// A finite number.
    pub fn number(&self, row: usize, column: usize) -> Result<f64, Diagnostic> {
        let text = &self.rows[row].cells[column].text;
        if text.is_empty() {
            return Err(self.wrong(row, column, "empty", "write its number, 0 if there is none"));
        }
        let written = number::read(text, self.decimal);
        written.map(|written| written.value).ok_or_else(|| {
            let remedy = if self.unpublished(row, column) {
                "a cell that is not published must be filled in: estimate it, or write 0 if it is none"
            } else {
                "write digits, with a point for decimals"
            };
            self.wrong(row, column, "no number", remedy)
        })
    }

    /// Whether a cell says that its number is not published.
    pub fn unpublished(&self, row: usize, column: usize) -> bool {
        matches!(self.rows[row].cells[column].text.as_str(), ".." | ":" | "c" | "x" | "n/a" | "n.a." | "NA")
    }

    /// The same, where an empty cell stands for nothing.
    pub fn number_or_none(&self, row: usize, column: usize) -> Result<Option<f64>, Diagnostic> {
        if self.rows[row].cells[column].text.is_empty() {
            Ok(None)
        } else {
            self.number(row, column).map(Some)
        }
    }

    /// A fault that points at a cell.
    pub fn wrong(
        &self,
        row: usize,
        column: usize,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Diagnostic {
        let of = &self.rows[row];
        let cell = &of.cells[column];
        let shown = if cell.text.is_empty() { "(empty)" } else { &cell.text };
        let title = format!("row \"{}\", column \"{}\" = {shown}", of.label.text, self.columns[column].text);
        Diagnostic::at(&cell.at, title).label(what).help(remedy)
    }
}

pub(in crate::scenario) fn empty(source: &Arc<Source>) -> Diagnostic {
    let title = format!("{} holds no table: it is empty", source.label);
    Diagnostic::new(title).help("write a row of column labels, then a row for each line of the table")
}

fn line_origin(line: &[Cell]) -> Origin {
    let (first, last) = (&line[0].at, &line[line.len() - 1].at);
    Origin { source: first.source.clone(), span: first.span.start..last.span.end }
}

fn lines_told(lines: &[Vec<Cell>]) -> String {
    let of: Vec<String> = lines.iter().map(|line| line_of(&line[0].at).to_string()).collect();
    let word = if of.len() == 1 { "Line" } else { "Each of the lines" };
    format!("{word} {}", of.join(", "))
}

fn header(source: &Arc<Source>) -> Vec<(String, Cell)> {
    let mut from = 0;
    let mut out = Vec::new();
    for line in source.text.split_inclusive('\n') {
        if let Some((key, value)) = line.strip_prefix('#').and_then(|rest| rest.split_once(':')) {
            let key = key.trim().to_lowercase().replace([' ', '-'], "_");
            let text = value.trim().trim_matches('"').to_owned();
            let start = from + line.len() - value.trim_start().len();
            let at = Origin { source: source.clone(), span: start..start + value.trim().len() };
            out.push((key, Cell { text, at }));
        }
        from += line.len();
    }
    out
}
