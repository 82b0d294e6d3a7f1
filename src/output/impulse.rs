//! The files of an impulse: tables, summary, the chart of its paths.

use super::charts::{self, Measured, Measures, Panel, Paths, Series};
use super::csv;
use super::dictionary::dictionary;
use super::error::OutputError;
use super::folder::RunFolder;
use super::summary;
use crate::measure::compare::Difference;
use crate::measure::guide;
use crate::measure::impulse::explained::Explained;
use crate::measure::impulse::figures::{Impulse, Line};
use crate::measure::impulse::places::Where;
use crate::measure::impulse::{MEASURES, RESIDENTS, SPENT, horizons, over, tables};
use crate::measure::table::Table;
use serde_json::{Map, Value, json};

/// Everything but the manifest.
pub fn write(folder: &mut RunFolder, of: &Impulse, explained: Option<&Explained>) -> Result<(), OutputError> {
    let mut written = tables::all(of);
    written.push(guide::table(&[("impulse", of.guide())]));
    written.extend(explained.map(Explained::table));
    for table in &written {
        folder.write(&format!("{}.csv", table.name), &csv::bytes(table)?)?;
    }
    let all: Vec<&Table> = written.iter().collect();
    folder.write("data_dictionary.csv", &csv::bytes(&dictionary(&all))?)?;
    folder.write("summary.json", &summary::text(&json(of, explained)))?;
    charts::paths(&chart(of))?.write(folder, "impulse")?;
    charts::measures(&side_by_side(of))?.write(folder, "measures")
}

/// The extra pound by every measure.
pub fn side_by_side(of: &Impulse) -> Measures {
    let rows = of.net().rows().into_iter().map(|row| Measured {
        label: row.name.to_owned(),
        value: row.value,
        range: row.range,
        counts: row.counts,
    });
    Measures {
        title: format!("One extra pound on {}, measured five ways", of.asked.to_in_words),
        note: replicates(of),
        rows: rows.collect(),
    }
}

/// What a chart says of luck; nothing in a town, which has none.
fn replicates(of: &Impulse) -> Option<String> {
    match of.twins.len() {
        0 | 1 if in_town(of) => None,
        0 | 1 => Some("One replicate: one draw of luck.".into()),
        n => Some(format!("Mean of {n} replicates; bands and lines are 95% intervals of the mean.")),
    }
}

fn in_town(of: &Impulse) -> bool {
    of.twins.first().is_some_and(|twin| twin.with.names.is_town())
}

/// The summary as JSON.
pub fn json(of: &Impulse, explained: Option<&Explained>) -> Value {
    let n = of.months();
    let by_horizon: Vec<Value> = horizons(n)
        .into_iter()
        .map(|months| {
            let mut row = Map::new();
            row.insert("months".into(), months.into());
            for (k, measure) in MEASURES.iter().enumerate() {
                row.insert(measure.id.into(), number(&of.multiplier(k, Where::City, months)));
            }
            row.insert("receipts".into(), number(&of.receipts(months)));
            row.into()
        })
        .collect();
    let places: Map<String, Value> = Where::ALL
        .iter()
        .map(|place| {
            let totals: Map<String, Value> = MEASURES
                .iter()
                .enumerate()
                .map(|(k, measure)| (measure.id.to_owned(), number(&of.total(k, *place, n))))
                .collect();
            (place.id().to_owned(), totals.into())
        })
        .collect();
    let asked = &of.asked;
    let mut value = json!({
        "schema_version": summary::SCHEMA_VERSION,
        "impulse": {
            "amount_gbp": asked.amount_gbp,
            "to": asked.to,
            "start": asked.start,
            "months": asked.months,
            "financed_by": asked.financed_by,
            "slack_outside": asked.slack,
            "replicates": of.twins.len(),
            "months_simulated": n,
            "spent_gbp": of.spent(),
        },
        "multipliers_by_horizon": by_horizon,
        "totals": places,
        "financed": lines(&of.financed()),
        "landing": lines(&of.landing()),
        "displaced": lines(&of.displaced()),
        "additionality": summary::additionality(&of.guide()),
        "multipliers": summary::multipliers(&of.net()),
    });
    if let Some(explained) = explained {
        value["explained"] = attribution(explained);
        value["warnings"] = explained.warning().into_iter().collect();
    }
    value
}

fn number(d: &Difference) -> Value {
    match d.interval {
        Some((low, high)) => json!({ "mean": d.mean, "low": low, "high": high }),
        None => json!({ "mean": d.mean }),
    }
}

fn lines(lines: &[Line]) -> Map<String, Value> {
    let entry = |l: &Line| {
        let mut value = number(&l.value);
        value["unit"] = l.unit.into();
        value["meaning"] = l.title.into();
        (l.id.to_owned(), value)
    };
    lines.iter().map(entry).collect()
}

fn attribution(explained: &Explained) -> Value {
    let measures: Map<String, Value> = MEASURES
        .iter()
        .enumerate()
        .map(|(k, measure)| {
            let steps: Vec<Value> = explained
                .effects(k)
                .iter()
                .map(|(name, alone, together)| {
                    json!({ "mechanism": name, "alone": number(alone), "together": number(together) })
                })
                .collect();
            let of = json!({
                "all_off": number(&explained.all_off(k)),
                "steps": steps,
                "all_on": number(&explained.all_on(k)),
            });
            (measure.id.to_owned(), of)
        })
        .collect();
    measures.into()
}

/// Extra output, income and jobs month by month, and what has come of each pound so far.
pub fn chart(of: &Impulse) -> Paths {
    let months = of.dates();
    let panel = |title: &str, unit: &str, series: Vec<Series>| Panel {
        title: title.into(),
        unit: unit.into(),
        months: months.clone(),
        series,
        zero_line: true,
    };
    let city_and_region = |k: usize| {
        let line = |label: &str, place| series(label, of.paths(k, place), months.len());
        vec![line("City", Where::City), line("Rest of region, first round", Where::Region)]
    };
    let residents = of.twins.iter().map(|t| t.heads(RESIDENTS)).collect();
    let so_far = |k: usize| {
        let runs = of.twins.iter().zip(of.paths(k, Where::City)).map(|(twin, path)| {
            let spent = twin.pounds(SPENT);
            let (mut made, mut paid) = (0.0, 0.0);
            path.iter()
                .zip(spent)
                .map(|(x, s)| {
                    made += x;
                    paid += s;
                    if paid > 0.0 { made / paid } else { f64::NAN }
                })
                .collect()
        });
        series(MEASURES[k].title, runs.collect(), months.len())
    };
    let asked = &of.asked;
    Paths {
        title: format!(
            "What £{} spent on {} over {} months changes, month by month{}",
            thousands(asked.amount_gbp),
            asked.to_in_words,
            asked.months,
            if in_town(of) { "" } else { " under the same luck" }
        ),
        note: replicates(of),
        panels: vec![
            panel("Extra output of firms", "£ a month", city_and_region(0)),
            panel("Extra household income after tax", "£ a month", city_and_region(2)),
            panel(
                "Extra jobs in the city",
                "jobs",
                vec![
                    series("All", of.paths(3, Where::City), months.len()),
                    series("Held by residents", residents, months.len()),
                ],
            ),
            panel("Of each pound spent so far, in the city", "£", vec![so_far(0), so_far(1), so_far(2)]),
        ],
    }
}

fn series(label: &str, runs: Vec<Vec<f64>>, n: usize) -> Series {
    let points: Vec<Difference> = (0..n).map(|m| over(runs.iter().map(|run| run[m]))).collect();
    let mut out = Series::new(label, points.iter().map(|d| d.mean).collect());
    if runs.len() > 1 {
        out.low = Some(points.iter().map(|d| d.interval.map_or(d.mean, |i| i.0)).collect());
        out.high = Some(points.iter().map(|d| d.interval.map_or(d.mean, |i| i.1)).collect());
    }
    out
}

fn thousands(pounds: f64) -> String {
    let digits = format!("{pounds:.0}");
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
