//! A study from beginning to end: all its runs, or rounds of replicates until an interval is narrow enough.

use super::layout::Layout;
use super::runner::{self, Means, Metrics};
use super::{Ready, StudyError, concerns, size};
use crate::measure::bootstrap::Resamples;
use crate::measure::metrics::METRICS;
use crate::measure::paired::Paired;
use crate::measure::table::Metric;
use crate::scenario::study_file::Study;
use crate::scenario::study_file::settings::DrawMethod;
use crate::scenario::{Diagnostic, ScenarioError, suggest};
use std::sync::atomic::{AtomicBool, Ordering};

/// Replicates beyond which no round goes.
pub const MOST: u16 = 1000;

/// Go on until the 95% interval of the difference in this metric is no wider than this, in the metric's unit, for every
/// scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UntilWidth {
    pub metric: usize,
    pub width: f64,
}

impl UntilWidth {
    /// Read METRIC=WIDTH.
    pub fn read(text: &str) -> Result<UntilWidth, String> {
        let example = "for example --until-width lm3=0.01";
        let Some((id, width)) = text.split_once('=') else {
            return Err(format!("`--until-width` takes METRIC=WIDTH\n  remedy: {example}"));
        };
        let Some(metric) = METRICS.iter().position(|m| m.id == id.trim()) else {
            return Err(format!("there is no metric `{}`\n  remedy: {}", id.trim(), near(id.trim())));
        };
        match width.trim().parse::<f64>() {
            Ok(width) if width > 0.0 && width.is_finite() => Ok(UntilWidth { metric, width }),
            _ => Err(format!("a width is a number above 0, not `{}`\n  remedy: {example}", width.trim())),
        }
    }
}

fn near(id: &str) -> String {
    let ids: Vec<&str> = METRICS.iter().map(|m| m.id).collect();
    suggest(id, &ids).unwrap_or_default()
}

/// What came of a study.
pub struct Done {
    pub layout: Layout,
    pub metrics: Metrics,
    pub replicates: u16,
    /// Whether the interval asked for was reached; none when none was asked for.
    pub narrow: Option<bool>,
    /// Whether it was stopped: then runs are missing.
    pub stopped: bool,
}

impl Done {
    /// The metrics of each replicate behind some cells. All are there when the study was not stopped.
    pub fn of(&self, cells: &[usize]) -> Vec<Vec<Metric>> {
        cells.iter().filter_map(|cell| self.metrics[*cell].clone()).collect()
    }

    pub fn runs_kept(&self) -> usize {
        self.metrics.iter().filter(|of| of.is_some()).count()
    }
}

/// The numbers of the metrics to lead with; a name that is none is told with its place.
pub fn lead(study: &Study) -> Result<Vec<usize>, ScenarioError> {
    let mut faults = Vec::new();
    let mut lead = Vec::new();
    for (id, at) in &study.lead {
        match METRICS.iter().position(|m| m.id == id) {
            Some(metric) => lead.push(metric),
            None => faults.push(
                Diagnostic::at(at, format!("there is no metric \"{id}\"")).label("unknown").help(near(id)),
            ),
        }
    }
    if faults.is_empty() { Ok(lead) } else { Err(ScenarioError::Invalid(faults)) }
}

/// Check every scenario against its place, and say what to beware of.
pub fn warnings(study: &Study) -> Result<Vec<String>, StudyError> {
    let layout = Layout::new(study, 1, false, &AtomicBool::new(false))?;
    let ready = |i: usize| -> Result<Ready, StudyError> {
        let scenario = study.scenarios[i].scenario.clone();
        let place = layout.places[layout.cells[layout.main[i][0]].place].clone();
        scenario.fits(&place).map_err(StudyError::Scenario)?;
        Ok(Ready { scenario, place })
    };
    let mut told: Vec<String> = Vec::new();
    for (i, planned) in study.scenarios.iter().enumerate() {
        let all = match planned.against {
            Some(reference) => vec![ready(reference)?, ready(i)?],
            None => vec![ready(i)?],
        };
        for warning in concerns::warnings(&all, &planned.swept)? {
            if !told.contains(&warning) {
                told.push(warning);
            }
        }
    }
    Ok(told)
}

/// Why a study cannot go on until an interval is narrow, if so.
pub fn cannot_grow(study: &Study) -> Option<String> {
    let fixed = !study.uncertain.is_empty() && study.method == DrawMethod::LatinHypercube;
    fixed.then(|| {
        "`--until-width` adds replicates, and a Latin hypercube is made for a number of replicates fixed beforehand\n  \
         remedy: say `method = \"sobol\"` under `[draws]`, or give `--replicates` and no `--until-width`"
            .to_owned()
    })
}

/// Carry the study out.
pub fn carry_out(study: &Study, until: Option<UntilWidth>, means: &Means) -> Result<Done, StudyError> {
    let mut replicates = study.scenarios[0].scenario.settings.run.replicates;
    let mut narrow = None;
    size::fits(study, replicates, true).map_err(StudyError::Scenario)?;
    if let Some(until) = until {
        replicates = replicates.max(2);
        // No more than can be laid out in the end, with all that is taken apart.
        let fits = |most: &u16| size::fits(study, *most, true).is_ok();
        let most = (replicates..=MOST).rev().find(fits).unwrap_or(replicates);
        loop {
            let layout = Layout::new(study, replicates, false, means.stop)?;
            // What is taken apart afterwards branches from the same burn-ins.
            let means = &Means { hold_burn_ins: study.attribution.is_some(), ..*means };
            let metrics = carried(&layout, means)?;
            if means.stop.load(Ordering::Relaxed) {
                return Ok(Done { layout, metrics, replicates, narrow: Some(false), stopped: true });
            }
            let done = Done { layout, metrics, replicates, narrow, stopped: false };
            let wanted = replicates_wanted(study, until, &done);
            let reached = wanted.is_some_and(|wanted| wanted <= usize::from(replicates));
            if reached || replicates >= most {
                narrow = Some(reached);
                break;
            }
            // Never more than twice as many at once: a spread from few replicates may be far off.
            let next = wanted.unwrap_or(usize::MAX).min(2 * usize::from(replicates)).min(usize::from(most));
            replicates = (next as u16).max(replicates + 1);
        }
    }
    let layout = Layout::new(study, replicates, true, means.stop)?;
    let metrics = carried(&layout, means)?;
    let stopped = layout.stopped || metrics.iter().any(Option::is_none);
    Ok(Done { layout, metrics, replicates, narrow, stopped })
}

/// What the runs give; nothing when they were not even laid out to the end.
fn carried(layout: &Layout, means: &Means) -> Result<Metrics, StudyError> {
    if layout.stopped { Ok(vec![None; layout.cells.len()]) } else { runner::run(layout, means) }
}

/// Replicates that the widest interval would need, judged by those there are; none when it is beyond all bounds.
fn replicates_wanted(study: &Study, until: UntilWidth, done: &Done) -> Option<usize> {
    let resamples = Resamples::new(0);
    let mut most = Some(2);
    for (i, planned) in study.scenarios.iter().enumerate() {
        let Some(reference) = planned.against else { continue };
        let (a, b) = (done.of(&done.layout.main[reference]), done.of(&done.layout.main[i]));
        let pairs: Vec<(f64, f64)> =
            a.iter().zip(&b).map(|(a, b)| (a[until.metric].value, b[until.metric].value)).collect();
        let of = Paired::new(&pairs, &resamples);
        let (low, high) = of.difference.interval.unwrap_or((0.0, f64::INFINITY));
        let wanted = if high - low <= until.width { Some(pairs.len()) } else { of.for_width(until.width) };
        most = most.zip(wanted).map(|(most, wanted)| most.max(wanted));
    }
    most
}
