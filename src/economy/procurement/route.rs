//! Stage 3, route: by estimated value against the anchor's own limits and the thresholds in law.

use super::Chance;
use super::discretion;
use super::need::{Trait, incumbent};
use super::package::Tender;
use crate::economy::plan::{NeedRules, Rules};
use crate::place::vocabulary::{Buyers, Route};
use crate::world::City;

/// What a need is like, for the choice of its route.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Kind {
    pub by_framework: bool,
    pub by_dynamic_market: bool,
    pub off_policy: bool,
    pub locked: bool,
    pub failed: bool,
}

/// Months before the letting from which a notice is of use (assumed: half of what the Leeds study asks for).
const NOTICE_MONTHS: u16 = 6;

/// The route of a need of this value (GBP, whole life, VAT included).
pub fn route(value_gbp: f64, rules: &NeedRules, kind: Kind) -> Route {
    if kind.locked || value_gbp < rules.quotes_from_gbp {
        Route::Direct
    } else if kind.failed {
        // In haste: a few are asked, whatever the value (Procurement Act 2023, urgency).
        Route::Quotes
    } else if value_gbp < rules.threshold_gbp && (value_gbp < rules.tender_from_gbp || kind.off_policy) {
        // Above the threshold the law asks for a tender, whatever an anchor's own rules are.
        Route::Quotes
    } else if kind.by_framework && kind.by_dynamic_market {
        Route::DynamicMarket
    } else if kind.by_framework {
        Route::CallOff
    } else if value_gbp < rules.threshold_gbp {
        Route::BelowThreshold
    } else {
        Route::Open
    }
}

/// Whose fitted scale of frameworks is an anchor's: health trusts' (0) or all others' (1), since the share of all anchors
/// is published and the small ones have too few hours to have less.
pub(super) fn framework_group(city: &City, anchor: u16) -> usize {
    usize::from(buyer(city, anchor) != Buyers::Health.index())
}

/// The kind of buyer that an anchor is: shares of procurement are fitted by it.
pub(super) fn buyer(city: &City, anchor: u16) -> usize {
    Buyers::of(city.anchors.kind.rows()[anchor as usize]).index()
}

/// Choose the route of a tender, and what the team would like to do beyond the papers.
pub fn choose(city: &City, rules: &Rules, tender: &mut Tender, chance: &Chance) {
    let of = rules.of(tender.anchor, tender.category);
    let category = &city.contracts.categories[tender.category as usize];
    let first = city.contracts.rows[tender.lots[0][0]];
    let is = |what: Trait, share: f64| what.of(first.need, chance) < share;
    let kind = Kind {
        by_framework: is(
            Trait::Framework,
            category.framework_share
                * of.framework_factor
                * city.contracts.framework_scale[framework_group(city, tender.anchor)],
        ),
        by_dynamic_market: is(Trait::Dynamic, of.dynamic_share),
        off_policy: is(
            Trait::OffPolicy,
            city.anchors.team(tender.anchor as usize).off_policy_share * of.off_policy_factor,
        ),
        locked: is(Trait::Locked, category.lock_in) && incumbent(city, &first).is_some(),
        failed: tender.failed,
    };
    tender.locked = kind.locked;
    tender.specialised = is(Trait::Specialised, category.specificity);
    tender.route = route(tender.value_gbp, of, kind);
    let times = &city.settings.procurement.staff_time;
    let tenders = matches!(tender.route, Route::BelowThreshold | Route::Open | Route::DynamicMarket);
    let asks = super::score::weights(of, tender).social_value > 0.0;
    // In how many needs officers write questions of their own.
    let will = city.anchors.commitment.rows()[tender.anchor as usize].max(of.practice)
        * (1.0 - rules.anchors[tender.anchor as usize].risk_aversion);
    tender.tailored =
        tenders && asks && of.lead_months >= times.tailoring_lead_months && is(Trait::Tailored, will);
    tender.noticed = tenders && of.notice_months >= NOTICE_MONTHS;
    tender.cautious = discretion::left_unused(city, rules, (tender.anchor, first.need), chance);
    tender.engaged = tenders && !tender.cautious && of.lead_months >= times.engagement_lead_months;
}
