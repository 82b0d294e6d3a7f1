//! Figures of several scenarios side by side: a row a figure, a mark a scenario, a line for its interval.

use super::numbers::{Numbers, ticks};
use super::page::{MARGIN, Page, Side, Style};
use super::{Chart, ink, marker, render};
use crate::output::error::OutputError;

#[derive(Clone, Debug, PartialEq)]
pub struct Dots {
    /// A sentence that says what the chart shows.
    pub title: String,
    pub note: Option<String>,
    /// Such as "p" or "%".
    pub unit: String,
    /// The reference first; as many as there are marks for.
    pub scenarios: Vec<String>,
    pub rows: Vec<DotRow>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DotRow {
    pub label: String,
    /// Of each scenario its value, and its interval where there are several replicates.
    pub values: Vec<(f64, Option<(f64, f64)>)>,
}

const WIDTH: f64 = 960.0;
const LABELS: f64 = 210.0;
const STEP: f64 = 13.0;

pub fn dots(input: &Dots) -> Result<Chart, OutputError> {
    render::chart(&layout(input)?)
}

pub(super) fn layout(input: &Dots) -> Result<Page, OutputError> {
    let (mut page, mut y) = Page::titled(&input.title, WIDTH)?;
    y = page.note(y, input.note.as_deref());
    let top = marker::key(&mut page, &input.scenarios, y + 14.0) + 6.0;
    let body = Style::new(ink::BODY, ink::TEXT);
    let small = Style::new(ink::SMALL, ink::QUIET);
    let labels =
        input.rows.iter().map(|row| page.width_of(&row.label, body)).fold(60.0, f64::max).min(LABELS);
    let (left, right) = (MARGIN + labels + 18.0, WIDTH - MARGIN - 60.0);
    let ends = input.rows.iter().flat_map(|row| &row.values).flat_map(|(value, range)| {
        let (low, high) = range.unwrap_or((*value, *value));
        [*value, low, high]
    });
    let (least, most) =
        ends.filter(|x| x.is_finite()).fold((0.0, 0.0), |(l, h): (f64, f64), x| (l.min(x), h.max(x)));
    let marks = ticks(least, if most > least { most } else { least + 1.0 }, 6);
    let (first, last) = (marks[0], marks[marks.len() - 1]);
    let x = |value: f64| left + (right - left) * (value - first) / (last - first).max(1e-12);
    let deep = STEP * input.scenarios.len() as f64 + 10.0;
    let bottom = top + deep * input.rows.len() as f64;
    let numbers = Numbers::of(&input.unit, &marks);
    for &value in &marks {
        page.line(&[(x(value), top), (x(value), bottom + 4.0)], ink::GRID, 1.0);
        page.text((x(value), bottom + 18.0), &numbers.text(value), small.side(Side::Middle));
    }
    for (r, row) in input.rows.iter().enumerate() {
        let head = top + deep * r as f64;
        if r > 0 {
            page.line(&[(MARGIN, head), (right, head)], ink::GRID, 1.0);
        }
        let lines = page.wrap(&row.label, labels, body);
        page.centred_lines((MARGIN, head + deep / 2.0), &lines, body);
        for (i, (value, range)) in row.values.iter().enumerate().filter(|(_, (value, _))| value.is_finite()) {
            let at = head + 5.0 + STEP * (i as f64 + 0.5);
            let mut beyond = x(*value);
            if let Some((low, high)) = range {
                page.line(&[(x(*low), at), (x(*high), at)], marker::colour(i), 1.6);
                beyond = beyond.max(x(*high));
            }
            marker::mark(&mut page, (x(*value), at), 8.0, i);
            let told = Numbers::of_value(&input.unit, *value).text(*value);
            page.centred((beyond + 9.0, at), &told, Style::new(ink::SMALL, ink::TEXT));
        }
    }
    page.line(&[(x(0.0), top), (x(0.0), bottom + 4.0)], ink::TEXT, 1.2);
    page.height = bottom + 26.0 + MARGIN * 0.6;
    Ok(page)
}
