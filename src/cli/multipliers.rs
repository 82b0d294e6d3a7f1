//! `recirc multipliers`: Type I and Type II multipliers of a table that a user brings.

use super::args::Options;
use super::multipliers_asked::MultipliersAsked;
use super::multipliers_of_accounts::of_accounts;
use super::multipliers_of_run;
use super::officer::net;
use super::page::{Results, give};
use super::report::{Report, Section};
use super::run::{Failure, exit};
use crate::measure::leontief::Singular;
use crate::measure::multipliers::{Economy, Effects, Multipliers, inverse_table, table};
use crate::measure::net::{NetPicture, Pound};
use crate::output::summary;
use crate::place::PlaceError;
use crate::place::flq::{Quotient, lambda};
use crate::scenario::io_table::{self, Employment, Form, HouseholdTotal, IoTable};
use serde_json::{Map, json};
use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

/// `recirc multipliers`.
pub(super) fn multipliers(asked: &MultipliersAsked, options: &Options) -> ExitCode {
    if let Some(path) = &asked.new {
        return super::new_file(path, io_table::STARTER);
    }
    match (&asked.run, &asked.table) {
        (Some(folder), _) => exit(multipliers_of_run::of_run(folder, asked.year, options)),
        (None, Some(path)) => exit(of_table(path, asked, options)),
        (None, None) => exit(Err(Failure::Asked(
            "multipliers of what?\n  remedy: `--table FILE.csv` for an input-output table, or `--run DIR` for the folder \
             of a run; `--new FILE.csv` writes a table to try"
                .into(),
        ))),
    }
}

fn of_table(path: &Path, asked: &MultipliersAsked, options: &Options) -> Result<ExitCode, Failure> {
    let started = SystemTime::now();
    super::there(
        path,
        "`recirc multipliers --new table.csv` writes one to start from; docs/multiplier.md says what it holds",
    )?;
    let said = asked.said();
    if let Some(accounts) = io_table::accounts(path, &said)? {
        if asked.lq.is_some() {
            return Err(Failure::Asked(
                "--lq makes an input-output table regional, and this is a social accounting matrix\n  remedy: leave --lq out, \
                 or say --kind flows if it is an input-output table"
                    .into(),
            ));
        }
        return of_accounts(path, accounts, &said, options, started);
    }
    let read = io_table::load(path, &said)?;
    let mut economy = Economy::of(&read);
    let mut data = vec![(read.file.clone(), read.sha256.clone())];
    let mut notes = read.notes.clone();
    if let Some(path) = &asked.lq {
        let jobs = io_table::employment(path, &read, asked.job_columns().each_ref().map(Option::as_ref))?;
        let method = asked.quotient();
        economy = economy.regional(&jobs, method);
        notes.extend(jobs.notes.clone());
        notes.push(regional_note(&jobs, method));
        data.push((jobs.file, jobs.sha256));
    }
    let found = economy.multipliers().map_err(|singular| no_inverse(&read, singular))?;
    notes.extend(conventions(&read, &found));
    let mut words: Vec<String> = vec![format!("table = {}", read.file)];
    words.extend(said.iter().map(|s| format!("{} = {}", s.key, s.value)));
    if let Some(path) = &asked.lq {
        let (quotient, delta) = asked.quotient();
        words.push(format!("lq = {}\nmethod = {}\ndelta = {delta}", path.display(), quotient.label()));
    }
    let stem = path.file_stem().map_or("table".into(), |s| s.to_string_lossy().into_owned());
    let picture = picture(&found, read.output.as_deref());
    let [side_by_side, counts] = net(&[("", picture)]);
    let mut all = sections(&found, jobs(&found));
    all.extend([side_by_side, counts]);
    let report =
        Report { heading: format!("Multipliers of {}", read.file), sections: all, closing: notes.clone() };
    let figures = Map::from_iter([
        ("table".to_owned(), json!(read.file)),
        ("side_by_side".to_owned(), summary::multipliers(&picture).into()),
        ("notes".to_owned(), json!(notes)),
    ]);
    let results = Results {
        name: format!("multipliers of {stem}"),
        asked: words.join("\n"),
        data,
        tables: vec![table(&found), inverse_table(&found)],
        report,
        figures,
    };
    give(results, options, started)
}

/// Type I and Type II of the table as a whole: the mean by output where it is known, and the range over sectors. A sector
/// that neither buys nor sells is none.
fn picture(found: &Multipliers, output: Option<&[f64]>) -> NetPicture {
    let weight = |j: usize| output.map_or(1.0, |output| output[j]);
    let mean = |of: &[f64]| {
        let all: f64 = (0..of.len()).map(weight).sum();
        (all > 0.0).then(|| of.iter().enumerate().map(|(j, x)| weight(j) * x).sum::<f64>() / all)
    };
    let range = |of: &[f64]| {
        of.iter().fold(None, |ends: Option<(f64, f64)>, x| {
            Some(ends.map_or((*x, *x), |(low, high)| (low.min(*x), high.max(*x))))
        })
    };
    let second = found.output.1.as_deref();
    NetPicture {
        pound: Pound::Table,
        type_i: mean(&found.output.0),
        type_ii: second.and_then(mean),
        by_sector: [range(&found.output.0), second.and_then(range)],
        ..NetPicture::default()
    }
}

fn no_inverse(read: &IoTable, singular: Singular) -> PlaceError {
    if singular.with_households {
        let remedy = "nothing leaks: what households earn and spend comes back whole, so that the sum of rounds has no \
                      end and the matrix no inverse. Give what households spend on imports, taxes and saving (the \
                      total of their column, or --household-income), or leave them out with --ignore-column, for Type I alone";
        return PlaceError::wrong(&read.file, read.households_line, "households", "closed system", remedy);
    }
    let remedy = "the matrix I - A has no inverse: check for sectors that only sell to each other";
    PlaceError::wrong(&read.file, None, "coefficients", "singular", remedy)
}

fn regional_note(jobs: &Employment, (quotient, delta): (Quotient, f64)) -> String {
    let (r, n): (f64, f64) = (jobs.region.iter().sum(), jobs.nation.iter().sum());
    let size = match quotient {
        Quotient::Flq | Quotient::Aflq | Quotient::AflqHeld => {
            format!(", delta {delta}, lambda {:.3}", lambda(r, n, delta))
        }
        Quotient::Slq | Quotient::Cilq => String::new(),
    };
    format!(
        "Made regional by {}{size}; the region has {:.2}% of the jobs. What households buy is local by the simple \
         quotient with the same allowance for size. Pay, jobs and value added per unit of output stay the nation's.",
        quotient.label(),
        100.0 * r / n
    )
}

/// What was counted, and how.
fn conventions(read: &IoTable, found: &Multipliers) -> Vec<String> {
    let mut out = vec![match read.form {
        Form::Flows => "The table is of flows: coefficients are cells over their column's output.".to_owned(),
        Form::Coefficients => {
            "The table is of coefficients, income, jobs and value added per unit of output included."
                .to_owned()
        }
    }];
    out.push(
        "Type I: column sums of (I − A)⁻¹. An effect is what one unit of final demand calls forth in all sectors; a \
         multiplier is the effect over what is direct in the sector."
            .to_owned(),
    );
    out.push(match &read.households {
        Some(account) if found.output.1.is_some() => {
            let of = match account.total {
                HouseholdTotal::Spending => "all that they spend",
                HouseholdTotal::Income => "all that they receive, as given",
                HouseholdTotal::Pay => "their pay, which is more than they are said to spend",
                HouseholdTotal::Shares => "all that they spend (the column holds shares)",
            };
            format!(
                "Type II: households inside. Their row is compensation of employees over output, their column what \
                 they buy from the sectors over {of}; rows of production are summed (truncated)."
            )
        }
        _ => "No Type II: it needs a row of compensation of employees and a column of households.".to_owned(),
    });
    out
}

/// How jobs are told: per million where a table in pounds has few for each.
fn jobs(found: &Multipliers) -> (&'static str, f64) {
    let few = |e: &Effects| e.direct.iter().all(|x| x.abs() < 0.01);
    match &found.effects[1] {
        Some(e) if few(e) => ("Employment (jobs per million of the table's money)", 1e6),
        _ => ("Employment (jobs per unit of the table's money)", 1.0),
    }
}

/// The page: output first, then each measure that the table has; jobs under their title, times a number.
pub(super) fn sections(found: &Multipliers, (jobs, per): (&str, f64)) -> Vec<Section> {
    let number = |x: Option<f64>| x.map_or("–".to_owned(), |x| format!("{x:.3}"));
    let second = |v: &Option<Vec<f64>>, j: usize| v.as_ref().map(|v| v[j]);
    let section = |title: &str, columns: &[&str], row: &dyn Fn(usize) -> Vec<Option<f64>>| Section {
        title: title.into(),
        note: None,
        columns: columns.iter().map(|c| (*c).to_owned()).collect(),
        rows: (0..found.sectors.len())
            .map(|j| {
                let mut cells = vec![found.sectors[j].clone()];
                cells.extend(row(j).into_iter().map(number));
                cells
            })
            .collect(),
    };
    let mut out = vec![section("Output multipliers", &["sector", "Type I", "Type II"], &|j| {
        vec![Some(found.output.0[j]), second(&found.output.1, j)]
    })];
    let titles = ["Income (compensation of employees)", jobs, "Value added"];
    const COLUMNS: [&str; 6] = ["sector", "direct", "effect I", "effect II", "multiplier I", "multiplier II"];
    for (title, of) in titles.into_iter().zip(&found.effects) {
        let Some(e) = of else { continue };
        let times = if title == jobs { per } else { 1.0 };
        out.push(section(title, &COLUMNS, &|j| {
            let (one, two) = (e.type_1[j], second(&e.type_2, j));
            let multiplier = |x: Option<f64>| x.and_then(|x| e.multiplier(j, x));
            let shown = |x: f64| x * times;
            vec![
                Some(shown(e.direct[j])),
                Some(shown(one)),
                two.map(shown),
                multiplier(Some(one)),
                multiplier(two),
            ]
        }));
    }
    out
}
