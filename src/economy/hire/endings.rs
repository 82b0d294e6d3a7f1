//! Jobs that end: workers leave, employers lay off.

use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::money::Pence;
use crate::base::parallel::map_chunks;
use crate::world::City;
use crate::world::employers::EmployerId;
use crate::world::orgs::NOBODY;
use crate::world::workers::{Status, WorkerId};
use rayon::prelude::*;

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
    staff.par_sort_unstable();
    for (e, _, w) in staff {
        if going[e as usize] > 0 {
            going[e as usize] -= 1;
            leave(city, WorkerId(w));
        }
    }
}
