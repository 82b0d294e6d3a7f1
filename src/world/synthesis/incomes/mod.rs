//! What households receive and owe in the starting month, their tenth, and how they spend.

mod credits;
mod housing;
mod owners;
mod spending;
mod steady;

use super::firms::Work;
use super::jobs::Jobs;
use super::people::People;
use crate::base::col::{Col, Id};
use crate::base::draws::Luck;
use crate::base::parallel::each;
use crate::place::city::City as Facts;
use crate::place::tax_rules::Paye;
use crate::world::households::{HouseholdId, Households, Landlord};
use crate::world::orgs::Orgs;
use crate::world::workers::{Status, Workers};
use credits::credits;
use housing::{commitments, landlords};
use owners::{city_dividends, owners, share_outs};
use rayon::prelude::*;
pub use spending::settle;
use spending::spending;
use steady::{reconcile, steady};

/// Share of the months in which an owner's firm is open: a place stands vacant three months after the one
/// closing in ten years that firms have on average (derived from the death rate).
const OPEN: f64 = 0.975;

/// A household's month at the start, before it shops (pence).
#[derive(Clone, Copy, Default)]
struct Month {
    pay: i64,
    deductions_tax: i64,
    pension: i64,
    dividends: i64,
    rents: i64,
    credit: i64,
}

/// Fill in owners, landlords, steady incomes, deciles and spending rules.
pub fn incomes(facts: &Facts, scale: f64, people: &mut People, work: &mut Work, jobs: &Jobs, luck: &Luck) {
    let orgs = Orgs { suppliers: work.suppliers.len() as u32, anchors: facts.anchors.len() as u32 };
    let n = people.households.len();
    // The month as it is, and as it is on average: everybody in the labour force is out of work now and then,
    // so that tenths and spending habits follow what a household earns in the long run.
    let mut now = earnings(facts, &people.households, &people.workers, false);
    let mut normal = earnings(facts, &people.households, &people.workers, true);
    owners(facts, people, work, luck);
    share_outs(facts, people, work, jobs, (&mut now, &mut normal));
    for (owner, amount) in city_dividends(facts, work, jobs) {
        now[owner as usize].dividends += amount;
        normal[owner as usize].dividends += (amount as f64 * OPEN) as i64;
    }
    commitments(facts, &mut people.households, &normal, luck);
    landlords(facts, &orgs, &mut people.households, luck);
    for h in 0..n {
        let id = HouseholdId::from_index(h);
        if let Landlord::Household(l) = people.households.landlord[id] {
            let rent = f64::from(people.households.commitments[id].rent);
            let rent = (rent * (1.0 - facts.tax.basic_rate)).round() as i64;
            now[l.index()].rents += rent;
            normal[l.index()].rents += rent;
        }
    }
    steady(facts, people, &normal, luck);
    credits(facts, scale, people, (&mut now, &mut normal), luck);
    reconcile(facts, scale, &mut people.households, &normal);
    rank(&mut people.households, &normal);
    spending(facts, &mut people.households, (&now, &normal));
}

fn earnings(facts: &Facts, households: &Households, workers: &Workers, normal: bool) -> Vec<Month> {
    let paye = Paye::new(&facts.tax);
    let in_work = share_of_time_in_work(workers);
    each(households.len(), |h| {
        let mut month = Month::default();
        for w in households.workers_of(h) {
            let pay = i64::from(if normal { workers.skill_pay.rows()[w] } else { workers.pay.rows()[w] });
            let d = paye.deductions(pay);
            let part_of = |x: i64| if normal { (x as f64 * in_work) as i64 } else { x };
            month.pay += part_of(pay);
            month.deductions_tax += part_of(d.income_tax + d.employee_ni);
            month.pension += part_of(d.pension);
        }
        month
    })
}

/// Residents in work over all who work or would: who moves into and out of work at the same rates is in work for
/// that share of the time.
fn share_of_time_in_work(workers: &Workers) -> f64 {
    let residents = || (0..workers.residents).filter(|w| workers.skill_pay.rows()[*w] > 0);
    let employed = residents().filter(|w| workers.status.rows()[*w] == Status::Employed).count();
    employed as f64 / residents().count().max(1) as f64
}

fn disposable(out: &Households, month: &Month, h: usize) -> i64 {
    let id = HouseholdId::from_index(h);
    receipts(out, month, h)
        - direct_tax(out, month, h)
        - month.pension
        - i64::from(out.commitments[id].council_tax)
}

fn receipts(out: &Households, month: &Month, h: usize) -> i64 {
    let s = &out.steady[HouseholdId::from_index(h)];
    month.pay
        + month.credit
        + month.dividends
        + month.rents
        + i64::from(s.from_government)
        + i64::from(s.from_finance)
}

fn direct_tax(out: &Households, month: &Month, h: usize) -> i64 {
    month.deductions_tax + i64::from(out.steady[HouseholdId::from_index(h)].tax)
}

/// Tenths of households by an amount, equivalised by the modified OECD scale.
fn tenths(out: &Households, amount: impl Fn(usize) -> i64 + Sync + Send) -> Vec<u8> {
    let mut order = each(out.len(), |h| {
        let id = HouseholdId::from_index(h);
        let adults = f64::from(out.adults[id].max(1));
        let scale = 0.67 + 0.33 * (adults - 1.0) + 0.2 * f64::from(out.children[id]);
        (amount(h) as f64 / scale, h as u32)
    });
    order.par_sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut tenth = vec![0u8; out.len()];
    for (place, (_, h)) in order.iter().enumerate() {
        tenth[*h as usize] = (place * 10 / out.len().max(1)) as u8;
    }
    tenth
}

fn rank(out: &mut Households, months: &[Month]) {
    let tenth = tenths(out, |h| disposable(out, &months[h], h));
    out.decile = Col::from_vec(tenth);
    for h in 0..out.len() {
        let id = HouseholdId::from_index(h);
        out.budget[id] = u16::from(out.decile[id]);
    }
}
