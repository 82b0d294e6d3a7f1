//! `recirc reproduce`: a run made again from its manifest, and what keeps it from being the same.

use crate::studies::{recirc as study_of, study};
use ::recirc::output::manifest::sha256;
use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::{TempDir, tempdir};

fn recirc(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("recirc").unwrap();
    command.args(args).arg("--quiet");
    command
}

fn town() -> (TempDir, std::path::PathBuf) {
    let dir = tempdir().unwrap();
    for name in ["three_shops.toml", "three_shops_town.toml"] {
        fs::copy(format!("{}/scenarios/teaching/{name}", env!("CARGO_MANIFEST_DIR")), dir.path().join(name))
            .unwrap();
    }
    let out = dir.path().join("run");
    let scenario = dir.path().join("three_shops.toml");
    recirc(&["run", scenario.to_str().unwrap(), "--out", out.to_str().unwrap()]).assert().success();
    (dir, out)
}

fn reproduce(what: &Path) -> assert_cmd::assert::Assert {
    recirc(&["reproduce", what.to_str().unwrap()]).assert()
}

/// Change the manifest of a folder.
fn change(out: &Path, of: impl Fn(&mut Value)) {
    let path = out.join("manifest.json");
    let mut manifest: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    of(&mut manifest);
    fs::write(&path, manifest.to_string()).unwrap();
}

/// The files it was made from need not be there any more.
#[test]
fn a_run_in_a_town_comes_out_the_same() {
    let (dir, out) = town();
    for name in ["three_shops.toml", "three_shops_town.toml"] {
        fs::remove_file(dir.path().join(name)).unwrap();
    }
    reproduce(&out.join("manifest.json"))
        .success()
        .stdout(contains("came out the same").and(contains("DIFFERS").not()));
}

/// The program carries the teaching towns; files that somebody took out of the folder are no difference.
#[test]
fn a_run_in_a_town_of_the_program_comes_out_the_same() {
    let dir = tempdir().unwrap();
    let out = dir.path().join("run");
    recirc(&["run", "teaching/three_shops", "--out", out.to_str().unwrap()]).assert().success();
    let manifest = || fs::read_to_string(out.join("manifest.json")).unwrap();
    assert!(manifest().contains("\"town_files\"") && manifest().contains("three_shops_town.toml"));
    fs::remove_file(out.join("wards.csv")).unwrap();
    reproduce(&out).success().stdout(
        contains("same     wards.csv, but the file is not beside the manifest")
            .and(contains("came out the same"))
            .and(contains("1 of them are not beside the manifest")),
    );
    // Manifests of before held no text of such a town.
    change(&out, |manifest| {
        manifest.as_object_mut().unwrap().remove("town_files");
    });
    reproduce(&out).success();
}

#[test]
fn comparisons_and_impulses_come_out_the_same() {
    let dir = tempdir().unwrap();
    let small = ["--scale", "0.005", "--years", "1", "--set", "run.burn_in_months=2", "--out"];
    for (name, args) in [
        ("compare", vec!["compare", "leeds/baseline", "leeds/local_first", "--replicates", "2"]),
        ("impulse", vec!["impulse", "leeds/baseline", "--amount", "1000000", "--to", "hospitals"]),
    ] {
        let out = dir.path().join(name);
        recirc(&args).args(small).arg(&out).assert().success();
        reproduce(&out).success().stdout(contains("came out the same"));
    }
}

/// Sweeps, drawn settings and replicates added on the way are in the manifest.
#[test]
fn a_study_comes_out_the_same() {
    let text = "kind = \"study\"\nname = \"all of it\"\nreplicates = 2\n[reference]\nscenario = \"leeds/baseline\"\n\
                [[variant]]\nscenario = \"leeds/local_first\"\n[[sweep]]\nof = \"local first\"\n[sweep.over]\n\
                norms.sourcing_response = [0.1, 0.3]\n[uncertain]\nlabour.outside_pool = { low = 0.1, high = 0.6 }\n\
                [draws]\nmethod = \"sobol\"\n";
    let (dir, file) = study(text);
    let out = dir.path().join("out");
    study_of(&file, &out, &["--until-width", "lm3=0.3"]).assert().success();
    fs::remove_file(&file).unwrap();
    reproduce(&out.join("results/manifest.json")).success().stdout(contains("came out the same"));
}

#[test]
fn a_file_that_was_changed_is_named() {
    let (_dir, out) = town();
    let table = out.join("monthly.csv");
    let text = fs::read_to_string(&table).unwrap();
    fs::write(&table, text + "\n").unwrap();
    reproduce(&out).code(2).stdout(contains("monthly.csv, but the file was changed").and(contains("1 of")));
    // A table that does not come out as noted.
    change(&out, |manifest| manifest["files"]["flows.csv"] = "00".into());
    reproduce(&out).code(2).stdout(contains("DIFFERS  flows.csv"));
}

#[test]
fn what_does_not_fit_this_program_is_said() {
    type Change = fn(&mut Value);
    let cases: [(Change, &str); 6] = [
        (|m| m["recirc"] = "0.0.9".into(), "made by recirc 0.0.9, and this is"),
        (|m| m["data"]["three_shops_town.toml"] = "00".into(), "other data: three_shops_town.toml"),
        (|m| m["complete"] = false.into(), "was interrupted"),
        (|m| m["generator"] = "dice".into(), "its draws are of dice"),
        (|m| m["resolved_scenarios"][0]["toml"] = "name = \"x\"".into(), "has been changed"),
        (|m| m["files"] = serde_json::json!({}), "no manifest of recirc"),
    ];
    let (_dir, out) = town();
    let before = fs::read(out.join("manifest.json")).unwrap();
    for (of, words) in cases {
        change(&out, of);
        reproduce(&out).code(2).stderr(contains(words.to_owned()));
        fs::write(out.join("manifest.json"), &before).unwrap();
    }
    reproduce(&out.join("flows.csv")).code(2).stderr(contains("no manifest of recirc"));
    reproduce(&out.join("none")).code(2).stderr(contains("does not exist"));
}

/// A manifest from elsewhere writes nowhere but into the folder to work in, and only texts whose hash it notes.
#[test]
fn a_manifest_cannot_write_elsewhere() {
    let (dir, out) = town();
    let temporary = dir.path().join("tmp");
    fs::create_dir(&temporary).unwrap();
    let mut again = recirc(&["reproduce", out.to_str().unwrap()]);
    again.env("TMPDIR", &temporary);
    let text = "planted";
    let hash = sha256(text.as_bytes());
    for (name, noted) in [("../../../../../../../../planted.toml", true), ("../planted.toml", false)] {
        change(&out, |manifest| {
            manifest["town_files"][name] = text.into();
            if noted {
                manifest["data"][name] = hash.clone().into();
            }
        });
        if noted {
            again.assert().code(2).stderr(contains(format!("the path {name} leads out of the folder")));
            change(&out, |manifest| {
                manifest["data"].as_object_mut().unwrap().remove(name);
                manifest["town_files"].as_object_mut().unwrap().remove(name);
            });
        } else {
            again.assert().success();
        }
    }
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0);
    assert!(!dir.path().join("planted.toml").exists());
}
