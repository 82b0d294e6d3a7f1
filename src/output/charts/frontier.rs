//! What a policy brings against what it costs: a point a policy, with the intervals of both.

use super::numbers::{Numbers, ticks};
use super::page::{MARGIN, Page, Side, Style};
use super::{Chart, ink, labels, marker, render};
use crate::output::error::OutputError;

#[derive(Clone, Debug, PartialEq)]
pub struct Frontier {
    /// A sentence that says what the chart shows.
    pub title: String,
    pub note: Option<String>,
    /// Titles of the axes, with units: along, then up.
    pub along: (String, String),
    pub up: (String, String),
    pub points: Vec<FrontierPoint>,
}

/// A value with its interval.
pub type Ranged = (f64, Option<(f64, f64)>);

#[derive(Clone, Debug, PartialEq)]
pub struct FrontierPoint {
    pub label: String,
    pub along: Ranged,
    pub up: Ranged,
}

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 430.0;
const LABELS: f64 = 150.0;

pub fn frontier(input: &Frontier) -> Result<Chart, OutputError> {
    render::chart(&layout(input)?)
}

/// Marks of an axis that holds all values, their intervals and zero.
fn axis(values: &[Ranged]) -> Vec<f64> {
    let ends = values.iter().flat_map(|(value, range)| {
        let (low, high) = range.unwrap_or((*value, *value));
        [*value, low, high]
    });
    let (least, most) =
        ends.filter(|x| x.is_finite()).fold((0.0, 0.0), |(l, h): (f64, f64), x| (l.min(x), h.max(x)));
    ticks(least, if most > least { most } else { least + 1.0 }, 6)
}

pub(super) fn layout(input: &Frontier) -> Result<Page, OutputError> {
    let (mut page, mut y) = Page::titled(&input.title, WIDTH)?;
    y = page.note(y, input.note.as_deref());
    let small = Style::new(ink::SMALL, ink::QUIET);
    let head = Style::new(ink::BODY, ink::TEXT).bold();
    let of = |which: fn(&FrontierPoint) -> Ranged| input.points.iter().map(which).collect::<Vec<_>>();
    let (across, upward) = (axis(&of(|p| p.along)), axis(&of(|p| p.up)));
    let rows = Numbers::of(&input.up.1, &upward);
    let wide = upward.iter().map(|v| page.width_of(&rows.signed(*v), small)).fold(0.0, f64::max);
    let (left, right) = (MARGIN + wide + 10.0, WIDTH - MARGIN - LABELS - 20.0);
    let top = page.paragraph((MARGIN, y + 14.0), &input.up.0, WIDTH - 2.0 * MARGIN, head) + 10.0;
    let bottom = top + HEIGHT;
    let scale = |marks: &[f64], from: f64, to: f64| {
        let (first, last) = (marks[0], marks[marks.len() - 1]);
        move |value: f64| from + (to - from) * (value - first) / (last - first).max(1e-12)
    };
    let (x, up) = (scale(&across, left, right), scale(&upward, bottom, top));
    let columns = Numbers::of(&input.along.1, &across);
    for &value in &across {
        let (colour, weight) = if value == 0.0 { (ink::TEXT, 1.4) } else { (ink::GRID, 1.0) };
        page.line(&[(x(value), top), (x(value), bottom)], colour, weight);
        page.text((x(value), bottom + 18.0), &columns.signed(value), small.side(Side::Middle));
    }
    for &value in &upward {
        let (colour, weight) = if value == 0.0 { (ink::TEXT, 1.4) } else { (ink::GRID, 1.0) };
        page.line(&[(left, up(value)), (right, up(value))], colour, weight);
        page.centred((left - 8.0, up(value)), &rows.signed(value), small.side(Side::Right));
    }
    for (i, point) in input.points.iter().enumerate() {
        let at = (x(point.along.0), up(point.up.0));
        if let Some((low, high)) = point.along.1 {
            page.line(&[(x(low), at.1), (x(high), at.1)], marker::colour(i + 1), 1.6);
        }
        if let Some((low, high)) = point.up.1 {
            page.line(&[(at.0, up(low)), (at.0, up(high))], marker::colour(i + 1), 1.6);
        }
        marker::mark(&mut page, at, 11.0, i + 1);
    }
    names(&mut page, input, right + 20.0, (top, bottom), &up);
    page.text((right, bottom + 38.0), &input.along.0, head.side(Side::Right));
    page.height = bottom + 46.0 + MARGIN * 0.6;
    Ok(page)
}

/// The policies' names beside the plot, near the heights of their points and apart from one another.
fn names(page: &mut Page, input: &Frontier, left: f64, (top, bottom): (f64, f64), up: &dyn Fn(f64) -> f64) {
    let body = Style::new(ink::BODY, ink::TEXT);
    let texts: Vec<Vec<String>> =
        input.points.iter().map(|p| page.wrap(&p.label, LABELS - 18.0, body)).collect();
    let gaps: Vec<f64> = texts.iter().map(|lines| 17.0 * lines.len() as f64 + 5.0).collect();
    let wanted: Vec<f64> = input.points.iter().map(|p| up(p.up.0)).collect();
    for (i, (y, lines)) in labels::spread(&wanted, &gaps, top, bottom).into_iter().zip(&texts).enumerate() {
        marker::mark(page, (left + 5.0, y), 9.0, i + 1);
        page.centred_lines((left + 18.0, y), lines, body);
    }
}
