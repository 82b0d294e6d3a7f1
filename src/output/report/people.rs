//! The report's sections on who gains and loses, on what matters, and on how it was made.

use super::folder::Row;
use super::parts::{Figure, Table, lacks, list};
use super::sections::change;
use super::view::{Gap, Of, View, short};
use super::words::{ELSEWHERE, capital, number, sentences};
use maud::{Markup, html};

fn gap(row: &Row) -> Option<Gap> {
    let difference = row.number("difference")?;
    let policy = row.number("value")?;
    Some(Gap { reference: policy - difference, policy, difference, interval: row.interval("low", "high") })
}

fn gains<'a>(view: &'a View, by: &'a str, measure: &'a str) -> impl Iterator<Item = (Row<'a>, Gap)> + 'a {
    let rows = view.folder.table("gains").into_iter().flat_map(|table| table.iter());
    let rows = rows.filter(move |row| row.text("broken_down_by") == by && row.text("measure") == measure);
    rows.filter_map(|row| Some((row, gap(&row)?)))
}

/// How many members of a group gain and lose clearly under a scenario, in a sentence.
fn counted(view: &View, of: &Of, by: &str, members: &str) -> Option<String> {
    let gaps: Vec<Gap> = gains(view, by, "income")
        .filter(|(row, _)| row.text("scenario") == of.name)
        .map(|(_, gap)| gap)
        .collect();
    if gaps.is_empty() {
        return None;
    }
    if view.replicates < 2 {
        let up = gaps.iter().filter(|gap| gap.difference > 0.0).count();
        return Some(format!(
            "{}: in this one draw of luck income is higher in {up} of {} {members}; one replicate, so no interval.",
            capital(&of.name),
            gaps.len()
        ));
    }
    let up = gaps.iter().filter(|gap| gap.interval.is_some_and(|i| i.0 > 0.0)).count();
    let down = gaps.iter().filter(|gap| gap.interval.is_some_and(|i| i.1 < 0.0)).count();
    Some(format!(
        "{}: clearly more income in {up} of {} {members}, clearly less in {down}; no clear difference in {}.",
        capital(&of.name),
        gaps.len(),
        gaps.len() - up - down
    ))
}

fn table(view: &View, by: &str) -> Table {
    let mut table = Table::new(&[by, "scenario", "income, £ a year a household", "residents in work"], 2);
    let in_work: Vec<(Row, Gap)> = gains(view, by, "in_work").collect();
    for (row, income) in gains(view, by, "income") {
        let of = |other: &&(Row, Gap)| ["scenario", "member"].iter().all(|c| other.0.text(c) == row.text(c));
        let work = in_work.iter().find(of).map_or_else(String::new, |(_, gap)| change(gap, 1));
        table.rows.push(vec![
            row.text("member").to_owned(),
            row.text("scenario").to_owned(),
            change(&income, 0),
            work,
        ]);
    }
    table
}

pub fn people(view: &View) -> Markup {
    let missing = lacks("comparison by ward and tenth (gains.csv)");
    let told = |by: &str, members: &str| -> Vec<String> {
        view.policies().filter_map(|of| counted(view, of, by, members)).collect()
    };
    let about_luck = "With so many members some would look clear by luck alone.";
    html! {
        (list(&told("ward", "wards")))
        (Figure {
            chart: "tiles",
            title: "By ward",
            note: &format!("A scheme of the wards, not a map. Filled where the difference is clear, dashed where its interval holds zero or there \
                   is none to say. {about_luck}"),
            table: table(view, "ward"),
        }.html(&missing))
        (list(&told("decile", "tenths of households")))
        (Figure {
            chart: "deciles",
            title: "By tenth of households",
            note: "Tenths by income at the start, 1 the poorest. Lines are 95% intervals; grey where they hold zero.",
            table: table(view, "decile"),
        }.html(&missing))
        h3 { "Neighbours and the nation" }
        p.note { "What an award brings to the city its former winner's zone loses. Net receipts from the city; central government's are taxes \
                  less what it pays into the city." }
        @for of in view.policies() { h4 { (capital(&of.name)) } (list(&sentences(of, &ELSEWHERE))) }
        @if view.policies().next().is_none() { p.missing { (lacks("comparison with a reference (comparison.csv)")) } }
    }
}

pub fn matters(view: &View) -> Markup {
    let of = |name: &str, columns: &[&str], texts: usize, row: &dyn Fn(Row) -> Option<Vec<String>>| {
        let mut table = Table::new(columns, texts);
        table.rows = view.folder.table(name).into_iter().flat_map(|t| t.iter()).filter_map(row).collect();
        table
    };
    let leads = |row: &Row| view.lead.iter().any(|metric| metric == row.text("metric"));
    let ends = |row: &Row| {
        let show =
            |x: f64| number(x, digits(row.number("value").or(row.number("difference")).unwrap_or(0.0)));
        row.interval("low", "high")
            .map_or_else(String::new, |(low, high)| format!("{} to {}", show(low), show(high)))
    };
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
            Some(texts.into_iter().chain([number(value, digits(value)), ends(&row)]).collect())
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
            Some(texts.into_iter().chain([number(value, digits(value)), ends(&row)]).collect())
        });
    let drawn = settings(view);
    let left = left(view);
    html! {
        h3 { "Settings that are not known" }
        @if drawn.rows.is_empty() {
            p.missing { "This study draws no settings anew, so its intervals hold the effect of luck only: what is assumed is taken as it is." }
        } @else {
            p.note { "Each replicate drew these anew, so intervals hold luck and what is not known together." }
            (drawn.html("Uncertain settings and where they were drawn"))
        }
        @if !left.rows.is_empty() {
            p { (left.rows.len()) " other settings are assumed or uncertain too, and this study takes them as they are: its intervals do not hold \
                 what is not known of them. A study file may draw them (" code { "[draws] ranges" } ")." }
            details { summary { "Settings that were not drawn, and between what they may lie" } (left.html("Settings that were not drawn")) }
        }
        h3 { "What the answer hangs on" }
        @if sensitivity.rows.is_empty() {
            p.missing { "This study did not ask which settings the differences hang on: that takes hundreds of runs. " code { "recirc study leeds/study_uncertain" }
                " asks it of Leeds and the first policy, and a study file may ask it under " code { "[sensitivity]" } "." }
        } @else {
            p.note { "Morris: mu_star is the mean size of a setting's effect over its range, sigma its spread. Sobol: first is the share of the \
                      variance that a setting makes by itself, total with all its interplay." }
            (sensitivity.html("What the differences hang on"))
        }
        h3 { "Whose effect it is" }
        @if attribution.rows.is_empty() {
            p.missing { "This study did not take effects apart by lever or mechanism; a study file may ask for it under " code { "[attribution]" } "." }
        } @else {
            p.note { "lever_shapley: shares of levers, which sum to the whole. lever_alone: by itself. lever_last: lost without it. \
                      mechanism_off: gone when the mechanism is off in both scenarios." }
            (attribution.html("Parts of each difference"))
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

pub fn made(view: &View) -> Markup {
    let manifest = &view.folder.manifest;
    let text = |key: &str| manifest[key].as_str().map_or_else(|| manifest[key].to_string(), str::to_owned);
    let mut about = Table::new(&["what", "value"], 2);
    about.rows = [
        ("Program", format!("recirc {}", text("recirc"))),
        ("City", format!("{}, scale {}", view.city, view.scale)),
        ("Years after burn-in", view.years.to_string()),
        ("Replicates", view.replicates.to_string()),
        ("Seed", text("seed")),
        ("Generator of draws", text("generator")),
        ("Last month", text("last_month")),
        ("Whole", if manifest["complete"] == true { "yes".into() } else { "no: it was interrupted".into() }),
    ]
    .into_iter()
    .map(|(what, value)| vec![what.to_owned(), value])
    .collect();
    let mut hashes = Table::new(&["what", "SHA-256"], 2);
    for one in manifest["resolved_scenarios"].as_array().into_iter().flatten() {
        let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
        hashes.rows.push(vec![format!("scenario {}, as resolved", text("name")), text("sha256")]);
    }
    for (name, hash) in manifest["data"].as_object().into_iter().flatten() {
        hashes.rows.push(vec![name.clone(), hash.as_str().unwrap_or_default().to_owned()]);
    }
    html! {
        p { "Everything on this page comes from the tables in this folder, which the run named below wrote. " code { "recirc reproduce manifest.json" }
            " makes the run again and says whether every table comes out the same." }
        (about.html("The run"))
        details { summary { "Scenarios and data, by their hashes" } (hashes.html("Scenarios and data")) }
        @if let Some(study) = manifest["study"]["toml"].as_str() {
            details { summary { "The study file" } pre tabindex="0" { (study) } }
        }
    }
}
