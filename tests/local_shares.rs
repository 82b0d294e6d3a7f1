//! The eight definitions of local, worked by hand and on a small Leeds.

use crate::common;
use recirc::place::Place;
use recirc::place::vocabulary::{LocalDefinition, Ownership, Zone};
use recirc::scenario;
use recirc::study::{Ready, Simulation};
use recirc::world::local::LocalShares;
use recirc::world::suppliers::SupplierId;

const TOWN: &str = r#"
name = "definitions"

[[anchor]]
id = "council"
name = "Council"
kind = "council"
buys = { shop = 1000, branch = 1000, bidder = 1000 }

[[supplier]]
id = "bidder"
name = "Bidder outside"
sector = "M"
zone = "country"
ownership = "national_branch"
pays = { country = 0.50 }
buys = { shop = 0.10, country = 0.30 }
surplus = { country = 1.0 }

[[supplier]]
id = "branch"
name = "Branch of a multinational"
sector = "M"
ownership = "multinational_branch"
pays = { family = 0.20 }
buys = { country = 0.50 }
surplus = { world = 1.0 }

[[supplier]]
id = "landlord"
name = "Property firm"
sector = "L"
ownership = "family"
buys = { country = 0.20 }
surplus = { family = 0.75, region = 0.25 }

[[supplier]]
id = "shop"
name = "Shop"
sector = "G"
ownership = "independent"
pays = { family = 0.30, region = 0.10 }
buys = { landlord = 0.10, country = 0.20 }
national_taxes = 0.05
council_rates = 0.05
surplus = { family = 0.5, country = 0.5 }

[[household]]
id = "family"
spends = { country = 0.5 }
"#;

fn town() -> LocalShares {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("town.toml"), TOWN).unwrap();
    std::fs::write(dir.path().join("s.toml"), "place = \"town.toml\"\n").unwrap();
    let scenario = scenario::load(dir.path().join("s.toml").to_str().unwrap(), &[]).unwrap();
    let ready = Ready::new(scenario).unwrap();
    assert!(matches!(ready.place, Place::Town(_)));
    LocalShares::compute(&Simulation::new(&ready, 1).unwrap().city)
}

/// Of each pound of turnover the shop keeps 20p: 100 - 40 pay - 30 inputs - 10 taxes and rates. Of profit and
/// rent (20p + 10p), half of the first and three quarters of the second stay: 17.5 of 30. Up the chain: 30p pay
/// of the resident, 10p profit, 5p rates, and 10p of rent with the 60p that the landlord's owner keeps of each.
#[test]
fn a_town_by_hand() {
    let shares = town();
    let row = |i: u32| shares.rows[SupplierId(i)];
    let close = |i: u32, expected: [f32; 8]| {
        for (k, (a, b)) in row(i).iter().zip(expected).enumerate() {
            assert!(
                (a - b).abs() < 1e-6,
                "supplier {i}, {:?}: {a} is not {b}",
                LocalDefinition::from_index(k)
            );
        }
    };
    close(1, [1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.20]);
    close(2, [1.0, 1.0, 1.0, 1.0, 0.0, 0.75, 0.75, 0.60]);
    close(3, [1.0, 1.0, 1.0, 0.75, 1.0 / 3.0, 0.5, 0.175 / 0.30, 0.30 + 0.10 + 0.05 + 0.10 * 1.60]);
    let branch = row(0)[LocalDefinition::Branch.index()];
    assert!(branch == 0.0 || branch == 1.0);
    close(0, [0.0, 0.0, branch, 0.0, 0.25, 0.0, 0.0, 0.10 * 1.61]);
}

#[test]
fn a_multinational_in_leeds_is_local_by_site_and_not_by_what_it_keeps_there() {
    let city = common::leeds(0.05, 1, &[]);
    let shares = LocalShares::compute(&city);
    let mean = |form: Ownership, zone: Zone, definition: LocalDefinition| {
        let rows: Vec<f64> = (city.suppliers.active.ids())
            .filter(|s| city.suppliers.ownership[*s] == form && city.suppliers.zone[*s] == zone)
            .map(|s| shares.of(s, definition))
            .collect();
        assert!(rows.len() > 5);
        rows.iter().sum::<f64>() / rows.len() as f64
    };
    for form in Ownership::ALL {
        let branch_here = mean(*form, Zone::City, LocalDefinition::Branch);
        assert_eq!(branch_here, 1.0, "{}", form.label());
    }
    let multinational = |d| mean(Ownership::MultinationalBranch, Zone::City, d);
    assert_eq!(multinational(LocalDefinition::Site), 1.0);
    assert_eq!(multinational(LocalDefinition::Headquarters), 0.0);
    assert!(multinational(LocalDefinition::ProfitRetained) < 0.15);
    assert!(mean(Ownership::Family, Zone::City, LocalDefinition::ProfitRetained) > 0.5);
    let outside = |d| mean(Ownership::NationalBranch, Zone::Country, d);
    assert_eq!(outside(LocalDefinition::Site), 0.0);
    let branches = outside(LocalDefinition::Branch);
    assert!((0.25..0.55).contains(&branches), "{branches}");
    // Shares are shares; what is re-spent may exceed a pound, as turnover up a chain is counted at each firm.
    for row in shares.rows.iter() {
        let (upstream, rest) = row.split_last().unwrap();
        assert!(rest.iter().all(|share| (0.0..=1.0).contains(share)), "{row:?}");
        assert!((0.0..=1.5).contains(upstream), "{row:?}");
    }
}
