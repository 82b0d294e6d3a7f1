//! The report: read from tables, never saying more than they do, and needing nothing else. How it looks and behaves in a
//! browser is checked in tests/browser.

use crate::studies::{TWO, recirc as study_of, study};
use ::recirc::output::manifest::sha256;
use assert_cmd::Command;
use predicates::str::contains;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

fn recirc(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("recirc").unwrap();
    command.args(args);
    command
}

fn run(args: &[&str], out: &Path) {
    recirc(args)
        .args(["--scale", "0.005", "--years", "1", "--set", "run.burn_in_months=2", "--quiet", "--out"])
        .arg(out)
        .assert()
        .success();
}

fn report(folder: &Path) -> String {
    let told = recirc(&["report", folder.to_str().unwrap()]).assert().success();
    let path = String::from_utf8(told.get_output().stdout.clone()).unwrap();
    fs::read_to_string(path.trim_end()).unwrap()
}

/// A manifest of a later program keeps what this one knows nothing of.
#[test]
fn the_report_is_entered_and_the_rest_of_the_manifest_stays() {
    let dir = tempdir().unwrap();
    let out = dir.path().join("run");
    recirc(&["run", "teaching/three_shops", "--quiet", "--out"]).arg(&out).assert().success();
    let path = out.join("manifest.json");
    let read = || -> serde_json::Value { serde_json::from_slice(&fs::read(&path).unwrap()).unwrap() };
    let mut before = read();
    before["of_later"] = serde_json::json!({ "threads": [1, 2] });
    fs::write(&path, before.to_string()).unwrap();
    let page = report(&out);
    before["files"]["report.html"] = sha256(page.as_bytes()).into();
    assert_eq!(read(), before);
}

/// Addresses that a browser would ask for.
fn asks(page: &str) -> bool {
    let markup = page.split("<script>").next().unwrap();
    ["src=\"http", "href=\"http", "url(http", "@import", "<iframe", "<img"]
        .iter()
        .any(|part| markup.contains(part))
}

#[test]
fn a_study_has_a_report_that_is_the_same_each_time() {
    let (dir, file) = study(TWO);
    let out = dir.path().join("out");
    study_of(&file, &out, &["--replicates", "3"]).assert().success().stdout(contains("report.html"));
    let first = fs::read_to_string(out.join("results/report.html")).unwrap();
    assert_eq!(first, report(&out), "the folder of a study stands for its results");
    assert!(first.len() < 2_000_000 && !asks(&first));
    for part in [
        "Where a pound goes",
        "Headingley",
        "95% interval",
        "role=\"tab\"",
        "default-src 'none'",
        "A scheme of the wards",
    ] {
        assert!(first.contains(part), "{part} is missing");
    }
    // At so small a scale not even the sign of what a policy costs is known.
    assert!(first.contains("hangs on the scale of a simulation") && !first.contains("needs clearly costs"));
    // What the sentence says is what the table says.
    let mut reader = csv::Reader::from_path(out.join("results/comparison.csv")).unwrap();
    let row = reader.records().map(Result::unwrap).find(|row| &row[0] == "household_income").unwrap();
    let [low, high]: [f64; 2] = [row[5].parse().unwrap(), row[6].parse().unwrap()];
    let clear = low > 0.0 || high < 0.0;
    assert_eq!(first.contains("No clear difference in household income"), !clear, "{low} to {high}");
}

/// The report is among the files of the manifest, also when it is made later and elsewhere.
#[test]
fn the_manifest_has_the_hash_of_the_report() {
    let dir = tempdir().unwrap();
    let out = dir.path().join("run");
    run(&["compare", "leeds/baseline", "leeds/local_first"], &out);
    let entered = || {
        let manifest = fs::read(out.join("manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
        manifest["files"]["report.html"].as_str().map(str::to_owned)
    };
    assert_eq!(entered(), None);
    let other = dir.path().join("other.html");
    recirc(&["report", out.to_str().unwrap(), "--out", other.to_str().unwrap()]).assert().success();
    assert_eq!(entered(), None, "a page elsewhere is no file of the folder");
    let page = report(&out);
    assert_eq!(entered(), Some(recirc::output::manifest::sha256(page.as_bytes())));
    recirc(&["reproduce", out.to_str().unwrap(), "--quiet"])
        .assert()
        .success()
        .stdout(contains("same     report.html"));
}

/// Six policies and everything that may be asked of them: still a page that can be mailed.
#[test]
fn six_policies_fit_into_two_megabytes() {
    let variants: String = ["local_first", "social_value_30", "lots", "local_quotes", "hub", "living_wage"]
        .iter()
        .map(|name| format!("[[variant]]\nscenario = \"leeds/{name}\"\n"))
        .collect();
    let text = format!(
        "kind = \"study\"\nname = \"six\"\n[reference]\nscenario = \"leeds/baseline\"\n{variants}\
         [draws]\nranges = [\"city\"]\n"
    );
    let (dir, file) = study(&text);
    let out = dir.path().join("out");
    study_of(&file, &out, &["--replicates", "2"]).assert().success();
    let page = fs::read_to_string(out.join("results/report.html")).unwrap();
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    assert!(
        page.contains("city.flq_delta_added") && page.contains("other settings are assumed or uncertain too")
    );
    // An interval that holds zero is never told as a difference.
    let mut reader = csv::Reader::from_path(out.join("results/comparison.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let unclear = rows.iter().filter(|row| &row[0] == "household_income").filter(|row| {
        let [low, high]: [f64; 2] = [row[5].parse().unwrap(), row[6].parse().unwrap()];
        low <= 0.0 && high >= 0.0
    });
    let unclear = unclear.count();
    assert!(unclear > 0, "with two replicates no interval holds zero");
    assert_eq!(page.matches("No clear difference in household income").count(), unclear);
}

#[test]
fn one_replicate_has_no_interval_and_is_not_sold_as_more() {
    let dir = tempdir().unwrap();
    let out = dir.path().join("run");
    run(&["compare", "leeds/baseline", "leeds/local_first"], &out);
    let page = report(&out);
    assert!(page.contains("one replicate, so no interval"));
    assert!(page.contains("Who wins the contracts") && page.contains("both net of VAT"));
    assert!(!page.contains("clearly more income in") && !page.contains("have clearly"));
    assert!(page.contains("did not ask which settings the differences hang on"));
}

#[test]
fn a_table_that_is_not_there_is_said_to_be_missing() {
    let dir = tempdir().unwrap();
    let out = dir.path().join("run");
    run(&["run", "leeds/baseline"], &out);
    let page = report(&out);
    assert!(page.contains("One scenario by itself") && page.contains("has no comparison with a reference"));
    assert!(page.contains("data-chart=\"pound\"") && !page.contains("data-chart=\"forest\""));
    for table in ["pound_by_round", "paths", "gains"] {
        fs::remove_file(out.join(format!("{table}.csv"))).unwrap();
    }
    let page = report(&out);
    assert!(page.contains("has no table of a pound by round") && page.contains("has no table of paths"));
    assert!(!page.contains("data-chart=\"pound\"") && !page.contains("data-chart=\"paths\""));
}

/// A town has neither wards on the map nor tenths; and a name may hold anything.
#[test]
fn names_cannot_break_out_of_the_page() {
    let dir = tempdir().unwrap();
    let town = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/teaching/three_shops.toml");
    let name = "a</script><script>alert(1)</script> & <b>";
    let file = dir.path().join("odd.toml");
    fs::write(&file, format!("extends = \"{town}\"\nname = \"{name}\"\n")).unwrap();
    let out = dir.path().join("run");
    recirc(&["compare", town, file.to_str().unwrap(), "--quiet", "--out"]).arg(&out).assert().success();
    let page = report(&out);
    assert!(
        !page.contains("<script>alert")
            && page.contains("&lt;script&gt;alert")
            && page.contains("\\u003c/script>")
    );
    assert_eq!(page.matches("</script>").count(), 2, "the data and the program");
    assert!(!page.contains("draw of luck") && page.contains("£ thousand a year"));
    assert!(!page.contains("Who wins the contracts"));
}

/// Commands that simulate nothing leave tables, and nothing that a report shows.
#[test]
fn folders_without_a_simulation_are_refused() {
    let dir = tempdir().unwrap();
    let [town, survey, shares, flows] =
        ["town", "survey.toml", "shares", "flows"].map(|x| dir.path().join(x));
    let [town, survey, shares, flows] = [&town, &survey, &shares, &flows].map(|path| path.to_str().unwrap());
    for args in [
        &["run", "teaching/three_shops", "--years", "1", "--quiet", "--out", town][..],
        &["multipliers", "--run", town, "--out", flows],
        &["lm3", "--new", survey],
        &["lm3", survey, "--out", shares],
    ] {
        recirc(args).assert().success();
    }
    for (folder, words) in
        [(flows, "that of `recirc multipliers`"), (shares, "that of `recirc lm3`, which has no report")]
    {
        recirc(&["report", folder]).assert().code(2).stderr(contains(words)).stderr(contains("remedy"));
    }
}

#[test]
fn what_is_no_folder_of_results_is_refused() {
    let dir = tempdir().unwrap();
    let refused = |path: &Path, words: &str| {
        recirc(&["report", path.to_str().unwrap()])
            .assert()
            .code(2)
            .stderr(contains(words.to_owned()))
            .stderr(contains("remedy"));
    };
    refused(&dir.path().join("none"), "it does not exist");
    refused(dir.path(), "it has no manifest.json");
    fs::create_dir_all(dir.path().join("runs")).unwrap();
    fs::write(dir.path().join("runs/1.run"), "").unwrap();
    refused(dir.path(), "a study that is not over");
    let out = dir.path().join("run");
    run(&["run", "leeds/baseline"], &out);
    let summary = out.join("summary.json");
    let figures = fs::read_to_string(&summary).unwrap();
    fs::write(&summary, figures.replacen("\"value\": ", "\"value\": 1", 1)).unwrap();
    refused(&out, "summary.json is damaged: it is not what manifest.json says was written");
    fs::write(&summary, figures).unwrap();
    let paths = out.join("paths.csv");
    let text = fs::read_to_string(&paths).unwrap();
    // A figure that somebody changed, and a table of another kind under this name.
    fs::write(&paths, text.replacen('1', "2", 1)).unwrap();
    refused(&out, "it is not what manifest.json says was written");
    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    fs::write(out.join("manifest.json"), manifest.replace("\"paths.csv\"", "\"other.csv\"")).unwrap();
    fs::write(&paths, text.replace("difference_low", "other").replacen("value", "wert", 1)).unwrap();
    refused(&out, "has no column `value`");
    fs::write(&paths, [0xff, 0xfe, 0x00]).unwrap();
    refused(&out, "is damaged");
    fs::write(out.join("manifest.json"), "{").unwrap();
    refused(&out, "it is not JSON");
}
