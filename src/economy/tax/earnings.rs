//! What households earn, what is deducted from it, and the Universal Credit that goes with what is left: of many at once.

use super::TOGETHER;
use crate::base::money::Pence;
use crate::place::tax_rules::{Paye, universal_credit_of_each};
use crate::world::City;
#[cfg(wide)]
use multiversion::multiversion;
use std::ops::Range;

/// What each of some households earned, and the Universal Credit that goes with it (nobody asks for that of the month where
/// each household keeps the award of the start).
pub(super) struct Earnings {
    pub(super) earned: [Earned; TOGETHER],
    pub(super) credit: [i32; TOGETHER],
}

impl Earnings {
    /// Of `n` households from `from` on, in a chunk that begins at `first` and whose workers have earned `so_far`.
    #[inline(always)]
    pub(super) fn new(city: &City, first: usize, so_far: &[Earned], from: usize, n: usize) -> Earnings {
        let mut of = Earnings { earned: [Earned::default(); TOGETHER], credit: [0; TOGETHER] };
        let (mut net, mut awards) = ([0; TOGETHER], [(0, 0); TOGETHER]);
        let workers_from = &city.households.workers_from;
        let workers = workers_from[from..=from + n].windows(2);
        let steady = &city.households.steady.rows()[from..from + n];
        for (k, (workers, steady)) in workers.zip(steady).enumerate() {
            let at = |w: u32| &so_far[(w - workers_from[first]) as usize];
            let earned = at(workers[1]).less(at(workers[0]));
            net[k] = earned.pay.wrapping_sub(earned.taken).wrapping_sub(earned.pension);
            awards[k] = (steady.credit_full, steady.credit_allowance);
            of.earned[k] = earned;
        }
        universal_credit_of_each(&awards, &net, city.law.uc_taper, &mut of.credit);
        of
    }
}

/// Gross pay of a household's workers, what tax and contributions take of it, and their pension contributions (pence).
#[derive(Clone, Copy, Default)]
pub(super) struct Earned {
    pub(super) pay: Pence,
    pub(super) taken: Pence,
    pub(super) pension: Pence,
}

impl Earned {
    // Sums of a chunk's workers, which 64 bits have room for.
    #[inline(always)]
    fn less(&self, other: &Earned) -> Earned {
        Earned {
            pay: self.pay.wrapping_sub(other.pay),
            taken: self.taken.wrapping_sub(other.taken),
            pension: self.pension.wrapping_sub(other.pension),
        }
    }

    #[inline(always)]
    fn add(&mut self, pay: i32, taken: i32, pension: i32) {
        self.pay = self.pay.wrapping_add(pay.into());
        self.taken = self.taken.wrapping_add(taken.into());
        self.pension = self.pension.wrapping_add(pension.into());
    }
}

/// What all workers of these households before each have earned, and at the end all of them: what those of one household
/// earned is a difference of two, however many they are. Nothing is deducted while each household keeps its own average
/// rates.
pub(super) fn earned(city: &City, paye: &Paye, households: Range<usize>) -> Vec<Earned> {
    let workers = &city.households.workers_from;
    let pay = &city.flows.pay[workers[households.start] as usize..workers[households.end] as usize];
    let (mut taken, mut pension) = (vec![0; pay.len()], vec![0; pay.len()]);
    if city.settings.mechanisms.progressivity {
        deduct(paye, pay, &mut taken, &mut pension);
    }
    let mut so_far = Vec::with_capacity(pay.len() + 1);
    let mut sum = Earned::default();
    so_far.push(sum);
    for ((pay, taken), pension) in pay.iter().zip(&taken).zip(&pension) {
        sum.add(*pay, *taken, *pension);
        so_far.push(sum);
    }
    so_far
}

#[cfg_attr(wide, multiversion(targets("x86_64+avx2")))]
fn deduct(paye: &Paye, pay: &[i32], taken: &mut [i32], pension: &mut [i32]) {
    paye.deductions_of_each(pay, taken, pension);
}
