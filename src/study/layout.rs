//! Which runs a study needs. The same run asked for twice, by a comparison and by an attribution say, is one cell.

use super::impulse::{ORDER, switched_on};
use super::key;
use super::{Ready, StudyError};
use crate::measure::sensitivity::design;
use crate::measure::shapley::subsets;
use crate::place::{self, Assumed, Place};
use crate::scenario::Scenario;
use crate::scenario::settings::Settings;
use crate::scenario::study_file::settings::{DrawMethod, SensitivityMethod};
use crate::scenario::study_file::{Planned, Study};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Entries of levers that can be taken apart at all: a subset is a set of bits.
const MOST_LEVERS: usize = 63;

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
    bases: Vec<Arc<Scenario>>,
    /// Of each scenario, which of the uncertain settings it has.
    has: Vec<Vec<bool>>,
    known: BTreeMap<String, usize>,
    place_at: Vec<(String, PathBuf)>,
}

impl Layout {
    /// The runs for this many replicates; attribution and sensitivity when `whole`.
    pub fn new(study: &Study, replicates: u16, whole: bool) -> Result<Layout, StudyError> {
        let has = |one: &Planned| study.uncertain.iter().map(|u| u.applies_to(&one.scenario)).collect();
        let mut of = Layout {
            drawn: drawn(study, replicates),
            has: study.scenarios.iter().map(has).collect(),
            bases: study.scenarios.iter().map(|one| Arc::new(one.scenario.clone())).collect(),
            ..Layout::default()
        };
        for i in 0..study.scenarios.len() {
            let cells = of.replicates(study, i, &|_| (), true)?;
            of.main.push(cells);
        }
        if whole {
            of.attribute(study)?;
            of.vary(study)?;
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
        study: &Study,
        i: usize,
        change: &dyn Fn(&mut Settings),
        tables: bool,
    ) -> Result<Vec<usize>, StudyError> {
        let scenario = &study.scenarios[i].scenario;
        let changed = |scenario: &Scenario| {
            let mut settings = scenario.settings.clone();
            change(&mut settings);
            Arc::new(settings)
        };
        let same = study.uncertain.is_empty().then(|| changed(scenario));
        let mut cells = Vec::new();
        for (r, drawn) in self.drawn.clone().into_iter().enumerate() {
            let settings = match &same {
                Some(same) => same.clone(),
                None => changed(&self.at(study, i, &drawn)?),
            };
            cells.push(self.add(i, settings, r as u16 + 1, tables)?);
        }
        Ok(cells)
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

    fn attribute(&mut self, study: &Study) -> Result<(), StudyError> {
        let Some((scenarios, asked)) = &study.attribution else { return Ok(()) };
        for &i in scenarios {
            let planned = &study.scenarios[i];
            let Some(against) = planned.against else { continue };
            let reference = &study.scenarios[against].scenario;
            if asked.mechanisms {
                for which in switched_on(&planned.scenario.settings.mechanisms) {
                    let (name, switch) = ORDER[which];
                    // Expectations go on though this may be the last mechanism: they are none of them.
                    let off = |settings: &mut Settings| {
                        *switch(&mut settings.mechanisms) = false;
                        settings.mechanisms.expectations = true;
                    };
                    let mut without = |i: usize| self.replicates(study, i, &off, false);
                    let cells = [without(against)?, without(i)?];
                    self.mechanisms.push(WithoutMechanism { scenario: i, name, cells });
                }
            }
            if asked.levers {
                let subsets = self.subsets(study, i, reference)?;
                self.levers.extend(subsets);
            }
        }
        Ok(())
    }

    /// The scenario with each subset of the levers that its reference does not pull.
    fn subsets(
        &mut self,
        study: &Study,
        i: usize,
        reference: &Scenario,
    ) -> Result<Option<LeverSubsets>, StudyError> {
        let scenario = &study.scenarios[i].scenario;
        let entries = |of: &Scenario| serde_json::to_value(&of.settings.policy).unwrap_or_default();
        let (own, others) = (entries(scenario), entries(reference));
        let pulled: Vec<(&'static str, usize, String)> = scenario
            .settings
            .policy
            .reaches()
            .into_iter()
            .filter(|(lever, i, _)| {
                let theirs = others[*lever].as_array();
                theirs.is_none_or(|theirs| !theirs.contains(&own[*lever][*i]))
            })
            .map(|(lever, i, reach)| {
                let name = reach.name.clone().unwrap_or_else(|| (i + 1).to_string());
                (lever, i, format!("{lever}[{name}]"))
            })
            .take(MOST_LEVERS)
            .collect();
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
            cells.insert(subset, self.replicates(study, i, &keep, false)?);
        }
        let names = pulled.into_iter().map(|(_, _, name)| name).collect();
        Ok(Some(LeverSubsets { scenario: i, names, cells }))
    }

    fn vary(&mut self, study: &Study) -> Result<(), StudyError> {
        let Some(asked) = &study.sensitivity else { return Ok(()) };
        let (samples, columns) = (asked.samples as usize, study.uncertain.len());
        let points = match asked.method {
            SensitivityMethod::Morris => design::morris(samples, columns, asked.levels, seed(study)),
            SensitivityMethod::Sobol => design::saltelli(samples, columns, seed(study)),
        };
        let mut cells = vec![Vec::new(); study.scenarios.len()];
        for point in &points {
            // What a sweep made is a design already.
            let own = |i: &usize| study.scenarios[*i].swept.is_empty();
            for (i, cells) in cells.iter_mut().enumerate().filter(|(i, _)| own(i)) {
                let scenario = self.at(study, i, point)?;
                cells.push(self.add(i, Arc::new(scenario.settings), 1, false)?);
            }
        }
        self.varied = Some(Varied { points, cells });
        Ok(())
    }
}

fn seed(study: &Study) -> u64 {
    study.scenarios.first().map_or(0, |planned| planned.scenario.settings.run.seed)
}

/// The points of the unit cube that the replicates get; empty ones when nothing is uncertain.
fn drawn(study: &Study, replicates: u16) -> Vec<Vec<f64>> {
    let columns = study.uncertain.len();
    match study.method {
        _ if columns == 0 => vec![Vec::new(); usize::from(replicates)],
        DrawMethod::LatinHypercube => design::latin_hypercube(usize::from(replicates), columns, seed(study)),
        DrawMethod::Sobol => {
            (0..u32::from(replicates)).map(|r| design::sobol_point(r, columns, seed(study))).collect()
        }
    }
}
