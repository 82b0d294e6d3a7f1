//! The scenarios that the program carries: each says what it asks, is sound, and runs with its books closing.

use crate::common::{load, run_plan, synthesise};
use recirc::economy::plan::Plan;
use recirc::scenario::embedded::SCENARIOS;
use std::fs;
use std::path::Path;

const BURN_IN: u16 = 2;
/// Beyond the latest shock of the library (April 2028) by a quarter.
const MONTHS: u16 = 28;

/// The scenarios of Leeds; those of Preston run in `place_preston`.
fn scenarios() -> impl Iterator<Item = &'static str> {
    SCENARIOS.iter().map(|(name, _)| *name).filter(|name| name.starts_with("leeds/"))
}

#[test]
fn every_file_of_the_library_is_carried_and_tells_what_it_asks() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/leeds");
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        if stem == "baseline" || text.contains("kind = \"study\"") {
            continue;
        }
        assert!(scenarios().any(|name| name == format!("leeds/{stem}")), "{stem} is not embedded");
        let lines: Vec<&str> = text.lines().take(3).collect();
        for (line, head) in lines.iter().zip(["# Question: ", "# Switched on: ", "# Look at: "]) {
            assert!(line.starts_with(head), "{stem}: {line}");
        }
    }
}

/// Burn-in is shared: scenarios of the library differ in policy and shocks only.
#[test]
fn every_scenario_runs_with_its_books_closing() {
    let sets = ["run.scale=0.01".to_owned(), format!("run.burn_in_months={BURN_IN}")];
    let baseline = load("leeds/baseline", &sets).settings;
    let mut start = synthesise(baseline.clone());
    let neutral = Plan::neutral(&start);
    run_plan(&mut start, &neutral, BURN_IN, None).unwrap();
    for name in scenarios() {
        let settings = load(name, &sets).settings;
        let same = |of: &recirc::scenario::settings::Settings| {
            let mut plain = of.without_policy();
            (plain.name, plain.description) = (String::new(), String::new());
            plain
        };
        assert_eq!(same(&settings), same(&baseline), "{name} changes more than policy and shocks");
        let mut city = start.clone();
        let plan = Plan::new(&settings, &city);
        run_plan(&mut city, &plan, MONTHS, None).unwrap_or_else(|broken| panic!("{name}: {broken}"));
        assert_eq!(city.shocks.struck.is_empty(), settings.shock.dates().is_empty(), "{name}");
    }
}
