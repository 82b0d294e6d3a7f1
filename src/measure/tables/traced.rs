//! Traced money month by month: how it leaks, by round and channel.

use super::ROUND_NAMES;
use crate::measure::local::parts;
use crate::measure::record::Record;
use crate::measure::table::{Cell, Column, Table};
use crate::tracer::ledger::{Channel, Ledger, Month};

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
                "All procurement, a declared tracer, or an anchor (tracers that share dye, and anchors: spent and \
                 the first two local receipts only)",
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
        whole(&record.ledger, m, &mut row);
        for apart in &record.ledger.apart {
            apart.months.iter().filter(|of| of.month == m.month).for_each(|of| whole(apart, of, &mut row));
        }
        for part in parts(&record.ledger).filter(|p| p.by == "anchor" || p.by == "tracer") {
            let of = &m.tags[part.at];
            row(part.member, "0", "spent", of.injected);
            row(part.member, "1", "received in the city", of.first);
            row(part.member, "2", "received in the city", of.second.local);
        }
    }
    t
}

/// All that is known of one tracer's month.
fn whole(ledger: &Ledger, m: &Month, row: &mut impl FnMut(&str, &str, &str, i64)) {
    row(&ledger.name, "0", "spent", m.injected);
    for (lane, round) in ROUND_NAMES.into_iter().enumerate() {
        row(&ledger.name, round, "received in the city", m.local[lane]);
        for channel in Channel::ALL {
            let leaked = m.leaks[lane][channel as usize];
            if leaked != 0 {
                row(&ledger.name, round, channel.label(), leaked);
            }
        }
    }
}
