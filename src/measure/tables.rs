//! The tables of one run. Amounts are at the run's own scale: what its accounts paid, to the penny.

use super::local::Traced;
use super::record::{HouseholdSums, Record};
use super::table::{Cell, Column, Table};
use crate::place::vocabulary::{Ownership, Sector, Zone};
use crate::tracer::ledger::{Channel, ROUNDS};

/// Names of the rounds kept apart.
pub const ROUND_NAMES: [&str; ROUNDS] = ["1", "2", "3", "later"];

/// All tables of a run.
pub fn all(record: &Record) -> Vec<Table> {
    vec![
        monthly(record),
        leaks(record),
        flows(record),
        wards(record),
        deciles(record),
        anchors(record),
        contracts(record),
    ]
}

fn monthly(record: &Record) -> Table {
    let pounds = "GBP";
    let mut t = Table::new(
        "monthly",
        vec![
            Column::new("month", "", "Calendar month"),
            Column::new("household_receipts", pounds, "All receipts of households"),
            Column::new("household_income", pounds, "Disposable income of households"),
            Column::new("household_spending", pounds, "Purchases of households"),
            Column::new("household_deposits", pounds, "Deposits of households at the month's end"),
            Column::new("jobs", "jobs", "Jobs in the city"),
            Column::new("residents_in_work", "people", "Residents in work"),
            Column::new("residents_seeking", "people", "Residents looking for work"),
            Column::new("in_commuters", "people", "In-commuters with a job in the city"),
            Column::new("vacancies", "posts", "Posts advertised in the month"),
            Column::new("pay_bill", pounds, "Gross pay of posts in the city"),
            Column::new("wage_index", "ratio", "Pay of new hires over the start's"),
            Column::new("firms", "firms", "Suppliers open in the city"),
            Column::new("firm_sales", pounds, "Net sales of suppliers in the city"),
            Column::new("outside_sales", pounds, "Part of them sold outside"),
            Column::new("orders_turned_away", pounds, "Orders that could not be filled"),
            Column::new("firm_cash", pounds, "Cash of suppliers in the city at the month's end"),
            Column::new("firm_debt", pounds, "Debt of suppliers in the city"),
            Column::new("anchor_cash", pounds, "Cash of the anchors at the month's end"),
            Column::new("anchor_spend", pounds, "Paid by anchors to suppliers, net of VAT"),
            Column::new("anchor_spend_in_city", pounds, "Part of it with a site in the city"),
            Column::new("service_needed", pounds, "Needs of the anchors at the reference price"),
            Column::new("service_delivered", pounds, "What was delivered of them"),
            Column::new("dyed", pounds, "Anchor spending newly traced"),
            Column::new("dye_held", pounds, "Traced money that waits in reserves"),
            Column::new("dye_circulating", pounds, "Traced money that circulates in the city"),
        ],
    );
    for m in &record.months {
        let dye = record.ledger.months.iter().find(|d| d.month == m.month);
        let dyed =
            |of: fn(&crate::tracer::ledger::Month) -> i64| dye.map_or(Cell::Empty, |d| dye_pounds(of(d)));
        t.push(vec![
            record.date(m.month).into(),
            Cell::Pence(m.all.receipts),
            Cell::Pence(m.all.disposable),
            Cell::Pence(m.all.consumption),
            Cell::Pence(m.all.deposits),
            Cell::Int(m.jobs),
            Cell::Int(m.all.in_work),
            Cell::Int(m.all.seeking),
            Cell::Int(m.in_commuters),
            Cell::Int(m.vacancies),
            Cell::Pence(m.pay_bill),
            Cell::Real(m.wage_index, 6),
            Cell::Int(m.firms),
            Cell::Pence(m.sales),
            Cell::Pence(m.exports),
            Cell::Pence(m.turned_away),
            Cell::Pence(m.firms_cash),
            Cell::Pence(m.firms_debt),
            Cell::Pence(m.anchors_cash),
            Cell::Pence(m.procurement),
            Cell::Pence(m.procurement_in_city),
            Cell::Pence(m.needed.round() as i64),
            Cell::Pence(m.delivered.round() as i64),
            dyed(|d| d.injected),
            dyed(|d| d.held),
            dyed(|d| d.circulating),
        ]);
    }
    t
}

/// Units of dye as pounds with five decimals: 1,024 units to the penny.
fn dye_pounds(dye: i64) -> Cell {
    Cell::Real(dye as f64 / crate::tracer::DYE_PER_PENNY as f64 / 100.0, 5)
}

fn leaks(record: &Record) -> Table {
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
        for lane in 0..ROUNDS {
            row("all", ROUND_NAMES[lane], "received in the city", m.local[lane]);
            for channel in Channel::ALL {
                let leaked = m.leaks[lane][channel as usize];
                if leaked != 0 {
                    row("all", ROUND_NAMES[lane], channel.label(), leaked);
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

fn wards(record: &Record) -> Table {
    let name = |i: usize| record.names.wards.get(i).cloned().unwrap_or_default();
    households("wards", Column::new("ward", "", "Ward"), record, &record.wards, name)
}

fn deciles(record: &Record) -> Table {
    let column = Column::new(
        "decile",
        "",
        "Tenth of households by equivalised disposable income at the start, 1 the poorest",
    );
    households("deciles", column, record, &record.deciles, |i| (i + 1).to_string())
}

fn households(
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
            Column::new("receipts", "GBP a year", "All receipts"),
            Column::new("income", "GBP a year", "Disposable income"),
            Column::new("spending", "GBP a year", "Purchases"),
            Column::new("deposits", "GBP", "Mean deposits over the year"),
            Column::new("in_work", "people", "Mean residents in work"),
            Column::new("seeking", "people", "Mean residents looking for work"),
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
            ]);
        }
    }
    t
}

fn anchors(record: &Record) -> Table {
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
        let sum = |of: fn(&super::record::AnchorMonth) -> f64| {
            record.months.iter().map(|m| of(&m.anchors[a])).sum::<f64>()
        };
        let (spend, in_city) = (sum(|m| m.procurement as f64), sum(|m| m.in_city as f64));
        let (needed, delivered) = (sum(|m| m.needed), sum(|m| m.delivered));
        let ratio = |x: f64, y: f64| if y > 0.0 { Cell::ratio(x / y) } else { Cell::Empty };
        let has_dye = traced.anchors.get(a).is_some_and(|d| d[0] > 0.0);
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

fn contracts(record: &Record) -> Table {
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
