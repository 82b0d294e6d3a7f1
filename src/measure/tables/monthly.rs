//! The city month by month.

use super::traced::dye_pounds;
use crate::measure::record::Record;
use crate::measure::table::{Cell, Column, Table};

pub(super) fn monthly(record: &Record) -> Table {
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
            Cell::Pence(m.service.needed.round() as i64),
            Cell::Pence(m.service.delivered.round() as i64),
            dyed(|d| d.injected),
            dyed(|d| d.held),
            dyed(|d| d.circulating),
        ]);
    }
    t
}
