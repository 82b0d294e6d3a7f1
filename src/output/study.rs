//! The files of a study, from what `measure` computed.

use super::charts::{self, Forest, ForestPanel, ForestRow};
use super::datapackage::{self, Resource};
use super::dictionary::dictionary;
use super::error::OutputError;
use super::folder::{RunFolder, folder_name};
use super::lines::is_cost;
use super::parquet::{self, Writer};
use super::{csv, summary};
use crate::measure::metrics::Entry;
use crate::measure::paired::Paired;
use crate::measure::table::{Cell, Column, Table};
use serde_json::{Map, Value, json};

/// A scenario against its reference, a [`Paired`] for each metric.
pub struct Against {
    pub scenario: String,
    pub reference: String,
    pub of: Vec<Paired>,
}

/// What a study is called, for its files.
pub struct Title<'a> {
    pub name: &'a str,
    pub description: &'a str,
    /// What made the files: the manifest without times.
    pub about: &'a Value,
}

/// Columns that say which run a row of a kept table is of.
const WHICH: [Column; 2] =
    [Column::new("scenario", "", "Scenario of the run"), Column::new("replicate", "", "Which luck, from 1")];

/// A table over all runs, written run by run.
pub struct Gathered {
    name: &'static str,
    columns: Vec<Column>,
    kinds: Vec<parquet::Kind>,
    out: Writer,
}

impl Gathered {
    /// Begin with the columns of the first run's table.
    pub fn new(first: &Table, about: &Value) -> Result<Gathered, OutputError> {
        let mut columns = WHICH.to_vec();
        columns.extend(&first.columns);
        let mut kinds = vec![parquet::Kind::Text, parquet::Kind::Whole];
        kinds.extend(parquet::kinds(first.columns.len(), &first.rows));
        let out = Writer::new(first.name, &columns, kinds.clone(), about)?;
        Ok(Gathered { name: first.name, columns, kinds, out })
    }

    /// Add a run's rows.
    pub fn add(&mut self, (scenario, replicate): (&str, u16), table: &Table) -> Result<(), OutputError> {
        let which = [Cell::text(scenario), Cell::Int(i64::from(replicate))];
        let row = |row: &Vec<Cell>| which.iter().chain(row).cloned().collect::<Vec<_>>();
        self.out.append(&table.rows.iter().map(row).collect::<Vec<_>>())
    }
}

/// Everything but summary, chart and manifest: tables as CSV and Parquet, the long ones as Parquet only, the dictionary and
/// the data package.
pub fn write_tables(
    folder: &mut RunFolder,
    title: &Title,
    tables: &[Table],
    gathered: Vec<Gathered>,
) -> Result<(), OutputError> {
    let mut resources = Vec::new();
    for table in tables {
        let (text, columns) = (csv::bytes(table)?, parquet::bytes(table, title.about)?);
        let (csv, parquet) = (format!("{}.csv", table.name), format!("{}.parquet", table.name));
        resources.push(Resource::of(table).file(&csv, &text).file(&parquet, &columns));
        folder.write(&csv, &text)?;
        folder.write(&parquet, &columns)?;
    }
    let mut described: Vec<Table> = Vec::new();
    for long in gathered {
        let file = format!("{}.parquet", long.name);
        let resource = Resource::new(long.name, &long.columns, &long.kinds);
        described.push(Table::new(long.name, long.columns));
        let bytes = long.out.finish()?;
        resources.push(resource.file(&file, &bytes));
        folder.write(&file, &bytes)?;
    }
    let words = dictionary(&tables.iter().chain(&described).collect::<Vec<_>>());
    let text = csv::bytes(&words)?;
    resources.push(Resource::of(&words).file("data_dictionary.csv", &text));
    folder.write("data_dictionary.csv", &text)?;
    let name = folder_name(title.name);
    let package = datapackage::bytes((&name, title.name, title.description), &resources);
    folder.write("datapackage.json", &package)
}

/// The summary as JSON.
pub fn json(title: &Title, replicates: u16, lead: &[usize], metrics: &[Entry], all: &[Against]) -> Value {
    let scenario = |one: &Against| {
        let told: Map<String, Value> = metrics
            .iter()
            .zip(&one.of)
            .map(|(entry, of)| (entry.id.to_owned(), difference(entry, of)))
            .collect();
        json!({ "scenario": one.scenario, "reference": one.reference, "metrics": told })
    };
    json!({
        "schema_version": summary::SCHEMA_VERSION,
        "study": title.name,
        "description": title.description,
        "replicates": replicates,
        "lead": lead.iter().map(|m| metrics[*m].id).collect::<Vec<_>>(),
        "scenarios": all.iter().map(scenario).collect::<Vec<_>>(),
    })
}

fn difference(entry: &Entry, of: &Paired) -> Value {
    json!({
        "reference": of.reference,
        "policy": of.policy,
        "difference": of.difference.mean,
        "low": of.difference.interval.map(|i| i.0),
        "high": of.difference.interval.map(|i| i.1),
        "bootstrap_low": of.bootstrap.map(|i| i.0),
        "bootstrap_high": of.bootstrap.map(|i| i.1),
        "same_sign": of.same_sign,
        "variance_saved": of.saved,
        "replicates_to_tell": of.to_tell(),
        "unit": entry.unit,
        "meaning": entry.meaning,
    })
}

/// Scenarios that one panel of the forest plot has room for.
const ROWS: usize = 24;

/// Differences with their intervals; those in what policies cost are not counted where the scale is `too_small` to tell them.
pub fn forest(
    replicates: u16,
    too_small: bool,
    lead: &[usize],
    metrics: &[Entry],
    all: &[Against],
) -> Forest {
    let shown = &all[..all.len().min(ROWS)];
    let hangs = |m: &usize| too_small && is_cost(metrics[*m].id);
    let counted = || lead.iter().filter(|m| !hangs(m));
    let differences = || counted().flat_map(|m| shown.iter().map(|one| one.of[*m].difference));
    let clear =
        differences().filter(|d| d.interval.is_some_and(|(low, high)| low > 0.0 || high < 0.0)).count();
    let mut references: Vec<&str> = shown.iter().map(|one| one.reference.as_str()).collect();
    references.dedup();
    let from = if let [one] = references.as_slice() { *one } else { "their references" };
    let title = match (clear, differences().count()) {
        _ if replicates < 2 => format!("What differs from {from}, by one replicate: no intervals"),
        (_, 0) => format!("What differs from {from} over {replicates} replicates"),
        (1, 1) => format!("The difference from {from} is clear of zero"),
        (0, _) => format!("No difference from {from} is clear of zero after {replicates} replicates"),
        (clear, all) if clear == all => format!("All {all} differences from {from} are clear of zero"),
        (1, all) => format!("1 of {all} differences from {from} is clear of zero"),
        (clear, all) => format!("{clear} of {all} differences from {from} are clear of zero"),
    };
    let mut note = match replicates {
        1 => "Points are the differences under one luck.".to_owned(),
        n => format!(
            "Points are means over {n} replicates, lines 95% intervals; grey where the interval holds zero."
        ),
    };
    if replicates > 1 && lead.iter().any(hangs) {
        note += " Not counted, and grey: what a policy costs the anchors, which hangs on the scale below 0.2, even in its sign.";
    }
    if all.len() > ROWS {
        note += &format!(" The first {ROWS} of {} scenarios.", all.len());
    }
    let panel = |m: &usize| {
        let entry = &metrics[*m];
        let meaning = entry.meaning.split(':').next().unwrap_or(entry.meaning);
        let row = |one: &Against| ForestRow {
            label: one.scenario.clone(),
            value: one.of[*m].difference.mean,
            range: one.of[*m].difference.interval,
        };
        ForestPanel {
            title: format!("{meaning}, {}", entry.unit),
            unit: if entry.unit.starts_with("GBP million") { "£m".into() } else { entry.unit.to_owned() },
            rows: shown.iter().map(row).collect(),
            hangs_on_scale: hangs(m),
        }
    };
    Forest { title, note: Some(note), panels: lead.iter().map(panel).collect() }
}

/// The chart of [`forest`].
pub fn write_forest(folder: &mut RunFolder, of: &Forest) -> Result<(), OutputError> {
    charts::forest(of)?.write(folder, "forest")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::bootstrap::Resamples;
    use crate::measure::metrics::METRICS;

    /// Two figures that are clear of zero, of which one is a cost: in a small city only the other counts.
    #[test]
    fn a_cost_is_not_clear_where_it_hangs_on_the_scale() {
        let at = |id: &str| METRICS.iter().position(|entry| entry.id == id).unwrap();
        let lead = [at("lm3"), at("cost_of_constant_service")];
        let pairs = [(1.0, 2.0), (1.0, 2.1), (1.0, 1.9)];
        let of = || METRICS.iter().map(|_| Paired::new(&pairs, &Resamples::new(3))).collect();
        let all = [Against { scenario: "policy".into(), reference: "baseline".into(), of: of() }];
        let told = |small| forest(3, small, &lead, METRICS, &all);
        let (large, small) = (told(false), told(true));
        assert_eq!(large.title, "All 2 differences from baseline are clear of zero");
        assert_eq!(small.title, "The difference from baseline is clear of zero");
        assert!(small.note.is_some_and(|note| note.contains("hangs on the scale below 0.2")));
        let hangs: Vec<bool> = small.panels.iter().map(|panel| panel.hangs_on_scale).collect();
        assert_eq!(hangs, [false, true]);
    }
}
