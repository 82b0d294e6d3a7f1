//! The figures behind the charts, as one JSON value in the page.

use super::folder::Row;
use super::view::{View, short, unit_of};
use super::words::hangs_on_scale;
use crate::measure::local::Channel;
use crate::output::figures::{LEAKS, LOCAL, wards};
use crate::output::lines::is_cost;
use serde_json::{Map, Value, json};

/// Scenarios that a chart has room for; tables have all.
pub const MOST: usize = 12;

/// All charts' figures. A chart whose table the folder lacks has none, and its section says so.
pub fn data(view: &View) -> Value {
    let names: Vec<&str> = shown(view).map(|of| of.name.as_str()).collect();
    json!({
        "city": view.city,
        "scenarios": names,
        "leak_channels": Channel::ALL.iter().map(|channel| channel.label()).collect::<Vec<_>>(),
        "pound": pound(view, &names),
        "leaks": per_scenario(view, &LEAKS.map(|(id, channel)| (id, channel.label()))),
        "local": per_scenario(view, &LOCAL),
        "forest": forest(view),
        "frontier": frontier(view),
        "months": months(view),
        "paths": paths(view, &names),
        "deciles": gains(view, "decile"),
        "wards": gains(view, "ward"),
    })
}

/// The JSON of a script element: nothing in it can end the element or begin a comment.
pub fn embedded(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// The scenarios that charts show.
pub fn shown<'a>(view: &'a View) -> impl Iterator<Item = &'a super::view::Of> {
    view.scenarios.iter().take(MOST)
}

fn rows<'a>(view: &'a View, table: &str) -> impl Iterator<Item = Row<'a>> {
    view.folder.table(table).into_iter().flat_map(|table| table.iter())
}

fn pound(view: &View, names: &[&str]) -> Vec<Value> {
    let of = |row: Row| json!({ "scenario": row.text("scenario"), "round": row.text("round"), "channel": row.text("channel"), "value": row.number("value") });
    rows(view, "pound_by_round").filter(|row| names.contains(&row.text("scenario"))).map(of).collect()
}

/// A row for each figure and scenario, in per cent or pence; references by their means.
fn per_scenario(view: &View, figures: &[(&str, &str)]) -> Vec<Value> {
    let mut all = Vec::new();
    for (metric, name) in figures {
        for of in shown(view) {
            let gap = of.gaps.get(*metric);
            let level = gap.map(|gap| gap.policy).or_else(|| level(view, &of.name, metric));
            if let Some(level) = level {
                all.push(json!({
                    "row": name, "scenario": of.name, "value": 100.0 * level,
                    "difference": gap.map(|gap| 100.0 * gap.difference), "reference": of.reference,
                    "low": gap.and_then(|gap| Some(100.0 * gap.interval?.0)), "high": gap.and_then(|gap| Some(100.0 * gap.interval?.1)),
                }));
            }
        }
    }
    all
}

/// The mean of a reference: from a scenario compared with it, or the folder's own.
pub fn level(view: &View, name: &str, metric: &str) -> Option<f64> {
    let against = view.scenarios.iter().find(|of| of.reference.as_deref() == Some(name));
    let told = against.and_then(|of| Some(of.gaps.get(metric)?.reference));
    told.or_else(|| view.levels.get(metric).copied().filter(|_| name == view.reference()))
}

fn forest(view: &View) -> Vec<Value> {
    let panel = |metric: &String| {
        let rows: Vec<Value> = shown(view)
            .filter_map(|of| {
                let gap = of.gaps.get(metric)?;
                Some(json!({
                    "scenario": of.name, "difference": gap.difference,
                    "low": gap.interval.map(|i| i.0), "high": gap.interval.map(|i| i.1),
                }))
            })
            .collect();
        let (title, unit) = (short(metric), unit_of(metric));
        let hangs = hangs_on_scale(view) && is_cost(metric);
        (!rows.is_empty())
            .then(|| json!({ "metric": metric, "title": title, "unit": unit, "rows": rows, "hangs": hangs }))
    };
    view.lead.iter().filter_map(panel).collect()
}

fn frontier(view: &View) -> Vec<Value> {
    let point = |of: &super::view::Of| {
        let (income, cost) = (of.gaps.get("household_income")?, of.gaps.get("cost_of_constant_service")?);
        Some(json!({
            "scenario": of.name,
            "difference": income.difference,
            "low": income.interval.map(|i| i.0), "high": income.interval.map(|i| i.1),
            "cost": cost.difference,
            "cost_low": cost.interval.map(|i| i.0), "cost_high": cost.interval.map(|i| i.1),
        }))
    };
    shown(view).filter_map(point).collect()
}

fn months<'a>(view: &'a View) -> Vec<&'a str> {
    let mut months: Vec<&str> = rows(view, "paths").map(|row| row.text("month")).collect();
    months.sort_unstable();
    months.dedup();
    months
}

/// One scenario's line in a panel.
#[derive(Default)]
struct Line {
    mean: Vec<Option<f64>>,
    low: Vec<Option<f64>>,
    high: Vec<Option<f64>>,
}

impl Line {
    fn json(&self, scenario: &str) -> Value {
        let band = |ends: &[Option<f64>]| ends.iter().all(Option::is_some).then(|| ends.to_vec());
        json!({ "scenario": scenario, "mean": self.mean, "low": band(&self.low), "high": band(&self.high) })
    }
}

fn paths(view: &View, names: &[&str]) -> Vec<Value> {
    let mut panels: Vec<(&str, &str, Map<String, Value>)> = Vec::new();
    for row in rows(view, "paths") {
        let key = (row.text("measure"), row.text("unit"));
        if !panels.iter().any(|(measure, ..)| *measure == key.0) {
            panels.push((key.0, key.1, Map::new()));
        }
    }
    let mut all = Vec::new();
    for (measure, unit, _) in panels {
        let (mut levels, mut differences) = (Vec::new(), Vec::new());
        for name in names {
            let (mut level, mut less) = (Line::default(), Line::default());
            for row in
                rows(view, "paths").filter(|r| r.text("measure") == measure && r.text("scenario") == *name)
            {
                level.mean.push(row.number("value"));
                level.low.push(row.number("low"));
                level.high.push(row.number("high"));
                if let Some(difference) = row.number("difference") {
                    less.mean.push(Some(difference));
                    less.low.push(row.number("difference_low"));
                    less.high.push(row.number("difference_high"));
                }
            }
            for (line, lines) in [(level, &mut levels), (less, &mut differences)] {
                if !line.mean.is_empty() {
                    lines.push(line.json(name));
                }
            }
        }
        let digits = match unit {
            "jobs" => 0,
            unit if unit.starts_with('%') => 2,
            _ => 1,
        };
        let unit = unit.replace("GBP million", "£m");
        all.push(json!({ "title": measure, "unit": unit, "digits": digits, "levels": levels, "differences": differences }));
    }
    all
}

fn gains(view: &View, by: &str) -> Vec<Value> {
    let places = wards();
    let names: Vec<&str> = shown(view).map(|of| of.name.as_str()).collect();
    let of = |row: Row| {
        let difference = row.number("difference")?;
        let before = row.number("value").map(|value| value - difference).filter(|before| *before != 0.0);
        let ends = view.interval(&row, "low", "high");
        let mut told = json!({
            "scenario": row.text("scenario"), "reference": row.text("reference"), "member": row.text("member"),
            "measure": row.text("measure"), "difference": difference,
            "low": ends.map(|i| i.0), "high": ends.map(|i| i.1),
            "percent": before.map(|before| 100.0 * difference / before),
        });
        if let Some(place) = places.iter().find(|place| place.ward == row.text("member")) {
            told["short"] = place.short.into();
            told["column"] = place.column.into();
            told["line"] = place.line.into();
        }
        Some(told)
    };
    rows(view, "gains")
        .filter(|row| row.text("broken_down_by") == by && (by == "ward" || row.text("measure") == "income"))
        .filter(|row| names.contains(&row.text("scenario")))
        .filter_map(of)
        .collect()
}
