//! The tables of one run. Amounts are at the run's own scale: what its accounts paid, to the penny.

mod anchors;
mod contracts;
mod institutions;
mod monthly;
mod people;
mod pound;
pub mod sam;
mod shocks;
mod traced;
mod tracers;

use super::record::Record;
use super::table::{Cell, Column, Table};
use crate::tracer::ledger::ROUNDS;
use anchors::anchors;
use contracts::{contracts, needs, services};
use monthly::monthly;
use people::{deciles, wards};
pub use pound::RECEIVED;
use pound::pound;
use sam::{sam, sectors};
use traced::leaks;
use tracers::{lm3, pound_fate, traced_income, tracers};

/// Names of the rounds kept apart.
pub const ROUND_NAMES: [&str; ROUNDS] = ["1", "2", "3", "later"];

/// All tables of a run.
pub fn all(record: &Record) -> Vec<Table> {
    vec![
        monthly(record),
        leaks(record),
        lm3(record),
        tracers(record),
        traced_income(record),
        pound_fate(record),
        pound(record),
        flows(record),
        wards(record),
        deciles(record),
        anchors(record),
        contracts(record),
        services(record),
        sam(record),
        sectors(record),
        needs(record),
        shocks::shocks(record),
        institutions::requests(record),
        institutions::social_firms(record),
    ]
}

/// The tables that a study keeps of each run: short ones, whose rows are the same in every run.
pub fn kept(record: &Record) -> Vec<Table> {
    vec![monthly(record), pound(record), wards(record), deciles(record), anchors(record)]
}

fn flows(record: &Record) -> Table {
    let mut t = Table::new(
        "flows",
        vec![
            Column::new("year", "", "Year of the run"),
            Column::new("payer", "", "Group that pays"),
            Column::new("receiver", "", "Group that receives"),
            Column::new("kind", "", "What for"),
            Column::new("pounds", "GBP", "Paid in the year"),
        ],
    );
    for ((year, from, to, kind), amount) in &record.flows {
        t.push(vec![
            Cell::Int(i64::from(*year)),
            from.label().into(),
            to.label().into(),
            kind.label().into(),
            Cell::Pence(*amount),
        ]);
    }
    t
}
