//! Files of a run: their bytes, and the folder that appears whole or not at all.

use std::fs;
use std::path::Path;

use recirc::measure::levels::levels;
use recirc::measure::table::{Cell, Column, Metric, Table};
use recirc::output::error::OutputError;
use recirc::output::folder::RunFolder;
use recirc::output::manifest::{Manifest, sha256};
use recirc::output::{csv, dictionary, summary};
use tempfile::tempdir;

fn leaks() -> Table {
    let columns = vec![
        Column::new("month", "", "Calendar month"),
        Column::new("channel", "", "How the money left the city"),
        Column::new("amount", "GBP", "Money that left"),
    ];
    let mut table = Table::new("leaks", columns);
    table.push(vec!["2026-04".into(), "pay, to in-commuters".into(), Cell::Pence(123_456)]);
    table.push(vec!["2026-04".into(), Cell::Empty, Cell::Pence(-7)]);
    table
}

/// A whole run in `target`, with `text` as its only table.
pub fn run(target: &Path, overwrite: bool, text: &str) -> Result<(), OutputError> {
    let mut folder = RunFolder::at(target, overwrite)?;
    folder.write("monthly.csv", text.as_bytes())?;
    listed(&mut folder)?;
    folder.finish().map(|_| ())
}

/// The manifest of what has been written so far.
pub fn listed(folder: &mut RunFolder) -> Result<(), OutputError> {
    let files = folder.hashes().clone();
    folder.write("manifest.json", &Manifest { files, ..Manifest::new(&[], std::time::UNIX_EPOCH) }.bytes())
}

pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder to look into");
    let name =
        |entry: std::io::Result<fs::DirEntry>| entry.map(|e| e.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = entries.map(name).collect::<Result<_, _>>().expect("names");
    names.sort();
    names
}

#[test]
fn a_table_is_quoted_csv() {
    let bytes = csv::bytes(&leaks()).unwrap();
    let text = "month,channel,amount\n2026-04,\"pay, to in-commuters\",1234.56\n2026-04,,-0.07\n";
    assert_eq!(String::from_utf8(bytes).unwrap(), text);
}

#[test]
fn the_dictionary_describes_every_column() {
    let text = String::from_utf8(csv::bytes(&dictionary::dictionary(&[&leaks()])).unwrap()).unwrap();
    assert!(text.starts_with("table_name,column_name,unit,meaning\nleaks,month,,Calendar month\n"), "{text}");
    assert!(text.contains("\nleaks,amount,GBP,Money that left\n") && text.lines().count() == 8, "{text}");
}

#[test]
fn the_summary_keeps_order_and_has_no_odd_numbers() {
    let metric = |id, value| Metric { id, value, unit: "ratio", meaning: "Made up" };
    let metrics = [metric("lm3", 1.52), metric("a_zero", -0.0), metric("lm_infinity", f64::INFINITY)];
    let levels = levels(&[metrics.to_vec()]);
    let bytes = summary::bytes(&levels);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.starts_with("{\n  \"schema_version\": 1,\n  \"metrics\": {\n"), "{text}");
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("no {part} in {text}"));
    assert!(at("\"lm3\"") < at("\"a_zero\"") && at("\"a_zero\"") < at("\"lm_infinity\""));
    assert!(text.contains("\"value\": 0.0,") && text.contains("\"value\": null,"), "{text}");
    assert!(text.contains("\"low\": null,") && text.contains("\"replicates\": 1,"), "{text}");
    assert_eq!(bytes, summary::bytes(&levels));
}

#[test]
fn the_manifest_names_what_made_the_run() {
    let manifest = Manifest::new(&[("Leeds", "seed = 7\n"), ("other", "seed = 8\n")], std::time::UNIX_EPOCH);
    let value: serde_json::Value = serde_json::from_slice(&manifest.bytes()).unwrap();
    assert_eq!(value["scenario"], "Leeds against other");
    let resolved = value["resolved_scenarios"].as_array().unwrap();
    for (of, (name, toml)) in resolved.iter().zip([("Leeds", "seed = 7\n"), ("other", "seed = 8\n")]) {
        assert_eq!([&of["name"], &of["toml"]], [name, toml]);
        assert_eq!(of["sha256"], sha256(toml.as_bytes()));
    }
    assert_eq!((resolved.len(), &value["warnings"]), (2, &serde_json::json!([])));
    assert_eq!(value["generator"], "Philox4x32-10");
    assert_eq!(value["started"], "1970-01-01T00:00:00Z");
    assert_eq!(value["complete"], false);
}

#[test]
fn a_folder_appears_whole() {
    let place = tempdir().unwrap();
    let target = place.path().join("deep/down/run");
    let mut folder = RunFolder::at(&target, false).unwrap();
    folder.write_table(&leaks()).unwrap();
    folder.write("charts/paths.svg", b"<svg/>").unwrap();
    listed(&mut folder).unwrap();
    assert!(!target.exists());
    assert_eq!(folder.hashes()["charts/paths.svg"], sha256(b"<svg/>"));
    assert_eq!(folder.finish().unwrap(), target);
    assert_eq!(names(&target), ["charts", "leaks.csv", "manifest.json"]);
    assert_eq!(names(target.parent().unwrap()), ["run"]);
}

#[test]
fn a_run_that_fails_leaves_nothing() {
    let place = tempdir().unwrap();
    let mut folder = RunFolder::at(&place.path().join("run"), false).unwrap();
    folder.write("monthly.csv", b"half").unwrap();
    drop(folder);
    assert!(names(place.path()).is_empty());
}

#[test]
fn an_earlier_run_is_never_silently_replaced() {
    let place = tempdir().unwrap();
    let target = place.path().join("run");
    run(&target, false, "first").unwrap();
    run(&place.path().join("run-2"), false, "another").unwrap();
    let error = run(&target, false, "second").unwrap_err();
    let said = error.to_string();
    assert!(error.is_users() && said.contains("--overwrite") && said.contains("run-3"), "{said}");
    assert_eq!(fs::read(target.join("monthly.csv")).unwrap(), b"first");
    assert_eq!(names(place.path()), ["run", "run-2"]);
}

#[test]
fn overwriting_waits_for_the_new_run_to_be_whole() {
    let place = tempdir().unwrap();
    let target = place.path().join("run");
    run(&target, false, "first").unwrap();
    let mut folder = RunFolder::at(&target, true).unwrap();
    listed(&mut folder).unwrap();
    assert_eq!(fs::read(target.join("monthly.csv")).unwrap(), b"first");
    folder.finish().unwrap();
    assert_eq!(names(&target), ["manifest.json"]);
    assert_eq!(names(place.path()), ["run"]);
}

#[test]
fn only_a_run_may_be_overwritten() {
    let place = tempdir().unwrap();
    let target = place.path().join("photographs");
    fs::create_dir(&target).unwrap();
    fs::write(target.join("wedding.jpg"), b"dear").unwrap();
    let error = run(&target, true, "new").unwrap_err();
    assert!(matches!(error, OutputError::NotARun { .. }) && error.is_users());
    assert_eq!(names(&target), ["wedding.jpg"]);
}

#[test]
fn an_empty_folder_is_filled() {
    let place = tempdir().unwrap();
    run(place.path().join("run").as_path(), false, "first").unwrap();
    let empty = place.path().join("empty");
    fs::create_dir(&empty).unwrap();
    run(&empty, false, "first").unwrap();
    assert_eq!(names(&empty), ["manifest.json", "monthly.csv"]);
}

#[test]
fn remains_of_a_dead_run_are_replaced_but_not_a_live_one() {
    let place = tempdir().unwrap();
    let partial = place.path().join("run.partial");
    fs::create_dir(&partial).unwrap();
    fs::write(partial.join(".unfinished"), b"").unwrap();
    fs::write(partial.join("old.csv"), b"half").unwrap();
    let target = place.path().join("run");
    let live = RunFolder::at(&target, false).unwrap();
    assert_eq!(names(&partial), [".unfinished"]);
    let error = RunFolder::at(&target, true).unwrap_err();
    assert!(matches!(error, OutputError::InUse { .. }) && error.is_users());
    assert!(error.to_string().contains("run-2"), "{error}");
    drop(live);
    run(&target, false, "first").unwrap();
    assert_eq!(names(place.path()), ["run"]);
}

#[test]
fn a_replacement_cut_short_by_a_power_cut_is_undone() {
    let place = tempdir().unwrap();
    let target = place.path().join("run");
    run(&target, false, "first").unwrap();
    fs::rename(&target, place.path().join("run.replaced")).unwrap();
    assert!(matches!(run(&target, false, "second").unwrap_err(), OutputError::Exists { .. }));
    assert_eq!(fs::read(target.join("monthly.csv")).unwrap(), b"first");
}

#[test]
fn names_are_numbered_when_none_is_given() {
    let place = tempdir().unwrap();
    let begin = |overwrite| RunFolder::named(place.path(), "Leeds: local first!", overwrite).unwrap();
    let mut first = begin(false);
    listed(&mut first).unwrap();
    let second = begin(false);
    assert_eq!(second.path(), place.path().join("leeds-local-first-2"), "a live run holds its name");
    let first = first.finish().unwrap();
    assert_eq!(first, place.path().join("leeds-local-first"));
    second.finish().unwrap();
    assert_eq!(begin(false).path(), place.path().join("leeds-local-first-3"));
    assert_eq!(begin(true).path(), first);
}

#[test]
fn a_file_in_the_way_is_named() {
    let place = tempdir().unwrap();
    let file = place.path().join("notes.txt");
    fs::write(&file, b"mine").unwrap();
    for target in [file.clone(), file.join("run"), file.join("deep/run")] {
        for overwrite in [false, true] {
            let error = run(&target, overwrite, "new").unwrap_err();
            let said = error.to_string();
            assert!(matches!(&error, OutputError::FileInTheWay { path } if *path == file), "{error:?}");
            assert!(
                error.is_users() && said.contains("notes.txt is a file") && said.contains("--out"),
                "{said}"
            );
        }
    }
    assert_eq!(fs::read(&file).unwrap(), b"mine");
}

#[test]
fn a_name_that_cannot_be_made_is_refused() {
    for target in ["/", "..", &format!("{}/run", "n".repeat(300))] {
        let error = RunFolder::at(Path::new(target), false).unwrap_err();
        assert!(matches!(error, OutputError::NotWritable { .. }), "{error:?}");
        assert!(error.is_users() && error.to_string().contains("remedy"));
    }
}

#[test]
fn what_the_system_says_becomes_a_sentence() {
    use std::io::{Error, ErrorKind};
    let said = |kind| OutputError::from_io(Path::new("outputs/run"), Error::from(kind));
    let full = said(ErrorKind::StorageFull);
    assert!(!full.is_users() && full.to_string().contains("disk is full"), "{full}");
    let refused = said(ErrorKind::PermissionDenied);
    assert!(refused.is_users() && refused.to_string().contains("may write to"), "{refused}");
    let other = said(ErrorKind::Other);
    assert!(!other.is_users() && other.to_string().contains("outputs/run"), "{other}");
}

/// Linux has a device that is always full.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_apart() {
    let full = Path::new("/dev/full");
    let Err(e) = fs::write(full, b"x") else { return };
    assert!(matches!(OutputError::from_io(full, e), OutputError::DiskFull { .. }));
}
