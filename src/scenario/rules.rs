//! Checks that look at several settings at once, or at the place: dates, weights, bidders, anchors.

use super::check::with_help;
use super::diagnostic::{Diagnostic, Origin, suggest};
use super::settings::{Reach, Settings};
use super::tracers;
use super::tree::Node;
use crate::base::date::Date;

/// The merged settings with, for each value, the text it came from.
#[derive(Clone, Debug)]
pub struct Sources {
    pub(super) root: Node,
}

impl Sources {
    /// Where the value at a path of keys was written.
    pub fn at(&self, path: &[&str]) -> Option<&Origin> {
        self.root.find(path).map(|node| &node.at)
    }

    /// The entries of a lever.
    fn entries(&self, lever: &str) -> &[Node] {
        self.root.find(&["policy", lever]).and_then(Node::list).unwrap_or_default()
    }
}

/// Check the settings against the place's anchors and spending categories.
pub fn validate(
    settings: &Settings,
    sources: &Sources,
    anchors: &[String],
    categories: &[String],
) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    tracers::of_place(&sources.root, &settings.place, anchors, categories, &mut faults);
    for (lever, i, reach) in settings.policy.reaches() {
        let Some(entry) = sources.entries(lever).get(i) else { continue };
        for (key, what, chosen, known) in [
            ("anchors", "anchor", &reach.anchors, anchors),
            ("categories", "spending category", &reach.categories, categories),
        ] {
            let nodes = entry.get(key).and_then(Node::list).unwrap_or_default();
            for (word, node) in chosen.iter().zip(nodes).filter(|(word, _)| !known.contains(word)) {
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                let title = format!("{} has no {what} \"{word}\"", settings.place);
                faults
                    .push(with_help(Diagnostic::at(&node.at, title).label("unknown"), suggest(word, &known)));
            }
        }
    }
    faults
}

/// Dates, weights and counts that do not fit together, in the merged settings.
pub fn together(root: &Node) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    weights(root, &mut faults);
    let start = root.find(&["run", "start"]).and_then(|node| date(node, "run.start", &mut faults));
    tracers::together(root, start, &mut faults);
    for (lever, member) in root.get("policy").and_then(Node::table).into_iter().flatten() {
        for entry in member.node.list().unwrap_or_default() {
            dates(lever, entry, start, &mut faults);
            anchors_twice(lever, entry, &mut faults);
            if lever == "local_invitations" {
                invitations(root, entry, &mut faults);
            }
        }
    }
    faults
}

const WEIGHTS: [&str; 3] = ["price_weight", "quality_weight", "social_value_weight"];

fn weights(root: &Node, faults: &mut Vec<Diagnostic>) {
    let nodes: Vec<&Node> = WEIGHTS.iter().filter_map(|key| root.find(&["procurement", key])).collect();
    let values: Vec<f64> = nodes.iter().filter_map(|node| node.value.number()).collect();
    let sum: f64 = values.iter().sum();
    if values.len() < 3 || !sum.is_finite() || (sum - 1.0).abs() < 1e-9 {
        return;
    }
    // Blame a weight that the user wrote, rather than a default.
    let written = nodes.iter().find(|node| node.at.source.dir.is_some()).unwrap_or(&nodes[0]);
    let sum = (sum * 1e6).round() / 1e6;
    let parts: Vec<String> = WEIGHTS.iter().zip(&values).map(|(key, x)| format!("{key} {x}")).collect();
    let title = format!("the weights of price, quality and social value sum to {sum}, not 1");
    let fault = Diagnostic::at(&written.at, title).label("one of the three weights");
    faults.push(fault.help(format!("they are {}; set all three", parts.join(", "))));
}

/// A month as written, or none with the fault told.
pub(super) fn date(node: &Node, key: &str, faults: &mut Vec<Diagnostic>) -> Option<Date> {
    let text = node.text()?;
    let date = Date::parse(text).filter(|date| (1900..2200).contains(&date.year()));
    if date.is_none() {
        let fault = Diagnostic::at(&node.at, format!("`{key}` cannot be \"{text}\"")).label("not a month");
        faults.push(
            fault.help("write year and month as \"YYYY-MM\", for example \"2026-04\", from 1900 to 2199"),
        );
    }
    date
}

fn dates(lever: &str, entry: &Node, run_start: Option<Date>, faults: &mut Vec<Diagnostic>) {
    let mut read = |key: &str| {
        let node = entry.get(key)?;
        Some((node, date(node, &format!("policy.{lever}.{key}"), faults)?))
    };
    let (start, end) = (read("start"), read("end"));
    if let (Some((node, start)), Some(run)) = (start, run_start)
        && start < run
    {
        let title = format!("`policy.{lever}` starts in {start}, before the run does in {run}");
        let fault = Diagnostic::at(&node.at, title).label("before the start of the run");
        faults.push(fault.help(format!("start it in {run} or later, or set `run.start` earlier")));
    }
    if let (Some((node, end)), Some(start)) = (end, start.map(|(_, start)| start).or(run_start))
        && end <= start
    {
        let title = format!("`policy.{lever}` ends in {end}, which is not after its start in {start}");
        let fault = Diagnostic::at(&node.at, title).label("first month no longer in force");
        faults.push(fault.help(format!("end it in {} or later, or leave `end` out", start.plus(1))));
    }
}

/// An anchor or a category listed twice, which is a slip of the pen.
fn anchors_twice(lever: &str, entry: &Node, faults: &mut Vec<Diagnostic>) {
    for key in ["anchors", "categories"] {
        let list = entry.get(key).and_then(Node::list).unwrap_or_default();
        for (i, node) in list.iter().enumerate() {
            let word = node.text();
            if list[..i].iter().any(|earlier| earlier.text() == word) {
                let title = format!("`policy.{lever}.{key}` lists \"{}\" twice", word.unwrap_or_default());
                faults.push(Diagnostic::at(&node.at, title).label("again").help("take one out"));
            }
        }
    }
}

fn invitations(root: &Node, entry: &Node, faults: &mut Vec<Diagnostic>) {
    let bidders = root.find(&["procurement", "bidders"]).and_then(|node| node.value.number());
    let wanted = entry.get("at_least").and_then(|node| Some((node, node.value.number()?)));
    if let (Some(bidders), Some((node, wanted))) = (bidders, wanted)
        && wanted > bidders
    {
        let title = format!(
            "`policy.local_invitations.at_least` is {wanted}, more than the {bidders} bidders invited"
        );
        let fault = Diagnostic::at(&node.at, title).label("more than all");
        faults.push(fault.help(format!("write {bidders} or less, or raise `procurement.bidders`")));
    }
}

impl super::settings::Policy {
    /// Every entry's reach, with its lever and its position in that lever's list.
    pub fn reaches(&self) -> Vec<(&'static str, usize, &Reach)> {
        fn of<'a, T>(
            lever: &'static str,
            list: &'a [T],
            reach: fn(&T) -> &Reach,
        ) -> Vec<(&'static str, usize, &'a Reach)> {
            list.iter().enumerate().map(|(i, entry)| (lever, i, reach(entry))).collect()
        }
        let mut all = of("local_preference", &self.local_preference, |entry| &entry.reach);
        all.extend(of("local_invitations", &self.local_invitations, |entry| &entry.reach));
        all.extend(of("price_weight", &self.price_weight, |entry| &entry.reach));
        all.extend(of("procurement_budget", &self.procurement_budget, |entry| &entry.reach));
        all
    }
}
