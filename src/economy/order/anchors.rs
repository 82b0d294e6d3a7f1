//! Anchors receive their income, pay contract instalments and buy petty supplies.

use super::anchor_factor;
use crate::base::col::Id;
use crate::base::money::{Pence, Share, part};
use crate::economy::books::{Books, Group, Kind, group_of};
use crate::economy::plan::Plan;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::flows::Payment;
use crate::world::orgs::{NOBODY, OrgId, Outside};
use crate::world::suppliers::SupplierId;

pub(super) fn anchors_buy(city: &mut City, plan: &Plan, books: &mut Books) {
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
    for i in 0..city.contracts.rows.len() {
        let row = city.contracts.rows[i];
        if row.supplier == NOBODY {
            continue;
        }
        let budget = plan.rules(city.month, row.anchor as usize, row.category as usize).budget;
        let amount = part((row.monthly as f64 * budget).round() as Pence, factors[row.anchor as usize]);
        fund(city, row.anchor, amount - part(row.monthly, factors[row.anchor as usize]), books);
        let to = (row.anchor, row.category, row.supplier, Some(row.need));
        buy(city, to, amount, (Kind::Contract, books));
    }
    for i in 0..city.anchors.petty.len() {
        let p = city.anchors.petty[i];
        let factor = city.anchors.petty_factor[AnchorId(u32::from(p.anchor))];
        let budget = plan.rules(city.month, p.anchor as usize, p.category as usize).budget;
        let amount = part((p.monthly as f64 * factor * budget).round() as Pence, factors[p.anchor as usize]);
        let usual = part((p.monthly as f64 * factor).round() as Pence, factors[p.anchor as usize]);
        fund(city, p.anchor, amount - usual, books);
        let org = city.suppliers.stand_in.rows().get(p.org as usize).copied().unwrap_or(p.org);
        buy(city, (p.anchor, p.category, org, None), amount, (Kind::Petty, books));
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

/// One purchase by an anchor, with the VAT on it that the anchor cannot recover; bounded by its cash.
fn buy(
    city: &mut City,
    (anchor, category, org, need): (u16, u8, u32, Option<u64>),
    amount: Pence,
    (kind, books): (Kind, &mut Books),
) {
    let a = AnchorId(u32::from(anchor));
    let from = city.orgs.anchor(anchor as usize);
    let vat = part(amount, city.anchors.irrecoverable_vat[a]);
    if amount <= 0 || amount + vat > city.cash[from] {
        return;
    }
    books.pay(city, kind, (from, OrgId(org)), amount);
    let government = city.orgs.outside(Outside::Government);
    books.pay(city, Kind::IrrecoverableVat, (from, government), vat);
    if (org as usize) < city.suppliers.len() {
        city.suppliers.sales[SupplierId(org)] += amount;
    }
    let contract = kind == Kind::Contract;
    city.flows.payments.push(Payment { anchor, category, org, amount, vat, contract, need });
    let uses = &mut city.flows.anchor[anchor as usize];
    uses.procurement += amount;
    uses.irrecoverable_vat += vat;
}
