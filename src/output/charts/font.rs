//! The font that the program carries, and the widths of its letters, read from the font's own tables.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use plotters::style::{FontStyle, register_font};

use crate::output::error::OutputError;

/// Also the SVG's list of fonts, for a viewer that ignores the embedded one.
pub const FAMILY: &str = "Inter, Helvetica, Arial, sans-serif";
pub const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.otf");
pub const BOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.otf");

/// Both weights, registered with plotters.
pub struct Fonts {
    regular: Face,
    bold: Face,
}

/// What a letter takes up, as shares of the font size.
#[derive(Clone, Copy)]
pub struct Letter {
    /// From this letter's origin to the next one's.
    pub advance: f64,
    /// From its origin to its ink.
    pub bearing: f64,
}

pub struct Face {
    letters: BTreeMap<char, Letter>,
    /// Ascent plus descent, as a share of the font size.
    pub height: f64,
}

impl Fonts {
    pub fn get() -> Result<&'static Fonts, OutputError> {
        static FONTS: OnceLock<Option<Fonts>> = OnceLock::new();
        FONTS.get_or_init(load).as_ref().ok_or_else(|| OutputError::Render {
            file: "charts".to_owned(),
            problem: "the embedded font cannot be read".to_owned(),
        })
    }

    pub fn face(&self, bold: bool) -> &Face {
        if bold { &self.bold } else { &self.regular }
    }

    pub fn width(&self, text: &str, size: f64, bold: bool) -> f64 {
        let face = self.face(bold);
        text.chars().map(|c| face.letter(c).advance).sum::<f64>() * size
    }
}

impl Face {
    /// A letter the font lacks is drawn as an empty box, about as wide as "0".
    pub fn letter(&self, letter: char) -> Letter {
        let lacking = Letter { advance: 0.6, bearing: 0.0 };
        self.letters.get(&letter).or(self.letters.get(&'0')).copied().unwrap_or(lacking)
    }
}

fn load() -> Option<Fonts> {
    register_font(FAMILY, FontStyle::Normal, REGULAR).ok()?;
    register_font(FAMILY, FontStyle::Bold, BOLD).ok()?;
    Some(Fonts { regular: face(REGULAR)?, bold: face(BOLD)? })
}

/// Read `head`, `hhea`, `hmtx` and `cmap` (format 4) of an OpenType font.
fn face(font: &[u8]) -> Option<Face> {
    let (head, hhea, hmtx) = (table(font, b"head")?, table(font, b"hhea")?, table(font, b"hmtx")?);
    let em = f64::from(u16_at(head, 18)?);
    let height = (f64::from(i16_at(hhea, 4)?) - f64::from(i16_at(hhea, 6)?)) / em;
    let long = usize::from(u16_at(hhea, 34)?);
    let mut letters = BTreeMap::new();
    for (letter, glyph) in glyphs(table(font, b"cmap")?)? {
        let bearing = if glyph < long { 4 * glyph + 2 } else { 4 * long + 2 * (glyph - long) };
        let advance = f64::from(u16_at(hmtx, 4 * glyph.min(long - 1))?) / em;
        letters.insert(letter, Letter { advance, bearing: f64::from(i16_at(hmtx, bearing)?) / em });
    }
    Some(Face { letters, height })
}

/// Every letter of the first `cmap` subtable of format 4, with its glyph.
fn glyphs(cmap: &[u8]) -> Option<Vec<(char, usize)>> {
    let count = usize::from(u16_at(cmap, 2)?);
    let starts = (0..count).filter_map(|i| u32_at(cmap, 4 + 8 * i + 4)).map(|at| at as usize);
    let sub = starts.filter_map(|at| cmap.get(at..)).find(|sub| u16_at(sub, 0) == Some(4))?;
    let segments = usize::from(u16_at(sub, 6)?) / 2;
    let field = |block: usize, i: usize| 14 + 2 * (block * segments + i) + if block > 0 { 2 } else { 0 };
    let mut found = Vec::new();
    for i in 0..segments {
        let (end, start) = (u16_at(sub, field(0, i))?, u16_at(sub, field(1, i))?);
        let (delta, offset) = (u16_at(sub, field(2, i))?, usize::from(u16_at(sub, field(3, i))?));
        for code in (start..=end).filter(|&code| code != 0xFFFF) {
            let glyph = if offset == 0 {
                code.wrapping_add(delta)
            } else {
                u16_at(sub, field(3, i) + offset + 2 * usize::from(code - start))?.wrapping_add(delta)
            };
            found.extend(char::from_u32(u32::from(code)).map(|c| (c, usize::from(glyph))));
        }
    }
    Some(found)
}

fn table<'a>(font: &'a [u8], tag: &[u8; 4]) -> Option<&'a [u8]> {
    let count = usize::from(u16_at(font, 4)?);
    let record = (0..count).map(|i| 12 + 16 * i).find(|&at| font.get(at..at + 4) == Some(tag))?;
    let (start, length) = (u32_at(font, record + 8)? as usize, u32_at(font, record + 12)? as usize);
    font.get(start..start.checked_add(length)?)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_be_bytes)
}

fn i16_at(bytes: &[u8], at: usize) -> Option<i16> {
    bytes.get(at..at + 2)?.try_into().ok().map(i16::from_be_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_weights_have_the_letters_charts_use() {
        let fonts = Fonts::get().unwrap();
        for bold in [false, true] {
            for letter in "Aé£€–—−∞×±≥≤→’0".chars() {
                assert!(fonts.face(bold).letters.contains_key(&letter), "{letter}");
            }
        }
        assert!(fonts.width("iiii", 10.0, false) < fonts.width("mmmm", 10.0, false));
        assert!(fonts.width("pound", 10.0, false) < fonts.width("pound", 10.0, true));
    }
}
