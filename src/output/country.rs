//! The files of a country: tables, summary, charts, a page with pictures.

use super::charts::{self, Chart, Forest, ForestPanel, ForestRow};
use super::csv;
use super::dictionary::dictionary;
use super::error::OutputError;
use super::folder::RunFolder;
use super::summary;
use crate::measure::country::effects::{self, Part, Whose};
use crate::measure::country::groups::{self, Mean, Outcome, Trait};
use crate::measure::country::measures::{ASKED, COST, IN_WORK, INCOME, MEASURES, VALUE_ADDED};
use crate::measure::country::{Adopters, Countries, tables};
use crate::measure::table::Table;
use maud::{DOCTYPE, PreEscaped, html};
use serde_json::{Map, Value, json};

/// The page, to open in a browser.
pub const COUNTRY_PAGE: &str = "country.html";
/// Said wherever figures are.
const SYNTHETIC: &str =
    "Synthetic cities: Leeds's data with drawn differences. No figure is of a real place.";

/// Everything but the manifest.
pub fn write(folder: &mut RunFolder, of: &Countries, question: &str) -> Result<(), OutputError> {
    let written = tables::all(of);
    for table in &written {
        folder.write(&format!("{}.csv", table.name), &csv::bytes(table)?)?;
    }
    let all: Vec<&Table> = written.iter().collect();
    folder.write("data_dictionary.csv", &csv::bytes(&dictionary(&all))?)?;
    folder.write("summary.json", &summary::text(&json(of)))?;
    let mut pictures = Vec::new();
    if let Some(shares) = shares(of) {
        pictures.push(("country_shares", charts::forest(&shares)?));
    }
    if !of.adopters().is_empty() {
        pictures.push(("country_changes", charts::forest(&changes(of))?));
    }
    if let Some(who) = who(of) {
        pictures.push(("country_fifths", charts::forest(&who)?));
    }
    for (name, chart) in &pictures {
        chart.write(folder, name)?;
    }
    folder.write(COUNTRY_PAGE, page(of, question, &pictures).as_bytes())
}

/// The summary as JSON.
pub fn json(of: &Countries) -> Value {
    let mut changes = Map::new();
    for adopters in of.adopters() {
        let mut groups = Map::new();
        let (adopt, others) = effects::numbers(of, adopters);
        for (whose, n) in Whose::ALL.into_iter().zip([adopt, others, adopt + others]) {
            if n == 0 {
                continue;
            }
            let figures: Map<String, Value> = (MEASURES.iter().enumerate())
                .map(|(k, m)| {
                    let change = effects::change(of, adopters, whose, k);
                    let over = if m.summed { n as f64 } else { 1.0 };
                    let each = change.interval.map(|(low, high)| (low / over, high / over));
                    let value = json!({
                        "unit": m.unit,
                        "change": ranged(change.mean, change.interval),
                        "change_a_city": ranged(change.mean / over, each),
                    });
                    (m.id.to_owned(), value)
                })
                .collect();
            groups.insert(whose.id().into(), json!({ "number": n, "figures": figures }));
        }
        changes.insert(adopters.id().into(), groups.into());
    }
    let quotients = |found: &dyn Fn(usize) -> Option<Part>| -> Map<String, Value> {
        let told = |part: Part| part.quotient().map_or(Value::Null, |q| ranged(q.value, q.interval));
        let of = |k: usize| Some((MEASURES[k].id.to_owned(), found(k).map(told)?));
        ASKED.into_iter().filter_map(of).collect()
    };
    json!({
        "schema_version": summary::SCHEMA_VERSION,
        "synthetic": true,
        "note": SYNTHETIC,
        "cities": of.cities(),
        "scale": of.scale,
        "months": of.months,
        "replicates": of.replicates.len(),
        "kept_when_all_adopt": quotients(&|k| effects::kept(of, k)),
        "lost_by_others_when_half_adopt": quotients(&|k| effects::displaced(of, Adopters::Half, k)),
        "changes": changes,
    })
}

fn ranged(value: f64, interval: Option<(f64, f64)>) -> Value {
    match interval {
        Some((low, high)) => json!({ "mean": value, "low": low, "high": high }),
        None => json!({ "mean": value }),
    }
}

fn note(of: &Countries) -> String {
    let n = of.replicates.len();
    let luck = if n > 1 {
        format!("Means of {n} replicates with 95% intervals.")
    } else {
        "One draw of luck: no intervals.".into()
    };
    format!("{luck} {SYNTHETIC}")
}

/// Value added, household income, people in work, and what it would take to meet all needs as before, of an adopting city
/// and of another, by who adopts.
fn changes(of: &Countries) -> Forest {
    let panel = |k: usize, title: &str, unit: &str, times: f64| {
        let mut rows = Vec::new();
        for adopters in of.adopters() {
            let (adopt, others) = effects::numbers(of, adopters);
            for (whose, n, who) in
                [(Whose::Adopters, adopt, "an adopter"), (Whose::Others, others, "another city")]
            {
                if n == 0 {
                    continue;
                }
                let change = effects::change(of, adopters, whose, k);
                let each = |x: f64| x * times / n as f64;
                let label = if others == 0 {
                    capital(adopters.label())
                } else {
                    format!("{}: {who}", capital(adopters.label()))
                };
                let range = change.interval.map(|(low, high)| (each(low), each(high)));
                rows.push(ForestRow { label, value: each(change.mean), range });
            }
        }
        ForestPanel { title: title.into(), unit: unit.into(), rows, hangs_on_scale: false }
    };
    Forest {
        title: "What changes in a city, by which cities adopt the policy".into(),
        note: Some(note(of)),
        panels: vec![
            panel(VALUE_ADDED, "Value added, £ a year", "£", 1e6),
            panel(INCOME, "Household income after tax, £ a year", "£", 1e6),
            panel(IN_WORK, "Residents in work", "people", 1.0),
            panel(COST, "What the anchors lack to meet all their needs, £ a year", "£", 1e6),
        ],
    }
}

/// What is kept when all adopt, and what others lose; none when those runs were not made.
fn shares(of: &Countries) -> Option<Forest> {
    let row = |k: usize, found: Option<Part>| {
        let found = found?.quotient()?;
        let range = found.interval.map(|(low, high)| (100.0 * low, 100.0 * high));
        Some(ForestRow { label: MEASURES[k].title.into(), value: 100.0 * found.value, range })
    };
    let rows = |found: &dyn Fn(usize) -> Option<Part>| -> Vec<ForestRow> {
        ASKED.into_iter().filter_map(|k| row(k, found(k))).collect()
    };
    let panels: Vec<ForestPanel> = [
        (
            "Of what cities gain each alone, % that they keep together when all do it",
            rows(&|k| effects::kept(of, k)),
        ),
        (
            "Of what adopters gain when every second city does it, % that the others lose",
            rows(&|k| effects::displaced(of, Adopters::Half, k)),
        ),
    ]
    .into_iter()
    .filter(|(_, rows)| !rows.is_empty())
    .map(|(title, rows)| ForestPanel { title: title.into(), unit: "%".into(), rows, hangs_on_scale: false })
    .collect();
    let title = "How much of a city's gain is another's loss".into();
    (!panels.is_empty()).then(|| Forest { title, note: Some(note(of)), panels })
}

/// Who gains when every city adopts, by fifths of cities.
fn who(of: &Countries) -> Option<Forest> {
    let panel = |by: Trait| {
        let names = ["Least", "Second fifth", "Third fifth", "Fourth fifth", "Most"];
        let row = |(name, (_, mean)): (&str, (f64, Mean))| ForestRow {
            label: name.into(),
            value: mean.value,
            range: mean.interval,
        };
        let rows = groups::fifths(of, by, Outcome::Everyone)?;
        let rows = names.into_iter().zip(rows).map(row).collect();
        Some(ForestPanel { title: by.title().into(), unit: "%".into(), rows, hangs_on_scale: false })
    };
    Some(Forest {
        title: "Household income when every city adopts the policy, % by fifths of cities".into(),
        note: Some(note(of)),
        panels: Trait::ALL.into_iter().map(panel).collect::<Option<Vec<_>>>()?,
    })
}

fn capital(text: &str) -> String {
    let mut of = text.chars();
    of.next().map_or_else(String::new, |first| first.to_uppercase().chain(of).collect())
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}\
 svg{width:100%;height:auto}table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left}\
 .synthetic{border-left:4px solid #b36b00;padding-left:.8rem}";

/// One page with the pictures in it; it asks for nothing from anywhere.
fn page(of: &Countries, question: &str, pictures: &[(&str, Chart)]) -> String {
    let heading = format!("A country of {} synthetic cities", of.cities());
    let tables = [
        ("country_totals.csv", "changes of every figure, of adopters, others and all"),
        ("country_displacement.csv", "what is kept, and what others lose"),
        ("country_fifths.csv", "who gains, by fifths of cities"),
        ("country_regression.csv", "the same by regression on what was drawn"),
        ("country_cities.csv", "every city in every run"),
        ("country_links.csv", "what of cities' purchases and commuters is other cities'"),
        ("country_books.csv", "the country's books, month by month"),
    ];
    let markup = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (heading) }
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (heading) }
                p { (question) }
                p.synthetic { (SYNTHETIC) }
                p { "Scale " (of.scale) ", " (of.months) " months after burn-in, of which the last twelve are shown, " (of.replicates.len()) @if of.replicates.len() == 1 { " replicate" } @else { " replicates" } ", prices of " (of.price_year) "." }
                @for (_, chart) in pictures { figure { (PreEscaped(&chart.svg)) } }
                h2 { "Tables beside this page" }
                table { @for (file, what) in tables { tr { td { code { (file) } } td { (what) } } } }
            }
        }
    };
    markup.into_string()
}
