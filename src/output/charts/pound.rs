//! Where a pound goes: one stacked bar a round, what stays in the city first and then each leak.

use std::cmp::Ordering;

use super::numbers::{Numbers, ticks};
use super::page::{CAPITAL, LEADING, MARGIN, Page, Side, Style};
use super::{Chart, ink, render};
use crate::output::error::OutputError;
use plotters::style::RGBColor;

/// Amounts in pounds. A round's `local` and `leaks` together are the money that arrives at that round.
#[derive(Clone, Debug, PartialEq)]
pub struct PoundByRound {
    /// A sentence that says what the chart shows.
    pub title: String,
    /// All that was spent.
    pub spent: f64,
    pub rounds: Vec<RoundBar>,
    /// Neither leaked nor about to: still circulating, or held.
    pub held: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct RoundBar {
    pub label: String,
    /// Received in the city.
    pub local: f64,
    /// Channel and amount; the same channels in the same order in every round, so that colours are stable.
    pub leaks: Vec<(String, f64)>,
}

/// What the chart of a scenario says, in a sentence.
pub fn pound_title(rounds: &[RoundBar], city: &str, scenario: &str, replicates: usize) -> String {
    let pence = |pounds: f64| format!("{:.0}p", 100.0 * pounds);
    let received = |rounds: &[RoundBar]| rounds.iter().map(|round| round.local).sum();
    let (first, later) = rounds.split_at(rounds.len().min(1));
    let mean = if replicates > 1 { format!("; mean of {replicates} replicates") } else { String::new() };
    format!(
        "Of each pound the anchors spend, {} is paid in {city} and {} more is received there in later rounds ({scenario}{mean})",
        pence(received(first)),
        pence(received(later))
    )
}

const WIDTH: f64 = 960.0;
const BAR: f64 = 54.0;
const GAP: f64 = 22.0;
const LABELS: f64 = 132.0;

pub fn pound_by_round(input: &PoundByRound) -> Result<Chart, OutputError> {
    render::chart(&layout(input)?)
}

/// A leakage channel over all rounds, in pence of each pound.
struct Channel<'a> {
    label: &'a str,
    pence: f64,
    colour: RGBColor,
}

/// Where bars stand: pence to positions.
struct Scale {
    left: f64,
    per_penny: f64,
    to_pence: f64,
}

pub(super) fn layout(input: &PoundByRound) -> Result<Page, OutputError> {
    let (mut page, end) = Page::titled(&input.title, WIDTH)?;
    let spent = Numbers::of_value("£", input.spent).text(input.spent);
    let note = format!(
        "Pence of each pound, {spent} in all. A bar is the money that reaches a round: its dark part stays in the \
         city and makes up the next round; the rest leaks. Money that waits makes a round a little more or less than what the \
         one before received."
    );
    let top = page.note(end, Some(&note)) + 16.0;

    let to_pence = if input.spent > 0.0 { 100.0 / input.spent } else { 0.0 };
    let longest = input.rounds.iter().map(|r| total(r) * to_pence).fold(100.0, f64::max);
    let left = MARGIN + LABELS + 14.0;
    let scale = Scale { left, per_penny: (WIDTH - MARGIN - 14.0 - left) / longest, to_pence };

    let rows = input.rounds.len() as f64 + 1.0;
    let bottom = top + rows * (BAR + GAP) - GAP + 10.0;
    axis(&mut page, &scale, (top - 4.0, bottom), longest);
    let channels = channels(input);
    let mut y = top;
    for (i, round) in input.rounds.iter().enumerate() {
        let flow = round.local * to_pence;
        if let Some(next) = input.rounds.get(i + 1).map(|r| total(r) * to_pence) {
            // Later rounds in one bar, the last, hold the same pound more than once: no flow is drawn into them. Money that waited
            // makes a round a little more or less than what the one before received.
            if i + 2 < input.rounds.len() || (next - flow).abs() < 0.5 {
                flow_down(&mut page, &scale, (flow, next), y + BAR);
            }
        }
        bar(&mut page, &scale, (round, &channels), y);
        y += BAR + GAP;
    }
    held(&mut page, &scale, input.held * to_pence, y);
    let end = key(&mut page, &channels, bottom + 44.0);
    page.height = end + MARGIN * 0.6;
    Ok(page)
}

fn total(round: &RoundBar) -> f64 {
    round.local + round.leaks.iter().map(|(_, pounds)| pounds).sum::<f64>()
}

/// Channels, largest first; a channel's colour goes by its place in the input.
fn channels(input: &PoundByRound) -> Vec<Channel<'_>> {
    let to_pence = if input.spent > 0.0 { 100.0 / input.spent } else { 0.0 };
    let mut channels: Vec<Channel> = Vec::new();
    for (label, pounds) in input.rounds.iter().flat_map(|r| &r.leaks) {
        match channels.iter_mut().find(|c| c.label == label) {
            Some(channel) => channel.pence += pounds * to_pence,
            None => {
                let colour = ink::LEAKS[channels.len() % ink::LEAKS.len()];
                channels.push(Channel { label, pence: pounds * to_pence, colour });
            }
        }
    }
    channels.sort_by(|a, b| b.pence.partial_cmp(&a.pence).unwrap_or(Ordering::Equal));
    channels
}

fn axis(page: &mut Page, scale: &Scale, (top, bottom): (f64, f64), longest: f64) {
    let style = Style::new(ink::SMALL, ink::QUIET).side(Side::Middle);
    for pence in ticks(0.0, longest, 5).into_iter().filter(|&p| p <= longest * 1.001) {
        let x = scale.left + pence * scale.per_penny;
        page.line(&[(x, top), (x, bottom)], ink::GRID, 1.0);
        page.text((x, bottom + 15.0), &format!("{pence:.0}p"), style);
    }
}

fn flow_down(page: &mut Page, scale: &Scale, (from, to): (f64, f64), y: f64) {
    let x = |pence: f64| scale.left + pence * scale.per_penny;
    let corners = vec![(scale.left, y), (x(from), y), (x(to), y + GAP), (scale.left, y + GAP)];
    page.area(corners, ink::clear(ink::CITY_PALE, 0.4));
}

fn bar(page: &mut Page, scale: &Scale, (round, channels): (&RoundBar, &[Channel]), y: f64) {
    let arrives = total(round) * scale.to_pence;
    row_label(page, &round.label, &format!("{arrives:.1}p reaches it"), y);
    let mut x = scale.left;
    let local = round.local * scale.to_pence;
    segment(page, ("received in the city", local, ink::CITY), [x, y, local * scale.per_penny]);
    x += local * scale.per_penny;
    for channel in channels {
        let pounds: f64 = round.leaks.iter().filter(|(l, _)| l == channel.label).map(|(_, p)| p).sum();
        let width = pounds * scale.to_pence * scale.per_penny;
        segment(page, (channel.label, pounds * scale.to_pence, channel.colour), [x, y, width]);
        x += width;
    }
}

/// A part of a bar, with its name and pence if there is room, or its pence, or nothing.
fn segment(page: &mut Page, (label, pence, colour): (&str, f64, RGBColor), [x, y, width]: [f64; 3]) {
    let hairline = if width > 3.0 { 1.0 } else { 0.0 };
    page.block([x, y, width - hairline, BAR], colour);
    let small = Style::new(ink::SMALL, ink::on(colour)).side(Side::Middle);
    let room = width - 10.0;
    let value = format!("{pence:.1}p");
    let large = Style { size: ink::BODY, ..small }.bold();
    let figure = if page.width_of(&value, large) <= room { large } else { small };
    let words = label.split_whitespace();
    let fits = words.clone().all(|word| page.width_of(word, small) <= room);
    let mut lines = if fits { page.wrap(label, room, small) } else { Vec::new() };
    if lines.len() > 2 {
        lines.clear();
    }
    if page.width_of(&value, figure) > width - 4.0 {
        return;
    }
    let (step, middle) = (small.size * LEADING, (x + width / 2.0, y + BAR / 2.0));
    let shift = step * lines.len() as f64 / 2.0;
    page.centred((middle.0, middle.1 - shift), &value, figure);
    page.centred_lines((middle.0, middle.1 + step / 2.0), &lines, small);
}

fn row_label(page: &mut Page, label: &str, under: &str, y: f64) {
    let head = Style::new(ink::BODY, ink::TEXT).bold();
    let small = Style::new(ink::SMALL, ink::QUIET);
    let lines = page.wrap(label, LABELS, head).len() as f64;
    let height = lines * head.size * LEADING + small.size;
    let end = page.paragraph((MARGIN, y + (BAR - height) / 2.0), label, LABELS, head);
    page.text((MARGIN, end + small.size * (CAPITAL + 0.2)), under, small);
}

fn held(page: &mut Page, scale: &Scale, pence: f64, y: f64) {
    row_label(page, "Still in the city", "circulating or held", y);
    let width = pence * scale.per_penny;
    page.block([scale.left, y, width, BAR], ink::CITY_PALE);
    let style = Style::new(ink::BODY, ink::TEXT).bold();
    let value = format!("{pence:.1}p");
    let inside = page.width_of(&value, style) + 16.0 < width;
    let x = if inside { scale.left + width / 2.0 } else { scale.left + width + 8.0 };
    let side = if inside { Side::Middle } else { Side::Left };
    page.centred((x, y + BAR / 2.0), &value, style.side(side));
}

/// Each channel with its colour and its pence over all rounds, in three columns read downward.
fn key(page: &mut Page, channels: &[Channel], top: f64) -> f64 {
    let all: f64 = channels.iter().map(|c| c.pence).sum();
    let head = Style::new(ink::HEAD, ink::TEXT).bold();
    let text = format!("Leaks over all rounds: {all:.1}p of each pound");
    let top = page.paragraph((MARGIN, top), &text, WIDTH - 2.0 * MARGIN, head) + 8.0;
    let body = Style::new(ink::BODY, ink::TEXT);
    let (column, rows) = ((WIDTH - 2.0 * MARGIN) / 3.0, channels.len().div_ceil(3).max(1));
    let (swatch, figures) = (13.0, 48.0);
    let room = column - swatch - figures - 24.0;
    let tallest = channels.iter().map(|c| page.wrap(c.label, room, body).len()).max().unwrap_or(1);
    let step = body.size * LEADING * tallest as f64 + 5.0;
    for (i, channel) in channels.iter().enumerate() {
        let x = MARGIN + column * (i / rows) as f64;
        let y = top + step * (i % rows) as f64;
        page.block([x, y + 1.0, swatch, swatch], channel.colour);
        let at = (x + swatch + figures, y + body.size * 0.95);
        page.text(at, &format!("{:.1}p", channel.pence), body.bold().side(Side::Right));
        page.paragraph((x + swatch + figures + 8.0, y), channel.label, room, body);
    }
    top + step * rows as f64
}
