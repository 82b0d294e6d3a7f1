//! Results to standard output, messages to standard error. A closed pipe is no error.

use super::{FAULT, MISTAKE};
use crate::scenario::ScenarioError;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

/// Print a result.
pub fn out(text: &str) -> ExitCode {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) if cause.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(cause) => {
            error(&format!("error: standard output cannot be written: {cause}"));
            ExitCode::from(FAULT)
        }
    }
}

/// Print a message. When standard error is gone there is no one left to tell.
pub fn error(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Tell what is wrong with a scenario, in colour on a terminal that wants it.
pub fn failure(failure: &ScenarioError) -> ExitCode {
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
    error(&failure.render(colour));
    ExitCode::from(if failure.is_users_mistake() { MISTAKE } else { FAULT })
}
