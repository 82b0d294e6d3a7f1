//! The report's sections on who gains and loses, and on how it was made.

use super::folder::Row;
use super::parts::{Figure, Table, lacks, list};
use super::sections::change;
use super::view::{Gap, Of, Verdict, View};
use super::words::{ELSEWHERE, capital, sentences};
use maud::{Markup, html};

fn gap(row: &Row, view: &View) -> Option<Gap> {
    let difference = row.number("difference")?;
    let policy = row.number("value")?;
    let interval = view.interval(row, "low", "high");
    let (replicates, certain) = (view.replicates, view.town);
    Some(Gap { reference: policy - difference, policy, difference, interval, replicates, certain })
}

fn gains<'a>(view: &'a View, by: &'a str, measure: &'a str) -> impl Iterator<Item = (Row<'a>, Gap)> + 'a {
    let rows = view.folder.table("gains").into_iter().flat_map(|table| table.iter());
    let rows = rows.filter(move |row| row.text("broken_down_by") == by && row.text("measure") == measure);
    rows.filter_map(|row| Some((row, gap(&row, view)?)))
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
    if view.replicates < 2 || view.town {
        let up = gaps.iter().filter(|gap| gap.difference > 0.0).count();
        let (luck, interval) = match view.town {
            true => ("", ""),
            false => ("in this one draw of luck ", "; one replicate, so no interval"),
        };
        return Some(format!(
            "{}: {luck}income is higher in {up} of {} {members}{interval}.",
            capital(&of.name),
            gaps.len()
        ));
    }
    let count = |way: Verdict| gaps.iter().filter(|gap| gap.verdict() == way).count();
    let (up, down) = (count(Verdict::More), count(Verdict::Less));
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
            note: if view.replicates > 1 && !view.town {
                "Tenths by income at the start, 1 the poorest. Lines are 95% intervals; grey where they hold zero."
            } else {
                "Tenths by income at the start, 1 the poorest."
            },
            table: table(view, "decile"),
        }.html(&missing))
        h3 { "Neighbours and the nation" }
        p.note { "What an award brings to the city its former winner's zone loses. Net receipts from the city; central government's are taxes \
                  less what it pays into the city." }
        @for of in view.policies() { h4 { (capital(&of.name)) } (list(&sentences(view, of, &ELSEWHERE))) }
        @if view.policies().next().is_none() { p.missing { (lacks("comparison with a reference (comparison.csv)")) } }
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
