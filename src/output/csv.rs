//! A table as CSV (RFC 4180): a header row of names, lines ending in "\n", UTF-8.

use crate::measure::table::Table;
use crate::output::error::OutputError;

/// The bytes of `NAME.csv`.
pub fn bytes(table: &Table) -> Result<Vec<u8>, OutputError> {
    let failed = |problem: String| OutputError::Render { file: format!("{}.csv", table.name), problem };
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::with_capacity(table.rows.len() * 48));
    let write = |problem: csv::Error| failed(problem.to_string());
    writer.write_record(table.columns.iter().map(|c| c.name)).map_err(write)?;
    let mut text = String::new();
    for row in &table.rows {
        for cell in row {
            text.clear();
            use std::fmt::Write as _;
            write!(text, "{cell}").map_err(|e| failed(e.to_string()))?;
            writer.write_field(&text).map_err(write)?;
        }
        writer.write_record(None::<&[u8]>).map_err(write)?;
    }
    writer.into_inner().map_err(|e| failed(e.to_string()))
}
