//! The command line from end to end, on a very small city.

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::path::Path;

const SMALL: [&str; 5] = ["--scale", "0.005", "--years", "1", "--quiet"];

fn recirc() -> Command {
    Command::cargo_bin("recirc").unwrap()
}

pub fn small(args: &[&str], out: &Path) -> Command {
    let mut command = recirc();
    command.args(args).args(SMALL).arg("--out").arg(out);
    command
}

/// Every file but the manifest, by name.
pub fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut found, mut folders) = (BTreeMap::new(), vec![root.to_path_buf()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().unwrap() != "manifest.json" {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

pub fn json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The study of Leeds, with its report named at the end.
#[test]
fn the_main_job_writes_a_study_and_names_its_report() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("run");
    let told = small(&["--replicates", "2"], &out).assert().success();
    let told = String::from_utf8(told.get_output().stdout.clone()).unwrap();
    for part in [
        "The answer",
        "LM3",
        "Household income after tax",
        "Contract awarded outside",
        "Cost of constant service",
    ] {
        assert!(told.contains(part), "{part} is missing: {told}");
    }
    let report = out.join("results/report.html");
    assert!(told.trim_end().ends_with(&report.display().to_string()), "{told}");
    let written = files(&out.join("results"));
    for file in [
        "comparison.csv",
        "runs.parquet",
        "summary.json",
        "forest.svg",
        "gains.csv",
        "paths.csv",
        "report.html",
    ] {
        assert!(written.contains_key(file), "{file} is missing");
    }
    let manifest = json(&out.join("results/manifest.json"));
    assert_eq!((&manifest["complete"], &manifest["last_month"]), (&true.into(), &"2027-03".into()));
    assert_eq!(manifest["resolved_scenarios"].as_array().unwrap().len(), 5);
    // The same command finds all of it there.
    let again = small(&["--replicates", "2"], &out).assert().success();
    assert_eq!(String::from_utf8_lossy(&again.get_output().stdout), told);
    assert_eq!(files(&out.join("results")), written);
}

/// Without a scale one is found by timing, said, and kept for when the study goes on.
#[test]
fn the_main_job_chooses_its_scale() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("run");
    let job = || {
        let mut command = recirc();
        // So little to do that a small city is enough to be sure that one fits.
        command
            .args(["--years", "1", "--replicates", "1", "--set", "run.burn_in_months=1", "--quiet", "--out"])
            .arg(&out);
        command.args(["--set", "run.start=2026-04"]);
        command
    };
    std::fs::create_dir_all(out.join("runs")).unwrap();
    std::fs::write(out.join("scale"), "0.02\n").unwrap();
    let told = job().assert().success();
    let told = String::from_utf8(told.get_output().stdout.clone()).unwrap();
    assert!(
        told.contains("goes on at scale 0.02") && told.contains("one replicate, so no interval"),
        "{told}"
    );

    let manifest = json(&out.join("results/manifest.json"));
    let resolved = manifest["resolved_scenarios"][0]["toml"].as_str().unwrap();
    assert!(resolved.contains("\nscale = 0.02\n"), "{resolved}");
}

#[test]
fn a_comparison_writes_a_whole_folder() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("run");
    let told = small(&["compare", "leeds/baseline", "leeds/local_first"], &out).assert().success();
    let told = String::from_utf8(told.get_output().stdout.clone()).unwrap();
    assert!(told.contains("LM3") && told.contains("difference") && told.contains("run"));
    let written = files(&out);
    for file in [
        "comparison.csv",
        "summary.json",
        "paths.svg",
        "paths.png",
        "gains_by_decile.svg",
        "paths.csv",
        "gains.csv",
        "pound_by_round.csv",
    ] {
        assert!(written.contains_key(file), "{file} is missing");
    }
    for table in ["monthly", "leaks", "flows", "wards", "deciles", "anchors", "contracts"] {
        for scenario in ["baseline", "local-first"] {
            assert!(
                written.contains_key(&format!("{scenario}/{table}.csv")),
                "{scenario}/{table}.csv is missing"
            );
        }
    }
    let manifest = json(&out.join("manifest.json"));
    assert_eq!(manifest["complete"], true);
    assert_eq!(manifest["last_month"], "2027-03");
    assert_eq!(json(&out.join("summary.json"))["scenarios"].as_array().unwrap().len(), 2);
    let comparison = String::from_utf8(written["comparison.csv"].clone()).unwrap();
    assert!(comparison.starts_with("metric,unit,reference,policy,difference,low,high,replicates"));
    assert!(comparison.lines().nth(1).unwrap().contains(",,,1,"), "no interval with one replicate");
}

#[test]
fn two_replicates_have_an_interval() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("run");
    small(&["compare", "leeds/baseline", "leeds/local_first", "--replicates", "2"], &out).assert().success();
    let comparison = std::fs::read_to_string(out.join("comparison.csv")).unwrap();
    // What need not be there, such as the replicates that would tell nothing from zero, stands after the scenario's name.
    let of_pairs = |line: &str| line.split(",local first,").next().unwrap_or_default().to_owned();
    assert!(
        comparison.lines().skip(1).map(of_pairs).all(|part| !part.contains(",,") && part.ends_with(",2")),
        "{comparison}"
    );
    assert!(out.join("baseline/replicates.csv").exists());
}

/// Levels have intervals too: printed, in the summary, in a table.
#[test]
fn a_run_of_replicates_tells_how_sure_its_levels_are() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("run");
    let run = small(&["run", "leeds/baseline", "--replicates", "3"], &out).assert().success();
    let told = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let jobs = told.lines().find(|line| line.contains("Jobs in the city")).unwrap();
    assert!(told.contains("95% interval") && jobs.contains(" to "), "{told}");

    let mut reader = csv::Reader::from_path(out.join("replicates.csv")).unwrap();
    let values: Vec<f64> = reader
        .records()
        .map(Result::unwrap)
        .filter(|row| &row[1] == "jobs")
        .map(|row| row[3].parse().unwrap())
        .collect();
    let mean = values.iter().sum::<f64>() / 3.0;
    let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 2.0;
    // Student's t of two degrees of freedom.
    let half = 4.3027 * (variance / 3.0).sqrt();
    assert!(half > 0.0);
    let wanted = [mean, mean - half, mean + half];

    let level = &json(&out.join("summary.json"))["metrics"]["jobs"];
    let of_summary = ["value", "low", "high"].map(|key| level[key].as_f64().unwrap());
    let mut reader = csv::Reader::from_path(out.join("levels.csv")).unwrap();
    let row = reader.records().map(Result::unwrap).find(|row| &row[0] == "jobs").unwrap();
    let of_table = [2, 3, 4].map(|i| row[i].parse::<f64>().unwrap());
    for shown in [of_summary, of_table] {
        assert!(shown.iter().zip(wanted).all(|(a, b)| (a / b - 1.0).abs() < 1e-5), "{shown:?}, {wanted:?}");
    }
    assert_eq!((&level["replicates"], &row[5]), (&3.into(), "3"));
    let words = std::fs::read_to_string(out.join("data_dictionary.csv")).unwrap();
    assert!(words.contains("\nlevels,low,"), "the dictionary lacks levels.csv");
    assert!(words.contains("\nmetrics,jobs,jobs,"), "the dictionary does not say what `jobs` is");
    assert!(words.contains("\nmonthly,,,The whole table is of the first of 3 replicates"), "{words}");
    let chart = std::fs::read_to_string(out.join("pound_by_round.svg")).unwrap();
    assert!(chart.contains("mean of 3 replicates"), "the chart does not say what it shows");
    crate::studies::unquoted(&words);
}

#[test]
fn json_is_all_that_is_printed() {
    let dir = tempfile::tempdir().unwrap();
    let run = small(&["run", "leeds/baseline", "--json"], &dir.path().join("run")).assert().success();
    let value: serde_json::Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    let lm3 = &value["metrics"]["lm3"];
    assert!(lm3["value"].as_f64().unwrap() > 1.0 && lm3["low"].is_null() && lm3["replicates"] == 1);
    // Of messages there is the warning of a small scale, which no progress and no result hides.
    let told = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(told.lines().count() == 1 && told.starts_with("warning: at scale 0.005"), "{told}");
}

#[test]
fn a_run_is_never_overwritten_unasked() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("run");
    small(&["run", "leeds/baseline"], &out).assert().success();
    let before = files(&out);
    let refused = small(&["run", "leeds/baseline", "--seed", "2"], &out).assert().code(2);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("--overwrite"));
    assert_eq!(files(&out), before);
    small(&["run", "leeds/baseline", "--seed", "2", "--overwrite"], &out).assert().success();
    assert_ne!(files(&out), before);
}

#[test]
fn the_same_bytes_at_any_number_of_threads() {
    let dir = tempfile::tempdir().unwrap();
    let of = |threads: &str| {
        let out = dir.path().join(threads);
        small(&["run", "leeds/local_first", "--threads", threads], &out).assert().success();
        files(&out)
    };
    let one = of("1");
    for threads in ["2", "8"] {
        for (name, bytes) in of(threads) {
            assert!(one[&name] == bytes, "{name} differs between 1 and {threads} threads");
        }
    }
}

#[test]
fn neutral_levers_change_no_byte() {
    let dir = tempfile::tempdir().unwrap();
    let neutral = dir.path().join("neutral.toml");
    let levers = "extends = \"leeds/baseline\"\nname = \"baseline\"\n\
                  [[policy.local_preference]]\npoints = 0\nup_to_gbp = 1000000\nlocal = \"city\"\n\
                  [[policy.local_invitations]]\nat_least = 0\n\
                  [[policy.procurement_budget]]\nchange_percent = 0\n";
    std::fs::write(&neutral, levers).unwrap();
    let (a, b) = (dir.path().join("a"), dir.path().join("b"));
    small(&["run", "leeds/baseline"], &a).assert().success();
    small(&["run", neutral.to_str().unwrap()], &b).assert().success();
    assert!(files(&a) == files(&b));
}

#[test]
fn a_folder_that_cannot_be_made_is_the_users_to_mend() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("file"), "x").unwrap();
    small(&["run", "leeds/baseline"], &dir.path().join("file/run")).assert().code(2);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "something partial is left behind");
    let town = ["run", "scenarios/teaching/three_shops.toml", "--set", "mechanisms.capacity=true"];
    let mut command = recirc();
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(town).arg("--out").arg(dir.path().join("town"));
    let refused = command.assert().code(2);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("mechanisms.capacity = false"));
    assert!(!dir.path().join("town").exists());
}

/// Results of a scenario lie in a folder of its name.
#[test]
fn scenarios_that_would_share_a_folder_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let like = dir.path().join("like.toml");
    std::fs::write(&like, "extends = \"leeds/local_first\"\nname = \"Local-first\"\n").unwrap();
    let compare = ["compare", "leeds/baseline", "leeds/local_first", like.to_str().unwrap()];
    let refused = small(&compare, &dir.path().join("run")).assert().code(2);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("another `name`"));
    let other = format!("{}/third.toml", dir.path().display());
    std::fs::write(&other, "extends = \"leeds/local_first\"\nname = \"a third / way\"\n").unwrap();
    small(&["compare", "leeds/baseline", "leeds/local_first", &other], &dir.path().join("run"))
        .assert()
        .success();
    assert!(files(&dir.path().join("run")).contains_key("a-third-way/paths.svg"));
}
