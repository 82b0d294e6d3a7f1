//! Shocks: the calendar of a scenario's shocks made ready for a city, and what strikes in a month.
//!
//! Money of the anchors and the price of energy are rules of the month; firms that fail or close do so at its end,
//! after the households have shopped.

mod closing;
mod path;

use super::books::Books;
use super::plan::Rules;
use crate::base::date::Date;
use crate::place::vocabulary::Sector;
use crate::scenario::settings::{Among, Shocks as Settings};
use crate::scenario::shocks::section;
use crate::world::City;
pub use path::{cut_by, price_of_energy};

/// A firm that is to fail or close.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Closing {
    Prime { rank: u16, among: Among, unpaid_months: f64, shut_months: Option<u16> },
    Employer { section: Option<Sector>, rank: u16, shut_months: Option<u16> },
}

/// A stretch of months with dearer energy.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Dear {
    from: u16,
    until: u16,
    rise: f64,
}

/// Cuts over years.
#[derive(Clone, Debug, PartialEq)]
struct Cuts {
    from: u16,
    years: u16,
    /// Budgets, pay bills, teams: percent a year.
    percent: [f64; 3],
    anchors: Vec<bool>,
}

/// All shocks of a scenario, by month number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calendar {
    closings: Vec<(u16, Closing)>,
    dear: Vec<Dear>,
    cuts: Vec<Cuts>,
}

/// What strikes in one month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OfMonth {
    pub closings: Vec<Closing>,
    /// Names of the shocks that begin.
    pub begins: Vec<&'static str>,
    /// Rise of the price of energy, share of the price before.
    pub energy: f64,
}

impl Calendar {
    pub fn new(settings: &Settings, city: &City) -> Calendar {
        let first = city.burn_in + 1;
        let month = |text: &str| {
            Date::parse(text).map_or(u16::MAX, |date| {
                date.since(city.epoch).clamp(i32::from(first), i32::from(u16::MAX)) as u16
            })
        };
        let primes = settings.prime_collapse.iter().map(|of| {
            let closing = Closing::Prime {
                rank: of.rank,
                among: of.among,
                unpaid_months: of.unpaid_months,
                shut_months: of.shut_months,
            };
            (month(&of.start), closing)
        });
        let employers = settings.employer_closure.iter().map(|of| {
            let section = of.section.as_deref().and_then(section);
            let shut_months = Some(of.shut_months.unwrap_or(u16::MAX));
            (month(&of.start), Closing::Employer { section, rank: of.rank, shut_months })
        });
        let chosen = |names: &[String]| {
            city.anchors.id.iter().map(|id| names.is_empty() || names.contains(id)).collect()
        };
        Calendar {
            closings: primes.chain(employers).collect(),
            dear: (settings.energy_prices.iter())
                .map(|of| Dear {
                    from: month(&of.start),
                    until: of.end.as_deref().map_or(u16::MAX, month),
                    rise: of.rise_percent / 100.0,
                })
                .collect(),
            cuts: (settings.austerity.iter())
                .map(|of| Cuts {
                    from: month(&of.start),
                    years: of.years,
                    percent: [of.budget_percent_a_year, of.pay_percent_a_year, of.teams_percent_a_year],
                    anchors: chosen(&of.anchors),
                })
                .collect(),
        }
    }

    /// Change the rules of the month by the shocks in force.
    pub fn apply(&self, city: &City, rules: &mut Rules) {
        let month = city.month;
        let mut of = OfMonth::default();
        for (at, closing) in self.closings.iter().filter(|(at, _)| *at == month) {
            debug_assert_eq!(*at, month);
            of.closings.push(*closing);
        }
        for dear in self.dear.iter().filter(|dear| dear.rise != 0.0) {
            of.begins.extend((dear.from == month).then_some("energy_prices"));
            if (dear.from..dear.until).contains(&month) {
                of.energy += dear.rise;
            }
        }
        for cuts in self.cuts.iter().filter(|cuts| cuts.percent.iter().any(|x| *x != 0.0)) {
            of.begins.extend((cuts.from == month).then_some("austerity"));
            if month >= cuts.from {
                cuts.apply(month - cuts.from, rules);
            }
        }
        if of.energy != 0.0 {
            price_of_energy(city, of.energy, rules);
        }
        rules.shocks = of;
    }
}

impl Cuts {
    fn apply(&self, since: u16, rules: &mut Rules) {
        let [budgets, pay, teams] = self.percent.map(|percent| cut_by(percent, self.years, since));
        for (a, _, of) in rules.each() {
            if self.anchors.get(a).copied().unwrap_or(false) {
                of.budget = (of.budget + budgets).max(0.0);
            }
        }
        let anchors = rules.anchors.iter_mut().zip(&self.anchors).filter(|(_, cut)| **cut);
        for (of, _) in anchors {
            of.hours *= 1.0 + teams;
            of.monitoring_hours *= 1.0 + teams;
            of.pay_change += pay;
        }
    }
}

/// What strikes at the end of the month.
pub fn strike(city: &mut City, rules: &Rules, books: &mut Books) {
    for shock in &rules.shocks.begins {
        closing::note(city, crate::world::shocks::Struck { shock, ..Default::default() });
    }
    for of in &rules.shocks.closings {
        closing::close_one(city, of, books);
    }
}
