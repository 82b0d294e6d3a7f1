//! `recirc reproduce MANIFEST`: makes what a manifest describes again, elsewhere, and compares file by file.

use super::args::{Extra, Options};
use super::run::{self, Failure, exit};
use super::stop::STOP;
use super::{INTERRUPTED, MISTAKE, country, impulse, print, report, study};
use crate::output::error::OutputError;
use crate::output::manifest::{GENERATOR, MANIFEST, Manifest, SCHEMA_VERSION, sha256};
use crate::output::report::{self as page, Folder, REPORT};
use crate::place;
use crate::scenario::study_file::{self, Planned};
use crate::scenario::{Scenario, load_with, tidy};
use crate::study::burn_ins::Keep;
use crate::study::store::Store;
use std::collections::BTreeMap;
use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::Ordering;

/// Make it again and say what came out the same. With `--out` the folder made stays there.
pub(super) fn reproduce(manifest: &Path, options: &Options) -> ExitCode {
    exit(done(manifest, options))
}

fn done(given: &Path, options: &Options) -> Result<ExitCode, Failure> {
    let file = if given.is_dir() { given.join(MANIFEST) } else { given.to_owned() };
    let of = read(&file)?;
    let misfits = misfits(&of);
    if !misfits.is_empty() {
        let list: String = misfits.iter().map(|text| format!("\n  {text}")).collect();
        return Err(Failure::Asked(format!("{} does not fit this program:{list}", file.display())));
    }
    let beside = beside(&of, file.parent().unwrap_or(Path::new(".")));
    let work = Work::new()?;
    let target = options.out.clone().unwrap_or_else(|| work.0.join("again"));
    let folder = again(&of, &file, &work, &target, options)?;
    if STOP.load(Ordering::Relaxed) {
        return Ok(ExitCode::from(INTERRUPTED));
    }
    let mut made = read(&folder.join(MANIFEST))?.files;
    if of.files.contains_key(REPORT) && !made.contains_key(REPORT) {
        // Somebody had `recirc report` make the page of a run or a comparison.
        let page = Folder::read(&folder).map_err(|error| Failure::Asked(error.to_string()))?;
        made.insert(REPORT.to_owned(), sha256(page::html(&page).as_bytes()));
    }
    let (lines, same) = compare(&of.files, &made, &beside);
    let printed = report::print_text(&lines);
    printed.map_err(|e| OutputError::from_io(Path::new("standard output"), e))?;
    Ok(if same { ExitCode::SUCCESS } else { ExitCode::from(MISTAKE) })
}

fn read(file: &Path) -> Result<Manifest, Failure> {
    super::there(file, "a manifest is called manifest.json and lies in a folder of results")?;
    let asked = |why: String| {
        let remedy = "give the manifest.json of a run, a comparison, an impulse or a study";
        Failure::Asked(format!("{} is no manifest of recirc: {why}\n  remedy: {remedy}", file.display()))
    };
    let text = fs::read_to_string(file).map_err(|cause| asked(cause.to_string()))?;
    let of: Manifest = serde_json::from_str(&text).map_err(|fault| asked(fault.to_string()))?;
    if of.resolved_scenarios.is_empty() || of.files.is_empty() {
        return Err(asked("it names no scenarios or no files".into()));
    }
    Ok(of)
}

/// Why what a manifest describes cannot be made again by this program.
fn misfits(of: &Manifest) -> Vec<String> {
    let mut found = Vec::new();
    let version = env!("CARGO_PKG_VERSION");
    if of.schema_version > SCHEMA_VERSION || of.schema_version < 2 {
        found.push(format!(
            "its format is {}, and this program reads 2 to {SCHEMA_VERSION}",
            of.schema_version
        ));
    }
    if of.recirc != version {
        found.push(format!("it was made by recirc {}, and this is {version}", of.recirc));
    }
    if of.command.is_empty() {
        found.push(
            "it does not say which command made it, or it is of a command that simulates nothing".into(),
        );
    }
    if of.generator != GENERATOR {
        found.push(format!("its draws are of {}, and this program's of {GENERATOR}", of.generator));
    }
    if !of.complete {
        found.push(format!("the run was interrupted (last month: {})", of.last_month));
    }
    for one in of.resolved_scenarios.iter().chain(&of.study) {
        if sha256(one.toml.as_bytes()) != one.sha256 {
            found.push(format!(
                "the text of `{}` has been changed: its SHA-256 is not the one noted",
                one.name
            ));
        }
    }
    let dir = Path::new(DEEP);
    for name in of.data.keys() {
        if Path::new(name).is_relative() && !tidy(&dir.join(name)).starts_with(TOP) {
            found.push(format!("the path {name} leads out of the folder that it is to be made again in"));
        }
    }
    for (name, hash) in &of.data {
        let text = of.town_files.get(name).map(String::as_str).or_else(|| place::embedded_town(name));
        let own = text.map(|text| sha256(text.as_bytes()));
        let carried =
            || place::embedded_hashes().into_iter().find(|(known, _)| known == name).map(|(_, hash)| hash);
        match own.or_else(carried) {
            Some(known) if known == *hash => {}
            Some(_) => found.push(format!("other data: {name} is not what it was")),
            None => found.push(format!("data that are not there: {name}")),
        }
    }
    found
}

/// Said of a file that somebody has taken out of the folder.
const AWAY: &str = "is not beside the manifest";

/// Files beside the manifest that are not, or no more, what it says.
fn beside(of: &Manifest, folder: &Path) -> BTreeMap<String, &'static str> {
    let judge = |(name, hash): (&String, &String)| match fs::read(folder.join(name)) {
        Err(_) => Some((name.clone(), AWAY)),
        Ok(bytes) if sha256(&bytes) != *hash => Some((name.clone(), "was changed after it was written")),
        Ok(_) => None,
    };
    of.files.iter().filter_map(judge).collect()
}

/// What was said of each file, and whether all that is there is the same.
fn compare(
    before: &BTreeMap<String, String>,
    now: &BTreeMap<String, String>,
    beside: &BTreeMap<String, &str>,
) -> (String, bool) {
    let mut lines = String::new();
    let (mut differ, mut away) = (0, 0);
    for (name, hash) in before {
        let said = match now.get(name) {
            Some(now) if now == hash => "same",
            Some(_) => "DIFFERS",
            None => "MISSING: not made again",
        };
        let note = beside.get(name).copied();
        let is_away = note == Some(AWAY) && said == "same";
        away += usize::from(is_away);
        differ += usize::from(!is_away && (said != "same" || note.is_some()));
        let note = note.map_or_else(String::new, |note| format!(", but the file {note}"));
        lines += &format!("{said:8} {name}{note}\n");
    }
    for name in now.keys().filter(|name| !before.contains_key(*name)) {
        differ += 1;
        lines += &format!("{:8} {name}\n", "NEW");
    }
    lines += &match differ {
        0 => format!("All {} files came out the same.\n", before.len()),
        n => format!("{n} of {} files are not the same.\n", before.len()),
    };
    if away > 0 {
        lines += &format!(
            "{away} of them are not beside the manifest: what was made again is what it says of them.\n"
        );
    }
    (lines, differ == 0)
}

/// Make it again into a folder, and say where its files are.
fn again(
    of: &Manifest,
    file: &Path,
    work: &Work,
    target: &Path,
    options: &Options,
) -> Result<PathBuf, Failure> {
    let options = Options {
        out: Some(target.to_owned()),
        threads: options.threads,
        quiet: options.quiet,
        overwrite: options.overwrite,
        ..Options::default()
    };
    let paths = work.scenarios(of)?;
    let names: Vec<&str> = paths.iter().filter_map(|path| path.to_str()).collect();
    match of.command.as_str() {
        "run" | "compare" => {
            Ok(run::make(&run::load(&names, &options)?, &options)?.1.unwrap_or_else(|| target.to_owned()))
        }
        "impulse" => {
            let explain = of.files.contains_key("impulse_explained.csv");
            let extra = Extra { explain, ..Extra::default() };
            impulse::make(names.last().unwrap_or(&""), &extra, &options, &|_| Ok(()))?;
            Ok(target.to_owned())
        }
        "country" => {
            country::make(names.last().unwrap_or(&""), &[], &options, &|_, _| Ok(()))?;
            Ok(target.to_owned())
        }
        "study" => {
            let study = planned(of, &paths)?;
            let store = Store::open(target, options.overwrite, Keep::None)?;
            study::carry(&study, None, &store, &options, &|_, _, _| Ok(()))?;
            Ok(target.join(study::RESULTS))
        }
        other => Err(Failure::Asked(format!("{} names an unknown command, `{other}`", file.display()))),
    }
}

/// The study with its scenarios as they were resolved.
fn planned(of: &Manifest, paths: &[PathBuf]) -> Result<study_file::Study, Failure> {
    let Some(study) = &of.study else {
        return Err(Failure::Asked("the manifest of a study has no study in it".into()));
    };
    let mut all = Vec::new();
    for (resolved, path) in of.resolved_scenarios.iter().zip(paths) {
        let scenario: Scenario = load_with(&path.display().to_string(), &[])?;
        let named = |name: &String| of.resolved_scenarios.iter().position(|one| one.name == *name);
        let against = resolved.against.as_ref().and_then(named);
        all.push(Planned { scenario, against, swept: resolved.swept.clone() });
    }
    // Replicates that were added until an interval was narrow are in no scenario's settings.
    for one in &mut all {
        one.scenario.settings.run.replicates = of.replicates.try_into().unwrap_or(u16::MAX);
    }
    Ok(study_file::again(&study.name, &study.toml, all)?)
}

/// A folder to work in, gone at the end.
struct Work(PathBuf);

/// Where the scenarios lie in it: as deep as a path with a few steps up can ask for.
const DEEP: &str = "towns/a/b/c/d/e/f";
const TOP: &str = "towns";

impl Work {
    fn new() -> Result<Work, OutputError> {
        // In a folder that all may write to, nobody can have made one of this name before: its hasher's keys are random.
        let luck = RandomState::new().build_hasher().finish();
        let path = std::env::temp_dir().join(format!("recirc-reproduce-{luck:016x}"));
        fs::create_dir(&path).map_err(|cause| OutputError::from_io(&path, cause))?;
        Ok(Work(path))
    }

    /// Write the scenarios as they were resolved. A town file lies where its scenario looks for it.
    fn scenarios(&self, of: &Manifest) -> Result<Vec<PathBuf>, OutputError> {
        let dir = self.0.join(DEEP);
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |cause| OutputError::from_io(&path, cause)
        };
        fs::create_dir_all(&dir).map_err(failed(&dir))?;
        let mut paths = Vec::new();
        for (i, one) in of.resolved_scenarios.iter().enumerate() {
            let path = dir.join(format!("{i}.toml"));
            fs::write(&path, &one.toml).map_err(failed(&path))?;
            paths.push(path);
        }
        let noted = of.town_files.iter().filter(|(name, _)| of.data.contains_key(*name));
        let noted = noted.map(|(place, text)| (place, text.as_str()));
        // Older manifests hold no text of the towns that the program carries.
        let carried = of.data.keys().filter(|name| !of.town_files.contains_key(*name));
        let carried = carried.filter_map(|name| Some((name, place::embedded_town(name)?)));
        for (place, text) in noted.chain(carried).filter(|(place, _)| Path::new(place).is_relative()) {
            let path = tidy(&dir.join(place));
            fs::create_dir_all(path.parent().unwrap_or(&dir)).map_err(failed(&path))?;
            fs::write(&path, text).map_err(failed(&path))?;
        }
        Ok(paths)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if let Err(cause) = fs::remove_dir_all(&self.0) {
            print::error(&format!("warning: {} could not be removed: {cause}", self.0.display()));
        }
    }
}
