//! A place of Preston's size: its figures sum to what its data say, and it runs with its books closing.

use crate::common::{load, run_plan};
use recirc::economy::plan::Plan;
use recirc::place::{self, Place, city::City};
use recirc::study::{Ready, Simulation};
use std::path::Path;

fn preston(name: &str) -> City {
    match place::load(name, Path::new(".")) {
        Ok(Place::City(city)) => *city,
        Ok(Place::Town(_)) => panic!("{name} is a city"),
        Err(error) => panic!("{error}"),
    }
}

fn close(a: f64, b: f64) -> bool {
    (a / b - 1.0).abs() < 1e-9
}

#[test]
fn its_figures_sum_to_what_the_data_say() {
    let of = preston("preston");
    let sum = |f: fn(&recirc::place::city::Ward) -> f64| of.wards.iter().map(f).sum::<f64>();
    assert_eq!(of.wards.len(), 16);
    assert!(close(sum(|w| w.residents), 147_900.0) && close(of.people.residents, 147_900.0));
    assert!(close(sum(|w| w.households), 59_700.0) && close(of.people.households, 59_700.0));
    assert!(close(of.sectors.iter().map(|s| s.jobs).sum(), 92_000.0));
    assert!(close(of.people.by_age.iter().sum(), 147_900.0));
    // Published: £750m in 2012/13, at the recalled deflator of 1.43; £617m in 2016/17, at 1.35.
    let bought = |of: &City| of.anchors.iter().map(|anchor| anchor.procurement).sum::<f64>();
    assert!(close(bought(&of), 750e6 * 1.43));
    assert!(close(bought(&preston("preston_2017")), 617e6 * 1.35));
    // Sections hold the jobs of the institutions, and leave some to others.
    for section in &of.sectors {
        let anchors: f64 = (of.anchors.iter())
            .map(|a| a.staff * a.sections.iter().filter(|s| s.0 == section.sector).map(|s| s.1).sum::<f64>())
            .sum();
        assert!(anchors < 0.8 * section.jobs, "{}: {anchors} of {}", section.name, section.jobs);
    }
    assert!((0.2..0.5).contains(&of.commuting.out_commuter_share), "{}", of.commuting.out_commuter_share);
}

/// The covered institutions spend the published shares in the city and in the rest of the county, as data: 5% and 34%,
/// then 18.2% and 61%.
#[test]
fn it_starts_from_the_published_shares() {
    for (name, expected) in [("preston", (0.05, 0.34)), ("preston_2017", (0.182, 0.61))] {
        let (city, region) = place::anchor_local_shares(&preston(name));
        assert!((city - expected.0).abs() < 1e-6, "{name}: {city} in the city");
        assert!((region - expected.1).abs() < 0.02, "{name}: {region} in the rest of the county");
    }
}

#[test]
fn it_runs_with_its_books_closing() {
    for name in ["preston/before", "preston/after", "preston/rules"] {
        let sets = ["run.scale=0.05".to_owned(), "run.burn_in_months=2".to_owned()];
        let ready = Ready::new(load(name, &sets)).unwrap();
        let mut city = Simulation::new(&ready, 1).unwrap().city;
        let plan = Plan::new(&city.settings, &city);
        run_plan(&mut city, &plan, 14, None).unwrap_or_else(|broken| panic!("{name}: {broken}"));
        assert_eq!(city.anchors.len(), 6);
    }
}
