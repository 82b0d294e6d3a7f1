//! Checks of the declared tracers: names, months, and what they name of the place.

use super::check::with_help;
use super::diagnostic::{Diagnostic, suggest};
use super::rules::date;
use super::tree::Node;
use crate::base::date::Date;
use std::collections::BTreeSet;

/// Tracers may share the dye of all procurement up to so many, a bit each.
pub const MOST: usize = 32;

pub(super) fn entries(root: &Node) -> &[Node] {
    root.find(&["tracer", "follow"]).and_then(Node::list).unwrap_or_default()
}

/// Names and months, in the merged settings.
pub(super) fn together(root: &Node, run: Option<Date>, faults: &mut Vec<Diagnostic>) {
    let years = root.find(&["run", "years"]).and_then(|node| node.value.number()).unwrap_or(1.0);
    let mut seen = BTreeSet::new();
    for (i, entry) in entries(root).iter().enumerate() {
        if i == MOST {
            let title = format!("more than {MOST} tracers");
            faults.push(Diagnostic::at(&entry.at, title).label("one too many").help("take some out"));
        }
        if let (Some(name), Some(node)) = (entry.name(), entry.get("name")) {
            if name.trim().is_empty() || name == "all" {
                let fault = Diagnostic::at(&node.at, format!("a tracer cannot be named \"{name}\""));
                let help = "\"all\" is the tracer of all procurement; give this one a name of its own";
                faults.push(fault.label("its name in the tables").help(help));
            } else if !seen.insert(name) {
                let fault = Diagnostic::at(&node.at, format!("two tracers are named \"{name}\""));
                faults.push(fault.label("second of this name").help("give it another name"));
            }
        }
        for key in ["anchors", "categories", "contracts", "ownership"] {
            twice(entry, key, faults);
        }
        let start = entry.get("start").and_then(|n| Some((n, date(n, "tracer.follow.start", faults)?)));
        let (Some((node, start)), Some(run)) = (start, run) else { continue };
        let end = run.plus(years as i32 * 12);
        if start < run || start >= end {
            let title = format!("a tracer starts in {start}, outside the run from {run} to {}", end.plus(-1));
            let fault = Diagnostic::at(&node.at, title).label("not in the run");
            faults.push(fault.help(format!("start it in {run} or later, or leave `start` out")));
        }
    }
}

fn twice(entry: &Node, key: &str, faults: &mut Vec<Diagnostic>) {
    let list = entry.get(key).and_then(Node::list).unwrap_or_default();
    for (i, node) in list.iter().enumerate() {
        let same = |other: &Node| other.text() == node.text() && other.value.number() == node.value.number();
        if list[..i].iter().any(same) {
            let title = format!("`tracer.follow.{key}` lists an entry twice");
            faults.push(Diagnostic::at(&node.at, title).label("again").help("take one out"));
        }
    }
}

/// Names of the place that a tracer may not take for itself, and that it may choose from.
pub(super) fn of_place(
    root: &Node,
    place: &str,
    anchors: &[String],
    categories: &[String],
    faults: &mut Vec<Diagnostic>,
) {
    for entry in entries(root) {
        if let (Some(name), Some(node)) = (entry.name(), entry.get("name"))
            && anchors.iter().any(|anchor| anchor == name)
        {
            let fault = Diagnostic::at(&node.at, format!("the tracer \"{name}\" has the name of an anchor"));
            let help = format!("each anchor is followed in any case; call this one \"{name} alone\", say");
            faults.push(fault.label("its name in the tables").help(help));
        }
        for (key, what, known) in
            [("anchors", "anchor", anchors), ("categories", "spending category", categories)]
        {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            for node in entry.get(key).and_then(Node::list).unwrap_or_default() {
                let Some(word) = node.text().filter(|word| !known.contains(word)) else { continue };
                let fault = Diagnostic::at(&node.at, format!("{place} has no {what} \"{word}\""));
                faults.push(with_help(fault.label("unknown"), suggest(word, &known)));
            }
        }
    }
}

/// Contracts that no anchor has, by tracer, each where it stands.
pub(super) fn no_contracts(root: &Node, place: &str, unknown: &[(String, u64)]) -> Vec<Diagnostic> {
    let at = |tracer: &str, contract: u64| {
        let entry = entries(root).iter().find(|entry| entry.name() == Some(tracer))?;
        let list = entry.get("contracts").and_then(Node::list)?;
        list.iter().find(|node| node.value.number() == Some(contract as f64)).map(|node| &node.at)
    };
    let told = |(tracer, contract): &(String, u64)| {
        let title =
            format!("the tracer \"{tracer}\" follows contract {contract}, and no anchor of {place} has it");
        let fault = match at(tracer, *contract) {
            Some(at) => Diagnostic::at(at, title),
            None => Diagnostic::new(title),
        };
        fault
            .label("no contract of this number")
            .help("the numbers stand in needs.csv in the folder of a run")
    };
    unknown.iter().map(told).collect()
}
