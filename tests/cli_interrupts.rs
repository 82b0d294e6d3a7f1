//! Runs that are interrupted: what they leave behind, and what they say.

use super::cli_runs::{files, json, small};
use recirc::study::{self, Ready, Watch};
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStderr, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::time::Duration;

/// A long run under way: the folder is begun, and progress tells of months after burn-in.
fn start(args: &[&str], out: &Path) -> (Child, Lines<BufReader<ChildStderr>>) {
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("recirc"))
        .args(args)
        .args(["--scale", "0.01", "--years", "100"])
        .args(["--set", &format!("run.burn_in_months={MONTHS_OF_BURN_IN}"), "--out"])
        .arg(out)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(child.stderr.take().unwrap()).lines();
    let under_way = |line: &String| months_done(line).is_some_and(|months| months > MONTHS_OF_BURN_IN);
    assert!(told.by_ref().map(Result::unwrap).any(|line| under_way(&line)));
    assert!(out.with_extension("partial").exists() && !out.exists());
    (child, told)
}

const MONTHS_OF_BURN_IN: u32 = 2;

/// The months that a line of progress tells of: "Leeds at scale 0.01: 3 of 1,202 months (...".
fn months_done(line: &str) -> Option<u32> {
    let (before, _) = line.split_once(" of ").filter(|(_, after)| after.contains(" months"))?;
    before.rsplit(' ').next()?.replace(',', "").parse().ok()
}

fn interrupt(child: &Child) {
    signal(child, "-INT");
}

fn signal(child: &Child, which: &str) {
    std::process::Command::new("kill").args([which, &child.id().to_string()]).status().unwrap();
}

/// The last month of a table whose first column is the month.
fn last_month(table: &Path) -> String {
    let text = std::fs::read_to_string(table).unwrap();
    text.lines().last().unwrap().split(',').next().unwrap().to_owned()
}

#[test]
fn an_interrupted_run_is_whole_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("run");
    let (child, told) = start(&["run", "leeds/baseline"], &out);
    // Two at once count as one: a process may be told together with its group.
    let child_id = child.id().to_string();
    std::process::Command::new("kill").args(["-INT", &child_id, &child_id]).status().unwrap();
    assert!(told.map(Result::unwrap).any(|line| line.contains("stopping after this month")));
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(130));
    let manifest = json(&out.join("manifest.json"));
    assert_eq!(manifest["complete"], false);
    let last = manifest["last_month"].as_str().unwrap();
    let page = String::from_utf8_lossy(&ended.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains(&format!("what is here is 1 of 1 replicate, up to {last}.")), "{page}");
    assert_eq!([last_month(&out.join("monthly.csv")), last_month(&out.join("leaks.csv"))], [last, last]);
    assert!(files(&out).contains_key("pound_by_round.svg") && json(&out.join("summary.json")).is_object());
    assert!(!out.with_extension("partial").exists());
}

/// Nothing is shown or written of a run that never left its burn-in.
#[test]
fn a_run_interrupted_in_burn_in_has_no_results() {
    let (burn_in, before) = ("during burn-in: nothing was simulated", "before there was anything to compare");
    for (kind, why, args) in [
        ("metrics", burn_in, vec!["run", "leeds/baseline"]),
        ("scenarios", burn_in, vec!["compare", "leeds/baseline", "leeds/local_first", "--replicates", "2"]),
        ("impulse", before, vec!["impulse", "leeds/baseline", "--amount", "1000000", "--to", "hospitals"]),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("run");
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("recirc"))
            .args(args)
            .args(["--scale", "0.02", "--years", "1", "--set", "run.burn_in_months=600", "--json", "--out"])
            .arg(&out)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut told = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        // After the warning of so small a scale.
        assert!(told.nth(1).unwrap().contains("months"));
        interrupt(&child);
        assert!(told.any(|line| line.contains(why)));
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130));
        let printed: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(printed[kind].as_array().is_none_or(Vec::is_empty), "{printed}");
        assert!(printed[kind].as_object().is_none_or(serde_json::Map::is_empty), "{printed}");
        // Nothing stands in the way of the next.
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}

/// Replicates that are over when a run is stopped are kept whole, and no city is founded for those to come.
#[test]
fn replicates_still_to_come_are_not_begun() {
    let sets = ["run.replicates=5", "run.years=1", "run.burn_in_months=1"].map(String::from);
    let scenario = recirc::scenario::load("teaching/three_shops", &sets).unwrap();
    let ready = Ready::new(scenario).unwrap();
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    // Stopped after so many months: how many replicates there are, and how many months they have.
    for (after, replicates, months) in
        [(0, 1, 0), (7, 1, 6), (13, 1, 12), (15, 1, 12), (26, 2, 12), (65, 5, 12)]
    {
        let (stop, told) = (AtomicBool::new(after == 0), AtomicU32::new(0));
        let tick = || stop.store(told.fetch_add(1, Relaxed) + 1 >= after, Relaxed);
        let watch = Watch { tick: &tick, stop: &stop };
        let records = one_thread.install(|| study::run(std::slice::from_ref(&ready), &watch)).unwrap();
        let found: Vec<usize> = records[0].iter().map(|record| record.months.len()).collect();
        assert_eq!(found, vec![months; replicates], "stopped after {after}");
        assert!(records[0].iter().all(|record| record.complete == (after == 65)));
        // What is summed over a year's months says how many they are.
        for table in recirc::measure::tables::all(&records[0][0]) {
            let Some(at) = table.position("months").filter(|_| ["wards", "deciles"].contains(&table.name))
            else {
                continue;
            };
            assert!(table.rows.iter().all(|row| row[at].to_string() == months.to_string()));
        }
    }
}

/// Whatever each scenario and each replicate was at, what is compared is the same months.
#[test]
fn an_interrupted_comparison_ends_at_one_month() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("run");
    let compare = ["compare", "leeds/baseline", "leeds/local_first", "--replicates", "3", "--threads", "1"];
    let (mut child, told) = start(&compare, &out);
    interrupt(&child);
    told.for_each(drop);
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let manifest = json(&out.join("manifest.json"));
    assert_eq!((&manifest["complete"], manifest["replicates"].as_u64()), (&false.into(), Some(1)));
    let last = manifest["last_month"].as_str().unwrap();
    for scenario in ["baseline", "local-first"] {
        assert_eq!(last_month(&out.join(scenario).join("monthly.csv")), last, "{scenario}");
    }
    let comparison = std::fs::read_to_string(out.join("comparison.csv")).unwrap();
    assert!(comparison.lines().skip(1).all(|line| line.contains(",,,1,")), "{comparison}");
}

#[test]
fn a_second_interruption_ends_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("run");
    let (mut child, mut told) = start(&["run", "leeds/baseline"], &out);
    interrupt(&child);
    assert!(told.any(|line| line.unwrap().contains("stopping after this month")));
    // Later than two signals that count as one. It is held meanwhile, or on a busy machine it might be over by then.
    signal(&child, "-STOP");
    std::thread::sleep(Duration::from_millis(60));
    interrupt(&child);
    signal(&child, "-CONT");
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let names = || std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name());
    let mut left: Vec<_> = names().collect();
    left.sort();
    assert_eq!(left, [".run.lock", "run.partial"]);
    // What a dead run has left is no obstacle to the next.
    small(&["run", "leeds/baseline"], &out).assert().success();
    assert_eq!(names().collect::<Vec<_>>(), ["run"]);
}
