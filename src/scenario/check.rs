//! Checks of one text against what a scenario may hold (all unknown keys, all wrong kinds, in one go), and
//! of the merged settings against the ranges of their numbers.

use super::diagnostic::{Diagnostic, Origin, suggest};
use super::shape::{Shape, of_settings};
use super::tree::{Node, Value};
use super::{keys, levers, shock_table};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Unknown keys, wrong kinds and doubled names in one text, in the order they stand there.
pub fn text(node: &Node) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    kinds(node, of_settings(), "", &mut faults);
    doubled_names(node, &mut faults);
    in_order(&mut faults);
    faults
}

/// Put faults in the order of their texts, the text of the first fault first.
pub fn in_order(faults: &mut [Diagnostic]) {
    let text = |fault: &Diagnostic| fault.at.as_ref().map(|at| Arc::as_ptr(&at.source));
    let mut texts = Vec::new();
    for fault in faults.iter() {
        if !texts.contains(&text(fault)) {
            texts.push(text(fault));
        }
    }
    faults.sort_by_key(|fault| (texts.iter().position(|known| *known == text(fault)), fault.position()));
}

/// Whether `node` is of the kind that `shape` takes; `path` is its dotted key, for messages.
pub fn kinds(node: &Node, shape: &Shape, path: &str, faults: &mut Vec<Diagnostic>) {
    match (&node.value, shape) {
        (Value::Table(table), Shape::Table(parts)) => {
            for (key, member) in table {
                match parts.get(key) {
                    Some(part) => kinds(&member.node, &part.shape, &join(path, key), faults),
                    None => faults.push(unknown_key(key, path, shape, &member.key)),
                }
            }
        }
        (Value::List(list), Shape::List(item)) => {
            list.iter().for_each(|node| kinds(node, item, path, faults))
        }
        (Value::Text(text), Shape::Text(words)) if !words.is_empty() && !words.contains(text) => {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let fault = Diagnostic::at(&node.at, format!("`{path}` cannot be \"{text}\""))
                .label(format!("takes {}", shape.words()));
            faults.push(with_help(fault, suggest(text, &words)));
        }
        (Value::Text(_), Shape::Text(_))
        | (Value::Whole(_), Shape::Whole(_) | Shape::Real(_))
        | (Value::Real(_), Shape::Real(_))
        | (Value::Switch(_), Shape::Switch) => {}
        _ => faults.push(wrong_kind(node, shape, path)),
    }
}

/// A key that does not exist, with the nearest that does.
pub fn unknown_key(key: &str, table: &str, shape: &Shape, at: &Origin) -> Diagnostic {
    let title = match table {
        "" => format!("there is no setting `{key}`"),
        "policy" => format!("there is no lever `{key}`"),
        "shock" => format!("there is no shock `{key}`"),
        _ => format!("there is no setting `{key}` in `{table}`"),
    };
    let valid: Vec<&str> = shape.parts().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
    let elsewhere = of_settings().leaves().into_iter().find(|leaf| leaf.rsplit('.').next() == Some(key));
    let help = match elsewhere {
        _ if key == "extends" => {
            Some("`extends` stands at the head of a scenario file and nowhere else".into())
        }
        Some(path) => Some(format!("did you mean `{path}`?")),
        None => suggest(key, &valid),
    };
    with_help(Diagnostic::at(at, title).label("unknown"), help)
}

fn wrong_kind(node: &Node, shape: &Shape, path: &str) -> Diagnostic {
    let mut found = node.value.words().to_owned();
    if let Value::Text(text) = &node.value {
        found = format!("the text \"{text}\"");
    }
    let fault = Diagnostic::at(&node.at, format!("`{path}` takes {}, not {found}", shape.words()));
    let example = match (&node.value, shape) {
        (Value::Text(text), Shape::List(item)) if matches!(**item, Shape::Text(_)) => {
            Some(format!("for example `{} = [\"{text}\"]`", last(path)))
        }
        (_, Shape::List(_)) if path == "tracer.follow" => Some("write it as `[[tracer]]` with a name".into()),
        (_, Shape::List(item)) if matches!(**item, Shape::Table(_)) => {
            Some(format!("write it as `[[{path}]]`; see `recirc levers {}`", last(path)))
        }
        (Value::Text(text), Shape::Real(_) | Shape::Whole(_)) if plainly(text).is_some() => {
            plainly(text).map(|number| format!("write {number}"))
        }
        _ => match lever_of(path) {
            Some(lever) => Some(format!("`recirc levers {lever}` shows an example")),
            None => keys::of(path).map(|key| format!("for example `{} = {}`", last(path), key.default)),
        },
    };
    with_help(fault.label(format!("takes {}", shape.words())), example)
}

/// A number as people write it, £1,000 or 1.5m, in digits alone.
fn plainly(text: &str) -> Option<f64> {
    let text = text.trim().trim_start_matches('£').replace('_', "").to_lowercase();
    let thousands = |part: &str| part.chars().take_while(char::is_ascii_digit).count() == 3;
    if !text.split(',').skip(1).all(thousands) {
        return None;
    }
    let text = text.replace(',', "");
    let ends = [("bn", 1e9), ("million", 1e6), ("m", 1e6), ("k", 1e3), ("", 1.0)];
    let (number, times) = ends.iter().find_map(|(end, times)| Some((text.strip_suffix(end)?, times)))?;
    number.trim().parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| number * times)
}

/// The lever that a dotted path leads into.
fn lever_of(path: &str) -> Option<&str> {
    path.strip_prefix("policy.").or_else(|| path.strip_prefix("shock."))?.split('.').next()
}

/// Two entries of one lever, or two tracers, under one name in one text.
fn doubled_names(node: &Node, faults: &mut Vec<Diagnostic>) {
    let levers = node.get("policy").and_then(Node::table).into_iter().flatten();
    let shocks = node.get("shock").and_then(Node::table).into_iter().flatten();
    let tracers = node.get("tracer").and_then(Node::table).into_iter().flatten();
    let lists = levers
        .map(|list| ("policy", list))
        .chain(shocks.map(|list| ("shock", list)))
        .chain(tracers.map(|list| ("tracer", list)));
    for (table, (lever, member)) in lists {
        let mut seen = BTreeSet::new();
        for entry in member.node.list().unwrap_or_default() {
            if let (Some(name), Some(at)) = (entry.name(), entry.get("name"))
                && !seen.insert(name)
            {
                let title = format!("two entries of `{table}.{lever}` in one file are named \"{name}\"");
                faults.push(
                    Diagnostic::at(&at.at, title).label("second of this name").help("give it another name"),
                );
            }
        }
    }
}

/// Numbers out of range and keys left out, anywhere in the merged settings.
pub fn ranges(node: &Node, shape: &Shape, path: &str, faults: &mut Vec<Diagnostic>) {
    match shape {
        Shape::Table(parts) => {
            for (key, part) in parts {
                match node.get(key) {
                    Some(node) => ranges(node, &part.shape, &join(path, key), faults),
                    None if part.required => faults.push(missing(node, key, path)),
                    None => {}
                }
            }
        }
        Shape::List(item) => {
            node.list().unwrap_or_default().iter().for_each(|node| ranges(node, item, path, faults))
        }
        Shape::Whole(bounds) | Shape::Real(bounds) => {
            if let Some(x) = node.value.number().filter(|x| !bounds.admits(*x)) {
                let fault = Diagnostic::at(&node.at, format!("`{path}` cannot be {x}"))
                    .label(format!("must be {}", bounds.demand()));
                faults.push(with_help(fault, remedy(path)));
            }
        }
        Shape::Text(_) | Shape::Switch => {}
    }
}

fn remedy(path: &str) -> Option<String> {
    if let Some(key) = keys::of(path) {
        return Some(format!("{} Left out, it is {} (unit: {}).", key.meaning, key.default, key.unit));
    }
    if let Some((kind, field)) = path.strip_prefix("shock.").and_then(|path| path.split_once('.')) {
        return shock_table::find(kind)?.fields().into_iter().find(|f| f.key == field).map(|f| f.meaning);
    }
    let (lever, field) = path.strip_prefix("policy.")?.split_once('.')?;
    levers::find(lever)?.fields().into_iter().find(|f| f.key == field).map(|field| field.meaning)
}

fn missing(node: &Node, key: &str, path: &str) -> Diagnostic {
    let help = match path {
        "tracer.follow" => "give it a name of its own, which stands in the tables".to_owned(),
        _ => format!("`recirc levers {}` shows an example", last(path)),
    };
    Diagnostic::at(&node.at, format!("an entry of `{path}` lacks `{key}`"))
        .label(format!("needs `{key}`"))
        .help(help)
}

pub(super) fn with_help(fault: Diagnostic, help: Option<String>) -> Diagnostic {
    match help {
        Some(help) => fault.help(help),
        None => fault,
    }
}

pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.into() } else { format!("{path}.{key}") }
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}
