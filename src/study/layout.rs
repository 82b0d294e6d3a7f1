//! Which runs a study needs. The same run asked for twice, by a comparison and by an attribution say, is one cell.

use super::impulse::{ORDER, switched_on};
use super::key;
use super::points::{drawn, varied};
use super::size::{fits, pulled};
use super::{Ready, StudyError};
use crate::measure::shapley::subsets;
use crate::place::{self, Assumed, Place};
use crate::scenario::Scenario;
use crate::scenario::settings::Settings;
use crate::scenario::study_file::{Planned, Study};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What is to be laid out, and whether to stop.
struct Asked<'a> {
    study: &'a Study,
    stop: &'a AtomicBool,
}

/// One run: a scenario under the luck of a replicate.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The scenario of the study that it comes from, and its own settings: not a scenario of its own with its texts, since a
    /// study that draws what is not known has as many cells as runs.
    base: Arc<Scenario>,
    pub settings: Arc<Settings>,
    pub place: usize,
    pub replicate: u16,
    /// Whether its short tables are wanted too.
    pub tables: bool,
    pub key: String,
    /// Runs with the same have the same burn-in.
    pub burn_in: String,
}

/// A scenario with one mechanism off, against its reference with that mechanism off.
pub struct WithoutMechanism {
    pub scenario: usize,
    pub name: &'static str,
    pub cells: [Vec<usize>; 2],
}

/// A scenario with some of its levers.
pub struct LeverSubsets {
    pub scenario: usize,
    pub names: Vec<String>,
    /// For each subset, a set of bits, a cell a replicate.
    pub cells: BTreeMap<u64, Vec<usize>>,
}

/// The runs of a sensitivity analysis: the same luck everywhere, settings as the design says.
pub struct Varied {
    pub points: Vec<Vec<f64>>,
    /// Of each scenario, a cell a point; none of those that a sweep made.
    pub cells: Vec<Vec<usize>>,
}

/// All runs of a study, and what each is for.
#[derive(Default)]
pub struct Layout {
    pub cells: Vec<Cell>,
    pub places: Vec<Place>,
    /// Of each scenario, a cell a replicate.
    pub main: Vec<Vec<usize>>,
    /// Of each replicate, the values of the uncertain settings.
    pub drawn: Vec<Vec<f64>>,
    pub mechanisms: Vec<WithoutMechanism>,
    pub levers: Vec<LeverSubsets>,
    pub varied: Option<Varied>,
    /// Whether it was stopped while it was laid out: then runs are missing.
    pub stopped: bool,
    bases: Vec<Arc<Scenario>>,
    /// Of each scenario, which of the uncertain settings it has.
    has: Vec<Vec<bool>>,
    known: BTreeMap<String, usize>,
    place_at: Vec<(String, PathBuf)>,
}

impl Layout {
    /// The runs for this many replicates; attribution and sensitivity when `whole`. There is a limit to their number.
    pub fn new(study: &Study, replicates: u16, whole: bool, stop: &AtomicBool) -> Result<Layout, StudyError> {
        fits(study, replicates, whole).map_err(StudyError::Scenario)?;
        let asked = Asked { study, stop };
        let mut of = Layout::compared(&asked, replicates)?;
        if whole {
            of.attribute(&asked)?;
            of.vary(&asked)?;
        }
        Ok(of)
    }

    /// The runs of a single replicate, without those of the sensitivity analysis, which has no replicates.
    pub(super) fn of_one_replicate(study: &Study) -> Result<Layout, StudyError> {
        let asked = Asked { study, stop: &AtomicBool::new(false) };
        let mut of = Layout::compared(&asked, 1)?;
        of.attribute(&asked)?;
        Ok(of)
    }

    fn compared(asked: &Asked, replicates: u16) -> Result<Layout, StudyError> {
        let study = asked.study;
        let has = |one: &Planned| study.uncertain.iter().map(|u| u.applies_to(&one.scenario)).collect();
        let mut of = Layout {
            drawn: drawn(study, replicates),
            has: study.scenarios.iter().map(has).collect(),
            bases: study.scenarios.iter().map(|one| Arc::new(one.scenario.clone())).collect(),
            ..Layout::default()
        };
        for i in 0..study.scenarios.len() {
            let cells = of.replicates(asked, i, &|_| (), true)?;
            of.main.push(cells);
        }
        Ok(of)
    }

    /// A scenario with its place, ready to run. A place whose data are departed from is made when it is needed: a study
    /// that draws its assumptions has as many as it has runs.
    pub fn ready(&self, cell: usize) -> Result<Ready, StudyError> {
        let cell = &self.cells[cell];
        let scenario = cell.base.under((*cell.settings).clone()).map_err(StudyError::Scenario)?;
        let settings = &scenario.settings;
        let place = if settings.city == Assumed::default() {
            self.places[cell.place].clone()
        } else {
            place::load_under(&settings.place, &scenario.base_dir, &settings.city)
                .map_err(|cause| StudyError::Scenario(cause.into()))?
        };
        Ok(Ready { scenario, place })
    }

    /// A cell for each replicate of a scenario: under the settings drawn for that replicate, then changed.
    fn replicates(
        &mut self,
        asked: &Asked,
        i: usize,
        change: &dyn Fn(&mut Settings),
        tables: bool,
    ) -> Result<Vec<usize>, StudyError> {
        let study = asked.study;
        let scenario = &study.scenarios[i].scenario;
        let changed = |scenario: &Scenario| {
            let mut settings = scenario.settings.clone();
            change(&mut settings);
            Arc::new(settings)
        };
        let same = study.uncertain.is_empty().then(|| changed(scenario));
        let mut cells = Vec::new();
        for (r, drawn) in self.drawn.clone().into_iter().enumerate() {
            if self.is_stopped(asked) {
                break;
            }
            let settings = match &same {
                Some(same) => same.clone(),
                None => changed(&self.at(study, i, &drawn)?),
            };
            cells.push(self.add(i, settings, r as u16 + 1, tables)?);
        }
        Ok(cells)
    }

    fn is_stopped(&mut self, asked: &Asked) -> bool {
        self.stopped |= asked.stop.load(Ordering::Relaxed);
        self.stopped
    }

    fn add(
        &mut self,
        i: usize,
        settings: Arc<Settings>,
        replicate: u16,
        tables: bool,
    ) -> Result<usize, StudyError> {
        let base = self.bases[i].clone();
        let at = self.place(&base, &settings)?;
        let place = &self.places[at];
        let key = key::of_run(&settings, place, replicate).map_err(StudyError::Scenario)?;
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        let burn_in = key::of_burn_in(&settings, place, replicate).map_err(StudyError::Scenario)?;
        self.known.insert(key.clone(), self.cells.len());
        self.cells.push(Cell { base, settings, place: at, replicate, tables, key, burn_in });
        Ok(self.cells.len() - 1)
    }

    /// The place of a scenario as its data are, loaded once.
    fn place(&mut self, base: &Scenario, settings: &Settings) -> Result<usize, StudyError> {
        let named = (settings.place.clone(), base.base_dir.clone());
        if let Some(at) = self.place_at.iter().position(|known| *known == named) {
            return Ok(at);
        }
        let place = place::load(&named.0, &named.1).map_err(|cause| StudyError::Scenario(cause.into()))?;
        self.place_at.push(named);
        self.places.push(place);
        Ok(self.places.len() - 1)
    }

    /// A scenario at a point of the unit cube: each uncertain setting that it has takes its value there.
    fn at(&self, study: &Study, i: usize, point: &[f64]) -> Result<Scenario, StudyError> {
        let settings = study.uncertain.iter().zip(point).zip(&self.has[i]);
        let sets =
            settings.filter(|(_, has)| **has).map(|((uncertain, u), _)| uncertain.set(uncertain.value(*u)));
        let sets: Result<Vec<_>, _> = sets.collect();
        let scenario = &study.scenarios[i].scenario;
        sets.and_then(|sets| scenario.with(sets)).map_err(StudyError::Scenario)
    }

    fn attribute(&mut self, asked: &Asked) -> Result<(), StudyError> {
        let study = asked.study;
        let Some((scenarios, ways)) = &study.attribution else { return Ok(()) };
        for &i in scenarios {
            let planned = &study.scenarios[i];
            let Some(against) = planned.against else { continue };
            let reference = &study.scenarios[against].scenario;
            if ways.mechanisms {
                for which in switched_on(&planned.scenario.settings.mechanisms) {
                    let (name, switch) = ORDER[which];
                    // Expectations go on though this may be the last mechanism: they are none of them.
                    let off = |settings: &mut Settings| {
                        *switch(&mut settings.mechanisms) = false;
                        settings.mechanisms.expectations = true;
                    };
                    let mut without = |i: usize| self.replicates(asked, i, &off, false);
                    let cells = [without(against)?, without(i)?];
                    self.mechanisms.push(WithoutMechanism { scenario: i, name, cells });
                }
            }
            if ways.levers {
                let subsets = self.subsets(asked, i, reference)?;
                self.levers.extend(subsets);
            }
        }
        Ok(())
    }

    /// The scenario with each subset of the levers that its reference does not pull.
    fn subsets(
        &mut self,
        asked: &Asked,
        i: usize,
        reference: &Scenario,
    ) -> Result<Option<LeverSubsets>, StudyError> {
        let pulled = pulled(&asked.study.scenarios[i].scenario, reference);
        if pulled.is_empty() {
            return Ok(None);
        }
        let mut cells = BTreeMap::new();
        for subset in subsets(pulled.len()) {
            let keep = |settings: &mut Settings| {
                settings.policy.retain(|lever, i| {
                    let bit = pulled.iter().position(|(l, at, _)| *l == lever && *at == i);
                    bit.is_none_or(|bit| subset & 1 << bit != 0)
                });
            };
            cells.insert(subset, self.replicates(asked, i, &keep, false)?);
        }
        let names = pulled.into_iter().map(|(_, _, name)| name).collect();
        Ok(Some(LeverSubsets { scenario: i, names, cells }))
    }

    fn vary(&mut self, asked: &Asked) -> Result<(), StudyError> {
        let study = asked.study;
        let Some(of) = &study.sensitivity else { return Ok(()) };
        let points = varied(study, of);
        let mut cells = vec![Vec::new(); study.scenarios.len()];
        for point in &points {
            // What a sweep made is a design already.
            let own = |i: &usize| study.scenarios[*i].swept.is_empty();
            for (i, cells) in cells.iter_mut().enumerate().filter(|(i, _)| own(i)) {
                if self.is_stopped(asked) {
                    return Ok(());
                }
                let scenario = self.at(study, i, point)?;
                cells.push(self.add(i, Arc::new(scenario.settings), 1, false)?);
            }
        }
        self.varied = Some(Varied { points, cells });
        Ok(())
    }
}
