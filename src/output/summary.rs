//! `summary.json`: each metric with its value, unit and meaning, in the order given.

use serde_json::{Map, Value, json};

use crate::measure::additionality::Parts;
use crate::measure::net::NetPicture;
use crate::measure::table::Metric;

/// Additive changes keep this number; a changed or removed field raises it.
pub const SCHEMA_VERSION: u32 = 1;

/// The bytes of `summary.json`. A value that is not finite is written as null.
pub fn bytes(metrics: &[Metric]) -> Vec<u8> {
    text(&value(metrics))
}

/// A summary as the bytes of its file.
pub fn text(value: &Value) -> Vec<u8> {
    let mut text = format!("{value:#}").into_bytes();
    text.push(b'\n');
    text
}

/// The same as a JSON value, for printing on standard output.
pub fn value(metrics: &[Metric]) -> Value {
    json!({ "schema_version": SCHEMA_VERSION, "metrics": listed(metrics) })
}

/// A comparison: the metrics of each scenario, the reference first.
pub fn comparison(scenarios: &[(&str, Vec<Metric>)]) -> Value {
    let all: Vec<Value> = scenarios
        .iter()
        .map(|(name, metrics)| json!({ "scenario": name, "metrics": listed(metrics) }))
        .collect();
    json!({ "schema_version": SCHEMA_VERSION, "scenarios": all })
}

/// The Additionality Guide's terms; null where there is nothing to take them of.
pub fn additionality(parts: &Parts) -> Value {
    let Some(terms) = parts.terms() else { return Value::Null };
    let of_row = |r: &(&str, f64, &str, &str)| {
        (r.0.to_owned(), json!({ "value": number(r.1), "unit": r.2, "meaning": r.3 }))
    };
    Value::Object(terms.rows().iter().map(of_row).collect())
}

/// Multipliers side by side: each with what it counts, or how to get it.
pub fn multipliers(net: &NetPicture) -> Map<String, Value> {
    let entry = |row: crate::measure::net::NetRow| {
        let value = match row.value {
            Some(value) => json!({ "value": number(value), "counts": row.counts }),
            None => json!({ "value": null, "counts": row.counts, "missing": row.missing }),
        };
        (row.id.to_owned(), value)
    };
    net.rows().into_iter().map(entry).collect()
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
