//! How large a city a machine can simulate in the time that somebody is willing to wait: by timing it.

use super::layout::Layout;
use super::{Ready, Simulation, StudyError, Watch, runner};
use crate::economy::plan::Plan;
use crate::measure::record::Record;
use crate::scenario::ScenarioError;
use crate::scenario::study_file::Study;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Scales that are tried, the smallest first.
pub const SCALES: [f64; 6] = [0.02, 0.05, 0.1, 0.2, 0.5, 1.0];
/// Months that are timed of each.
const MONTHS: u32 = 3;

/// What was found at a scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timed {
    pub scale: f64,
    /// Seconds to draw a city, and for a month of it, with every thread at work.
    pub city: f64,
    pub month: f64,
    /// Seconds that the whole study would take.
    pub study: f64,
}

/// The largest scale of [`SCALES`] at which a study is over in time, or the smallest one if none is; and all that was timed,
/// the smallest first, among it perhaps a scale that takes too long.
pub struct Pace {
    pub chosen: Timed,
    pub timed: Vec<Timed>,
}

impl Pace {
    /// Seconds that the study would take at another scale, by a straight line through the two largest that were timed: a
    /// month's work has a part that is the same at any scale. None when only one was timed.
    pub fn at(&self, scale: f64) -> Option<f64> {
        let [.., a, b] = self.timed.as_slice() else { return None };
        Some(b.study + (b.study - a.study) / (b.scale - a.scale) * (scale - b.scale))
    }
}

/// Time one scale after the other. Nothing when it was stopped.
pub fn largest(
    study: &Study,
    (within, threads): (Duration, usize),
    stop: &AtomicBool,
) -> Result<Option<Pace>, StudyError> {
    let replicates = study.scenarios[0].scenario.settings.run.replicates;
    let layout = Layout::new(study, replicates, true, stop)?;
    if layout.stopped {
        return Ok(None);
    }
    let work = runner::work(&layout);
    let within = within.as_secs_f64();
    let mut timed: Vec<Timed> = Vec::new();
    for scale in SCALES {
        // What is far too large is not timed in vain.
        let Some(last) = timed.last() else {
            timed.push(time(&layout.ready(0)?, scale, &work, threads, stop)?);
            continue;
        };
        if last.study > within || last.study * (scale / last.scale) > 4.0 * within && timed.len() > 1 {
            break;
        }
        timed.push(time(&layout.ready(0)?, scale, &work, threads, stop)?);
    }
    if stop.load(Ordering::Relaxed) {
        return Ok(None);
    }
    let fits = timed.iter().rev().find(|of| of.study <= within).or(timed.first()).copied();
    Ok(fits.map(|chosen| Pace { chosen, timed }))
}

/// Draw a city of this scale and run its first months, as many at once as the study would.
fn time(
    ready: &Ready,
    scale: f64,
    work: &[u64],
    threads: usize,
    stop: &AtomicBool,
) -> Result<Timed, StudyError> {
    let mut settings = ready.scenario.settings.clone();
    settings.run.scale = scale;
    let scenario =
        ready.scenario.under(settings).map_err(|cause: ScenarioError| StudyError::Scenario(cause))?;
    let ready = Ready { scenario, place: ready.place.clone() };
    let workers = threads.min(work.len()).max(1);
    let one = |worker: usize| -> Result<(f64, f64), StudyError> {
        let share = threads / workers + usize::from(worker < threads % workers);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(share.max(1)).build();
        pool.map_err(|cause| StudyError::Threads(cause.to_string()))?.install(|| {
            let began = Instant::now();
            let mut simulation = Simulation::new(&ready, 1)?;
            let city = began.elapsed().as_secs_f64();
            let mut record = Record::new(&simulation.city);
            let plan = Plan::neutral(&simulation.city);
            let watch = Watch { tick: &|| (), stop };
            let began = Instant::now();
            simulation.advance(&plan, &mut record, MONTHS, &watch)?;
            Ok((city, began.elapsed().as_secs_f64() / f64::from(MONTHS)))
        })
    };
    let timed: Vec<Result<(f64, f64), StudyError>> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..workers).map(|worker| scope.spawn(move || one(worker))).collect();
        let gone = || Err(StudyError::Threads("a thread ended early".to_owned()));
        all.into_iter().map(|one| one.join().unwrap_or_else(|_| gone())).collect()
    });
    let (mut city, mut month) = (0.0_f64, 0.0_f64);
    for of in timed {
        let of = of?;
        (city, month) = (city.max(of.0), month.max(of.1));
    }
    Ok(Timed { scale, city, month, study: seconds(work, workers, (city, month)) })
}

/// What the work takes when each worker takes the next group as it is done with one.
fn seconds(work: &[u64], workers: usize, (city, month): (f64, f64)) -> f64 {
    let mut busy = vec![0.0_f64; workers];
    for months in work {
        let next = (0..workers).min_by(|a, b| busy[*a].total_cmp(&busy[*b])).unwrap_or(0);
        busy[next] += city + month * *months as f64;
    }
    busy.into_iter().fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_scales_are_judged_by_a_line() {
        let of = |scale, study| Timed { scale, city: 0.0, month: 0.0, study };
        // 10 s at any scale, and 100 s for a whole city.
        let pace = Pace { chosen: of(0.1, 20.0), timed: vec![of(0.05, 15.0), of(0.1, 20.0)] };
        assert!((pace.at(1.0).unwrap() - 110.0).abs() < 1e-9);
    }

    #[test]
    fn three_groups_on_two_workers_take_two_rounds() {
        // A city of 1 s and 100 months of 0.1 s: 11 s a group.
        assert!((seconds(&[100; 3], 2, (1.0, 0.1)) - 22.0).abs() < 1e-9);
        assert!((seconds(&[100; 4], 4, (1.0, 0.1)) - 11.0).abs() < 1e-9);
    }
}
