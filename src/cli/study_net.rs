//! The multipliers side by side at the end of a study: what its runs kept, and which command gives the rest.

use super::officer::net;
use super::report::Section;
use crate::measure::metrics::METRICS;
use crate::measure::net::{NetPicture, Pound};
use crate::study::results::Results;

/// Scenarios told beside the reference; the table of differences has all.
const MOST: usize = 6;

/// LM3 and LM∞ of the reference and of each scenario, means over replicates.
pub(super) fn side_by_side(results: &Results) -> Vec<Section> {
    let at = |id: &str| METRICS.iter().position(|m| m.id == id);
    let (Some(lm3), Some(endless)) = (at("lm3"), at("lm_infinity")) else { return Vec::new() };
    let Some(first) = results.against.first() else { return Vec::new() };
    let picture = |lm3: f64, endless: f64| NetPicture {
        pound: Pound::Study,
        lm3: (lm3 > 0.0).then_some(lm3),
        lm_infinity: (endless > 0.0).then_some(endless),
        ..NetPicture::default()
    };
    let reference = picture(first.of[lm3].reference, first.of[endless].reference);
    let of = |one: &crate::output::study::Against| picture(one.of[lm3].policy, one.of[endless].policy);
    let all: Vec<(&str, NetPicture)> = std::iter::once(("reference", reference))
        .chain(results.against.iter().take(MOST).map(|one| (one.scenario.as_str(), of(one))))
        .collect();
    net(&all).into()
}
