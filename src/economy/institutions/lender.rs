//! The community lender: it lends to new firms and to small ones near the end of their credit, and is repaid with
//! interest, or not.

use super::charter::host;
use super::incubator::due;
use super::social::vacant_place;
use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose, short};
use crate::base::money::{Pence, pence};
use crate::economy::books::{Books, Kind};
use crate::economy::firms;
use crate::economy::pay::borrow;
use crate::economy::plan::Rules;
use crate::economy::procurement::bidders::is_small;
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::institutions::Loan;
use crate::world::orgs::Outside;
use crate::world::suppliers::SupplierId;

/// Debt over the limit at which a firm closes from which others refuse to lend (assumed).
const REFUSED_FROM: f64 = 0.5;
/// Weight of a place in the most deprived third of wards (assumed).
const DEPRIVED: f64 = 2.0;

/// A month's interest and instalment on a loan: the same part of the principal each month, interest on what is out.
pub fn instalment(loan: &Loan, interest_a_year: f64) -> (Pence, Pence) {
    (
        (loan.outstanding as f64 * interest_a_year / 12.0).round() as Pence,
        loan.instalment.min(loan.outstanding),
    )
}

pub(super) fn work(city: &mut City, rules: &Rules, luck: &Luck, books: &mut Books) {
    collect(city, books);
    pay_in(city, rules.institutions.capital, books);
    for (k, of) in rules.institutions.lenders.clone().iter().enumerate() {
        let scale = city.scale * of.strength;
        let (n, rest) = due(city.institutions.pending[3], of.of.loans_a_year * scale);
        city.institutions.pending[3] = rest;
        // Firms are whole at any scale, and so is a loan.
        let amount = pence(of.of.loan_gbp);
        for j in 0..n {
            if city.institutions.lender.fund >= amount {
                lend(city, amount, (luck, 3 << 32 | (k as u64) << 16 | j as u64), books);
            }
        }
    }
}

/// The host hands the capital on to the fund, which is kept with the financial system.
fn pay_in(city: &mut City, capital: Pence, books: &mut Books) {
    let from = city.orgs.anchor(host(city));
    if capital <= 0 || city.anchors.is_empty() {
        return;
    }
    let amount = capital.min(city.cash[from]).max(0);
    books.pay(city, Kind::SeedMoney, (from, city.orgs.outside(Outside::Finance)), amount);
    city.institutions.lender.fund += amount;
    city.institutions.lender.paid_in += amount;
}

/// Interest and instalments; what a closed firm owes is lost.
fn collect(city: &mut City, books: &mut Books) {
    let finance = city.orgs.outside(Outside::Finance);
    let interest = city.settings.institutions.loan_interest;
    let mut loans = std::mem::take(&mut city.institutions.lender.loans);
    for loan in &mut loans {
        let s = SupplierId(loan.supplier);
        if !city.suppliers.active[s] || city.suppliers.identity[s] != loan.identity {
            city.institutions.lender.lost += loan.outstanding;
            loan.outstanding = 0;
            continue;
        }
        let (cost, principal) = instalment(loan, interest);
        let org = city.orgs.supplier(s.index());
        books.pay(city, Kind::Interest, (org, finance), cost);
        books.pay(city, Kind::Repayment, (org, finance), principal);
        city.flows.supplier[s].finance += cost + principal;
        borrow(city, s, books);
        loan.outstanding -= principal;
        let lender = &mut city.institutions.lender;
        lender.fund += cost + principal;
        lender.interest += cost;
        lender.repaid += principal;
    }
    loans.retain(|loan| loan.outstanding > 0);
    city.institutions.lender.loans = loans;
}

/// Whether a ward is in the most deprived third of the city's; none is where ranks are not known.
fn deprived(city: &City, ward: u8) -> bool {
    let ranks = &city.background.deprivation_rank;
    let Some(own) = ranks.get(usize::from(ward)) else { return false };
    3 * ranks.iter().filter(|rank| *rank < own).count() < ranks.len()
}

fn lend(city: &mut City, amount: Pence, (luck, key): (&Luck, u64), books: &mut Books) {
    let weight = |s: SupplierId| if deprived(city, city.suppliers.ward[s]) { DEPRIVED } else { 1.0 };
    let arrival = |s: SupplierId| luck.arrival(weight(s), Purpose::Founding, key, short(u64::from(s.0)));
    let refused =
        in_need(city, amount).into_iter().min_by(|a, b| arrival(*a).total_cmp(&arrival(*b)).then(a.cmp(b)));
    let vacant = vacant_place(city, |_| true, arrival);
    let (s, new) = match (refused, vacant) {
        (Some(s), None) => (s, false),
        (None, Some(s)) => (s, true),
        (Some(a), Some(b)) => {
            if arrival(a) < arrival(b) {
                (a, false)
            } else {
                (b, true)
            }
        }
        (None, None) => return,
    };
    if new {
        firms::open(city, s.index(), luck, books);
    }
    let (org, finance) = (city.orgs.supplier(s.index()), city.orgs.outside(Outside::Finance));
    city.cash[finance] -= amount;
    city.cash[org] += amount;
    books.post_orgs(Kind::Loans, (finance, org), amount);
    city.flows.supplier[s].borrowed += amount;
    if !new {
        // It pays off dear debt: what others would call in.
        let repaid = amount.min(city.suppliers.debt[s]);
        books.pay(city, Kind::Repayment, (org, finance), repaid);
        city.flows.supplier[s].finance += repaid;
        city.suppliers.debt[s] -= repaid;
    }
    let term = Pence::from(city.settings.institutions.loan_term_months.max(1));
    let identity = city.suppliers.identity[s];
    let lender = &mut city.institutions.lender;
    lender.loans.push(Loan {
        supplier: s.0,
        identity,
        outstanding: amount,
        instalment: (amount + term - 1) / term,
    });
    lender.fund -= amount;
    lender.lent += amount;
    lender.made += 1;
    lender.openings += u32::from(new);
}

/// Small firms that others refuse: deep in debt, without a community loan, and with sales that could carry one.
fn in_need(city: &City, amount: Pence) -> Vec<SupplierId> {
    let of = &city.suppliers;
    let limit = city.settings.firms.debt_limit_months;
    (0..of.len())
        .map(SupplierId::from_index)
        .filter(|s| of.active[*s] && of.zone[*s] == Zone::City && of.debt[*s] > 0)
        .filter(|s| {
            let closes_at = of.expected[*s].max(of.normal_sales[*s] / 10) as f64 * limit;
            of.debt[*s] as f64 > REFUSED_FROM * closes_at && 12 * of.expected[*s] >= amount
        })
        .filter(|s| is_small(city, *s))
        .filter(|s| !city.institutions.lender.loans.iter().any(|loan| loan.supplier == s.0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::institutions::Lender;

    /// £24,000 over 48 months at 10%: £500 and £200 of interest in the first month; the last instalment is what is left.
    #[test]
    fn instalments_by_hand() {
        let loan = |outstanding| Loan { supplier: 0, identity: 0, outstanding, instalment: 50_000 };
        assert_eq!(instalment(&loan(2_400_000), 0.1), (20_000, 50_000));
        assert_eq!(instalment(&loan(30_000), 0.1), (250, 30_000));
    }

    /// £1,000 paid in, £600 lent, £100 of it repaid with £5 of interest, £200 lost: £505 in the fund and £300 out.
    #[test]
    fn both_accounts_close() {
        let loans = vec![Loan { supplier: 0, identity: 0, outstanding: 300, instalment: 1 }];
        let of = |fund| Lender {
            fund,
            paid_in: 1000,
            lent: 600,
            repaid: 100,
            interest: 5,
            lost: 200,
            loans: loans.clone(),
            ..Lender::default()
        };
        assert_eq!(of(505).gap(), 0);
        assert_eq!(of(506).gap(), 1);
    }
}
