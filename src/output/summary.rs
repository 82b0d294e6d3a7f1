//! `summary.json`: each metric with its value, its interval over replicates, unit and meaning, in the order
//! given.

use serde_json::{Map, Value, json};

use crate::measure::guide::Guide;
use crate::measure::levels::Level;
use crate::measure::net::NetPicture;

/// Additive changes keep this number; a changed or removed field raises it.
pub const SCHEMA_VERSION: u32 = 1;

/// The bytes of `summary.json`. A value that is not finite is written as null.
pub fn bytes(levels: &[Level]) -> Vec<u8> {
    text(&value(levels))
}

/// A summary as the bytes of its file.
pub fn text(value: &Value) -> Vec<u8> {
    let mut text = format!("{value:#}").into_bytes();
    text.push(b'\n');
    text
}

/// The same as a JSON value, for printing on standard output.
pub fn value(levels: &[Level]) -> Value {
    json!({ "schema_version": SCHEMA_VERSION, "metrics": listed(levels) })
}

/// A comparison: the metrics of each scenario, the reference first.
pub fn comparison(scenarios: &[(&str, Vec<Level>)]) -> Value {
    let all: Vec<Value> = scenarios
        .iter()
        .map(|(name, levels)| json!({ "scenario": name, "metrics": listed(levels) }))
        .collect();
    json!({ "schema_version": SCHEMA_VERSION, "scenarios": all })
}

/// The Additionality Guide's terms, or why there are none.
pub fn additionality(guide: &Guide) -> Value {
    let terms = match guide.terms() {
        Ok(terms) => terms,
        Err(reason) => return json!({ "missing": reason }),
    };
    let of_row = |r: &(&str, f64, &str, &str)| {
        let unit = if r.2 == "GBP" { guide.unit() } else { r.2 };
        (r.0.to_owned(), json!({ "value": number(r.1), "unit": unit, "meaning": r.3 }))
    };
    let mut value = Value::Object(terms.rows().iter().map(of_row).collect());
    let interval = guide.output().interval;
    value["AI"]["low"] = interval.map(|i| number(i.0)).into();
    value["AI"]["high"] = interval.map(|i| number(i.1)).into();
    value
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
