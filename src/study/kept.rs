//! A finished run as it is kept: its metrics and its short tables, as the text of one file.

use crate::measure::metrics::METRICS;
use crate::measure::record::Record;
use crate::measure::table::{Cell, Metric, Table};
use crate::measure::{metrics, tables};
use crate::output::manifest::sha256;
use serde::{Deserialize, Serialize};

const SIGN: &str = "recirc run";
const FORMAT: u32 = 1;

/// What a study needs of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub metrics: Vec<Metric>,
    /// Empty when the study needs only the metrics.
    pub tables: Vec<Table>,
}

/// Why a file is not taken for the run that it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    Damaged,
    Foreign,
    /// Made by another build of the program.
    OtherBuild,
    /// Laid out as an earlier or later version of the program does it.
    OtherFormat,
    /// Whole, but without the tables that are wanted.
    Short,
}

impl Unfit {
    /// What messages say of the file.
    pub fn words(&self) -> &'static str {
        match self {
            Unfit::Damaged => "is damaged",
            Unfit::Foreign => "holds another run than its name says, or none",
            Unfit::OtherBuild => "was made by another build of recirc",
            Unfit::OtherFormat => "is laid out as another version of recirc does it",
            Unfit::Short => "lacks tables that this study needs",
        }
    }
}

#[derive(Serialize, Deserialize)]
struct File {
    format: u32,
    key: String,
    build: String,
    scenario: String,
    replicate: u16,
    /// As text that gives back every bit.
    metrics: Vec<(String, String)>,
    tables: Vec<Rows>,
}

#[derive(Serialize, Deserialize)]
struct Rows {
    name: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Kept {
    pub fn of(record: &Record, with_tables: bool) -> Kept {
        let tables = if with_tables { tables::kept(record) } else { Vec::new() };
        Kept { metrics: metrics::of(record), tables }
    }

    /// The text of its file. `build` tells the program that made it.
    pub fn text(&self, key: &str, build: &str, (scenario, replicate): (&str, u16)) -> String {
        let rows = |table: &Table| Rows {
            name: table.name.to_owned(),
            columns: table.columns.iter().map(|c| c.name.to_owned()).collect(),
            rows: table.rows.iter().map(|row| row.iter().map(cell_text).collect()).collect(),
        };
        let file = File {
            format: FORMAT,
            key: key.to_owned(),
            build: build.to_owned(),
            scenario: scenario.to_owned(),
            replicate,
            metrics: self.metrics.iter().map(|m| (m.id.to_owned(), format!("{:?}", m.value))).collect(),
            tables: self.tables.iter().map(rows).collect(),
        };
        // A struct of texts and numbers always has a JSON value.
        let body = serde_json::to_string(&file).unwrap_or_default();
        format!("{SIGN} {}\n{body}\n", sha256(body.as_bytes()))
    }

    /// Read a file back, if it is whole and what is wanted.
    pub fn read(text: &[u8], key: &str, build: &str, with_tables: bool) -> Result<Kept, Unfit> {
        let text = str::from_utf8(text).map_err(|_| Unfit::Damaged)?;
        let (head, body) = text.split_once('\n').ok_or(Unfit::Damaged)?;
        let sum = head.strip_prefix(SIGN).ok_or(Unfit::Foreign)?;
        let body = body.strip_suffix('\n').ok_or(Unfit::Damaged)?;
        if sum.trim() != sha256(body.as_bytes()) {
            return Err(Unfit::Damaged);
        }
        let file: File = serde_json::from_str(body).map_err(|_| Unfit::Foreign)?;
        if file.format != FORMAT || file.key != key {
            return Err(Unfit::Foreign);
        }
        if file.build != build {
            return Err(Unfit::OtherBuild);
        }
        let metrics = metrics_of(&file.metrics).ok_or(Unfit::Foreign)?;
        let tables = if with_tables { tables_of(file.tables)? } else { Vec::new() };
        Ok(Kept { metrics, tables })
    }
}

fn metrics_of(read: &[(String, String)]) -> Option<Vec<Metric>> {
    if read.len() != METRICS.len() {
        return None;
    }
    let metric = |(entry, (id, value)): (&metrics::Entry, &(String, String))| {
        let value = value.parse().ok().filter(|_| id == entry.id)?;
        Some(Metric { id: entry.id, value, unit: entry.unit, meaning: entry.meaning })
    };
    METRICS.iter().zip(read).map(metric).collect()
}

fn tables_of(read: Vec<Rows>) -> Result<Vec<Table>, Unfit> {
    let mut wanted = tables::kept(&Record::default());
    if read.is_empty() {
        return Err(Unfit::Short);
    }
    if wanted.len() != read.len() {
        return Err(Unfit::Foreign);
    }
    for (table, read) in wanted.iter_mut().zip(read) {
        let columns = table.columns.iter().map(|c| c.name);
        if table.name != read.name || !columns.eq(read.columns.iter().map(String::as_str)) {
            return Err(Unfit::Foreign);
        }
        for row in read.rows {
            let cells: Option<Vec<Cell>> = row.iter().map(|text| cell(text)).collect();
            let cells = cells.filter(|cells| cells.len() == table.columns.len());
            table.push(cells.ok_or(Unfit::Foreign)?);
        }
    }
    Ok(wanted)
}

/// A cell with its kind: texts of real numbers in Rust give back every bit.
fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => format!("t{text}"),
        Cell::Int(n) => format!("i{n}"),
        Cell::Pence(pence) => format!("p{pence}"),
        Cell::Real(x, decimals) => format!("r{decimals} {x:?}"),
        Cell::Empty => String::new(),
    }
}

fn cell(text: &str) -> Option<Cell> {
    let Some(kind) = text.chars().next() else { return Some(Cell::Empty) };
    let rest = &text[kind.len_utf8()..];
    match kind {
        't' => Some(Cell::text(rest)),
        'i' => rest.parse().ok().map(Cell::Int),
        'p' => rest.parse().ok().map(Cell::Pence),
        'r' => {
            let (decimals, x) = rest.split_once(' ')?;
            Some(Cell::Real(x.parse().ok()?, decimals.parse().ok()?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> Kept {
        let value = |i: usize| 1.0 / (i as f64 + 3.0) * if i.is_multiple_of(2) { 1e-9 } else { -1e12 };
        let metric = |(i, e): (usize, &metrics::Entry)| Metric {
            id: e.id,
            value: value(i),
            unit: e.unit,
            meaning: e.meaning,
        };
        let mut tables = tables::kept(&Record::default());
        let cells =
            [Cell::text("Hyde Park, \"north\""), Cell::Int(-3), Cell::Pence(7), Cell::Real(0.1 + 0.2, 2)];
        for table in &mut tables {
            let row = (0..table.columns.len()).map(|i| cells.get(i).cloned().unwrap_or(Cell::Empty));
            table.push(row.collect());
        }
        Kept { metrics: METRICS.iter().enumerate().map(metric).collect(), tables }
    }

    #[test]
    fn every_bit_comes_back() {
        let text = made().text("key", "build", ("made up", 3));
        assert_eq!(Kept::read(text.as_bytes(), "key", "build", true), Ok(made()));
        assert!(Kept::read(text.as_bytes(), "key", "build", false).is_ok_and(|kept| kept.tables.is_empty()));
    }

    #[test]
    fn nothing_else_is_taken_for_a_run() {
        let text = made().text("key", "build", ("made up", 3));
        let read = |bytes: &[u8], key, build| Kept::read(bytes, key, build, true).unwrap_err();
        for cut in [0, 1, 20, text.len() / 2, text.len() - 1] {
            assert!(matches!(read(&text.as_bytes()[..cut], "key", "build"), Unfit::Damaged | Unfit::Foreign));
        }
        let mut flipped = text.clone().into_bytes();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 1;
        assert_eq!(read(&flipped, "key", "build"), Unfit::Damaged);
        assert_eq!(read(text.as_bytes(), "other", "build"), Unfit::Foreign);
        assert_eq!(read(text.as_bytes(), "key", "other"), Unfit::OtherBuild);
        let short = Kept { tables: Vec::new(), ..made() }.text("key", "build", ("made up", 3));
        assert_eq!(read(short.as_bytes(), "key", "build"), Unfit::Short);
    }
}
