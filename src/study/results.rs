//! What a study that is over shows: tables over all runs, differences, attribution, sensitivity.

use super::StudyError;
use super::rounds::Done;
use super::store::Store;
use super::tables;
use crate::measure::attribution::{self, Part};
use crate::measure::bootstrap::Resamples;
use crate::measure::compare::{self, Compared};
use crate::measure::metrics::METRICS;
use crate::measure::paired::Paired;
use crate::measure::pictures::{self, Digest, Shown};
use crate::measure::sensitivity::{self, Found, OfMetric, indices};
use crate::measure::table::Metric;
use crate::output::error::OutputError;
use crate::output::folder::RunFolder;
use crate::output::lines::too_small_for_cost;
use crate::output::study::{self as files, Against, Gathered, Title};
use crate::output::study_charts::{self, Pictured};
use crate::output::summary;
use crate::place::Place;
use crate::scenario::study_file::Study;
use crate::scenario::study_file::settings::SensitivityMethod;

/// Metrics to lead with where a study names none.
const LEAD: [&str; 4] = ["lm3", "household_income", "residents_in_work", "cost_of_constant_service"];

/// All that is computed from the runs of a study.
pub struct Results<'a> {
    study: &'a Study,
    done: &'a Done,
    /// Metrics to lead with, by number.
    pub lead: Vec<usize>,
    pub against: Vec<Against>,
    pub parts: Vec<Part>,
    /// For the metrics to lead with.
    pub sensitivity: Vec<OfMetric>,
}

impl<'a> Results<'a> {
    pub fn new(study: &'a Study, done: &'a Done, lead: Vec<usize>) -> Results<'a> {
        let usual = || LEAD.iter().filter_map(|id| METRICS.iter().position(|m| m.id == *id)).collect();
        let lead: Vec<usize> = if lead.is_empty() { usual() } else { lead };
        Results {
            against: against(study, done),
            parts: parts(study, done),
            sensitivity: sensitivity_of(study, done, &lead),
            study,
            done,
            lead,
        }
    }

    fn title<'b>(&'b self, about: &'b serde_json::Value) -> Title<'b> {
        let study = self.study;
        Title { name: &study.name, description: &study.description, about }
    }

    /// Whether its city is too small to say what policies cost.
    pub fn too_small_for_cost(&self) -> bool {
        let town = self.done.layout.places.iter().all(|place| matches!(place, Place::Town(_)));
        let scales = self.study.scenarios.iter().map(|planned| planned.scenario.settings.run.scale);
        too_small_for_cost(scales.fold(f64::INFINITY, f64::min), town)
    }

    /// The summary as JSON.
    pub fn json(&self) -> serde_json::Value {
        files::json(
            &self.title(&serde_json::Value::Null),
            self.done.replicates,
            &self.lead,
            METRICS,
            &self.against,
        )
    }

    /// Every file but the manifest, whose lasting part stands in the metadata of tables.
    pub fn write(
        &self,
        folder: &mut RunFolder,
        store: &Store,
        made_by: &serde_json::Value,
    ) -> Result<(), StudyError> {
        let title = self.title(made_by);
        let (study, done) = (self.study, self.done);
        let runs: Vec<Vec<Vec<Metric>>> = done.layout.main.iter().map(|cells| done.of(cells)).collect();
        let compared = study.scenarios.iter().enumerate().filter_map(|(i, planned)| {
            let reference = &runs[planned.against?];
            Some(Compared { policy: planned.name(), reference, of_policy: &runs[i] })
        });
        let mut tables = vec![
            tables::scenarios(study, done),
            tables::runs(study, &runs),
            compare::table(&compared.collect::<Vec<_>>()),
        ];
        if study.scenarios.iter().any(|planned| !planned.swept.is_empty()) {
            tables.push(tables::swept(study));
        }
        if !study.uncertain.is_empty() {
            tables.push(tables::drawn(study, done));
        }
        tables.push(tables::uncertain(study));
        if !self.parts.is_empty() {
            tables.push(attribution::table(&self.parts, &runs[0][0]));
        }
        if !self.sensitivity.is_empty() {
            let settings: Vec<&str> = study.uncertain.iter().map(|u| u.key.as_str()).collect();
            tables.push(sensitivity::table(&self.sensitivity, &settings));
        }
        let (gathered, digests) = self.gathered(&title, store)?;
        let shown = study.scenarios.iter().zip(digests).map(|(planned, replicates)| Shown {
            name: planned.name(),
            against: planned.against,
            replicates,
        });
        let pictures = pictures::tables(&shown.collect::<Vec<_>>());
        let city = done.layout.places.first().map_or("the city", |place| place.name());
        let pictured = Pictured {
            city,
            replicates: done.replicates,
            metrics: METRICS,
            against: &self.against,
            tables: &pictures,
        };
        study_charts::write(folder, &pictured)?;
        tables.extend(pictures);
        files::write_tables(folder, &title, &tables, gathered)?;
        folder.write("study.toml", study.text.as_bytes())?;
        folder.write("summary.json", &summary::text(&self.json()))?;
        let small = self.too_small_for_cost();
        let forest = files::forest(done.replicates, small, &self.lead, METRICS, &self.against);
        files::write_forest(folder, &forest)?;
        Ok(())
    }

    /// The kept tables of all runs, read one run at a time; and of each scenario's runs, what pictures need.
    fn gathered(
        &self,
        title: &Title,
        store: &Store,
    ) -> Result<(Vec<Gathered>, Vec<Vec<Digest>>), StudyError> {
        let mut gathered: Vec<Gathered> = Vec::new();
        let mut digests: Vec<Vec<Digest>> = Vec::new();
        for (planned, cells) in self.study.scenarios.iter().zip(&self.done.layout.main) {
            digests.push(Vec::new());
            for &cell in cells {
                let of = &self.done.layout.cells[cell];
                let kept = match store.load(&of.key, true) {
                    Ok(Some(kept)) => kept,
                    Ok(None) => return Err(StudyError::Lost(of.key.clone())),
                    Err((path, unfit)) => {
                        return Err(StudyError::Lost(format!("{} {}", path.display(), unfit.words())));
                    }
                };
                if gathered.is_empty() {
                    let begun: Result<_, OutputError> =
                        kept.tables.iter().map(|table| Gathered::new(table, title.about)).collect();
                    gathered = begun?;
                }
                if let Some(digests) = digests.last_mut() {
                    digests.push(Digest::of(&kept.tables, of.settings.run.scale));
                }
                for (all, table) in gathered.iter_mut().zip(&kept.tables) {
                    all.add((planned.name(), of.replicate), table)?;
                }
            }
        }
        Ok((gathered, digests))
    }
}

fn against(study: &Study, done: &Done) -> Vec<Against> {
    let resamples = Resamples::new(usize::from(done.replicates));
    let of = |(i, planned): (usize, &crate::scenario::study_file::Planned)| {
        let reference = planned.against?;
        let (a, b) = (done.of(&done.layout.main[reference]), done.of(&done.layout.main[i]));
        let paired = |m: usize| {
            let pairs: Vec<(f64, f64)> = a.iter().zip(&b).map(|(a, b)| (a[m].value, b[m].value)).collect();
            Paired::new(&pairs, &resamples)
        };
        Some(Against {
            scenario: planned.name().to_owned(),
            reference: study.scenarios[reference].name().to_owned(),
            of: (0..METRICS.len()).map(paired).collect(),
        })
    };
    study.scenarios.iter().enumerate().filter_map(of).collect()
}

fn parts(study: &Study, done: &Done) -> Vec<Part> {
    let layout = &done.layout;
    let Some((scenarios, _)) = &study.attribution else { return Vec::new() };
    let mut parts = Vec::new();
    for &i in scenarios {
        let planned = &study.scenarios[i];
        let Some(reference) = planned.against else { continue };
        let with = [done.of(&layout.main[reference]), done.of(&layout.main[i])];
        parts.push(attribution::whole(planned.name(), &with[0], &with[1]));
        for off in layout.mechanisms.iter().filter(|off| off.scenario == i) {
            let without = [done.of(&off.cells[0]), done.of(&off.cells[1])];
            parts.push(attribution::mechanism(
                planned.name(),
                off.name,
                [&with[0], &with[1]],
                [&without[0], &without[1]],
            ));
        }
        for subsets in layout.levers.iter().filter(|subsets| subsets.scenario == i) {
            let runs: std::collections::BTreeMap<u64, Vec<Vec<Metric>>> =
                subsets.cells.iter().map(|(subset, cells)| (*subset, done.of(cells))).collect();
            parts.extend(attribution::levers(planned.name(), &subsets.names, |subset| &runs[&subset]));
        }
    }
    parts
}

fn sensitivity_of(study: &Study, done: &Done, lead: &[usize]) -> Vec<OfMetric> {
    let (Some(varied), Some(asked)) = (&done.layout.varied, &study.sensitivity) else { return Vec::new() };
    let mut all = Vec::new();
    for (i, planned) in study.scenarios.iter().enumerate() {
        let Some(reference) = planned.against.filter(|_| !varied.cells[i].is_empty()) else { continue };
        let (a, b) = (done.of(&varied.cells[reference]), done.of(&varied.cells[i]));
        for &m in lead {
            let values: Vec<f64> = a.iter().zip(&b).map(|(a, b)| b[m].value - a[m].value).collect();
            let found = match asked.method {
                SensitivityMethod::Morris => Found::Screened(indices::screen(&varied.points, &values)),
                SensitivityMethod::Sobol => Found::Shares(indices::sobol(study.uncertain.len(), &values)),
            };
            let scenario = planned.name().to_owned();
            all.push(OfMetric { scenario, metric: METRICS[m].id, unit: METRICS[m].unit, found });
        }
    }
    all
}
