//! The tables of a country.

use super::Countries;
use super::effects::{self, Quotient, Whose};
use super::groups::{self, Mean, Outcome, Trait};
use super::measures::{ASKED, LAST, MEASURES};
use crate::measure::table::{Cell, Column, Table};
use crate::scenario::settings::Adopters;

/// All of them.
pub fn all(of: &Countries) -> Vec<Table> {
    vec![totals(of), displacement(of), fifths(of), regression(of), cities(of), books(of)]
}

const LOW: Column =
    Column::new("low", "as in unit", "Lower end of the 95% interval over replicates; empty with one");
const HIGH: Column = Column::new("high", "as in unit", "Upper end of it");
const METRIC: Column = Column::new("metric", "", "What is measured");
const UNIT: Column = Column::new("unit", "", "Its unit");
const ADOPTERS: Column = Column::new(
    "adopters",
    "",
    "Who pulls the levers: each_alone (all, in cities that do not feel each other), one, region, half, all",
);

fn interval(range: Option<(f64, f64)>, decimals: u8) -> [Cell; 2] {
    match range {
        Some((low, high)) => [Cell::Real(low, decimals), Cell::Real(high, decimals)],
        None => [Cell::Empty, Cell::Empty],
    }
}

/// `country_totals.csv`.
pub fn totals(of: &Countries) -> Table {
    let columns = vec![
        ADOPTERS,
        Column::new("cities", "", "Whose change: adopters, others, all"),
        Column::new("number", "cities", "How many they are"),
        METRIC,
        UNIT,
        Column::new(
            "reference",
            "as in unit",
            "Without policy: sum over those cities, or their mean for prices and shortfalls",
        ),
        Column::new(
            "change",
            "as in unit",
            "With policy less without in the last year of the run, under the same luck; mean over replicates",
        ),
        LOW,
        HIGH,
        Column::new("change_a_city", "as in unit", "The same for each of those cities"),
    ];
    let mut table = Table::new("country_totals", columns);
    for adopters in of.adopters() {
        let (adopt, others) = effects::numbers(of, adopters);
        for (whose, n) in Whose::ALL.into_iter().zip([adopt, others, adopt + others]) {
            if n == 0 || (whose == Whose::All && others == 0) {
                continue;
            }
            for (k, measure) in MEASURES.iter().enumerate() {
                let change = effects::change(of, adopters, whose, k);
                let each = if measure.summed { change.mean / n as f64 } else { change.mean };
                let mut row = vec![
                    adopters.id().into(),
                    whose.id().into(),
                    Cell::count(n),
                    measure.id.into(),
                    measure.unit.into(),
                    Cell::Real(effects::level(of, adopters, whose, k), 4),
                    Cell::Real(change.mean, 4),
                ];
                row.extend(interval(change.interval, 4));
                row.push(Cell::Real(each, 5));
                table.push(row);
            }
        }
    }
    table
}

/// `country_displacement.csv`.
pub fn displacement(of: &Countries) -> Table {
    let columns = vec![
        METRIC,
        ADOPTERS,
        Column::new(
            "question",
            "",
            "kept: what the country keeps, when all do it at once, of what cities gain each alone; displaced: of what adopters gain, the part that the others lose",
        ),
        Column::new("share", "ratio", "The answer: a quotient of sums over replicates"),
        Column::new("low", "ratio", "Lower end of its 95% interval over replicates; empty with one"),
        Column::new("high", "ratio", "Upper end of it"),
    ];
    let mut table = Table::new("country_displacement", columns);
    for (k, measure) in ASKED.map(|k| (k, &MEASURES[k])) {
        let mut add = |adopters: Adopters, question: &str, found: Option<Quotient>| {
            if let Some(found) = found {
                let mut row =
                    vec![measure.id.into(), adopters.id().into(), question.into(), Cell::ratio(found.value)];
                row.extend(interval(found.interval, 4));
                table.push(row);
            }
        };
        add(Adopters::All, "kept", effects::kept(of, k));
        for adopters in [Adopters::One, Adopters::Region, Adopters::Half] {
            add(adopters, "displaced", effects::displaced(of, adopters, k));
        }
    }
    table
}

const OUTCOME: Column = Column::new(
    "outcome",
    "",
    "Change of a city's household income: each_alone, all (every city at once), all_less_alone (what the others' doing it costs)",
);

fn mean(of: &Mean) -> Vec<Cell> {
    let mut row = vec![Cell::Real(of.value, 5)];
    row.extend(interval(of.interval, 5));
    row
}

/// `country_fifths.csv`.
pub fn fifths(of: &Countries) -> Table {
    let columns = vec![
        Column::new("trait", "", "What cities are ordered by"),
        Column::new("fifth", "", "1 the fifth of cities with the least of it, 5 with the most"),
        Column::new("trait_mean", "as the trait", "Its mean there"),
        OUTCOME,
        Column::new("change", "percent", "Mean change over cities and replicates"),
        Column::new("low", "percent", "Lower end of its 95% interval over replicates; empty with one"),
        Column::new("high", "percent", "Upper end of it"),
    ];
    let mut table = Table::new("country_fifths", columns);
    for by in Trait::ALL {
        for outcome in Outcome::ALL {
            for (fifth, (at, gain)) in groups::fifths(of, by, outcome).into_iter().flatten().enumerate() {
                let mut row =
                    vec![by.id().into(), Cell::count(fifth + 1), Cell::Real(at, 4), outcome.id().into()];
                row.extend(mean(&gain));
                table.push(row);
            }
        }
    }
    table
}

/// `country_regression.csv`.
pub fn regression(of: &Countries) -> Table {
    let columns = vec![
        OUTCOME,
        Column::new("term", "", "Constant, or a drawn trait in standard deviations over cities"),
        Column::new("coefficient", "percent", "Least squares within each replicate; mean over replicates"),
        Column::new("low", "percent", "Lower end of its 95% interval over replicates; empty with one"),
        Column::new("high", "percent", "Upper end of it"),
    ];
    let mut table = Table::new("country_regression", columns);
    let terms = ["constant", Trait::Localness.id(), Trait::Deprivation.id(), Trait::Mix.id()];
    for outcome in Outcome::ALL {
        for (term, found) in terms.iter().zip(groups::regression(of, outcome).unwrap_or_default()) {
            let mut row = vec![outcome.id().into(), (*term).into()];
            row.extend(mean(&found));
            table.push(row);
        }
    }
    table
}

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
            "Paid by cities to firms of the others and of the rest of the country, VAT apart",
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
