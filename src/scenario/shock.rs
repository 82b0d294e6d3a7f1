//! Shocks: what strikes a city from outside, each dated. How each is told to users stands in `shock_table.rs`, what
//! it does in `economy::shocks`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Shocks of a scenario, one list for each kind, and the band within which a city has recovered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Shocks {
    #[schemars(range(max = 50), extend("exclusiveMinimum" = 0))]
    pub recovered_within_percent: f64,
    #[serde(default)]
    pub prime_collapse: Vec<PrimeCollapse>,
    #[serde(default)]
    pub employer_closure: Vec<EmployerClosure>,
    #[serde(default)]
    pub energy_prices: Vec<EnergyPrices>,
    #[serde(default)]
    pub austerity: Vec<Austerity>,
}

impl Shocks {
    /// Kind, position in its list, name and first month of every shock.
    pub fn dates(&self) -> Vec<(&'static str, usize, Option<&str>, &str)> {
        fn of<'a, T>(
            kind: &'static str,
            list: &'a [T],
            what: impl Fn(&'a T) -> (&'a Option<String>, &'a String) + 'a,
        ) -> impl Iterator<Item = (&'static str, usize, Option<&'a str>, &'a str)> {
            list.iter().enumerate().map(move |(i, entry)| {
                let (name, start) = what(entry);
                (kind, i, name.as_deref(), start.as_str())
            })
        }
        of("prime_collapse", &self.prime_collapse, |e| (&e.name, &e.start))
            .chain(of("employer_closure", &self.employer_closure, |e| (&e.name, &e.start)))
            .chain(of("energy_prices", &self.energy_prices, |e| (&e.name, &e.start)))
            .chain(of("austerity", &self.austerity, |e| (&e.name, &e.start)))
            .collect()
    }
}

/// Among whom a contractor is ranked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Among {
    /// All suppliers, wherever their site is.
    #[default]
    All,
    /// Suppliers with a site in the city.
    City,
}

/// A large contractor of the anchors fails, and its chain with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PrimeCollapse {
    /// A name, so that `--set` and a later layer can point at this entry.
    #[serde(default)]
    pub name: Option<String>,
    /// The month of the collapse, "YYYY-MM".
    pub start: String,
    /// Which holder of anchors' contracts, by what they pay a month: 1 is the largest.
    #[schemars(range(min = 1, max = 1000))]
    pub rank: u16,
    /// Among whom it is ranked.
    #[serde(default)]
    pub among: Among,
    /// Months of its purchases that its suppliers are never paid for.
    #[schemars(range(min = 0, max = 24))]
    pub unpaid_months: f64,
    /// Months until another firm may take its place; the usual chance from the next month on when left out.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1200))]
    pub shut_months: Option<u16>,
}

/// A large employer closes or moves away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EmployerClosure {
    /// A name, so that `--set` and a later layer can point at this entry.
    #[serde(default)]
    pub name: Option<String>,
    /// The month of the closure, "YYYY-MM".
    pub start: String,
    /// Section of the employer, by its letter; any when left out.
    #[serde(default)]
    pub section: Option<String>,
    /// Which employer of the section, by staff: 1 is the largest.
    #[schemars(range(min = 1, max = 1000))]
    pub rank: u16,
    /// Months until another firm may take its place; never within the run when left out.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1200))]
    pub shut_months: Option<u16>,
}

/// Energy becomes dearer for firms, households and anchors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnergyPrices {
    /// A name, so that `--set` and a later layer can point at this entry.
    #[serde(default)]
    pub name: Option<String>,
    /// First month of the higher price, "YYYY-MM".
    pub start: String,
    /// First month at the old price again; never when left out.
    #[serde(default)]
    pub end: Option<String>,
    /// Rise of the price of energy, in percent. Neutral: 0.
    #[schemars(range(min = 0, max = 1000))]
    pub rise_percent: f64,
}

/// Money of the anchors is cut year after year (or grows), and stays there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Austerity {
    /// A name, so that `--set` and a later layer can point at this entry.
    #[serde(default)]
    pub name: Option<String>,
    /// First month of the first cut, "YYYY-MM".
    pub start: String,
    /// How many yearly cuts are made.
    #[schemars(range(min = 1, max = 100))]
    pub years: u16,
    /// Change of procurement budgets a year, in percent. Neutral: 0.
    #[schemars(range(min = -50, max = 50))]
    pub budget_percent_a_year: f64,
    /// Change of the anchors' own pay bills a year, in percent. Neutral: 0.
    #[serde(default)]
    #[schemars(range(min = -50, max = 50))]
    pub pay_percent_a_year: f64,
    /// Change of the hours of procurement teams a year, in percent. Neutral: 0.
    #[serde(default)]
    #[schemars(range(min = -50, max = 50))]
    pub teams_percent_a_year: f64,
    /// Anchors that are cut; all when empty.
    #[serde(default)]
    pub anchors: Vec<String>,
}
