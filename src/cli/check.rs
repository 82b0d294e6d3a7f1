//! `recirc check`: read scenarios and say whether they are sound.

use super::args::Options;
use super::{MISTAKE, calibration, print};
use crate::place::Place;
use crate::scenario::Scenario;
use crate::study::{Ready, Simulation, StudyError};
use std::process::ExitCode;

/// Check every scenario, even after one has failed.
pub(super) fn check(scenarios: &[String], calibrated: bool, options: Options) -> ExitCode {
    let mut worst = ExitCode::SUCCESS;
    for what in scenarios {
        let read = super::load(what, &options).and_then(|scenario| scenario.load_place().map(|_| scenario));
        let code = match read {
            Ok(scenario) if calibrated => calibration::check(what, scenario),
            Ok(scenario) => town(scenario).map_or_else(
                |refusal| {
                    print::error(&format!("error: {refusal}"));
                    ExitCode::from(MISTAKE)
                },
                |scenario| print::out(&sound(what, &scenario)),
            ),
            Err(error) => print::failure(&error),
        };
        if code != ExitCode::SUCCESS {
            worst = code;
        }
    }
    worst
}

/// A town is small enough to be built for the check: what it cannot be run with is told now.
fn town(scenario: Scenario) -> Result<Scenario, StudyError> {
    let ready = Ready::new(scenario)?;
    if matches!(ready.place, Place::Town(_)) {
        Simulation::new(&ready, 1)?;
    }
    Ok(ready.scenario)
}

fn sound(what: &str, scenario: &Scenario) -> String {
    let settings = &scenario.settings;
    let (run, levers) = (&settings.run, settings.policy.reaches().len());
    let years = if run.years == 1 { "year" } else { "years" };
    let pulled = match levers {
        0 => "no lever".to_owned(),
        1 => "1 lever".to_owned(),
        n => format!("{n} levers"),
    };
    format!(
        "{what}: sound ({}: {}, {} {years} from {}, {pulled} pulled)\n",
        settings.name, settings.place, run.years, scenario.start
    )
}
