//! What is printed at the end of an impulse.

use super::numbers::{change, level, number};
use super::officer::{ONE_DRAW, guide, net};
use super::report::{Report, Section};
use crate::measure::compare::Difference;
use crate::measure::impulse::explained::Explained;
use crate::measure::impulse::figures::{Impulse, Line};
use crate::measure::impulse::places::Where;
use crate::measure::impulse::{MEASURES, horizons};
use std::path::Path;

/// What is said of an impulse that was stopped before anything was spent.
pub(super) const NOTHING: &str = "The run was interrupted: it stopped before there was anything to compare, so there are no results, and nothing was written.";

/// The page of an impulse.
pub(super) fn page(of: &Impulse, explained: Option<&Explained>, path: &Path) -> Report {
    let luck = !of.twins.first().is_some_and(|t| t.with.names.is_town());
    let mut sections = vec![
        multipliers(of, luck),
        places(of),
        account("Where the first payment went", &of.landing(), of),
        account("Who pays", &of.financed(), of),
        displaced(of),
        guide("the extra spend", &of.guide(), luck),
    ];
    let [mut side_by_side, counts] = net(&[("", of.net())]);
    side_by_side.note = side_by_side.note.filter(|_| luck);
    sections.insert(1, side_by_side);
    sections.extend(explained.map(attribution));
    sections.push(counts);
    let mut closing = Vec::new();
    if let Some(with) = of.twins.iter().map(|t| t.with).find(|with| !with.complete) {
        let last = with.months.last().map_or_else(String::new, |month| with.date(month.month));
        let (n, s) = (of.twins.len(), if of.twins.len() == 1 { "" } else { "s" });
        closing.push(format!("The run was interrupted: what is here is {n} replicate{s}, up to {last}."));
    }
    closing.push(format!("Tables, chart and manifest: {}", path.display()));
    let record = of.twins.first().map(|t| t.with);
    let (city, year) =
        record.map_or(Default::default(), |r| (r.names.city.clone(), r.names.price_year.clone()));
    let asked = &of.asked;
    Report {
        heading: format!(
            "{city}: £{} more spent on {} over {} months from {}, financed by {}; with it less without it, \
             {}{} replicate{}, prices of {year}",
            number(asked.amount_gbp, 0),
            asked.to_in_words,
            asked.months,
            asked.start,
            asked.financed_by,
            if luck { "under the same luck, " } else { "" },
            of.twins.len(),
            if of.twins.len() == 1 { "" } else { "s" },
        ),
        sections,
        closing,
    }
}

fn multipliers(of: &Impulse, luck: bool) -> Section {
    let mut all = horizons(of.months());
    if of.twins.len() > 1 {
        // Intervals need the room; the tables have every horizon.
        all.retain(|months| *months != 60 || of.months() == 60);
    }
    let mut columns = vec![String::new()];
    columns.extend(all.iter().map(|months| format!("{months} months")));
    let row = |title: String, value: &dyn Fn(usize) -> Difference, decimals: usize| {
        let mut row = vec![title];
        row.extend(all.iter().map(|months| change(&value(*months), decimals)));
        row
    };
    let mut rows: Vec<Vec<String>> = MEASURES
        .iter()
        .enumerate()
        .map(|(k, m)| {
            let jobs = m.unit == "jobs";
            let title = if jobs { "Job-years per £m".into() } else { format!("{}, £", m.title) };
            row(title, &|months| of.multiplier(k, Where::City, months), if jobs { 1 } else { 2 })
        })
        .collect();
    rows.push(row("All receipts, £".into(), &|months| of.receipts(months), 2));
    let mut note = "All that came of it from the start of the run to that month. Output is firms' sales; all receipts are what the tracer counts.".to_owned();
    if luck && of.twins.len() < 2 {
        note += " ";
        note += ONE_DRAW;
    }
    Section { title: "In the city, for each pound spent by then".into(), note: Some(note), columns, rows }
}

fn places(of: &Impulse) -> Section {
    let n = of.months();
    let slack = format!("country, slack {}", of.asked.slack);
    let columns = ["", "city", "rest of region", "no slack", slack.as_str()];
    let (factor, unit, decimals) = size(of);
    let rows = MEASURES
        .iter()
        .enumerate()
        .map(|(k, m)| {
            let jobs = m.unit == "jobs";
            let mut row = vec![if jobs { "Job-years".into() } else { format!("{}, {unit}", m.title) }];
            row.extend(Where::ALL.iter().map(|place| match (place, of.total(k, *place, n)) {
                (Where::CountryNoSlack, _) => "0".into(),
                (_, d) if jobs => change(&d, 0),
                (_, d) => change(&scaled(&d, factor), decimals),
            }));
            row
        })
        .collect();
    Section {
        title: format!("In all, over {n} months"),
        note: Some(
            "The rest of the region: first round only, before anything is crowded out there. The country: without slack \
             all that the city gains is drawn from elsewhere; with slack, that share of it is new, and as much of \
             what firms elsewhere gain or lose, at national averages."
                .into(),
        ),
        columns: columns.map(String::from).to_vec(),
        rows,
    }
}

/// Pounds as millions or thousands, by what was spent.
fn size(of: &Impulse) -> (f64, &'static str, usize) {
    if of.asked.amount_gbp >= 2e6 { (1e-6, "£m", 1) } else { (1e-3, "£ thousand", 1) }
}

fn scaled(d: &Difference, factor: f64) -> Difference {
    Difference {
        mean: d.mean * factor,
        interval: d.interval.map(|(low, high)| (low * factor, high * factor)),
        ..*d
    }
}

fn account(title: &str, lines: &[Line], of: &Impulse) -> Section {
    let spent = of.spent();
    let (factor, unit, decimals) = size(of);
    let rows = lines
        .iter()
        .filter(|l| l.value.mean.abs() >= 0.005)
        .map(|l| {
            let pence = if spent > 0.0 { 100.0 * l.value.mean / spent } else { 0.0 };
            vec![l.title.to_owned(), number(l.value.mean * factor, decimals), number(pence, 1)]
        })
        .collect();
    let columns = ["", unit, "pence of the pound"].map(String::from).to_vec();
    Section { title: title.into(), note: None, columns, rows }
}

fn displaced(of: &Impulse) -> Section {
    let spent = of.spent();
    let (factor, unit, decimals) = size(of);
    let rows = of
        .displaced()
        .iter()
        .map(|l| {
            let money = l.unit == "GBP";
            // A town's may be parts of one.
            let many = l.value.interval.map_or(l.value.mean.abs(), |(low, high)| high.max(-low)) >= 100.0;
            let of_jobs = if many { 0 } else { 2 };
            let shown =
                if money { change(&scaled(&l.value, factor), decimals) } else { change(&l.value, of_jobs) };
            let unit = if money { unit } else { l.unit };
            let pence = 100.0 * l.value.mean / spent.max(1e-9);
            vec![format!("{}, {unit}", l.title), shown, if money { number(pence, 1) } else { String::new() }]
        })
        .collect();
    Section {
        title: "What gave way, and what stretched, in the city".into(),
        note: Some("Below zero is displaced. Sales are of the city's firms, by who buys. Where an interval has both signs, luck alone may be behind it.".into()),
        columns: ["", "change", "pence of the pound"].map(String::from).to_vec(),
        rows,
    }
}

fn attribution(explained: &Explained) -> Section {
    let mut rows = Vec::new();
    let shown = [0, 1, 2];
    let levels = |name: &str, of: &dyn Fn(usize) -> Difference| {
        let mut row = vec![name.to_owned(), String::new()];
        row.extend(shown.iter().map(|k| of(*k)).map(|d| level(d.mean, d.interval, 2)));
        row
    };
    rows.push(levels("All off: the textbook", &|k| explained.all_off(k)));
    for (i, (name, ..)) in explained.effects(0).iter().enumerate() {
        for (way, pick) in [("alone", 0), ("on top", 1)] {
            let mut row = vec![if pick == 0 { (*name).to_owned() } else { String::new() }, way.to_owned()];
            row.extend(shown.iter().map(|k| {
                let (_, alone, together) = &explained.effects(*k)[i];
                change(if pick == 0 { alone } else { together }, 2)
            }));
            rows.push(row);
        }
    }
    rows.push(levels("All on", &|k| explained.all_on(k)));
    let mut columns = vec!["".to_owned(), "".to_owned()];
    columns.extend(shown.iter().map(|k| MEASURES[*k].title.to_lowercase()));
    Section {
        title: "Which mechanism makes the difference, £ per pound spent, at the end of the run".into(),
        note: Some(
            "Switched on one at a time, in this order: alone, and on top of those above, which sums to all on less all off. \
             Expectations and reserves come with any mechanism and are none: uses follow expected and not last month's \
             sales, reserves wait, budgets are fixed in money. Each mechanism alone is told against that."
                .to_owned()
                + &explained.warning().map_or(String::new(), |warning| format!(" Beware: {warning}.")),
        ),
        columns,
        rows,
    }
}
