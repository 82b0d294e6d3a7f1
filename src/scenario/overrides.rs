//! Settings from the command line: `--set key=value`, and options such as `--years` that stand for one.

use super::check::{self, kinds, unknown_key};
use super::diagnostic::{Diagnostic, Origin, Source};
use super::merge;
use super::shape::{Shape, of_settings};
use super::tree::{Member, Node, Table, Value, parse_value};
use std::ops::Range;
use std::sync::Arc;

/// One setting as typed.
#[derive(Clone, Debug)]
pub struct Override {
    source: Arc<Source>,
    /// The dotted key, and where it (or the option that stands for it) is in the text.
    key: String,
    key_span: Range<usize>,
    value_start: usize,
}

/// An override that has been read: the steps of its key, and its value.
#[derive(Clone, Debug)]
pub struct Assignment {
    steps: Vec<Step>,
    node: Node,
}

#[derive(Clone, Debug)]
struct Step {
    key: String,
    /// The name in `LEVER[NAME]`.
    entry: Option<String>,
    at: Origin,
}

/// What messages call what was typed.
pub(super) const COMMAND_LINE: &str = "command line";

fn command_line(text: String) -> Arc<Source> {
    Arc::new(Source { label: COMMAND_LINE.into(), text, dir: Some(".".into()) })
}

impl Override {
    /// The dotted key of the setting.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// `--set key=value`.
    pub fn set(text: &str) -> Result<Override, Diagnostic> {
        let source = command_line(format!("--set {}", text.trim_end()));
        let start = "--set ".len();
        let end = source.text[start..].find('=').map_or(source.text.len(), |equals| start + equals);
        let at = Origin { source: source.clone(), span: start..end.max(start + 1) };
        let typed = &source.text[start..end];
        let key = typed.trim().to_owned();
        let key_start = start + typed.len() - typed.trim_start().len();
        if end == source.text.len() {
            let fault = Diagnostic::at(&at, "`--set` takes key=value").label("no `=` here");
            return Err(fault.help("for example `--set run.years=5`"));
        }
        if key.is_empty() {
            let fault = Diagnostic::at(&at, "`--set` takes key=value").label("no key before `=`");
            return Err(fault.help("for example `--set run.years=5`"));
        }
        let value = &source.text[end + 1..];
        let value_start = end + 1 + value.len() - value.trim_start().len();
        Ok(Override { key_span: key_start..key_start + key.len(), key, value_start, source })
    }

    /// An option that stands for a key, for example `--years 5` for `run.years`.
    pub fn option(option: &str, key: &str, value: &str) -> Override {
        let source = command_line(format!("{option} {value}"));
        Override { source, key: key.into(), key_span: 0..option.len(), value_start: option.len() + 1 }
    }

    /// Read key and value against what a scenario may hold.
    pub(super) fn read(&self) -> Result<Assignment, Vec<Diagnostic>> {
        let at = Origin { source: self.source.clone(), span: self.key_span.clone() };
        let steps = steps(&self.key, &at).map_err(|fault| vec![fault])?;
        let shape = shape(&steps).map_err(|fault| vec![fault])?;
        let node = self.value(shape).map_err(|fault| vec![fault])?;
        Assignment::checked(steps, shape, node)
    }

    /// The value; text needs no quotation marks.
    fn value(&self, shape: &Shape) -> Result<Node, Diagnostic> {
        let raw = &self.source.text[self.value_start..];
        let at = Origin { source: self.source.clone(), span: self.value_start..self.source.text.len() };
        if raw.is_empty() && !matches!(shape, Shape::Text(_)) {
            let at = Origin { span: self.value_start.saturating_sub(1)..self.value_start, ..at };
            let fault = Diagnostic::at(&at, format!("`{}` has no value", self.key));
            return Err(fault.label(format!("takes {}", shape.words())));
        }
        let plain = Node { value: Value::Text(raw.to_owned()), at };
        let quoted = raw.starts_with(['"', '\'']);
        match shape {
            Shape::Text(_) if !quoted => Ok(plain),
            Shape::Text(_) | Shape::List(_) | Shape::Table(_) => {
                let bare = raw.chars().all(|c| c.is_alphanumeric() || "-_, ".contains(c));
                parse_value(&self.source, self.value_start)
                    .or_else(|fault| if bare { Ok(plain) } else { Err(fault) })
            }
            // What is no TOML at all is then refused as text, in words about the kind that is wanted.
            _ => Ok(parse_value(&self.source, self.value_start).unwrap_or(plain)),
        }
    }
}

/// The steps of a dotted key that stands at `whole`, each with its own place where the text shows it.
fn steps(typed: &str, whole: &Origin) -> Result<Vec<Step>, Diagnostic> {
    let mut steps = Vec::new();
    let mut at = whole.span.start;
    let by_option = whole.source.text.get(whole.span.clone()) != Some(typed);
    for text in split(typed) {
        let span = if by_option { whole.span.clone() } else { at..at + text.len().max(1) };
        let origin = Origin { source: whole.source.clone(), span };
        at += text.len() + 1;
        let (key, entry) = match text.split_once('[') {
            Some((key, rest)) => (key, Some(rest.strip_suffix(']').unwrap_or_default().to_owned())),
            None => (text, None),
        };
        if key.is_empty() || entry.as_deref() == Some("") {
            let fault = Diagnostic::at(&origin, format!("`{typed}` is not a key")).label("cannot be read");
            return Err(
                fault.help("a key is dotted, as `run.years` or `policy.local_preference[NAME].points`")
            );
        }
        steps.push(Step { key: key.to_owned(), entry, at: origin });
    }
    Ok(steps)
}

/// The shape at a key, entries of levers included.
fn shape(steps: &[Step]) -> Result<&'static Shape, Diagnostic> {
    let mut shape = of_settings();
    let mut path = String::new();
    for (i, step) in steps.iter().enumerate() {
        if let Shape::List(item) = shape {
            shape = item;
        }
        shape = shape.get(&step.key).ok_or_else(|| unknown_key(&step.key, &path, shape, &step.at))?;
        path = check::join(&path, &step.key);
        let entries = matches!(shape, Shape::List(item) if matches!(**item, Shape::Table(_)));
        if step.entry.is_some() && !(entries && i + 1 < steps.len()) {
            let fault = Diagnostic::at(&step.at, format!("`{path}` takes no name in brackets here"));
            return Err(fault.label("name").help("write `policy.LEVER[NAME].FIELD=value`"));
        }
    }
    Ok(shape)
}

/// Split at the dots outside brackets.
pub(super) fn split(key: &str) -> Vec<&str> {
    let mut depth = 0;
    key.split(|c: char| {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        c == '.' && depth <= 0
    })
    .collect()
}

impl Assignment {
    /// A setting written in a file: its dotted key, where that stands, and its value.
    pub(super) fn written(key: &str, at: &Origin, node: Node) -> Result<Assignment, Vec<Diagnostic>> {
        let steps = steps(key, at).map_err(|fault| vec![fault])?;
        let shape = shape(&steps).map_err(|fault| vec![fault])?;
        Assignment::checked(steps, shape, node)
    }

    fn checked(steps: Vec<Step>, shape: &Shape, node: Node) -> Result<Assignment, Vec<Diagnostic>> {
        let mut faults = Vec::new();
        let path: Vec<&str> = steps.iter().map(|step| step.key.as_str()).collect();
        kinds(&node, shape, &path.join("."), &mut faults);
        if faults.is_empty() { Ok(Assignment { steps, node }) } else { Err(faults) }
    }

    /// Whether the settings have what it changes: an entry of a lever may be missing.
    pub fn fits(&self, sources: &super::rules::Sources) -> bool {
        self.clone().apply(&mut sources.root.clone()).is_ok()
    }

    /// Whether it sets this dotted key as a whole.
    pub fn sets(&self, path: &[&str]) -> Option<&Node> {
        self.steps.iter().map(|step| step.key.as_str()).eq(path.iter().copied()).then_some(&self.node)
    }

    /// Lay it over the settings.
    pub fn apply(self, root: &mut Node) -> Result<(), Diagnostic> {
        let entry_of = |steps: &[Step]| match steps {
            [table, list, _, ..] => table.key == "policy" || (table.key == "tracer" && list.key == "follow"),
            _ => false,
        };
        let into_entry = entry_of(&self.steps);
        if !into_entry {
            merge::lay(root, nest(self.steps, self.node));
            return Ok(());
        }
        let (table, lever) = (&self.steps[0].key, &self.steps[1]);
        let mut list = merge::entries(root, table, &lever.key);
        let entries = list.iter().flat_map(|list| list.iter());
        let names: Vec<String> =
            entries.map(|entry| entry.name().unwrap_or("(no name)").to_owned()).collect();
        let found = match &lever.entry {
            Some(name) => {
                list.iter_mut().flat_map(|list| list.iter_mut()).find(|entry| entry.name() == Some(name))
            }
            None if names.len() == 1 => list.as_mut().and_then(|list| list.first_mut()),
            None => None,
        };
        match found {
            Some(entry) => {
                merge::lay_plain(entry, nest(self.steps.into_iter().skip(2).collect(), self.node));
                Ok(())
            }
            None => Err(no_entry(table, lever, &names)),
        }
    }
}

fn no_entry(table: &str, lever: &Step, names: &[String]) -> Diagnostic {
    let key = &lever.key;
    let path = format!("{table}.{key}");
    let example = match table {
        "policy" => format!("`recirc levers {key}` shows an example"),
        _ => "write `[[tracer]]` with a name".to_owned(),
    };
    let (title, help) = match (&lever.entry, names.len()) {
        (_, 0) => (
            format!("the scenario has no entry of `{path}` to change"),
            format!("add one in the scenario file; {example}"),
        ),
        (Some(name), _) => {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let help = super::diagnostic::suggest(name, &names).unwrap_or_default();
            (format!("no entry of `{path}` is named \"{name}\""), help)
        }
        (None, n) => (
            format!("the scenario has {n} entries of `{path}`, and this does not say which one to change"),
            format!("write `{path}[NAME].FIELD=value`; the names: {}", names.join(", ")),
        ),
    };
    Diagnostic::at(&lever.at, title).label("here").help(help)
}

/// A value wrapped in tables, one for each step of its key.
fn nest(steps: Vec<Step>, node: Node) -> Node {
    steps.into_iter().rev().fold(node, |node, step| {
        let at = step.at.clone();
        Node { value: Value::Table(Table::from([(step.key, Member { key: step.at, node })])), at }
    })
}
