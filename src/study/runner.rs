//! Runs the cells of a study that are not kept yet, as many at once as there are threads, and keeps each as it ends.

use super::burn_ins::Keep;
use super::kept::{Kept, Unfit};
use super::layout::Layout;
use super::store::Store;
use super::timing::Timings;
use super::{Ready, Simulation, StudyError, Told, Watch};
use crate::economy::plan::Plan;
use crate::measure::record::Record;
use crate::measure::table::Metric;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Who is told how a study goes on. Workers are numbered from 0, one run each at a time.
pub trait Observer: Sync {
    /// What is to be done: runs in all, how many of them are kept already, months to simulate.
    fn planned(&self, runs: usize, kept: usize, months: u64);
    fn warn(&self, text: &str);
    /// A run or a burn-in begins.
    fn begins(&self, worker: usize, what: &str, months: u64);
    fn month(&self, worker: usize);
    /// A run has ended and is kept.
    fn kept(&self, worker: usize);
    /// Where times are kept, if they are asked for.
    fn timings(&self) -> Option<&Timings> {
        None
    }
}

/// How a study is to be carried out.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    pub store: &'a Store,
    /// Whether later rounds of the study branch from the same burn-ins, so that they stay until the end.
    pub hold_burn_ins: bool,
    pub threads: usize,
    pub observer: &'a dyn Observer,
    pub stop: &'a AtomicBool,
}

/// The metrics of each cell; none of those that were not over when the study was stopped.
pub type Metrics = Vec<Option<Vec<Metric>>>;

/// Runs that share a burn-in, the cells by number.
type Group = Vec<usize>;

/// Carry out a layout: read what is kept, run what is not.
pub fn run(layout: &Layout, means: &Means) -> Result<Metrics, StudyError> {
    let mut metrics: Metrics = vec![None; layout.cells.len()];
    let mut of_other_builds = 0;
    for (cell, found) in layout.cells.iter().zip(&mut metrics) {
        match means.store.load(&cell.key, cell.tables) {
            Ok(kept) => *found = kept.map(|kept| kept.metrics),
            Err((_, Unfit::OtherBuild)) => of_other_builds += 1,
            Err((path, unfit)) => means.observer.warn(&format!(
                "warning: {} {}; that run is made again",
                path.display(),
                unfit.words()
            )),
        }
    }
    if of_other_builds > 0 {
        let words = Unfit::OtherBuild.words();
        means.observer.warn(&format!(
            "warning: runs kept before ({of_other_builds}): each {words}; they are made again"
        ));
    }
    let groups = groups(layout, &metrics);
    let kept = metrics.iter().filter(|found| found.is_some()).count();
    means.observer.planned(layout.cells.len(), kept, months_to_do(layout, &groups, means));
    let found = Mutex::new(metrics);
    let keep = |cell: usize, of: Vec<Metric>| {
        if let Ok(mut found) = found.lock() {
            found[cell] = Some(of);
        }
    };
    // Threads of their own and not one pool: a thread of a shared pool that waits within a month may begin another run
    // meanwhile, and then more cities are alive than there are threads.
    let most = if means.observer.timings().is_some() { 1 } else { means.threads };
    let workers = most.min(groups.len()).max(1);
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(None);
    let work = |worker: usize| -> Result<(), StudyError> {
        let share = means.threads / workers + usize::from(worker < means.threads % workers);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(share.max(1)).build();
        let pool = pool.map_err(|cause| StudyError::Threads(cause.to_string()))?;
        while let Some(group) = groups.get(next.fetch_add(1, Ordering::Relaxed)) {
            if means.stop.load(Ordering::Relaxed) || failed.lock().is_ok_and(|failed| failed.is_some()) {
                break;
            }
            pool.install(|| Worker { layout, means, worker }.carry_out(group, &keep))?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        for worker in 0..workers {
            let (work, failed) = (&work, &failed);
            scope.spawn(move || {
                if let (Err(error), Ok(mut failed)) = (work(worker), failed.lock()) {
                    failed.get_or_insert(error);
                }
            });
        }
    });
    match failed.into_inner() {
        Ok(Some(error)) => Err(error),
        _ => Ok(found.into_inner().unwrap_or_default()),
    }
}

/// The cells to run, in groups that share a burn-in, in the order of their first cells.
fn groups(layout: &Layout, found: &Metrics) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut at: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    let mut order: Vec<usize> = (0..layout.cells.len()).filter(|i| found[*i].is_none()).collect();
    // Replicate by replicate, so that a study that is stopped has whole ones.
    order.sort_by_key(|i| (layout.cells[*i].replicate, *i));
    for i in order {
        let group = *at.entry(&layout.cells[i].burn_in).or_insert_with(|| {
            groups.push(Group::new());
            groups.len() - 1
        });
        groups[group].push(i);
    }
    groups
}

/// The work of a layout of which nothing is kept yet: for each shared burn-in, the months with and after it.
pub fn work(layout: &Layout) -> Vec<u64> {
    let none = vec![None; layout.cells.len()];
    groups(layout, &none).iter().map(|group| months(layout, group)).collect()
}

/// Months to simulate, burn-ins that are kept left out.
fn months_to_do(layout: &Layout, groups: &[Group], means: &Means) -> u64 {
    let kept = |group: &Group| means.store.burn_ins.has(&layout.cells[group[0]].burn_in);
    let run = |i: usize| &layout.cells[i].settings.run;
    let burn_in = |group: &Group| if kept(group) { u64::from(run(group[0]).burn_in_months) } else { 0 };
    groups.iter().map(|group| months(layout, group) - burn_in(group)).sum()
}

fn months(layout: &Layout, group: &Group) -> u64 {
    let run = |i: &usize| &layout.cells[*i].settings.run;
    let burn_in = group.first().map_or(0, |i| u64::from(run(i).burn_in_months));
    burn_in + group.iter().map(|i| 12 * u64::from(run(i).years)).sum::<u64>()
}

struct Worker<'a> {
    layout: &'a Layout,
    means: &'a Means<'a>,
    worker: usize,
}

impl Told for Worker<'_> {
    fn month(&self) {
        self.means.observer.month(self.worker);
    }
    fn timings(&self) -> Option<&Timings> {
        self.means.observer.timings()
    }
}

impl Worker<'_> {
    /// Burn in once, then run each cell from there. At most two cities are alive at a time.
    fn carry_out(&self, group: &Group, keep: &dyn Fn(usize, Vec<Metric>)) -> Result<(), StudyError> {
        let Some((&first, &last)) = group.first().zip(group.last()) else { return Ok(()) };
        let watch = Watch { tick: self, stop: self.means.stop };
        let leader = self.layout.ready(first)?;
        let replicate = self.layout.cells[first].replicate;
        let (start, record) = self.burn_in(&leader, group, &watch)?;
        let mut start = Some(start);
        for &cell in group {
            let simulation = if cell == last { start.take() } else { start.clone() };
            let Some(simulation) = simulation.filter(|_| record.complete) else { break };
            let ready = self.layout.ready(cell)?;
            let over = self.one(&ready, cell, (simulation, record.clone()), &watch)?;
            let Some(over) = over else { break };
            let of = &self.layout.cells[cell];
            let kept = Kept::of(&over, of.tables);
            self.means.store.save(&of.key, (&ready.scenario.settings.name, replicate), &kept)?;
            keep(cell, kept.metrics);
            self.means.observer.kept(self.worker);
            if cell == last && !self.means.hold_burn_ins {
                self.means.store.burn_ins.done_with(&self.layout.cells[first].burn_in);
            }
        }
        Ok(())
    }

    /// A city at the end of its burn-in: read from the disk, or simulated and kept there for the runs that branch from it.
    fn burn_in(
        &self,
        leader: &Ready,
        group: &Group,
        watch: &Watch,
    ) -> Result<(Simulation, Record), StudyError> {
        let cell = &self.layout.cells[group[0]];
        let burn_ins = &self.means.store.burn_ins;
        let observer = self.means.observer;
        match burn_ins.load(&cell.burn_in, leader, cell.replicate) {
            Ok(Some(state)) => return Ok(state),
            Ok(None) => {}
            Err((path, unfit)) => observer.warn(&format!(
                "warning: {} {}; it is not used, and that burn-in is simulated again; nothing else is to be done",
                path.display(),
                unfit.words()
            )),
        }
        let months = u32::from(leader.scenario.settings.run.burn_in_months);
        self.begins("burn-in", cell.replicate, months);
        let mut start = Simulation::new(leader, cell.replicate)?;
        let mut record = Record { complete: true, ..Record::new(&start.city) };
        start.advance(&Plan::neutral(&start.city), &mut record, months, watch)?;
        let wanted = match burn_ins.keep {
            Keep::All => true,
            // With one run to come a checkpoint would spare only that run's own burn-in.
            Keep::Needed => self.means.hold_burn_ins || group.len() > 1,
            Keep::None => false,
        };
        if wanted
            && record.complete
            && let Err(error) = burn_ins.save(&cell.burn_in, leader, cell.replicate, (&start, &record))
        {
            observer.warn(&format!(
                "warning: a burn-in could not be kept, and a study that is stopped would simulate it again: {error}\n  \
                 or spare the room with `--burn-ins none`"
            ));
        }
        Ok((start, record))
    }

    /// The record of a run; none when it was stopped.
    fn one(
        &self,
        ready: &Ready,
        cell: usize,
        (mut simulation, mut record): (Simulation, Record),
        watch: &Watch,
    ) -> Result<Option<Record>, StudyError> {
        let settings = &ready.scenario.settings;
        let months = 12 * u32::from(settings.run.years);
        self.begins(&settings.name, self.layout.cells[cell].replicate, months);
        let plan = Plan::new(settings, &simulation.city);
        simulation.advance(&plan, &mut record, months, watch)?;
        record.ledger = simulation.tracer.map(|tracer| tracer.ledger).unwrap_or_default();
        Ok(record.complete.then_some(record))
    }

    fn begins(&self, what: &str, replicate: u16, months: u32) {
        let what = format!("{what}, replicate {replicate}");
        self.means.observer.begins(self.worker, &what, u64::from(months));
    }
}
