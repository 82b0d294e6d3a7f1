//! What rows and columns are called, and when two names are the same.

use crate::scenario::diagnostic::Origin;

/// What a row or a column is called. The first name is the one by which rows and columns are paired; a code may stand
/// beside it.
#[derive(Clone, Debug)]
pub(in crate::scenario) struct Label {
    pub text: String,
    pub names: Vec<String>,
    /// What stands beside the names and is none, the same in many rows: a unit, an origin, a group.
    pub beside: Vec<String>,
    pub at: Origin,
}

impl Label {
    /// Whether any of its names says so: the one shown, or a code beside it.
    pub fn any(&self, says: impl Fn(&str) -> bool) -> bool {
        says(&self.text) || self.names.iter().any(|name| says(name))
    }
    pub fn is(&self, name: &str) -> bool {
        self.names.iter().any(|own| same(own, name))
    }
    pub fn key(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }
}

/// Labels are the same when only case, spaces, underscores and dashes differ.
pub(in crate::scenario) fn same(a: &str, b: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-'))
            .flat_map(char::to_lowercase)
            .collect()
    };
    plain(a) == plain(b)
}
