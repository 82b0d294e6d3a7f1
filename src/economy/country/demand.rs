//! Whose firms sell what a city buys outside: demand for each city's sales to the others, and for its residents' work.

use super::geography::{Geography, divide};
use super::outside::{ByZone, OutsideMonth};
use crate::base::draws::{Draws, Purpose};
use crate::base::money::Pence;
use crate::place::vocabulary::Zone;
use crate::world::City;

/// What the other cities ask of a city in a month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Purchases, by the zone that the buyer is in and the seller's sector.
    pub sales: ByZone,
    /// People who work in other cities, by zone.
    pub commuters: [i64; 2],
}

/// Who sells to whom, fixed at the start.
pub struct Partners {
    /// By city and zone, the other cities there.
    zones: Vec<[Vec<usize>; 2]>,
    /// What each city sold at the start to buyers of each zone, by sector: their shares in what others buy.
    weights: Vec<ByZone>,
    /// Its residents at work in each zone at the start.
    workers: Vec<[i64; 2]>,
    /// By city, the home of each bidder from outside, by supplier's row; the city itself for its own firms.
    homes: Vec<Vec<u32>>,
}

impl Partners {
    /// Homes of bidders are drawn once: a city of its zone in proportion to what it sells of the sector.
    pub fn new(
        geography: &Geography,
        cities: &[City],
        start: (Vec<ByZone>, Vec<[i64; 2]>),
        draws: &Draws,
    ) -> Partners {
        let zones = (0..cities.len()).map(|i| [0, 1].map(|zone| geography.zone_of(i, zone))).collect();
        let mut of = Partners { zones, weights: start.0, workers: start.1, homes: Vec::new() };
        of.homes = cities.iter().enumerate().map(|(i, city)| of.homes_of(i, city, draws)).collect();
        of
    }

    fn homes_of(&self, i: usize, city: &City, draws: &Draws) -> Vec<u32> {
        let luck = draws.in_month(0);
        let home = |s: usize| {
            let zone = match city.suppliers.zone.rows()[s] {
                Zone::Region => 0,
                Zone::Country => 1,
                Zone::City | Zone::World => return i as u32,
            };
            let there = &self.zones[i][zone];
            let weights = self.of(there, zone, city.suppliers.sector.rows()[s].index());
            let all: i64 = weights.iter().sum();
            let key = (i as u64) << 24 | s as u64;
            let at = (luck.uniform(Purpose::BidderHome, key, 0) * all.max(1) as f64) as i64;
            let mut passed = 0;
            let found = there.iter().zip(&weights).find(|(_, weight)| {
                passed += **weight;
                passed > at
            });
            found.map(|(j, _)| *j).or_else(|| there.last().copied()).unwrap_or(i) as u32
        };
        (0..city.suppliers.len()).map(home).collect()
    }

    fn of(&self, cities: &[usize], zone: usize, sector: usize) -> Vec<i64> {
        cities.iter().map(|j| self.weights[*j][zone][sector].max(0)).collect()
    }

    /// Divide a month's purchases, unfilled orders of the month (by city that could not fill them) and commuters.
    pub fn ask(&self, cities: &[City], months: &[OutsideMonth], unfilled: &[ByZone]) -> Vec<Asked> {
        let mut asked = vec![Asked::default(); cities.len()];
        for (i, month) in months.iter().enumerate() {
            for (zone, there) in self.zones[i].iter().enumerate() {
                let purchases = month.bought[zone].iter().zip(unfilled[i][zone]);
                for (sector, (bought, unfilled)) in purchases.enumerate() {
                    // Customers whom a city could not serve turn to the others of their zone.
                    let amount = bought + unfilled;
                    let parts = divide(amount, &self.of(there, zone, sector));
                    for (j, part) in there.iter().zip(parts) {
                        asked[*j].sales[zone][sector] += part;
                    }
                }
                let heads: Vec<i64> = there.iter().map(|j| self.workers[*j][zone]).collect();
                for (j, part) in there.iter().zip(divide(month.in_commuters[zone], &heads)) {
                    asked[*j].commuters[zone] += part;
                }
            }
            for (s, amount) in &month.passed_on {
                let of = &cities[i].suppliers;
                let zone = usize::from(of.zone.rows()[*s as usize] != Zone::Region);
                let home = self.homes[i][*s as usize] as usize;
                asked[home].sales[zone][of.sector.rows()[*s as usize].index()] += amount;
            }
        }
        asked
    }
}

/// All purchases in a table by zone and sector.
pub fn total(of: &ByZone) -> Pence {
    of.iter().flatten().sum()
}
