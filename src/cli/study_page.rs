//! What is printed at the end of a study.

use super::numbers::{change, level, number};
use super::report::{Report, Section};
use crate::measure::attribution::{Part, Way};
use crate::measure::compare::Difference;
use crate::measure::metrics::METRICS;
use crate::measure::paired::Paired;
use crate::measure::sensitivity::Found;
use crate::output::lines::is_cost;
use crate::output::report::{HANGS_ON_SCALE, REPORT};
use crate::scenario::study_file::Study;
use crate::study::results::Results;
use crate::study::rounds::{Done, MOST, UntilWidth};
use std::path::Path;

/// Scenarios and settings listed before the rest is left to the tables.
const ROWS: usize = 20;
/// Differences whose sensitivity stands on the page; the table has all.
const EXPLAINED: usize = 4;
/// Metrics whose difference is taken apart on the page; the table has all.
const TAKEN_APART: usize = 2;

pub(super) fn page(
    study: &Study,
    done: &Done,
    until: Option<UntilWidth>,
    results: &Results,
    path: &Path,
) -> Report {
    let mut sections: Vec<Section> = results.lead.iter().map(|m| differences(results, *m)).collect();
    for &m in results.lead.iter().take(TAKEN_APART) {
        sections.extend(attribution(&results.parts, m));
    }
    sections.extend(sensitivity(study, results));
    sections.extend(super::study_net::side_by_side(results));
    let mut closing = Vec::new();
    if done.replicates < 2 {
        closing.push(
            "One replicate: no intervals. `--replicates 8` shows how far luck alone moves the differences."
                .into(),
        );
    } else {
        let what = if study.uncertain.is_empty() { "luck" } else { "luck and of the uncertain settings" };
        closing.push(format!(
            "Each difference is taken within a replicate; intervals are 95% (Student's t over {} replicates) and hold the \
             effect of {what}, and of nothing else that is not known.",
            done.replicates
        ));
    }
    if done.replicates > 1 {
        closing.push(
            "Sign: replicates whose difference has the sign of the mean. Saved: variance that the same luck on both sides \
             saves. To tell: replicates that would tell such a difference from zero. Unclear: the interval holds zero."
                .into(),
        );
    }
    if results.too_small_for_cost() && results.lead.iter().any(|m| is_cost(METRICS[*m].id)) {
        closing.push(HANGS_ON_SCALE.into());
    }
    if let (Some(until), Some(narrow)) = (until, done.narrow) {
        let metric = METRICS[until.metric].id;
        closing.push(if narrow {
            format!("Every interval of {metric} is {} wide or less.", until.width)
        } else {
            format!(
                "Not every interval of {metric} is as narrow as {}: {MOST} replicates are the most.",
                until.width
            )
        });
    }
    closing.push(format!("Tables, chart and manifest: {}", path.display()));
    closing.push(format!("Report, to open in a browser: {}", path.join(REPORT).display()));
    Report { heading: plain(study, done), sections, closing }
}

/// What the study is, in a line.
pub(super) fn plain(study: &Study, done: &Done) -> String {
    let run = &study.scenarios[0].scenario.settings.run;
    let scale = if run.scale == 1.0 { "1:1".to_owned() } else { format!("scale {}", run.scale) };
    let (years, replicates) = (counted(run.years, "year"), counted(done.replicates, "replicate"));
    format!(
        "{}: {} at {scale}, {years}, {replicates}",
        study.name,
        done.layout.places.first().map_or("", |p| p.name())
    )
}

fn counted(n: u16, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// The largest of a difference and the ends of its interval: a mean has no more figures than tell them.
fn widest(of: &Difference) -> f64 {
    let (low, high) = of.interval.unwrap_or((of.mean, of.mean));
    [low, high].into_iter().fold(of.mean.abs(), |most, end| most.max(end.abs()))
}

/// Decimals that show a value to about four figures.
fn decimals(typical: f64) -> usize {
    match typical.abs() {
        1000.0.. => 0,
        100.0.. => 1,
        10.0.. => 2,
        1.0.. => 3,
        _ => 4,
    }
}

fn differences(results: &Results, m: usize) -> Section {
    let metric = &METRICS[m];
    let rows = results.against.iter().take(ROWS).map(|one| {
        let of = &one.of[m];
        vec![
            one.scenario.clone(),
            number(of.reference, decimals(of.reference)),
            change(&of.difference, decimals(widest(&of.difference))),
            of.same_sign.map_or("–".into(), |same| format!("{:.0}%", 100.0 * same)),
            of.saved.map_or("–".into(), |saved| format!("{:.0}%", 100.0 * saved)),
            of.to_tell().map_or("–".into(), |n| number(n as f64, 0)),
            verdict(of, results.too_small_for_cost() && is_cost(metric.id)).into(),
        ]
    });
    let columns = ["", "reference", "difference (95% interval)", "sign", "saved", "to tell", ""];
    Section {
        title: format!("{}: {}, {}", metric.id, metric.meaning, metric.unit),
        note: (results.against.len() > ROWS)
            .then(|| format!("{ROWS} of {} scenarios", results.against.len())),
        columns: columns.map(String::from).to_vec(),
        rows: rows.collect(),
    }
}

/// Never more than the interval says, and less where what it says hangs on the scale.
fn verdict(of: &Paired, hangs_on_scale: bool) -> &'static str {
    match of.difference.interval {
        None if of.difference.replicates > 1 => "two alike",
        None => "",
        Some((low, high)) if low == 0.0 && high == 0.0 => "none",
        Some((low, high)) if hangs_on_scale && (low > 0.0 || high < 0.0) => "hangs on scale",
        Some((low, _)) if low > 0.0 => "higher",
        Some((_, high)) if high < 0.0 => "lower",
        Some(_) => "unclear",
    }
}

/// Parts of the effect in one metric, a section a scenario.
fn attribution(parts: &[Part], m: usize) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    // Where a lever's share can be told, the two ways of taking it alone are left to the table.
    let shares = |of: &Part| parts.iter().any(|p| p.scenario == of.scenario && p.way == Way::Shapley);
    let told = |of: &&Part| !matches!(of.way, Way::LeverAlone | Way::LeverLast) || !shares(of);
    for part in parts.iter().filter(told) {
        let whole = part.way == Way::Whole;
        if whole {
            sections.push(Section {
                title: format!("Whose effect: {}, {}", part.scenario, METRICS[m].id),
                note: shares(part).then(|| "Shares of levers (Shapley values) sum to the whole.".to_owned()),
                columns: ["", "", "part of the difference"].map(String::from).to_vec(),
                rows: Vec::new(),
            });
        }
        let Some(section) = sections.last_mut() else { continue };
        let words = match part.way {
            Way::Whole => "the whole",
            Way::MechanismOff => "gone with this mechanism off",
            Way::Shapley => "share of this lever",
            Way::LeverAlone => "this lever by itself",
            Way::LeverLast => "gone without this lever",
        };
        let places = decimals(part.differences[m].mean).max(3);
        section.rows.push(vec![words.into(), part.of.clone(), change(&part.differences[m], places)]);
    }
    sections
}

fn sensitivity(study: &Study, results: &Results) -> Vec<Section> {
    let section = |of: &crate::measure::sensitivity::OfMetric| {
        let end = |e: crate::measure::sensitivity::indices::Estimate, places: usize| {
            level(e.value, e.interval, places)
        };
        let (columns, mut rows): ([&str; 3], Vec<(f64, [String; 2])>) = match &of.found {
            Found::Screened(all) => {
                let most = all.iter().map(|s| s.mu_star.value).fold(0.0, f64::max);
                let places = decimals(most);
                let row = |s: &crate::measure::sensitivity::indices::Screened| {
                    (s.mu_star.value, [end(s.mu_star, places), end(s.sigma, places)])
                };
                (["setting", "mean size of effect", "its spread"], all.iter().map(row).collect())
            }
            Found::Shares(all) => {
                let row = |s: &crate::measure::sensitivity::indices::Shares| {
                    (s.total.value, [end(s.first, 2), end(s.total, 2)])
                };
                (["setting", "by itself", "with interplay"], all.iter().map(row).collect())
            }
        };
        let mut named: Vec<(f64, Vec<String>)> = study
            .uncertain
            .iter()
            .zip(rows.drain(..))
            .map(|(u, (size, [a, b]))| (size, vec![u.key.clone(), a, b]))
            .collect();
        named.sort_by(|a, b| b.0.total_cmp(&a.0));
        Section {
            title: format!("What the difference hangs on: {}, {} ({})", of.scenario, of.metric, of.unit),
            note: Some("Under one luck; intervals by bootstrap over the design.".into()),
            columns: columns.map(String::from).to_vec(),
            rows: named.into_iter().take(ROWS).map(|(_, row)| row).collect(),
        }
    };
    results.sensitivity.iter().take(EXPLAINED).map(section).collect()
}
