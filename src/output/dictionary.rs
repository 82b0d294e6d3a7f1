//! `data_dictionary.csv`: what each column of each table means, and each metric that rows are about.

use crate::measure::metrics::METRICS;
use crate::measure::table::{Cell, Column, Table};

const COLUMNS: [Column; 4] = [
    Column::new(
        "table_name",
        "",
        "File that has the column, without its ending; `metrics` for the metrics that rows of tables are about",
    ),
    Column::new(
        "column_name",
        "",
        "Name of the column, or of the metric; empty where the row is about the whole table",
    ),
    Column::new("unit", "", "Unit of its numbers; empty for text"),
    Column::new("meaning", "", "What it says"),
];

/// The column of a table that names metrics.
const METRIC: &str = "metric";

/// Tables that are about all replicates of a scenario.
const OVER_ALL: [&str; 5] = ["replicates", "levels", "pound_by_round", "paths", "gains"];

/// A row for each column of `tables`, in their order, and of the dictionary itself; then the metrics, where a table has rows of
/// them.
pub fn dictionary(tables: &[&Table]) -> Table {
    written(tables, None)
}

/// The same of a scenario with several replicates, whose tables are mostly those of the first.
pub fn of_replicates(tables: &[&Table], replicates: usize) -> Table {
    written(tables, Some(replicates))
}

fn written(tables: &[&Table], replicates: Option<usize>) -> Table {
    let mut dictionary = Table::new("data_dictionary", COLUMNS.to_vec());
    for table in tables {
        if let Some(count) = replicates.filter(|_| !OVER_ALL.contains(&table.name)) {
            let said = format!(
                "The whole table is of the first of {count} replicates; replicates.csv and levels.csv are of all"
            );
            dictionary.push(vec![table.name.into(), Cell::Empty, Cell::Empty, said.into()]);
        }
        describe(&mut dictionary, table.name, &table.columns);
    }
    describe(&mut dictionary, "data_dictionary", &COLUMNS);
    let metrics = METRICS.iter().filter(|metric| tables.iter().any(|table| names(table, metric.id)));
    metrics.for_each(|m| dictionary.push(["metrics", m.id, m.unit, m.meaning].map(Cell::from).to_vec()));
    dictionary
}

/// Whether a row of the table is about this metric.
fn names(table: &Table, metric: &str) -> bool {
    let is = |cell: &Cell| matches!(cell, Cell::Text(text) if text == metric);
    table.position(METRIC).is_some_and(|at| table.rows.iter().any(|row| is(&row[at])))
}

fn describe(dictionary: &mut Table, table: &'static str, columns: &[Column]) {
    for column in columns {
        dictionary.push([table, column.name, column.unit, column.meaning].map(Cell::from).to_vec());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(dictionary: &Table) -> Vec<String> {
        let text = |row: &Vec<Cell>| row.iter().take(3).map(Cell::to_string).collect::<Vec<_>>().join(",");
        dictionary.rows.iter().map(text).collect()
    }

    #[test]
    fn metrics_that_rows_are_about_are_explained() {
        let mut runs = Table::new("runs", vec![Column::new(METRIC, "", "What is measured")]);
        runs.push(vec!["lm3".into()]);
        let told = told(&dictionary(&[&runs]));
        assert!(told.contains(&"metrics,lm3,ratio".to_owned()), "{told:?}");
        assert_eq!(told.iter().filter(|row| row.starts_with("metrics,")).count(), 1);
    }

    #[test]
    fn a_table_of_the_first_replicate_is_called_so() {
        let [monthly, levels] =
            ["monthly", "levels"].map(|name| Table::new(name, vec![Column::new("jobs", "jobs", "Jobs")]));
        let of_all = told(&of_replicates(&[&monthly, &levels], 4));
        assert_eq!(of_all[..3], ["monthly,,", "monthly,jobs,jobs", "levels,jobs,jobs"]);
        assert_eq!(told(&dictionary(&[&monthly]))[0], "monthly,jobs,jobs");
    }
}
