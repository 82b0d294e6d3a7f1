//! What is lost between a policy and those who buy: as far as the settings say, officers of an averse anchor buy some needs as if
//! its policy asked for nothing that the law leaves open to it.

use super::Chance;
use super::need::Trait;
use super::package::Tender;
use crate::economy::plan::{NeedRules, Rules};
use crate::world::City;

/// Whether discretion is left unused in this need of an anchor: in as many needs as its risk aversion, times how far that binds what policy
/// prescribes.
pub fn left_unused(city: &City, rules: &Rules, (anchor, need): (u16, u64), chance: &Chance) -> bool {
    let part = city.settings.procurement.aversion_binds_policy * rules.anchors[anchor as usize].risk_aversion;
    part > 0.0 && Trait::Cautious.of(need, chance) < part
}

/// The rules of a tender as its officers apply them. Without discretion no bidder is preferred, invited or kept for because of
/// where or what it is, and no clause says where inputs come from.
pub fn rules_as_applied(rules: &Rules, tender: &Tender) -> NeedRules {
    let of = *rules.of(tender.anchor, tender.category);
    if !tender.cautious {
        return of;
    }
    NeedRules { may_reserve: false, devolved_up_to_gbp: 0.0, local_invited: 0, asks_incubated: false, ..of }
}
