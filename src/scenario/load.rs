//! From a name or a path to a scenario: find, layer, check, resolve.

use super::diagnostic::{Diagnostic, suggest};
use super::embedded;
use super::error::{ScenarioError, refuse};
use super::keys::DEFAULTS;
use super::layers::{self, Layer};
use super::overrides::{Assignment, Override};
use super::rules::{self, Sources};
use super::settings::Settings;
use super::shape::of_settings;
use super::tree::{Member, Node, Value};
use super::{check, merge};
use crate::base::date::Date;
use crate::place::{self, Place};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// A scenario, resolved and checked but for the place's anchors and categories.
#[derive(Clone, Debug)]
pub struct Scenario {
    pub settings: Settings,
    /// First month after burn-in.
    pub start: Date,
    /// Every setting in one canonical TOML text; it can be loaded again.
    pub resolved_toml: String,
    /// SHA-256 of `resolved_toml`, in hexadecimal.
    pub hash: String,
    /// The folder against which a town file in `settings.place` is read.
    pub base_dir: PathBuf,
    /// Where each value was written.
    pub sources: Sources,
}

impl Scenario {
    /// The same with more settings laid over it.
    pub fn with(&self, assignments: Vec<Assignment>) -> Result<Scenario, ScenarioError> {
        let mut root = self.sources.root.clone();
        refuse(assignments.into_iter().filter_map(|set| set.apply(&mut root).err()).collect())?;
        checked(root)
    }

    /// The same under other settings, made by the program and not by a user.
    pub fn under(&self, settings: Settings) -> Result<Scenario, ScenarioError> {
        let (resolved_toml, hash) = canonical(&settings)?;
        Ok(Scenario { settings, resolved_toml, hash, ..self.clone() })
    }

    /// Check against the place's anchors and spending categories, by id.
    pub fn check_place(&self, anchors: &[String], categories: &[String]) -> Result<(), ScenarioError> {
        refuse(rules::validate(&self.settings, &self.sources, anchors, categories))
    }

    /// Contracts that its tracers name and the city does not have, told where they stand.
    pub fn no_contracts(&self, unknown: &[(String, u64)]) -> ScenarioError {
        ScenarioError::Invalid(super::tracers::no_contracts(
            &self.sources.root,
            &self.settings.place,
            unknown,
        ))
    }

    /// The place, with the scenario checked against it.
    pub fn load_place(&self) -> Result<Place, ScenarioError> {
        let place = place::load_under(&self.settings.place, &self.base_dir, &self.settings.city)?;
        self.fits(&place)?;
        Ok(place)
    }

    /// Check against a place that has been loaded.
    pub fn fits(&self, place: &Place) -> Result<(), ScenarioError> {
        self.check_place(&place.anchor_ids(), &place.category_ids())?;
        refuse(super::impulse::validate(&self.settings, &self.sources, place))
    }
}

/// Load a scenario by path or embedded name, with `key=value` settings laid over it.
pub fn load(what: &str, sets: &[String]) -> Result<Scenario, ScenarioError> {
    let mut overrides = Vec::new();
    let mut faults = Vec::new();
    for text in sets {
        match Override::set(text) {
            Ok(set) => overrides.push(set),
            Err(fault) => faults.push(fault),
        }
    }
    refuse(faults)?;
    load_with(what, &overrides)
}

/// The same, with settings from options of the command line too.
pub fn load_with(what: &str, overrides: &[Override]) -> Result<Scenario, ScenarioError> {
    let chain = layers::chain(layers::find(what)?)?;
    let mut faults: Vec<Diagnostic> = chain.iter().flat_map(|layer| check::text(&layer.root)).collect();
    let (assignments, more) = read_all(overrides);
    faults.extend(more);
    if !faults.is_empty() {
        if let Ok(root) = layered(what, chain, assignments) {
            let base_dir = base_dir(&root, &mut Vec::new());
            faults.extend(names(&root, &base_dir));
        }
        return Err(ScenarioError::Invalid(faults));
    }
    checked(layered(what, chain, assignments)?)
}

/// Read settings of the command line; what cannot be read is told.
pub(super) fn read_all(overrides: &[Override]) -> (Vec<Assignment>, Vec<Diagnostic>) {
    let (mut assignments, mut faults) = (Vec::new(), Vec::new());
    for set in overrides {
        match set.read() {
            Ok(assignment) => assignments.push(assignment),
            Err(more) => faults.extend(more),
        }
    }
    (assignments, faults)
}

/// The same, from a text that has been found already, with settings that have been read.
pub(super) fn load_layer(
    what: &str,
    top: Layer,
    assignments: Vec<Assignment>,
) -> Result<Scenario, ScenarioError> {
    let chain = layers::chain(top)?;
    refuse(chain.iter().flat_map(|layer| check::text(&layer.root)).collect())?;
    checked(layered(what, chain, assignments)?)
}

/// Leeds as it is, as the program carries it: no file of that name is asked.
pub fn plain() -> Result<Scenario, ScenarioError> {
    let what = "leeds/baseline";
    let (name, text) = embedded::scenario(what).unwrap_or((what, ""));
    load_layer(what, layers::built_in(name, text)?, Vec::new())
}

/// Merged settings, checked and resolved.
fn checked(root: Node) -> Result<Scenario, ScenarioError> {
    let mut faults = Vec::new();
    check::ranges(&root, of_settings(), "", &mut faults);
    faults.extend(rules::together(&root));
    let base_dir = base_dir(&root, &mut faults);
    if !faults.is_empty() {
        faults.extend(names(&root, &base_dir));
    }
    check::in_order(&mut faults);
    refuse(faults)?;
    resolve(Sources { root }, base_dir)
}

/// What tracers and shocks name and the place does not have, where settings that are wrong otherwise would hide it.
fn names(root: &Node, base_dir: &Path) -> Vec<Diagnostic> {
    let Some(name) = root.get("place").and_then(Node::text) else { return Vec::new() };
    let Ok(place) = place::load(name, base_dir) else { return Vec::new() };
    let mut faults = Vec::new();
    super::tracers::of_place(root, name, &place.anchor_ids(), &place.category_ids(), &mut faults);
    super::shocks::of_place(root, name, &place.anchor_ids(), &mut faults);
    faults
}

/// The scenario of a town that is held in memory: the textbook model, with what `text` lays over it.
pub fn of_town(text: &str) -> Result<Scenario, ScenarioError> {
    let chain = vec![layers::built_in("town", text)?];
    let root = layered("town", chain, Vec::new())?;
    resolve(Sources { root }, PathBuf::from("."))
}

/// Defaults, the place's overlay, the chain of files, the command line.
fn layered(what: &str, chain: Vec<Layer>, assignments: Vec<Assignment>) -> Result<Node, ScenarioError> {
    let mut root = layers::built_in("defaults", DEFAULTS)?.root;
    let place = assignments.iter().rev().find_map(|set| set.sets(&["place"]));
    let place = place.or_else(|| chain.iter().rev().find_map(|layer| layer.root.get("place")));
    let place = place.or_else(|| root.get("place")).and_then(Node::text).unwrap_or_default();
    let (label, overlay) = embedded::overlay(place);
    merge::lay(&mut root, layers::built_in(label, overlay)?.root);
    let last = chain.len() - 1;
    for (i, mut layer) in chain.into_iter().enumerate() {
        own_title(&mut layer.root, what, i == last);
        merge::lay(&mut root, layer.root);
    }
    let mut faults = Vec::new();
    for assignment in assignments {
        faults.extend(assignment.apply(&mut root).err());
    }
    refuse(faults)?;
    Ok(root)
}

/// Name and description belong to one file: they are not inherited, and a nameless file is called by its stem.
fn own_title(root: &mut Node, what: &str, own: bool) {
    let at = root.at.clone();
    let Value::Table(table) = &mut root.value else { return };
    if !own {
        table.remove("name");
        table.remove("description");
    } else if !table.contains_key("name") {
        let stem =
            Path::new(what).file_stem().map_or(what.into(), |stem| stem.to_string_lossy().into_owned());
        let node = Node { value: Value::Text(stem), at: at.clone() };
        table.insert("name".into(), Member { key: at, node });
    }
}

/// The folder of the text that names the place; a place that is neither embedded nor a file is a fault.
fn base_dir(root: &Node, faults: &mut Vec<Diagnostic>) -> PathBuf {
    let here = PathBuf::from(".");
    let Some(node) = root.get("place") else { return here };
    let place = node.text().unwrap_or_default();
    let dir = node.at.source.dir.clone().unwrap_or(here);
    let carried = node.at.source.dir.is_none() && place::embedded_town(place).is_some();
    if embedded::PLACES.contains(&place) || dir.join(place).is_file() || carried {
        return dir;
    }
    let fault = if place.ends_with(".toml") {
        let path = layers::tidy(&dir.join(place));
        Diagnostic::at(&node.at, format!("the town file `{place}` is missing"))
            .label(if path.is_dir() { "it is a folder" } else { "no such file" })
            .help(format!("looked for {}; a path is relative to the file that names it", path.display()))
    } else {
        let fault = Diagnostic::at(&node.at, format!("there is no place `{place}`"));
        let fault = check::with_help(fault.label("unknown"), suggest(place, embedded::PLACES));
        fault.help("a town of your own is a file whose name ends in .toml")
    };
    faults.push(fault);
    dir
}

fn resolve(sources: Sources, base_dir: PathBuf) -> Result<Scenario, ScenarioError> {
    let misfit = |cause: &dyn std::fmt::Display| ScenarioError::Misfit(cause.to_string());
    let settings = Settings::deserialize(sources.root.plain()).map_err(|cause| misfit(&cause))?;
    let (resolved_toml, hash) = canonical(&settings)?;
    let start = Date::parse(&settings.run.start).ok_or_else(|| misfit(&"run.start is no month"))?;
    Ok(Scenario { settings, start, resolved_toml, hash, base_dir, sources })
}

/// Settings as TOML, and the SHA-256 of it.
pub fn canonical(settings: &Settings) -> Result<(String, String), ScenarioError> {
    let text = toml::to_string(settings).map_err(|cause| ScenarioError::Misfit(cause.to_string()))?;
    let hash = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((text, hash))
}
