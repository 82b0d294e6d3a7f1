//! Lots, and needs put together.

use super::{city, month};
use recirc::economy::plan::Plan;
use recirc::place::vocabulary::Route;
use recirc::world::City;
use recirc::world::awards::Award;
use std::collections::{BTreeMap, BTreeSet};

fn rows_of_needs(city: &City) -> BTreeMap<u64, Vec<usize>> {
    let mut out: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    (0..city.contracts.rows.len()).for_each(|i| out.entry(city.contracts.rows[i].need).or_default().push(i));
    out
}

/// Four lots for two years, from £200,000: every need let in that time that is worth it has four, of even value to a
/// penny, never more; the sum is the need's. Then lots are due together and are let as one again.
#[test]
fn lots_are_four_even_and_let_as_one_again() {
    let toml = "[[policy.lots]]\nnumber = 4\nfrom_gbp = 200_000\nstart = \"2026-04\"\nend = \"2028-04\"\n";
    let mut city = city(toml, &["procurement.delivery.challenge_chance=0.2"]);
    let plan = Plan::new(&city.settings, &city);
    let budgets: BTreeMap<u64, i64> = city.contracts.rows.iter().map(|r| (r.need, r.monthly)).collect();
    let n = city.contracts.rows.len();
    for _ in 0..25 {
        month(&mut city, &plan);
        for (need, rows) in rows_of_needs(&city) {
            let values: Vec<i64> = rows.iter().map(|i| city.contracts.rows[*i].monthly).collect();
            assert_eq!(values.iter().sum::<i64>(), budgets[&need]);
            assert!(values.len() == 1 || values.len() == 4, "{} lots", values.len());
            let (least, most) = (values.iter().min().unwrap(), values.iter().max().unwrap());
            assert!(most - least <= 3, "{values:?}");
        }
    }
    let split = rows_of_needs(&city).values().filter(|rows| rows.len() == 4).count();
    assert!(split > 1000, "{split} needs were split");
    assert_eq!(city.contracts.rows.len(), n + 3 * split);
    let (mut together, mut apart) = (0, 0);
    for _ in 0..36 {
        month(&mut city, &plan);
        let mut winners: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
        for a in city.contracts.awards.iter().filter(|a| a.bids > 0) {
            winners.entry(a.need).or_default().push(a.supplier);
        }
        for lots in winners.into_values().filter(|lots| lots.len() > 1) {
            let one = lots.iter().collect::<BTreeSet<_>>().len() == 1;
            *(if one { &mut together } else { &mut apart }) += 1;
        }
    }
    assert!(together > 300, "{together}");
    // A lot whose holder failed is let in haste beside the others.
    assert!(apart * 50 < together, "{apart} apart, {together} together");
}

/// What the anchors have due in a category in a month is one competition, with one winner; those of several anchors
/// too, where the plan says network.
#[test]
fn needs_put_together_have_one_winner() {
    for (across, several_anchors) in [("anchor", false), ("network", true)] {
        let toml = format!("[[policy.aggregation]]\nacross = \"{across}\"\n");
        let mut city = city(&toml, &["procurement.delivery.challenge_chance=0"]);
        let plan = Plan::new(&city.settings, &city);
        let mut shared = 0;
        for _ in 0..6 {
            month(&mut city, &plan);
            let mut groups: BTreeMap<(u16, u8), Vec<&Award>> = BTreeMap::new();
            for a in city.contracts.awards.iter().filter(|a| a.bids > 0) {
                let anchor = if several_anchors { u16::MAX } else { a.anchor };
                // Urgent lettings are apart, by quotes.
                if a.route != Route::Quotes {
                    groups.entry((anchor, a.category)).or_default().push(a);
                }
            }
            let what = |a: &Award| (a.supplier, a.months, a.bids, a.route);
            for group in groups.into_values() {
                assert!(group.iter().all(|a| what(a) == what(group[0])), "{group:?}");
                shared += usize::from(group.iter().any(|a| a.anchor != group[0].anchor));
            }
        }
        assert_eq!(shared > 20, several_anchors, "{shared}");
    }
}

/// Hours and values of what is let together are counted once.
#[test]
fn what_is_let_together_is_counted_once() {
    let sum = |toml: &str| {
        let seen = super::seen(toml, &[], 12);
        // Value a month of all that was let or extended.
        let value: f64 = seen.awards.iter().map(|a| a.value_gbp / f64::from(a.months)).sum();
        let in_hours = seen.awards.iter().map(|a| f64::from(a.hours)).sum::<f64>() / seen.hours;
        (value, in_hours, seen.wanted)
    };
    let alone = sum("");
    let together = sum("[[policy.aggregation]]\nacross = \"network\"\n");
    // Those of the same needs; and some two hundred competitions a year take less time than four thousand.
    assert!((together.0 / alone.0 - 1.0).abs() < 0.1, "{together:?} {alone:?}");
    assert!(together.2 < 0.3 * alone.2, "{together:?} {alone:?}");
    // All hours are on awards, but for the few that ended without one.
    assert!(
        alone.1 > 0.95 && alone.1 < 1.001 && together.1 > 0.9 && together.1 < 1.001,
        "{together:?} {alone:?}"
    );
}
