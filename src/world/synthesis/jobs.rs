//! Posts, who holds them, and what they pay.

use super::firms::Work;
use super::people::People;
use super::sampling::{Shape, systematic};
use super::unit;
use crate::base::col::{Col, Id};
use crate::base::draws::{Luck, Purpose};
use crate::base::money::{WHOLE, share};
use crate::place::city::{City as Facts, SECTORS};
use crate::place::tax_rules::Paye;
use crate::place::vocabulary::Sector;
use crate::scenario::settings::Settings;
use crate::world::employers::{EmployerId, Employers, OUTSIDE_EMPLOYERS};
use crate::world::market::Market;
use crate::world::orgs::NOBODY;
use crate::world::workers::{Status, WorkerId, Workers};
use rayon::prelude::*;

/// Spread of pay within a sector relative to the spread over all jobs (assumed: sectors explain the rest).
const SPREAD_WITHIN: f64 = 0.74;
/// Rows kept for in-commuters beyond those at the start.
const SPARE_COMMUTERS: f64 = 0.35;
/// Standard full-time hours a week.
const FULL_TIME: f64 = 37.5;

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
    let residents = ((facts.commuting.resident_share_of_jobs * posts.len() as f64).round() as usize).min(posts.len());
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
    let in_commuters: Vec<&Post> = posts.iter().zip(&commuting).filter(|(_, away)| **away).map(|(p, _)| p).collect();
    commuter_rows(facts, &in_commuters, &mut people.workers, luck);
    seekers(facts, people, luck);
    employers(facts, work, &people.workers, n_employers, luck)
}

/// Every post in the city with its pay: a sector base, a premium of the firm, and a spread within.
fn posts(facts: &Facts, scale: f64, work: &Work, luck: &Luck) -> Vec<Post> {
    let shape = Shape::new(&facts.people.pay_percentiles, SPREAD_WITHIN);
    let mut posts = Vec::new();
    for (i, &n) in work.headcount.iter().enumerate() {
        let s = crate::world::suppliers::SupplierId::from_index(i);
        let identity = work.suppliers.identity[s];
        let premium = libm::exp(0.03 * libm::log(f64::from(n.max(1))) + 0.1 * luck.normal(Purpose::FirmMake, identity, 1));
        for k in 0..n {
            let pay = premium * shape.at(luck.uniform(Purpose::FirmMake, identity, 16 + k));
            posts.push(Post { employer: i as u32, sector: work.suppliers.sector[s], pay });
        }
    }
    scale_to_compensation(facts, scale, work, &mut posts);
    let first_anchor = work.suppliers.len() as u32;
    for (a, anchor) in facts.anchors.iter().enumerate() {
        let staff = (anchor.staff * scale).round() as u32;
        for k in 0..staff {
            let sector = anchor_sector(anchor, f64::from(k) / f64::from(staff.max(1)));
            let u = luck.uniform(Purpose::FirmMake, 1 << 50 | a as u64, k);
            posts.push(Post { employer: first_anchor + a as u32, sector, pay: shape.at(u) * anchor.mean_pay * 100.0 / 12.0 });
        }
    }
    posts
}

fn anchor_sector(anchor: &crate::place::city::AnchorFacts, at: f64) -> Sector {
    let mut sum = 0.0;
    for (sector, part) in &anchor.sections {
        sum += part;
        if at < sum {
            return *sector;
        }
    }
    anchor.sections.last().map_or(Sector::O, |(s, _)| *s)
}

/// Scale each sector's pay so that pay, employer contributions and pensions together are the sector's
/// compensation of employees, less what the anchors' staff in the sector are paid.
fn scale_to_compensation(facts: &Facts, scale: f64, work: &Work, posts: &mut [Post]) {
    let paye = Paye::new(&facts.tax);
    for of in &facts.sectors {
        let anchors: f64 = facts
            .anchors
            .iter()
            .flat_map(|a| a.sections.iter().map(move |(s, part)| (a, *s, *part)))
            .filter(|(_, s, _)| *s == of.sector)
            .map(|(a, _, part)| a.staff * part * a.mean_pay * (1.0 + a.employer_pension + 0.12))
            .sum();
        let per_job = of.compensation / of.jobs.max(1.0);
        let jobs = posts.iter().filter(|p| p.sector == of.sector).count() as f64;
        // Where the anchors' pay would leave too little, the section's own average stands.
        let target = ((of.compensation - anchors) * scale).max(0.6 * per_job * jobs) * 100.0 / 12.0;
        let mut factor = 1.0;
        for _ in 0..8 {
            let cost: f64 = posts
                .iter()
                .filter(|p| p.sector == of.sector)
                .map(|p| {
                    let form = work.suppliers.ownership.rows()[p.employer as usize];
                    let pension = facts.ownership.forms[form.index()].employer_pension;
                    let pay = p.pay * factor;
                    pay * (1.0 + pension) + paye.employer_ni(pay as i64) as f64
                })
                .sum();
            if cost > 0.0 {
                factor *= target / cost;
            }
        }
        for post in posts.iter_mut().filter(|p| p.sector == of.sector) {
            post.pay *= factor;
        }
    }
}

/// Which posts in-commuters hold: the better paid ones are likelier, until their mean pay stands to the
/// residents' as published.
fn commuters(facts: &Facts, posts: &[Post], n: usize, luck: &Luck) -> Vec<bool> {
    let ratio_at = |lean: f64| {
        let (mut pay_in, mut w_in, mut pay_out, mut w_out) = (0.0, 0.0, 0.0, 0.0);
        let weights: Vec<f64> = posts.iter().step_by(7).map(|p| libm::pow(p.pay, lean)).collect();
        let norm = weights.iter().sum::<f64>() / weights.len() as f64;
        let c = n as f64 / posts.len() as f64;
        for (p, w) in posts.iter().step_by(7).zip(weights) {
            let q = (c * w / norm).min(1.0);
            pay_in += q * p.pay;
            w_in += q;
            pay_out += (1.0 - q) * p.pay;
            w_out += 1.0 - q;
        }
        (pay_in / w_in) / (pay_out / w_out)
    };
    let (mut low, mut high) = (0.0, 3.0);
    for _ in 0..30 {
        let mid = 0.5 * (low + high);
        if ratio_at(mid) < facts.people.commuter_pay_ratio { low = mid } else { high = mid }
    }
    let weights: Vec<f64> = posts.iter().map(|p| libm::pow(p.pay, low)).collect();
    systematic(&weights, n, unit(luck, 20, 0, 0))
}

/// Posts outside the city that residents hold.
fn out_commuters(facts: &Facts, held: &[(u32, Sector, f64)], n_employers: usize, luck: &Luck) -> Vec<(u32, Sector, f64)> {
    let away = facts.commuting.out_commuter_share;
    let n = (held.len() as f64 * away / (1.0 - away)).round() as usize;
    (0..n)
        .map(|i| {
            let like = &held[(unit(luck, 21, i as u64, 0) * held.len() as f64) as usize % held.len().max(1)];
            let region = unit(luck, 21, i as u64, 1) < facts.commuting.out_to_region;
            let pool = n_employers - OUTSIDE_EMPLOYERS + usize::from(!region);
            (pool as u32, like.1, like.2 * 1.05)
        })
        .collect()
}

/// Employed residents are chosen by standing, then ordered by standing and matched to posts ordered by pay.
fn residents_take(facts: &Facts, held: &[(u32, Sector, f64)], people: &mut People, luck: &Luck) {
    let weights: Vec<f64> = people.standing.iter().map(|z| 1.0 / (1.0 + libm::exp(-1.1 - 0.7 * z))).collect();
    let employed = systematic(&weights, held.len(), unit(luck, 22, 0, 0));
    let noisy = |x: f64, what: u32, i: usize| x + 0.45 * luck.normal(Purpose::WorkerMake, 1 << 40 | i as u64, what);
    let mut by_standing: Vec<(f64, u32)> = (0..weights.len())
        .filter(|&w| employed[w])
        .map(|w| (noisy(people.standing[w], 1, w), w as u32))
        .collect();
    let mut by_pay: Vec<(f64, u32)> =
        (0..held.len()).map(|p| (noisy(libm::log(held[p].2) / 0.6, 2, p), p as u32)).collect();
    by_standing.par_sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    by_pay.par_sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for ((_, w), (_, p)) in by_standing.iter().zip(&by_pay) {
        let (employer, sector, pay) = held[*p as usize];
        employ(facts, &mut people.workers, WorkerId(*w), (employer, sector, pay));
    }
}

fn employ(facts: &Facts, workers: &mut Workers, id: WorkerId, (employer, sector, pay): (u32, Sector, f64)) {
    workers.employer[id] = employer;
    workers.status[id] = Status::Employed;
    workers.sector[id] = sector.index() as u8;
    workers.pay[id] = pay.round().max(1.0) as i32;
    workers.skill_pay[id] = workers.pay[id];
    workers.hours[id] = hours(facts, pay);
}

/// Hours a week: full time, or as many as the pay buys at the legal minimum.
fn hours(facts: &Facts, pay: f64) -> u8 {
    let at_minimum = pay / 100.0 * 12.0 / 52.0 / facts.tax.national_living_wage;
    at_minimum.min(FULL_TIME).floor().max(1.0) as u8
}

fn commuter_rows(facts: &Facts, posts: &[&Post], workers: &mut Workers, luck: &Luck) {
    let rows = posts.len() + (posts.len() as f64 * SPARE_COMMUTERS) as usize + 16;
    for i in 0..rows {
        workers.household.push(NOBODY);
        workers.employer.push(NOBODY);
        workers.status.push(Status::Vacant);
        workers.sector.push(0);
        workers.pay.push(0);
        workers.skill_pay.push(0);
        workers.hours.push(0);
        let region = unit(luck, 23, i as u64, 0) < facts.commuting.in_from_region;
        let id = workers.home.push(if region { 1 } else { 2 });
        workers.months_out.push(0);
        if let Some(post) = posts.get(i) {
            employ(facts, workers, id, (post.employer, post.sector, post.pay));
        }
    }
    let first = workers.residents + posts.len();
    workers.vacant = (first..workers.len()).rev().map(|i| i as u32).collect();
}

/// The unemployed: residents without work, likelier at low standing.
fn seekers(facts: &Facts, people: &mut People, luck: &Luck) {
    let workers = &mut people.workers;
    let employed = (0..workers.residents).filter(|&i| workers.status.rows()[i] == Status::Employed).count() as f64;
    let u = facts.people.unemployment_rate;
    let n = (employed * u / (1.0 - u)).round() as usize;
    let weights: Vec<f64> = (0..workers.residents)
        .map(|i| {
            if workers.status.rows()[i] == Status::Employed { 0.0 } else { libm::exp(-0.5 * people.standing[i]) }
        })
        .collect();
    let chosen = systematic(&weights, n, unit(luck, 24, 0, 0));
    let like_whom: Vec<u32> =
        (0..workers.residents).filter(|i| workers.skill_pay.rows()[*i] > 0).map(|i| i as u32).collect();
    for i in (0..workers.residents).filter(|&i| chosen[i]) {
        let id = WorkerId::from_index(i);
        let drawn = (unit(luck, 25, i as u64, 0) * like_whom.len() as f64) as usize;
        workers.status[id] = Status::Seeking;
        if let Some(&like) = like_whom.get(drawn) {
            workers.skill_pay[id] = workers.skill_pay[WorkerId(like)];
            workers.sector[id] = workers.sector[WorkerId(like)];
        }
        workers.hours[id] = hours(facts, f64::from(workers.skill_pay[id]));
    }
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
    for i in 0..n {
        let e = EmployerId::from_index(i);
        out.target_bill[e] = out.wage_bill[e];
        let mean = out.wage_bill[e] / i64::from(out.headcount[e].max(1));
        out.pay_level[e] = if mean > 0 { mean as i32 } else { 250_000 + (unit(luck, 26, i as u64, 0) * 1e4) as i32 };
        let pension = if i < work.suppliers.len() {
            facts.ownership.forms[work.suppliers.ownership.rows()[i].index()].employer_pension
        } else if i < work.suppliers.len() + facts.anchors.len() {
            facts.anchors[i - work.suppliers.len()].employer_pension
        } else {
            0.0
        };
        out.pension[e] = share(pension);
        out.normal_ni.push(employer_ni[i]);
    }
    Jobs { employers: out, employer_ni }
}

/// The labour market's reference state, and the outside demand still to be filled in.
pub fn market(facts: &Facts, settings: &Settings, workers: &Workers) -> Market {
    let posts = workers.status.iter().filter(|s| **s == Status::Employed).count() as f64;
    let seekers = workers.status.iter().filter(|s| **s == Status::Seeking).count().max(1) as f64;
    let vacancies = posts * settings.labour.separation_monthly;
    let tightness = vacancies / seekers;
    Market {
        wage_index: 1.0,
        tightness,
        reference_tightness: tightness,
        search_effort: 0.5,
        settling: Default::default(),
        target_unemployment: facts.people.unemployment_rate,
        buckets: ((vacancies / f64::from(settings.labour.vacancies_seen.max(1))).round() as u32).max(1),
        exports: [0; SECTORS],
        export_payers: facts_payers(facts),
        outlet_pools: Vec::new(),
        link_pools: Vec::new(),
        trades: Vec::new(),
        place_of_sale: facts.consumption.place_of_sale,
        water_share: facts.consumption.water_share,
        vat_share: facts.consumption.vat_share.map(share),
        closing_hazard: closing_hazard(facts),
        demand_ratio: [1.0; SECTORS],
        closed: 0,
        opened: 0,
        vacancies: vacancies as u32,
        seekers: seekers as u32,
    }
}

fn facts_payers(facts: &Facts) -> [[f64; 4]; SECTORS] {
    let mut payers = [[0.0; 4]; SECTORS];
    for of in &facts.sectors {
        payers[of.sector.index()] = of.export_payers;
    }
    payers
}

/// Monthly hazards that give the published survival of young firms, and the published death rate among the
/// older ones (whose mean age is taken to be long beside five years).
fn closing_hazard(facts: &Facts) -> [f64; 6] {
    let mut hazard = [0.0; 6];
    let mut before = 1.0;
    for (year, alive) in facts.demography.survival.iter().enumerate() {
        hazard[year] = 1.0 - libm::pow((alive / before).clamp(0.01, 1.0), 1.0 / 12.0);
        before = *alive;
    }
    hazard[5] = 0.5 * facts.demography.death_rate / 12.0;
    hazard
}
