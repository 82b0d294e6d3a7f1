//! The month's production, what buyers it was sold to, and the extra spend: what twin runs are compared by.

use crate::base::col::Id;
use crate::base::money::{Pence, WHOLE};
use crate::base::parallel::{count, sum};
use crate::economy::books::{Books, Group, Kind};
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::employers::EmployerId;
use crate::world::suppliers::SupplierId;
use serde::{Deserialize, Serialize};

/// Who bought what the city's suppliers sold, net of VAT (pence). The five sum to their net sales.
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct SalesBy {
    /// Anchors' ordinary purchases, and the extra spend.
    pub anchors: Pence,
    pub extra: Pence,
    /// Firms of the city (and bidders outside, for inputs); households of the city; buyers outside.
    pub firms: Pence,
    pub households: Pence,
    pub outside: Pence,
}

impl SalesBy {
    pub fn total(&self) -> Pence {
        self.anchors + self.extra + self.firms + self.households + self.outside
    }
}

/// The extra spend of a month (pence): what it cost, where the first payment went, who paid.
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extra {
    pub spent: Pence,
    /// Paid to suppliers, anchors and households of the city.
    pub landed: Pence,
    /// VAT that anchors cannot recover; the rest went to suppliers outside.
    pub tax: Pence,
    pub by_government: Pence,
    pub by_outside: Pence,
    /// Raised by the levy on households.
    pub by_households: Pence,
}

/// Firms and households of a zone outside (pence).
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct ZoneMonth {
    /// Sales of its firms to the city's households, firms and anchors, bidders' among them.
    pub sales: Pence,
    /// What its buyers bought in the city.
    pub bought: Pence,
    /// Pay of its residents who work in the city.
    pub pay: Pence,
}

#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    pub sales: SalesBy,
    /// Suppliers' net sales less inputs and taxes on them, and the anchors' compensation of employees. Replacement of
    /// capital is bought with inputs, so this is net of it.
    pub value_added: Pence,
    /// Jobs in the city. While labour is fractional, heads times pay over contract pay.
    pub jobs: f64,
    /// Those of them that in-commuters hold.
    pub commuters: f64,
    /// All receipts of suppliers (net of VAT), households and anchors of the city.
    pub receipts: Pence,
    pub extra: Extra,
    /// Region, then country.
    pub zones: [ZoneMonth; 2],
}

/// Ordinary purchases of the anchors.
const ANCHORS_BUY: [Kind; 3] = [Kind::Contract, Kind::Petty, Kind::PolicyCosts];

const HERE: [Group; 4] = [Group::Households, Group::Suppliers, Group::Council, Group::OtherAnchors];

/// The account of a month that has just closed.
pub(super) fn account(city: &City, books: &Books, household_receipts: Pence) -> Account {
    let to = |kind: Kind, group: Group| from_all(books, kind, group);
    let in_city = |i: &usize| city.suppliers.zone.rows()[*i] == Zone::City;
    let suppliers = || (0..city.suppliers.len()).filter(in_city);
    let sold: Pence = suppliers().map(|i| city.suppliers.sales_last.rows()[i]).sum();
    let anchors = [Group::Council, Group::OtherAnchors];
    let inputs: Pence = Group::ALL.iter().map(|g| books.flow(Kind::Inputs, Group::Suppliers, *g)).sum();
    let taxes = books.flow(Kind::IrrecoverableVat, Group::Suppliers, Group::Government);
    let staff: Pence = [Kind::Wages, Kind::EmployerNi, Kind::EmployerPension]
        .iter()
        .flat_map(|kind| anchors.iter().map(move |from| to_all(books, *kind, *from)))
        .sum();
    Account {
        sales: SalesBy {
            anchors: ANCHORS_BUY.iter().map(|kind| to(*kind, Group::Suppliers)).sum(),
            extra: to(Kind::ExtraSpending, Group::Suppliers),
            firms: to(Kind::Inputs, Group::Suppliers),
            households: suppliers().map(|i| city.suppliers.consumption.rows()[i]).sum(),
            outside: to(Kind::Exports, Group::Suppliers) + to(Kind::LocalInvestment, Group::Suppliers),
        },
        value_added: sold - inputs - taxes + staff,
        jobs: jobs(city),
        commuters: commuters(city),
        receipts: sold + household_receipts + sum(city.anchors.received.rows()),
        extra: extra(books),
        zones: [zone(city, books, Zone::Region), zone(city, books, Zone::Country)],
    }
}

fn from_all(books: &Books, kind: Kind, to: Group) -> Pence {
    Group::ALL.iter().map(|from| books.flow(kind, *from, to)).sum()
}

fn to_all(books: &Books, kind: Kind, from: Group) -> Pence {
    Group::ALL.iter().map(|to| books.flow(kind, from, *to)).sum()
}

fn extra(books: &Books) -> Extra {
    let paid = |to: Group| from_all(books, Kind::ExtraSpending, to);
    let from =
        |group: Group| to_all(books, Kind::ExtraSpending, group) + to_all(books, Kind::ExtraFunding, group);
    Extra {
        spent: Group::ALL.iter().map(|to| paid(*to)).sum(),
        landed: HERE.iter().map(|to| paid(*to)).sum(),
        tax: paid(Group::Government),
        by_government: from(Group::Government),
        by_outside: from(Group::CountryFirms),
        by_households: to_all(books, Kind::ExtraFunding, Group::Households),
    }
}

fn jobs(city: &City) -> f64 {
    let own = city.suppliers.len() + city.anchors.len();
    let fractional = !city.settings.mechanisms.labour_market;
    (0..own)
        .map(|i| {
            let e = EmployerId::from_index(i);
            let heads = f64::from(city.employers.headcount[e]);
            if fractional { heads * labour(city, e) } else { heads }
        })
        .sum()
}

/// Gross pay of posts in the city by contract, fractional as jobs are.
pub(super) fn pay_bill(city: &City) -> Pence {
    let own = city.suppliers.len() + city.anchors.len();
    let bills = &city.employers.wage_bill.rows()[..own];
    if city.settings.mechanisms.labour_market {
        return sum(bills);
    }
    let used = |(i, bill): (usize, &Pence)| *bill as f64 * labour(city, EmployerId::from_index(i));
    bills.iter().enumerate().map(used).sum::<f64>().round() as Pence
}

/// Labour used over labour under contract, while it is fractional: pay over contract pay, surplus that the staff share
/// out left aside.
fn labour(city: &City, e: EmployerId) -> f64 {
    let ratio = city.employers.pay_ratio[e] as f64 / WHOLE as f64;
    let shared_out = city.flows.supplier.rows().get(e.index()).map_or(0.0, |uses| uses.shared_out as f64);
    ratio - shared_out / city.employers.wage_bill[e].max(1) as f64
}

fn zone(city: &City, books: &Books, zone: Zone) -> ZoneMonth {
    let (firms, people) = match zone {
        Zone::Region => (Group::RegionFirms, Group::RegionHouseholds),
        _ => (Group::CountryFirms, Group::CountryHouseholds),
    };
    const OTHERS: [Kind; 3] = [Kind::ExtraSpending, Kind::Inputs, Kind::Consumption];
    let accounts: Pence = ANCHORS_BUY
        .iter()
        .chain(&OTHERS)
        .flat_map(|kind| HERE.iter().map(move |from| books.flow(*kind, *from, firms)))
        .sum();
    let bidders: Pence = (0..city.suppliers.len())
        .map(SupplierId::from_index)
        .filter(|s| city.suppliers.zone[*s] == zone)
        .map(|s| city.suppliers.sales_last[s])
        .sum();
    ZoneMonth {
        sales: accounts + bidders,
        bought: books.flow(Kind::Exports, firms, Group::Suppliers),
        pay: HERE.iter().map(|from| books.flow(Kind::Wages, *from, people)).sum(),
    }
}

/// In-commuters at work in the city, fractional as jobs are.
fn commuters(city: &City) -> f64 {
    let own = (city.suppliers.len() + city.anchors.len()) as u32;
    let employers = &city.workers.employer.rows()[city.workers.residents..];
    if city.settings.mechanisms.labour_market {
        return count(employers, |e| *e < own) as f64;
    }
    employers.iter().filter(|e| **e < own).map(|e| labour(city, EmployerId(*e))).sum()
}
