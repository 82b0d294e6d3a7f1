//! Levers whose limit of value lies below every contract: they reach nothing.

use super::Ready;
use crate::place::Place;
use crate::place::city::City;
use crate::scenario::settings::{Policy, Reach};
use crate::world::synthesis::FLOOR_GBP;

/// What to tell of such levers.
pub(super) fn warnings(ready: &Ready) -> Vec<String> {
    let Place::City(city) = &ready.place else { return Vec::new() };
    let policy = &ready.scenario.settings.policy;
    let told = |(lever, i, field, limit, reach): (&str, usize, &str, f64, &Reach)| {
        let least = smallest(city, policy, reach);
        if limit <= 0.0 || limit >= least {
            return None;
        }
        let called =
            reach.name.as_ref().map_or_else(|| format!("entry {}", i + 1), |name| format!("\"{name}\""));
        Some(format!(
            "`policy.{lever}` ({called}) of `{}` reaches nothing: `{field}` is GBP {limit}, and no contract that it covers is \
             worth less than GBP {least:.0}; an amount is in pounds, with thousands written as in 207_720",
            ready.scenario.settings.name
        ))
    };
    limits(policy).into_iter().filter_map(told).collect()
}

/// The limits up to which levers reach, where they do anything: lever, entry, key, GBP.
fn limits(policy: &Policy) -> Vec<(&'static str, usize, &'static str, f64, &Reach)> {
    let preferred = policy.local_preference.iter().enumerate().filter(|(_, l)| l.points > 0.0);
    let devolved = policy.devolved_local_rules.iter().enumerate();
    let quotes = policy.quotes_threshold.iter().enumerate();
    preferred
        .map(|(i, l)| ("local_preference", i, "up_to_gbp", l.up_to_gbp, &l.reach))
        .chain(devolved.map(|(i, l)| ("devolved_local_rules", i, "up_to_gbp", l.up_to_gbp, &l.reach)))
        .chain(quotes.map(|(i, l)| ("quotes_threshold", i, "at_least_gbp", l.at_least_gbp, &l.reach)))
        .collect()
}

/// What the smallest contract is worth over its whole life in the categories that a lever covers: the floor of a year's value
/// over the shortest length, a lot being a part of it.
fn smallest(city: &City, policy: &Policy, reach: &Reach) -> f64 {
    let covered = |id: &String| reach.categories.is_empty() || reach.categories.contains(id);
    let months = city.categories.iter().filter(|of| covered(&of.id)).map(|of| of.months_min.max(1)).min();
    let lots = policy.lots.iter().map(|lots| lots.number).max().unwrap_or(1).max(1);
    FLOOR_GBP * f64::from(months.unwrap_or(12)) / 12.0 / f64::from(lots)
}
