//! The commands that run the model.

use super::args::Options;
use super::{FAULT, print};
use crate::scenario::Scenario;
use std::process::ExitCode;

/// The main job: Leeds as it is and with local-first buying.
pub fn main_job(options: Options) -> ExitCode {
    compare("leeds/baseline", &["leeds/local_first".to_owned()], options)
}

/// `recirc run`.
pub fn run(scenario: &str, options: Options) -> ExitCode {
    load_all([scenario], &options)
}

/// `recirc compare`.
pub fn compare(reference: &str, scenarios: &[String], options: Options) -> ExitCode {
    load_all([reference].into_iter().chain(scenarios.iter().map(String::as_str)), &options)
}

/// `recirc check --calibration`, for one scenario.
pub fn calibration(_scenario: &Scenario) -> ExitCode {
    ExitCode::from(FAULT)
}

fn load_all<'a>(scenarios: impl IntoIterator<Item = &'a str>, options: &Options) -> ExitCode {
    for what in scenarios {
        if let Err(error) = super::load(what, options) {
            return print::failure(&error);
        }
    }
    ExitCode::from(FAULT)
}
