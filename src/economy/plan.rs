//! Levers in force: a scenario's policy, made ready for the month.

use super::impulse::Impulse;
use crate::base::date::Date;
use crate::place::vocabulary::Zone;
use crate::scenario::settings::{ProcurementRules, Reach, Settings};
use crate::world::City;

/// Where and when a lever applies.
#[derive(Clone, Debug)]
struct Scope {
    from: u16,
    until: u16,
    anchors: Vec<bool>,
    categories: Vec<bool>,
}

impl Scope {
    fn new(reach: &Reach, city: &City) -> Scope {
        let month_of = |text: &Option<String>, otherwise: u16| {
            text.as_deref()
                .and_then(Date::parse)
                .map_or(otherwise, |d| d.since(city.epoch).clamp(0, i32::from(u16::MAX)) as u16)
        };
        let flags = |names: &[String], all: &[String]| {
            all.iter().map(|id| names.is_empty() || names.contains(id)).collect::<Vec<_>>()
        };
        let categories: Vec<String> = city.contracts.categories.iter().map(|c| c.id.clone()).collect();
        Scope {
            from: month_of(&reach.start, city.burn_in + 1).max(city.burn_in + 1),
            until: month_of(&reach.end, u16::MAX),
            anchors: flags(&reach.anchors, &city.anchors.id),
            categories: flags(&reach.categories, &categories),
        }
    }
    fn holds(&self, month: u16, anchor: usize, category: usize) -> bool {
        self.from <= month
            && month < self.until
            && self.anchors.get(anchor).copied().unwrap_or(false)
            && self.categories.get(category).copied().unwrap_or(false)
    }
}

/// All levers of a scenario, in the order of the settings.
#[derive(Clone, Debug)]
pub struct Plan {
    base: ProcurementRules,
    preference: Vec<(Scope, f64, f64, Zone)>,
    invitations: Vec<(Scope, u16)>,
    price_weight: Vec<(Scope, f64)>,
    budget: Vec<(Scope, f64)>,
    /// An extra spend, if there is one.
    pub impulse: Option<Impulse>,
}

/// The rules under which one anchor buys in one category this month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NeedRules {
    pub price_weight: f64,
    pub quality_weight: f64,
    pub social_value_weight: f64,
    /// Points in the hundred for a local bid, the largest whole-life value they apply to, and what is local.
    pub preference_points: f64,
    pub preference_up_to_gbp: f64,
    pub local: Zone,
    /// Local bidders among those invited, at the least.
    pub local_invited: u16,
    /// Multiplies the budget.
    pub budget: f64,
}

impl NeedRules {
    /// True when the anchor asks more of its suppliers than without the plan.
    pub fn asks_for_local(&self) -> bool {
        self.preference_points > 0.0 || self.local_invited > 0
    }
}

impl Plan {
    /// Make ready the levers of `settings` for a city.
    pub fn new(settings: &Settings, city: &City) -> Plan {
        let policy = &settings.policy;
        Plan {
            base: settings.procurement.clone(),
            preference: policy
                .local_preference
                .iter()
                .map(|l| (Scope::new(&l.reach, city), l.points, l.up_to_gbp, l.local))
                .collect(),
            invitations: policy
                .local_invitations
                .iter()
                .map(|l| (Scope::new(&l.reach, city), l.at_least))
                .collect(),
            price_weight: policy.price_weight.iter().map(|l| (Scope::new(&l.reach, city), l.value)).collect(),
            budget: policy
                .procurement_budget
                .iter()
                .map(|l| (Scope::new(&l.reach, city), l.change_percent))
                .collect(),
            impulse: Impulse::new(settings, city),
        }
    }

    /// The rules with no lever pulled.
    pub fn neutral(&self) -> NeedRules {
        NeedRules {
            price_weight: self.base.price_weight,
            quality_weight: self.base.quality_weight,
            social_value_weight: self.base.social_value_weight,
            preference_points: 0.0,
            preference_up_to_gbp: 0.0,
            local: Zone::City,
            local_invited: 0,
            budget: 1.0,
        }
    }

    /// The rules in force for an anchor's buying in a category. Where several entries of a lever hold, points
    /// and budget changes add up, the largest number of invitations and the last weight stand.
    pub fn rules(&self, month: u16, anchor: usize, category: usize) -> NeedRules {
        let mut rules = self.neutral();
        for (_, points, up_to, zone) in self.preference.iter().filter(|l| l.0.holds(month, anchor, category))
        {
            rules.preference_points += points;
            rules.preference_up_to_gbp = rules.preference_up_to_gbp.max(*up_to);
            rules.local = rules.local.max(*zone);
        }
        for (_, n) in self.invitations.iter().filter(|l| l.0.holds(month, anchor, category)) {
            rules.local_invited = rules.local_invited.max(*n);
        }
        for (_, weight) in self.price_weight.iter().filter(|l| l.0.holds(month, anchor, category)) {
            let others = self.base.quality_weight + self.base.social_value_weight;
            let rest = if others > 0.0 { (1.0 - weight) / others } else { 0.0 };
            rules.price_weight = *weight;
            if *weight != self.base.price_weight {
                rules.quality_weight = self.base.quality_weight * rest;
                rules.social_value_weight = self.base.social_value_weight * rest;
            }
        }
        for (_, percent) in self.budget.iter().filter(|l| l.0.holds(month, anchor, category)) {
            rules.budget += percent / 100.0;
        }
        rules.budget = rules.budget.max(0.0);
        rules
    }
}
