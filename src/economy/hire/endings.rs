//! Jobs that end: workers leave, employers lay off.

use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::links::group_by_owner;
use crate::base::money::Pence;
use crate::base::parallel::{CHUNK, map_chunks, rows_where};
use crate::base::philox_wide::{WIDE, lanes_from, lanes_of};
use crate::world::City;
use crate::world::employers::EmployerId;
use crate::world::orgs::NOBODY;
use crate::world::workers::{Status, WorkerId};

/// A post that somebody has left.
#[derive(Clone, Copy, Debug)]
pub(super) struct Left {
    pub(super) employer: u32,
    pub(super) worker: u32,
    pub(super) pay: i32,
    pub(super) post: u32,
    pub(super) sector: u8,
}

fn leave(city: &mut City, w: WorkerId) {
    let e = EmployerId(city.workers.employer[w]);
    city.employers.headcount[e] -= 1;
    city.employers.wage_bill[e] -= Pence::from(city.workers.pay[w]);
    city.workers.employer[w] = NOBODY;
    city.workers.post[w] = NOBODY;
    city.workers.pay[w] = 0;
    city.workers.months_out[w] = 0;
    if w.index() < city.workers.residents {
        city.workers.status[w] = Status::Seeking;
    } else {
        city.workers.status[w] = Status::Outside;
    }
}

/// End a worker's job; used when a firm closes.
pub fn dismiss(city: &mut City, w: WorkerId) {
    leave(city, w);
}

/// Jobs that end for reasons of the worker: one keyed draw a worker, eight workers to a block of bits.
/// Returns the posts they leave, grouped by employer.
pub(super) fn separate(city: &mut City, luck: &Luck) -> Vec<Left> {
    let threshold = (city.settings.labour.separation_monthly * 65_536.0).round() as u32;
    let status = city.workers.status.rows();
    let leavers = map_chunks(status.len(), 16_384, |range| {
        let mut out = Vec::new();
        for first in range.clone().step_by(8 * WIDE) {
            let bits = luck.blocks(Purpose::Separation, lanes_from(first as u32 / 8), [0; WIDE]);
            for (k, words) in bits.iter().enumerate() {
                let below = |word: &u32| word & 0xffff < threshold || word >> 16 < threshold;
                if !words.iter().fold(false, |any, word| any | below(word)) {
                    continue;
                }
                for (lane, word) in words.iter().enumerate() {
                    for (half, draw) in [word & 0xffff, word >> 16].into_iter().enumerate() {
                        if draw < threshold {
                            out.push((first + 8 * lane + 2 * k + half) as u32);
                        }
                    }
                }
            }
        }
        out.retain(|w| (*w as usize) < range.end && status[*w as usize] == Status::Employed);
        out.sort_unstable();
        out
    });
    let leavers = leavers.concat();
    let mut left: Vec<Left> = leavers
        .iter()
        .map(|&w| {
            let (id, of) = (WorkerId(w), &city.workers);
            Left {
                employer: of.employer[id],
                worker: w,
                pay: of.pay[id],
                post: of.post[id],
                sector: of.sector[id],
            }
        })
        .collect();
    left.sort_unstable_by_key(|l| (l.employer, l.worker));
    for w in leavers {
        leave(city, WorkerId(w));
    }
    left
}

/// Those with the lowest keyed draw among the staff go.
pub(super) fn lay_off(city: &mut City, layoffs: &[(u32, u32)], luck: &Luck) {
    if layoffs.is_empty() {
        return;
    }
    let mut place = vec![0; city.employers.len()];
    let mut lays_off = vec![false; city.employers.len()];
    for (k, (e, _)) in layoffs.iter().enumerate() {
        place[*e as usize] = k as u32;
        lays_off[*e as usize] = true;
    }
    let staff = staff_of(city, &lays_off);
    let draws = map_chunks(staff.len(), 2_048, |range| {
        let mut draws = Vec::with_capacity(range.len());
        for some in staff[range].chunks(WIDE) {
            let bits = luck.blocks(Purpose::Layoff, lanes_of(some, |w| *w), [0; WIDE]);
            let of = |(lane, w): (usize, &u32)| (bits[0][lane], bits[1][lane], *w);
            draws.extend(some.iter().enumerate().map(of));
        }
        draws
    });
    let draws = draws.concat();
    let at = |w: &u32| Some(place[city.workers.employer[WorkerId(*w)] as usize]);
    let by_employer = group_by_owner(layoffs.len(), &staff.iter().map(at).collect::<Vec<_>>());
    for (k, (_, n)) in layoffs.iter().enumerate() {
        let mut of: Vec<_> = by_employer.row(k).iter().map(|i| draws[*i as usize]).collect();
        let n = (*n as usize).min(of.len());
        if n < of.len() {
            of.select_nth_unstable(n);
        }
        for (.., w) in &of[..n] {
            leave(city, WorkerId(*w));
        }
    }
}

/// The staff of the employers for whom this is true, in the order of workers.
pub fn staff_of(city: &City, employers: &[bool]) -> Vec<u32> {
    // Who has no employer has one more that is not asked for, so that nobody has to be told apart.
    let asked_for: Vec<bool> = employers.iter().copied().chain([false]).collect();
    let (of, none) = (city.workers.employer.rows(), employers.len());
    let is_of = |w: usize| asked_for[(of[w] as usize).min(none)];
    map_chunks(of.len(), CHUNK, |range| rows_where(range, is_of)).concat()
}
