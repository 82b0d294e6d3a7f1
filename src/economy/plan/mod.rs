//! Phase 1, policy: the levers of a scenario, and the rules that they give each anchor this month.

mod apply;
mod clause_rules;
mod rules;
mod scope;

use super::impulse::Impulse;
use super::institutions::Charter;
use super::shocks::Calendar;
use crate::scenario::settings::{Policy, Settings};
use crate::world::City;
pub use clause_rules::ClauseRules;
pub use rules::{AnchorRules, NeedRules, Rules};
pub use scope::Scope;

/// A lever pulled, with its reach made ready for a city.
struct Pulled<T> {
    scope: Scope,
    lever: T,
}

/// All levers of a scenario, in the order of the settings.
pub struct Plan {
    levers: apply::Levers,
    impulse: Option<Impulse>,
    shocks: Calendar,
    institutions: Charter,
}

impl Plan {
    /// Make ready the levers of `settings` for a city.
    pub fn new(settings: &Settings, city: &City) -> Plan {
        Plan {
            levers: apply::Levers::new(&settings.policy, city),
            impulse: Impulse::new(settings, city),
            shocks: Calendar::new(&settings.shock, city),
            institutions: Charter::new(&settings.policy, city),
        }
    }

    /// The rules of a city in which no lever is pulled.
    pub fn neutral(city: &City) -> Plan {
        Plan {
            levers: apply::Levers::new(&Policy::default(), city),
            impulse: None,
            shocks: Calendar::default(),
            institutions: Charter::default(),
        }
    }

    /// The rules in force this month.
    pub fn in_force(&self, city: &City) -> Rules {
        let mut rules = Rules::of_the_anchors(city);
        self.levers.apply(city, &mut rules);
        self.institutions.apply(city, &mut rules);
        self.shocks.apply(city, &mut rules);
        rules.impulse = self.impulse.clone();
        rules
    }
}
