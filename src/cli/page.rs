//! What commands without a simulation print and write: a page, or JSON, and a folder of tables with its manifest.

use super::args::Options;
use super::report::{self, Report};
use super::run::{Failure, OUTPUTS};
use crate::measure::table::Table;
use crate::output::dictionary::dictionary;
use crate::output::error::OutputError;
use crate::output::folder::RunFolder;
use crate::output::manifest::{MANIFEST, Manifest, utc};
use crate::output::{csv, json};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

/// The results of a command.
pub(super) struct Results {
    /// Name of the folder, when none is given.
    pub name: String,
    /// What was asked, in words: goes into the manifest.
    pub asked: String,
    /// Files read, with their SHA-256.
    pub data: Vec<(String, String)>,
    pub tables: Vec<Table>,
    pub report: Report,
    /// Figures of the page that are in no table.
    pub figures: Map<String, Value>,
}

/// Write the folder, then print the page or the JSON.
pub(super) fn give(
    mut results: Results,
    options: &Options,
    started: SystemTime,
) -> Result<ExitCode, Failure> {
    let path = write(&results, options, started)?;
    let printed = if options.json {
        let mut value = json!({ "schema_version": 1 });
        for (key, figure) in results.figures {
            value[key] = figure;
        }
        for table in &results.tables {
            value[table.name] = json::rows(table);
        }
        report::print_text(&format!("{value:#}\n"))
    } else {
        results.report.closing.push(format!("Tables and manifest: {}", path.display()));
        report::print(&results.report)
    };
    printed.map_err(|e| OutputError::from_io(Path::new("standard output"), e))?;
    Ok(ExitCode::SUCCESS)
}

fn write(results: &Results, options: &Options, started: SystemTime) -> Result<PathBuf, OutputError> {
    let mut folder = match &options.out {
        Some(path) => RunFolder::at(path, options.overwrite)?,
        None => RunFolder::named(Path::new(OUTPUTS), &results.name, options.overwrite)?,
    };
    for table in &results.tables {
        folder.write(&format!("{}.csv", table.name), &csv::bytes(table)?)?;
    }
    let all: Vec<&Table> = results.tables.iter().collect();
    folder.write("data_dictionary.csv", &csv::bytes(&dictionary(&all))?)?;
    let manifest = Manifest {
        data: results.data.iter().cloned().collect(),
        finished: utc(SystemTime::now()),
        complete: true,
        files: folder.hashes().clone(),
        ..Manifest::new(&[(results.name.as_str(), results.asked.as_str())], started)
    };
    folder.write(MANIFEST, &manifest.bytes())?;
    folder.finish()
}
