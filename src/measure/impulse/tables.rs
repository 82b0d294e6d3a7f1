//! The figures of an impulse as tables.

use super::figures::{Impulse, Line};
use super::places::Where;
use super::{MEASURES, horizons, over};
use crate::measure::compare::Difference;
use crate::measure::table::{Cell, Column, Table};

const LOW: Column =
    Column::new("low", "as in unit", "Lower end of the 95% interval of the mean; empty with one replicate");
const HIGH: Column = Column::new("high", "as in unit", "Upper end of it");
const UNIT: Column = Column::new("unit", "", "Unit of the figures");
const WHERE: Column = Column::new(
    "whereabouts",
    "",
    "city; rest_of_region (first round only); country_no_slack (full crowding out); country_slack (the stated slack)",
);

/// All tables of an impulse.
pub fn all(of: &Impulse) -> Vec<Table> {
    vec![paths(of), multipliers(of), account(of)]
}

fn interval(d: &Difference, decimals: u8) -> [Cell; 3] {
    let end = |x: Option<f64>| x.map_or(Cell::Empty, |x| Cell::Real(x, decimals));
    [Cell::Real(d.mean, decimals), end(d.interval.map(|i| i.0)), end(d.interval.map(|i| i.1))]
}

/// `impulse_path.csv`.
fn paths(of: &Impulse) -> Table {
    let mut table = Table::new(
        "impulse_path",
        vec![
            Column::new("month", "", "Calendar month"),
            WHERE,
            Column::new("measure", "", "What is measured"),
            UNIT,
            Column::new(
                "extra",
                "as in unit",
                "With the extra spend less without, in that month; mean over replicates",
            ),
            LOW,
            HIGH,
        ],
    );
    let dates = of.dates();
    for place in Where::ALL {
        for (k, measure) in MEASURES.iter().enumerate() {
            let paths = of.paths(k, place);
            let decimals = if measure.unit == "jobs" { 4 } else { 2 };
            for (m, date) in dates.iter().enumerate() {
                let mut row: Vec<Cell> =
                    vec![date.as_str().into(), place.id().into(), measure.id.into(), measure.unit.into()];
                row.extend(interval(&over(paths.iter().map(|p| p[m])), decimals));
                table.push(row);
            }
        }
    }
    table
}

/// `impulse_multipliers.csv`.
fn multipliers(of: &Impulse) -> Table {
    let mut table = Table::new(
        "impulse_multipliers",
        vec![
            Column::new("months", "months", "Months since the start of the run, over which all is summed"),
            WHERE,
            Column::new("measure", "", "What is measured; receipts are those that the tracer counts"),
            UNIT,
            Column::new(
                "multiplier",
                "as in unit",
                "Cumulated effect over what was spent by then; mean over replicates",
            ),
            LOW,
            HIGH,
        ],
    );
    for months in horizons(of.months()) {
        for place in Where::ALL {
            for (k, measure) in MEASURES.iter().enumerate() {
                let unit = if measure.unit == "jobs" { "job-years per GBP million" } else { "GBP per pound" };
                let mut row: Vec<Cell> =
                    vec![Cell::count(months), place.id().into(), measure.id.into(), unit.into()];
                row.extend(interval(&of.multiplier(k, place, months), 6));
                table.push(row);
            }
        }
        let mut row: Vec<Cell> =
            vec![Cell::count(months), Where::City.id().into(), "receipts".into(), "GBP per pound".into()];
        row.extend(interval(&of.receipts(months), 6));
        table.push(row);
    }
    table
}

/// `impulse_account.csv`.
fn account(of: &Impulse) -> Table {
    let mut table = Table::new(
        "impulse_account",
        vec![
            Column::new(
                "part",
                "",
                "Who pays (financed), where the first payment went (landing), what gave way (displaced)",
            ),
            Column::new("item", "", "The item"),
            Column::new("meaning", "", "The item in words"),
            UNIT,
            Column::new(
                "value",
                "as in unit",
                "Over the whole run, with the extra spend less without; mean over replicates",
            ),
            LOW,
            HIGH,
        ],
    );
    let parts: [(&str, Vec<Line>); 3] =
        [("financed", of.financed()), ("landing", of.landing()), ("displaced", of.displaced())];
    for (part, lines) in parts {
        for line in lines {
            let mut row: Vec<Cell> = vec![part.into(), line.id.into(), line.title.into(), line.unit.into()];
            row.extend(interval(&line.value, if line.unit == "GBP" { 2 } else { 4 }));
            table.push(row);
        }
    }
    table
}
