//! The report's section on what matters: what is not known and was drawn or not, what the answer hangs on, whose effect it is.

use super::folder::Row;
use super::parts::{Table, list};
use super::view::{View, short};
use super::words::{capital, number};
use crate::output::places::{in_words, look_alike, places};
use maud::{Markup, html};

pub fn matters(view: &View) -> Markup {
    let of = |name: &str, columns: &[&str], texts: usize, row: &dyn Fn(Row) -> Option<Vec<String>>| {
        let mut table = Table::new(columns, texts);
        table.rows = view.folder.table(name).into_iter().flat_map(|t| t.iter()).filter_map(row).collect();
        table
    };
    let leads = |row: &Row| view.lead.iter().any(|metric| metric == row.text("metric"));
    let sensitivity = of(
        "sensitivity",
        &["figure", "scenario", "setting", "measure", "value", "95% interval"],
        4,
        &|row| {
            let value = row.number("value")?;
            let texts = [
                short(row.text("metric")),
                row.text("scenario").into(),
                row.text("setting").into(),
                row.text("measure").into(),
            ];
            Some(texts.into_iter().chain(with_ends(&row, value)).collect())
        },
    );
    let attribution =
        of("attribution", &["figure", "scenario", "part", "way", "difference", "95% interval"], 4, &|row| {
            let value = row.number("difference").filter(|_| leads(&row))?;
            let texts = [
                short(row.text("metric")),
                row.text("scenario").into(),
                row.text("part").into(),
                row.text("way").into(),
            ];
            Some(texts.into_iter().chain(with_ends(&row, value)).collect())
        });
    let drawn = settings(view);
    let left = left(view);
    let this = match view.folder.manifest["command"].as_str() {
        Some("run") => "This run",
        Some("compare") => "This comparison",
        _ => "This study",
    };
    html! {
        h3 { "Settings that are not known" }
        @if drawn.rows.is_empty() {
            p.missing { (this) " draws no settings anew, so its intervals hold the effect of luck only: what is assumed is taken as it is." }
        } @else {
            p.note { "Each replicate drew these anew, so intervals hold luck and what is not known together." }
            (drawn.html("Uncertain settings and where they were drawn"))
        }
        @if !left.rows.is_empty() {
            p { (left.rows.len()) " other settings are assumed or uncertain too, and they are taken as they are: its intervals do not hold \
                 what is not known of them. A study file may draw them (" code { "[draws] ranges" } ")." }
            details { summary { "Settings that were not drawn, and between what they may lie" } (left.html("Settings that were not drawn")) }
        }
        h3 { "What the answer hangs on" }
        @if sensitivity.rows.is_empty() {
            p.missing { (this) " did not ask which settings the differences hang on: that takes hundreds of runs. " code { "recirc study leeds/study_uncertain" }
                " asks it of Leeds and the first policy, and a study file may ask it under " code { "[sensitivity]" } "." }
        } @else {
            p.note { "Morris: mu_star is the mean size of a setting's effect over its range, sigma its spread. Sobol: first is the share of the \
                      variance that a setting makes by itself, total with all its interplay." }
            (list(&hangs_on(view)))
            details { summary { "All settings" } (sensitivity.html("What the differences hang on")) }
        }
        h3 { "Whose effect it is" }
        @if attribution.rows.is_empty() {
            p.missing { (this) " did not take effects apart by lever or mechanism; a study file may ask for it under " code { "[attribution]" } "." }
        } @else {
            p.note { "lever_shapley: shares of levers, which sum to the whole. lever_alone: by itself. lever_last: lost without it. \
                      mechanism_off: gone when the mechanism is off in both scenarios." }
            details { summary { "The parts" } (attribution.html("Parts of each difference")) }
        }
    }
}

/// Uncertain settings with the range of what was drawn.
fn settings(view: &View) -> Table {
    let columns = ["setting", "what it says", "where the range comes from", "from", "to", "drawn between"];
    let mut table = Table::new(&columns, 3);
    let mut ranges: Vec<(&str, f64, f64)> = Vec::new();
    for row in view.folder.table("drawn").into_iter().flat_map(|table| table.iter()) {
        let Some(value) = row.number("value") else { continue };
        match ranges.iter_mut().find(|(name, ..)| *name == row.text("setting")) {
            Some((_, low, high)) => (*low, *high) = (low.min(value), high.max(value)),
            None => ranges.push((row.text("setting"), value, value)),
        }
    }
    table.rows = ranges
        .iter()
        .map(|(name, low, high)| {
            let range = view
                .folder
                .table("uncertain")
                .and_then(|t| t.iter().find(|row| row.text("setting") == *name));
            let end = |column| {
                range
                    .and_then(|row: Row| row.number(column))
                    .map_or_else(String::new, |x| number(x, digits(x)))
            };
            let text = |column| range.map_or("", |row: Row| row.text(column)).to_owned();
            let drawn = format!("{} and {}", number(*low, digits(*low)), number(*high, digits(*high)));
            vec![(*name).into(), text("what"), text("basis"), end("low"), end("high"), drawn]
        })
        .collect();
    table
}

/// The three settings that move each difference most, in a sentence for each figure and policy.
fn hangs_on(view: &View) -> Vec<String> {
    let rows = || view.folder.table("sensitivity").into_iter().flat_map(|table| table.iter());
    let mut told: Vec<(&str, &str)> = Vec::new();
    for row in rows() {
        let which = (row.text("metric"), row.text("scenario"));
        if !told.contains(&which) {
            told.push(which);
        }
    }
    let sentence = |(metric, scenario): (&str, &str)| {
        let of = |row: &Row| {
            row.text("metric") == metric
                && row.text("scenario") == scenario
                && ["mu_star", "total"].contains(&row.text("measure"))
        };
        let mut most: Vec<(Row, f64)> =
            rows().filter(of).filter_map(|row| Some((row, row.number("value")?))).collect();
        most.sort_by(|a, b| b.1.total_cmp(&a.1));
        let named: Vec<String> = most
            .iter()
            .take(3)
            .map(|(row, value)| {
                let [value, ends] = with_ends(row, *value);
                let ends = if ends.is_empty() { ends } else { format!("; {ends}") };
                format!("{} ({value}{ends})", row.text("setting"))
            })
            .collect();
        format!("{}, {scenario}: most on {}.", capital(&short(metric)), named.join(", then "))
    };
    told.into_iter().map(sentence).collect()
}

/// Settings that stand at their values though they are not known.
fn left(view: &View) -> Table {
    let mut table =
        Table::new(&["setting", "what it says", "where the range comes from", "value", "from", "to"], 3);
    let rows = view.folder.table("uncertain").into_iter().flat_map(|table| table.iter());
    for row in rows.filter(|row| row.text("drawn") == "no") {
        let show = |column: &str| row.number(column).map_or_else(String::new, |x| number(x, digits(x)));
        table.rows.push(vec![
            row.text("setting").into(),
            row.text("what").into(),
            row.text("basis").into(),
            show("value"),
            show("low"),
            show("high"),
        ]);
    }
    table
}

fn digits(x: f64) -> usize {
    match x.abs() {
        100.0.. => 0,
        10.0.. => 1,
        1.0.. => 2,
        0.1.. => 3,
        0.0 => 0,
        _ => 4,
    }
}

/// A value and its interval in words, empty where there is none: with the same decimals, so that the value is seen to lie in it.
fn with_ends(row: &Row, value: f64) -> [String; 2] {
    let asked = digits(value);
    let Some((low, high)) = row.interval("low", "high") else { return [number(value, asked), String::new()] };
    let decimals = places((low, high), asked);
    let told = if look_alike((low, high), decimals) {
        in_words((low, high)).to_owned()
    } else {
        format!("{} to {}", number(low, decimals), number(high, decimals))
    };
    [number(value, decimals), told]
}
