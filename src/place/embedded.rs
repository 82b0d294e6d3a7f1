//! The data files, carried inside the binary.

use super::error::PlaceError;
use sha2::{Digest, Sha256};

macro_rules! files {
    ($($path:literal),+ $(,)?) => {
        /// Every data file: path under `data/`, and text.
        pub const FILES: &[(&str, &str)] = &[$(($path, include_str!(concat!("../../data/", $path)))),+];
    };
}

files!(
    "uk/coicop_to_section_2022.csv",
    "uk/household_income_2017_18.csv",
    "uk/household_spending_2024_25.csv",
    "uk/input_output_2019.csv",
    "uk/owner_occupied_housing_2019.csv",
    "uk/procurement_law.toml",
    "uk/saving_by_decile.csv",
    "uk/sector_assumptions.csv",
    "uk/tax_2025_26.toml",
    "uk/technology.toml",
    "leeds/anchors.csv",
    "leeds/categories.csv",
    "leeds/category_mix.csv",
    "leeds/city.toml",
    "leeds/enterprises_2025.csv",
    "leeds/gva_2023.csv",
    "leeds/jobs_2023.csv",
    "leeds/local_units_2025.csv",
    "leeds/ownership.csv",
    "leeds/ownership_forms.csv",
    "leeds/procurement_teams.csv",
    "leeds/purchases.csv",
    "leeds/residents_by_age_2023.csv",
    "leeds/targets.csv",
    "leeds/wards_2024.csv",
    "preston/anchors.csv",
    "preston/city.toml",
    "preston/procurement_teams.csv",
);

/// Towns that the teaching scenarios are set in: file name and text.
pub const TOWNS: &[(&str, &str)] = &[
    ("three_shops_town.toml", include_str!("../../scenarios/teaching/three_shops_town.toml")),
    ("three_shops_town_local.toml", include_str!("../../scenarios/teaching/three_shops_town_local.toml")),
];

/// The path as the binary knows it, and the text.
pub fn text(path: &str) -> Result<(&'static str, &'static str), PlaceError> {
    FILES.iter().find(|(name, _)| *name == path).copied().ok_or_else(|| PlaceError::Unreadable {
        file: path.into(),
        reason: "it is not among the embedded data files".into(),
    })
}

/// SHA-256 of the data files behind a city, for manifests: the country's, and those of Leeds, which other cities borrow
/// from; `own` is the folder of a city besides.
pub fn hashes(own: Option<&str>) -> Vec<(String, String)> {
    let behind = |path: &str| {
        ["uk/", "leeds/"].iter().any(|folder| path.starts_with(folder))
            || own.is_some_and(|own| path.starts_with(own))
    };
    FILES
        .iter()
        .filter(|(path, _)| behind(path))
        .map(|(path, text)| (format!("data/{path}"), sha256(text.as_bytes())))
        .collect()
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
