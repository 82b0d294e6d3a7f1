//! Every award, and what the needs of each category came to.

use crate::measure::record::Record;
use crate::measure::table::{Cell, Column, Table};
use crate::place::vocabulary::{LocalDefinition, Ownership, Sector, Zone};
use crate::world::awards::Award;
use crate::world::flows::Service;
use crate::world::orgs::NOBODY;

type Field = (Column, fn(&Award, &Record) -> Cell);

fn yes(x: bool) -> Cell {
    Cell::Int(i64::from(x))
}

fn float(x: f32) -> Cell {
    Cell::ratio(f64::from(x))
}

/// One column each: what it is called, and what it holds.
fn fields() -> Vec<Field> {
    let mut all: Vec<Field> = vec![
        (Column::new("month", "", "Month of award"), |a, r| r.date(a.month).into()),
        (Column::new("contract", "", "Number of the need's row"), |a, _| Cell::Int(i64::from(a.contract))),
        (Column::new("need", "", "Number of the need, as in needs.csv: the same in every run"), |a, _| {
            Cell::Int(a.need as i64)
        }),
        (Column::new("lot", "", "Number of the lot, 0 where there are none"), |a, _| {
            Cell::Int(i64::from(a.lot))
        }),
        (Column::new("anchor", "", "Buyer"), |a, r| {
            r.names.anchors.get(a.anchor as usize).map_or("", |n| n.0.as_str()).into()
        }),
        (Column::new("category", "", "Spending category"), |a, r| {
            r.names.categories.get(a.category as usize).map_or("", String::as_str).into()
        }),
        (
            Column::new(
                "value",
                "GBP",
                "Whole-life value of the lot at full scale, VAT included; the law looks at all that is let together",
            ),
            |a, _| Cell::Real(a.value_gbp, 2),
        ),
        (Column::new("monthly", "GBP a month", "Instalment, net of VAT, at the run's scale"), |a, _| {
            Cell::Pence(a.monthly)
        }),
        (Column::new("months", "months", "Length"), |a, _| Cell::Int(i64::from(a.months))),
        (Column::new("route", "", "How it was let"), |a, _| a.route.label().into()),
        (Column::new("invited", "suppliers", "Suppliers that heard of it and qualified"), |a, _| {
            Cell::Int(i64::from(a.invited))
        }),
        (Column::new("local_invited", "suppliers", "Of them with a site in the city"), |a, _| {
            Cell::Int(i64::from(a.local_invited))
        }),
        (Column::new("bids", "bids", "Bids made"), |a, _| Cell::Int(i64::from(a.bids))),
        (Column::new("local_bids", "bids", "Of them by suppliers with a site in the city"), |a, _| {
            Cell::Int(i64::from(a.local_bids))
        }),
        (
            Column::new(
                "small_bids",
                "bids",
                "Of them by enterprises under 250 people with no group behind them",
            ),
            |a, _| Cell::Int(i64::from(a.small_bids)),
        ),
        (Column::new("lowest_price", "ratio", "Lowest bid over the reference price"), |a, _| {
            Cell::ratio(a.lowest_price)
        }),
        (Column::new("price", "ratio", "Price paid over the reference price"), |a, _| Cell::ratio(a.price)),
        (Column::new("premium", "ratio", "Price over the cheapest bid, less one"), |a, _| {
            Cell::ratio(a.price / a.lowest_price.max(1e-9) - 1.0)
        }),
        (Column::new("quality", "0 to 1", "Quality of the winning bid as the buyer sees it"), |a, _| {
            Cell::ratio(a.quality)
        }),
        (
            Column::new("social_value_claimed", "share of full marks", "Social value that the winner claims"),
            |a, _| float(a.claimed),
        ),
        (Column::new("social_value_real", "share of full marks", "What stands behind the claim"), |a, _| {
            float(a.real)
        }),
        (
            Column::new(
                "social_value_delivered",
                "share of full marks",
                "Delivered so far, a mean over the months",
            ),
            |a, _| float(a.delivered),
        ),
        (Column::new("tailored", "0 or 1", "The offer answers questions made for the contract"), |a, _| {
            yes(a.tailored)
        }),
        (
            Column::new("matched", "GBP", "Size of the community request that it is to meet; 0 for none"),
            |a, _| Cell::Real(a.matched_gbp, 2),
        ),
        (Column::new("supplier", "", "Winner's place in the market"), |a, _| {
            if a.supplier == NOBODY { Cell::Empty } else { Cell::Int(i64::from(a.supplier)) }
        }),
        (Column::new("sector", "", "Winner's section"), |a, _| {
            Sector::from_index(a.sector as usize).label().into()
        }),
        (Column::new("zone", "", "Where its site is"), |a, _| {
            Zone::from_index(a.zone as usize).label().into()
        }),
        (Column::new("ownership", "", "Its ownership form"), |a, _| {
            Ownership::from_index(a.ownership as usize).label().into()
        }),
        (
            Column::new(
                "employees",
                "people",
                "Its staff in the city; 0 for bidders outside, whose staff is not simulated",
            ),
            |a, _| Cell::Int(i64::from(a.heads)),
        ),
        (Column::new("small", "0 or 1", "Fewer than 250 people and no group behind it"), |a, _| yes(a.small)),
        (Column::new("incumbent", "0 or 1", "It held the contract before"), |a, _| yes(a.incumbent)),
        (Column::new("preferred", "0 or 1", "It had points of preference"), |a, _| yes(a.preferred)),
        (
            Column::new("decided_by_preference", "0 or 1", "Another would have won without preference"),
            |a, _| yes(a.flipped_by_preference),
        ),
        (
            Column::new("decided_by_social_value", "0 or 1", "Another would have won without social value"),
            |a, _| yes(a.flipped_by_social_value),
        ),
        (Column::new("hours", "hours", "Officer hours spent"), |a, _| Cell::Real(f64::from(a.hours), 1)),
        (Column::new("dropped", "", "What was given up for lack of hours"), |a, _| a.dropped.words().into()),
        (
            Column::new("challenged", "0 or 1", "It was held up by a legal challenge"),
            |a, _| yes(a.challenged),
        ),
        (Column::new("bid_costs", "GBP", "Cost of bidding to all bidders"), |a, _| {
            Cell::Real(f64::from(a.bid_costs_gbp), 2)
        }),
        (Column::new("buyer_cost", "GBP", "Cost of the hours spent"), |a, _| {
            Cell::Real(f64::from(a.buyer_cost_gbp), 2)
        }),
    ];
    let local: [fn(&Award, &Record) -> Cell; LocalDefinition::COUNT] = [
        |a, _| float(a.local[0]),
        |a, _| float(a.local[1]),
        |a, _| float(a.local[2]),
        |a, _| float(a.local[3]),
        |a, _| float(a.local[4]),
        |a, _| float(a.local[5]),
        |a, _| float(a.local[6]),
        |a, _| float(a.local[7]),
    ];
    const NAMES: [(&str, &str); LocalDefinition::COUNT] = [
        ("local_by_site", "Winner's site is in the city"),
        ("local_by_headquarters", "Its group's seat is in the city"),
        ("local_by_branch", "It or its group has a unit in the city"),
        ("local_by_staff", "Share of its pay that goes to residents"),
        ("local_by_materials", "Share of its inputs bought in the city"),
        ("local_by_ownership", "Share of it that is owned in the city"),
        ("local_by_profit", "Share of its profit, interest and rent that stays in the city"),
        ("local_by_upstream", "Re-spent in the city up the chain for each pound of its turnover"),
    ];
    all.extend(
        NAMES.into_iter().zip(local).map(|((name, meaning), of)| (Column::new(name, "share", meaning), of)),
    );
    all
}

pub(super) fn contracts(record: &Record) -> Table {
    let (columns, cells): (Vec<Column>, Vec<_>) = fields().into_iter().unzip();
    let mut t = Table::new("contracts", columns);
    for award in &record.awards {
        t.push(cells.iter().map(|of| of(award, record)).collect());
    }
    t
}

/// Service by category over the run.
pub(super) fn services(record: &Record) -> Table {
    let mut t = Table::new(
        "services",
        vec![
            Column::new("category", "", "Spending category"),
            Column::new("needed", "GBP a year", "Budgets of all needs, before any policy changes them"),
            Column::new("paid", "GBP a year", "Paid on contracts and for own provision"),
            Column::new("price", "ratio", "Price paid over the reference price"),
            Column::new("shortfall", "percent", "Part of what is needed that was not delivered"),
            Column::new("quality", "0 to 1", "Quality of what was delivered"),
        ],
    );
    let months = record.months.len().max(1) as f64;
    for (c, name) in record.names.categories.iter().enumerate() {
        let mut of = Service::default();
        record.months.iter().for_each(|m| of.add(&m.services[c]));
        let yearly = |pence: f64| Cell::Pence((pence / months * 12.0).round() as i64);
        t.push(vec![
            name.as_str().into(),
            yearly(of.needed),
            yearly(of.paid),
            Cell::ratio(of.price()),
            Cell::Real(of.shortfall_percent(), 3),
            Cell::ratio(of.mean_quality()),
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
