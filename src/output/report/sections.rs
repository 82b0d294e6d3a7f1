//! The report's sections: the answer, the pound, the differences, the months, the cost.

use super::data;
use super::opening::{caution, opening};
use super::parts::{Figure, Table, lacks, list};
use super::view::{Gap, View, short};
use super::words::{self, COSTS, GAINS, HANGS_ON_SCALE, hangs_on_scale, number, sentences, verdict};
use crate::output::figures::{LEAKS, LOCAL};
use crate::output::lines::{AWARDS, AWARDS_NOTE, CITY, COST, Line, MULTIPLIERS, any, is_cost, sized};
use crate::output::places::{in_words, look_alike, places, shows};
use maud::{Markup, html};

pub fn answer(view: &View) -> Markup {
    let warnings = view.folder.manifest["warnings"].as_array().cloned().unwrap_or_default();
    html! {
        @for sentence in opening(view) { p.lead { (sentence) } }
        dl { @for of in view.policies() { @if let Some(verdict) = verdict(of, view) {
            dt { (words::capital(&of.name)) } dd { (verdict) }
        } } }
        @if view.policies().next().is_some() { p.caution { (caution(view)) } }
        @if view.scale != 1.0 {
            p.caution { "The city was simulated at scale " (view.scale) ": one agent stands for " (number(1.0 / view.scale, 0))
                " real ones. It has all the contracts, each with a smaller instalment, among fewer firms, so luck weighs more \
                 than in a city at 1:1." }
            @if hangs_on_scale(view) { p.caution { (HANGS_ON_SCALE) } }
        }
        @for warning in &warnings { p.caution { "Warned of: " (warning.as_str().unwrap_or_default()) } }
        @for of in view.policies() {
            section.policy {
                h3 { (words::capital(&of.name)) }
                @if !of.description.is_empty() { p.note { (of.description) } }
                h4 { "What " (view.city) " gets" } (list(&sentences(view, of, &GAINS)))
                h4 { "What it costs the anchors" } (list(&sentences(view, of, &COSTS)))
            }
        }
        (figures(view, "The main figures", &[&MULTIPLIERS, &CITY, &COST]))
        // A town lets no contracts.
        @if any(&AWARDS, |id| view.levels.get(id).copied().unwrap_or(0.0)) {
            (figures(view, "Who wins the contracts", &[&AWARDS]))
            p.note { (AWARDS_NOTE) }
        }
    }
}

/// Lines of figures with a column a scenario.
fn figures(view: &View, caption: &str, lines: &[&[Line]]) -> Markup {
    let mut table = Table { columns: vec!["figure".to_owned()], texts: 1, rows: Vec::new() };
    let of: Vec<_> = data::shown(view).collect();
    table.columns.extend(of.iter().map(|of| of.name.clone()));
    for line in lines.iter().flat_map(|lines| lines.iter()) {
        let (_, metric, _, decimals) = line;
        let (label, factor) = sized(line, view.small);
        let cell = |of: &&super::view::Of| match of.gaps.get(*metric) {
            Some(gap) => with_change(&gap.times(factor), *decimals),
            None => data::level(view, &of.name, metric)
                .map_or_else(|| "–".to_owned(), |level| number(level * factor, *decimals)),
        };
        table.rows.push(std::iter::once(label).chain(of.iter().map(cell)).collect());
    }
    let compared = view.policies().next().is_some();
    html! {
        h3 { (caption) }
        @if compared { p.note { "In brackets: the difference from the reference, with its 95% interval where there is one." } }
        (table.html(caption))
    }
}

fn with_change(gap: &Gap, decimals: usize) -> String {
    format!("{} ({})", number(gap.policy, decimals), change(gap, decimals))
}

/// A difference with its interval.
pub fn change(gap: &Gap, decimals: usize) -> String {
    let signed = |x: f64, decimals| {
        format!("{}{}", if x > 0.0 && shows(x, decimals) { "+" } else { "" }, number(x, decimals))
    };
    let Some((low, high)) = gap.interval else { return signed(gap.difference, decimals) };
    let decimals = places((low, high), decimals);
    let difference = signed(gap.difference, decimals);
    if look_alike((low, high), decimals) {
        return format!("{difference}; {}", in_words((low, high)));
    }
    format!("{difference}; {} to {}", signed(low, decimals), signed(high, decimals))
}

pub fn pound(view: &View) -> Markup {
    let mut rounds = Table::new(&["scenario", "round", "where it goes", "pence"], 3);
    let shown: Vec<&str> = data::shown(view).map(|of| of.name.as_str()).collect();
    let rows = view.folder.table("pound_by_round").into_iter().flat_map(|table| table.iter());
    for row in rows.filter(|row| shown.contains(&row.text("scenario"))) {
        let cells = [row.text("scenario"), row.text("round"), row.text("channel")].map(String::from);
        let pence = row.number("value").map_or_else(String::new, |value| number(100.0 * value, 2));
        rounds.rows.push(cells.into_iter().chain([pence]).collect());
    }
    let leaks = compared(view, &LEAKS.map(|(id, channel)| (id, channel.label())), "way out", 2);
    html! {
        (Figure {
            chart: "pound",
            title: "The flow of a pound, round by round",
            note: "Green is received by somebody in the city, orange leaves it. Money that comes back counts again in its next round; VAT \
                   that anchors and households pay is among the national taxes.",
            table: rounds,
        }.html(&lacks("table of a pound by round (pound_by_round.csv)")))
        (Figure {
            chart: "leaks",
            title: "By which way the pound leaves in the end",
            note: "All rounds together, pence of each pound spent.",
            table: leaks,
        }.html(&lacks("figures of leakage (comparison.csv or summary.json)")))
        (super::measures::side_by_side(view))
    }
}

/// A row for each figure and scenario, in per cent or pence.
fn compared(view: &View, figures: &[(&str, &str)], what: &str, decimals: usize) -> Table {
    let mut table = Table::new(&[what, "scenario", "value", "difference (95% interval)"], 2);
    for (metric, name) in figures {
        for of in data::shown(view) {
            let gap = of.gaps.get(*metric).map(|gap| gap.times(100.0));
            let level = gap.as_ref().map(|gap| gap.policy);
            let Some(level) = level.or_else(|| Some(100.0 * data::level(view, &of.name, metric)?)) else {
                continue;
            };
            let less = gap.map_or_else(String::new, |gap| change(&gap, decimals));
            table.rows.push(vec![(*name).to_owned(), of.name.clone(), number(level, decimals), less]);
        }
    }
    table
}

pub fn differences(view: &View) -> Markup {
    let mut table =
        Table::new(&["figure", "scenario", "reference", "difference (95% interval)", "what can be said"], 2);
    let hangs = |metric: &str| hangs_on_scale(view) && is_cost(metric);
    for metric in &view.lead {
        for of in view.policies() {
            let Some(gap) = of.gaps.get(metric) else { continue };
            let digits = match gap.reference.abs().max(gap.difference.abs()) {
                1000.0.. => 1,
                10.0.. => 2,
                _ => 4,
            };
            let said = match gap.verdict() {
                super::view::Verdict::More if hangs(metric) => "more, but hangs on the scale",
                super::view::Verdict::Less if hangs(metric) => "less, but hangs on the scale",
                super::view::Verdict::More => "more",
                super::view::Verdict::Less => "less",
                super::view::Verdict::Unclear => "no clear difference",
                super::view::Verdict::OneDraw => "one replicate, so no interval",
                super::view::Verdict::Same => "the same",
            };
            table.rows.push(vec![
                short(metric),
                of.name.clone(),
                number(gap.reference, digits),
                change(gap, digits),
                said.to_owned(),
            ]);
        }
    }
    let note = if view.replicates > 1 && !view.town {
        "Points are means of the differences within replicates, lines their 95% intervals; grey where the interval holds zero or \
         the figure hangs on the scale: no clear difference."
    } else if view.town {
        "Points are the differences. A town has no luck, so there are no intervals."
    } else {
        "Points are the differences under one draw of luck: one replicate, so no interval."
    };
    let title = "Differences from the reference";
    Figure { chart: "forest", title, note, table }
        .html(&lacks("comparison with a reference (comparison.csv)"))
}

pub fn months(view: &View) -> Markup {
    let mut table =
        Table::new(&["measure", "scenario", "twelve months to", "value", "difference (95% interval)"], 3);
    let shown: Vec<&str> = data::shown(view).map(|of| of.name.as_str()).collect();
    let rows = view.folder.table("paths").into_iter().flat_map(|table| table.iter());
    let first =
        view.folder.table("paths").and_then(|t| t.iter().next().map(|row| row.text("month").to_owned()));
    // The last month of each year of the run: the twelfth after the month before its first.
    let ends = |month: &str| {
        let number = |text: &str| {
            Some(text.get(..4)?.parse::<i64>().ok()? * 12 + text.get(5..7)?.parse::<i64>().ok()?)
        };
        let from = first.as_deref().and_then(number);
        number(month).zip(from).is_some_and(|(month, from)| (month - from + 1) % 12 == 0)
    };
    for row in rows.filter(|row| shown.contains(&row.text("scenario")) && ends(row.text("month"))) {
        let thousands = view.small && row.text("unit").starts_with("GBP million");
        let (unit, factor) = if thousands { ("£ thousand", 1000.0) } else { ("£m", 1.0) };
        let unit = row.text("unit").replace("GBP million", unit);
        let decimals = if row.text("unit") == "jobs" { 0 } else { 2 };
        let value = row.number("value").unwrap_or(f64::NAN);
        let less = row.number("difference").map(|difference| {
            let interval = view.interval(&row, "difference_low", "difference_high");
            change(
                &Gap {
                    reference: 0.0,
                    policy: value,
                    difference,
                    interval,
                    replicates: view.replicates,
                    certain: view.town,
                }
                .times(factor),
                decimals,
            )
        });
        table.rows.push(vec![
            format!("{}, {unit}", row.text("measure")),
            row.text("scenario").to_owned(),
            row.text("month").to_owned(),
            number(value * factor, decimals),
            less.unwrap_or_default(),
        ]);
    }
    let note = if view.replicates > 1 && !view.town {
        "Means of the twelve months to each month (fewer in the first year); choose one scenario to see the band \
         of its 95% interval. The table has the end of each year."
    } else if view.town {
        "Means of the twelve months to each month (fewer in the first year). The table has the end of each year."
    } else {
        "Means of the twelve months to each month (fewer in the first year). One replicate, so no bands. The table has the end of each year."
    };
    let title = "Four figures over the years";
    Figure { chart: "paths", title, note, table }.html(&lacks("table of paths (paths.csv)"))
}

pub fn cost(view: &View) -> Markup {
    let (unit, factor) = if view.small { ("£ thousand", 1000.0) } else { ("£m", 1.0) };
    let heads = ["income", "cost of constant service"].map(|what| format!("{what}, {unit} a year"));
    let mut table = Table::new(&["scenario", &heads[0], &heads[1]], 1);
    for of in view.policies() {
        let (Some(income), Some(cost)) =
            (of.gaps.get("household_income"), of.gaps.get("cost_of_constant_service"))
        else {
            continue;
        };
        table.rows.push(vec![
            of.name.clone(),
            change(&income.times(factor), 1),
            change(&cost.times(factor), 1),
        ]);
    }
    html! {
        (Figure {
            chart: "frontier",
            title: "Cost against local income",
            note: "Differences from the reference with their 95% intervals, where there are any. Up is more income for the city's households, \
                   right is more that the anchors would have to pay to meet all needs. Budgets are fixed in money: a premium paid is service \
                   not delivered.",
            table,
        }.html(&lacks("comparison with a reference (comparison.csv)")))
        (figures(view, "What it costs the anchors", &[&COST, &TEAMS]))
    }
}

const TEAMS: [Line; 4] = [
    ("Hours that procurement teams spend on lettings, a year", "team_hours", 1.0, 0),
    ("Hours that they lack, a year", "team_hours_short", 1.0, 0),
    ("Contracts extended for lack of hours, a year", "lettings_extended", 1.0, 1),
    ("Cost of bidding to all bidders, £m a year", "bid_costs", 1.0, 1),
];

pub fn local(view: &View) -> Markup {
    Figure {
        chart: "local",
        title: "Definitions of local, side by side",
        note: "The same awards under eight definitions: which of them is meant decides how local buying is. The last is pounds re-spent in \
               the city up the chain for each hundred pounds of the winners' turnover.",
        table: compared(view, &LOCAL, "local by", 1),
    }
    .html(&lacks("figures of the definitions (comparison.csv or summary.json)"))
}
