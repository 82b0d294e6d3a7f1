//! Dye in pay packets.

use super::dye::{Dye, Lanes};
use super::split::part;
use super::stripe::{STRIPES, Stripe, range};
use crate::world::City;
use crate::world::orgs::NOBODY;
use rayon::prelude::*;

impl Dye {
    /// Divide each employer's dyed pay over its staff in the city, in proportion to gross pay. What rounding
    /// leaves (less than a unit a pay packet) is set aside for good, and counted as held.
    pub(super) fn pay_staff(&mut self, city: &City, rates: &mut Vec<[u64; 2]>, stripes: &mut [Stripe]) {
        per_penny(city, &self.staff, rates);
        let n = city.households.len();
        let mut homes = &mut self.home_next[..];
        let mut work = Vec::with_capacity(STRIPES);
        for (k, stripe) in stripes.iter_mut().enumerate() {
            let rows = range(k, n);
            let (mine, rest) = homes.split_at_mut(rows.len());
            homes = rest;
            work.push((rows.start, mine, stripe));
        }
        work.into_par_iter().for_each(|(from, homes, stripe)| pay_homes(city, rates, from, homes, stripe));
        let mut meant = 0;
        for staff in &mut self.staff {
            for (class, amount) in std::mem::take(staff).into_iter().enumerate() {
                self.month.local[class + 1] += amount;
                meant += amount;
            }
        }
        let mut paid = 0;
        for stripe in stripes.iter_mut() {
            paid += stripe.month.household_income;
            self.month.add(&stripe.month);
            stripe.month.clear();
        }
        self.month.circulating += paid;
        self.rounding += meant - paid;
    }
}

fn pay_homes(city: &City, rates: &[[u64; 2]], from: usize, homes: &mut [[i64; 2]], stripe: &mut Stripe) {
    let (employers, pays) = (city.workers.employer.rows(), &city.flows.pay);
    let (deciles, wards) = (city.households.decile.rows(), city.households.ward.rows());
    for (k, home) in homes.iter_mut().enumerate() {
        let mut all = 0;
        for w in city.households.workers_of(from + k) {
            let (employer, pay) = (employers[w], pays[w]);
            if employer == NOBODY || pay == 0 {
                continue;
            }
            // Posts outside the city have no rate.
            let Some(rate) = rates.get(employer as usize) else { continue };
            let pay = i64::from(pay);
            let (first, later) = (part(pay, rate[0]), part(pay, rate[1]));
            home[0] += first;
            home[1] += later;
            all += first + later;
        }
        if all != 0 {
            stripe.month.income(deciles[from + k], wards[from + k], all);
        }
    }
}

/// Dye on each penny of pay, as fixed-point shares: first-round dye, which reaches households in their first
/// class, and all other.
fn per_penny(city: &City, staff: &[Lanes], rates: &mut Vec<[u64; 2]>) {
    rates.clear();
    rates.extend(staff.iter().enumerate().map(|(i, lanes)| {
        if *lanes == [0; 3] {
            return [0; 2];
        }
        let pay = match i.checked_sub(city.suppliers.len()) {
            None => city.flows.supplier.rows()[i].pay_residents,
            Some(a) => city.flows.anchor[a].pay_residents,
        };
        [lanes[0], lanes[1] + lanes[2]].map(|dye| match (dye, pay) {
            (1.., 1..) if dye < 1 << 31 => ((dye as u64) << 32) / pay as u64,
            (1.., 1..) => ((u128::from(dye as u64) << 32) / pay as u128) as u64,
            _ => 0,
        })
    }));
}
