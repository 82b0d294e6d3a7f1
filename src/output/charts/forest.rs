//! Policy differences with their intervals: a point and a line for each scenario, a panel for each metric.

use super::numbers::{Numbers, ticks};
use super::page::{LEADING, MARGIN, Page, Side, Style};
use super::{Chart, ink, render};
use crate::output::error::OutputError;

#[derive(Clone, Debug, PartialEq)]
pub struct Forest {
    /// A sentence that says what the chart shows.
    pub title: String,
    pub note: Option<String>,
    pub panels: Vec<ForestPanel>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ForestPanel {
    /// What is measured, with its unit.
    pub title: String,
    pub unit: String,
    pub rows: Vec<ForestRow>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ForestRow {
    pub label: String,
    pub value: f64,
    /// The 95% interval, when there are several replicates.
    pub range: Option<(f64, f64)>,
}

const WIDTH: f64 = 960.0;
const ROW: f64 = 27.0;
const LABELS: f64 = 250.0;
const FIGURES: f64 = 222.0;
const POINT: f64 = 9.0;
const BETWEEN: f64 = 22.0;

pub fn forest(input: &Forest) -> Result<Chart, OutputError> {
    render::chart(&layout(input)?)
}

pub(super) fn layout(input: &Forest) -> Result<Page, OutputError> {
    let (mut page, mut y) = Page::titled(&input.title, WIDTH)?;
    y = page.note(y, input.note.as_deref());
    let head = Style::new(ink::HEAD, ink::TEXT).bold();
    let body = Style::new(ink::BODY, ink::TEXT);
    let rows = || input.panels.iter().flat_map(|panel| &panel.rows);
    let labels = rows().map(|row| page.width_of(&row.label, body)).fold(60.0, f64::max).min(LABELS);
    let left = MARGIN + labels + 34.0;
    for panel in &input.panels {
        let top = page.paragraph((MARGIN, y + BETWEEN), &panel.title, WIDTH - 2.0 * MARGIN, head) + 8.0;
        for (i, row) in panel.rows.iter().enumerate() {
            let lines = page.wrap(&row.label, labels, body);
            // A label of several lines is cut to the one there is room for.
            page.centred_lines((MARGIN, middle(top, i)), &lines[..lines.len().min(1)], body);
        }
        plot(&mut page, panel, [left, top, WIDTH - MARGIN - FIGURES]);
        y = top + ROW * panel.rows.len() as f64 + ink::SMALL * LEADING + 8.0;
    }
    page.height = y + MARGIN * 0.8;
    Ok(page)
}

fn middle(top: f64, row: usize) -> f64 {
    top + ROW * (row as f64 + 0.5)
}

fn plot(page: &mut Page, panel: &ForestPanel, [left, top, right]: [f64; 3]) {
    let ends = panel.rows.iter().flat_map(|row| {
        let (low, high) = row.range.unwrap_or((row.value, row.value));
        [row.value, low, high]
    });
    let (least, most) = ends.fold((0.0, 0.0), |(l, h): (f64, f64), v| (l.min(v), h.max(v)));
    let marks = ticks(least, if most > least { most } else { least + 1.0 }, 5);
    let (first, last) = (marks[0], marks[marks.len() - 1]);
    let x = |value: f64| left + (right - left) * (value - first) / (last - first);
    let bottom = top + ROW * panel.rows.len() as f64;
    let numbers = Numbers::of(&panel.unit, &marks);
    let small = Style::new(ink::SMALL, ink::QUIET).side(Side::Middle);
    for &mark in &marks {
        let (colour, width) = if mark == 0.0 { (ink::RULE, 1.4) } else { (ink::GRID, 1.0) };
        page.line(&[(x(mark), top), (x(mark), bottom)], colour, width);
        page.text((x(mark), bottom + 14.0), &numbers.signed(mark), small);
    }
    let typical = panel.rows.iter().fold(0.0, |most: f64, row| most.max(row.value.abs()));
    let values = Numbers::of_value(&panel.unit, typical);
    for (i, row) in panel.rows.iter().enumerate() {
        let y = middle(top, i);
        let clear = row.range.is_some_and(|(low, high)| low > 0.0 || high < 0.0);
        // An interval that holds zero is told in grey.
        let colour = if clear { ink::CITY } else { ink::QUIET };
        if let Some((low, high)) = row.range {
            page.line(&[(x(low), y), (x(high), y)], colour, 2.0);
            for end in [low, high] {
                page.line(&[(x(end), y - 4.5), (x(end), y + 4.5)], colour, 2.0);
            }
        }
        page.block([x(row.value) - POINT / 2.0, y - POINT / 2.0, POINT, POINT], colour);
        let told = match row.range {
            Some((low, high)) => {
                format!("{} ({} to {})", values.signed(row.value), values.signed(low), values.signed(high))
            }
            None => values.signed(row.value),
        };
        let weight =
            if clear { Style::new(ink::BODY, ink::TEXT).bold() } else { Style::new(ink::BODY, ink::TEXT) };
        page.centred((right + 28.0, y), &told, weight);
    }
}
