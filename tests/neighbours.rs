//! Folders that several runs want at once, and what somebody else has in or beside them.

use crate::output_files::{listed, names, run};
use recirc::output::error::OutputError;
use recirc::output::folder::RunFolder;
use std::fs;
use std::path::Path;
use std::thread;
use tempfile::tempdir;

/// A run of two tables that both hold `text`.
fn two_tables(target: &Path, text: &str) -> Result<(), OutputError> {
    let mut folder = RunFolder::at(target, true)?;
    folder.write("monthly.csv", text.as_bytes())?;
    folder.write("deep/leaks.csv", text.as_bytes())?;
    listed(&mut folder)?;
    folder.finish().map(|_| ())
}

/// Of those that come at once some publish a whole folder and the others are told to wait; nobody takes another's half-written
/// one, and the old one is never lost.
#[test]
fn runs_that_replace_one_folder_at_once_publish_it_whole() {
    let place = tempdir().unwrap();
    let target = place.path().join("run");
    let again = |who: usize| {
        let write = |n: usize| match two_tables(&target, &format!("{who} {n}")) {
            Ok(()) => true,
            Err(OutputError::InUse { .. }) => false,
            Err(other) => panic!("{other:?}"),
        };
        (0..5).filter(|n| write(*n)).count()
    };
    for _ in 0..100 {
        let published = thread::scope(|scope| {
            let all: Vec<_> = (0..3)
                .map(|who| {
                    scope.spawn({
                        let again = &again;
                        move || again(who)
                    })
                })
                .collect();
            all.into_iter().map(|one| one.join().expect("a folder or a refusal")).sum::<usize>()
        });
        assert!(published > 0);
        assert_eq!(names(&target), ["deep", "manifest.json", "monthly.csv"]);
        let read = |file: &str| fs::read(target.join(file)).unwrap();
        assert_eq!(read("monthly.csv"), read("deep/leaks.csv"));
        assert_eq!(names(place.path()), ["run"]);
    }
}

/// Folders that only look like ours are neither removed nor written into.
#[test]
fn neighbours_of_somebody_else_stay() {
    for (suffix, overwrite) in [(".partial", false), (".partial", true), (".replaced", true)] {
        let place = tempdir().unwrap();
        let (target, mine) = (place.path().join("run"), place.path().join(format!("run{suffix}")));
        run(&target, false, "first").unwrap();
        fs::create_dir(&mine).unwrap();
        fs::write(mine.join("notes.txt"), b"mine").unwrap();
        let target = if overwrite { target } else { fs::remove_dir_all(&target).map(|()| target).unwrap() };
        let error = run(&target, overwrite, "second").unwrap_err();
        let said = error.to_string();
        assert!(matches!(error, OutputError::Neighbour { .. }) && error.is_users(), "{said}");
        assert!(said.contains(suffix) && said.contains("move it away") && said.contains("run-2"), "{said}");
        assert_eq!(fs::read(mine.join("notes.txt")).unwrap(), b"mine");
        fs::remove_dir_all(&mine).unwrap();
        fs::write(&mine, b"a file").unwrap();
        assert!(matches!(run(&target, overwrite, "second"), Err(OutputError::Neighbour { .. })));
        assert_eq!(fs::read(&mine).unwrap(), b"a file");
        assert!(!place.path().join(".run.lock").exists());
    }
}

/// Somebody's notes beside the tables outlast a replacement, one that was cut short too.
#[test]
fn what_somebody_put_into_a_folder_of_results_stays() {
    let place = tempdir().unwrap();
    let target = place.path().join("run");
    let put = |file: &str| {
        let path = target.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file).unwrap();
    };
    run(&target, false, "first").unwrap();
    ["notes.txt", "thoughts/of/mine.md", "deep/remark.txt"].into_iter().for_each(put);
    fs::create_dir(target.join("empty")).unwrap();
    two_tables(&target, "second").unwrap();
    let all = ["deep", "empty", "manifest.json", "monthly.csv", "notes.txt", "thoughts"];
    assert_eq!(names(&target), all);
    assert_eq!(names(&target.join("deep")), ["leaks.csv", "remark.txt"]);
    // A name that the next run writes itself.
    put("sam.csv");
    let mut folder = RunFolder::at(&target, true).unwrap();
    folder.write("sam.csv", b"ours").unwrap();
    listed(&mut folder).unwrap();
    folder.finish().unwrap();
    assert_eq!(fs::read(target.join("sam.csv")).unwrap(), b"ours");
    assert_eq!(fs::read(target.join("sam.csv-2")).unwrap(), b"sam.csv");
    assert!(!target.join("monthly.csv").exists() && target.join("deep/remark.txt").is_file());
    // Killed when the new run was in place and the old one not yet gone.
    let aside = place.path().join("run.replaced");
    fs::rename(&target, &aside).unwrap();
    fs::write(aside.join(".unfinished"), b"").unwrap();
    run(&target, true, "third").unwrap();
    assert_eq!(names(place.path()), ["run"]);
    assert_eq!(fs::read(target.join("thoughts/of/mine.md")).unwrap(), b"thoughts/of/mine.md");
}

/// Any program may call a file manifest.json.
#[test]
fn a_manifest_of_another_program_makes_no_run() {
    let place = tempdir().unwrap();
    let target = place.path().join("site");
    fs::create_dir(&target).unwrap();
    fs::write(target.join("manifest.json"), b"{\"name\": \"web page\"}").unwrap();
    assert!(matches!(run(&target, true, "new"), Err(OutputError::NotARun { .. })));
    assert_eq!(names(&target), ["manifest.json"]);
}
