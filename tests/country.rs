//! A country of cities: the same bytes at any number of threads, books that close, a baseline that stands still, a first
//! city that is Leeds, and what a user sees.

use crate::common::{Fingerprint, fingerprint, first_difference, leeds, load, run_plan};
use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use recirc::economy::country::{Country, CountryMonth};
use recirc::economy::plan::Plan;
use recirc::measure::country::effects::{self, Whose};
use recirc::measure::country::measures::{BOUGHT_HERE, INCOME, OUTSIDE_SALES, SALES};
use recirc::measure::country::{Countries, tables};
use recirc::scenario::settings::Adopters;
use recirc::scenario::{self, Override, Scenario};
use recirc::study::{Watch, country as study};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Six cities in two regions, of four thousand people each.
const SMALL: [&str; 6] = [
    "country.cities=6",
    "country.regions=2",
    "run.scale=0.005",
    "run.burn_in_months=14",
    "run.years=1",
    "run.replicates=1",
];

fn small(sets: &[&str]) -> Scenario {
    let all: Vec<String> = SMALL.iter().chain(sets).map(|set| (*set).to_owned()).collect();
    load("country/everyone_local", &all)
}

/// Months of a country in which nobody pulls a lever.
fn months(country: &mut Country, n: usize) -> Vec<CountryMonth> {
    let plans: Vec<Plan> = country.cities.iter().map(Plan::neutral).collect();
    let mut nothing = vec![(); country.cities.len()];
    (0..n).map(|_| country.step(&plans, &mut nothing, |_, _, _| ()).unwrap()).collect()
}

fn run(scenario: &Scenario) -> Countries {
    study::run(scenario, &Watch { tick: &|| (), stop: &AtomicBool::new(false) }, None).unwrap()
}

/// Founded, burnt in, linked for some months with others asking for more of its people than usual, on this many threads:
/// every column of every city, and the books.
fn prints(threads: usize) -> (Vec<Fingerprint>, Vec<CountryMonth>) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| {
        let (mut country, _) =
            study::found_country(&small(&["run.burn_in_months=3", "country.base_months=2"]), 1, &|| ())
                .unwrap();
        let mut books = months(&mut country, 3);
        country.link(Some(Arc::new(vec![vec![[0; 2]; 6]; 4])));
        books.extend(months(&mut country, 4));
        (country.cities.iter().map(fingerprint).collect(), books)
    })
}

#[test]
fn the_same_bytes_at_1_and_3_threads() {
    let (alone, three) = (prints(1), prints(3));
    assert_eq!(alone.1, three.1);
    for (i, (a, b)) in alone.0.iter().zip(&three.0).enumerate() {
        assert_eq!(first_difference(a, b), None, "city {i}");
    }
    // Linked cities differ from what they were.
    assert!(alone.1[6].waiting != alone.1[0].waiting);
}

const ALIKE: [&str; 3] =
    ["country.sector_mix_spread=0", "country.localness_spread=0", "country.deprivation_spread=0"];

/// With no spread and no link the first city is the lone Leeds of that seed, column by column; the others have a luck of
/// their own.
#[test]
fn the_first_of_cities_all_alike_is_leeds_by_itself() {
    let sets: Vec<&str> =
        ALIKE.iter().copied().chain(["run.burn_in_months=3", "country.base_months=2"]).collect();
    let (mut country, _) = study::found_country(&small(&sets), 1, &|| ()).unwrap();
    months(&mut country, 2);
    let mut lone = leeds(0.005, 1, &["run.burn_in_months=3"]);
    let plan = Plan::neutral(&lone);
    run_plan(&mut lone, &plan, 2, None).unwrap();
    assert_eq!(first_difference(&fingerprint(&country.cities[0]), &fingerprint(&lone)), None);
    assert!(first_difference(&fingerprint(&country.cities[1]), &fingerprint(&lone)).is_some());
}

/// What a year without policy changes: of each figure, the second half's mean over the first half's, percent.
fn drift(linked: bool) -> [f64; 3] {
    let mut sets = ALIKE.to_vec();
    sets.extend(["run.burn_in_months=24", "country.base_months=12"]);
    let (mut country, _) = study::found_country(&small(&sets), 1, &|| ()).unwrap();
    months(&mut country, 24);
    if linked {
        country.link(None);
    }
    let books = months(&mut country, 48);
    let mean = |of: &[CountryMonth], x: fn(&CountryMonth) -> i64| {
        of.iter().map(|m| x(m) as f64).sum::<f64>() / of.len() as f64
    };
    let figures: [fn(&CountryMonth) -> i64; 3] = [|m| m.paid, |m| m.sold, |m| m.out_commuters];
    figures.map(|x| 100.0 * (mean(&books[36..], x) / mean(&books[..12], x) - 1.0))
}

/// Trade between linked cities stands as still as that of cities each by itself (commuters answer the difference from such a
/// run, and have a test of their own): after four years it is where it was
/// within two percent, as far as six cities of four thousand people can tell. A link that fed on itself would have doubled
/// a move of one percent many times by then.
#[test]
fn linked_cities_stand_still() {
    for (linked, bounds) in [(false, 2.0), (true, 2.5)] {
        for drift in drift(linked) {
            assert!(drift.abs() < bounds, "linked {linked}: {drift:.2}%");
        }
    }
}

/// What adopters buy at home they do not buy of the others, whose sales outside fall; and all at once keep less than each
/// alone.
#[test]
fn what_some_buy_less_outside_others_sell_less() {
    let scenario = small(&["country.adopters=[\"each_alone\", \"half\", \"all\"]", "run.scale=0.01"]);
    let of = run(&scenario);
    let change = |adopters, whose, k| effects::change(&of, adopters, whose, k).mean;
    // Adopters' anchors buy more at home; the others' buy what they bought.
    let more = change(Adopters::Half, Whose::Adopters, BOUGHT_HERE);
    assert!(more > 10.0, "{more}");
    assert!(change(Adopters::Half, Whose::Others, BOUGHT_HERE).abs() < 0.05 * more);
    // What they do not buy outside, the others do not sell; with what follows from it, not twice as much.
    let lost = -change(Adopters::Half, Whose::Others, OUTSIDE_SALES);
    assert!(lost > 0.0 && lost < 2.0 * more, "{lost} of {more}");
    // Cities that do not feel each other lose nothing to each other; all at once keep less than that.
    let (alone, all) =
        (change(Adopters::EachAlone, Whose::All, SALES), change(Adopters::All, Whose::All, SALES));
    assert!(alone > 0.0 && all < alone, "{all} of {alone}");
    let kept = effects::kept(&of, SALES).unwrap().quotient().unwrap();
    assert!(kept.value < 0.8);
    assert!(effects::kept(&of, INCOME).is_some());
    for table in tables::all(&of) {
        assert!(!table.rows.is_empty() || table.name == "country_regression", "{}", table.name);
    }
}

/// Levers that change nothing: the run is the run without policy, to the last digit.
#[test]
fn neutral_levers_change_nothing_in_any_city() {
    let none = ["policy.local_invitations=[]", "policy.local_preference=[]", "country.adopters=[\"all\"]"];
    let sets: Vec<&str> = none
        .into_iter()
        .chain(["run.burn_in_months=3", "country.base_months=2", "country.cities=3"])
        .collect();
    let of = run(&small(&sets));
    let (reference, policy) = of.replicates[0].pair(Adopters::All).unwrap();
    assert!(reference.linked && policy.linked && policy.adopts == [true; 3]);
    assert_eq!((&reference.cities, &reference.books), (&policy.cities, &policy.books));
}

/// Cities between which nothing passes are cities each alone, to the last digit.
#[test]
fn without_trade_and_commuters_all_at_once_is_each_alone() {
    let sets = [
        "country.purchases=false",
        "country.commuters=false",
        "country.cities=3",
        "country.adopters=[\"each_alone\", \"all\"]",
        "run.burn_in_months=3",
        "country.base_months=2",
    ];
    let of = run(&small(&sets));
    let [alone, all] = [Adopters::EachAlone, Adopters::All].map(|by| of.replicates[0].pair(by).unwrap());
    assert_ne!(alone.0.cities, alone.1.cities, "the levers do something");
    assert_eq!((&alone.0.cities, &alone.1.cities), (&all.0.cities, &all.1.cities));
}

/// Where cities buy more of a section than they sell, the rest of the country takes its part of a change; with the part
/// fixed, nothing beyond what it had at the start and what cannot be ordered below nought. The books close month by month
/// either way, or the run would have stopped.
#[test]
fn the_rest_of_the_country_takes_its_part_or_none() {
    let books = |beyond: &str| {
        let beyond = format!("country.beyond=\"{beyond}\"");
        let of = run(&small(&["country.adopters=[\"all\"]", "country.cities=4", &beyond]));
        let links = of.replicates[0].links.clone().unwrap();
        let parts = (0..2).flat_map(|zone| (0..links.sold[zone].len()).map(move |k| (zone, k)));
        let least = parts.map(|(zone, k)| links.goods(zone, k)).fold(1.0, f64::min);
        let run = &of.replicates[0].runs[1];
        (run.books.iter().map(|m| m.rest - m.cut_off).collect::<Vec<_>>(), least)
    };
    let ((fixed, all), (moving, part)) = (books("fixed"), books("in_proportion"));
    assert_eq!(all, 1.0);
    assert!(fixed.iter().all(|rest| *rest == fixed[0]), "{fixed:?}");
    assert!((0.0..1.0).contains(&part), "{part}");
    assert!(moving.iter().any(|rest| *rest != moving[0]));
}

/// Stopped after the first of two, a country goes on with the second, and the first is not run again.
#[test]
fn a_country_that_was_stopped_goes_on_where_it_was() {
    let sets = ["country.cities=2", "country.regions=1", "country.adopters=[\"all\"]", "run.replicates=2"];
    let scenario = small(&[&sets[..], &["run.burn_in_months=3", "country.base_months=2"]].concat());
    let dir = tempfile::tempdir().unwrap();
    let kept = study::Kept::beside(&dir.path().join("out"), &scenario).unwrap();
    let ticks = AtomicU64::new(0);
    let stop = AtomicBool::new(false);
    let half = study::months(&scenario) / 2;
    let count = || {
        if ticks.fetch_add(1, Ordering::Relaxed) > half + 10 {
            stop.store(true, Ordering::Relaxed);
        }
    };
    let first = study::run(&scenario, &Watch { tick: &count, stop: &stop }, Some(&kept)).unwrap();
    assert_eq!(first.replicates.len(), 1);
    assert_eq!(kept.load(1).unwrap().0, first.replicates[0]);
    assert!(kept.load(2).is_none());
    let again = study::run(&scenario, &Watch { tick: &|| (), stop: &AtomicBool::new(false) }, Some(&kept));
    assert_eq!(again.unwrap().replicates, run(&scenario).replicates);
    // What another scenario kept is not taken for it, nor what is damaged.
    let other = small(&[&sets[..], &["run.burn_in_months=4", "country.base_months=2"]].concat());
    assert!(study::Kept::beside(&dir.path().join("out"), &other).unwrap().load(1).is_none());
    let path = dir.path().join("out.replicates/1");
    let mut bytes = std::fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&path, bytes).unwrap();
    assert!(kept.load(1).is_none());
    kept.clear();
    assert!(!path.exists());
}

/// If others asked for fewer of a city's people before, they ask for more now: its residents find more work outside.
#[test]
fn who_is_asked_for_elsewhere_works_elsewhere() {
    let sets = ["run.burn_in_months=3", "country.base_months=2", "country.cities=3", "country.regions=1"];
    let (mut country, _) = study::found_country(&small(&sets), 1, &|| ()).unwrap();
    months(&mut country, 3);
    let (mut plain, mut asked_for) = (country.clone(), country);
    plain.link(None);
    let before = months(&mut plain, 6);
    let fewer = plain
        .commuters_asked()
        .iter()
        .map(|month| month.iter().map(|[r, c]| [r - 20, *c]).collect())
        .collect();
    asked_for.link(Some(Arc::new(fewer)));
    let after = months(&mut asked_for, 6);
    assert_eq!(before[0].out_commuters, after[0].out_commuters);
    // Of 60 more who are asked for, the part that lives in cities has the posts, within the luck of who applies.
    let links = asked_for.links().unwrap();
    let part = links.people(0);
    assert!(part < 0.8, "more commute into a city than out of it: {links:?}");
    let (more, posts) = (after[5].out_commuters - before[5].out_commuters, (60.0 * part) as i64);
    assert!((posts / 2..=posts * 3 / 2).contains(&more), "{more} of {posts} more posts are taken");
}

#[test]
fn a_country_that_is_stopped_keeps_nothing_of_what_is_not_over() {
    let watch = Watch { tick: &|| (), stop: &AtomicBool::new(true) };
    let of = study::run(&small(&["country.cities=2", "country.regions=1"]), &watch, None).unwrap();
    assert!(of.replicates.is_empty());
}

fn refusal(options: &[(&str, &str, &str)]) -> String {
    let overrides: Vec<Override> =
        options.iter().map(|(option, key, value)| Override::option(option, key, value)).collect();
    let told = scenario::load_with("country/everyone_local", &overrides)
        .and_then(|scenario| scenario::country::check(&scenario))
        .err();
    told.expect("should be refused").to_string()
}

/// Each names the key, its value and what to do.
#[test]
fn mistakes_are_told_with_their_remedy() {
    insta::assert_snapshot!(
        "country_errors",
        [
            refusal(&[("--cities", "country.cities", "1")]),
            refusal(&[("--cities", "country.cities", "6"), ("--regions", "country.regions", "9")]),
            refusal(&[("--set", "country.base_months", "100")]),
            refusal(&[("--set", "country.adopters", "[\"some\"]")]),
            refusal(&[("--set", "country.adopters", "[]")]),
            refusal(&[("--set", "country.adopters", "[\"all\", \"all\"]")]),
            refusal(&[("--set", "place", "preston")]),
            refusal(&[("--set", "country.localness_spread", "-1")]),
            refusal(&[("--set", "country.beyond", "loose")]),
            refusal(&[("--set", "impulse.amount_gbp", "1000000"), ("--set", "impulse.to", "anchors")]),
            refusal(&[("--set", "mechanisms.labour_market", "false")]),
        ]
        .join("\n\n")
    );
}

/// The command from end to end: files, manifest, page, and the same again from the manifest.
#[test]
fn the_command_writes_what_it_says_and_can_do_it_again() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let recirc = || Command::cargo_bin("recirc").unwrap();
    let args = ["country", "--cities", "3", "--regions", "1", "--scale", "0.002", "--years", "1", "--quiet"];
    let sets = [
        "--set",
        "run.burn_in_months=2",
        "--set",
        "country.base_months=2",
        "--set",
        "country.adopters=[\"each_alone\", \"all\"]",
    ];
    recirc()
        .args(args)
        .args(sets)
        .args(["--replicates", "2", "--out"])
        .arg(&out)
        .assert()
        .success()
        .stdout(contains("What is left of a city's gain").and(contains("synthetic")));
    let manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!((manifest["command"].as_str(), manifest["complete"].as_bool()), (Some("country"), Some(true)));
    assert!(manifest["city"].as_str().unwrap().contains("synthetic"));
    let page = std::fs::read_to_string(out.join("country.html")).unwrap();
    assert!(page.contains("No figure is of a real place") && page.contains("<svg"));
    for file in [
        "country_totals.csv",
        "country_books.csv",
        "country_changes.png",
        "country_links.csv",
        "data_dictionary.csv",
        "summary.json",
    ] {
        assert!(Path::new(&out).join(file).is_file(), "{file}");
    }
    recirc()
        .arg("reproduce")
        .arg(&out)
        .arg("--quiet")
        .assert()
        .success()
        .stdout(contains("came out the same"));
    recirc().args(["country", "--timings"]).assert().code(2).stderr(contains("no effect"));
}
