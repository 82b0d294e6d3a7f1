//! What a scenario may hold: kinds and ranges of its keys, read off the typed settings by way of their JSON
//! Schema, so that a new field is checked without more ado.

use super::settings::Settings;
use schemars::generate::SchemaSettings;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Clone, Debug)]
pub enum Shape {
    Table(BTreeMap<String, Part>),
    List(Box<Shape>),
    /// Text, one of these words unless there are none.
    Text(Vec<String>),
    Whole(Bounds),
    Real(Bounds),
    Switch,
}

/// A key of a table.
#[derive(Clone, Debug)]
pub struct Part {
    pub shape: Shape,
    /// From the field's documentation.
    pub meaning: String,
    pub required: bool,
}

/// The range of a number.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bounds {
    pub min: Option<f64>,
    /// Excluded least value.
    pub above: Option<f64>,
    pub max: Option<f64>,
}

impl Bounds {
    pub fn admits(&self, x: f64) -> bool {
        x.is_finite()
            && self.min.is_none_or(|min| x >= min)
            && self.above.is_none_or(|above| x > above)
            && self.max.is_none_or(|max| x <= max)
    }

    pub fn words(&self) -> String {
        match (self.above, self.min, self.max) {
            (Some(above), _, Some(max)) => format!("above {above}, up to {max}"),
            (Some(above), _, None) => format!("above {above}"),
            (None, Some(min), Some(max)) if min == max => format!("{min}"),
            (None, Some(min), Some(max)) => format!("{min} to {max}"),
            (None, Some(min), None) => format!("{min} or more"),
            (None, None, Some(max)) => format!("{max} or less"),
            (None, None, None) => "any".into(),
        }
    }

    /// After "must be".
    pub fn demand(&self) -> String {
        match (self.above, self.min, self.max) {
            (None, Some(min), Some(max)) if min < max => format!("from {min} to {max}"),
            (None, None, None) => "a finite number".into(),
            _ => self.words(),
        }
    }
}

impl Shape {
    /// What it takes, as messages say it.
    pub fn words(&self) -> String {
        match self {
            Shape::Table(_) => "a table".into(),
            Shape::List(item) if matches!(**item, Shape::Table(_)) => "a list of entries".into(),
            Shape::List(_) => "a list such as [\"a\", \"b\"]".into(),
            Shape::Text(words) if words.is_empty() => "text in quotation marks".into(),
            Shape::Text(words) => format!("one of \"{}\"", words.join("\", \"")),
            Shape::Whole(_) => "a whole number".into(),
            Shape::Real(_) => "a number".into(),
            Shape::Switch => "true or false".into(),
        }
    }

    pub fn parts(&self) -> Option<&BTreeMap<String, Part>> {
        if let Shape::Table(parts) = self { Some(parts) } else { None }
    }

    pub fn get(&self, key: &str) -> Option<&Shape> {
        self.parts()?.get(key).map(|part| &part.shape)
    }

    pub fn bounds(&self) -> Option<&Bounds> {
        if let Shape::Whole(bounds) | Shape::Real(bounds) = self { Some(bounds) } else { None }
    }

    /// The shape of one entry of a lever.
    pub fn of_lever(name: &str) -> Option<&'static Shape> {
        match of_settings().get("policy")?.get(name)? {
            Shape::List(entry) => Some(entry),
            _ => None,
        }
    }

    /// Every dotted path to something that is no table.
    pub fn leaves(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (key, part) in self.parts().into_iter().flatten() {
            match part.shape {
                Shape::Table(_) => {
                    found.extend(part.shape.leaves().iter().map(|leaf| format!("{key}.{leaf}")))
                }
                _ => found.push(key.clone()),
            }
        }
        found
    }
}

/// The shape of a whole scenario.
pub fn of_settings() -> &'static Shape {
    static SHAPE: LazyLock<Shape> = LazyLock::new(|| shape(&json_schema()));
    &SHAPE
}

/// The JSON Schema of the settings as derived, without references.
pub(super) fn json_schema() -> Json {
    let inline = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
    inline.into_generator().into_root_schema_for::<Settings>().to_value()
}

pub(super) fn shape(schema: &Json) -> Shape {
    // An optional choice is any of the choice and null.
    if let Some(some) = schema["anyOf"].as_array().and_then(|any| any.first()) {
        return shape(some);
    }
    let bounds = || Bounds {
        min: schema["minimum"].as_f64(),
        above: schema["exclusiveMinimum"].as_f64(),
        max: schema["maximum"].as_f64(),
    };
    match kind(schema) {
        "object" => Shape::Table(parts(schema)),
        "array" => Shape::List(Box::new(shape(&schema["items"]))),
        "integer" => Shape::Whole(bounds()),
        "number" => Shape::Real(bounds()),
        "boolean" => Shape::Switch,
        _ => Shape::Text(words(schema)),
    }
}

/// The words that a text may be: an enumeration, or one of several where each has its documentation.
fn words(schema: &Json) -> Vec<String> {
    let listed = |key: &str| schema[key].as_array().map(Vec::as_slice).unwrap_or_default();
    let documented = listed("oneOf").iter().flat_map(|one| match one["const"].as_str() {
        Some(word) => vec![word.to_owned()],
        None => words(one),
    });
    listed("enum").iter().filter_map(Json::as_str).map(str::to_owned).chain(documented).collect()
}

/// The type, the first one where there are several (an optional value is its type or null).
fn kind(schema: &Json) -> &str {
    let listed = &schema["type"];
    listed.as_str().or_else(|| listed[0].as_str()).unwrap_or("string")
}

fn parts(schema: &Json) -> BTreeMap<String, Part> {
    let required = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
    let properties = schema["properties"].as_object().into_iter().flatten();
    let part = |(key, schema): (&String, &Json)| {
        let meaning = schema["description"].as_str().unwrap_or_default().replace('\n', " ");
        let required = required.iter().any(|name| name == key.as_str());
        (key.clone(), Part { shape: shape(schema), meaning, required })
    };
    properties.map(part).collect()
}
