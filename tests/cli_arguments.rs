//! The commands that need no model, end to end: what they print, and their exit codes.

use assert_cmd::Command;
use predicates::prelude::*;
use std::process::Stdio;

fn recirc(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("recirc").unwrap();
    command.args(args);
    command
}

#[test]
fn check_tells_sound_from_unsound() {
    recirc(&["check", "leeds/baseline", "scenarios/leeds/local_first.toml", "scenarios/teaching/three_shops.toml"])
        .assert()
        .success()
        .stdout(
            "leeds/baseline: sound (baseline: leeds, 10 years from 2026-04, no lever pulled)\n\
             scenarios/leeds/local_first.toml: sound (local first: leeds, 10 years from 2026-04, 2 levers pulled)\n\
             scenarios/teaching/three_shops.toml: sound (three shops: three_shops_town.toml, 10 years from 2026-04, \
             no lever pulled)\n",
        );
    recirc(&["check", "leeds/baseline", "nowhere.toml", "leeds/local_first"])
        .assert()
        .code(2)
        .stdout(predicate::str::contains("leeds/local_first: sound"))
        .stderr(predicate::str::contains("no scenario `nowhere.toml`"));
}

#[test]
fn options_name_themselves_in_errors() {
    for (option, value, told) in [
        ("--years", "0", "--years 0\n"),
        ("--years", "many", "--years many\n"),
        ("--scale", "-1", "--scale -1\n"),
        ("--seed", "-1", "--seed -1\n"),
        ("--replicates", "-1", "--replicates -1\n"),
        ("--set", "run.yeers=1", "did you mean `years`?"),
    ] {
        recirc(&["check", "leeds/baseline", option, value])
            .assert()
            .code(2)
            .stderr(predicate::str::contains(told));
    }
    for args in [["--threads", "0"], ["--threads", "many"], ["--thread", "3"]] {
        recirc(&args).assert().code(2).stderr(predicate::str::contains("--threads"));
    }
}

/// Before anything is founded or timed.
#[test]
fn bench_refuses_what_it_cannot_time() {
    for (option, value, told) in [
        ("--scale", "0", "--scale 0\n"),
        ("--set", "run.scale=nan", "run.scale=nan"),
        ("--set", "run.burn_in_months=-1", "run.burn_in_months=-1"),
        ("--years", "1", "`--years` has no effect on `recirc bench`"),
        ("--replicates", "2", "`--replicates` has no effect on `recirc bench`"),
    ] {
        let told = predicate::str::contains(told);
        recirc(&["bench", option, value]).assert().code(2).stdout("").stderr(told);
    }
}

/// What a command's help lists of the options of every run is what it says that it takes when it refuses another.
#[test]
fn help_lists_the_options_that_a_command_takes() {
    let idle = [
        ("bench", "--timings"),
        ("check", "--overwrite"),
        ("country", "--timings"),
        ("levers", "--seed"),
        ("lm3", "--scale"),
        ("multipliers", "--timings"),
        ("new", "--json"),
        ("report", "--set"),
        ("reproduce", "--years"),
        ("schema", "--out"),
    ];
    for (command, option) in idle {
        let help = recirc(&[command, "--help"]).assert().success();
        let help = String::from_utf8(help.get_output().stdout.clone()).unwrap();
        let common = help.split("Options of every run:").nth(1).unwrap();
        let words = |text: &str| -> Vec<String> {
            let words = text.split_whitespace().map(|word| word.trim_end_matches(',').to_owned());
            words.filter(|word| word.starts_with("--")).collect()
        };
        let first_of_line = |line: &str| words(line).into_iter().next();
        let mut listed: Vec<String> = common.lines().filter_map(first_of_line).collect();
        listed.retain(|option| !["--threads", "--quiet", "--timings"].contains(&option.as_str()));
        let mut args = vec![command];
        args.extend((command == "multipliers").then_some("--table"));
        args.extend((!["bench", "country", "levers", "schema"].contains(&command)).then_some("what"));
        args.extend(match option {
            "--timings" | "--overwrite" | "--json" => vec![option],
            "--set" => vec![option, "run.seed=1"],
            _ => vec![option, "1"],
        });
        let refused = recirc(&args).assert().code(2).stdout("");
        let told = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
        assert!(told.contains(&format!("`{option}` has no effect on `recirc {command}`")), "{told}");
        let mut taken = words(told.split("it takes").nth(1).unwrap());
        listed.sort();
        taken.sort();
        assert_eq!(listed, taken, "{command}: {told}");
    }
}

/// On one thread nothing is compared with several.
#[test]
fn bench_times_a_year_by_phase() {
    let args = ["bench", "--scale", "0.01", "--set", "run.burn_in_months=1", "--threads", "1"];
    let out = recirc(&args).assert().success().stderr(predicate::str::contains("settles"));
    let page = String::from_utf8(out.get_output().stdout.clone()).unwrap();
    for told in ["Leeds at scale 0.01, one thread, by phase", "consume", "Means over a year, on one thread"] {
        assert!(page.contains(told), "{told}:\n{page}");
    }
    let row = page.lines().rev().find(|line| line.trim_start().starts_with("0.01")).unwrap();
    assert_eq!(row.split_whitespace().rev().take(2).collect::<Vec<_>>(), ["-", "-"], "{row}");
}

/// Help shows nothing that the program does not take.
#[test]
fn the_example_in_help_is_accepted() {
    let help = recirc(&["--help"]).assert().success();
    let help = String::from_utf8(help.get_output().stdout.clone()).unwrap();
    let example = help.split("for example --set ").nth(1).unwrap();
    let example = example.split_whitespace().next().unwrap();
    recirc(&["check", "leeds/baseline", "--set", example]).assert().success();
}

#[test]
fn options_are_the_same_before_and_after_the_command() {
    let sound = "leeds/baseline: sound (baseline: leeds, 1 year from 2026-04, no lever pulled)\n";
    recirc(&["--years", "1", "check", "leeds/baseline"]).assert().success().stdout(sound);
    recirc(&["check", "leeds/baseline", "--years", "1"]).assert().success().stdout(sound);
}

#[test]
fn levers_and_schema_print() {
    recirc(&["levers"]).assert().success().stdout(predicate::str::contains("local_preference "));
    recirc(&["levers", "price_weight"])
        .assert()
        .success()
        .stdout(predicate::str::contains("[[policy.price_weight]]"));
    recirc(&["levers", "price_wieght"])
        .assert()
        .code(2)
        .stderr("error: there is no lever `price_wieght`; did you mean `price_weight`?\n");
    recirc(&["schema"]).assert().success().stdout(recirc::scenario::schema::text());
    recirc(&["--help"]).assert().success().stdout(predicate::str::contains("Exit codes"));
    recirc(&["fly"]).assert().code(2);
}

#[test]
fn new_writes_a_sound_scenario_and_overwrites_nothing() {
    let dir = tempfile::TempDir::new().unwrap();
    let at = |args: &[&str]| {
        let mut command = recirc(args);
        command.current_dir(dir.path());
        command.assert()
    };
    at(&["new", "mine/first"]).success().stdout("mine/first/scenario.toml\n");
    at(&["check", "mine/first/scenario.toml"]).success();
    at(&["check", "mine/first"]).success();
    at(&["new", "mine/first"]).code(2).stderr(predicate::str::contains("mine/first exists already"));
    assert!(dir.path().join("mine/first/scenario.schema.json").is_file());
    let left: Vec<_> = std::fs::read_dir(dir.path().join("mine")).unwrap().collect();
    assert_eq!(left.len(), 1, "something partial is left behind");
    std::fs::write(dir.path().join("file"), "").unwrap();
    at(&["new", "file/inside"]).code(2).stderr(predicate::str::contains("cannot be written"));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let program = assert_cmd::cargo::cargo_bin("recirc");
    for args in [
        &["schema"][..],
        &["levers"],
        &["levers", "price_weight"],
        &["--help"],
        &["check", "leeds/baseline", "leeds/local_first"],
        &["check", "leeds/baseline", "--json"],
    ] {
        let mut child = std::process::Command::new(&program)
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{args:?}: {output:?}");
    }
}
