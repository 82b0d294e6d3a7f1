//! Leeds loads, and its figures are sane.

use recirc::place::city::{City, SECTORS};
use recirc::place::vocabulary::*;
use recirc::place::{self, Place, flq, register};
use std::path::Path;

pub fn leeds() -> City {
    match place::load("leeds", Path::new(".")).unwrap() {
        Place::City(city) => *city,
        Place::Town(_) => panic!("leeds is a city"),
    }
}

pub fn sums_to_one(shares: &[f64], what: &str) {
    let sum: f64 = shares.iter().sum();
    assert!((sum - 1.0).abs() < 1e-9, "{what} sums to {sum}");
    assert!(shares.iter().all(|share| share.is_finite() && *share >= 0.0), "{what}: {shares:?}");
}

#[test]
fn every_column_of_the_technology_sums_to_one() {
    let city = leeds();
    let t = &city.technology;
    for j in 0..SECTORS {
        let mut column: Vec<f64> = (0..SECTORS).map(|i| t.domestic[i][j]).collect();
        column.extend([
            t.imports[j],
            t.product_taxes[j],
            t.compensation[j],
            t.surplus[j],
            t.production_taxes[j],
        ]);
        sums_to_one(&column, Sector::from_index(j).label());
        assert!((0.0..=1.0).contains(&t.depreciation_share[j]));
        for i in 0..SECTORS {
            let (city, region) = (t.in_city[i][j], t.in_region[i][j]);
            assert!(city >= 0.0 && region >= 0.0 && city + region <= 1.0 + 1e-12);
        }
    }
    let capital: f64 = t.capital_by_sector.iter().sum();
    assert!((0.8..0.95).contains(&capital), "home-made part of capital {capital}");
    assert!((0.29..0.31).contains(&t.retail_margin));
}

#[test]
fn shares_sum_to_one() {
    let city = leeds();
    for sector in &city.sectors {
        sums_to_one(&sector.export_payers, &sector.name);
        assert!(sector.jobs > 0.0 && sector.gva > 0.0 && sector.compensation > 0.0);
    }
    for band in 0..SizeBand::COUNT {
        sums_to_one(&city.ownership.enterprise_share[band], "enterprises by form");
        sums_to_one(&city.ownership.branch_share[band], "branches by form");
    }
    for form in &city.ownership.forms {
        let to = [form.to_city_owners, form.to_region_owners, form.to_country_owners, form.to_world_owners];
        sums_to_one(&[to.as_slice(), &[form.to_finance]].concat(), "surplus");
    }
    let c = &city.consumption;
    c.budget_shares.iter().for_each(|row| sums_to_one(row, "budget"));
    for p in 0..Purchase::COUNT {
        let name = Purchase::from_index(p).label();
        sums_to_one(&c.place_of_sale[p], name);
        sums_to_one(&c.seller_sector[p], name);
        sums_to_one(&c.seller_kind[p], name);
    }
    for d in 0..10 {
        assert!(c.average_propensity[d] <= 1.0 && c.average_propensity[d] > 0.5);
        assert!(c.marginal_propensity[d] <= c.average_propensity[d]);
    }
    sums_to_one(&city.people.household_sizes, "household sizes");
    for anchor in &city.anchors {
        sums_to_one(&anchor.category_mix, &anchor.id);
        sums_to_one(&anchor.income_sources, &anchor.id);
        sums_to_one(&anchor.sections.iter().map(|(_, share)| *share).collect::<Vec<_>>(), &anchor.id);
    }
}

#[test]
fn anchors_fit_in_the_city() {
    let city = leeds();
    assert_eq!(city.anchors.len(), 15);
    assert_eq!(city.categories.len(), 14);
    let staff: f64 = city.anchors.iter().map(|anchor| anchor.staff).sum();
    assert!((58_000.0..59_000.0).contains(&staff), "{staff}");
    let bought: f64 = city.anchors.iter().map(|anchor| anchor.procurement).sum();
    assert!((2.1e9..2.4e9).contains(&bought), "{bought}");
    for sector in &city.sectors {
        let held: f64 = city
            .anchors
            .iter()
            .flat_map(|anchor| anchor.sections.iter().map(move |(s, share)| (s, share * anchor.staff)))
            .filter(|(s, _)| **s == sector.sector)
            .map(|(_, jobs)| jobs)
            .sum();
        let public = sector.public_share_of_jobs * sector.jobs;
        assert!(held + public <= sector.jobs, "{}: {held} + {public} of {}", sector.name, sector.jobs);
    }
    let (local, region) = place::anchor_local_shares(&city);
    assert!((local - 0.48).abs() < 0.005 && (region - 0.04).abs() < 0.005, "{local} {region}");
}

/// Against a separate computation of the quotients from the same employment (quotients rounded to three places).
#[test]
fn location_quotients() {
    let city = leeds();
    assert!((flq::lambda(502_590.0, 31_799_835.0, 0.25) - 0.3878).abs() < 1e-4);
    let at = |i: Sector, j: Sector| city.technology.in_city[i.index()][j.index()];
    let known = [
        (Sector::A, Sector::A, 0.0551),
        (Sector::F, Sector::M, 0.2862),
        (Sector::K, Sector::G, 0.6703),
        (Sector::N, Sector::Q, 0.5448),
        (Sector::S, Sector::S, 0.3246),
        (Sector::C, Sector::A, 1.0),
    ];
    for (i, j, share) in known {
        assert!((at(i, j) - share).abs() < 5e-4, "{i:?} to {j:?}: {}", at(i, j));
    }
    let county = city.technology.in_region[Sector::C.index()][Sector::F.index()] + at(Sector::C, Sector::F);
    assert!((county - 0.6585).abs() < 5e-4, "{county}");
}

#[test]
fn totals_are_plausible() {
    let city = leeds();
    let jobs: f64 = city.sectors.iter().map(|sector| sector.jobs).sum();
    assert_eq!(jobs, 502_590.0);
    let pay: f64 = city.sectors.iter().map(|sector| sector.compensation).sum::<f64>() / city.uprate_2023;
    assert!((20.0e9..21.2e9).contains(&pay), "{pay}");
    let gva: f64 = city.sectors.iter().map(|sector| sector.gva).sum::<f64>() / city.uprate_2023;
    assert!((33.0e9..34.5e9).contains(&gva), "{gva}");
    assert_eq!(city.wards.len(), 33);
    let households: f64 = city.wards.iter().map(|ward| ward.households).sum();
    assert!((households / city.people.households - 1.0).abs() < 0.001);
    let weight: f64 = city.wards.iter().map(|ward| ward.residents * ward.workplace_weight).sum();
    let centre: f64 = city
        .wards
        .iter()
        .filter(|ward| ["Little London & Woodhouse", "Hunslet & Riverside"].contains(&ward.name.as_str()))
        .map(|ward| ward.residents * ward.workplace_weight)
        .sum();
    assert!((centre / weight - 0.40).abs() < 0.02, "{}", centre / weight);
    let residents: f64 = city.people.by_age.iter().sum();
    assert!((residents - city.people.residents).abs() < 1e-3);
    assert_eq!(city.people.by_age.len(), 91);
    let c = &city.consumption;
    let vat: f64 = (0..Purchase::COUNT)
        .map(|p| {
            let share: f64 = c.budget_shares.iter().map(|row| row[p]).sum::<f64>() / 10.0;
            share * c.vat_share[p] * (1.0 - c.place_of_sale[p][3])
        })
        .sum();
    assert!((0.10..0.12).contains(&vat), "VAT and duties {vat}");
}

#[test]
fn every_figure_has_unit_flag_and_source() {
    let register = register::parameters().unwrap();
    assert!(register.len() > 1500, "{}", register.len());
    for p in &register {
        assert!(p.value.is_finite(), "{} {}", p.file, p.key);
        assert!(!p.unit.is_empty() && !p.source.is_empty(), "{} {}: unit or source missing", p.file, p.key);
        assert!(
            ["published", "derived", "recalled", "assumed"].contains(&p.flag.as_str()),
            "{} {}: flag {:?}",
            p.file,
            p.key,
            p.flag
        );
    }
}

#[test]
fn what_is_assumed_says_between_what_it_may_lie() {
    let register = register::parameters().unwrap();
    let mut assumed = 0;
    for p in register.iter().filter(|p| p.flag == "assumed") {
        let between = p.between.as_ref().unwrap_or_else(|| panic!("{} {} has no range", p.file, p.key));
        assumed += 1;
        let inside = (between.low..=between.high).contains(&p.value);
        assert!(inside && !between.basis.is_empty(), "{} {}: {between:?}", p.file, p.key);
        // Nought and 1 of a share have nowhere to go on one side, and a quarter of nought is nought.
        assert!(between.low < between.high || p.value == 0.0, "{} {}: {between:?}", p.file, p.key);
    }
    assert!(assumed > 500, "{assumed}");
}

#[test]
fn every_data_file_is_embedded() {
    let place = place::load("leeds", Path::new(".")).unwrap();
    let mut embedded: Vec<String> = place.data_hashes().into_iter().map(|(file, _)| file).collect();
    let mut on_disk = Vec::new();
    for folder in ["data/uk", "data/leeds"] {
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            on_disk.push(format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy()));
        }
    }
    // A published table for `recirc multipliers` is no part of a place.
    on_disk.retain(|file| file != "data/uk/uk_2010_17_sectors.csv");
    embedded.sort();
    on_disk.sort();
    assert_eq!(embedded, on_disk);
    assert_eq!(place.anchor_ids()[0], "council");
    assert_eq!(place.category_ids()[0], "works");
    assert_eq!(place.name(), "Leeds");
}

#[test]
fn targets_are_named_once_and_finite() {
    let city = leeds();
    let mut ids: Vec<&str> = city.targets.iter().map(|target| target.id.as_str()).collect();
    ids.sort();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count);
    for target in &city.targets {
        assert!(target.value.is_finite() && target.value >= 0.0, "{}", target.id);
        assert!(target.tolerance.is_finite() && (0.0..0.5).contains(&target.tolerance), "{}", target.id);
    }
    let sections = ids.iter().filter(|id| id.starts_with("jobs_")).count();
    let wards = ids.iter().filter(|id| id.starts_with("households_")).count();
    assert_eq!((sections, wards), (19, 33));
}
