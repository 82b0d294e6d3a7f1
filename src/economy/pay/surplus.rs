//! What a firm does with what is left: rates, interest, corporation tax, loans, profit.

use super::owners::distribute;
use crate::base::col::Id;
use crate::base::money::{Pence, part};
use crate::economy::books::{Books, Kind};
use crate::economy::order::base;
use crate::place::vocabulary::{Ownership, Zone};
use crate::world::City;
use crate::world::orgs::Outside;
use crate::world::suppliers::SupplierId;

/// Cash a firm means to hold: months of sales, the VAT it owes and what its staff are due.
fn reserve(city: &City, s: SupplierId) -> Pence {
    let of = &city.suppliers;
    // Who is paid sooner needs less cash for its contracts.
    let sooner = city.contracts.bound.get(s.index()).map_or(0, |of| of.sooner);
    let own = (of.expected[s] as f64 * city.settings.firms.reserve_months) as Pence - sooner;
    own.max(0) + of.vat_due[s] + of.staff_due[s]
}

/// What a firm does with what is left: business rates, interest, corporation tax, then profit by ownership
/// form. A firm that cannot meet its bills borrows.
pub(super) fn surplus(city: &mut City, s: SupplierId, books: &mut Books) {
    if !city.suppliers.active[s] {
        return;
    }
    if city.suppliers.zone[s] != Zone::City {
        pass_on(city, s, books);
        return;
    }
    rates(city, s, books);
    let profit = profit_of_month(city, s);
    if city.suppliers.ownership[s] == Ownership::Public && !city.linear() {
        settle_with_government(city, s, profit, books);
        return;
    }
    let interest = if city.linear() {
        0
    } else {
        (city.suppliers.debt[s] as f64 * city.settings.firms.interest_rate / 12.0) as Pence
    };
    let org = city.orgs.supplier(s.index());
    let finance = city.orgs.outside(Outside::Finance);
    city.flows.supplier[s].finance += interest;
    books.pay(city, Kind::Interest, (org, finance), interest);
    let r = city.suppliers.recipe[s];
    let tax = part((profit - interest).max(0), r.profit_tax);
    let government = city.orgs.outside(Outside::Government);
    city.flows.supplier[s].national_taxes += tax;
    books.pay(city, Kind::ProfitTax, (org, government), tax);
    let left = profit - interest - tax;
    let repaid = repay(city, s, left, books);
    let to_pay = payable(city, s, left, repaid);
    distribute(city, s, to_pay, books);
    borrow(city, s, books);
}

fn rates(city: &mut City, s: SupplierId, books: &mut Books) {
    let base = base(city, s);
    let r = city.suppliers.recipe[s];
    let org = city.orgs.supplier(s.index());
    let (national, local) = (part(base, r.rates_national), part(base, r.rates_council));
    let government = city.orgs.outside(Outside::Government);
    books.pay(city, Kind::BusinessRates, (org, government), national);
    city.flows.supplier[s].national_taxes += national;
    let to = city.anchors.council.map_or(government, |c| city.orgs.anchor(c as usize));
    books.pay(city, Kind::BusinessRates, (org, to), local);
    city.flows.supplier[s].rates_council += local;
}

/// A public body's funding follows its costs: what is over goes back to central government, what is short is
/// made up.
fn settle_with_government(city: &mut City, s: SupplierId, profit: Pence, books: &mut Books) {
    let (org, government) = (city.orgs.supplier(s.index()), city.orgs.outside(Outside::Government));
    let cash = city.cash[org];
    let gap = cash + city.suppliers.expected_consumption[s] - profit - reserve(city, s);
    let over = profit + (gap as f64 * city.settings.firms.reserve_speed_monthly) as Pence;
    let amount = over.min((cash - city.suppliers.vat_due[s]).max(0));
    if amount >= 0 {
        books.pay(city, Kind::PublicFunding, (org, government), amount);
        city.flows.supplier[s].national_taxes += amount;
    } else {
        books.pay(city, Kind::PublicFunding, (government, org), -amount);
    }
    borrow(city, s, books);
}

/// Last month's net sales less this month's costs.
fn profit_of_month(city: &City, s: SupplierId) -> Pence {
    let links: Pence =
        city.suppliers.links.range(s.index()).map(|l| city.flows.links[l] + city.flows.backups[l]).sum();
    // Shared-out surplus was set aside from an earlier month's profit.
    let set_aside = if city.linear() { 0 } else { city.flows.supplier[s].shared_out };
    city.suppliers.sales_last[s] - links - city.flows.supplier[s].total() + set_aside
}

/// Profit and part of the gap between cash and reserve: what would go to the owners if there were no debt.
fn wanted(city: &City, s: SupplierId, profit: Pence) -> Pence {
    if city.linear() {
        return profit;
    }
    let cash = city.cash[city.orgs.supplier(s.index())];
    // Sales to households of this month are still to come; the reserve is judged before them.
    let gap = cash + city.suppliers.expected_consumption[s] - profit - reserve(city, s);
    profit + (gap as f64 * city.settings.firms.reserve_speed_monthly) as Pence
}

fn free_cash(city: &City, s: SupplierId) -> Pence {
    (city.cash[city.orgs.supplier(s.index())] - city.suppliers.vat_due[s]).max(0)
}

/// Half of the profit, or of what would go to the owners if that is more, repays debt: a firm that rebuilds its
/// reserve does not leave its loan standing until it is done.
fn repay(city: &mut City, s: SupplierId, profit: Pence, books: &mut Books) -> Pence {
    if city.suppliers.debt[s] == 0 {
        return 0;
    }
    let (most, wanted) = (free_cash(city, s), wanted(city, s, profit));
    let most = if city.linear() { Pence::MAX } else { most };
    let amount = city.suppliers.debt[s].min(profit.max(wanted) / 2).min(most).max(0);
    let (org, finance) = (city.orgs.supplier(s.index()), city.orgs.outside(Outside::Finance));
    books.pay(city, Kind::Repayment, (org, finance), amount);
    city.suppliers.debt[s] -= amount;
    city.flows.supplier[s].finance += amount;
    amount
}

/// What goes to the owners of a firm that has repaid something of its debt this month.
fn payable(city: &City, s: SupplierId, profit: Pence, repaid: Pence) -> Pence {
    if city.linear() {
        return profit.max(0) - repaid;
    }
    let before =
        wanted(city, s, profit) + (repaid as f64 * city.settings.firms.reserve_speed_monthly) as Pence;
    (before - repaid).clamp(0, free_cash(city, s))
}

/// A supplier outside the city passes on what it does not spend in the city.
fn pass_on(city: &mut City, s: SupplierId, books: &mut Books) {
    let org = city.orgs.supplier(s.index());
    let links: Pence =
        city.suppliers.links.range(s.index()).map(|l| city.flows.links[l] + city.flows.backups[l]).sum();
    let amount = (city.suppliers.received_last[s] - links - city.flows.supplier[s].total())
        .clamp(0, city.cash[org].max(0));
    let to = city.orgs.outside(Outside::firms(city.suppliers.zone[s]));
    books.pay(city, Kind::PassedOn, (org, to), amount);
    city.flows.supplier[s].passed_on += amount;
    borrow(city, s, books);
}

/// No cash below zero without a lender.
pub fn borrow(city: &mut City, s: SupplierId, books: &mut Books) {
    let org = city.orgs.supplier(s.index());
    let lent = books.lend(city, org);
    city.flows.supplier[s].borrowed += lent;
    city.suppliers.debt[s] += lent;
}
