//! Who sells what: by purchase, the organisations among which households choose. A household notes a place in this list,
//! 16 bits, in place of an organisation's row.

use crate::place::city::PURCHASES;
use crate::place::vocabulary::{Purchase, Zone};
use crate::world::City;
use crate::world::households::HouseholdId;
use crate::world::orgs::{Orgs, Outside};
use crate::world::pools::Pool;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Place of an organisation among the sellers of a purchase.
pub type Code = u16;

/// Sellers before the outlets in the city: firms of region, country and world, and the water company.
const BEFORE: usize = 4;
/// The region's firms, and the water company.
pub const REGION: Code = 0;
pub const WATER: Code = 3;

/// Sellers of a purchase that places of 16 bits tell apart.
const MOST: usize = 1 << Code::BITS;

/// More outlets of a purchase than can be told apart.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("{outlets} outlets sell {}, and at most {most} can be told apart", .purchase.label())]
pub struct TooManyOutlets {
    pub purchase: Purchase,
    pub outlets: usize,
    pub most: usize,
}

/// The sellers of each purchase, fixed at the start.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sellers {
    orgs: Vec<u32>,
    /// Of each member of the pools of outlets, where those of a purchase begin as in `orgs`: its place among the sellers.
    ranks: Vec<Code>,
    /// Where those of each purchase begin among all.
    starts: Vec<u32>,
}

impl Sellers {
    /// Of a city whose outlets are these pools; `water` is the anchor that is the water company. Outlets stand by their
    /// weight, the largest first: most purchases are made at few of them, and what is noted of those is then at hand.
    ///
    /// # Errors
    /// If more than 65,532 outlets sell one purchase.
    pub fn of_pools(pools: &[Pool], orgs: Orgs, water: Option<u32>) -> Result<Sellers, TooManyOutlets> {
        let mut ranks = Vec::new();
        let by_purchase = (0..PURCHASES).map(|p| {
            let firms = |zone| orgs.outside(Outside::firms(zone)).0;
            let country = firms(Zone::Country);
            let water = water.map_or(country, |water| orgs.anchor(water as usize).0);
            let before: [u32; BEFORE] = [firms(Zone::Region), country, firms(Zone::World), water];
            let largest_first = pools[p].largest_first();
            let mut rank = vec![0; BEFORE + largest_first.len()];
            for (place, member) in largest_first.iter().enumerate() {
                rank[BEFORE + *member as usize] = (BEFORE + place) as Code;
            }
            ranks.append(&mut rank);
            let member = |member: u32| pools[p].suppliers[member as usize];
            before.into_iter().chain(largest_first.into_iter().map(member)).collect()
        });
        let by_purchase: Vec<_> = by_purchase.collect();
        Ok(Sellers { ranks, ..Sellers::new(by_purchase)? })
    }

    /// Of these organisations, purchase by purchase. If there are too many of several purchases, the one with most is told.
    pub fn new(by_purchase: impl IntoIterator<Item = Vec<u32>>) -> Result<Sellers, TooManyOutlets> {
        let mut sellers = Sellers { starts: vec![0], ..Sellers::default() };
        let mut most = (0, 0);
        for (purchase, mut orgs) in by_purchase.into_iter().enumerate() {
            most = most.max((orgs.len(), purchase));
            sellers.orgs.append(&mut orgs);
            sellers.starts.push(sellers.orgs.len() as u32);
        }
        let (all, purchase) = (most.0, Purchase::from_index(most.1));
        if all > MOST {
            return Err(TooManyOutlets { purchase, outlets: all - BEFORE, most: MOST - BEFORE });
        }
        Ok(sellers)
    }

    /// All of them, one after the other; [`Sellers::of`] says which are of a purchase.
    pub fn orgs(&self) -> &[u32] {
        &self.orgs
    }

    /// Where the sellers of a purchase stand among all.
    #[inline]
    pub fn of(&self, purchase: usize) -> Range<usize> {
        self.starts[purchase] as usize..self.starts[purchase + 1] as usize
    }

    /// Where the sellers of each purchase begin among all.
    pub fn starts(&self) -> [u32; PURCHASES] {
        let mut starts = [0; PURCHASES];
        starts.copy_from_slice(&self.starts[..PURCHASES]);
        starts
    }

    /// The place of firms of a zone outside, or of this member of the pool of outlets in the city, among the sellers of a
    /// purchase. Without outlets in the city the region's firms sell.
    #[inline]
    pub fn code(&self, purchase: usize, zone: Zone, member: impl FnOnce() -> Option<usize>) -> Code {
        let in_city = |member| self.ranks[self.starts[purchase] as usize + BEFORE + member];
        match zone {
            Zone::City => member().map_or(REGION, in_city),
            Zone::Region => REGION,
            Zone::Country => 1,
            Zone::World => 2,
        }
    }

    /// The organisation at this place among the sellers of a purchase.
    #[inline]
    pub fn org(&self, purchase: usize, code: Code) -> u32 {
        self.orgs[self.starts[purchase] as usize + usize::from(code)]
    }
}

impl City {
    /// A household's usual outlet for a purchase.
    #[inline]
    pub fn outlet(&self, household: HouseholdId, purchase: usize) -> u32 {
        self.market.sellers.org(purchase, self.households.outlets[household][purchase])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_to_who_sells() {
        let pools: Vec<Pool> = (0..PURCHASES as u32)
            .map(|p| Pool::new((0..p).map(|i| (10 * p + i, 1.0 + f64::from(i % 3)))))
            .collect();
        let orgs = Orgs { suppliers: 200, anchors: 3 };
        let sellers = Sellers::of_pools(&pools, orgs, Some(2)).unwrap();
        for (p, pool) in pools.iter().enumerate() {
            for zone in [Zone::Region, Zone::Country, Zone::World] {
                let outside = orgs.outside(Outside::firms(zone)).0;
                assert_eq!(sellers.org(p, sellers.code(p, zone, || Some(0))), outside);
            }
            assert_eq!(sellers.org(p, WATER), orgs.anchor(2).0);
            for (member, supplier) in pool.suppliers.iter().enumerate() {
                assert_eq!(sellers.org(p, sellers.code(p, Zone::City, || Some(member))), *supplier);
            }
            assert_eq!(sellers.of(p).len(), BEFORE + pool.suppliers.len());
            // Weights of 3, then of 2, then of 1; of equals the first.
            let weight = |org: &u32| 1 + (org - 10 * p as u32) % 3;
            assert!(sellers.orgs()[sellers.of(p)][BEFORE..].is_sorted_by_key(|org| (3 - weight(org), *org)));
        }
        assert_eq!(
            sellers.org(0, sellers.code(0, Zone::City, || None)),
            orgs.outside(Outside::RegionFirms).0
        );
    }

    #[test]
    fn one_outlet_more_than_can_be_numbered_is_refused() {
        let orgs = Orgs { suppliers: 70_000, anchors: 0 };
        // So many of the first purchases; none of the others.
        let of = |outlets: &[u32]| {
            let pool = |p: usize| Pool::new((0..outlets.get(p).copied().unwrap_or(0)).map(|i| (i, 1.0)));
            Sellers::of_pools(&(0..PURCHASES).map(pool).collect::<Vec<_>>(), orgs, None)
        };
        let most = of(&[1, 65_532]).unwrap();
        assert_eq!(most.org(1, most.code(1, Zone::City, || Some(65_531))), 65_531);
        let told = |purchase, outlets| {
            Err(TooManyOutlets { purchase: Purchase::from_index(purchase), outlets, most: 65_532 })
        };
        assert_eq!(of(&[1, 65_533]), told(1, 65_533));
        assert_eq!(of(&[66_000, 65_533, 67_000, 1]), told(2, 67_000));
    }
}
