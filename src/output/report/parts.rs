//! What sections of the report are made of.

use maud::{Markup, html};

/// A chart with the table behind it.
pub struct Figure<'a> {
    /// Name of the chart in the page's script.
    pub chart: &'a str,
    pub title: &'a str,
    pub note: &'a str,
    pub table: Table,
}

/// A table of the page: text in the first columns, figures in the others.
#[derive(Default)]
pub struct Table {
    pub columns: Vec<String>,
    /// How many of the columns are text.
    pub texts: usize,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(columns: &[&str], texts: usize) -> Table {
        Table { columns: columns.iter().map(|c| (*c).to_owned()).collect(), texts, rows: Vec::new() }
    }

    pub fn html(&self, caption: &str) -> Markup {
        html! {
            div.scroll tabindex="0" role="region" aria-label=(caption) {
                table {
                    caption { (caption) }
                    thead { tr { @for (i, column) in self.columns.iter().enumerate() {
                        th scope="col" class=[(i >= self.texts).then_some("figure")] { (column) }
                    } } }
                    tbody { @for row in &self.rows { tr { @for (i, cell) in row.iter().enumerate() {
                        @if i == 0 { th scope="row" { (cell) } }
                        @else { td class=[(i >= self.texts).then_some("figure")] { (cell) } }
                    } } } }
                }
            }
        }
    }
}

impl Figure<'_> {
    /// The chart, drawn by the page's script, and its table; or a sentence when the folder lacks the table.
    pub fn html(&self, missing: &str) -> Markup {
        let id = format!("figure-{}", self.chart);
        html! {
            figure aria-labelledby=(id) {
                figcaption { h3 id=(id) { (self.title) } @if !self.note.is_empty() { p.note { (self.note) } } }
                @if self.table.rows.is_empty() { p.missing { (missing) } }
                @else {
                    div data-chart=(self.chart) data-label=(self.title) {}
                    details { summary { "The table behind this chart" } (self.table.html(self.title)) }
                }
            }
        }
    }
}

/// Sentences as a list.
pub fn list(sentences: &[String]) -> Markup {
    html! { ul { @for sentence in sentences { li { (sentence) } } } }
}

/// What is said where the folder lacks a table.
pub fn lacks(table: &str) -> String {
    format!("This folder of results has no {table}, so there is nothing to show here.")
}
