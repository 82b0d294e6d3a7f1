//! The social accounting matrix by year, and the sectors beside it.

use crate::economy::books::{Group, Party, group_of_outside};
use crate::measure::record::Record;
use crate::measure::table::{Cell, Column, Table};
use crate::place::vocabulary::Sector;

/// The account that changes of balances go to and come from, so that rows and columns have equal sums.
pub const BALANCES: &str = "balances";

/// How a party is written.
pub fn party(record: &Record, party: Party) -> String {
    match party {
        Party::Sector(sector) => format!("sector {}", sector.label()),
        Party::Supplier => "sector not told".into(),
        Party::OutsideSuppliers => Group::OutsideSuppliers.label().into(),
        Party::Tenth(tenth) => format!("households {}", tenth + 1),
        Party::Households => "households not told".into(),
        Party::Anchor(a) => {
            let id = record.names.anchors.get(usize::from(a)).map_or("?", |(id, _, _)| id.as_str());
            format!("anchor {id}")
        }
        Party::SomeAnchor => "anchor not told".into(),
        Party::Outside(account) => group_of_outside(account).label().into(),
    }
}

pub(super) fn sam(record: &Record) -> Table {
    let mut t = Table::new(
        "sam",
        vec![
            Column::new("year", "", "Year of the run"),
            Column::new(
                "receiver",
                "",
                "Account that receives: sector, tenth of households (1 the poorest), anchor, outside",
            ),
            Column::new("payer", "", "Account that pays"),
            Column::new("kind", "", "What for"),
            Column::new(
                "pounds",
                "GBP",
                "Paid in the year; with changes of balances, each account's row and column have equal sums",
            ),
        ],
    );
    for (y, year) in record.sam.iter().enumerate() {
        let number = Cell::count(y + 1);
        let name = |of: Party| party(record, of);
        for (kind, from, to, amount) in year.entries() {
            t.push(vec![
                number.clone(),
                name(to).into(),
                name(from).into(),
                kind.label().into(),
                Cell::Pence(amount),
            ]);
        }
        for (index, change) in year.changes().into_iter().enumerate() {
            let of = name(Party::from_index(index));
            let (receiver, payer, kind) = match change {
                0 => continue,
                1.. => (BALANCES.to_owned(), of, "added to balances"),
                _ => (of, BALANCES.to_owned(), "drawn from balances"),
            };
            t.push(vec![
                number.clone(),
                receiver.into(),
                payer.into(),
                kind.into(),
                Cell::Pence(change.abs()),
            ]);
        }
    }
    t
}

pub(super) fn sectors(record: &Record) -> Table {
    let mut t = Table::new(
        "sectors",
        vec![
            Column::new("year", "", "Year of the run"),
            Column::new(
                "sector",
                "",
                "Section of the Standard Industrial Classification: its suppliers in the city, anchors apart",
            ),
            Column::new("jobs", "jobs", "Mean jobs over the year's months"),
            Column::new("net_sales", "GBP", "Sales in the year, without VAT"),
        ],
    );
    for (y, year) in record.sam.iter().enumerate() {
        for sector in Sector::ALL {
            let i = sector.index();
            if year.job_months[i] == 0 && year.sales[i] == 0 {
                continue;
            }
            let jobs = year.job_months[i] as f64 / f64::from(year.months.max(1));
            t.push(vec![
                Cell::count(y + 1),
                sector.label().into(),
                Cell::Real(jobs, 4),
                Cell::Pence(year.sales[i]),
            ]);
        }
    }
    t
}
