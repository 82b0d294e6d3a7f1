//! Traced money: how the anchors' pounds leak, by round and channel.

use super::ROUND_NAMES;
use crate::measure::record::Record;
use crate::measure::table::{Cell, Column, Table};
use crate::tracer::ledger::Channel;

/// Units of dye as pounds with five decimals: 1,024 units to the penny.
pub(super) fn dye_pounds(dye: i64) -> Cell {
    Cell::Real(dye as f64 / crate::tracer::DYE_PER_PENNY as f64 / 100.0, 5)
}

pub(super) fn leaks(record: &Record) -> Table {
    let mut t = Table::new(
        "leaks",
        vec![
            Column::new("month", "", "Calendar month"),
            Column::new(
                "tracer",
                "",
                "All procurement, or one anchor's (spent and the first two local receipts only)",
            ),
            Column::new("round", "", "Hop: 0 is the spending, 1 to 3, then all later"),
            Column::new("channel", "", "Spent, received in the city, or the way the money left"),
            Column::new("pounds", "GBP", "Traced money"),
        ],
    );
    for m in record.ledger.months.iter().filter(|m| m.month >= record.first_month) {
        let date = record.date(m.month);
        let mut row = |tracer: &str, round: &str, channel: &str, dye: i64| {
            t.push(vec![date.as_str().into(), tracer.into(), round.into(), channel.into(), dye_pounds(dye)]);
        };
        row("all", "0", "spent", m.injected);
        for (lane, round) in ROUND_NAMES.into_iter().enumerate() {
            row("all", round, "received in the city", m.local[lane]);
            for channel in Channel::ALL {
                let leaked = m.leaks[lane][channel as usize];
                if leaked != 0 {
                    row("all", round, channel.label(), leaked);
                }
            }
        }
        for ((id, _, _), of) in record.names.anchors.iter().zip(&m.anchors) {
            row(id, "0", "spent", of.injected);
            row(id, "1", "received in the city", of.local[0]);
            row(id, "2", "received in the city", of.local[1]);
        }
    }
    t
}
