//! A fault in what the user wrote: where, what, and how to mend it.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use std::fmt;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// A text that settings came from: a file, an embedded scenario, an argument.
pub struct Source {
    /// What messages call it: the path as the user would write it, or "command line".
    pub label: String,
    pub text: String,
    /// The folder against which paths in it are read; none for embedded texts.
    pub dir: Option<PathBuf>,
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.label)
    }
}

/// A stretch of a source.
#[derive(Clone, Debug)]
pub struct Origin {
    pub source: Arc<Source>,
    pub span: Range<usize>,
}

/// One fault. `Display` renders it without colour.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub title: String,
    pub at: Option<Origin>,
    /// Words beside the caret.
    pub label: String,
    pub help: Vec<String>,
}

impl Diagnostic {
    pub fn new(title: impl Into<String>) -> Diagnostic {
        Diagnostic { title: title.into(), at: None, label: String::new(), help: Vec::new() }
    }

    pub fn at(origin: &Origin, title: impl Into<String>) -> Diagnostic {
        Diagnostic { at: Some(origin.clone()), ..Diagnostic::new(title) }
    }

    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into();
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help.push(help.into());
        self
    }

    /// The message with file, line and caret.
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let mut group = Level::ERROR.primary_title(&self.title).elements(self.at.iter().map(|origin| {
            let text = &origin.source.text;
            let span = text.floor_char_boundary(origin.span.start)..text.ceil_char_boundary(origin.span.end);
            let caret = AnnotationKind::Primary.span(span).label(&self.label);
            Snippet::source(&origin.source.text).path(&origin.source.label).annotation(caret)
        }));
        for help in &self.help {
            group = group.element(Level::HELP.message(help));
        }
        renderer.render(&[group])
    }

    /// Where it stands, for putting messages in the order of the text.
    pub(in crate::scenario) fn position(&self) -> usize {
        self.at.as_ref().map_or(0, |origin| origin.span.start)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

/// The candidate most like `word`, when it is like enough to be what was meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1.max(word.len().min(candidate.len()) / 3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// "did you mean `x`?", or the list of what is valid when nothing is near and the list is short.
pub fn suggest(word: &str, candidates: &[&str]) -> Option<String> {
    if let Some(near) = nearest(word, candidates.iter().copied()) {
        return Some(format!("did you mean `{near}`?"));
    }
    let list: Vec<String> = candidates.iter().map(|c| format!("`{c}`")).collect();
    match list.len() {
        0 => None,
        1..=20 => Some(format!("valid here: {}", list.join(", "))),
        _ => Some(format!("valid here: {} and {} more", list[..20].join(", "), list.len() - 20)),
    }
}
