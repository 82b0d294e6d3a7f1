//! The city in one month, as the record keeps it.

use super::account::{Account, account};
use super::households::HouseholdSums;
use crate::base::money::Pence;
use crate::base::parallel::sum;
use crate::economy::books::{Books, Group, Kind};
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::orgs::NOBODY;
use crate::world::workers::Status;
use std::collections::BTreeMap;

/// The city in one month.
#[derive(Clone, Default, Debug, PartialEq)]
pub struct Snapshot {
    pub month: u16,
    pub all: HouseholdSums,
    /// Heads and pay bill of posts in the city.
    pub jobs: i64,
    pub pay_bill: Pence,
    pub in_commuters: i64,
    pub vacancies: i64,
    pub wage_index: f64,
    /// Net sales of suppliers in the city, and what they sold outside it.
    pub sales: Pence,
    pub exports: Pence,
    pub turned_away: Pence,
    pub firms: i64,
    pub firms_cash: Pence,
    pub firms_debt: Pence,
    pub anchors_cash: Pence,
    /// Paid by anchors to suppliers, and the part paid to suppliers with a site in the city.
    pub procurement: Pence,
    pub procurement_in_city: Pence,
    /// Budgets of needs, and what is delivered of them at the reference price (pence).
    pub needed: f64,
    pub delivered: f64,
    /// Taken in by firms and households of the region, the country and the world; by central government, net.
    pub to_region: Pence,
    pub to_country: Pence,
    pub to_world: Pence,
    pub treasury: Pence,
    pub council_receipts: Pence,
    pub anchors: Vec<AnchorMonth>,
    pub account: Account,
}

/// An anchor in one month.
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct AnchorMonth {
    pub procurement: Pence,
    pub in_city: Pence,
    pub needed: f64,
    pub delivered: f64,
    pub staff: i64,
}

pub(super) fn snapshot(city: &City, books: &Books, all: HouseholdSums) -> Snapshot {
    let own = city.suppliers.len() + city.anchors.len();
    let in_city = |i: &usize| city.suppliers.zone.rows()[*i] == Zone::City;
    let suppliers = || (0..city.suppliers.len()).filter(in_city);
    let into = |groups: &[Group]| flows_between(books, groups, true) - flows_between(books, groups, false);
    let (anchors, needed, delivered) = anchor_months(city);
    Snapshot {
        month: city.month,
        all,
        jobs: city.employers.headcount.rows()[..own].iter().map(|n| i64::from(*n)).sum(),
        pay_bill: sum(&city.employers.wage_bill.rows()[..own]),
        in_commuters: city.workers.status.rows()[city.workers.residents..]
            .iter()
            .filter(|s| **s == Status::Employed)
            .count() as i64,
        vacancies: i64::from(city.market.vacancies),
        wage_index: city.market.wage_index,
        sales: suppliers().map(|i| city.suppliers.sales_last.rows()[i]).sum(),
        exports: kind_to(books, Kind::Exports, Group::Suppliers),
        turned_away: suppliers().map(|i| city.suppliers.turned_away.rows()[i]).sum(),
        firms: suppliers().filter(|i| city.suppliers.active.rows()[*i]).count() as i64,
        firms_cash: suppliers().map(|i| city.cash.rows()[i]).sum(),
        firms_debt: suppliers().map(|i| city.suppliers.debt.rows()[i]).sum(),
        anchors_cash: sum(&city.cash.rows()[city.suppliers.len()..own]),
        procurement: anchors.iter().map(|a| a.procurement).sum(),
        procurement_in_city: anchors.iter().map(|a| a.in_city).sum(),
        needed,
        delivered,
        to_region: into(&[Group::RegionFirms, Group::RegionHouseholds]),
        to_country: into(&[Group::CountryFirms, Group::CountryHouseholds]),
        to_world: into(&[Group::World]),
        treasury: into(&[Group::Government]),
        council_receipts: city.anchors.council.map_or(0, |c| city.anchors.received.rows()[c as usize]),
        anchors,
        account: account(city, books, all.receipts),
    }
}

/// Sum of what groups receive (or pay).
fn flows_between(books: &Books, groups: &[Group], received: bool) -> Pence {
    books
        .entries()
        .filter(|(from, to, _, _)| groups.contains(if received { to } else { from }))
        .map(|(_, _, _, amount)| amount)
        .sum()
}

fn kind_to(books: &Books, kind: Kind, group: Group) -> Pence {
    Group::ALL.iter().map(|from| books.flow(kind, *from, group)).sum()
}

fn anchor_months(city: &City) -> (Vec<AnchorMonth>, f64, f64) {
    let mut anchors = vec![AnchorMonth::default(); city.anchors.len()];
    for (a, of) in anchors.iter_mut().enumerate() {
        of.staff = i64::from(city.employers.headcount.rows()[city.suppliers.len() + a]);
    }
    for p in &city.flows.payments {
        let of = &mut anchors[p.anchor as usize];
        of.procurement += p.amount;
        let supplier = city.suppliers.zone.rows().get(p.org as usize);
        let anchor = supplier.is_none() && (p.org as usize) < city.suppliers.len() + city.anchors.len();
        if supplier == Some(&Zone::City) || anchor {
            of.in_city += p.amount;
        }
    }
    // Service: the budget of every need, against what its contract delivers for what was paid.
    let mut paid: BTreeMap<(u16, u8, u32), f64> = BTreeMap::new();
    for p in city.flows.payments.iter().filter(|p| p.contract) {
        *paid.entry((p.anchor, p.category, p.org)).or_default() += p.amount as f64;
    }
    let mut in_contracts: BTreeMap<(u16, u8, u32), f64> = BTreeMap::new();
    for row in city.contracts.rows.iter().filter(|r| r.supplier != NOBODY) {
        *in_contracts.entry((row.anchor, row.category, row.supplier)).or_default() += row.monthly as f64;
    }
    for row in &city.contracts.rows {
        let of = &mut anchors[row.anchor as usize];
        of.needed += row.monthly as f64;
        if row.supplier != NOBODY {
            let key = (row.anchor, row.category, row.supplier);
            let rate = paid.get(&key).copied().unwrap_or(0.0)
                / in_contracts.get(&key).copied().unwrap_or(1.0).max(1.0);
            of.delivered += row.monthly as f64 * rate / row.price;
        }
    }
    let needed = anchors.iter().map(|a| a.needed).sum();
    let delivered = anchors.iter().map(|a| a.delivered).sum();
    (anchors, needed, delivered)
}
