//! The city in one month, as the record keeps it.

use super::HouseholdSums;
use super::account::{Account, account, pay_bill};
use super::society::{Society, society};
use crate::base::money::Pence;
use crate::base::parallel::{count, sum};
use crate::economy::books::{Books, Group, Kind};
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::contracts::TeamMonth;
use crate::world::flows::Service;
use crate::world::workers::Status;
use serde::{Deserialize, Serialize};

/// The city in one month.
#[derive(Clone, Default, Debug, PartialEq, Serialize, Deserialize)]
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
    /// What the anchors' needs came to, by category and in all.
    pub service: Service,
    pub services: Vec<Service>,
    /// Taken in by firms and households of the region, the country and the world; by central government, net.
    pub to_region: Pence,
    pub to_country: Pence,
    pub to_world: Pence,
    pub treasury: Pence,
    pub council_receipts: Pence,
    pub anchors: Vec<AnchorMonth>,
    pub account: Account,
    pub society: Society,
}

/// An anchor in one month.
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnchorMonth {
    pub procurement: Pence,
    pub in_city: Pence,
    pub service: Service,
    pub team: TeamMonth,
    pub commitment: f64,
    pub staff: i64,
}

pub(super) fn snapshot(city: &City, books: &Books, mut all: HouseholdSums) -> Snapshot {
    let own = city.suppliers.len() + city.anchors.len();
    let suppliers = suppliers_here(city);
    let into = |groups: &[Group]| flows_between(books, groups, true) - flows_between(books, groups, false);
    let anchors = anchor_months(city);
    let services = services(city);
    let mut service = Service::default();
    services.iter().for_each(|of| service.add(of));
    let account = account(city, books, all.receipts);
    let heads: i64 = city.employers.headcount.rows()[..own].iter().map(|n| i64::from(*n)).sum();
    let commuters =
        count(&city.workers.status.rows()[city.workers.residents..], |s| *s == Status::Employed) as i64;
    // Where employment follows sales at once, posts are filled more or less, and nobody moves.
    let (jobs, in_commuters) = (account.jobs.round() as i64, account.commuters.round() as i64);
    all.in_work += (jobs - in_commuters) - (heads - commuters);
    Snapshot {
        month: city.month,
        all,
        jobs,
        pay_bill: pay_bill(city),
        in_commuters,
        vacancies: i64::from(city.market.vacancies),
        wage_index: city.market.wage_index,
        sales: suppliers.sales,
        exports: kind_to(books, Kind::Exports, Group::Suppliers),
        turned_away: suppliers.turned_away,
        firms: suppliers.open,
        firms_cash: suppliers.cash,
        firms_debt: suppliers.debt,
        anchors_cash: sum(&city.cash.rows()[city.suppliers.len()..own]),
        procurement: anchors.iter().map(|a| a.procurement).sum(),
        procurement_in_city: anchors.iter().map(|a| a.in_city).sum(),
        service,
        services,
        to_region: into(&[Group::RegionFirms, Group::RegionHouseholds]),
        to_country: into(&[Group::CountryFirms, Group::CountryHouseholds]),
        to_world: into(&[Group::World]),
        treasury: into(&[Group::Government]),
        council_receipts: city.anchors.council.map_or(0, |c| city.anchors.received.rows()[c as usize]),
        anchors,
        account,
        society: society(city, books),
    }
}

/// Sums over the suppliers in the city.
#[derive(Default)]
struct Suppliers {
    open: i64,
    sales: Pence,
    turned_away: Pence,
    cash: Pence,
    debt: Pence,
}

fn suppliers_here(city: &City) -> Suppliers {
    let of = &city.suppliers;
    let mut sums = Suppliers::default();
    for i in (0..of.len()).filter(|i| of.zone.rows()[*i] == Zone::City) {
        sums.open += i64::from(of.active.rows()[i]);
        sums.sales += of.sales_last.rows()[i];
        sums.turned_away += of.turned_away.rows()[i];
        sums.cash += city.cash.rows()[i];
        sums.debt += of.debt.rows()[i];
    }
    sums
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

fn anchor_months(city: &City) -> Vec<AnchorMonth> {
    let mut anchors = vec![AnchorMonth::default(); city.anchors.len()];
    for (a, of) in anchors.iter_mut().enumerate() {
        of.staff = i64::from(city.employers.headcount.rows()[city.suppliers.len() + a]);
    }
    for p in city.flows.payments.iter().filter(|p| !p.refund) {
        let of = &mut anchors[p.anchor as usize];
        of.procurement += p.amount;
        let supplier = city.suppliers.zone.rows().get(p.org as usize);
        let anchor = supplier.is_none() && (p.org as usize) < city.suppliers.len() + city.anchors.len();
        if supplier == Some(&Zone::City) || anchor {
            of.in_city += p.amount;
        }
    }
    let categories = city.contracts.categories.len().max(1);
    for (i, of) in city.flows.service.iter().enumerate() {
        anchors[i / categories].service.add(of);
    }
    for (of, team) in anchors.iter_mut().zip(&city.contracts.teams) {
        of.team = *team;
    }
    for (a, of) in anchors.iter_mut().enumerate() {
        of.commitment = city.anchors.commitment(a);
    }
    anchors
}

/// By category, over all anchors.
fn services(city: &City) -> Vec<Service> {
    let mut all = vec![Service::default(); city.contracts.categories.len()];
    let categories = all.len().max(1);
    for (i, of) in city.flows.service.iter().enumerate() {
        all[i % categories].add(of);
    }
    all
}
