//! The loop over months, replicates and scenarios.

pub mod calibration;

use crate::base::draws::Draws;
use crate::economy::books::BrokenIdentity;
use crate::economy::plan::Plan;
use crate::economy::{procurement, step};
use crate::measure::record::Record;
use crate::place::Place;
use crate::scenario::{Scenario, ScenarioError};
use crate::tracer::Tracer;
use crate::world::City;
use crate::world::synthesis::{self, town::TownError};
use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What can stop a study.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    #[error("{0}")]
    Scenario(ScenarioError),
    #[error("{0}")]
    Town(#[from] TownError),
    #[error("{0}")]
    Broken(#[from] BrokenIdentity),
}

/// A scenario with its place, ready to run.
pub struct Ready {
    pub scenario: Scenario,
    pub place: Place,
}

impl Ready {
    /// Load the place of a scenario and check the scenario against it.
    pub fn new(scenario: Scenario) -> Result<Ready, StudyError> {
        let place = scenario.load_place().map_err(StudyError::Scenario)?;
        Ok(Ready { scenario, place })
    }

    /// Months that one replicate simulates.
    pub fn months(&self) -> u64 {
        let run = &self.scenario.settings.run;
        u64::from(run.burn_in_months) + 12 * u64::from(run.years)
    }

    fn shares_burn_in_with(&self, other: &Ready) -> bool {
        let (a, b) = (&self.scenario, &other.scenario);
        let (mut left, mut right) = (a.settings.without_policy(), b.settings.without_policy());
        for settings in [&mut left, &mut right] {
            settings.name = String::new();
            settings.description = String::new();
            settings.run.years = 0;
            settings.run.replicates = 0;
        }
        left == right && a.start == b.start && a.base_dir == b.base_dir
    }
}

/// Who watches a study: told of every month, and asked whether to stop.
pub struct Watch<'a> {
    pub tick: &'a (dyn Fn() + Sync),
    pub stop: &'a AtomicBool,
}

/// A city with what follows it: its tracer, and its luck.
#[derive(Clone)]
pub struct Simulation {
    pub city: City,
    pub tracer: Option<Tracer>,
    pub draws: Draws,
}

impl Simulation {
    /// Synthesise the city of a scenario for a replicate (from 1).
    pub fn new(ready: &Ready, replicate: u16) -> Result<Simulation, StudyError> {
        let settings = Arc::new(ready.scenario.settings.clone());
        let draws = Draws::new(settings.run.seed, replicate);
        let mut city = match &ready.place {
            Place::City(facts) => synthesis::city(facts, settings, ready.scenario.start, &draws),
            Place::Town(town) => synthesis::town::town(town, settings, ready.scenario.start)?,
        };
        let neutral = Plan::new(&ready.scenario.settings.without_policy(), &city);
        let price = procurement::reference_price(&city, &neutral, &draws.in_month(0));
        city.contracts.reference_price.fill(price);
        let tracer = city.settings.tracer.on.then(|| Tracer::new(&city));
        Ok(Simulation { city, tracer, draws })
    }

    /// Simulate months under a plan, keeping what the record wants; stops early when the watch says so.
    pub fn advance(
        &mut self,
        plan: &Plan,
        record: &mut Record,
        months: u32,
        watch: &Watch,
    ) -> Result<(), StudyError> {
        for _ in 0..months {
            if watch.stop.load(Ordering::Relaxed) {
                record.complete = false;
                break;
            }
            let books = step::step(&mut self.city, plan, &self.draws, self.tracer.as_mut())?;
            record.keep(&self.city, &books);
            (watch.tick)();
        }
        Ok(())
    }
}

/// A scenario's number, a replicate, and its record.
type Done = (usize, u16, Record);

/// Run every replicate of every scenario. The result has a row a scenario and a record a replicate; scenarios
/// that differ only in policy share a burn-in and all their luck.
pub fn run(all: &[Ready], watch: &Watch) -> Result<Vec<Vec<Record>>, StudyError> {
    let mut leaders: Vec<(usize, Vec<usize>)> = Vec::new();
    for i in 0..all.len() {
        match leaders.iter_mut().find(|(first, _)| all[*first].shares_burn_in_with(&all[i])) {
            Some((_, members)) => members.push(i),
            None => leaders.push((i, vec![i])),
        }
    }
    let mut jobs: Vec<(u16, &Vec<usize>)> = Vec::new();
    for (_, members) in &leaders {
        let most = members.iter().map(|i| all[*i].scenario.settings.run.replicates).max().unwrap_or(1);
        jobs.extend((1..=most).map(|r| (r, members)));
    }
    let done: Result<Vec<Vec<Done>>, StudyError> = jobs
        .into_par_iter()
        .map(|(replicate, members)| one_burn_in(all, members, replicate, watch))
        .collect();
    let mut records: Vec<Vec<(u16, Record)>> = vec![Vec::new(); all.len()];
    for (i, replicate, record) in done?.into_iter().flatten() {
        records[i].push((replicate, record));
    }
    Ok(records
        .into_iter()
        .map(|mut of| {
            of.sort_by_key(|(replicate, _)| *replicate);
            of.into_iter().map(|(_, record)| record).collect()
        })
        .collect())
}

fn one_burn_in(
    all: &[Ready],
    members: &[usize],
    replicate: u16,
    watch: &Watch,
) -> Result<Vec<Done>, StudyError> {
    let leader = &all[members[0]];
    let mut start = Simulation::new(leader, replicate)?;
    let burn_in = u32::from(start.city.burn_in);
    let mut record = Record { complete: true, ..Record::new(&start.city) };
    let neutral = Plan::new(&leader.scenario.settings.without_policy(), &start.city);
    start.advance(&neutral, &mut record, burn_in, watch)?;
    members
        .par_iter()
        .filter(|i| all[**i].scenario.settings.run.replicates >= replicate)
        .map(|&i| {
            let settings = &all[i].scenario.settings;
            let (mut simulation, mut record) = (start.clone(), record.clone());
            let plan = Plan::new(settings, &simulation.city);
            simulation.advance(&plan, &mut record, 12 * u32::from(settings.run.years), watch)?;
            if let Some(tracer) = simulation.tracer {
                record.ledger = tracer.ledger;
            }
            Ok((i, replicate, record))
        })
        .collect()
}

/// Months that a study simulates in all, for progress.
pub fn months(all: &[Ready]) -> u64 {
    let mut total = 0;
    for (i, ready) in all.iter().enumerate() {
        let run = &ready.scenario.settings.run;
        let shared = all[..i].iter().any(|earlier| earlier.shares_burn_in_with(ready));
        let burn_in = if shared { 0 } else { u64::from(run.burn_in_months) };
        total += (burn_in + 12 * u64::from(run.years)) * u64::from(run.replicates);
    }
    total
}
