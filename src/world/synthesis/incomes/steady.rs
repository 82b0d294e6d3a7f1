//! Incomes that do not depend on this month's work, council tax, and the row that reconciles the total.

use super::{Month, disposable, tenths};
use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::money::pence;
use crate::place::city::City as Facts;
use crate::place::tax_rules::Paye;
use crate::place::vocabulary::Tenure;
use crate::world::households::{HouseholdId, Households};
use crate::world::synthesis::people::People;
use crate::world::synthesis::unit;

/// Maintenance loan or family transfer of an adult outside the labour force in a household without other
/// income, GBP a month (assumed; the maximum student maintenance loan away from home is 10,544 a year).
const MAINTENANCE: f64 = 850.0;
/// Council tax of a household in the lowest tenth over one in the highest (ETB 2017/18, net of support).
const COUNCIL_TAX_LOW: f64 = 0.50;

/// Incomes that do not depend on this month's work, except Universal Credit.
pub(super) fn steady(facts: &Facts, people: &mut People, months: &[Month], luck: &Luck) {
    let (p, law) = (&facts.people, &facts.tax);
    let paye = Paye::new(law);
    let out = &mut people.households;
    let provisional =
        tenths(out, |h| months[h].pay - months[h].deductions_tax + months[h].rents + months[h].dividends);
    for (h, tenth) in provisional.iter().enumerate() {
        let id = HouseholdId::from_index(h);
        let children = f64::from(out.children[id]);
        let pensioners = f64::from(out.pensioners[id]);
        let mut government = pensioners * law.state_pension_week * 52.0 / 12.0 * 0.95;
        if children > 0.0 {
            let week = law.child_benefit_eldest_week + (children - 1.0) * law.child_benefit_other_week;
            government += week * 52.0 / 12.0;
        }
        let mut finance = p.investment_income[usize::from(*tenth)] / 12.0;
        if pensioners > 0.0 {
            let means = match Tenure::from_index(out.tenure[id] as usize) {
                Tenure::Outright | Tenure::Mortgage => 1.25,
                _ => 0.4,
            };
            finance += means * p.private_pension / 12.0
                * libm::exp(0.5 * luck.normal(Purpose::HouseholdMake, h as u64, 3) - 0.125);
        } else {
            government += p.other_benefits[usize::from(*tenth)] / 12.0;
            // Nobody in the household works or would.
            let skills = out.workers_of(h).map(|w| people.workers.skill_pay.rows()[w]);
            if skills.clone().all(|s| s == 0) {
                let adults = f64::from(out.adults[id]);
                finance += MAINTENANCE * adults * (0.8 + 0.4 * unit(luck, 32, h as u64, 0));
            }
        }
        let per_head = if pensioners > 0.0 {
            (pence(finance) as f64 + pence(pensioners * law.state_pension_week * 52.0 / 12.0 * 0.95) as f64)
                / pensioners
        } else {
            0.0
        };
        let s = &mut out.steady[id];
        s.from_government = pence(government) as i32;
        s.from_finance = pence(finance) as i32;
        s.tax = (pensioners * paye.income_tax(per_head)).round() as i32;
    }
    council_tax(facts, out, &provisional);
}

fn council_tax(facts: &Facts, out: &mut Households, provisional: &[u8]) {
    let weight = |d: u8| COUNCIL_TAX_LOW + (1.0 - COUNCIL_TAX_LOW) * f64::from(d) / 9.0;
    let mean = provisional.iter().map(|d| weight(*d)).sum::<f64>() / provisional.len().max(1) as f64;
    let each = facts.people.council_tax_net / facts.people.households / 12.0;
    for (h, d) in provisional.iter().enumerate() {
        out.commitments[HouseholdId::from_index(h)].council_tax = pence(each * weight(*d) / mean) as i32;
    }
}

/// The named reconciling row: other income from outside, in proportion to income held, so that the city's
/// disposable cash income is the published one. Nothing is taken away where synthesis comes out above it.
pub(super) fn reconcile(facts: &Facts, scale: f64, out: &mut Households, months: &[Month]) {
    let have: i64 = (0..out.len()).map(|h| disposable(out, &months[h], h).max(0)).sum();
    let wanted = facts.people.disposable_cash_income * scale * 100.0 / 12.0;
    let missing = ((wanted - have as f64) / have.max(1) as f64).max(0.0);
    for (h, month) in months.iter().enumerate() {
        let more = (disposable(out, month, h).max(0) as f64 * missing).round() as i32;
        out.steady[HouseholdId::from_index(h)].from_finance += more;
    }
}
