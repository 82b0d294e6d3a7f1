//! `country_links.csv`: how much of what cities buy outside other cities sell, and who of those who commute into them lives
//! in one.

use super::Countries;
use crate::economy::country::{Links, ZONES};
use crate::measure::table::{Cell, Column, Table};
use crate::place::vocabulary::Sector;

pub(super) fn links(of: &Countries) -> Table {
    let columns = vec![
        Column::new("replicate", "", "Which country and luck, from 1"),
        Column::new("zone", "", "Of the buyer, or where people work: region, country"),
        Column::new("of", "", "Section of the seller; people: commuters"),
        Column::new("unit", "", "Of the next two columns, at full size"),
        Column::new(
            "cities",
            "as in unit",
            "At the start: ordered from cities by that zone; residents of cities at work there",
        ),
        Column::new(
            "asked",
            "as in unit",
            "At the start: bought by cities of that zone; people of that zone at work in cities",
        ),
        Column::new("part", "ratio", "Of a change in what is asked, the part that reaches cities"),
    ];
    let mut table = Table::new("country_links", columns);
    for replicate in &of.replicates {
        let Some(links) = &replicate.links else { continue };
        for (zone, name) in ZONES.iter().enumerate() {
            let mut row = |what: &str, unit: &str, cities: f64, asked: f64, part: f64| {
                table.push(vec![
                    Cell::Int(i64::from(replicate.number)),
                    name.label().into(),
                    what.into(),
                    unit.into(),
                    Cell::Real(cities / of.scale, 2),
                    Cell::Real(asked / of.scale, 2),
                    Cell::ratio(part),
                ]);
            };
            for sector in Sector::ALL {
                let (cities, asked, part) = goods(links, zone, sector.index());
                row(sector.label(), "GBP million a year", cities, asked, part);
            }
            let (cities, asked) = (links.at_work[zone] as f64, links.asked_for[zone] as f64);
            row("people", "people", cities, asked, links.people(zone));
        }
    }
    table
}

/// Sold and asked, GBP million a year, and the part of a change that reaches cities.
fn goods(links: &Links, zone: usize, sector: usize) -> (f64, f64, f64) {
    let millions = |pence: i64| pence as f64 * 12.0 / 1e8;
    (millions(links.sold[zone][sector]), millions(links.asked[zone][sector]), links.goods(zone, sector))
}
