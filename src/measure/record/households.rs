//! Sums over households, by ward and by tenth.

use crate::base::col::Id;
use crate::base::money::Pence;
use crate::base::parallel::{CHUNK, map_chunks};
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
    let parts = map_chunks(city.households.len(), CHUNK, |range| {
        let mut wards = vec![HouseholdSums::default(); n_wards];
        let mut deciles = vec![HouseholdSums::default(); 10];
        for h in range {
            let id = HouseholdId::from_index(h);
            let uses = &city.flows.household[id];
            let receipts = city.households.received_last[id];
            let statuses = || city.households.workers_of(h).map(|w| city.workers.status.rows()[w]);
            let of = HouseholdSums {
                households: 1,
                receipts,
                disposable: receipts - uses.direct_tax - uses.pension - uses.council_tax,
                consumption: city.flows.purchases[id].iter().map(|p| Pence::from(*p)).sum::<Pence>()
                    + uses.energy,
                deposits: city.households.deposits[id],
                in_work: statuses().filter(|s| *s == Status::Employed).count() as i64,
                seeking: statuses().filter(|s| *s == Status::Seeking).count() as i64,
            };
            wards[usize::from(city.households.ward[id]).min(n_wards - 1)].add(&of);
            deciles[usize::from(city.households.decile[id]).min(9)].add(&of);
        }
        (wards, deciles)
    });
    let (mut wards, mut deciles) =
        (vec![HouseholdSums::default(); n_wards], vec![HouseholdSums::default(); 10]);
    for (w, d) in parts {
        wards.iter_mut().zip(&w).for_each(|(a, b)| a.add(b));
        deciles.iter_mut().zip(&d).for_each(|(a, b)| a.add(b));
    }
    (wards, deciles)
}
