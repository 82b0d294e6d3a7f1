//! Leeds, from its embedded data.

use super::assumed::{Assumed, shifted};
use super::city::City;
use super::difference::Difference;
use super::error::PlaceError;
use super::figures::Figures;
use super::procurement_law::ProcurementLaw;
use super::{anchors, consumption, firms, people, sectors, targets, tax, technology};

/// The price year of every flow.
const PRICE_YEAR: &str = "2025/26";

/// Leeds under departures from its data.
pub fn load(assumed: &Assumed) -> Result<City, PlaceError> {
    load_like(assumed, &Difference::default())
}

/// A city of Leeds's size that differs from it.
pub fn load_like(assumed: &Assumed, difference: &Difference) -> Result<City, PlaceError> {
    let facts = Figures::embedded("leeds/city.toml")?;
    let uprate = facts.one("prices", "uprate_2023")?;
    let anchors = anchors::anchors("leeds")?;
    let (jobs_of_leeds, mut jobs) = (technology::jobs()?, technology::jobs()?);
    difference.jobs(&mut jobs, &anchors);
    let national = technology::national()?;
    let technology = technology::load(&jobs, &national, assumed.flq_delta_added)?;
    let mut wards = people::wards()?;
    difference.wards(&mut wards);
    let accounts = people::accounts(&wards)?;
    let mut people = people::people(&accounts)?;
    difference.people(&mut people);
    people.landlords_in_city = shifted(people.landlords_in_city, assumed.landlords_local_shift);
    let mut consumption = consumption::load(people.average_propensity)?;
    assumed.consumption(&mut consumption);
    let mut sectors = sectors::load(&jobs_of_leeds, &national, uprate)?;
    difference.sectors(&mut sectors, &jobs.city, &anchors);
    let budget = accounts.consumption - people::rents(&people, &wards);
    let world = facts.one("firms", "exports_world")? * 1e6 * uprate;
    sectors::export_payers(&mut sectors, (&technology, &national), &consumption, (budget, Some(world)))?;
    let categories = anchors::categories(
        &anchors,
        (facts.one("procurement", "local_share_city")?, facts.one("procurement", "local_share_region")?),
        assumed,
    )?;
    let mut ownership = firms::ownership()?;
    assumed.ownership(&mut ownership);
    let mut commuting = people::commuting()?;
    assumed.commuting(&mut commuting);
    commuting.out_commuter_share = difference.out_commuters(commuting.out_commuter_share);
    let mut city = City {
        name: "Leeds".into(),
        price_year: PRICE_YEAR.into(),
        uprate_2023: uprate,
        uprate_decile_income: accounts.uprate_decile,
        technology,
        sectors,
        ownership,
        demography: firms::demography()?,
        wards,
        people,
        commuting,
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
