//! What a study has finished is never lost, and nothing else is taken for it.

use crate::studies::{SMALL, TWO, recirc, results, study};
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant, SystemTime};

/// The kept runs of a study, in the order of their names.
fn runs(out: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(out.join("runs")) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|end| end == "run"));
    found.sort();
    found
}

fn written(out: &Path) -> Vec<(PathBuf, SystemTime)> {
    let when = |path: &PathBuf| fs::metadata(path).unwrap().modified().unwrap();
    runs(out).into_iter().map(|path| (path.clone(), when(&path))).collect()
}

/// A study of eight runs at work, with this many of them over.
pub fn at_work(file: &str, out: &Path, over: usize) -> Child {
    let child = std::process::Command::new(assert_cmd::cargo::cargo_bin("recirc"))
        .args(["study", file])
        .args(SMALL)
        .args(["--replicates", "4", "--threads", "1", "--out"])
        .arg(out)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while runs(out).len() < over {
        assert!(start.elapsed() < Duration::from_secs(120), "no run ended");
        std::thread::sleep(Duration::from_millis(2));
    }
    child
}

/// The study in one go.
fn uninterrupted(file: &str, out: &Path) {
    recirc(file, out, &["--replicates", "4"]).assert().success();
}

#[test]
fn a_killed_study_goes_on_where_it_was() {
    let (dir, file) = study(TWO);
    let (whole, killed) = (dir.path().join("whole"), dir.path().join("killed"));
    uninterrupted(&file, &whole);
    for over in [1, 2, 3] {
        let mut child = at_work(&file, &killed, over);
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let before = written(&killed);
    assert!(before.len() < 8 && !killed.join("results").exists(), "it was over before the kill");
    // What a kill in the middle of writing leaves.
    fs::write(killed.join("runs/0123.partial"), "half").unwrap();
    recirc(&file, &killed, &["--replicates", "4"]).assert().success();
    assert_eq!(results(&whole), results(&killed));
    assert!(!killed.join("runs/0123.partial").exists());
    let after = written(&killed);
    assert!(before.iter().all(|run| after.contains(run)), "a finished run was made again");
    assert_eq!(runs(&killed).len(), 8);
}

#[test]
fn an_interrupted_study_says_what_is_kept() {
    let (dir, file) = study(TWO);
    let out = dir.path().join("out");
    let child = at_work(&file, &out, 1);
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(130));
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    let kept = runs(&out).len();
    assert!(
        told.contains(&format!("{kept} of 8 runs are kept")) && told.contains("The same command"),
        "{told}"
    );
    assert!(!out.join("results").exists());
    let whole = dir.path().join("whole");
    uninterrupted(&file, &whole);
    recirc(&file, &out, &["--replicates", "4"]).assert().success();
    assert_eq!(results(&whole), results(&out));
}

/// Damaged files, files under another's name, and empty ones are told and made again.
#[test]
fn what_is_no_finished_run_is_made_again() {
    let (dir, file) = study(TWO);
    let out = dir.path().join("out");
    let go = || recirc(&file, &out, &["--replicates", "2"]).assert().success();
    go().stderr(contains("made again").not());
    let sound = results(&out);
    let kept = runs(&out);
    let bytes: Vec<Vec<u8>> = kept.iter().map(|path| fs::read(path).unwrap()).collect();
    fs::write(&kept[0], &bytes[0][..bytes[0].len() - 9]).unwrap();
    fs::write(&kept[1], &bytes[2]).unwrap();
    fs::write(&kept[3], "").unwrap();
    let told = go();
    let told = String::from_utf8_lossy(&told.get_output().stderr).into_owned();
    assert_eq!(told.matches("that run is made again").count(), 3, "{told}");
    assert!(told.contains("is damaged") && told.contains("holds another run than its name says"), "{told}");
    assert_eq!(results(&out), sound);
    let again: Vec<Vec<u8>> = kept.iter().map(|path| fs::read(path).unwrap()).collect();
    assert_eq!(again, bytes);
    go().stderr(contains("made again").not());
}

/// More replicates, or another variant, run only what is new; `--overwrite` begins anew.
#[test]
fn a_larger_study_takes_what_is_there() {
    let (dir, file) = study(TWO);
    let out = dir.path().join("out");
    recirc(&file, &out, &["--replicates", "1"]).assert().success();
    let first = written(&out);
    recirc(&file, &out, &["--replicates", "2"]).assert().success();
    let second = written(&out);
    assert!(second.len() == 4 && first.iter().all(|run| second.contains(run)));
    recirc(&file, &out, &["--replicates", "1", "--overwrite"]).assert().success();
    let anew = written(&out);
    assert!(anew.len() == 2 && anew.iter().all(|run| !first.contains(run)));
}

#[test]
fn two_studies_do_not_share_a_folder_at_once() {
    let (dir, file) = study(TWO);
    let out = dir.path().join("out");
    fs::create_dir_all(out.join("runs")).unwrap();
    let lock = fs::File::create(out.join(".lock")).unwrap();
    lock.lock().unwrap();
    recirc(&file, &out, &[]).assert().code(2).stderr(contains("another run is writing to"));
    drop(lock);
    recirc(&file, &out, &[]).assert().success();
    let other = dir.path().join("mine");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("notes.txt"), "mine").unwrap();
    recirc(&file, &other, &[]).assert().code(2).stderr(contains("files that recirc did not write"));
    assert!(other.join("notes.txt").exists());
}
