//! What each lever does to the rules. Where several entries of one lever hold, points and budget changes add
//! up; otherwise the entry that goes furthest stands.

use super::rules::{NeedRules, Rules};
use super::{Pulled, Scope};
use crate::scenario::settings::*;
use crate::world::City;

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

    fn staff(&self, city: &City, rules: &mut Rules) {
        let hours = city.settings.procurement.staff_time.hours_a_month;
        for (a, anchor) in rules.anchors.iter_mut().enumerate() {
            for l in in_force(&self.procurement_staff, city.month).filter(|l| l.scope.has_anchor(a)) {
                anchor.hours += l.lever.extra_fte * hours;
                anchor.extra_fte += l.lever.extra_fte;
            }
            for l in in_force(&self.monitoring_staff, city.month).filter(|l| l.scope.has_anchor(a)) {
                anchor.monitoring_hours += l.lever.extra_fte * hours;
                anchor.extra_fte += l.lever.extra_fte;
            }
        }
    }

    /// How bids are scored and who is preferred.
    fn award(&self, here: &Here, r: &mut NeedRules) {
        for l in here.of(&self.price_weight) {
            if r.price_weight > l.at_most {
                r.set_weight(|r| &mut r.price_weight, l.at_most);
            }
        }
        for l in here.of(&self.social_value_weight) {
            if r.social_value_weight < l.at_least {
                r.set_weight(|r| &mut r.social_value_weight, l.at_least);
            }
            r.social_value_from_gbp =
                l.from_gbp.map_or(r.social_value_from_gbp, |x| x.min(r.social_value_from_gbp));
        }
        for l in here.of(&self.local_preference).filter(|l| l.points > 0.0) {
            r.local_points += l.points;
            r.local_up_to_gbp = r.local_up_to_gbp.max(l.up_to_gbp);
            r.local_zone = r.local_zone.max(l.local);
            r.definition = l.definition;
        }
        for l in here.of(&self.group_preference).filter(|l| l.points > 0.0 && l.group != Group::None) {
            r.group_points += l.points;
            r.group = l.group;
        }
        for l in here.of(&self.reservation).filter(|l| l.group != Group::None) {
            r.reserved = l.group;
        }
    }

    /// How needs are packaged and let, and who can take part.
    fn competition(&self, here: &Here, r: &mut NeedRules, dynamic_lawful: bool) {
        for l in here.of(&self.local_invitations) {
            r.local_invited = r.local_invited.max(l.at_least);
        }
        for l in here.of(&self.lots) {
            if l.number > r.lots {
                r.lots = l.number;
                r.lots_from_gbp = l.from_gbp;
            }
        }
        for l in here.of(&self.aggregation) {
            r.across = r.across.max(l.across);
        }
        for l in here.of(&self.quotes_threshold) {
            r.tender_from_gbp = r.tender_from_gbp.max(l.at_least_gbp);
        }
        for l in here.of(&self.framework_use) {
            r.framework_factor *= 1.0 + l.change_percent / 100.0;
        }
        for l in here.of(&self.dynamic_market).filter(|_| dynamic_lawful) {
            r.dynamic_share = r.dynamic_share.max(l.share);
        }
        for l in here.of(&self.turnover_cap) {
            r.turnover_cap = r.turnover_cap.min(l.at_most);
        }
        for l in here.of(&self.early_engagement) {
            r.lead_months = r.lead_months.max(l.lead_months);
        }
        for l in here.of(&self.bid_support) {
            r.bid_cost_saved = r.bid_cost_saved.max(l.saves_percent / 100.0);
        }
        for l in here.of(&self.insourcing) {
            if l.share > r.own_share {
                r.own_share = l.share;
                r.own_by = l.by;
            }
        }
        for l in here.of(&self.procurement_budget) {
            r.budget += l.change_percent / 100.0;
        }
    }
}

/// The need whose rules are being made.
struct Here {
    month: u16,
    a: usize,
    c: usize,
}

impl Here {
    fn of<'a, T>(&self, all: &'a [Pulled<T>]) -> impl Iterator<Item = &'a T> + use<'a, T> {
        let (month, a, c) = (self.month, self.a, self.c);
        in_force(all, month).filter(move |l| l.scope.has(a, c)).map(|l| &l.lever)
    }
}

fn in_force<T>(all: &[Pulled<T>], month: u16) -> impl Iterator<Item = &Pulled<T>> {
    all.iter().filter(move |l| l.scope.in_month(month))
}
