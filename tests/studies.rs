//! Studies from end to end, on a very small city.

use crate::folders::folder;
use assert_cmd::Command;
use predicates::str::contains;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A hundredth of the city, a year, and next to no burn-in.
pub const SMALL: [&str; 7] = ["--scale", "0.005", "--years", "1", "--set", "run.burn_in_months=2", "--quiet"];

pub const TWO: &str = "kind = \"study\"\nname = \"two\"\n[reference]\nscenario = \"leeds/baseline\"\n\
                       [[variant]]\nscenario = \"leeds/local_first\"\n";

pub fn study(text: &str) -> (TempDir, String) {
    let dir = folder(&[("study.toml", text)]);
    let file = dir.path().join("study.toml").display().to_string();
    (dir, file)
}

pub fn recirc(file: &str, out: &Path, more: &[&str]) -> Command {
    let mut command = Command::cargo_bin("recirc").unwrap();
    command.args(["study", file]).args(SMALL).args(more).arg("--out").arg(out);
    command
}

/// The files of the results, of folders within too, but the manifest, which has times.
pub fn results(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![out.join("results")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.strip_prefix(out.join("results")).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name != "manifest.json" {
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn rows(out: &Path, table: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(out.join("results").join(table)).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// A study says of two scenarios what `compare` says, at any number of threads.
#[test]
fn a_study_agrees_with_a_comparison_at_any_number_of_threads() {
    let (dir, file) = study(TWO);
    let (one, two, compared) = (dir.path().join("1"), dir.path().join("2"), dir.path().join("c"));
    let told = recirc(&file, &one, &["--replicates", "3", "--threads", "1"]).assert().success();
    recirc(&file, &two, &["--replicates", "3", "--threads", "2"]).assert().success();
    assert_eq!(results(&one), results(&two));
    let told = String::from_utf8(told.get_output().stdout.clone()).unwrap();
    assert!(told.contains("local first") && told.contains("Student's t over 3 replicates"), "{told}");
    let mut command = Command::cargo_bin("recirc").unwrap();
    command.args(["compare", "leeds/baseline", "leeds/local_first", "--replicates", "3"]).args(SMALL);
    command.arg("--out").arg(&compared).assert().success();
    let of_study = &results(&one)["comparison.csv"];
    assert_eq!(
        String::from_utf8_lossy(of_study),
        fs::read_to_string(compared.join("comparison.csv")).unwrap()
    );
    let manifest = json(&one.join("results/manifest.json"));
    assert_eq!((&manifest["study"]["toml"], &manifest["replicates"]), (&TWO.into(), &3.into()));
    assert_eq!(manifest["complete"], true);
}

/// No column is called what databases keep for themselves, so that a query needs no quotes.
pub fn unquoted(dictionary: &str) {
    let reserved = "all analyse and any array as asc between both by case cast check column create cross default desc distinct \
                    do else end except false fetch for foreign from full grant group having in inner into is join lateral leading \
                    left like limit natural not null offset on only or order outer primary references right select some table then to \
                    trailing true union unique using when where window with";
    let mut reader = csv::Reader::from_reader(dictionary.as_bytes());
    let mut columns = 0;
    for row in reader.records().map(Result::unwrap) {
        columns += 1;
        assert!(
            !reserved.split_whitespace().any(|word| word == &row[1]),
            "{} has a column {}",
            &row[0],
            &row[1]
        );
    }
    assert!(columns > 40);
}

/// Every file is described, and what is described is there.
#[test]
fn the_data_package_describes_the_files() {
    let (dir, file) = study(TWO);
    let out = dir.path().join("out");
    recirc(&file, &out, &["--replicates", "2"]).assert().success();
    let written = results(&out);
    let package = json(&out.join("results/datapackage.json"));
    let resources = package["resources"].as_array().unwrap();
    for resource in resources {
        let path = resource["path"].as_str().unwrap();
        let bytes = &written[path];
        assert_eq!(resource["bytes"], bytes.len(), "{path}");
        if resource["format"] == "csv" {
            let fields = resource["schema"]["fields"].as_array().unwrap();
            let names: Vec<&str> = fields.iter().map(|f| f["name"].as_str().unwrap()).collect();
            let head = String::from_utf8_lossy(bytes).lines().next().unwrap().to_owned();
            assert_eq!(head, names.join(","), "{path}");
        } else {
            assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{path}");
        }
    }
    let described: Vec<&str> = resources.iter().map(|r| r["path"].as_str().unwrap()).collect();
    let tables = written.keys().filter(|name| name.ends_with(".csv") || name.ends_with(".parquet"));
    for table in tables {
        assert!(described.contains(&table.as_str()), "{table} is not described");
    }
    for table in ["runs", "monthly", "wards", "deciles", "anchors", "comparison", "scenarios"] {
        assert!(written.contains_key(&format!("{table}.parquet")), "{table}");
    }
    let words = String::from_utf8_lossy(&written["data_dictionary.csv"]).into_owned();
    unquoted(&words);
    for column in ["runs,value", "wards,scenario", "comparison,variance_saved", "monthly,replicate"] {
        assert!(words.contains(&format!("\n{column},")), "{column}");
    }
}

/// Shares of levers sum to the whole difference, in every metric; mechanisms are there one by one.
#[test]
fn an_effect_is_split_over_levers_and_mechanisms() {
    let (dir, file) = study(&format!("{TWO}[attribution]\nlevers = true\nmechanisms = true\n"));
    let out = dir.path().join("out");
    recirc(&file, &out, &["--replicates", "2"]).assert().success();
    let rows = rows(&out, "attribution.csv");
    let of = |way: &str, metric: &str| -> Vec<f64> {
        let found = rows.iter().filter(|row| row["way"] == way && row["metric"] == metric);
        found.map(|row| row["difference"].parse().unwrap()).collect()
    };
    let mut differ = 0;
    for metric in ["lm3", "household_income", "jobs", "contract_price", "round_1_local"] {
        let (whole, shares) = (of("whole", metric), of("lever_shapley", metric));
        assert_eq!((whole.len(), shares.len(), of("mechanism_off", metric).len()), (1, 2, 7));
        let sum: f64 = shares.iter().sum();
        assert!((sum - whole[0]).abs() < 2e-6 + 1e-9 * whole[0].abs(), "{metric}: {sum}, {}", whole[0]);
        differ += usize::from(whole[0] != 0.0);
        let (alone, last) = (of("lever_alone", metric), of("lever_last", metric));
        // Of two levers, the share is the mean of the first and the last place.
        assert!((shares[0] - (alone[0] + last[0]) / 2.0).abs() < 2e-6, "{metric}");
    }
    assert!(differ >= 2, "the policy changes nothing here, so the test says nothing");
}

/// Each replicate draws the uncertain settings, the same for every scenario; screening names what matters.
#[test]
fn uncertain_settings_are_drawn_and_screened() {
    let (dir, file) = study(&format!(
        "{TWO}[uncertain]\nfirms.entry_response = {{ low = 0.1, high = 2.0 }}\n\
         \"policy.local_preference[prefer locals].points\" = {{ low = 0, high = 40 }}\n\
         [sensitivity]\nmethod = \"morris\"\nsamples = 2\n"
    ));
    let out = dir.path().join("out");
    recirc(&file, &out, &["--replicates", "4"]).assert().success();
    let drawn = rows(&out, "drawn.csv");
    let mut strata: Vec<usize> = drawn
        .iter()
        .filter(|row| row["setting"].contains("points"))
        .map(|row| (row["value"].parse::<f64>().unwrap() / 10.0) as usize)
        .collect();
    strata.sort_unstable();
    assert_eq!(strata, [0, 1, 2, 3], "a Latin hypercube has one draw in each quarter");
    let found = rows(&out, "sensitivity.csv");
    let star = |metric: &str, setting: &str| -> f64 {
        let row = found
            .iter()
            .find(|r| r["metric"] == metric && r["measure"] == "mu_star" && r["setting"].contains(setting));
        row.unwrap()["value"].parse().unwrap()
    };
    assert!(star("lm3", "points") > 0.0);
    let until = recirc(&file, &out, &["--until-width", "lm3=1"]).assert().code(2);
    until.stderr(contains("Latin hypercube is made for a number of replicates fixed beforehand"));
}

/// Replicates are added until the interval is narrow; what was run before is not run again.
#[test]
fn replicates_are_added_until_an_interval_is_narrow() {
    let (dir, file) = study(TWO);
    let out = dir.path().join("out");
    let width = || -> f64 {
        let rows = rows(&out, "comparison.csv");
        let row = rows.iter().find(|row| row["metric"] == "round_1_local").unwrap();
        row["high"].parse::<f64>().unwrap() - row["low"].parse::<f64>().unwrap()
    };
    recirc(&file, &out, &["--replicates", "2"]).assert().success();
    let first = width();
    assert!(first > 0.0);
    let wanted = first / 3.0;
    let told = recirc(&file, &out, &["--until-width", &format!("round_1_local={wanted}")]).assert().success();
    let told = String::from_utf8(told.get_output().stdout.clone()).unwrap();
    assert!(width() <= wanted && told.contains("Every interval of round_1_local is"), "{told}");
    let replicates = json(&out.join("results/summary.json"))["replicates"].as_u64().unwrap();
    assert_eq!(fs::read_dir(out.join("runs")).unwrap().count() as u64, 2 * replicates);
}

/// A sweep's scenarios are in every table, with the values that it gave them.
#[test]
fn a_sweep_is_told_in_a_table() {
    let (dir, file) = study(&format!(
        "{TWO}[[sweep]]\nof = \"local first\"\n\
         over = {{ \"policy.local_preference[prefer locals].points\" = [0, 10] }}\n"
    ));
    let out = dir.path().join("out");
    let told = recirc(&file, &out, &["--json"]).assert().success();
    let told: Value = serde_json::from_slice(&told.get_output().stdout).unwrap();
    assert_eq!(told["scenarios"].as_array().unwrap().len(), 3);
    let swept = rows(&out, "sweep.csv");
    assert_eq!(swept.len(), 2);
    assert_eq!(swept[1]["scenario"], "local first, points 10");
    // Ten points is what the scenario has: the same run, kept once.
    assert_eq!(fs::read_dir(out.join("runs")).unwrap().count(), 3);
    let compared = rows(&out, "comparison.csv");
    let of = |scenario: &str| -> Vec<String> {
        compared.iter().filter(|r| r["scenario"] == scenario).map(|r| r["difference"].clone()).collect()
    };
    assert_eq!(of("local first"), of("local first, points 10"));
    assert_ne!(of("local first"), of("local first, points 0"));
}
