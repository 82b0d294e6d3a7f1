//! What is allowed and yet likely to mislead is said before the run and kept in its manifest; what cannot be
//! compared is refused. And the mistakes that `check` must find, through the program.

use assert_cmd::Command;
use predicates::prelude::*;
use std::path::Path;

fn recirc(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("recirc").unwrap();
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(args);
    command
}

/// A scenario file.
fn file(dir: &Path, name: &str, text: &str) -> String {
    let path = dir.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn stderr(command: &mut Command) -> (String, Option<i32>) {
    let output = command.output().unwrap();
    (String::from_utf8(output.stderr).unwrap(), output.status.code())
}

const LATE: &str = "extends = \"leeds/baseline\"\nname = \"late\"\n\
                    [[policy.price_weight]]\nat_most = 0.4\nstart = \"2027-04\"\n\
                    [[policy.price_weight]]\nname = \"soon\"\nat_most = 0.4\nstart = \"2027-03\"\n\
                    [[policy.local_invitations]]\nname = \"nothing bought\"\nat_least = 1\n\
                    anchors = [\"university_of_leeds\"]\ncategories = [\"care\"]\n";

#[test]
fn a_country_that_is_run_as_one_city_is_told() {
    let told = |scenario| stderr(&mut recirc(&["check", scenario])).0;
    assert!(told("country/everyone_local").contains("which `recirc country` runs"));
    assert!(!told("leeds/local_first").contains("recirc country"));
}

#[test]
fn levers_never_in_force_are_told_and_kept() {
    let dir = tempfile::tempdir().unwrap();
    let late = file(dir.path(), "late.toml", LATE);
    let (told, code) = stderr(&mut recirc(&["check", &late, "--years", "1"]));
    assert_eq!((code, told.lines().count()), (Some(0), 2), "{told}");
    assert!(told.contains(
        "`policy.price_weight` (entry 1) of `late` is never in force: it starts in 2027-04, and the last month \
         of the run is 2027-03"
    ));
    assert!(told.contains("`policy.local_invitations` (\"nothing bought\")"), "{told}");
    // A year more, and the first of them is in force.
    let (told, _) = stderr(&mut recirc(&["check", &late, "--years", "2"]));
    assert_eq!(told.lines().count(), 1, "{told}");

    let out = dir.path().join("run");
    let run = ["run", &late, "--years", "1", "--scale", "0.005", "--quiet", "--out", out.to_str().unwrap()];
    let (told, code) = stderr(&mut recirc(&run));
    let said: Vec<&str> = told.lines().map(|line| line.strip_prefix("warning: ").unwrap()).collect();
    assert_eq!((code, said.len()), (Some(0), 3), "{told}");
    let manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["warnings"], serde_json::json!(said));
    assert_eq!(manifest["resolved_scenarios"][0]["name"], "late");
}

#[test]
fn a_short_burn_in_and_cuts_without_effect_are_told() {
    let says = |args: &[&str]| stderr(&mut recirc(&[&["check", "leeds/baseline"], args].concat()));
    let (told, code) = says(&["--set", "run.burn_in_months=6"]);
    assert!(told.contains("burns in for 6 months") && told.lines().count() == 1, "{told}");
    assert_eq!((code, says(&["--set", "run.burn_in_months=12"])), (Some(0), (String::new(), Some(0))));
    let off = ["--set", "run.burn_in_months=6", "--set", "mechanisms.labour_market=false"];
    assert_eq!(says(&off), (String::new(), Some(0)));
    let dir = tempfile::tempdir().unwrap();
    let cut = "extends = \"leeds/baseline\"\nname = \"cut\"\n[[shock.austerity]]\nstart = \"2027-01\"\nyears = 2\n\
               budget_percent_a_year = 0\npay_percent_a_year = -5\n";
    let cut = file(dir.path(), "cut.toml", cut);
    assert_eq!(stderr(&mut recirc(&["check", &cut])), (String::new(), Some(0)));
    let (told, _) = stderr(&mut recirc(&["check", &cut, "--set", "mechanisms.labour_market=false"]));
    assert!(told.contains("changes no pay") && told.lines().count() == 1, "{told}");
}

/// Thousands written with a point make a limit below every contract.
#[test]
fn a_limit_below_every_contract_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let check = |limit: &str, more: &str| {
        let text = format!(
            "extends = \"leeds/baseline\"\nname = \"x\"\n[[policy.local_preference]]\nname = \"near\"\npoints = 10\n\
             up_to_gbp = {limit}\nlocal = \"city\"\n{more}"
        );
        stderr(&mut recirc(&["check", &file(dir.path(), "x.toml", &text)])).0
    };
    let told = check("207.720", "");
    let what = "`policy.local_preference` (\"near\") of `x` reaches nothing: `up_to_gbp` is GBP 207.72, and no contract that \
                it covers is worth less than GBP 5000";
    assert!(told.contains(what) && told.lines().count() == 1, "{told}");
    assert_eq!((check("207_720", ""), check("5_000", "")), (String::new(), String::new()));
    // A lot is a part of a contract.
    let lots = "[[policy.lots]]\nnumber = 10\nfrom_gbp = 0\n";
    assert!(!check("600", lots).contains("reaches nothing") && check("400", lots).contains("than GBP 500;"));
    let quotes = check("207_720", "[[policy.quotes_threshold]]\nat_least_gbp = 100.000\n");
    assert!(quotes.contains("`policy.quotes_threshold` (entry 1) of `x` reaches nothing"), "{quotes}");
}

#[test]
fn a_small_scale_is_told() {
    for (scale, lines) in [("0.0999", 1), ("0.1", 0), ("1", 0)] {
        let (told, code) = stderr(&mut recirc(&["check", "leeds/baseline", "--scale", scale]));
        assert_eq!((code, told.lines().count()), (Some(0), lines), "{scale}: {told}");
        // README: a smaller city has all the contracts.
        assert!(
            lines == 0 || told.contains("all contracts are let, each with a smaller instalment"),
            "{told}"
        );
    }
    // A town is what it is at any scale.
    let (told, _) =
        stderr(&mut recirc(&["check", "scenarios/teaching/three_shops.toml", "--scale", "0.001"]));
    assert!(told.is_empty(), "{told}");
}

#[test]
fn a_town_is_not_compared_with_a_city() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("run");
    for pair in [
        ["leeds/baseline", "scenarios/teaching/three_shops.toml"],
        ["scenarios/teaching/three_shops.toml", "leeds/baseline"],
    ] {
        let compare = ["compare", pair[0], pair[1], "--scale", "0.005", "--out", out.to_str().unwrap()];
        let (told, code) = stderr(&mut recirc(&compare));
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains("`three shops` is set in a town and `baseline` in a city"), "{told}");
        assert!(told.contains("remedy: ") && !out.exists());
    }
}

/// Two scenarios of one town, unlike in all that a comparison should hold equal.
#[test]
fn unlike_scenarios_are_compared_with_a_warning() {
    let dir = tempfile::tempdir().unwrap();
    let root = env!("CARGO_MANIFEST_DIR");
    let teaching = format!("{root}/scenarios/teaching");
    std::fs::copy(format!("{teaching}/three_shops_town.toml"), dir.path().join("town.toml")).unwrap();
    let other = |name: &str, place: &str, run: &str| {
        let text = format!(
            "extends = \"{teaching}/three_shops.toml\"\nname = \"{name}\"\nplace = \"{place}\"\n[run]\n{run}\n"
        );
        file(dir.path(), &format!("{name}.toml"), &text)
    };
    let compare = |other: &str| {
        let out = dir.path().join("run");
        let reference = format!("{teaching}/three_shops.toml");
        let args = ["compare", &reference, other, "--overwrite", "--quiet", "--out", out.to_str().unwrap()];
        let (told, code) = stderr(&mut recirc(&args));
        assert_eq!(code, Some(0), "{told}");
        let manifest: serde_json::Value =
            serde_json::from_slice(&std::fs::read(out.join("manifest.json")).unwrap()).unwrap();
        assert_eq!(manifest["warnings"].as_array().unwrap().len(), told.lines().count());
        told
    };
    let same = other("same", "town.toml", "");
    assert_eq!(compare(&same), "", "the same town in a copy of its file is the same place");
    for (run, what) in [
        ("seed = 9", "seed (1 and 9)"),
        ("scale = 0.5", "scale (1 and 0.5)"),
        ("years = 3", "months simulated ("),
        ("start = \"2027-04\"", "months simulated ("),
        ("burn_in_months = 7", "burn-in months ("),
        ("replicates = 2", "replicates (1 and 2)"),
    ] {
        let told = compare(&other("other", "town.toml", run));
        // That replicates of a town are one run is told as well.
        let lines = if run.starts_with("replicates") { 2 } else { 1 };
        let last = told.lines().last().unwrap();
        assert!(last.starts_with("warning: `three shops` and `other` differ in "), "{run}: {told}");
        assert!(last.contains(what) && told.lines().count() == lines, "{run}: {told}");
    }
    // What the model's settings do is in the difference too.
    let other_model = |more: &str| {
        let text = format!("extends = \"{teaching}/three_shops.toml\"\nname = \"other\"\n{more}\n");
        file(dir.path(), "model.toml", &text)
    };
    let told = compare(&other_model("[labour]\noutside_pool = 0.5"));
    let what = "`three shops` and `other` differ in labour.outside_pool (0.35 and 0.5): the difference";
    assert!(told.contains(what) && told.lines().count() == 1, "{told}");
    let lever = "[[policy.local_preference]]\npoints = 10\nup_to_gbp = 100_000\nlocal = \"city\"";
    let told = compare(&other_model(lever));
    let what = "let no contracts: `policy.local_preference` changes nothing that is bought";
    assert!(told.contains(what) && told.lines().count() == 1, "{told}");
    let text = std::fs::read_to_string(dir.path().join("town.toml")).unwrap();
    std::fs::write(dir.path().join("changed.toml"), format!("# changed\n{text}")).unwrap();
    let told = compare(&other("elsewhere", "changed.toml", ""));
    assert!(told.contains("differ in place (") && told.lines().count() == 1, "{told}");
}

/// Every mistake that a scenario can hold: exit code 2, and where it stands.
#[test]
fn mistakes_are_found_by_check_and_by_run() {
    let dir = tempfile::tempdir().unwrap();
    let head = "extends = \"leeds/baseline\"\n";
    for (name, text, told) in [
        ("unknown key", "[run]\nyeers = 1\n", "did you mean `years`?"),
        ("wrong kind", "[run]\nyears = \"ten\"\n", "takes a whole number"),
        ("out of range", "[run]\nyears = 0\n", "must be"),
        ("unknown lever", "[[policy.price_wieght]]\nat_most = 0.4\n", "did you mean `price_weight`?"),
        (
            "unknown anchor",
            "[[policy.price_weight]]\nat_most = 0.4\nanchors = [\"counsil\"]\n",
            "did you mean `council`?",
        ),
        (
            "before the start",
            "[[policy.price_weight]]\nat_most = 0.4\nstart = \"2026-03\"\n",
            "before the start of the run",
        ),
        (
            "ends at once",
            "[[policy.price_weight]]\nat_most = 0.4\nstart = \"2027-01\"\nend = \"2027-01\"\n",
            "not after its start",
        ),
    ] {
        let path = file(dir.path(), &format!("{}.toml", name.replace(' ', "_")), &format!("{head}{text}"));
        for command in ["check", "run"] {
            let (said, code) = stderr(&mut recirc(&[command, &path]));
            assert_eq!(code, Some(2), "{name}: {said}");
            assert!(
                said.contains(told) && said.contains(&format!("{path}:")) && said.contains('^'),
                "{name}: {said}"
            );
        }
    }
    for (name, text, told) in [
        ("round.toml", "extends = \"round.toml\"\n", "round.toml"),
        ("orphan.toml", "extends = \"nowhere.toml\"\n", "nowhere.toml"),
        ("homeless.toml", "place = \"nowhere.toml\"\n", "`nowhere.toml` is missing"),
    ] {
        let path = file(dir.path(), name, text);
        let (said, code) = stderr(&mut recirc(&["check", &path]));
        assert!(code == Some(2) && said.contains(told) && said.contains('^'), "{name}: {said}");
    }
}

#[test]
fn check_tells_of_every_file() {
    let dir = tempfile::tempdir().unwrap();
    let bad = [1, 2].map(|i| file(dir.path(), &format!("bad_{i}.toml"), &format!("[run]\nyeers = {i}\n")));
    let args = ["check", &bad[0], "leeds/baseline", &bad[1], "nowhere.toml", "leeds/local_first"];
    recirc(&args)
        .assert()
        .code(2)
        .stdout(
            predicate::str::contains("leeds/baseline: sound")
                .and(predicate::str::contains("leeds/local_first: sound")),
        )
        .stderr(
            predicate::str::contains("bad_1.toml:2:1")
                .and(predicate::str::contains("bad_2.toml:2:1"))
                .and(predicate::str::contains("no scenario `nowhere.toml`")),
        );
    let told = recirc(&args).arg("--json").assert().code(2);
    let value: serde_json::Value = serde_json::from_slice(&told.get_output().stdout).unwrap();
    let of = value["scenarios"].as_array().unwrap();
    let sound: Vec<bool> = of.iter().map(|one| one["sound"].as_bool().unwrap()).collect();
    assert_eq!(sound, [false, true, false, false, true]);
    assert!(of[2]["error"].as_str().unwrap().contains("bad_2.toml:2:1"));
    assert_eq!((&of[4]["levers"], &of[4]["place"]), (&2.into(), &"leeds".into()));
}

#[test]
fn every_command_that_runs_answers_in_json() {
    let dir = tempfile::tempdir().unwrap();
    let town = "scenarios/teaching/three_shops.toml";
    let twin = file(
        dir.path(),
        "twin.toml",
        &format!("extends = \"{}/{town}\"\nname = \"twin\"\n", env!("CARGO_MANIFEST_DIR")),
    );
    let json = |args: &[&str]| -> serde_json::Value {
        let told = recirc(args).args(["--json", "--quiet"]).assert().success();
        serde_json::from_slice(&told.get_output().stdout).unwrap()
    };
    let out = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    assert!(json(&["run", town, "--out", &out("a")])["metrics"]["jobs"].is_object());
    let compared = json(&["compare", town, &twin, "--out", &out("b")]);
    assert_eq!(compared["scenarios"][1]["scenario"], "twin");
    let main = json(&["--scale", "0.005", "--years", "1", "--replicates", "1", "--out", &out("c")]);
    assert_eq!(
        (main["study"].as_str(), main["scenarios"].as_array().unwrap().len()),
        (Some("leeds study"), 4)
    );
    assert_eq!(json(&["check", town])["scenarios"][0]["sound"], true);
    let told =
        recirc(&["check", "leeds/baseline", "--calibration", "--scale", "0.02", "--json"]).output().unwrap();
    let calibrated: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    let targets = calibrated["scenarios"][0]["targets"].as_array().unwrap();
    assert!(targets.len() > 90 && targets[0]["id"] == "residents" && targets[0]["flag"] == "published");
    let off = targets.iter().any(|target| target["verdict"] == "off");
    assert_eq!(told.status.code(), Some(if off { 2 } else { 0 }));
}
