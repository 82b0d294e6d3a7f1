//! A chart before it is drawn: marks at real positions on a page, with the width of every text known.

use plotters::style::{RGBAColor, RGBColor};

use super::font::Fonts;
use super::ink;
use crate::output::error::OutputError;

pub const MARGIN: f64 = 28.0;
/// Distance between baselines, as a share of the font size.
pub const LEADING: f64 = 1.3;
/// Height of a capital, as a share of the font size.
pub const CAPITAL: f64 = 0.727;

pub struct Page {
    pub width: f64,
    pub height: f64,
    pub title: String,
    pub marks: Vec<Mark>,
    pub fonts: &'static Fonts,
}

pub enum Mark {
    /// Left, top, width, height.
    Block {
        place: [f64; 4],
        colour: RGBAColor,
    },
    Line {
        points: Vec<(f64, f64)>,
        colour: RGBAColor,
        width: f64,
    },
    Area {
        points: Vec<(f64, f64)>,
        colour: RGBAColor,
    },
    Text {
        at: (f64, f64),
        text: String,
        style: Style,
    },
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Side {
    Left,
    Middle,
    Right,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Style {
    pub size: f64,
    pub bold: bool,
    pub colour: RGBColor,
    /// Which side of the text its position is.
    pub side: Side,
}

impl Style {
    pub const fn new(size: f64, colour: RGBColor) -> Style {
        Style { size, bold: false, colour, side: Side::Left }
    }
    pub const fn bold(self) -> Style {
        Style { bold: true, ..self }
    }
    pub const fn side(self, side: Side) -> Style {
        Style { side, ..self }
    }
}

impl Page {
    /// An empty page with its title, and where the next thing may begin.
    pub fn titled(title: &str, width: f64) -> Result<(Page, f64), OutputError> {
        let fonts = Fonts::get()?;
        let mut page = Page { width, height: 0.0, title: title.to_owned(), marks: Vec::new(), fonts };
        let style = Style::new(ink::TITLE, ink::TEXT).bold();
        let end = page.across(MARGIN, title, style);
        Ok((page, end))
    }

    /// Quiet text under the title, if any.
    pub fn note(&mut self, y: f64, text: Option<&str>) -> f64 {
        text.map_or(y, |text| self.across(y + 2.0, text, Style::new(ink::BODY, ink::QUIET)))
    }

    fn across(&mut self, y: f64, text: &str, style: Style) -> f64 {
        // Room to spare for a viewer that ignores the SVG's font and shows a wider one.
        let room = (self.width - 2.0 * MARGIN) * 0.88;
        self.paragraph((MARGIN, y), text, room, style)
    }

    pub fn block(&mut self, place: [f64; 4], colour: RGBColor) {
        if place[2] > 0.0 && place[3] > 0.0 {
            self.marks.push(Mark::Block { place, colour: ink::solid(colour) });
        }
    }

    pub fn line(&mut self, points: &[(f64, f64)], colour: RGBColor, width: f64) {
        self.marks.push(Mark::Line { points: points.to_vec(), colour: ink::solid(colour), width });
    }

    pub fn area(&mut self, points: Vec<(f64, f64)>, colour: RGBAColor) {
        self.marks.push(Mark::Area { points, colour });
    }

    /// One line of text; `at` is on its baseline.
    pub fn text(&mut self, at: (f64, f64), text: &str, style: Style) {
        self.marks.push(Mark::Text { at, text: text.to_owned(), style });
    }

    /// One line of text whose capitals stand centred on the height of `at`.
    pub fn centred(&mut self, at: (f64, f64), text: &str, style: Style) {
        self.text((at.0, at.1 + style.size * CAPITAL / 2.0), text, style);
    }

    /// Several lines, centred on the height of `at`.
    pub fn centred_lines(&mut self, at: (f64, f64), lines: &[String], style: Style) {
        let step = style.size * LEADING;
        let first = at.1 - step * (lines.len() as f64 - 1.0) / 2.0;
        for (i, line) in lines.iter().enumerate() {
            self.centred((at.0, first + step * i as f64), line, style);
        }
    }

    /// Text wrapped to `room`, from the top left corner `at`; returns where the next thing may begin.
    pub fn paragraph(&mut self, at: (f64, f64), text: &str, room: f64, style: Style) -> f64 {
        let step = style.size * LEADING;
        let lines = self.wrap(text, room, style);
        for (i, line) in lines.iter().enumerate() {
            self.text((at.0, at.1 + style.size * 0.95 + step * i as f64), line, style);
        }
        at.1 + step * lines.len() as f64
    }

    pub fn width_of(&self, text: &str, style: Style) -> f64 {
        self.fonts.width(text, style.size, style.bold)
    }

    /// Break at spaces so that no line is wider than `room`; a longer word stands alone, cut with "…".
    pub fn wrap(&self, text: &str, room: f64, style: Style) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            let word = self.cut(word, room, style);
            match lines.last_mut() {
                Some(line) if self.width_of(&format!("{line} {word}"), style) <= room => {
                    line.push(' ');
                    line.push_str(&word);
                }
                _ => lines.push(word),
            }
        }
        lines
    }

    fn cut(&self, word: &str, room: f64, style: Style) -> String {
        if self.width_of(word, style) <= room {
            return word.to_owned();
        }
        let mut kept = String::new();
        for letter in word.chars() {
            if self.width_of(&format!("{kept}{letter}…"), style) > room {
                break;
            }
            kept.push(letter);
        }
        kept + "…"
    }

    /// Left, top, right and bottom of a text's letters.
    #[cfg(test)]
    pub fn extent(&self, at: (f64, f64), text: &str, style: Style) -> [f64; 4] {
        let width = self.width_of(text, style);
        let left = match style.side {
            Side::Left => at.0,
            Side::Middle => at.0 - width / 2.0,
            Side::Right => at.0 - width,
        };
        [left, at.1 - CAPITAL * style.size, left + width, at.1]
    }
}
