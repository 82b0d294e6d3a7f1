//! `summary.json`: each metric with its value, its interval over replicates, unit and meaning, in the order
//! given.

use serde_json::{Map, Value, json};

use crate::measure::levels::Level;

/// Additive changes keep this number; a changed or removed field raises it.
pub const SCHEMA_VERSION: u32 = 1;

/// The bytes of `summary.json`. A value that is not finite is written as null.
pub fn bytes(levels: &[Level]) -> Vec<u8> {
    let mut text = format!("{:#}", value(levels)).into_bytes();
    text.push(b'\n');
    text
}

/// The same as a JSON value, for printing on standard output.
pub fn value(levels: &[Level]) -> Value {
    json!({ "schema_version": SCHEMA_VERSION, "metrics": listed(levels) })
}

/// The bytes of a comparison's `summary.json`: the metrics of each scenario, the reference first.
pub fn of_comparison(scenarios: &[(&str, Vec<Level>)]) -> Vec<u8> {
    let mut text = format!("{:#}", comparison(scenarios)).into_bytes();
    text.push(b'\n');
    text
}

/// The same as a JSON value.
pub fn comparison(scenarios: &[(&str, Vec<Level>)]) -> Value {
    let all: Vec<Value> = scenarios
        .iter()
        .map(|(name, levels)| json!({ "scenario": name, "metrics": listed(levels) }))
        .collect();
    json!({ "schema_version": SCHEMA_VERSION, "scenarios": all })
}

/// `low` and `high` are null with one replicate.
fn listed(levels: &[Level]) -> Map<String, Value> {
    let entry = |level: &Level| {
        let m = &level.metric;
        let told = json!({
            "value": number(m.value),
            "low": level.interval.map(|i| number(i.0)),
            "high": level.interval.map(|i| number(i.1)),
            "replicates": level.replicates,
            "unit": m.unit,
            "meaning": m.meaning,
        });
        (m.id.to_owned(), told)
    };
    levels.iter().map(entry).collect()
}

/// Zero has no sign, so that equal results have equal text.
fn number(value: f64) -> Value {
    if value == 0.0 { json!(0.0) } else { json!(value) }
}
