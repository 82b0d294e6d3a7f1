//! What the charts of a scenario against its reference show: paths, and gains by tenth of households.

use super::charts::{Gain, GainsByDecile, Pair, Panel, Paths, Series};
use super::lines::SMALL;
use super::results::Outcome;
use crate::measure::compare::difference;
use crate::measure::record::{Record, Snapshot};

type Path = (&'static str, &'static str, fn(&Snapshot, f64) -> f64);

const PATHS: [Path; 4] = [
    ("Anchor spending in the city", "% of spending, both net of VAT", |m, _| {
        100.0 * m.procurement_in_city as f64 / m.procurement.max(1) as f64
    }),
    INCOME,
    ("Jobs in the city", "jobs", |m, s| m.jobs as f64 / s),
    ("Service delivered", "% of need", |m, _| 100.0 - m.service.shortfall_percent()),
];

const INCOME: Path =
    ("Household income after tax", "£m a year", |m, s| m.all.disposable as f64 * 12.0 / 1e8 / s);
/// A town's, of less than ten million.
const LITTLE: Path =
    ("Household income after tax", "£ thousand a year", |m, s| m.all.disposable as f64 * 12.0 / 1e5 / s);

/// The paths to show, money in a unit that suits its size.
fn to_show(reference: &Outcome) -> [Path; 4] {
    let income = reference.records.iter().flat_map(|r| smooth(r, INCOME.2)).fold(0.0, f64::max);
    PATHS.map(|path| if path.0 == INCOME.0 && income < SMALL { LITTLE } else { path })
}

pub(super) fn paths(reference: &Outcome, policy: &Outcome) -> Paths {
    let months: Vec<String> = reference.records.first().map_or_else(Vec::new, |r| {
        let both = reference.records.iter().chain(policy.records);
        let n = both.map(|r| r.months.len()).min().unwrap_or(0);
        r.months.iter().take(n).map(|m| r.date(m.month)).collect()
    });
    let bands = !is_town(reference);
    let panels = to_show(reference)
        .iter()
        .map(|(title, unit, of)| {
            let line = |outcome: &Outcome, label: &str| {
                series(
                    label,
                    outcome.records.iter().map(|r| smooth(r, *of)).collect::<Vec<_>>(),
                    months.len(),
                    bands,
                )
            };
            let gap: Vec<Vec<f64>> = reference
                .records
                .iter()
                .zip(policy.records)
                .map(|(a, b)| smooth(a, *of).iter().zip(smooth(b, *of)).map(|(x, y)| y - x).collect())
                .collect();
            let pair = Pair {
                reference: line(reference, reference.name),
                policy: line(policy, policy.name),
                difference: series(
                    &format!("{} less {}", policy.name, reference.name),
                    gap,
                    months.len(),
                    bands,
                ),
            };
            Panel::of_pair(title, unit, months.clone(), pair)
        })
        .collect();
    let luck = luck("Bands", reference, policy);
    Paths {
        title: format!(
            "{} against {}, month by month{}",
            capital(policy.name),
            reference.name,
            if luck.is_empty() { "" } else { " under the same luck" }
        ),
        note: Some(
            format!("Means of the twelve months up to each month (fewer at the start). {luck}")
                .trim_end()
                .to_owned(),
        ),
        panels,
    }
}

/// What the chart says of luck, which a town has not.
fn luck(marks: &str, reference: &Outcome, policy: &Outcome) -> String {
    match reference.records.len().min(policy.records.len()) {
        _ if is_town(reference) => String::new(),
        0 | 1 => "One replicate: one draw of luck, no interval.".into(),
        n => format!("{marks} are 95% intervals of the mean of {n} replicates."),
    }
}

fn is_town(of: &Outcome) -> bool {
    of.records.iter().any(|record| record.names.is_town())
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// The mean of up to twelve months up to each month: a year's rhythm of awards would drown the lines.
fn smooth(record: &Record, of: fn(&Snapshot, f64) -> f64) -> Vec<f64> {
    let values: Vec<f64> = record.months.iter().map(|m| of(m, record.scale)).collect();
    (0..values.len())
        .map(|i| {
            let from = (i + 1).saturating_sub(12);
            values[from..=i].iter().sum::<f64>() / (i + 1 - from) as f64
        })
        .collect()
}

/// The mean of several runs month by month, and the band of its interval where there is luck.
fn series(label: &str, runs: Vec<Vec<f64>>, n: usize, bands: bool) -> Series {
    let at = |i: usize| runs.iter().map(|r| (0.0, r[i])).collect::<Vec<_>>();
    let points: Vec<_> = (0..n).map(|i| difference(&at(i))).collect();
    let mut out = Series::new(label, points.iter().map(|d| d.mean).collect());
    if bands && runs.len() > 1 {
        out.low = Some(points.iter().map(|d| d.interval.map_or(d.mean, |i| i.0)).collect());
        out.high = Some(points.iter().map(|d| d.interval.map_or(d.mean, |i| i.1)).collect());
    }
    out
}

pub(super) fn gains(reference: &Outcome, policy: &Outcome) -> GainsByDecile {
    let income = |r: &Record, d: usize| {
        let (households, sum) = r
            .deciles
            .iter()
            .fold((0i64, 0i64), |(n, s), year| (n + year[d].households, s + year[d].disposable));
        // Household-months: a year's income of one household is twelve of them.
        (households > 0).then(|| sum as f64 / 100.0 / households as f64 * 12.0)
    };
    let deciles = (0..10)
        .map(|d| {
            let pairs: Vec<(f64, f64)> = reference
                .records
                .iter()
                .zip(policy.records)
                .filter_map(|(a, b)| Some((income(a, d)?, income(b, d)?)))
                .collect();
            let nobody = pairs.is_empty();
            let gap = difference(&pairs);
            let base = pairs.iter().map(|p| p.0).sum::<f64>() / pairs.len().max(1) as f64;
            let percent = |x: f64| if base > 0.0 { 100.0 * x / base } else { 0.0 };
            Gain {
                label: match d {
                    0 => "Poorest tenth".into(),
                    9 => "Richest tenth".into(),
                    _ => format!("{}", d + 1),
                },
                pounds: if nobody { f64::NAN } else { gap.mean },
                percent: if nobody { f64::NAN } else { percent(gap.mean) },
                pounds_range: gap.interval,
                percent_range: gap.interval.map(|(a, b)| (percent(a), percent(b))),
            }
        })
        .collect();
    GainsByDecile {
        title: format!(
            "Who gains: disposable income by tenth of households, {} less {}",
            policy.name, reference.name
        ),
        note: Some(luck("Lines through the bars' ends", reference, policy)).filter(|note| !note.is_empty()),
        deciles,
    }
}
