//! `recirc study`: scenarios compared over replicates, kept run by run.

use super::args::Options;
use super::run::{Failure, OUTPUTS, exit, pool, town_files};
use super::stop::{self, STOP};
use super::study_progress::StudyProgress;
use super::{INTERRUPTED, print, report, study_page, timings};
use crate::output::error::OutputError;
use crate::output::folder::{RunFolder, folder_name};
use crate::output::manifest::{MANIFEST, Manifest, utc};
use crate::output::report::{self as page, Folder, REPORT};
use crate::scenario::study_file::{Study, load_study};
use crate::scenario::{Override, ScenarioError};
use crate::study::burn_ins::Keep;
use crate::study::results::Results;
use crate::study::rounds::{self, Done, UntilWidth, carry_out};
use crate::study::runner::Means;
use crate::study::store::Store;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

/// The folder of the results within that of the study, made anew each time.
pub(super) const RESULTS: &str = "results";

/// Carry the study out, or go on with it.
pub(super) fn study(what: &str, until: Option<&str>, burn_ins: Keep, options: Options) -> ExitCode {
    exit(done(what, until, burn_ins, &options))
}

fn done(what: &str, until: Option<&str>, burn_ins: Keep, options: &Options) -> Result<ExitCode, Failure> {
    let overrides: Vec<Override> = options.overrides().map_err(ScenarioError::Invalid)?;
    let study = load_study(what, &overrides)?;
    let until = until.map(UntilWidth::read).transpose().map_err(Failure::Asked)?;
    if let (Some(_), Some(reason)) = (until, rounds::cannot_grow(&study)) {
        return Err(Failure::Asked(reason));
    }
    let tell = |done: &Done, results: &Results, path: &Path| {
        if options.json {
            return report::print_text(&format!("{:#}\n", results.json()));
        }
        report::print(&study_page::page(&study, done, until, results, path))
    };
    let store = Store::open(&dir(&study, options), options.overwrite, burn_ins)?;
    carry(&study, until, &store, options, &tell)
}

/// Who says what came of a study, from its results and the folder they are in.
pub(super) type Tell<'a> = &'a dyn Fn(&Done, &Results, &Path) -> io::Result<()>;

/// Carry a study out in a folder, or go on with it there; write its results and its report; tell.
pub(super) fn carry(
    study: &Study,
    until: Option<UntilWidth>,
    store: &Store,
    options: &Options,
    tell: Tell,
) -> Result<ExitCode, Failure> {
    let started = SystemTime::now();
    let lead = rounds::lead(study)?;
    let warnings = rounds::warnings(study)?;
    warnings.iter().for_each(|warning| print::error(&format!("warning: {warning}")));
    let threads = pool(options)?.current_num_threads();
    catch_interruption();
    let progress = StudyProgress::new(&study.name, threads, options.quiet, options.timings);
    let means = Means { store, hold_burn_ins: false, threads, observer: &progress, stop: &STOP };
    let done = carry_out(study, until, &means)?;
    progress.finish();
    if done.stopped {
        return Ok(stopped(&done, store));
    }
    // Only what is in memory and kept is shown from here on: an interruption ends the program at once.
    let results = Results::new(study, &done, lead);
    let mut folder = RunFolder::at(&store.dir().join(RESULTS), true)?;
    let mut manifest = manifest(study, &done, started);
    manifest.threads = threads;
    manifest.warnings = warnings;
    manifest.timings = timings::told(&progress.timings);
    results.write(&mut folder, store, &manifest.lasting())?;
    manifest.finished = utc(SystemTime::now());
    manifest.files = folder.hashes().clone();
    folder.write(MANIFEST, &manifest.bytes())?;
    // The report tells of the manifest, and the manifest has the report's hash.
    let page = Folder::read(folder.working()).map_err(|error| Failure::Asked(error.to_string()))?;
    folder.write(REPORT, page::html(&page).as_bytes())?;
    manifest.files.extend(folder.hashes().get_key_value(REPORT).map(|(k, v)| (k.clone(), v.clone())));
    folder.write(MANIFEST, &manifest.bytes())?;
    let path = folder.finish()?;
    if let Err(error) = store.burn_ins.over() {
        print::error(&format!("warning: burn-ins that are no longer needed stay on the disk: {error}"));
    }
    tell(&done, &results, &path).map_err(|e| OutputError::from_io(Path::new("standard output"), e))?;
    Ok(ExitCode::SUCCESS)
}

fn dir(study: &Study, options: &Options) -> PathBuf {
    options.out.clone().unwrap_or_else(|| Path::new(OUTPUTS).join(folder_name(&study.name)))
}

/// The first Ctrl-C ends the study, the runs under way with it.
pub(super) fn catch_interruption() {
    stop::catch_interruption("stopping; finished runs are kept; press Ctrl-C again to end at once");
}

fn stopped(done: &Done, store: &Store) -> ExitCode {
    if done.layout.stopped {
        print::error(&format!(
            "The study was interrupted while its runs were laid out: runs that were kept before stay in {}. The same command \
             goes on from there.",
            store.dir().display()
        ));
        return ExitCode::from(INTERRUPTED);
    }
    print::error(&format!(
        "The study was interrupted: {} of {} runs are kept in {}. The same command goes on from there.",
        done.runs_kept(),
        done.layout.cells.len(),
        store.dir().display()
    ));
    ExitCode::from(INTERRUPTED)
}

fn manifest(study: &Study, done: &Done, started: SystemTime) -> Manifest {
    let resolved: Vec<(&str, &str)> =
        study.scenarios.iter().map(|one| (one.name(), one.scenario.resolved_toml.as_str())).collect();
    let run = &study.scenarios[0].scenario.settings.run;
    let mut of = Manifest::of_study((&study.name, &study.text), &resolved, started);
    for (of, planned) in of.resolved_scenarios.iter_mut().zip(&study.scenarios) {
        of.against = planned.against.map(|i| study.scenarios[i].name().to_owned());
        of.swept = planned.swept.clone();
    }
    let data = done.layout.places.iter().flat_map(|place| place.data_hashes());
    Manifest {
        city: done.layout.places.first().map_or_else(String::new, |place| place.name().to_owned()),
        data: data.collect(),
        town_files: town_files(study.scenarios.iter().map(|planned| &planned.scenario)),
        seed: run.seed,
        replicates: u32::from(done.replicates),
        complete: true,
        last_month: study.scenarios[0].scenario.start.plus(12 * i32::from(run.years) - 1).to_string(),
        ..of
    }
}
