//! Ownership and demography of firms.

use super::city::{FirmDemography, FormFacts, OwnershipFacts};
use super::error::PlaceError;
use super::figures::Figures;
use super::table::Table;
use super::vocabulary::{Ownership, SizeBand};

pub fn ownership() -> Result<OwnershipFacts, PlaceError> {
    let table = Table::embedded("leeds/ownership.csv")?;
    let forms = Table::embedded("leeds/ownership_forms.csv")?;
    let empty = [[0.0; Ownership::COUNT]; SizeBand::COUNT];
    let mut facts = OwnershipFacts {
        enterprise_share: empty,
        branch_share: empty,
        forms: [FormFacts::default(); Ownership::COUNT],
    };
    for row in 0..table.len() {
        let band = table.text(row, "band")?;
        let band = SizeBand::ALL
            .iter()
            .find(|known| known.label() == band)
            .ok_or_else(|| table.wrong(row, "band", "write a size band such as 5-9"))?;
        let shares = match table.text(row, "kind")? {
            "enterprise" => &mut facts.enterprise_share[band.index()],
            "branch" => &mut facts.branch_share[band.index()],
            _ => return Err(table.wrong(row, "kind", "write enterprise or branch")),
        };
        for &form in Ownership::ALL.iter().filter(|&&form| form != Ownership::Public) {
            shares[form.index()] = table.number(row, form.label())?;
        }
    }
    for form in Ownership::ALL {
        let row = forms.find(form.label())?;
        let column = |name: &str| forms.number(row, name);
        facts.forms[form.index()] = FormFacts {
            to_city_owners: column("to_city_owners")?,
            to_region_owners: column("to_region_owners")?,
            to_country_owners: column("to_country_owners")?,
            to_world_owners: column("to_world_owners")?,
            to_finance: column("to_finance")?,
            local_sourcing: column("local_sourcing")?,
            employer_pension: column("employer_pension")?,
            social_value: column("social_value")?,
        };
    }
    Ok(facts)
}

pub fn demography() -> Result<FirmDemography, PlaceError> {
    let facts = Figures::embedded("leeds/city.toml")?;
    Ok(FirmDemography {
        death_rate: facts.one("firms", "death_rate")?,
        survival: facts.many("firms", "survival")?,
        insolvency_rate: facts.one("firms", "insolvency_rate")?,
    })
}
