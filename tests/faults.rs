//! Disks that are full, folders that cannot be written: a sentence with a remedy, and nothing half-written taken for whole.

use crate::studies::{SMALL, TWO, recirc, results, study};
use predicates::str::contains;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// The program where no file may be longer than so many blocks of 512 bytes: what a full disk is to it.
fn cramped(blocks: u32, args: &[&str], out: &Path) -> Output {
    let program = assert_cmd::cargo::cargo_bin("recirc");
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script, "sh"]).arg(program).args(args).args(SMALL).arg("--out").arg(out);
    command.output().unwrap()
}

/// What is finished before the disk is full stays, and the study goes on from it when there is room again.
#[test]
fn a_study_on_a_full_disk_says_so_and_goes_on_later() {
    let (dir, file) = study(TWO);
    let out = dir.path().join("out");
    let whole = dir.path().join("whole");
    recirc(&file, &whole, &["--threads", "1"]).assert().success();
    let longest = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len());
        entries.max().unwrap() / 512
    };
    let (run, result) = (longest(&whole.join("runs")), longest(&whole.join("results")));
    assert!(run < result, "kept runs are shorter than the longest result: {run}, {result}");
    // Too little for a run; enough for the runs and too little for what is computed from them.
    for (blocks, kept) in [(8, 0), (run + 8, 2)] {
        let full = cramped(blocks as u32, &["study", &file, "--threads", "1"], &out);
        let told = String::from_utf8_lossy(&full.stderr).into_owned();
        assert_eq!(full.status.code(), Some(1), "{told}");
        assert!(told.contains("the disk is full") && told.contains("free some space"), "{told}");
        assert!(told.contains("a burn-in could not be kept"), "no room for a run is none for a city: {told}");
        let whole_runs = fs::read_dir(out.join("runs")).unwrap();
        let is_run = |path: &Path| path.extension().is_some_and(|end| end == "run");
        assert_eq!(whole_runs.filter(|entry| is_run(&entry.as_ref().unwrap().path())).count(), kept);
        assert!(!out.join("results/report.html").exists());
    }
    recirc(&file, &out, &["--threads", "1"]).assert().success();
    assert!(results(&out) == results(&whole));
}

#[test]
fn a_run_on_a_full_disk_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("run");
    let full = cramped(8, &["run", "leeds/baseline"], &out);
    let told = String::from_utf8_lossy(&full.stderr).into_owned();
    assert_eq!(full.status.code(), Some(1), "{told}");
    assert!(told.contains("the disk is full") && told.contains("--out"), "{told}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

/// Not even the machine's owner may make a folder there.
#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let mut command = assert_cmd::Command::cargo_bin("recirc").unwrap();
    let told =
        command.args(["study", "leeds/study"]).args(SMALL).args(["--out", "/sys/recirc"]).assert().code(2);
    told.stderr(contains("cannot write to /sys/recirc")).stderr(contains("remedy"));
}

/// A report that cannot be written leaves the one before it as it was.
#[test]
fn a_report_on_a_full_disk_leaves_the_old_one() {
    let (dir, file) = study(TWO);
    let out = dir.path().join("out");
    recirc(&file, &out, &["--threads", "1"]).assert().success();
    let page = fs::read(out.join("results/report.html")).unwrap();
    let script = "trap '' XFSZ; ulimit -f 100; exec \"$@\"";
    let full = Command::new("sh")
        .args(["-c", script, "sh"])
        .arg(assert_cmd::cargo::cargo_bin("recirc"))
        .arg("report")
        .arg(&out)
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&full.stderr).contains("the disk is full"));
    assert!(fs::read(out.join("results/report.html")).unwrap() == page);
    assert!(!out.join("results/report.html.partial").exists());
}
