//! Residents, their homes, incomes and journeys to work.

use super::city::{Commuting, DECILES, People, Ward};
use super::error::PlaceError;
use super::figures::Figures;
use super::table::Table;
use super::vocabulary::Tenure;

/// Column names of the deciles, poorest first.
pub const DECILE_COLUMNS: [&str; DECILES] = ["d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9", "d10"];

/// Household income and spending of the city in the price year, GBP a year.
pub struct Accounts {
    pub disposable_cash: f64,
    /// Cash consumption: rent in, imputed rent and mortgage interest out.
    pub consumption: f64,
    pub mortgage_interest: f64,
    /// Factor from the 2017/18 decile tables (UK) to the city in the price year.
    pub uprate_decile: f64,
}

/// Published disposable income less imputed rent, before mortgage interest; spending by the saving ratio.
pub fn accounts(wards: &[Ward]) -> Result<Accounts, PlaceError> {
    let facts = Figures::embedded("leeds/city.toml")?;
    let uprate = facts.one("prices", "uprate_2023")?;
    let per_head = facts.one("income", "gdhi_per_head")?;
    let disposable = per_head * facts.one("income", "residents_mid_2023")?;
    let spent = disposable * (1.0 - facts.one("income", "saving_ratio")?);
    let imputed = spent * facts.one("income", "imputed_rent_share")?;
    let mortgaged: f64 = wards.iter().map(|ward| ward.tenure[Tenure::Mortgage.index()]).sum();
    let mortgage_interest = mortgaged * 12.0 * facts.one("housing", "mortgage_interest_month")?;
    Ok(Accounts {
        disposable_cash: (disposable - imputed) * uprate + mortgage_interest,
        consumption: (spent - imputed) * uprate,
        mortgage_interest,
        uprate_decile: facts.one("prices", "gdhi_growth_2017_2023")? * uprate * per_head
            / facts.one("income", "gdhi_per_head_uk")?,
    })
}

pub fn wards() -> Result<Vec<Ward>, PlaceError> {
    let table = Table::embedded("leeds/wards_2024.csv")?;
    (0..table.len())
        .map(|row| {
            Ok(Ward {
                code: table.text(row, "code")?.to_string(),
                name: table.text(row, "name")?.to_string(),
                residents: table.number(row, "residents")?,
                households: table.number(row, "households")?,
                tenure: table
                    .numbers(row, ["owned_outright", "mortgage", "council", "association", "private"])?,
                deprivation_rank: table.number(row, "deprivation_rank")?,
                share_in_most_deprived_tenth: table.number(row, "share_in_most_deprived_tenth")?,
                workplace_weight: table.number(row, "workplace_weight")?,
            })
        })
        .collect()
}

pub fn people(accounts: &Accounts) -> Result<People, PlaceError> {
    let facts = Figures::embedded("leeds/city.toml")?;
    let income = Table::embedded("uk/household_income_2017_18.csv")?;
    let ages = Table::embedded("leeds/residents_by_age_2023.csv")?;
    let residents = facts.one("people", "residents")?;
    let by_age = (0..ages.len()).map(|row| ages.number(row, "value")).collect::<Result<Vec<f64>, _>>()?;
    let counted: f64 = by_age.iter().sum();
    let item = |name: &str| -> Result<[f64; DECILES], PlaceError> {
        income.numbers(income.find(name)?, DECILE_COLUMNS)
    };
    let uprate = accounts.uprate_decile;
    let cash = item("total_cash_benefits")?;
    let named =
        [item("child_benefit")?, item("tax_credits")?, item("housing_benefit")?, item("state_pension")?];
    let outside = facts.one("income", "other_benefits_share")?;
    let mut other_benefits = [0.0; DECILES];
    for d in 0..DECILES {
        let known: f64 = named.iter().map(|benefit| benefit[d]).sum();
        other_benefits[d] = (cash[d] - known).max(0.0) * outside * uprate;
    }
    let (job_share, pay_share) =
        (facts.one("commuting", "resident_share_of_jobs")?, facts.one("commuting", "resident_share_of_pay")?);
    let pay_uprate = facts.one("prices", "uprate_pay_2024")?;
    Ok(People {
        residents,
        households: facts.one("people", "households")?,
        by_age: by_age.iter().map(|persons| persons * residents / counted).collect(),
        household_sizes: facts.many("people", "household_sizes")?,
        employment_rate: facts.one("people", "employment_rate")?,
        unemployment_rate: facts.one("people", "unemployment_rate")?,
        universal_credit_households: facts.one("people", "universal_credit_households")?,
        pay_percentiles: facts.many::<9>("people", "pay_percentiles")?.map(|pay| pay * pay_uprate),
        private_pension: facts.one("income", "private_pension_uk")? * uprate
            / facts.one("income", "pensioner_households_uk")?,
        investment_income: item("investment_income")?.map(|income| income * uprate),
        other_benefits,
        disposable_cash_income: accounts.disposable_cash,
        average_propensity: (accounts.consumption + accounts.mortgage_interest) / accounts.disposable_cash,
        private_rent_month: facts.one("housing", "private_rent_month_2021_22")?
            * facts.one("housing", "private_rent_growth")?,
        council_rent_month: facts.one("housing", "council_rent_month")?,
        association_rent_month: facts.one("housing", "association_rent_month")?,
        mortgage_interest_month: facts.one("housing", "mortgage_interest_month")?,
        landlords_in_city: facts.one("housing", "landlords_in_city")?,
        council_tax_net: facts.one("housing", "council_tax_net")?,
        commuter_pay_ratio: ((1.0 - pay_share) / (1.0 - job_share)) / (pay_share / job_share),
    })
}

pub fn commuting() -> Result<Commuting, PlaceError> {
    let facts = Figures::embedded("leeds/city.toml")?;
    let share = |name: &str| facts.one("commuting", name);
    Ok(Commuting {
        resident_share_of_jobs: share("resident_share_of_jobs")?,
        out_commuter_share: share("out_commuter_share")?,
        in_from_region: share("in_from_region")?,
        out_to_region: share("out_to_region")?,
    })
}

/// Rent that tenants pay in a year.
pub fn rents(people: &People, wards: &[Ward]) -> f64 {
    let homes = |tenure: Tenure| wards.iter().map(|ward| ward.tenure[tenure.index()]).sum::<f64>();
    12.0 * (homes(Tenure::Private) * people.private_rent_month
        + homes(Tenure::Council) * people.council_rent_month
        + homes(Tenure::Association) * people.association_rent_month)
}
