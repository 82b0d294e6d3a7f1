//! What can be wrong with a place, said as file, line, key, value and remedy.

/// Why a place could not be loaded.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PlaceError {
    #[error(
        "unknown place \"{name}\": write \"leeds\", \"preston\" or \"preston_2017\", or the path of a town file that ends in .toml"
    )]
    Unknown { name: String },
    #[error(
        "{file}: cannot be read ({reason}); give the path of a town file, text in UTF-8, relative to the scenario file"
    )]
    Unreadable { file: String, reason: String },
    #[error("{at}: {key} = {value}: {remedy}")]
    Wrong { at: At, key: String, value: String, remedy: String },
}

/// A file and, where known, a line in it.
#[derive(Clone, Debug, PartialEq)]
pub struct At {
    pub file: String,
    pub line: Option<usize>,
}

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.file),
            None => write!(f, "{}", self.file),
        }
    }
}

impl PlaceError {
    /// A wrong figure or word.
    pub fn wrong(
        file: &str,
        line: Option<usize>,
        key: impl Into<String>,
        value: impl ToString,
        remedy: impl Into<String>,
    ) -> Self {
        let at = At { file: file.into(), line };
        PlaceError::Wrong { at, key: key.into(), value: value.to_string(), remedy: remedy.into() }
    }
}
