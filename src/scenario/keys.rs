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
    /// As written, in TOML.
    pub default: String,
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
        flag: field("flag:").and_then(|word| serde_json::from_value(word.into()).ok()),
        default: default.trim().to_owned(),
    }
}
