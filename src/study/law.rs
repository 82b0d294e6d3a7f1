//! Levers that the law narrows: they are applied within it, and the user is told by which clause.

use super::Ready;
use crate::base::date::Date;
use crate::place::Place;
use crate::place::city::City;
use crate::place::procurement_law::ProcurementLaw;
use crate::place::vocabulary::{AnchorKind, Subject};
use crate::scenario::settings::{Policy, Reach};

const ABOVE: &str = "Procurement Act 2023, sections 19, 23 and 90: equal treatment, criteria that bear on the contract, \
                     treaty state suppliers";

/// What to tell of the levers of a scenario.
pub(super) fn narrows(ready: &Ready) -> Vec<String> {
    let Place::City(city) = &ready.place else { return Vec::new() };
    let policy = &ready.scenario.settings.policy;
    let name = &ready.scenario.settings.name;
    let mut found = Vec::new();
    let mut tell = |lever: &str, reason: String| found.push(format!("`policy.{lever}` of `{name}` {reason}"));
    for l in policy.devolved_local_rules.iter().filter(|l| l.up_to_gbp > 0.0) {
        tell(
            "devolved_local_rules",
            format!(
                "is no law of England: up to GBP {:.0} it sets aside the {ABOVE}; it shows what a devolved region's rules \
                 would do",
                l.up_to_gbp
            ),
        );
    }
    let devolved = policy.devolved_local_rules.iter().any(|l| l.up_to_gbp > 0.0);
    for (lever, pulled) in of_kinds(policy) {
        if pulled.iter().any(|(strength, _)| *strength > 0.0) && !devolved {
            tell(lever, format!("counts below the threshold in law only ({ABOVE})"));
        }
    }
    for l in policy.local_preference.iter().filter(|l| l.points > 0.0 && !devolved) {
        let most = anchors(city, &l.reach).map(|kind| largest_threshold(&city.law, ready, kind));
        if most.fold(0.0, f64::max) < l.up_to_gbp {
            tell(
                "local_preference",
                format!(
                    "asks for points up to GBP {:.0}: above the threshold none are given ({ABOVE})",
                    l.up_to_gbp
                ),
            );
        }
    }
    for (lever, reach) in for_who_may_reserve(policy) {
        let from = start(ready, reach);
        let bound: Vec<&str> = anchors(city, reach)
            .filter(|kind| !city.law.may_reserve(from, *kind))
            .map(AnchorKind::label)
            .collect();
        if let Some(kind) = bound.first() {
            tell(
                lever,
                format!(
                    "starts in {from}, when a {kind} may not look at the place or kind of a supplier (Local Government Act \
                     1988, section 17, until SI 2026/94 of 4 February 2026): it holds there from then on"
                ),
            );
        }
    }
    found
}

/// Levers that give points by what the bidder is, with their points or shares.
fn of_kinds(policy: &Policy) -> [(&'static str, Vec<(f64, &Reach)>); 4] {
    [
        ("extraction_penalty", policy.extraction_penalty.iter().map(|l| (l.points, &l.reach)).collect()),
        ("deprivation_weight", policy.deprivation_weight.iter().map(|l| (l.points, &l.reach)).collect()),
        (
            "local_subcontracting_clause",
            policy.local_subcontracting_clause.iter().map(|l| (l.share, &l.reach)).collect(),
        ),
        (
            "local_materials_clause",
            policy.local_materials_clause.iter().map(|l| (l.share, &l.reach)).collect(),
        ),
    ]
}

/// Levers that only buyers who may reserve competitions can use.
fn for_who_may_reserve(policy: &Policy) -> Vec<(&'static str, &Reach)> {
    let preferred = policy.local_preference.iter().filter(|l| l.points > 0.0);
    let groups = policy.group_preference.iter().filter(|l| l.points > 0.0);
    preferred
        .map(|l| ("local_preference", &l.reach))
        .chain(groups.map(|l| ("group_preference", &l.reach)))
        .chain(policy.reservation.iter().map(|l| ("reservation", &l.reach)))
        .collect()
}

fn anchors<'a>(city: &'a City, reach: &'a Reach) -> impl Iterator<Item = AnchorKind> + 'a {
    let within = |id: &String| reach.anchors.is_empty() || reach.anchors.contains(id);
    city.anchors.iter().filter(move |anchor| within(&anchor.id)).map(|anchor| anchor.kind)
}

fn start(ready: &Ready, reach: &Reach) -> Date {
    let own = reach.start.as_deref().and_then(Date::parse);
    own.unwrap_or(ready.scenario.start).max(ready.scenario.start)
}

fn largest_threshold(law: &ProcurementLaw, ready: &Ready, kind: AnchorKind) -> f64 {
    let of = |subject: &Subject| law.threshold_gbp(ready.scenario.start, kind, *subject);
    Subject::ALL.iter().map(of).fold(0.0, f64::max)
}
