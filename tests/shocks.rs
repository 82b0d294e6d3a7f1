//! Shocks, in Leeds at small scale: the books close through each, what they say happens, and off is off.

use crate::common::fingerprint::{fingerprint, first_difference};
use crate::common::{load, run, run_plan, synthesise};
use recirc::base::col::Id;
use recirc::economy::plan::Plan;
use recirc::scenario::settings::Settings;
use recirc::study::{Ready, StudyError};
use recirc::world::City;
use recirc::world::orgs::NOBODY;
use recirc::world::suppliers::SupplierId;
use std::path::Path;

const BURN_IN: u16 = 2;

/// Leeds with this TOML, first month of the run 2026-04.
fn with(toml: &str) -> Settings {
    let folder = tempfile::tempdir().unwrap();
    let baseline = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/leeds/baseline.toml");
    let file = folder.path().join("with.toml");
    std::fs::write(&file, format!("extends = {:?}\n{toml}", baseline.to_str().unwrap())).unwrap();
    let sets = ["run.scale=0.01".to_owned(), format!("run.burn_in_months={BURN_IN}")];
    load(file.to_str().unwrap(), &sets).settings
}

/// The city of the baseline after burn-in and so many months under these shocks.
fn after(settings: &Settings, months: u16) -> City {
    let mut city = synthesise(with(""));
    let plan = Plan::new(settings, &city);
    run_plan(&mut city, &plan, BURN_IN + months, None).unwrap();
    city
}

#[test]
fn the_largest_contractor_fails_with_its_chain() {
    let settings = with(
        "[[shock.prime_collapse]]\nstart = \"2026-05\"\nrank = 1\namong = \"city\"\nunpaid_months = 2\nshut_months = 6\n",
    );
    let mut city = after(&settings, 1);
    let mut income = vec![0; city.suppliers.len()];
    for row in &city.contracts.rows {
        if let Some(of) = income.get_mut(row.supplier as usize) {
            *of += row.monthly;
        }
    }
    let in_city = |i: &usize| city.suppliers.zone.rows()[*i].index() == 0;
    let largest = (0..income.len()).filter(in_city).max_by_key(|i| (income[*i], usize::MAX - i)).unwrap();
    let held: Vec<usize> = (0..city.contracts.rows.len())
        .filter(|i| city.contracts.rows[*i].supplier as usize == largest)
        .collect();
    let plan = Plan::new(&settings, &city);
    run_plan(&mut city, &plan, 1, None).unwrap();
    let struck = city.shocks.struck.clone();
    assert_eq!(struck.len(), 1);
    let of = &struck[0];
    assert_eq!((of.shock, of.supplier), ("prime_collapse", Some(largest as u32)));
    assert!(
        of.contracts > 0 && of.monthly > 0 && of.heads > 0 && of.unpaid > 0 && of.creditors > 0,
        "{of:?}"
    );
    let s = SupplierId::from_index(largest);
    assert!(!city.suppliers.active[s]);
    assert_eq!(city.employers.headcount.rows()[largest], 0);
    // The contracts fall back; after the gap they are let in haste, at the premium.
    run_plan(&mut city, &plan, 1, None).unwrap();
    assert!(city.contracts.rows.iter().all(|row| row.supplier != largest as u32));
    assert!(city.contracts.rows.iter().any(|row| row.failed));
    run_plan(&mut city, &plan, 4, None).unwrap();
    assert!(!city.suppliers.active[s], "the place stays shut for six months");
    let others = held.iter().filter(|i| city.contracts.rows[**i].supplier != NOBODY).count();
    assert!(others > 0 && others <= held.len(), "some of {} are let again: {others}", held.len());
}

/// A contractor fails in each month, wherever it stands, and its place may be taken the month after: the books close.
#[test]
fn contractors_outside_fail_too() {
    let shock = |k: u16| {
        let (year, month) = (2026 + (k + 3) / 12, (k + 3) % 12 + 1);
        format!(
            "[[shock.prime_collapse]]\nstart = \"{year}-{month:02}\"\nrank = {}\namong = \"all\"\nunpaid_months = 2\n",
            k + 1
        )
    };
    let settings = with(&(0..16).map(shock).collect::<String>());
    let city = after(&settings, 18);
    let struck = &city.shocks.struck;
    assert_eq!(struck.len(), 16);
    let outside = struck.iter().filter(|of| of.zone != Some(0)).count();
    assert!((4..16).contains(&outside), "{outside} outside");
    let open = |of: &&recirc::world::shocks::Struck| {
        city.suppliers.active[SupplierId(of.supplier.unwrap())] && of.zone != Some(0)
    };
    assert!(struck.iter().any(|of| open(&of)), "places outside are taken again");
}

#[test]
fn a_large_employer_closes_for_good() {
    let settings = with("[[shock.employer_closure]]\nstart = \"2026-05\"\nsection = \"C\"\nrank = 1\n");
    let city = after(&settings, 14);
    let of = &city.shocks.struck[0];
    let i = of.supplier.unwrap() as usize;
    assert_eq!(city.suppliers.sector.rows()[i].label(), "C");
    assert!(of.heads > 0 && !city.suppliers.active.rows()[i]);
    assert_eq!(city.shocks.first, Some(BURN_IN + 2));
}

#[test]
fn dearer_energy_leaves_the_country() {
    let city = after(&with("[[shock.energy_prices]]\nstart = \"2026-05\"\nrise_percent = 50\n"), 3);
    let plain = after(&with(""), 3);
    let paid: i64 = city.flows.household.iter().map(|uses| i64::from(uses.energy)).sum();
    let spent = |of: &City| of.flows.purchases.iter().flatten().map(|p| i64::from(*p)).sum::<i64>();
    assert!(paid > 0);
    assert!(spent(&city) < spent(&plain));
    let imported = |of: &City| of.flows.supplier.iter().map(|uses| uses.outside_inputs[2]).sum::<i64>();
    assert!(imported(&city) > imported(&plain));
    // It ends, and with it the surcharge.
    let over = after(
        &with("[[shock.energy_prices]]\nstart = \"2026-05\"\nend = \"2026-06\"\nrise_percent = 50\n"),
        3,
    );
    assert_eq!(over.flows.household.iter().map(|uses| i64::from(uses.energy)).sum::<i64>(), 0);
}

#[test]
fn cuts_are_kept_by_central_government() {
    let toml = "[[shock.austerity]]\nstart = \"2026-04\"\nyears = 3\nbudget_percent_a_year = -10\npay_percent_a_year = -5\nteams_percent_a_year = -10\nanchors = [\"council\"]\n";
    let (cut, plain) = (after(&with(toml), 6), after(&with(""), 6));
    let bought = |of: &City| of.flows.anchor[0].procurement as f64;
    let ratio = bought(&cut) / bought(&plain);
    assert!((0.85..0.95).contains(&ratio), "{ratio}");
    let staff = |of: &City| of.employers.headcount.rows()[of.suppliers.len()];
    assert!(staff(&cut) < staff(&plain));
    let hours = |of: &City| of.contracts.teams[0].hours;
    assert!((hours(&cut) / hours(&plain) - 0.9).abs() < 1e-9);
}

#[test]
fn shocks_at_nothing_change_nothing() {
    let mut plain = synthesise(with(""));
    run(&mut plain, BURN_IN + 4, None).unwrap();
    let toml = "[[shock.energy_prices]]\nstart = \"2026-04\"\nrise_percent = 0\n\
                [[shock.austerity]]\nstart = \"2026-04\"\nyears = 3\nbudget_percent_a_year = 0\n";
    let city = after(&with(toml), 4);
    assert_eq!(first_difference(&fingerprint(&plain), &fingerprint(&city)), None);
}

/// What a user is told of a scenario over Leeds with this TOML.
fn refused(toml: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    std::fs::write(&file, toml).unwrap();
    let path = file.to_str().unwrap();
    match recirc::scenario::load(path, &[]) {
        Err(refusal) => refusal.render(false),
        Ok(scenario) => match Ready::new(scenario) {
            Err(StudyError::Scenario(refusal)) => refusal.render(false),
            _ => panic!("should be refused: {toml}"),
        },
    }
}

#[test]
fn mistakes_are_told_with_their_place_and_remedy() {
    for (toml, told) in [
        (
            "[[shock.prime_colapse]]\nstart = \"2028-04\"\nrank = 1\n",
            ["there is no shock `prime_colapse`", "did you mean `prime_collapse`"],
        ),
        (
            "[[shock.prime_collapse]]\nrank = 1\nunpaid_months = 1\n",
            ["lacks `start`", "recirc levers prime_collapse"],
        ),
        (
            "[[shock.energy_prices]]\nstart = \"2025-04\"\nrise_percent = 10\n",
            ["before the run starts in 2026-04", "date it 2026-04 or later"],
        ),
        (
            "[[shock.energy_prices]]\nstart = \"2027-04\"\nend = \"2027-04\"\nrise_percent = 10\n",
            ["not after its start", "2027-05 or later"],
        ),
        (
            "[[shock.energy_prices]]\nstart = \"2027-04\"\nrise_percent = 5000\n",
            ["must be from 0 to 1000", "Rise of the price of energy"],
        ),
        (
            "[[shock.employer_closure]]\nstart = \"2027-04\"\nsection = \"Z\"\nrank = 1\n",
            ["`shock.employer_closure.section` cannot be \"Z\"", "a letter from A to S"],
        ),
        (
            "[[shock.austerity]]\nstart = \"2027-04\"\nyears = 3\nbudget_percent_a_year = -1\nanchors = [\"counsil\"]\n",
            ["leeds has no anchor \"counsil\"", "did you mean"],
        ),
    ] {
        let message = refused(toml);
        for part in told {
            assert!(message.contains(part), "`{part}` is not in:\n{message}");
        }
        assert!(message.contains("mine.toml:"), "{message}");
    }
}
