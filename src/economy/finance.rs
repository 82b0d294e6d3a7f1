//! Who pays for what policies and institutions cost: no lever is free.
//!
//! A [`Cost`] of the month has a spender among the anchors (an institution is hosted by
//! one), a way of financing and a payee. Money is raised before the anchors buy: out of the spender's budget, or out of
//! those of all anchors in proportion to what they buy (volume forgone: every purchase is cut by the same share), by a
//! levy on council tax, which the council advances, or by central government. Staff are then hired through the labour
//! market and paid in the pay phase; bills are paid to firms of the trade, as the spender buys its small purchases.

use super::books::{Books, Kind};
use super::order::base;
use super::plan::Rules;
use super::procurement::clauses;
use crate::base::col::Id;
use crate::base::money::{Pence, Share, WHOLE, divide, part};
use crate::place::vocabulary::{Sector, Zone};
use crate::scenario::settings::Financing;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::costs::{Cost, Payee};
use crate::world::flows::Payment;
use crate::world::orgs::{OrgId, Outside};
use crate::world::suppliers::SupplierId;

/// What each anchor buys less, so that its budget pays for costs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forgone {
    /// Pence that its purchases must free, VAT on them included.
    pub wanted: Vec<Pence>,
    /// The same as a share of its usual purchases.
    share: Vec<Share>,
}

impl Forgone {
    /// True when some purchase is cut.
    pub fn any(&self) -> bool {
        self.wanted.iter().any(|wanted| *wanted > 0)
    }

    /// Turn what is wanted into a share of the usual purchases of each anchor (VAT included), at most all of them.
    pub fn over(&mut self, usual: &[Pence]) {
        self.share = self.wanted.iter().zip(usual).map(|(wanted, all)| cut(*wanted, *all)).collect();
    }

    /// What is left of a purchase.
    pub fn left(&self, anchor: u16, amount: Pence) -> Pence {
        match self.share.get(usize::from(anchor)) {
            Some(share) if *share > 0 && amount > 0 => amount - part(amount, *share),
            _ => amount,
        }
    }
}

/// Share of all purchases that frees an amount.
fn cut(wanted: Pence, all: Pence) -> Share {
    if wanted <= 0 || all <= 0 {
        return 0;
    }
    ((i128::from(wanted) << 32) / i128::from(all)).min(i128::from(WHOLE)) as Share
}

/// What each anchor pays of a cost out of its budget: nothing, unless it is financed by a budget or by the levy.
fn by_budgets(cost: &Cost, procurement: &[Pence]) -> Vec<Pence> {
    match cost.financed_by {
        Financing::Budget => {
            let own = |a: usize| if a == usize::from(cost.spender) { cost.amount } else { 0 };
            (0..procurement.len()).map(own).collect()
        }
        Financing::Levy => divide(cost.amount, procurement),
        Financing::CouncilTax | Financing::Grant => vec![0; procurement.len()],
    }
}

/// Raise the month's costs, and hand each spender what others pay.
pub fn raise(city: &mut City, books: &mut Books) -> Forgone {
    let mut forgone = Forgone { wanted: vec![0; city.anchors.len()], ..Forgone::default() };
    let procurement = city.anchors.procurement.rows().to_vec();
    for cost in city.costs.clone() {
        let to = city.orgs.anchor(usize::from(cost.spender));
        for (a, amount) in by_budgets(&cost, &procurement).into_iter().enumerate() {
            forgone.wanted[a] += amount;
            hand_over(city, Kind::ExtraFunding, (city.orgs.anchor(a), to), amount, books);
        }
        let government = city.orgs.outside(Outside::Government);
        match (cost.financed_by, city.anchors.council) {
            (Financing::CouncilTax, Some(council)) => {
                city.anchors.advanced += cost.amount;
                let council = city.orgs.anchor(council as usize);
                hand_over(city, Kind::ExtraFunding, (council, to), cost.amount, books);
            }
            // A place without a council has nobody to levy council tax.
            (Financing::CouncilTax, None) | (Financing::Grant, _) => {
                hand_over(city, Kind::AnchorIncome, (government, to), cost.amount, books);
            }
            _ => {}
        }
    }
    forgone
}

/// Money that is no receipt which the spender's other uses follow.
fn hand_over(city: &mut City, kind: Kind, (from, to): (OrgId, OrgId), amount: Pence, books: &mut Books) {
    if from != to && amount > 0 {
        city.cash[from] -= amount;
        city.cash[to] += amount;
        books.post_orgs(kind, (from, to), amount);
    }
}

/// Bills of the month, by anchor, category and seller: net of VAT. A bill is divided over the spender's small
/// purchases of the trade in proportion; one that buys none there buys from firms of the country.
pub fn bills(city: &City) -> Vec<(u16, u8, u32, Pence)> {
    let mut out = Vec::new();
    for cost in &city.costs {
        let Payee::Trade(sector) = cost.payee else { continue };
        let vat = city.anchors.irrecoverable_vat[AnchorId::from_index(usize::from(cost.spender))];
        let net = ((i128::from(cost.amount) << 32) / i128::from(WHOLE + vat)) as Pence;
        let of_trade =
            |c: u8| city.contracts.categories.get(usize::from(c)).is_some_and(|c| c.sector == sector);
        let usual: Vec<_> =
            city.anchors.petty.iter().filter(|p| p.anchor == cost.spender && of_trade(p.category)).collect();
        let category = city.contracts.categories.iter().position(|c| c.sector == sector).unwrap_or(0) as u8;
        if usual.is_empty() {
            let org = city.orgs.outside(Outside::CountryFirms).0;
            out.push((cost.spender, category, org, net));
            continue;
        }
        let weights: Vec<Pence> = usual.iter().map(|p| p.monthly).collect();
        let parts = divide(net, &weights);
        out.extend(usual.iter().zip(parts).map(|(p, piece)| (p.anchor, p.category, p.org, piece)));
    }
    out
}

/// What tenants of idle space get back, and interest to lenders. Rent given back is no sale of the tenant's: its work
/// stays what it was.
pub fn pay_tenants_and_lenders(city: &mut City, books: &mut Books) {
    let paid = city.costs.iter().any(|cost| cost.payee == Payee::Tenants);
    let all = city.suppliers.active.ids().filter(|s| paid && clauses::is_tenant(city, *s));
    let tenants: Vec<SupplierId> = all.collect();
    let rents: Vec<Pence> = tenants
        .iter()
        .map(|s| (base(city, *s) as f64 * clauses::rent_share(city, *s)).round() as Pence)
        .collect();
    let category = city.contracts.categories.iter().position(|c| c.sector == Sector::S).unwrap_or(0) as u8;
    for cost in city.costs.clone() {
        let anchor = cost.spender;
        let from = city.orgs.anchor(usize::from(anchor));
        match cost.payee {
            Payee::Lenders => {
                let finance = city.orgs.outside(Outside::Finance);
                books.pay(city, Kind::Interest, (from, finance), cost.amount);
                city.flows.anchor[usize::from(anchor)].interest += cost.amount;
            }
            Payee::Tenants => {
                for (s, amount) in tenants.iter().zip(divide(cost.amount, &rents)).filter(|(_, x)| *x > 0) {
                    let org = city.orgs.supplier(s.index());
                    books.pay(city, Kind::RentGivenBack, (from, org), amount);
                    let payment = Payment {
                        anchor,
                        category,
                        org: org.0,
                        amount,
                        vat: 0,
                        contract: false,
                        need: None,
                        extra: false,
                        refund: true,
                    };
                    city.flows.payments.push(payment);
                    city.flows.anchor[usize::from(anchor)].procurement += amount;
                }
            }
            Payee::OwnStaff | Payee::Trade(_) | Payee::HandedOn => {}
        }
    }
}

/// What the pension fund invests in the city of the contributions of last month: works by builders of the city, in
/// proportion to their normal sales. The fund holds what is built.
pub fn invest_pensions(city: &mut City, contributions: &[Pence], rules: &Rules, books: &mut Books) {
    let invested: Pence = contributions
        .iter()
        .zip(&rules.anchors)
        .map(|(amount, of)| (*amount as f64 * of.invested).round() as Pence)
        .sum();
    if invested <= 0 {
        return;
    }
    let builds = |s: &SupplierId| {
        city.suppliers.active[*s]
            && city.suppliers.zone[*s] == Zone::City
            && city.suppliers.sector[*s] == Sector::F
    };
    let builders: Vec<SupplierId> = city.suppliers.active.ids().filter(builds).collect();
    let weights: Vec<Pence> = builders.iter().map(|s| city.suppliers.normal_sales[*s]).collect();
    let fund = city.orgs.outside(Outside::Finance);
    for (s, amount) in builders.into_iter().zip(divide(invested, &weights)) {
        books.pay(city, Kind::LocalInvestment, (fund, city.orgs.supplier(s.index())), amount);
        city.suppliers.sales[s] += amount;
    }
}

/// Cost of staff whom each anchor hires for policies this month: pay with contributions and pension.
pub fn staff(city: &City) -> Vec<Pence> {
    let mut all = vec![0; city.anchors.len()];
    for cost in city.costs.iter().filter(|cost| cost.payee == Payee::OwnStaff) {
        all[usize::from(cost.spender)] += cost.amount;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(financed_by: Financing) -> Cost {
        Cost { what: "test", spender: 1, amount: 1_000, financed_by, payee: Payee::OwnStaff }
    }

    /// £10 spent by the second of three anchors that buy for 60, 30 and 10: its own budget pays all, or each its
    /// part, or no budget does.
    #[test]
    fn who_pays_by_hand() {
        let buys = [60, 30, 10];
        assert_eq!(by_budgets(&cost(Financing::Budget), &buys), [0, 1_000, 0]);
        assert_eq!(by_budgets(&cost(Financing::Levy), &buys), [600, 300, 100]);
        assert_eq!(by_budgets(&cost(Financing::Grant), &buys), [0, 0, 0]);
        assert_eq!(by_budgets(&cost(Financing::CouncilTax), &buys), [0, 0, 0]);
    }

    /// £10 out of purchases of £160 is a sixteenth of each; more than all cannot be cut.
    #[test]
    fn volume_forgone_by_hand() {
        let mut forgone = Forgone { wanted: vec![1_000, 0, 900], ..Forgone::default() };
        forgone.over(&[16_000, 500, 300]);
        assert_eq!(forgone.left(0, 8_000), 7_500);
        assert_eq!(forgone.left(1, 500), 500);
        assert_eq!(forgone.left(2, 300), 0);
    }
}
