//! `recirc country`: a country of synthetic cities under a policy.

use super::args::Options;
use super::progress::Progress;
use super::run::{Failure, OUTPUTS, exit, pool};
use super::stop::STOP;
use super::{INTERRUPTED, country_page, print, report};
use crate::measure::country::Countries;
use crate::output::error::OutputError;
use crate::output::folder::RunFolder;
use crate::output::manifest::{MANIFEST, Manifest, utc};
use crate::place;
use crate::scenario::{Override, Scenario, ScenarioError, country as rules, load_with};
use crate::study::{Watch, country as study};
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

/// Said in every result.
pub const SYNTHETIC: &str =
    "The cities are synthetic: Leeds's data with drawn differences. No figure is of a real place.";
const NOTHING: &str = "The run was interrupted before its first country was done: there is nothing to show, and nothing was written.";

/// Run it and tell.
pub(super) fn country(what: &str, asked: (Option<&str>, Option<&str>), options: &Options) -> ExitCode {
    let more: Vec<Override> =
        [("--cities", "country.cities", asked.0), ("--regions", "country.regions", asked.1)]
            .into_iter()
            .filter_map(|(option, key, value)| Some(Override::option(option, key, value?)))
            .collect();
    let tell = |of: &Countries, path: &Path| {
        if options.json {
            return report::print_text(&format!("{:#}\n", crate::output::country::json(of)));
        }
        report::print(&country_page::page(of, path))
    };
    exit(make(what, &more, options, &tell))
}

/// Who says what came of it, and where its folder is.
pub(super) type Tell<'a> = &'a dyn Fn(&Countries, &Path) -> io::Result<()>;

/// Run all replicates, write their folder, tell.
pub(super) fn make(
    what: &str,
    more: &[Override],
    options: &Options,
    tell: Tell,
) -> Result<ExitCode, Failure> {
    let started = SystemTime::now();
    let mut overrides = options.overrides().map_err(ScenarioError::Invalid)?;
    overrides.extend(more.iter().cloned());
    let scenario = load_with(&super::scenario_of(what), &overrides)?;
    rules::check(&scenario)?;
    scenario.load_place()?;
    let mut warnings = rules::warnings(&scenario);
    warnings.extend(study::large(&scenario));
    warnings.iter().for_each(|warning| print::error(&format!("warning: {warning}")));
    let mut folder = open(&scenario, options)?;
    let pool = pool(options)?;
    super::run::catch_interruption();
    let progress = Progress::new(&label(&scenario), study::months(&scenario), options.quiet);
    let watch = Watch { tick: &progress, stop: &STOP };
    let kept = study::Kept::beside(folder.path(), &scenario)?;
    let countries = pool.install(|| study::run(&scenario, &watch, Some(&kept)))?;
    progress.finish();
    let asked = usize::from(scenario.settings.run.replicates);
    if countries.replicates.is_empty() {
        print::error(NOTHING);
        return Ok(ExitCode::from(INTERRUPTED));
    }
    crate::output::country::write(&mut folder, &countries, &scenario.settings.description)?;
    let mut manifest = manifest(&scenario, &countries, started);
    manifest.warnings.extend(warnings);
    manifest.threads = pool.current_num_threads();
    if countries.replicates.len() < asked {
        manifest.complete = false;
        let done = countries.replicates.len();
        manifest
            .warnings
            .push(format!("interrupted: {done} of {asked} replicates were done and are in the tables; the same command with `--overwrite` \
             goes on from there"));
    }
    manifest.finished = utc(SystemTime::now());
    manifest.files = folder.hashes().clone();
    folder.write(MANIFEST, &manifest.bytes())?;
    let path = folder.finish()?;
    if manifest.complete {
        kept.clear();
    }
    let told = tell(&countries, &path);
    told.map_err(|e| OutputError::from_io(Path::new("standard output"), e))?;
    Ok(if manifest.complete { ExitCode::SUCCESS } else { ExitCode::from(INTERRUPTED) })
}

fn open(scenario: &Scenario, options: &Options) -> Result<RunFolder, OutputError> {
    match &options.out {
        Some(path) => RunFolder::at(path, options.overwrite),
        None => RunFolder::named(Path::new(OUTPUTS), &scenario.settings.name, options.overwrite),
    }
}

/// Progress counts months of cities.
fn label(scenario: &Scenario) -> String {
    let run = &scenario.settings.run;
    let size = if run.scale == 1.0 { "1:1".to_owned() } else { format!("scale {}", run.scale) };
    format!("{} synthetic cities at {size}, counted city by city", scenario.settings.country.cities)
}

fn manifest(scenario: &Scenario, of: &Countries, started: SystemTime) -> Manifest {
    let settings = &scenario.settings;
    let last = scenario.start.plus(12 * i32::from(settings.run.years) - 1);
    Manifest {
        command: "country".to_owned(),
        city: format!("{} synthetic cities", settings.country.cities),
        data: place::embedded_hashes()
            .into_iter()
            .filter(|(name, _)| !name.starts_with("preston/"))
            .collect(),
        seed: settings.run.seed,
        replicates: of.replicates.len() as u32,
        complete: true,
        last_month: last.to_string(),
        warnings: vec![SYNTHETIC.to_owned()],
        ..Manifest::new(&[(&settings.name, &scenario.resolved_toml)], started)
    }
}
