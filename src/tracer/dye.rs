//! One body of dye in the city: who holds it, what is fresh, what waits.
//!
//! What an agent holds is kept by the number of hops behind it only as far as that matters for the next one:
//! organisations in three classes (first receipt, second, later), households in two (second receipt, later).

use super::ledger::{Month, ROUNDS};
use super::tables::ORGS;
use super::tags::Entry;
use crate::base::parallel;
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::orgs::{Org, OrgId};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// Classes of dye at organisations.
pub const CLASSES: usize = 3;
/// Dye at an organisation by class.
pub type Lanes = [i64; CLASSES];
/// Dye at a household by class.
pub type HomeLanes = [i64; 2];

/// The round in which dye of an organisation's class arrives at its next holder.
#[inline]
pub fn next_round(class: usize) -> usize {
    (class + 1).min(ROUNDS - 1)
}

/// The class that dye received in a round falls into.
#[inline]
pub fn class_of(round: usize) -> usize {
    round.min(CLASSES - 1)
}

/// Dye received last month, and dye that waits in the reserve.
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {
    pub fresh: Lanes,
    pub reserve: Lanes,
}

/// The dye of one tracer.
#[derive(Clone, Serialize, Deserialize)]
pub struct Dye {
    /// Of households: received last month, arriving this month, waiting.
    pub home_fresh: Vec<HomeLanes>,
    pub home_next: Vec<HomeLanes>,
    pub home_reserve: Vec<HomeLanes>,
    /// Of suppliers and anchors, in the order of their accounts.
    pub orgs: Vec<Held>,
    pub org_next: Vec<Lanes>,
    /// Dyed pay of this month, by employer.
    pub staff: Vec<Lanes>,
    /// First-round dye by source, where it is told apart; its sum by organisation is that of `orgs`.
    pub entries: Vec<Entry>,
    pub arrivals: Vec<Entry>,
    /// What could not be divided over pay packets: less than a unit for each.
    pub rounding: i64,
    /// This month's record so far.
    pub month: Month,
}

impl Dye {
    pub fn new(city: &City, tags: usize) -> Dye {
        let (homes, orgs) = (city.households.len(), city.suppliers.len() + city.anchors.len());
        Dye {
            home_fresh: vec![[0; 2]; homes],
            home_next: vec![[0; 2]; homes],
            home_reserve: vec![[0; 2]; homes],
            orgs: vec![Held::default(); orgs],
            org_next: vec![[0; CLASSES]; orgs],
            staff: vec![[0; CLASSES]; orgs],
            entries: Vec::new(),
            arrivals: Vec::new(),
            rounding: 0,
            month: Month::new(city.wards.len(), tags),
        }
    }

    /// A household receives dye in a round.
    #[inline]
    pub fn arrive_home(&mut self, household: u32, amounts: HomeLanes) {
        let next = &mut self.home_next[household as usize];
        next[0] += amounts[0];
        next[1] += amounts[1];
        self.month.circulating += amounts[0] + amounts[1];
    }

    /// What came in this month is fresh dye next month; what is told apart by source is joined apart from this. Every household has
    /// emptied its fresh dye.
    pub fn turn_the_page(&mut self) {
        std::mem::swap(&mut self.home_fresh, &mut self.home_next);
        let rows = self.orgs.par_chunks_mut(ORGS).zip(self.org_next.par_chunks_mut(ORGS));
        rows.for_each(|(orgs, next)| {
            for (held, next) in orgs.iter_mut().zip(next) {
                held.fresh = std::mem::take(next);
            }
        });
    }

    /// Dye still circulating, and dye that waits in reserves, counted agent by agent.
    pub fn in_hand(&self) -> (i64, i64) {
        let homes = |rows: &[HomeLanes]| parallel::sum(rows.as_flattened());
        let fresh: i64 = self.orgs.iter().flat_map(|held| held.fresh).sum();
        let reserve: i64 = self.orgs.iter().flat_map(|held| held.reserve).sum();
        (homes(&self.home_fresh) + fresh, homes(&self.home_reserve) + reserve + self.rounding)
    }
}

/// A supplier with its site in the city, or an anchor.
#[inline]
pub fn is_local(city: &City, org: OrgId) -> bool {
    match city.orgs.kind(org) {
        Org::Supplier(i) => city.suppliers.zone.rows()[i] == Zone::City,
        Org::Anchor(_) => true,
        Org::Outside(_) => false,
    }
}
