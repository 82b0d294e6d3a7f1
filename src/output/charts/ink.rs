//! Colours and sizes. The hues are those of Paul Tol's muted scheme and of Okabe and Ito, which keep apart
//! for readers with colour blindness; text colours keep a contrast of 4.5 to 1 on white.

use plotters::style::{RGBAColor, RGBColor};

pub const PAPER: RGBColor = RGBColor(255, 255, 255);
pub const TEXT: RGBColor = RGBColor(28, 32, 38);
pub const QUIET: RGBColor = RGBColor(92, 99, 110);
pub const GRID: RGBColor = RGBColor(224, 227, 231);
pub const RULE: RGBColor = RGBColor(120, 127, 138);

/// What stays in the city; a policy's line.
pub const CITY: RGBColor = RGBColor(0, 82, 136);
/// The same, paler: money on its way.
pub const CITY_PALE: RGBColor = RGBColor(158, 196, 222);
/// Bars of gain and loss, pale enough for a dark line upon them.
pub const GAIN: RGBColor = RGBColor(86, 158, 208);
pub const LOSS: RGBColor = RGBColor(230, 140, 70);

/// Bars that cannot be told from nought.
pub const UNCLEAR: RGBColor = RGBColor(190, 194, 200);

/// Leakage channels, in the order they are given.
pub const LEAKS: [RGBColor; 9] = [
    RGBColor(221, 204, 119),
    RGBColor(68, 170, 153),
    RGBColor(204, 102, 119),
    RGBColor(136, 34, 85),
    RGBColor(136, 204, 238),
    RGBColor(153, 153, 51),
    RGBColor(170, 68, 153),
    RGBColor(17, 119, 51),
    RGBColor(187, 187, 187),
];

/// Lines of a panel: the reference first, in grey, then policies.
pub const LINES: [RGBColor; 6] = [
    RGBColor(92, 99, 110),
    CITY,
    RGBColor(213, 94, 0),
    RGBColor(0, 130, 95),
    RGBColor(136, 34, 85),
    RGBColor(120, 110, 20),
];

pub const TITLE: f64 = 20.0;
pub const HEAD: f64 = 14.0;
pub const BODY: f64 = 12.5;
pub const SMALL: f64 = 11.0;

pub fn clear(colour: RGBColor, share: f64) -> RGBAColor {
    RGBAColor(colour.0, colour.1, colour.2, share)
}

pub fn solid(colour: RGBColor) -> RGBAColor {
    clear(colour, 1.0)
}

/// White or near-black, whichever reads better on `ground` (brightness by ITU-R BT.601).
pub fn on(ground: RGBColor) -> RGBColor {
    let brightness = 299 * u32::from(ground.0) + 587 * u32::from(ground.1) + 114 * u32::from(ground.2);
    if brightness > 140_000 { TEXT } else { PAPER }
}
