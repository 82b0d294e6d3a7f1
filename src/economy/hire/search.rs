//! Who takes which post: seekers apply for those they see, in-commuters fill the rest.

use super::{Post, join};
use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::links::group_by_owner;
use crate::base::parallel::map_chunks;
use crate::world::City;
use crate::world::employers::OUTSIDE_EMPLOYERS;
use crate::world::workers::{Status, WorkerId};

/// Propose, group, resolve: each seeker applies for one of the posts it sees; each post takes one applicant.
pub(super) fn seekers_apply(city: &mut City, posts: &[Post], luck: &Luck) -> Vec<bool> {
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
            .filter_map(|w| {
                apply(read, posts, board.row(bucket_of(read, w, luck)), (w, luck)).map(|p| (w as u32, p))
            })
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
            let gap =
                (f64::from(post.pay) - mine) / (0.5 * (f64::from(post.pay) + mine)) / rules.pay_match_width;
            let near = 1.0 / (1.0 + gap * gap * gap * gap);
            let own = post.sector == city.workers.sector[id] || post.sector == u8::MAX;
            let weight = near * if own { rules.own_sector_pull } else { 1.0 };
            let arrival = luck.arrival(
                weight,
                Purpose::JobSearch,
                w as u64,
                2 + (post.key as u32 ^ (post.key >> 32) as u32 | 1),
            );
            (gap.abs() < 2.0).then_some((arrival, *p))
        })
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
        .map(|(_, p)| p)
}

/// The legal minimum for the hours worked, pence a month.
fn legal_floor(city: &City, w: WorkerId) -> i32 {
    (f64::from(city.workers.hours[w]) * city.law.national_living_wage * 100.0 * 52.0 / 12.0).round() as i32
}

pub(super) fn commuters_fill(city: &mut City, posts: &[Post], taken: &[bool]) {
    let in_city = city.employers.len() - OUTSIDE_EMPLOYERS;
    // Row order of vacant places for commuters is fixed, so who comes does not depend on anything else.
    for (post, _) in posts.iter().zip(taken).filter(|(p, t)| !**t && (p.employer as usize) < in_city) {
        let Some(w) = city.workers.vacant.pop() else { return };
        let pay = (f64::from(post.pay) * city.market.wage_index).round() as i32;
        join(city, WorkerId(w), post, pay);
    }
}
