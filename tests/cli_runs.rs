//! The command line from end to end, on a very small city.

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const SMALL: [&str; 5] = ["--scale", "0.005", "--years", "1", "--quiet"];

fn recirc() -> Command {
    Command::cargo_bin("recirc").unwrap()
}

fn small(args: &[&str], out: &Path) -> Command {
    let mut command = recirc();
    command.args(args).args(SMALL).arg("--out").arg(out);
    command
}

/// Every file but the manifest, by name.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
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

fn json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn the_main_job_writes_a_whole_folder() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("run");
    let told = small(&[], &out).assert().success();
    let told = String::from_utf8(told.get_output().stdout.clone()).unwrap();
    assert!(told.contains("LM3") && told.contains("difference") && told.contains("run"));
    let written = files(&out);
    for file in ["comparison.csv", "summary.json", "paths.svg", "paths.png", "gains_by_decile.svg"] {
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
    assert!(!comparison.lines().nth(1).unwrap().contains(",,,"));
    assert!(out.join("baseline/replicates.csv").exists());
}

#[test]
fn json_is_all_that_is_printed() {
    let dir = tempfile::tempdir().unwrap();
    let run = small(&["run", "leeds/baseline", "--json"], &dir.path().join("run")).assert().success();
    let value: serde_json::Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    assert!(value["metrics"]["lm3"]["value"].as_f64().unwrap() > 1.0);
    assert!(run.get_output().stderr.is_empty());
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
    let town = ["run", "scenarios/teaching/three_shops.toml", "--set", "mechanisms.capacity=true"];
    let mut command = recirc();
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(town).arg("--out").arg(dir.path().join("town"));
    let refused = command.assert().code(2);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("mechanisms.capacity = false"));
    assert!(!dir.path().join("town").exists());
}

fn start(out: &Path) -> Child {
    let child = std::process::Command::new(assert_cmd::cargo::cargo_bin("recirc"))
        .args(["run", "leeds/baseline", "--scale", "0.05", "--years", "90", "--out"])
        .arg(out)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // The folder is begun before the first month; then give the months a moment.
    let partial = out.with_extension("partial");
    let begun = Instant::now();
    while !partial.exists() && begun.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(10));
    }
    std::thread::sleep(Duration::from_millis(700));
    child
}

fn interrupt(child: &Child) {
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
}

#[test]
fn an_interrupted_run_is_whole_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("run");
    let mut child = start(&out);
    interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let manifest = json(&out.join("manifest.json"));
    assert_eq!(manifest["complete"], false);
    let monthly = std::fs::read_to_string(out.join("monthly.csv")).unwrap();
    let last = monthly.lines().last().unwrap().split(',').next().unwrap().to_owned();
    assert!(last == manifest["last_month"].as_str().unwrap() || monthly.lines().count() == 1);
    assert!(!out.with_extension("partial").exists());
}
