//! Every city in every run, and the country's books month by month, as tables.

use super::Countries;
use super::measures::{LAST, MEASURES};
use crate::measure::table::{Cell, Column, Table};
use crate::scenario::settings::Adopters;

/// `country_cities.csv`: every city of every replicate, without policy and under each set of adopters.
pub fn cities(of: &Countries) -> Table {
    let mut columns = vec![
        Column::new("replicate", "", "Which country and luck, from 1"),
        Column::new("city", "", "Number of the synthetic city, from 1; no real place"),
        Column::new("region", "", "Number of its region, from 1"),
        Column::new(
            "localness",
            "logarithm of the odds",
            "Drawn: shift of the odds that spending and jobs stay in the city",
        ),
        Column::new("deprivation", "logarithm", "Drawn: of the unemployment rate over Leeds's"),
        Column::new("sector_mix", "0 to 1", "Drawn: distance of its mix of jobs from Leeds's"),
        Column::new("adopters", "", "Who pulls the levers; none: nobody"),
        Column::new("linked", "", "Whether cities feel each other"),
        Column::new("adopts", "", "Whether this city does"),
    ];
    columns.push(Column::new("months", "", "Over which the figures are means: the last of the run"));
    columns.extend(MEASURES.iter().map(|m| Column::new(m.id, m.unit, m.title)));
    let mut table = Table::new("country_cities", columns);
    let yes = |is: bool| Cell::from(if is { "yes" } else { "no" });
    for replicate in &of.replicates {
        for run in &replicate.runs {
            for (i, (city, traits)) in run.cities.iter().zip(&replicate.traits).enumerate() {
                let mut row = vec![
                    Cell::Int(i64::from(replicate.number)),
                    Cell::count(i + 1),
                    Cell::count(traits.region + 1),
                    Cell::ratio(traits.localness),
                    Cell::ratio(traits.deprivation),
                    Cell::ratio(traits.mix),
                    run.adopters.map_or("none", Adopters::id).into(),
                    yes(run.linked),
                    yes(run.adopts[i]),
                    Cell::count(of.months.min(LAST)),
                ];
                row.extend(city.0.iter().map(|x| Cell::Real(*x, 4)));
                table.push(row);
            }
        }
    }
    table
}

/// `country_books.csv`: the country's books, month by month, at the scale of the run.
pub fn books(of: &Countries) -> Table {
    let columns = vec![
        Column::new("replicate", "", "Which country and luck, from 1"),
        Column::new("adopters", "", "Who pulls the levers; none: nobody"),
        Column::new("linked", "", "Whether cities feel each other"),
        Column::new("month", "", "Month number, burn-in included"),
        Column::new(
            "paid",
            "GBP",
            "Paid by cities to firms of the others and of the rest of the country, VAT apart; at the scale of the run, as all amounts here",
        ),
        Column::new("vat", "GBP", "VAT in it"),
        Column::new("sold", "GBP", "Sold by cities to buyers of other cities and of the rest of the country"),
        Column::new(
            "unfilled",
            "GBP",
            "Ordered from cities and not delivered; the buyers turn to other cities",
        ),
        Column::new(
            "rest",
            "GBP",
            "Ordered from cities by the rest of the country, less what it sells to them",
        ),
        Column::new(
            "cut_off",
            "GBP",
            "Part of it: orders that nobody asked for, where they would be below nought",
        ),
        Column::new("waiting", "GBP", "Orders that wait for next month"),
        Column::new("in_pay", "GBP", "Pay by cities to people from elsewhere"),
        Column::new("out_pay", "GBP", "Pay of cities' residents who work elsewhere"),
        Column::new(
            "in_commuters",
            "people",
            "People from elsewhere at work in the cities, at the scale of the run",
        ),
        Column::new(
            "out_commuters",
            "people",
            "Residents of the cities at work elsewhere, at the scale of the run",
        ),
    ];
    let mut table = Table::new("country_books", columns);
    for replicate in &of.replicates {
        for run in &replicate.runs {
            for m in &run.books {
                table.push(vec![
                    Cell::Int(i64::from(replicate.number)),
                    run.adopters.map_or("none", Adopters::id).into(),
                    if run.linked { "yes" } else { "no" }.into(),
                    Cell::Int(i64::from(m.month)),
                    Cell::Pence(m.paid),
                    Cell::Pence(m.vat),
                    Cell::Pence(m.sold),
                    Cell::Pence(m.unfilled),
                    Cell::Pence(m.rest),
                    Cell::Pence(m.cut_off),
                    Cell::Pence(m.waiting),
                    Cell::Pence(m.in_pay),
                    Cell::Pence(m.out_pay),
                    Cell::Int(m.in_commuters),
                    Cell::Int(m.out_commuters),
                ]);
            }
        }
    }
    table
}
