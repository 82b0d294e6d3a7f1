//! What may be asked and yet is likely to mislead, found before a study starts; and comparisons that cannot
//! be made.

use super::{Ready, StudyError, apart, law, neutral, small_limits};
use crate::base::date::Date;
use crate::place::Place;
use crate::scenario::contradictions::meet;
use crate::scenario::settings::{Across, Reach};
use std::collections::BTreeSet;

/// Below this scale single awards show in a city's totals, and effects of a policy on what anchors pay are not those at full
/// size (assumed; buying local first costs the anchors of Leeds £2.4m a year more at 0.02, 95% interval of four replicates
/// 1.1 to 3.7, and £0.2m at 0.2, −1.6 to 2.1).
const SMALL: f64 = 0.1;

/// Months from which a burn-in has settled a city's labour market (assumed: search rates are set after one, hires follow
/// departures within a year).
const SETTLED: u16 = 12;

/// Warnings about scenarios to be run side by side, the reference first; an error when they cannot be. Settings that are `swept`
/// are meant to differ.
pub fn warnings(all: &[Ready], swept: &[(String, String)]) -> Result<Vec<String>, StudyError> {
    if let [reference, others @ ..] = all {
        others.iter().try_for_each(|other| kind_of_place(reference, other))?;
    }
    let mut found: Vec<String> = all.iter().flat_map(of_one).collect();
    found.extend(all.iter().flat_map(|ready| neutral::warnings(ready, swept)));
    if let [reference, others @ ..] = all {
        found.extend(others.iter().flat_map(|other| of_two(reference, other)));
        found.extend(others.iter().filter_map(|other| apart::warning(reference, other, swept)));
    }
    let mut told = BTreeSet::new();
    found.retain(|warning| told.insert(warning.clone()));
    Ok(found)
}

fn name(ready: &Ready) -> &str {
    &ready.scenario.settings.name
}

fn kind_of_place(a: &Ready, b: &Ready) -> Result<(), StudyError> {
    let (town, city) = match (&a.place, &b.place) {
        (Place::Town(_), Place::City(_)) => (a, b),
        (Place::City(_), Place::Town(_)) => (b, a),
        _ => return Ok(()),
    };
    Err(StudyError::Unlike(format!(
        "`{}` is set in a town and `{}` in a city: their tables have neither wards nor sectors in common, and a \
         difference between them says nothing\n  remedy: run each by itself with `recirc run`, or compare \
         scenarios of one place",
        name(town),
        name(city)
    )))
}

/// Whether anything of `[country]` is other than the default, which no run of one city reads.
fn settings_of_a_country(ready: &Ready) -> bool {
    let plain = crate::scenario::plain();
    plain.is_ok_and(|plain| plain.settings.country != ready.scenario.settings.country)
}

/// What to beware of in one scenario, whatever it is compared with.
fn of_one(ready: &Ready) -> Vec<String> {
    let scale = ready.scenario.settings.run.scale;
    let mut found = Vec::new();
    if scale < SMALL && matches!(ready.place, Place::City(_)) {
        found.push(format!(
            "at scale {scale} one household stands for {:.0}: all contracts are let, each with a smaller instalment, among \
             fewer firms, so luck weighs more, and capacity and experience bite less than at full size; use several \
             replicates, and scale 1 for figures to quote",
            1.0 / scale
        ));
    }
    let replicates = ready.scenario.settings.run.replicates;
    if replicates > 1 && matches!(ready.place, Place::Town(_)) {
        found.push(format!(
            "`{}` is set in a town, which has no luck: its {replicates} replicates are one run told {replicates} times, and one tells \
             as much; an interval needs a city",
            name(ready)
        ));
    }
    if settings_of_a_country(ready) {
        found.push(format!(
            "`{}` sets what a country of cities is, which `recirc country` runs; any other command runs one city by itself",
            name(ready)
        ));
    }
    let settings = &ready.scenario.settings;
    let months = settings.run.burn_in_months;
    if months < SETTLED && settings.mechanisms.labour_market && matches!(ready.place, Place::City(_)) {
        found.push(format!(
            "`{}` burns in for {months} month{}: job search, contracts and debts take {SETTLED} and more to settle, and what \
             changes until then is the start's and not a policy's",
            name(ready),
            if months == 1 { "" } else { "s" }
        ));
    }
    if !settings.mechanisms.labour_market
        && settings.shock.austerity.iter().any(|cut| cut.pay_percent_a_year != 0.0)
    {
        found.push(format!(
            "`shock.austerity` of `{}` changes no pay: staff are not counted by heads while `mechanisms.labour_market` is off",
            name(ready)
        ));
    }
    if scale < 0.5 && !settings.shock.employer_closure.is_empty() {
        found.push(format!(
            "`shock.employer_closure` of `{}` closes one firm of the simulated city, which at scale {scale} stands for {:.0}: \
             what it does to jobs grows as the scale shrinks; use scale 1 for figures to quote",
            name(ready),
            1.0 / scale
        ));
    }
    found.extend(law::narrows(ready));
    for (lever, i, reach) in ready.scenario.settings.policy.reaches() {
        let called =
            reach.name.as_ref().map_or_else(|| format!("entry {}", i + 1), |name| format!("\"{name}\""));
        if let Some(reason) = idle(ready, reach) {
            found.push(format!(
                "`policy.{lever}` ({called}) of `{}` is never in force: {reason}",
                name(ready)
            ));
        }
    }
    found.extend(small_limits::warnings(ready));
    found.extend(nothing_let(ready));
    found.extend(too_late(ready));
    found.extend(deep_cuts(ready));
    found.extend(lots_of_bundles(ready));
    found
}

/// Levers that act otherwise than through what anchors let.
const BESIDE_CONTRACTS: [&str; 6] =
    ["procurement_budget", "pension_fund_local", "impact_hub", "incubator", "cooperative_agency", "cdfi"];

/// Levers of procurement in a town, whose anchors let no contracts.
fn nothing_let(ready: &Ready) -> Option<String> {
    if !matches!(ready.place, Place::Town(_)) {
        return None;
    }
    let mut levers: Vec<String> = Vec::new();
    for (lever, ..) in ready.scenario.settings.policy.reaches() {
        let key = format!("`policy.{lever}`");
        if !BESIDE_CONTRACTS.contains(&lever) && !levers.contains(&key) {
            levers.push(key);
        }
    }
    (!levers.is_empty()).then(|| {
        format!(
            "`{}` is set in a town, whose anchors buy what its file says and let no contracts: {} changes nothing that is \
             bought, and only what it costs is paid; change what anchors buy in the town's file, or pull levers in a city",
            name(ready),
            levers.join(", ")
        )
    })
}

/// Lots where needs are put together too: what comes up together is let whole, and only what comes up alone is split.
fn lots_of_bundles(ready: &Ready) -> Option<String> {
    let policy = &ready.scenario.settings.policy;
    let bundled =
        |reach: &Reach| policy.aggregation.iter().any(|a| a.across != Across::Need && meet(reach, &a.reach));
    policy.lots.iter().any(|lots| lots.number > 1 && bundled(&lots.reach)).then(|| {
        format!(
            "`policy.lots` and `policy.aggregation` of `{}` reach the same needs: those that come up together are let \
             whole, and only those that come up alone are split",
            name(ready)
        )
    })
}

/// Cuts of what anchors buy by so much, in percent, leave few pounds to divide by (assumed: half).
const DEEP: f64 = -50.0;

/// Cuts so deep that what comes of pounds spent before them weighs beside those after.
fn deep_cuts(ready: &Ready) -> Option<String> {
    let cuts = &ready.scenario.settings.policy.procurement_budget;
    cuts.iter().any(|cut| cut.change_percent <= DEEP).then(|| {
        format!(
            "`policy.procurement_budget` of `{}` takes away half or more of what anchors buy: what pounds of before still bring is \
             divided by the few that are left, so that LM3, LM∞ and what comes of a pound are not those of an average pound",
            name(ready)
        )
    })
}

/// Shocks dated after the end of the run.
fn too_late(ready: &Ready) -> Vec<String> {
    let settings = &ready.scenario.settings;
    let end = ready.scenario.start.plus(12 * i32::from(settings.run.years));
    let late = |(kind, i, called, start): (&str, usize, Option<&str>, &str)| {
        let from = Date::parse(start).filter(|from| *from >= end)?;
        let called = called.map_or_else(|| format!("entry {}", i + 1), |name| format!("\"{name}\""));
        Some(format!(
            "`shock.{kind}` ({called}) of `{}` never strikes: it is dated {from}, and the last month of the run is {}",
            name(ready),
            end.plus(-1)
        ))
    };
    settings.shock.dates().into_iter().filter_map(late).collect()
}

/// Why a lever never changes anything, if so.
fn idle(ready: &Ready, reach: &Reach) -> Option<String> {
    let start = ready.scenario.start;
    let end = start.plus(12 * i32::from(ready.scenario.settings.run.years));
    let date = |text: &Option<String>| text.as_deref().and_then(Date::parse);
    if let Some(from) = date(&reach.start).filter(|from| *from >= end) {
        return Some(format!("it starts in {from}, and the last month of the run is {}", end.plus(-1)));
    }
    let Place::City(city) = &ready.place else { return None };
    let within = |ids: &[String], id: &String| ids.is_empty() || ids.contains(id);
    let buys = city.anchors.iter().filter(|anchor| within(&reach.anchors, &anchor.id)).any(|anchor| {
        let parts = city.categories.iter().zip(&anchor.category_mix);
        parts.filter(|(category, _)| within(&reach.categories, &category.id)).any(|(_, share)| *share > 0.0)
    });
    (!buys).then(|| "the anchors that it names buy nothing in the categories that it names".to_owned())
}

/// What makes the differences between two scenarios more than the policy's.
fn of_two(reference: &Ready, other: &Ready) -> Vec<String> {
    let (a, b) = (&reference.scenario.settings.run, &other.scenario.settings.run);
    let mut found = Vec::new();
    let mut differ = |what: &str, values: [String; 2], so: &str| {
        let [of_reference, of_other] = values;
        if of_reference != of_other {
            found.push(format!(
                "`{}` and `{}` differ in {what} ({of_reference} and {of_other}): {so}",
                name(reference),
                name(other)
            ));
        }
    };
    // Towns are the same when their files are, wherever these lie.
    let files =
        |ready: &Ready| ready.place.data_hashes().into_iter().map(|(_, hash)| hash).collect::<Vec<_>>();
    if files(reference) != files(other) {
        let called = [reference, other].map(|ready| ready.scenario.settings.place.clone());
        let same = called[0] == called[1];
        let called = if same { ["a file", "another file of its name"].map(String::from) } else { called };
        differ("place", called, "the difference is that of the places, not of a policy");
    }
    differ(
        "scale",
        [a.scale, b.scale].map(|x| x.to_string()),
        "they are not the same households and firms, so the difference holds luck and the effect of scale",
    );
    differ(
        "seed",
        [a.seed, b.seed].map(|x| x.to_string()),
        "they have different luck, which is in the difference",
    );
    differ(
        "burn-in months",
        [a.burn_in_months, b.burn_in_months].map(|x| x.to_string()),
        "they start from different cities",
    );
    differ(
        "months simulated",
        [(reference.scenario.start, a.years), (other.scenario.start, b.years)]
            .map(|(start, years)| format!("{} to {}", start, start.plus(12 * i32::from(years) - 1))),
        "figures are means over each one's own months",
    );
    differ(
        "replicates",
        [a.replicates, b.replicates].map(|x| x.to_string()),
        "only those that both have are compared",
    );
    found
}
