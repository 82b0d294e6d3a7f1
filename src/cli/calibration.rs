//! `recirc check --calibration`: the synthesised city against the figures of the real one.

use super::report::{Report, Section, render};
use crate::study::Ready;
use crate::study::calibration::{Checked, Verdict};
use serde_json::{Value, json};

/// Every target of the scenario's place, as text; none stands for a town.
pub(super) fn text(what: &str, ready: &Ready, checked: Option<&[Checked]>) -> String {
    match checked {
        Some([]) => format!(
            "{what}: no figures of {} to hold the city against come with the program: nothing was checked.\n",
            ready.place.name()
        ),
        Some(checked) => render(&page(ready, checked)),
        None => format!(
            "{what}: {} is a town written out household by household: it has no targets, and nothing to calibrate.\n",
            ready.place.name()
        ),
    }
}

/// Whether a target is missed by more than its tolerance, with no excuse.
pub(super) fn is_off(checked: &[Checked]) -> bool {
    checked.iter().any(|c| c.verdict == Verdict::Off)
}

/// The same as JSON.
pub(super) fn value(checked: &[Checked]) -> Value {
    let of = |c: &Checked| {
        json!({
            "id": c.target.id,
            "name": c.target.name,
            "wanted": c.target.value,
            "city": c.value,
            "unit": c.target.unit,
            "error": c.error.is_finite().then_some(c.error),
            "tolerance": c.tolerance,
            "verdict": c.verdict.label(),
            "source": c.target.source,
            "flag": c.target.flag,
        })
    };
    checked.iter().map(of).collect()
}

fn page(ready: &Ready, checked: &[Checked]) -> Report {
    let scale = ready.scenario.settings.run.scale;
    let with = |verdicts: &[Verdict]| checked.iter().filter(|c| verdicts.contains(&c.verdict)).count();
    let closing = format!(
        "{} targets: {} ok, {} off, {} excused; held back: {} within tolerance, {} differ.",
        checked.len(),
        with(&[Verdict::Ok]),
        with(&[Verdict::Off]),
        with(&[Verdict::Excused]),
        with(&[Verdict::Check]),
        with(&[Verdict::Differs]),
    );
    let (by_place, main): (Vec<&Checked>, Vec<&Checked>) = checked
        .iter()
        .partition(|c| c.target.id.starts_with("jobs_") || c.target.id.starts_with("households_"));
    let mut places = section("Jobs by section, households by ward", &by_place);
    places.note = Some("Jobs: ONS BRES 2023 (published). Households: ONS Census 2021 (published).".into());
    let mut sections = vec![section("The city", &main), places, sources(&main)];
    let excused: Vec<Vec<String>> = checked
        .iter()
        .filter(|c| c.verdict == Verdict::Excused)
        .map(|c| vec![c.target.name.clone(), c.target.excused.clone().unwrap_or_default()])
        .collect();
    if !excused.is_empty() {
        let title = "Why targets are excused".to_owned();
        sections.push(Section {
            title,
            note: None,
            columns: vec!["target".into(), "reason".into()],
            rows: excused,
        });
    }
    Report {
        heading: format!("{} at scale {scale}: the synthesised city against its targets", ready.place.name()),
        sections,
        closing: vec![rule(scale), closing],
    }
}

fn rule(scale: f64) -> String {
    if scale >= 1.0 {
        return "Tolerances are relative and were set before the city was drawn.".into();
    }
    "Tolerances are relative and were set before the city was drawn; at this scale they are wider by \
     2·√((1 − scale)/n), n the draws behind the figure: two standard errors of a count."
        .into()
}

fn section(title: &str, checked: &[&Checked]) -> Section {
    let columns = ["target", "wanted", "city", "error", "tolerance", "verdict"];
    let rows = checked.iter().map(|c| {
        vec![
            c.target.name.clone(),
            amount(c.target.value),
            c.value.map_or("– not computed".into(), amount),
            if c.error.is_finite() { format!("{:+.1}%", 100.0 * c.error) } else { "–".into() },
            format!("{:.1}%", 100.0 * c.tolerance),
            c.verdict.label().to_owned(),
        ]
    });
    Section {
        title: title.into(),
        note: None,
        columns: columns.map(String::from).to_vec(),
        rows: rows.collect(),
    }
}

/// Where each target comes from.
fn sources(checked: &[&Checked]) -> Section {
    let columns = ["target", "source", "flag"];
    let rows = checked.iter().map(|c| {
        let t = &c.target;
        vec![t.name.clone(), t.source.clone(), format!("{:?}", t.flag).to_lowercase()]
    });
    let title = "Where the targets come from".into();
    Section { title, note: None, columns: columns.map(String::from).to_vec(), rows: rows.collect() }
}

/// Enough digits to see the error: whole numbers with separators, millions for large sums, shares to four.
fn amount(value: f64) -> String {
    let size = value.abs();
    if size >= 1e8 {
        return format!("{} m", thousands(value / 1e6));
    }
    if size >= 100.0 { thousands(value) } else { format!("{value:.3}") }
}

fn thousands(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if value < 0.0 { format!("-{out}") } else { out }
}
