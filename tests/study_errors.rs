//! Every message about a study file, as the user sees it.

use crate::folders::folder;
use assert_cmd::Command;
use predicates::str::contains;
use recirc::scenario::study_file::load_study;

fn refusal(text: &str) -> String {
    let dir = folder(&[("study.toml", text)]);
    let what = dir.path().join("study.toml").display().to_string();
    let error = load_study(&what, &[]).expect_err("should be refused");
    assert!(error.is_users_mistake(), "{error}");
    error.to_string().replace(&dir.path().display().to_string(), "DIR")
}

/// With a reference and a variant before it.
fn sound_but(text: &str) -> String {
    refusal(&format!(
        "kind = \"study\"\n[reference]\nscenario = \"leeds/baseline\"\n[[variant]]\n\
         scenario = \"leeds/local_first\"\n{text}"
    ))
}

macro_rules! snapshot {
    ($name:ident, $text:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(concat!("study_error_", stringify!($name)), $text);
        }
    };
}

snapshot!(ranges_of_no_setting, sound_but("[draws]\nranges = [\"cyti\", \"run.seed\"]\n"));
snapshot!(
    ranges_of_a_city_in_a_town,
    refusal(
        "kind = \"study\"\n[reference]\nscenario = \"teaching/three_shops\"\n[[variant]]\n\
         scenario = \"teaching/three_shops_buy_local\"\n[draws]\nranges = [\"city.flq_delta_added\"]\n"
    )
);
snapshot!(empty, refusal("kind = \"study\"\n"));
snapshot!(a_scenario, refusal("name = \"x\"\n[run]\nyears = 2\n"));
snapshot!(
    unknown_keys,
    refusal(
        "kind = \"study\"\nreplicats = 3\nplace = \"leeds\"\n[reference]\nscenario = \"leeds/baseline\"\n\
         [[variant]]\nscenaro = \"leeds/local_first\"\n[attribution]\nlever = true\n"
    )
);
snapshot!(
    wrong_kinds,
    refusal(
        "kind = \"stud\"\nmetrics = \"lm3\"\n[reference]\nscenario = 3\n[[variant]]\nscenario = \"leeds/local_first\"\n\
         [sensitivity]\nmethod = \"moris\"\n"
    )
);
snapshot!(
    missing_scenario,
    refusal(
        "kind = \"study\"\n[reference]\nscenario = \"leeds/baselin\"\n[[variant]]\nscenario = \"mine.toml\"\n"
    )
);
snapshot!(
    settings_that_are_none,
    sound_but(
        "[variant.set]\nprocurement.bidder = 3\nrun.years = 0\n\
         \"policy.local_preference[prefer local].points\" = 3\n\"policy.local_preference[prefer locals].points\" = 300\n"
    )
);
snapshot!(
    values_that_do_not_fit,
    sound_but(
        "[variant.set]\nrun.years = 0\n\"policy.local_preference[prefer locals].points\" = 300\n\
         [[variant]]\nname = \"b\"\nscenario = \"leeds/local_first\"\n\
         set = { \"policy.local_preference[prefer local].points\" = 3 }\n"
    )
);
snapshot!(
    ranges_of_sweeps,
    sound_but(
        "[[sweep]]\nof = \"local first\"\n[sweep.over]\n\"run.seed\" = { from = 3, to = 1, step = 1 }\n\
         \"run.sed\" = [1]\n\"run.scale\" = [\"x\"]\n\"run.years\" = [0, 1]\n"
    )
);
snapshot!(
    replicates_of_one_scenario,
    sound_but(
        "[variant.set]\nrun = { replicates = 3 }\n[[sweep]]\nof = \"local first\"\nover = { \"run.replicates\" = [1, 2] }\n\
         [uncertain]\nrun.replicates = { low = 1, high = 3 }\n"
    )
);
snapshot!(two_of_one_name, sound_but("[[variant]]\nscenario = \"leeds/local_first\"\n"));
snapshot!(nameless, sound_but("[[variant]]\n[variant.set]\nrun.seed = 2\n"));
snapshot!(
    sweeps,
    sound_but(
        "[[sweep]]\nof = \"local frist\"\nover = { \"run.seed\" = [1] }\n\
         [[sweep]]\nover = { \"run.seed\" = [1] }\n[[sweep]]\nof = \"local first\"\n\
         [[sweep]]\nof = \"local first\"\nover = { \"run.seed\" = { from = 3, to = 1, step = 1 } }\n\
         [[sweep]]\nof = \"local first\"\nover = { \"run.sed\" = [1], \"run.scale\" = [\"x\"] }\n"
    )
);
snapshot!(
    ranges,
    sound_but(
        "[uncertain]\n\"run.seeds\" = { low = 1, high = 2 }\n\"norms.sourcing_response\" = { low = 0.5, high = 0.1 }\n\
         \"norms.adoption_yearly\" = { low = 0.5, high = 3.0 }\n\"norms.peer_weight\" = 0.5\n\
         \"households.short_list\" = { low = 1.5, high = 3 }\n\
         \"labour.outside_pool\" = { low = 0.1, high = 1, distribution = \"unifrm\" }\n"
    )
);
snapshot!(nothing_to_vary, sound_but("[sensitivity]\n"));
snapshot!(
    out_of_range,
    sound_but(
        "[sensitivity]\nsamples = 1\nlevels = 65\n[uncertain]\nnorms.peer_weight = { low = 0, high = 1 }\n"
    )
);
snapshot!(
    odd_levels,
    sound_but("[sensitivity]\nlevels = 5\n[uncertain]\nnorms.peer_weight = { low = 0, high = 1 }\n")
);
snapshot!(attribution_of_nobody, sound_but("[attribution]\nof = [\"local fist\"]\nlevers = true\n"));

/// What a study needs is counted before it is laid out, with a bound; `check` tells the number.
#[test]
fn a_study_has_a_size() {
    let head = "kind = \"study\"\nreplicates = 3\n[reference]\nscenario = \"leeds/baseline\"\n[[variant]]\n\
                scenario = \"leeds/local_first\"\n";
    let check = |text: &str| {
        let dir = folder(&[("study.toml", text)]);
        let assert = recirc(&["check", &dir.path().join("study.toml").display().to_string()]).assert();
        let output = assert.get_output().clone();
        let told = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        (output.status.code(), told)
    };
    let (code, told) = check(&format!(
        "{head}[draws]\nranges = [\"all\"]\n[sensitivity]\nmethod = \"sobol\"\nsamples = 65536\n"
    ));
    assert!(code == Some(2) && told.contains(" runs, and 200000 are the most"), "{told}");
    assert!(told.contains("study.toml:11") && told.contains("fewer `samples`"), "{told}");
    // Two scenarios with all levers, none and one of two, and without each of seven mechanisms.
    let apart = format!("{head}[attribution]\nlevers = true\nmechanisms = true\n");
    let (code, told) = check(&apart);
    assert!(code == Some(0) && told.contains("3 replicates each, 54 runs in all"), "{told}");
    let varied = format!(
        "{apart}[uncertain]\nnorms.peer_weight = {{ low = 0.4, high = 0.6 }}\n[sensitivity]\nsamples = 5\n"
    );
    let (_, told) = check(&varied);
    assert!(told.contains("at most 74 runs in all"), "{told}");
}

/// Levers beyond what can be taken apart are not left out.
#[test]
fn too_many_levers_to_take_apart() {
    let entry = |i: usize| {
        format!(
            "[[policy.price_weight]]\nname = \"n{i}\"\nat_most = 0.4\nstart = \"{}-04\"\nend = \"{}-05\"\n",
            2027 + i,
            2027 + i
        )
    };
    let many: String = (0..64).map(entry).collect();
    let dir = folder(&[
        ("many.toml", &format!("extends = \"leeds/baseline\"\nname = \"many\"\n{many}")),
        (
            "study.toml",
            "kind = \"study\"\n[reference]\nscenario = \"leeds/baseline\"\n[[variant]]\nscenario = \"many.toml\"\n\
             [attribution]\nlevers = true\n",
        ),
    ]);
    recirc(&["check", &dir.path().join("study.toml").display().to_string()])
        .assert()
        .code(2)
        .stderr(contains("`many` has 64 entries of levers that its reference has not, and 63 are the most"))
        .stderr(contains("study.toml:7"));
}

/// A study that is stopped while its runs are laid out ends there.
#[test]
fn laying_out_can_be_stopped() {
    let study = load_study("leeds/study", &[]).unwrap();
    let stop = std::sync::atomic::AtomicBool::new(true);
    let layout = recirc::study::layout::Layout::new(&study, 4, true, &stop).unwrap();
    assert!(layout.stopped && layout.cells.is_empty());
}

/// Two sweeps, each within the bound, that together are not.
#[test]
fn too_many_scenarios_of_all_sweeps() {
    let sweep = "[[sweep]]\nof = \"three shops buy local\"\nover = { \"policy.procurement_budget[x].change_percent\" = RANGE }\n";
    let (first, second) =
        (sweep.replace("RANGE", "[1]"), sweep.replace("RANGE", "{ from = 2, to = 4, count = 1998 }"));
    let budget = "[[policy.procurement_budget]]\nname = \"x\"\nchange_percent = 0\n";
    let text = format!("extends = \"teaching/three_shops\"\nname = \"three shops buy local\"\n{budget}");
    let dir = folder(&[
        ("variant.toml", &text),
        (
            "study.toml",
            &format!(
                "kind = \"study\"\n[reference]\nscenario = \"teaching/three_shops\"\n[[variant]]\n\
                 scenario = \"variant.toml\"\n{first}{second}"
            ),
        ),
    ]);
    let error = load_study(&dir.path().join("study.toml").display().to_string(), &[]).unwrap_err();
    let told = "this sweep makes 1998 scenarios, the study has 3 beside them, and 2000 are the most";
    assert!(error.to_string().contains(told), "{error}");
}

fn recirc(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("recirc").unwrap();
    command.args(args);
    command
}

/// A study given to `run`, a scenario given to `study`, and neither.
#[test]
fn one_kind_of_file_is_not_taken_for_the_other() {
    let study = recirc(&["run", "leeds/study"]).assert().code(2);
    study.stderr(contains("no scenario `leeds/study`"));
    let dir = folder(&[("s.toml", "kind = \"study\"\n[reference]\nscenario = \"leeds/baseline\"\n")]);
    let file = dir.path().join("s.toml").display().to_string();
    recirc(&["run", &file]).assert().code(2).stderr(contains("this is a study file, not a scenario"));
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/leeds/baseline.toml");
    recirc(&["study", scenario]).assert().code(2).stderr(contains("this is a scenario, not a study file"));
    let town = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/teaching/three_shops_town.toml");
    recirc(&["study", town]).assert().code(2).stderr(contains("this is a town file, not a study file"));
    recirc(&["study", "leeds/studi"]).assert().code(2).stderr(contains("did you mean `leeds/study`?"));
}

#[test]
fn a_metric_that_is_none_is_told_with_its_place() {
    let dir = folder(&[(
        "study.toml",
        "kind = \"study\"\nmetrics = [\"lm3\", \"household_incme\"]\n[reference]\nscenario = \"leeds/baseline\"\n\
         [[variant]]\nscenario = \"leeds/local_first\"\n",
    )]);
    let file = dir.path().join("study.toml").display().to_string();
    for command in ["study", "check"] {
        recirc(&[command, &file])
            .assert()
            .code(2)
            .stderr(contains("there is no metric \"household_incme\""))
            .stderr(contains("study.toml:2"))
            .stderr(contains("did you mean `household_income`?"));
    }
}

#[test]
fn a_width_is_read_with_care() {
    for (asked, told) in [
        ("lm3", "takes METRIC=WIDTH"),
        ("lm33=1", "did you mean `lm3`?"),
        ("lm3=0", "a width is a number above 0"),
        ("lm3=x", "a width is a number above 0"),
    ] {
        recirc(&["study", "--until-width", asked]).assert().code(2).stderr(contains(told));
    }
}
