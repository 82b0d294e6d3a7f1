//! The tax and benefit rules themselves: pure functions of pay and parameters, in pence a month.
//!
//! Yearly thresholds are applied month by month (a twelfth of each), as PAYE does on a cumulative basis for
//! steady pay. Band arithmetic follows Income Tax Act 2007 and Social Security Contributions and Benefits
//! Act 1992 with the parameters of [`TaxSystem`].

use super::tax::TaxSystem;
use crate::base::money::round;

/// What leaves a month's gross pay before the employee has it, and what the employer adds (pence).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Deductions {
    pub income_tax: i64,
    pub employee_ni: i64,
    pub pension: i64,
}

impl Deductions {
    pub fn total(&self) -> i64 {
        self.income_tax + self.employee_ni + self.pension
    }
}

/// A month's thresholds in pence, worked out once.
#[derive(Clone, Copy, Debug)]
pub struct Paye {
    allowance: f64,
    taper_from: f64,
    basic_band: f64,
    additional_from: f64,
    rates: [f64; 3],
    ni_from: f64,
    ni_upper: f64,
    ni_rates: [f64; 2],
    employer_from: f64,
    employer_rate: f64,
    pension_from: f64,
    pension_to: f64,
    pension_rate: f64,
}

impl Paye {
    pub fn new(law: &TaxSystem) -> Paye {
        let month = |yearly: f64| yearly * 100.0 / 12.0;
        Paye {
            allowance: month(law.personal_allowance),
            taper_from: month(law.allowance_taper_start),
            basic_band: month(law.basic_band),
            additional_from: month(law.additional_threshold),
            rates: [law.basic_rate, law.higher_rate, law.additional_rate],
            ni_from: month(law.primary_threshold),
            ni_upper: month(law.upper_earnings),
            ni_rates: [law.employee_main_rate, law.employee_upper_rate],
            employer_from: month(law.secondary_threshold),
            employer_rate: law.employer_rate,
            pension_from: month(law.qualifying_from),
            pension_to: month(law.qualifying_to),
            pension_rate: law.employee_pension,
        }
    }

    /// Income tax on a month's taxable income before allowances.
    #[inline]
    pub fn income_tax(&self, income: f64) -> f64 {
        let allowance = (self.allowance - 0.5 * (income - self.taper_from).max(0.0)).max(0.0);
        let taxable = (income - allowance).max(0.0);
        let basic = taxable.min(self.basic_band);
        let higher = (taxable.min(self.additional_from) - self.basic_band).max(0.0);
        let additional = (taxable - self.additional_from).max(0.0);
        self.rates[0] * basic + self.rates[1] * higher + self.rates[2] * additional
    }

    /// Deductions from a month's gross pay. Pension contributions come off before income tax (net pay
    /// arrangement).
    #[inline]
    pub fn deductions(&self, pay: i64) -> Deductions {
        let pay = pay as f64;
        let pension = self.pension_rate * (pay.min(self.pension_to) - self.pension_from).max(0.0);
        let ni = self.ni_rates[0] * (pay.min(self.ni_upper) - self.ni_from).max(0.0)
            + self.ni_rates[1] * (pay - self.ni_upper).max(0.0);
        Deductions {
            income_tax: round(self.income_tax(pay - pension)),
            employee_ni: round(ni),
            pension: round(pension),
        }
    }

    /// The same of many at once: from each gross pay, what tax and contributions take together, and the pension.
    #[inline(always)]
    pub fn deductions_of_each(&self, pay: &[i32], taken: &mut [i32], pension: &mut [i32]) {
        for ((pay, taken), pension) in pay.iter().zip(taken).zip(pension) {
            let pay = f64::from(*pay);
            let put_by = self.pension_rate * (pay.min(self.pension_to) - self.pension_from).max(0.0);
            let ni = self.ni_rates[0] * (pay.min(self.ni_upper) - self.ni_from).max(0.0)
                + self.ni_rates[1] * (pay - self.ni_upper).max(0.0);
            *taken = (round_up_from_half(self.income_tax(pay - put_by)) + round_up_from_half(ni)) as i32;
            *pension = round_up_from_half(put_by) as i32;
        }
    }

    /// Employer National Insurance on a month's gross pay.
    #[inline]
    pub fn employer_ni(&self, pay: i64) -> i64 {
        round(self.employer_rate * (pay as f64 - self.employer_from).max(0.0))
    }

    /// The same on each of many.
    #[inline(always)]
    pub fn employer_ni_of_each(&self, pay: &[i32], ni: &mut [i32]) {
        for (pay, ni) in pay.iter().zip(ni) {
            let due = self.employer_rate * (f64::from(*pay) - self.employer_from).max(0.0);
            *ni = round_up_from_half(due) as i32;
        }
    }
}

/// As [`round`] for amounts from 0 to 2^51, without a branch or a change of type, so that several are rounded at a time: the
/// sum with 2^52 has no room for a fraction, and rounds to the even neighbour at a half.
#[inline(always)]
fn round_up_from_half(pence: f64) -> f64 {
    const NO_FRACTION: f64 = (1u64 << 52) as f64;
    let whole = (pence + NO_FRACTION) - NO_FRACTION;
    whole + if pence - whole >= 0.5 { 1.0 } else { 0.0 }
}

/// Universal Credit for a month: the full award less the taper on net earnings above the allowance
/// (Universal Credit Regulations 2013, reg. 22). Pence.
#[inline]
pub fn universal_credit(full: i64, allowance: i64, net_earnings: i64, taper: f64) -> i64 {
    (full - round(taper * (net_earnings - allowance).max(0) as f64)).max(0)
}

/// The same of many at once, by (full award, allowance) and net earnings of each; earnings of less than 2^51 pence.
#[inline(always)]
pub fn universal_credit_of_each(awards: &[(i32, i32)], net_earnings: &[i64], taper: f64, credit: &mut [i32]) {
    debug_assert!(awards.len() == net_earnings.len() && awards.len() == credit.len());
    for (((full, allowance), net), credit) in awards.iter().zip(net_earnings).zip(credit) {
        let above = (*net as f64 - f64::from(*allowance)).max(0.0);
        *credit = (f64::from(*full) - round_up_from_half(taper * above)).max(0.0) as i32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_of_many_are_what_one_by_one_gives() {
        let awards: Vec<_> = [(0, 0), (120_000, 0), (93_321, 41_117), (250_000, 68_400)].repeat(25_000);
        let net: Vec<i64> = (0..awards.len() as i64).map(|k| k * 7 - 10_000).collect();
        for taper in [0.55, 0.63, 0.5, 1.0 / 3.0] {
            let mut credit = vec![0; net.len()];
            universal_credit_of_each(&awards, &net, taper, &mut credit);
            for ((credit, net), (full, allowance)) in credit.iter().zip(&net).zip(&awards) {
                let one = universal_credit((*full).into(), (*allowance).into(), *net, taper);
                assert_eq!(i64::from(*credit), one);
            }
        }
    }

    #[test]
    fn rounds_as_one_at_a_time() {
        let near = |x: f64| [x, x.next_up(), x.next_down().max(0.0)];
        let halves = (0..2000).map(|k| f64::from(k) * 0.25);
        for x in halves.chain([1e6 + 0.5, 1e9 + 0.5, 1e12 + 1.5, 2f64.powi(51) - 0.5]).flat_map(near) {
            assert_eq!(round_up_from_half(x) as i64, round(x), "{x}");
        }
    }

    /// Every pay up to £30,000 a month in steps of 13 pence, at the rates of 2025/26 and at steeper ones.
    #[test]
    fn many_at_once_are_what_one_by_one_gives() {
        let law = TaxSystem {
            personal_allowance: 12_570.0,
            allowance_taper_start: 100_000.0,
            basic_band: 37_700.0,
            additional_threshold: 125_140.0,
            basic_rate: 0.2,
            higher_rate: 0.4,
            additional_rate: 0.45,
            primary_threshold: 12_570.0,
            upper_earnings: 50_270.0,
            employee_main_rate: 0.08,
            employee_upper_rate: 0.02,
            qualifying_from: 6_240.0,
            qualifying_to: 50_270.0,
            employee_pension: 0.05,
            secondary_threshold: 5_000.0,
            employer_rate: 0.15,
            ..TaxSystem::default()
        };
        let steep = TaxSystem { basic_rate: 1.0 / 3.0, employee_main_rate: 0.125, ..law.clone() };
        for paye in [Paye::new(&law), Paye::new(&steep)] {
            let pay: Vec<i32> = (0..3_000_000).step_by(13).collect();
            let (mut taken, mut pension, mut ni) =
                (vec![0; pay.len()], vec![0; pay.len()], vec![0; pay.len()]);
            paye.deductions_of_each(&pay, &mut taken, &mut pension);
            paye.employer_ni_of_each(&pay, &mut ni);
            for (i, pay) in pay.iter().enumerate() {
                let one = paye.deductions((*pay).into());
                assert_eq!(
                    (i64::from(taken[i]), i64::from(pension[i])),
                    (one.income_tax + one.employee_ni, one.pension)
                );
                assert_eq!(i64::from(ni[i]), paye.employer_ni((*pay).into()));
            }
        }
    }
}
