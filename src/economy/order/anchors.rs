//! Anchors receive their income, pay contract instalments and own provision, and buy petty supplies.

use super::anchor_factor;
use super::budget::{self, Budget, advance, fund};
use super::extra::{self, Cuts};
use crate::base::col::Id;
use crate::base::money::{Pence, Share, part, share};
use crate::economy::books::{Books, Kind};
use crate::economy::finance::{self, Forgone};
use crate::economy::plan::Rules;
use crate::economy::procurement::{delivery, make_or_buy, payroll};
use crate::scenario::settings::{ConstantService, FinancedBy};
use crate::world::City;
use crate::world::anchors::{AnchorId, Petty};
use crate::world::contracts::{Contract, Provider};
use crate::world::flows::Payment;
use crate::world::orgs::{NOBODY, OrgId, Outside};
use crate::world::suppliers::SupplierId;

/// Returns what each anchor has saved for the extra spend, if its budget pays for that.
pub(super) fn anchors_buy(city: &mut City, rules: &Rules, books: &mut Books) -> Vec<Pence> {
    const PAYERS: [Outside; 4] =
        [Outside::Government, Outside::RegionFirms, Outside::CountryFirms, Outside::World];
    let spare: Vec<Pence> = (0..city.anchors.len()).map(|i| spare_to_remit(city, i)).collect();
    for i in 0..city.anchors.len() {
        let a = AnchorId::from_index(i);
        let to = city.orgs.anchor(i);
        for (payer, amount) in PAYERS.into_iter().zip(city.anchors.outside_income[a]) {
            let from = city.orgs.outside(payer);
            books.pay(city, Kind::AnchorIncome, (from, to), amount);
        }
    }
    change_of_pay(city, rules, books);
    for (i, spare) in spare.into_iter().enumerate() {
        let a = AnchorId::from_index(i);
        let (from, to) = (city.orgs.anchor(i), city.orgs.outside(Outside::CountryFirms));
        let amount = (part(city.anchors.received_last[a], city.anchors.remitted[a]) + spare).max(0);
        city.flows.anchor[i].remitted = amount;
        books.pay(city, Kind::Dividends, (from, to), amount);
    }
    let factors: Vec<Share> =
        (0..city.anchors.len()).map(|i| anchor_factor(city, AnchorId::from_index(i))).collect();
    city.anchors.advanced = 0;
    let mut forgone = finance::raise(city, books);
    let impulse = rules.impulse.as_ref();
    let by_budget = impulse.is_some_and(|of| of.financed_by == FinancedBy::Budget);
    let usual = if by_budget || forgone.any() { usual(city, rules, &factors) } else { Vec::new() };
    forgone.over(&in_all(city, &usual));
    let mut cuts = extra::cuts(city, impulse, &usual);
    let mut topped_up = vec![0 as Pence; city.anchors.len()];
    let gaps = budget::unmet(city);
    for i in 0..city.contracts.rows.len() {
        let row = city.contracts.rows[i];
        let mut budget = Budget::of(city, rules, &row, (factors[row.anchor as usize], &gaps));
        let full =
            budget.after(city.settings.procurement.constant_service, forgone.left(row.anchor, budget.amount));
        budget.amount = cuts.left(impulse, (row.anchor, row.category), full);
        let provided = provide(city, rules, &row, (&budget, books));
        topped_up[row.anchor as usize] += if provided { budget.top_up } else { 0 };
        cuts.note(city, row.anchor, (full, budget.amount), provided);
    }
    pay_bills(city, books);
    finance::pay_tenants_and_lenders(city, books);
    petty(city, rules, (&factors, &topped_up, &forgone), (&mut cuts, books));
    cuts.saved
}

/// Central government keeps what an anchor is to save on its own staff, with contributions and pensions, and pays what
/// it is to spend more.
fn change_of_pay(city: &mut City, rules: &Rules, books: &mut Books) {
    for (i, of) in rules.anchors.iter().enumerate().filter(|(_, of)| of.pay_change != 0.0) {
        let change = payroll::change_of_cost(city, i, of.pay_change);
        let (org, government) = (city.orgs.anchor(i), city.orgs.outside(Outside::Government));
        city.cash[org] += change;
        city.cash[government] -= change;
        let between = if change > 0 { (government, org) } else { (org, government) };
        books.post_orgs(Kind::AnchorIncome, between, change.abs());
    }
}

/// The month's purchases before any cut: anchor, category, amount.
fn usual(city: &City, rules: &Rules, factors: &[Share]) -> Vec<(u16, u8, Pence)> {
    let gaps = budget::unmet(city);
    let contracts = city.contracts.rows.iter().filter(|row| row.supplier != NOBODY);
    let contracts = contracts.map(|row| {
        (row.anchor, row.category, Budget::of(city, rules, row, (factors[row.anchor as usize], &gaps)).amount)
    });
    let petty = city.anchors.petty.iter();
    contracts.chain(petty.map(|p| (p.anchor, p.category, small(city, rules, p, (factors, 1.0)).0))).collect()
}

/// The same by anchor, with the VAT on them.
fn in_all(city: &City, usual: &[(u16, u8, Pence)]) -> Vec<Pence> {
    let mut all = vec![0; city.anchors.len()];
    for (anchor, _, amount) in usual {
        all[usize::from(*anchor)] += extra::with_vat(city, usize::from(*anchor), *amount);
    }
    all
}

/// Pay for a need: its instalment, or the labour and materials of own provision. Tells whether it was paid.
fn provide(city: &mut City, rules: &Rules, row: &Contract, (budget, books): (&Budget, &mut Books)) -> bool {
    let at = row.anchor as usize * city.contracts.categories.len() + row.category as usize;
    city.flows.service[at].needed += budget.usual as f64;
    let unmet = row.supplier == NOBODY && row.provider == Provider::Market;
    if unmet {
        return false;
    }
    if budget.amount <= 0 {
        // Nothing is bought; what is saved by it is not kept.
        fund(city, row.anchor, budget.by_grant.min(0), books);
        return false;
    }
    fund(city, row.anchor, budget.by_grant, books);
    advance(city, row.anchor, budget.by_levy, books);
    let labour = match row.provider {
        Provider::Market => 0,
        _ => part(budget.amount, share(make_or_buy::labour(city, row) as f64 / row.monthly.max(1) as f64)),
    };
    if let Provider::Anchor(provider) = row.provider {
        let org = city.orgs.anchor(provider as usize).0;
        if labour > 0
            && !buy(city, (row.anchor, row.category, org, Some(row.need)), labour, (Kind::Contract, books))
        {
            return false;
        }
    }
    let mut paid = labour;
    if row.supplier != NOBODY {
        let instalment = budget.amount - labour;
        if !buy(
            city,
            (row.anchor, row.category, row.supplier, Some(row.need)),
            instalment,
            (Kind::Contract, books),
        ) {
            return false;
        }
        paid += instalment;
        let margin = instalment as f64 * (1.0 - f64::from(row.workload));
        city.suppliers.premium[SupplierId(row.supplier)] += margin.round() as Pence;
    }
    let price = row.price * (1.0 + rules.of(row.anchor, row.category).energy_dearer);
    let volume = paid as f64 / price;
    let delivered = volume * delivery::in_service(city, row);
    let service = &mut city.flows.service[at];
    service.paid += paid as f64;
    service.met += budget.usual as f64;
    service.met_volume += budget.usual as f64 / price;
    service.volume += volume;
    service.delivered += delivered;
    service.quality += delivered * f64::from(row.quality);
    true
}

/// Bills of policies, institutions and challenges.
fn pay_bills(city: &mut City, books: &mut Books) {
    for (anchor, category, org, amount) in finance::bills(city) {
        let org = petty_supplier(city, org);
        buy(city, (anchor, category, org, None), amount, (Kind::PolicyCosts, books));
    }
}

fn petty(
    city: &mut City,
    rules: &Rules,
    (factors, topped_up, forgone): (&[Share], &[Pence], &Forgone),
    (cuts, books): (&mut Cuts, &mut Books),
) {
    let by_cuts = city.settings.procurement.constant_service == ConstantService::Cuts;
    let mut all = vec![0 as Pence; city.anchors.len()];
    for p in &city.anchors.petty {
        all[p.anchor as usize] += p.monthly;
    }
    for i in 0..city.anchors.petty.len() {
        let p = city.anchors.petty[i];
        let a = p.anchor as usize;
        let given_up = by_cuts && all[a] > 0;
        let kept = if given_up { (1.0 - topped_up[a] as f64 / all[a] as f64).max(0.0) } else { 1.0 };
        let (amount, usual) = small(city, rules, &p, (factors, kept));
        fund(city, p.anchor, amount - usual, books);
        let amount = forgone.left(p.anchor, amount);
        let left = cuts.left(rules.impulse.as_ref(), (p.anchor, p.category), amount);
        let to = (p.anchor, p.category, petty_supplier(city, p.org), None);
        let bought = buy(city, to, left, (Kind::Petty, books));
        cuts.note(city, p.anchor, (amount, left), bought);
    }
}

/// A small purchase under the policy, and without it.
fn small(city: &City, rules: &Rules, p: &Petty, (factors, kept): (&[Share], f64)) -> (Pence, Pence) {
    let usual = p.monthly as f64 * city.anchors.petty_factor[AnchorId(u32::from(p.anchor))] * kept;
    let of = |amount: f64| part(amount.round() as Pence, factors[p.anchor as usize]);
    (of(usual * rules.of(p.anchor, p.category).budget), of(usual))
}

/// What an anchor with owners outside remits more, or less, than its usual part: a twelfth of its cash above or
/// below the reserve. Others spend it on petty purchases.
fn spare_to_remit(city: &City, i: usize) -> Pence {
    let a = AnchorId::from_index(i);
    if city.linear() || city.anchors.remitted[a] == 0 {
        return 0;
    }
    (city.cash[city.orgs.anchor(i)] - city.anchors.debt[a] - city.anchors.reserve[a]) / 12
}

/// Who serves a petty purchase: the usual supplier, or who stands in while its place is vacant.
pub(super) fn petty_supplier(city: &City, org: u32) -> u32 {
    city.suppliers.stand_in.rows().get(org as usize).copied().unwrap_or(org)
}

/// One purchase by an anchor, with the VAT on it that the anchor cannot recover; none where its cash does not
/// reach. True when it was made.
fn buy(
    city: &mut City,
    (anchor, category, org, need): (u16, u8, u32, Option<u64>),
    amount: Pence,
    (kind, books): (Kind, &mut Books),
) -> bool {
    let a = AnchorId(u32::from(anchor));
    let from = city.orgs.anchor(anchor as usize);
    let vat = part(amount.max(0), city.anchors.irrecoverable_vat[a]);
    if amount <= 0 || amount + vat > city.cash[from] {
        return false;
    }
    books.pay(city, kind, (from, OrgId(org)), amount);
    let government = city.orgs.outside(Outside::Government);
    books.pay(city, Kind::IrrecoverableVat, (from, government), vat);
    if (org as usize) < city.suppliers.len() {
        city.suppliers.sales[SupplierId(org)] += amount;
    }
    let contract = kind == Kind::Contract;
    city.flows.payments.push(Payment {
        anchor,
        category,
        org,
        amount,
        vat,
        contract,
        need,
        extra: false,
        refund: false,
    });
    let uses = &mut city.flows.anchor[anchor as usize];
    uses.procurement += amount;
    uses.irrecoverable_vat += vat;
    true
}
