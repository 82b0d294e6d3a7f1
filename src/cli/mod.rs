//! Arguments, progress, printing, exit codes.

pub mod args;
mod bench;
mod brief;
mod calibration;
mod check;
mod country;
mod country_page;
mod fault;
mod impulse;
mod lm3;
mod lm3_page;
mod main_job;
mod multipliers;
mod multipliers_asked;
mod multipliers_of_accounts;
mod multipliers_of_run;
mod names;
mod net_page;
mod numbers;
mod officer;
mod page;
pub mod print;
pub mod progress;
pub mod report;
mod report_page;
mod reproduce;
pub mod run;
mod stop;
mod study;
mod study_net;
mod study_page;
mod study_progress;
mod timings;
mod unused;

use crate::output::whole;
use crate::scenario::shock_table;
use crate::scenario::{Scenario, ScenarioError, embedded, levers, load_with, schema, starter};
use args::{Cli, Command, Options};
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

/// Exit code of a mistake in what the user asked, and of a failed check.
pub const MISTAKE: u8 = 2;
/// Exit code of a fault of machine or program.
pub const FAULT: u8 = 1;
/// Exit code after an interruption.
pub const INTERRUPTED: u8 = 130;

/// The program: read the arguments, do what they ask, answer with the exit code.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    fault::guard(|| match parse(args) {
        Ok(cli) => dispatch(cli),
        Err(refusal) => refused(&refusal),
    })
}

fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let matches = unused::hidden_in_help(Cli::command()).try_get_matches_from(args)?;
    Cli::from_arg_matches(&matches)
}

fn dispatch(cli: Cli) -> ExitCode {
    let options = cli.options;
    if let Some(told) = cli.command.as_ref().and_then(|command| unused::refusal(command, &options)) {
        print::error(&told);
        return ExitCode::from(MISTAKE);
    }
    match cli.command {
        None => main_job::main_job(options),
        Some(Command::Run { scenario }) => run::run(&scenario, options),
        Some(Command::Compare { reference, scenarios }) => run::compare(&reference, &scenarios, options),
        Some(Command::Impulse { scenario, extra }) => impulse::impulse(&scenario, &extra, options),
        Some(Command::Check { scenarios, calibration }) => check::check(&scenarios, calibration, options),
        Some(Command::Bench { scenario }) => bench::bench(&scenario, &options),
        Some(Command::Scenarios) => print::out(&embedded::list()),
        Some(Command::Levers { name: None }) => print::out(&(levers::list() + &names::of_cities())),
        Some(Command::Levers { name: Some(name) }) => lever(&name),
        Some(Command::Study { study, until_width, burn_ins }) => {
            study::study(&study, until_width.as_deref(), burn_ins, options)
        }
        Some(Command::Country { scenario, cities, regions }) => {
            country::country(&scenario, (cities.as_deref(), regions.as_deref()), &options)
        }
        Some(Command::Reproduce { manifest }) => reproduce::reproduce(&manifest, &options),
        Some(Command::Report { dir }) => report_page::report(&dir, &options),
        Some(Command::Schema { study: false }) => print::out(&schema::text()),
        Some(Command::Schema { study: true }) => print::out(&schema::study_text()),
        Some(Command::Multipliers(asked)) => multipliers::multipliers(&asked, &options),
        Some(Command::Lm3(asked)) => lm3::lm3(&asked, &options),
        Some(Command::New { dir }) => match starter::write(&dir) {
            Ok(path) => print::out(&format!("{}\n", path.display())),
            Err(error) => unwritable(&error),
        },
    }
}

/// Load a scenario with the settings of the command line over it.
pub fn load(scenario: &str, options: &Options) -> Result<Scenario, ScenarioError> {
    let overrides = options.overrides().map_err(ScenarioError::Invalid)?;
    load_with(&scenario_of(scenario), &overrides)
}

/// A folder that `recirc new` made stands for the scenario in it.
fn scenario_of(what: &str) -> String {
    let inside = Path::new(what).join("scenario.toml");
    if inside.is_file() { inside.display().to_string() } else { what.to_owned() }
}

/// A file to be read: not there, or a folder, is said in words.
fn there(path: &Path, remedy: &str) -> Result<(), run::Failure> {
    let is = if path.is_dir() { "is a folder, and a file is needed" } else { "does not exist" };
    if path.exists() && !path.is_dir() {
        return Ok(());
    }
    Err(run::Failure::Asked(format!("{} {is}\n  remedy: give the path of a file; {remedy}", path.display())))
}

/// Write a file to start from, and say where it is; nothing that exists is overwritten.
fn new_file(path: &Path, text: &str) -> ExitCode {
    match whole::may_write(path, false).and_then(|()| whole::write(path, text.as_bytes())) {
        Ok(()) => print::out(&format!("{}\n", path.display())),
        Err(error) => run::exit(Err(error.into())),
    }
}

/// A folder that could not be made because of where it was to be is the user's to mend.
fn unwritable(error: &ScenarioError) -> ExitCode {
    match error {
        ScenarioError::Exists(path) => print::error(&format!(
            "error: the folder {} exists already and is not overwritten\n  remedy: name a folder that does not exist yet",
            path.display()
        )),
        ScenarioError::Unwritable { path, cause } => print::error(&format!(
            "error: the folder {} cannot be written ({cause})\n  remedy: name a folder in a place that you may write to",
            path.display()
        )),
        other => return print::failure(other),
    }
    ExitCode::from(MISTAKE)
}

fn lever(name: &str) -> ExitCode {
    if let Some(shock) = shock_table::find(name) {
        return print::out(&shock.page());
    }
    if let Some(lever) = levers::find(name) {
        return print::out(&format!("{}\n{}{}", lever.page(), levers::reach_page(), names::of_cities()));
    }
    let hint = levers::nearest_to(name).map(|near| format!("did you mean `{near}`?"));
    let hint = hint.unwrap_or_else(|| "`recirc levers` lists them".into());
    print::error(&format!("error: there is no lever `{name}`; {hint}"));
    ExitCode::from(MISTAKE)
}

/// Clap's own answers: help and version on standard output, mistakes on standard error.
fn refused(refusal: &clap::Error) -> ExitCode {
    let wanted = matches!(refusal.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    // A closed pipe is no error, and there is no one left to tell.
    let _ = refusal.print();
    if wanted { ExitCode::SUCCESS } else { ExitCode::from(MISTAKE) }
}
