//! The table that a council officer reads at the end of a run.

use super::report::{Report, Section};
use crate::measure::compare::{Difference, difference};
use crate::measure::guide::Guide;
use crate::measure::net::{NetPicture, NetRow};
use crate::measure::table::Metric;
use crate::output::results::Outcome;
use std::path::Path;

/// One line: what it says, the metric behind it, factor and decimals to show it with.
type Line = (&'static str, &'static str, f64, usize);

const MULTIPLIERS: [Line; 4] = [
    ("Local multiplier after three rounds (LM3)", "lm3", 1.0, 2),
    ("Local multiplier over all rounds (LM∞)", "lm_infinity", 1.0, 2),
    ("Paid to suppliers in the city, pence", "round_1_local", 100.0, 1),
    ("Received by the city's households, pence", "household_income_per_pound", 100.0, 1),
];

const LEAKS: [Line; 10] = [
    ("Contract awarded outside", "leak_contract_outside", 100.0, 1),
    ("Inputs bought outside", "leak_inputs_outside", 100.0, 1),
    ("Pay to in-commuters", "leak_commuter_pay", 100.0, 1),
    ("National taxes", "leak_national_taxes", 100.0, 1),
    ("Profits to outside owners", "leak_profits_outside", 100.0, 1),
    ("Interest and rent paid outside", "leak_interest_rent_outside", 100.0, 1),
    ("Money saved outside", "leak_saving", 100.0, 1),
    ("Pension contributions", "leak_pensions", 100.0, 1),
    ("Consumption outside", "leak_consumption_outside", 100.0, 1),
    ("Waits in reserves", "held", 100.0, 1),
];

const CITY: [Line; 8] = [
    ("Anchor spending, £m a year", "anchor_spend", 1.0, 0),
    ("Household income, £m a year", "household_income", 1.0, 1),
    ("Jobs in the city", "jobs", 1.0, 0),
    ("Residents in work", "residents_in_work", 1.0, 0),
    ("Unemployment, %", "unemployment_rate", 1.0, 2),
    ("Sales outside the city, £m a year", "outside_sales", 1.0, 1),
    ("Net to the rest of the region, £m a year", "net_to_region", 1.0, 1),
    ("Net to the rest of the country, £m a year", "net_to_country", 1.0, 1),
];

const COST: [Line; 3] = [
    ("Price of contracts, reference = 100", "contract_price", 100.0, 2),
    ("Service not delivered, % of need", "service_shortfall", 1.0, 2),
    ("Cost of constant service, £m a year", "cost_of_constant_service", 1.0, 1),
];

/// What is said of a run that was stopped before its first month after burn-in.
pub const NOTHING: &str = "The run was interrupted during burn-in: nothing was simulated after it, so there are no \
                           results to show.";

/// The page for one scenario, or for a reference and what is compared with it.
pub fn page(outcomes: &[Outcome], path: &Path) -> Report {
    let metrics: Vec<Vec<Vec<Metric>>> = outcomes.iter().map(Outcome::metrics).collect();
    let record = outcomes.first().and_then(|o| o.records.first());
    let (city, year, years) = record.map_or((String::new(), String::new(), 0.0), |r| {
        (r.names.city.clone(), r.names.price_year.clone(), r.months.len() as f64 / 12.0)
    });
    // A town's money is told in thousands.
    let small = value_of(&metrics, "household_income") < 10.0;
    let section = |title: &str, note: Option<&str>, lines: &[Line]| Section {
        title: title.into(),
        note: note.map(str::to_owned),
        columns: columns(outcomes),
        rows: lines.iter().map(|l| row(l, small, &metrics)).collect(),
    };
    let mut closing = Vec::new();
    if metrics.first().is_some_and(|of| of.len() == 1) {
        let what = if metrics.len() > 1 { "differences" } else { "figures" };
        closing.push(format!(
            "One replicate: no intervals. `--replicates 8` shows how far luck alone moves the {what}."
        ));
    }
    if let [of] = metrics.as_slice()
        && of.len() > 1
    {
        closing.push(format!(
            "Means of {} replicates, each with its own luck, in drawing the city too.",
            of.len()
        ));
    }
    if record.is_some_and(|r| !r.complete) {
        closing.push("The run was interrupted: it ends before its last year.".into());
    }
    closing.push(format!("Tables, charts and manifest: {}", path.display()));
    let pictures: Vec<_> = outcomes.iter().map(|o| (o.name, o.net())).collect();
    let mut sections = net(&pictures).to_vec();
    sections.extend(outcomes.iter().skip(1).map(|o| guide(o.name, &o.guide(&outcomes[0]))));
    let first = section(
        "Of each pound the anchors spend",
        Some("VAT that they cannot recover is part of the pound."),
        &MULTIPLIERS,
    );
    sections.insert(0, first);
    Report {
        heading: format!("{city}, means over {years:.1} years, prices of {year}"),
        sections: sections
            .into_iter()
            .chain([
                section("Where the rest of the pound leaks, pence", None, &LEAKS),
                section("The city", None, &CITY),
                section(
                    "What it costs the anchors",
                    Some("Budgets are fixed in money: a higher price is service not delivered."),
                    &COST,
                ),
            ])
            .collect(),
        closing,
    }
}

/// Multipliers side by side, gross and net, and what each counts.
pub(super) fn net(all: &[(&str, NetPicture)]) -> [Section; 2] {
    let pictures: Vec<_> = all.iter().map(|(_, net)| net.rows()).collect();
    let rows = pictures.first().into_iter().flatten();
    let values = rows.clone().enumerate().map(|(k, row)| {
        let value = |net: &[NetRow; 5]| net[k].value.map_or("–".into(), |v| number(v, 2));
        std::iter::once(row.name.to_owned()).chain(pictures.iter().map(value)).collect()
    });
    let words = rows.clone().enumerate().map(|(k, row)| {
        let missing = pictures.iter().all(|net| net[k].value.is_none());
        let first = if missing { format!("– {}. ", row.missing) } else { String::new() };
        vec![row.name.to_owned(), first + row.counts]
    });
    let names = std::iter::once(String::new()).chain(all.iter().map(|(name, _)| (*name).to_owned()));
    [
        Section {
            title: "The multiplier, gross and net, per pound".into(),
            columns: names.collect(),
            rows: values.collect(),
            ..Section::default()
        },
        Section {
            title: "What each counts, and what it does not".into(),
            rows: words.collect(),
            ..Section::default()
        },
    ]
}

/// The Additionality Guide's form, computed from the run and its reference.
pub(super) fn guide(name: &str, guide: &Guide) -> Section {
    let (a_year, unit) = if guide.yearly { (" a year", "£m a year") } else { ("", "£m") };
    let title = format!("Additional local output{a_year}, {name}: AI = GI (1 - L)(1 - Dp)(1 - S) M");
    let terms = match guide.terms() {
        Ok(terms) => terms,
        Err(reason) => {
            return Section { title, rows: vec![vec!["–".into(), reason]], ..Section::default() };
        }
    };
    let columns = ["", "", "what it is"].map(String::from).to_vec();
    let mut note = "Each term is from the twin runs, and the product is their difference of output by construction: M makes it so. Means over replicates: a term is no surer than the change behind it.".to_owned();
    if guide.parts.len() > 1 {
        note += " In brackets: 95% interval of the mean over replicates.";
    } else {
        note += " One draw of luck: no interval; use --replicates 8.";
    }
    let decimals = if guide.spend.abs() < 1e7 { 3 } else { 1 };
    let rows = terms
        .rows()
        .iter()
        .map(|(term, value, of, meaning)| {
            let shown = match (*of, *term) {
                ("GBP", "AI") => change(&in_millions(&guide.output()), decimals),
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

fn columns(outcomes: &[Outcome]) -> Vec<String> {
    let mut columns = vec![String::new()];
    columns.extend(outcomes.iter().map(|o| o.name.to_owned()));
    match outcomes {
        [only] if only.records.len() > 1 => columns.push("95% interval".into()),
        [_, _] => columns.push("difference".into()),
        _ => {}
    }
    columns
}

fn value_of(metrics: &[Vec<Vec<Metric>>], id: &str) -> f64 {
    metrics.iter().flatten().flatten().find(|m| m.id == id).map_or(0.0, |m| m.value)
}

fn row((label, id, factor, decimals): &Line, small: bool, metrics: &[Vec<Vec<Metric>>]) -> Vec<String> {
    let in_thousands = small && label.contains("£m");
    let factor = if in_thousands { factor * 1000.0 } else { *factor };
    let label = if in_thousands { label.replace("£m", "£ thousand") } else { (*label).to_owned() };
    let of = |replicates: &[Vec<Metric>]| -> Vec<f64> {
        replicates.iter().filter_map(|r| r.iter().find(|m| m.id == *id)).map(|m| m.value * factor).collect()
    };
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let mut row = vec![label];
    row.extend(metrics.iter().map(|m| number(mean(&of(m)), *decimals)));
    match metrics {
        [only] if only.len() > 1 => {
            let from_zero: Vec<(f64, f64)> = of(only).into_iter().map(|value| (0.0, value)).collect();
            row.push(difference(&from_zero).interval.map_or_else(String::new, |(low, high)| {
                format!("{} to {}", number(low, *decimals), number(high, *decimals))
            }));
        }
        [reference, policy] => {
            let pairs: Vec<(f64, f64)> = of(reference).into_iter().zip(of(policy)).collect();
            row.push(change(&difference(&pairs), *decimals));
        }
        _ => {}
    }
    row
}

pub(super) fn change(d: &Difference, decimals: usize) -> String {
    let signed = |x: f64| {
        let text = number(x, decimals);
        if x > 0.0 && text.chars().any(|c| c.is_ascii_digit() && c != '0') {
            format!("+{text}")
        } else {
            text
        }
    };
    match d.interval {
        None => signed(d.mean),
        Some((low, high)) => format!("{} ({} to {})", signed(d.mean), signed(low), signed(high)),
    }
}

/// A number with thousands separated, and no sign on zero.
pub(super) fn number(value: f64, decimals: usize) -> String {
    let text = format!("{:.*}", decimals, value.abs());
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let negative = value < 0.0 && text.chars().any(|c| c.is_ascii_digit() && c != '0');
    let sign = if negative { "-" } else { "" };
    fraction.map_or_else(|| format!("{sign}{grouped}"), |f| format!("{sign}{grouped}.{f}"))
}
