//! What must follow from the rules, as paired comparisons: the same city and luck with one thing changed, over eight
//! replicates; the 95% interval of the mean difference (Student's t) must not hold nought, and lie on the side named.
//! Sizes are what they are: nothing was set for these tests. The table in docs/procurement.md has them at larger scale.

use super::{Seen, seen};
use rayon::prelude::*;
use recirc::measure::compare::{Difference, difference};
use recirc::place::vocabulary::Route;
use recirc::world::awards::Award;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const REPLICATES: u64 = 8;
const MONTHS: u16 = 12;

/// A year under this policy and these settings, in every replicate.
fn runs(toml: &str, sets: &[&str]) -> Vec<Seen> {
    (1..=REPLICATES)
        .into_par_iter()
        .map(|replicate| {
            let seed = format!("run.seed={replicate}");
            let all: Vec<&str> = sets.iter().copied().chain([seed.as_str()]).collect();
            seen(toml, &all, MONTHS)
        })
        .collect()
}

static AS_IT_IS: LazyLock<Vec<Seen>> = LazyLock::new(|| runs("", &[]));

fn between(without: &[Seen], with: &[Seen], of: impl Fn(&Seen) -> f64) -> Difference {
    difference(&without.iter().zip(with).map(|(a, b)| (of(a), of(b))).collect::<Vec<_>>())
}

#[track_caller]
fn rises(what: &str, d: Difference) {
    println!("{what}: {:+.5} {:?}", d.mean, d.interval);
    assert!(d.interval.is_some_and(|(low, _)| low > 0.0), "{what}: {d:?}");
}

#[track_caller]
fn falls(what: &str, d: Difference) {
    println!("{what}: {:+.5} {:?}", d.mean, d.interval);
    assert!(d.interval.is_some_and(|(_, high)| high < 0.0), "{what}: {d:?}");
}

fn small(seen: &Seen) -> f64 {
    seen.share(|a| a.small)
}

fn price(seen: &Seen) -> f64 {
    // By value, over the awards of competitions.
    let held = seen.awards.iter().filter(|a| a.bids > 0);
    let (paid, worth) = held.fold((0.0, 0.0), |(p, w), a| (p + a.value_gbp, w + a.value_gbp / a.price));
    paid / worth
}

/// So many places on every list, in quotes, tenders and frameworks: the mean price of competitions in what the work
/// costs. More bidders ask for less, and from six to eight on little more comes off.
#[test]
fn more_bidders_lower_price_flattening() {
    let at = |n: u32| {
        let sets = ["quotes_invited", "known_below_threshold", "known_open", "framework_members"]
            .map(|name| format!("procurement.bidding.{name}={n}"));
        runs("", &sets.each_ref().map(String::as_str))
    };
    let cost = |s: &Seen| {
        let held: Vec<_> = s.awards.iter().filter(|a| a.bids > 0 && a.route != Route::Direct).collect();
        held.iter().map(|a| a.price * s.reference[a.category as usize]).sum::<f64>() / held.len() as f64
    };
    let bids = |s: &Seen| s.mean(|a| f64::from(a.bids));
    let runs = [1, 2, 4, 6, 8, 10].map(at);
    let steps: Vec<Difference> = runs.windows(2).map(|w| between(&w[0], &w[1], cost)).collect();
    for w in runs.windows(2) {
        rises("bids", between(&w[0], &w[1], bids));
    }
    for (step, what) in steps.iter().zip(["2 places against 1", "4 against 2", "6 against 4"]) {
        falls(what, *step);
    }
    // Two places more take off less each time; from six on less than a third of what from two to four does.
    assert!(steps[3].mean > 0.33 * steps[1].mean, "{steps:?}");
    assert!(steps[1].mean < steps[2].mean && steps[2].mean < steps[3].mean, "{steps:?}");
    assert!(steps[4].mean > 0.2 * steps[1].mean, "{steps:?}");
}

/// Four lots from £1m, where teams have the hours to let them (or else frameworks take the place of tenders, and those
/// lean to the large): bids of small firms in competitions for such needs, and what they win. And what it costs.
#[test]
fn smaller_lots_more_small_bidders() {
    let officers = "[[policy.procurement_staff]]\nextra_fte = 40\n";
    let whole = runs(officers, &[]);
    let lots = runs(&format!("{officers}[[policy.lots]]\nnumber = 4\nfrom_gbp = 1_000_000\n"), &[]);
    rises("small bidders of all bidders", between(&whole, &lots, |s| of_large_needs(s, small_bidders)));
    rises(
        "won by small firms",
        between(&whole, &lots, |s| of_large_needs(s, |a| f64::from(u8::from(a.small)))),
    );
    rises("price", between(&whole, &lots, price));
}

fn small_bidders(award: &Award) -> f64 {
    f64::from(award.small_bids) / f64::from(award.bids)
}

/// Mean over the needs let that are worth £1m, whole or in lots; each need counts the same, its lots by value.
fn of_large_needs(seen: &Seen, of: impl Fn(&Award) -> f64) -> f64 {
    let mut needs: BTreeMap<(u16, u64), (f64, f64)> = BTreeMap::new();
    for award in seen.awards.iter().filter(|a| a.bids > 0) {
        let need = needs.entry((award.month, award.need)).or_default();
        need.0 += of(award) * award.value_gbp;
        need.1 += award.value_gbp;
    }
    let large: Vec<f64> = needs.values().filter(|n| n.1 >= 1e6).map(|n| n.0 / n.1).collect();
    large.iter().sum::<f64>() / large.len() as f64
}

#[test]
fn a_small_firm_preference_raises_their_wins_and_cost() {
    let with = runs("[[policy.group_preference]]\npoints = 10\ngroup = \"sme\"\n", &[]);
    rises("small firms' share of value", between(&AS_IT_IS, &with, small));
    rises("price", between(&AS_IT_IS, &with, price));
}

/// A third of the hours, where all start a year ahead (at six months' lead hardly a question is tailored anyway):
/// frameworks take the place of tenders, questions are generic, contracts are extended.
#[test]
fn thin_teams_use_frameworks_and_generic_questions() {
    let early = "[[policy.early_engagement]]\nlead_months = 12\n";
    let (usual, thin) = (runs(early, &[]), runs(early, &["procurement.staff_time.hours_a_month=43"]));
    rises("share of value by call-off", between(&usual, &thin, |s| s.share(|a| a.route == Route::CallOff)));
    falls("tailored offers", between(&usual, &thin, |s| s.share(|a| a.tailored)));
    rises("lettings without their own questions", between(&usual, &thin, |s| f64::from(s.generic)));
    rises("contracts extended", between(&usual, &thin, |s| f64::from(s.extended)));
}

/// Three times the weight on social value: claims rise by far more than what stands behind them where nobody looks;
/// with contract managers the substance follows.
#[test]
fn weight_without_monitoring_buys_claims() {
    let weight = "[[policy.social_value_weight]]\nat_least = 0.3\n";
    let watched = runs(&format!("{weight}[[policy.monitoring_staff]]\nextra_fte = 40\n"), &[]);
    let weight = runs(weight, &[]);
    let asked = |s: &Seen, of: &dyn Fn(&Award) -> f64| {
        let held = s.awards.iter().filter(|a| a.bids > 0 && a.claimed > 0.0);
        let (sum, all) = held.fold((0.0, 0.0), |(sum, all), a| (sum + of(a), all + 1.0));
        sum / all
    };
    let claimed = |s: &Seen| asked(s, &|a| f64::from(a.claimed));
    let real = |s: &Seen| asked(s, &|a| f64::from(a.real));
    let gap = |s: &Seen| claimed(s) - real(s);
    rises("claims", between(&AS_IT_IS, &weight, claimed));
    rises("claims beyond substance", between(&AS_IT_IS, &weight, gap));
    let (unwatched, with_managers) = (between(&AS_IT_IS, &weight, real), between(&AS_IT_IS, &watched, real));
    println!("substance: {unwatched:?}, with managers {with_managers:?}");
    let least_with = with_managers.interval.unwrap().0;
    let most_without = unwatched.interval.unwrap().1;
    assert!(least_with > 2.0 * most_without.max(0.0), "{with_managers:?} {unwatched:?}");
}

#[test]
fn a_tighter_cap_shuts_small_firms_out() {
    let with = runs("[[policy.turnover_cap]]\nat_most = 0.1\n", &[]);
    falls(
        "small bidders in a competition",
        between(&AS_IT_IS, &with, |s| s.mean(|a| f64::from(a.small_bids))),
    );
    falls("small firms' share of value", between(&AS_IT_IS, &with, small));
}

#[test]
fn a_larger_limit_for_quotes_leaves_more_to_price() {
    let with = runs("[[policy.quotes_threshold]]\nat_least_gbp = 207_000\n", &[]);
    rises(
        "competitions decided by price alone",
        between(&AS_IT_IS, &with, |s| {
            s.mean(|a| f64::from(u8::from(matches!(a.route, Route::Quotes | Route::Direct))))
        }),
    );
    falls("winners' quality", between(&AS_IT_IS, &with, |s| s.mean(|a| a.quality)));
}
