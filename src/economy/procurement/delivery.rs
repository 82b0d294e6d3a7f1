//! Stage 9, delivery: what was promised is kept in proportion to monitoring.

use super::promises;
use crate::economy::plan::Rules;
use crate::world::City;
use crate::world::contracts::{Contract, Provider};
use crate::world::orgs::NOBODY;

/// Contracts below the threshold take this part of the time to follow up.
const BELOW_THRESHOLD: f64 = 0.25;

/// A month of following contracts up: each team's hours are spread over its contracts.
pub fn follow_up(city: &mut City, rules: &Rules) {
    let full = city.settings.procurement.staff_time.monitoring_hours_a_month;
    let mut wanted = vec![0.0; city.anchors.len()];
    for row in city.contracts.rows.iter().filter(|r| under_contract(r)) {
        let of = rules.of(row.anchor, row.category);
        let above = super::package::nominal_gbp(city, row) * f64::from(row.months) * super::package::WITH_VAT
            >= of.threshold_gbp;
        wanted[row.anchor as usize] += if above { full } else { BELOW_THRESHOLD * full };
    }
    city.contracts.coverage = wanted
        .iter()
        .zip(&rules.anchors)
        .map(|(wanted, rules)| if *wanted > 0.0 { (rules.monitoring_hours / wanted).min(1.0) } else { 1.0 })
        .collect();
    for (a, team) in city.contracts.teams.iter_mut().enumerate() {
        team.monitoring_wanted = wanted[a];
        team.monitoring = rules.anchors[a].monitoring_hours.min(wanted[a]);
    }
    let of = city.settings.procurement.social_value.clone();
    let coverage = &city.contracts.coverage;
    let followed = &city.institutions.requests.followed;
    for (i, row) in city.contracts.rows.iter_mut().enumerate().filter(|(_, r)| under_contract(r)) {
        // The hub's staff follow up what was promised to a community group.
        let by_hub = !followed.is_empty() && followed.contains(&(i as u32));
        let share = if by_hub { 1.0 } else { coverage[row.anchor as usize] };
        let worth = if row.promise.tailored { 1.0 } else { of.generic_worth };
        row.delivered += (promises::delivered(&of, &row.promise, share) * worth) as f32;
    }
}

fn under_contract(row: &Contract) -> bool {
    row.supplier != NOBODY && row.provider == Provider::Market
}

/// Part of full service that a need gets this month: a new supplier, and own provision, have to find their feet.
pub fn in_service(city: &City, row: &Contract) -> f64 {
    if city.month >= row.delivers_from {
        return 1.0;
    }
    let of = &city.settings.procurement.delivery;
    match row.provider {
        Provider::Market => 1.0 - of.mobilisation_loss,
        _ => {
            let ramp = f64::from(row.delivers_from - row.first_month).max(1.0);
            f64::from(city.month - row.first_month.min(city.month)) / ramp
        }
    }
}
