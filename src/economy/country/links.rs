//! How much of what cities buy outside, and of who commutes into them, is other cities': of a change, the part that reaches
//! them.

use super::outside::ByZone;
use crate::base::money::Pence;
use crate::scenario::settings::BeyondCities;
use serde::{Deserialize, Serialize};

/// Sums over cities at the start, a month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Links {
    /// Ordered from cities by buyers of each zone, by sector; and asked of them by other cities (pence).
    pub sold: ByZone,
    pub asked: ByZone,
    /// Residents at work in each zone, and people of each zone at work in cities.
    pub at_work: [i64; 2],
    pub asked_for: [i64; 2],
    pub beyond: BeyondCities,
}

impl Links {
    /// Of a change in what is asked of cities, the part that changes their orders.
    pub fn goods(&self, zone: usize, sector: usize) -> f64 {
        match self.beyond {
            BeyondCities::Fixed => 1.0,
            BeyondCities::InProportion => part(self.sold[zone][sector], self.asked[zone][sector]),
        }
    }

    /// Of a change in how many commute into cities, the part that are residents of other cities: the others live
    /// elsewhere, and always did.
    pub fn people(&self, zone: usize) -> f64 {
        part(self.at_work[zone], self.asked_for[zone])
    }
}

/// At most all.
fn part(here: Pence, asked: Pence) -> f64 {
    if asked > 0 { (here as f64 / asked as f64).min(1.0) } else { 1.0 }
}
