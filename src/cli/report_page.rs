//! `recirc report DIR`: the page of a folder of results.

use super::args::Options;
use super::run::{Failure, exit};
use super::{FAULT, print};
use crate::output::report::{self, Folder, ReportError};
use std::path::Path;
use std::process::ExitCode;

/// Make the page, and print where it is.
pub(super) fn report(dir: &Path, options: &Options) -> ExitCode {
    let folder = match Folder::read(dir) {
        Ok(folder) => folder,
        Err(error) => return refused(&error),
    };
    let within = options.out.is_none();
    match report::write(&folder, options.out.as_deref()) {
        Ok(path) => {
            if within && let Err(error) = report::entered(&folder, &path) {
                return exit(Err(Failure::Output(error)));
            }
            print::out(&format!("{}\n", path.display()))
        }
        Err(error) => exit(Err(Failure::Output(error))),
    }
}

fn refused(error: &ReportError) -> ExitCode {
    print::error(&format!("error: {error}"));
    ExitCode::from(if matches!(error, ReportError::Unreadable { .. }) { FAULT } else { super::MISTAKE })
}
