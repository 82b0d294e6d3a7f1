//! What a month costs, measured: the same months of one city on one thread and on several, with and without tracer.

use super::timing::{Timings, agents};
use super::{Ready, Simulation, StudyError, Told, Watch};
use crate::economy::plan::Plan;
use crate::measure::record::Record;
use crate::output::manifest::PhaseTime;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// Months of the policy before those that are timed: contracts are being let and dye is everywhere.
const SETTLED: u32 = 6;
/// Months that are timed.
pub const TIMED: u32 = 12;

/// A city that has just been founded, and how long that took.
pub struct Founded {
    simulation: Simulation,
    synthesis: Duration,
}

/// A city some months after its burn-in.
pub struct Settled {
    simulation: Simulation,
    plan: Plan,
    pub synthesis: Duration,
    pub agents: u64,
}

/// Times the months, and passes on that one is done.
struct Clock<'a>(Timings, &'a dyn Told);

impl Told for Clock<'_> {
    fn month(&self) {
        self.1.month();
    }
    fn timings(&self) -> Option<&Timings> {
        Some(&self.0)
    }
}

/// Found the city of a scenario.
pub fn found(ready: &Ready) -> Result<Founded, StudyError> {
    let start = Instant::now();
    let simulation = Simulation::new(ready, 1)?;
    Ok(Founded { simulation, synthesis: start.elapsed() })
}

/// Months that pass until it is timed.
pub fn settling_months(ready: &Ready) -> u32 {
    u32::from(ready.scenario.settings.run.burn_in_months) + SETTLED
}

/// Let it run until its markets have settled and its policy has been in force for some months, as in most months of a run.
pub fn settle(ready: &Ready, of: Founded, told: &dyn Told) -> Result<Settled, StudyError> {
    let Founded { mut simulation, synthesis } = of;
    let plan = Plan::new(&ready.scenario.settings, &simulation.city);
    let mut record = Record { complete: true, ..Record::new(&simulation.city) };
    let stop = AtomicBool::new(false);
    simulation.advance(&plan, &mut record, settling_months(ready), &Watch { tick: told, stop: &stop })?;
    let agents = agents(&simulation.city);
    Ok(Settled { simulation, plan, synthesis, agents })
}

/// A year from there, on the threads of the pool that this is called in.
pub fn year(settled: &Settled, tracer: bool, told: &dyn Told) -> Result<Vec<PhaseTime>, StudyError> {
    let mut simulation = settled.simulation.clone();
    simulation.tracer = simulation.tracer.filter(|_| tracer);
    let mut record = Record { complete: true, ..Record::new(&simulation.city) };
    let (clock, stop) = (Clock(Timings::default(), told), AtomicBool::new(false));
    simulation.advance(&settled.plan, &mut record, TIMED, &Watch { tick: &clock, stop: &stop })?;
    Ok(clock.0.table())
}
