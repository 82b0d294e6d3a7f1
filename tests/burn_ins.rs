//! Burn-ins on disk: a run that branches from one read back is the run that went straight through, and no other file is
//! taken for it.

use crate::studies::{TWO, recirc, results, study};
use crate::study_resume::at_work;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

fn burn_ins(out: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(out.join("burn_ins")) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

/// Take away the runs and what was computed from them, and leave the burn-ins.
fn forget_runs(out: &Path) {
    fs::remove_dir_all(out.join("runs")).unwrap();
    fs::remove_dir_all(out.join("results")).unwrap();
}

fn written(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

#[test]
fn runs_branch_from_a_burn_in_that_was_kept_as_from_one_in_memory() {
    let (dir, file) = study(TWO);
    let (straight, kept) = (dir.path().join("straight"), dir.path().join("kept"));
    recirc(&file, &straight, &["--replicates", "2", "--burn-ins", "none"]).assert().success();
    assert!(!straight.join("burn_ins").exists());
    let go = || recirc(&file, &kept, &["--replicates", "2", "--burn-ins", "all"]).assert().success();
    go();
    let first: Vec<(PathBuf, SystemTime)> =
        burn_ins(&kept).into_iter().map(|path| (path.clone(), written(&path))).collect();
    assert_eq!(first.len(), 2, "one a replicate, shared by both scenarios");
    forget_runs(&kept);
    go().stderr(contains("warning: /").not());
    assert!(first.iter().all(|(path, when)| written(path) == *when), "a burn-in was simulated again");
    assert!(results(&straight) == results(&kept));
    // Without being asked to keep them, a study that is over leaves none.
    recirc(&file, &kept, &["--replicates", "2"]).assert().success();
    assert!(!kept.join("burn_ins").exists());
}

/// A policy that is added later branches from what is there.
#[test]
fn a_policy_added_later_has_its_burn_in_already() {
    let (dir, file) = study(TWO);
    let out = dir.path().join("out");
    recirc(&file, &out, &["--burn-ins", "all"]).assert().success();
    let [burn_in] = burn_ins(&out).try_into().unwrap();
    let before = written(&burn_in);
    let more = format!("{TWO}[[variant]]\nscenario = \"leeds/local_quotes\"\n");
    fs::write(&file, &more).unwrap();
    recirc(&file, &out, &["--burn-ins", "all"]).assert().success();
    assert_eq!((burn_ins(&out), written(&burn_in)), (vec![burn_in.clone()], before));
    let whole = dir.path().join("whole");
    recirc(&file, &whole, &[]).assert().success();
    assert!(results(&out) == results(&whole));
}

#[test]
fn a_killed_study_takes_up_its_burn_in() {
    let (dir, file) = study(TWO);
    let (out, whole) = (dir.path().join("out"), dir.path().join("whole"));
    let mut child = at_work(&file, &out, 1);
    child.kill().unwrap();
    child.wait().unwrap();
    // One run of the replicate was over, so its burn-in is there for the other; a kill in the middle of writing leaves this.
    let Some(burn_in) = burn_ins(&out).into_iter().next() else {
        panic!("no burn-in is on the disk");
    };
    let half = out.join("burn_ins/0123.partial");
    fs::write(&half, "half").unwrap();
    recirc(&file, &out, &["--replicates", "4"]).assert().success().stderr(contains("not used").not());
    assert!(!burn_in.exists() && !half.exists());
    recirc(&file, &whole, &["--replicates", "4"]).assert().success();
    assert!(results(&out) == results(&whole));
}

/// What does not fit is told, simulated again and put right; which files do not is tested beside the code.
#[test]
fn a_burn_in_that_does_not_fit_is_not_taken() {
    let (dir, file) = study(TWO);
    let out = dir.path().join("out");
    let go = || recirc(&file, &out, &["--burn-ins", "all"]).assert().success();
    go();
    let sound = results(&out);
    let [path] = burn_ins(&out).try_into().unwrap();
    let bytes = fs::read(&path).unwrap();
    let version = [b"recirc burn-in 999".as_slice(), &bytes["recirc burn-in 1".len()..]].concat();
    for (bad, words) in
        [(bytes[..bytes.len() / 2].to_vec(), "is damaged"), (version, "as another version of recirc")]
    {
        fs::write(&path, &bad).unwrap();
        forget_runs(&out);
        let told = go();
        let told = String::from_utf8_lossy(&told.get_output().stderr).into_owned();
        assert!(told.contains(words) && told.contains("simulated again"), "{words}: {told}");
        assert!(results(&out) == sound, "{words}");
        assert!(fs::read(&path).unwrap() == bytes, "{words}: it is not put right");
    }
}
