//! The synthesised city has the figures of the real one.

use assert_cmd::Command;
use predicates::prelude::*;
use recirc::study::Ready;
use recirc::study::calibration::{Checked, Verdict, check};

/// The baseline's targets against a twentieth of the city.
fn checked() -> Vec<Checked> {
    let mut scenario = recirc::scenario::load_with("leeds/baseline", &[]).unwrap();
    scenario.settings.run.scale = 0.05;
    check(&Ready::new(scenario).unwrap()).unwrap().unwrap()
}

#[test]
fn every_target_is_computed_and_met_as_far_as_it_is_not_excused_or_held_back() {
    let all = checked();
    for c in &all {
        assert!(c.value.is_some_and(f64::is_finite), "target {} is not computed", c.target.id);
    }
    let off: Vec<String> = all
        .iter()
        .filter(|c| c.verdict == Verdict::Off)
        .map(|c| {
            format!("{}: wanted {}, got {:?} within {}", c.target.id, c.target.value, c.value, c.tolerance)
        })
        .collect();
    assert!(off.is_empty(), "off: {off:#?}");
}

#[test]
fn the_command_prints_the_table() {
    let mut command = Command::cargo_bin("recirc").unwrap();
    let printed =
        command.args(["check", "leeds/baseline", "--calibration", "--scale", "0.05"]).assert().success();
    let text = String::from_utf8(printed.get_output().stdout.clone()).unwrap();
    assert!(
        text.contains("Residents") && text.contains("held back:") && text.contains("two standard errors")
    );
    assert!(text.lines().all(|line| line.chars().count() <= 100));
}

#[test]
fn a_town_has_no_targets() {
    let mut command = Command::cargo_bin("recirc").unwrap();
    command
        .args(["check", "scenarios/teaching/three_shops.toml", "--calibration"])
        .assert()
        .success()
        .stdout(predicate::str::contains("has no targets"));
}
