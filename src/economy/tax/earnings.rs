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

/// Room to work out the earnings of some households: few enough workers to stay at hand.
#[derive(Default)]
pub(super) struct Payslips {
    taken: Vec<i32>,
    pension: Vec<i32>,
    so_far: Vec<Earned>,
}

impl Earnings {
    /// Of `n` households from `from` on.
    #[inline(always)]
    pub(super) fn new(city: &City, paye: &Paye, (from, n): (usize, usize), room: &mut Payslips) -> Earnings {
        let mut of = Earnings { earned: [Earned::default(); TOGETHER], credit: [0; TOGETHER] };
        let (mut net, mut awards) = ([0; TOGETHER], [(0, 0); TOGETHER]);
        let starts = &city.households.workers_from[from..=from + n];
        let so_far = room.earned(city, paye, starts[0] as usize..starts[n] as usize);
        let steady = &city.households.steady.rows()[from..from + n];
        for (k, (workers, steady)) in starts.windows(2).zip(steady).enumerate() {
            let at = |w: u32| &so_far[w.wrapping_sub(starts[0]) as usize];
            let earned = at(workers[1]).less(at(workers[0]));
            net[k] = earned.pay.wrapping_sub(earned.taken).wrapping_sub(earned.pension);
            awards[k] = (steady.credit_full, steady.credit_allowance);
            of.earned[k] = earned;
        }
        universal_credit_of_each(&awards, &net, city.law.uc_taper, &mut of.credit);
        of
    }
}

impl Payslips {
    /// What all of these workers before each have earned, and at the end all of them: what those of one household earned is a
    /// difference of two, however many they are. Nothing is deducted while each household keeps its own average rates.
    #[inline(always)]
    fn earned(&mut self, city: &City, paye: &Paye, workers: Range<usize>) -> &[Earned] {
        let pay = &city.flows.pay[workers];
        self.fit(pay.len());
        let (taken, pension) = (&mut self.taken[..pay.len()], &mut self.pension[..pay.len()]);
        if city.settings.mechanisms.progressivity {
            deduct(paye, pay, taken, pension);
        }
        let mut sum = Earned::default();
        for ((to, pay), (taken, pension)) in
            self.so_far[1..].iter_mut().zip(pay).zip(taken.iter().zip(pension))
        {
            sum.add(*pay, *taken, *pension);
            *to = sum;
        }
        &self.so_far[..=pay.len()]
    }

    /// Make room for so many workers. What nothing is written to stays nought.
    fn fit(&mut self, workers: usize) {
        if self.so_far.len() <= workers {
            self.taken.resize(workers, 0);
            self.pension.resize(workers, 0);
            self.so_far.resize(workers + 1, Earned::default());
        }
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
    // Sums of a few workers, which 64 bits have room for.
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

#[cfg_attr(wide, multiversion(targets("x86_64+avx2")))]
fn deduct(paye: &Paye, pay: &[i32], taken: &mut [i32], pension: &mut [i32]) {
    paye.deductions_of_each(pay, taken, pension);
}
