//! A page drawn by plotters, as SVG and as PNG.

use std::fmt::Write as _;

use plotters::backend::{BitMapBackend, DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, IntoFont, RGBAColor, ShapeStyle, TextStyle};

use super::font::{BOLD, FAMILY, REGULAR};
use super::page::{Mark, Page, Side, Style};
use super::{Chart, ink, png};
use crate::output::error::OutputError;

/// Plotters has whole coordinates only: SVG is drawn in tenths of a unit.
const FINE: f64 = 10.0;
/// Pixels of the PNG for one unit.
const PIXELS: u32 = 2;
/// Each pixel is the mean of a square of this many by this many, for smooth edges.
const SMOOTH: u32 = 2;
/// Plotters writes SVG text at `size / 1.24`.
const SVG_SIZE: f64 = 1.24;
/// Plotters puts the baseline of SVG text 0.76 em below a position at its top.
const SVG_BASELINE: f64 = 0.76;

/// Both formats of a page.
pub fn chart(page: &Page) -> Result<Chart, OutputError> {
    let failed = |problem| OutputError::Render { file: format!("the chart \"{}\"", page.title), problem };
    Ok(Chart { svg: svg(page).map_err(failed)?, png: bitmap(page).map_err(failed)? })
}

fn svg(page: &Page) -> Result<String, String> {
    let mut body = String::new();
    {
        let backend = SVGBackend::with_string(&mut body, size(page, FINE));
        let mut pen = Pen { backend, scale: FINE };
        pen.background(page)?;
        for mark in &page.marks {
            match mark {
                Mark::Text { at, text, style } => {
                    let h = match style.side {
                        Side::Left => HPos::Left,
                        Side::Middle => HPos::Center,
                        Side::Right => HPos::Right,
                    };
                    let top = at.1 - SVG_BASELINE * style.size;
                    pen.text((at.0, top), text, *style, (SVG_SIZE, h))?;
                }
                shape => pen.shape(shape)?,
            }
        }
        pen.backend.present().map_err(|e| e.to_string())?;
    }
    let rest = body.split_once('\n').map_or("", |(_, rest)| rest);
    Ok(head(page)? + rest)
}

/// The opening tag, with the title for screen readers and the font.
fn head(page: &Page) -> Result<String, String> {
    let (width, height) = size(page, 1.0);
    let (wide, high) = size(page, FINE);
    let title = page.title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut head = String::new();
    write!(
        head,
        "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {wide} {high}\" role=\"img\" \
         xmlns=\"http://www.w3.org/2000/svg\">\n<title>{title}</title>\n<style>\n{}{}</style>\n",
        font_face("normal", REGULAR),
        font_face("bold", BOLD)
    )
    .map_err(|e| e.to_string())?;
    Ok(head)
}

fn font_face(weight: &str, font: &[u8]) -> String {
    let data = base64(font);
    format!("@font-face{{font-family:Inter;font-weight:{weight};src:url(data:font/otf;base64,{data})}}\n")
}

fn bitmap(page: &Page) -> Result<Vec<u8>, String> {
    let scale = PIXELS * SMOOTH;
    let (wide, high) = size(page, f64::from(scale));
    let mut fine = vec![255; wide as usize * high as usize * 3];
    {
        let backend = BitMapBackend::with_buffer(&mut fine, (wide, high));
        let mut pen = Pen { backend, scale: f64::from(scale) };
        pen.background(page)?;
        for mark in &page.marks {
            match mark {
                Mark::Text { at, text, style } => letters(&mut pen, page, *at, (text, *style))?,
                shape => pen.shape(shape)?,
            }
        }
        pen.backend.present().map_err(|e| e.to_string())?;
    }
    Ok(png::encode(&smooth(&fine, wide as usize), wide / SMOOTH, high / SMOOTH))
}

/// Text letter by letter: plotters leaves out the space to the left of a letter's ink, so it is put in here.
fn letters(
    pen: &mut Pen<BitMapBackend>,
    page: &Page,
    at: (f64, f64),
    (text, style): (&str, Style),
) -> Result<(), String> {
    let face = page.fonts.face(style.bold);
    // Plotters takes the size from ascent to descent, and puts the baseline half of it below the top.
    let top = at.1 - style.size * face.height / 2.0;
    let width = page.width_of(text, style);
    let mut x = match style.side {
        Side::Left => at.0,
        Side::Middle => at.0 - width / 2.0,
        Side::Right => at.0 - width,
    };
    let mut one = [0; 4];
    for letter in text.chars() {
        let metrics = face.letter(letter);
        // The ink of a letter begins in the pixel that its left edge falls in.
        let ink = (metrics.bearing * style.size * pen.scale).floor() / pen.scale;
        pen.text((x + ink, top), letter.encode_utf8(&mut one), style, (face.height, HPos::Left))?;
        x += metrics.advance * style.size;
    }
    Ok(())
}

struct Pen<B: DrawingBackend> {
    backend: B,
    scale: f64,
}

impl<B: DrawingBackend> Pen<B> {
    fn background(&mut self, page: &Page) -> Result<(), String> {
        self.shape(&Mark::Block {
            place: [0.0, 0.0, page.width, page.height],
            colour: ink::solid(ink::PAPER),
        })
    }

    fn shape(&mut self, mark: &Mark) -> Result<(), String> {
        let drawn = match mark {
            Mark::Block { place: [x, y, w, h], colour } => {
                let (from, to) = (self.at((*x, *y)), self.at((x + w, y + h)));
                self.backend.draw_rect(from, to, &fill(*colour), true)
            }
            Mark::Line { points, colour, width } => {
                let stroke_width = (width * self.scale).round().max(1.0) as u32;
                let style = ShapeStyle { color: *colour, filled: false, stroke_width };
                let points: Vec<(i32, i32)> = points.iter().map(|p| self.at(*p)).collect();
                self.backend.draw_path(points, &style)
            }
            Mark::Area { points, colour } => {
                let points: Vec<(i32, i32)> = points.iter().map(|p| self.at(*p)).collect();
                self.backend.fill_polygon(points, &fill(*colour))
            }
            Mark::Text { .. } => Ok(()),
        };
        drawn.map_err(|e| e.to_string())
    }

    fn text(
        &mut self,
        top: (f64, f64),
        text: &str,
        style: Style,
        (ratio, h): (f64, HPos),
    ) -> Result<(), String> {
        let weight = if style.bold { FontStyle::Bold } else { FontStyle::Normal };
        let font = (FAMILY, style.size * ratio * self.scale, weight).into_font();
        let style = TextStyle::from(font).color(&style.colour).pos(Pos::new(h, VPos::Top));
        let at = self.at(top);
        self.backend.draw_text(text, &style, at).map_err(|e| e.to_string())
    }

    fn at(&self, (x, y): (f64, f64)) -> (i32, i32) {
        ((x * self.scale).round() as i32, (y * self.scale).round() as i32)
    }
}

fn fill(color: RGBAColor) -> ShapeStyle {
    ShapeStyle { color, filled: true, stroke_width: 0 }
}

fn size(page: &Page, scale: f64) -> (u32, u32) {
    ((page.width.round() * scale) as u32, (page.height.round() * scale) as u32)
}

/// The mean of each square of pixels.
fn smooth(fine: &[u8], wide: usize) -> Vec<u8> {
    let n = SMOOTH as usize;
    let area = (n * n) as u32;
    let mut out = Vec::with_capacity(fine.len() / (n * n));
    for rows in fine.chunks_exact(wide * 3 * n) {
        for x in 0..wide / n {
            for channel in 0..3 {
                let spot = |i: usize| u32::from(rows[(i / n * wide + x * n + i % n) * 3 + channel]);
                let sum: u32 = (0..n * n).map(spot).sum();
                out.push(((sum + area / 2) / area) as u8);
            }
        }
    }
    out
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for part in bytes.chunks(3) {
        let byte = |i: usize| u32::from(part.get(i).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let digit = DIGITS[(group >> (18 - 6 * i) & 63) as usize] as char;
            text.push(if i <= part.len() { digit } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_published() {
        let known = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (plain, coded) in known {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
