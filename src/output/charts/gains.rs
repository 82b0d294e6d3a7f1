//! Who gains: household income by decile, in pounds and in per cent.

use super::numbers::{Numbers, ticks};
use super::page::{LEADING, MARGIN, Page, Side, Style};
use super::{Chart, ink, render};
use crate::output::error::OutputError;

#[derive(Clone, Debug, PartialEq)]
pub struct GainsByDecile {
    /// A sentence that says what the chart shows.
    pub title: String,
    /// Under the title, such as what the lines through the bars' ends are.
    pub note: Option<String>,
    /// Poorest first.
    pub deciles: Vec<Gain>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// Such as "1 (lowest incomes)".
    pub label: String,
    /// A household a year; not a number where there are no households.
    pub pounds: f64,
    pub percent: f64,
    /// Intervals, low and high, when there are several replicates.
    pub pounds_range: Option<(f64, f64)>,
    pub percent_range: Option<(f64, f64)>,
}

/// Instead of a bar.
const NOBODY: &str = "no households";
const HEADING: &str = "Income decile";
const WIDTH: f64 = 960.0;
const ROW: f64 = 30.0;
const BAR: f64 = 18.0;
const LABELS: f64 = 150.0;
const BETWEEN: f64 = 34.0;

/// One bar: its length and its interval.
type Bar = (f64, Option<(f64, f64)>);

pub fn gains_by_decile(input: &GainsByDecile) -> Result<Chart, OutputError> {
    render::chart(&layout(input)?)
}

pub(super) fn layout(input: &GainsByDecile) -> Result<Page, OutputError> {
    let (mut page, mut y) = Page::titled(&input.title, WIDTH)?;
    let grey = input.deciles.iter().any(|gain| unclear(gain.pounds_range) || unclear(gain.percent_range));
    let grey = if grey { " The interval of a grey bar holds zero." } else { "" };
    let note = input.note.as_ref().map(|note| format!("{note}{grey}"));
    y = page.note(y, note.as_deref());
    let head = Style::new(ink::HEAD, ink::TEXT).bold();
    let body = Style::new(ink::BODY, ink::TEXT);
    let heading = page.width_of(HEADING, head) + 1.0;
    let labels =
        input.deciles.iter().map(|g| page.width_of(&g.label, body)).fold(heading, f64::max).min(LABELS);
    let left = MARGIN + labels + 14.0;
    let width = (WIDTH - MARGIN - left - BETWEEN) / 2.0;
    let top = y + 18.0 + head.size * LEADING + 12.0;
    page.paragraph((MARGIN, y + 18.0), HEADING, labels, head);
    for (i, gain) in input.deciles.iter().enumerate() {
        let lines = page.wrap(&gain.label, labels, body);
        page.centred_lines((MARGIN, top + ROW * (i as f64 + 0.5)), &lines, body);
    }
    let pounds: Vec<Bar> = input.deciles.iter().map(|g| (g.pounds, g.pounds_range)).collect();
    let percent: Vec<Bar> = input.deciles.iter().map(|g| (g.percent, g.percent_range)).collect();
    let panels = [("£ a household a year", "£", pounds), ("% of disposable income", "%", percent)];
    for (i, (title, unit, bars)) in panels.iter().enumerate() {
        let from = left + i as f64 * (width + BETWEEN);
        page.paragraph((from, y + 18.0), title, width, head);
        panel(&mut page, unit, bars, [from, top, from + width]);
    }
    page.height = top + ROW * input.deciles.len() as f64 + 30.0 + MARGIN * 0.6;
    Ok(page)
}

fn panel(page: &mut Page, unit: &str, bars: &[Bar], [left, top, right]: [f64; 3]) {
    let small = Style::new(ink::SMALL, ink::QUIET);
    let figure = Style::new(ink::BODY, ink::TEXT).bold();
    let ends: Vec<f64> = bars.iter().flat_map(|&(v, range)| [v, low(v, range), high(v, range)]).collect();
    let (least, most) = ends.iter().fold((0.0, 0.0), |(l, h): (f64, f64), &v| (l.min(v), h.max(v)));
    let marks = ticks(least, if most > least { most } else { least + 1.0 }, 4);
    let (first, last) = (marks[0], marks[marks.len() - 1]);
    let typical = bars.iter().fold(0.0, |most: f64, b| most.max(b.0.abs()));
    let values = Numbers::of_value(unit, typical);
    let written: Vec<String> =
        bars.iter().map(|b| if b.0.is_nan() { String::new() } else { values.signed(b.0) }).collect();

    // Room for the figures beyond the longest bars, on each side that has bars.
    let nobody = if bars.iter().any(|b| b.0.is_nan()) { page.width_of(NOBODY, small) } else { 0.0 };
    let wide = written.iter().map(|t| page.width_of(t, figure)).fold(nobody, f64::max) + 8.0;
    let pad_left = if bars.iter().any(|b| b.0 < 0.0) { wide } else { 6.0 };
    let (from, to) = (left + pad_left, right - wide);
    let x = |value: f64| from + (to - from) * (value - first) / (last - first);
    let bottom = top + ROW * bars.len() as f64;
    let numbers = Numbers::of(unit, &marks);
    for &mark in &marks {
        let zero = mark == 0.0;
        if !zero {
            page.line(&[(x(mark), top), (x(mark), bottom + 4.0)], ink::GRID, 1.0);
        }
        page.text((x(mark), bottom + 18.0), &numbers.signed(mark), small.side(Side::Middle));
    }
    for (i, (&(value, range), text)) in bars.iter().zip(&written).enumerate() {
        let y = top + ROW * (i as f64 + 0.5);
        if value.is_nan() {
            page.centred((x(0.0) + 6.0, y), NOBODY, small);
            continue;
        }
        let colour = match value < 0.0 {
            _ if unclear(range) => ink::UNCLEAR,
            true => ink::LOSS,
            false => ink::GAIN,
        };
        let (a, b) = (x(value.min(0.0)), x(value.max(0.0)));
        page.block([a, y - BAR / 2.0, b - a, BAR], colour);
        if let Some((low, high)) = range {
            whisker(page, (x(low), x(high)), y);
        }
        let at = if value < 0.0 { (x(low(value, range)) - 6.0, y) } else { (x(high(value, range)) + 6.0, y) };
        let side = if value < 0.0 { Side::Right } else { Side::Left };
        page.centred(at, text, figure.side(side));
    }
    page.line(&[(x(0.0), top), (x(0.0), bottom + 4.0)], ink::TEXT, 1.4);
}

fn whisker(page: &mut Page, (from, to): (f64, f64), y: f64) {
    page.line(&[(from, y), (to, y)], ink::TEXT, 1.5);
    for end in [from, to] {
        page.line(&[(end, y - 4.5), (end, y + 4.5)], ink::TEXT, 1.5);
    }
}

/// Whether an interval holds zero.
fn unclear(range: Option<(f64, f64)>) -> bool {
    range.is_some_and(|(low, high)| low <= 0.0 && high >= 0.0)
}

fn low(value: f64, range: Option<(f64, f64)>) -> f64 {
    range.map_or(value, |(low, _)| low.min(value))
}

fn high(value: f64, range: Option<(f64, f64)>) -> f64 {
    range.map_or(value, |(_, high)| high.max(value))
}
