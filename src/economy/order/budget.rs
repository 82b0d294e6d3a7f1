//! Stage 10 of procurement, budget: it is fixed in money, so a dearer contract buys less; in a twin run it is
//! topped up until service is what is needed.

use crate::base::money::{Pence, Share, part};
use crate::economy::books::{Books, Kind};
use crate::economy::plan::Rules;
use crate::scenario::settings::ConstantService;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::contracts::{Contract, Provider};
use crate::world::orgs::Outside;

/// What may be spent on a need this month (pence).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Budget {
    /// Without any policy.
    pub usual: Pence,
    pub amount: Pence,
    /// The part of it that central government adds, or takes away.
    pub by_grant: Pence,
    /// The part of it that is advanced by the council and raised by a levy on council tax.
    pub by_levy: Pence,
    /// The part of it that keeps service constant.
    pub top_up: Pence,
}

/// What keeps volume at the budget at the reference price: the premium, or less when the contract is cheap.
pub fn top_up(budget: Pence, price: f64) -> Pence {
    (budget as f64 * (price - 1.0)).round() as Pence
}

impl Budget {
    pub fn of(city: &City, rules: &Rules, row: &Contract, factor: Share) -> Budget {
        let usual = part(row.monthly, factor);
        let policy = rules.of(row.anchor, row.category).budget;
        let changed = part((row.monthly as f64 * policy).round() as Pence, factor);
        let payer = city.settings.procurement.constant_service;
        let top_up = if payer == ConstantService::Off || row.provider != Provider::Market {
            0
        } else {
            top_up(changed, row.price)
        };
        let granted = if payer == ConstantService::Grant { top_up } else { 0 };
        let by_levy = if payer == ConstantService::CouncilTax { top_up } else { 0 };
        Budget { usual, amount: changed + top_up, by_grant: changed - usual + granted, by_levy, top_up }
    }
}

/// A changed procurement budget is financed by grant: central government pays what is spent more, with the VAT
/// on it, and keeps what is spent less. It is no receipt that other uses follow.
pub(super) fn fund(city: &mut City, anchor: u16, change: Pence, books: &mut Books) {
    if change == 0 {
        return;
    }
    let vat =
        part(change.abs(), city.anchors.irrecoverable_vat[AnchorId(u32::from(anchor))]) * change.signum();
    let (org, government) = (city.orgs.anchor(anchor as usize), city.orgs.outside(Outside::Government));
    let amount = change + vat;
    city.cash[org] += amount;
    city.cash[government] -= amount;
    if amount > 0 {
        books.post_orgs(Kind::AnchorIncome, (government, org), amount);
    } else {
        books.post_orgs(Kind::AnchorIncome, (org, government), -amount);
    }
}

/// The council advances what a levy on council tax will raise this month; what cheap contracts save goes back
/// to it. Other anchors receive theirs from the council.
pub(super) fn advance(city: &mut City, anchor: u16, change: Pence, books: &mut Books) {
    let Some(council) = city.anchors.council.filter(|_| change != 0) else { return };
    let a = AnchorId(u32::from(anchor));
    let vat = part(change.abs(), city.anchors.irrecoverable_vat[a]) * change.signum();
    let amount = change + vat;
    city.anchors.advanced += amount;
    let (from, to) = (city.orgs.anchor(council as usize), city.orgs.anchor(anchor as usize));
    if from != to {
        city.cash[from] -= amount;
        city.cash[to] += amount;
        let (payer, receiver) = if amount > 0 { (from, to) } else { (to, from) };
        books.post_orgs(Kind::ExtraFunding, (payer, receiver), amount.abs());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// £1,000 at a price 5% above the reference buys £952 worth; £50 more restores it.
    #[test]
    fn top_up_by_hand() {
        assert_eq!(top_up(100_000, 1.05), 5_000);
        assert_eq!(top_up(100_000, 0.98), -2_000);
    }
}
