//! A firm fails or closes by itself: a large contractor with its chain, a large employer.

use super::Closing;
use crate::base::col::Id;
use crate::base::money::Pence;
use crate::economy::books::{Books, Kind};
use crate::economy::firms;
use crate::economy::pay::borrow;
use crate::place::vocabulary::{Sector, Zone};
use crate::scenario::settings::Among;
use crate::world::City;
use crate::world::contracts::Provider;
use crate::world::employers::EmployerId;
use crate::world::orgs::{NOBODY, Outside};
use crate::world::shocks::{Shut, Struck};
use crate::world::suppliers::SupplierId;

/// The row with the so-manieth largest weight (1 is the largest); of equals the first. Rows without weight do not count.
pub fn ranked(weights: &[Pence], rank: u16) -> Option<usize> {
    let mut order: Vec<usize> = (0..weights.len()).filter(|i| weights[*i] > 0).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(weights[*i]), *i));
    order.get(usize::from(rank.max(1)) - 1).copied()
}

/// What a supplier is owed when its customer fails: so many months of what was sold to it this month.
pub fn unpaid(sold: Pence, months: f64) -> Pence {
    (sold as f64 * months).round() as Pence
}

pub(super) fn close_one(city: &mut City, of: &Closing, books: &mut Books) {
    match *of {
        Closing::Prime { rank, among, unpaid_months, shut_months } => {
            if let Some(i) = ranked(&contract_income(city, among), rank) {
                fail(city, i, ("prime_collapse", unpaid_months, shut_months), books);
            }
        }
        Closing::Employer { section, rank, shut_months } => {
            if let Some(i) = ranked(&staff(city, section), rank) {
                fail(city, i, ("employer_closure", 0.0, shut_months), books);
            }
        }
    }
}

/// What the anchors pay each supplier a month under contract.
fn contract_income(city: &City, among: Among) -> Vec<Pence> {
    let mut income = vec![0; city.suppliers.len()];
    let held = city.contracts.rows.iter().filter(|r| r.provider == Provider::Market && r.supplier != NOBODY);
    for row in held {
        let s = SupplierId(row.supplier);
        let here = among == Among::All || city.suppliers.zone[s] == Zone::City;
        if here && city.suppliers.active[s] {
            income[row.supplier as usize] += row.monthly;
        }
    }
    income
}

fn staff(city: &City, section: Option<Sector>) -> Vec<Pence> {
    (0..city.suppliers.len())
        .map(SupplierId::from_index)
        .map(|s| {
            let of = &city.suppliers;
            let meant = section.is_none_or(|section| section == of.sector[s]);
            let counts = of.active[s] && of.zone[s] == Zone::City && meant;
            if counts { Pence::from(city.employers.headcount[EmployerId(s.0)]) } else { 0 }
        })
        .collect()
}

fn fail(
    city: &mut City,
    i: usize,
    (shock, unpaid_months, shut_months): (&'static str, f64, Option<u16>),
    books: &mut Books,
) {
    let s = SupplierId::from_index(i);
    let rows = city.contracts.rows.iter().filter(|r| r.supplier == s.0 && r.provider == Provider::Market);
    let (contracts, monthly) = rows.fold((0, 0), |(n, sum), row| (n + 1, sum + row.monthly));
    let heads = city.employers.headcount[EmployerId(s.0)];
    let (loss, creditors) = creditors_lose(city, i, unpaid_months, books);
    firms::dismiss_staff(city, &[i]);
    firms::close(city, s, books);
    // Not in the month itself: its contracts fall back when the next is let.
    let until = city.month.saturating_add(shut_months.unwrap_or(0).max(1));
    city.shocks.shut.push(Shut { supplier: s.0, until });
    let struck = Struck {
        month: 0,
        shock,
        supplier: Some(s.0),
        sector: Some(city.suppliers.sector[s].index() as u8),
        zone: Some(city.suppliers.zone[s].index() as u8),
        heads,
        contracts,
        monthly,
        unpaid: loss,
        creditors,
    };
    note(city, struck);
}

/// In the books a purchase is paid in its month. What suppliers are never paid for is taken from them when their
/// customer fails, and goes to those whom its estate pays first: lenders.
fn creditors_lose(city: &mut City, i: usize, months: f64, books: &mut Books) -> (Pence, u32) {
    let finance = city.orgs.outside(Outside::Finance);
    let (mut loss, mut creditors) = (0, 0);
    for l in city.suppliers.links.range(i) {
        let link = city.suppliers.links.items()[l];
        for (seller, sold) in [(link.seller, city.flows.links[l]), (link.backup, city.flows.backups[l])] {
            let amount = unpaid(sold, months);
            let open = seller != NOBODY && city.suppliers.active[SupplierId(seller)];
            if amount <= 0 || !open || seller as usize == i {
                continue;
            }
            let s = SupplierId(seller);
            books.pay(city, Kind::UnpaidBills, (city.orgs.supplier(s.index()), finance), amount);
            city.flows.supplier[s].finance += amount;
            borrow(city, s, books);
            loss += amount;
            creditors += 1;
        }
    }
    (loss, creditors)
}

pub(super) fn note(city: &mut City, struck: Struck) {
    let month = city.month;
    city.shocks.first = city.shocks.first.or(Some(month));
    city.shocks.struck.push(Struck { month, ..struck });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_by_rank() {
        let of = [5, 9, 0, 9, 7];
        assert_eq!([1, 2, 3, 4, 5].map(|rank| ranked(&of, rank)), [Some(1), Some(3), Some(4), Some(0), None]);
    }

    /// Two months of £1,000 a month.
    #[test]
    fn bills_by_hand() {
        assert_eq!(unpaid(100_000, 2.0), 200_000);
        assert_eq!(unpaid(100_000, 0.0), 0);
    }
}
