//! `data_dictionary.csv`: what each column of each table means.

use crate::measure::table::{Cell, Column, Table};

const COLUMNS: [Column; 4] = [
    Column::new("table_name", "", "File that has the column, without its ending"),
    Column::new("column_name", "", "Name of the column"),
    Column::new("unit", "", "Unit of its numbers; empty for text"),
    Column::new("meaning", "", "What it says"),
];

/// A row for each column of `tables`, in their order, and of the dictionary itself.
pub fn dictionary(tables: &[&Table]) -> Table {
    let mut dictionary = Table::new("data_dictionary", COLUMNS.to_vec());
    for table in tables {
        describe(&mut dictionary, table.name, &table.columns);
    }
    describe(&mut dictionary, "data_dictionary", &COLUMNS);
    dictionary
}

fn describe(dictionary: &mut Table, table: &'static str, columns: &[Column]) {
    for column in columns {
        dictionary.push([table, column.name, column.unit, column.meaning].map(Cell::from).to_vec());
    }
}
