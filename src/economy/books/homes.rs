//! Households at the close of a month: each balance is checked, and sums by ward and tenth are taken in the same pass, while
//! what both need of a household is at hand.

use super::Books;
use super::tenths::tenth;
use crate::base::col::Id;
use crate::base::money::Pence;
use crate::base::parallel::{add_up, chunks};
use crate::place::city::DECILES;
use crate::world::City;
use crate::world::households::HouseholdId;
use crate::world::workers::Status;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Sums over a group of households in a month (pence).
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct HouseholdSums {
    pub households: i64,
    pub receipts: Pence,
    pub disposable: Pence,
    pub consumption: Pence,
    pub deposits: Pence,
    pub in_work: i64,
    pub seeking: i64,
}

impl HouseholdSums {
    /// Sums over all households of up to a year, which 64 bits have room for.
    #[inline]
    pub fn add(&mut self, o: &HouseholdSums) {
        for (sum, more) in [
            (&mut self.households, o.households),
            (&mut self.receipts, o.receipts),
            (&mut self.disposable, o.disposable),
            (&mut self.consumption, o.consumption),
            (&mut self.deposits, o.deposits),
            (&mut self.in_work, o.in_work),
            (&mut self.seeking, o.seeking),
        ] {
            *sum = sum.wrapping_add(more);
        }
    }
}

/// Of each tenth of each ward, ward by ward.
pub type ByWardAndTenth = Vec<HouseholdSums>;

/// A household whose balance did not change by its receipts less its uses, and by how much.
pub type Unbalanced = (usize, Pence);

impl Books {
    /// Check every household's balance and keep the sums; members in work are not counted in burn-in, of which there is no
    /// record.
    pub(super) fn close_households(&mut self, city: &City) -> Result<(), Unbalanced> {
        let none = || (vec![HouseholdSums::default(); wards(city) * DECILES], None);
        let of_chunk = |(sums, unbalanced): &mut (ByWardAndTenth, Option<Unbalanced>),
                        range: Range<usize>| {
            *unbalanced = first(*unbalanced, close(city, &self.deposits, range.clone(), sums));
            if !city.burning_in() {
                count_workers(city, range, sums);
            }
        };
        let join = |(mut all, a): (ByWardAndTenth, _), (more, b): (ByWardAndTenth, _)| {
            all.iter_mut().zip(&more).for_each(|(all, more)| all.add(more));
            (all, first(a, b))
        };
        let (sums, unbalanced) = add_up(chunks(self.deposits.len()), none, of_chunk, join);
        self.homes = sums;
        unbalanced.map_or(Ok(()), Err)
    }

    /// Sums over households by ward, and by tenth.
    pub fn by_ward_and_tenth(&self) -> (Vec<HouseholdSums>, Vec<HouseholdSums>) {
        let mut wards = vec![HouseholdSums::default(); self.homes.len() / DECILES];
        let mut tenths = vec![HouseholdSums::default(); DECILES];
        for (at, of) in self.homes.iter().enumerate() {
            wards[at / DECILES].add(of);
            tenths[at % DECILES].add(of);
        }
        (wards, tenths)
    }
}

/// The one of two that comes first.
fn first(a: Option<Unbalanced>, b: Option<Unbalanced>) -> Option<Unbalanced> {
    a.into_iter().chain(b).min()
}

/// A city without wards counts as one.
fn wards(city: &City) -> usize {
    city.wards.len().max(1)
}

/// The place of a household's ward and tenth.
#[inline]
fn place(city: &City, h: usize) -> usize {
    let id = HouseholdId::from_index(h);
    usize::from(city.households.ward[id]).min(wards(city) - 1) * DECILES + tenth(city, id)
}

/// Check and add up these households. Returns the first whose balance is not what it should be.
#[inline(never)]
fn close(
    city: &City,
    opening: &[Pence],
    range: Range<usize>,
    sums: &mut ByWardAndTenth,
) -> Option<Unbalanced> {
    let of = &city.households;
    let uses = &city.flows.household.rows()[range.clone()];
    let received = &of.received_last.rows()[range.clone()];
    let (deposits, opening) = (&of.deposits.rows()[range.clone()], &opening[range.clone()]);
    let money = received.iter().zip(deposits).zip(opening);
    for (h, (uses, ((received, deposits), opening))) in range.zip(uses.iter().zip(money)) {
        let change = deposits.wrapping_sub(*opening);
        let expected = received.wrapping_sub(uses.total());
        if change != expected {
            return Some((h, change.wrapping_sub(expected)));
        }
        sums[place(city, h)].add(&HouseholdSums {
            households: 1,
            receipts: *received,
            disposable: received.wrapping_sub(uses.deducted()),
            consumption: Pence::from(uses.all_purchases).wrapping_add(uses.energy.into()),
            deposits: *deposits,
            ..HouseholdSums::default()
        });
    }
    None
}

/// Members in work, and looking for it, worker by worker: how many a household has cannot be foreseen.
fn count_workers(city: &City, range: Range<usize>, sums: &mut ByWardAndTenth) {
    let places: Vec<u16> = range.clone().map(|h| place(city, h) as u16).collect();
    let of = &city.households;
    let workers = of.workers_of(range.start).start..of.workers_of(range.end - 1).end;
    let live_at = &city.workers.household.rows()[workers.clone()];
    for (status, h) in city.workers.status.rows()[workers].iter().zip(live_at) {
        let sum = &mut sums[usize::from(places[*h as usize - range.start])];
        sum.in_work += i64::from(*status == Status::Employed);
        sum.seeking += i64::from(*status == Status::Seeking);
    }
}
