//! The commands that run the model.

use super::args::Options;
use super::officer;
use super::progress::Progress;
use super::stop::{self, STOP};
use super::{FAULT, INTERRUPTED, MISTAKE, print, report, timings};
use crate::measure::record::Record;
use crate::output::error::OutputError;
use crate::output::folder::{RunFolder, folder_name};
use crate::output::manifest::{MANIFEST, Manifest, utc};
use crate::output::results::{self, Outcome};
use crate::output::summary;
use crate::place::PlaceError;
use crate::place::embedded_town;
use crate::scenario::{Scenario, ScenarioError};
use crate::study::{self, Ready, StudyError, Watch, concerns};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::time::SystemTime;

/// Where runs land when no folder is given.
pub(super) const OUTPUTS: &str = "outputs";

/// `recirc run`.
pub fn run(scenario: &str, options: Options) -> ExitCode {
    exit(simulate(&[scenario], &options))
}

/// `recirc compare`.
pub fn compare(reference: &str, scenarios: &[String], options: Options) -> ExitCode {
    let mut all = vec![reference];
    all.extend(scenarios.iter().map(String::as_str));
    exit(simulate(&all, &options))
}

/// What can end a command early.
pub(super) enum Failure {
    Scenario(ScenarioError),
    Study(StudyError),
    Output(OutputError),
    Asked(String),
}

impl From<ScenarioError> for Failure {
    fn from(error: ScenarioError) -> Failure {
        Failure::Scenario(error)
    }
}
impl From<PlaceError> for Failure {
    fn from(error: PlaceError) -> Failure {
        Failure::Scenario(error.into())
    }
}
impl From<StudyError> for Failure {
    fn from(error: StudyError) -> Failure {
        match error {
            StudyError::Scenario(error) => Failure::Scenario(error),
            StudyError::Output(error) => Failure::Output(error),
            other => Failure::Study(other),
        }
    }
}
impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Failure {
        Failure::Output(error)
    }
}

pub(super) fn exit(done: Result<ExitCode, Failure>) -> ExitCode {
    let (text, code) = match done {
        Ok(code) => return code,
        Err(Failure::Scenario(error)) => return print::failure(&error),
        Err(Failure::Study(error)) => {
            (error.to_string(), if error.is_users_mistake() { MISTAKE } else { FAULT })
        }
        Err(Failure::Output(error)) => (error.to_string(), if error.is_users() { MISTAKE } else { FAULT }),
        Err(Failure::Asked(text)) => (text, MISTAKE),
    };
    print::error(&format!("error: {text}"));
    ExitCode::from(code)
}

fn simulate(names: &[&str], options: &Options) -> Result<ExitCode, Failure> {
    let all = load(names, options)?;
    let (records, path) = make(&all, options)?;
    let outcomes = outcomes(&all, &records);
    let asked = all.iter().map(|ready| ready.scenario.settings.run.replicates).max().unwrap_or(1);
    match path {
        Some(path) => tell(&outcomes, asked, &path, options),
        None => tell_nothing(&outcomes, options),
    }
    .map_err(|e| Failure::Output(OutputError::from_io(Path::new("standard output"), e)))?;
    Ok(if STOP.load(Ordering::Relaxed) { ExitCode::from(INTERRUPTED) } else { ExitCode::SUCCESS })
}

fn outcomes<'a>(all: &'a [Ready], records: &'a [Vec<Record>]) -> Vec<Outcome<'a>> {
    let of = |(ready, records): (&'a Ready, &'a Vec<Record>)| Outcome {
        name: &ready.scenario.settings.name,
        records,
    };
    all.iter().zip(records).map(of).collect()
}

/// Run scenarios and write their folder: the records, and where it is. Nothing is written, and what stood there stays, if they were
/// stopped before their first month after burn-in.
pub(super) fn make(all: &[Ready], options: &Options) -> Result<(Vec<Vec<Record>>, Option<PathBuf>), Failure> {
    let started = SystemTime::now();
    let warnings = concerns::warnings(all, &[])?;
    warnings.iter().for_each(|warning| print::error(&format!("warning: {warning}")));
    let mut folder = open_folder(all, options)?;
    let pool = pool(options)?;
    catch_interruption();
    let progress = Progress::new(&label(all), study::months(all), options.quiet).timed(options.timings);
    let watch = Watch { tick: &progress, stop: &STOP };
    let records = pool.install(|| study::run(all, &watch))?;
    progress.finish();
    let outcomes = outcomes(all, &records);
    if !outcomes.iter().any(Outcome::has_months) {
        return Ok((records, None));
    }
    write(&mut folder, &outcomes)?;
    let mut manifest = manifest(all, &records, (started, pool.current_num_threads()), &folder);
    manifest.command = if all.len() > 1 { "compare" } else { "run" }.to_owned();
    manifest.warnings = warnings;
    manifest.timings = timings::told(&progress.timings);
    folder.write(MANIFEST, &manifest.bytes())?;
    let path = folder.finish()?;
    Ok((records, Some(path)))
}

pub(super) fn load(names: &[&str], options: &Options) -> Result<Vec<Ready>, Failure> {
    let mut all: Vec<Ready> = Vec::new();
    for name in names {
        let ready = Ready::new(super::load(name, options)?)?;
        let folder = |r: &Ready| folder_name(&r.scenario.settings.name);
        if all.iter().any(|r| folder(r) == folder(&ready)) {
            return Err(Failure::Asked(format!(
                "two scenarios are called `{}`, and tables and folders tell them apart by name\n  remedy: give `{name}` another `name`",
                ready.scenario.settings.name
            )));
        }
        all.push(ready);
    }
    Ok(all)
}

pub(super) fn open_folder(all: &[Ready], options: &Options) -> Result<RunFolder, OutputError> {
    let names: Vec<&str> = all.iter().map(|r| r.scenario.settings.name.as_str()).collect();
    match &options.out {
        Some(path) => RunFolder::at(path, options.overwrite),
        None => RunFolder::named(Path::new(OUTPUTS), &names.join(" against "), options.overwrite),
    }
}

pub(super) fn pool(options: &Options) -> Result<rayon::ThreadPool, Failure> {
    let mut builder = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = options.threads {
        builder = builder.num_threads(usize::from(threads));
    }
    builder.build().map_err(|e| Failure::Asked(format!("the threads could not be started: {e}")))
}

/// The first Ctrl-C ends the run after its month, with a whole folder.
pub(super) fn catch_interruption() {
    stop::catch_interruption("stopping after this month; press Ctrl-C again to end at once");
}

pub(super) fn label(all: &[Ready]) -> String {
    let run = &all[0].scenario.settings.run;
    let size = if run.scale == 1.0 { "1:1".to_owned() } else { format!("scale {}", run.scale) };
    format!("{} at {size}", all[0].place.name())
}

fn write(folder: &mut RunFolder, outcomes: &[Outcome]) -> Result<(), OutputError> {
    if let [only] = outcomes {
        return results::write_run(folder, "", only);
    }
    for outcome in outcomes {
        let within = format!("{}/", crate::output::folder::folder_name(outcome.name));
        results::write_run(folder, &within, outcome)?;
    }
    results::write_comparison(folder, outcomes)
}

/// The texts of the town files that scenarios are set in, as far as they can still be read or the program carries them.
pub(super) fn town_files<'a>(all: impl Iterator<Item = &'a Scenario>) -> BTreeMap<String, String> {
    let towns = all.filter(|scenario| scenario.settings.place.ends_with(".toml"));
    let read = |of: &Scenario| {
        let place = of.settings.place.clone();
        let text = std::fs::read_to_string(of.base_dir.join(&place)).ok();
        let text = text.or_else(|| embedded_town(&place).map(str::to_owned))?;
        Some((place, text))
    };
    towns.filter_map(read).collect()
}

pub(super) fn manifest(
    all: &[Ready],
    records: &[Vec<Record>],
    (started, threads): (SystemTime, usize),
    folder: &RunFolder,
) -> Manifest {
    let resolved: Vec<(&str, &str)> =
        all.iter().map(|r| (r.scenario.settings.name.as_str(), r.scenario.resolved_toml.as_str())).collect();
    let run = &all[0].scenario.settings.run;
    let every = || records.iter().flatten();
    let last = every().min_by_key(|r| r.months.len());
    Manifest {
        city: all[0].place.name().to_owned(),
        data: all.iter().flat_map(|ready| ready.place.data_hashes()).collect(),
        town_files: town_files(all.iter().map(|ready| &ready.scenario)),
        seed: run.seed,
        replicates: records.iter().map(|of| of.len() as u32).max().unwrap_or(0),
        threads,
        finished: utc(SystemTime::now()),
        complete: every().all(|r| r.complete),
        last_month: last
            .map_or_else(String::new, |r| r.months.last().map_or_else(String::new, |m| r.date(m.month))),
        files: folder.hashes().clone(),
        ..Manifest::new(&resolved, started)
    }
}

fn tell(outcomes: &[Outcome], asked: u16, path: &Path, options: &Options) -> std::io::Result<()> {
    if options.json {
        let value = match outcomes {
            [only] => only.json(),
            _ => results::comparison_json(outcomes),
        };
        return report::print_text(&format!("{value:#}\n"));
    }
    report::print(&officer::page(outcomes, asked, path))
}

/// Stopped before its first month after burn-in, a run has no results, and says so.
fn tell_nothing(outcomes: &[Outcome], options: &Options) -> std::io::Result<()> {
    print::error(officer::NOTHING);
    if options.json {
        let none = match outcomes {
            [_] => summary::value(&[]),
            _ => summary::comparison(&[]),
        };
        report::print_text(&format!("{none:#}\n"))?;
    }
    Ok(())
}
