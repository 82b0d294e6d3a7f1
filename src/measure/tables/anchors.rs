//! The anchors over the run.

use super::tracers::lm3_columns;
use crate::measure::local::Traced;
use crate::measure::record::Record;
use crate::measure::table::{Cell, Column, Table};
use crate::world::flows::Service;

pub(super) fn anchors(record: &Record) -> Table {
    let mut t = Table::new(
        "anchors",
        [
            Column::new("anchor", "", "Short name used in scenario files"),
            Column::new("name", "", "Institution"),
            Column::new("kind", "", "What kind of institution"),
            Column::new("staff", "people", "Mean headcount"),
            Column::new("spend", "GBP a year", "Paid to suppliers, net of VAT"),
            Column::new("in_city", "share", "Part paid to suppliers with a site in the city"),
            Column::new("contract_price", "ratio", "Price of contracts over the reference price"),
            Column::new("service_shortfall", "percent", "Needs not met for the money"),
            Column::new("quality", "0 to 1", "Quality of what is delivered"),
            Column::new(
                "team_hours",
                "hours a year",
                "Hours that lettings take; needs and teams are at full size at any scale, unlike staff and spend, which are of the run's size",
            ),
            Column::new(
                "team_hours_short",
                "hours a year",
                "Hours that lettings would have taken beyond the team's, at full size at any scale",
            ),
            Column::new(
                "generic_for_lack",
                "lettings a year",
                "Tailored questions given up for lack of hours",
            ),
            Column::new(
                "unannounced_for_lack",
                "lettings a year",
                "Market engagement given up for lack of hours",
            ),
            Column::new(
                "frameworks_for_lack",
                "lettings a year",
                "Tenders turned into call-offs for lack of hours",
            ),
            Column::new("extended_for_lack", "contracts a year", "Contracts extended for lack of hours"),
            Column::new("monitored", "share", "Part of the time that following contracts up would take"),
            Column::new("commitment", "0 to 1", "Commitment to the shared plan"),
        ]
        .into_iter()
        .chain(lm3_columns())
        .collect(),
    );
    let traced = Traced::over(&record.ledger, record.first_month);
    let months = record.months.len().max(1) as f64;
    for (a, (id, name, kind)) in record.names.anchors.iter().enumerate() {
        let sum = |of: fn(&crate::measure::record::AnchorMonth) -> f64| {
            record.months.iter().map(|m| of(&m.anchors[a])).sum::<f64>()
        };
        let (spend, in_city) = (sum(|m| m.procurement as f64), sum(|m| m.in_city as f64));
        let mut service = Service::default();
        record.months.iter().for_each(|m| service.add(&m.anchors[a].service));
        let yearly = |x: f64| Cell::Real(x / months * 12.0, 1);
        let ratio = |x: f64, y: f64| if y > 0.0 { Cell::ratio(x / y) } else { Cell::Empty };
        let has_dye = traced.anchor(a).is_some_and(|d| d.dyed > 0.0);
        let lm = |x: f64| if has_dye { Cell::ratio(x) } else { Cell::Empty };
        t.push(vec![
            id.as_str().into(),
            name.as_str().into(),
            kind.as_str().into(),
            Cell::Real(sum(|m| m.staff as f64) / months, 1),
            Cell::Pence((spend / months * 12.0).round() as i64),
            ratio(in_city, spend),
            if service.met_volume > 0.0 { Cell::ratio(service.price()) } else { Cell::Empty },
            if service.needed > 0.0 { Cell::Real(service.shortfall_percent(), 3) } else { Cell::Empty },
            ratio(service.quality, service.delivered),
            yearly(sum(|m| m.team.used)),
            yearly(sum(|m| (m.team.wanted - m.team.hours).max(0.0))),
            yearly(sum(|m| f64::from(m.team.generic))),
            yearly(sum(|m| f64::from(m.team.unannounced))),
            yearly(sum(|m| f64::from(m.team.to_framework))),
            yearly(sum(|m| f64::from(m.team.extended))),
            ratio(sum(|m| m.team.monitoring), sum(|m| m.team.monitoring_wanted)),
            Cell::ratio(sum(|m| m.commitment) / months),
            lm(if has_dye { traced.lm3_of(a) } else { 0.0 }),
            lm(if has_dye { traced.lm3_of(a) - 1.0 } else { 0.0 }),
            lm(if has_dye { traced.lm_infinity_of(a) } else { 0.0 }),
        ]);
    }
    t
}
