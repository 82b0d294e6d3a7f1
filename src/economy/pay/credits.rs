//! What landlords and owners among households are paid.

use crate::base::col::Col;
use crate::base::money::Pence;
use crate::world::City;
use crate::world::households::HouseholdId;

/// Households, and what each is to be paid (pence): a list of each thread, in any order.
pub(super) struct Credits {
    own: Vec<(u32, Pence)>,
    others: Vec<Vec<(u32, Pence)>>,
}

impl Credits {
    pub(super) fn none(city: &City) -> Credits {
        Credits { own: city.shelf.with_room(0), others: Vec::new() }
    }

    #[inline]
    pub(super) fn push(&mut self, household: u32, amount: Pence) {
        self.own.push((household, amount));
    }

    pub(super) fn join(mut self, more: Credits) -> Credits {
        self.others.push(more.own);
        self.others.extend(more.others);
        self
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &(u32, Pence)> {
        self.own.iter().chain(self.others.iter().flatten())
    }

    /// Pay all of them. There are two columns to add to, one for each of two threads.
    pub(super) fn pay(self, city: &mut City) {
        let to = |column: &mut Col<HouseholdId, Pence>| {
            for (household, amount) in self.iter() {
                column[HouseholdId(*household)] += amount;
            }
        };
        let (deposits, received) = (&mut city.households.deposits, &mut city.households.received);
        rayon::join(|| to(deposits), || to(received));
        city.shelf.give(self.own);
        self.others.into_iter().for_each(|list| city.shelf.give(list));
    }
}
