//! Where each traced pound went, by round: the run's flow of a pound in a few rows.

use super::ROUND_NAMES;
use crate::measure::local::{Channel, Traced};
use crate::measure::record::Record;
use crate::measure::table::{Cell, Column, Table};

/// What reached somebody in the city, among the channels.
pub const RECEIVED: &str = "received in the city";

pub(super) fn pound(record: &Record) -> Table {
    let mut t = Table::new(
        "pound",
        vec![
            Column::new("round", "", "Hop: 1 to 3, then all later; empty for what waits or circulates"),
            Column::new("channel", "", "Received in the city, or the way the money left"),
            Column::new(
                "value",
                "GBP per pound spent",
                "Traced money, over the whole run; empty where nothing was spent",
            ),
        ],
    );
    let traced = Traced::over(&record.ledger, record.first_month);
    if record.ledger.months.is_empty() {
        return t;
    }
    let mut row = |round: &str, channel: &str, dye: f64| {
        t.push(vec![round.into(), channel.into(), Cell::Real(traced.per_pound(dye), 9)]);
    };
    for (lane, round) in ROUND_NAMES.into_iter().enumerate() {
        row(round, RECEIVED, traced.local[lane]);
        for channel in Channel::ALL {
            row(round, channel.label(), traced.leaks[lane][channel as usize]);
        }
    }
    row("", "waits in reserves", traced.held);
    row("", "still circulates", traced.circulating);
    t
}
