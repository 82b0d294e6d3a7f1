//! The texts of a scenario, from the defaults to the file itself.

use super::diagnostic::{Diagnostic, Source, nearest};
use super::embedded;
use super::error::ScenarioError;
use super::tree::{Node, Value, parse};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// One text of the chain, read.
pub struct Layer {
    pub source: Arc<Source>,
    pub root: Node,
    /// Tells two readings of one file apart from two files.
    id: String,
}

/// The file or embedded scenario that `what` means. A file comes first.
pub fn find(what: &str) -> Result<Layer, ScenarioError> {
    let path = Path::new(what);
    // A folder of that name hides nothing: results may lie in one.
    if path.is_file() {
        return open(path);
    }
    match embedded::scenario(what) {
        Some((name, text)) => read(embedded_source(name, text), format!("embedded {name}")),
        None if path.exists() => open(path),
        None => {
            let other =
                embedded::study(what).map(|(name, _)| format!("it is a study: `recirc study {name}`"));
            let hint = other.unwrap_or_else(|| like(what, embedded::SCENARIOS));
            Err(ScenarioError::NotFound { what: what.into(), hint })
        }
    }
}

/// Names that the word may have meant: those that begin with it, or the nearest.
fn like(what: &str, all: &[(&'static str, &'static str)]) -> String {
    let begin: Vec<String> =
        all.iter().filter(|(name, _)| name.starts_with(what)).map(|(name, _)| format!("`{name}`")).collect();
    if !what.is_empty() && !begin.is_empty() {
        return format!("did you mean {}?", begin.join(" or "));
    }
    match nearest(what, all.iter().map(|(name, _)| *name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`recirc scenarios` lists those of the program".to_owned(),
    }
}

/// The file or embedded study that `what` means, as a text and its tree.
pub fn find_study(what: &str) -> Result<(Arc<Source>, Node), ScenarioError> {
    let path = Path::new(what);
    let carried = if path.is_file() { None } else { embedded::study(what) };
    let source = match carried {
        Some((name, text)) => embedded_source(name, text),
        None if path.exists() => {
            file(path).map_err(|cause| ScenarioError::UnreadableStudy { path: path.to_owned(), cause })?
        }
        None => {
            let other =
                embedded::scenario(what).map(|(name, _)| format!("it is a scenario: `recirc run {name}`"));
            let hint = other.unwrap_or_else(|| like(what, embedded::STUDIES));
            return Err(ScenarioError::NoStudy { what: what.into(), hint });
        }
    };
    let source = Arc::new(source);
    let root = parse(&source)?;
    Ok((source, root))
}

/// The scenario and all that it extends, the furthest first.
pub fn chain(top: Layer) -> Result<Vec<Layer>, ScenarioError> {
    let mut layers = vec![top];
    while let Some(layer) = layers.last_mut() {
        let Some(base) = take_extends(&mut layer.root)? else { break };
        let Value::Text(wanted) = &base.value else { break };
        let next = open_named(&layer.source, wanted, &base, "scenario to extend")?;
        if let Some(first) = layers.iter().position(|layer| layer.id == next.id) {
            let round: Vec<&str> = layers[first..].iter().map(|layer| layer.source.label.as_str()).collect();
            let fault = Diagnostic::at(&base.at, "these scenarios extend each other in a circle")
                .label("leads back to a scenario that leads here")
                .help(format!("{} -> {}", round.join(" -> "), next.source.label))
                .help("take one `extends` out");
            return Err(fault.into());
        }
        layers.push(next);
    }
    layers.reverse();
    Ok(layers)
}

/// A text of the program itself. It is parsed in tests, so that a fault here is a fault of the program.
pub fn built_in(label: &str, text: &str) -> Result<Layer, ScenarioError> {
    read(embedded_source(label, text), label.into())
}

fn embedded_source(label: &str, text: &str) -> Source {
    Source { label: label.into(), text: text.into(), dir: None }
}

fn open(path: &Path) -> Result<Layer, ScenarioError> {
    let unreadable = |cause| ScenarioError::Unreadable { path: path.to_owned(), cause };
    let source = file(path).map_err(unreadable)?;
    let id = std::fs::canonicalize(path).map_err(unreadable)?.display().to_string();
    read(source, id)
}

fn file(path: &Path) -> std::io::Result<Source> {
    let text = std::fs::read_to_string(path)?;
    let dir =
        path.parent().map(|dir| if dir.as_os_str().is_empty() { PathBuf::from(".") } else { dir.to_owned() });
    Ok(Source { label: path.display().to_string(), text, dir })
}

fn read(source: Source, id: String) -> Result<Layer, ScenarioError> {
    let source = Arc::new(source);
    let mut root = parse(&source)?;
    super::merge::write_out_tracers(&mut root);
    refuse_town(&root)?;
    refuse_study(&root)?;
    Ok(Layer { source, root, id })
}

/// A study file, given where a scenario is wanted.
fn refuse_study(root: &Node) -> Result<(), Diagnostic> {
    let kind = root.table().and_then(|table| table.get("kind"));
    let Some(sign) = kind.filter(|kind| kind.node.text() == Some("study")) else { return Ok(()) };
    let fault = Diagnostic::at(&sign.node.at, "this is a study file, not a scenario").label("says so");
    Err(fault.help("run it with `recirc study FILE`"))
}

/// A town file, given where a scenario is wanted, is told as such and not key by key.
fn refuse_town(root: &Node) -> Result<(), Diagnostic> {
    let sign = ["anchor", "supplier", "household"].into_iter().find_map(|key| root.table()?.get(key));
    let Some(sign) = sign else { return Ok(()) };
    let fault = Diagnostic::at(&sign.key, "this is a town file, not a scenario").label("describes a town");
    Err(fault.help("a scenario names the town it is set in: `place = \"FILE.toml\"`"))
}

/// Take `extends` out of a text; it says how to layer and is no setting.
fn take_extends(root: &mut Node) -> Result<Option<Node>, Diagnostic> {
    let Value::Table(table) = &mut root.value else { return Ok(None) };
    let Some(member) = table.remove("extends") else { return Ok(None) };
    if member.node.text().is_some() {
        return Ok(Some(member.node));
    }
    let title = format!("`extends` takes one path in quotation marks, not {}", member.node.value.words());
    Err(Diagnostic::at(&member.node.at, title)
        .label("a path")
        .help("for example `extends = \"baseline.toml\"`"))
}

/// What a text names: a file relative to the one that says so, or an embedded scenario. `role` is what messages call it.
pub fn open_named(from: &Source, wanted: &str, node: &Node, role: &str) -> Result<Layer, ScenarioError> {
    let file = from.dir.as_ref().map(|dir| tidy(&dir.join(wanted)));
    if let Some(path) = file.as_ref().filter(|path| path.is_file()) {
        return open(path);
    }
    let beside = Path::new(&from.label).parent().map(|dir| dir.join(wanted).display().to_string());
    let beside = beside.filter(|_| from.dir.is_none());
    match [Some(wanted), beside.as_deref()].into_iter().flatten().find_map(embedded::scenario) {
        Some((name, text)) => read(embedded_source(name, text), format!("embedded {name}")),
        None if file.as_ref().is_some_and(|path| path.exists()) => open(&file.unwrap_or_default()),
        None => {
            let sought = file.map_or_else(|| wanted.to_owned(), |path| path.display().to_string());
            let fault = Diagnostic::at(&node.at, format!("the {role}, `{wanted}`, is missing"))
                .label("no such file")
                .help(format!("looked for {sought}; a path is relative to the file that names it"));
            let names: Vec<&str> = embedded::SCENARIOS.iter().map(|(name, _)| *name).collect();
            Err(match nearest(wanted, names) {
                Some(near) => fault.help(format!("did you mean the embedded `{near}`?")).into(),
                None => fault.into(),
            })
        }
    }
}

/// Without `.` and `..`, as far as the text alone can tell.
pub fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(tidy.components().next_back(), Some(Component::Normal(_))) => {
                tidy.pop();
            }
            other => tidy.push(other),
        }
    }
    tidy
}
