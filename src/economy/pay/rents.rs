//! Rent: to landlords by their residence, to the council, to housing associations.

use crate::base::col::Id;
use crate::base::money::{Pence, part, round};
use crate::economy::books::{Books, Group, Kind};
use crate::world::City;
use crate::world::households::{HouseholdId, Landlord};
use crate::world::orgs::{OrgId, Outside};
use crate::world::suppliers::SupplierId;

/// Rent: to landlords by their residence, to the council, to housing associations.
pub(super) fn rents(city: &mut City, books: &mut Books) {
    let linear = city.linear();
    let (mut taxed, mut between) = (0, 0);
    let mut to_orgs = vec![0 as Pence; city.orgs.len()];
    for h in 0..city.households.len() {
        let id = HouseholdId::from_index(h);
        let landlord = city.households.landlord[id];
        // Who has no landlord never had one: what is noted of its rent is nought, as it was.
        if landlord == Landlord::None {
            continue;
        }
        let uses = &mut city.flows.household[id];
        let due = if linear {
            part(city.households.received_last[id], city.households.fixed[id].rent)
        } else {
            Pence::from(city.households.commitments[id].rent)
        }
        .min(city.households.deposits[id]);
        city.households.deposits[id] -= due;
        uses.rent = due;
        match landlord {
            Landlord::Household(l) => {
                // The landlord's income tax at the basic rate is withheld.
                let tax = round(due as f64 * city.law.basic_rate);
                taxed += tax;
                uses.rent = due - tax;
                uses.rent_tax = tax;
                city.households.deposits[l] += due - tax;
                city.households.received[l] += due - tax;
                between += due - tax;
            }
            Landlord::Org(org) => to_orgs[org.index()] += due,
            Landlord::None => {}
        }
    }
    books.from_households(city, Kind::DirectTax, city.orgs.outside(Outside::Government), taxed);
    books.post(Kind::Rent, Group::Households, Group::Households, between);
    for (i, due) in to_orgs.into_iter().enumerate().filter(|(_, due)| *due != 0) {
        books.from_households(city, Kind::Rent, OrgId::from_index(i), due);
        if i < city.suppliers.len() {
            city.suppliers.sales[SupplierId::from_index(i)] += due;
        }
    }
}
