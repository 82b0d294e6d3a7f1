//! Which cities lie in one region, and how an amount is divided over some of them.

use crate::base::money::{self, Pence};
use crate::place::vocabulary::Zone;
use std::ops::Range;

/// The two zones outside a city that other cities make up: the rest of its region, the rest of the country.
pub const ZONES: [Zone; 2] = [Zone::Region, Zone::Country];

/// Cities by number, the regions being runs of them as equal as can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Geography {
    cities: usize,
    regions: usize,
}

impl Geography {
    pub fn new(cities: usize, regions: usize) -> Geography {
        Geography { cities, regions: regions.clamp(1, cities.max(1)) }
    }

    /// The region of a city.
    pub fn region(&self, city: usize) -> usize {
        // The last region that begins at or before the city.
        ((city + 1) * self.regions - 1) / self.cities
    }

    /// The cities of a region.
    pub fn cities_of(&self, region: usize) -> Range<usize> {
        let begins = |r: usize| r * self.cities / self.regions;
        begins(region)..begins(region + 1)
    }

    /// The other cities that make up a zone outside a city: those of its region, or all that are not. Where there is none
    /// of the kind (one region, regions of one city) all others stand for it.
    pub fn zone_of(&self, city: usize, zone: usize) -> Vec<usize> {
        let own = self.cities_of(self.region(city));
        let others = (0..self.cities).filter(|j| *j != city);
        let wanted: Vec<usize> = others.clone().filter(|j| own.contains(j) == (zone == 0)).collect();
        if wanted.is_empty() { others.collect() } else { wanted }
    }
}

/// Divide an amount in proportion to weights, to the penny ([`money::divide`]); weights below nought count as nought. Without
/// weights all have alike.
pub fn divide(amount: Pence, weights: &[i64]) -> Vec<Pence> {
    let mut weights: Vec<i64> = weights.iter().map(|weight| (*weight).max(0)).collect();
    if weights.iter().all(|weight| *weight == 0) {
        weights.fill(1);
    }
    money::divide(amount, &weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eighty_four_cities_in_twelve_regions_of_seven() {
        let of = Geography::new(84, 12);
        for region in 0..12 {
            assert_eq!(of.cities_of(region), region * 7..region * 7 + 7);
            assert!(of.cities_of(region).all(|city| of.region(city) == region));
        }
        assert_eq!(of.zone_of(8, 0), [7, 9, 10, 11, 12, 13]);
        assert_eq!(of.zone_of(8, 1).len(), 77);
    }

    #[test]
    fn uneven_regions_hold_every_city_once() {
        for (cities, regions) in [(5, 2), (7, 3), (10, 4), (3, 3), (1, 1), (6, 9)] {
            let of = Geography::new(cities, regions);
            let mut all: Vec<usize> = (0..of.regions).flat_map(|r| of.cities_of(r)).collect();
            all.sort_unstable();
            assert_eq!(all, (0..cities).collect::<Vec<_>>());
            assert!((0..cities).all(|c| of.cities_of(of.region(c)).contains(&c)), "{cities} in {regions}");
        }
        // A region of one city: its region is all others.
        assert_eq!(Geography::new(3, 3).zone_of(1, 0), [0, 2]);
    }

    #[test]
    fn a_division_loses_nothing() {
        assert_eq!(divide(10, &[1, 1, 1]), [3, 3, 4]);
        assert_eq!(divide(-10, &[3, 0, 1]), [-7, 0, -3]);
        assert_eq!(divide(7, &[0, 0]), [3, 4]);
        assert!(divide(7, &[]).is_empty());
        let big = divide(i64::MAX / 2, &[i64::MAX / 2, 3, i64::MAX / 3]);
        assert_eq!(big.iter().sum::<i64>(), i64::MAX / 2);
    }
}
