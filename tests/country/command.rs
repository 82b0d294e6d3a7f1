//! The command, as a user meets it.

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use recirc::scenario::{Override, load_with};
use recirc::study::country::large;
use std::path::Path;

/// The command from end to end: files, manifest, page, and the same again from the manifest.
#[test]
fn the_command_writes_what_it_says_and_can_do_it_again() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let recirc = || Command::cargo_bin("recirc").unwrap();
    let args = ["country", "--cities", "3", "--regions", "1", "--scale", "0.002", "--years", "1", "--quiet"];
    let sets = [
        "--set",
        "run.burn_in_months=2",
        "--set",
        "country.base_months=2",
        "--set",
        "country.adopters=[\"each_alone\", \"all\"]",
    ];
    recirc()
        .args(args)
        .args(sets)
        .args(["--replicates", "2", "--out"])
        .arg(&out)
        .assert()
        .success()
        .stdout(contains("What is left of a city's gain").and(contains("synthetic")));
    let manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!((manifest["command"].as_str(), manifest["complete"].as_bool()), (Some("country"), Some(true)));
    assert!(manifest["city"].as_str().unwrap().contains("synthetic"));
    let page = std::fs::read_to_string(out.join("country.html")).unwrap();
    assert!(page.contains("No figure is of a real place") && page.contains("<svg"));
    for file in [
        "country_totals.csv",
        "country_books.csv",
        "country_changes.png",
        "country_links.csv",
        "data_dictionary.csv",
        "summary.json",
    ] {
        assert!(Path::new(&out).join(file).is_file(), "{file}");
    }
    recirc()
        .arg("reproduce")
        .arg(&out)
        .arg("--quiet")
        .assert()
        .success()
        .stdout(contains("came out the same"));
    recirc().arg("report").arg(&out).assert().code(2).stderr(contains("whose page is country.html"));
    assert!(!out.join("report.html").exists());
    recirc().args(["country", "--timings"]).assert().code(2).stderr(contains("no effect"));
}

/// How long a country may take that is too large to be kept beside its runs: in proportion to its runs, and nothing is said of
/// a small one.
#[test]
fn a_large_country_says_about_how_long_it_takes() {
    let said = |scale: &str, replicates: &str| {
        let sets = [("--scale", "run.scale", scale), ("--replicates", "run.replicates", replicates)];
        let sets = sets.map(|(option, key, value)| Override::option(option, key, value));
        large(&load_with("country/everyone_local", &sets).unwrap())
    };
    let of = |replicates: &str| {
        let text = said("1", replicates).unwrap();
        let (before, _) = text.split_once(" hours on two cores").unwrap();
        before.rsplit(' ').next().unwrap().parse::<f64>().unwrap()
    };
    assert!(of("4") > 1.0 && (of("8") / of("4") - 2.0).abs() < 0.2, "{} {}", of("8"), of("4"));
    assert!(said("0.4", "1").unwrap().contains("minutes on two cores"));
    assert_eq!(said("0.01", "1"), None);
}
