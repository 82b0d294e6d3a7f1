//! What struck the city.

use crate::measure::record::Record;
use crate::measure::table::{Cell, Column, Table};
use crate::place::vocabulary::{Sector, Zone};

pub(super) fn shocks(record: &Record) -> Table {
    let mut t = Table::new(
        "shocks",
        vec![
            Column::new("month", "", "Month in which it struck, or began"),
            Column::new("shock", "", "Kind of shock"),
            Column::new("supplier", "", "Place in the market of the firm that failed or closed"),
            Column::new("sector", "", "Its section"),
            Column::new("zone", "", "Where its site was"),
            Column::new("staff", "people", "Its staff in the city, who look for work from then on"),
            Column::new("contracts", "contracts", "Anchors' contracts that fell back"),
            Column::new("monthly", "GBP a month", "What they paid, net of VAT, at the run's scale"),
            Column::new("unpaid", "GBP", "Bills that its suppliers are never paid, at the run's scale"),
            Column::new("creditors", "links", "Links to suppliers that lose by it"),
        ],
    );
    for of in &record.shocks.struck {
        let label = |name: Option<&'static str>| name.map_or(Cell::Empty, Cell::from);
        t.push(vec![
            record.date(of.month).into(),
            of.shock.into(),
            of.supplier.map_or(Cell::Empty, |s| Cell::Int(i64::from(s))),
            label(of.sector.map(|s| Sector::from_index(usize::from(s)).label())),
            label(of.zone.map(|z| Zone::from_index(usize::from(z)).label())),
            Cell::Int(i64::from(of.heads)),
            Cell::Int(i64::from(of.contracts)),
            Cell::Pence(of.monthly),
            Cell::Pence(of.unpaid),
            Cell::Int(i64::from(of.creditors)),
        ]);
    }
    t
}
