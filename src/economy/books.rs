//! The books of a month: every transfer has a payer, a receiver and a kind, and all identities of the model
//! are checked before the month is closed.

use crate::base::col::Id;
use crate::base::money::{Pence, pounds};
use crate::base::parallel::{CHUNK, map_chunks};
use crate::world::City;
use crate::world::households::HouseholdId;
use crate::world::orgs::{Org, OrgId, Outside};
use crate::world::suppliers::SupplierId;
use std::fmt;

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($member:ident = $label:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        #[repr(u8)]
        pub enum $name { $($member),+ }
        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$member),+];
            pub const COUNT: usize = Self::ALL.len();
            pub const fn label(self) -> &'static str { match self { $($name::$member => $label),+ } }
        }
    };
}

named! {
    /// Who pays and who receives, as the yearly transaction-flow matrix shows them.
    Group {
        Households = "households", Suppliers = "suppliers", OutsideSuppliers = "bidders outside",
        Council = "council", OtherAnchors = "other anchors", RegionFirms = "firms of the region",
        CountryFirms = "firms of the country", World = "rest of the world",
        RegionHouseholds = "households of the region", CountryHouseholds = "households of the country",
        Government = "central government", Finance = "financial system",
    }
}

named! {
    /// What a payment is for.
    Kind {
        Contract = "contract instalments", Petty = "petty purchases", IrrecoverableVat = "irrecoverable VAT",
        AnchorIncome = "anchors' income from outside", Exports = "sales outside the city",
        Inputs = "inputs and capital", Wages = "wages", EmployerNi = "employer National Insurance",
        EmployerPension = "employer pension contributions", Rent = "rent", MortgageInterest = "mortgage interest",
        Interest = "interest and charges", Dividends = "profit to owners", Loans = "loans", Repayment = "loan repayment",
        DirectTax = "income tax and National Insurance", PensionContribution = "pension contributions",
        CouncilTax = "council tax", BusinessRates = "business rates", Vat = "VAT", ProfitTax = "corporation tax",
        Benefits = "benefits and state pensions", PrivateIncome = "private pensions and income from wealth",
        Consumption = "consumption", Saving = "saving", PublicFunding = "funding of public bodies", PassedOn = "passed on outside", Opening = "start-up capital", Closing = "closing of firms",
    }
}

/// An identity of the model that does not hold: the run stops and says where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenIdentity {
    pub identity: &'static str,
    pub month: String,
    pub account: String,
    pub amount: Pence,
}

impl fmt::Display for BrokenIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the books do not balance: {} fails in {} for {} by £{:.2}",
            self.identity,
            self.month,
            self.account,
            pounds(self.amount)
        )
    }
}

impl std::error::Error for BrokenIdentity {}

const GROUPS: usize = Group::COUNT;

/// One month's transfers between groups, by kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Books {
    opening: [Pence; GROUPS],
    flows: Vec<Pence>,
    /// Balances of households and of suppliers when the month began.
    deposits: Vec<Pence>,
    cash: Vec<Pence>,
}

/// The group of an organisation's account.
pub fn group_of(city: &City, org: OrgId) -> Group {
    match city.orgs.kind(org) {
        Org::Supplier(i) => match city.suppliers.zone.rows()[i] {
            crate::place::vocabulary::Zone::City => Group::Suppliers,
            _ => Group::OutsideSuppliers,
        },
        Org::Anchor(i) if city.anchors.council == Some(i as u32) => Group::Council,
        Org::Anchor(_) => Group::OtherAnchors,
        Org::Outside(account) => group_of_outside(account),
    }
}

/// The group of an outside account.
pub fn group_of_outside(account: Outside) -> Group {
    match account {
        Outside::RegionFirms => Group::RegionFirms,
        Outside::CountryFirms => Group::CountryFirms,
        Outside::World => Group::World,
        Outside::RegionHouseholds => Group::RegionHouseholds,
        Outside::CountryHouseholds => Group::CountryHouseholds,
        Outside::Government => Group::Government,
        Outside::Finance => Group::Finance,
    }
}

impl Books {
    /// Open the books of a month on the balances as they stand.
    pub fn open(city: &City) -> Books {
        Books {
            opening: balances(city),
            flows: vec![0; Kind::COUNT * GROUPS * GROUPS],
            deposits: city.households.deposits.rows().to_vec(),
            cash: city.cash.rows()[..city.suppliers.len()].to_vec(),
        }
    }

    fn at(kind: Kind, from: Group, to: Group) -> usize {
        (kind as usize * GROUPS + from as usize) * GROUPS + to as usize
    }

    /// Record a payment between groups whose accounts the caller has changed.
    #[inline]
    pub fn post(&mut self, kind: Kind, from: Group, to: Group, amount: Pence) {
        self.flows[Self::at(kind, from, to)] += amount;
    }

    /// Pay from one organisation to another.
    pub fn pay(&mut self, city: &mut City, kind: Kind, (from, to): (OrgId, OrgId), amount: Pence) {
        city.cash[from] -= amount;
        city.cash[to] += amount;
        self.post(kind, group_of(city, from), group_of(city, to), amount);
        receive(city, to, amount);
    }

    /// Pay from a household to an organisation. The household's deposits are the caller's to change.
    pub fn from_households(&mut self, city: &mut City, kind: Kind, to: OrgId, amount: Pence) {
        city.cash[to] += amount;
        self.post(kind, Group::Households, group_of(city, to), amount);
        receive(city, to, amount);
    }

    /// Pay from an organisation to households. Their deposits are the caller's to change.
    pub fn to_households(&mut self, city: &mut City, kind: Kind, from: OrgId, amount: Pence) {
        city.cash[from] -= amount;
        self.post(kind, group_of(city, from), Group::Households, amount);
    }

    pub fn flow(&self, kind: Kind, from: Group, to: Group) -> Pence {
        self.flows[Self::at(kind, from, to)]
    }

    /// All flows that are not zero: (payer, receiver, kind, pence).
    pub fn entries(&self) -> impl Iterator<Item = (Group, Group, Kind, Pence)> + '_ {
        Kind::ALL.iter().flat_map(move |kind| {
            Group::ALL.iter().flat_map(move |from| {
                Group::ALL.iter().filter_map(move |to| {
                    let amount = self.flow(*kind, *from, *to);
                    (amount != 0).then_some((*from, *to, *kind, amount))
                })
            })
        })
    }

    /// Check every identity; the month is closed only when all hold.
    pub fn close(self, city: &City) -> Result<Books, BrokenIdentity> {
        let broken = |identity, account: String, amount| {
            Err(BrokenIdentity { identity, month: city.date(city.month).to_string(), account, amount })
        };
        let closing = balances(city);
        for group in Group::ALL {
            let net: Pence = Kind::ALL
                .iter()
                .flat_map(|k| Group::ALL.iter().map(move |g| (*k, *g)))
                .map(|(k, g)| self.flow(k, g, *group) - self.flow(k, *group, g))
                .sum();
            let change = closing[*group as usize] - self.opening[*group as usize];
            if change != net {
                return broken("change of balances = receipts less payments", group.label().into(), change - net);
            }
        }
        let total = city.total_balance();
        if total != city.money {
            return broken("all balances sum to what they summed to at the start", "the city".into(), total - city.money);
        }
        if let Some(h) = city.households.deposits.iter().position(|d| *d < 0) {
            return broken("no deposits below zero", format!("household {h}"), city.households.deposits.rows()[h]);
        }
        let own = city.suppliers.len() + city.anchors.len();
        if let Some(i) = city.cash.rows()[..own].iter().position(|c| *c < 0) {
            return broken("no cash below zero without a lender", account_name(city, i), city.cash.rows()[i]);
        }
        self.accounts(city)?;
        self.staff(city)?;
        self.contracts(city)?;
        Ok(self)
    }

    /// Each household's and each supplier's balance changes by its receipts less its uses.
    fn accounts(&self, city: &City) -> Result<(), BrokenIdentity> {
        let broken = |account: String, amount| BrokenIdentity {
            identity: "each balance changes by receipts less uses",
            month: city.date(city.month).to_string(),
            account,
            amount,
        };
        let households = map_chunks(self.deposits.len(), CHUNK, |range| {
            range.into_iter().find_map(|h| {
                let id = HouseholdId::from_index(h);
                let spent: Pence = city.flows.purchases[id].iter().map(|p| Pence::from(*p)).sum();
                let expected = city.households.received_last[id] - city.flows.household[id].total() - spent;
                let change = city.households.deposits[id] - self.deposits[h];
                (change != expected).then(|| broken(format!("household {h}"), change - expected))
            })
        });
        if let Some(error) = households.into_iter().flatten().next() {
            return Err(error);
        }
        for (i, before) in self.cash.iter().enumerate() {
            let s = SupplierId::from_index(i);
            let uses = &city.flows.supplier[s];
            let links: Pence = city.suppliers.links.range(i).map(|l| city.flows.links[l] + city.flows.backups[l]).sum();
            let financed = uses.borrowed + uses.opened_with - uses.wound_up;
            let expected = city.suppliers.received_last[s] + financed - links - uses.total() - uses.vat;
            let change = city.cash[city.orgs.supplier(i)] - before;
            if change != expected {
                return Err(broken(format!("supplier {i}"), change - expected));
            }
        }
        Ok(())
    }

    /// No worker with two employers: heads and pay bills are those of the workers.
    fn staff(&self, city: &City) -> Result<(), BrokenIdentity> {
        let mut heads = vec![(0u32, 0i64); city.employers.len()];
        for (employer, pay) in city.workers.employer.iter().zip(city.workers.pay.iter()) {
            if let Some(of) = heads.get_mut(*employer as usize) {
                of.0 += 1;
                of.1 += i64::from(*pay);
            }
        }
        for (i, (n, bill)) in heads.iter().enumerate() {
            let e = crate::world::employers::EmployerId::from_index(i);
            if city.employers.headcount[e] != *n || city.employers.wage_bill[e] != *bill {
                return Err(BrokenIdentity {
                    identity: "headcount and pay bill are those of the staff",
                    month: city.date(city.month).to_string(),
                    account: account_name(city, i),
                    amount: city.employers.wage_bill[e] - bill,
                });
            }
        }
        Ok(())
    }

    /// No contract paid after its end, nor to a supplier that has closed.
    fn contracts(&self, city: &City) -> Result<(), BrokenIdentity> {
        for row in &city.contracts.rows {
            let s = crate::world::suppliers::SupplierId(row.supplier);
            let held = row.supplier != crate::world::orgs::NOBODY;
            if held && (row.end_month <= city.month || city.suppliers.identity[s] != row.supplier_identity) {
                return Err(BrokenIdentity {
                    identity: "no contract paid after its end",
                    month: city.date(city.month).to_string(),
                    account: format!("contract {}", row.need),
                    amount: row.monthly,
                });
            }
        }
        Ok(())
    }
}

fn account_name(city: &City, i: usize) -> String {
    let s = city.suppliers.len();
    if i < s {
        format!("supplier {i}")
    } else {
        city.anchors.id.get(i - s).cloned().unwrap_or_else(|| format!("outside employer {}", i - s))
    }
}

/// Note what an organisation has received, for next month's uses.
pub fn receive(city: &mut City, to: OrgId, amount: Pence) {
    match city.orgs.kind(to) {
        Org::Supplier(i) => city.suppliers.received.rows_mut()[i] += amount,
        Org::Anchor(i) => city.anchors.received.rows_mut()[i] += amount,
        Org::Outside(_) => {}
    }
}

fn balances(city: &City) -> [Pence; GROUPS] {
    let mut sums = [0; GROUPS];
    sums[Group::Households as usize] = crate::base::parallel::sum(city.households.deposits.rows());
    for i in 0..city.cash.len() {
        let org = OrgId::from_index(i);
        sums[group_of(city, org) as usize] += city.cash[org];
    }
    sums
}
