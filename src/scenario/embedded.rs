//! Scenarios and place overlays that the program carries with it.

/// Scenarios by name.
pub const SCENARIOS: &[(&str, &str)] = &[
    ("leeds/baseline", include_str!("../../scenarios/leeds/baseline.toml")),
    ("leeds/local_first", include_str!("../../scenarios/leeds/local_first.toml")),
    ("teaching/three_shops", include_str!("../../scenarios/teaching/three_shops.toml")),
    ("teaching/three_shops_buy_local", include_str!("../../scenarios/teaching/three_shops_buy_local.toml")),
];

/// Studies by name.
pub const STUDIES: &[(&str, &str)] = &[("leeds/study", include_str!("../../scenarios/leeds/study.toml"))];

/// The places that the program carries, by name.
pub const PLACES: &[&str] = &["leeds"];

/// What Leeds changes in the defaults: nothing, they were written for it.
const LEEDS: &str = "";

/// What a town written out agent by agent changes in the defaults.
const TOWN: &str = include_str!("town_overlay.toml");

/// The second layer, by the place: its label and text.
pub fn overlay(place: &str) -> (&'static str, &'static str) {
    if PLACES.contains(&place) { ("defaults of leeds", LEEDS) } else { ("defaults of a town", TOWN) }
}

/// An embedded scenario by name; `scenarios/leeds/baseline.toml` means `leeds/baseline`.
pub fn scenario(what: &str) -> Option<(&'static str, &'static str)> {
    named(what, SCENARIOS)
}

/// An embedded study by name.
pub fn study(what: &str) -> Option<(&'static str, &'static str)> {
    named(what, STUDIES)
}

fn named(what: &str, all: &[(&'static str, &'static str)]) -> Option<(&'static str, &'static str)> {
    let name = what.replace('\\', "/");
    let name = name.strip_prefix("./").unwrap_or(&name);
    let name = name.strip_prefix("scenarios/").unwrap_or(name);
    let name = name.strip_suffix(".toml").unwrap_or(name);
    all.iter().find(|(known, _)| *known == name).copied()
}
