//! `recirc impulse`: the net multiplier of an extra spend.

use super::args::{Extra, Options};
use super::progress::Progress;
use super::run::{Failure, catch_interruption, exit, label, manifest, open_folder, pool};
use super::stop::STOP;
use super::{INTERRUPTED, net_page, print, report, timings};
use crate::measure::impulse::Asked;
use crate::measure::impulse::explained::Explained;
use crate::measure::impulse::figures::Impulse;
use crate::output::error::OutputError;
use crate::output::folder::RunFolder;
use crate::output::manifest::{MANIFEST, Manifest};
use crate::place::national;
use crate::scenario::impulse::Known;
use crate::scenario::{Override, Scenario, ScenarioError, load_with};
use crate::study::impulse::{Pair, explain, months_to_explain, switched_on, twin};
use crate::study::{self, Ready, StudyError, Watch};
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::time::SystemTime;

/// Run the pair and tell what came of it.
pub(super) fn impulse(scenario: &str, extra: &Extra, options: Options) -> ExitCode {
    exit(measure(scenario, extra, &options))
}

fn measure(name: &str, extra: &Extra, options: &Options) -> Result<ExitCode, Failure> {
    let tell = |of: Option<(&Impulse, Option<&Explained>, &Path)>| match of {
        None => tell_nothing(options),
        Some((of, explained, _)) if options.json => {
            report::print_text(&format!("{:#}\n", crate::output::impulse::json(of, explained)))
        }
        Some((of, explained, path)) => report::print(&net_page::page(of, explained, path)),
    };
    make(name, extra, options, &tell)
}

/// Who says what came of an impulse, and where its folder is; neither is there when it was stopped before the extra spend.
type Tell<'a> = &'a dyn Fn(Option<(&Impulse, Option<&Explained>, &Path)>) -> io::Result<()>;

/// Run the pair, write its folder, tell.
pub(super) fn make(name: &str, extra: &Extra, options: &Options, tell: Tell) -> Result<ExitCode, Failure> {
    let started = SystemTime::now();
    let pair = pair(name, extra, options)?;
    if extra.explain && switched_on(&pair[0].scenario.settings.mechanisms).is_empty() {
        return Err(Failure::Asked(format!(
            "there is nothing to explain in `{name}`: all its mechanisms are off, so it is the textbook\n  \
             remedy: leave `--explain` out, or take a scenario with mechanisms on, such as leeds/baseline"
        )));
    }
    let asked = asked(&pair[1])?;
    let mut folder = open_folder(&pair, options)?;
    let pool = pool(options)?;
    catch_interruption();
    let more = if extra.explain { months_to_explain(&pair) } else { 0 };
    let progress = Progress::new(&label(&pair), study::months(&pair) + more, options.quiet);
    let progress = progress.timed(options.timings);
    let watch = Watch { tick: &progress, stop: &STOP };
    let records = pool.install(|| twin(&pair, &watch))?;
    let of = Impulse::new(asked.clone(), &records[0], &records[1]);
    let about = |folder: &RunFolder| {
        let of = manifest(&pair, &records, (started, pool.current_num_threads()), folder);
        Manifest { command: "impulse".to_owned(), ..of }
    };
    if of.spent() <= 0.0 {
        if !STOP.load(Ordering::Relaxed) {
            return Err(nothing_spent(&asked, &pair[1]));
        }
        progress.finish();
        tell(None).map_err(|e| OutputError::from_io(Path::new("standard output"), e))?;
        return Ok(ExitCode::from(INTERRUPTED));
    }
    let wanted = extra.explain && !STOP.load(Ordering::Relaxed);
    let explained = wanted.then(|| pool.install(|| explain(&pair, &asked, &of, &watch))).transpose()?;
    // An explanation that was broken off compares runs of different lengths.
    let explained = explained.filter(|_| !STOP.load(Ordering::Relaxed));
    progress.finish();
    crate::output::impulse::write(&mut folder, &of, explained.as_ref())?;
    let mut manifest = Manifest { timings: timings::told(&progress.timings), ..about(&folder) };
    manifest.warnings.extend(explained.as_ref().and_then(Explained::warning));
    folder.write(MANIFEST, &manifest.bytes())?;
    let told = tell(Some((&of, explained.as_ref(), &folder.finish()?)));
    told.map_err(|e| OutputError::from_io(Path::new("standard output"), e))?;
    Ok(if STOP.load(Ordering::Relaxed) { ExitCode::from(INTERRUPTED) } else { ExitCode::SUCCESS })
}

fn tell_nothing(options: &Options) -> io::Result<()> {
    print::error(net_page::NOTHING);
    if options.json {
        let none = serde_json::json!({ "schema_version": crate::output::summary::SCHEMA_VERSION });
        report::print_text(&format!("{none:#}\n"))?;
    }
    Ok(())
}

/// The scenario without its extra spend, and with it.
fn pair(name: &str, extra: &Extra, options: &Options) -> Result<Pair, Failure> {
    let load = |more: Vec<Override>| -> Result<Scenario, ScenarioError> {
        let mut overrides = options.overrides().map_err(ScenarioError::Invalid)?;
        overrides.extend(extra.overrides());
        overrides.extend(more);
        load_with(&super::scenario_of(name), &overrides)
    };
    let mut with = Ready::new(load(Vec::new())?)?;
    if with.scenario.settings.impulse.amount_gbp <= 0.0 {
        return Err(Failure::Asked(
            "an impulse needs an amount above 0\n  remedy: for example --amount 1000000 --to health".into(),
        ));
    }
    let scenario = load(vec![Override::option("--amount", "impulse.amount_gbp", "0")])?;
    let without = Ready { scenario, place: with.place.clone() };
    with.scenario.settings.name += " with extra spend";
    Ok([without, with])
}

fn asked(with: &Ready) -> Result<Asked, Failure> {
    let of = &with.scenario.settings.impulse;
    let averages = national::averages().map_err(|e| StudyError::Scenario(ScenarioError::from(e)))?;
    let financed_by = serde_json::to_value(of.financed_by).ok();
    Ok(Asked {
        amount_gbp: of.amount_gbp,
        to: of.to.clone(),
        to_in_words: Known::of(&with.place).in_words(&of.to),
        months: of.months,
        start: if of.start.is_empty() { with.scenario.start.to_string() } else { of.start.clone() },
        financed_by: financed_by.as_ref().and_then(|v| v.as_str()).unwrap_or_default().to_owned(),
        slack: of.slack_outside,
        averages,
    })
}

fn nothing_spent(asked: &Asked, with: &Ready) -> Failure {
    let run = &with.scenario.settings.run;
    Failure::Asked(format!(
        "nothing was spent: at scale {} nobody that `{}` stands for is there to be paid, or the sum is below a penny a month\n  \
         remedy: a larger `--scale`, or a larger `--amount`",
        run.scale, asked.to
    ))
}
