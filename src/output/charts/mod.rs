//! Charts as SVG and PNG. Each is laid out once as marks on a page (`page`) and drawn by plotters in both
//! formats (`render`), with a font that the program carries.

use crate::output::error::OutputError;
use crate::output::folder::RunFolder;

pub mod dots;
mod font;
pub mod forest;
pub mod frontier;
pub mod gains;
mod ink;
mod labels;
#[cfg(test)]
mod made_up;
mod marker;
pub mod measures;
mod numbers;
mod page;
pub mod paths;
mod png;
pub mod pound;
mod render;
#[cfg(test)]
mod tests;
pub mod tiles;

pub use dots::{DotRow, Dots, dots};
pub use forest::{Forest, ForestPanel, ForestRow, forest};
pub use frontier::{Frontier, FrontierPoint, Ranged, frontier};
pub use gains::{Gain, GainsByDecile, gains_by_decile};
pub use marker::MOST;
pub use measures::{Measured, Measures, measures};
pub use paths::{Pair, Panel, Paths, Series, paths};
pub use pound::{PoundByRound, RoundBar, pound_by_round, pound_title};
pub use tiles::{Tile, Tiles, tiles};

/// One chart in both formats; the PNG has two pixels for each unit of the SVG.
#[derive(Clone, PartialEq, Debug)]
pub struct Chart {
    pub svg: String,
    pub png: Vec<u8>,
}

impl Chart {
    /// Write `NAME.svg` and `NAME.png` into `folder`.
    pub fn write(&self, folder: &mut RunFolder, name: &str) -> Result<(), OutputError> {
        folder.write(&format!("{name}.svg"), self.svg.as_bytes())?;
        folder.write(&format!("{name}.png"), &self.png)
    }
}
