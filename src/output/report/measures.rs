//! The multiplier, gross and net, side by side: what the folder has, and which command gives the rest.

use super::data;
use super::parts::Table;
use super::view::View;
use super::words::number;
use crate::measure::net::{NetPicture, Pound};
use maud::{Markup, html};

/// A row a measure: its value in each scenario that is shown, and what it counts and does not.
pub fn side_by_side(view: &View) -> Markup {
    let shown: Vec<_> = data::shown(view).collect();
    let value =
        |name: &str, gaps: Option<f64>, metric: &str| gaps.or_else(|| data::level(view, name, metric));
    // Runs and comparisons have the flow matrix's in their summaries; a study keeps none.
    let summary = &view.folder.summary;
    let matrix = |name: &str, id: &str| {
        let mut all = summary["scenarios"].as_array().into_iter().flatten();
        let of = all.find(|of| of["scenario"].as_str() == Some(name));
        of.unwrap_or(summary)["multipliers"][id]["value"].as_f64()
    };
    let pictures: Vec<NetPicture> = shown
        .iter()
        .map(|of| NetPicture {
            pound: Pound::Study,
            lm3: value(&of.name, of.gaps.get("lm3").map(|gap| gap.policy), "lm3"),
            lm_infinity: value(&of.name, of.gaps.get("lm_infinity").map(|gap| gap.policy), "lm_infinity"),
            type_i: matrix(&of.name, "type_i"),
            type_ii: matrix(&of.name, "type_ii"),
            ..NetPicture::default()
        })
        .collect();
    if pictures.iter().all(|of| of.lm3.is_none()) {
        return html! {};
    }
    let names: Vec<&str> = shown.iter().map(|of| of.name.as_str()).collect();
    let columns: Vec<&str> =
        ["measure"].into_iter().chain(names).chain(["what it counts, and what it does not"]).collect();
    let mut table = Table::new(&columns, columns.len());
    let rows: Vec<_> = pictures.iter().map(NetPicture::rows).collect();
    for (k, first) in rows.first().into_iter().flatten().enumerate() {
        let missing = rows.iter().all(|of| of[k].value.is_none());
        let told =
            if missing { format!("{}. {}", first.missing, first.counts) } else { first.counts.clone() };
        let cells = rows.iter().map(|of| of[k].value.map_or_else(|| "–".to_owned(), |x| number(x, 2)));
        table.rows.push([first.name.to_owned()].into_iter().chain(cells).chain([told]).collect());
    }
    table.html("The multiplier, gross and net, per pound")
}
