//! Posts, who holds them, and what they pay.

mod commuters;
mod market;
mod posts;
mod residents;

use super::firms::Work;
use super::people::People;
use super::unit;
use crate::base::col::{Col, Id};
use crate::base::draws::Luck;
use crate::base::money::{WHOLE, share};
use crate::place::city::City as Facts;
use crate::place::tax_rules::Paye;
use crate::place::vocabulary::Sector;
use crate::world::employers::{EmployerId, Employers, OUTSIDE_EMPLOYERS};
use crate::world::workers::{Status, WorkerId, Workers};
use commuters::{commuter_rows, commuters, out_commuters};
pub use market::market;
use posts::posts;
use residents::{residents_take, seekers};

/// Employers with their staff, and each supplier's and anchor's employer contributions a month.
pub struct Jobs {
    pub employers: Employers,
    pub employer_ni: Vec<i64>,
}

struct Post {
    employer: u32,
    sector: Sector,
    pay: f64,
}

/// Create the posts and fill them with residents and in-commuters.
pub fn fill(facts: &Facts, scale: f64, work: &mut Work, people: &mut People, luck: &Luck) -> Jobs {
    let posts = posts(facts, scale, work, luck);
    let residents =
        ((facts.commuting.resident_share_of_jobs * posts.len() as f64).round() as usize).min(posts.len());
    let commuting = commuters(facts, &posts, posts.len() - residents, luck);
    let n_employers = work.suppliers.len() + facts.anchors.len() + OUTSIDE_EMPLOYERS;

    let mut held: Vec<(u32, Sector, f64)> = posts
        .iter()
        .zip(&commuting)
        .filter(|(_, away)| !**away)
        .map(|(p, _)| (p.employer, p.sector, p.pay))
        .collect();
    held.extend(out_commuters(facts, &held, n_employers, luck));
    residents_take(facts, &held, people, luck);
    let in_commuters: Vec<&Post> =
        posts.iter().zip(&commuting).filter(|(_, away)| **away).map(|(p, _)| p).collect();
    commuter_rows(facts, &in_commuters, &mut people.workers, luck);
    seekers(facts, people, luck);
    employers(facts, work, &people.workers, n_employers, luck)
}

fn employers(facts: &Facts, work: &Work, workers: &Workers, n: usize, luck: &Luck) -> Jobs {
    let paye = Paye::new(&facts.tax);
    let mut out = Employers {
        headcount: Col::filled(0, n),
        wage_bill: Col::filled(0, n),
        pay_level: Col::filled(0, n),
        target_bill: Col::filled(0, n),
        pension: Col::filled(0, n),
        pay_ratio: Col::filled(WHOLE, n),
        normal_ni: Col::default(),
    };
    let mut employer_ni = vec![0i64; n];
    for i in 0..workers.len() {
        let w = WorkerId::from_index(i);
        if workers.status[w] == Status::Employed {
            let e = EmployerId(workers.employer[w]);
            out.headcount[e] += 1;
            out.wage_bill[e] += i64::from(workers.pay[w]);
            employer_ni[e.index()] += paye.employer_ni(i64::from(workers.pay[w]));
        }
    }
    for (i, ni) in employer_ni.iter().enumerate() {
        let e = EmployerId::from_index(i);
        out.target_bill[e] = out.wage_bill[e];
        let mean = out.wage_bill[e] / i64::from(out.headcount[e].max(1));
        out.pay_level[e] =
            if mean > 0 { mean as i32 } else { 250_000 + (unit(luck, 26, i as u64, 0) * 1e4) as i32 };
        let pension = if i < work.suppliers.len() {
            facts.ownership.forms[work.suppliers.ownership.rows()[i].index()].employer_pension
        } else if i < work.suppliers.len() + facts.anchors.len() {
            facts.anchors[i - work.suppliers.len()].employer_pension
        } else {
            0.0
        };
        out.pension[e] = share(pension);
        out.normal_ni.push(*ni);
    }
    Jobs { employers: out, employer_ni }
}
