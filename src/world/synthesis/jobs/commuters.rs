//! Those who cross the city's border to work: in-commuters and out-commuters.

use super::Post;
use super::residents::{employ, would_work};
use crate::base::col::Id;
use crate::base::draws::Luck;
use crate::base::parallel::each;
use crate::place::city::City as Facts;
use crate::place::vocabulary::Sector;
use crate::world::employers::OUTSIDE_EMPLOYERS;
use crate::world::orgs::NOBODY;
use crate::world::synthesis::sampling::systematic;
use crate::world::synthesis::unit;
use crate::world::workers::{Status, WorkerId, Workers};

/// Which posts in-commuters hold: the better paid ones are likelier, until their mean pay stands to the
/// residents' as published.
pub(super) fn commuters(facts: &Facts, posts: &[Post], n: usize, luck: &Luck) -> Vec<bool> {
    let sample: Vec<f64> = posts.iter().step_by(7).map(|p| p.pay).collect();
    let ratio_at = |lean: f64| {
        let (mut pay_in, mut w_in, mut pay_out, mut w_out) = (0.0, 0.0, 0.0, 0.0);
        let weights = each(sample.len(), |i| libm::pow(sample[i], lean));
        let norm = weights.iter().sum::<f64>() / weights.len() as f64;
        let c = n as f64 / posts.len() as f64;
        for (pay, w) in sample.iter().zip(weights) {
            let q = (c * w / norm).min(1.0);
            pay_in += q * pay;
            w_in += q;
            pay_out += (1.0 - q) * pay;
            w_out += 1.0 - q;
        }
        (pay_in / w_in) / (pay_out / w_out)
    };
    let (mut low, mut high) = (0.0, 3.0);
    for _ in 0..30 {
        let mid = 0.5 * (low + high);
        if ratio_at(mid) < facts.people.commuter_pay_ratio { low = mid } else { high = mid }
    }
    let weights = each(posts.len(), |i| libm::pow(posts[i].pay, low));
    systematic(&weights, n, unit(luck, 20, 0, 0))
}

/// Posts outside the city that residents hold.
pub(super) fn out_commuters(
    facts: &Facts,
    held: &[(u32, Sector, f64)],
    n_employers: usize,
    luck: &Luck,
) -> Vec<(u32, Sector, f64)> {
    let away = facts.commuting.out_commuter_share;
    let n = (held.len() as f64 * away / (1.0 - away)).round() as usize;
    each(n, |i| {
        let like = &held[(unit(luck, 21, i as u64, 0) * held.len() as f64) as usize % held.len().max(1)];
        let region = unit(luck, 21, i as u64, 1) < facts.commuting.out_to_region;
        let pool = n_employers - OUTSIDE_EMPLOYERS + usize::from(!region);
        (pool as u32, like.1, like.2 * 1.05)
    })
}

/// In-commuters, then `pool` people outside for each of them who would take a job in the city: alike in skill,
/// sector and home.
pub(super) fn commuter_rows(facts: &Facts, posts: &[&Post], pool: f64, workers: &mut Workers, luck: &Luck) {
    let rows = posts.len() + (posts.len() as f64 * pool).round() as usize;
    for i in 0..rows {
        workers.household.push(NOBODY);
        workers.employer.push(NOBODY);
        workers.post.push(NOBODY);
        workers.status.push(Status::Outside);
        workers.sector.push(0);
        workers.pay.push(0);
        workers.skill_pay.push(0);
        workers.hours.push(0);
        let region = unit(luck, 23, i as u64, 0) < facts.commuting.in_from_region;
        let id = workers.home.push(if region { 1 } else { 2 });
        workers.months_out.push(0);
        if let Some(post) = posts.get(i) {
            employ(facts, workers, id, (post.employer, post.sector, post.pay));
        } else {
            let like = (unit(luck, 23, i as u64, 1) * posts.len() as f64) as usize;
            would_work(facts, workers, id, WorkerId::from_index(workers.residents + like));
        }
    }
}
