//! Procurement as a whole: what a hostile reader of MODEL section 4 would try.
//!
//! Needs are as many and as large at any scale, so that a hundredth of Leeds is enough for all that hangs on
//! lettings alone.

mod asking;
mod behaviour;
mod clauses;
mod finance;
mod four_bidders;
mod invariants;
mod law;
mod levers;
mod odd_cases;
mod packaging;
mod practice;
mod provision;

use crate::common::{load, synthesise};
use recirc::base::draws::Draws;
use recirc::economy::plan::{Plan, Rules};
use recirc::economy::{procurement, step};
use recirc::scenario::settings::Settings;
use recirc::world::City;
use recirc::world::awards::Award;
use recirc::world::flows::Service;
use std::path::Path;

const SCALE: f64 = 0.01;

/// Leeds as it is with this TOML and these `key=value` over it; policies hold from the second month.
pub fn settings(toml: &str, sets: &[&str]) -> Settings {
    let folder = tempfile::tempdir().unwrap();
    let baseline = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/leeds/baseline.toml");
    let file = folder.path().join("with.toml");
    std::fs::write(&file, format!("extends = {:?}\n{toml}", baseline.to_str().unwrap())).unwrap();
    let mut all = vec![format!("run.scale={SCALE}"), "run.burn_in_months=1".to_owned()];
    all.extend(sets.iter().map(|set| (*set).to_owned()));
    load(file.to_str().unwrap(), &all).settings
}

/// The city under its own settings, before its first month.
pub fn city(toml: &str, sets: &[&str]) -> City {
    synthesise(settings(toml, sets))
}

/// The luck of all runs here.
pub fn draws(city: &City) -> Draws {
    Draws::new(city.settings.run.seed, 1)
}

/// Lettings of the coming month in a copy of the city, and the rules under which they were made.
pub fn let_next(city: &City, plan: &Plan) -> (City, Rules) {
    let mut after = city.clone();
    after.month += 1;
    let rules = plan.in_force(&after);
    let draws = draws(city);
    let luck = draws.in_month(after.month);
    procurement::let_contracts(&mut after, &rules, &draws, &luck);
    (after, rules)
}

/// One month whole.
pub fn month(city: &mut City, plan: &Plan) {
    let draws = draws(city);
    step::step(city, plan, &draws, None).unwrap_or_else(|broken| panic!("{broken}"));
}

/// What a run of lettings came to.
#[derive(Default)]
pub struct Seen {
    pub awards: Vec<Award>,
    /// Reference price by category.
    pub reference: Vec<f64>,
    pub service: Service,
    /// Sums over months and anchors.
    pub hours: f64,
    pub wanted: f64,
    pub generic: u32,
    pub extended: u32,
}

impl Seen {
    /// Mean over competitions with a winner, each counting the same.
    pub fn mean(&self, of: impl Fn(&Award) -> f64) -> f64 {
        let held: Vec<&Award> = self.awards.iter().filter(|a| a.bids > 0).collect();
        held.iter().map(|a| of(a)).sum::<f64>() / held.len().max(1) as f64
    }
    /// The same, by value.
    pub fn share(&self, of: impl Fn(&Award) -> bool) -> f64 {
        let held = self.awards.iter().filter(|a| a.bids > 0);
        let (some, all) = held.fold((0.0, 0.0), |(some, all), a| {
            (some + if of(a) { a.value_gbp } else { 0.0 }, all + a.value_gbp)
        });
        some / all.max(1.0)
    }
}

/// Months of a city from its second on, under the policy in its settings.
pub fn seen(toml: &str, sets: &[&str], months: u16) -> Seen {
    let mut city = city(toml, sets);
    let plan = Plan::new(&city.settings, &city);
    month(&mut city, &plan);
    let mut out = Seen { reference: city.contracts.reference_price.clone(), ..Seen::default() };
    for _ in 0..months {
        month(&mut city, &plan);
        out.awards.extend_from_slice(&city.contracts.awards);
        city.flows.service.iter().for_each(|s| out.service.add(s));
        for team in &city.contracts.teams {
            out.hours += team.used;
            out.wanted += team.wanted;
            out.generic += team.generic;
            out.extended += team.extended;
        }
    }
    out
}
