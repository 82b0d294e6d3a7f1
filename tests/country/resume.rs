//! A country that is stopped.

use super::{run, small};
use recirc::study::{Watch, country as study};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Stopped after the first of two, a country goes on with the second, and the first is not run again.
#[test]
fn a_country_that_was_stopped_goes_on_where_it_was() {
    let sets = ["country.cities=2", "country.regions=1", "country.adopters=[\"all\"]", "run.replicates=2"];
    let scenario = small(&[&sets[..], &["run.burn_in_months=3", "country.base_months=2"]].concat());
    let dir = tempfile::tempdir().unwrap();
    let kept = study::Kept::beside(&dir.path().join("out"), &scenario).unwrap();
    let ticks = AtomicU64::new(0);
    let stop = AtomicBool::new(false);
    let half = study::months(&scenario) / 2;
    let count = || {
        if ticks.fetch_add(1, Ordering::Relaxed) > half + 10 {
            stop.store(true, Ordering::Relaxed);
        }
    };
    let first = study::run(&scenario, &Watch { tick: &count, stop: &stop }, Some(&kept)).unwrap();
    assert_eq!(first.replicates.len(), 1);
    assert_eq!(kept.load(1).unwrap().0, first.replicates[0]);
    assert!(kept.load(2).is_none());
    let again = study::run(&scenario, &Watch { tick: &|| (), stop: &AtomicBool::new(false) }, Some(&kept));
    assert_eq!(again.unwrap().replicates, run(&scenario).replicates);
    // What another scenario kept is not taken for it, nor what is damaged.
    let other = small(&[&sets[..], &["run.burn_in_months=4", "country.base_months=2"]].concat());
    assert!(study::Kept::beside(&dir.path().join("out"), &other).unwrap().load(1).is_none());
    let path = dir.path().join("out.replicates/1");
    let mut bytes = std::fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&path, bytes).unwrap();
    assert!(kept.load(1).is_none());
    kept.clear();
    assert!(!path.exists());
}

#[test]
fn a_country_that_is_stopped_keeps_nothing_of_what_is_not_over() {
    let watch = Watch { tick: &|| (), stop: &AtomicBool::new(true) };
    let of = study::run(&small(&["country.cities=2", "country.regions=1"]), &watch, None).unwrap();
    assert!(of.replicates.is_empty());
}
