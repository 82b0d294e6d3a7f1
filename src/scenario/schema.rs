//! The JSON Schema of a scenario file, for completion and checks in editors (`#:schema` in the file's head).

use super::{keys, shape, study_file};
use serde_json::{Map, Value as Json, json};

/// The schema, pretty-printed, with a newline at its end.
pub fn text() -> String {
    format!("{:#}\n", value())
}

/// The schema of a study file.
pub fn study_text() -> String {
    let mut schema = study_file::settings::json_schema();
    schema["title"] = "recirc study".into();
    close(&mut schema);
    format!("{schema:#}\n")
}

/// Close the tables whose keys are all known, and drop null as a kind: TOML has none.
fn close(schema: &mut Json) {
    let Some(table) = schema.as_object_mut() else { return };
    if let Some(kinds) = table.get("type").and_then(Json::as_array) {
        let kind = kinds.first().cloned().unwrap_or_default();
        table.insert("type".into(), kind);
    }
    // A default that is only the type's nothing says nothing.
    let nothing = |default: &Json| [Json::Null, "".into(), 0.into(), json!([]), json!({})].contains(default);
    if table.get("default").is_some_and(nothing) {
        table.remove("default");
    }
    if let Some(either) = table.remove("anyOf") {
        let some = either.as_array().and_then(|all| all.first()).cloned().unwrap_or_default();
        table.extend(some.as_object().cloned().unwrap_or_default());
    }
    if table.contains_key("properties") {
        table.insert("additionalProperties".into(), false.into());
    }
    for part in ["properties", "items"] {
        match (part, table.get_mut(part)) {
            ("properties", Some(Json::Object(members))) => members.values_mut().for_each(close),
            ("items", Some(items)) => close(items),
            _ => {}
        }
    }
}

/// Every key may be left out in a file; none may be added.
pub fn value() -> Json {
    let mut schema = shape::json_schema();
    schema["title"] = "recirc scenario".into();
    schema["description"] =
        "What differs from the defaults, from the place, and from the scenario extended.".into();
    describe(&mut schema, "");
    let extends = json!({
        "description": "A scenario to start from: a path relative to this file, or an embedded name such as leeds/baseline.",
        "type": "string"
    });
    if let Some(properties) = schema["properties"].as_object_mut() {
        properties.insert("extends".into(), extends);
        // `[[tracer]]` is short for `[[tracer.follow]]`.
        if let Some(tracer) = properties.get_mut("tracer") {
            let entries = tracer["properties"]["follow"].clone();
            *tracer = json!({ "anyOf": [tracer.take(), entries] });
        }
    }
    schema
}

/// Close the tables and write in what the defaults say of each key.
fn describe(schema: &mut Json, path: &str) {
    let Some(table) = schema.as_object_mut() else { return };
    if table.get("default").is_some_and(Json::is_null) {
        table.remove("default");
    }
    if let Some(kinds) = table.get("type").and_then(Json::as_array) {
        let kind = kinds.first().cloned().unwrap_or_default();
        table.insert("type".into(), kind);
    }
    if let Some(key) = keys::of(path) {
        let text = format!("{} Unit: {}.", key.meaning, key.unit);
        table.insert("description".into(), text.into());
        if let Some(default) = default(&key.default) {
            table.insert("default".into(), default);
        }
    }
    if table.remove("required").is_some() || table.contains_key("properties") {
        table.insert("additionalProperties".into(), false.into());
    }
    let empty = Map::new();
    let names: Vec<String> =
        table.get("properties").and_then(Json::as_object).unwrap_or(&empty).keys().cloned().collect();
    for name in names {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        describe(&mut table["properties"][&name], &path);
    }
    if let Some(items) = table.get_mut("items") {
        describe(items, &format!("{path}[]"));
    }
}

fn default(toml: &str) -> Option<Json> {
    let document: toml::Table = toml::from_str(&format!("value = {toml}")).ok()?;
    serde_json::to_value(&document["value"]).ok()
}
