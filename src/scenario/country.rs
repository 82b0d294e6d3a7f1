//! What a country of cities is: how many, how unlike, what passes between them, who pulls the scenario's levers.

use super::diagnostic::Diagnostic;
use super::error::{ScenarioError, refuse};
use super::load::Scenario;
use super::procurement::ConstantService;
use super::settings::Settings;
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
            format!("at most {}: with `--regions`, or `country.regions`", rules.cities),
        );
    }
    if rules.base_months > settings.run.burn_in_months {
        let (base, burn_in) = (rules.base_months, settings.run.burn_in_months);
        let title = format!("`country.base_months` is {base}, and burn-in has {burn_in} months");
        let help = format!("at most {burn_in}, or a longer `run.burn_in_months`");
        fault(&["country", "base_months"], title, "longer than burn-in", help);
    }
    if settings.impulse.amount_gbp > 0.0 {
        let title =
            "an extra spend is an experiment with one city, and is not passed on to others".to_owned();
        let help = "pull levers (`[policy]`) in a country; `recirc impulse` runs an extra spend in one city";
        fault(&["impulse", "amount_gbp"], title, "an extra spend", help.to_owned());
    }
    if rules.commuters && !settings.mechanisms.labour_market {
        let title = "`country.commuters` needs the labour market, which is off".to_owned();
        let help = "set `country.commuters = false`, or `mechanisms.labour_market = true`";
        fault(&["mechanisms", "labour_market"], title, "off", help.to_owned());
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

/// What a country does otherwise than a city by itself would make one expect.
pub fn warnings(scenario: &Scenario) -> Vec<String> {
    let settings = &scenario.settings;
    let mut found = Vec::new();
    if settings.tracer.on {
        found.push(
            "the tracer is left out of a country: the pound is not followed from city to city".to_owned(),
        );
    }
    if !settings.shock.dates().is_empty() {
        found.push(
            "shocks strike the cities that adopt and no others, so that changes are those of levers and shocks together"
                .to_owned(),
        );
    }
    if financed_by_grants(settings) {
        found.push(
            "a grant is money of a central government whose taxes are fixed, here too: what it pays for in many cities at once              costs the country nothing in these figures but `treasury_net`"
                .to_owned(),
        );
    }
    found
}

/// Whether central government pays for any part of the policy.
fn financed_by_grants(settings: &Settings) -> bool {
    fn names(value: &toml::Value) -> bool {
        match value {
            toml::Value::Table(table) => table
                .iter()
                .any(|(key, value)| key == "financed_by" && value.as_str() == Some("grant") || names(value)),
            toml::Value::Array(all) => all.iter().any(names),
            _ => false,
        }
    }
    settings.procurement.constant_service == ConstantService::Grant
        || toml::Value::try_from(&settings.policy).is_ok_and(|policy| names(&policy))
}
