//! Clauses of contracts: what they add to bids, and how far holders keep them.
//!
//! A clause holds for contracts let while its lever is in force, to their end. It is kept on the part of contracts on
//! which promises are kept (see `promises`), so in proportion to monitoring, and bidders reckon with that part.

use super::bids::Call;
use super::promises;
use super::usual;
use crate::base::col::{Col, Id};
use crate::base::money::{Pence, Share, WHOLE};
use crate::economy::plan::Rules;
use crate::place::city::SECTORS;
use crate::place::vocabulary::{Ownership, Sector, Zone};
use crate::world::City;
use crate::world::clauses::{Bound, Clauses, USUAL_DAYS};
use crate::world::contracts::Provider;
use crate::world::costs::{Cost, Payee};
use crate::world::orgs::NOBODY;
use crate::world::suppliers::SupplierId;
use crate::world::synthesis::OWN_NI;
use crate::world::workers::WorkerId;

/// What a clause adds to the cost of a bid, as shares of price.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Added {
    /// Paid for the same work: wages, dearer inputs, less credit, less rent.
    pub same_work: f64,
    /// Paid for more work: looking for staff, training them.
    pub more_work: f64,
}

/// Raising everybody's pay to a floor adds, to each pound of sales, pay share × gap × part kept × (1 + contributions).
pub fn living_wage_cost(pay_share: f64, gap: f64, kept: f64) -> f64 {
    pay_share * gap * kept * (1.0 + OWN_NI)
}

/// Moving a share of inputs to sellers that are dearer.
pub fn inputs_cost(inputs: f64, moved: f64, dearer: f64, kept: f64) -> f64 {
    inputs * moved * dearer * kept
}

/// Credit that a bidder need no longer give: interest on the price for the days.
pub fn credit_saved(interest_rate: f64, days: u16) -> f64 {
    interest_rate * f64::from(USUAL_DAYS.saturating_sub(days)) / 365.0
}

/// What the clauses of a call add to one supplier's costs.
pub fn added(city: &City, s: SupplierId, call: &Call) -> Added {
    let (c, kept) = (&call.clauses, call.kept);
    let mut out = Added::default();
    if *c == Clauses::default() && call.rent_discount == 0.0 {
        return out;
    }
    let (recipe, usual) = (&city.suppliers.recipe[s], usual::of_bidder(city, s));
    if c.living_wage > 0.0 {
        let gap = city.contracts.wage_gap.rows().get(s.index()).map_or(0.0, |gap| f64::from(*gap));
        let pay = usual.map_or(fraction(recipe.pay), |usual| usual.pay);
        out.same_work += living_wage_cost(pay, gap * f64::from(c.living_wage), kept);
    }
    let (services, goods) = usual::movable(city, s)
        .map_or_else(|| outside_inputs(city, s), |[services, goods]| (services.0, goods.0));
    out.same_work += inputs_cost(services, c.services.into(), c.services_dearer.into(), kept);
    out.same_work += inputs_cost(goods, c.goods.into(), c.goods_dearer.into(), kept);
    out.same_work -= credit_saved(city.settings.firms.interest_rate, c.days);
    if is_tenant(city, s) {
        out.same_work -= call.rent_discount * rent_share(city, s);
    }
    out.more_work += f64::from(c.hiring_cost) * kept;
    out
}

pub(super) fn fraction(share: Share) -> f64 {
    share as f64 / WHOLE as f64
}

/// Materials, components and goods for resale: sections A to E and G.
pub fn sells_goods(sector: Sector) -> bool {
    matches!(sector, Sector::A | Sector::B | Sector::C | Sector::D | Sector::E | Sector::G)
}

/// What a supplier buys in region and country per pound of sales: works and services, goods; as its links divide.
pub fn outside_inputs(city: &City, s: SupplierId) -> (f64, f64) {
    let recipe = &city.suppliers.recipe[s];
    let outside = fraction(recipe.outside_inputs[0] + recipe.outside_inputs[1]);
    let (mut all, mut goods) = (0, 0);
    for link in city.suppliers.links.row(s.index()) {
        all += link.share;
        if is_goods(city, link.seller) {
            goods += link.share;
        }
    }
    if all == 0 {
        return (0.0, 0.0);
    }
    let part = goods as f64 / all as f64;
    (outside * (1.0 - part), outside * part)
}

pub fn is_goods(city: &City, seller: u32) -> bool {
    city.suppliers.sector.rows().get(seller as usize).is_some_and(|sector| sells_goods(*sector))
}

/// Social enterprises and co-operatives of the city, who may be let idle space.
pub fn is_tenant(city: &City, s: SupplierId) -> bool {
    let social = matches!(city.suppliers.ownership[s], Ownership::Vcse | Ownership::Cooperative);
    social && city.suppliers.active[s] && city.suppliers.zone[s] == Zone::City
}

/// What a supplier pays property firms per pound of sales.
pub fn rent_share(city: &City, s: SupplierId) -> f64 {
    let property = |seller: u32| city.suppliers.sector.rows().get(seller as usize) == Some(&Sector::L);
    let links = city.suppliers.links.row(s.index()).iter().filter(|link| property(link.seller));
    fraction(links.map(|link| link.share).sum())
}

/// The least pay for a month's hours, pence: part of the way from the legal minimum to the Real Living Wage.
pub fn pay_floor(city: &City, hours: u8, level: f64) -> f64 {
    let law = &city.law;
    let hourly = law.national_living_wage + level * (law.real_living_wage - law.national_living_wage);
    f64::from(hours) * hourly * 100.0 * 52.0 / 12.0
}

/// What would bring all of a supplier's staff to the Real Living Wage, per pound of pay; for bidders outside the mean
/// of their section in the city.
pub fn wage_gaps(city: &City) -> Col<SupplierId, f32> {
    let n = city.suppliers.len();
    let mut sums = vec![(0.0f64, 0.0f64); n];
    for w in 0..city.workers.len() {
        let id = WorkerId::from_index(w);
        if let Some(of) = sums.get_mut(city.workers.employer[id] as usize) {
            let pay = f64::from(city.workers.pay[id]);
            of.0 += (pay_floor(city, city.workers.hours[id], 1.0) - pay).max(0.0);
            of.1 += pay;
        }
    }
    let mut sectors = [(0.0, 0.0); SECTORS];
    for (s, sum) in city.suppliers.active.ids().zip(&sums) {
        let of = &mut sectors[city.suppliers.sector[s].index()];
        *of = (of.0 + sum.0, of.1 + sum.1);
    }
    let ratio = |(gap, pay): (f64, f64)| if pay > 0.0 { (gap / pay) as f32 } else { 0.0 };
    let gaps = city.suppliers.active.ids().zip(&sums).map(|(s, sum)| {
        let own = city.suppliers.zone[s] == Zone::City && sum.1 > 0.0;
        ratio(if own { *sum } else { sectors[city.suppliers.sector[s].index()] })
    });
    Col::from_vec(gaps.collect())
}

/// Part of the clauses that a holder keeps, at a buyer that follows up this share of its contracts.
pub fn kept(city: &City, anchor: u16) -> f64 {
    let coverage = city.contracts.coverage.get(usize::from(anchor)).copied().unwrap_or(0.0);
    promises::delivered_part(&city.settings.procurement.social_value, coverage)
}

/// What each supplier is bound to this month; no row at all when no contract binds anybody.
pub fn bound(city: &City) -> Vec<Bound> {
    let held = || {
        let rows = city.contracts.rows.iter();
        rows.filter(|row| row.supplier != NOBODY && row.provider == Provider::Market)
            .filter(|row| row.clauses != Clauses::default())
    };
    if held().next().is_none() {
        return Vec::new();
    }
    let mut out = vec![Bound::default(); city.suppliers.len()];
    for row in held() {
        let s = SupplierId(row.supplier);
        let sales = city.suppliers.expected[s].max(city.suppliers.contract_income[s]).max(1);
        let share = row.monthly as f64 / sales as f64;
        add(&mut out[s.index()], &row.clauses, (share, kept(city, row.anchor)), row.monthly);
    }
    for of in &mut out {
        of.living_wage = of.living_wage.min(1.0);
        of.hiring = of.hiring.min(1.0);
        of.services = of.services.min(1.0);
        of.goods = of.goods.min(1.0);
    }
    out
}

/// Mean of what there is and what comes, by their weights.
fn mixed(before: f64, weight: f64, value: f64, more: f64) -> f64 {
    if weight + more > 0.0 { (before * weight + value * more) / (weight + more) } else { before }
}

fn add(of: &mut Bound, c: &Clauses, (share, kept): (f64, f64), monthly: Pence) {
    let on = share * kept;
    if c.living_wage > 0.0 {
        of.level = mixed(of.level, of.living_wage, c.living_wage.into(), on);
        of.living_wage += on;
    }
    if c.residents_times > 1.0 || c.deprived_times > 1.0 {
        of.residents_times = mixed(of.residents_times, of.hiring, c.residents_times.into(), on);
        of.deprived_times = mixed(of.deprived_times, of.hiring, c.deprived_times.into(), on);
        of.hiring += on;
    }
    of.services_dearer =
        mixed(of.services_dearer, of.services, c.services_dearer.into(), on * f64::from(c.services));
    of.services += on * f64::from(c.services);
    of.goods_dearer = mixed(of.goods_dearer, of.goods, c.goods_dearer.into(), on * f64::from(c.goods));
    of.goods += on * f64::from(c.goods);
    let sooner = USUAL_DAYS.saturating_sub(c.days);
    of.sooner += monthly * i64::from(sooner) / i64::from(USUAL_DAYS);
}

/// Interest on what leaves sooner under contracts with a clause, paid to lenders by whom the lever says.
pub fn charge_for_credit(city: &mut City, rules: &Rules) {
    let rate = city.settings.firms.interest_rate;
    let mut costs: Vec<Cost> = Vec::new();
    for row in city.contracts.rows.iter().filter(|row| row.clauses.days < USUAL_DAYS) {
        if row.supplier == NOBODY || row.provider != Provider::Market {
            continue;
        }
        let interest = row.monthly as f64 * credit_saved(rate, row.clauses.days);
        let financed_by = rules.of(row.anchor, row.category).prompt_by;
        let same = |c: &&mut Cost| c.spender == row.anchor && c.financed_by == financed_by;
        match costs.iter_mut().find(same) {
            Some(cost) => cost.amount += interest.round() as Pence,
            None => costs.push(Cost {
                what: "prompt_payment",
                spender: row.anchor,
                amount: interest.round() as Pence,
                financed_by,
                payee: Payee::Lenders,
            }),
        }
    }
    city.costs.extend(costs.into_iter().filter(|cost| cost.amount > 0));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pay at 40% of sales, a gap of 5%, half kept, contributions of 12%: 0.4 x 0.05 x 0.5 x 1.12 = 1.12% of price.
    #[test]
    fn living_wage_by_hand() {
        assert!((living_wage_cost(0.4, 0.05, 0.5) - 0.0112).abs() < 1e-12);
    }

    /// Inputs of 30% of sales, a third of them moved at 2% more, 45% kept: 0.3 x 1/3 x 0.02 x 0.45 = 0.09%.
    #[test]
    fn inputs_by_hand() {
        assert!((inputs_cost(0.3, 1.0 / 3.0, 0.02, 0.45) - 0.0009).abs() < 1e-12);
    }

    /// 25 days sooner at 7.3% a year save half a percent; 30 days save nothing.
    #[test]
    fn credit_by_hand() {
        assert!((credit_saved(0.073, 5) - 0.005).abs() < 1e-12);
        assert_eq!(credit_saved(0.073, 30), 0.0);
    }

    /// A tenth of sales under a full clause and three tenths under half of it, all kept: two fifths of the staff at
    /// 0.1 + 0.15 over 0.4 of the way.
    #[test]
    fn contracts_add_up_by_hand() {
        let mut of = Bound::default();
        let clause = |living_wage: f32| Clauses { living_wage, days: 15, ..Clauses::default() };
        add(&mut of, &clause(1.0), (0.1, 1.0), 1_000);
        add(&mut of, &clause(0.5), (0.3, 1.0), 3_000);
        assert!((of.living_wage - 0.4).abs() < 1e-12 && (of.level - 0.625).abs() < 1e-12);
        assert_eq!((of.sooner, of.hiring), (2_000, 0.0));
    }
}
