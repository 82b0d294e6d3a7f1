//! Community requests, and the enterprises that institutions helped.

use crate::measure::record::Record;
use crate::measure::table::{Cell, Column, Table};
use crate::place::vocabulary::Ownership;
use crate::world::institutions::{Kind, RequestId, Status};

fn month(record: &Record, month: u16) -> Cell {
    if month == 0 { Cell::Empty } else { record.date(month).into() }
}

pub(super) fn requests(record: &Record) -> Table {
    let mut t = Table::new(
        "requests",
        vec![
            Column::new("request", "", "Number of the need: the same in every run of a seed"),
            Column::new("ward", "", "Ward of the community group"),
            Column::new("kind", "", "What is needed"),
            Column::new("size", "GBP", "What meeting it is worth, in the real city"),
            Column::new("arose", "", "Month in which the need arose"),
            Column::new("registered", "", "Month in which the hub registered it"),
            Column::new("matched", "", "Month in which an offer was last matched with it"),
            Column::new("closed", "", "Month in which it was met or lapsed"),
            Column::new("status", "", "Where it stands at the end"),
            Column::new("delivered", "GBP", "Delivered to it, in the real city"),
            Column::new("broken", "promises", "Promises that ended before they were kept"),
            Column::new("unprompted", "0 or 1", "Met by an offer that no tender asked for"),
        ],
    );
    let of = &record.requests;
    for r in (0..of.len() as u32).map(RequestId) {
        let ward = record.names.wards.get(usize::from(of.ward[r])).cloned().unwrap_or_default();
        t.push(vec![
            Cell::Int(of.identity[r] as i64),
            ward.into(),
            of.kind[r].map_or("", Kind::label).into(),
            Cell::Real(of.size_gbp[r], 2),
            month(record, of.arose[r]),
            month(record, of.registered[r]),
            month(record, of.matched[r]),
            month(record, of.closed[r]),
            of.status[r].map_or("", Status::label).into(),
            Cell::Real(of.delivered_gbp[r], 2),
            Cell::Int(i64::from(of.broken[r])),
            Cell::Int(i64::from(of.unprompted[r])),
        ]);
    }
    t
}

pub(super) fn social_firms(record: &Record) -> Table {
    let mut t = Table::new(
        "social_firms",
        vec![
            Column::new("supplier", "", "Place in the market"),
            Column::new(
                "helped",
                "",
                "Incubated, founded with the co-operative agency, or converted with it",
            ),
            Column::new("since", "", "Month in which it opened or was taken over"),
            Column::new("closed", "", "Month in which its closing was noted"),
            Column::new("category", "", "Spending category that it was founded for"),
            Column::new("before", "", "Ownership form of the place before"),
        ],
    );
    for firm in &record.social {
        let category = firm.category.and_then(|c| record.names.categories.get(usize::from(c)));
        let before: Ownership = firm.before.0;
        t.push(vec![
            Cell::Int(i64::from(firm.supplier)),
            firm.helped.label().into(),
            month(record, firm.since),
            month(record, firm.closed.unwrap_or(0)),
            category.map_or("", String::as_str).into(),
            before.label().into(),
        ]);
    }
    t
}
