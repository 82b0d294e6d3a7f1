//! A place of Preston's size: sections of Great Britain at Preston's number of jobs, households and firms like those of
//! Leeds in what is not known, and the published figures of its procurement before and after the shift of 2013 to 2017.
//! It is no portrait. What is Preston's own stands in `data/preston`, each figure flagged.

use super::assumed::Assumed;
use super::city::{City, People, SECTORS, SectorFacts, Ward};
use super::error::PlaceError;
use super::figures::Figures;
use super::technology::{Jobs, National};
use super::vocabulary::{Sector, Tenure};
use super::{anchors, leeds, people, sectors, technology};

pub const NAME: &str = "Preston";

/// Which shares of spending the place starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    Before,
    After,
}

impl Year {
    /// As the figures are named.
    fn label(self) -> &'static str {
        match self {
            Year::Before => "2012_13",
            Year::After => "2016_17",
        }
    }
}

pub fn load(year: Year, assumed: &Assumed) -> Result<City, PlaceError> {
    let facts = Figures::embedded("preston/city.toml")?;
    let like = leeds::load(assumed)?;
    let national = technology::national()?;
    let jobs = jobs(&facts)?;
    let technology = technology::load(&jobs, &national, assumed.flq_delta_added)?;
    let wards = wards(&facts, &like)?;
    let people = residents(&facts, &like, &wards)?;
    let mut sectors = firms(&facts, &like, &jobs, &national)?;
    let mortgaged: f64 = wards.iter().map(|ward| ward.tenure[Tenure::Mortgage.index()]).sum();
    let interest = mortgaged * 12.0 * people.mortgage_interest_month;
    let spent = people.disposable_cash_income * people.average_propensity - interest;
    let budget = spent - people::rents(&people, &wards);
    let national = (&technology, &national);
    sectors::export_payers(&mut sectors, national, &like.consumption, (budget, None))?;
    let (anchors, shares) = buying(&facts, year)?;
    let categories = anchors::categories(&anchors, shares, assumed)?;
    let mut commuting = commuting(&facts, &jobs, &people)?;
    assumed.commuting(&mut commuting);
    Ok(City {
        name: NAME.into(),
        uprate_decile_income: like.uprate_decile_income * relative_income(&facts)?,
        technology,
        sectors,
        wards,
        people,
        commuting,
        anchors,
        categories,
        targets: Vec::new(),
        ..like
    })
}

/// Jobs by section: those of Great Britain at the city's and at the county's number.
fn jobs(facts: &Figures) -> Result<Jobs, PlaceError> {
    let of = technology::jobs()?;
    let all: f64 = of.nation.iter().sum();
    let city = facts.one("people", "jobs")? / all;
    let region = facts.one("people", "region_jobs")? / all;
    Ok(Jobs { city: of.nation.map(|n| n * city), region: of.nation.map(|n| n * region), ..of })
}

/// Disposable income a head over that of Leeds.
fn relative_income(facts: &Figures) -> Result<f64, PlaceError> {
    let leeds = Figures::embedded("leeds/city.toml")?;
    let of_leeds = leeds.one("income", "gdhi_per_head")? / leeds.one("income", "gdhi_per_head_uk")?;
    Ok(facts.one("income", "per_head_to_uk")? / of_leeds)
}

/// Wards like every other one of Leeds in the order of their deprivation, scaled to the city's residents and households.
fn wards(facts: &Figures, like: &City) -> Result<Vec<Ward>, PlaceError> {
    let n = facts.one("people", "wards")? as usize;
    let mut order: Vec<&Ward> = like.wards.iter().collect();
    order.sort_by(|a, b| a.deprivation_rank.total_cmp(&b.deprivation_rank).then(a.code.cmp(&b.code)));
    let chosen: Vec<&Ward> = (0..n).map(|i| order[(2 * i + 1) * order.len() / (2 * n)]).collect();
    let sum = |of: fn(&Ward) -> f64| chosen.iter().map(|ward| of(ward)).sum::<f64>();
    let residents = facts.one("people", "residents")? / sum(|ward| ward.residents);
    let households = facts.one("people", "households")? / sum(|ward| ward.households);
    let ward = |(i, of): (usize, &&Ward)| Ward {
        code: format!("preston_{:02}", i + 1),
        name: format!("Ward {} of {n}, from the most deprived", i + 1),
        residents: of.residents * residents,
        households: of.households * households,
        tenure: of.tenure.map(|homes| homes * households),
        ..(*of).clone()
    };
    Ok(chosen.iter().enumerate().map(ward).collect())
}

fn residents(facts: &Figures, like: &City, wards: &[Ward]) -> Result<People, PlaceError> {
    let of = &like.people;
    let persons: f64 = wards.iter().map(|ward| ward.residents).sum::<f64>() / of.residents;
    let homes: f64 = wards.iter().map(|ward| ward.households).sum::<f64>() / of.households;
    let income = relative_income(facts)?;
    let pay = facts.one("income", "pay_to_leeds")?;
    let rents = facts.one("income", "rents_to_leeds")?;
    let (job_share, pay_share) =
        (facts.one("commuting", "resident_share_of_jobs")?, facts.one("commuting", "resident_share_of_pay")?);
    Ok(People {
        residents: of.residents * persons,
        households: of.households * homes,
        by_age: of.by_age.iter().map(|n| n * persons).collect(),
        employment_rate: facts.one("people", "employment_rate")?,
        universal_credit_households: of.universal_credit_households * homes,
        pay_percentiles: of.pay_percentiles.map(|x| x * pay),
        private_pension: of.private_pension * income,
        investment_income: of.investment_income.map(|x| x * income),
        other_benefits: of.other_benefits,
        disposable_cash_income: of.disposable_cash_income * persons * income,
        private_rent_month: of.private_rent_month * rents,
        council_tax_net: of.council_tax_net * homes,
        commuter_pay_ratio: ((1.0 - pay_share) / (1.0 - job_share)) / (pay_share / job_share),
        ..of.clone()
    })
}

/// Value added a job as in the country; enterprises and sites a job as in Leeds.
fn firms(
    facts: &Figures,
    like: &City,
    jobs: &Jobs,
    national: &National,
) -> Result<Vec<SectorFacts>, PlaceError> {
    let growth = facts.one("income", "value_added_growth")?;
    let section = |sector: &Sector| {
        let i = sector.index();
        let of = &like.sectors[i];
        let gva = jobs.city[i] * national.value_added(i) * 1e6 / jobs.nation[i] * growth;
        let a_job = jobs.city[i] / of.jobs.max(1.0);
        SectorFacts {
            jobs: jobs.city[i],
            gva,
            compensation: gva * national.compensation[i] / national.value_added(i),
            enterprises: of.enterprises.map(|n| n * a_job),
            local_units: of.local_units.map(|n| n * a_job),
            ..of.clone()
        }
    };
    debug_assert_eq!(Sector::ALL.len(), SECTORS);
    Ok(Sector::ALL.iter().map(section).collect())
}

/// The institutions, at what they bought in a year, and where (city, rest of the county).
fn buying(facts: &Figures, year: Year) -> Result<(Vec<super::city::AnchorFacts>, (f64, f64)), PlaceError> {
    let of = |what: &str| facts.one("procurement", &format!("{what}_{}", year.label()));
    let mut anchors = anchors::anchors("preston")?;
    let all: f64 = anchors.iter().map(|anchor| anchor.procurement).sum();
    let total = of("total")? * 1e6 * of("deflator")?;
    anchors.iter_mut().for_each(|anchor| anchor.procurement *= total / all);
    Ok((anchors, (of("city")?, of("region")?)))
}

/// Residents who hold no job in the city and are in work commute out.
fn commuting(facts: &Figures, jobs: &Jobs, people: &People) -> Result<super::city::Commuting, PlaceError> {
    let share = |name: &str| facts.one("commuting", name);
    let here = share("resident_share_of_jobs")?;
    let of_age: f64 = people.by_age[16..65].iter().sum();
    let in_work = of_age * people.employment_rate;
    Ok(super::city::Commuting {
        resident_share_of_jobs: here,
        out_commuter_share: (1.0 - here * jobs.city.iter().sum::<f64>() / in_work).max(0.0),
        in_from_region: share("in_from_region")?,
        out_to_region: share("out_to_region")?,
    })
}
