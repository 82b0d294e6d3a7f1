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

/// Files beside replicates are not removed with them, and a file of a replicate's name is not written over.
#[test]
fn what_somebody_else_keeps_under_the_name_of_replicates_stays() {
    let scenario = small(&["country.cities=2", "country.regions=1", "run.replicates=2"]);
    let dir = tempfile::tempdir().unwrap();
    let (target, folder) = (dir.path().join("out"), dir.path().join("out.replicates"));
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("notes.txt"), "mine").unwrap();
    std::fs::write(folder.join("3"), "mine").unwrap();
    // Ours, of a run under other settings.
    std::fs::write(folder.join("1"), "0f".repeat(64) + "state").unwrap();
    study::Kept::beside(&target, &scenario).unwrap().clear();
    let left = |name: &str| folder.join(name).is_file();
    assert!(left("notes.txt") && left("3") && !left("1"));
    std::fs::write(folder.join("2"), "mine").unwrap();
    let refused = study::Kept::beside(&target, &scenario).err().unwrap();
    assert!(refused.is_users_mistake() && refused.to_string().contains("out.replicates/2 is in the way"));
}

#[test]
fn a_country_that_is_stopped_keeps_nothing_of_what_is_not_over() {
    let watch = Watch { tick: &|| (), stop: &AtomicBool::new(true) };
    let of = study::run(&small(&["country.cities=2", "country.regions=1"]), &watch, None).unwrap();
    assert!(of.replicates.is_empty());
}
