//! Checks of shocks that look at several settings at once, or at the place.

use super::check::with_help;
use super::diagnostic::{Diagnostic, suggest};
use super::rules::date;
use super::tree::Node;
use crate::base::date::Date;
use crate::place::vocabulary::Sector;

fn entries(root: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let kinds = root.get("shock").and_then(Node::table).into_iter().flatten();
    kinds.flat_map(|(kind, member)| {
        member.node.list().unwrap_or_default().iter().map(move |entry| (kind.as_str(), entry))
    })
}

/// Dates within the run, and sections that exist.
pub(super) fn together(root: &Node, run_start: Option<Date>, faults: &mut Vec<Diagnostic>) {
    for (kind, entry) in entries(root) {
        let mut read = |key: &str| {
            let node = entry.get(key)?;
            Some((node, date(node, &format!("shock.{kind}.{key}"), faults)?))
        };
        let (start, end) = (read("start"), read("end"));
        if let (Some((node, start)), Some(run)) = (start, run_start)
            && start < run
        {
            let title = format!("`shock.{kind}` strikes in {start}, before the run starts in {run}");
            let fault = Diagnostic::at(&node.at, title).label("before the start of the run");
            faults.push(fault.help(format!("date it {run} or later, or set `run.start` earlier")));
        }
        if let (Some((node, end)), Some((_, start))) = (end, start)
            && end <= start
        {
            let title = format!("`shock.{kind}` ends in {end}, which is not after its start in {start}");
            let fault = Diagnostic::at(&node.at, title).label("first month at the old price again");
            faults.push(fault.help(format!("end it in {} or later, or leave `end` out", start.plus(1))));
        }
        if let Some((node, word)) = entry.get("section").and_then(|node| Some((node, node.text()?)))
            && section(word).is_none()
        {
            let title = format!("`shock.{kind}.section` cannot be \"{word}\"");
            let fault = Diagnostic::at(&node.at, title).label("no section");
            faults.push(fault.help("a letter from A to S, for example \"C\" for manufacturing"));
        }
    }
}

/// A section by its letter.
pub fn section(word: &str) -> Option<Sector> {
    Sector::ALL.iter().copied().find(|sector| sector.label().eq_ignore_ascii_case(word))
}

/// Anchors that the place has.
pub(super) fn of_place(root: &Node, place: &str, anchors: &[String], faults: &mut Vec<Diagnostic>) {
    for (_, entry) in entries(root) {
        for node in entry.get("anchors").and_then(Node::list).unwrap_or_default() {
            let Some(word) = node.text().filter(|word| !anchors.iter().any(|known| known == word)) else {
                continue;
            };
            let known: Vec<&str> = anchors.iter().map(String::as_str).collect();
            let title = format!("{place} has no anchor \"{word}\"");
            faults.push(with_help(Diagnostic::at(&node.at, title).label("unknown"), suggest(word, &known)));
        }
    }
}
