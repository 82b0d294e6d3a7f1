//! Rent: to landlords by their residence, to the council, to housing associations.

use super::credits::Credits;
use crate::base::col::Id;
use crate::base::money::{Pence, part, round};
use crate::base::parallel::{CHUNK, add_up};
use crate::economy::books::{Books, Group, Kind, Party, tenths};
use crate::world::City;
use crate::world::flows::{HouseholdUses, MOST_A_MONTH, small};
use crate::world::households::{HouseholdId, Landlord};
use crate::world::orgs::{OrgId, Outside};
use crate::world::suppliers::SupplierId;
use rayon::prelude::*;

/// Rents of many households (pence).
struct Rents {
    /// The landlord's income tax at the basic rate, withheld.
    tax: Pence,
    to_orgs: Vec<Pence>,
    /// What landlords in the city are paid, net.
    to_households: Credits,
    by_tenth: tenths::RentsByTenth,
}

impl Rents {
    fn none(city: &City) -> Rents {
        let by_tenth = tenths::RentsByTenth::none(city);
        let to_orgs = city.shelf.zeros(city.orgs.len());
        Rents { tax: 0, to_orgs, to_households: Credits::none(city), by_tenth }
    }

    fn join(mut self, city: &City, more: Rents) -> Rents {
        self.tax += more.tax;
        self.by_tenth.add(&more.by_tenth);
        Rents {
            to_orgs: city.shelf.join(self.to_orgs, more.to_orgs, |x, y| *x += y),
            to_households: self.to_households.join(more.to_households),
            ..self
        }
    }

    /// A household with these deposits pays its rent, as far as they reach.
    #[inline]
    fn pay(&mut self, city: &City, id: HouseholdId, (deposits, uses): (&mut Pence, &mut HouseholdUses)) {
        let of = &city.households;
        // Who has no landlord never had one: what is noted of its rent is nought, as it was.
        if of.landlord[id] == Landlord::None {
            return;
        }
        // Without progressivity all that a household uses goes with what it receives.
        let due = if city.linear() || !city.settings.mechanisms.progressivity {
            part(of.received_last[id], of.fixed[id].rent)
        } else {
            Pence::from(of.commitments[id].rent)
        }
        .min(*deposits)
        .min(MOST_A_MONTH);
        *deposits -= due;
        let tenth = tenths::tenth(city, id);
        match of.landlord[id] {
            Landlord::Household(landlord) => {
                let tax = round(due as f64 * city.law.basic_rate);
                (uses.rent, uses.rent_tax) = (small(due - tax), small(tax));
                self.tax += tax;
                self.to_households.push(landlord.0, due - tax);
                self.by_tenth.between[tenth][tenths::tenth(city, landlord)] += due - tax;
            }
            Landlord::Org(org) => {
                uses.rent = small(due);
                self.to_orgs[org.index()] += due;
                self.by_tenth.to_parties[Party::of(city, org).index()][tenth] += due;
            }
            Landlord::None => {}
        }
    }
}

/// Deposits and uses of a chunk of households.
type Money<'a> = (&'a mut [Pence], &'a mut [HouseholdUses]);

/// Rents of the month. Landlords in the city own what they live in and pay none themselves, so that the order in which
/// households pay does not matter. The columns that are written are lent out of the city meanwhile.
pub(super) fn rents(city: &mut City, books: &mut Books) {
    let mut deposits = std::mem::take(&mut city.households.deposits);
    let mut uses = std::mem::take(&mut city.flows.household);
    let read: &City = city;
    let money = deposits.rows_mut().par_chunks_mut(CHUNK).zip(uses.rows_mut().par_chunks_mut(CHUNK));
    let none = || Rents::none(read);
    let of_chunk = |rents: &mut Rents, (chunk, (deposits, uses)): (usize, Money)| {
        for (k, money) in deposits.iter_mut().zip(uses).enumerate() {
            rents.pay(read, HouseholdId::from_index(chunk * CHUNK + k), money);
        }
    };
    let rents = add_up(money.enumerate(), none, of_chunk, |rents, more| rents.join(read, more));
    city.households.deposits = deposits;
    city.flows.household = uses;
    books.from_households(city, Kind::DirectTax, city.orgs.outside(Outside::Government), rents.tax);
    books.keep_rents(rents.by_tenth);
    let between = rents.to_households.iter().map(|(landlord, amount)| {
        let of = &city.households.landlord;
        debug_assert!(of[HouseholdId(*landlord)] == Landlord::None, "a landlord who rents");
        *amount
    });
    let between = between.sum();
    rents.to_households.pay(city);
    books.post(Kind::Rent, Group::Households, Group::Households, between);
    for (i, due) in rents.to_orgs.iter().copied().enumerate().filter(|(_, due)| *due != 0) {
        books.from_households(city, Kind::Rent, OrgId::from_index(i), due);
        if i < city.suppliers.len() {
            city.suppliers.sales[SupplierId::from_index(i)] += due;
        }
    }
    city.shelf.give(rents.to_orgs);
}
