//! What a firm does with what is left: rates, interest, corporation tax, loans, profit. Firms do so apart from each other:
//! no firm is paid by another here.

use super::credits::Credits;
use super::owners::distribute;
use crate::base::col::{Col, Id};
use crate::base::money::{Pence, part};
use crate::base::parallel::add_up;
use crate::economy::books::slips::{Side, Slips};
use crate::economy::books::{Books, Kind};
use crate::economy::firms::FIRMS;
use crate::economy::order::base;
use crate::place::vocabulary::{Ownership, Zone};
use crate::world::City;
use crate::world::flows::SupplierUses;
use crate::world::orgs::Outside;
use crate::world::suppliers::{Recipe, SupplierId};
use rayon::prelude::*;

/// What firms paid and received, and what goes to households that own them.
pub(super) struct Posted {
    slips: Slips,
    pub(super) owners: Credits,
}

impl Posted {
    fn none(city: &City) -> Posted {
        Posted { slips: Slips::none(city), owners: Credits::none(city) }
    }

    fn join(self, city: &City, more: Posted) -> Posted {
        Posted { slips: self.slips.join(city, more.slips), owners: self.owners.join(more.owners) }
    }
}

/// A firm with the columns that its surplus changes; of the city it reads all else.
pub(super) struct Firm<'a> {
    pub(super) city: &'a City,
    pub(super) s: SupplierId,
    party: u16,
    cash: &'a mut Pence,
    pub(super) uses: &'a mut SupplierUses,
    received: &'a mut Pence,
    debt: &'a mut Pence,
    pub(super) staff_due: &'a mut Pence,
    pub(super) posted: &'a mut Posted,
}

/// Columns of suppliers that the surplus changes, but cash.
#[derive(Default)]
struct Columns {
    uses: Col<SupplierId, SupplierUses>,
    received: Col<SupplierId, Pence>,
    debt: Col<SupplierId, Pence>,
    staff_due: Col<SupplierId, Pence>,
}

impl Columns {
    fn swap(&mut self, city: &mut City) {
        std::mem::swap(&mut self.uses, &mut city.flows.supplier);
        std::mem::swap(&mut self.received, &mut city.suppliers.received);
        std::mem::swap(&mut self.debt, &mut city.suppliers.debt);
        std::mem::swap(&mut self.staff_due, &mut city.suppliers.staff_due);
    }
}

/// A chunk of these columns, cash first.
type Chunk<'a> =
    ((((&'a mut [Pence], &'a mut [SupplierUses]), &'a mut [Pence]), &'a mut [Pence]), &'a mut [Pence]);

/// All firms use their surplus. The columns that are written are lent out of the city meanwhile.
pub(super) fn surplus(city: &mut City, books: &mut Books) {
    let (mut cash, mut of) = (std::mem::take(&mut city.cash), Columns::default());
    of.swap(city);
    let (read, parties): (&City, &[u16]) = (city, books.parties());
    let chunks = (cash.rows_mut()[..read.suppliers.len()].par_chunks_mut(FIRMS))
        .zip(of.uses.rows_mut().par_chunks_mut(FIRMS))
        .zip(of.received.rows_mut().par_chunks_mut(FIRMS))
        .zip(of.debt.rows_mut().par_chunks_mut(FIRMS))
        .zip(of.staff_due.rows_mut().par_chunks_mut(FIRMS));
    let of_chunk = |posted: &mut Posted, (chunk, ((((cash, uses), received), debt), due)): (usize, Chunk)| {
        let rows = cash.iter_mut().zip(uses).zip(received).zip(debt).zip(due);
        for (k, ((((cash, uses), received), debt), staff_due)) in rows.enumerate() {
            let s = SupplierId::from_index(chunk * FIRMS + k);
            let party = parties[s.index()];
            let posted = &mut *posted;
            Firm { city: read, s, party, cash, uses, received, debt, staff_due, posted }.surplus();
        }
    };
    let none = || Posted::none(read);
    let posted = add_up(chunks.enumerate(), none, of_chunk, |posted, more| posted.join(read, more));
    city.cash = cash;
    of.swap(city);
    books.post_slips(city, posted.slips);
    posted.owners.pay(city);
}

impl Firm<'_> {
    pub(super) fn recipe(&self) -> &Recipe {
        &self.city.suppliers.recipe[self.s]
    }

    pub(super) fn pay(&mut self, kind: Kind, to: Side, amount: Pence) {
        *self.cash -= amount;
        self.posted.slips.paid(kind, self.party, to, amount);
    }

    /// Business rates, interest, corporation tax, then profit by ownership form. A firm that cannot meet its bills
    /// borrows.
    fn surplus(&mut self) {
        let (city, s) = (self.city, self.s);
        if !city.suppliers.active[s] {
            return;
        }
        if city.suppliers.zone[s] != Zone::City {
            self.pass_on();
            return;
        }
        self.rates();
        let profit = self.profit_of_month();
        if city.suppliers.ownership[s] == Ownership::Public && !city.linear() {
            self.settle_with_government(profit);
            return;
        }
        let interest = if city.linear() {
            0
        } else {
            (*self.debt as f64 * city.settings.firms.interest_rate / 12.0) as Pence
        };
        self.uses.finance += interest;
        self.pay(Kind::Interest, Side::Outside(Outside::Finance), interest);
        let tax = part((profit - interest).max(0), self.recipe().profit_tax);
        self.uses.national_taxes += tax;
        self.pay(Kind::ProfitTax, Side::Outside(Outside::Government), tax);
        let left = profit - interest - tax;
        let repaid = self.repay(left);
        let to_pay = self.payable(left, repaid);
        distribute(self, to_pay);
        self.borrow();
    }

    /// Cash a firm means to hold: months of sales, the VAT it owes and what its staff are due.
    fn reserve(&self) -> Pence {
        let of = &self.city.suppliers;
        // Who is paid sooner needs less cash for its contracts.
        let sooner = self.city.contracts.bound.get(self.s.index()).map_or(0, |of| of.sooner);
        let own = (of.expected[self.s] as f64 * self.city.settings.firms.reserve_months) as Pence - sooner;
        own.max(0) + of.vat_due[self.s] + *self.staff_due
    }

    fn rates(&mut self) {
        let base = base(self.city, self.s);
        let (national, local) =
            (part(base, self.recipe().rates_national), part(base, self.recipe().rates_council));
        self.uses.national_taxes += national;
        self.pay(Kind::BusinessRates, Side::Outside(Outside::Government), national);
        self.uses.rates_council += local;
        self.pay(Kind::BusinessRates, Side::council(self.city), local);
    }

    /// A public body's funding follows its costs: what is over goes back to central government, what is short is
    /// made up.
    fn settle_with_government(&mut self, profit: Pence) {
        let gap = self.gap(profit);
        let over = profit + (gap as f64 * self.city.settings.firms.reserve_speed_monthly) as Pence;
        let amount = over.min(self.free_cash());
        let government = Side::Outside(Outside::Government);
        if amount >= 0 {
            self.pay(Kind::PublicFunding, government, amount);
            self.uses.national_taxes += amount;
        } else {
            *self.cash -= amount;
            *self.received -= amount;
            self.posted.slips.received(Kind::PublicFunding, self.party, government, -amount);
        }
        self.borrow();
    }

    fn links(&self) -> Pence {
        let flows = &self.city.flows;
        self.city.suppliers.links.range(self.s.index()).map(|l| flows.links[l] + flows.backups[l]).sum()
    }

    /// Last month's net sales less this month's costs.
    fn profit_of_month(&self) -> Pence {
        // Shared-out surplus was set aside from an earlier month's profit.
        let set_aside = if self.city.linear() { 0 } else { self.uses.shared_out };
        self.city.suppliers.sales_last[self.s] - self.links() - self.uses.total() + set_aside
    }

    /// Cash beyond the reserve. Sales to households of this month are still to come; the reserve is judged before them.
    fn gap(&self, profit: Pence) -> Pence {
        *self.cash + self.city.suppliers.expected_consumption[self.s] - profit - self.reserve()
    }

    /// Profit and part of the gap between cash and reserve: what would go to the owners if there were no debt.
    fn wanted(&self, profit: Pence) -> Pence {
        if self.city.linear() {
            return profit;
        }
        profit + (self.gap(profit) as f64 * self.city.settings.firms.reserve_speed_monthly) as Pence
    }

    fn free_cash(&self) -> Pence {
        (*self.cash - self.city.suppliers.vat_due[self.s]).max(0)
    }

    /// Half of the profit, or of what would go to the owners if that is more, repays debt: a firm that rebuilds its
    /// reserve does not leave its loan standing until it is done.
    fn repay(&mut self, profit: Pence) -> Pence {
        if *self.debt == 0 {
            return 0;
        }
        let (most, wanted) = (self.free_cash(), self.wanted(profit));
        let most = if self.city.linear() { Pence::MAX } else { most };
        let amount = (*self.debt).min(profit.max(wanted) / 2).min(most).max(0);
        self.pay(Kind::Repayment, Side::Outside(Outside::Finance), amount);
        *self.debt -= amount;
        self.uses.finance += amount;
        amount
    }

    /// What goes to the owners of a firm that has repaid something of its debt this month.
    fn payable(&self, profit: Pence, repaid: Pence) -> Pence {
        if self.city.linear() {
            return profit.max(0) - repaid;
        }
        let speed = self.city.settings.firms.reserve_speed_monthly;
        let before = self.wanted(profit) + (repaid as f64 * speed) as Pence;
        (before - repaid).clamp(0, self.free_cash())
    }

    /// A supplier outside the city passes on what it does not spend in the city, nor owes of VAT.
    fn pass_on(&mut self) {
        let of = &self.city.suppliers;
        let left = of.received_last[self.s] - of.vat_due[self.s] - self.links() - self.uses.total();
        let amount = left.clamp(0, self.free_cash());
        self.pay(Kind::PassedOn, Side::Outside(Outside::firms(self.city.suppliers.zone[self.s])), amount);
        self.uses.passed_on += amount;
        self.borrow();
    }

    /// No cash below zero without a lender.
    fn borrow(&mut self) {
        let short = (-*self.cash).max(0);
        if short > 0 {
            *self.cash += short;
            self.posted.slips.received(Kind::Loans, self.party, Side::Outside(Outside::Finance), short);
            self.uses.borrowed += short;
            *self.debt += short;
        }
    }
}

/// No cash below zero without a lender.
pub fn borrow(city: &mut City, s: SupplierId, books: &mut Books) {
    let org = city.orgs.supplier(s.index());
    let lent = books.lend(city, org);
    city.flows.supplier[s].borrowed += lent;
    city.suppliers.debt[s] += lent;
}
