//! `summary.json`: each metric with its value, unit and meaning, in the order given.

use serde_json::{Map, Value, json};

use crate::measure::table::Metric;

/// Additive changes keep this number; a changed or removed field raises it.
pub const SCHEMA_VERSION: u32 = 1;

/// The bytes of `summary.json`. A value that is not finite is written as null.
pub fn bytes(metrics: &[Metric]) -> Vec<u8> {
    let mut text = format!("{:#}", value(metrics)).into_bytes();
    text.push(b'\n');
    text
}

/// The same as a JSON value, for printing on standard output.
pub fn value(metrics: &[Metric]) -> Value {
    json!({ "schema_version": SCHEMA_VERSION, "metrics": listed(metrics) })
}

/// The bytes of a comparison's `summary.json`: the metrics of each scenario, the reference first.
pub fn of_comparison(scenarios: &[(&str, Vec<Metric>)]) -> Vec<u8> {
    let mut text = format!("{:#}", comparison(scenarios)).into_bytes();
    text.push(b'\n');
    text
}

/// The same as a JSON value.
pub fn comparison(scenarios: &[(&str, Vec<Metric>)]) -> Value {
    let all: Vec<Value> = scenarios
        .iter()
        .map(|(name, metrics)| json!({ "scenario": name, "metrics": listed(metrics) }))
        .collect();
    json!({ "schema_version": SCHEMA_VERSION, "scenarios": all })
}

fn listed(metrics: &[Metric]) -> Map<String, Value> {
    metrics
        .iter()
        .map(|m| (m.id.to_owned(), json!({ "value": number(m.value), "unit": m.unit, "meaning": m.meaning })))
        .collect()
}

/// Zero has no sign, so that equal results have equal text.
fn number(value: f64) -> Value {
    if value == 0.0 { json!(0.0) } else { json!(value) }
}
