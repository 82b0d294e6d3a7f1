//! A country of cities: the same bytes at any number of threads, books that close, a baseline that stands still, a first
//! city that is Leeds, and what a user sees.

mod adopters;
mod command;
mod links;
mod resume;
mod start;

use crate::common::load;
use recirc::economy::country::{Country, CountryMonth};
use recirc::economy::plan::Plan;
use recirc::measure::country::Countries;
use recirc::scenario::Scenario;
use recirc::study::{Watch, country as study};
use std::sync::atomic::AtomicBool;

/// Six cities in two regions, of four thousand people each.
const SMALL: [&str; 6] = [
    "country.cities=6",
    "country.regions=2",
    "run.scale=0.005",
    "run.burn_in_months=14",
    "run.years=1",
    "run.replicates=1",
];

fn small(sets: &[&str]) -> Scenario {
    let all: Vec<String> = SMALL.iter().chain(sets).map(|set| (*set).to_owned()).collect();
    load("country/everyone_local", &all)
}

/// Months of a country in which nobody pulls a lever.
fn months(country: &mut Country, n: usize) -> Vec<CountryMonth> {
    let plans: Vec<Plan> = country.cities.iter().map(Plan::neutral).collect();
    let mut nothing = vec![(); country.cities.len()];
    (0..n).map(|_| country.step(&plans, &mut nothing, |_, _, _| ()).unwrap()).collect()
}

fn run(scenario: &Scenario) -> Countries {
    study::run(scenario, &Watch { tick: &|| (), stop: &AtomicBool::new(false) }, None).unwrap()
}

const ALIKE: [&str; 3] =
    ["country.sector_mix_spread=0", "country.localness_spread=0", "country.deprivation_spread=0"];
