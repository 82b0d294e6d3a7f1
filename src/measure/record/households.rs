//! Sums over households, by ward and by tenth.

use crate::base::col::Id;
use crate::base::money::Pence;
use crate::base::parallel::{CHUNK, map_chunks};
use crate::place::city::DECILES;
use crate::world::City;
use crate::world::households::HouseholdId;
use crate::world::workers::Status;
use serde::{Deserialize, Serialize};

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
    pub(super) fn add(&mut self, o: &HouseholdSums) {
        self.households += o.households;
        self.receipts += o.receipts;
        self.disposable += o.disposable;
        self.consumption += o.consumption;
        self.deposits += o.deposits;
        self.in_work += o.in_work;
        self.seeking += o.seeking;
    }
}

pub(super) fn by_ward_and_decile(city: &City) -> (Vec<HouseholdSums>, Vec<HouseholdSums>) {
    let n_wards = city.wards.len().max(1);
    let groups = map_chunks(city.households.len(), CHUNK, |range| {
        let mut groups = vec![HouseholdSums::default(); n_wards * DECILES];
        for h in range {
            let id = HouseholdId::from_index(h);
            let ward = usize::from(city.households.ward[id]).min(n_wards - 1);
            let tenth = usize::from(city.households.decile[id]).min(DECILES - 1);
            groups[ward * DECILES + tenth].add(&household(city, h));
        }
        groups
    });
    let (mut wards, mut deciles) =
        (vec![HouseholdSums::default(); n_wards], vec![HouseholdSums::default(); DECILES]);
    for groups in groups {
        for (at, of) in groups.iter().enumerate() {
            wards[at / DECILES].add(of);
            deciles[at % DECILES].add(of);
        }
    }
    (wards, deciles)
}

#[inline]
fn household(city: &City, h: usize) -> HouseholdSums {
    let id = HouseholdId::from_index(h);
    let (uses, receipts) = (&city.flows.household[id], city.households.received_last[id]);
    let statuses = &city.workers.status.rows()[city.households.workers_of(h)];
    let (mut in_work, mut seeking) = (0, 0);
    for status in statuses {
        in_work += i64::from(*status == Status::Employed);
        seeking += i64::from(*status == Status::Seeking);
    }
    HouseholdSums {
        households: 1,
        receipts,
        disposable: receipts - uses.deducted(),
        consumption: city.flows.purchases[id].iter().map(|p| Pence::from(*p)).sum::<Pence>()
            + Pence::from(uses.energy),
        deposits: city.households.deposits[id],
        in_work,
        seeking,
    }
}
