//! A country of cities under a policy: nobody adopts it, one city, a region, every second city, all; and each alone.

mod cities;
mod kept;

use super::{StudyError, Watch};
use crate::economy::country::{Commuters, Country, CountryMonth};
use crate::economy::plan::Plan;
use crate::measure::country::{Countries, CountryRun, Replicate, measures};
use crate::measure::record::Record;
use crate::scenario::Scenario;
use crate::scenario::settings::Adopters;
pub use cities::{found_country, luck_of};
pub use kept::Kept;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Bytes that a city takes: one of full size, and what one takes at any size (contracts are as many at every scale).
/// Measured (docs/country.md); to judge beforehand what fits.
const BYTES_FULL: f64 = 190e6;
const BYTES_LEAST: f64 = 12e6;
/// What a burnt-in country may take to be kept beside the one that runs; a larger one is burnt in anew for each run.
const KEEP_UP_TO: f64 = 6e9;

/// What founding a city counts for in progress, in months of a small one (measured: 100 to 150; of a full-size one 20).
const FOUNDING: u64 = 100;

/// A run to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    pub adopters: Option<Adopters>,
    pub linked: bool,
}

/// The runs that a scenario asks for: each set of adopters, and before it the run without policy that it is compared with.
pub fn planned(asked: &[Adopters]) -> Vec<Planned> {
    let mut runs = Vec::new();
    for adopters in asked {
        let reference = Planned { adopters: None, linked: adopters.linked() };
        if !runs.contains(&reference) {
            runs.push(reference);
        }
        if *adopters != Adopters::Nobody {
            runs.push(Planned { adopters: Some(*adopters), linked: adopters.linked() });
        }
    }
    runs
}

/// Who adopts: the first city, the first region, the first city and every second after it, all.
fn adopts(by: Option<Adopters>, city: usize, region: usize) -> bool {
    match by {
        None | Some(Adopters::Nobody) => false,
        Some(Adopters::One) => city == 0,
        Some(Adopters::Region) => region == 0,
        Some(Adopters::Half) => city.is_multiple_of(2),
        Some(Adopters::All | Adopters::EachAlone) => true,
    }
}

/// Seconds that founding a city of full size takes on two cores, and one of its months (measured, docs/country.md): to tell
/// beforehand about how long a country will take.
const SECONDS_TO_FOUND: f64 = 2.0;
const SECONDS_A_MONTH: f64 = 0.13;

/// Estimated bytes of a country.
pub fn bytes(scenario: &Scenario) -> f64 {
    let (run, rules) = (&scenario.settings.run, &scenario.settings.country);
    f64::from(rules.cities) * (BYTES_LEAST + run.scale * BYTES_FULL)
}

/// What to know before a country that is too large to be kept beside its runs is begun.
pub fn large(scenario: &Scenario) -> Option<String> {
    (!keeps(scenario)).then(|| {
        let (run, country) = (&scenario.settings.run, &scenario.settings.country);
        let runs = planned(&country.adopters).len() * usize::from(run.replicates);
        let months = f64::from(run.burn_in_months) + 12.0 * f64::from(run.years);
        let of_a_city = SECONDS_TO_FOUND + months * SECONDS_A_MONTH;
        let minutes = runs as f64 * f64::from(country.cities) * run.scale * of_a_city / 60.0;
        let time =
            if minutes < 120.0 { format!("{minutes:.0} minutes") } else { format!("{:.0} hours", minutes / 60.0) };
        format!(
            "{} cities at scale {} take about {:.0} GB, and are founded and burnt in for each run ({runs} here): that may take \
             {time} on two cores; `--scale 0.01` is a country of small cities",
            country.cities,
            run.scale,
            bytes(scenario) / 1e9,
        )
    })
}

/// Whether the burnt-in country is kept while its runs are made.
fn keeps(scenario: &Scenario) -> bool {
    bytes(scenario) <= KEEP_UP_TO
}

/// Months that all cities simulate in all, for progress.
pub fn months(scenario: &Scenario) -> u64 {
    let run = &scenario.settings.run;
    let runs = planned(&scenario.settings.country.adopters).len() as u64;
    let burn_ins = if keeps(scenario) { 1 } else { runs };
    let each = burn_ins * (FOUNDING + u64::from(run.burn_in_months)) + runs * 12 * u64::from(run.years);
    each * u64::from(run.replicates) * u64::from(scenario.settings.country.cities)
}

/// Run every replicate, but those that are kept. One that was stopped before its end is left out.
pub fn run(scenario: &Scenario, watch: &Watch, kept: Option<&Kept>) -> Result<Countries, StudyError> {
    let mut replicates = Vec::new();
    let mut price_year = String::new();
    let all = scenario.settings.run.replicates;
    for number in 1..=all {
        let (replicate, year) = if let Some(before) = kept.and_then(|kept| kept.load(number)) {
            (0..months(scenario) / u64::from(all)).for_each(|_| watch.tick.month());
            before
        } else {
            let Some(done) = one_luck(scenario, number, watch)? else { break };
            if let Some(kept) = kept {
                kept.save(&done)?;
            }
            done
        };
        replicates.push(replicate);
        price_year = year;
    }
    let months = 12 * usize::from(scenario.settings.run.years);
    Ok(Countries { scale: scenario.settings.run.scale, months, price_year, replicates })
}

fn one_luck(
    scenario: &Scenario,
    number: u16,
    watch: &Watch,
) -> Result<Option<(Replicate, String)>, StudyError> {
    let all = planned(&scenario.settings.country.adopters);
    let mut runs = Vec::with_capacity(all.len());
    let (mut kept, mut traits, mut year, mut links) = (None, Vec::new(), String::new(), None);
    let mut usual: Option<Arc<Commuters>> = None;
    for (i, of) in all.iter().enumerate() {
        // The last run goes on with the country that was kept for it.
        let last = i + 1 == all.len();
        let burnt_in = if last { kept.take() } else { kept.clone() };
        let country = match burnt_in {
            Some(country) => country,
            None => {
                let (mut country, drawn) =
                    found_country(scenario, number, &|| (0..FOUNDING).for_each(|_| watch.tick.month()))?;
                if !burn_in(&mut country, watch)? {
                    return Ok(None);
                }
                traits = drawn;
                year.clone_from(&country.cities[0].price_year);
                if !last && keeps(scenario) {
                    kept = Some(country.clone());
                }
                country
            }
        };
        let regions: Vec<usize> = traits.iter().map(|of| of.region).collect();
        let adopts = regions.iter().enumerate().map(|(city, r)| adopts(of.adopters, city, *r)).collect();
        match under_policy(country, scenario, (*of, adopts), usual.clone(), watch)? {
            Some((run, country)) => {
                if of.adopters.is_none() && of.linked {
                    usual = Some(Arc::new(country.commuters_asked().clone()));
                    links = country.links().cloned();
                }
                runs.push(run);
            }
            None => return Ok(None),
        }
    }
    Ok(Some((Replicate { number, traits, runs, links }, year)))
}

/// Months before the start, in which no city feels another; false when it was stopped.
fn burn_in(country: &mut Country, watch: &Watch) -> Result<bool, StudyError> {
    let plans: Vec<Plan> = country.cities.iter().map(Plan::neutral).collect();
    let mut nothing = vec![(); country.cities.len()];
    for _ in 0..country.cities[0].burn_in {
        if watch.stop.load(Ordering::Relaxed) {
            return Ok(false);
        }
        country.step(&plans, &mut nothing, |_, _, _| watch.tick.month())?;
    }
    Ok(true)
}

/// The run proper, with the country at its end; none when it was stopped. `usual` is what cities asked of each other's people
/// in the run without policy.
fn under_policy(
    mut country: Country,
    scenario: &Scenario,
    (of, adopts): (Planned, Vec<bool>),
    usual: Option<Arc<Commuters>>,
    watch: &Watch,
) -> Result<Option<(CountryRun, Country)>, StudyError> {
    if of.linked {
        country.link(usual);
    }
    let plan = |(city, adopts): (&crate::world::City, &bool)| {
        if *adopts { Plan::new(&scenario.settings, city) } else { Plan::neutral(city) }
    };
    let plans: Vec<Plan> = country.cities.iter().zip(&adopts).map(plan).collect();
    let mut records: Vec<Record> = country.cities.iter().map(Record::new).collect();
    let mut books: Vec<CountryMonth> = Vec::new();
    for _ in 0..12 * scenario.settings.run.years {
        if watch.stop.load(Ordering::Relaxed) {
            return Ok(None);
        }
        books.push(country.step(&plans, &mut records, |record, city, books| {
            record.keep(city, books);
            watch.tick.month();
        })?);
    }
    let cities = records.iter().map(measures::of).collect();
    let run = CountryRun { adopters: of.adopters, linked: of.linked, adopts, cities, books };
    Ok(Some((run, country)))
}
