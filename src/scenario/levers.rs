//! The levers: what a policy may change. One entry each; its fields, their meanings and ranges are read off
//! the typed settings, and the command line, the checks and docs/levers.md off this table.

use super::diagnostic::nearest;
use super::shape::{Shape, of_settings};
use crate::place::vocabulary::Flag;
use std::fmt::Write;

/// A lever.
#[derive(Clone, Copy, Debug)]
pub struct Lever {
    /// The key in `[[policy.NAME]]`.
    pub name: &'static str,
    /// What pulling it does.
    pub meaning: &'static str,
    /// Unit and neutral value of each field of its own, in the order to show them.
    pub units: &'static [(&'static str, &'static str, &'static str)],
    /// The fields of an entry that changes nothing, in TOML.
    pub neutral: &'static str,
    /// The fields of an entry to paste, in TOML.
    pub example: &'static str,
    /// Where the example's values come from, and what bounds them in law.
    pub source: &'static str,
    pub flag: Flag,
}

/// A field of a lever, as shown.
#[derive(Clone, Debug)]
pub struct Field {
    pub key: &'static str,
    pub meaning: String,
    pub unit: &'static str,
    pub range: String,
    pub neutral: &'static str,
    /// An entry without it is refused.
    pub required: bool,
}

pub use super::lever_table::{BESIDE, LEVERS};

/// The keys that every lever has: when, by whom, for what, under which name.
pub const REACH: [&str; 6] = ["name", "start", "end", "anchors", "categories", "ramp_months"];

/// A lever by name.
pub fn find(name: &str) -> Option<&'static Lever> {
    LEVERS.iter().find(|lever| lever.name == name)
}

/// The lever named most like a word.
pub fn nearest_to(name: &str) -> Option<&'static str> {
    nearest(name, LEVERS.iter().map(|lever| lever.name))
}

/// Fields of an entry of this shape, given key, unit and neutral value of each.
pub(super) fn fields_of(
    entry: Option<&Shape>,
    units: &[(&'static str, &'static str, &'static str)],
) -> Vec<Field> {
    let parts = entry.and_then(Shape::parts);
    let field = |(key, unit, neutral): &(&'static str, &'static str, &'static str)| {
        let part = parts.and_then(|parts| parts.get(*key));
        let range = part.map_or(String::new(), |part| match part.shape.bounds() {
            Some(bounds) => bounds.words(),
            None => part.shape.words(),
        });
        let meaning = part.map(|part| part.meaning.clone()).unwrap_or_default();
        let required = part.is_some_and(|part| part.required);
        Field { key, meaning, unit, range, neutral, required }
    };
    units.iter().map(field).collect()
}

impl Field {
    /// All about it, as an item of a list in Markdown.
    pub(super) fn line(&self) -> String {
        let meaning = self.meaning.split(" Neutral:").next().unwrap_or_default();
        let required = if self.required { " (required)" } else { "" };
        let Field { key, unit, range, neutral, .. } = self;
        format!("- `{key}`{required}: {meaning}\n  Unit: {unit}. Range: {range}. Neutral: {neutral}.\n")
    }
}

impl Lever {
    /// Its own fields.
    pub fn fields(&self) -> Vec<Field> {
        fields_of(Shape::of_lever(self.name), self.units)
    }

    /// An entry to paste into a scenario.
    pub fn entry(&self, fields: &str) -> String {
        format!("[[policy.{}]]\n{fields}\n", self.name)
    }

    /// All about it, as Markdown that reads well on a terminal.
    pub fn page(&self) -> String {
        let mut page = format!("## {}\n\n{}\n\n", self.name, self.meaning);
        self.fields().iter().for_each(|field| page += &field.line());
        let flag = format!("{:?}", self.flag).to_lowercase();
        let _ = write!(page, "\nSource: {} Flag: {flag}.\n\n", self.source);
        let _ = writeln!(page, "```toml\n{}```", self.beside().to_owned() + &self.entry(self.example));
        page
    }

    /// Entries beside which it does something, in TOML; nothing for most.
    pub fn beside(&self) -> &'static str {
        BESIDE.iter().find(|(name, _)| *name == self.name).map_or("", |(_, entries)| entries)
    }
}

/// The keys that every lever has, as Markdown.
pub fn reach_page() -> String {
    let mut page = String::from("Every entry may also say:\n\n");
    let shape =
        of_settings().get("policy").and_then(|_| Shape::of_lever(LEVERS[0].name)).and_then(Shape::parts);
    for key in REACH {
        let meaning =
            shape.and_then(|parts| parts.get(key)).map(|part| part.meaning.as_str()).unwrap_or_default();
        let _ = writeln!(page, "- `{key}`: {meaning}");
    }
    page
}

/// docs/levers.md.
pub fn book_page() -> String {
    let mut page = String::from(
        "<!-- Written by the program; change src/scenario/lever_table and run the tests with RECIRC_BLESS=1. -->\n\n\
         # Levers\n\nWhat a policy may change. A scenario pulls a lever with an entry `[[policy.LEVER]]`; \
         several entries of one lever may stand side by side. At its neutral value a lever changes nothing. \
         `recirc levers NAME` prints what stands here of one.\n\n",
    );
    page += &reach_page();
    for lever in LEVERS {
        page += "\n";
        page += &lever.page();
    }
    page
}

/// The short list: a line for each lever.
pub fn list() -> String {
    let width = LEVERS.iter().map(|lever| lever.name.len()).max().unwrap_or_default();
    let mut list = String::new();
    for lever in LEVERS {
        let _ = writeln!(list, "{:width$}  {}", lever.name, lever.meaning);
    }
    list += "\nShocks, which a scenario dates:\n\n";
    for shock in super::shock_table::SHOCKS {
        let _ = writeln!(list, "{:width$}  {}", shock.name, shock.meaning);
    }
    list + "\n`recirc levers NAME` tells all about one, with an example to paste.\n"
}
