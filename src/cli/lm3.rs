//! `recirc lm3`: the local multiplier of an organisation's own figures, and the same survey run as a town.

use super::args::Options;
use super::lm3_page::{default_table, notes, payee_table, ratio_table, ratios, receivers, rounds};
use super::officer::net;
use super::page::{Results, give};
use super::progress::Progress;
use super::report::Report;
use super::run::{Failure, exit};
use super::timings;
use crate::measure::lm3::Lm3;
use crate::measure::local::Traced;
use crate::measure::net::{NetPicture, Pound};
use crate::output::{summary, whole};
use crate::place::{self, Place};
use crate::scenario::survey::{self, Survey};
use crate::study::{self, Ready, Watch};
use clap::Args;
use serde_json::{Map, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::time::SystemTime;

/// What `recirc lm3` is asked.
#[derive(Args, Clone, Debug)]
pub struct Lm3Asked {
    /// A survey: TOML (see --new), or CSV of payee, amount, local, respend
    #[arg(value_name = "SURVEY", required_unless_present = "new")]
    pub survey: Option<PathBuf>,
    /// Write a commented survey to fill in
    #[arg(long, value_name = "FILE.toml", conflicts_with_all = ["survey", "as_town", "simulate"])]
    pub new: Option<PathBuf>,
    /// Write the survey as a town file, and a scenario beside it that runs it
    #[arg(long, value_name = "FILE.toml")]
    pub as_town: Option<PathBuf>,
    /// Run the survey as a town through the simulator and show both
    #[arg(long)]
    pub simulate: bool,
}

/// `recirc lm3`.
pub(super) fn lm3(asked: &Lm3Asked, options: &Options) -> ExitCode {
    match (&asked.new, &asked.survey) {
        (Some(path), _) => new(path),
        (None, Some(path)) => exit(of_survey(path, asked, options)),
        (None, None) => ExitCode::SUCCESS,
    }
}

/// A commented survey, which is TOML: under another name it would be read as something else.
fn new(path: &Path) -> ExitCode {
    if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv")) {
        return exit(Err(Failure::Asked(format!(
            "`--new` writes TOML, and {} would be read as CSV\n  remedy: give a name that ends in .toml, or make the CSV \
             file yourself, with the columns payee, amount, local, respend",
            path.display()
        ))));
    }
    super::new_file(path, survey::STARTER)
}

fn of_survey(path: &Path, asked: &Lm3Asked, options: &Options) -> Result<ExitCode, Failure> {
    let started = SystemTime::now();
    super::there(path, "`recirc lm3 --new survey.toml` writes a survey to fill in")?;
    let survey = survey::load(path)?;
    let found = Lm3::of(&survey);
    if let Some(town) = &asked.as_town {
        write_town(&survey, &found, town, options)?;
    }
    let simulated = if asked.simulate { Some(simulate(&survey, &found, options)?) } else { None };
    let notes = notes(&survey, &found);
    let mut sections = vec![rounds(&survey, &found), ratios(&found, simulated.as_ref()), receivers(&survey)];
    sections[2].note = Some(format!("Local means: {}.", survey.area));
    let picture = NetPicture {
        pound: Pound::Survey,
        lm3: Some(found.income()),
        lm_infinity: found.infinite_income(),
        ..NetPicture::default()
    };
    let [side_by_side, counts] = net(&[("", picture)]);
    sections.insert(2, side_by_side);
    sections.push(counts);
    let mut closing = notes.clone();
    if let Some(town) = &asked.as_town {
        closing.push(format!(
            "As a town: {}; run it with `recirc run {}`.",
            town.display(),
            beside(town).display()
        ));
    }
    let mut figures = Map::new();
    figures.insert("organisation".into(), json!(survey.organisation));
    figures.insert("lm3_income".into(), json!(found.income()));
    figures.insert("lm3_contract".into(), json!(found.contract()));
    figures.insert("lm_infinity_income".into(), json!(found.infinite_income()));
    figures.insert("lm_infinity_contract".into(), json!(found.infinite_contract()));
    figures.insert("share_caught_by_three_rounds".into(), json!(found.caught()));
    if let Some(t) = &simulated {
        figures.insert("simulated_lm3_income".into(), json!(t.lm3()));
        figures.insert("simulated_lm3_contract".into(), json!(t.lm3_contract()));
        figures.insert("simulated_lm_infinity_income".into(), json!(t.lm_infinity()));
    }
    figures.insert("side_by_side".into(), summary::multipliers(&picture).into());
    figures.insert("notes".into(), json!(notes));
    let stem = path.file_stem().map_or("survey".into(), |s| s.to_string_lossy().into_owned());
    let results = Results {
        name: format!("lm3 of {stem}"),
        asked: format!("survey = {}", path.display()),
        data: vec![(survey.file.clone(), survey.sha256.clone())],
        tables: vec![ratio_table(&found), payee_table(&survey), default_table(&survey)],
        report: Report { heading: format!("LM3 of {}", survey.organisation), sections, closing },
        figures,
    };
    give(results, options, started)
}

/// The scenario that goes with a town file.
fn beside(town: &Path) -> PathBuf {
    let stem = town.file_stem().map_or("town".into(), |s| s.to_string_lossy().into_owned());
    town.with_file_name(format!("{stem}_scenario.toml"))
}

/// Both files, or neither where one of them may not be written over.
fn write_town(survey: &Survey, found: &Lm3, town: &Path, options: &Options) -> Result<(), Failure> {
    let file = town.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    if !file.ends_with(".toml") {
        let remedy = "a town file's name ends in .toml: give such a name";
        return Err(place::PlaceError::wrong(&file, None, "--as-town", town.display(), remedy).into());
    }
    let scenario = beside(town);
    for path in [town, &scenario] {
        whole::may_write(path, options.overwrite)?;
    }
    whole::write(town, survey::town_text(survey, later(found)).as_bytes())?;
    whole::write(&scenario, survey::scenario_text(&survey.organisation, &file).as_bytes())?;
    Ok(())
}

/// The rate of later rounds in a town, where something must leak in the end.
fn later(found: &Lm3) -> f64 {
    found.later.clamp(0.0, 0.99)
}

/// The survey's town, run with all mechanisms off.
fn simulate(survey: &Survey, found: &Lm3, options: &Options) -> Result<Traced, Failure> {
    let town = place::town_from_text(&survey.file, &survey::town_text(survey, later(found)))?;
    let text = survey::scenario_text(&survey.organisation, "survey.toml");
    let scenario = crate::scenario::of_town(&text)?;
    let ready = Ready { scenario, place: Place::Town(town) };
    let stop = AtomicBool::new(false);
    let progress = Progress::new("the survey's town", 0, true).timed(options.timings);
    let records = study::run(&[ready], &Watch { tick: &progress, stop: &stop })?;
    timings::told(&progress.timings);
    let record = records.into_iter().flatten().next();
    Ok(record.map_or_else(Traced::default, |r| Traced::over(&r.ledger, r.first_month)))
}
