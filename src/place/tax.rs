//! UK taxes, contributions and benefits as published parameters, 2025/26. Yearly GBP unless named otherwise.

/// Income tax, National Insurance, corporation tax, benefits.
#[derive(Clone, Debug)]
pub struct TaxSystem {
    pub personal_allowance: f64,
    pub allowance_taper_start: f64,
    pub basic_rate: f64,
    pub basic_band: f64,
    pub higher_rate: f64,
    pub additional_rate: f64,
    pub additional_threshold: f64,
    /// Basic rate on dividends.
    pub dividend_rate: f64,
    pub employee_main_rate: f64,
    pub employee_upper_rate: f64,
    pub primary_threshold: f64,
    pub upper_earnings: f64,
    pub employer_rate: f64,
    pub secondary_threshold: f64,
    /// Employee pension contribution as a share of qualifying earnings, and the band of those earnings.
    pub employee_pension: f64,
    pub qualifying_from: f64,
    pub qualifying_to: f64,
    pub corporation_tax: f64,
    /// Share of business rates kept in the city.
    pub rates_retained: f64,
    /// Universal Credit, GBP a month.
    pub uc_single: f64,
    pub uc_couple: f64,
    pub uc_child: f64,
    pub uc_taper: f64,
    pub uc_work_allowance_housing: f64,
    pub uc_work_allowance: f64,
    /// GBP a week.
    pub state_pension_week: f64,
    pub child_benefit_eldest_week: f64,
    pub child_benefit_other_week: f64,
    /// GBP an hour.
    pub national_living_wage: f64,
    pub real_living_wage: f64,
}
