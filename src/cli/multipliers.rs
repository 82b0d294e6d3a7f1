//! `recirc multipliers`: Type I and Type II multipliers of a table that a user brings.

use super::args::Options;
use super::multipliers_of_run;
use super::page::{Results, give};
use super::report::{Report, Section};
use super::run::{Failure, exit};
use crate::measure::leontief::Singular;
use crate::measure::multipliers::{Economy, Multipliers, inverse_table, table};
use crate::place::PlaceError;
use crate::place::flq::{Quotient, lambda};
use crate::scenario::io_table::{self, Employment, Form, HouseholdTotal, IoTable, Said};
use clap::{Args, ValueEnum};
use serde_json::{Map, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

/// What `recirc multipliers` is asked.
#[derive(Args, Clone, Debug)]
pub struct MultipliersAsked {
    /// A symmetric input-output table (CSV): labelled rows sell, labelled columns buy
    #[arg(long, value_name = "FILE.csv", required_unless_present = "run", conflicts_with = "run")]
    pub table: Option<PathBuf>,
    /// The folder of a run: its sectors, its anchors' purchases, and the gap to the traced pounds
    #[arg(long, value_name = "DIR", conflicts_with = "lq")]
    pub run: Option<PathBuf>,
    /// Year of the run [default: the last]
    #[arg(long, value_name = "N", requires = "run")]
    pub year: Option<u16>,
    /// Make it a region's by location quotients: a CSV file of sector, region, nation (jobs)
    #[arg(long, value_name = "EMPLOYMENT.csv")]
    pub lq: Option<PathBuf>,
    /// Flegg's delta, 0 to 1: how much a small region imports [default: 0.25]
    #[arg(long, value_name = "X", requires = "lq", value_parser = delta, allow_hyphen_values = true)]
    pub delta: Option<f64>,
    /// Location quotient [default: flq]
    #[arg(long, value_enum, value_name = "NAME", requires = "lq")]
    pub method: Option<Method>,
    /// What the cells are, where the numbers do not show it
    #[arg(long, value_name = "flows|coefficients")]
    pub kind: Option<String>,
    #[command(flatten)]
    pub labels: Labels,
}

/// Names of rows and columns that the usual labels do not cover.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Labels of the table")]
pub struct Labels {
    /// Row of compensation of employees
    #[arg(long, value_name = "LABEL")]
    pub income_row: Option<String>,
    /// Row of jobs
    #[arg(long, value_name = "LABEL")]
    pub employment_row: Option<String>,
    /// Row of gross value added
    #[arg(long, value_name = "LABEL")]
    pub value_added_row: Option<String>,
    /// Row of gross operating surplus
    #[arg(long, value_name = "LABEL")]
    pub surplus_row: Option<String>,
    /// Row of imports
    #[arg(long, value_name = "LABEL")]
    pub imports_row: Option<String>,
    /// Row of taxes on products
    #[arg(long, value_name = "LABEL")]
    pub taxes_row: Option<String>,
    /// Row of taxes on production
    #[arg(long, value_name = "LABEL")]
    pub production_taxes_row: Option<String>,
    /// Row of output
    #[arg(long, value_name = "LABEL")]
    pub output_row: Option<String>,
    /// Another row that belongs to the column's sum (repeatable)
    #[arg(long, value_name = "LABEL")]
    pub primary_row: Vec<String>,
    /// A row to leave out (repeatable)
    #[arg(long, value_name = "LABEL")]
    pub ignore_row: Vec<String>,
    /// Column of households' spending
    #[arg(long, value_name = "LABEL")]
    pub households_column: Option<String>,
    /// Column of output
    #[arg(long, value_name = "LABEL")]
    pub output_column: Option<String>,
    /// Another column of final demand (repeatable)
    #[arg(long, value_name = "LABEL")]
    pub final_column: Vec<String>,
    /// A column to leave out (repeatable)
    #[arg(long, value_name = "LABEL")]
    pub ignore_column: Vec<String>,
    /// All that households receive, in the table's unit: their purchases are then shares of it
    #[arg(long, value_name = "X", allow_hyphen_values = true)]
    pub household_income: Option<String>,
    /// How far sums may miss output, as a share of it [default: 0.001]
    #[arg(long, value_name = "X", allow_hyphen_values = true)]
    pub tolerance: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Method {
    Slq,
    Cilq,
    Flq,
    Aflq,
}

fn delta(text: &str) -> Result<f64, String> {
    let value = text.parse::<f64>().ok().filter(|d| (0.0..=1.0).contains(d));
    value.ok_or_else(|| "write a number from 0 (no allowance for size) to 1".into())
}

impl MultipliersAsked {
    fn said(&self) -> Vec<Said> {
        let of = &self.labels;
        let once = [
            ("kind", &self.kind),
            ("income_row", &of.income_row),
            ("employment_row", &of.employment_row),
            ("value_added_row", &of.value_added_row),
            ("surplus_row", &of.surplus_row),
            ("imports_row", &of.imports_row),
            ("taxes_row", &of.taxes_row),
            ("production_taxes_row", &of.production_taxes_row),
            ("output_row", &of.output_row),
            ("households_column", &of.households_column),
            ("output_column", &of.output_column),
            ("household_income", &of.household_income),
            ("tolerance", &of.tolerance),
        ];
        let many = [
            ("primary_row", &of.primary_row),
            ("ignore_row", &of.ignore_row),
            ("final_column", &of.final_column),
            ("ignore_column", &of.ignore_column),
        ];
        let once = once.into_iter().filter_map(|(key, value)| Some(Said::option(key, value.as_ref()?)));
        let many =
            many.into_iter().flat_map(|(key, values)| values.iter().map(move |v| Said::option(key, v)));
        once.chain(many).collect()
    }

    fn quotient(&self) -> (Quotient, f64) {
        let quotient = match self.method {
            Some(Method::Slq) => Quotient::Slq,
            Some(Method::Cilq) => Quotient::Cilq,
            Some(Method::Aflq) => Quotient::Aflq,
            Some(Method::Flq) | None => Quotient::Flq,
        };
        (quotient, self.delta.unwrap_or(0.25))
    }
}

/// `recirc multipliers`.
pub(super) fn multipliers(asked: &MultipliersAsked, options: &Options) -> ExitCode {
    match (&asked.run, &asked.table) {
        (Some(folder), _) => exit(multipliers_of_run::of_run(folder, asked.year, options)),
        (None, Some(path)) => exit(of_table(path, asked, options)),
        (None, None) => ExitCode::SUCCESS,
    }
}

fn of_table(path: &Path, asked: &MultipliersAsked, options: &Options) -> Result<ExitCode, Failure> {
    let started = SystemTime::now();
    let said = asked.said();
    let read = io_table::load(path, &said)?;
    let mut economy = Economy::of(&read);
    let mut data = vec![(read.file.clone(), read.sha256.clone())];
    let mut notes = read.notes.clone();
    if let Some(path) = &asked.lq {
        let jobs = io_table::employment(path, &read.sectors)?;
        let method = asked.quotient();
        economy = economy.regional(&jobs, method);
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
    let report = Report {
        heading: format!("Multipliers of {}", read.file),
        sections: sections(&found, (JOBS, 1.0)),
        closing: notes.clone(),
    };
    let figures =
        Map::from_iter([("table".to_owned(), json!(read.file)), ("notes".to_owned(), json!(notes))]);
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

fn no_inverse(read: &IoTable, singular: Singular) -> PlaceError {
    if singular.with_households {
        let remedy = "nothing leaks: what households earn and spend comes back whole, so that the sum of rounds has no \
                      end and the matrix no inverse. Give what households spend on imports, taxes and saving (the \
                      total of their column, or --household-income), or leave them out with --ignore-column";
        return PlaceError::wrong(&read.file, None, "households", "closed system", remedy);
    }
    let remedy = "the matrix I - A has no inverse: check for sectors that only sell to each other";
    PlaceError::wrong(&read.file, None, "coefficients", "singular", remedy)
}

fn regional_note(jobs: &Employment, (quotient, delta): (Quotient, f64)) -> String {
    let (r, n): (f64, f64) = (jobs.region.iter().sum(), jobs.nation.iter().sum());
    let size = match quotient {
        Quotient::Flq | Quotient::Aflq => {
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
        Some((_, total)) if found.output.1.is_some() => {
            let of = match total {
                HouseholdTotal::Spending => "all that they spend",
                HouseholdTotal::Income => "all that they receive, as given",
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

const JOBS: &str = "Employment (jobs per unit of the table's money)";

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
