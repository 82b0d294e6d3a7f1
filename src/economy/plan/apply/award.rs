//! Levers on how bids are scored and who is preferred.

use super::{HALF, Here, Levers, eased};
use crate::economy::plan::NeedRules;
use crate::scenario::settings::Group;

impl Levers {
    /// How bids are scored and who is preferred.
    pub(super) fn award(&self, here: &Here, r: &mut NeedRules) {
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
        for (l, s) in here.of(&self.quality_weight) {
            if r.quality_weight < l.at_least {
                r.set_weight(|r| &mut r.quality_weight, eased(r.quality_weight, l.at_least, s));
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
        for definition in here.at_half(&self.definition_of_local).filter_map(|l| l.definition) {
            r.definition = definition;
        }
        for (l, s) in here.of(&self.extraction_penalty) {
            r.extraction_points += l.points * s;
        }
        for (l, s) in here.of(&self.vcse_credit) {
            r.vcse_points += l.points * s;
        }
        for (l, s) in here.of(&self.deprivation_weight) {
            r.deprivation_points += l.points * s;
        }
        for l in here.at_half(&self.devolved_local_rules) {
            r.devolved_up_to_gbp = r.devolved_up_to_gbp.max(l.up_to_gbp);
        }
    }
}
