//! `recirc` with no command: the study of Leeds, at the largest scale that this machine can do in about two minutes.

use super::args::Options;
use super::run::{Failure, OUTPUTS, exit, pool};
use super::stop::STOP;
use super::study_page::plain;
use super::{INTERRUPTED, brief, print, report, study};
use crate::measure::table::Metric;
use crate::output::folder::folder_name;
use crate::output::report::{Folder, REPORT};
use crate::scenario::study_file::{Study, load_study};
use crate::scenario::{Override, ScenarioError, keys};
use crate::study::burn_ins::Keep;
use crate::study::pace::{self, Pace};
use crate::study::results::Results;
use crate::study::rounds::Done;
use crate::study::store::Store;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

const STUDY: &str = "leeds/study";
/// The study that screens assumptions.
const UNCERTAIN: &str = "leeds/study_uncertain";
/// How long somebody at a desk is taken to wait (assumed).
const PATIENCE: Duration = Duration::from_secs(120);
/// Where a study's folder says which scale was chosen for it, so that it goes on at that scale.
const SCALE: &str = "scale";

pub(super) fn main_job(options: Options) -> ExitCode {
    exit(done(&options))
}

fn done(options: &Options) -> Result<ExitCode, Failure> {
    let mut overrides: Vec<Override> = options.overrides().map_err(ScenarioError::Invalid)?;
    let study = load_study(STUDY, &overrides)?;
    let dir: PathBuf =
        options.out.clone().unwrap_or_else(|| Path::new(OUTPUTS).join(folder_name(&study.name)));
    let given = study.scenarios.iter().any(|one| one.scenario.sources.is_typed(&["run", "scale"]));
    let store = Store::open(&dir, options.overwrite, Keep::Needed)?;
    let mut why = None;
    if !given {
        let (scale, reason) = match kept(&dir).filter(|_| !options.overwrite) {
            Some(scale) => {
                (scale, format!("It goes on at scale {scale}, which was chosen when its folder was begun."))
            }
            None => match chosen(&study, options)? {
                Some(found) => found,
                None => return Ok(ExitCode::from(INTERRUPTED)),
            },
        };
        store.note(SCALE, &format!("{scale}\n"))?;
        if !options.quiet {
            print::error(&reason);
        }
        overrides.push(Override::option("--scale", "run.scale", &scale.to_string()));
        why = Some(reason);
    }
    let study = load_study(STUDY, &overrides)?;
    let tell = |done: &Done, results: &Results, path: &Path| {
        tell(&study, done, results, path, why.as_deref(), options.json)
    };
    study::carry(&study, None, &store, options, &tell)
}

/// The scale that was chosen for the study in a folder.
fn kept(dir: &Path) -> Option<f64> {
    let scale: f64 = fs::read_to_string(dir.join(SCALE)).ok()?.trim().parse().ok()?;
    pace::SCALES.contains(&scale).then_some(scale)
}

/// A scale by timing, and why it is that one; none when it was interrupted.
fn chosen(study: &Study, options: &Options) -> Result<Option<(f64, String)>, Failure> {
    if !options.quiet {
        print::error(
            "timing the first months, to see how large a city this machine can do in about two minutes",
        );
    }
    study::catch_interruption();
    let threads = pool(options)?.current_num_threads();
    let pace = pace::largest(study, (PATIENCE, threads), &STOP)?;
    Ok(pace.map(|pace| (pace.chosen.scale, reason(&pace))))
}

fn reason(pace: &Pace) -> String {
    let at = &pace.chosen;
    let timed = format!(
        "drawing a city takes {:.1} s and a month {:.0} ms on this machine now, so about {} in all",
        at.city,
        at.month * 1000.0,
        words(at.study)
    );
    if at.scale == 1.0 {
        return format!("At 1:1: {timed}.");
    }
    let whole = pace.at(1.0).map_or_else(String::new, |seconds| {
        format!(" A city at 1:1 would take about {}, judging by what was timed.", words(seconds))
    });
    format!(
        "At scale {}: {timed}.{whole} `recirc --scale 1` does that; more replicates (`--replicates`) make the intervals narrower.",
        at.scale
    )
}

fn words(seconds: f64) -> String {
    if seconds < 90.0 { format!("{seconds:.0} s") } else { format!("{:.0} minutes", seconds / 60.0) }
}

fn tell(
    study: &Study,
    done: &Done,
    results: &Results,
    path: &Path,
    why: Option<&str>,
    json: bool,
) -> io::Result<()> {
    if json {
        return report::print_text(&format!("{:#}\n", results.json()));
    }
    let metrics: Vec<Vec<Vec<Metric>>> = done.layout.main.iter().map(|cells| done.of(cells)).collect();
    let names: Vec<&str> = study.scenarios.iter().map(|planned| planned.name()).collect();
    let answer = Folder::read(path).map(|folder| crate::output::report::answer(&folder)).unwrap_or_default();
    let mut page = brief::brief(&names, &metrics);
    page.heading = plain(study, done);
    page.sections.insert(
        0,
        report::Section {
            title: "The answer".into(),
            rows: answer.into_iter().map(|sentence| vec![sentence]).collect(),
            ..report::Section::default()
        },
    );
    page.closing.extend(why.map(str::to_owned));
    page.closing.push(assumptions(study));
    page.closing.push(format!("Tables, charts and manifest: {}", path.display()));
    page.closing.push(format!("Report, to open in a browser: {}", path.join(REPORT).display()));
    report::print(&page)
}

/// What the intervals hold of what is not known, and what they do not.
fn assumptions(study: &Study) -> String {
    let drawn = |key: &String| study.uncertain.iter().any(|one| one.key == *key);
    let left = keys::all().iter().filter(|(key, of)| of.uncertain.is_some() && !drawn(key)).count();
    format!(
        "{} things that nobody has counted, such as who owns the firms and where people shop, were drawn anew in each \
         replicate, so the intervals hold them; {left} other assumptions stand as they are (the report lists them under What \
         matters). `recirc study {UNCERTAIN}` asks which of them the answer hangs on.",
        study.uncertain.len()
    )
}
