//! Dye in pay packets.

use super::ledger::ROUNDS;
use super::{Lanes, Tracer, onward};
use crate::world::City;
use crate::world::orgs::NOBODY;
use rayon::prelude::*;

const CHUNK: usize = 8192;

impl Tracer {
    /// Divide each employer's dyed pay over its staff in the city, in proportion to gross pay. What rounding
    /// leaves waits in the employer's reserve.
    pub(super) fn pay_staff(&mut self, city: &City, to_staff: &[Lanes]) {
        let per_penny = rates(city, to_staff);
        let n = to_staff.len();
        let paid = self
            .next_households
            .par_chunks_mut(CHUNK)
            .enumerate()
            .fold(
                || vec![[0i64; ROUNDS]; n],
                |mut paid, (chunk, rows)| {
                    for (k, row) in rows.iter_mut().enumerate() {
                        for w in city.households.workers_of(chunk * CHUNK + k) {
                            let (employer, pay) = (city.workers.employer.rows()[w], city.flows.pay[w]);
                            if employer == NOBODY || employer as usize >= n || pay == 0 {
                                continue;
                            }
                            let rate = &per_penny[employer as usize];
                            for lane in 0..ROUNDS {
                                if rate[lane] > 0 {
                                    let piece = ((u128::from(rate[lane]) * pay as u128) >> 32) as i64;
                                    row[onward(lane)] += piece;
                                    paid[employer as usize][lane] += piece;
                                }
                            }
                        }
                    }
                    paid
                },
            )
            .reduce(
                || vec![[0i64; ROUNDS]; n],
                |mut a, b| {
                    for (x, y) in a.iter_mut().zip(b) {
                        for lane in 0..ROUNDS {
                            x[lane] += y[lane];
                        }
                    }
                    a
                },
            );
        for (employer, paid) in paid.iter().enumerate() {
            for lane in 0..ROUNDS {
                self.ledger.receive(onward(lane), paid[lane]);
                self.ledger.income(paid[lane]);
                self.orgs[employer].reserve[lane] += to_staff[employer][lane] - paid[lane];
                if lane == 0 && employer < city.suppliers.len() {
                    self.return_own(city, employer, to_staff[employer][0] - paid[0]);
                }
            }
        }
    }

    /// First-round dye that could not be divided stays with the anchor that has most of it there.
    fn return_own(&mut self, city: &City, supplier: usize, amount: i64) {
        if amount == 0 {
            return;
        }
        let range = supplier * self.n_anchors..(supplier + 1) * self.n_anchors;
        let owner =
            city.flows.payments.iter().find(|p| p.org as usize == supplier).map_or(0, |p| p.anchor as usize);
        self.own_reserve[range][owner] += amount;
    }
}

/// Dye on each penny of pay, as fixed-point shares.
fn rates(city: &City, to_staff: &[Lanes]) -> Vec<[u64; ROUNDS]> {
    to_staff
        .iter()
        .enumerate()
        .map(|(i, lanes)| {
            let pay = match i.checked_sub(city.suppliers.len()) {
                None => city.flows.supplier.rows()[i].pay_residents,
                Some(a) => city.flows.anchor[a].pay_residents,
            };
            lanes.map(|dye| {
                if dye > 0 && pay > 0 { ((u128::from(dye as u64) << 32) / pay as u128) as u64 } else { 0 }
            })
        })
        .collect()
}
