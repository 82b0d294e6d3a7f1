//! A data table: CSV under a head of `# title`, `# source`, `# flag`, `# unit` and `# note` lines.

use super::embedded;
use super::error::PlaceError;
use std::collections::BTreeMap;

/// A table as text, with the place of each row in its file.
#[derive(Clone, Debug)]
pub struct Table {
    pub file: String,
    pub head: BTreeMap<String, String>,
    pub columns: Vec<String>,
    rows: Vec<(usize, Vec<String>)>,
}

impl Table {
    /// An embedded table, by its path under `data/`.
    pub fn embedded(path: &str) -> Result<Table, PlaceError> {
        let (path, text) = embedded::text(path)?;
        Table::parse(path, text)
    }

    pub fn parse(file: &str, text: &str) -> Result<Table, PlaceError> {
        let mut head: BTreeMap<String, String> = BTreeMap::new();
        for line in text.lines().filter_map(|line| line.strip_prefix("# ")) {
            if let Some((key, value)) = line.split_once(": ") {
                let entry = head.entry(key.to_string()).or_default();
                if !entry.is_empty() {
                    entry.push(' ');
                }
                entry.push_str(value);
            }
        }
        let broken =
            |error: csv::Error| PlaceError::Unreadable { file: file.into(), reason: error.to_string() };
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
        let columns = reader.headers().map_err(broken)?.iter().map(str::to_string).collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(broken)?;
            let line = record.position().map_or(0, |at| at.line() as usize);
            rows.push((line, record.iter().map(str::to_string).collect()));
        }
        Ok(Table { file: file.into(), head, columns, rows })
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row whose first cell is `key`.
    pub fn find(&self, key: &str) -> Result<usize, PlaceError> {
        let column = self.columns.first().cloned().unwrap_or_default();
        self.rows
            .iter()
            .position(|(_, cells)| cells.first().is_some_and(|cell| cell == key))
            .ok_or_else(|| PlaceError::wrong(&self.file, None, column, key, "no such row: add it"))
    }

    pub fn column(&self, name: &str) -> Result<usize, PlaceError> {
        self.columns
            .iter()
            .position(|column| column == name)
            .ok_or_else(|| PlaceError::wrong(&self.file, None, "column", name, "no such column: add it"))
    }

    /// The cell as written; empty when the row is too short.
    pub fn text(&self, row: usize, column: &str) -> Result<&str, PlaceError> {
        let at = self.column(column)?;
        Ok(self.rows.get(row).and_then(|(_, cells)| cells.get(at)).map_or("", String::as_str))
    }

    /// A finite number.
    pub fn number(&self, row: usize, column: &str) -> Result<f64, PlaceError> {
        let text = self.text(row, column)?;
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(self.wrong(row, column, "write a finite number")),
        }
    }

    /// A number from 0 to 1.
    pub fn share(&self, row: usize, column: &str) -> Result<f64, PlaceError> {
        let value = self.number(row, column)?;
        let fits = (0.0..=1.0).contains(&value);
        if fits { Ok(value) } else { Err(self.wrong(row, column, "write a number from 0 to 1")) }
    }

    /// The numbers of a row under the columns named.
    pub fn numbers<const N: usize>(&self, row: usize, columns: [&str; N]) -> Result<[f64; N], PlaceError> {
        let mut out = [0.0; N];
        for (slot, column) in out.iter_mut().zip(columns) {
            *slot = self.number(row, column)?;
        }
        Ok(out)
    }

    /// An error that points at a cell.
    pub fn wrong(&self, row: usize, column: &str, remedy: &str) -> PlaceError {
        let (line, cells) = match self.rows.get(row) {
            Some((line, cells)) => (Some(*line), cells.as_slice()),
            None => (None, [].as_slice()),
        };
        let name = cells.first().cloned().unwrap_or_default();
        let value = self.text(row, column).unwrap_or("").to_string();
        PlaceError::wrong(&self.file, line, format!("{name}, {column}"), value, remedy)
    }

    /// All rows: line and cells.
    pub fn rows(&self) -> &[(usize, Vec<String>)] {
        &self.rows
    }
}
