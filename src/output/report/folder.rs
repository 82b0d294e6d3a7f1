//! A folder of results as the report reads it: its manifest and its tables, as text. What is not there is none.

use crate::output::manifest::sha256;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Why no report can be made of a folder, as a sentence with a remedy.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    #[error(
        "{} is not a folder of results: {why}\n  remedy: give a folder that `recirc study`, `recirc compare` or `recirc run` wrote",
        .folder.display()
    )]
    NoResults { folder: PathBuf, why: String },
    #[error("{} is damaged: {why}\n  remedy: run the command that made the folder again (a study makes its tables anew from the runs that it kept)", .file.display())]
    Damaged { file: PathBuf, why: String },
    #[error("{} cannot be read: {cause}\n  remedy: give a folder that you may read", .file.display())]
    Unreadable { file: PathBuf, cause: io::Error },
}

/// A table as it stands in its file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// One of them.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    columns: &'a [String],
    cells: &'a [String],
}

impl Rows {
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { columns: &self.columns, cells })
    }
}

impl<'a> Row<'a> {
    /// The text of a cell; empty when there is no such column.
    pub fn text(&self, column: &str) -> &'a str {
        let at = self.columns.iter().position(|c| c == column);
        at.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }

    /// The number in a cell, if there is one.
    pub fn number(&self, column: &str) -> Option<f64> {
        self.text(column).parse().ok().filter(|x: &f64| x.is_finite())
    }

    /// The ends of an interval, when both are there.
    pub fn interval(&self, low: &str, high: &str) -> Option<(f64, f64)> {
        self.number(low).zip(self.number(high))
    }
}

/// Columns without which a table of that name says nothing.
const NEEDED: [(&str, &[&str]); 9] = [
    (
        "comparison",
        &["metric", "unit", "scenario", "reference", "policy", "difference", "low", "high", "replicates"],
    ),
    ("scenarios", &["scenario", "reference", "description"]),
    ("pound_by_round", &["scenario", "round", "channel", "value"]),
    ("paths", &["scenario", "measure", "unit", "month", "value", "low", "high", "difference"]),
    (
        "gains",
        &[
            "scenario",
            "reference",
            "broken_down_by",
            "member",
            "measure",
            "unit",
            "difference",
            "low",
            "high",
        ],
    ),
    ("sensitivity", &["scenario", "metric", "setting"]),
    ("attribution", &["scenario", "metric"]),
    ("drawn", &["replicate", "setting", "value"]),
    ("uncertain", &["setting", "what", "drawn", "low", "high", "basis"]),
];

/// Commands that simulate nothing and have no report, by a table that only they write.
const WITHOUT_REPORT: [(&str, &str); 2] = [
    (
        "multipliers.csv",
        "it is that of `recirc multipliers`, which has no report: its figures are in multipliers.csv in it",
    ),
    (
        "payees.csv",
        "it is that of `recirc lm3`, which has no report: its figures are in lm3.csv and payees.csv in it",
    ),
];

/// A folder of results.
pub struct Folder {
    pub path: PathBuf,
    pub manifest: Value,
    /// `summary.json`.
    pub summary: Value,
    tables: BTreeMap<&'static str, Rows>,
}

/// Whether runs of a study are kept in a folder.
fn holds_runs(folder: &Path) -> bool {
    let of_a_run = |path: &Path| path.extension().is_some_and(|ending| ending == "run");
    let entries = std::fs::read_dir(folder.join("runs")).into_iter().flatten();
    entries.flatten().any(|entry| of_a_run(&entry.path()))
}

impl Folder {
    /// Read a folder. The folder of a study stands for the results in it.
    pub fn read(given: &Path) -> Result<Folder, ReportError> {
        let refuse = |why: &str| ReportError::NoResults { folder: given.to_owned(), why: why.to_owned() };
        if !given.exists() {
            return Err(refuse("it does not exist"));
        }
        if !given.is_dir() {
            return Err(refuse("it is a file"));
        }
        let inner = given.join("results");
        let path = if inner.join("manifest.json").is_file() { inner } else { given.to_owned() };
        if !path.join("manifest.json").is_file() {
            let why = if holds_runs(given) {
                "it holds the runs of a study that is not over; the command that began it goes on with it"
            } else {
                "it has no manifest.json"
            };
            return Err(refuse(why));
        }
        let manifest = json(&path.join("manifest.json"))?;
        if manifest["resolved_scenarios"].as_array().is_none_or(Vec::is_empty) {
            return Err(refuse("its manifest names no scenario"));
        }
        if path.join("impulse_path.csv").is_file() {
            return Err(refuse("it is that of an impulse, which has no report"));
        }
        if manifest["command"] == "country" || path.join("country.html").is_file() {
            return Err(refuse("it is that of a country, whose page is country.html in it"));
        }
        let simulates_nothing = manifest["command"].as_str().is_none_or(str::is_empty);
        let own = WITHOUT_REPORT.iter().find(|(table, _)| path.join(table).is_file());
        if let Some((_, why)) = own.filter(|_| simulates_nothing) {
            return Err(refuse(why));
        }
        let summary = path.join("summary.json");
        let summary = if summary.is_file() {
            unchanged(&manifest, &summary, &bytes(&summary)?)?;
            json(&summary)?
        } else {
            Value::Null
        };
        let mut tables = BTreeMap::new();
        for (name, needed) in NEEDED {
            let file = path.join(format!("{name}.csv"));
            if file.is_file() {
                let bytes = bytes(&file)?;
                unchanged(&manifest, &file, &bytes)?;
                tables.insert(name, rows(&file, bytes, needed)?);
            }
        }
        Ok(Folder { path, manifest, summary, tables })
    }

    /// A table, if the folder has it with any row.
    pub fn table(&self, name: &str) -> Option<&Rows> {
        self.tables.get(name).filter(|table| !table.rows.is_empty())
    }
}

fn bytes(file: &Path) -> Result<Vec<u8>, ReportError> {
    fs::read(file).map_err(|cause| ReportError::Unreadable { file: file.to_owned(), cause })
}

/// A file must be what the manifest says it was when it was written.
fn unchanged(manifest: &Value, file: &Path, bytes: &[u8]) -> Result<(), ReportError> {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    match manifest["files"][name].as_str() {
        Some(hash) if hash != sha256(bytes) => {
            let why = "it is not what manifest.json says was written".to_owned();
            Err(ReportError::Damaged { file: file.to_owned(), why })
        }
        _ => Ok(()),
    }
}

fn text(file: &Path, bytes: Vec<u8>) -> Result<String, ReportError> {
    let damaged = |why: &str| ReportError::Damaged { file: file.to_owned(), why: why.to_owned() };
    String::from_utf8(bytes).map_err(|_| damaged("it is not text in UTF-8"))
}

fn json(file: &Path) -> Result<Value, ReportError> {
    let damaged = |why: String| ReportError::Damaged { file: file.to_owned(), why };
    serde_json::from_str(&text(file, bytes(file)?)?)
        .map_err(|fault| damaged(format!("it is not JSON ({fault})")))
}

fn rows(file: &Path, bytes: Vec<u8>, needed: &[&str]) -> Result<Rows, ReportError> {
    let damaged = |why: String| ReportError::Damaged { file: file.to_owned(), why };
    let text = text(file, bytes)?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns: Vec<String> =
        reader.headers().map_err(|fault| damaged(fault.to_string()))?.iter().map(str::to_owned).collect();
    if let Some(lacking) = needed.iter().find(|column| !columns.iter().any(|c| c == *column)) {
        return Err(damaged(format!("it has no column `{lacking}`")));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|fault| damaged(fault.to_string()))?;
        rows.push(record.iter().map(str::to_owned).collect());
    }
    Ok(Rows { columns, rows })
}
