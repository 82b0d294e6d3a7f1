//! `recirc multipliers --run`: the multipliers of a run's own flows, beside the pounds that it traced.

use super::args::Options;
use super::multipliers::sections;
use super::officer::net;
use super::page::{Results, give};
use super::report::{Report, Section};
use super::run::Failure;
use crate::measure::leontief::Singular;
use crate::measure::multipliers::{inverse_table, table};
use crate::measure::net::{NetPicture, Pound};
use crate::measure::sam::{Bundle, Sam};
use crate::measure::table::{Cell, Column, Table};
use crate::output::summary;
use crate::place::PlaceError;
use crate::study::run_folder::{self, RunYear};
use serde_json::{Map, json};
use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

pub(super) fn of_run(folder: &Path, year: Option<u16>, options: &Options) -> Result<ExitCode, Failure> {
    let started = SystemTime::now();
    let run = run_folder::read(folder, year)?;
    let no_inverse = |_: Singular| {
        let remedy = "nothing leaks from this year's accounts, so that their sums of rounds have no end";
        PlaceError::wrong(&run.data[0].0, None, "matrix", "singular", remedy)
    };
    let found = run.sam.economy().multipliers().map_err(no_inverse)?;
    let bundle = run.sam.bundle(&found).map_err(no_inverse)?;
    let mut all = vec![of_the_bundle(&bundle, run.lm_infinity)];
    let landed: f64 = bundle.shares.iter().sum();
    let [one, two] = bundle.effects[0].map(|x| (landed > 0.0 && x.is_finite()).then(|| x / landed));
    let picture = NetPicture {
        pound: Pound::Folder,
        lm3: run.lm3,
        lm_infinity: run.lm_infinity,
        type_i: one,
        type_ii: two,
        ..NetPicture::default()
    };
    let [side_by_side, counts] = net(&[("", picture)]);
    all.push(side_by_side);
    all.extend(sections(&found, ("Employment (jobs per £ million)", 1e6)));
    all.push(counts);
    let name = folder.file_name().map_or("run".into(), |name| name.to_string_lossy().into_owned());
    let notes: Vec<String> = stopped(&run).into_iter().chain(notes()).collect();
    let results = Results {
        name: format!("multipliers of run {name}"),
        asked: format!("run = {}\nyear = {}", folder.display(), run.year),
        data: run.data.clone(),
        tables: vec![
            table(&found),
            inverse_table(&found),
            bundle_table(&bundle, &run),
            purchases(&bundle, &run.sam),
        ],
        report: Report {
            heading: format!("Multipliers of {}, year {}, from its own flows", folder.display(), run.year),
            sections: all,
            closing: notes.clone(),
        },
        figures: Map::from_iter([
            ("year".to_owned(), json!(run.year)),
            ("side_by_side".to_owned(), summary::multipliers(&picture).into()),
            ("notes".to_owned(), json!(notes)),
        ]),
    };
    give(results, options, started)
}

/// What is said of a run that was stopped within a year.
fn stopped(run: &RunYear) -> Option<String> {
    let (year, months) = run.stopped?;
    Some(format!(
        "The run was stopped in year {year}, after {months} of its months: a year's flows are those of year {} here.",
        run.year
    ))
}

fn notes() -> Vec<String> {
    vec![
        "Type I: sectors inside. Type II: households too, by gross pay to residents and by what they buy from the \
         sectors of all that they receive; rows of production summed. Sales count as paid, goods for resale and \
         capital among the inputs."
            .into(),
        "All accounts: sectors, tenths of households and anchors inside, as the tracer counts. The aggregation gap is \
         the traced LM∞ less this: those whom the anchors buy from are not the averages of their sectors. The tracer's \
         figure is of the whole run, and the mean of its replicates; the matrix is the first replicate's."
            .into(),
        "All are gross: they count no displacement, prices or capacity.".into(),
    ]
}

/// Income convention from the matrix: the pound itself, and all receipts in the city.
fn aggregated(bundle: &Bundle) -> Option<f64> {
    bundle.all_accounts.map(|receipts| 1.0 + receipts)
}

fn of_the_bundle(bundle: &Bundle, traced: Option<f64>) -> Section {
    let number = |x: f64| if x.is_finite() { format!("{x:.3}") } else { "–".into() };
    let landed: f64 = bundle.shares.iter().sum();
    let titles = ["Output", "Income (pay to residents)", "Jobs per £ million", "Value added"];
    let mut rows = Vec::new();
    for (k, (title, [one, two])) in titles.into_iter().zip(bundle.effects).enumerate() {
        let times = if k == 2 { 1e6 } else { 1.0 };
        let per = |x: f64| if landed > 0.0 { number(x * times / landed) } else { "–".into() };
        rows.push(vec![title.to_owned(), number(one * times), number(two * times), per(one), per(two)]);
    }
    let aggregated = aggregated(bundle);
    let gap = traced.zip(aggregated).map(|(a, b)| a - b);
    let single = |label: &str, x: Option<f64>| {
        vec![label.to_owned(), x.map_or("–".into(), number), String::new(), String::new(), String::new()]
    };
    rows.push(single("LM∞ traced", traced));
    rows.push(single("LM∞ from the matrix, all accounts", aggregated));
    rows.push(single("Aggregation gap", gap));
    let columns = ["", "Type I", "Type II", "I, landed", "II, landed"];
    Section {
        title: "A pound of the anchors' own purchases".into(),
        note: Some(format!(
            "Per pound spent, and per pound that lands with suppliers in the city ({:.1}% do).",
            100.0 * landed
        )),
        columns: columns.map(String::from).to_vec(),
        rows,
    }
}

fn bundle_table(bundle: &Bundle, run: &RunYear) -> Table {
    let mut t = Table::new(
        "anchor_bundle",
        vec![
            Column::new("figure", "", "What is measured, per pound that the anchors spend on purchases"),
            Column::new("type_1", "as in unit", "Sectors inside"),
            Column::new("type_2", "as in unit", "Households inside too"),
            Column::new("unit", "", "Its unit"),
        ],
    );
    let names = [
        ("output", "GBP per GBP"),
        ("income", "GBP per GBP"),
        ("employment", "jobs per GBP"),
        ("value_added", "GBP per GBP"),
    ];
    for ((name, unit), [one, two]) in names.into_iter().zip(bundle.effects) {
        t.push(vec![name.into(), Cell::Real(one, 8), Cell::Real(two, 8), unit.into()]);
    }
    let aggregated = aggregated(bundle);
    let mut single = |name: &str, x: Option<f64>, unit: &str| {
        t.push(vec![name.into(), x.map_or(Cell::Empty, |x| Cell::Real(x, 6)), Cell::Empty, unit.into()]);
    };
    single("spent", Some(bundle.spent), "GBP");
    single("landed", Some(bundle.shares.iter().sum()), "share");
    single("lm_infinity_traced", run.lm_infinity, "ratio");
    single("lm_infinity_all_accounts", aggregated, "ratio");
    single("aggregation_gap", run.lm_infinity.zip(aggregated).map(|(a, b)| a - b), "ratio");
    t
}

fn purchases(bundle: &Bundle, sam: &Sam) -> Table {
    let mut t = Table::new(
        "anchor_purchases",
        vec![
            Column::new(
                "sector",
                "",
                "Section of the Standard Industrial Classification, suppliers in the city",
            ),
            Column::new("share", "share", "Of all that the anchors spend on purchases"),
        ],
    );
    for (sector, share) in sam.sectors.iter().zip(&bundle.shares) {
        t.push(vec![sector.sector.as_str().into(), Cell::Real(*share, 6)]);
    }
    t
}
