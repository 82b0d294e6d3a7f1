//! The institutions of a scenario, with their reach, and which of them are in force in a month.

use super::{hub, incubator, plan};
use crate::base::money::pence;
use crate::economy::plan::{Rules, Scope};
use crate::place::vocabulary::Sector;
use crate::scenario::settings::*;
use crate::world::City;
use crate::world::costs::{Cost, Payee};

/// An institution with its reach made ready for a city.
#[derive(Clone, Debug)]
struct Founded<T> {
    scope: Scope,
    of: T,
}

/// The institutions of a scenario, in the order of the settings.
#[derive(Clone, Debug, Default)]
pub struct Charter {
    plans: Vec<Founded<StrategicPlan>>,
    hubs: Vec<Founded<ImpactHub>>,
    incubators: Vec<Founded<Incubator>>,
    agencies: Vec<Founded<CooperativeAgency>>,
    lenders: Vec<Founded<Cdfi>>,
}

/// One institution in a month: the part of its full size that is reached, and its members among the anchors.
#[derive(Clone, Debug, PartialEq)]
pub struct Now<T> {
    pub strength: f64,
    pub members: Vec<bool>,
    pub of: T,
}

/// The institutions in force in a month. Of each kind the first entry counts, but of lenders and agencies all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InForce {
    pub plan: Option<Now<StrategicPlan>>,
    pub hub: Option<Now<ImpactHub>>,
    pub incubator: Option<Now<Incubator>>,
    pub agencies: Vec<Now<CooperativeAgency>>,
    pub lenders: Vec<Now<Cdfi>>,
    /// Capital paid in to the lenders this month, pence.
    pub capital: i64,
}

impl Charter {
    pub fn new(policy: &Policy, city: &City) -> Charter {
        fn all<T: Clone>(list: &[T], reach: fn(&T) -> &Reach, city: &City) -> Vec<Founded<T>> {
            list.iter().map(|of| Founded { scope: Scope::new(reach(of), city), of: of.clone() }).collect()
        }
        Charter {
            plans: all(&policy.strategic_plan, |of| &of.reach, city),
            hubs: all(&policy.impact_hub, |of| &of.reach, city),
            incubators: all(&policy.incubator, |of| &of.reach, city),
            agencies: all(&policy.cooperative_agency, |of| &of.reach, city),
            lenders: all(&policy.cdfi, |of| &of.reach, city),
        }
    }

    /// Put the month's institutions into its rules, with what they change and what they cost.
    pub fn apply(&self, city: &City, rules: &mut Rules) {
        let n = city.anchors.len();
        let mut of = InForce {
            plan: now(&self.plans, city.month, n).into_iter().find(|of| of.of.ambition > 0.0),
            hub: now(&self.hubs, city.month, n).into_iter().next(),
            incubator: (now(&self.incubators, city.month, n).into_iter())
                .find(|of| of.of.starts_a_year > 0.0 || of.of.mentors_fte > 0.0),
            agencies: now(&self.agencies, city.month, n),
            lenders: now(&self.lenders, city.month, n),
            capital: 0,
        };
        let mut costs = Costs { city, all: Vec::new() };
        plan::bind(city, of.plan.as_ref(), &self.scope_of_plan(city.month), rules);
        if let Some(plan) = &of.plan {
            let members = (0..n).filter(|a| plan.members[*a]);
            members.for_each(|a| {
                costs.staff("strategic_plan", a, plan.of.lead_fte * plan.strength, plan.of.financed_by)
            });
        }
        if let Some(hub) = &of.hub {
            hub::serve(hub, rules);
            let fte = (hub.of.outreach_fte + hub.of.follow_up_fte) * hub.strength;
            costs.staff("impact_hub", host(city), fte, hub.of.financed_by);
            let running = hub.of.running_gbp_a_year / 12.0 * hub.strength;
            costs.bill("impact_hub", running, (Sector::J, hub.of.financed_by));
        }
        if let Some(incubator) = &of.incubator {
            incubator::serve(incubator, rules);
            let fte = incubator.of.mentors_fte * incubator.strength;
            costs.staff("incubator", host(city), fte, incubator.of.financed_by);
            // Firms are whole at any scale, so what is spent on each is too.
            let young = incubator::with_space(city) as f64 / city.scale;
            costs.bill(
                "incubator",
                incubator.of.space_gbp_a_year / 12.0 * young,
                (Sector::L, incubator.of.financed_by),
            );
            let seed = incubator.of.seed_gbp * incubator::to_be_seeded(city).len() as f64 / city.scale;
            costs.money("incubator", seed, incubator.of.financed_by);
        }
        for agency in &of.agencies {
            let fte = agency.of.advisers_fte * agency.strength;
            costs.staff("cooperative_agency", host(city), fte, agency.of.financed_by);
        }
        for (lender, founded) in of.lenders.iter().zip(in_month(&self.lenders, city.month)) {
            costs.staff("cdfi", host(city), lender.of.staff_fte * lender.strength, lender.of.financed_by);
            if founded.scope.months_since(city.month) < 12 {
                of.capital += costs.money("cdfi", lender.of.capital_gbp / 12.0, lender.of.financed_by);
            }
        }
        rules.costs.extend(costs.all);
        rules.institutions = of;
    }

    fn scope_of_plan(&self, month: u16) -> Option<Scope> {
        in_month(&self.plans, month).find(|of| of.of.ambition > 0.0).map(|of| of.scope.clone())
    }
}

fn in_month<T>(all: &[Founded<T>], month: u16) -> impl Iterator<Item = &Founded<T>> {
    all.iter().filter(move |of| of.scope.strength(month) > 0.0)
}

fn now<T: Clone>(all: &[Founded<T>], month: u16, anchors: usize) -> Vec<Now<T>> {
    let of = |of: &Founded<T>| Now {
        strength: of.scope.strength(month),
        members: (0..anchors).map(|a| of.scope.has_anchor(a)).collect(),
        of: of.of.clone(),
    };
    in_month(all, month).map(of).collect()
}

/// The anchor that hosts an institution: the council, where there is one.
pub(super) fn host(city: &City) -> usize {
    city.anchors.council.map_or(0, |council| council as usize)
}

/// What institutions cost in a month.
struct Costs<'a> {
    city: &'a City,
    all: Vec<Cost>,
}

impl Costs<'_> {
    fn add(&mut self, what: &'static str, a: usize, amount: i64, (financed_by, payee): (Financing, Payee)) {
        if amount > 0 && a < self.city.anchors.len() {
            self.all.push(Cost { what, spender: a as u16, amount, financed_by, payee });
        }
    }

    fn staff(&mut self, what: &'static str, a: usize, fte: f64, financed_by: Financing) {
        let times = &self.city.settings.procurement.staff_time;
        let amount = pence(times.hour_gbp * times.hours_a_month * fte * self.city.scale);
        self.add(what, a, amount, (financed_by, Payee::OwnStaff));
    }

    /// A bill of so many pounds a month in the real city.
    fn bill(&mut self, what: &'static str, gbp: f64, (trade, financed_by): (Sector, Financing)) {
        let amount = pence(gbp * self.city.scale);
        self.add(what, host(self.city), amount, (financed_by, Payee::Trade(trade)));
    }

    /// Money that the host hands on at the end of the month.
    fn money(&mut self, what: &'static str, gbp: f64, financed_by: Financing) -> i64 {
        let amount = pence(gbp * self.city.scale);
        self.add(what, host(self.city), amount, (financed_by, Payee::HandedOn));
        amount
    }
}
