//! Everything that can go wrong in this room.

use super::diagnostic::Diagnostic;
use crate::place::PlaceError;
use std::fmt::Write;
use std::io;
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// Faults in what the user wrote, all that could be found in one go.
    #[error("{}", render(.0, false))]
    Invalid(Vec<Diagnostic>),
    #[error(
        "error: no scenario `{what}`: there is no such file, and no embedded scenario of that name; {hint}"
    )]
    NotFound { what: String, hint: String },
    #[error("error: no study `{what}`: there is no such file, and no embedded study of that name; {hint}")]
    NoStudy { what: String, hint: String },
    #[error(
        "error: the study {} cannot be read: {}; give the path of a study file, which is text in UTF-8",
        .path.display(), in_words(.cause)
    )]
    UnreadableStudy { path: PathBuf, cause: io::Error },
    #[error(
        "error: the scenario {} cannot be read: {}; give the path of a scenario file, which is text in UTF-8",
        .path.display(), in_words(.cause)
    )]
    Unreadable { path: PathBuf, cause: io::Error },
    #[error("error: {} exists already and is not overwritten; name a folder that does not exist yet", .0.display())]
    Exists(PathBuf),
    #[error("error: {} cannot be written: {cause}", .path.display())]
    Unwritable { path: PathBuf, cause: io::Error },
    #[error("error: {0}")]
    Place(#[from] PlaceError),
    /// A fault of the program: layers that pass every check and still do not fit the settings.
    #[error("error: the settings as layered do not fit the program's own form: {0}")]
    Misfit(String),
}

impl ScenarioError {
    /// Whether the user can mend it (exit code 2), or machine or program are at fault (1).
    pub fn is_users_mistake(&self) -> bool {
        !matches!(self, ScenarioError::Unwritable { .. } | ScenarioError::Misfit(_))
    }

    /// The message, in colour if asked.
    pub fn render(&self, colour: bool) -> String {
        match self {
            ScenarioError::Invalid(faults) => render(faults, colour),
            other => other.to_string(),
        }
    }
}

impl From<Diagnostic> for ScenarioError {
    fn from(fault: Diagnostic) -> ScenarioError {
        ScenarioError::Invalid(vec![fault])
    }
}

/// Why a file cannot be read, where the operating system's words say less.
fn in_words(cause: &io::Error) -> String {
    match cause.kind() {
        io::ErrorKind::IsADirectory => "it is a folder".into(),
        io::ErrorKind::InvalidData => "it is not UTF-8".into(),
        _ => cause.to_string(),
    }
}

/// An error when there are faults, nothing when there are none.
pub(super) fn refuse(faults: Vec<Diagnostic>) -> Result<(), ScenarioError> {
    if faults.is_empty() { Ok(()) } else { Err(ScenarioError::Invalid(faults)) }
}

fn render(faults: &[Diagnostic], colour: bool) -> String {
    let mut text = String::new();
    for (i, fault) in faults.iter().enumerate() {
        let gap = if i == 0 { "" } else { "\n\n" };
        let _ = write!(text, "{gap}{}", fault.render(colour));
    }
    if faults.len() > 1 {
        let _ = write!(text, "\n\n{} errors", faults.len());
    }
    text
}
