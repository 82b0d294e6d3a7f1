//! A place and its law, as data: what a city is before anybody is simulated.

mod anchors;
mod assumed;
mod category;
pub mod city;
mod consumption;
mod difference;
mod embedded;
mod error;
mod figures;
mod firms;
pub mod flq;
mod leeds;
pub mod national;
mod people;
mod preston;
pub mod procurement_law;
pub mod register;
mod sectors;
mod table;
mod targets;
pub mod tax;
pub mod tax_rules;
mod teams;
mod technology;
pub mod town;
mod town_check;
mod town_file;
mod town_fill;
mod town_limits;
pub mod town_steady;
pub mod vocabulary;

pub use anchors::share_covers as largest_anchors;
pub use assumed::Assumed;
pub use difference::Difference;
pub use embedded::sha256;
pub use error::{At, PlaceError};
pub use targets::anchor_local_shares;
pub use town_file::{embedded as embedded_town, parse as town_from_text};
pub use town_limits::MOST_ANCHORS;

use city::City;
use std::path::Path;
use town::Town;

/// The name of the embedded city.
pub const LEEDS: &str = "leeds";
/// A place of Preston's size, with where its institutions bought in 2012/13, and in 2016/17.
pub const PRESTON: [&str; 2] = ["preston", "preston_2017"];

/// SHA-256 of every data file that the program carries, by name.
pub fn embedded_hashes() -> Vec<(String, String)> {
    embedded::hashes(Some(""))
}

/// What a scenario is set in.
#[derive(Clone, Debug)]
pub enum Place {
    City(Box<City>),
    Town(Town),
}

/// An embedded place by name, or a town file (`.toml`) relative to `base_dir`.
pub fn load(name: &str, base_dir: &Path) -> Result<Place, PlaceError> {
    load_under(name, base_dir, &Assumed::default())
}

/// The same, with departures from a city's data. A town's file says all of it, and has none.
pub fn load_under(name: &str, base_dir: &Path, assumed: &Assumed) -> Result<Place, PlaceError> {
    if name == LEEDS {
        return Ok(Place::City(Box::new(leeds::load(assumed)?)));
    }
    if let Some(year) = PRESTON.iter().position(|known| *known == name) {
        let year = [preston::Year::Before, preston::Year::After][year];
        return Ok(Place::City(Box::new(preston::load(year, assumed)?)));
    }
    if name.ends_with(".toml") {
        return town_file::load(name, base_dir);
    }
    Err(PlaceError::Unknown { name: name.into() })
}

/// A city of Leeds's size that differs from it: its data are Leeds's but for that.
pub fn like_leeds(assumed: &Assumed, difference: &Difference) -> Result<City, PlaceError> {
    leeds::load_like(assumed, difference)
}

impl Place {
    pub fn name(&self) -> &str {
        match self {
            Place::City(city) => &city.name,
            Place::Town(town) => &town.name,
        }
    }

    /// Names by which a scenario points at anchors.
    pub fn anchor_ids(&self) -> Vec<String> {
        match self {
            Place::City(city) => city.anchors.iter().map(|anchor| anchor.id.clone()).collect(),
            Place::Town(town) => town.anchor.iter().map(|anchor| anchor.id.clone()).collect(),
        }
    }

    /// Names by which a scenario points at categories of spending; none in a town.
    pub fn category_ids(&self) -> Vec<String> {
        match self {
            Place::City(city) => city.categories.iter().map(|category| category.id.clone()).collect(),
            Place::Town(_) => Vec::new(),
        }
    }

    /// SHA-256 of each data file behind the place, for manifests.
    pub fn data_hashes(&self) -> Vec<(String, String)> {
        match self {
            Place::City(city) => embedded::hashes((city.name == preston::NAME).then_some("preston/")),
            Place::Town(town) => vec![(town.file.clone(), town.sha256.clone())],
        }
    }
}
