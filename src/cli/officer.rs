//! The table that a council officer reads at the end of a run.

use super::numbers::{change, ends, level, number, signed};
use super::report::{Report, Section};
use crate::measure::compare::{Difference, difference};
use crate::measure::guide::Guide;
use crate::measure::net::{NetPicture, NetRow};
use crate::measure::table::Metric;
use crate::output::lines::{
    AWARDS, AWARDS_NOTE, CITY, COST, COST_NOTE, LEAKS, LEAKS_NOTE, Line, MULTIPLIERS, SMALL, any, sized,
    too_small_for_cost,
};
use crate::output::places::places;
use crate::output::report::HANGS_ON_SCALE;
use crate::output::results::Outcome;
use std::path::Path;

/// Service not delivered, in per cent of need, from which a scenario is told to be out of all proportion (assumed).
const MUCH_UNMET: f64 = 25.0;

/// Beside what one replicate shows, but in a town: it has no luck.
pub(super) const ONE_DRAW: &str = "One draw of luck: no interval; use --replicates 8.";

/// What is said of a run that was stopped before its first month after burn-in.
pub const NOTHING: &str = "The run was interrupted during burn-in: nothing was simulated after it, so there are no \
                           results, and nothing was written.";

/// The page for one scenario, or for a reference and what is compared with it, of so many replicates asked for.
pub fn page(outcomes: &[Outcome], asked: u16, path: &Path) -> Report {
    let metrics: Vec<Vec<Vec<Metric>>> = outcomes.iter().map(Outcome::metrics).collect();
    let record = outcomes.first().and_then(|o| o.records.first());
    let (city, year, years) = record.map_or((String::new(), String::new(), 0.0), |r| {
        (r.names.city.clone(), r.names.price_year.clone(), r.months.len() as f64 / 12.0)
    });
    let luck = !record.is_some_and(|r| r.names.is_town());
    // A town's money is told in thousands.
    let small = value_of(&metrics, "household_income") < SMALL;
    let section = |title: &str, note: Option<&str>, lines: &[Line]| Section {
        title: title.into(),
        note: note.map(str::to_owned),
        columns: columns(outcomes, luck),
        rows: lines.iter().flat_map(|l| rows(l, small, luck, &metrics, outcomes)).collect(),
    };
    let mut closing = Vec::new();
    let several = metrics.first().map_or(0, Vec::len);
    if !luck && several > 1 {
        closing.push(format!(
            "A town has no luck: its {several} replicates are one run told {several} times, so that figures and differences are \
             exact and have no interval."
        ));
    } else if let [of] = metrics.as_slice()
        && of.len() > 1
    {
        closing.push(format!(
            "Means of {} replicates, each with its own luck, in drawing the city too.",
            of.len()
        ));
    }
    for (outcome, of) in outcomes.iter().zip(&metrics) {
        let unmet = value_of(std::slice::from_ref(of), "service_shortfall");
        if unmet > MUCH_UNMET {
            closing.push(format!(
                "In {} {unmet:.0}% of what the anchors need is not delivered: much of what they would buy with is gone, and what \
                 is told of each pound they spend is of what is left.",
                outcome.name
            ));
        }
    }
    if let Some(record) = record.filter(|r| !r.complete) {
        let there = outcomes.iter().map(|of| of.records.len()).max().unwrap_or(0);
        let last = record.months.last().map_or_else(String::new, |month| record.date(month.month));
        closing.push(format!(
            "The run was interrupted: what is here is {there} of {asked} replicate{}, up to {last}.",
            if asked == 1 { "" } else { "s" }
        ));
    }
    closing.push(format!("Tables, charts and manifest: {}", path.display()));
    let pictures: Vec<_> = outcomes.iter().map(|o| (o.name, o.net())).collect();
    let points = (outcomes.len() > 1).then_some("Differences of per cents are in percentage points. People begin and give up looking for work, so that unemployment \
         moves otherwise than residents in work.");
    let hangs =
        several > 1 && outcomes.len() > 1 && record.is_some_and(|r| too_small_for_cost(r.scale, !luck));
    let cost_note = if hangs { format!("{COST_NOTE} {HANGS_ON_SCALE}") } else { COST_NOTE.to_owned() };
    let [side_by_side, counts] = net(&pictures);
    let mut sections = vec![
        section(
            "Of each pound the anchors spend",
            Some("VAT that they cannot recover is part of the pound."),
            &MULTIPLIERS,
        ),
        side_by_side,
    ];
    sections.extend(outcomes.iter().skip(1).map(|o| guide(o.name, &o.guide(&outcomes[0]), luck)));
    sections.extend([
        section("Where the whole pound ends up in the end, pence", Some(LEAKS_NOTE), &LEAKS),
        section("The city", points, &CITY),
        section("What it costs the anchors", Some(&cost_note), &COST),
    ]);
    let let_contracts = metrics.iter().any(|of| any(&AWARDS, |id| value_of(std::slice::from_ref(of), id)));
    sections.extend(let_contracts.then(|| section("Who wins the contracts", Some(AWARDS_NOTE), &AWARDS)));
    sections.push(counts);
    if luck && metrics.first().is_some_and(|of| of.len() == 1) {
        let first = sections[0].note.get_or_insert_default();
        *first += " ";
        *first += ONE_DRAW;
    }
    if let [reference, _, _, ..] = outcomes {
        let first = sections[0].note.get_or_insert_default();
        *first += &format!(" Differences are from {}.", reference.name);
    }
    Report { heading: format!("{city}, means over {years:.1} years, prices of {year}"), sections, closing }
}

/// Multipliers side by side, gross and net, and what each counts.
pub(super) fn net(all: &[(&str, NetPicture)]) -> [Section; 2] {
    let pictures: Vec<_> = all.iter().map(|(_, net)| net.rows()).collect();
    let first = pictures.first().into_iter().flatten();
    let few = all.len() <= 2;
    let shown = move |row: &NetRow| match (row.value, row.range) {
        (None, _) if few && row.missing.starts_with(ELSEWHERE) => ELSEWHERE.into(),
        (None, _) => "–".into(),
        (Some(v), range) => level(v, range, 2),
    };
    let names = first.clone().map(|row| row.name.to_owned());
    let scenarios = all.iter().map(|(name, _)| (*name).to_owned());
    let corner = std::iter::once(String::new());
    let values = |k: usize| pictures.iter().map(move |rows| shown(&rows[k]));
    // Several scenarios need the room of rows.
    let (columns, rows) = if !few {
        let of = |(i, (name, _)): (usize, &(&str, NetPicture))| {
            std::iter::once((*name).to_owned()).chain(pictures[i].iter().map(shown)).collect()
        };
        (corner.chain(names).collect(), all.iter().enumerate().map(of).collect())
    } else {
        let of = |(k, name)| std::iter::once(name).chain(values(k)).collect();
        (corner.chain(scenarios).collect(), names.enumerate().map(of).collect())
    };
    let words = first.enumerate().map(|(k, row)| {
        let missing = pictures.iter().all(|net| net[k].value.is_none());
        let first = if missing { format!("– {}. ", row.missing) } else { String::new() };
        vec![row.name.to_owned(), first + &row.counts]
    });
    let one_draw = all.iter().any(|(_, net)| net.impulse.is_some() && net.impulse_interval.is_none());
    [
        Section {
            title: "The multiplier, gross and net, per pound".into(),
            note: one_draw.then(|| format!("Net impulse: {}", ONE_DRAW.to_lowercase())),
            columns,
            rows,
        },
        Section {
            title: "What each counts, and what it does not".into(),
            rows: words.collect(),
            ..Section::default()
        },
    ]
}

/// How a multiplier that another command gives is told.
const ELSEWHERE: &str = "not from this input";

/// The Additionality Guide's form, computed from the run and its reference. Where there is luck, one draw of it is called so.
pub(super) fn guide(name: &str, guide: &Guide, luck: bool) -> Section {
    let (a_year, unit) = if guide.yearly { (" a year", "£m a year") } else { ("", "£m") };
    let title = format!("Additional local output{a_year}, {name}: AI = GI (1 - L)(1 - Dp)(1 - S) M");
    let terms = match guide.terms() {
        Ok(terms) => terms,
        Err(reason) => {
            return Section { title, rows: vec![vec!["–".into(), reason]], ..Section::default() };
        }
    };
    let columns = ["", "", "what it is"].map(String::from).to_vec();
    let mut note = "Each term is from the twin runs, and the product is their difference of output, as every buyer is in one term. Means over replicates: a term is no surer than the change behind it.".to_owned();
    if guide.parts.len() > 1 && luck {
        note += " In brackets: 95% interval of the mean over replicates.";
    } else if luck {
        note += " ";
        note += ONE_DRAW;
    }
    let decimals = if guide.spend.abs() < 1e7 { 3 } else { 1 };
    let rows = terms
        .rows()
        .iter()
        .map(|(term, value, of, meaning)| {
            let shown = match (*of, *term) {
                ("GBP", "AI") if luck => change(&in_millions(&guide.output()), decimals),
                ("GBP", _) => number(value / 1e6, decimals),
                _ => number(*value, 3),
            };
            let term = if *of == "GBP" { format!("{term}, {unit}") } else { (*term).to_owned() };
            vec![term, shown, (*meaning).to_owned()]
        })
        .collect();
    Section { title, note: Some(note), columns, rows }
}

fn in_millions(d: &Difference) -> Difference {
    let interval = d.interval.map(|(low, high)| (low / 1e6, high / 1e6));
    Difference { mean: d.mean / 1e6, interval, ..*d }
}

fn columns(outcomes: &[Outcome], luck: bool) -> Vec<String> {
    let mut columns = vec![String::new()];
    if outcomes.len() > 2 {
        columns.extend(["scenario", "value", "difference"].map(String::from));
        return columns;
    }
    columns.extend(outcomes.iter().map(|o| o.name.to_owned()));
    match outcomes {
        [only] if only.records.len() > 1 && luck => columns.push("95% interval".into()),
        [_, _] => columns.push("difference".into()),
        _ => {}
    }
    columns
}

fn value_of(metrics: &[Vec<Vec<Metric>>], id: &str) -> f64 {
    metrics.iter().flatten().flatten().find(|m| m.id == id).map_or(0.0, |m| m.value)
}

/// A line of the page; with several scenarios against the first, a row for each. Without luck there are no intervals.
fn rows(
    line: &Line,
    small: bool,
    luck: bool,
    metrics: &[Vec<Vec<Metric>>],
    outcomes: &[Outcome],
) -> Vec<Vec<String>> {
    let (_, id, _, decimals) = line;
    let (label, factor) = sized(line, small);
    let of = |replicates: &[Vec<Metric>]| -> Vec<f64> {
        replicates.iter().filter_map(|r| r.iter().find(|m| m.id == *id)).map(|m| m.value * factor).collect()
    };
    let mean = |m: &[Vec<Metric>]| {
        let values = of(m);
        number(values.iter().sum::<f64>() / values.len().max(1) as f64, *decimals)
    };
    let gap = |reference: &[Vec<Metric>], policy: &[Vec<Metric>]| {
        let pairs: Vec<(f64, f64)> = of(reference).into_iter().zip(of(policy)).collect();
        let of = difference(&pairs);
        if luck { change(&of, *decimals) } else { signed(of.mean, *decimals) }
    };
    match metrics {
        [only] if only.len() > 1 && luck => {
            let from_zero: Vec<(f64, f64)> = of(only).into_iter().map(|value| (0.0, value)).collect();
            let of = difference(&from_zero);
            let decimals = of.interval.map_or(*decimals, |interval| places(interval, *decimals));
            let interval = of.interval.map_or_else(String::new, |interval| ends(interval, decimals));
            vec![vec![label, number(of.mean, decimals), interval]]
        }
        [reference, policy] => vec![vec![label, mean(reference), mean(policy), gap(reference, policy)]],
        [reference, others @ ..] if !others.is_empty() => {
            let name = |i: usize| outcomes[i].name.to_owned();
            let mut all = vec![vec![label, name(0), mean(reference), String::new()]];
            all.extend(
                others.iter().enumerate().map(|(i, policy)| {
                    vec![String::new(), name(i + 1), mean(policy), gap(reference, policy)]
                }),
            );
            all
        }
        _ => vec![std::iter::once(label).chain(metrics.iter().map(|m| mean(m))).collect()],
    }
}
