//! Who pays whom: accounts, agents, and what was paid.

use std::collections::BTreeMap;

/// Shares are whole numbers of 2⁻³².
pub const WHOLE: i64 = 1 << 32;

/// A share of one.
pub fn share(fraction: f64) -> i64 {
    (fraction.clamp(0.0, 1.0) * WHOLE as f64).round() as i64
}

/// Eq. 1.
pub fn part(amount: i64, share: i64) -> i64 {
    ratio(amount, share, WHOLE)
}

/// `a` × `b` ÷ `c`, rounded down; none may be negative.
pub fn ratio(a: i64, b: i64, c: i64) -> i64 {
    assert!(a >= 0 && b >= 0 && c > 0, "{a} {b} {c}");
    i64::try_from(i128::from(a) * i128::from(b) / i128::from(c)).unwrap()
}

/// Pounds to pence.
pub fn pence(pounds: f64) -> i64 {
    (100.0 * pounds).round() as i64
}

/// Where the largest stands, the first of equals.
pub fn largest(of: &[i64]) -> usize {
    let most = of.iter().max().unwrap();
    of.iter().position(|x| x == most).unwrap()
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Account {
    Shop(usize),
    Anchor(usize),
    Home(usize),
    RegionFirms,
    CountryFirms,
    World,
    RegionHomes,
    CountryHomes,
    Government,
    Finance,
}

/// The outside accounts in their order.
pub const OUTSIDE: [Account; 7] = [
    Account::RegionFirms,
    Account::CountryFirms,
    Account::World,
    Account::RegionHomes,
    Account::CountryHomes,
    Account::Government,
    Account::Finance,
];

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    OutsideIncome,
    Remitted,
    Contract,
    Export,
    Link,
    Input,
    ProductTax,
    Pay,
    Rates,
    Repayment,
    Loan,
    Profit,
    PassedOn,
    Benefits,
    DirectTax,
    Pension,
    CouncilTax,
    Vat,
    Purchase,
    Saving,
}

/// A supplier.
#[derive(Clone, Default)]
pub struct Shop {
    /// Firms of its zone, if it is outside the city.
    pub away: Option<Account>,
    pub cash: i64,
    pub debt: i64,
    pub received: i64,
    pub received_last: i64,
    pub sales: i64,
    pub sales_last: i64,
    /// What households spent here this month.
    pub takings: i64,
    pub vat_due: i64,
    pub vat: i64,
    pub exports: i64,
    pub links: Vec<(usize, i64)>,
    pub inputs: Vec<(Account, i64)>,
    pub product_tax: i64,
    pub rates: i64,
    pub pay: i64,
    /// Owners in the city, region, country, world, finance.
    pub profit: [i64; 5],
    pub owner: Option<usize>,
    pub partners: Vec<(usize, i64)>,
}

/// A household.
#[derive(Clone, Default)]
pub struct Home {
    pub deposits: i64,
    pub received: i64,
    pub received_last: i64,
    pub benefits: i64,
    pub direct_tax: i64,
    pub pension: i64,
    pub council_tax: i64,
    pub consumption: i64,
    /// Outlets with their budget shares.
    pub outlets: Vec<(Account, i64)>,
}

/// An anchor.
#[derive(Clone, Default)]
pub struct Anchor {
    pub cash: i64,
    pub debt: i64,
    pub received: i64,
    pub received_last: i64,
    pub normal: i64,
    pub from_government: i64,
    pub remitted: i64,
    /// Supplier and pence a month.
    pub contracts: Vec<(usize, i64)>,
}

/// Somebody employed: a household or the households of a zone, the employer, contractual pay.
#[derive(Clone)]
pub struct Worker {
    pub home: Account,
    pub employer: Account,
    pub pay: i64,
}

/// A town, and what was paid this month.
#[derive(Clone, Default)]
pub struct Model {
    pub shops: Vec<Shop>,
    pub homes: Vec<Home>,
    pub anchors: Vec<Anchor>,
    pub workers: Vec<Worker>,
    /// Who council tax and business rates go to.
    pub council: Option<Account>,
    pub outside: [i64; 7],
    /// By payer and kind.
    pub paid: BTreeMap<(Account, Kind), i64>,
}

impl Model {
    pub fn balance(&mut self, of: Account) -> &mut i64 {
        match of {
            Account::Shop(s) => &mut self.shops[s].cash,
            Account::Anchor(a) => &mut self.anchors[a].cash,
            Account::Home(h) => &mut self.homes[h].deposits,
            other => &mut self.outside[OUTSIDE.iter().position(|x| *x == other).unwrap()],
        }
    }

    /// One payment, credited at once.
    pub fn pay(&mut self, payer: Account, receiver: Account, kind: Kind, pence: i64) {
        assert!(pence >= 0, "{payer:?} pays {receiver:?} {pence} for {kind:?}");
        if pence == 0 {
            return;
        }
        *self.balance(payer) -= pence;
        *self.balance(receiver) += pence;
        *self.paid.entry((payer, kind)).or_default() += pence;
        if kind == Kind::Loan {
            return;
        }
        match receiver {
            Account::Shop(s) => {
                let shop = &mut self.shops[s];
                shop.received += pence;
                *(if kind == Kind::Purchase { &mut shop.takings } else { &mut shop.sales }) += pence;
            }
            Account::Anchor(a) => self.anchors[a].received += pence,
            Account::Home(h) => self.homes[h].received += pence,
            _ => (),
        }
    }
}
