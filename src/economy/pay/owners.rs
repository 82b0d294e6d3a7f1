//! Profit, by ownership form, to those who own the firm.

use crate::base::col::Id;
use crate::base::money::{Pence, Share, part};
use crate::economy::books::{Books, Kind};
use crate::world::City;
use crate::world::households::HouseholdId;
use crate::world::orgs::{NOBODY, Outside};
use crate::world::suppliers::SupplierId;

pub(super) fn distribute(city: &mut City, s: SupplierId, amount: Pence, books: &mut Books) {
    let r = city.suppliers.recipe[s];
    let org = city.orgs.supplier(s.index());
    // What the staff keep was paid with their wages; of the rest, every penny goes somewhere.
    let to_staff = if city.linear() { 0 } else { part(amount, r.profit_to_staff) };
    city.suppliers.staff_due[s] += to_staff;
    let to_others = amount - to_staff;
    let all: Share = r.profit.iter().sum();
    if to_others <= 0 || all == 0 {
        return;
    }
    let parts = r.profit.map(|p| (to_others as i128 * i128::from(p) / i128::from(all)) as Pence);
    let mut left = to_others - parts.iter().sum::<Pence>();
    let outside =
        [Outside::RegionHouseholds, Outside::CountryHouseholds, Outside::World].map(|o| city.orgs.outside(o));
    let largest = (0..5).max_by_key(|k| (r.profit[*k], std::cmp::Reverse(*k))).unwrap_or(4);
    for k in 0..5 {
        let pay = parts[k] + if k == largest { std::mem::take(&mut left) } else { 0 };
        match k {
            0 => to_owner(city, s, pay, books),
            4 => {
                let finance = city.orgs.outside(Outside::Finance);
                books.pay(city, Kind::Interest, (org, finance), pay);
                city.flows.supplier[s].finance += pay;
            }
            _ => {
                books.pay(city, Kind::Dividends, (org, outside[k - 1]), pay);
                city.flows.supplier[s].profit_outside[k - 1] += pay;
            }
        }
    }
}

fn to_owner(city: &mut City, s: SupplierId, amount: Pence, books: &mut Books) {
    let owner = city.suppliers.owner[s];
    let org = city.orgs.supplier(s.index());
    if owner == NOBODY {
        let country = city.orgs.outside(Outside::CountryHouseholds);
        books.pay(city, Kind::Dividends, (org, country), amount);
        city.flows.supplier[s].profit_outside[1] += amount;
        return;
    }
    let tax = part(amount, city.suppliers.recipe[s].owner_tax);
    let government = city.orgs.outside(Outside::Government);
    books.pay(city, Kind::DirectTax, (org, government), tax);
    city.flows.supplier[s].national_taxes += tax;
    let amount = amount - tax;
    books.to_households(city, Kind::Dividends, org, amount);
    city.flows.supplier[s].owner += amount;
    let mut left = amount;
    let partners = city.suppliers.partners.row(s.index()).to_vec();
    for (household, share) in partners {
        let piece = part(amount, share);
        left -= piece;
        credit(city, household, piece);
    }
    credit(city, owner, left);
}

fn credit(city: &mut City, household: u32, amount: Pence) {
    city.households.deposits[HouseholdId(household)] += amount;
    city.households.received[HouseholdId(household)] += amount;
}
