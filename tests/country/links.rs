//! What passes between cities: the rest of the country's part in their trade, and people who work in other cities.

use super::{months, run, small};
use recirc::economy::country::CountryMonth;
use recirc::measure::country::CountryRun;
use recirc::place::city::SECTORS;
use recirc::scenario::settings::Adopters;
use recirc::study::country as study;
use std::sync::Arc;

/// Where cities buy more of a section than they sell, the rest of the country takes its part of a change; with the part
/// fixed, it stays with what cities sold at the start and others did not ask for, however their purchases move, but for what
/// cannot be ordered below nought. The books close month by month either way, or the run would have stopped.
#[test]
fn the_rest_of_the_country_takes_its_part_or_none() {
    let books = |beyond: &str| {
        let beyond = format!("country.beyond=\"{beyond}\"");
        let of = run(&small(&["country.adopters=[\"all\"]", "country.cities=4", &beyond]));
        let links = of.replicates[0].links.clone().unwrap();
        let total = |of: &[[i64; SECTORS]; 2]| of.iter().flatten().sum::<i64>();
        let at_start = total(&links.sold) - total(&links.asked);
        let taken_over = |run: &CountryRun| -> Vec<i64> {
            run.books.iter().map(|m| m.rest - m.cut_off - at_start).collect()
        };
        let (off, on) = of.replicates[0].pair(Adopters::All).unwrap();
        let moved = |x: fn(&CountryMonth) -> i64| off.books.iter().map(x).ne(on.books.iter().map(x));
        assert!(moved(|m| m.paid) && moved(|m| m.waiting), "the policy moves purchases and orders");
        [off, on].map(taken_over)
    };
    let [off, on] = books("fixed");
    assert!(off.iter().chain(&on).all(|taken_over| *taken_over == 0), "{off:?}, {on:?}");
    let [off, on] = books("in_proportion");
    assert!(off.iter().chain(&on).all(|taken_over| *taken_over != 0), "{off:?}, {on:?}");
    assert_ne!(off, on);
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
