//! `docs/multiplier.md` says what the program says: its picture and its figures are of the teaching town as it runs.

use recirc::measure::local::Traced;
use recirc::measure::record::Record;
use recirc::measure::sam::{Payment, Sam, SectorYear};
use recirc::measure::table::Table;
use recirc::measure::{metrics, tables};
use recirc::output::charts;
use recirc::output::results;
use recirc::study::{self, Ready, Watch};
use std::path::Path;
use std::sync::atomic::AtomicBool;

fn root(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn run(sets: &[String]) -> Record {
    let file = root("scenarios/teaching/three_shops.toml");
    let ready = Ready::new(crate::common::load(file.to_str().unwrap(), sets)).unwrap();
    let stop = AtomicBool::new(false);
    study::run(&[ready], &Watch { tick: &|| (), stop: &stop }).unwrap().remove(0).remove(0)
}

fn rows<'a>(all: &'a [Table], name: &str) -> impl Iterator<Item = Vec<String>> + 'a {
    let table = all.iter().find(|t| t.name == name).unwrap();
    table.rows.iter().map(|row| row.iter().map(ToString::to_string).collect())
}

/// The matrix of the tenth year, as `recirc multipliers --run` reads it.
fn tenth_year(record: &Record) -> Sam {
    let all = tables::all(record);
    let of_year = |row: &Vec<String>| row[0] == "10";
    let payment = |row: Vec<String>| Payment {
        receiver: row[1].clone(),
        payer: row[2].clone(),
        kind: row[3].clone(),
        pounds: row[4].parse().unwrap(),
    };
    let sector = |row: Vec<String>| SectorYear {
        sector: row[1].clone(),
        jobs: row[2].parse().unwrap(),
        net_sales: row[3].parse().unwrap(),
    };
    Sam {
        payments: rows(&all, "sam").filter(of_year).map(payment).collect(),
        sectors: rows(&all, "sectors").filter(of_year).map(sector).collect(),
    }
}

/// Grant to the council, and what shops, households and council received from each other, in the tenth year.
fn grant_and_receipts(record: &Record) -> (f64, f64) {
    let all = tables::all(record);
    let inside = |name: &str| ["households", "suppliers", "council"].contains(&name);
    let sum = |wanted: &dyn Fn(&[String]) -> bool| -> f64 {
        rows(&all, "flows")
            .filter(|row| row[0] == "10" && wanted(row))
            .map(|row| row[4].parse::<f64>().unwrap())
            .sum()
    };
    (sum(&|row| row[3] == "anchors' income from outside"), sum(&|row| inside(&row[1]) && inside(&row[2])))
}

fn thousands(pounds: f64) -> String {
    let text = format!("{pounds:.0}");
    format!("£{},{}", &text[..text.len() - 3], &text[text.len() - 3..])
}

#[test]
fn figures_are_those_of_the_town() {
    let page = std::fs::read_to_string(root("docs/multiplier.md")).unwrap();
    let says = |text: String| assert!(page.contains(&text), "docs/multiplier.md does not say {text}");
    let town = run(&[]);
    let t = Traced::over(&town.ledger, town.first_month);
    says(format!("| (1 + 1 + 0.54) / 1 = 2.54 | {:.2} |", t.lm3()));
    says(format!("| LM∞, all rounds | | {:.2} |", t.lm_infinity()));
    says(format!("| 1 + 0.54 = 1.54 | {:.2} |", t.lm3_contract()));
    says(format!("| LM∞, contract convention | | {:.2} |", t.lm_infinity_contract()));
    let income = metrics::of(&town).into_iter().find(|m| m.id == "household_income_per_pound").unwrap();
    says(format!("households receive {:.0}p", 100.0 * income.value));
    let sam = tenth_year(&town);
    let found = sam.economy().multipliers().unwrap();
    let bundle = sam.bundle(&found).unwrap();
    let [output, pay, _, value_added] = bundle.effects;
    says(format!("| output | {:.3} | {:.3} |", output[0], output[1]));
    says(format!("| income (pay to residents), effect | {:.3} | {:.3} |", pay[0], pay[1]));
    says(format!("| value added, effect | {:.3} | {:.3} |", value_added[0], value_added[1]));
    let gap = t.lm_infinity() - 1.0 - bundle.all_accounts.unwrap();
    assert!(gap.abs() < 1e-3, "the aggregation gap of the town is {gap}");
    let more = run(&["policy.procurement_budget=[{change_percent=10}]".into()]);
    let ((grant_0, received_0), (grant_1, received_1)) =
        (grant_and_receipts(&town), grant_and_receipts(&more));
    let (grant, received) = (grant_1 - grant_0, received_1 - received_0);
    says(thousands(grant));
    says(thousands(received));
    says(format!("{:.2} for each pound", received / grant));
    assert!((received / grant - t.lm_infinity_contract()).abs() < 1e-3);
}

#[test]
fn the_picture_is_that_of_the_town() {
    let chart = charts::pound_by_round(&results::pound("three shops", &run(&[]))).unwrap();
    let file = root("docs/pictures/three_shops_pound_by_round.svg");
    if std::env::var_os("RECIRC_BLESS").is_some() {
        std::fs::write(&file, &chart.svg).unwrap();
    }
    let same = std::fs::read_to_string(&file).unwrap() == chart.svg;
    assert!(same, "docs/pictures is not what the program draws; RECIRC_BLESS=1 draws it again");
}
