//! Scenarios and place overlays that the program carries with it.

/// Scenarios by name.
pub const SCENARIOS: &[(&str, &str)] = &[
    ("leeds/baseline", include_str!("../../scenarios/leeds/baseline.toml")),
    ("leeds/local_first", include_str!("../../scenarios/leeds/local_first.toml")),
    ("leeds/living_wage", include_str!("../../scenarios/leeds/living_wage.toml")),
    ("leeds/ownership_not_postcode", include_str!("../../scenarios/leeds/ownership_not_postcode.toml")),
    ("leeds/everything", include_str!("../../scenarios/leeds/everything.toml")),
    ("leeds/local_quotes", include_str!("../../scenarios/leeds/local_quotes.toml")),
    ("leeds/social_value_20", include_str!("../../scenarios/leeds/social_value_20.toml")),
    ("leeds/social_value_30", include_str!("../../scenarios/leeds/social_value_30.toml")),
    ("leeds/lots", include_str!("../../scenarios/leeds/lots.toml")),
    ("leeds/hub", include_str!("../../scenarios/leeds/hub.toml")),
    ("leeds/incubator", include_str!("../../scenarios/leeds/incubator.toml")),
    (
        "leeds/strategic_plan_watered_down",
        include_str!("../../scenarios/leeds/strategic_plan_watered_down.toml"),
    ),
    ("leeds/strategic_plan_ambitious", include_str!("../../scenarios/leeds/strategic_plan_ambitious.toml")),
    ("leeds/insourcing", include_str!("../../scenarios/leeds/insourcing.toml")),
    ("leeds/austerity", include_str!("../../scenarios/leeds/austerity.toml")),
    ("leeds/austerity_with_plan", include_str!("../../scenarios/leeds/austerity_with_plan.toml")),
    ("leeds/prime_collapse", include_str!("../../scenarios/leeds/prime_collapse.toml")),
    ("leeds/prime_collapse_with_plan", include_str!("../../scenarios/leeds/prime_collapse_with_plan.toml")),
    ("preston/before", include_str!("../../scenarios/preston/before.toml")),
    ("preston/after", include_str!("../../scenarios/preston/after.toml")),
    ("preston/rules", include_str!("../../scenarios/preston/rules.toml")),
    ("country/everyone_local", include_str!("../../scenarios/country/everyone_local.toml")),
    ("country/everyone_local_alike", include_str!("../../scenarios/country/everyone_local_alike.toml")),
    ("country/full_size", include_str!("../../scenarios/country/full_size.toml")),
    ("teaching/three_shops", include_str!("../../scenarios/teaching/three_shops.toml")),
    ("teaching/three_shops_buy_local", include_str!("../../scenarios/teaching/three_shops_buy_local.toml")),
];

/// Studies by name.
pub const STUDIES: &[(&str, &str)] = &[
    ("leeds/study", include_str!("../../scenarios/leeds/study.toml")),
    ("leeds/study_uncertain", include_str!("../../scenarios/leeds/study_uncertain.toml")),
];

/// The places that the program carries, by name.
pub const PLACES: &[&str] = &["leeds", "preston", "preston_2017"];

/// What a city changes in the defaults: nothing, they were written for Leeds.
const LEEDS: &str = "";

/// What a town written out agent by agent changes in the defaults.
const TOWN: &str = include_str!("town_overlay.toml");

/// The second layer, by the place: its label and text.
pub fn overlay(place: &str) -> (&'static str, &'static str) {
    if PLACES.contains(&place) { ("defaults of a city", LEEDS) } else { ("defaults of a town", TOWN) }
}

/// An embedded scenario by name; `scenarios/leeds/baseline.toml` means `leeds/baseline`.
pub fn scenario(what: &str) -> Option<(&'static str, &'static str)> {
    named(what, SCENARIOS)
}

/// An embedded study by name.
pub fn study(what: &str) -> Option<(&'static str, &'static str)> {
    named(what, STUDIES)
}

/// All scenarios and studies that the program carries, a line each: name and description.
pub fn list() -> String {
    let told = |(name, text): &(&'static str, &'static str)| {
        let root: toml::Table = text.parse().unwrap_or_default();
        let description = root.get("description").and_then(toml::Value::as_str).unwrap_or_default();
        (*name, description.to_owned())
    };
    let width = SCENARIOS.iter().chain(STUDIES).map(|(name, _)| name.len()).max().unwrap_or_default();
    let lines = |all: &[(&'static str, &'static str)]| -> String {
        all.iter().map(told).map(|(name, description)| format!("{name:width$}  {description}\n")).collect()
    };
    format!(
        "{}\nStudies, for `recirc study NAME`:\n\n{}\n`recirc run NAME` runs one of the first; a file of yours may say \
         `extends = \"NAME\"`, and `recirc new DIR` writes one to start from.\n",
        lines(SCENARIOS),
        lines(STUDIES)
    )
}

fn named(what: &str, all: &[(&'static str, &'static str)]) -> Option<(&'static str, &'static str)> {
    let name = what.replace('\\', "/");
    let name = name.strip_prefix("./").unwrap_or(&name);
    let name = name.strip_prefix("scenarios/").unwrap_or(name);
    let name = name.strip_suffix(".toml").unwrap_or(name);
    all.iter().find(|(known, _)| *known == name).copied()
}
