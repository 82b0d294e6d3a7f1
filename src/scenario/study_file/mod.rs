//! Study files: a reference, variants, sweeps, and what is asked of them, resolved to scenarios that can be run.

mod parts;
pub mod settings;
mod sweep;
mod sweep_names;
mod uncertain;

use super::check;
use super::diagnostic::{Diagnostic, Origin, Source};
use super::error::{ScenarioError, refuse};
use super::layers;
use super::load::{Scenario, load_layer, read_all};
use super::overrides::{Assignment, Override};
use super::shape::{Shape, of_settings};
use super::tree::{Node, Value, parse};
use parts::Reading;
use serde::Deserialize;
use settings::{Attribution, DrawMethod, Sensitivity, StudySettings};
use sha2::{Digest, Sha256};
use std::sync::Arc;
pub use uncertain::{Law, Uncertain};

/// Scenarios that one study may hold.
const MOST_SCENARIOS: usize = 2000;

/// A study, with every scenario resolved and checked.
#[derive(Clone, Debug)]
pub struct Study {
    pub name: String,
    pub description: String,
    /// The reference first.
    pub scenarios: Vec<Planned>,
    /// Metrics to lead with, as written, with their places; ids are for those to check who know the metrics.
    pub lead: Vec<(String, Origin)>,
    pub uncertain: Vec<Uncertain>,
    pub method: DrawMethod,
    pub sensitivity: Option<Sensitivity>,
    /// Numbers of the scenarios to take apart, and how.
    pub attribution: Option<(Vec<usize>, Attribution)>,
    /// The file as written.
    pub text: String,
    /// SHA-256 of it.
    pub hash: String,
    /// The file as read, its open tables left out.
    root: Node,
}

impl Study {
    /// Where the file says what is at a path of keys, or as much of it as it has.
    pub fn at(&self, path: &[&str]) -> Origin {
        let found = (1..=path.len()).rev().find_map(|n| self.root.find(&path[..n]));
        let start = || Origin { source: self.root.at.source.clone(), span: 0..0 };
        found.map_or_else(start, |node| node.at.clone())
    }
}

/// A scenario of the study.
#[derive(Clone, Debug)]
pub struct Planned {
    pub scenario: Scenario,
    /// The scenario that it is compared with; none for a reference.
    pub against: Option<usize>,
    /// Keys and values that a sweep gave it.
    pub swept: Vec<(String, String)>,
}

impl Planned {
    pub fn name(&self) -> &str {
        &self.scenario.settings.name
    }
}

/// Load a study by path or embedded name, with settings of the command line over every scenario of it.
pub fn load_study(what: &str, overrides: &[Override]) -> Result<Study, ScenarioError> {
    let (source, root) = layers::find_study(what)?;
    let (command_line, faults) = read_all(overrides);
    let mut file = File::read(source, root, faults)?;
    let whole = file.read.whole(&file.root);
    let mut planned: Vec<Planned> = Vec::new();
    for (i, one) in file.read.ones(&file.root).into_iter().enumerate() {
        let mut sets = whole.clone();
        sets.extend(file.open.set.get(i).into_iter().flatten().cloned());
        sets.extend(one.name.clone());
        sets.extend(command_line.clone());
        let layer = layers::open_named(&file.source, &one.scenario, &one.at, "scenario of this study");
        match layer.and_then(|layer| load_layer(&one.scenario, layer, sets)) {
            Ok(scenario) => {
                planned.push(Planned { scenario, against: (i > 0).then_some(0), swept: Vec::new() })
            }
            Err(ScenarioError::Invalid(faults)) => file.read.faults.extend(faults),
            Err(other) => return Err(other),
        }
    }
    file.read.tell()?;
    file.read.unlike_names(&planned);
    sweep::expand(&mut planned, &file.open.sweeps, &mut file.read)?;
    let name = file.settings.name.clone();
    let name = if name.is_empty() { file.read.stem(what) } else { name };
    file.study(name, planned)
}

/// A study again, from its text and its scenarios as they were resolved: what the text names is not looked for.
pub fn again(name: &str, text: &str, planned: Vec<Planned>) -> Result<Study, ScenarioError> {
    let source = Arc::new(Source { label: name.into(), text: text.into(), dir: None });
    let root = parse(&source)?;
    File::read(source, root, Vec::new())?.study(name.to_owned(), planned)
}

/// A study file that has been read, its open tables apart from the rest.
struct File {
    source: Arc<Source>,
    root: Node,
    open: Open,
    settings: StudySettings,
    read: Reading,
}

impl File {
    /// Read what the file says by itself; with `faults` found before.
    fn read(source: Arc<Source>, mut root: Node, faults: Vec<Diagnostic>) -> Result<File, ScenarioError> {
        refuse_other(&root)?;
        let mut read = Reading::new(source.clone());
        let open = read.take_open(&mut root);
        read.check(&mut root);
        read.faults.extend(faults);
        refuse(std::mem::take(&mut read.faults))?;
        let settings = StudySettings::deserialize(root.plain())
            .map_err(|cause| ScenarioError::Misfit(cause.to_string()))?;
        Ok(File { source, root, open, settings, read })
    }

    /// The study of these scenarios.
    fn study(self, name: String, planned: Vec<Planned>) -> Result<Study, ScenarioError> {
        let File { source, root, open, settings, mut read } = self;
        let mut uncertain = uncertain::read(&open.uncertain, &planned, &mut read);
        uncertain.extend(uncertain::from_defaults(&read.ranges(&root), &open.uncertain, &planned, &mut read));
        let attribution =
            settings.attribution.as_ref().map(|of| (read.named(&root, &planned, of), of.clone()));
        read.needs_uncertain(&root, &settings, &uncertain);
        read.not_too_many(&planned);
        read.tell()?;
        Ok(Study {
            name,
            description: settings.description,
            scenarios: planned,
            lead: read.lead(&root),
            uncertain,
            method: settings.draws.method,
            sensitivity: settings.sensitivity,
            attribution,
            hash: hash(&source.text),
            text: source.text.clone(),
            root,
        })
    }
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a file or an embedded text says that it is a study.
pub fn is_study(what: &str) -> bool {
    let root = layers::find_study(what).map(|(_, root)| root);
    root.is_ok_and(|root| root.get("kind").and_then(Node::text) == Some("study"))
}

/// A scenario or a town, given where a study is wanted.
fn refuse_other(root: &Node) -> Result<(), Diagnostic> {
    if root.get("kind").is_some() || root.get("reference").is_some() {
        return Ok(());
    }
    let at = Origin { source: root.at.source.clone(), span: 0..0 };
    let town = ["anchor", "supplier", "household"].into_iter().any(|key| root.get(key).is_some());
    let what = if town { "a town file" } else { "a scenario" };
    Err(Diagnostic::at(&at, format!("this is {what}, not a study file"))
        .label("a study says `kind = \"study\"` and has a `[reference]`")
        .help("run a scenario with `recirc run FILE`; `recirc study` with no file runs the study of Leeds"))
}

/// A dotted key of an open table, where it stands, and its value.
type Leaf = (String, Origin, Node);

/// The open tables of a study, read as settings of scenarios.
#[derive(Debug, Default)]
struct Open {
    /// Of the reference, then of each variant.
    set: Vec<Vec<Assignment>>,
    sweeps: Vec<(Node, Vec<Leaf>)>,
    uncertain: Vec<Leaf>,
}

fn remove(node: &mut Node, key: &str) -> Option<Node> {
    let Value::Table(table) = &mut node.value else { return None };
    table.remove(key).map(|member| member.node)
}

/// The leaves of an open table as dotted keys.
fn leaves(table: Option<Node>) -> Vec<Leaf> {
    let mut found = Vec::new();
    if let Some(node) = table {
        flat("", &node, &mut found);
    }
    found
}

/// The leaves of an open table: a table goes on as long as it stands for a table of settings.
fn flat(path: &str, node: &Node, found: &mut Vec<Leaf>) {
    let Value::Table(table) = &node.value else { return };
    for (key, member) in table {
        let key = check::join(path, key);
        let mut shape = Some(of_settings());
        for step in key.split('.') {
            shape = shape.and_then(|shape| shape.get(step));
        }
        match shape {
            Some(Shape::Table(_)) if member.node.table().is_some() => flat(&key, &member.node, found),
            _ => found.push((key, member.key.clone(), member.node.clone())),
        }
    }
}
