//! Which residents hold the posts, and which look for one.

use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::parallel::each;
use crate::place::city::City as Facts;
use crate::place::vocabulary::Sector;
use crate::world::synthesis::people::People;
use crate::world::synthesis::sampling::systematic;
use crate::world::synthesis::unit;
use crate::world::workers::{Status, WorkerId, Workers};
use rayon::prelude::*;

/// Standard full-time hours a week.
const FULL_TIME: f64 = 37.5;

/// Employed residents are chosen by standing, then ordered by standing and matched to posts ordered by pay.
pub(super) fn residents_take(facts: &Facts, held: &[(u32, Sector, f64)], people: &mut People, luck: &Luck) {
    let standing = &people.standing;
    let weights = each(standing.len(), |w| 1.0 / (1.0 + libm::exp(-1.1 - 0.7 * standing[w])));
    let employed = systematic(&weights, held.len(), unit(luck, 22, 0, 0));
    let noisy =
        |x: f64, what: u32, i: usize| x + 0.45 * luck.normal(Purpose::WorkerMake, 1 << 40 | i as u64, what);
    let chosen: Vec<usize> = (0..weights.len()).filter(|&w| employed[w]).collect();
    let mut by_standing =
        each(chosen.len(), |i| (noisy(standing[chosen[i]], 1, chosen[i]), chosen[i] as u32));
    let mut by_pay = each(held.len(), |p| (noisy(libm::log(held[p].2) / 0.6, 2, p), p as u32));
    by_standing.par_sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    by_pay.par_sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for ((_, w), (_, p)) in by_standing.iter().zip(&by_pay) {
        let (employer, sector, pay) = held[*p as usize];
        employ(facts, &mut people.workers, WorkerId(*w), (employer, sector, pay));
    }
}

pub(super) fn employ(
    facts: &Facts,
    workers: &mut Workers,
    id: WorkerId,
    (employer, sector, pay): (u32, Sector, f64),
) {
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

/// Who looks for work, and who outside the labour force would: residents without work, likelier at low standing,
/// with the skill and sector of somebody in work.
pub(super) fn seekers(facts: &Facts, people: &mut People, would: f64, luck: &Luck) {
    let workers = &mut people.workers;
    let with = |workers: &Workers, status| {
        (0..workers.residents).filter(|&i| workers.status.rows()[i] == status).count() as f64
    };
    let u = facts.people.unemployment_rate;
    let n = (with(workers, Status::Employed) * u / (1.0 - u)).round() as usize;
    let (status, standing) = (workers.status.rows(), &people.standing);
    let weights = each(workers.residents, |i| {
        if status[i] == Status::Inactive { libm::exp(-0.5 * standing[i]) } else { 0.0 }
    });
    let chosen = systematic(&weights, n, unit(luck, 24, 0, 0));
    let like_whom: Vec<u32> =
        (0..workers.residents).filter(|i| workers.skill_pay.rows()[*i] > 0).map(|i| i as u32).collect();
    let like = |i: usize| {
        let drawn = (unit(luck, 25, i as u64, 0) * like_whom.len() as f64) as usize;
        like_whom.get(drawn).map(|w| WorkerId(*w))
    };
    for i in (0..workers.residents).filter(|&i| chosen[i]) {
        let id = WorkerId::from_index(i);
        workers.status[id] = Status::Seeking;
        if let Some(other) = like(i) {
            would_work(facts, workers, id, other);
        }
    }
    for i in 0..workers.residents {
        let id = WorkerId::from_index(i);
        if workers.status[id] == Status::Inactive
            && unit(luck, 25, i as u64, 1) < would
            && let Some(other) = like(i)
        {
            would_work(facts, workers, id, other);
        }
    }
}

/// Skill, sector and hours of somebody without work, as of another who has some.
pub(super) fn would_work(facts: &Facts, workers: &mut Workers, id: WorkerId, like: WorkerId) {
    workers.skill_pay[id] = workers.skill_pay[like];
    workers.sector[id] = workers.sector[like];
    workers.hours[id] = hours(facts, f64::from(workers.skill_pay[id]));
}
