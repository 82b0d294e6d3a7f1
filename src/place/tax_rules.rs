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

    /// Employer National Insurance on a month's gross pay.
    #[inline]
    pub fn employer_ni(&self, pay: i64) -> i64 {
        round(self.employer_rate * (pay as f64 - self.employer_from).max(0.0))
    }
}

/// Universal Credit for a month: the full award less the taper on net earnings above the allowance
/// (Universal Credit Regulations 2013, reg. 22). Pence.
#[inline]
pub fn universal_credit(full: i64, allowance: i64, net_earnings: i64, taper: f64) -> i64 {
    (full - round(taper * (net_earnings - allowance).max(0) as f64)).max(0)
}
