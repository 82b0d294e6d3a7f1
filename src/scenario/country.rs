//! What a country of cities is: how many, how unlike, what passes between them, who pulls the scenario's levers.

use super::diagnostic::Diagnostic;
use super::error::{ScenarioError, refuse};
use super::load::Scenario;
use crate::place::LEEDS;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountryRules {
    #[schemars(range(min = 2, max = 500))]
    pub cities: u16,
    #[schemars(range(min = 1, max = 100))]
    pub regions: u16,
    #[schemars(range(min = 0, max = 1))]
    pub sector_mix_spread: f64,
    #[schemars(range(min = 0, max = 1))]
    pub localness_spread: f64,
    #[schemars(range(min = 0, max = 1))]
    pub deprivation_spread: f64,
    /// Whether what cities buy outside is what others sell.
    pub purchases: bool,
    /// Whether who commutes into a city commutes out of others.
    pub commuters: bool,
    pub beyond: BeyondCities,
    #[schemars(range(min = 1, max = 120))]
    pub base_months: u16,
    pub adopters: Vec<Adopters>,
}

/// What of cities' purchases others do not sell at the start, and of their sales others do not buy, does when purchases
/// move: it stays what it was, or moves in proportion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BeyondCities {
    #[default]
    Fixed,
    InProportion,
}

/// Which cities pull the levers of the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Adopters {
    /// No city: the country as it is, which every other set is compared with.
    Nobody,
    /// Each, in a country in which no city feels what another does: as many cities as there are, each alone in it.
    EachAlone,
    One,
    Region,
    Half,
    All,
}

impl Adopters {
    pub const ALL: [Adopters; 6] = [
        Adopters::Nobody,
        Adopters::EachAlone,
        Adopters::One,
        Adopters::Region,
        Adopters::Half,
        Adopters::All,
    ];

    /// The word used for it in files and tables.
    pub const fn id(self) -> &'static str {
        match self {
            Adopters::Nobody => "nobody",
            Adopters::EachAlone => "each_alone",
            Adopters::One => "one",
            Adopters::Region => "region",
            Adopters::Half => "half",
            Adopters::All => "all",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Adopters::Nobody => "nobody",
            Adopters::EachAlone => "each city alone",
            Adopters::One => "one city",
            Adopters::Region => "one region",
            Adopters::Half => "every second city",
            Adopters::All => "every city",
        }
    }

    /// Whether cities feel what the others do.
    pub const fn linked(self) -> bool {
        !matches!(self, Adopters::EachAlone)
    }
}

/// Check what a country needs beyond a scenario of one city.
pub fn check(scenario: &Scenario) -> Result<(), ScenarioError> {
    let settings = &scenario.settings;
    let rules = &settings.country;
    let mut faults = Vec::new();
    let mut fault = |path: &[&str], title: String, label: &str, help: String| {
        let at = scenario.sources.at(path);
        let of = at.map_or_else(|| Diagnostic::new(&title), |at| Diagnostic::at(at, &title).label(label));
        faults.push(of.help(help));
    };
    if settings.place != LEEDS {
        let title =
            format!("a country is made of cities like {LEEDS}, and `place` is \"{}\"", settings.place);
        fault(&["place"], title, "another place", format!("set `place = \"{LEEDS}\"`"));
    }
    if rules.regions > rules.cities {
        let title = format!("{} cities cannot lie in {} regions", rules.cities, rules.regions);
        fault(
            &["country", "regions"],
            title,
            "more regions than cities",
            format!("at most {}", rules.cities),
        );
    }
    if rules.base_months > settings.run.burn_in_months {
        let (base, burn_in) = (rules.base_months, settings.run.burn_in_months);
        let title = format!("`country.base_months` is {base}, and burn-in has {burn_in} months");
        let help = format!("at most {burn_in}, or a longer `run.burn_in_months`");
        fault(&["country", "base_months"], title, "longer than burn-in", help);
    }
    if rules.adopters.is_empty() {
        let known = Adopters::ALL.map(|of| format!("\"{}\"", of.id())).join(", ");
        let title = "`country.adopters` names nobody".to_owned();
        fault(&["country", "adopters"], title, "empty", format!("name some of {known}"));
    }
    for (i, of) in rules.adopters.iter().enumerate() {
        if rules.adopters[..i].contains(of) {
            let title = format!("`country.adopters` lists \"{}\" twice", of.id());
            fault(&["country", "adopters"], title, "twice", "take one out".to_owned());
        }
    }
    refuse(faults)
}
