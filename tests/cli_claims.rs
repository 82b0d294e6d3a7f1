//! What is said of figures: no interval where there is no luck, one meaning of recovery, and a lever or a scenario that changes
//! nothing is called so.

use crate::cli_runs::small;
use assert_cmd::Command;
use std::path::Path;

fn told(args: &[&str]) -> (String, String) {
    let output = Command::cargo_bin("recirc").unwrap().args(args).output().unwrap();
    assert!(output.status.success());
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn file(dir: &Path, name: &str, text: &str) -> String {
    let path = dir.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_town_has_no_luck_and_no_intervals() {
    let dir = tempfile::tempdir().unwrap();
    for (replicates, out) in [("2", "two"), ("3", "three")] {
        let out = dir.path().join(out);
        let towns = ["teaching/three_shops", "teaching/three_shops_buy_local"];
        let args =
            ["compare", towns[0], towns[1], "--years", "1", "--replicates", replicates, "--quiet", "--out"];
        let (page, warned) = told(&[&args[..], &[out.to_str().unwrap()]].concat());
        assert!(
            page.contains(&format!("A town has no luck: its {replicates} replicates are one run")),
            "{page}"
        );
        assert!(!page.contains("alike") && !page.contains("95% interval"), "{page}");
        assert!(warned.contains("is set in a town, which has no luck"), "{warned}");
        let chart = std::fs::read_to_string(out.join("paths.svg")).unwrap();
        assert!(!chart.contains("95%"), "the picture tells of an interval");
        told(&["report", out.to_str().unwrap()]);
        let report = std::fs::read_to_string(out.join("report.html")).unwrap();
        let (words, _) = report.split_once("<script").unwrap();
        assert!(!words.contains("alike") && !words.contains("lines their 95% intervals"));
    }
}

#[test]
fn recovery_has_one_meaning_in_a_comparison() {
    let dir = tempfile::tempdir().unwrap();
    let shock = "extends = \"leeds/baseline\"\nname = \"cuts\"\n[[shock.austerity]]\nstart = \"2026-06\"\nyears = 1\n\
                 budget_percent_a_year = -30\npay_percent_a_year = -10\n";
    let cuts = file(dir.path(), "cuts.toml", shock);
    let out = dir.path().join("out");
    small(&["compare", "leeds/baseline", &cuts, "--replicates", "2"], &out).assert().success();
    let mut rows = csv::Reader::from_path(out.join("resilience.csv")).unwrap();
    let rows: Vec<Vec<String>> =
        rows.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let mean = |of: &str, column: usize| {
        let values: Vec<f64> =
            rows.iter().filter(|row| row[3] == of).map(|row| row[column].parse().unwrap()).collect();
        assert_eq!(values.len(), 2);
        values.iter().sum::<f64>() / 2.0
    };
    let mut compared = csv::Reader::from_path(out.join("comparison.csv")).unwrap();
    let compared: Vec<(String, f64)> = compared
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[0].to_owned(), row[3].parse().unwrap_or(f64::NAN)))
        .collect();
    let policy = |metric: &str| compared.iter().find(|(name, _)| name == metric).unwrap().1;
    assert!((policy("resilience_jobs") - mean("jobs", 4)).abs() < 1e-5);
    assert!((policy("resilience_spending") - mean("household spending", 4)).abs() < 1e-5);
    assert!((policy("shock_depth_jobs") - mean("jobs", 6)).abs() < 1e-3);
    // Behind the reference is another figure, and there is one for each.
    assert!(mean("jobs", 7) > 0.0 && mean("jobs", 9) > 0.0, "{rows:?}");
}

#[test]
fn what_changes_nothing_is_called_so() {
    let dir = tempfile::tempdir().unwrap();
    let empty = file(dir.path(), "empty.toml", "");
    assert!(told(&["check", &empty]).0.contains("no lever pulled; nothing differs from the baseline)"));
    let years = file(dir.path(), "years.toml", "name = \"short\"\n[run]\nyears = 3\n");
    assert!(told(&["check", &years]).0.contains("nothing differs from the baseline"));
    let prices = file(dir.path(), "prices.toml", "[mechanisms]\nprices = false\n");
    assert!(!told(&["check", &prices]).0.contains("nothing differs"));

    let text = "extends = \"leeds/baseline\"\nname = \"neutral\"\n[[policy.lots]]\nname = \"one\"\nnumber = 1\nfrom_gbp = 0\n\
                [[policy.price_weight]]\nat_most = 0.4\n";
    let neutral = file(dir.path(), "neutral.toml", text);
    let (_, warned) = told(&["check", &neutral]);
    assert!(
        warned
            .contains("`policy.lots` (\"one\") of `neutral` changes nothing: it stands at its neutral value"),
        "{warned}"
    );
    assert!(!warned.contains("price_weight"), "{warned}");
    // A sweep is meant to begin there.
    let study = "kind = \"study\"\nschema = 1\nname = \"s\"\n[reference]\nscenario = \"leeds/baseline\"\n[[variant]]\n\
                 scenario = \"neutral.toml\"\n[[sweep]]\nof = \"neutral\"\n[sweep.over]\n\"policy.lots[one].number\" = [1, 2]\n";
    let swept = file(dir.path(), "study.toml", study);
    let (_, warned) = told(&["check", &swept]);
    assert_eq!(warned.matches("changes nothing").count(), 1, "{warned}");
}
