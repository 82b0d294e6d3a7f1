//! Dye in pay packets.

use super::dye::{CLASSES, Dye, Lanes};
use super::tables::{HOMES, ORGS, Table, Tables, add};
use crate::base::money::{self, Pence};
use crate::world::City;
use rayon::prelude::*;

/// Dye on each penny of pay, as fixed-point shares: first-round dye, which reaches households in their first class, and
/// all other.
pub type Rate = [u64; 2];

impl Dye {
    /// Divide each employer's dyed pay over its staff in the city, in proportion to gross pay. What rounding
    /// leaves (less than a unit a pay packet) is set aside for good, and counted as held.
    pub(super) fn pay_staff(&mut self, city: &City, rates: &mut Vec<Rate>, tables: &mut Tables) {
        let meant = per_penny(city, &mut self.staff, rates);
        let homes = self.home_next.par_chunks_mut(HOMES).enumerate();
        homes.for_each(|(chunk, homes)| {
            tables.lend(|table| pay_homes(city, rates, chunk * HOMES, homes, table));
        });
        for (class, amount) in meant.into_iter().enumerate() {
            self.month.local[class + 1] += amount;
        }
        let mut paid = 0;
        for table in tables.all() {
            paid += table.month.household_income;
            self.month.add(&table.month);
            table.month.clear();
        }
        self.month.circulating += paid;
        self.rounding += meant.iter().sum::<i64>() - paid;
    }
}

/// Households whose workers are gone through together.
const TOGETHER: usize = 256;

#[inline(never)]
fn pay_homes(city: &City, rates: &[Rate], from: usize, homes: &mut [[i64; 2]], table: &mut Table) {
    let (deciles, wards) = (city.households.decile.rows(), city.households.ward.rows());
    for (k, homes) in homes.chunks_mut(TOGETHER).enumerate() {
        let from = from + k * TOGETHER;
        let mut got = [[0; 2]; TOGETHER];
        packets(city, rates, from, &mut got[..homes.len()]);
        // Neighbours live in one ward, so that what it gets is added up first.
        let (mut ward, mut of_ward) = (wards[from], 0);
        for (k, (home, got)) in homes.iter_mut().zip(got).enumerate() {
            *home = add(*home, got);
            let all = got[0] + got[1];
            table.month.income_of_tenth(deciles[from + k], all);
            if wards[from + k] != ward {
                table.month.income_of_ward(ward, std::mem::take(&mut of_ward));
                ward = wards[from + k];
            }
            of_ward += all;
        }
        table.month.income_of_ward(ward, of_ward);
    }
}

/// What each of these households gets, worker by worker: how many a household has cannot be foreseen.
fn packets(city: &City, rates: &[Rate], from: usize, got: &mut [[i64; 2]]) {
    let of = &city.households;
    let workers = of.workers_of(from).start..of.workers_of(from + got.len() - 1).end;
    let employers = &city.workers.employer.rows()[workers.clone()];
    let live_at = &city.workers.household.rows()[workers.clone()];
    // The last rate, which is nothing, is that of posts outside and of who has none.
    let none = rates.len() - 1;
    for ((employer, h), pay) in employers.iter().zip(live_at).zip(&city.flows.pay[workers]) {
        let rate = rates[(*employer as usize).min(none)];
        let sum = &mut got[*h as usize - from];
        sum[0] += of_pay(*pay, rate[0]);
        sum[1] += of_pay(*pay, rate[1]);
    }
}

/// The dye in a worker's pay, as [`part`](super::split::part): a rate may have more than 32 bits, and so its two halves are multiplied.
#[inline]
fn of_pay(pay: i32, rate: u64) -> i64 {
    let (pay, high, low) = (i64::from(pay), (rate >> 32) as i64, i64::from(rate as u32));
    pay.wrapping_mul(high).wrapping_add(pay.wrapping_mul(low) >> 32)
}

/// The rates of all employers, and one of nothing. The dye is taken from them; returns how much it was, by class.
fn per_penny(city: &City, staff: &mut [Lanes], rates: &mut Vec<Rate>) -> Lanes {
    rates.resize(staff.len() + 1, [0; 2]);
    let rows = staff.par_chunks_mut(ORGS).zip(rates.par_chunks_mut(ORGS)).enumerate();
    let sums = rows.map(|(chunk, (staff, rates))| {
        let mut sum = [0; CLASSES];
        for (k, (lanes, rate)) in staff.iter_mut().zip(rates).enumerate() {
            let lanes = std::mem::take(lanes);
            *rate = [0; 2];
            if lanes != [0; CLASSES] {
                let pay = pay_of(city, chunk * ORGS + k);
                *rate = [over(lanes[0], pay), over(lanes[1] + lanes[2], pay)];
            }
            sum = add(sum, lanes);
        }
        sum
    });
    sums.reduce(|| [0; CLASSES], add)
}

/// Pay to residents of an employer's staff.
fn pay_of(city: &City, employer: usize) -> Pence {
    match employer.checked_sub(city.suppliers.len()) {
        None => city.flows.supplier.rows()[employer].pay_residents,
        Some(a) => city.flows.anchor[a].pay_residents,
    }
}

/// Dye over pay, as a fixed-point share.
fn over(dye: i64, pay: Pence) -> u64 {
    if dye > 0 && pay > 0 { money::over(dye as u64, pay as u64) as u64 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::super::split::part;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn dye_in_pay_is_its_share(pay in 0..i32::MAX, rate in 0u64..1 << 62, bits in 0u32..62) {
            prop_assert_eq!(of_pay(pay, rate >> bits), part(pay.into(), rate >> bits));
        }
    }
}
