//! The anchors over the run, and every contract they let.

use crate::measure::local::Traced;
use crate::measure::record::Record;
use crate::measure::table::{Cell, Column, Table};
use crate::place::vocabulary::{Ownership, Sector, Zone};

pub(super) fn anchors(record: &Record) -> Table {
    let mut t = Table::new(
        "anchors",
        vec![
            Column::new("anchor", "", "Short name used in scenario files"),
            Column::new("name", "", "Institution"),
            Column::new("kind", "", "What kind of institution"),
            Column::new("staff", "people", "Mean headcount"),
            Column::new("spend", "GBP a year", "Paid to suppliers, net of VAT"),
            Column::new("in_city", "share", "Part paid to suppliers with a site in the city"),
            Column::new("contract_price", "ratio", "Price of contracts over the reference price"),
            Column::new("service_shortfall", "percent", "Needs not met for the money"),
            Column::new("lm3", "ratio", "Local multiplier of three rounds, income convention, exact"),
            Column::new("lm3_contract", "ratio", "The same, contract convention"),
            Column::new(
                "lm_infinity",
                "ratio",
                "Over all rounds; rounds after the second are attributed by the share put in",
            ),
        ],
    );
    let traced = Traced::over(&record.ledger, record.first_month);
    let months = record.months.len().max(1) as f64;
    for (a, (id, name, kind)) in record.names.anchors.iter().enumerate() {
        let sum = |of: fn(&crate::measure::record::AnchorMonth) -> f64| {
            record.months.iter().map(|m| of(&m.anchors[a])).sum::<f64>()
        };
        let (spend, in_city) = (sum(|m| m.procurement as f64), sum(|m| m.in_city as f64));
        let (needed, delivered) = (sum(|m| m.needed), sum(|m| m.delivered));
        let ratio = |x: f64, y: f64| if y > 0.0 { Cell::ratio(x / y) } else { Cell::Empty };
        let has_dye = traced.anchor(a).is_some_and(|d| d[0] > 0.0);
        let lm = |x: f64| if has_dye { Cell::ratio(x) } else { Cell::Empty };
        t.push(vec![
            id.as_str().into(),
            name.as_str().into(),
            (*kind).into(),
            Cell::Real(sum(|m| m.staff as f64) / months, 1),
            Cell::Pence((spend / months * 12.0).round() as i64),
            ratio(in_city, spend),
            ratio(needed, delivered),
            if needed > 0.0 { Cell::Real(100.0 * (1.0 - delivered / needed), 3) } else { Cell::Empty },
            lm(if has_dye { traced.lm3_of(a) } else { 0.0 }),
            lm(if has_dye { traced.lm3_of(a) - 1.0 } else { 0.0 }),
            lm(if has_dye { traced.lm_infinity_of(a) } else { 0.0 }),
        ]);
    }
    t
}

pub(super) fn contracts(record: &Record) -> Table {
    let mut t = Table::new(
        "contracts",
        vec![
            Column::new("month", "", "Month of award"),
            Column::new("contract", "", "Number of the need"),
            Column::new("anchor", "", "Buyer"),
            Column::new("category", "", "Spending category"),
            Column::new("monthly", "GBP a month", "Instalment, net of VAT"),
            Column::new("months", "months", "Length"),
            Column::new("invited", "bidders", "Bidders invited"),
            Column::new("local_invited", "bidders", "Of them with a site in the city"),
            Column::new("lowest_price", "ratio", "Lowest bid over the reference price"),
            Column::new("price", "ratio", "Winning bid over the reference price"),
            Column::new("quality", "0 to 1", "Quality of the winning bid as the buyer sees it"),
            Column::new("supplier", "", "Winner's place in the market"),
            Column::new("sector", "", "Winner's section"),
            Column::new("zone", "", "Where its site is"),
            Column::new("ownership", "", "Its ownership form"),
        ],
    );
    for a in &record.awards {
        t.push(vec![
            record.date(a.month).into(),
            Cell::Int(i64::from(a.contract)),
            record.names.anchors.get(a.anchor as usize).map_or("", |n| n.0.as_str()).into(),
            record.names.categories.get(a.category as usize).map_or("", String::as_str).into(),
            Cell::Pence(a.monthly),
            Cell::Int(i64::from(a.months)),
            Cell::Int(i64::from(a.invited)),
            Cell::Int(i64::from(a.local_invited)),
            Cell::ratio(a.lowest_price),
            Cell::ratio(a.price),
            Cell::ratio(a.quality),
            Cell::Int(i64::from(a.supplier)),
            Sector::from_index(a.sector as usize).label().into(),
            Zone::from_index(a.zone as usize).label().into(),
            Ownership::from_index(a.ownership as usize).label().into(),
        ]);
    }
    t
}

/// The needs of the anchors at the start: what a tracer's `contracts` are chosen from.
pub(super) fn needs(record: &Record) -> Table {
    let mut t = Table::new(
        "needs",
        vec![
            Column::new("need", "", "Number by which a tracer's `contracts` name it; the same in every run"),
            Column::new("contract", "", "Its position, as in contracts.csv"),
            Column::new("anchor", "", "Buyer"),
            Column::new("category", "", "Spending category"),
            Column::new("monthly", "GBP a month", "Its budget at the start, net of VAT"),
        ],
    );
    for (row, (need, anchor, category, monthly)) in record.names.needs.iter().enumerate() {
        t.push(vec![
            Cell::Int(*need as i64),
            Cell::count(row),
            record.names.anchors.get(usize::from(*anchor)).map_or("", |n| n.0.as_str()).into(),
            record.names.categories.get(usize::from(*category)).map_or("", String::as_str).into(),
            Cell::Pence(*monthly),
        ]);
    }
    t
}
