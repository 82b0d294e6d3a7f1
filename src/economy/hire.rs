//! Phase 4, hire: jobs end, employers move staff towards what expected sales need, seekers apply for posts
//! they see, and posts left open go to in-commuters.

use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::links::group_by_owner;
use crate::base::money::{Pence, part};
use crate::base::parallel::map_chunks;
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::employers::{EmployerId, OUTSIDE_EMPLOYERS};
use crate::world::orgs::NOBODY;
use crate::world::suppliers::SupplierId;
use crate::world::workers::{Status, WorkerId};

/// Spread of pay over the posts that an employer adds (standard deviation of the log; that of the published
/// percentiles of pay within sectors).
const PAY_SPREAD: f64 = 0.5;

/// Longest memory, in months, of the means from which search effort is settled in burn-in.
const MEMORY: f64 = 5.0;
/// How strongly search effort answers, during burn-in, to unemployment off the published rate.
const NUDGE: f64 = 0.5;

/// A post to be filled this month.
#[derive(Clone, Copy, Debug)]
struct Post {
    employer: u32,
    /// Pay offered, pence a month at the start's wage level.
    pay: i32,
    sector: u8,
    /// Identity: employer's identity, month and number among its posts.
    key: u64,
    /// Advertised beyond the city only.
    away: bool,
}

/// A post that somebody has left.
#[derive(Clone, Copy, Debug)]
struct Left {
    employer: u32,
    worker: u32,
    pay: i32,
    away: bool,
}

/// One month of the labour market. Off: staff stay, and pay follows sales.
pub fn match_workers(city: &mut City, luck: &Luck) {
    if !city.settings.mechanisms.labour_market {
        return;
    }
    let left = separate(city, luck);
    let (posts, layoffs) = plan_staff(city, &left, luck);
    lay_off(city, &layoffs, luck);
    let taken = seekers_apply(city, &posts, luck);
    commuters_fill(city, &posts, &taken);
    update_tightness(city, posts.len(), taken.iter().filter(|t| **t).count());
}

fn leave(city: &mut City, w: WorkerId) {
    let e = EmployerId(city.workers.employer[w]);
    city.employers.headcount[e] -= 1;
    city.employers.wage_bill[e] -= Pence::from(city.workers.pay[w]);
    city.workers.employer[w] = NOBODY;
    city.workers.pay[w] = 0;
    city.workers.months_out[w] = 0;
    if w.index() < city.workers.residents {
        city.workers.status[w] = Status::Seeking;
    } else {
        city.workers.status[w] = Status::Vacant;
        city.workers.vacant.push(w.0);
    }
}

fn join(city: &mut City, w: WorkerId, post: &Post, pay: i32) {
    let e = EmployerId(post.employer);
    city.employers.headcount[e] += 1;
    city.employers.wage_bill[e] += Pence::from(pay);
    city.workers.employer[w] = post.employer;
    city.workers.pay[w] = pay;
    city.workers.status[w] = Status::Employed;
    if post.sector != u8::MAX {
        city.workers.sector[w] = post.sector;
    }
}

/// End a worker's job; used when a firm closes.
pub fn dismiss(city: &mut City, w: WorkerId) {
    leave(city, w);
}

/// Jobs that end for reasons of the worker: one keyed draw a worker, eight workers to a block of bits.
/// Returns the posts they leave, grouped by employer.
fn separate(city: &mut City, luck: &Luck) -> Vec<Left> {
    let threshold = (city.settings.labour.separation_monthly * 65_536.0).round() as u32;
    let status = city.workers.status.rows();
    let leavers = map_chunks(status.len(), 16_384, |range| {
        let mut out = Vec::new();
        for group in range.start / 8..range.end.div_ceil(8) {
            let bits = luck.block(Purpose::Separation, group as u64, 0);
            for k in 0..8 {
                let w = group * 8 + k;
                let draw = bits[k / 2] >> (16 * (k % 2)) & 0xffff;
                if w < range.end && draw < threshold && status[w] == Status::Employed {
                    out.push(w as u32);
                }
            }
        }
        out
    });
    let leavers = leavers.concat();
    // A post that an in-commuter held is mostly filled from the same area again.
    let same_area = city.settings.labour.refilled_from_same_area;
    let mut left: Vec<Left> = leavers
        .iter()
        .map(|&w| {
            let id = WorkerId(w);
            let commuter = w as usize >= city.workers.residents;
            let away = commuter && luck.chance(same_area, Purpose::Separation, u64::from(w), 1);
            Left { employer: city.workers.employer[id], worker: w, pay: city.workers.pay[id], away }
        })
        .collect();
    left.sort_unstable_by_key(|l| (l.employer, l.worker));
    for w in leavers {
        leave(city, WorkerId(w));
    }
    left
}

/// Pay bill an employer aims at.
pub fn target_bill(city: &City, e: EmployerId) -> Pence {
    if e.index() < city.suppliers.len() {
        let s = SupplierId::from_index(e.index());
        if city.suppliers.active[s] && city.suppliers.zone[s] == Zone::City {
            part(city.suppliers.expected[s], city.suppliers.recipe[s].pay)
        } else {
            0
        }
    } else {
        city.employers.target_bill[e]
    }
}

/// Posts beyond replacement to open, or jobs to end, from the gap between the pay bill aimed at and the one
/// there is. Gaps within half a post are left.
pub fn posts_wanted(gap: Pence, pay_level: i32, hire_speed: f64, layoff_speed: f64) -> i32 {
    let posts = gap as f64 / f64::from(pay_level.max(1));
    if posts > 0.5 {
        (posts * hire_speed).round().max(1.0) as i32
    } else if posts < -0.5 {
        (posts * layoff_speed).round().min(-1.0) as i32
    } else {
        0
    }
}

/// Posts of the month and (employer, jobs to end). A post that somebody left is advertised again at its pay
/// as long as the pay bill aimed at has room for it; posts beyond that have the spread of pay that jobs have.
fn plan_staff(city: &City, left: &[Left], luck: &Luck) -> (Vec<Post>, Vec<(u32, u32)>) {
    let rules = &city.settings.labour;
    let (mut posts, mut layoffs) = (Vec::new(), Vec::new());
    let mut next = 0;
    for i in 0..city.employers.len() {
        let e = EmployerId::from_index(i);
        let mut gap = target_bill(city, e) - city.employers.wage_bill[e];
        let level = city.employers.pay_level[e];
        let (identity, sector) = identity_and_sector(city, i);
        let mut number = 0u64;
        let mut open = |pay: i32, away: bool| {
            let key = (identity << 12 ^ number) & 0x00ff_ffff_ffff_ffff;
            posts.push(Post { employer: i as u32, pay, sector, key, away });
            number += 1;
        };
        while let Some(post) = left.get(next).filter(|l| l.employer == i as u32) {
            if gap - Pence::from(post.pay) >= -Pence::from(level / 2) {
                open(post.pay, post.away);
                gap -= Pence::from(post.pay);
            }
            next += 1;
        }
        // A firm too small for a whole post takes somebody on for part of one.
        if city.employers.headcount[e] == 0 && gap > 0 && gap <= Pence::from(level / 2) {
            open(gap as i32, false);
        }
        let n = posts_wanted(gap, level, rules.hire_gap_closed_monthly, rules.layoff_gap_closed_monthly);
        for k in 0..n.max(0) {
            let u = luck.normal(Purpose::JobOffer, identity, 1 << 20 | k as u32);
            open((f64::from(level) * libm::exp(PAY_SPREAD * u - 0.5 * PAY_SPREAD * PAY_SPREAD)) as i32, false);
        }
        if n < 0 {
            layoffs.push((i as u32, n.unsigned_abs().min(city.employers.headcount[e])));
        }
    }
    (posts, layoffs)
}

fn identity_and_sector(city: &City, i: usize) -> (u64, u8) {
    match city.suppliers.identity.rows().get(i) {
        Some(identity) => (*identity, city.suppliers.sector.rows()[i].index() as u8),
        None => (1 << 43 | i as u64 - city.suppliers.len() as u64, u8::MAX),
    }
}

/// Those with the lowest keyed draw among the staff go.
fn lay_off(city: &mut City, layoffs: &[(u32, u32)], luck: &Luck) {
    if layoffs.is_empty() {
        return;
    }
    let mut going = vec![0u32; city.employers.len()];
    for (e, n) in layoffs {
        going[*e as usize] = *n;
    }
    let employer = city.workers.employer.rows();
    let found = map_chunks(employer.len(), 16_384, |range| {
        range
            .filter(|w| going.get(employer[*w] as usize).is_some_and(|n| *n > 0))
            .map(|w| (employer[w], luck.bits(Purpose::Layoff, w as u64, 0), w as u32))
            .collect::<Vec<_>>()
    });
    let mut staff = found.concat();
    staff.sort_unstable();
    for (e, _, w) in staff {
        if going[e as usize] > 0 {
            going[e as usize] -= 1;
            leave(city, WorkerId(w));
        }
    }
}

/// Propose, group, resolve: each seeker applies for one of the posts it sees; each post takes one applicant.
fn seekers_apply(city: &mut City, posts: &[Post], luck: &Luck) -> Vec<bool> {
    let buckets = city.market.buckets;
    let where_advertised: Vec<Option<u32>> = posts
        .iter()
        .map(|p| (!p.away).then(|| (luck.uniform(Purpose::JobOffer, p.key, 0) * f64::from(buckets)) as u32))
        .collect();
    let board = group_by_owner(buckets as usize, &where_advertised);
    let read: &City = city;
    let found = map_chunks(read.workers.residents, 8_192, |range| {
        range
            .filter(|w| read.workers.status.rows()[*w] == Status::Seeking)
            .filter_map(|w| apply(read, posts, board.row(bucket_of(read, w, luck)), (w, luck)).map(|p| (w as u32, p)))
            .collect::<Vec<_>>()
    });
    let applications = found.concat();
    let to: Vec<Option<u32>> = applications.iter().map(|(_, p)| Some(*p)).collect();
    let by_post = group_by_owner(posts.len(), &to);
    let mut taken = vec![false; posts.len()];
    for (p, post) in posts.iter().enumerate() {
        let best = by_post
            .row(p)
            .iter()
            .map(|a| applications[*a as usize].0)
            .min_by_key(|w| (luck.bits(Purpose::JobOffer, post.key, 1 + *w), *w));
        if let Some(w) = best {
            let id = WorkerId(w);
            let going_rate = f64::from(city.workers.skill_pay[id]) * city.market.wage_index;
            let pay = (going_rate.round() as i32).max(legal_floor(city, id));
            join(city, id, post, pay);
            taken[p] = true;
        }
    }
    taken
}

fn bucket_of(city: &City, w: usize, luck: &Luck) -> usize {
    (luck.uniform(Purpose::JobSearch, w as u64, 0) * f64::from(city.market.buckets)) as usize
}

/// The post a seeker applies for this month, if any: a race over the posts it sees, weighted by experience of
/// the sector and nearness of pay.
fn apply(city: &City, posts: &[Post], seen: &[u32], (w, luck): (usize, &Luck)) -> Option<u32> {
    let rules = &city.settings.labour;
    if luck.uniform(Purpose::JobSearch, w as u64, 1) >= city.market.search_effort {
        return None;
    }
    let id = WorkerId::from_index(w);
    let mine = f64::from(city.workers.skill_pay[id].max(1));
    seen.iter()
        .filter_map(|p| {
            let post = &posts[*p as usize];
            let gap = (f64::from(post.pay) - mine) / (0.5 * (f64::from(post.pay) + mine)) / rules.pay_match_width;
            let near = 1.0 / (1.0 + gap * gap * gap * gap);
            let own = post.sector == city.workers.sector[id] || post.sector == u8::MAX;
            let weight = near * if own { rules.own_sector_pull } else { 1.0 };
            let arrival = luck.arrival(weight, Purpose::JobSearch, w as u64, 2 + (post.key as u32 ^ (post.key >> 32) as u32 | 1));
            (gap.abs() < 2.0).then_some((arrival, *p))
        })
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
        .map(|(_, p)| p)
}

/// The legal minimum for the hours worked, pence a month.
fn legal_floor(city: &City, w: WorkerId) -> i32 {
    (f64::from(city.workers.hours[w]) * city.law.national_living_wage * 100.0 * 52.0 / 12.0).round() as i32
}

fn commuters_fill(city: &mut City, posts: &[Post], taken: &[bool]) {
    let in_city = city.employers.len() - OUTSIDE_EMPLOYERS;
    // Row order of vacant places for commuters is fixed, so who comes does not depend on anything else.
    for (post, _) in posts.iter().zip(taken).filter(|(p, t)| !**t && (p.employer as usize) < in_city) {
        let Some(w) = city.workers.vacant.pop() else { return };
        let pay = (f64::from(post.pay) * city.market.wage_index).round() as i32;
        join(city, WorkerId(w), post, pay);
    }
}

/// During burn-in: the effort at which hires of residents make up for the jobs they leave while unemployment
/// stands at the published rate, from running means over some months of those who leave a job, of the chance
/// that an application succeeds, and of vacancies; nudged while unemployment is off.
fn settle_effort(city: &mut City, seeking: f64, employed: f64, hired: f64) {
    let market = &mut city.market;
    let left = seeking + hired - f64::from(market.seekers);
    let success = hired / (market.search_effort * (seeking + hired)).max(1.0);
    let memory = f64::from(city.month).min(MEMORY);
    let settling = &mut market.settling;
    settling.leavers += (left - settling.leavers) / memory;
    settling.success += (success - settling.success) / memory;
    settling.vacancies += (f64::from(market.vacancies) - settling.vacancies) / memory;
    let at_target = market.target_unemployment * (seeking + employed);
    let steady = settling.leavers / (settling.success * (at_target + settling.leavers)).max(1e-9);
    let off = if city.month < city.burn_in { seeking / at_target.max(1.0) - 1.0 } else { 0.0 };
    market.search_effort = (steady * (1.0 + NUDGE * off)).clamp(0.02, 1.0);
    market.reference_tightness = settling.vacancies / at_target.max(1.0);
}

/// Tightness is averaged; wages of new hires answer to it. During burn-in search effort is set so that
/// unemployment stays at the published rate, and the reference tightness is what then holds.
fn update_tightness(city: &mut City, vacancies: usize, hired: usize) {
    let residents = &city.workers.status.rows()[..city.workers.residents];
    let seeking = residents.iter().filter(|s| **s == Status::Seeking).count();
    let employed = residents.iter().filter(|s| **s == Status::Employed).count();
    let memory = city.settings.labour.tightness_memory_months.max(1.0);
    let now = vacancies as f64 / seeking.max(1) as f64;
    city.market.vacancies = vacancies as u32;
    city.market.tightness += (now - city.market.tightness) / memory;
    if city.burning_in() {
        settle_effort(city, seeking as f64, employed as f64, hired as f64);
    } else if city.settings.mechanisms.prices {
        let ratio = city.market.tightness / city.market.reference_tightness.max(1e-9);
        city.market.wage_index = libm::pow(ratio.clamp(0.2, 5.0), city.settings.labour.wage_response);
    }
    city.market.seekers = seeking as u32;
}
