//! The rules under which the anchors buy in a month.

use super::clause_rules::ClauseRules;
use crate::economy::impulse::Impulse;
use crate::economy::institutions::InForce;
use crate::economy::shocks::OfMonth;
use crate::place::city::TeamFacts;
use crate::place::vocabulary::{AnchorKind, LocalDefinition, Zone};
use crate::scenario::settings::{Across, By, Financing, Group};
use crate::world::City;
use crate::world::clauses::Clauses;
use crate::world::costs::Cost;

/// The rules under which one anchor buys in one category.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NeedRules {
    /// Weights of an award; they sum to 1.
    pub price_weight: f64,
    pub quality_weight: f64,
    pub social_value_weight: f64,
    /// Value (GBP, whole life, VAT included) from which social value is asked for.
    pub social_value_from_gbp: f64,
    /// Least weight of social value, by law or binding policy, and the value of a tender from which it binds.
    pub social_value_floor: f64,
    pub social_value_floor_from_gbp: f64,
    /// Premium that the anchor pays for social ends, share of price.
    pub price_tolerance: f64,
    /// Quality below which a bid is turned down.
    pub quality_floor: f64,
    /// Points in the hundred for local bids, the largest value they apply to, how near and by which definition.
    pub local_points: f64,
    pub local_up_to_gbp: f64,
    pub local_zone: Zone,
    pub definition: LocalDefinition,
    /// Points taken when all profit, interest and rent leave; for social enterprises; when all staff live in the most
    /// deprived ward.
    pub extraction_points: f64,
    pub vcse_points: f64,
    pub deprivation_points: f64,
    /// Value up to which rules of a devolved region let preferences stand (GBP including VAT); 0 where there are none.
    pub devolved_up_to_gbp: f64,
    /// Points for bids of a group of suppliers.
    pub group_points: f64,
    pub group: Group,
    /// Who alone may bid below the threshold.
    pub reserved: Group,
    pub lots: u16,
    pub lots_from_gbp: f64,
    pub across: Across,
    /// Direct award below, quotes up to, tenders from (GBP, whole life, VAT included).
    pub quotes_from_gbp: f64,
    pub tender_from_gbp: f64,
    pub local_invited: u16,
    /// Multiplies the category's share let through frameworks.
    pub framework_factor: f64,
    pub dynamic_share: f64,
    /// Share of the places on frameworks that are lots by area of delivery, and who pays for letting them.
    pub framework_lots: f64,
    pub framework_lots_by: Financing,
    /// Months between the notice of a need and its letting.
    pub notice_months: u16,
    /// Multiplies the share bought off policy, and the chance of a challenge.
    pub off_policy_factor: f64,
    pub challenge_factor: f64,
    /// What contracts let now bind their holders to; who pays the interest when they are paid sooner.
    pub clauses: ClauseRules,
    pub prompt_by: Financing,
    pub turnover_cap: f64,
    /// Part of bid costs that small and social enterprises are spared, what the help costs for each pound spared, and
    /// who pays for it.
    pub bid_cost_saved: f64,
    pub bid_help_cost: f64,
    pub bid_help_by: Financing,
    pub lead_months: u16,
    /// Share of needs that leave the market, and who provides.
    pub own_share: f64,
    pub own_by: By,
    /// Multiplies the budget.
    pub budget: f64,
    /// The threshold in law this month (GBP including VAT), and whether competitions below it may be reserved.
    pub threshold_gbp: f64,
    pub may_reserve: bool,
    /// Rise of the price of what is bought where that is energy, and of other trades' costs by the energy in them.
    /// How far the anchors' plan is practised here.
    pub practice: f64,
    /// The anchor is a member of an impact hub; asks enterprises of the incubator to bid.
    pub hub: bool,
    pub asks_incubated: bool,
    pub energy_dearer: f64,
    pub energy_in_cost: f64,
}

impl NeedRules {
    /// Do points for bidders of a kind count in competitions of this value? Below the threshold in law, for buyers that
    /// may reserve; above it only under rules of a devolved region.
    pub fn may_prefer(&self, value_gbp: f64) -> bool {
        let by_law = self.may_reserve && value_gbp < self.threshold_gbp;
        by_law || (self.devolved_up_to_gbp > 0.0 && value_gbp <= self.devolved_up_to_gbp)
    }

    /// The clauses of a contract of this value that is let now.
    pub fn clauses_of(&self, value_gbp: f64) -> Clauses {
        self.clauses.of_contract(value_gbp, self.may_prefer(value_gbp))
    }

    /// Raise or lower one weight; the other two share the rest as before.
    pub fn set_weight(&mut self, which: fn(&mut NeedRules) -> &mut f64, value: f64) {
        let before = *which(self);
        let others = 1.0 - before;
        let factor = if others > 0.0 { (1.0 - value) / others } else { 0.0 };
        if value != before {
            self.price_weight *= factor;
            self.quality_weight *= factor;
            self.social_value_weight *= factor;
            *which(self) = value;
        }
    }

    /// How strongly the anchor asks the holder of a contract of this value to buy nearer than without the plan, 0 to 1: fully
    /// where it invites local bidders, reserves for them, or gives them ten points and more; else by points, or by the
    /// share of inputs that a clause moves.
    pub fn asks_for_local(&self, value_gbp: f64) -> f64 {
        let prefers = self.may_prefer(value_gbp);
        let points = if prefers && value_gbp <= self.local_up_to_gbp { self.local_points } else { 0.0 };
        let reserved = prefers && matches!(self.reserved, Group::Local | Group::LocalSme);
        if self.local_invited > 0 || reserved {
            return 1.0;
        }
        let clauses = self.clauses_of(value_gbp);
        let moved = f64::from(clauses.services.max(clauses.goods));
        (points / FULL_POINTS).max(moved).clamp(0.0, 1.0)
    }

    /// Whether the anchor asks any of its suppliers for it.
    pub fn asks_any_for_local(&self) -> bool {
        self.local_points > 0.0
            || self.local_invited > 0
            || matches!(self.reserved, Group::Local | Group::LocalSme)
            || self.clauses.all.services > 0.0
            || self.clauses.all.goods > 0.0
    }
}

/// Points for local bids from which holders take it that an anchor means to buy local (assumed: what the lever's example
/// gives).
const FULL_POINTS: f64 = 10.0;

/// What holds for an anchor as a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AnchorRules {
    /// Hours a month for lettings, and for following contracts up.
    pub hours: f64,
    pub monitoring_hours: f64,
    /// Part of the usual hours that a letting takes.
    pub letting_hours: f64,
    /// Share of its pension contributions that is invested in the city.
    pub invested: f64,
    /// 0 to 1: part of the needs without questions of their own, and, as far as settings say, without what policy prescribes.
    pub risk_aversion: f64,
    /// A lever that asks for local or social value is pulled here.
    pub signed_up: bool,
    /// Change of its own pay bill, share of the usual; central government keeps or pays the difference.
    pub pay_change: f64,
}

/// All rules of a month.
#[derive(Clone, Debug)]
pub struct Rules {
    needs: Vec<NeedRules>,
    categories: usize,
    pub anchors: Vec<AnchorRules>,
    /// What the levers cost this month, beyond what lettings bring about.
    pub costs: Vec<Cost>,
    /// Discount on the rent of social enterprises.
    pub rent_discount: f64,
    /// An extra spend, if there is one.
    pub impulse: Option<Impulse>,
    /// What strikes this month.
    pub shocks: OfMonth,
    /// The institutions in force.
    pub institutions: InForce,
}

impl Rules {
    /// The rules that the anchors have of their own, and the law of the month.
    pub fn of_the_anchors(city: &City) -> Rules {
        let categories = city.contracts.categories.len();
        let n = city.anchors.len();
        let hours = city.settings.procurement.staff_time.hours_a_month;
        let mut needs = Vec::with_capacity(n * categories);
        for a in 0..n {
            for c in 0..categories {
                needs.push(own_rules(city, a, c));
            }
        }
        let anchors = (0..n)
            .map(|a| {
                let team = city.anchors.team(a);
                AnchorRules {
                    hours: team.officers_fte * hours,
                    monitoring_hours: team.monitoring_fte * hours,
                    letting_hours: 1.0,
                    invested: 0.0,
                    risk_aversion: team.risk_aversion,
                    signed_up: false,
                    pay_change: 0.0,
                }
            })
            .collect();
        Rules {
            needs,
            categories,
            anchors,
            costs: Vec::new(),
            rent_discount: 0.0,
            impulse: None,
            shocks: OfMonth::default(),
            institutions: InForce::default(),
        }
    }

    pub fn of(&self, anchor: u16, category: u8) -> &NeedRules {
        &self.needs[anchor as usize * self.categories + category as usize]
    }

    /// True when the rules of some need are so.
    pub fn any(&self, is: impl Fn(&NeedRules) -> bool) -> bool {
        self.needs.iter().any(is)
    }

    /// Every pair of anchor and category, with its rules.
    pub(in crate::economy) fn each(&mut self) -> impl Iterator<Item = (usize, usize, &mut NeedRules)> {
        let categories = self.categories.max(1);
        self.needs.iter_mut().enumerate().map(move |(i, rules)| (i / categories, i % categories, rules))
    }
}

fn own_rules(city: &City, a: usize, c: usize) -> NeedRules {
    let team: TeamFacts = city.anchors.team(a);
    let category = &city.contracts.categories[c];
    let date = city.date(city.month);
    let kind = city.anchors.kind.rows()[a].unwrap_or(AnchorKind::Council);
    let law = city.contracts.law.as_ref();
    NeedRules {
        price_weight: team.price_weight,
        quality_weight: team.quality_weight,
        social_value_weight: team.social_value_weight,
        social_value_from_gbp: team.social_value_from_gbp,
        social_value_floor: law.map_or(0.0, |l| l.social_value_minimum(date, kind)),
        social_value_floor_from_gbp: law
            .map_or(f64::INFINITY, |l| l.social_value_from_gbp(date, kind, category.subject)),
        price_tolerance: team.price_tolerance,
        quality_floor: city.settings.procurement.quality_floor,
        local_points: 0.0,
        local_up_to_gbp: 0.0,
        local_zone: Zone::City,
        definition: LocalDefinition::Site,
        extraction_points: 0.0,
        vcse_points: 0.0,
        deprivation_points: 0.0,
        devolved_up_to_gbp: 0.0,
        group_points: 0.0,
        group: Group::None,
        reserved: Group::None,
        lots: 1,
        lots_from_gbp: 0.0,
        across: Across::Need,
        quotes_from_gbp: team.quotes_from_gbp,
        tender_from_gbp: team.tender_from_gbp,
        local_invited: 0,
        framework_factor: team.framework_factor,
        dynamic_share: 0.0,
        framework_lots: 0.0,
        framework_lots_by: Financing::Levy,
        notice_months: 0,
        off_policy_factor: 1.0,
        challenge_factor: 1.0,
        clauses: ClauseRules::default(),
        prompt_by: Financing::Budget,
        turnover_cap: city.settings.procurement.turnover_cap,
        bid_cost_saved: 0.0,
        bid_help_cost: 0.0,
        bid_help_by: Financing::Budget,
        lead_months: team.lead_months,
        own_share: 0.0,
        own_by: By::OwnStaff,
        budget: 1.0,
        threshold_gbp: law.map_or(f64::INFINITY, |l| l.threshold_gbp(date, kind, category.subject)),
        may_reserve: law.is_some_and(|l| l.may_reserve(date, kind)),
        practice: 0.0,
        hub: false,
        asks_incubated: false,
        energy_dearer: 0.0,
        energy_in_cost: 0.0,
    }
}
