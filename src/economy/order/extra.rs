//! The extra spend of the month (the impulse): who pays whom.
//!
//! An anchor's extra spend follows its own standing purchases, so that part of it goes outside as its purchases do.
//! An extra spend on a section is placed with the section's firms in the city in proportion to their normal sales:
//! the final demand of a Type I or Type II multiplier, all of which lands. What households are given, each is given
//! alike.

use super::anchors::petty_supplier;
use crate::base::col::Id;
use crate::base::money::{Pence, Share, WHOLE, divide, part};
use crate::economy::books::{Books, Kind, Party};
use crate::economy::impulse::Impulse;
use crate::place::vocabulary::Zone;
use crate::scenario::impulse::Target;
use crate::scenario::settings::FinancedBy;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::flows::Payment;
use crate::world::households::HouseholdId;
use crate::world::orgs::{NOBODY, Org, OrgId, Outside};
use crate::world::suppliers::SupplierId;

/// What each anchor buys less of everything else, so that its budget pays for the extra spend.
pub(super) struct Cuts {
    /// Part of each other purchase that is cut, by anchor.
    share: Vec<Share>,
    /// Saved so far, VAT on it included, by anchor.
    pub saved: Vec<Pence>,
}

/// The cuts of the month; none unless the extra spend is financed by the anchors' budgets. `usual` lists the month's
/// purchases: anchor, category, amount.
pub(super) fn cuts(city: &City, impulse: Option<&Impulse>, usual: &[(u16, u8, Pence)]) -> Cuts {
    let n = city.anchors.len();
    let mut cuts = Cuts { share: vec![0; n], saved: vec![0; n] };
    let Some(of) = impulse.filter(|of| of.financed_by == FinancedBy::Budget) else { return cuts };
    let amount = of.of_month(city.month);
    let mut others = vec![0 as Pence; n];
    for (anchor, category, cost) in usual {
        if !of.covers(*anchor as usize, *category as usize) {
            others[*anchor as usize] += with_vat(city, *anchor as usize, *cost);
        }
    }
    let weights = match of.target {
        Target::Category(_) => standing(city, of).iter().fold(vec![0; n], |mut sums, p| {
            sums[p.anchor as usize] += with_vat(city, p.anchor as usize, p.monthly);
            sums
        }),
        _ => others.clone(),
    };
    for (a, wanted) in divide(amount, &weights).into_iter().enumerate() {
        let all = i128::from(others[a].max(1));
        cuts.share[a] = ((i128::from(wanted) << 32) / all).min(i128::from(WHOLE)) as Share;
    }
    cuts
}

impl Cuts {
    /// What is left of a usual purchase.
    pub fn left(&self, impulse: Option<&Impulse>, (anchor, category): (u16, u8), amount: Pence) -> Pence {
        let share = self.share[anchor as usize];
        let spared = impulse.is_none_or(|of| of.covers(anchor as usize, category as usize));
        if share == 0 || spared { amount } else { amount - part(amount, share) }
    }

    /// Note what was saved on a purchase that was made, or cut altogether.
    pub fn note(&mut self, city: &City, anchor: u16, (full, left): (Pence, Pence), made: bool) {
        if left < full && (made || left == 0) {
            let a = anchor as usize;
            self.saved[a] += with_vat(city, a, full) - with_vat(city, a, left);
        }
    }
}

pub(super) fn with_vat(city: &City, anchor: usize, amount: Pence) -> Pence {
    amount + part(amount.max(0), city.anchors.irrecoverable_vat[AnchorId::from_index(anchor)])
}

/// A standing purchase that the extra spend follows.
struct Standing {
    anchor: u16,
    category: u8,
    org: u32,
    monthly: Pence,
}

/// Contracts in force and petty purchases that the extra spend follows, at what they were at the start, so that the mix
/// does not answer to the extra spend itself.
fn standing(city: &City, of: &Impulse) -> Vec<Standing> {
    let contracts = city.contracts.rows.iter().filter(|row| row.supplier != NOBODY).map(|row| Standing {
        anchor: row.anchor,
        category: row.category,
        org: row.supplier,
        monthly: row.monthly,
    });
    let petty = city.anchors.petty.iter().map(|p| Standing {
        anchor: p.anchor,
        category: p.category,
        org: petty_supplier(city, p.org),
        monthly: p.monthly,
    });
    contracts.chain(petty).filter(|p| of.covers(p.anchor as usize, p.category as usize)).collect()
}

/// Spend the month's part of an impulse. `saved` is what each anchor has cut elsewhere.
pub(super) fn spend(city: &mut City, impulse: Option<&Impulse>, saved: &[Pence], books: &mut Books) {
    let Some(of) = impulse else { return };
    let amount = of.of_month(city.month);
    if amount <= 0 {
        return;
    }
    if matches!(of.target, Target::Anchors(_) | Target::Category(_)) {
        anchors_buy_more(city, of, (amount, saved), books);
        return;
    }
    let payers: Vec<(OrgId, Pence)> = if of.financed_by == FinancedBy::Budget {
        saved.iter().enumerate().map(|(a, saved)| (city.orgs.anchor(a), *saved)).collect()
    } else {
        vec![(payer(city, of.financed_by), amount)]
    };
    for (from, amount) in payers.into_iter().filter(|(_, amount)| *amount > 0) {
        match of.section() {
            Some(sector) => buy_from_section(city, sector.index(), (from, amount), books),
            None => give_to_households(city, (from, amount), books),
        }
    }
}

/// Whose money it is, when it is not the anchors' own.
fn payer(city: &City, by: FinancedBy) -> OrgId {
    match by {
        FinancedBy::Grant | FinancedBy::Budget => city.orgs.outside(Outside::Government),
        FinancedBy::Outside => city.orgs.outside(Outside::CountryFirms),
        FinancedBy::CouncilTax => city
            .anchors
            .council
            .map_or(city.orgs.outside(Outside::Government), |c| city.orgs.anchor(c as usize)),
    }
}

/// Anchors buy more of what they buy, with the VAT that they cannot recover, out of money that is no receipt which
/// other uses follow.
fn anchors_buy_more(city: &mut City, of: &Impulse, (amount, saved): (Pence, &[Pence]), books: &mut Books) {
    let standing = standing(city, of);
    let weights: Vec<Pence> = standing.iter().map(|p| with_vat(city, p.anchor as usize, p.monthly)).collect();
    let costs = if of.financed_by == FinancedBy::Budget {
        by_anchor(&standing, &weights, saved)
    } else {
        divide(amount, &weights)
    };
    for (p, cost) in standing.iter().zip(costs).filter(|(_, cost)| *cost > 0) {
        let a = p.anchor as usize;
        let org = city.orgs.anchor(a);
        if of.financed_by != FinancedBy::Budget {
            let from = payer(city, of.financed_by);
            if from != org {
                hand_over(city, (from, org), cost, books);
            }
        }
        let vat_rate = city.anchors.irrecoverable_vat[AnchorId::from_index(a)];
        let net = ((i128::from(cost) << 32) / i128::from(WHOLE + vat_rate)) as Pence;
        procure(city, (p.anchor, p.category, p.org), (net, cost - net), books);
    }
}

/// Each anchor's money over its own purchases.
fn by_anchor(standing: &[Standing], weights: &[Pence], saved: &[Pence]) -> Vec<Pence> {
    let mut costs = vec![0; standing.len()];
    for (a, amount) in saved.iter().enumerate() {
        let of: Vec<usize> = (0..standing.len()).filter(|i| standing[*i].anchor as usize == a).collect();
        let parts = divide(*amount, &of.iter().map(|i| weights[*i]).collect::<Vec<_>>());
        for (i, part) in of.into_iter().zip(parts) {
            costs[i] = part;
        }
    }
    costs
}

/// Money for the extra spend from who finances it to who makes it.
fn hand_over(city: &mut City, (from, to): (OrgId, OrgId), amount: Pence, books: &mut Books) {
    city.cash[from] -= amount;
    city.cash[to] += amount;
    books.post_orgs(Kind::ExtraFunding, (from, to), amount);
}

/// One extra purchase by an anchor. It is procurement: it is listed and dyed with the rest.
fn procure(
    city: &mut City,
    (anchor, category, org): (u16, u8, u32),
    (net, vat): (Pence, Pence),
    books: &mut Books,
) {
    let from = city.orgs.anchor(anchor as usize);
    sell(city, from, OrgId(org), net, books);
    let government = city.orgs.outside(Outside::Government);
    books.pay(city, Kind::ExtraSpending, (from, government), vat);
    city.flows.payments.push(Payment {
        anchor,
        category,
        org,
        amount: net,
        vat,
        contract: false,
        need: None,
        extra: true,
        refund: false,
    });
    let uses = &mut city.flows.anchor[anchor as usize];
    uses.procurement += net;
    uses.irrecoverable_vat += vat;
}

fn sell(city: &mut City, from: OrgId, to: OrgId, amount: Pence, books: &mut Books) {
    books.pay(city, Kind::ExtraSpending, (from, to), amount);
    if let Org::Supplier(i) = city.orgs.kind(to) {
        city.suppliers.sales[SupplierId::from_index(i)] += amount;
    }
}

fn buy_from_section(city: &mut City, sector: usize, (from, amount): (OrgId, Pence), books: &mut Books) {
    let of = &city.suppliers;
    let sellers: Vec<usize> = (0..of.len())
        .filter(|i| {
            let s = SupplierId::from_index(*i);
            of.active[s] && of.zone[s] == Zone::City && of.sector[s].index() == sector
        })
        .collect();
    let weights: Vec<Pence> = sellers.iter().map(|i| of.normal_sales[SupplierId::from_index(*i)]).collect();
    // In the category of that trade, where there is one.
    let categories = &city.contracts.categories;
    let category = categories.iter().position(|of| of.sector.index() == sector).unwrap_or(0) as u8;
    for (i, piece) in sellers.into_iter().zip(divide(amount, &weights)).filter(|(_, piece)| *piece > 0) {
        match city.orgs.kind(from) {
            Org::Anchor(a) => procure(city, (a as u16, category, i as u32), (piece, 0), books),
            _ => {
                let to = city.orgs.supplier(i);
                sell(city, from, to, piece, books);
                city.flows.extra.push((to.0, piece));
            }
        }
    }
}

fn give_to_households(city: &mut City, (from, amount): (OrgId, Pence), books: &mut Books) {
    let n = city.households.len();
    let mut given = 0;
    let pieces = divide(amount, &vec![1; n]);
    city.flows.given.resize(n, 0);
    for (h, piece) in pieces.into_iter().enumerate() {
        let id = HouseholdId::from_index(h);
        city.households.deposits[id] += piece;
        city.households.received[id] += piece;
        city.flows.given[h] += piece;
        given += piece;
    }
    city.cash[from] -= given;
    books.post_between(Kind::ExtraSpending, (Party::of(city, from), Party::Households), given);
}
