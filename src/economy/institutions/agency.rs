//! The co-operative development agency: new worker co-operatives, and family firms that their staff take over.

use super::incubator::due;
use super::social::{helped, take_form, vacant_place};
use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose, short};
use crate::base::money::Pence;
use crate::economy::books::{Books, Kind};
use crate::economy::firms;
use crate::economy::pay::borrow;
use crate::economy::plan::Rules;
use crate::place::vocabulary::{Ownership, Zone};
use crate::world::City;
use crate::world::employers::EmployerId;
use crate::world::households::HouseholdId;
use crate::world::institutions::Helped;
use crate::world::orgs::NOBODY;
use crate::world::suppliers::SupplierId;

/// Staff of firms that are taken over, at the least and at the most; and age in months from which owners give up a firm
/// (assumed: succession is a matter of small firms that have lasted).
const STAFF: std::ops::RangeInclusive<u32> = 5..=49;
const OLD_ENOUGH: u16 = 120;
/// Months over which a buy-out's loan is to be paid back (assumed: seven years).
const TERM: u16 = 84;
/// Numbers of draws.
const CONVERSION: u64 = 1 << 32;
const START: u64 = 2 << 32;

/// What staff pay for a firm.
pub fn price(sales_a_month: Pence, months: f64) -> Pence {
    (sales_a_month as f64 * months).round().max(0.0) as Pence
}

/// What is not due yet of a buy-out's loan after so many months: equal parts of it are due each month of the term.
pub fn not_due(buyout: Pence, months: u16) -> Pence {
    buyout * Pence::from(TERM.saturating_sub(months)) / Pence::from(TERM)
}

pub(super) fn work(city: &mut City, rules: &Rules, luck: &Luck, books: &mut Books) {
    for (k, of) in rules.institutions.agencies.clone().iter().enumerate() {
        let scale = city.scale * of.strength;
        let (starts, rest) = due(city.institutions.pending[1], of.of.starts_a_year * scale);
        city.institutions.pending[1] = rest;
        let (conversions, rest) = due(city.institutions.pending[2], of.of.conversions_a_year * scale);
        city.institutions.pending[2] = rest;
        for n in 0..starts {
            found(city, (luck, START | (k as u64) << 16 | n as u64), books);
        }
        for n in 0..conversions {
            convert(city, (luck, CONVERSION | (k as u64) << 16 | n as u64), books);
        }
    }
}

fn found(city: &mut City, (luck, key): (&Luck, u64), books: &mut Books) {
    let race = |s: SupplierId| luck.arrival(1.0, Purpose::Founding, key, short(u64::from(s.0)));
    if let Some(s) = vacant_place(city, |_| true, race) {
        firms::open(city, s.index(), luck, books);
        take_form(city, s, Ownership::Cooperative, (Helped::Founded, None));
    }
}

/// Staff take over a family firm. The firm borrows what they pay its owners.
fn convert(city: &mut City, (luck, key): (&Luck, u64), books: &mut Books) {
    let of = &city.suppliers;
    let firm = (0..of.len())
        .map(SupplierId::from_index)
        .filter(|s| of.active[*s] && of.zone[*s] == Zone::City && of.ownership[*s] == Ownership::Family)
        .filter(|s| of.age_months[*s] >= OLD_ENOUGH && helped(city, *s).is_none())
        .filter(|s| STAFF.contains(&city.employers.headcount[EmployerId(s.0)]))
        .map(|s| (luck.arrival(1.0, Purpose::Founding, key, short(of.identity[s])), s))
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let Some((_, s)) = firm else { return };
    take_form(city, s, Ownership::Cooperative, (Helped::Converted, None));
    let owner = city.suppliers.owner[s];
    if owner == NOBODY {
        return;
    }
    let amount = price(city.suppliers.expected[s], city.settings.institutions.buyout_months_of_sales);
    books.to_households(city, Kind::Dividends, city.orgs.supplier(s.index()), amount);
    city.flows.supplier[s].owner += amount;
    city.households.deposits[HouseholdId(owner)] += amount;
    city.households.received[HouseholdId(owner)] += amount;
    let before = city.suppliers.debt[s];
    borrow(city, s, books);
    let lent = city.suppliers.debt[s] - before;
    if let Some(firm) = city.institutions.social.last_mut() {
        firm.buyout = lent;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four months of £10,000.
    #[test]
    fn price_by_hand() {
        assert_eq!(price(1_000_000, 4.0), 4_000_000);
        assert_eq!(price(-5, 4.0), 0);
    }

    /// Of £8,400 a hundred are due each month of seven years.
    #[test]
    fn a_loan_falls_due_by_hand() {
        assert_eq!(
            [0, 1, 42, 84, 200].map(|months| not_due(840_000, months)),
            [840_000, 830_000, 420_000, 0, 0]
        );
    }
}
