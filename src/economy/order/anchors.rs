//! Anchors receive their income, pay contract instalments and buy petty supplies.

use super::anchor_factor;
use super::extra::{self, Cuts};
use crate::base::col::Id;
use crate::base::money::{Pence, Share, part};
use crate::economy::books::{Books, Group, Kind, group_of};
use crate::economy::impulse::Impulse;
use crate::economy::plan::Plan;
use crate::scenario::settings::FinancedBy;
use crate::world::City;
use crate::world::anchors::{AnchorId, Petty};
use crate::world::contracts::Contract;
use crate::world::flows::Payment;
use crate::world::orgs::{NOBODY, OrgId, Outside};
use crate::world::suppliers::SupplierId;

/// Returns what each anchor has saved for the extra spend, if its budget pays for that.
pub(super) fn anchors_buy(city: &mut City, plan: &Plan, books: &mut Books) -> Vec<Pence> {
    const PAYERS: [Outside; 4] =
        [Outside::Government, Outside::RegionFirms, Outside::CountryFirms, Outside::World];
    for i in 0..city.anchors.len() {
        let a = AnchorId::from_index(i);
        let to = city.orgs.anchor(i);
        for (payer, amount) in PAYERS.into_iter().zip(city.anchors.outside_income[a]) {
            let from = city.orgs.outside(payer);
            books.pay(city, Kind::AnchorIncome, (from, to), amount);
        }
    }
    for i in 0..city.anchors.len() {
        let a = AnchorId::from_index(i);
        let (from, to) = (city.orgs.anchor(i), city.orgs.outside(Outside::CountryFirms));
        let amount = part(city.anchors.received_last[a], city.anchors.remitted[a]);
        city.flows.anchor[i].remitted = amount;
        books.pay(city, Kind::Dividends, (from, to), amount);
    }
    let factors: Vec<Share> =
        (0..city.anchors.len()).map(|i| anchor_factor(city, AnchorId::from_index(i))).collect();
    let impulse = plan.impulse.as_ref();
    let mut cuts = extra::cuts(city, impulse, &usual(city, plan, &factors));
    for i in 0..city.contracts.rows.len() {
        let row = city.contracts.rows[i];
        if row.supplier == NOBODY {
            continue;
        }
        let amount = instalment(city, plan, &row, &factors);
        fund(city, row.anchor, amount - part(row.monthly, factors[row.anchor as usize]), books);
        let to = (row.anchor, row.category, row.supplier);
        buy_less(city, (to, amount, Kind::Contract), (impulse, &mut cuts), books);
    }
    for i in 0..city.anchors.petty.len() {
        let p = city.anchors.petty[i];
        let factor = city.anchors.petty_factor[AnchorId(u32::from(p.anchor))];
        let amount = petty_purchase(city, plan, &p, &factors);
        let usual = part((p.monthly as f64 * factor).round() as Pence, factors[p.anchor as usize]);
        fund(city, p.anchor, amount - usual, books);
        let to = (p.anchor, p.category, petty_supplier(city, p.org));
        buy_less(city, (to, amount, Kind::Petty), (impulse, &mut cuts), books);
    }
    cuts.saved
}

fn instalment(city: &City, plan: &Plan, row: &Contract, factors: &[Share]) -> Pence {
    let budget = plan.rules(city.month, row.anchor as usize, row.category as usize).budget;
    part((row.monthly as f64 * budget).round() as Pence, factors[row.anchor as usize])
}

fn petty_purchase(city: &City, plan: &Plan, p: &Petty, factors: &[Share]) -> Pence {
    let factor = city.anchors.petty_factor[AnchorId(u32::from(p.anchor))];
    let budget = plan.rules(city.month, p.anchor as usize, p.category as usize).budget;
    part((p.monthly as f64 * factor * budget).round() as Pence, factors[p.anchor as usize])
}

/// Who serves a petty purchase: the usual supplier, or who stands in while its place is vacant.
pub(super) fn petty_supplier(city: &City, org: u32) -> u32 {
    city.suppliers.stand_in.rows().get(org as usize).copied().unwrap_or(org)
}

/// The month's purchases before any cut: anchor, category, amount. Listed only when budgets pay for an extra spend.
fn usual(city: &City, plan: &Plan, factors: &[Share]) -> Vec<(u16, u8, Pence)> {
    if plan.impulse.as_ref().is_none_or(|of| of.financed_by != FinancedBy::Budget) {
        return Vec::new();
    }
    let contracts = city.contracts.rows.iter().filter(|row| row.supplier != NOBODY);
    let contracts = contracts.map(|row| (row.anchor, row.category, instalment(city, plan, row, factors)));
    let petty = city.anchors.petty.iter();
    contracts.chain(petty.map(|p| (p.anchor, p.category, petty_purchase(city, plan, p, factors)))).collect()
}

/// A usual purchase, less what is cut of it for an extra spend.
fn buy_less(
    city: &mut City,
    (to, amount, kind): ((u16, u8, u32), Pence, Kind),
    (impulse, cuts): (Option<&Impulse>, &mut Cuts),
    books: &mut Books,
) {
    let left = cuts.left(impulse, (to.0, to.1), amount);
    let bought = buy(city, to, left, (kind, books));
    if left < amount && (bought || left == 0) {
        let a = to.0 as usize;
        cuts.saved[a] += extra::with_vat(city, a, amount) - extra::with_vat(city, a, left);
    }
}

/// A changed procurement budget is financed by grant: central government pays what is spent more, with the VAT
/// on it, and keeps what is spent less. It is no receipt that other uses follow.
fn fund(city: &mut City, anchor: u16, change: Pence, books: &mut Books) {
    if change == 0 {
        return;
    }
    let vat =
        part(change.abs(), city.anchors.irrecoverable_vat[AnchorId(u32::from(anchor))]) * change.signum();
    let (org, government) = (city.orgs.anchor(anchor as usize), city.orgs.outside(Outside::Government));
    let amount = change + vat;
    city.cash[org] += amount;
    city.cash[government] -= amount;
    let (here, there) = (group_of(city, org), Group::Government);
    if amount > 0 {
        books.post(Kind::AnchorIncome, there, here, amount);
    } else {
        books.post(Kind::AnchorIncome, here, there, -amount);
    }
}

/// One purchase by an anchor, with the VAT on it that the anchor cannot recover; bounded by its cash. Tells whether
/// it was made.
fn buy(
    city: &mut City,
    (anchor, category, org): (u16, u8, u32),
    amount: Pence,
    (kind, books): (Kind, &mut Books),
) -> bool {
    let a = AnchorId(u32::from(anchor));
    let from = city.orgs.anchor(anchor as usize);
    let vat = part(amount, city.anchors.irrecoverable_vat[a]);
    if amount <= 0 || amount + vat > city.cash[from] {
        return false;
    }
    books.pay(city, kind, (from, OrgId(org)), amount);
    let government = city.orgs.outside(Outside::Government);
    books.pay(city, Kind::IrrecoverableVat, (from, government), vat);
    if (org as usize) < city.suppliers.len() {
        city.suppliers.sales[SupplierId(org)] += amount;
    }
    city.flows.payments.push(Payment { anchor, category, org, amount, contract: kind == Kind::Contract });
    let uses = &mut city.flows.anchor[anchor as usize];
    uses.procurement += amount;
    uses.irrecoverable_vat += vat;
    true
}
