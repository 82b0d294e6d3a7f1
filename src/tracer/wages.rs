//! Dye in pay packets.

use super::dye::{CLASSES, Dye, Lanes};
use super::split::part;
use super::tables::{HOMES, ORGS, Table, Tables, add};
use crate::base::money::Pence;
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

#[inline(never)]
fn pay_homes(city: &City, rates: &[Rate], from: usize, homes: &mut [[i64; 2]], table: &mut Table) {
    let (employers, pays) = (city.workers.employer.rows(), &city.flows.pay);
    let (deciles, wards) = (city.households.decile.rows(), city.households.ward.rows());
    // The last rate, which is nothing, is that of posts outside and of who has none.
    let none = rates.len() - 1;
    for (k, home) in homes.iter_mut().enumerate() {
        let mut got = [0; 2];
        for w in city.households.workers_of(from + k) {
            let (rate, pay) = (rates[(employers[w] as usize).min(none)], i64::from(pays[w]));
            got[0] += part(pay, rate[0]);
            got[1] += part(pay, rate[1]);
        }
        home[0] += got[0];
        home[1] += got[1];
        table.month.income(deciles[from + k], wards[from + k], got[0] + got[1]);
    }
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
    match (dye, pay) {
        (1.., 1..) if dye < 1 << 31 => ((dye as u64) << 32) / pay as u64,
        (1.., 1..) => ((u128::from(dye as u64) << 32) / pay as u128) as u64,
        _ => 0,
    }
}
