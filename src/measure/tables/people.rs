//! Households by ward and by tenth, year by year.

use crate::measure::record::{HouseholdSums, Record};
use crate::measure::table::{Cell, Column, Table};

pub(super) fn wards(record: &Record) -> Table {
    let name = |i: usize| record.names.wards.get(i).cloned().unwrap_or_default();
    households("wards", Column::new("ward", "", "Ward"), record, &record.wards, name)
}

pub(super) fn deciles(record: &Record) -> Table {
    let column = Column::new(
        "decile",
        "",
        "Tenth of households by equivalised disposable income at the start, 1 the poorest",
    );
    households("deciles", column, record, &record.deciles, |i| (i + 1).to_string())
}

pub(super) fn households(
    table: &'static str,
    of: Column,
    record: &Record,
    years: &[Vec<HouseholdSums>],
    name: impl Fn(usize) -> String,
) -> Table {
    let mut t = Table::new(
        table,
        vec![
            Column::new("year", "", "Year of the run"),
            of,
            Column::new("households", "households", "Households"),
            Column::new("receipts", "GBP", "All receipts in the year's months"),
            Column::new("income", "GBP", "Disposable income in the year's months"),
            Column::new("spending", "GBP", "Purchases in the year's months"),
            Column::new("deposits", "GBP", "Mean deposits over the year"),
            Column::new("in_work", "people", "Mean residents in work"),
            Column::new("seeking", "people", "Mean residents looking for work"),
            Column::new(
                "months",
                "months",
                "Months of the year that were simulated: fewer than 12 where the run was stopped",
            ),
        ],
    );
    for (y, groups) in years.iter().enumerate() {
        let months =
            record.months.iter().filter(|m| usize::from(record.year(m.month)) == y + 1).count().max(1) as i64;
        for (i, g) in groups.iter().enumerate() {
            t.push(vec![
                Cell::count(y + 1),
                name(i).into(),
                Cell::Int(g.households / months),
                Cell::Pence(g.receipts),
                Cell::Pence(g.disposable),
                Cell::Pence(g.consumption),
                Cell::Pence(g.deposits / months),
                Cell::Real(g.in_work as f64 / months as f64, 2),
                Cell::Real(g.seeking as f64 / months as f64, 2),
                Cell::Int(months),
            ]);
        }
    }
    t
}
