//! What a policy does where some cities adopt it, all or none, against the run without it.

use super::{run, small};
use recirc::measure::country::effects::{self, Whose};
use recirc::measure::country::measures::{BOUGHT_HERE, INCOME, OUTSIDE_SALES, SALES};
use recirc::measure::country::{CountryRun, tables};
use recirc::scenario::settings::Adopters;

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

/// A policy is compared with the same months without it: up to the month in which its levers start the two runs are the
/// same, to the last digit, and part in that month or, where an order goes by last month's sales, the next.
#[test]
fn on_and_off_are_compared_in_the_same_months() {
    let sets = [
        "policy.local_invitations[invite locals].start=2026-10",
        "policy.local_preference[prefer locals].start=2026-10",
        "country.adopters=[\"each_alone\", \"half\"]",
        "country.cities=3",
        "run.burn_in_months=3",
        "country.base_months=2",
    ];
    let of = run(&small(&sets));
    for by in [Adopters::EachAlone, Adopters::Half] {
        let (off, on) = of.replicates[0].pair(by).unwrap();
        let dates = |run: &CountryRun| run.books.iter().map(|month| month.month).collect::<Vec<_>>();
        assert_eq!(dates(off), (4..16).collect::<Vec<_>>());
        assert_eq!(dates(on), dates(off));
        let parted = off.books.iter().zip(&on.books).position(|(off, on)| off != on).unwrap();
        assert!((6..8).contains(&parted), "{by:?}: April is month 0, October is month 6: {parted}");
        assert_ne!(off.cities, on.cities);
    }
}
