//! Marks that tell scenarios apart by shape as well as by colour, and the key to them.

use super::ink;
use super::page::{MARGIN, Page, Style};
use plotters::style::RGBColor;

/// Scenarios that a chart of dots has room for.
pub const MOST: usize = 8;

/// Beyond the lines' colours: teal and a reddish purple, of Okabe and Ito too.
const MORE: [RGBColor; 2] = [RGBColor(0, 139, 160), RGBColor(204, 121, 167)];

/// Colour of a scenario, the reference first.
pub fn colour(i: usize) -> RGBColor {
    let i = i % MOST;
    ink::LINES.get(i).copied().unwrap_or_else(|| MORE[i - ink::LINES.len()])
}

/// A circle, diamond, square, triangle, star, triangle on its head, plus or hexagon of this size at a place.
pub fn mark(page: &mut Page, (x, y): (f64, f64), size: f64, i: usize) {
    let r = size / 2.0;
    let ring = |n: usize, radius: &dyn Fn(usize) -> f64, turn: f64| -> Vec<(f64, f64)> {
        let at = |k: usize| {
            let angle = turn + std::f64::consts::TAU * k as f64 / n as f64;
            (x + radius(k) * libm::sin(angle), y - radius(k) * libm::cos(angle))
        };
        (0..n).map(at).collect()
    };
    let points = match i % MOST {
        0 => ring(24, &|_| r, 0.0),
        1 => ring(4, &|_| r * 1.25, 0.0),
        2 => ring(4, &|_| r * 1.3, std::f64::consts::FRAC_PI_4),
        3 => ring(3, &|_| r * 1.35, 0.0),
        4 => ring(10, &|k| if k % 2 == 0 { r * 1.45 } else { r * 0.6 }, 0.0),
        5 => ring(3, &|_| r * 1.35, std::f64::consts::PI),
        6 => {
            let (a, b) = (r * 0.42, r * 1.25);
            let corners = [
                (-a, -b),
                (a, -b),
                (a, -a),
                (b, -a),
                (b, a),
                (a, a),
                (a, b),
                (-a, b),
                (-a, a),
                (-b, a),
                (-b, -a),
                (-a, -a),
            ];
            corners.iter().map(|(dx, dy)| (x + dx, y + dy)).collect()
        }
        _ => ring(6, &|_| r * 1.1, 0.0),
    };
    page.area(points, ink::solid(colour(i)));
}

/// Names with their marks, in lines as wide as the page; returns where the next thing may begin.
pub fn key(page: &mut Page, names: &[String], top: f64) -> f64 {
    let style = Style::new(ink::BODY, ink::TEXT);
    let (mut x, mut y) = (MARGIN, top + 9.0);
    for (i, name) in names.iter().enumerate() {
        let wide = 18.0 + page.width_of(name, style) + 22.0;
        if x > MARGIN && x + wide > page.width - MARGIN {
            (x, y) = (MARGIN, y + 20.0);
        }
        mark(page, (x + 6.0, y), 9.0, i);
        page.centred((x + 18.0, y), name, style);
        x += wide;
    }
    y + 14.0
}
