//! Everything that can stop a study.

use crate::economy::books::BrokenIdentity;
use crate::output::error::OutputError;
use crate::scenario::ScenarioError;
use crate::world::synthesis::{TooLarge, town::TownError};

/// What can stop a study.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    #[error("{0}")]
    Scenario(ScenarioError),
    #[error("{0}")]
    Town(#[from] TownError),
    #[error("{0}")]
    TooLarge(#[from] TooLarge),
    /// Scenarios that cannot be compared.
    #[error("{0}")]
    Unlike(String),
    #[error("{0}")]
    Broken(#[from] BrokenIdentity),
    #[error("{0}")]
    Output(#[from] OutputError),
    #[error("the threads could not be started: {0}")]
    Threads(String),
    /// A run kept a moment ago that is there no more.
    #[error(
        "a finished run has gone while the study was at work: {0}\n  remedy: give the same command again"
    )]
    Lost(String),
}

impl StudyError {
    /// Whether the user can mend it (exit code 2), or machine or program are at fault (1).
    pub fn is_users_mistake(&self) -> bool {
        match self {
            StudyError::Scenario(error) => error.is_users_mistake(),
            StudyError::Output(error) => error.is_users(),
            StudyError::Town(_) | StudyError::TooLarge(_) | StudyError::Unlike(_) => true,
            StudyError::Broken(_) | StudyError::Threads(_) | StudyError::Lost(_) => false,
        }
    }
}
