//! The files of a run and of a comparison, from what `measure` computed.

use super::charts::{self, Gain, GainsByDecile, Pair, Panel, Paths, PoundByRound, RoundBar, Series};
use super::dictionary::dictionary;
use super::error::OutputError;
use super::folder::{RunFolder, folder_name};
use super::summary;
use crate::measure::compare::{Compared, difference};
use crate::measure::guide::{self, Guide};
use crate::measure::impulse::Twin;
use crate::measure::impulse::figures::net_of;
use crate::measure::levels::{self, Level, levels};
use crate::measure::local::{Channel, ROUNDS, Traced};
use crate::measure::metrics;
use crate::measure::net::NetPicture;
use crate::measure::record::{Record, Snapshot};
use crate::measure::table::{Cell, Column, Metric, Table};
use crate::measure::{compare, resilience, tables};

/// One scenario's records, a replicate each.
pub struct Outcome<'a> {
    pub name: &'a str,
    pub records: &'a [Record],
}

impl Outcome<'_> {
    /// Whether a month was simulated after burn-in, in any replicate.
    pub fn has_months(&self) -> bool {
        self.records.iter().any(|record| !record.months.is_empty())
    }

    /// The level of each metric over replicates.
    pub fn levels(&self) -> Vec<Level> {
        levels(&self.metrics())
    }

    /// Metrics of each replicate.
    pub fn metrics(&self) -> Vec<Vec<Metric>> {
        self.records.iter().map(metrics::of).collect()
    }

    /// Multipliers side by side, as far as this run knows them: Type I and II are filled in by who has a flow matrix, the
    /// impulse by twin runs.
    pub fn net(&self) -> NetPicture {
        net_of(&self.records.iter().collect::<Vec<_>>())
    }

    /// The Additionality Guide's form against a reference.
    pub fn guide(&self, reference: &Outcome) -> Guide {
        let pairs = reference.records.iter().zip(self.records);
        Guide::of_policy(&pairs.map(|(without, with)| Twin { without, with }).collect::<Vec<_>>())
    }

    /// The summary as JSON.
    pub fn json(&self) -> serde_json::Value {
        let mut value = summary::value(&self.levels());
        value["multipliers"] = summary::multipliers(&self.net()).into();
        value
    }
}

/// The tables, charts and summary of one scenario, into the folder or a part of it. Tables are those of the
/// first replicate; `replicates.csv` has the metrics of all, `levels.csv` their means with intervals.
pub fn write_run(folder: &mut RunFolder, within: &str, outcome: &Outcome) -> Result<(), OutputError> {
    let Some(record) = outcome.records.first() else { return Ok(()) };
    let all = outcome.metrics();
    let levels = levels(&all);
    let mut written = tables::all(record);
    if all.len() > 1 {
        written.extend([replicates(&all), levels::table(&levels)]);
    }
    for table in &written {
        folder.write(&format!("{within}{}.csv", table.name), &super::csv::bytes(table)?)?;
    }
    let all_tables: Vec<&Table> = written.iter().collect();
    let words = dictionary(&all_tables);
    folder.write(&format!("{within}data_dictionary.csv"), &super::csv::bytes(&words)?)?;
    folder.write(&format!("{within}summary.json"), &summary::text(&outcome.json()))?;
    charts::pound_by_round(&pound(outcome.name, record))?.write(folder, &format!("{within}pound_by_round"))
}

/// What is special to a comparison: `comparison.csv`, its summary and its charts.
pub fn write_comparison(folder: &mut RunFolder, all: &[Outcome]) -> Result<(), OutputError> {
    let metrics: Vec<Vec<Vec<Metric>>> = all.iter().map(Outcome::metrics).collect();
    let of = |i: usize| Compared { policy: all[i].name, reference: &metrics[0], of_policy: &metrics[i] };
    let compared: Vec<Compared> = (1..all.len()).map(of).collect();
    folder.write_table(&compare::table(&compared))?;
    let guides: Vec<(&str, Guide)> =
        all[1..].iter().map(|policy| (policy.name, policy.guide(&all[0]))).collect();
    folder.write_table(&guide::table(&guides))?;
    if let Some(table) = resilience::table(all.iter().map(|of| (of.name, of.records))) {
        folder.write_table(&table)?;
    }
    folder.write("summary.json", &summary::text(&comparison_json(all)))?;
    for policy in &all[1..] {
        let within = if all.len() > 2 { format!("{}/", folder_name(policy.name)) } else { String::new() };
        charts::paths(&paths(&all[0], policy))?.write(folder, &format!("{within}paths"))?;
        let gains = charts::gains_by_decile(&gains(&all[0], policy))?;
        gains.write(folder, &format!("{within}gains_by_decile"))?;
    }
    Ok(())
}

/// The summary of a comparison as JSON, for standard output.
pub fn comparison_json(all: &[Outcome]) -> serde_json::Value {
    let metrics: Vec<Vec<Vec<Metric>>> = all.iter().map(Outcome::metrics).collect();
    let mut value = summary::comparison(&named(all, &metrics));
    for (i, outcome) in all.iter().enumerate() {
        let of = &mut value["scenarios"][i];
        of["multipliers"] = summary::multipliers(&outcome.net()).into();
        if i > 0 {
            of["additionality"] = summary::additionality(&outcome.guide(&all[0]));
        }
    }
    value
}

fn named<'a>(all: &[Outcome<'a>], metrics: &[Vec<Vec<Metric>>]) -> Vec<(&'a str, Vec<Level>)> {
    all.iter().zip(metrics).map(|(o, m)| (o.name, levels(m))).collect()
}

fn replicates(all: &[Vec<Metric>]) -> Table {
    let mut t = Table::new(
        "replicates",
        vec![
            Column::new("replicate", "", "Which luck, from 1"),
            Column::new("metric", "", "What is measured"),
            Column::new("unit", "", "Its unit"),
            Column::new("value", "as in unit", "Its value in this replicate"),
        ],
    );
    for (r, of) in all.iter().enumerate() {
        for m in of {
            t.push(vec![Cell::count(r + 1), m.id.into(), m.unit.into(), Cell::Real(m.value, 6)]);
        }
    }
    t
}

/// Where a pound goes, by round.
pub fn pound(name: &str, record: &Record) -> PoundByRound {
    let t = Traced::over(&record.ledger, record.first_month);
    let labels = ["Round 1: paid by the anchors", "Round 2: spent by suppliers", "Round 3", "Later rounds"];
    let rounds = (0..ROUNDS)
        .map(|lane| RoundBar {
            label: labels[lane].into(),
            local: t.per_pound(t.local[lane]),
            leaks: Channel::ALL
                .iter()
                .map(|c| (c.label().to_owned(), t.per_pound(t.leaks[lane][*c as usize])))
                .collect(),
        })
        .collect();
    let pence = |x: f64| format!("{:.0}p", 100.0 * t.per_pound(x));
    PoundByRound {
        title: format!(
            "Of each pound the anchors spend, {} is paid in {} and {} more is received there in later rounds ({name})",
            pence(t.local[0]),
            record.names.city,
            pence(t.local[1..].iter().sum())
        ),
        spent: 1.0,
        rounds,
        held: t.per_pound(t.held.max(0.0)),
    }
}

type Path = (&'static str, &'static str, fn(&Snapshot, f64) -> f64);

const PATHS: [Path; 4] = [
    ("Anchor spending in the city", "% of spending", |m, _| {
        100.0 * m.procurement_in_city as f64 / m.procurement.max(1) as f64
    }),
    ("Household income after tax", "£m a year", |m, s| m.all.disposable as f64 * 12.0 / 1e8 / s),
    ("Jobs in the city", "jobs", |m, s| m.jobs as f64 / s),
    ("Service delivered", "% of need", |m, _| 100.0 - m.service.shortfall_percent()),
];

fn paths(reference: &Outcome, policy: &Outcome) -> Paths {
    let months: Vec<String> = reference.records.first().map_or_else(Vec::new, |r| {
        let both = reference.records.iter().chain(policy.records);
        let n = both.map(|r| r.months.len()).min().unwrap_or(0);
        r.months.iter().take(n).map(|m| r.date(m.month)).collect()
    });
    let panels = PATHS
        .iter()
        .map(|(title, unit, of)| {
            let line = |outcome: &Outcome, label: &str| {
                series(
                    label,
                    outcome.records.iter().map(|r| smooth(r, *of)).collect::<Vec<_>>(),
                    months.len(),
                )
            };
            let gap: Vec<Vec<f64>> = reference
                .records
                .iter()
                .zip(policy.records)
                .map(|(a, b)| smooth(a, *of).iter().zip(smooth(b, *of)).map(|(x, y)| y - x).collect())
                .collect();
            let pair = Pair {
                reference: line(reference, reference.name),
                policy: line(policy, policy.name),
                difference: series(&format!("{} less {}", policy.name, reference.name), gap, months.len()),
            };
            Panel::of_pair(title, unit, months.clone(), pair)
        })
        .collect();
    Paths {
        title: format!(
            "{} against {}, month by month under the same luck",
            capital(policy.name),
            reference.name
        ),
        note: Some(format!(
            "Means of the twelve months up to each month (fewer at the start). {}",
            luck("Bands", reference, policy)
        )),
        panels,
    }
}

/// What the chart says of luck.
fn luck(marks: &str, reference: &Outcome, policy: &Outcome) -> String {
    match reference.records.len().min(policy.records.len()) {
        0 | 1 => "One replicate: one draw of luck, no interval.".into(),
        n => format!("{marks} are 95% intervals of the mean of {n} replicates."),
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// The mean of up to twelve months up to each month: a year's rhythm of awards would drown the lines.
fn smooth(record: &Record, of: fn(&Snapshot, f64) -> f64) -> Vec<f64> {
    let values: Vec<f64> = record.months.iter().map(|m| of(m, record.scale)).collect();
    (0..values.len())
        .map(|i| {
            let from = (i + 1).saturating_sub(12);
            values[from..=i].iter().sum::<f64>() / (i + 1 - from) as f64
        })
        .collect()
}

fn series(label: &str, runs: Vec<Vec<f64>>, n: usize) -> Series {
    let at = |i: usize| runs.iter().map(|r| (0.0, r[i])).collect::<Vec<_>>();
    let points: Vec<_> = (0..n).map(|i| difference(&at(i))).collect();
    let mut out = Series::new(label, points.iter().map(|d| d.mean).collect());
    if runs.len() > 1 {
        out.low = Some(points.iter().map(|d| d.interval.map_or(d.mean, |i| i.0)).collect());
        out.high = Some(points.iter().map(|d| d.interval.map_or(d.mean, |i| i.1)).collect());
    }
    out
}

fn gains(reference: &Outcome, policy: &Outcome) -> GainsByDecile {
    let income = |r: &Record, d: usize| {
        let (households, sum) = r
            .deciles
            .iter()
            .fold((0i64, 0i64), |(n, s), year| (n + year[d].households, s + year[d].disposable));
        // Household-months: a year's income of one household is twelve of them.
        (households > 0).then(|| sum as f64 / 100.0 / households as f64 * 12.0)
    };
    let deciles = (0..10)
        .map(|d| {
            let pairs: Vec<(f64, f64)> = reference
                .records
                .iter()
                .zip(policy.records)
                .filter_map(|(a, b)| Some((income(a, d)?, income(b, d)?)))
                .collect();
            let nobody = pairs.is_empty();
            let gap = difference(&pairs);
            let base = pairs.iter().map(|p| p.0).sum::<f64>() / pairs.len().max(1) as f64;
            let percent = |x: f64| if base > 0.0 { 100.0 * x / base } else { 0.0 };
            Gain {
                label: match d {
                    0 => "Poorest tenth".into(),
                    9 => "Richest tenth".into(),
                    _ => format!("{}", d + 1),
                },
                pounds: if nobody { f64::NAN } else { gap.mean },
                percent: if nobody { f64::NAN } else { percent(gap.mean) },
                pounds_range: gap.interval,
                percent_range: gap.interval.map(|(a, b)| (percent(a), percent(b))),
            }
        })
        .collect();
    GainsByDecile {
        title: format!(
            "Who gains: disposable income by tenth of households, {} less {}",
            policy.name, reference.name
        ),
        note: Some(luck("Lines through the bars' ends", reference, policy)),
        deciles,
    }
}
