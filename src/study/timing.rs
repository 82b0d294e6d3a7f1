//! How long the phases of a month take. The clock is here and not in the model.

use crate::economy::phase::{Phase, PhaseWatch};
use crate::output::manifest::PhaseTime;
use crate::world::City;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The phases, and what is kept of a month once it is over.
const LAPS: usize = Phase::COUNT + 1;
const RECORD: usize = Phase::COUNT;

/// A clock for one month.
#[derive(Default)]
pub struct Stopwatch {
    laps: [Duration; LAPS],
}

impl PhaseWatch for Stopwatch {
    fn phase<R>(&mut self, phase: Phase, work: impl FnOnce() -> R) -> R {
        self.lap(phase as usize, work)
    }
}

impl Stopwatch {
    fn lap<R>(&mut self, lap: usize, work: impl FnOnce() -> R) -> R {
        let start = Instant::now();
        let result = work();
        self.laps[lap] += start.elapsed();
        result
    }
    /// Time what is kept of the month.
    pub fn record<R>(&mut self, work: impl FnOnce() -> R) -> R {
        self.lap(RECORD, work)
    }
}

#[derive(Default)]
struct Sums {
    laps: [Duration; LAPS],
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
        sums.laps.iter_mut().zip(month.laps).for_each(|(sum, lap)| *sum += lap);
        sums.months += 1;
        sums.agent_months += agents(city);
    }

    /// Wall-clock time by phase, in the order of the month; nothing when no month was timed.
    pub fn table(&self) -> Vec<PhaseTime> {
        let Ok(sums) = self.sums.lock() else { return Vec::new() };
        if sums.months == 0 {
            return Vec::new();
        }
        let all: Duration = sums.laps.iter().sum();
        let row = |phase: &str, lap: Duration| PhaseTime {
            phase: phase.to_owned(),
            ms_a_month: rounded(lap.as_secs_f64() * 1e3 / sums.months as f64, 1e4),
            share_percent: rounded(100.0 * lap.as_secs_f64() / all.as_secs_f64().max(1e-12), 1e2),
            ns_an_agent_month: rounded(lap.as_nanos() as f64 / sums.agent_months.max(1) as f64, 1e2),
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
