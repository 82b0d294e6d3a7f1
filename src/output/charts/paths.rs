//! Monthly paths of up to four measures, side by side: reference and policies, or what a policy changes.

use super::numbers::{Numbers, ticks};
use super::page::{LEADING, MARGIN, Page, Side, Style};
use super::{Chart, ink, labels, render};
use crate::output::error::OutputError;
use plotters::style::RGBColor;

#[derive(Clone, Debug, PartialEq)]
pub struct Paths {
    /// A sentence that says what the chart shows.
    pub title: String,
    /// Under the title: what the bands are, and whose paths these are.
    pub note: Option<String>,
    /// The first four are drawn.
    pub panels: Vec<Panel>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    pub title: String,
    /// Such as "£m a month" or "jobs".
    pub unit: String,
    /// "YYYY-MM", one for each value.
    pub months: Vec<String>,
    /// The reference first.
    pub series: Vec<Series>,
    /// The series are differences: zero is in view and marked.
    pub zero_line: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub label: String,
    pub mean: Vec<f64>,
    /// The band around the mean, when there are several replicates.
    pub low: Option<Vec<f64>>,
    pub high: Option<Vec<f64>>,
}

/// One measure under reference and policy, with its paired difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub reference: Series,
    pub policy: Series,
    pub difference: Series,
}

impl Series {
    /// Without a band.
    pub fn new(label: impl Into<String>, mean: Vec<f64>) -> Series {
        Series { label: label.into(), mean, low: None, high: None }
    }
}

/// Two lines closer than this share of the panel's height cannot be told apart.
const APART: f64 = 0.1;

impl Panel {
    /// Both lines when a reader can tell them apart, and otherwise their difference. Over replicates always the difference: the
    /// bands of two levels hold luck that both share, and overlap where the difference is clear.
    pub fn of_pair(title: &str, unit: &str, months: Vec<String>, pair: Pair) -> Panel {
        let (low, high) = range([&pair.reference, &pair.policy].into_iter());
        let apart = pair.difference.mean.iter().fold(0.0, |most: f64, d| most.max(d.abs()));
        let both = pair.difference.low.is_none() && apart > APART * (high - low);
        let (title, series) = if both {
            (title.to_owned(), vec![pair.reference, pair.policy])
        } else {
            (
                format!("{title}: {} minus {}", pair.policy.label, lower(&pair.reference.label)),
                vec![pair.difference],
            )
        };
        // A difference of per cents is no per cent.
        let unit = match unit.strip_prefix('%') {
            Some(of) if !both => format!("percentage points{of}"),
            _ => unit.to_owned(),
        };
        Panel { title, unit, months, series, zero_line: !both }
    }
}

const WIDTH: f64 = 960.0;
const BETWEEN: f64 = 40.0;
const LABELS: f64 = 104.0;

pub fn paths(input: &Paths) -> Result<Chart, OutputError> {
    render::chart(&layout(input)?)
}

pub(super) fn layout(input: &Paths) -> Result<Page, OutputError> {
    let (mut page, mut y) = Page::titled(&input.title, WIDTH)?;
    y = page.note(y, input.note.as_deref());
    y += 18.0;
    let panels = &input.panels[..input.panels.len().min(4)];
    let columns = if panels.len() > 1 { 2 } else { 1 };
    let width = (WIDTH - 2.0 * MARGIN - BETWEEN * (columns - 1) as f64) / columns as f64;
    let plot = if columns == 1 { 300.0 } else { 190.0 };
    for row in panels.chunks(columns) {
        // Plots of a row begin at the same height, below the longest title.
        let head = Style::new(ink::HEAD, ink::TEXT).bold();
        let lines = row.iter().map(|p| page.wrap(&p.title, width, head).len()).max().unwrap_or(1);
        let top = y + lines as f64 * head.size * LEADING + ink::SMALL * LEADING + 12.0;
        for (i, panel) in row.iter().enumerate() {
            let left = MARGIN + i as f64 * (width + BETWEEN);
            let end = page.paragraph((left, y), &panel.title, width, head);
            page.paragraph((left, end), &panel.unit, width, Style::new(ink::SMALL, ink::QUIET));
            draw(&mut page, panel, [left, top, left + width, top + plot]);
        }
        y = top + plot + 46.0;
    }
    page.height = y - 46.0 + 26.0 + MARGIN * 0.6;
    Ok(page)
}

/// Months and values to positions.
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    months: usize,
    low: f64,
    high: f64,
}

impl Frame {
    fn x(&self, month: usize) -> f64 {
        self.left + (self.right - self.left) * month as f64 / (self.months.max(2) - 1) as f64
    }
    fn y(&self, value: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * (value - self.low) / (self.high - self.low)
    }
}

fn draw(page: &mut Page, panel: &Panel, [left, top, right, bottom]: [f64; 4]) {
    let small = Style::new(ink::SMALL, ink::QUIET);
    let (mut low, mut high) = range(panel.series.iter());
    if panel.zero_line {
        (low, high) = (low.min(0.0), high.max(0.0));
    }
    if high - low <= 1e-12 * high.abs() {
        let around = if high == 0.0 { 1.0 } else { high.abs() * 0.05 };
        (low, high) = (low - around, high + around);
    }
    let marks = ticks(low, high, 4);
    let numbers = Numbers::of(&panel.unit, &marks);
    let written: Vec<String> =
        marks.iter().map(|&v| if panel.zero_line { numbers.signed(v) } else { numbers.text(v) }).collect();
    let widest = written.iter().map(|t| page.width_of(t, small)).fold(0.0, f64::max);
    let ends = end_labels(page, panel);
    let room = ends.iter().flat_map(|e| &e.lines).map(|l| page.width_of(l, small.bold())).fold(0.0, f64::max);
    let frame = Frame {
        left: left + widest + 8.0,
        right: right - room - if ends.is_empty() { 4.0 } else { 10.0 },
        top,
        bottom,
        months: panel.months.len(),
        low: marks.first().copied().unwrap_or(low),
        high: marks.last().copied().unwrap_or(high),
    };
    for (&value, text) in marks.iter().zip(&written) {
        let y = frame.y(value);
        let zero = panel.zero_line && value == 0.0;
        let (colour, weight) = if zero { (ink::TEXT, 1.4) } else { (ink::GRID, 1.0) };
        page.line(&[(frame.left, y), (frame.right, y)], colour, weight);
        page.centred((frame.left - 8.0, y), text, small.side(Side::Right));
    }
    years(page, panel, &frame);
    for (i, series) in panel.series.iter().enumerate() {
        band(page, series, &frame, colour(panel, i));
    }
    for (i, series) in panel.series.iter().enumerate() {
        line(page, series, &frame, colour(panel, i));
    }
    place_labels(page, &ends, &frame);
}

fn colour(panel: &Panel, series: usize) -> RGBColor {
    let skip = usize::from(panel.zero_line || panel.series.len() == 1);
    ink::LINES[(series + skip) % ink::LINES.len()]
}

fn years(page: &mut Page, panel: &Panel, frame: &Frame) {
    let style = Style::new(ink::SMALL, ink::QUIET).side(Side::Middle);
    let januaries: Vec<usize> =
        (0..panel.months.len()).filter(|&m| panel.months[m].ends_with("-01")).collect();
    page.line(&[(frame.left, frame.bottom), (frame.right, frame.bottom)], ink::RULE, 1.0);
    let mark = |page: &mut Page, month: usize, text: &str, side: Side| {
        let x = frame.x(month);
        page.line(&[(x, frame.bottom), (x, frame.bottom + 5.0)], ink::RULE, 1.0);
        page.text((x, frame.bottom + 18.0), text, style.side(side));
    };
    if januaries.len() < 2 {
        if let Some(first) = panel.months.first() {
            mark(page, 0, first, Side::Left);
        }
        if let (Some(last), true) = (panel.months.last(), panel.months.len() > 1) {
            mark(page, panel.months.len() - 1, last, Side::Right);
        }
        return;
    }
    let apart = (frame.x(januaries[1]) - frame.x(januaries[0])).max(1.0);
    let every = [1, 2, 5, 10, 20, 50].into_iter().find(|&n| n as f64 * apart >= 44.0).unwrap_or(100);
    for &month in &januaries {
        let year = panel.months[month].trim_end_matches("-01");
        if year.parse::<usize>().is_ok_and(|y| y.is_multiple_of(every)) {
            mark(page, month, year, Side::Middle);
        }
    }
}

fn band(page: &mut Page, series: &Series, frame: &Frame, colour: RGBColor) {
    let (Some(low), Some(high)) = (&series.low, &series.high) else { return };
    let known: Vec<usize> =
        (0..low.len().min(high.len())).filter(|&m| low[m].is_finite() && high[m].is_finite()).collect();
    if known.len() < 2 {
        return;
    }
    let over = known.iter().map(|&m| (frame.x(m), frame.y(high[m])));
    let under = known.iter().rev().map(|&m| (frame.x(m), frame.y(low[m])));
    page.area(over.chain(under).collect(), ink::clear(colour, 0.2));
}

fn line(page: &mut Page, series: &Series, frame: &Frame, colour: RGBColor) {
    // A gap in the values is a gap in the line.
    let points: Vec<(usize, f64)> = series.mean.iter().copied().enumerate().collect();
    for run in points.split(|(_, value)| !value.is_finite()).filter(|run| run.len() > 1) {
        let run: Vec<(f64, f64)> = run.iter().map(|&(m, value)| (frame.x(m), frame.y(value))).collect();
        page.line(&run, colour, 2.0);
    }
}

struct End {
    lines: Vec<String>,
    value: f64,
    colour: RGBColor,
}

/// A label at the end of each line: its name, when there are several, and its last value.
fn end_labels(page: &Page, panel: &Panel) -> Vec<End> {
    let style = Style::new(ink::SMALL, ink::TEXT).bold();
    let lasts = |s: &Series| s.mean.iter().rev().copied().find(|v| v.is_finite());
    let label = |(i, series): (usize, &Series)| {
        let value = lasts(series)?;
        let numbers = Numbers::of_value(&panel.unit, value);
        let written = if panel.zero_line { numbers.signed(value) } else { numbers.text(value) };
        let mut lines =
            if panel.series.len() > 1 { page.wrap(&series.label, LABELS, style) } else { Vec::new() };
        lines.push(written);
        Some(End { lines, value, colour: colour(panel, i) })
    };
    panel.series.iter().enumerate().filter_map(label).collect()
}

fn place_labels(page: &mut Page, ends: &[End], frame: &Frame) {
    let wanted: Vec<f64> = ends.iter().map(|e| frame.y(e.value)).collect();
    let heights: Vec<f64> = ends.iter().map(|e| e.lines.len() as f64 * ink::SMALL * LEADING + 3.0).collect();
    let placed = labels::spread(&wanted, &heights, frame.top - 10.0, frame.bottom + 10.0);
    for (end, y) in ends.iter().zip(placed) {
        let style = Style::new(ink::SMALL, end.colour).bold();
        page.centred_lines((frame.right + 8.0, y), &end.lines, style);
    }
}

fn range<'a>(series: impl Iterator<Item = &'a Series>) -> (f64, f64) {
    let all = series.flat_map(|s| s.mean.iter().chain(s.low.iter().flatten()).chain(s.high.iter().flatten()));
    let (low, high) = all
        .filter(|v| v.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &v| (low.min(v), high.max(v)));
    if low <= high { (low, high) } else { (0.0, 0.0) }
}

/// A label in the middle of a sentence.
fn lower(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().collect::<String>() + letters.as_str())
}
