//! How a country begins: the same bytes at any number of threads, a first city that is Leeds, trade that stands still.

use super::{ALIKE, months, small};
use crate::common::fingerprint::{Fingerprint, fingerprint, first_difference};
use crate::common::{leeds, run_plan};
use recirc::economy::country::CountryMonth;
use recirc::economy::plan::Plan;
use recirc::study::country as study;
use std::sync::Arc;

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
