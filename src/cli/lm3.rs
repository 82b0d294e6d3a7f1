//! `recirc lm3`: the local multiplier of an organisation's own figures, and the same survey run as a town.

use super::args::Options;
use super::page::{Results, give};
use super::print;
use super::report::{Report, Section};
use super::run::{Failure, exit};
use crate::measure::lm3::Lm3;
use crate::measure::local::Traced;
use crate::measure::table::{Cell, Column, Table};
use crate::place::{self, Place};
use crate::scenario::ScenarioError;
use crate::scenario::survey::{self, DEFAULTS, Kind, Rate, Survey};
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
        (Some(path), _) => match survey::write_new(path) {
            Ok(()) => print::out(&format!("{}\n", path.display())),
            Err(error) => print::failure(&error),
        },
        (None, Some(path)) => exit(of_survey(path, asked, options)),
        (None, None) => ExitCode::SUCCESS,
    }
}

fn of_survey(path: &Path, asked: &Lm3Asked, options: &Options) -> Result<ExitCode, Failure> {
    let started = SystemTime::now();
    let survey = survey::load(path)?;
    let found = Lm3::of(&survey);
    if let Some(town) = &asked.as_town {
        write_town(&survey, &found, town, options)?;
    }
    let simulated = if asked.simulate { Some(simulate(&survey, &found)?) } else { None };
    let notes = notes(&survey, &found);
    let mut sections = vec![rounds(&survey, &found), ratios(&found, simulated.as_ref()), receivers(&survey)];
    sections[2].note = Some(format!("Local means: {}.", survey.area));
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
    figures.insert("notes".into(), json!(notes));
    let stem = path.file_stem().map_or("survey".into(), |s| s.to_string_lossy().into_owned());
    let results = Results {
        name: format!("lm3 of {stem}"),
        asked: format!("survey = {}", path.display()),
        data: vec![(survey.file.clone(), survey.sha256.clone())],
        tables: vec![ratio_table(&found), payee_table(&survey)],
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

fn write_town(survey: &Survey, found: &Lm3, town: &Path, options: &Options) -> Result<(), ScenarioError> {
    let file = town.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    if !file.ends_with(".toml") {
        let remedy = "a town file's name ends in .toml: give such a name";
        return Err(place::PlaceError::wrong(&file, None, "--as-town", town.display(), remedy).into());
    }
    survey::write_file(town, &survey::town_text(survey, later(found)), options.overwrite)?;
    let scenario = survey::scenario_text(&survey.organisation, &file);
    survey::write_file(&beside(town), &scenario, options.overwrite)
}

/// The rate of later rounds in a town, where something must leak in the end.
fn later(found: &Lm3) -> f64 {
    found.later.clamp(0.0, 0.99)
}

/// The survey's town, run with all mechanisms off.
fn simulate(survey: &Survey, found: &Lm3) -> Result<Traced, Failure> {
    let town = place::town_from_text(&survey.file, &survey::town_text(survey, later(found)))?;
    let text = survey::scenario_text(&survey.organisation, "survey.toml");
    let scenario = crate::scenario::of_town(&text)?;
    let ready = Ready { scenario, place: Place::Town(town) };
    let stop = AtomicBool::new(false);
    let records = study::run(&[ready], &Watch { tick: &|| (), stop: &stop })?;
    let record = records.into_iter().flatten().next();
    Ok(record.map_or_else(Traced::default, |r| Traced::over(&r.ledger, r.first_month)))
}

fn rounds(survey: &Survey, found: &Lm3) -> Section {
    let row = |label: String, pounds: f64| vec![label, money(pounds), format!("{:.4}", pounds / found.r1)];
    let r1 = if survey.income_stated { "R1: received" } else { "R1: paid in all (income is not stated)" };
    let mut rows = vec![
        row(r1.to_owned(), found.r1),
        row("R2: paid to people and firms in the area".into(), found.r2),
        row("R3: spent in the area by those".into(), found.r3),
    ];
    if found.r3_from_outside > 0.0 {
        rows.push(row("of which by suppliers outside the area".into(), found.r3_from_outside));
    }
    if let Some(more) = found.later_rounds() {
        rows.push(row("Later rounds (not surveyed; see below)".into(), more));
    }
    Section {
        title: "Where the money goes".into(),
        note: None,
        columns: vec![String::new(), "pounds".into(), "per pound of R1".into()],
        rows,
    }
}

fn ratios(found: &Lm3, simulated: Option<&Traced>) -> Section {
    let number = |x: Option<f64>| x.map_or("no end".to_owned(), |x| format!("{x:.4}"));
    let mut columns = vec![String::new(), "survey".to_owned()];
    let mut rows = vec![
        vec!["LM3, income convention: (R1 + R2 + R3)/R1".to_owned(), number(Some(found.income()))],
        vec!["LM3, contract convention".to_owned(), number(Some(found.contract()))],
        vec!["LM∞, income convention".to_owned(), number(found.infinite_income())],
        vec!["LM∞, contract convention".to_owned(), number(found.infinite_contract())],
    ];
    if let Some(t) = simulated {
        columns.push("simulated".into());
        let first = if found.first_round_counts { 1.0 } else { 0.0 };
        let values = [t.lm3(), t.lm3_contract() + first, t.lm_infinity(), t.lm_infinity_contract() + first];
        rows.iter_mut().zip(values).for_each(|(row, x)| row.push(number(Some(x))));
    }
    let caught = found.caught().map_or("–".to_owned(), |x| format!("{:.1}%", 100.0 * x));
    rows.push(vec!["Part of LM∞ that three rounds catch".to_owned(), caught]);
    Section { title: "Local multiplier".into(), note: None, columns, rows }
}

fn receivers(survey: &Survey) -> Section {
    let rows = survey.payees.iter().map(|p| {
        vec![
            p.name.clone(),
            money(p.paid),
            format!("{:.0}%", 100.0 * p.local),
            format!("{:.0}%", 100.0 * p.respend),
            rate(p.rate).to_owned(),
            money(p.second_round()),
            money(p.third_round()),
        ]
    });
    let columns = ["receiver", "paid", "local", "spent again", "rate", "R2", "R3"];
    Section {
        title: "Receivers".into(),
        note: None,
        columns: columns.map(String::from).to_vec(),
        rows: rows.collect(),
    }
}

const fn rate(of: Rate) -> &'static str {
    match of {
        Rate::Surveyed => "survey",
        Rate::OwnDefault => "survey's default",
        Rate::Default => "default",
    }
}

/// What was assumed, and which defaults stand in for answers.
fn notes(survey: &Survey, found: &Lm3) -> Vec<String> {
    let mut out = Vec::new();
    out.push(match survey.contractor_is_local {
        None => "Contract convention: the organisation is the buyer, and its pound counts once it reaches somebody in \
                 the area: (R2 + R3)/R1."
            .to_owned(),
        Some(true) => "Contract convention: the organisation is the contractor and local, so that R1 counts.".to_owned(),
        Some(false) => {
            "Contract convention: the organisation is the contractor and outside, so that R1 does not count: \
             (R2 + R3)/R1."
                .to_owned()
        }
    });
    out.push(format!(
        "LM∞ assumes that rounds after the third go on at {:.1}%, the rate at which receivers in the area spend again \
         there. Nobody was asked about those rounds.",
        100.0 * found.later
    ));
    if found.later_rounds().is_none() {
        out.push(
            "Receivers in the area spend everything there: nothing leaks, and LM∞ has no end.".to_owned(),
        );
    }
    if found.r3_from_outside > 0.0 {
        out.push(format!(
            "R3 includes what suppliers outside the area were found to spend in it; without that, LM3 is {:.4}.",
            found.income() - found.r3_from_outside / found.r1
        ));
    }
    let stands_in: f64 =
        survey.payees.iter().filter(|p| p.rate != Rate::Surveyed).map(|p| p.third_round()).sum();
    if survey.payees.iter().any(|p| p.rate != Rate::Surveyed) && found.r3 > 0.0 {
        out.push(format!(
            "{:.0}% of R3 rests on default rates, not on answers.",
            100.0 * stands_in / found.r3
        ));
    }
    for (i, of) in DEFAULTS.iter().enumerate() {
        let used = survey.payees.iter().any(|p| {
            let which = match (p.kind, p.local > 0.0) {
                (Kind::Staff, _) => 0,
                (Kind::Supplier, true) => 1,
                (Kind::Supplier, false) => 2,
            };
            p.rate == Rate::Default && which == i
        });
        if used {
            out.push(format!("Default {} = {} ({}: {}).", of.key, of.share, of.flag, of.source));
        }
    }
    out.push("LM3 is gross: it counts neither what would have happened anyway nor what is displaced.".into());
    out
}

fn ratio_table(found: &Lm3) -> Table {
    let mut t = Table::new(
        "lm3",
        vec![
            Column::new("figure", "", "What is measured"),
            Column::new("value", "as in unit", "Its value; empty where the sum of rounds has no end"),
            Column::new("unit", "", "Its unit"),
        ],
    );
    let mut push = |figure: &str, value: Option<f64>, unit: &str| {
        t.push(vec![figure.into(), value.map_or(Cell::Empty, |x| Cell::Real(x, 6)), unit.into()]);
    };
    push("r1", Some(found.r1), "GBP");
    push("r2", Some(found.r2), "GBP");
    push("r3", Some(found.r3), "GBP");
    push("r3_from_suppliers_outside", Some(found.r3_from_outside), "GBP");
    push("lm3_income", Some(found.income()), "ratio");
    push("lm3_contract", Some(found.contract()), "ratio");
    push("later_rounds_rate", Some(found.later), "share");
    push("lm_infinity_income", found.infinite_income(), "ratio");
    push("lm_infinity_contract", found.infinite_contract(), "ratio");
    push("share_caught_by_three_rounds", found.caught(), "share");
    t
}

fn payee_table(survey: &Survey) -> Table {
    let mut t = Table::new(
        "payees",
        vec![
            Column::new("payee", "", "Who is paid"),
            Column::new("kind", "", "Staff or supplier"),
            Column::new("paid", "GBP", "What it is paid"),
            Column::new("local", "share", "Part of it that lands in the area"),
            Column::new(
                "respend",
                "share",
                "Part that is spent in the area again (of staff: of residents' pay)",
            ),
            Column::new("rate", "", "Whether the rate is the survey's or a default"),
            Column::new("r2", "GBP", "Received in the area"),
            Column::new("r3", "GBP", "Spent in the area again"),
        ],
    );
    for p in &survey.payees {
        let kind = if p.kind == Kind::Staff { "staff" } else { "supplier" };
        t.push(vec![
            p.name.as_str().into(),
            kind.into(),
            Cell::Real(p.paid, 2),
            Cell::ratio(p.local),
            Cell::ratio(p.respend),
            rate(p.rate).into(),
            Cell::Real(p.second_round(), 2),
            Cell::Real(p.third_round(), 2),
        ]);
    }
    t
}

/// Pounds with thousands separated; pence where they matter.
fn money(value: f64) -> String {
    super::officer::number(value, if value < 1000.0 && value.fract() != 0.0 { 2 } else { 0 })
}
