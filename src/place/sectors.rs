//! Jobs, value added, firms and outside customers of each section in the city.

use super::city::{Consumption, SECTORS, SectorFacts, Technology};
use super::error::PlaceError;
use super::table::Table;
use super::technology::{Jobs, National};
use super::vocabulary::{Purchase, Sector, SizeBand};

/// Everything but the payers of exports, which need consumption first (`export_payers`).
pub fn load(jobs: &Jobs, national: &National, uprate: f64) -> Result<Vec<SectorFacts>, PlaceError> {
    let gva = value_added(jobs, national)?;
    let enterprises = Table::embedded("leeds/enterprises_2025.csv")?;
    let units = Table::embedded("leeds/local_units_2025.csv")?;
    let assumed = Table::embedded("uk/sector_assumptions.csv")?;
    let mut out = Vec::new();
    for &sector in Sector::ALL {
        let i = sector.index();
        let gva = gva[i] * 1e6 * uprate;
        out.push(SectorFacts {
            sector,
            name: jobs.names[i].clone(),
            jobs: jobs.city[i],
            gva,
            compensation: gva * national.compensation[i] / national.value_added(i),
            enterprises: by_band(&enterprises, sector)?,
            local_units: by_band(&units, sector)?,
            export_payers: [0.0, 1.0, 0.0, 0.0],
            public_share_of_jobs: assumed.number(assumed.find(sector.label())?, "public_jobs")?,
        });
    }
    Ok(out)
}

fn by_band(table: &Table, sector: Sector) -> Result<[f64; SizeBand::COUNT], PlaceError> {
    let row = table.find(sector.label())?;
    let mut out = [0.0; SizeBand::COUNT];
    for band in SizeBand::ALL {
        out[band.index()] = table.number(row, band.label())?;
    }
    Ok(out)
}

/// Value added by section, GBP million of 2023. A published group (DE) is split by jobs times national
/// value added a job; of L the part that firms receive is kept.
fn value_added(jobs: &Jobs, national: &National) -> Result<[f64; SECTORS], PlaceError> {
    let table = Table::embedded("leeds/gva_2023.csv")?;
    let mut out = [0.0; SECTORS];
    for row in 0..table.len() {
        let group = table.text(row, "group")?.to_string();
        let total = table.number(row, "value")?;
        let members: Vec<usize> = Sector::ALL
            .iter()
            .filter(|sector| group.contains(sector.label()))
            .map(|sector| sector.index())
            .collect();
        let weight = |i: usize| jobs.city[i] * national.value_added(i) / jobs.nation[i];
        let weights: f64 = members.iter().map(|&i| weight(i)).sum();
        for &i in &members {
            out[i] = if members.len() == 1 { total } else { total * weight(i) / weights };
        }
    }
    out[Sector::L.index()] *= national.real_estate_kept;
    Ok(out)
}

/// Who pays for what leaves the city: region, country, world, central government.
///
/// Sales to the world are the national export share of each section's output, scaled to the published
/// exports of the city where those are known (GBP a year). Sales out of the city are output less inputs bought in the city and household
/// spending there; government and the region take assumed shares of the part that stays in the country.
pub fn export_payers(
    sectors: &mut [SectorFacts],
    (technology, national): (&Technology, &National),
    consumption: &Consumption,
    (city_budget, sold_abroad): (f64, Option<f64>),
) -> Result<(), PlaceError> {
    let assumed = Table::embedded("uk/sector_assumptions.csv")?;
    let output: Vec<f64> = sectors
        .iter()
        .map(|facts| {
            let j = facts.sector.index();
            facts.gva / (technology.compensation[j] + technology.surplus[j] + technology.production_taxes[j])
        })
        .collect();
    let households = household_sales(technology, consumption, city_budget);
    let abroad: Vec<f64> =
        (0..SECTORS).map(|i| output[i] * national.exports[i] / national.output[i]).collect();
    let scale = sold_abroad.map_or(1.0, |sold| sold / abroad.iter().sum::<f64>());
    for i in 0..SECTORS {
        let firms: f64 =
            (0..SECTORS).map(|j| output[j] * technology.domestic[i][j] * technology.in_city[i][j]).sum();
        let world = abroad[i] * scale;
        let out = (output[i] - firms - households[i]).max(0.1 * output[i]).max(world / 0.9);
        let row = assumed.find(Sector::from_index(i).label())?;
        let world = world / out;
        let government = (1.0 - world) * assumed.number(row, "government")?;
        let region = (1.0 - world - government) * assumed.number(row, "region")?;
        sectors[i].export_payers = [region, 1.0 - world - government - region, world, government];
    }
    Ok(())
}

/// Receipts of the city's sections from resident households at basic prices: a shop's output is its margin.
fn household_sales(technology: &Technology, consumption: &Consumption, budget: f64) -> [f64; SECTORS] {
    let mut out = [0.0; SECTORS];
    let deciles = consumption.budget_shares.len() as f64;
    for p in 0..Purchase::COUNT {
        let share: f64 = consumption.budget_shares.iter().map(|row| row[p]).sum::<f64>() / deciles;
        let sold = budget * share * consumption.place_of_sale[p][0] * (1.0 - consumption.vat_share[p]);
        for (i, (receipts, share)) in out.iter_mut().zip(consumption.seller_sector[p]).enumerate() {
            let margin = if i == Sector::G.index() { technology.retail_margin } else { 1.0 };
            *receipts += sold * share * margin;
        }
    }
    out
}
