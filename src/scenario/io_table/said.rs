//! What is said about a table in so many words, by its header or by an option.

use crate::scenario::grid::Cell;
use crate::scenario::{Diagnostic, Origin, Source};
use std::sync::Arc;

/// Something said about a table: `# households_column: C41` in its header, or `--households-column C41`.
#[derive(Clone, Debug)]
pub struct Said {
    pub key: String,
    pub value: String,
    pub(super) at: Origin,
    option: bool,
}

impl Said {
    /// By an option of the command line, such as `income_row`.
    pub fn option(key: &str, value: impl Into<String>) -> Said {
        let value = value.into();
        let text = format!("--{} {value}", key.replace('_', "-"));
        let span = text.len() - value.len()..text.len();
        let source = Arc::new(Source { label: "command line".into(), text, dir: None });
        Said { key: key.into(), value, at: Origin { source, span }, option: true }
    }

    pub(super) fn header(key: &str, value: &Cell) -> Said {
        Said { key: key.into(), value: value.text.clone(), at: value.at.clone(), option: false }
    }

    /// A fault in it: key and value as its writer knows them.
    pub(super) fn wrong(&self, what: impl Into<String>, remedy: impl Into<String>) -> Diagnostic {
        let key = if self.option { format!("--{}", self.key.replace('_', "-")) } else { self.key.clone() };
        Diagnostic::at(&self.at, format!("{key} = {}", self.value)).label(what).help(remedy)
    }
}
