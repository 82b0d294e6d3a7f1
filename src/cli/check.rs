//! `recirc check`: read scenarios and say whether they are sound.

use super::args::Options;
use super::{FAULT, MISTAKE, calibration, print};
use crate::place::Place;
use crate::scenario::settings::Settings;
use crate::scenario::study_file::{Planned, Study, is_study, load_study};
use crate::scenario::{self, Scenario, ScenarioError};
use crate::study::calibration::{Checked, check as judge};
use crate::study::{Ready, Simulation, StudyError, concerns, rounds, size};
use serde_json::{Value, json};
use std::process::ExitCode;

/// Additive changes keep this number; a changed or removed field raises it.
const SCHEMA_VERSION: u32 = 1;

/// The scenario that needs not be told that it is the baseline.
const BASELINE: &str = "leeds/baseline";

/// A scenario that can be run, with what to beware of, and the targets of its place if they were asked for.
struct Sound {
    ready: Ready,
    warnings: Vec<String>,
    targets: Option<Vec<Checked>>,
}

/// Check every scenario, even after one has failed. The exit code is that of the gravest failure: a fault of
/// machine or program, then a mistake.
pub(super) fn check(scenarios: &[String], calibrated: bool, options: Options) -> ExitCode {
    let mut failures = Vec::new();
    let mut told = Vec::new();
    for what in scenarios {
        if is_study(what) {
            let found = study(what, &options);
            failures.extend(failure_of(found.as_ref().err()));
            if options.json {
                told.push(study_value(what, &found));
            } else if !show_study(what, &found) {
                failures.push(FAULT);
            }
            continue;
        }
        let found = read(what, calibrated, &options);
        failures.extend(failure(&found));
        if options.json {
            told.push(value(what, &found));
        } else if !show(what, calibrated, &found) {
            failures.push(FAULT);
        }
    }
    if options.json {
        let all = json!({ "schema_version": SCHEMA_VERSION, "scenarios": told });
        if print::out(&format!("{all:#}\n")) != ExitCode::SUCCESS {
            failures.push(FAULT);
        }
    }
    failures.into_iter().min_by_key(|code| *code != FAULT).map_or(ExitCode::SUCCESS, ExitCode::from)
}

fn read(what: &str, calibrated: bool, options: &Options) -> Result<Sound, StudyError> {
    let ready = Ready::new(super::load(what, options).map_err(StudyError::Scenario)?)?;
    // A town is small enough to be built for the check: what it cannot be run with is told now. Numbers of contracts are
    // known only once the city is there.
    let contracts = ready.scenario.settings.tracer.follow.iter().any(|follow| !follow.contracts.is_empty());
    if contracts || matches!(ready.place, Place::Town(_)) {
        Simulation::new(&ready, 1)?;
    }
    let targets = if calibrated { judge(&ready)? } else { None };
    let of_it = concerns::warnings(std::slice::from_ref(&ready), &[])?;
    Ok(Sound { ready, warnings: of_it, targets })
}

/// The exit code that a result calls for, if it is a failure.
fn failure(found: &Result<Sound, StudyError>) -> Option<u8> {
    match found {
        Ok(sound) => sound.targets.as_deref().is_some_and(calibration::is_off).then_some(MISTAKE),
        Err(error) => failure_of(Some(error)),
    }
}

fn failure_of(error: Option<&StudyError>) -> Option<u8> {
    Some(if error?.is_users_mistake() { MISTAKE } else { FAULT })
}

/// A study with what to beware of and the number of its runs.
struct SoundStudy {
    study: Study,
    warnings: Vec<String>,
    runs: u64,
    /// Whether it is the number at most.
    at_most: bool,
}

fn study(what: &str, options: &Options) -> Result<SoundStudy, StudyError> {
    let overrides = options.overrides().map_err(ScenarioError::Invalid).map_err(StudyError::Scenario)?;
    let study = load_study(what, &overrides).map_err(StudyError::Scenario)?;
    rounds::lead(&study).map_err(StudyError::Scenario)?;
    let warnings = rounds::warnings(&study)?;
    let (runs, at_most) = size::runs(&study)?;
    Ok(SoundStudy { study, warnings, runs, at_most })
}

fn show_study(what: &str, found: &Result<SoundStudy, StudyError>) -> bool {
    match found {
        Ok(SoundStudy { study, warnings, runs, at_most }) => {
            warnings.iter().for_each(|warning| print::error(&format!("warning: {warning}")));
            let run = &study.scenarios[0].scenario.settings.run;
            let text = format!(
                "{what}: sound (a study of {} scenarios, {} replicates each, {}{runs} runs in all)\n",
                study.scenarios.len(),
                run.replicates,
                if *at_most { "at most " } else { "" }
            );
            print::out(&text) == ExitCode::SUCCESS
        }
        Err(StudyError::Scenario(error)) => {
            print::failure(error);
            true
        }
        Err(error) => {
            print::error(&format!("error: {error}"));
            true
        }
    }
}

fn study_value(what: &str, found: &Result<SoundStudy, StudyError>) -> Value {
    match found {
        Err(error) => json!({ "scenario": what, "sound": false, "error": error.to_string() }),
        Ok(SoundStudy { study, warnings, runs, .. }) => json!({
            "scenario": what,
            "sound": true,
            "name": study.name,
            "runs": runs,
            "study_of": study.scenarios.iter().map(Planned::name).collect::<Vec<_>>(),
            "warnings": warnings,
        }),
    }
}

/// Print a result as text; false when standard output cannot be written.
fn show(what: &str, calibrated: bool, found: &Result<Sound, StudyError>) -> bool {
    match found {
        Ok(sound) => {
            sound.warnings.iter().for_each(|warning| print::error(&format!("warning: {warning}")));
            let text = if calibrated {
                calibration::text(what, &sound.ready, sound.targets.as_deref())
            } else {
                line(what, &sound.ready)
            };
            return print::out(&text) == ExitCode::SUCCESS;
        }
        Err(StudyError::Scenario(error)) => {
            print::failure(error);
        }
        Err(error) => print::error(&format!("error: {error}")),
    }
    true
}

fn line(what: &str, ready: &Ready) -> String {
    let settings = &ready.scenario.settings;
    let (run, levers) = (&settings.run, settings.policy.reaches().len());
    let years = if run.years == 1 { "year" } else { "years" };
    let pulled = match levers {
        0 => "no lever".to_owned(),
        1 => "1 lever".to_owned(),
        n => format!("{n} levers"),
    };
    let struck = match settings.shock.dates().len() {
        0 => String::new(),
        1 => ", 1 shock".to_owned(),
        n => format!(", {n} shocks"),
    };
    let baseline =
        if what != BASELINE && is_baseline(settings) { "; nothing differs from the baseline" } else { "" };
    format!(
        "{what}: sound ({}: {}, {} {years} from {}, {pulled} pulled{struck}{baseline})\n",
        settings.name, settings.place, run.years, ready.scenario.start
    )
}

/// Whether a scenario is what it is that says nothing, such as an empty file, but for its name and how it is run.
fn is_baseline(settings: &Settings) -> bool {
    let plain = |plain: Scenario| Settings {
        name: settings.name.clone(),
        description: settings.description.clone(),
        run: settings.run.clone(),
        ..plain.settings
    };
    scenario::plain().is_ok_and(|says_nothing| plain(says_nothing) == *settings)
}

fn value(what: &str, found: &Result<Sound, StudyError>) -> Value {
    let sound = match found {
        Err(error) => return json!({ "scenario": what, "sound": false, "error": error.to_string() }),
        Ok(sound) => sound,
    };
    let settings = &sound.ready.scenario.settings;
    let mut told = json!({
        "scenario": what,
        "sound": true,
        "name": settings.name,
        "place": settings.place,
        "start": settings.run.start,
        "years": settings.run.years,
        "levers": settings.policy.reaches().len(),
        "shocks": settings.shock.dates().len(),
        "warnings": sound.warnings,
    });
    if let Some(checked) = &sound.targets {
        told["targets"] = calibration::value(checked);
    }
    told
}
