//! `docs/multiplier.md` says what the program says: its pictures and its figures are of the teaching town as it runs.

use recirc::measure::impulse::Asked;
use recirc::measure::impulse::figures::Impulse;
use recirc::measure::impulse::places::Where;
use recirc::measure::local::Traced;
use recirc::measure::multipliers::Economy;
use recirc::measure::record::Record;
use recirc::measure::sam::{Payment, Sam, SectorYear};
use recirc::measure::table::Table;
use recirc::measure::{metrics, tables};
use recirc::output::results::{self, Outcome};
use recirc::output::{charts, impulse};
use recirc::place::flq::{Quotient, lambda};
use recirc::scenario::io_table::{self, Employment};
use recirc::study::impulse::twin;
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

/// A place beside what the page says, to be sure that it says nothing else.
struct Said<'a> {
    page: &'a str,
    all: Vec<String>,
}

impl Said<'_> {
    fn says(&mut self, text: String) {
        assert!(self.page.contains(&text), "docs/multiplier.md does not say {text}");
        self.all.push(text);
    }

    /// Every number with decimals, pounds, pence or per cent stands in something that was checked.
    fn nothing_else(&self, fixed: &[&str]) {
        let mut code = false;
        for line in self.page.lines() {
            code ^= line.starts_with("```");
            if code || line.starts_with("    ") || line.starts_with("![") {
                continue;
            }
            // Every second piece between backticks is code.
            let text: String = line.split('`').step_by(2).collect::<Vec<_>>().join(" ");
            let words = text.split(|c: char| c.is_whitespace() || "()|*`:;".contains(c));
            for word in words
                .map(|w| w.trim_end_matches(['.', ',']))
                .filter(|w| w.contains(|c: char| c.is_ascii_digit()))
            {
                let counted = word.starts_with('£') || word.ends_with(['p', '%']) || word.contains('.');
                let known = self.all.iter().any(|text| text.contains(word)) || fixed.contains(&word);
                assert!(!counted || known, "{word} in \"{line}\" is checked by nothing");
            }
        }
    }
}

/// The extra spend of the page, and its records.
fn extra() -> (Asked, [Vec<Record>; 2]) {
    let of = |amount: &str| {
        let sets = ["run.years=3", "impulse.to=council", "impulse.months=12", amount];
        let sets = sets.map(str::to_owned);
        Ready::new(crate::common::load("teaching/three_shops", &sets)).unwrap()
    };
    let stop = AtomicBool::new(false);
    let pair = [of("impulse.amount_gbp=0"), of("impulse.amount_gbp=12000")];
    let records = twin(&pair, &Watch { tick: &|| (), stop: &stop }).unwrap();
    let asked = Asked {
        amount_gbp: 12_000.0,
        to: "council".into(),
        to_in_words: "council".into(),
        months: 12,
        start: "2026-04".into(),
        financed_by: "grant".into(),
        slack: 0.5,
        averages: recirc::place::national::averages().unwrap(),
    };
    (asked, records)
}

/// Of a pound paid to each shop, what stays in the town at the next step, from the town's file.
fn staying(shop: &str) -> f64 {
    let text = std::fs::read_to_string(root("scenarios/teaching/three_shops_town.toml")).unwrap();
    let town: toml::Table = text.parse().unwrap();
    let shops = town["supplier"].as_array().unwrap();
    let of = shops.iter().find(|s| s["id"].as_str() == Some(shop)).unwrap();
    let outside = ["country", "region", "world"];
    let sum = |key: &str, here: bool| -> f64 {
        let entries = of.get(key).and_then(|list| list.as_table()).into_iter().flatten();
        let wanted = entries.filter(|(name, _)| !here || !outside.contains(&name.as_str()));
        wanted.map(|(_, share)| share.as_float().unwrap()).sum()
    };
    let number = |key: &str| of.get(key).and_then(toml::Value::as_float).unwrap_or(0.0);
    let surplus =
        1.0 - sum("pays", false) - sum("buys", false) - number("national_taxes") - number("council_rates");
    sum("pays", true) + number("council_rates") + surplus * sum("surplus", true)
}

#[test]
fn figures_are_those_of_the_town() {
    let page = std::fs::read_to_string(root("docs/multiplier.md")).unwrap();
    let mut said = Said { page: &page, all: Vec::new() };
    let town = run(&[]);
    let t = Traced::over(&town.ledger, town.first_month);
    by_hand(&mut said, &t);
    let income = metrics::of(&town).into_iter().find(|m| m.id == "household_income_per_pound").unwrap();
    said.says(format!("households receive {:.0}p", 100.0 * income.value));
    said.says(format!("A multiplier of {:.2} does not make", t.lm_infinity()));
    let sam = tenth_year(&town);
    let found = sam.economy().multipliers().unwrap();
    let bundle = sam.bundle(&found).unwrap();
    let [output, pay, _, value_added] = bundle.effects;
    said.says(format!("every Type I multiplier is {:.2}", found.output.0[0]));
    said.says(format!("nothing of the {:.0}p of wages", 100.0 * pay[0]));
    said.says(format!("| output | {:.3} | {:.3} |", output[0], output[1]));
    said.says(format!("| income (pay to residents), effect | {:.3} | {:.3} |", pay[0], pay[1]));
    said.says(format!("| value added, effect | {:.3} | {:.3} |", value_added[0], value_added[1]));
    said.says(format!("Why is Type II, {:.3}, so far below LM∞, {:.2}?", output[1], t.lm_infinity()));
    said.says(format!("{:.2}, the traced LM∞ itself", t.lm_infinity()));
    let gap = t.lm_infinity() - 1.0 - bundle.all_accounts.unwrap();
    assert!(gap.abs() < 1e-3, "the aggregation gap of the town is {gap}");
    of_the_nation(&mut said);
    of_the_extra_pound(&mut said, &t);
    // Names of sections, of the law of FLQ's exponent, and the tolerance and the examples of the conventions.
    let fixed = [
        "2.5",
        "6.2",
        "0.25",
        "1.25%",
        "0.2%",
        "0.4",
        "40%",
        "£400",
        "D.1",
        "survey.toml",
        "jobs.csv",
        "sam.csv",
        "model.md",
    ];
    said.nothing_else(&fixed);
    assert_eq!(io_table::TOLERANCE, 0.002);
}

/// The shares of the town's file, and what the dye makes of them.
fn by_hand(said: &mut Said, t: &Traced) {
    let [bakery, grocer, repairs] = ["bakery", "grocer", "repairs"].map(|shop| 100.0 * staying(shop));
    let second = (2.0 * bakery + 4.0 * grocer + 4.0 * repairs) / 10.0;
    said.says(
        "£10,000 a month: £2,000 at the bakery, £4,000 at the grocer, £4,000 at the repair shop".into(),
    );
    said.says(format!("{bakery:.0}p at the bakery"));
    said.says(format!("{grocer:.0}p at the grocer, {repairs:.0}p at the repair shop"));
    said.says(format!("0.2 × {bakery:.0}p + 0.4 × {grocer:.0}p + 0.4 × {repairs:.0}p = {second:.0}p"));
    let by_hand = 1.0 + 1.0 + second / 100.0;
    said.says(format!("| (1 + 1 + {:.2}) / 1 = {by_hand:.2} | {:.2} |", second / 100.0, t.lm3()));
    said.says(format!("| LM∞, all rounds | | {:.2} |", t.lm_infinity()));
    said.says(format!("| 1 + {:.2} = {:.2} | {:.2} |", second / 100.0, by_hand - 1.0, t.lm3_contract()));
    said.says(format!("| LM∞, contract convention | | {:.2} |", t.lm_infinity_contract()));
    said.says(format!("or {:.2} and {:.2} look like", t.lm3_contract(), t.lm3()));
    said.says(format!("Three rounds catch {:.2} of {:.2}", t.lm3(), t.lm_infinity()));
    let caught = |c: f64| 100.0 * (1.0 + c + c * c) * (1.0 - c);
    said.says(format!("{:.0}% at c = 0.3, but only {:.0}% at c = 0.8", caught(0.3), caught(0.8)));
}

/// The published table, and a city with 1.25% of its jobs.
fn of_the_nation(said: &mut Said) {
    let table = io_table::load(&root("data/uk/uk_2010_17_sectors.csv"), &[]).unwrap();
    let n = table.sectors.len();
    let jobs = Employment {
        file: String::new(),
        sha256: String::new(),
        region: vec![1.25; n],
        nation: vec![100.0; n],
        notes: vec![],
    };
    let nation = Economy::of(&table);
    let city = nation.regional(&jobs, (Quotient::Flq, 0.25));
    let middle = |of: &Economy| {
        let mut all = of.multipliers().unwrap().output.1.unwrap();
        all.sort_by(f64::total_cmp);
        all[n / 2]
    };
    said.says(format!("Flegg's λ is {:.3} at δ = 0.25", lambda(1.25, 100.0, 0.25)));
    said.says(format!("fall from {:.2} to {:.2}", middle(&nation), middle(&city)));
}

/// The twin runs.
fn of_the_extra_pound(said: &mut Said, t: &Traced) {
    let (asked, records) = extra();
    let of = Impulse::new(asked, &records[0], &records[1]);
    let [output, value_added, income] = [0, 1, 2].map(|k| of.multiplier(k, Where::City, 36).mean);
    let receipts = of.receipts(36).mean;
    said.says(format!("once with {} more for the council", thousands(of.spent())));
    let sales = of.paths(0, Where::City).remove(0);
    said.says(format!("the shops sell {} more at once", thousands(sales[0])));
    said.says(format!("spends {} a month more", thousands(of.spent() / 12.0)));
    said.says(format!("by steps to about {} a month", thousands((sales[11] / 10.0).round() * 10.0)));
    assert!(sales[23..].iter().all(|extra| extra.abs() < 1.0), "the waves have not run out");
    said.says(format!("| output: sales of the shops | £{output:.2} |"));
    said.says(format!("| value added | £{value_added:.2} |"));
    said.says(format!("| income of households after tax | £{income:.2} |"));
    said.says(format!("households and the council | £{receipts:.2} |"));
    assert!((receipts - t.lm_infinity_contract()).abs() < 1e-3);
    said.says(format!("LM∞ in the contract convention, {:.2}, found", t.lm_infinity_contract()));
    let net = of.net();
    for (row, value) in [
        ("Type I", net.type_i),
        ("Type II", net.type_ii),
        ("net impulse", net.impulse),
        ("LM3", net.lm3),
        ("LM∞", net.lm_infinity),
    ] {
        said.says(format!("| {row} | {:.2} |", value.unwrap()));
    }
    said.says(format!("{output:.2} of\nsales, {:.2} of pay", receipts - output));
    said.says(format!("which makes {:.2}", 1.0 + receipts));
    let terms = of.guide().terms().unwrap();
    assert!(terms.leakage.abs() < 5e-4 && terms.displacement.abs() < 5e-4);
    said.says(format!("S is −{:.3}", -terms.substitution));
    said.says(format!(
        "M is {:.3}: {:.3} × {:.3} is the {output:.2}",
        terms.multiplier,
        1.0 - terms.substitution,
        terms.multiplier
    ));
}

fn thousands(pounds: f64) -> String {
    let text = format!("{pounds:.0}");
    format!("£{},{}", &text[..text.len() - 3], &text[text.len() - 3..])
}

#[test]
fn the_pictures_are_those_of_the_town() {
    let (asked, records) = extra();
    let of = Impulse::new(asked, &records[0], &records[1]);
    let three_shops = Outcome { name: "three shops", records: &[run(&[])] };
    for (name, chart) in [
        ("pound_by_round", charts::pound_by_round(&results::pound(&three_shops))),
        ("impulse", charts::paths(&impulse::chart(&of))),
        ("measures", charts::measures(&impulse::side_by_side(&of))),
    ] {
        let (chart, file) = (chart.unwrap(), root(&format!("docs/pictures/three_shops_{name}.svg")));
        if std::env::var_os("RECIRC_BLESS").is_some() {
            std::fs::write(&file, &chart.svg).unwrap();
        }
        let same = std::fs::read_to_string(&file).is_ok_and(|text| text == chart.svg);
        assert!(same, "{name} in docs/pictures is not what the program draws; RECIRC_BLESS=1 draws it again");
    }
}
