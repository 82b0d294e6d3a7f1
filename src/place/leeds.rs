//! Leeds, from its embedded data.

use super::city::City;
use super::error::PlaceError;
use super::figures::Figures;
use super::procurement_law::ProcurementLaw;
use super::{anchors, consumption, firms, people, sectors, targets, tax, technology};

/// The price year of every flow.
const PRICE_YEAR: &str = "2025/26";

pub fn load() -> Result<City, PlaceError> {
    let facts = Figures::embedded("leeds/city.toml")?;
    let uprate = facts.one("prices", "uprate_2023")?;
    let jobs = technology::jobs()?;
    let national = technology::national()?;
    let technology = technology::load(&jobs, &national)?;
    let wards = people::wards()?;
    let accounts = people::accounts(&wards)?;
    let people = people::people(&accounts)?;
    let consumption = consumption::load(people.average_propensity)?;
    let mut sectors = sectors::load(&jobs, &national, uprate)?;
    let budget = accounts.consumption - people::rents(&people, &wards);
    let world = facts.one("firms", "exports_world")? * 1e6 * uprate;
    sectors::export_payers(&mut sectors, (&technology, &national), &consumption, (budget, Some(world)))?;
    let anchors = anchors::anchors("leeds")?;
    let categories = anchors::categories(
        &anchors,
        (facts.one("procurement", "local_share_city")?, facts.one("procurement", "local_share_region")?),
    )?;
    let mut city = City {
        name: "Leeds".into(),
        price_year: PRICE_YEAR.into(),
        uprate_2023: uprate,
        uprate_decile_income: accounts.uprate_decile,
        technology,
        sectors,
        ownership: firms::ownership()?,
        demography: firms::demography()?,
        wards,
        people,
        commuting: people::commuting()?,
        consumption,
        anchors,
        categories,
        tax: tax::TaxSystem::load()?,
        law: ProcurementLaw::embedded()?,
        targets: Vec::new(),
    };
    city.targets = targets::load(&city, &accounts)?;
    Ok(city)
}
