//! The anchors' strategic plan: what is agreed, how far each member is bound, and how slowly practice follows.
//!
//! With c the members' own commitment, L = ambition × (least | mean | most of c) is agreed. A member is willing to do
//!
//! w = L where c ≥ L, else c + k (L − c),
//!
//! k being how far falling short has consequences. Of that p = e + (1 − e) r reaches the officers, e being what is left of
//! executives' promises and r the remit of lead staff. Practice x moves towards
//!
//! x* = min(L, p w + q max(0, x̄ − x)),
//!
//! q being the pressure of peers and x̄ their mean practice, at the speed of an oil tanker (a fifth of the gap a year).
//! What is agreed (weights, points, invitations) holds in each member as far as it practises it.

use super::charter::Now;
use crate::economy::plan::{NeedRules, Rules, Scope};
use crate::place::vocabulary::Zone;
use crate::scenario::settings::{Binding, StrategicPlan};
use crate::world::City;

/// The level agreed: ambition times the commitment that binds. `weights` are what each member buys.
pub fn agreed(ambition: f64, rule: Binding, commitment: &[f64], weights: &[f64]) -> f64 {
    let least = commitment.iter().copied().fold(f64::INFINITY, f64::min);
    let most = commitment.iter().copied().fold(0.0, f64::max);
    let all: f64 = weights.iter().sum();
    let mean = if all > 0.0 {
        commitment.iter().zip(weights).map(|(c, w)| c * w).sum::<f64>() / all
    } else {
        commitment.iter().sum::<f64>() / commitment.len().max(1) as f64
    };
    let binds = match rule {
        Binding::Least if commitment.is_empty() => 0.0,
        Binding::Least => least,
        Binding::Mean => mean,
        Binding::Most => most,
    };
    ambition * binds
}

/// What a member is willing to do of what is agreed.
pub fn willing(own: f64, agreed: f64, consequences: f64) -> f64 {
    if own >= agreed { agreed } else { own + consequences * (agreed - own) }
}

/// Part of what executives are willing to do that reaches officers.
pub fn reaches_officers(left: f64, remit: f64) -> f64 {
    left + (1.0 - left) * remit
}

/// Where practice is drawn to.
pub fn drawn_to(agreed: f64, at_officers: f64, peers: f64, (mean, own): (f64, f64)) -> f64 {
    (at_officers + peers * (mean - own).max(0.0)).min(agreed)
}

/// The terms of the plan in each member as far as it practises it.
pub(super) fn bind(city: &City, plan: Option<&Now<StrategicPlan>>, scope: &Option<Scope>, rules: &mut Rules) {
    let (Some(plan), Some(scope)) = (plan, scope) else { return };
    let practice = city.institutions.practice.clone();
    let mut signed_up = vec![false; rules.anchors.len()];
    for (a, c, of) in rules.each() {
        let x = practice.get(a).copied().unwrap_or(0.0);
        if x > 0.0 && scope.has(a, c) {
            terms(&plan.of, x, of);
            signed_up[a] |= of.asks_any_for_local();
        }
    }
    for (anchor, signed) in rules.anchors.iter_mut().zip(signed_up) {
        anchor.signed_up |= signed;
    }
}

/// The agreed terms at a practice of `x`: numbers go that part of the way, words and whole numbers hold from a half on.
fn terms(plan: &StrategicPlan, x: f64, of: &mut NeedRules) {
    if of.social_value_weight < plan.social_value_weight {
        let weight = of.social_value_weight + x * (plan.social_value_weight - of.social_value_weight);
        of.set_weight(|r| &mut r.social_value_weight, weight);
    }
    if plan.local_points > 0.0 {
        of.local_points += plan.local_points * x;
        of.local_up_to_gbp = f64::INFINITY;
        of.local_zone = of.local_zone.max(Zone::City);
    }
    of.definition = plan.definition;
    of.local_invited = of.local_invited.max((f64::from(plan.invite_local) * x).round() as u16);
    of.practice = of.practice.max(x);
}

/// A month of adoption. Without a plan what was practised fades at the same speed.
pub(super) fn adopt(city: &mut City, rules: &Rules) {
    let plan = rules.institutions.plan.as_ref();
    if plan.is_none() && city.institutions.practice.iter().all(|x| *x <= 0.0) {
        return;
    }
    let n = city.anchors.len();
    city.institutions.practice.resize(n, 0.0);
    let of = &city.settings.procurement;
    let rest = &city.settings.institutions;
    let quicker = plan.is_some_and(|plan| plan.of.champions);
    let speed = of.adjustment_yearly / 12.0 * if quicker { rest.champions_speed } else { 1.0 };
    let aims = plan.map_or_else(|| vec![0.0; n], |plan| aims(city, plan));
    for (x, aim) in city.institutions.practice.iter_mut().zip(aims) {
        *x = (*x + speed.min(1.0) * (aim - *x)).clamp(0.0, 1.0);
    }
}

fn aims(city: &City, plan: &Now<StrategicPlan>) -> Vec<f64> {
    let members: Vec<usize> = (0..city.anchors.len()).filter(|a| plan.members[*a]).collect();
    let own = city.anchors.own_commitment.rows();
    let bought: Vec<f64> = members.iter().map(|a| city.anchors.procurement.rows()[*a] as f64).collect();
    let commitment: Vec<f64> = members.iter().map(|a| own[*a]).collect();
    let level = agreed(plan.of.ambition * plan.strength, plan.of.rule, &commitment, &bought);
    let practice = &city.institutions.practice;
    let all: f64 = bought.iter().sum();
    let mean = members.iter().zip(&bought).map(|(a, w)| practice[*a] * w).sum::<f64>() / all.max(1.0);
    let left = reaches_officers(city.settings.institutions.executive_to_officer, plan.of.remit);
    let peers = city.settings.procurement.peer_weight;
    let mut aims = vec![0.0; city.anchors.len()];
    for a in members {
        let at_officers = left * willing(own[a], level, plan.of.consequences);
        aims[a] = drawn_to(level, at_officers, peers, (mean, practice[a]));
    }
    aims
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMITMENT: [f64; 3] = [0.9, 0.3, 0.1];
    const BUYS: [f64; 3] = [50.0, 30.0, 20.0];

    /// Commitment 0.9, 0.3 and 0.1, buying for 50, 30 and 20: least 0.1, mean 0.45 + 0.09 + 0.02 = 0.56, most 0.9; at an
    /// ambition of a half the half of each.
    #[test]
    fn lowest_common_denominator_by_hand() {
        for (rule, expected) in [(Binding::Least, 0.1), (Binding::Mean, 0.56), (Binding::Most, 0.9)] {
            assert!((agreed(1.0, rule, &COMMITMENT, &BUYS) - expected).abs() < 1e-12);
            assert!((agreed(0.5, rule, &COMMITMENT, &BUYS) - expected / 2.0).abs() < 1e-12);
        }
        assert_eq!(agreed(1.0, Binding::Least, &[], &[]), 0.0);
    }

    /// Agreed 0.56: who is at 0.9 does 0.56; who is at 0.3 does 0.3, and with consequences of a half 0.43.
    #[test]
    fn willing_by_hand() {
        assert_eq!(willing(0.9, 0.56, 0.0), 0.56);
        assert_eq!(willing(0.3, 0.56, 0.0), 0.3);
        assert!((willing(0.3, 0.56, 0.5) - 0.43).abs() < 1e-12);
        assert!((willing(0.3, 0.56, 1.0) - 0.56).abs() < 1e-12);
    }

    /// Of executives' promises 0.6 reaches officers; half a remit makes it 0.8, a whole one 1.
    #[test]
    fn loss_on_the_way_by_hand() {
        assert_eq!([0.0, 0.5, 1.0].map(|r| reaches_officers(0.6, r)), [0.6, 0.8, 1.0]);
    }

    /// 0.3 at the officers, peers 0.2 ahead with a weight of a half: 0.4; never beyond what is agreed; peers behind do not
    /// hold back.
    #[test]
    fn peers_by_hand() {
        assert!((drawn_to(0.56, 0.3, 0.5, (0.4, 0.2)) - 0.4).abs() < 1e-12);
        assert_eq!(drawn_to(0.35, 0.3, 0.5, (0.4, 0.2)), 0.35);
        assert_eq!(drawn_to(0.56, 0.3, 0.5, (0.1, 0.2)), 0.3);
    }
}
