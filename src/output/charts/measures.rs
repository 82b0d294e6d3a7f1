//! The same pound by several measures: a bar each, with its interval and what it counts.

use super::numbers::ticks;
use super::page::{LEADING, MARGIN, Page, Side, Style};
use super::{Chart, ink, render};
use crate::output::error::OutputError;

#[derive(Clone, Debug, PartialEq)]
pub struct Measures {
    /// A sentence that says what the chart shows.
    pub title: String,
    pub note: Option<String>,
    pub rows: Vec<Measured>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    pub label: String,
    /// Pounds per pound; none where it was not measured.
    pub value: Option<f64>,
    pub range: Option<(f64, f64)>,
    /// What it counts and does not.
    pub counts: String,
}

const WIDTH: f64 = 960.0;
const LABELS: f64 = 190.0;
const BAR: f64 = 20.0;
/// Room for the figure at the end of a bar.
const FIGURE: f64 = 150.0;

pub fn measures(input: &Measures) -> Result<Chart, OutputError> {
    render::chart(&layout(input)?)
}

pub(super) fn layout(input: &Measures) -> Result<Page, OutputError> {
    let (mut page, mut y) = Page::titled(&input.title, WIDTH)?;
    y = page.note(y, input.note.as_deref()) + 16.0;
    let (left, right) = (MARGIN + LABELS, WIDTH - MARGIN - FIGURE);
    let ends = input.rows.iter().flat_map(|row| {
        let value = row.value.unwrap_or(0.0);
        let (low, high) = row.range.unwrap_or((value, value));
        [value, low, high]
    });
    let (least, most) = ends.fold((0.0, 1.0), |(l, h): (f64, f64), v| (l.min(v), h.max(v)));
    let marks = ticks(least, most, 5);
    let (first, last) = (marks[0], marks[marks.len() - 1]);
    let x = |value: f64| left + (right - left) * (value - first) / (last - first);
    let body = Style::new(ink::BODY, ink::TEXT);
    let small = Style::new(ink::SMALL, ink::QUIET);
    for row in &input.rows {
        let middle = y + BAR / 2.0;
        for &mark in &marks {
            let (colour, width) = if mark == 0.0 { (ink::RULE, 1.4) } else { (ink::GRID, 1.0) };
            page.line(&[(x(mark), y - 5.0), (x(mark), y + BAR + 2.0)], colour, width);
        }
        let lines = page.wrap(&row.label, LABELS - 14.0, body.bold());
        page.centred_lines((MARGIN, middle), &lines, body.bold());
        match row.value {
            Some(value) => {
                page.block([x(value.min(0.0)), y, (x(value.abs()) - x(0.0)).abs(), BAR], ink::GAIN);
                let mut end = value.max(0.0);
                let mut text = format!("£{value:.2}");
                if let Some((low, high)) = row.range {
                    page.line(&[(x(low), middle), (x(high), middle)], ink::TEXT, 1.6);
                    for cap in [low, high] {
                        page.line(&[(x(cap), middle - 4.5), (x(cap), middle + 4.5)], ink::TEXT, 1.6);
                    }
                    text = format!("£{value:.2} ({low:.2} to {high:.2})");
                    end = end.max(high);
                }
                page.centred((x(end) + 8.0, middle), &text, body.bold());
            }
            None => page.centred((x(0.0) + 8.0, middle), "not from this input", body),
        }
        let under = page.paragraph((left, y + BAR + 3.0), &row.counts, WIDTH - MARGIN - left, small);
        y = under + 12.0;
    }
    for &mark in &marks {
        page.text((x(mark), y + 10.0), &format!("£{mark}"), small.side(Side::Middle));
    }
    page.height = y + ink::SMALL * LEADING + MARGIN * 0.8;
    Ok(page)
}
