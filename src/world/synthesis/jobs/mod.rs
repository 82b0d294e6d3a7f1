//! Posts, who holds them, and what they pay.

mod commuters;
mod market;
mod posts;
mod residents;

use super::firms::Work;
use super::people::People;

use super::unit;
use crate::base::col::Id;
use crate::base::draws::Luck;
use crate::base::money::share;
use crate::place::city::{City as Facts, SECTORS};
use crate::place::tax_rules::Paye;
use crate::place::vocabulary::Sector;
use crate::scenario::settings::Settings;
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

#[derive(Clone, Copy)]
struct Post {
    employer: u32,
    sector: Sector,
    pay: f64,
}

/// Create the posts and fill them with residents and in-commuters.
pub fn fill(facts: &Facts, settings: &Settings, work: &mut Work, people: &mut People, luck: &Luck) -> Jobs {
    let rules = &settings.labour;
    let posts = posts(facts, settings.run.scale, work, luck);
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
    seekers(facts, people, rules.would_work_share, luck);
    commuter_rows(facts, &in_commuters, rules.outside_pool, &mut people.workers, luck);
    employers(facts, work, &mut people.workers, n_employers, luck)
}

fn employers(facts: &Facts, work: &Work, workers: &mut Workers, n: usize, luck: &Luck) -> Jobs {
    let paye = Paye::new(&facts.tax);
    let mut out = Employers::without_posts(n);
    let mut employer_ni = vec![0i64; n];
    let mut staff: Vec<Vec<i32>> = vec![Vec::new(); n];
    for i in 0..workers.len() {
        let w = WorkerId::from_index(i);
        if workers.status[w] == Status::Employed {
            let e = EmployerId(workers.employer[w]);
            out.headcount[e] += 1;
            staff[e.index()].push(workers.pay[w]);
            out.wage_bill[e] += i64::from(workers.pay[w]);
            employer_ni[e.index()] += paye.employer_ni(i64::from(workers.pay[w]));
        }
    }
    let of_sector = pay_by_sector(work, &staff);
    for (i, ni) in employer_ni.iter().enumerate() {
        let e = EmployerId::from_index(i);
        out.target_bill[e] = out.wage_bill[e];
        let mut staff = std::mem::take(&mut staff[i]);
        if staff.is_empty() {
            staff = two_posts(work, &of_sector, i, luck);
        }
        let mean = staff.iter().map(|p| i64::from(*p)).sum::<i64>() / staff.len().max(1) as i64;
        out.pay_level[e] = mean as i32;
        out.posts.push_row(staff);
        let pension = if i < work.suppliers.len() {
            facts.ownership.forms[work.suppliers.ownership.rows()[i].index()].employer_pension
        } else if i < work.suppliers.len() + facts.anchors.len() {
            facts.anchors[i - work.suppliers.len()].employer_pension
        } else {
            0.0
        };
        out.pension[e] = share(pension);
        out.normal_ni[e] = *ni;
    }
    number_posts(&out, workers);
    Jobs { employers: out, employer_ni }
}

/// Pay of all posts of each sector's suppliers.
fn pay_by_sector(work: &Work, staff: &[Vec<i32>]) -> Vec<Vec<i32>> {
    let mut out = vec![Vec::new(); SECTORS];
    for (sector, pay) in work.suppliers.sector.iter().zip(staff) {
        out[sector.index()].extend_from_slice(pay);
    }
    out
}

/// The posts of a place that stands vacant: two, like any of its sector.
fn two_posts(work: &Work, of_sector: &[Vec<i32>], i: usize, luck: &Luck) -> Vec<i32> {
    let Some(sector) = work.suppliers.sector.rows().get(i) else { return Vec::new() };
    let all = &of_sector[sector.index()];
    let draw = |k: u32| all.get((unit(luck, 26, i as u64, k) * all.len() as f64) as usize).copied();
    (0..2).filter_map(draw).collect()
}

/// Each worker holds one of the employer's posts, in the order of workers.
fn number_posts(employers: &Employers, workers: &mut Workers) {
    let mut next: Vec<u32> = employers.posts.starts()[..employers.len()].to_vec();
    for i in 0..workers.len() {
        let w = WorkerId::from_index(i);
        if workers.status[w] == Status::Employed {
            let post = &mut next[workers.employer[w] as usize];
            workers.post[w] = *post;
            *post += 1;
        }
    }
}
