//! The parts of a study file one by one, with every fault kept to be told in one go.

use super::settings::{Attribution, StudySettings, of_study};
use super::{Leaf, MOST_SCENARIOS, Open, Planned, Uncertain, leaves, remove};
use crate::scenario::check;
use crate::scenario::diagnostic::{Diagnostic, Origin, Source, suggest};
use crate::scenario::error::{ScenarioError, refuse};
use crate::scenario::overrides::Assignment;
use crate::scenario::shape::{Shape, of_settings};
use crate::scenario::tree::{Node, Value};
use std::path::Path;
use std::sync::Arc;

/// The Sobol sequence has directions for 256 columns, and Sobol indices take two columns a setting.
const MOST_UNCERTAIN: usize = 128;

/// A study file being read.
pub(super) struct Reading {
    source: Arc<Source>,
    pub faults: Vec<Diagnostic>,
}

/// A scenario as the study names it.
pub(super) struct Wanted {
    pub scenario: String,
    /// Where it is named.
    pub at: Node,
    pub name: Option<Assignment>,
}

impl Reading {
    pub fn new(source: Arc<Source>) -> Reading {
        Reading { source, faults: Vec::new() }
    }

    /// Tell what is wrong so far, each fault once.
    pub fn tell(&mut self) -> Result<(), ScenarioError> {
        let mut told: Vec<String> = Vec::new();
        self.faults.retain(|fault| {
            let text = fault.to_string();
            let new = !told.contains(&text);
            told.push(text);
            new
        });
        check::in_order(&mut self.faults);
        refuse(std::mem::take(&mut self.faults))
    }

    pub fn fault(&mut self, at: &Origin, title: String, label: &str, help: Option<String>) {
        self.faults.push(check::with_help(Diagnostic::at(at, title).label(label), help));
    }

    /// Take out the tables whose keys are those of scenarios, and read them.
    pub fn take_open(&mut self, root: &mut Node) -> Open {
        let mut open = Open { uncertain: leaves(remove(root, "uncertain")), ..Open::default() };
        self.no_replicates(&open.uncertain);
        let Value::Table(top) = &mut root.value else { return open };
        if let Some(reference) = top.get_mut("reference") {
            open.set.push(self.sets(&mut reference.node));
        }
        for (key, member) in top.iter_mut() {
            let Value::List(list) = &mut member.node.value else { continue };
            for node in list {
                match key.as_str() {
                    "variant" => {
                        self.no_replicates(&leaves(node.get("set").cloned()));
                        let sets = self.sets(node);
                        open.set.push(sets);
                    }
                    "sweep" => {
                        let over = leaves(remove(node, "over"));
                        self.no_replicates(&over);
                        open.sweeps.push((node.clone(), over));
                    }
                    _ => {}
                }
            }
        }
        open
    }

    /// Every scenario of a study has the same replicates, so that they can be compared.
    fn no_replicates(&mut self, set: &[Leaf]) {
        for (_, at, _) in set.iter().filter(|(key, ..)| key == "run.replicates") {
            let title = "`run.replicates` is that of the whole study, not of one scenario of it".to_owned();
            let help = "write `replicates = 8` at the head of the study, or give --replicates 8".to_owned();
            self.fault(at, title, "would change nothing", Some(help));
        }
    }

    fn sets(&mut self, one: &mut Node) -> Vec<Assignment> {
        let mut read = Vec::new();
        for (key, at, node) in leaves(remove(one, "set")) {
            match Assignment::written(&key, &at, node) {
                Ok(set) => read.push(set),
                Err(faults) => self.faults.extend(faults),
            }
        }
        read
    }

    /// Unknown keys, wrong kinds, numbers out of range, and what must not be left out.
    pub fn check(&mut self, root: &mut Node) {
        self.unknown(root, of_study(), "");
        check::kinds(root, of_study(), "", &mut self.faults);
        if self.faults.is_empty() {
            for key in ["schema", "sensitivity"] {
                if let (Some(node), Some(shape)) = (root.get(key), of_study().get(key)) {
                    check::ranges(node, shape, key, &mut self.faults);
                }
            }
        }
        let start = Origin { source: self.source.clone(), span: 0..0 };
        if root.get("reference").is_none() {
            let help = "for example `[reference]` with `scenario = \"leeds/baseline\"`".to_owned();
            self.fault(&start, "the study has no `[reference]`".into(), "needs one", Some(help));
        }
        if root.get("variant").is_none() && root.get("sweep").is_none() {
            let help =
                "add `[[variant]]` with `scenario = \"leeds/local_first\"`, or a `[[sweep]]`".to_owned();
            self.fault(
                &start,
                "the study compares the reference with nothing".into(),
                "needs a variant or a sweep",
                Some(help),
            );
        }
    }

    /// Tell of unknown keys, and take them out.
    fn unknown(&mut self, node: &mut Node, shape: &Shape, path: &str) {
        match (&mut node.value, shape) {
            (Value::Table(table), Shape::Table(parts)) => {
                let known: Vec<&str> = parts.keys().map(String::as_str).collect();
                table.retain(|key, member| {
                    if let Some(part) = parts.get(key) {
                        self.unknown(&mut member.node, &part.shape, &check::join(path, key));
                        return true;
                    }
                    let place = if path.is_empty() { String::new() } else { format!(" in `{path}`") };
                    let setting = of_settings().leaves().into_iter().any(|leaf| leaf == *key);
                    let help = if setting || of_settings().get(key).is_some() {
                        Some("settings of a scenario stand under `[reference.set]` or `[variant.set]`".into())
                    } else {
                        suggest(key, &known)
                    };
                    self.fault(&member.key, format!("a study has no key `{key}`{place}"), "unknown", help);
                    false
                });
            }
            (Value::List(list), Shape::List(item)) => {
                list.iter_mut().for_each(|node| self.unknown(node, item, path));
            }
            _ => {}
        }
    }

    /// Settings that the study gives to every scenario.
    pub fn whole(&mut self, root: &Node) -> Vec<Assignment> {
        let mut sets = Vec::new();
        for key in ["replicates", "years", "scale", "seed"] {
            let Some(member) = root.table().and_then(|table| table.get(key)) else { continue };
            match Assignment::written(&format!("run.{key}"), &member.key, member.node.clone()) {
                Ok(set) => sets.push(set),
                Err(faults) => self.faults.extend(faults),
            }
        }
        sets
    }

    /// The reference and the variants as the file names them.
    pub fn ones(&mut self, root: &Node) -> Vec<Wanted> {
        let Some(reference) = root.get("reference") else { return Vec::new() };
        let variants = root.get("variant").and_then(Node::list).unwrap_or_default();
        let mut all: Vec<Wanted> = Vec::new();
        for node in std::iter::once(reference).chain(variants) {
            let name = node.table().and_then(|table| table.get("name"));
            let name = name.and_then(|m| Assignment::written("name", &m.key, m.node.clone()).ok());
            match (node.get("scenario"), all.first()) {
                (Some(scenario), _) => {
                    let text = scenario.text().unwrap_or_default().to_owned();
                    all.push(Wanted { scenario: text, at: scenario.clone(), name });
                }
                (None, Some(first)) => {
                    if name.is_none() {
                        let title = "a variant that starts from the reference's scenario needs a `name`";
                        self.fault(&node.at, title.into(), "no `scenario` and no `name`", None);
                    }
                    all.push(Wanted { scenario: first.scenario.clone(), at: first.at.clone(), name });
                }
                (None, None) => {
                    let help = "for example `scenario = \"leeds/baseline\"`".to_owned();
                    let title = "the reference names no scenario".to_owned();
                    self.fault(&node.at, title, "needs `scenario`", Some(help));
                    return Vec::new();
                }
            }
        }
        all
    }

    /// Tables and charts tell scenarios apart by name.
    pub fn unlike_names(&mut self, planned: &[Planned]) {
        for (i, one) in planned.iter().enumerate() {
            let same = |other: &Planned| other.name().eq_ignore_ascii_case(one.name());
            if planned[..i].iter().any(same) {
                let at = one.scenario.sources.at(&["name"]).cloned();
                let title = format!("two scenarios of the study are called `{}`", one.name());
                let at = at.unwrap_or(Origin { source: self.source.clone(), span: 0..0 });
                self.fault(&at, title, "second of this name", Some("give the variant a `name`".into()));
            }
        }
    }

    /// All scenarios together, those of every sweep and their references among them.
    pub fn not_too_many(&mut self, planned: &[Planned]) {
        if planned.len() > MOST_SCENARIOS {
            let at = Origin { source: self.source.clone(), span: 0..0 };
            let title =
                format!("the study has {} scenarios, and {MOST_SCENARIOS} are the most", planned.len());
            let help = "sweep over fewer values, or make a study of each sweep".to_owned();
            self.fault(&at, title, "too many scenarios", Some(help));
        }
    }

    /// The variants to take apart.
    pub fn named(&mut self, root: &Node, planned: &[Planned], of: &Attribution) -> Vec<usize> {
        if of.of.is_empty() {
            return (0..planned.len()).filter(|i| planned[*i].against.is_some()).collect();
        }
        let nodes = root.find(&["attribution", "of"]).and_then(Node::list).unwrap_or_default().to_vec();
        let mut found = Vec::new();
        for (name, node) in of.of.iter().zip(nodes) {
            found.extend(self.variant(name, &node.at, planned));
        }
        found
    }

    /// A variant by name.
    pub fn variant(&mut self, name: &str, at: &Origin, planned: &[Planned]) -> Option<usize> {
        let found = planned.iter().position(|one| one.against.is_some() && one.name() == name);
        if found.is_none() {
            let names: Vec<&str> =
                planned.iter().filter(|p| p.against.is_some()).map(Planned::name).collect();
            self.fault(at, format!("the study has no variant \"{name}\""), "unknown", suggest(name, &names));
        }
        found
    }

    /// Asking what the answer hangs on needs something that is uncertain.
    pub fn needs_uncertain(&mut self, root: &Node, settings: &StudySettings, uncertain: &[Uncertain]) {
        if uncertain.len() > MOST_UNCERTAIN {
            let at = Origin { source: self.source.clone(), span: 0..0 };
            let title = format!(
                "the study has {} uncertain settings, and {MOST_UNCERTAIN} are the most",
                uncertain.len()
            );
            self.fault(&at, title, "too many to draw", None);
        }
        let levels = root.find(&["sensitivity", "levels"]);
        if let (Some(node), true) = (levels, settings.sensitivity.as_ref().is_some_and(|s| s.levels % 2 == 1))
        {
            let title = "`sensitivity.levels` must be even, so that steps stay on the grid".to_owned();
            self.fault(&node.at, title, "odd", None);
        }
        let asked = root.table().and_then(|table| table.get("sensitivity"));
        if let (Some(member), Some(_), true) = (asked, &settings.sensitivity, uncertain.is_empty()) {
            let help =
                "for example `\"norms.sourcing_response\" = { low = 0.1, high = 0.5 }` under `[uncertain]`";
            let title = "`sensitivity` asks about uncertain settings, and the study has none".to_owned();
            self.fault(&member.key, title, "nothing to vary", Some(help.into()));
        }
    }

    /// What is to be drawn from the ranges of the defaults, as written.
    pub fn ranges(&self, root: &Node) -> Vec<(String, Origin)> {
        let list = root.find(&["draws", "ranges"]).and_then(Node::list).unwrap_or_default();
        list.iter().filter_map(|node| Some((node.text()?.to_owned(), node.at.clone()))).collect()
    }

    pub fn lead(&self, root: &Node) -> Vec<(String, Origin)> {
        let list = root.get("metrics").and_then(Node::list).unwrap_or_default();
        list.iter().filter_map(|node| Some((node.text()?.to_owned(), node.at.clone()))).collect()
    }

    pub fn stem(&self, what: &str) -> String {
        Path::new(what).file_stem().map_or(what.into(), |stem| stem.to_string_lossy().into_owned())
    }
}
