//! The same bytes at any number of threads, and levers that change nothing at their neutral values.

use crate::common::fingerprint::{Fingerprint, fingerprint, fingerprint_of_tracer, first_difference};
use crate::common::{found, leeds, load, run, run_plan, synthesise};
use recirc::economy::plan::Plan;
use recirc::scenario::levers::LEVERS;
use recirc::scenario::settings::Settings;
use recirc::tracer::Tracer;
use recirc::world::City;
use serde_json::Value;
use std::path::Path;

/// A scenario over Leeds as it is, with this TOML, at this scale and with this burn-in.
fn with(toml: &str, scale: f64, burn_in: u16) -> Settings {
    let folder = tempfile::tempdir().unwrap();
    let baseline = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/leeds/baseline.toml");
    let file = folder.path().join("with.toml");
    std::fs::write(&file, format!("extends = {:?}\n{toml}", baseline.to_str().unwrap())).unwrap();
    let sets = [format!("run.scale={scale}"), format!("run.burn_in_months={burn_in}")];
    load(file.to_str().unwrap(), &sets).settings
}

/// Fingerprints of a city as synthesised and after each month, on this many threads.
fn months(settings: &Settings, months: u16, threads: usize) -> Vec<Fingerprint> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| {
        let mut city = found(settings.clone());
        let mut tracer = Tracer::new(&city);
        let mut prints = vec![fingerprint(&city)];
        for _ in 0..months {
            run(&mut city, 1, Some(&mut tracer)).unwrap();
            let mut print = fingerprint(&city);
            print.extend(fingerprint_of_tracer(&tracer));
            prints.push(print);
        }
        prints
    })
}

fn same_at_any_number_of_threads(settings: &Settings, n: u16) {
    let alone = months(settings, n, 1);
    for threads in [2, 8] {
        for (month, (a, b)) in alone.iter().zip(months(settings, n, threads)).enumerate() {
            if let Some(column) = first_difference(a, &b) {
                panic!("1 and {threads} threads first differ in month {month}, in {column}");
            }
        }
    }
}

#[test]
fn the_same_bytes_at_1_2_and_8_threads() {
    same_at_any_number_of_threads(&local_first(0.01), 6);
}

/// Large enough for several chunks of households and workers.
#[test]
fn the_same_bytes_at_1_2_and_8_threads_in_many_chunks() {
    same_at_any_number_of_threads(&local_first(0.1), 3);
}

/// Awards, lots, own provision, frameworks: every lever at once, and a month's awards in the same order.
#[test]
fn the_same_bytes_at_1_2_and_8_threads_with_every_lever_pulled() {
    let all: String = LEVERS.iter().map(|lever| lever.entry(lever.example)).collect();
    same_at_any_number_of_threads(&with(&all, SCALE, BURN_IN), 5);
}

/// Local-first buying from the second month.
fn local_first(scale: f64) -> Settings {
    let mut settings = load("leeds/local_first", &[format!("run.scale={scale}")]).settings;
    settings.run.burn_in_months = 1;
    settings
}

#[test]
fn another_seed_is_another_city() {
    let [a, b] = [1, 2].map(|seed| fingerprint(&leeds(0.003, seed, &[])));
    assert!(first_difference(&a, &b).is_some());
}

/// A city of the baseline after six months under the levers of `settings`, in force from its second month.
fn six_months(city: &City, settings: &Settings) -> Fingerprint {
    let mut city = city.clone();
    let plan = Plan::new(settings, &city);
    let mut tracer = Tracer::new(&city);
    run_plan(&mut city, &plan, 6, Some(&mut tracer)).unwrap();
    let mut print = fingerprint(&city);
    print.extend(fingerprint_of_tracer(&tracer));
    print
}

const SCALE: f64 = 0.01;
const BURN_IN: u16 = 1;

#[test]
fn a_lever_at_its_neutral_value_changes_nothing() {
    let city = synthesise(with("", SCALE, BURN_IN));
    let baseline = six_months(&city, &city.settings);
    let mut all = String::new();
    for lever in LEVERS {
        let entry = lever.entry(lever.neutral);
        let pulled = six_months(&city, &with(&entry, SCALE, BURN_IN));
        let difference = first_difference(&baseline, &pulled);
        assert_eq!(difference, None, "{} at its neutral value", lever.name);
        all += &entry;
    }
    let pulled = six_months(&city, &with(&all, SCALE, BURN_IN));
    assert_eq!(first_difference(&baseline, &pulled), None, "all levers at their neutral values");
}

#[test]
fn a_lever_that_ends_as_it_starts_changes_nothing() {
    let city = synthesise(with("", SCALE, BURN_IN));
    let baseline = six_months(&city, &city.settings);
    for lever in LEVERS {
        let pulled = with(&lever.entry(lever.example), SCALE, BURN_IN);
        let never = between(&pulled, lever.name, "2026-06", "2026-06");
        let difference = first_difference(&baseline, &six_months(&city, &never));
        assert_eq!(difference, None, "{} for no month", lever.name);
    }
}

/// Otherwise the two tests above would pass in a city that no lever reaches.
#[test]
fn a_lever_that_is_pulled_changes_something() {
    let city = synthesise(with("", SCALE, BURN_IN));
    let baseline = six_months(&city, &city.settings);
    for lever in LEVERS {
        let beside = lever.beside();
        let alone =
            if beside.is_empty() { None } else { Some(six_months(&city, &with(beside, SCALE, BURN_IN))) };
        let baseline = alone.as_ref().unwrap_or(&baseline);
        let entries = beside.to_owned() + &lever.entry(lever.example);
        let pulled = six_months(&city, &with(&entries, SCALE, BURN_IN));
        assert!(first_difference(baseline, &pulled).is_some(), "{} does nothing in six months", lever.name);
    }
}

/// The entries of a lever, from this month until that. Scenario files refuse an empty stretch; the plan must not
/// depend on it.
fn between(settings: &Settings, lever: &str, start: &str, end: &str) -> Settings {
    let mut value = serde_json::to_value(settings).unwrap();
    for entry in value["policy"][lever].as_array_mut().unwrap() {
        entry["start"] = Value::from(start);
        entry["end"] = Value::from(end);
    }
    serde_json::from_value(value).unwrap()
}
