//! The files of a run and of a comparison, from what `measure` computed.

use super::charts::{self, PoundByRound, RoundBar};
use super::dictionary::{dictionary, of_replicates};
use super::error::OutputError;
use super::folder::{RunFolder, folder_name};
use super::pair_charts::{gains, paths};
use super::summary;
use crate::measure::compare::Compared;
use crate::measure::guide::{self, Guide};
use crate::measure::impulse::Twin;
use crate::measure::impulse::figures::net_of;
use crate::measure::levels::{self, Level, levels};
use crate::measure::local::{Channel, ROUNDS, Traced};
use crate::measure::metrics;
use crate::measure::net::NetPicture;
use crate::measure::pictures::{self, Digest, Shown};
use crate::measure::record::Record;
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
/// first replicate, and the dictionary says so; `replicates.csv` has the metrics of all, `levels.csv` their means with
/// intervals, and pictures show means.
pub fn write_run(folder: &mut RunFolder, within: &str, outcome: &Outcome) -> Result<(), OutputError> {
    let Some(record) = outcome.records.first() else { return Ok(()) };
    let all = outcome.metrics();
    let levels = levels(&all);
    let mut written = tables::all(record);
    if all.len() > 1 {
        written.extend([replicates(&all), levels::table(&levels)]);
    }
    if within.is_empty() {
        written.extend(pictures(std::slice::from_ref(outcome)));
    }
    for table in &written {
        folder.write(&format!("{within}{}.csv", table.name), &super::csv::bytes(table)?)?;
    }
    let all_tables: Vec<&Table> = written.iter().collect();
    let words = if all.len() > 1 { of_replicates(&all_tables, all.len()) } else { dictionary(&all_tables) };
    folder.write(&format!("{within}data_dictionary.csv"), &super::csv::bytes(&words)?)?;
    folder.write(&format!("{within}summary.json"), &summary::text(&outcome.json()))?;
    charts::pound_by_round(&pound(outcome))?.write(folder, &format!("{within}pound_by_round"))
}

/// The tables behind pictures, over all scenarios and replicates, the first scenario the reference.
fn pictures(all: &[Outcome]) -> Vec<Table> {
    let digest = |record: &Record| Digest::of(&tables::kept(record), record.scale);
    let shown = all.iter().enumerate().map(|(i, outcome)| Shown {
        name: outcome.name,
        against: (i > 0).then_some(0),
        replicates: outcome.records.iter().map(digest).collect(),
    });
    pictures::tables(&shown.collect::<Vec<_>>())
}

/// What is special to a comparison: `comparison.csv`, its summary and its charts.
pub fn write_comparison(folder: &mut RunFolder, all: &[Outcome]) -> Result<(), OutputError> {
    let metrics: Vec<Vec<Vec<Metric>>> = all.iter().map(Outcome::metrics).collect();
    let compared: Vec<Compared> = (1..all.len())
        .map(|i| Compared { policy: all[i].name, reference: &metrics[0], of_policy: &metrics[i] })
        .collect();
    let guides: Vec<(&str, Guide)> =
        all[1..].iter().map(|policy| (policy.name, policy.guide(&all[0]))).collect();
    let mut written = vec![compare::table(&compared), guide::table(&guides)];
    written.extend(resilience::table(all.iter().map(|of| (of.name, of.records))));
    written.extend(pictures(all));
    let words = dictionary(&written.iter().collect::<Vec<_>>());
    written.iter().chain([&words]).try_for_each(|table| folder.write_table(table))?;
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

/// Where a pound goes, by round: means over replicates.
pub fn pound(outcome: &Outcome) -> PoundByRound {
    let count = outcome.records.len();
    let all: Vec<Traced> =
        outcome.records.iter().map(|record| Traced::over(&record.ledger, record.first_month)).collect();
    // Over no replicates and no spending there is nothing.
    let mean = |of: &dyn Fn(&Traced) -> f64| {
        let each = all.iter().filter(|t| t.dyed > 0.0).map(|t| t.per_pound(of(t)));
        each.sum::<f64>() / count.max(1) as f64
    };
    let labels = ["Round 1: paid by the anchors", "Round 2: spent by suppliers", "Round 3", "Later rounds"];
    let rounds: Vec<RoundBar> = (0..ROUNDS)
        .map(|lane| RoundBar {
            label: labels[lane].into(),
            local: mean(&|t| t.local[lane]),
            leaks: Channel::ALL
                .iter()
                .map(|c| (c.label().to_owned(), mean(&|t| t.leaks[lane][*c as usize])))
                .collect(),
        })
        .collect();
    let city = outcome.records.first().map_or("", |record| record.names.city.as_str());
    PoundByRound {
        title: charts::pound_title(&rounds, city, outcome.name, count),
        spent: 1.0,
        rounds,
        held: mean(&|t| (t.held + t.circulating).max(0.0)),
    }
}
