//! Profit, by ownership form, to those who own the firm.

use super::surplus::Firm;
use crate::base::money::{Pence, Share, part};
use crate::economy::books::Kind;
use crate::economy::books::slips::Side;
use crate::world::orgs::{NOBODY, Outside};

/// Receivers of profit outside, after owners in the city and before the financial system.
const OUTSIDE: [Outside; 3] = [Outside::RegionHouseholds, Outside::CountryHouseholds, Outside::World];

pub(super) fn distribute(firm: &mut Firm, amount: Pence) {
    // What the staff keep was paid with their wages; of the rest, every penny goes somewhere.
    let to_staff = if firm.city.linear() { 0 } else { part(amount, firm.recipe().profit_to_staff) };
    *firm.staff_due += to_staff;
    let to_others = amount - to_staff;
    let profit = firm.recipe().profit;
    let all: Share = profit.iter().sum();
    if to_others <= 0 || all == 0 {
        return;
    }
    let mut parts = profit.map(|p| of_all(to_others, p, all));
    let largest = (0..5).max_by_key(|k| (profit[*k], std::cmp::Reverse(*k))).unwrap_or(4);
    parts[largest] += to_others - parts.iter().sum::<Pence>();
    for (k, pay) in parts.into_iter().enumerate().filter(|(_, pay)| *pay != 0) {
        match k {
            0 => to_owner(firm, pay),
            4 => {
                firm.pay(Kind::Interest, Side::Outside(Outside::Finance), pay);
                firm.uses.finance += pay;
            }
            _ => {
                firm.pay(Kind::Dividends, Side::Outside(OUTSIDE[k - 1]), pay);
                firm.uses.profit_outside[k - 1] += pay;
            }
        }
    }
}

/// `amount` × `part` / `all`, rounded down.
fn of_all(amount: Pence, part: Share, all: Share) -> Pence {
    match part {
        0 => 0,
        // Most firms have owners of one kind.
        part if part == all => amount,
        // Fits in 64 bits: the common case.
        part if amount < 1 << 30 && all < 1 << 34 => (amount as u64 * part / all) as Pence,
        part => (i128::from(amount) * i128::from(part) / i128::from(all)) as Pence,
    }
}

fn to_owner(firm: &mut Firm, amount: Pence) {
    let (suppliers, s) = (&firm.city.suppliers, firm.s);
    let owner = suppliers.owner[s];
    if owner == NOBODY {
        firm.pay(Kind::Dividends, Side::Outside(Outside::CountryHouseholds), amount);
        firm.uses.profit_outside[1] += amount;
        return;
    }
    let tax = part(amount, firm.recipe().owner_tax);
    firm.pay(Kind::DirectTax, Side::Outside(Outside::Government), tax);
    firm.uses.national_taxes += tax;
    let amount = amount - tax;
    firm.pay(Kind::Dividends, Side::Households, amount);
    firm.uses.owner += amount;
    let mut left = amount;
    for (household, share) in suppliers.partners.row(s.0 as usize) {
        let piece = part(amount, *share);
        left -= piece;
        firm.posted.owners.push(*household, piece);
    }
    firm.posted.owners.push(owner, left);
}
