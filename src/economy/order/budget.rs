//! Stage 10 of procurement, budget: it is fixed in money, so a dearer contract buys less; in a twin run it is
//! topped up until service is what is needed.

use crate::base::money::{Pence, Share, part};
use crate::economy::books::{Books, Kind};
use crate::economy::plan::Rules;
use crate::economy::procurement::delivery;
use crate::scenario::settings::ConstantService;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::contracts::{Contract, Provider};
use crate::world::orgs::{NOBODY, Outside};

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

/// What restores the service of a need, beyond its budget: at its price, while its supplier finds its feet, and for
/// its part of the needs of the same buyer and category that nobody meets this month.
pub fn top_up(budget: Pence, price: f64, in_service: f64, gap: f64) -> Pence {
    (budget as f64 * (price / in_service.max(LEAST_IN_SERVICE) * gap - 1.0)).round() as Pence
}

/// Service that is only beginning is not bought many times over.
const LEAST_IN_SERVICE: f64 = 0.25;
/// Nor are gaps made up for by more than this.
const MOST_FOR_GAPS: f64 = 2.0;

/// All needs over those that somebody meets, by anchor and category.
pub(super) fn unmet(city: &City) -> Vec<f64> {
    let categories = city.contracts.categories.len();
    let mut sums = vec![(0.0, 0.0); city.anchors.len() * categories];
    if city.settings.procurement.constant_service != ConstantService::Off {
        for row in &city.contracts.rows {
            let of = &mut sums[row.anchor as usize * categories + row.category as usize];
            of.0 += row.monthly as f64;
            if row.supplier != NOBODY {
                of.1 += row.monthly as f64;
            }
        }
    }
    sums.into_iter().map(|(all, met)| if met > 0.0 { (all / met).min(MOST_FOR_GAPS) } else { 1.0 }).collect()
}

impl Budget {
    /// Of a need, with the factor on its anchor's uses and the gaps from [`unmet`].
    pub fn of(city: &City, rules: &Rules, row: &Contract, (factor, gaps): (Share, &[f64])) -> Budget {
        let usual = part(row.monthly, factor);
        let policy = rules.of(row.anchor, row.category).budget;
        let changed = part((row.monthly as f64 * policy).round() as Pence, factor);
        let payer = city.settings.procurement.constant_service;
        // What the need takes, though a policy gives less for it; own provision is bought at no other price.
        let needed = usual.max(changed);
        let top_up = match (payer, row.provider) {
            (ConstantService::Off, _) => 0,
            (_, Provider::Market) => {
                let cell = row.anchor as usize * city.contracts.categories.len() + row.category as usize;
                let in_service = delivery::in_service(city, row);
                let price = row.price * (1.0 + rules.of(row.anchor, row.category).energy_dearer);
                top_up(needed, price, in_service, gaps.get(cell).copied().unwrap_or(1.0)) + needed - changed
            }
            _ => needed - changed,
        };
        let granted = if payer == ConstantService::Grant { top_up } else { 0 };
        let by_levy = if payer == ConstantService::CouncilTax { top_up } else { 0 };
        Budget { usual, amount: changed + top_up, by_grant: changed - usual + granted, by_levy, top_up }
    }
}

impl Budget {
    /// What is bought, where policies paid for out of the budget leave this much of it; service that is to be constant is bought
    /// all the same, at the expense of whoever pays for that.
    pub fn after(&mut self, payer: ConstantService, left: Pence) -> Pence {
        let forgone = self.amount - left;
        match payer {
            ConstantService::Off => return left,
            ConstantService::Grant => self.by_grant += forgone,
            ConstantService::CouncilTax => self.by_levy += forgone,
            ConstantService::Cuts => {}
        }
        self.top_up += forgone;
        self.amount
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

    /// £1,000 at a price 5% above the reference buys £952 worth; £50 more restores it. With three quarters of the
    /// service there, 1.05/0.75 = 1.4; with a tenth of the needs unmet besides, 1.4 x 10/9.
    #[test]
    fn top_up_by_hand() {
        assert_eq!(top_up(100_000, 1.05, 1.0, 1.0), 5_000);
        assert_eq!(top_up(100_000, 0.98, 1.0, 1.0), -2_000);
        assert_eq!(top_up(100_000, 1.05, 0.75, 1.0), 40_000);
        assert_eq!(top_up(90_000, 1.05, 0.75, 10.0 / 9.0), 50_000);
    }
}
