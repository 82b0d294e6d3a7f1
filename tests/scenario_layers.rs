//! How layers lie over each other.

use crate::folders::folder;
use recirc::place::vocabulary::Zone;
use recirc::scenario::{Override, Scenario, load, load_with};

/// The first of these files, loaded with these settings.
fn loaded(files: &[(&str, &str)], sets: &[&str]) -> Scenario {
    let dir = folder(files);
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    load(&dir.path().join(files[0].0).display().to_string(), &sets).unwrap_or_else(|error| panic!("{error}"))
}

const LEVERS: &str = "[[policy.price_weight]]\nname = \"early\"\nat_most = 0.5\nend = \"2028-04\"\n\n\
                      [[policy.price_weight]]\nname = \"late\"\nat_most = 0.4\nstart = \"2028-04\"\n";

fn weights(scenario: &Scenario) -> Vec<(Option<&str>, f64)> {
    scenario
        .settings
        .policy
        .price_weight
        .iter()
        .map(|entry| (entry.reach.name.as_deref(), entry.at_most))
        .collect()
}

#[test]
fn an_empty_file_is_the_defaults() {
    let scenario = loaded(&[("mine.toml", "")], &[]);
    assert_eq!(scenario.settings.run.years, 10);
    assert_eq!(scenario.settings.name, "mine");
    assert_eq!(scenario.start.to_string(), "2026-04");
    let baseline = load("leeds/baseline", &[]).unwrap().settings;
    assert_eq!(
        recirc::scenario::settings::Settings { name: "mine".into(), description: String::new(), ..baseline },
        scenario.settings
    );
}

#[test]
fn defaults_then_base_then_file_then_set() {
    let files = [
        ("mine.toml", "extends = \"lib/base.toml\"\n[run]\nyears = 3\nseed = 7\n"),
        ("lib/base.toml", "extends = \"root.toml\"\n[run]\nyears = 2\nscale = 0.5\n"),
        ("lib/root.toml", "[run]\nscale = 0.25\nburn_in_months = 12\n"),
    ];
    let run = loaded(&files, &["run.seed=9", "run.seed=11"]).settings.run;
    assert_eq!((run.years, run.scale, run.burn_in_months, run.seed, run.replicates), (3, 0.5, 12, 11, 1));
}

#[test]
fn entries_append_and_named_ones_change_key_by_key() {
    let mine = "extends = \"base.toml\"\n[[policy.price_weight]]\nname = \"late\"\nat_most = 0.3\n\n\
                [[policy.price_weight]]\nat_most = 0.2\n";
    let scenario = loaded(&[("mine.toml", mine), ("base.toml", LEVERS)], &[]);
    assert_eq!(weights(&scenario), [(Some("early"), 0.5), (Some("late"), 0.3), (None, 0.2)]);
    let late = &scenario.settings.policy.price_weight[1].reach;
    assert_eq!(late.start.as_deref(), Some("2028-04"));
}

#[test]
fn an_empty_list_drops_inherited_entries() {
    let mine = "extends = \"base.toml\"\npolicy.price_weight = []\n";
    let scenario =
        loaded(&[("mine.toml", mine), ("base.toml", LEVERS)], &["policy.price_weight=[{at_most=0.1}]"]);
    assert_eq!(weights(&scenario), [(None, 0.1)]);
    assert!(weights(&loaded(&[("mine.toml", LEVERS)], &["policy.price_weight=[]"])).is_empty());
}

#[test]
fn lists_inside_an_entry_replace() {
    let base = "[[policy.price_weight]]\nname = \"a\"\nat_most = 0.4\nanchors = [\"x\", \"y\"]\n";
    let mine = "extends = \"base.toml\"\n[[policy.price_weight]]\nname = \"a\"\nanchors = [\"z\"]\n";
    let scenario = loaded(&[("mine.toml", mine), ("base.toml", base)], &[]);
    assert_eq!(scenario.settings.policy.price_weight[0].reach.anchors, ["z"]);
}

#[test]
fn set_reaches_entries() {
    let one = loaded(
        &[("mine.toml", "[[policy.price_weight]]\nat_most = 0.4\n")],
        &["policy.price_weight.at_most=0.45"],
    );
    assert_eq!(weights(&one), [(None, 0.45)]);
    let two = loaded(
        &[("mine.toml", LEVERS)],
        &["policy.price_weight[late].at_most=0.35", "policy.price_weight[late].end=2030-04"],
    );
    assert_eq!(weights(&two), [(Some("early"), 0.5), (Some("late"), 0.35)]);
    assert_eq!(two.settings.policy.price_weight[1].reach.end.as_deref(), Some("2030-04"));
    let spaced =
        load("leeds/local_first", &["policy.local_preference[prefer locals].local=region".into()]).unwrap();
    assert_eq!(spaced.settings.policy.local_preference[0].local, Zone::Region);
    let dotted = "[[policy.price_weight]]\nname = \"v1.2\"\nat_most = 0.4\n";
    let dotted = loaded(&[("mine.toml", dotted)], &["policy.price_weight[v1.2].at_most=0.3"]);
    assert_eq!(weights(&dotted), [(Some("v1.2"), 0.3)]);
}

#[test]
fn set_reads_text_without_quotation_marks() {
    let sets = ["run.start=2027-01", "name=12", "description=\"a = b\"", "run={years=4}", " run.scale = 0.1"];
    let settings = loaded(&[("mine.toml", "")], &sets).settings;
    assert_eq!((settings.run.start.as_str(), settings.name.as_str()), ("2027-01", "12"));
    assert_eq!((settings.description.as_str(), settings.run.years, settings.run.scale), ("a = b", 4, 0.1));
}

#[test]
fn options_lie_over_set() {
    let overrides = [Override::set("run.years=4").unwrap(), Override::option("--years", "run.years", "5")];
    assert_eq!(load_with("leeds/baseline", &overrides).unwrap().settings.run.years, 5);
}

#[test]
fn name_and_description_are_not_inherited() {
    let base = "name = \"base\"\ndescription = \"why\"\n";
    let settings = loaded(&[("mine.toml", "extends = \"base.toml\"\n"), ("base.toml", base)], &[]).settings;
    assert_eq!((settings.name.as_str(), settings.description.as_str()), ("mine", ""));
}

#[test]
fn a_town_starts_with_every_mechanism_off() {
    let town = ("town.toml", "name = \"T\"\n");
    let scenario = loaded(&[("mine.toml", "place = \"town.toml\"\n"), town], &[]);
    assert!(scenario.settings.mechanisms.linear());
    assert_eq!(scenario.settings.run.burn_in_months, 24);
    let some = "place = \"town.toml\"\n[mechanisms]\ncapacity = true\n";
    let some = loaded(&[("mine.toml", some), town], &[]);
    assert!(some.settings.mechanisms.capacity && !some.settings.mechanisms.prices);
}

#[test]
fn a_place_is_relative_to_the_file_that_names_it() {
    let files = [
        ("mine.toml", "extends = \"lib/base.toml\"\n"),
        ("lib/base.toml", "place = \"town.toml\"\n"),
        ("lib/town.toml", "name = \"T\"\n"),
    ];
    let scenario = loaded(&files, &[]);
    assert!(scenario.base_dir.ends_with("lib"), "{}", scenario.base_dir.display());
}

#[test]
fn embedded_scenarios_are_extended_by_name() {
    let scenario = loaded(&[("mine.toml", "extends = \"leeds/local_first\"\n")], &[]);
    assert_eq!(scenario.settings.policy.local_invitations[0].at_least, 3);
    assert!(load("scenarios/nowhere/../leeds/baseline", &[]).is_err());
    assert_eq!(load("leeds/local_first.toml", &[]).unwrap().settings.policy.local_preference.len(), 1);
}

#[test]
fn the_resolved_text_loads_to_the_same_scenario() {
    let first = load("leeds/local_first", &["run.seed=5".into()]).unwrap();
    let dir = folder(&[("resolved.toml", &first.resolved_toml)]);
    let again = load(&dir.path().join("resolved.toml").display().to_string(), &[]).unwrap();
    assert_eq!(first.settings, again.settings);
    assert_eq!((first.resolved_toml, first.hash.as_str()), (again.resolved_toml, again.hash.as_str()));
    assert_eq!(first.hash.len(), 64);
}

#[test]
fn the_hash_is_of_the_meaning_not_the_writing() {
    let long = loaded(&[("a/mine.toml", "# a comment\n[run]\nyears = 5\nscale = 1\n")], &[]);
    let short = loaded(&[("mine.toml", "run = { scale = 1.0, years = 0x5 }\n")], &[]);
    let other = loaded(&[("mine.toml", "run.years = 6\n")], &[]);
    assert_eq!(long.hash, short.hash);
    assert_ne!(long.hash, other.hash);
}

#[test]
fn without_policy_pulls_no_lever_and_keeps_the_rest() {
    let settings = load("leeds/local_first", &[]).unwrap().settings;
    let bare = settings.without_policy();
    assert!(bare.policy.reaches().is_empty());
    assert_eq!(bare.run, settings.run);
}

#[test]
fn a_scenario_is_checked_against_its_place() {
    let policy = |anchor: &str| {
        format!("place = \"town.toml\"\n[[policy.price_weight]]\nat_most = 0.4\nanchors = [\"{anchor}\"]\n")
    };
    let town = include_str!("../scenarios/teaching/three_shops_town.toml");
    for (anchor, sound) in [("council", true), ("counsil", false)] {
        let dir = folder(&[("mine.toml", &policy(anchor)), ("town.toml", town)]);
        let scenario = load(&dir.path().join("mine.toml").display().to_string(), &[]).unwrap();
        assert_eq!(scenario.load_place().is_ok(), sound);
    }
    load("leeds/local_first", &[]).unwrap().load_place().unwrap();
}

/// Results may lie in a folder that is called like a scenario or a study of the program.
#[test]
fn a_folder_hides_no_scenario_of_the_program() {
    let dir = folder(&[("leeds/study/runs/a.run", ""), ("leeds/baseline/notes.txt", "")]);
    let file = "kind = \"study\"\n[reference]\nscenario = \"leeds/baseline\"\n[[variant]]\nscenario = \"leeds/lots\"\n";
    std::fs::write(dir.path().join("mine.toml"), file).unwrap();
    let here = |args: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("recirc").unwrap();
        command.current_dir(dir.path()).args(args);
        command
    };
    here(&["check", "leeds/study", "leeds/baseline", "mine.toml"]).assert().success();
    let told = here(&["check", "leeds"]).assert().code(2);
    assert!(String::from_utf8_lossy(&told.get_output().stderr).contains("it is a folder"));
}

/// What a country is by default is not asked of a file that happens to have the baseline's name.
#[test]
fn a_file_called_like_the_baseline_is_not_taken_for_it() {
    let own = "extends = \"leeds/local_first\"\n[country]\ncities = 5\nregions = 1\n";
    let dir = folder(&[("leeds/baseline", own), ("mine.toml", "[country]\ncities = 5\nregions = 1\n")]);
    let mut command = assert_cmd::Command::cargo_bin("recirc").unwrap();
    let told = command.current_dir(dir.path()).args(["check", "mine.toml"]).assert().success();
    let told = format!("{:?}", told.get_output());
    assert!(told.contains("sets what a country of cities is"), "{told}");
}

/// Found before anything is simulated: a comparison has a folder of each scenario's name.
#[test]
fn a_name_that_no_folder_can_have_is_refused() {
    let refused = |name: &str| {
        let told = load("leeds/baseline", &[format!("name={name}")]).err();
        told.map(|error| error.to_string()).unwrap_or_default()
    };
    assert_eq!(refused(&"n".repeat(200)), "");
    for long in ["n".repeat(201), "é".repeat(101)] {
        let told = refused(&long);
        assert!(told.contains("too long") && told.contains("shorten `name` to 200 bytes"), "{told}");
    }
}
