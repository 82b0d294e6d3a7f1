//! What a country of cities shows: who gains and who loses when one city buys local, when all do.

pub mod effects;
pub mod groups;
mod links;
pub mod measures;
mod rows;
pub mod tables;

use crate::economy::country::{CountryMonth, Links};
pub use crate::scenario::settings::Adopters;
use measures::MEASURES;
use serde::{Deserialize, Serialize};

/// How a city was drawn: standard deviations from Leeds times the spread asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Traits {
    pub region: usize,
    /// Shift of the odds that spending and jobs stay in the city.
    pub localness: f64,
    /// Logarithm of the unemployment rate over Leeds's.
    pub deprivation: f64,
    /// Half of the sum over sections of differences in the share of jobs from Leeds: 0 is Leeds's mix, 1 nothing in common.
    pub mix: f64,
}

/// What a city came to in one run: the figures of [`MEASURES`], means over its last year, at full size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CityFigures(pub [f64; MEASURES.len()]);

/// One run of a country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CountryRun {
    /// Who pulled the levers; none in a run without policy.
    pub adopters: Option<Adopters>,
    /// Whether cities felt each other.
    pub linked: bool,
    /// Who did, by city.
    pub adopts: Vec<bool>,
    pub cities: Vec<CityFigures>,
    pub books: Vec<CountryMonth>,
}

/// All runs under one luck: a country drawn anew, without policy and under each set of adopters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Replicate {
    pub number: u16,
    pub traits: Vec<Traits>,
    pub runs: Vec<CountryRun>,
    /// What of cities' purchases and commuters is other cities'; none if no run was linked.
    pub links: Option<Links>,
}

impl Replicate {
    /// A run with levers pulled by these, and the run without policy that it is compared with.
    pub fn pair(&self, adopters: Adopters) -> Option<(&CountryRun, &CountryRun)> {
        let policy = self.runs.iter().find(|run| run.adopters == Some(adopters))?;
        Some((self.reference(policy.linked)?, policy))
    }

    /// The run without policy.
    pub fn reference(&self, linked: bool) -> Option<&CountryRun> {
        self.runs.iter().find(|run| run.adopters.is_none() && run.linked == linked)
    }
}

/// Everything that a command simulated.
#[derive(Clone, Debug)]
pub struct Countries {
    pub scale: f64,
    /// Months simulated after burn-in; figures are means over the last twelve of them.
    pub months: usize,
    pub price_year: String,
    pub replicates: Vec<Replicate>,
}

impl Countries {
    /// Sets of adopters that were run, in order.
    pub fn adopters(&self) -> Vec<Adopters> {
        let first = self.replicates.first();
        first.iter().flat_map(|of| &of.runs).filter_map(|run| run.adopters).collect()
    }

    pub fn cities(&self) -> usize {
        self.replicates.first().map_or(0, |of| of.traits.len())
    }
}
