//! A city as statistics: what synthesis draws the population from.
//!
//! Money is GBP a year in the place's price year unless a name says otherwise. Arrays over sectors follow
//! [`Sector::ALL`], over purchases [`Purchase::ALL`], over size bands [`SizeBand::ALL`]; deciles run from
//! the poorest (0) to the richest (9).

pub use super::category::Category;
use super::procurement_law::ProcurementLaw;
use super::tax::TaxSystem;
pub use super::teams::TeamFacts;
use super::vocabulary::*;

pub const SECTORS: usize = Sector::COUNT;
pub const PURCHASES: usize = Purchase::COUNT;
pub const DECILES: usize = 10;

/// A city and its law.
#[derive(Clone, Debug)]
pub struct City {
    pub name: String,
    /// For example "2025/26".
    pub price_year: String,
    /// Factor from 2023 flows to the price year (published deflator).
    pub uprate_2023: f64,
    /// Factor from the price year of the decile tables (ETB 2017/18) to the place's price year, for this city.
    pub uprate_decile_income: f64,
    pub technology: Technology,
    pub sectors: Vec<SectorFacts>,
    pub ownership: OwnershipFacts,
    pub demography: FirmDemography,
    pub wards: Vec<Ward>,
    pub people: People,
    pub commuting: Commuting,
    pub consumption: Consumption,
    pub anchors: Vec<AnchorFacts>,
    pub categories: Vec<Category>,
    pub tax: TaxSystem,
    /// Public procurement law, by month.
    pub law: ProcurementLaw,
    pub targets: Vec<Target>,
}

/// The national input-output table as coefficients of output at basic prices (ONS IOAT 2019).
#[derive(Clone, Debug)]
pub struct Technology {
    /// `domestic[i][j]`: input from sector i per pound of sector j's output, home-made.
    pub domestic: [[f64; SECTORS]; SECTORS],
    pub imports: [f64; SECTORS],
    /// Taxes less subsidies on products: stands for irrecoverable VAT and duties on inputs.
    pub product_taxes: [f64; SECTORS],
    pub compensation: [f64; SECTORS],
    pub surplus: [f64; SECTORS],
    pub production_taxes: [f64; SECTORS],
    /// Share of sector i's inputs into j that the city can supply (FLQ, `delta`), of domestic requirements.
    pub in_city: [[f64; SECTORS]; SECTORS],
    /// The same for the region less the city; never negative.
    pub in_region: [[f64; SECTORS]; SECTORS],
    /// Flegg's delta.
    pub delta: f64,
    /// Gross margin over turnover of shops (section G selling to households).
    pub retail_margin: f64,
    /// What a pound of capital spending buys, by sector, home-made; the remainder is imported.
    pub capital_by_sector: [f64; SECTORS],
    /// Share of gross operating surplus and mixed income that replaces worn-out capital, by sector.
    pub depreciation_share: [f64; SECTORS],
}

/// One sector in the city.
#[derive(Clone, Debug)]
pub struct SectorFacts {
    pub sector: Sector,
    pub name: String,
    /// Jobs in the city (BRES), employees and working proprietors.
    pub jobs: f64,
    /// Gross value added; of L only what firms receive (imputed rent, and rent that tenants pay straight to
    /// landlords and councils, are left out).
    pub gva: f64,
    /// Compensation of employees, employer contributions and pensions included.
    pub compensation: f64,
    pub enterprises: [f64; SizeBand::COUNT],
    pub local_units: [f64; SizeBand::COUNT],
    /// Who pays for what the sector sells out of the city: region, country, world, central government; sums to 1.
    pub export_payers: [f64; 4],
    /// Share of all the section's jobs in public bodies outside the network, paid by central government.
    pub public_share_of_jobs: f64,
}

/// Who owns the city's firms, and where each form sends its surplus.
#[derive(Clone, Debug)]
pub struct OwnershipFacts {
    /// `share[band][form]` of private enterprises with their seat in the city, by size band; rows sum to 1.
    pub enterprise_share: [[f64; Ownership::COUNT]; SizeBand::COUNT],
    /// The same for local units of groups (units beyond the enterprises).
    pub branch_share: [[f64; Ownership::COUNT]; SizeBand::COUNT],
    pub forms: [FormFacts; Ownership::COUNT],
}

/// What an ownership form does with its surplus, as shares of gross operating surplus after capital
/// consumption and corporation tax; the five sum to 1.
#[derive(Clone, Copy, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct FormFacts {
    pub to_city_owners: f64,
    pub to_region_owners: f64,
    pub to_country_owners: f64,
    pub to_world_owners: f64,
    /// Interest, management charges and rent paid to the financial system.
    pub to_finance: f64,
    /// Multiplies the sector's share of inputs bought in the city (local-sourcing norm; 1 is the average).
    pub local_sourcing: f64,
    /// Employer pension contributions as a share of gross pay.
    pub employer_pension: f64,
    /// Social value it has to offer anyway, share of full marks.
    pub social_value: f64,
}

/// Births, deaths and survival of firms.
#[derive(Clone, Debug)]
pub struct FirmDemography {
    /// Share of enterprises that close in a year.
    pub death_rate: f64,
    /// Survival to years 1..=5 of the 2019 cohort.
    pub survival: [f64; 5],
    /// Yearly insolvency hazard of established firms.
    pub insolvency_rate: f64,
}

#[derive(Clone, Debug)]
pub struct Ward {
    pub code: String,
    pub name: String,
    pub residents: f64,
    pub households: f64,
    /// Households by [`Tenure::ALL`].
    pub tenure: [f64; Tenure::COUNT],
    /// Mean rank in the Index of Multiple Deprivation 2025, weighted by households (1 is the most deprived).
    pub deprivation_rank: f64,
    pub share_in_most_deprived_tenth: f64,
    /// Weight of the ward as a place of work, relative to its residents (assumed; city-centre wards are high).
    pub workplace_weight: f64,
}

#[derive(Clone, Debug)]
pub struct People {
    pub residents: f64,
    pub households: f64,
    /// Residents by single year of age, 0..=90, scaled to `residents`.
    pub by_age: Vec<f64>,
    /// Share of households with 1, 2, ... 8 persons.
    pub household_sizes: [f64; 8],
    /// Of residents aged 16 to 64.
    pub employment_rate: f64,
    /// Of the economically active.
    pub unemployment_rate: f64,
    pub universal_credit_households: f64,
    /// Annual gross pay of residents, deciles p10..p90 (ASHE).
    pub pay_percentiles: [f64; 9],
    /// Mean private pension a year of a household with pensioners.
    pub private_pension: f64,
    /// Investment income a household a year, by decile.
    pub investment_income: [f64; DECILES],
    /// Disability and other benefits outside Universal Credit, a household without pensioners a year, by decile.
    pub other_benefits: [f64; DECILES],
    /// Total disposable cash income of the city's households a year: imputed rent left out, before mortgage
    /// interest, after council tax; closes by a named row.
    pub disposable_cash_income: f64,
    /// Share of disposable cash income spent (rent and mortgage interest counted as spending).
    pub average_propensity: f64,
    pub private_rent_month: f64,
    pub council_rent_month: f64,
    pub association_rent_month: f64,
    pub mortgage_interest_month: f64,
    pub landlords_in_city: f64,
    pub council_tax_net: f64,
    /// Pay of in-commuters over pay of residents, job for job.
    pub commuter_pay_ratio: f64,
}

#[derive(Clone, Debug)]
pub struct Commuting {
    /// Share of the city's jobs held by residents.
    pub resident_share_of_jobs: f64,
    /// Residents employed outside the city over residents in work.
    pub out_commuter_share: f64,
    /// In-commuters from the region (the others come from the rest of the country).
    pub in_from_region: f64,
    pub out_to_region: f64,
}

#[derive(Clone, Debug)]
pub struct Consumption {
    /// Budget shares by decile; each row sums to 1 (rent, mortgage interest and council tax left out).
    pub budget_shares: [[f64; PURCHASES]; DECILES],
    /// Annual marginal propensity to consume by decile.
    pub marginal_propensity: [f64; DECILES],
    /// Average propensity by decile, at most 1 (capped).
    pub average_propensity: [f64; DECILES],
    /// Where the sale happens: city, region, country (online and utilities), world; each row sums to 1. Of
    /// energy, water and repairs the row divides what is left after the water bill (`water_share`).
    pub place_of_sale: [[f64; 4]; PURCHASES],
    /// Sector of the seller of what is sold in the city; each row sums to 1. Goods are sold by G. Of energy,
    /// water and repairs this is repairs and materials, the water bill being paid apart.
    pub seller_sector: [[f64; SECTORS]; PURCHASES],
    /// Of what is sold in the city, the part by ownership of the seller: independent (family, independent,
    /// co-operative, VCSE), local group, chain (national, multinational, financialised), public; sums to 1.
    pub seller_kind: [[f64; 4]; PURCHASES],
    /// VAT and duties in each pound spent at sellers in the United Kingdom.
    pub vat_share: [f64; PURCHASES],
    /// Share of the energy, water and repairs budget that is the water bill, paid to the water utility.
    pub water_share: f64,
}

#[derive(Clone, Debug)]
pub struct AnchorFacts {
    /// Short stable name used in scenario files, for example "council".
    pub id: String,
    pub name: String,
    pub kind: AnchorKind,
    pub staff: f64,
    pub procurement: f64,
    /// Mean gross pay of its staff.
    pub mean_pay: f64,
    pub employer_pension: f64,
    /// Sections in which its jobs are counted, with shares that sum to 1.
    pub sections: Vec<(Sector, f64)>,
    /// Where income beyond local receipts comes from: central government, region, country, world; sums to 1.
    pub income_sources: [f64; 4],
    /// Irrecoverable VAT as a share of what it buys (net).
    pub irrecoverable_vat: f64,
    /// Share of its procurement in each category; sums to 1.
    pub category_mix: Vec<f64>,
    /// Share of procurement that is petty spend, below the contract floor.
    pub petty_share: f64,
    pub team: TeamFacts,
    pub flag: Flag,
}

/// A figure that the synthesised city must match, with the tolerance chosen beforehand.
#[derive(Clone, Debug)]
pub struct Target {
    pub id: String,
    pub name: String,
    pub value: f64,
    pub unit: String,
    pub source: String,
    pub flag: Flag,
    /// Relative tolerance.
    pub tolerance: f64,
    /// True when the figure was not used in synthesis (validation).
    pub held_back: bool,
    /// Why the target cannot be met, where that is known beforehand; it is then listed and not failed.
    pub excused: Option<String>,
}
