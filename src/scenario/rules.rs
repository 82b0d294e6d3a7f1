//! Checks that look at several settings at once, or at the place: dates, anchors.

use super::check::with_help;
use super::contradictions;
use super::diagnostic::{Diagnostic, Origin, suggest};
use super::overrides::COMMAND_LINE;
use super::settings::Settings;
use super::shocks;
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

    /// Whether the value at a path of keys was typed on the command line, by an option or in whatever way of `--set`.
    pub fn is_typed(&self, path: &[&str]) -> bool {
        self.at(path).is_some_and(|at| at.source.label == COMMAND_LINE)
    }

    /// Where a key of a lever's entry was written, or the entry.
    pub(super) fn of_entry(&self, lever: &str, entry: usize, key: &str) -> Option<&Origin> {
        let entry = self.entries(lever).get(entry)?;
        Some(entry.get(key).map_or(&entry.at, |node| &node.at))
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
    shocks::of_place(&sources.root, &settings.place, anchors, &mut faults);
    faults.extend(contradictions::found(settings, sources));
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

/// Dates and lists that do not fit together, in the merged settings.
pub fn together(root: &Node) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    faults.extend(root.find(&["name"]).and_then(nameless));
    faults.extend(root.find(&["name"]).and_then(unprintable));
    faults.extend(root.find(&["name"]).and_then(too_long));
    let start = root.find(&["run", "start"]).and_then(|node| date(node, "run.start", &mut faults));
    impulse(root, start, &mut faults);
    tracers::together(root, start, &mut faults);
    shocks::together(root, start, &mut faults);
    for (lever, member) in root.get("policy").and_then(Node::table).into_iter().flatten() {
        for entry in member.node.list().unwrap_or_default() {
            dates(lever, entry, start, &mut faults);
            anchors_twice(lever, entry, &mut faults);
        }
    }
    faults
}

/// A name of which tables and folders would show nothing.
fn nameless(name: &Node) -> Option<Diagnostic> {
    let fault = || Diagnostic::at(&name.at, "`name` is empty").label("names nothing");
    let help =
        "write a few words for tables and charts, or leave `name` out to call the scenario by its file";
    name.text().is_some_and(|name| name.trim().is_empty()).then(|| fault().help(help))
}

/// A name with a line's end or another control character, which neither a line of text nor a chart can hold.
fn unprintable(name: &Node) -> Option<Diagnostic> {
    let character = name.text()?.chars().find(|c| c.is_control())?;
    let title =
        format!("`name` holds the control character {character:?}, which tables and charts cannot show");
    Some(
        Diagnostic::at(&name.at, title)
            .label("not to be printed")
            .help("write the name in one line of plain text"),
    )
}

/// Bytes of a name that fit into names of files and folders, which may take 255: charts put words before it, folders after it.
const LONGEST: usize = 200;

/// A name that no folder or chart can have.
fn too_long(name: &Node) -> Option<Diagnostic> {
    let long = name.text()?.to_lowercase().len().max(name.text()?.len());
    let title = format!("`name` takes {long} bytes, and files and folders are called by it");
    let fault = Diagnostic::at(&name.at, title).label("too long");
    let help = format!(
        "shorten `name` to {LONGEST} bytes (letters with accents take two), and say the rest in `description`"
    );
    (long > LONGEST).then(|| fault.help(help))
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

/// The months of an extra spend lie within the run.
fn impulse(root: &Node, run_start: Option<Date>, faults: &mut Vec<Diagnostic>) {
    let of = |key: &str| root.find(&["impulse", key]);
    let number = |path: &[&str]| root.find(path).and_then(|node| node.value.number());
    let amount = number(&["impulse", "amount_gbp"]).unwrap_or(0.0);
    let start = of("start").filter(|node| node.text().is_some_and(|text| !text.is_empty()));
    let from = match start {
        Some(node) => date(node, "impulse.start", faults),
        None => run_start,
    };
    let (Some(from), Some(run)) = (from, run_start) else { return };
    if let (Some(node), true) = (start, from < run) {
        let title = format!("`impulse.start` is {from}, before the run starts in {run}");
        let fault = Diagnostic::at(&node.at, title).label("before the start of the run");
        faults.push(fault.help(format!("start it in {run} or later, or set `run.start` earlier")));
        return;
    }
    let (Some(years), Some(months)) = (number(&["run", "years"]), number(&["impulse", "months"])) else {
        return;
    };
    let ends = from.since(run) as f64 + months;
    if let (true, Some(node)) = (amount > 0.0 && ends > 12.0 * years, of("months")) {
        let title =
            format!("the extra spend goes on for {months} months from {from}, beyond the end of the run");
        let fault = Diagnostic::at(&node.at, title).label("longer than the run");
        faults.push(
            fault.help(format!(
                "simulate {} years or more (`run.years`), or spend sooner",
                (ends / 12.0).ceil()
            )),
        );
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
