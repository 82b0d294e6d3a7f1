//! Rent: to landlords by their residence, to the council, to housing associations.

use crate::base::col::Id;
use crate::base::money::{Pence, part, round};
use crate::economy::books::{Books, Group, Kind};
use crate::world::City;
use crate::world::households::{HouseholdId, Landlord};
use crate::world::orgs::Outside;
use crate::world::suppliers::SupplierId;

/// Rent: to landlords by their residence, to the council, to housing associations.
pub(super) fn rents(city: &mut City, books: &mut Books) {
    let linear = city.linear();
    for h in 0..city.households.len() {
        let id = HouseholdId::from_index(h);
        let landlord = city.households.landlord[id];
        if landlord == Landlord::None {
            continue;
        }
        let due = if linear {
            part(city.households.received_last[id], city.households.fixed[id].rent)
        } else {
            Pence::from(city.households.commitments[id].rent)
        }
        .min(city.households.deposits[id]);
        city.households.deposits[id] -= due;
        city.flows.household[id].rent = due;
        match landlord {
            Landlord::Household(l) => {
                // The landlord's income tax at the basic rate is withheld.
                let tax = round(due as f64 * city.law.basic_rate);
                let government = city.orgs.outside(Outside::Government);
                books.from_households(city, Kind::DirectTax, government, tax);
                city.flows.household[id].rent = due - tax;
                city.flows.household[id].rent_tax = tax;
                city.households.deposits[l] += due - tax;
                city.households.received[l] += due - tax;
                books.post(Kind::Rent, Group::Households, Group::Households, due - tax);
            }
            Landlord::Org(org) => {
                books.from_households(city, Kind::Rent, org, due);
                if (org.index()) < city.suppliers.len() {
                    city.suppliers.sales[SupplierId(org.0)] += due;
                }
            }
            Landlord::None => {}
        }
    }
}
