//! Reading a town file.

use super::Place;
use super::embedded;
use super::error::PlaceError;
use super::town::Town;
use super::vocabulary::{AnchorKind, Ownership, Sector};
use super::{town_check, town_fill as fill};
use std::path::Path;

pub fn load(name: &str, base_dir: &Path) -> Result<Place, PlaceError> {
    let text = match std::fs::read_to_string(base_dir.join(name)) {
        Ok(text) => text,
        Err(error) => embedded(name)
            .ok_or_else(|| PlaceError::Unreadable { file: name.into(), reason: reason(&error) })?
            .to_owned(),
    };
    parse(name, &text).map(Place::Town)
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::InvalidData => "it is not UTF-8".into(),
        _ => error.to_string(),
    }
}

/// A town that the program carries, by the name of its file.
pub fn embedded(name: &str) -> Option<&'static str> {
    embedded::TOWNS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// A town from its text, validated.
pub fn parse(file: &str, text: &str) -> Result<Town, PlaceError> {
    let wrong = |error: &toml::de::Error| misread(file, text, error);
    let reader = toml::Deserializer::parse(text).map_err(|error| wrong(&error))?;
    let mut unknown: Vec<String> = Vec::new();
    let mut town: Town = serde_ignored::deserialize(reader, |path| unknown.push(path.to_string()))
        .map_err(|error| wrong(&error))?;
    if let Some(path) = unknown.first() {
        return Err(unknown_key(file, text, path));
    }
    town.file = file.into();
    town.sha256 = embedded::sha256(text.as_bytes());
    town_check::check(&town, text)?;
    fill::unsaid(&mut town);
    Ok(town)
}

/// A key that there is not, such as `supplier.1.nmae`: told by its entry's id, or its number from one where that has none.
fn unknown_key(file: &str, text: &str, path: &str) -> PlaceError {
    let lines: Vec<&str> = text.lines().map(|line| line.split('#').next().unwrap_or(line).trim()).collect();
    let parts: Vec<&str> = path.split('.').collect();
    let word = parts.last().copied().unwrap_or(path);
    let key_value = |line: &str| {
        let (key, value) = line.split_once('=')?;
        Some((key.trim().trim_matches('"').to_owned(), value.trim().trim_matches('"').to_owned()))
    };
    let entry = match parts.as_slice() {
        [list, number, _, ..] => number.parse::<usize>().ok().map(|number| (*list, number)),
        _ => None,
    };
    let head = entry.and_then(|(list, number)| {
        let heads = lines.iter().enumerate().filter(|(_, line)| **line == format!("[[{list}]]"));
        heads.map(|(at, _)| at + 1).nth(number)
    });
    let from = head.unwrap_or(0);
    let within = lines[from..].iter().take_while(|line| head.is_none() || !line.starts_with('['));
    let pairs: Vec<_> = within.map(|line| key_value(line)).collect();
    let find = |key: &str| pairs.iter().position(|pair| pair.as_ref().is_some_and(|(found, _)| found == key));
    let value_at = |at: usize| pairs[at].as_ref().map_or("", |(_, value)| value.as_str());
    let at = find(word);
    let line = at.map(|at| from + at).or_else(|| lines.iter().position(|line| line.contains(word)));
    let key = match entry {
        Some((list, number)) => match find("id").map(value_at) {
            Some(id) => format!("{list} \"{id}\", {word}"),
            None => format!("{list} {}, {word}", number + 1),
        },
        None => path.to_owned(),
    };
    let remedy = match nearest(word) {
        Some(known) => format!("no such key; did you mean {known}?"),
        None => "no such key; remove it".into(),
    };
    PlaceError::wrong(file, line.map(|at| at + 1), key, at.map_or(word, value_at), remedy)
}

/// A value that cannot be read, by the name of its key where one stands before it.
fn misread(file: &str, text: &str, error: &toml::de::Error) -> PlaceError {
    let remedy =
        "correct this entry; docs/tutorial.md says what a town file holds, and scenarios/teaching has two";
    let at = error.span().map(|span| span.start.min(text.len())..span.end.min(text.len()));
    let line = at.as_ref().map(|at| text[..at.start].matches('\n').count() + 1);
    let Some((key, at)) = at.and_then(|at| Some((key_before(&text[..at.start])?, at))) else {
        return PlaceError::wrong(file, line, "town", in_words(error.message()), remedy);
    };
    let value = text[at].lines().next().unwrap_or_default().trim_matches('"');
    match words_of(&key) {
        Some((what, known)) => {
            let known = known.join(", ");
            PlaceError::wrong(file, line, key, value, format!("no such {what}; it is one of {known}"))
        }
        None => PlaceError::wrong(file, line, key, value, format!("{}: {remedy}", in_words(error.message()))),
    }
}

/// The key whose value begins where a text ends: `sector`, or `buys.bakery` within a table on one line.
fn key_before(text: &str) -> Option<String> {
    let before = text.trim_end().strip_suffix('=')?.trim_end();
    let line = before.rsplit('\n').next().unwrap_or(before);
    let last = line.rsplit(['{', ',', ' ']).next().unwrap_or(line).trim_matches('"');
    let first = line.split('=').next().unwrap_or(line).trim();
    Some(if line.contains('=') { format!("{first}.{last}") } else { last.to_owned() })
}

/// What a word of a key stands for, and the words there are.
fn words_of(key: &str) -> Option<(&'static str, Vec<&'static str>)> {
    match key {
        "kind" => Some(("kind of anchor", AnchorKind::ALL.iter().map(|kind| kind.label()).collect())),
        "sector" => Some(("section", Sector::ALL.iter().map(|sector| sector.label()).collect())),
        "zone" => Some(("zone", vec!["city", "region", "country"])),
        "ownership" => Some(("form of ownership", Ownership::ALL.iter().map(|form| form.label()).collect())),
        _ => None,
    }
}

/// What the reader says of a value, without the names that a programmer has for kinds of values.
fn in_words(message: &str) -> String {
    const WORDS: [(&str, &str); 9] = [
        ("invalid type: ", "found "),
        ("invalid value: ", "found "),
        ("missing field ", "this entry lacks "),
        ("floating point ", "the number "),
        ("integer ", "the number "),
        ("string ", "the text "),
        ("boolean ", ""),
        ("expected f64", "where a number is needed"),
        ("expected a string", "where a text is needed"),
    ];
    let said = WORDS.iter().fold(message.to_owned(), |said, (from, to)| said.replace(from, to));
    said.replace("expected a map", "where a table such as { bakery = 1000.0 } is needed")
        .replace("expected u8", "where a whole number from 0 to 255 is needed")
        .replace("expected one of", "it is one of")
}

/// The key of a town file most like a word.
fn nearest(word: &str) -> Option<&'static str> {
    const KEYS: [&str; 26] = [
        "name",
        "price_year",
        "anchor",
        "supplier",
        "household",
        "id",
        "kind",
        "buys",
        "pays",
        "sector",
        "zone",
        "ownership",
        "vat",
        "national_taxes",
        "council_rates",
        "surplus",
        "exports_gbp_month",
        "adults",
        "children",
        "decile",
        "benefits_gbp_month",
        "direct_tax",
        "pension",
        "council_tax",
        "spends",
        "deposits_gbp",
    ];
    KEYS.into_iter()
        .map(|key| (strsim::jaro_winkler(word, key), key))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, key)| key)
}
