//! The charts of a study, from its tables and differences: `charts/NAME.svg` and `.png`. Of each policy, and of the
//! reference, where a pound goes; of each policy its paths, who gains by tenth, and wards; of all of them the rest.

mod by_metric;
mod by_table;

use super::charts::{self, Chart, MOST};
use super::error::OutputError;
use super::figures::{LEAKS, LOCAL};
use super::folder::{RunFolder, folder_name};
use super::study::Against;
use crate::measure::metrics::Entry;
use crate::measure::paired::Paired;
use crate::measure::table::{Cell, Table};
use rayon::prelude::*;

/// What charts of a study are made of.
pub struct Pictured<'a> {
    pub city: &'a str,
    pub replicates: u16,
    pub metrics: &'a [Entry],
    pub against: &'a [Against],
    pub tables: &'a [Table],
}

type Drawn = Result<(String, Chart), OutputError>;
type Work<'a> = Box<dyn Fn() -> Drawn + Sync + Send + 'a>;

/// Draw them, several at once, and write them in order.
pub fn write(folder: &mut RunFolder, of: &Pictured) -> Result<(), OutputError> {
    let mut work: Vec<Work> = Vec::new();
    let mut shown: Vec<&str> = of.against.iter().map(|one| one.reference.as_str()).collect();
    shown.dedup();
    shown.extend(of.against.iter().map(|one| one.scenario.as_str()));
    for name in shown.into_iter().take(MOST) {
        work.push(Box::new(move || named("pound_by_round", name, charts::pound_by_round(&of.pound(name)))));
    }
    for one in of.against.iter().take(MOST - 1) {
        work.push(Box::new(move || named("paths", &one.scenario, charts::paths(&of.paths(one)))));
        if let Some(gains) = of.gains(one) {
            work.push(Box::new(move || {
                named("gains_by_decile", &one.scenario, charts::gains_by_decile(&gains))
            }));
        }
        if let Some(tiles) = of.tiles(one) {
            work.push(Box::new(move || named("wards", &one.scenario, charts::tiles(&tiles))));
        }
    }
    if !of.against.is_empty() {
        let leaks = LEAKS.map(|(id, channel)| (id, channel.label()));
        let title = format!("By which way the pounds of the anchors leave {}, under each scenario", of.city);
        let pence = "Pence of each pound, all rounds together.";
        work.push(Box::new(move || {
            let dots = of.side_by_side((title.clone(), pence), "pence", &leaks);
            Ok(("leakage".into(), charts::dots(&dots)?))
        }));
        let title = "How local the awards are under eight definitions of local, under each scenario";
        let share = "Share of the value of awards; the last is pounds re-spent in the city for each hundred of the winners' turnover.";
        work.push(Box::new(move || {
            let dots = of.side_by_side((title.to_owned(), share), "%", &LOCAL);
            Ok(("local_definitions".into(), charts::dots(&dots)?))
        }));
        if let Some(frontier) = of.frontier() {
            work.push(Box::new(move || Ok(("frontier".into(), charts::frontier(&frontier)?))));
        }
    }
    let drawn: Vec<Drawn> = work.par_iter().map(|draw| draw()).collect();
    for chart in drawn {
        let (name, chart) = chart?;
        chart.write(folder, &format!("charts/{name}"))?;
    }
    Ok(())
}

fn named(what: &str, scenario: &str, chart: Result<Chart, OutputError>) -> Drawn {
    Ok((format!("{what}_{}", folder_name(scenario).replace('-', "_")), chart?))
}

/// A row of a table by the names of its columns.
struct Row<'a>(&'a Table, &'a [Cell]);

impl<'a> Row<'a> {
    fn cell(&self, column: &str) -> &'a Cell {
        self.0.position(column).map_or(&Cell::Empty, |at| &self.1[at])
    }
    fn text(&self, column: &str) -> &'a str {
        if let Cell::Text(text) = self.cell(column) { text } else { "" }
    }
    fn number(&self, column: &str) -> f64 {
        if let Cell::Real(x, _) = self.cell(column) { *x } else { f64::NAN }
    }
    fn range(&self, low: &str, high: &str) -> Option<(f64, f64)> {
        let ends = (self.number(low), self.number(high));
        (ends.0.is_finite() && ends.1.is_finite()).then_some(ends)
    }
}

impl Pictured<'_> {
    fn rows<'a>(&'a self, table: &str, scenario: &'a str) -> impl Iterator<Item = Row<'a>> {
        let table = self.tables.iter().find(|of| of.name == table);
        let rows = table.into_iter().flat_map(|of| of.rows.iter().map(move |row| Row(of, row)));
        rows.filter(move |row| row.text("scenario") == scenario)
    }

    fn luck(&self, marks: &str) -> String {
        match self.replicates {
            1 => "One replicate: one draw of luck, no interval.".to_owned(),
            n => format!("{marks} are 95% intervals of the mean of {n} replicates."),
        }
    }

    fn of<'a>(&self, one: &'a Against, metric: &str) -> Option<&'a Paired> {
        self.metrics.iter().position(|entry| entry.id == metric).map(|at| &one.of[at])
    }
}
