//! What a user sees after a mistake about an extra spend, and the command from end to end.

use crate::folders::folder;
use assert_cmd::Command;
use predicates::prelude::*;
use recirc::scenario::{Override, load_with};
use std::path::Path;

/// The message when an impulse on this scenario is asked for with these options.
fn refusal(what: &str, options: &[(&str, &str, &str)]) -> String {
    let overrides: Vec<Override> =
        options.iter().map(|(option, key, value)| Override::option(option, key, value)).collect();
    let told = load_with(what, &overrides).and_then(|scenario| scenario.load_place()).err();
    let told = told.expect("should be refused");
    assert!(told.is_users_mistake());
    told.to_string()
}

const AMOUNT: (&str, &str, &str) = ("--amount", "impulse.amount_gbp", "1000000");
const HEALTH: (&str, &str, &str) = ("--to", "impulse.to", "health");

fn in_leeds(options: &[(&str, &str, &str)]) -> String {
    let mut all = vec![AMOUNT, ("--years", "run.years", "2")];
    all.retain(|given| options.iter().all(|o| o.0 != given.0));
    all.extend_from_slice(options);
    refusal("leeds/baseline", &all)
}

macro_rules! snapshot {
    ($name:ident, $text:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(concat!("impulse_error_", stringify!($name)), $text);
        }
    };
}

snapshot!(to_misspelt, in_leeds(&[("--to", "impulse.to", "helth")]));
snapshot!(to_several_things, in_leeds(&[("--to", "impulse.to", "transport")]));
snapshot!(to_left_out, in_leeds(&[]));
snapshot!(amount_negative, in_leeds(&[HEALTH, ("--amount", "impulse.amount_gbp", "-5")]));
snapshot!(months_none, in_leeds(&[HEALTH, ("--months", "impulse.months", "0")]));
snapshot!(months_beyond_the_end, in_leeds(&[HEALTH, ("--months", "impulse.months", "36")]));
snapshot!(start_before_the_run, in_leeds(&[HEALTH, ("--start", "impulse.start", "2025-01")]));
snapshot!(start_no_month, in_leeds(&[HEALTH, ("--start", "impulse.start", "soon")]));
snapshot!(payer_unknown, in_leeds(&[HEALTH, ("--financed-by", "impulse.financed_by", "tax")]));
snapshot!(slack_too_large, in_leeds(&[HEALTH, ("--slack", "impulse.slack_outside", "1.5")]));
snapshot!(
    own_budget,
    in_leeds(&[("--to", "impulse.to", "nhs"), ("--financed-by", "impulse.financed_by", "budget")])
);
snapshot!(
    no_such_shop_in_town,
    refusal("scenarios/teaching/three_shops.toml", &[AMOUNT, ("--to", "impulse.to", "construction")])
);

#[test]
fn a_town_without_a_council_cannot_levy() {
    let town = "name = \"T\"\n[[anchor]]\nid = \"clinic\"\nname = \"Clinic\"\nkind = \"nhs\"\nbuys = { shop = 100 }\n\
                [[supplier]]\nid = \"shop\"\nname = \"Shop\"\nsector = \"G\"\nownership = \"family\"\n\
                surplus = { country = 1.0 }\n[[household]]\nid = \"family\"\n";
    let dir = folder(&[("town.toml", town), ("s.toml", "place = \"town.toml\"\n")]);
    let what = dir.path().join("s.toml").display().to_string();
    let by = ("--financed-by", "impulse.financed_by", "council_tax");
    insta::assert_snapshot!(
        "impulse_error_no_council",
        refusal(&what, &[AMOUNT, ("--to", "impulse.to", "retail"), by])
    );
}

/// The words for one thing are one thing.
#[test]
fn plain_names_letters_and_prefixes_mean_the_same() {
    for to in [
        "health",
        "Q",
        "q",
        "section:Q",
        "Social care",
        "section:health",
        "hospitals",
        "NHS trusts",
        "universities",
    ] {
        let to = [AMOUNT, ("--to", "impulse.to", to)].map(|(o, k, v)| Override::option(o, k, v));
        load_with("leeds/baseline", &to).unwrap().load_place().unwrap();
    }
}

fn impulse(args: &[&str], out: &Path) -> Command {
    let mut command = Command::cargo_bin("recirc").unwrap();
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg("impulse")
        .args(args)
        .args(["--quiet", "--out"])
        .arg(out);
    command
}

#[test]
fn the_command_writes_a_whole_folder_and_tells() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("run");
    let town = "scenarios/teaching/three_shops.toml";
    let told = impulse(&[town, "--amount", "12000", "--to", "retail"], &out).assert().success();
    let told = String::from_utf8(told.get_output().stdout.clone()).unwrap();
    for words in [
        "£12,000 more spent on retail firms (section G)",
        "no slack",
        "Type II",
        "AI = GI",
        "Who pays",
        "Net impulse",
    ] {
        assert!(told.contains(words), "{words} is missing in\n{told}");
    }
    for file in [
        "impulse_path.csv",
        "impulse_multipliers.csv",
        "impulse_account.csv",
        "additionality.csv",
        "data_dictionary.csv",
        "summary.json",
        "impulse.svg",
        "impulse.png",
        "manifest.json",
    ] {
        assert!(out.join(file).is_file(), "{file} is missing");
    }
    let json = impulse(&[town, "--amount", "12000", "--to", "retail", "--json", "--overwrite"], &out);
    let json = { json }.assert().success();
    let value: serde_json::Value = serde_json::from_slice(&json.get_output().stdout).unwrap();
    assert!((value["impulse"]["spent_gbp"].as_f64().unwrap() - 12_000.0).abs() < 1e-6);
    let of = |id: &str| value["multipliers"][id]["value"].as_f64().unwrap();
    assert!((of("type_i") - 1.0).abs() < 1e-6 && of("impulse") > 0.0);
}

#[test]
fn nothing_to_spend_or_to_explain_is_the_users_to_mend() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("run");
    let town = "scenarios/teaching/three_shops.toml";
    impulse(&[town, "--to", "retail"], &out).assert().code(2).stderr(predicate::str::contains("--amount"));
    let explain = impulse(&[town, "--to", "retail", "--amount", "100", "--explain"], &out).assert().code(2);
    assert!(String::from_utf8_lossy(&explain.get_output().stderr).contains("nothing to explain"));
    let penny = ["leeds/baseline", "--amount", "0.1", "--to", "health", "--scale", "0.005", "--years", "1"];
    impulse(&penny, &out).assert().code(2).stderr(predicate::str::contains("nothing was spent"));
    assert!(!out.exists());
}

/// The steps sum to all on less all off, at a scale and length at which this is quick.
#[test]
fn an_explanation_adds_up() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("run");
    let asked = ["leeds/baseline", "--amount", "100000000", "--to", "health", "--explain", "--json"];
    let small = ["--scale", "0.005", "--years", "1", "--set", "run.burn_in_months=3", "--replicates", "2"];
    let told = impulse(&[&asked[..], &small[..]].concat(), &out).assert().success();
    let value: serde_json::Value = serde_json::from_slice(&told.get_output().stdout).unwrap();
    let of = &value["explained"]["output"];
    let mean = |v: &serde_json::Value| v["mean"].as_f64().unwrap();
    let steps = of["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 8);
    assert_eq!(steps[0]["mechanism"], "expectations and reserves");
    // Norms do nothing without a policy that asks for local buying, and are charged with nothing.
    assert_eq!((steps[1]["mechanism"].as_str(), mean(&steps[1]["together"])), (Some("norms"), 0.0));
    assert!(value["warnings"][0].as_str().unwrap().contains("2 replicates"));
    let sum: f64 = steps.iter().map(|step| mean(&step["together"])).sum();
    assert!((mean(&of["all_off"]) + sum - mean(&of["all_on"])).abs() < 1e-9);
    let twin = value["multipliers_by_horizon"].as_array().unwrap().last().unwrap();
    assert!((mean(&of["all_on"]) - mean(&twin["output"])).abs() < 1e-9);
}
