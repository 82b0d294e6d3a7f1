//! What each lever does to the rules. Where several entries of one lever hold, points and budget changes add
//! up; otherwise the entry that goes furthest stands. A lever that ramps moves a number from what it would be without
//! the lever towards its own value; whole numbers and words hold once half is reached.

use super::rules::{NeedRules, Rules};
use super::{Pulled, Scope};
use crate::base::money::pence;
use crate::scenario::settings::*;
use crate::world::City;
use crate::world::costs::{Cost, Payee};

macro_rules! levers {
    ($($name:ident: $entry:ty),+ $(,)?) => {
        /// The levers pulled, with their reach.
        pub(super) struct Levers { $($name: Vec<Pulled<$entry>>),+ }
        impl Levers {
            pub fn new(policy: &Policy, city: &City) -> Levers {
                Levers { $($name: policy.$name.iter().map(|lever| Pulled {
                    scope: Scope::new(&lever.reach, city), lever: lever.clone(),
                }).collect()),+ }
            }
        }
    };
}

levers! {
    local_preference: LocalPreference, local_invitations: LocalInvitations, price_weight: PriceWeight,
    social_value_weight: SocialValueWeight, group_preference: GroupPreference, reservation: Reservation,
    lots: Lots, aggregation: Aggregation, quotes_threshold: QuotesThreshold, framework_use: FrameworkUse,
    dynamic_market: DynamicMarket, turnover_cap: TurnoverCap, procurement_staff: ProcurementStaff,
    monitoring_staff: MonitoringStaff, early_engagement: EarlyEngagement, bid_support: BidSupport,
    insourcing: Insourcing, procurement_budget: ProcurementBudget,
}

impl Levers {
    /// Change the rules of the month by every lever in force.
    pub(super) fn apply(&self, city: &City, rules: &mut Rules) {
        self.staff(city, rules);
        let dynamic_lawful =
            city.contracts.law.as_ref().is_none_or(|l| l.dynamic_market(city.date(city.month)));
        let mut signed_up = vec![false; rules.anchors.len()];
        for (a, c, r) in rules.each() {
            let here = Here { month: city.month, a, c };
            self.award(&here, r);
            self.competition(&here, r, dynamic_lawful);
            r.budget = r.budget.max(0.0);
            signed_up[a] |= r.asks_for_local();
        }
        for (anchor, signed) in rules.anchors.iter_mut().zip(signed_up) {
            anchor.signed_up = signed;
        }
    }

    /// Officers whom a policy adds: their hours, and what they cost.
    fn staff(&self, city: &City, rules: &mut Rules) {
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
        rules.costs.extend(costs.into_iter().filter(|cost| cost.amount > 0));
    }

    /// How bids are scored and who is preferred.
    fn award(&self, here: &Here, r: &mut NeedRules) {
        for (l, s) in here.of(&self.price_weight) {
            if r.price_weight > l.at_most {
                r.set_weight(|r| &mut r.price_weight, eased(r.price_weight, l.at_most, s));
            }
        }
        for (l, s) in here.of(&self.social_value_weight) {
            if r.social_value_weight < l.at_least {
                r.set_weight(|r| &mut r.social_value_weight, eased(r.social_value_weight, l.at_least, s));
            }
            if let Some(from) = l.from_gbp.filter(|_| s >= HALF) {
                r.social_value_from_gbp = r.social_value_from_gbp.min(from);
            }
        }
        for (l, s) in here.of(&self.local_preference).filter(|(l, _)| l.points > 0.0) {
            r.local_points += l.points * s;
            r.local_up_to_gbp = r.local_up_to_gbp.max(l.up_to_gbp);
            r.local_zone = r.local_zone.max(l.local);
            r.definition = l.definition;
        }
        for (l, s) in
            here.of(&self.group_preference).filter(|(l, _)| l.points > 0.0 && l.group != Group::None)
        {
            r.group_points += l.points * s;
            r.group = l.group;
        }
        for l in here.at_half(&self.reservation).filter(|l| l.group != Group::None) {
            r.reserved = l.group;
        }
    }

    /// How needs are packaged and let, and who can take part.
    fn competition(&self, here: &Here, r: &mut NeedRules, dynamic_lawful: bool) {
        for l in here.at_half(&self.local_invitations) {
            r.local_invited = r.local_invited.max(l.at_least);
        }
        for l in here.at_half(&self.lots) {
            if l.number > r.lots {
                r.lots = l.number;
                r.lots_from_gbp = l.from_gbp;
            }
        }
        for l in here.at_half(&self.aggregation) {
            r.across = r.across.max(l.across);
        }
        for (l, s) in here.of(&self.quotes_threshold) {
            let wanted = r.tender_from_gbp.max(l.at_least_gbp);
            r.tender_from_gbp = eased(r.tender_from_gbp, wanted, s);
        }
        for (l, s) in here.of(&self.framework_use) {
            r.framework_factor *= 1.0 + s * l.change_percent / 100.0;
        }
        for (l, s) in here.of(&self.dynamic_market).filter(|_| dynamic_lawful) {
            r.dynamic_share = r.dynamic_share.max(s * l.share);
        }
        for (l, s) in here.of(&self.turnover_cap) {
            r.turnover_cap = eased(r.turnover_cap, r.turnover_cap.min(l.at_most), s);
        }
        for l in here.at_half(&self.early_engagement) {
            r.lead_months = r.lead_months.max(l.lead_months);
        }
        for (l, s) in here.of(&self.bid_support) {
            if s * l.saves_percent / 100.0 > r.bid_cost_saved {
                r.bid_cost_saved = s * l.saves_percent / 100.0;
                (r.bid_help_cost, r.bid_help_by) = (l.cost_per_gbp_spared, l.financed_by);
            }
        }
        for (l, s) in here.of(&self.insourcing) {
            if s * l.share > r.own_share {
                r.own_share = s * l.share;
                r.own_by = l.by;
            }
        }
        for (l, s) in here.of(&self.procurement_budget) {
            r.budget += s * l.change_percent / 100.0;
        }
    }
}

/// From this part of the full effect on, whole numbers and words of a lever hold.
const HALF: f64 = 0.5;

/// A number on its way from what it is without a lever to the lever's.
fn eased(without: f64, with: f64, strength: f64) -> f64 {
    if strength >= 1.0 { with } else { without + strength * (with - without) }
}

/// The need whose rules are being made.
struct Here {
    month: u16,
    a: usize,
    c: usize,
}

impl Here {
    /// Entries in force here, with the part of their effect that is reached.
    fn of<'a, T>(&self, all: &'a [Pulled<T>]) -> impl Iterator<Item = (&'a T, f64)> + use<'a, T> {
        let (month, a, c) = (self.month, self.a, self.c);
        in_force(all, month).filter(move |(l, _)| l.scope.has(a, c)).map(|(l, s)| (&l.lever, s))
    }

    /// Entries of which half of the effect is reached.
    fn at_half<'a, T>(&self, all: &'a [Pulled<T>]) -> impl Iterator<Item = &'a T> + use<'a, T> {
        self.of(all).filter(|(_, s)| *s >= HALF).map(|(l, _)| l)
    }
}

/// Entries in force at an anchor, whatever their categories.
fn at_anchor<T>(all: &[Pulled<T>], month: u16, a: usize) -> impl Iterator<Item = (&T, f64)> {
    in_force(all, month).filter(move |(l, _)| l.scope.has_anchor(a)).map(|(l, s)| (&l.lever, s))
}

fn in_force<T>(all: &[Pulled<T>], month: u16) -> impl Iterator<Item = (&Pulled<T>, f64)> {
    all.iter().map(move |l| (l, l.scope.strength(month))).filter(|(_, s)| *s > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A quarter of the way from 0.6 to 0.4 is 0.55.
    #[test]
    fn eased_by_hand() {
        assert!((eased(0.6, 0.4, 0.25) - 0.55).abs() < 1e-12);
        assert_eq!(eased(0.6, 0.4, 1.0), 0.4);
    }
}
