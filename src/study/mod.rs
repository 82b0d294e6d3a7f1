//! The loop over months, replicates and scenarios.

mod apart;
pub mod bench;
pub mod burn_ins;
pub mod calibration;
mod checkpoint;
pub mod concerns;
pub mod country;
mod error;
pub mod impulse;
mod kept;
mod key;
mod law;
pub mod layout;
mod neutral;
pub mod pace;
mod points;
pub mod results;
pub mod rounds;
pub mod run_folder;
pub mod runner;
pub mod size;
mod small_limits;
pub mod store;
mod tables;
pub mod timing;

use crate::base::date::Date;
use crate::base::draws::Draws;
use crate::economy::books::dye_is_all_there;
use crate::economy::plan::Plan;
use crate::economy::{procurement, step};
use crate::measure::record::Record;
use crate::place::{self, Place};
use crate::scenario::Scenario;
use crate::scenario::settings::Settings;
use crate::tracer::Tracer;
use crate::tracer::select;
use crate::world::City;
use crate::world::synthesis::{self, TooLarge};
pub use error::StudyError;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use timing::{Stopwatch, Timings};

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
    pub tick: &'a dyn Told,
    pub stop: &'a AtomicBool,
}

/// Who is told of every month that is over, and may have it timed. A closure is told only.
pub trait Told: Sync {
    fn month(&self);
    /// Where times are kept. Runs that are timed go one after another, so that no phase is charged with another run's
    /// work.
    fn timings(&self) -> Option<&Timings> {
        None
    }
}

impl<F: Fn() + Sync> Told for F {
    fn month(&self) {
        self();
    }
}

/// Found a city: draw its people, firms and contracts, let the contracts as the anchors do, close the accounts.
pub fn found(
    facts: &place::city::City,
    settings: Arc<Settings>,
    start: Date,
    draws: &Draws,
) -> Result<City, TooLarge> {
    let mut drawn = synthesis::draw(facts, settings, start, draws);
    procurement::fit::fit(&mut drawn.city, draws);
    drawn.close(draws)
}

/// A city with what follows it: its tracer, and its luck.
#[derive(Clone, Serialize, Deserialize)]
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
        let city = match &ready.place {
            Place::City(facts) => found(facts, settings, ready.scenario.start, &draws)?,
            Place::Town(town) => synthesis::town::town(town, settings, ready.scenario.start)?,
        };
        let unknown = select::unknown(&city);
        if !unknown.is_empty() {
            return Err(StudyError::Scenario(ready.scenario.no_contracts(&unknown)));
        }
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
            self.month(plan, record, watch)?;
        }
        match &self.tracer {
            Some(tracer) => Ok(dye_is_all_there(&self.city, tracer)?),
            None => Ok(()),
        }
    }

    fn month(&mut self, plan: &Plan, record: &mut Record, watch: &Watch) -> Result<(), StudyError> {
        let (city, tracer) = (&mut self.city, self.tracer.as_mut());
        if let Some(timings) = watch.tick.timings() {
            let mut clock = Stopwatch::default();
            let books = step::watched(city, plan, &self.draws, tracer, &mut clock)?;
            clock.record(|| record.keep(city, &books));
            timings.add(city, &clock);
        } else {
            let books = step::step(city, plan, &self.draws, tracer)?;
            record.keep(city, &books);
        }
        watch.tick.month();
        Ok(())
    }
}

/// The records of one replicate, each with its scenario's number.
type Done = Vec<(usize, Record)>;

/// Run every replicate of every scenario. The result has a row a scenario and a record a replicate; scenarios
/// that differ only in policy share a burn-in and all their luck. A study that is stopped ends all its records
/// at the same month.
pub fn run(all: &[Ready], watch: &Watch) -> Result<Vec<Vec<Record>>, StudyError> {
    let most = all.iter().map(|ready| ready.scenario.settings.run.replicates).max().unwrap_or(1);
    let one = |replicate| one_luck(all, replicate, watch);
    let done: Result<Vec<_>, StudyError> = if watch.tick.timings().is_some() {
        (1..=most).map(one).collect()
    } else {
        (1..=most).into_par_iter().map(one).collect()
    };
    let mut records: Vec<Vec<Record>> = vec![Vec::new(); all.len()];
    for (i, record) in comparable(done?).into_iter().flatten() {
        records[i].push(record);
    }
    Ok(records)
}

/// What a stopped study leaves to compare: the replicates that were over, or else those that came farthest.
fn comparable(mut done: Vec<Done>) -> Vec<Done> {
    let is_over = |of: &Done| of.iter().all(|(_, record)| record.complete);
    let all = done.len();
    done.retain(|of| !of.is_empty());
    if done.len() == all && done.iter().all(is_over) {
        return done;
    }
    let reached = |of: &Done| of.iter().map(|(_, record)| record.months.len()).max();
    let farthest = done.iter().map(reached).max().flatten();
    let any_over = done.iter().any(is_over);
    done.retain(|of| if any_over { is_over(of) } else { reached(of) == farthest });
    done.iter_mut().flatten().for_each(|(_, record)| record.complete = false);
    done
}

/// A scenario under way, in a replicate.
struct Underway {
    scenario: usize,
    simulation: Simulation,
    plan: Plan,
    record: Record,
    months: u32,
}

/// Every scenario under the luck of one replicate, all in the same month until each is over. Nothing of a replicate whose
/// cities were not all founded when the study was stopped; the first is founded whatever happens, so that there is a record.
fn one_luck(all: &[Ready], replicate: u16, watch: &Watch) -> Result<Done, StudyError> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for i in (0..all.len()).filter(|i| all[*i].scenario.settings.run.replicates >= replicate) {
        match groups.iter_mut().find(|members| all[members[0]].shares_burn_in_with(&all[i])) {
            Some(members) => members.push(i),
            None => groups.push(vec![i]),
        }
    }
    let timed = watch.tick.timings().is_some();
    let begin = |members: &Vec<usize>| -> Result<Option<Vec<Underway>>, StudyError> {
        if replicate > 1 && watch.stop.load(Ordering::Relaxed) {
            return Ok(None);
        }
        burn_in(all, members, replicate, watch).map(Some)
    };
    let started: Result<Vec<Option<Vec<Underway>>>, StudyError> =
        if timed { groups.iter().map(begin).collect() } else { groups.par_iter().map(begin).collect() };
    let started: Option<Vec<Vec<Underway>>> = started?.into_iter().collect();
    let Some(started) = started else { return Ok(Vec::new()) };
    let mut underway: Vec<Underway> = started.into_iter().flatten().collect();
    for month in 0..underway.iter().map(|u| u.months).max().unwrap_or(0) {
        let mut going: Vec<&mut Underway> = underway.iter_mut().filter(|u| month < u.months).collect();
        if watch.stop.load(Ordering::Relaxed) {
            going.iter_mut().for_each(|u| u.record.complete = false);
            break;
        }
        let on = |u: &mut &mut Underway| u.simulation.month(&u.plan, &mut u.record, watch);
        if timed { going.iter_mut().try_for_each(on) } else { going.par_iter_mut().try_for_each(on) }?;
    }
    let record_of = |mut u: Underway| {
        u.record.ledger = u.simulation.tracer.map(|tracer| tracer.ledger).unwrap_or_default();
        (u.scenario, u.record)
    };
    Ok(underway.into_iter().map(record_of).collect())
}

/// Scenarios that differ only in policy, at the end of the burn-in that they share.
fn burn_in(
    all: &[Ready],
    members: &[usize],
    replicate: u16,
    watch: &Watch,
) -> Result<Vec<Underway>, StudyError> {
    let leader = &all[members[0]];
    let mut start = Simulation::new(leader, replicate)?;
    let months = u32::from(start.city.burn_in);
    let mut record = Record { complete: true, ..Record::new(&start.city) };
    let neutral = Plan::neutral(&start.city);
    start.advance(&neutral, &mut record, months, watch)?;
    let under_policy = |scenario: usize, simulation: Simulation, record: Record| {
        let settings = &all[scenario].scenario.settings;
        let (plan, months) = (Plan::new(settings, &simulation.city), 12 * u32::from(settings.run.years));
        Underway { scenario, simulation, plan, record, months }
    };
    let (last, others) = (members[members.len() - 1], &members[..members.len() - 1]);
    let mut underway: Vec<Underway> =
        others.iter().map(|i| under_policy(*i, start.clone(), record.clone())).collect();
    // The last takes the city itself: one that runs alone is never copied.
    underway.push(under_policy(last, start, record));
    Ok(underway)
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
