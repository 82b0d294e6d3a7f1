//! Figures that the synthesised city is checked against.

use super::anchors;
use super::city::{AnchorFacts, City, Target};
use super::error::PlaceError;
use super::figures::Figures;
use super::people::Accounts;
use super::table::Table;
use super::vocabulary::{Flag, SizeBand};

pub fn load(city: &City, accounts: &Accounts) -> Result<Vec<Target>, PlaceError> {
    let table = Table::embedded("leeds/targets.csv")?;
    let mut targets = Vec::new();
    for row in 0..table.len() {
        let id = table.text(row, "id")?.to_string();
        let value = match table.text(row, "value")? {
            "" => computed(city, accounts, &id)?
                .ok_or_else(|| table.wrong(row, "value", "write a number: this target is not computed"))?,
            _ => table.number(row, "value")?,
        };
        let excused = table.text(row, "excused")?;
        targets.push(Target {
            id,
            name: table.text(row, "name")?.to_string(),
            value,
            unit: table.text(row, "unit")?.to_string(),
            source: table.text(row, "source")?.to_string(),
            flag: anchors::flag(&table, row)?,
            tolerance: table.number(row, "tolerance")?,
            held_back: table.text(row, "held_back")? == "true",
            excused: (!excused.is_empty()).then(|| excused.to_string()),
        });
    }
    targets.extend(by_section_and_ward(city));
    Ok(targets)
}

/// The value of a target that other data files imply; none for a name not known here.
fn computed(city: &City, accounts: &Accounts, id: &str) -> Result<Option<f64>, PlaceError> {
    let facts = Figures::embedded("leeds/city.toml")?;
    let sum = |f: &dyn Fn(&super::city::SectorFacts) -> f64| city.sectors.iter().map(f).sum::<f64>();
    let total = |counts: &[f64; SizeBand::COUNT]| counts.iter().sum::<f64>();
    let enterprises = sum(&|s| total(&s.enterprises));
    let bands = |range: std::ops::Range<usize>| {
        sum(&|s| s.enterprises[range.clone()].iter().sum::<f64>()) / enterprises
    };
    let tenure = |k: usize| {
        city.wards.iter().map(|ward| ward.tenure[k]).sum::<f64>()
            / city.wards.iter().flat_map(|ward| ward.tenure).sum::<f64>()
    };
    let pay = &city.people.pay_percentiles;
    Ok(Some(match id {
        "residents" => city.people.residents,
        "households" => city.people.households,
        "jobs" => sum(&|s| s.jobs),
        "resident_share_of_jobs" => city.commuting.resident_share_of_jobs,
        "resident_share_of_pay" => facts.one("commuting", "resident_share_of_pay")?,
        "enterprises" => enterprises,
        "local_units" => sum(&|s| total(&s.local_units)),
        "size_share_0_9" => bands(0..2),
        "size_share_10_49" => bands(2..4),
        "size_share_50_249" => bands(4..6),
        "size_share_250" => bands(6..7),
        "anchors" => city.anchors.len() as f64,
        "anchor_staff" => city.anchors.iter().map(|anchor| anchor.staff).sum(),
        "anchor_procurement" => city.anchors.iter().map(|anchor| anchor.procurement).sum(),
        "anchor_local_share" => facts.one("procurement", "local_share_city")?,
        "anchor_region_share" => facts.one("procurement", "local_share_region")?,
        "disposable_cash_income" => city.people.disposable_cash_income,
        "consumption_cash" => accounts.consumption,
        "saving_ratio" => 1.0 - city.people.average_propensity,
        "compensation" => sum(&|s| s.compensation),
        "gva_cash" => sum(&|s| s.gva),
        "employment_rate" => city.people.employment_rate,
        "unemployment_rate" => city.people.unemployment_rate,
        "universal_credit_households" => city.people.universal_credit_households,
        "tenure_outright" => tenure(0),
        "tenure_mortgage" => tenure(1),
        "tenure_council" => tenure(2),
        "tenure_association" => tenure(3),
        "tenure_private" => tenure(4),
        "median_pay" => pay[4],
        "p90_p10_pay" => pay[8] / pay[0],
        "commuters_from_region" => city.commuting.in_from_region,
        "survival_1" => city.demography.survival[0],
        "survival_2" => city.demography.survival[1],
        "survival_3" => city.demography.survival[2],
        "survival_4" => city.demography.survival[3],
        "survival_5" => city.demography.survival[4],
        "council_top10_share" => facts.one("procurement", "top10_share")?,
        "council_top50_share" => facts.one("procurement", "top50_share")?,
        "council_top100_share" => facts.one("procurement", "top100_share")?,
        "council_top500_share" => facts.one("procurement", "top500_share")?,
        "exports_world" => facts.one("firms", "exports_world")? * 1e6 * city.uprate_2023,
        "outside_ownership_of_jobs" => facts.one("firms", "outside_ownership_of_jobs")?,
        _ => return Ok(None),
    }))
}

/// Jobs of each section and households of each ward.
fn by_section_and_ward(city: &City) -> Vec<Target> {
    let target = |id: String, name: String, value: f64, unit: &str, source: &str, tolerance: f64| Target {
        id,
        name,
        value,
        unit: unit.into(),
        source: source.into(),
        flag: Flag::Published,
        tolerance,
        held_back: false,
        excused: None,
    };
    let sections = city.sectors.iter().map(|facts| {
        let id = format!("jobs_{}", facts.sector.label().to_lowercase());
        target(id, format!("Jobs in {}", facts.name), facts.jobs, "jobs", "ONS BRES 2023", 0.05)
    });
    let wards = city.wards.iter().map(|ward| {
        let id = format!("households_{}", ward.code.to_lowercase());
        target(
            id,
            format!("Households in {}", ward.name),
            ward.households,
            "households",
            "ONS Census 2021",
            0.01,
        )
    });
    sections.chain(wards).collect()
}

/// Spend-weighted share of the covered anchors' procurement in the city, and in the rest of the region.
pub fn anchor_local_shares(city: &City) -> (f64, f64) {
    let covered: Vec<&AnchorFacts> =
        anchors::covered(&city.anchors).into_iter().map(|a| &city.anchors[a]).collect();
    let total: f64 = covered.iter().map(|anchor| anchor.procurement).sum();
    let share = |local: &dyn Fn(usize) -> f64| {
        covered
            .iter()
            .flat_map(|anchor| anchor.category_mix.iter().enumerate().map(move |(c, mix)| (anchor, c, mix)))
            .map(|(anchor, c, mix)| anchor.procurement * mix * local(c))
            .sum::<f64>()
            / total
    };
    (share(&|c| city.categories[c].in_city), share(&|c| city.categories[c].in_region))
}
