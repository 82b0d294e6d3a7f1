//! What levers cost, and the officers and systems that the anchors get for it.

use super::{Levers, at_anchor};
use crate::base::money::{Pence, divide, pence};
use crate::economy::order::base;
use crate::economy::plan::Rules;
use crate::economy::procurement::clauses;
use crate::place::vocabulary::{AnchorKind, Sector};
use crate::scenario::settings::Financing;
use crate::world::City;
use crate::world::costs::{Cost, Payee};

impl Levers {
    /// Officers whom a policy adds: their hours, and what they cost.
    pub(super) fn staff(&self, city: &City, rules: &mut Rules) {
        let times = &city.settings.procurement.staff_time;
        let officer_gbp = times.hour_gbp * times.hours_a_month;
        let mut costs = Vec::new();
        let mut hire = |what: &'static str, a: usize, fte: f64, financed_by: Financing| {
            let amount = pence(officer_gbp * fte * city.scale);
            costs.push(Cost { what, spender: a as u16, amount, financed_by, payee: Payee::OwnStaff });
            fte * times.hours_a_month
        };
        for (a, anchor) in rules.anchors.iter_mut().enumerate() {
            for (l, s) in at_anchor(&self.procurement_staff, city.month, a) {
                anchor.hours += hire("procurement_staff", a, l.extra_fte * s, l.financed_by);
            }
            for (l, s) in at_anchor(&self.monitoring_staff, city.month, a) {
                anchor.monitoring_hours += hire("monitoring_staff", a, l.extra_fte * s, l.financed_by);
            }
        }
        for (a, anchor) in rules.anchors.iter_mut().enumerate() {
            for (l, s) in at_anchor(&self.procurement_it, city.month, a) {
                anchor.letting_hours = anchor.letting_hours.min(1.0 - s * l.hours_saved_percent / 100.0);
            }
        }
        rules.costs.extend(costs.into_iter().filter(|cost| cost.amount > 0));
    }

    /// Systems, training, advice: bills of the month, a twelfth of a year's.
    pub(super) fn bills(&self, city: &City, rules: &mut Rules) {
        let (month, n) = (city.month, city.anchors.len());
        let mut bill = |what: &'static str, a: usize, yearly_gbp: f64, by: (Financing, Sector)| {
            let amount = pence(yearly_gbp / 12.0 * city.scale);
            let cost = Cost { what, spender: a as u16, amount, financed_by: by.0, payee: Payee::Trade(by.1) };
            rules.costs.extend((amount > 0).then_some(cost));
        };
        for a in 0..n {
            let team = city.anchors.team(a);
            for (l, s) in at_anchor(&self.procurement_it, month, a) {
                let tenths = s * l.hours_saved_percent / 10.0;
                let yearly = l.cost_gbp_yearly_an_officer * team.officers_fte * tenths;
                bill("procurement_it", a, yearly, (l.financed_by, Sector::J));
            }
            // A year's purchases at full scale, in millions.
            let millions = city.anchors.procurement.rows()[a] as f64 * 12.0 / 1e8 / city.scale;
            for (l, s) in at_anchor(&self.buyer_training, month, a) {
                let trained = millions * team.off_policy_share * l.share * s;
                bill("buyer_training", a, l.cost_gbp_yearly_a_million * trained, (l.financed_by, Sector::P));
            }
            for (l, s) in at_anchor(&self.legal_advice_pool, month, a) {
                let whole = l.cost_gbp_yearly_a_percent * l.risk_cut_percent * s;
                bill("legal_advice_pool", a, whole * part_of_network(city, a), (l.financed_by, Sector::M));
            }
        }
    }

    /// Space let below its rent, and what the pension fund invests.
    pub(super) fn land_and_funds(&self, city: &City, rules: &mut Rules) {
        for a in 0..city.anchors.len() {
            for (l, s) in at_anchor(&self.rent_discount, city.month, a) {
                let discount = s * l.discount_percent / 100.0;
                // Each anchor in reach has its part of the space.
                let part = discount * part_of_network(city, a);
                rules.rent_discount += part;
                let amount = (rents_of_tenants(city) as f64 * part).round() as Pence;
                let spender = a as u16;
                let cost = Cost {
                    what: "rent_discount",
                    spender,
                    amount,
                    financed_by: l.financed_by,
                    payee: Payee::Tenants,
                };
                rules.costs.extend((amount > 0).then_some(cost));
            }
            let in_scheme = matches!(
                city.anchors.kind.rows()[a],
                Some(AnchorKind::Council | AnchorKind::Authority | AnchorKind::College)
            );
            for (l, s) in at_anchor(&self.pension_fund_local, city.month, a).filter(|_| in_scheme) {
                rules.anchors[a].invested = rules.anchors[a].invested.max(l.share * s);
            }
        }
        rules.rent_discount = rules.rent_discount.min(1.0);
    }
}

/// An anchor's part of what all anchors buy.
fn part_of_network(city: &City, a: usize) -> f64 {
    const PARTS: Pence = 1_000_000;
    divide(PARTS, city.anchors.procurement.rows())[a] as f64 / PARTS as f64
}

/// Rent that social enterprises and co-operatives of the city pay this month.
fn rents_of_tenants(city: &City) -> Pence {
    let tenants = city.suppliers.active.ids().filter(|s| clauses::is_tenant(city, *s));
    tenants.map(|s| (base(city, s) as f64 * clauses::rent_share(city, s)).round() as Pence).sum()
}
