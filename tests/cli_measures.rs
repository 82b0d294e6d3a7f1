//! `recirc multipliers` and `recirc lm3` from end to end.

use assert_cmd::Command;
use predicates::prelude::*;
use std::path::Path;

fn recirc(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("recirc").unwrap();
    command.current_dir(dir).args(args);
    command
}

fn root(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).display().to_string()
}

fn json(dir: &Path, args: &[&str]) -> serde_json::Value {
    let told = recirc(dir, args).assert().success();
    serde_json::from_slice(&told.get_output().stdout).unwrap()
}

#[test]
fn a_table_is_printed_and_written() {
    let dir = tempfile::tempdir().unwrap();
    let table = root("data/uk/uk_2010_17_sectors.csv");
    recirc(dir.path(), &["multipliers", "--table", &table, "--out", "m", "--quiet"])
        .assert()
        .success()
        .stdout(predicate::str::contains("Construction                                   1.836    2.665"));
    for file in ["multipliers.csv", "leontief.csv", "data_dictionary.csv", "manifest.json"] {
        assert!(dir.path().join("m").join(file).is_file(), "{file} is missing");
    }
    // The folder is replaced only when asked, and one of its own is found when none is given.
    recirc(dir.path(), &["multipliers", "--table", &table, "--out", "m"]).assert().code(2);
    recirc(dir.path(), &["multipliers", "--table", &table, "--out", "m", "--overwrite"]).assert().success();
    let value = json(dir.path(), &["multipliers", "--table", &table, "--json"]);
    assert_eq!(value["multipliers"].as_array().unwrap().len(), 17);
    assert!(dir.path().join("outputs/multipliers-of-uk_2010_17_sectors/manifest.json").is_file());
}

#[test]
fn mistakes_exit_with_2() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("t.csv"), "x,a,households\na,0.5,1\nwages,0.5,\n").unwrap();
    std::fs::write(dir.path().join("s.csv"), "payee,amount,local,respend\nA,5,yes,1.5\n").unwrap();
    for (args, told) in [
        (vec!["multipliers", "--table", "t.csv"], "nothing leaks"),
        (vec!["multipliers", "--table", "none.csv"], "none.csv does not exist"),
        (vec!["multipliers"], "--table"),
        (vec!["multipliers"], "--run"),
        (vec!["lm3", "--new", "a.csv"], "ends in .toml"),
        (vec!["multipliers", "--run", "none"], "no such folder"),
        (vec!["new", "t.csv/inside"], "remedy"),
        (vec!["multipliers", "--table", "t.csv", "--delta", "0.3"], "--lq"),
        (vec!["multipliers", "--table", "t.csv", "--lq", "t.csv", "--delta", "3"], "from 0"),
        (vec!["multipliers", "--table", "t.csv", "--incom-row", "wages"], "--income-row"),
        (vec!["multipliers", "--run", "."], "not the folder of a run"),
        (vec!["lm3", "s.csv"], "row \"A\", column \"respend\" = 1.5\n --> s.csv:2:9"),
        (vec!["lm3", "none.toml"], "none.toml does not exist"),
        (vec!["lm3"], "SURVEY"),
        (vec!["lm3", "s.csv", "--seed", "2"], "`--seed` has no effect"),
        (vec!["lm3", "--new", "n.toml", "--out", "x"], "`--out` has no effect"),
        (
            vec!["multipliers", "--table", "t.csv", "--scale", "0.1", "--years", "2"],
            "`--years`, `--scale` have no effect",
        ),
        (vec!["levers", "--json"], "`--json` has no effect"),
        (vec!["schema", "--set", "run.years=2"], "`--set` has no effect"),
        (vec!["report", ".", "--timings"], "`--timings` has no effect"),
    ] {
        recirc(dir.path(), &args).assert().code(2).stderr(predicate::str::contains(told));
    }
    assert!(!dir.path().join("outputs").exists(), "a refused command leaves nothing behind");
}

/// A new survey is sound; run as a town, by the command itself and by `recirc run`, it keeps its LM3.
#[test]
fn a_survey_from_start_to_town() {
    let dir = tempfile::tempdir().unwrap();
    recirc(dir.path(), &["lm3", "--new", "s.toml"]).assert().success().stdout("s.toml\n");
    recirc(dir.path(), &["lm3", "--new", "s.toml"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("exists"));
    let value =
        json(dir.path(), &["lm3", "s.toml", "--simulate", "--as-town", "town.toml", "--out", "o", "--json"]);
    let of = |key: &str| value[key].as_f64().unwrap();
    assert!((of("lm3_income") - 2.002).abs() < 1e-9);
    assert!((of("simulated_lm3_income") - of("lm3_income")).abs() < 5e-5);
    assert!((of("simulated_lm3_contract") - of("lm3_contract")).abs() < 5e-5);
    let run = json(dir.path(), &["run", "town_scenario.toml", "--out", "r", "--json", "--quiet"]);
    let lm3 = run["metrics"]["lm3"]["value"].as_f64().unwrap();
    assert!((lm3 - 2.002).abs() < 5e-5, "{lm3}");
    recirc(dir.path(), &["lm3", "s.toml", "--as-town", "town.toml"]).assert().code(2);
    // Neither of two files is written when the other may not be.
    std::fs::write(dir.path().join("other_scenario.toml"), "mine").unwrap();
    let refused = recirc(dir.path(), &["lm3", "s.toml", "--as-town", "other.toml"]).assert().code(2);
    refused.stderr(predicate::str::contains("the file other_scenario.toml exists already"));
    assert!(!dir.path().join("other.toml").exists());
    recirc(dir.path(), &["lm3", "s.toml", "--as-town", "other.toml", "--overwrite"]).assert().success();
    assert!(dir.path().join("other.toml").exists());
    assert_ne!(std::fs::read(dir.path().join("other_scenario.toml")).unwrap(), b"mine");
}

/// The three-shop town: no shop buys from another, all who work there spend alike, and each shop is its sector; so
/// Type I is 1, nothing is averaged away, and the matrix gives the traced LM∞.
#[test]
fn a_run_gives_its_own_multipliers() {
    let dir = tempfile::tempdir().unwrap();
    let town = root("scenarios/teaching/three_shops.toml");
    recirc(dir.path(), &["run", &town, "--years", "2", "--out", "r", "--quiet"]).assert().success();
    let value = json(dir.path(), &["multipliers", "--run", "r", "--out", "m", "--json"]);
    assert_eq!(value["year"], 2);
    let bundle = |figure: &str, column: &str| {
        let rows = value["anchor_bundle"].as_array().unwrap();
        rows.iter().find(|row| row["figure"] == figure).unwrap()[column].as_f64().unwrap()
    };
    assert!((bundle("landed", "type_1") - 1.0).abs() < 1e-6);
    assert!((bundle("output", "type_1") - 1.0).abs() < 1e-6);
    // Pay to residents: 0.2 x 0.40 + 0.4 x 0.20 + 0.4 x 0.50 = 0.36 of the pound.
    assert!((bundle("income", "type_1") - 0.36).abs() < 1e-4);
    assert!(bundle("aggregation_gap", "type_1").abs() < 1e-3);
    assert!((bundle("lm_infinity_all_accounts", "type_1") - 3.065).abs() < 1e-3);
    let year = json(dir.path(), &["multipliers", "--run", "r", "--year", "1", "--out", "m1", "--json"]);
    assert_eq!(year["year"], 1);
    recirc(dir.path(), &["multipliers", "--run", "r", "--year", "3", "--out", "m2"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("years 1 to 2"));
}

/// A run that was stopped has a last year of fewer months, which is no year.
#[test]
fn a_year_of_fewer_months_gives_no_multipliers() {
    let dir = tempfile::tempdir().unwrap();
    recirc(dir.path(), &["run", "teaching/three_shops", "--years", "2", "--out", "r", "--quiet"])
        .assert()
        .success();
    let monthly = dir.path().join("r/monthly.csv");
    let text = std::fs::read_to_string(&monthly).unwrap();
    let stopped_after = |months: usize| {
        let lines: Vec<&str> = text.lines().take(1 + months).collect();
        std::fs::write(&monthly, lines.join("\n")).unwrap();
    };
    stopped_after(19);
    let value = json(dir.path(), &["multipliers", "--run", "r", "--out", "m", "--json"]);
    assert_eq!(value["year"], 1);
    assert!(value["notes"][0].as_str().unwrap().contains("stopped in year 2, after 7 of its months"));
    let refused = |year: &[&str], words: &[&str]| {
        let mut command = recirc(dir.path(), &["multipliers", "--run", "r", "--out", "m1"]);
        let told = command.args(year).assert().code(2);
        let told = String::from_utf8(told.get_output().stderr.clone()).unwrap();
        assert!(words.iter().all(|word| told.contains(word)), "{told}");
    };
    refused(&["--year", "2"], &["2 (of 7 months)", "ask for year 1"]);
    stopped_after(7);
    refused(&[], &["1 (of 7 months)", "before it had a full year"]);
}

/// What the program carries needs no checkout: the teaching town and a published table, from an empty folder.
#[test]
fn the_teaching_town_and_a_table_are_carried() {
    let dir = tempfile::tempdir().unwrap();
    let here = |args: &[&str]| {
        let told = recirc(dir.path(), args).arg("--quiet").assert().success();
        String::from_utf8(told.get_output().stdout.clone()).unwrap()
    };
    let told = here(&["run", "scenarios/teaching/three_shops.toml", "--years", "1"]);
    assert!(told.contains("2.54"), "{told}");
    // A town has no luck and lets no contracts.
    assert!(!told.contains("luck") && !told.contains("Who wins"), "{told}");
    let told = here(&["compare", "teaching/three_shops", "teaching/three_shops_buy_local", "--years", "1"]);
    assert!(told.contains("2.58"), "{told}");
    here(&["multipliers", "--new", "uk.csv"]);
    // The printed total of agriculture is 1.801.
    assert!(here(&["multipliers", "--table", "uk.csv"]).contains("1.801"));
    let again = recirc(dir.path(), &["multipliers", "--new", "uk.csv"]).assert().code(2);
    assert!(String::from_utf8_lossy(&again.get_output().stderr).contains("uk.csv"));
}
