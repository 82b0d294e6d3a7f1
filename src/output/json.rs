//! A table as JSON: a list of objects, a row each, for standard output.

use crate::measure::table::{Cell, Table};
use serde_json::{Map, Value, json};

/// The rows of a table. Money is in pounds; an empty cell is null.
pub fn rows(table: &Table) -> Value {
    let object = |row: &Vec<Cell>| -> Map<String, Value> {
        table.columns.iter().zip(row).map(|(column, cell)| (column.name.to_owned(), value(cell))).collect()
    };
    table.rows.iter().map(object).collect::<Vec<_>>().into()
}

/// Numbers with the decimals that the table shows.
fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Text(text) => json!(text),
        Cell::Int(number) => json!(number),
        Cell::Empty => Value::Null,
        Cell::Pence(_) | Cell::Real(..) => cell.to_string().parse::<f64>().map_or(Value::Null, |x| json!(x)),
    }
}
