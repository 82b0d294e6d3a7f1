//! Policy differences with their intervals: a point and a line for each scenario, a panel for each metric.

use super::numbers::{Numbers, ticks};
use super::page::{LEADING, MARGIN, Page, Side, Style};
use super::{Chart, ink, render};
use crate::output::error::OutputError;
use crate::output::places::in_words;

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
    /// It hangs on the scale of the simulation, so that no interval makes it clear.
    pub hangs_on_scale: bool,
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
const POINT: f64 = 9.0;
const BETWEEN: f64 = 22.0;
/// Between the plot and its figures.
const GAP: f64 = 28.0;

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
    let lines = rows().map(|row| page.wrap(&row.label, labels, body).len()).max().unwrap_or(1);
    let deep = ROW.max(lines as f64 * body.size * LEADING + 8.0);
    // Room for the longest figures at the right.
    let bold = body.bold();
    let texts = || input.panels.iter().flat_map(figures);
    let wide = texts().map(|text| page.width_of(&text, bold)).fold(0.0, f64::max);
    let right = WIDTH - MARGIN - wide - GAP;
    for panel in &input.panels {
        let top = page.paragraph((MARGIN, y + BETWEEN), &panel.title, WIDTH - 2.0 * MARGIN, head) + 8.0;
        for (i, row) in panel.rows.iter().enumerate() {
            let lines = page.wrap(&row.label, labels, body);
            page.centred_lines((MARGIN, middle(top, i, deep)), &lines, body);
        }
        plot(&mut page, panel, deep, [left, top, right]);
        y = top + deep * panel.rows.len() as f64 + ink::SMALL * LEADING + 8.0;
    }
    page.height = y + MARGIN * 0.8;
    Ok(page)
}

/// What is written beside each row.
fn figures(panel: &ForestPanel) -> Vec<String> {
    let (low, high) = ends(panel);
    let typical = high.max(-low);
    let values = Numbers::of_value(&panel.unit, typical);
    let told = |row: &ForestRow| match row.range {
        Some((low, high)) => {
            let values = values.of_ends(low, high);
            let [mean, from, to] = [row.value, low, high].map(|x| values.signed(x));
            if from == to {
                format!("{mean} ({})", in_words((low, high)))
            } else {
                format!("{mean} ({from} to {to})")
            }
        }
        None => values.signed(row.value),
    };
    panel.rows.iter().map(told).collect()
}

/// The least and the most that a panel shows, nought with it.
fn ends(panel: &ForestPanel) -> (f64, f64) {
    let all = panel.rows.iter().flat_map(|row| {
        let (low, high) = row.range.unwrap_or((row.value, row.value));
        [row.value, low, high]
    });
    all.fold((0.0, 0.0), |(least, most), end| (least.min(end), most.max(end)))
}

/// The height at which a row stands, rows being this deep.
fn middle(top: f64, row: usize, deep: f64) -> f64 {
    top + deep * (row as f64 + 0.5)
}

fn plot(page: &mut Page, panel: &ForestPanel, deep: f64, [left, top, right]: [f64; 3]) {
    let (least, most) = ends(panel);
    let most = if most > least { most } else { least + 1.0 };
    let small = Style::new(ink::SMALL, ink::QUIET).side(Side::Middle);
    // As many marks as their numbers have room for.
    let fits = |marks: &Vec<f64>| {
        let numbers = Numbers::of(&panel.unit, marks);
        let wide = marks.iter().map(|m| page.width_of(&numbers.signed(*m), small)).fold(0.0, f64::max);
        (wide + 10.0) * (marks.len() - 1) as f64 <= right - left
    };
    let marks = [5, 4, 3, 2].into_iter().map(|wanted| ticks(least, most, wanted)).find(fits);
    let marks = marks.unwrap_or_else(|| ticks(least, most, 1));
    let (first, last) = (marks[0], marks[marks.len() - 1]);
    let x = |value: f64| left + (right - left) * (value - first) / (last - first);
    let bottom = top + deep * panel.rows.len() as f64;
    let numbers = Numbers::of(&panel.unit, &marks);
    for &mark in &marks {
        let (colour, width) = if mark == 0.0 { (ink::RULE, 1.4) } else { (ink::GRID, 1.0) };
        page.line(&[(x(mark), top), (x(mark), bottom)], colour, width);
        page.text((x(mark), bottom + 14.0), &numbers.signed(mark), small);
    }
    let figures = figures(panel);
    for (i, row) in panel.rows.iter().enumerate() {
        let y = middle(top, i, deep);
        let holds_zero = row.range.is_none_or(|(low, high)| low <= 0.0 && high >= 0.0);
        let clear = !holds_zero && !panel.hangs_on_scale;
        // What is not clear is told in grey.
        let colour = if clear { ink::CITY } else { ink::QUIET };
        if let Some((low, high)) = row.range {
            page.line(&[(x(low), y), (x(high), y)], colour, 2.0);
            for end in [low, high] {
                page.line(&[(x(end), y - 4.5), (x(end), y + 4.5)], colour, 2.0);
            }
        }
        page.block([x(row.value) - POINT / 2.0, y - POINT / 2.0, POINT, POINT], colour);
        let weight =
            if clear { Style::new(ink::BODY, ink::TEXT).bold() } else { Style::new(ink::BODY, ink::TEXT) };
        page.centred((right + GAP, y), &figures[i], weight);
    }
}
