//! The national table as a city's technology: coefficients, imputed rent taken out, local shares by FLQ.

use super::city::{SECTORS, Technology};
use super::error::PlaceError;
use super::figures::Figures;
use super::flq::{self, Quotient};
use super::table::Table;
use super::vocabulary::Sector;

/// Jobs by section in the city, in the region with the city, and in the nation.
pub struct Jobs {
    pub names: Vec<String>,
    pub city: [f64; SECTORS],
    pub region: [f64; SECTORS],
    pub nation: [f64; SECTORS],
}

pub fn jobs() -> Result<Jobs, PlaceError> {
    let table = Table::embedded("leeds/jobs_2023.csv")?;
    let mut jobs =
        Jobs { names: Vec::new(), city: [0.0; SECTORS], region: [0.0; SECTORS], nation: [0.0; SECTORS] };
    for sector in Sector::ALL {
        let row = table.find(sector.label())?;
        let i = sector.index();
        jobs.names.push(table.text(row, "name")?.to_string());
        [jobs.city[i], jobs.region[i], jobs.nation[i]] =
            table.numbers(row, ["leeds", "west_yorkshire", "great_britain"])?;
    }
    Ok(jobs)
}

/// The United Kingdom's accounts by section, GBP million of 2019, without rent that no firm receives.
pub struct National {
    /// `flows[i][j]`: section i's sales to section j, home-made, basic prices.
    pub flows: [[f64; SECTORS]; SECTORS],
    pub imports: [f64; SECTORS],
    pub product_taxes: [f64; SECTORS],
    pub compensation: [f64; SECTORS],
    pub surplus: [f64; SECTORS],
    pub production_taxes: [f64; SECTORS],
    pub output: [f64; SECTORS],
    pub exports: [f64; SECTORS],
    pub capital: [f64; SECTORS],
    pub capital_imports: f64,
    /// Value added of section L left in, over its published value added.
    pub real_estate_kept: f64,
}

impl National {
    pub fn value_added(&self, i: usize) -> f64 {
        self.compensation[i] + self.surplus[i] + self.production_taxes[i]
    }
}

pub fn national() -> Result<National, PlaceError> {
    let table = Table::embedded("uk/input_output_2019.csv")?;
    let row = |name: &str| -> Result<[f64; SECTORS], PlaceError> {
        let row = table.find(name)?;
        let mut out = [0.0; SECTORS];
        for sector in Sector::ALL {
            out[sector.index()] = table.number(row, sector.label())?;
        }
        Ok(out)
    };
    let mut flows = [[0.0; SECTORS]; SECTORS];
    let (mut exports, mut capital) = ([0.0; SECTORS], [0.0; SECTORS]);
    for sector in Sector::ALL {
        let (i, at) = (sector.index(), table.find(sector.label())?);
        flows[i] = row(sector.label())?;
        [exports[i], capital[i]] = table.numbers(at, ["exports", "gfcf"])?;
    }
    let mut national = National {
        flows,
        imports: row("imports")?,
        product_taxes: row("product_taxes")?,
        compensation: row("compensation")?,
        surplus: row("surplus")?,
        production_taxes: row("production_taxes")?,
        output: row("output")?,
        exports,
        capital,
        capital_imports: table.number(table.find("imports")?, "gfcf")?,
        real_estate_kept: 1.0,
    };
    strip_rent(&mut national)?;
    Ok(national)
}

/// Take out of section L what is no receipt of a firm: the imputed rent of owner-occupiers with all its
/// inputs, and the rent that tenants pay to private landlords and councils with its upkeep. Households pay
/// the latter directly in the model; leaving both in would count one rent twice.
fn strip_rent(national: &mut National) -> Result<(), PlaceError> {
    let l = Sector::L.index();
    let owners = Table::embedded("uk/owner_occupied_housing_2019.csv")?;
    let item = |name: &str| -> Result<f64, PlaceError> { owners.number(owners.find(name)?, "value") };
    for sector in Sector::ALL {
        national.flows[sector.index()][l] -= item(sector.label())?;
    }
    national.imports[l] -= item("imports")?;
    national.product_taxes[l] -= item("product_taxes")?;
    national.compensation[l] -= item("compensation")?;
    national.surplus[l] -= item("surplus")?;
    national.output[l] -= item("output")?;

    let facts = Figures::embedded("uk/technology.toml")?;
    let fact = |name: &str| facts.one("real_estate", name);
    let rent = fact("tenant_rent_output")? * fact("rent_outside_firms")?;
    let upkeep = rent * fact("upkeep_share")?;
    let inputs: f64 = (0..SECTORS).map(|i| national.flows[i][l]).sum::<f64>()
        + national.imports[l]
        + national.product_taxes[l];
    let kept = 1.0 - upkeep / inputs;
    for flows in national.flows.iter_mut() {
        flows[l] *= kept;
    }
    national.imports[l] *= kept;
    national.product_taxes[l] *= kept;
    national.surplus[l] -= rent - upkeep;
    national.output[l] -= rent;
    national.real_estate_kept = national.value_added(l) / fact("value_added_2019")?;
    Ok(())
}

/// Flegg's quotients over the sections.
fn local_shares(place: &[f64; SECTORS], nation: &[f64; SECTORS], delta: f64) -> [[f64; SECTORS]; SECTORS] {
    let shares = flq::shares(place, nation, (Quotient::Flq, delta));
    let mut out = [[0.0; SECTORS]; SECTORS];
    for (row, of) in out.iter_mut().zip(shares) {
        row.copy_from_slice(&of);
    }
    out
}

/// `delta_added`: by how much Flegg's delta departs from the data.
pub fn load(jobs: &Jobs, national: &National, delta_added: f64) -> Result<Technology, PlaceError> {
    let facts = Figures::embedded("uk/technology.toml")?;
    let sectors = Table::embedded("uk/sector_assumptions.csv")?;
    let delta = facts.one("regionalisation", "delta")? + delta_added;
    let in_city = local_shares(&jobs.city, &jobs.nation, delta);
    let in_county = local_shares(&jobs.region, &jobs.nation, delta);
    let zero = [[0.0; SECTORS]; SECTORS];
    let mut technology = Technology {
        domestic: zero,
        imports: [0.0; SECTORS],
        product_taxes: [0.0; SECTORS],
        compensation: [0.0; SECTORS],
        surplus: [0.0; SECTORS],
        production_taxes: [0.0; SECTORS],
        in_city,
        in_region: zero,
        delta,
        retail_margin: facts.one("retail", "distribution_margin")? * facts.one("retail", "retail_part")?,
        capital_by_sector: [0.0; SECTORS],
        depreciation_share: [0.0; SECTORS],
    };
    let capital: f64 = national.capital.iter().sum::<f64>() + national.capital_imports;
    for j in 0..SECTORS {
        // A subsidy on production (A, J, L) is no use of receipts: it is set to zero and taken from surplus.
        let subsidy = national.production_taxes[j].min(0.0);
        let taxes = national.production_taxes[j].max(0.0);
        let surplus = national.surplus[j] + subsidy;
        let inputs: f64 = (0..SECTORS).map(|i| national.flows[i][j]).sum();
        let output = inputs
            + national.imports[j]
            + national.product_taxes[j]
            + national.compensation[j]
            + surplus
            + taxes;
        for i in 0..SECTORS {
            technology.domestic[i][j] = national.flows[i][j] / output;
            technology.in_region[i][j] = (in_county[i][j] - in_city[i][j]).max(0.0);
        }
        technology.imports[j] = national.imports[j] / output;
        technology.product_taxes[j] = national.product_taxes[j] / output;
        technology.compensation[j] = national.compensation[j] / output;
        technology.surplus[j] = surplus / output;
        technology.production_taxes[j] = taxes / output;
        technology.capital_by_sector[j] = national.capital[j] / capital;
        let row = sectors.find(Sector::from_index(j).label())?;
        technology.depreciation_share[j] = sectors.number(row, "depreciation")?;
    }
    Ok(technology)
}
