//! Gains by ward, on a scheme of the city: a tile a ward, where it lies beside the others.

use super::page::{MARGIN, Page, Side, Style};
use super::{Chart, ink, render};
use crate::output::error::OutputError;
use plotters::style::RGBColor;

#[derive(Clone, Debug, PartialEq)]
pub struct Tiles {
    /// A sentence that says what the chart shows.
    pub title: String,
    pub note: Option<String>,
    pub tiles: Vec<Tile>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    pub label: String,
    /// From the west and from the north.
    pub column: usize,
    pub line: usize,
    pub value: f64,
    /// What is written in it.
    pub text: String,
    /// Whether the interval leaves zero out.
    pub clear: bool,
}

const WIDTH: f64 = 960.0;
const SIDE: f64 = 104.0;
const HIGH: f64 = 74.0;
const GAP: f64 = 5.0;

pub fn tiles(input: &Tiles) -> Result<Chart, OutputError> {
    render::chart(&layout(input)?)
}

pub(super) fn layout(input: &Tiles) -> Result<Page, OutputError> {
    let (mut page, mut y) = Page::titled(&input.title, WIDTH)?;
    y = page.note(y, input.note.as_deref());
    let columns = input.tiles.iter().map(|tile| tile.column + 1).max().unwrap_or(1) as f64;
    let lines = input.tiles.iter().map(|tile| tile.line + 1).max().unwrap_or(1) as f64;
    let left = MARGIN + ((WIDTH - 2.0 * MARGIN - columns * (SIDE + GAP)) / 2.0).max(0.0);
    let top = key(&mut page, y + 14.0) + 10.0;
    let most = input.tiles.iter().filter(|t| t.clear).map(|t| t.value.abs()).fold(0.0, f64::max);
    for tile in &input.tiles {
        let (x, y) = (left + tile.column as f64 * (SIDE + GAP), top + tile.line as f64 * (HIGH + GAP));
        let ground = if tile.clear { shade(tile.value, most) } else { ink::PAPER };
        page.block([x, y, SIDE, HIGH], ground);
        frame(&mut page, [x, y, SIDE, HIGH], tile.clear);
        let small = Style::new(ink::SMALL, ink::on(ground)).side(Side::Middle);
        let words = page.wrap(&tile.label, SIDE - 8.0, small);
        let middle = x + SIDE / 2.0;
        page.centred_lines((middle, y + 26.0), &words[..words.len().min(3)], small);
        let figure = Style::new(ink::BODY, ink::on(ground)).bold().side(Side::Middle);
        page.centred((middle, y + HIGH - 12.0), &tile.text, figure);
    }
    page.height = top + lines * (HIGH + GAP) + MARGIN * 0.8;
    Ok(page)
}

fn key(page: &mut Page, y: f64) -> f64 {
    let body = Style::new(ink::BODY, ink::TEXT);
    let mut x = MARGIN;
    for (text, value, clear) in
        [("clearly more", 1.0, true), ("clearly less", -1.0, true), ("no clear difference", 0.0, false)]
    {
        page.block([x, y, 14.0, 14.0], if clear { shade(value, 1.0) } else { ink::PAPER });
        frame(page, [x, y, 14.0, 14.0], clear);
        page.centred((x + 20.0, y + 7.0), text, body);
        x += 20.0 + page.width_of(text, body) + 26.0;
    }
    y + 14.0
}

/// From pale to full as a gain or a loss is larger.
fn shade(value: f64, most: f64) -> RGBColor {
    let full = if value < 0.0 { ink::LOSS } else { ink::GAIN };
    let share = 0.35 + 0.65 * if most > 0.0 { (value.abs() / most).min(1.0) } else { 0.0 };
    let mix = |channel: u8| (255.0 - (255.0 - f64::from(channel)) * share).round() as u8;
    RGBColor(mix(full.0), mix(full.1), mix(full.2))
}

/// A line around it; broken where nothing is clear, so that print in grey tells it too.
fn frame(page: &mut Page, [x, y, w, h]: [f64; 4], whole: bool) {
    let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)];
    for side in corners.windows(2) {
        let (from, to) = (side[0], side[1]);
        if whole {
            page.line(&[from, to], ink::RULE, 1.2);
            continue;
        }
        let long = (to.0 - from.0).hypot(to.1 - from.1);
        let dashes = (long / 7.0).round().max(1.0);
        for k in 0..dashes as usize {
            let at = |t: f64| (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t);
            page.line(&[at(k as f64 / dashes), at((k as f64 + 0.55) / dashes)], ink::RULE, 1.0);
        }
    }
}
