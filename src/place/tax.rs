//! UK taxes, contributions and benefits as published parameters, 2025/26. Yearly GBP unless named otherwise.

use serde::{Deserialize, Serialize};

/// Income tax, National Insurance, corporation tax, benefits.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct TaxSystem {
    pub personal_allowance: f64,
    pub allowance_taper_start: f64,
    pub basic_rate: f64,
    pub basic_band: f64,
    pub higher_rate: f64,
    pub additional_rate: f64,
    pub additional_threshold: f64,
    /// Main rate of Class 4 contributions on the profits of the self-employed.
    pub self_employed_rate: f64,
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

impl TaxSystem {
    /// The law of 2025/26, from the embedded data.
    pub fn load() -> Result<TaxSystem, super::error::PlaceError> {
        let law = super::figures::Figures::embedded("uk/tax_2025_26.toml")?;
        Ok(TaxSystem {
            personal_allowance: law.one("income_tax", "personal_allowance")?,
            allowance_taper_start: law.one("income_tax", "allowance_taper_start")?,
            basic_rate: law.one("income_tax", "basic_rate")?,
            basic_band: law.one("income_tax", "basic_band")?,
            higher_rate: law.one("income_tax", "higher_rate")?,
            additional_rate: law.one("income_tax", "additional_rate")?,
            additional_threshold: law.one("income_tax", "additional_threshold")?,
            dividend_rate: law.one("income_tax", "dividend_rate")?,
            self_employed_rate: law.one("national_insurance", "self_employed_rate")?,
            employee_main_rate: law.one("national_insurance", "employee_main_rate")?,
            employee_upper_rate: law.one("national_insurance", "employee_upper_rate")?,
            primary_threshold: law.one("national_insurance", "primary_threshold")?,
            upper_earnings: law.one("national_insurance", "upper_earnings")?,
            employer_rate: law.one("national_insurance", "employer_rate")?,
            secondary_threshold: law.one("national_insurance", "secondary_threshold")?,
            employee_pension: law.one("pensions", "employee_pension")?,
            qualifying_from: law.one("pensions", "qualifying_from")?,
            qualifying_to: law.one("pensions", "qualifying_to")?,
            corporation_tax: law.one("business", "corporation_tax")?,
            rates_retained: law.one("business", "rates_retained")?,
            uc_single: law.one("universal_credit", "uc_single")?,
            uc_couple: law.one("universal_credit", "uc_couple")?,
            uc_child: law.one("universal_credit", "uc_child")?,
            uc_taper: law.one("universal_credit", "uc_taper")?,
            uc_work_allowance_housing: law.one("universal_credit", "uc_work_allowance_housing")?,
            uc_work_allowance: law.one("universal_credit", "uc_work_allowance")?,
            state_pension_week: law.one("pensions", "state_pension_week")?,
            child_benefit_eldest_week: law.one("family", "child_benefit_eldest_week")?,
            child_benefit_other_week: law.one("family", "child_benefit_other_week")?,
            national_living_wage: law.one("wages", "national_living_wage")?,
            real_living_wage: law.one("wages", "real_living_wage")?,
        })
    }
}
