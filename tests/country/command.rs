//! The command, as a user meets it.

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
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
    recirc().args(["country", "--timings"]).assert().code(2).stderr(contains("no effect"));
}
