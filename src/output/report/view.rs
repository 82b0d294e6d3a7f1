//! What a folder of results shows, put together from its tables.

use super::folder::{Folder, Row};
use crate::measure::metrics::METRICS;
use crate::output::lines::SMALL;
use std::collections::BTreeMap;

/// A figure of a scenario against its reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    pub reference: f64,
    pub policy: f64,
    pub difference: f64,
    pub interval: Option<(f64, f64)>,
    pub replicates: u64,
    /// Of a town, which has no luck that an interval would tell.
    pub certain: bool,
}

/// What can be said of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The interval holds zero, or there is none of two replicates that are alike.
    Unclear,
    More,
    Less,
    /// One replicate, so no interval.
    OneDraw,
    /// The same in every replicate.
    Same,
}

impl Gap {
    /// The figure in another unit.
    pub fn times(&self, factor: f64) -> Gap {
        Gap {
            reference: self.reference * factor,
            policy: self.policy * factor,
            difference: self.difference * factor,
            interval: self.interval.map(|(low, high)| (low * factor, high * factor)),
            ..*self
        }
    }

    pub fn verdict(&self) -> Verdict {
        match self.interval {
            Some((low, high)) if low == 0.0 && high == 0.0 => Verdict::Same,
            Some((low, _)) if low > 0.0 => Verdict::More,
            Some((_, high)) if high < 0.0 => Verdict::Less,
            Some(_) => Verdict::Unclear,
            None if self.certain && self.difference == 0.0 => Verdict::Same,
            None if self.certain => {
                if self.difference > 0.0 {
                    Verdict::More
                } else {
                    Verdict::Less
                }
            }
            None if self.replicates > 1 => Verdict::Unclear,
            None => Verdict::OneDraw,
        }
    }
}

/// A scenario of the folder.
#[derive(Clone, Debug)]
pub struct Of {
    pub name: String,
    /// Name of the scenario that it is compared with.
    pub reference: Option<String>,
    pub description: String,
    /// By metric; empty for a reference.
    pub gaps: BTreeMap<String, Gap>,
}

/// All of it.
pub struct View<'a> {
    pub folder: &'a Folder,
    pub city: String,
    /// A town, written out agent by agent, and no city.
    pub town: bool,
    /// Its money is told in thousands.
    pub small: bool,
    pub title: String,
    pub description: String,
    pub scenarios: Vec<Of>,
    /// Means of the first scenario, by metric.
    pub levels: BTreeMap<String, f64>,
    pub replicates: u64,
    pub replicates_asked: i64,
    pub scale: f64,
    pub years: i64,
    /// Metrics to lead with.
    pub lead: Vec<String>,
}

/// Metrics to lead with where the folder names none.
const LEAD: [&str; 5] =
    ["lm3", "round_1_local", "household_income", "residents_in_work", "cost_of_constant_service"];

impl<'a> View<'a> {
    pub fn new(folder: &'a Folder) -> View<'a> {
        let manifest = &folder.manifest;
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let resolved: Vec<(String, toml::Table)> = manifest["resolved_scenarios"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| (text(&one["name"]), text(&one["toml"]).parse().unwrap_or_default()))
            .collect();
        let place = |toml: &toml::Table| toml.get("place").and_then(|p| p.as_str()).unwrap_or("").to_owned();
        let town = resolved.first().is_some_and(|(_, toml)| place(toml).ends_with(".toml"));
        let run = |key: &str| resolved.first().and_then(|(_, toml)| toml.get("run")?.get(key).cloned());
        let described =
            |toml: &toml::Table| toml.get("description").and_then(|d| d.as_str()).unwrap_or("").to_owned();
        let mut scenarios: Vec<Of> = match folder.table("scenarios") {
            Some(table) => table
                .iter()
                .map(|row| Of {
                    name: row.text("scenario").to_owned(),
                    reference: Some(row.text("reference").to_owned()).filter(|name| !name.is_empty()),
                    description: row.text("description").to_owned(),
                    gaps: BTreeMap::new(),
                })
                .collect(),
            None => resolved
                .iter()
                .enumerate()
                .map(|(i, (name, toml))| Of {
                    name: name.clone(),
                    reference: (i > 0).then(|| resolved[0].0.clone()),
                    description: described(toml),
                    gaps: BTreeMap::new(),
                })
                .collect(),
        };
        // A variant that only changes settings of its reference's scenario has that one's description, which it is not.
        let of_first = scenarios.first().map(|of| of.description.clone());
        scenarios
            .iter_mut()
            .skip(1)
            .filter(|of| Some(&of.description) == of_first.as_ref())
            .for_each(|of| of.description.clear());
        let mut levels = levels_of_summary(folder);
        let replicates = manifest["replicates"].as_u64().unwrap_or(1);
        for row in folder.table("comparison").into_iter().flat_map(|table| table.iter()) {
            let (metric, name) = (row.text("metric").to_owned(), row.text("scenario"));
            let [Some(reference), Some(policy), Some(difference)] =
                ["reference", "policy", "difference"].map(|column| row.number(column))
            else {
                continue;
            };
            let interval = row.interval("low", "high").filter(|_| !town);
            let gap = Gap { reference, policy, difference, interval, replicates, certain: town };
            levels.entry(metric.clone()).or_insert(reference);
            if let Some(of) = scenarios.iter_mut().find(|of| of.name == name) {
                of.gaps.insert(metric, gap);
            }
        }
        let lead: Vec<String> = folder.summary["lead"]
            .as_array()
            .into_iter()
            .flatten()
            .map(text)
            .filter(|id| !id.is_empty())
            .collect();
        let title = if manifest["study"].is_object() {
            text(&manifest["study"]["name"])
        } else {
            text(&manifest["scenario"])
        };
        View {
            city: manifest["city"].as_str().unwrap_or("the city").to_owned(),
            town,
            small: town && levels.get("household_income").is_some_and(|income| *income < SMALL),
            description: text(&folder.summary["description"]),
            replicates,
            // A town is as large as its file says.
            scale: run("scale")
                .filter(|_| !town)
                .and_then(|x| x.as_float().or(x.as_integer().map(|n| n as f64)))
                .unwrap_or(1.0),
            replicates_asked: run("replicates").and_then(|x| x.as_integer()).unwrap_or(1),
            years: run("years").and_then(|x| x.as_integer()).unwrap_or(0),
            lead: if lead.is_empty() { LEAD.map(String::from).to_vec() } else { lead },
            folder,
            title,
            scenarios,
            levels,
        }
    }

    /// An interval of a table's row; none of a town, whose replicates are one run told again.
    pub fn interval(&self, row: &Row, low: &str, high: &str) -> Option<(f64, f64)> {
        row.interval(low, high).filter(|_| !self.town)
    }

    /// The scenarios that are compared with another.
    pub fn policies(&self) -> impl Iterator<Item = &Of> {
        self.scenarios.iter().filter(|of| !of.gaps.is_empty())
    }

    /// The scenario that the first others are compared with.
    pub fn reference(&self) -> &str {
        self.scenarios.first().map_or("", |of| &of.name)
    }
}

/// Unit and meaning of a metric.
pub fn about(metric: &str) -> (&'static str, &'static str) {
    METRICS.iter().find(|m| m.id == metric).map_or(("", ""), |m| (m.unit, m.meaning))
}

/// What is measured, in short: the meaning up to its first colon.
pub fn short(metric: &str) -> String {
    let meaning = about(metric).1;
    let meaning = meaning.split(": ").next().unwrap_or(meaning);
    match (meaning, unit_of(metric)) {
        ("", _) => metric.to_owned(),
        (meaning, unit) if unit.is_empty() => meaning.to_owned(),
        (meaning, unit) => format!("{meaning}, {unit}"),
    }
}

/// The unit of a metric as it is read; a ratio has none.
pub fn unit_of(metric: &str) -> String {
    let unit = about(metric).0;
    if unit == "ratio" { String::new() } else { unit.replace("GBP million", "£m").replace("GBP", "£") }
}

/// The metrics of a single run, or of a comparison's reference.
fn levels_of_summary(folder: &Folder) -> BTreeMap<String, f64> {
    let metrics = match folder.summary.get("scenarios") {
        Some(scenarios) => &scenarios[0]["metrics"],
        None => &folder.summary["metrics"],
    };
    let entries = metrics.as_object().into_iter().flatten();
    entries.filter_map(|(id, of)| Some((id.clone(), of["value"].as_f64()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_that_holds_zero_is_no_clear_difference() {
        let gap = |interval, replicates| {
            let (reference, policy, difference) = (1.0, 2.0, 1.0);
            Gap { reference, policy, difference, interval, replicates, certain: false }.verdict()
        };
        let of = |interval| gap(interval, 1);
        assert_eq!(gap(None, 2), Verdict::Unclear, "two that are alike");
        assert_eq!(of(Some((-0.1, 2.0))), Verdict::Unclear);
        assert_eq!(of(Some((0.0, 2.0))), Verdict::Unclear);
        assert_eq!(of(Some((0.1, 2.0))), Verdict::More);
        assert_eq!(of(Some((-2.0, -0.1))), Verdict::Less);
        assert_eq!(of(None), Verdict::OneDraw);
        assert_eq!(of(Some((0.0, 0.0))), Verdict::Same);
    }
}
