//! Every message about a scenario, as the user sees it.

use crate::folders::folder;
use recirc::scenario::{Override, ScenarioError, load, load_with};
use std::fs;
use std::path::Path;

fn told(dir: &Path, error: &ScenarioError) -> String {
    assert!(error.is_users_mistake(), "{error}");
    error.to_string().replace(&dir.display().to_string(), "DIR")
}

/// The message when loading the first of these files with these settings.
fn refusal(files: &[(&str, &str)], sets: &[&str]) -> String {
    let dir = folder(files);
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    let what = dir.path().join(files[0].0).display().to_string();
    told(dir.path(), &load(&what, &sets).expect_err("should be refused"))
}

fn of_text(text: &str) -> String {
    refusal(&[("mine.toml", text)], &[])
}

fn of_set(set: &str) -> String {
    refusal(&[("mine.toml", "")], &[set])
}

macro_rules! snapshot {
    ($name:ident, $text:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(concat!("scenario_error_", stringify!($name)), $text);
        }
    };
}

snapshot!(
    unknown_keys_are_told_in_one_go,
    of_text(
        "nmae = \"x\"\nyears = 3\nzzz = 1\n\n[run]\nyeers = 5\n\n[hoseholds]\nbuffer_months = 1\n\n\
         [procurement]\nturnover_kap = 0.1\n\n[[policy.local_preference]]\npionts = 3\n"
    )
);
snapshot!(unknown_lever, of_text("[[policy.local_prefrence]]\npoints = 10\n"));
snapshot!(
    wrong_kinds,
    of_text(
        "name = 3\nrun = 5\ntracer.on = \"yes\"\n\n[procurement]\nquality_floor = \"high\"\nbidding.known_open = 3.5\n\n\
         [mechanisms]\nprices = 1\n\n[policy]\nlocal_invitations = [{ at_least = true, anchors = \"council\" }]\n"
    )
);
snapshot!(lever_written_as_a_table, of_text("[policy.local_invitations]\nat_least = 3\n"));
snapshot!(
    zone_misspelt,
    of_text("[[policy.local_preference]]\npoints = 1\nup_to_gbp = 5\nlocal = \"citty\"\n")
);
snapshot!(
    out_of_range,
    of_text(
        "[run]\nyears = 0\nscale = 0\nreplicates = -1\nseed = -5\n\n[firms]\ninterest_rate = nan\nentry_response = inf\n"
    )
);
snapshot!(out_of_range_above, of_text("[run]\nyears = 101\nscale = 4.5\nreplicates = 100000\n"));
snapshot!(too_large, of_text("[run]\nseed = 99999999999999999999\n"));
snapshot!(
    lever_out_of_range,
    of_text("[[policy.local_preference]]\npoints = 101\nup_to_gbp = -1\nlocal = \"city\"\n")
);
snapshot!(lever_field_left_out, of_text("[[policy.local_preference]]\npoints = 10\n"));
snapshot!(another_format, of_text("schema = 2\n"));
snapshot!(month_malformed, of_text("run.start = \"2026-13\"\n"));
snapshot!(month_in_words, of_text("run.start = \"April 2026\"\n"));
snapshot!(month_as_toml_date, of_text("run.start = 2026-04-01\n"));
snapshot!(
    lever_dates,
    of_text(
        "[[policy.local_invitations]]\nat_least = 1\nstart = \"2026-03\"\n\n\
         [[policy.local_invitations]]\nat_least = 1\nstart = \"2027-04\"\nend = \"2027-04\"\n\n\
         [[policy.local_invitations]]\nat_least = 1\nend = \"2026-01\"\n\n\
         [[policy.local_invitations]]\nat_least = 1\nstart = \"27-4\"\n"
    )
);
snapshot!(
    names_doubled,
    of_text(
        "[[policy.price_weight]]\nname = \"a\"\nat_most = 0.4\n\n[[policy.price_weight]]\nname = \"a\"\nat_most = 0.5\n"
    )
);
snapshot!(anchor_twice, of_text("[[policy.price_weight]]\nat_most = 0.4\nanchors = [\"x\", \"x\"]\n"));
snapshot!(syntax_tells_the_first_only, of_text("[run\nyears = = 3\nscale = \n"));
snapshot!(key_twice, of_text("[run]\nyears = 3\nyears = 4\n"));
snapshot!(place_unknown, of_text("place = \"leds\"\n"));
snapshot!(town_missing, of_text("place = \"towns/mine.toml\"\n"));
snapshot!(town_file_given, of_text("name = \"T\"\n\n[[anchor]]\nid = \"council\"\n"));
snapshot!(extends_itself, of_text("extends = \"mine.toml\"\n"));
snapshot!(extends_missing, of_text("extends = \"base/none.toml\"\n"));
snapshot!(extends_wrong_kind, of_text("extends = [\"a.toml\"]\n"));
snapshot!(
    extends_in_a_circle,
    refusal(
        &[
            ("a.toml", "extends = \"sub/b.toml\"\n"),
            ("sub/b.toml", "extends = \"../c.toml\"\n"),
            ("c.toml", "name = \"c\"\nextends = \"sub/../a.toml\"\n"),
        ],
        &[]
    )
);
snapshot!(
    fault_in_the_scenario_extended,
    refusal(
        &[("mine.toml", "extends = \"base.toml\"\nrun.yeers = 3\n"), ("base.toml", "[run]\nscael = 3\n")],
        &[]
    )
);
snapshot!(
    value_out_of_range_in_the_scenario_extended,
    refusal(
        &[
            ("mine.toml", "extends = \"base.toml\"\n[run]\nyears = 3\n"),
            ("base.toml", "[run]\n\nscale = 9\n")
        ],
        &["labour.vacancies_seen=0"]
    )
);

snapshot!(set_without_equals, of_set("run.years"));
snapshot!(set_without_key, of_set("=3"));
snapshot!(set_without_value, of_set("run.years="));
snapshot!(set_unknown_key, of_set("run.yeers=3"));
snapshot!(set_key_too_deep, of_set("run.years.more=3"));
snapshot!(set_empty_step, of_set("run..years=3"));
snapshot!(set_wrong_kind, of_set("run.years=abc"));
snapshot!(set_table, of_set("run=3"));
snapshot!(set_bad_list, of_set("policy.price_weight=[{at_most=0.4]"));
snapshot!(set_out_of_range, of_set("run.scale=nan"));
snapshot!(set_extends, of_set("extends=leeds/baseline"));
snapshot!(set_bracket_misplaced, of_set("run[x].years=3"));
snapshot!(set_bracket_without_field, of_set("policy.price_weight[x]=3"));
snapshot!(set_bracket_unclosed, of_set("policy.price_weight[x.at_most=3"));
snapshot!(set_no_entry, of_set("policy.price_weight.at_most=0.4"));

const TWO: &str =
    "[[policy.price_weight]]\nname = \"early\"\nat_most = 0.5\n\n[[policy.price_weight]]\nat_most = 0.4\n";
snapshot!(set_which_entry, refusal(&[("mine.toml", TWO)], &["policy.price_weight.at_most=0.4"]));
snapshot!(set_entry_misspelt, refusal(&[("mine.toml", TWO)], &["policy.price_weight[earli].at_most=0.4"]));
snapshot!(
    set_several_mistakes,
    refusal(&[("mine.toml", "naem = \"x\"\n")], &["run.yeers=3", "run.years=1.5", "name=fine"])
);

#[test]
fn options_are_named_as_typed() {
    let overrides = [
        Override::option("--years", "run.years", "500"),
        Override::option("--scale", "run.scale", "0"),
        Override::option("--replicates", "run.replicates", "-3"),
    ];
    let error = load_with("leeds/baseline", &overrides).unwrap_err();
    insta::assert_snapshot!("scenario_error_options_out_of_range", error.to_string());
    let error = load_with("leeds/baseline", &[Override::option("--seed", "run.seed", "lucky")]).unwrap_err();
    insta::assert_snapshot!("scenario_error_option_wrong_kind", error.to_string());
}

#[test]
fn no_such_scenario() {
    let missing = load("leeds/baselin", &[]).unwrap_err();
    insta::assert_snapshot!("scenario_error_not_found", missing.to_string());
    let missing = load("elsewhere.toml", &[]).unwrap_err();
    insta::assert_snapshot!("scenario_error_not_found_far", missing.to_string());
}

#[test]
fn a_folder_or_bytes_are_no_scenario() {
    let dir = folder(&[]);
    let error = load(&dir.path().display().to_string(), &[]).unwrap_err();
    let said = told(dir.path(), &error);
    let folder = "error: the scenario DIR cannot be read: it is a folder; give the path of a scenario file";
    assert!(said.starts_with(folder), "{said}");
    let path = dir.path().join("bytes.toml");
    fs::write(&path, [0xff, 0xfe, 0x00]).unwrap();
    let error = load(&path.display().to_string(), &[]).unwrap_err();
    insta::assert_snapshot!("scenario_error_not_utf8", told(dir.path(), &error));
}

/// Tables and folders go by the name.
#[test]
fn a_name_says_something() {
    for set in ["name=\"\"", "name=\"  \""] {
        let said = load("leeds/baseline", &[set.to_owned()]).unwrap_err().to_string();
        assert!(said.starts_with("error: `name` is empty\n") && said.contains("leave `name` out"), "{said}");
    }
}

#[test]
fn anchors_and_categories_are_checked_against_the_place() {
    let text = "[[policy.price_weight]]\nat_most = 0.4\nanchors = [\"council\", \"counsil\"]\ncategories = [\"fod\"]\n";
    let dir = folder(&[("mine.toml", text)]);
    let path = dir.path().join("mine.toml").display().to_string();
    let set = "policy.price_weight=[{at_most=0.3,anchors=[\"xx\"]}]".to_owned();
    let scenario = load(&path, &[set]).unwrap();
    let ids = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    let error = scenario.check_place(&ids(&["council", "university"]), &ids(&["food", "works"])).unwrap_err();
    insta::assert_snapshot!("scenario_error_anchors_and_categories", told(dir.path(), &error));
    scenario.check_place(&ids(&["council", "counsil", "xx"]), &ids(&["fod"])).unwrap();
}

#[test]
fn colour_only_when_asked() {
    let error = load("leeds/baseline", &["run.yeers=3".to_owned()]).unwrap_err();
    assert!(!error.render(false).contains('\u{1b}'));
    assert!(error.render(true).contains('\u{1b}'));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]
    /// Whatever is typed, there is an answer and no panic.
    #[test]
    fn nothing_typed_stops_the_program(key in "[a-zé.\\[\\]_ ]{0,20}", value in "\\PC{0,20}", lead in 0..5_usize) {
        let lead = ["", "run.years", "policy.price_weight", "policy.local_preference[x].", "name"][lead];
        let _ = load("leeds/local_first", &[format!("{lead}{key}={value}")]).map_err(|error| error.to_string());
    }

    #[test]
    fn no_file_stops_the_program(text in "([a-z]{1,4}|\\[|\\]|=|\"|\n|run|policy|years| |\\.|[0-9é]){0,30}") {
        let dir = folder(&[("mine.toml", &text)]);
        let _ = load(&dir.path().join("mine.toml").display().to_string(), &[]).map_err(|error| error.to_string());
    }
}
