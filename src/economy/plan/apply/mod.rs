//! What each lever does to the rules. Where several entries of one lever hold, points and budget changes add
//! up; otherwise the entry that goes furthest stands. A lever that ramps moves a number from what it would be without
//! the lever towards its own value; whole numbers and words hold once half is reached.

mod award;
mod clauses;
mod competition;
mod costs;

use super::rules::Rules;
use super::{Pulled, Scope};
use crate::scenario::settings::*;
use crate::world::City;

macro_rules! levers {
    ($($name:ident: $entry:ty),+ $(,)?) => {
        /// The levers pulled, with their reach.
        pub(super) struct Levers { $($name: Vec<Pulled<$entry>>),+ }
        impl Levers {
            pub fn new(policy: &Policy, city: &City) -> Levers {
                Levers { $($name: policy.$name.iter().map(|lever| Pulled {
                    scope: Scope::new(&lever.reach, city), lever: lever.clone(),
                }).collect()),+ }
            }
        }
    };
}

levers! {
    local_preference: LocalPreference, local_invitations: LocalInvitations, price_weight: PriceWeight,
    social_value_weight: SocialValueWeight, group_preference: GroupPreference, reservation: Reservation,
    lots: Lots, aggregation: Aggregation, quotes_threshold: QuotesThreshold, framework_use: FrameworkUse,
    dynamic_market: DynamicMarket, turnover_cap: TurnoverCap, procurement_staff: ProcurementStaff,
    monitoring_staff: MonitoringStaff, early_engagement: EarlyEngagement, bid_support: BidSupport,
    insourcing: Insourcing, procurement_budget: ProcurementBudget, quality_weight: QualityWeight,
    definition_of_local: DefinitionOfLocal, extraction_penalty: ExtractionPenalty, vcse_credit: VcseCredit,
    deprivation_weight: DeprivationWeight, devolved_local_rules: DevolvedLocalRules,
    framework_lots: FrameworkLots, pipeline_notices: PipelineNotices, buyer_training: BuyerTraining,
    procurement_it: ProcurementIt, legal_advice_pool: LegalAdvicePool, prompt_payment: PromptPayment,
    living_wage_clause: LivingWageClause, local_hiring_clause: LocalHiringClause,
    local_subcontracting_clause: LocalSubcontractingClause, local_materials_clause: LocalMaterialsClause,
    rent_discount: RentDiscount, pension_fund_local: PensionFundLocal,
}

impl Levers {
    /// Change the rules of the month by every lever in force.
    pub(super) fn apply(&self, city: &City, rules: &mut Rules) {
        self.staff(city, rules);
        self.bills(city, rules);
        self.land_and_funds(city, rules);
        let dynamic_lawful =
            city.contracts.law.as_ref().is_none_or(|l| l.dynamic_market(city.date(city.month)));
        let mut signed_up = vec![false; rules.anchors.len()];
        for (a, c, r) in rules.each() {
            let here = Here { month: city.month, a, c };
            self.award(&here, r);
            self.competition(&here, r, dynamic_lawful);
            self.clauses(&here, r);
            r.budget = r.budget.max(0.0);
            signed_up[a] |= r.asks_any_for_local();
        }
        for (anchor, signed) in rules.anchors.iter_mut().zip(signed_up) {
            anchor.signed_up = signed;
        }
    }
}

/// From this part of the full effect on, whole numbers and words of a lever hold.
const HALF: f64 = 0.5;

/// A number on its way from what it is without a lever to the lever's.
fn eased(without: f64, with: f64, strength: f64) -> f64 {
    if strength >= 1.0 { with } else { without + strength * (with - without) }
}

/// The need whose rules are being made.
struct Here {
    month: u16,
    a: usize,
    c: usize,
}

impl Here {
    /// Entries in force here, with the part of their effect that is reached.
    fn of<'a, T>(&self, all: &'a [Pulled<T>]) -> impl Iterator<Item = (&'a T, f64)> + use<'a, T> {
        let (month, a, c) = (self.month, self.a, self.c);
        in_force(all, month).filter(move |(l, _)| l.scope.has(a, c)).map(|(l, s)| (&l.lever, s))
    }

    /// Entries of which half of the effect is reached.
    fn at_half<'a, T>(&self, all: &'a [Pulled<T>]) -> impl Iterator<Item = &'a T> + use<'a, T> {
        self.of(all).filter(|(_, s)| *s >= HALF).map(|(l, _)| l)
    }
}

/// Entries in force at an anchor, whatever their categories.
fn at_anchor<T>(all: &[Pulled<T>], month: u16, a: usize) -> impl Iterator<Item = (&T, f64)> {
    in_force(all, month).filter(move |(l, _)| l.scope.has_anchor(a)).map(|(l, s)| (&l.lever, s))
}

fn in_force<T>(all: &[Pulled<T>], month: u16) -> impl Iterator<Item = (&Pulled<T>, f64)> {
    all.iter().map(move |l| (l, l.scope.strength(month))).filter(|(_, s)| *s > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A quarter of the way from 0.6 to 0.4 is 0.55.
    #[test]
    fn eased_by_hand() {
        assert!((eased(0.6, 0.4, 0.25) - 0.55).abs() < 1e-12);
        assert_eq!(eased(0.6, 0.4, 1.0), 0.4);
    }
}
