//! The record of one run: what is kept of each month once it is over.

use crate::base::col::Id;
use crate::base::date::Date;
use crate::base::money::Pence;
use crate::base::parallel::{CHUNK, map_chunks, sum};
use crate::economy::books::{Books, Group, Kind};
use crate::place::vocabulary::{AnchorKind, Zone};
use crate::tracer::ledger::Ledger;
use crate::world::City;
use crate::world::contracts::Award;
use crate::world::households::HouseholdId;
use crate::world::orgs::NOBODY;
use crate::world::workers::Status;
use std::collections::BTreeMap;

/// Sums over a group of households in a month (pence).
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct HouseholdSums {
    pub households: i64,
    pub receipts: Pence,
    pub disposable: Pence,
    pub consumption: Pence,
    pub deposits: Pence,
    pub in_work: i64,
    pub seeking: i64,
}

impl HouseholdSums {
    fn add(&mut self, o: &HouseholdSums) {
        self.households += o.households;
        self.receipts += o.receipts;
        self.disposable += o.disposable;
        self.consumption += o.consumption;
        self.deposits += o.deposits;
        self.in_work += o.in_work;
        self.seeking += o.seeking;
    }
}

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

/// Names that tables need.
#[derive(Clone, Default, Debug, PartialEq)]
pub struct Names {
    pub city: String,
    pub price_year: String,
    pub wards: Vec<String>,
    pub anchors: Vec<(String, String, &'static str)>,
    pub categories: Vec<String>,
}

/// Everything kept of a run after burn-in.
#[derive(Clone, Debug, Default)]
pub struct Record {
    pub names: Names,
    pub scale: f64,
    /// First month of the run proper, by number, and its date.
    pub first_month: u16,
    pub epoch: Option<Date>,
    pub months: Vec<Snapshot>,
    /// Yearly sums by ward and by decile.
    pub wards: Vec<Vec<HouseholdSums>>,
    pub deciles: Vec<Vec<HouseholdSums>>,
    /// Yearly transaction flows.
    pub flows: BTreeMap<(u16, Group, Group, Kind), Pence>,
    pub awards: Vec<Award>,
    pub ledger: Ledger,
    /// False when the run was interrupted.
    pub complete: bool,
}

impl Record {
    /// An empty record for a city that is about to run.
    pub fn new(city: &City) -> Record {
        let anchors = (0..city.anchors.len())
            .map(|i| {
                let kind = city.anchors.kind.rows()[i].map_or("", AnchorKind::label);
                (city.anchors.id[i].clone(), city.anchors.name[i].clone(), kind)
            })
            .collect();
        Record {
            names: Names {
                city: city.name.clone(),
                price_year: city.price_year.clone(),
                wards: city.wards.clone(),
                anchors,
                categories: city.contracts.categories.iter().map(|c| c.id.clone()).collect(),
            },
            scale: city.scale,
            first_month: city.burn_in + 1,
            epoch: Some(city.epoch),
            ..Record::default()
        }
    }

    /// Calendar month of a month number.
    pub fn date(&self, month: u16) -> String {
        self.epoch.map_or_else(String::new, |e| e.plus(i32::from(month)).to_string())
    }

    /// Year of the run that a month belongs to, from 1.
    pub fn year(&self, month: u16) -> u16 {
        (month - self.first_month) / 12 + 1
    }

    /// Keep what is needed of a month that has just closed.
    pub fn keep(&mut self, city: &City, books: &Books) {
        if city.month < self.first_month {
            return;
        }
        let year = self.year(city.month);
        let (wards, deciles) = by_ward_and_decile(city);
        let at = usize::from(year) - 1;
        if self.wards.len() <= at {
            self.wards.push(vec![HouseholdSums::default(); wards.len()]);
            self.deciles.push(vec![HouseholdSums::default(); deciles.len()]);
        }
        let mut all = HouseholdSums::default();
        for (sum, of) in self.wards[at].iter_mut().zip(&wards) {
            sum.add(of);
        }
        for (sum, of) in self.deciles[at].iter_mut().zip(&deciles) {
            sum.add(of);
            all.add(of);
        }
        for (from, to, kind, amount) in books.entries() {
            *self.flows.entry((year, from, to, kind)).or_default() += amount;
        }
        self.awards.extend_from_slice(&city.contracts.awards);
        self.months.push(snapshot(city, books, all));
    }
}

fn by_ward_and_decile(city: &City) -> (Vec<HouseholdSums>, Vec<HouseholdSums>) {
    let n_wards = city.wards.len().max(1);
    let parts = map_chunks(city.households.len(), CHUNK, |range| {
        let mut wards = vec![HouseholdSums::default(); n_wards];
        let mut deciles = vec![HouseholdSums::default(); 10];
        for h in range {
            let id = HouseholdId::from_index(h);
            let uses = &city.flows.household[id];
            let receipts = city.households.received_last[id];
            let statuses = || city.households.workers_of(h).map(|w| city.workers.status.rows()[w]);
            let of = HouseholdSums {
                households: 1,
                receipts,
                disposable: receipts - uses.direct_tax - uses.pension - uses.council_tax,
                consumption: city.flows.purchases[id].iter().map(|p| Pence::from(*p)).sum(),
                deposits: city.households.deposits[id],
                in_work: statuses().filter(|s| *s == Status::Employed).count() as i64,
                seeking: statuses().filter(|s| *s == Status::Seeking).count() as i64,
            };
            wards[usize::from(city.households.ward[id]).min(n_wards - 1)].add(&of);
            deciles[usize::from(city.households.decile[id]).min(9)].add(&of);
        }
        (wards, deciles)
    });
    let (mut wards, mut deciles) =
        (vec![HouseholdSums::default(); n_wards], vec![HouseholdSums::default(); 10]);
    for (w, d) in parts {
        wards.iter_mut().zip(&w).for_each(|(a, b)| a.add(b));
        deciles.iter_mut().zip(&d).for_each(|(a, b)| a.add(b));
    }
    (wards, deciles)
}

fn snapshot(city: &City, books: &Books, all: HouseholdSums) -> Snapshot {
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
