//! Stage 7, score: points for kinds of bidders, where the law leaves that discretion.

use super::bidders::belongs;
use super::package::Tender;
use crate::base::col::Id;
use crate::economy::plan::NeedRules;
use crate::place::vocabulary::{LocalDefinition, Ownership, Route};
use crate::world::City;
use crate::world::suppliers::SupplierId;

/// Points of a social enterprise for the value that it has of its own: all where points for kinds of bidders are
/// lawful; else no more than what its offer lacks of full marks for social value, as part of that criterion.
pub fn vcse_credit(points: f64, lawful: bool, social_value_missing: f64) -> f64 {
    if lawful { points } else { points.min(100.0 * social_value_missing.max(0.0)) }
}

pub fn credit(city: &City, (rules, tender): (&NeedRules, &Tender), s: SupplierId, missing: f64) -> f64 {
    let social = city.suppliers.ownership[s] == Ownership::Vcse;
    if rules.vcse_points == 0.0 || tender.route == Route::CallOff || !social {
        return 0.0;
    }
    vcse_credit(rules.vcse_points, rules.may_prefer(tender.value_gbp), missing)
}

/// Points for being local and for belonging to a group, where the law leaves that discretion: below the
/// threshold only, for buyers that may reserve such competitions; and not at call-off, whose rules were fixed
/// when the framework was let.
pub fn preference(city: &City, (rules, tender): (&NeedRules, &Tender), s: SupplierId) -> f64 {
    if tender.route == Route::CallOff || !rules.may_prefer(tender.value_gbp) {
        return 0.0;
    }
    let mut points = 0.0;
    if rules.local_points > 0.0
        && tender.value_gbp <= rules.local_up_to_gbp
        && city.suppliers.zone[s] <= rules.local_zone
    {
        // A site counts wholly anywhere in the zone named; the other definitions by their share.
        let share = match rules.definition {
            LocalDefinition::Site => 1.0,
            definition => city.contracts.local.of(s, definition),
        };
        points += rules.local_points * share;
    }
    if rules.group_points > 0.0 && belongs(city, s, rules.group) {
        points += rules.group_points;
    }
    if rules.extraction_points > 0.0 {
        let stays = city.contracts.local.of(s, LocalDefinition::ProfitRetained);
        points -= rules.extraction_points * (1.0 - stays.clamp(0.0, 1.0));
    }
    if rules.deprivation_points > 0.0 {
        let deprived = city.contracts.deprivation.get(s.index()).copied().unwrap_or(0.0);
        points += rules.deprivation_points * f64::from(deprived);
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Below the threshold five points; above it, with 10 marks of a hundred for social value of which 0.7 are seen,
    /// the three that are missing; nothing where social value is not asked for.
    #[test]
    fn vcse_credit_by_hand() {
        assert_eq!(vcse_credit(5.0, true, 0.0), 5.0);
        assert!((vcse_credit(5.0, false, 0.1 * 0.3) - 3.0).abs() < 1e-12);
        assert_eq!(vcse_credit(5.0, false, 0.0), 0.0);
    }
}
