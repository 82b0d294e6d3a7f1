//! Settings of the model in which two scenarios differ, beside levers and shocks: part of any difference between them.

use super::Ready;
use crate::scenario::settings::Settings;
use serde_json::Value;

/// What is no setting of the model, or told apart elsewhere.
const NOT_OF_THE_MODEL: [&str; 10] =
    ["schema", "name", "description", "place", "run", "country", "tracer", "impulse", "shock", "policy"];

/// Keys told before the others are counted.
const SHOWN: usize = 3;

/// A warning where two scenarios differ in settings of the model that were not meant to, which are those swept.
pub(super) fn warning(reference: &Ready, other: &Ready, meant: &[(String, String)]) -> Option<String> {
    let [a, b] = [reference, other].map(|ready| &ready.scenario.settings);
    let mut found = differing(a, b);
    found.retain(|(key, ..)| meant.iter().all(|(swept, _)| swept != key));
    if found.is_empty() {
        return None;
    }
    let shown: Vec<String> =
        found.iter().take(SHOWN).map(|(key, a, b)| format!("{key} ({a} and {b})")).collect();
    let more = match found.len().saturating_sub(SHOWN) {
        0 => String::new(),
        n => format!(" and {n} more settings"),
    };
    Some(format!(
        "`{}` and `{}` differ in {}{more}: the difference between them is that of these settings too, and not of a policy \
         alone",
        a.name,
        b.name,
        shown.join(", ")
    ))
}

/// Settings that differ, with both values, in the order of a scenario file.
fn differing(a: &Settings, b: &Settings) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    if let [Ok(Value::Object(a)), Ok(Value::Object(b))] = [a, b].map(serde_json::to_value) {
        for (key, value) in a.iter().filter(|(key, _)| !NOT_OF_THE_MODEL.contains(&key.as_str())) {
            leaves(key, value, b.get(key).unwrap_or(&Value::Null), &mut found);
        }
    }
    found
}

fn leaves(key: &str, a: &Value, b: &Value, found: &mut Vec<(String, String, String)>) {
    match (a, b) {
        _ if a == b => {}
        (Value::Object(a), Value::Object(b)) => {
            let names = a.keys().chain(b.keys().filter(|name| !a.contains_key(*name)));
            for name in names {
                let of =
                    |table: &serde_json::Map<String, Value>| table.get(name).cloned().unwrap_or_default();
                leaves(&format!("{key}.{name}"), &of(a), &of(b), found);
            }
        }
        _ => found.push((key.to_owned(), a.to_string(), b.to_string())),
    }
}
