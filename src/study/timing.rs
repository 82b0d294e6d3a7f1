//! How long the phases of a month take. The clock is here and not in the model.

use crate::economy::phase::{Phase, PhaseWatch};
use crate::output::manifest::PhaseTime;
use crate::world::City;
use cpu_time::ProcessTime;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The phases, and what is kept of a month once it is over.
const LAPS: usize = Phase::COUNT + 1;
const RECORD: usize = Phase::COUNT;

/// Time on the wall, and time of the processor over all threads of the program.
#[derive(Clone, Copy, Default)]
struct Lap {
    wall: Duration,
    cpu: Duration,
}

impl Lap {
    fn add(&mut self, other: Lap) {
        self.wall += other.wall;
        self.cpu += other.cpu;
    }
}

/// A clock for one month.
#[derive(Default)]
pub struct Stopwatch {
    laps: [Lap; LAPS],
}

impl PhaseWatch for Stopwatch {
    fn phase<R>(&mut self, phase: Phase, work: impl FnOnce() -> R) -> R {
        self.lap(phase as usize, work)
    }
}

impl Stopwatch {
    fn lap<R>(&mut self, lap: usize, work: impl FnOnce() -> R) -> R {
        let (start, cpu) = (Instant::now(), ProcessTime::now());
        let result = work();
        self.laps[lap].add(Lap { wall: start.elapsed(), cpu: cpu.elapsed() });
        result
    }
    /// Time what is kept of the month.
    pub fn record<R>(&mut self, work: impl FnOnce() -> R) -> R {
        self.lap(RECORD, work)
    }
}

#[derive(Default)]
struct Sums {
    laps: [Lap; LAPS],
    months: u64,
    agent_months: u64,
}

/// Times of all months of all runs so far, shared between threads.
#[derive(Default)]
pub struct Timings {
    sums: Mutex<Sums>,
}

impl Timings {
    /// Add a month of a city.
    pub fn add(&self, city: &City, month: &Stopwatch) {
        // A thread that panicked while it held the lock has ended the run.
        let Ok(mut sums) = self.sums.lock() else { return };
        sums.laps.iter_mut().zip(month.laps).for_each(|(sum, lap)| sum.add(lap));
        sums.months += 1;
        sums.agent_months += agents(city);
    }

    /// Time by phase, in the order of the month; nothing when no month was timed.
    pub fn table(&self) -> Vec<PhaseTime> {
        let Ok(sums) = self.sums.lock() else { return Vec::new() };
        if sums.months == 0 {
            return Vec::new();
        }
        let mut all = Lap::default();
        sums.laps.iter().for_each(|lap| all.add(*lap));
        let a_month = |time: Duration| rounded(time.as_secs_f64() * 1e3 / sums.months as f64, 1e4);
        let row = |phase: &str, lap: Lap| PhaseTime {
            phase: phase.to_owned(),
            wall_ms_a_month: a_month(lap.wall),
            cpu_ms_a_month: a_month(lap.cpu),
            share_percent: rounded(100.0 * lap.cpu.as_secs_f64() / all.cpu.as_secs_f64().max(1e-12), 1e2),
            cpu_ns_an_agent_month: rounded(lap.cpu.as_nanos() as f64 / sums.agent_months.max(1) as f64, 1e2),
        };
        let names = Phase::ALL.iter().map(|phase| phase.label()).chain(["record"]);
        let mut table: Vec<PhaseTime> = names.zip(sums.laps).map(|(name, lap)| row(name, lap)).collect();
        table.push(row("month", all));
        table
    }
}

fn rounded(value: f64, to: f64) -> f64 {
    (value * to).round() / to
}

/// Workers, households, suppliers and anchors.
pub fn agents(city: &City) -> u64 {
    let rows = [city.workers.len(), city.households.len(), city.suppliers.len(), city.anchors.len()];
    rows.iter().map(|n| *n as u64).sum()
}
