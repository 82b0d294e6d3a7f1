//! The embedded defaults, and what their comments say of each key.

use crate::place::vocabulary::Flag;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The first layer of every scenario.
pub const DEFAULTS: &str = include_str!("defaults.toml");

/// What is written above a key in the defaults.
#[derive(Clone, Debug)]
pub struct Key {
    pub meaning: String,
    pub unit: String,
    /// In words; none for text, switches and levers.
    pub range: Option<String>,
    pub source: String,
    /// None when left out or misspelt, which a test catches.
    pub flag: Option<Flag>,
    /// Between what it may lie, of a number that is not known for sure.
    pub uncertain: Option<Between>,
    /// As written, in TOML.
    pub default: String,
}

/// The range within which a number that is not known for sure may lie.
#[derive(Clone, Debug, PartialEq)]
pub struct Between {
    pub low: f64,
    pub high: f64,
    /// Whether equal ratios are equally likely; else equal differences are.
    pub log: bool,
    /// Where the range comes from.
    pub basis: String,
}

impl Between {
    /// "0.2 to 2 (log); why".
    fn read(text: &str) -> Option<Between> {
        let (range, basis) = text.split_once(';')?;
        let (low, high) = range.split_once(" to ")?;
        let (high, log) = high.trim().strip_suffix("(log)").map_or((high, false), |high| (high, true));
        let (low, high) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
        Some(Between { low, high, log, basis: basis.trim().to_owned() })
    }
}

/// The key at a dotted path.
pub fn of(path: &str) -> Option<&'static Key> {
    all().get(path)
}

/// Every key by its dotted path.
pub fn all() -> &'static BTreeMap<String, Key> {
    static KEYS: LazyLock<BTreeMap<String, Key>> = LazyLock::new(|| read(DEFAULTS));
    &KEYS
}

fn read(text: &str) -> BTreeMap<String, Key> {
    let mut keys = BTreeMap::new();
    let mut section = String::new();
    let mut notes: Vec<&str> = Vec::new();
    for line in text.lines() {
        if let Some(note) = line.strip_prefix('#') {
            notes.push(note.trim());
            continue;
        }
        if let Some(name) = line.strip_prefix('[') {
            section = format!("{}.", name.trim_end_matches(']'));
        } else if let Some((key, value)) = line.split_once(" = ") {
            keys.insert(format!("{section}{key}"), key_of(&notes, value));
        }
        notes.clear();
    }
    keys
}

fn key_of(notes: &[&str], default: &str) -> Key {
    let field =
        |name: &str| notes.iter().find_map(|note| note.strip_prefix(name)).map(|text| text.trim().to_owned());
    let meaning: Vec<&str> = notes.iter().take_while(|note| !note.starts_with("unit:")).copied().collect();
    Key {
        meaning: meaning.join(" "),
        unit: field("unit:").unwrap_or_default(),
        range: field("range:"),
        source: field("source:").unwrap_or_default(),
        uncertain: field("uncertain:").and_then(|text| Between::read(&text)),
        flag: field("flag:").and_then(|word| serde_json::from_value(word.into()).ok()),
        default: default.trim().to_owned(),
    }
}
