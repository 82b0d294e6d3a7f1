//! What is known of the place besides its agents: energy in costs, ownership forms, deprivation of wards.

use crate::place::city::{City as Facts, FormFacts, SECTORS};
use crate::place::vocabulary::{Ownership, Sector};
use serde::{Deserialize, Serialize};

/// Facts of the place that rules look up during a run. A town has none.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Background {
    /// Energy bought at home per pound of output at basic prices, by buyer's section (section D's own is left out:
    /// its prices rise with its costs).
    pub energy: [f64; SECTORS],
    /// Gross margin over turnover of shops: their coefficients are on margin.
    pub retail_margin: f64,
    /// What each ownership form does with its surplus.
    pub forms: [FormFacts; Ownership::COUNT],
    /// Mean rank in the Index of Multiple Deprivation, by ward (1 is the most deprived).
    pub deprivation_rank: Vec<f64>,
}

impl Background {
    pub fn of(facts: &Facts) -> Background {
        let mut energy = facts.technology.domestic[Sector::D.index()];
        energy[Sector::D.index()] = 0.0;
        Background {
            energy,
            retail_margin: facts.technology.retail_margin,
            forms: facts.ownership.forms,
            deprivation_rank: facts.wards.iter().map(|ward| ward.deprivation_rank).collect(),
        }
    }

    /// Energy per pound of net sales of a supplier of this section.
    pub fn energy_share(&self, sector: Sector, shop: bool) -> f64 {
        self.energy[sector.index()] * if shop { self.retail_margin } else { 1.0 }
    }
}
