//! The tables of a country.

use super::Countries;
use super::effects::{self, Part, Whose};
use super::groups::{self, Mean, Outcome, Trait};
use super::measures::{ASKED, MEASURES};
use super::{links, rows};
use crate::measure::table::{Cell, Column, Table};
use crate::scenario::settings::Adopters;

/// All of them.
pub fn all(of: &Countries) -> Vec<Table> {
    vec![
        totals(of),
        displacement(of),
        fifths(of),
        regression(of),
        rows::cities(of),
        links::links(of),
        rows::books(of),
    ]
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
        Column::new("change_a_city", "as in unit", "The change for each of those cities, on average"),
        Column::new(
            "low_a_city",
            "as in unit",
            "Lower end of its 95% interval over replicates; empty with one",
        ),
        Column::new("high_a_city", "as in unit", "Upper end of it"),
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
                let over = if measure.summed { n as f64 } else { 1.0 };
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
                row.push(Cell::Real(change.mean / over, 5));
                row.extend(interval(change.interval.map(|(low, high)| (low / over, high / over)), 5));
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
            "kept: what the cities keep together, when all do it at once, of what they gain each alone; displaced: of what adopters gain, the part that the others lose",
        ),
        Column::new(
            "share",
            "ratio",
            "The answer: a quotient of sums over replicates; empty where what it would be a part of is no gain, or not told apart from nought",
        ),
        Column::new("low", "ratio", "Lower end of its 95% interval over replicates; empty with one"),
        Column::new("high", "ratio", "Upper end of it"),
    ];
    let mut table = Table::new("country_displacement", columns);
    for (k, measure) in ASKED.map(|k| (k, &MEASURES[k])) {
        let mut add = |adopters: Adopters, question: &str, found: Option<Part>| {
            if let Some(found) = found.map(Part::quotient) {
                let mut row = vec![measure.id.into(), adopters.id().into(), question.into()];
                row.push(found.map_or(Cell::Empty, |of| Cell::ratio(of.value)));
                row.extend(interval(found.and_then(|of| of.interval), 4));
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
