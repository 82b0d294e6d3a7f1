//! Tables as Parquet: flat columns, zstd, units and meanings in the file's metadata. Rows may come in parts, each a row
//! group, so that a long table need not be held whole.

use crate::measure::table::{Cell, Column, Table};
use crate::output::error::OutputError;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use serde_json::{Map, Value};
use std::sync::Arc;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Whole,
    /// Also pounds, which a double holds to the penny up to ninety thousand billion.
    Real,
}

/// The kind of each column, from its first cell that is not empty; real numbers where all are.
pub fn kinds(columns: usize, rows: &[Vec<Cell>]) -> Vec<Kind> {
    let of = |column: usize| {
        let mut kinds = rows.iter().filter_map(|row| match row.get(column)? {
            Cell::Text(_) => Some(Kind::Text),
            Cell::Int(_) => Some(Kind::Whole),
            Cell::Pence(_) | Cell::Real(..) => Some(Kind::Real),
            Cell::Empty => None,
        });
        kinds.next().unwrap_or(Kind::Real)
    };
    (0..columns).map(of).collect()
}

/// A file being written.
pub struct Writer {
    name: String,
    kinds: Vec<Kind>,
    out: SerializedFileWriter<Vec<u8>>,
}

impl Writer {
    /// Begin a file; `about` is what made it, for its metadata.
    pub fn new(
        name: &str,
        columns: &[Column],
        kinds: Vec<Kind>,
        about: &Value,
    ) -> Result<Writer, OutputError> {
        let begin = || -> Result<_, ParquetError> {
            let field = |(column, kind): (&Column, &Kind)| -> Result<Arc<Type>, ParquetError> {
                let (physical, logical) = match kind {
                    Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
                    Kind::Whole => (Physical::INT64, None),
                    Kind::Real => (Physical::DOUBLE, None),
                };
                let field = Type::primitive_type_builder(column.name, physical);
                let field = field.with_repetition(Repetition::OPTIONAL).with_logical_type(logical);
                field.build().map(Arc::new)
            };
            let fields: Result<Vec<_>, _> = columns.iter().zip(&kinds).map(field).collect();
            let schema = Type::group_type_builder(name).with_fields(fields?).build()?;
            let told = |of: fn(&Column) -> &str| {
                let told: Map<String, Value> =
                    columns.iter().map(|c| (c.name.to_owned(), of(c).into())).collect();
                Value::from(told).to_string()
            };
            let metadata = vec![
                KeyValue::new("manifest".to_owned(), about.to_string()),
                KeyValue::new("units".to_owned(), told(|c| c.unit)),
                KeyValue::new("meanings".to_owned(), told(|c| c.meaning)),
            ];
            let properties = WriterProperties::builder()
                .set_compression(Compression::ZSTD(ZstdLevel::default()))
                .set_created_by(format!("recirc {}", env!("CARGO_PKG_VERSION")))
                .set_key_value_metadata(Some(metadata))
                .build();
            SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))
        };
        let out = begin().map_err(|cause| failed(name, &cause))?;
        Ok(Writer { name: name.to_owned(), kinds, out })
    }

    /// Add rows as a row group.
    pub fn append(&mut self, rows: &[Vec<Cell>]) -> Result<(), OutputError> {
        if rows.is_empty() {
            return Ok(());
        }
        self.group(rows).map_err(|cause| failed(&self.name, &cause))
    }

    fn group(&mut self, rows: &[Vec<Cell>]) -> Result<(), ParquetError> {
        let mut group = self.out.next_row_group()?;
        let mut at = 0;
        while let Some(mut column) = group.next_column()? {
            let cells = || rows.iter().map(|row| &row[at]);
            let there: Vec<i16> = cells().map(|cell| i16::from(is_there(cell))).collect();
            match self.kinds[at] {
                Kind::Text => {
                    let values: Vec<ByteArray> = cells().filter_map(text).collect();
                    column.typed::<ByteArrayType>().write_batch(&values, Some(&there), None)?;
                }
                Kind::Whole => {
                    let values: Vec<i64> = cells().filter_map(whole).collect();
                    column.typed::<Int64Type>().write_batch(&values, Some(&there), None)?;
                }
                Kind::Real => {
                    let values: Vec<f64> = cells().filter_map(real).collect();
                    column.typed::<DoubleType>().write_batch(&values, Some(&there), None)?;
                }
            }
            column.close()?;
            at += 1;
        }
        group.close().map(|_| ())
    }

    /// The whole file.
    pub fn finish(self) -> Result<Vec<u8>, OutputError> {
        self.out.into_inner().map_err(|cause| failed(&self.name, &cause))
    }
}

/// A table at once.
pub fn bytes(table: &Table, about: &Value) -> Result<Vec<u8>, OutputError> {
    let kinds = kinds(table.columns.len(), &table.rows);
    let mut writer = Writer::new(table.name, &table.columns, kinds, about)?;
    writer.append(&table.rows)?;
    writer.finish()
}

fn is_there(cell: &Cell) -> bool {
    !matches!(cell, Cell::Empty) && !matches!(cell, Cell::Real(x, _) if x.is_nan())
}

fn text(cell: &Cell) -> Option<ByteArray> {
    is_there(cell).then(|| ByteArray::from(cell.to_string().into_bytes()))
}

fn whole(cell: &Cell) -> Option<i64> {
    if let Cell::Int(n) = cell { Some(*n) } else { None }
}

fn real(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Int(n) => Some(*n as f64),
        Cell::Pence(pence) => Some(*pence as f64 / 100.0),
        Cell::Real(x, _) => Some(*x).filter(|x| !x.is_nan()),
        _ => None,
    }
}

fn failed(name: &str, cause: &ParquetError) -> OutputError {
    OutputError::Render { file: format!("{name}.parquet"), problem: cause.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    #[test]
    fn what_goes_in_comes_out() {
        let columns = vec![
            Column::new("ward", "", "Ward"),
            Column::new("jobs", "jobs", "Jobs"),
            Column::new("income", "GBP", "Income"),
            Column::new("share", "share", "Share"),
        ];
        let mut table = Table::new("made_up", columns);
        table.push(vec!["Leeds — north".into(), Cell::Int(-7), Cell::Pence(1_234_567), Cell::Real(0.1, 1)]);
        table.push(vec![Cell::Empty, Cell::Empty, Cell::Empty, Cell::Real(f64::NAN, 2)]);
        let about = serde_json::json!({ "scenario": "made up" });
        let file = bytes(&table, &about).unwrap();
        assert_eq!(file, bytes(&table, &about).unwrap());
        let mut on_disk = tempfile::tempfile().unwrap();
        std::io::Write::write_all(&mut on_disk, &file).unwrap();
        let reader = SerializedFileReader::new(on_disk).unwrap();
        let rows: Vec<Vec<Field>> = reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().get_column_iter().map(|(_, field)| field.clone()).collect())
            .collect();
        let first = [
            Field::Str("Leeds — north".into()),
            Field::Long(-7),
            Field::Double(12345.67),
            Field::Double(0.1),
        ];
        assert_eq!(rows[0], first);
        assert_eq!(rows[1], [Field::Null, Field::Null, Field::Null, Field::Null]);
        let told = reader.metadata().file_metadata().key_value_metadata().unwrap();
        let of = |key: &str| told.iter().find(|kv| kv.key == key).unwrap().value.clone().unwrap();
        assert!(of("units").contains("\"income\":\"GBP\"") && of("manifest").contains("made up"));
    }
}
