//! Study files: what they resolve to.

use crate::folders::folder;
use recirc::scenario::Override;
use recirc::scenario::study_file::{Law, Study, load_study};
use recirc::study::pace;

const HEAD: &str = "kind = \"study\"\nname = \"made up\"\n[reference]\nscenario = \"leeds/baseline\"\n";

fn of(text: &str, sets: &[&str]) -> Study {
    let dir = folder(&[("study.toml", &format!("{HEAD}{text}"))]);
    let sets: Vec<Override> = sets.iter().map(|set| Override::set(set).unwrap()).collect();
    let what = dir.path().join("study.toml").display().to_string();
    load_study(&what, &sets).unwrap_or_else(|error| panic!("{error}"))
}

fn names(study: &Study) -> Vec<&str> {
    study.scenarios.iter().map(|one| one.name()).collect()
}

#[test]
fn the_embedded_study_is_the_file() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/leeds/study.toml");
    let (embedded, read) = (load_study("leeds/study", &[]).unwrap(), load_study(file, &[]).unwrap());
    assert_eq!((names(&embedded), &embedded.hash), (names(&read), &read.hash));
    assert_eq!(names(&embedded)[..2], ["baseline", "local first"]);
    assert_eq!(embedded.scenarios.len(), 5, "a reference and four policies");
    assert_eq!(embedded.scenarios[1].scenario.hash, read.scenarios[1].scenario.hash);
    assert!(embedded.scenarios[0].scenario.settings.run.replicates > 1, "else there is no interval");
}

#[test]
fn ranges_of_the_defaults_are_drawn_where_they_are_asked_for() {
    let variant = "[[variant]]\nscenario = \"leeds/local_first\"\n";
    let keys = |study: &Study| study.uncertain.iter().map(|one| one.key.clone()).collect::<Vec<_>>();
    let study = of(
        &format!(
            "{variant}[uncertain]\nnorms.peer_weight = {{ low = 0.4, high = 0.6 }}\n\
             [draws]\nranges = [\"norms\", \"firms.entry_response\"]\n"
        ),
        &[],
    );
    let drawn = keys(&study);
    assert_eq!(
        drawn,
        ["norms.peer_weight", "norms.adoption_yearly", "norms.sourcing_response", "firms.entry_response"]
    );
    assert_eq!(
        (study.uncertain[0].low, study.uncertain[0].basis.is_none()),
        (0.4, true),
        "its own range holds"
    );
    let entry = &study.uncertain[3];
    assert!(entry.law == Law::LogUniform && entry.low == 0.2 && entry.basis.is_some());
    let all = of(&format!("{variant}[draws]\nranges = [\"all\"]\n"), &[]);
    assert!(all.uncertain.len() > 100 && keys(&all).contains(&"city.flq_delta_added".to_owned()));
    // What a referee asks for is always drawn in the study that the program carries.
    let carried = load_study("leeds/study", &[]).unwrap();
    for key in [
        "category_contrast",
        "outside_ownership_shift",
        "residents_jobs_shift",
        "flq_delta_added",
        "shopping_local_shift",
    ] {
        assert!(keys(&carried).contains(&format!("city.{key}")), "{key}");
    }
    assert!(load_study("leeds/study_uncertain", &[]).unwrap().sensitivity.is_some());
}

#[test]
fn settings_of_variants_of_the_study_and_of_the_command_line() {
    let study = of(
        "[reference.set]\nprocurement.quality_floor = 0.4\n\
         [[variant]]\nscenario = \"leeds/local_first\"\n[variant.set]\n\
         \"policy.local_preference[prefer locals].points\" = 4\nprocurement.quality_floor = 0.5\n\
         [[variant]]\nname = \"seeds\"\n[variant.set]\nrun.seed = 9\n",
        &["run.years=2"],
    );
    assert_eq!(names(&study), ["baseline", "local first", "seeds"]);
    let of = |i: usize| &study.scenarios[i].scenario.settings;
    assert_eq!([of(0).run.years, of(2).run.years], [2, 2]);
    assert_eq!(of(1).policy.local_preference[0].points, 4.0);
    assert_eq!(
        [0, 1, 2].map(|i| of(i).procurement.quality_floor),
        [0.4, 0.5, of(2).procurement.quality_floor]
    );
    assert_eq!(of(2).run.seed, 9);
    let against: Vec<_> = study.scenarios.iter().map(|one| one.against).collect();
    assert_eq!(against, [None, Some(0), Some(0)]);
}

#[test]
fn a_sweep_of_a_lever_keeps_the_reference() {
    let study = of(
        "[[variant]]\nscenario = \"leeds/local_first\"\n[[sweep]]\nof = \"local first\"\n\
         over = { \"policy.local_preference[prefer locals].points\" = [0, 5, 20] }\n",
        &[],
    );
    assert_eq!(
        names(&study),
        [
            "baseline",
            "local first",
            "local first, points 0",
            "local first, points 5",
            "local first, points 20"
        ]
    );
    let points = |i: usize| study.scenarios[i].scenario.settings.policy.local_preference[0].points;
    assert_eq!([2, 3, 4].map(points), [0.0, 5.0, 20.0]);
    assert!(study.scenarios[1..].iter().all(|one| one.against == Some(0)));
}

/// Keys that end in the same word are two keys: no scenario is taken for another, and only names that would be the same say more.
#[test]
fn sweeps_of_keys_that_end_alike_are_told_apart() {
    let two =
        "[[policy.local_preference]]\nname = \"NAME\"\npoints = 10\nup_to_gbp = 100_000\nlocal = \"city\"\n";
    let first = two.replace("NAME", "a") + "categories = [\"care\"]\n";
    let second = two.replace("NAME", "b") + "categories = [\"works\"]\n";
    let dir = folder(&[
        ("two.toml", &format!("extends = \"leeds/baseline\"\nname = \"two\"\n{first}{second}")),
        (
            "study.toml",
            &format!(
                "{HEAD}[[variant]]\nscenario = \"two.toml\"\n[[sweep]]\nof = \"two\"\n\
                 over = {{ \"policy.local_preference[a].points\" = [0, 20] }}\n[[sweep]]\nof = \"two\"\n\
                 over = {{ \"policy.local_preference[b].points\" = [0, 20, 30] }}\n"
            ),
        ),
    ]);
    let study = load_study(&dir.path().join("study.toml").display().to_string(), &[]).unwrap();
    assert_eq!(
        names(&study),
        [
            "baseline",
            "two",
            "two, local_preference[a].points 0",
            "two, local_preference[a].points 20",
            "two, local_preference[b].points 0",
            "two, local_preference[b].points 20",
            "two, points 30"
        ]
    );
    let points = |i: usize| {
        let of = &study.scenarios[i].scenario.settings.policy.local_preference;
        [of[0].points, of[1].points]
    };
    assert_eq!([2, 4, 6].map(points), [[0.0, 10.0], [10.0, 0.0], [10.0, 30.0]]);
}

/// The reference of each moves along with its own key.
#[test]
fn sweeps_of_two_variants_have_their_own_references() {
    let study = of(
        "[[variant]]\nscenario = \"leeds/local_first\"\nname = \"A\"\n\
         [[variant]]\nscenario = \"leeds/local_first\"\nname = \"B\"\n\
         [[sweep]]\nof = \"A\"\nover = { norms.peer_weight = [0.1] }\n\
         [[sweep]]\nof = \"B\"\nover = { procurement.peer_weight = [0.1] }\n\
         [[sweep]]\nof = \"B\"\nover = { norms.peer_weight = [0.1] }\n",
        &[],
    );
    assert_eq!(
        names(&study)[3..],
        [
            "baseline, norms.peer_weight 0.1",
            "A, peer_weight 0.1",
            "baseline, procurement.peer_weight 0.1",
            "B, procurement.peer_weight 0.1",
            "B, norms.peer_weight 0.1"
        ]
    );
    let against: Vec<_> = study.scenarios.iter().map(|one| one.against).collect();
    assert_eq!(against[3..], [None, Some(3), None, Some(5), Some(3)]);
    let weights = |i: usize| {
        let of = &study.scenarios[i].scenario.settings;
        (of.norms.peer_weight, of.procurement.peer_weight)
    };
    assert_eq!([weights(3), weights(5)], [weights(4), weights(6)]);
}

/// A key that changes the city moves the reference along, so that the difference stays the policy's.
#[test]
fn a_grid_over_the_city_has_references_of_its_own() {
    let study = of(
        "[[variant]]\nscenario = \"leeds/local_first\"\n[[sweep]]\nof = \"local first\"\n[sweep.over]\n\
         norms.sourcing_response = { from = 0.1, to = 0.3, step = 0.1 }\n\
         \"policy.local_preference[prefer locals].points\" = { from = 0, to = 10, count = 2 }\n",
        &[],
    );
    let swept: Vec<_> = study.scenarios.iter().filter(|one| !one.swept.is_empty()).collect();
    assert_eq!(swept.len(), 3 + 6);
    for one in swept.iter().filter(|one| one.against.is_some()) {
        let reference = &study.scenarios[one.against.unwrap()];
        let response =
            |of: &recirc::scenario::study_file::Planned| of.scenario.settings.norms.sourcing_response;
        assert_eq!(response(one), response(reference), "{}", one.name());
        assert!(reference.against.is_none() && reference.name().starts_with("baseline, "));
    }
    assert!(names(&study).contains(&"local first, sourcing_response 0.3, points 10"), "{:?}", names(&study));
}

#[test]
fn uncertain_settings_have_a_range_and_a_law() {
    let study = of(
        "[[variant]]\nscenario = \"leeds/local_first\"\n[uncertain]\n\
         norms.sourcing_response = { low = 0.1, high = 0.5, distribution = \"triangular\", mode = 0.3 }\n\
         \"policy.local_preference[prefer locals].points\" = { low = 5, high = 15 }\n\
         households.short_list = { low = 2, high = 4 }\n",
        &[],
    );
    let by = |key: &str| study.uncertain.iter().find(|u| u.key == key).unwrap();
    assert_eq!(by("norms.sourcing_response").law, Law::Triangular { mode: 0.3 });
    assert!(by("households.short_list").whole);
    let points = by("policy.local_preference[prefer locals].points");
    let applies = |i: usize| points.applies_to(&study.scenarios[i].scenario);
    assert!(!applies(0) && applies(1));
    let moved = study.scenarios[1].scenario.with(vec![points.set(7.5).unwrap()]).unwrap();
    assert_eq!(moved.settings.policy.local_preference[0].points, 7.5);
}

/// A scale that was typed is not timed over, however it was typed.
#[test]
fn a_scale_that_was_typed_is_known() {
    let typed = |sets: &[&str]| {
        let sets: Vec<Override> = sets.iter().map(|set| Override::set(set).unwrap()).collect();
        let study = load_study("leeds/study", &sets).unwrap();
        study.scenarios[0].scenario.sources.is_typed(&["run", "scale"])
    };
    assert!(typed(&["run.scale=0.005"]) && typed(&["run={scale=0.005, burn_in_months=1}"]));
    assert!(!typed(&[]) && !typed(&["run={burn_in_months=1}"]));
}

/// What docs/studies.md shows can be run.
#[test]
fn the_example_of_the_docs_is_sound() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/studies.md")).unwrap();
    let blocks: Vec<&str> =
        page.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let [whole, uncertain, sensitivity, attribution] = blocks[..] else { panic!("four blocks of TOML") };
    let dir = folder(&[("study.toml", &[whole, uncertain, sensitivity, attribution].join("\n"))]);
    let what = dir.path().join("study.toml").display().to_string();
    let study = load_study(&what, &[]).unwrap_or_else(|error| panic!("{error}"));
    // Reference, two variants, three references and nine scenarios of the sweep.
    // Three with ranges of their own, seven of the city and two more norms.
    assert_eq!((study.scenarios.len(), study.uncertain.len()), (15, 12));
    assert_eq!(study.attribution.as_ref().map(|(of, _)| of.clone()), Some(vec![1]));
    assert_eq!(study.scenarios[2].scenario.settings.policy.procurement_staff.len(), 1);
}

/// Where nothing is over in time the smallest scale is taken, and nothing larger is timed.
#[test]
fn without_time_the_smallest_scale_is_chosen() {
    let stop = std::sync::atomic::AtomicBool::new(false);
    let study = load_study("leeds/study", &[]).unwrap();
    let pace = pace::largest(&study, (std::time::Duration::ZERO, 1), &stop).unwrap().unwrap();
    assert_eq!((pace.chosen.scale, pace.timed.len()), (pace::SCALES[0], 1));
    let timed = pace.chosen;
    assert!(timed.month > 0.0 && timed.study > 4.0 * (timed.city + 500.0 * timed.month), "{timed:?}");
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    assert!(pace::largest(&study, (std::time::Duration::ZERO, 1), &stop).unwrap().is_none());
}
