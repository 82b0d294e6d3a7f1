//! The points of the unit cube, a column an uncertain setting, at which a study runs its scenarios.

use crate::measure::sensitivity::design;
use crate::scenario::study_file::Study;
use crate::scenario::study_file::settings::{DrawMethod, Sensitivity, SensitivityMethod};

fn seed(study: &Study) -> u64 {
    study.scenarios.first().map_or(0, |planned| planned.scenario.settings.run.seed)
}

/// The points that the replicates get; empty ones when nothing is uncertain.
pub(super) fn drawn(study: &Study, replicates: u16) -> Vec<Vec<f64>> {
    let columns = study.uncertain.len();
    match study.method {
        _ if columns == 0 => vec![Vec::new(); usize::from(replicates)],
        DrawMethod::LatinHypercube => design::latin_hypercube(usize::from(replicates), columns, seed(study)),
        DrawMethod::Sobol => {
            (0..u32::from(replicates)).map(|r| design::sobol_point(r, columns, seed(study))).collect()
        }
    }
}

/// The points of the sensitivity analysis.
pub(super) fn varied(study: &Study, asked: &Sensitivity) -> Vec<Vec<f64>> {
    let (samples, columns) = (asked.samples as usize, study.uncertain.len());
    match asked.method {
        SensitivityMethod::Morris => design::morris(samples, columns, asked.levels, seed(study)),
        SensitivityMethod::Sobol => design::saltelli(samples, columns, seed(study)),
    }
}
