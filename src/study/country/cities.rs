//! The cities of a country: how each differs from Leeds, and each founded with a luck of its own.

use crate::base::draws::{Draws, Purpose};
use crate::economy::country::{Country, Geography, Mix, city_name};
use crate::measure::country::Traits;
use crate::place::city::{City as Facts, SECTORS};
use crate::place::{self, Difference, PlaceError};
use crate::scenario::Scenario;
use crate::scenario::settings::Settings;
use crate::study::{StudyError, found};
use crate::world::City;
use rayon::prelude::*;
use std::sync::Arc;

/// Flegg's delta moves against localness by this part of it (assumed: 0.25 of spread is 0.06 of delta, as wide as the range
/// of published work about 0.25).
const DELTA_PER_SHIFT: f64 = -0.25;
/// Within what the settings of a city may be.
const MOST_SHIFT: f64 = 5.0;

/// A city as drawn.
struct Drawn {
    facts: Facts,
    settings: Settings,
    traits: Traits,
}

/// The luck of one city: the country's own for the first, so that with no spread it is Leeds as it would be by itself.
pub fn luck_of(seed: u64, replicate: u16, city: usize) -> Draws {
    // The finaliser of SplitMix64 (Steele, Lea and Flood 2014) spreads neighbouring numbers over all seeds.
    let mut z = (city as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    Draws::new(seed ^ z ^ z >> 31, replicate)
}

/// The cities of a replicate, founded and not linked; `told` is called for each.
pub fn found_country(
    scenario: &Scenario,
    replicate: u16,
    told: &(dyn Fn() + Sync),
) -> Result<(Country, Vec<Traits>), StudyError> {
    let (run, rules) = (&scenario.settings.run, &scenario.settings.country);
    let plain = place::like_leeds(&scenario.settings.city, &Difference::default()).map_err(place_error)?;
    let one = |i: usize| -> Result<((City, Draws, Mix), Traits), StudyError> {
        let Drawn { facts, settings, traits } = draw(scenario, &plain, replicate, i)?;
        let draws = luck_of(run.seed, replicate, i);
        let mix = Mix::of(&facts);
        let mut city = found(&facts, Arc::new(settings), scenario.start, &draws)?;
        city.name = city_name(i);
        told();
        Ok(((city, draws, mix), traits))
    };
    let founded: Result<Vec<_>, StudyError> =
        (0..usize::from(rules.cities)).into_par_iter().map(one).collect();
    let (cities, traits) = founded?.into_iter().unzip();
    Ok((Country::new(cities, rules, &Draws::new(run.seed, replicate)), traits))
}

fn place_error(error: PlaceError) -> StudyError {
    StudyError::Scenario(error.into())
}

fn draw(scenario: &Scenario, plain: &Facts, replicate: u16, i: usize) -> Result<Drawn, StudyError> {
    let mut settings = scenario.settings.clone();
    let rules = settings.country.clone();
    let luck = Draws::new(settings.run.seed, replicate).in_month(0);
    let normal = |purpose, k| luck.normal(purpose, i as u64, k);
    let localness = rules.localness_spread * normal(Purpose::CityLocalness, 0);
    let deprivation = rules.deprivation_spread * normal(Purpose::CityDeprivation, 0);
    let mut difference = Difference { deprivation, ..Difference::default() };
    if rules.sector_mix_spread > 0.0 {
        difference.jobs =
            std::array::from_fn(|k| libm::exp(rules.sector_mix_spread * normal(Purpose::CityMix, k as u32)));
    }
    let of = &mut settings.city;
    let shift = |setting: &mut f64| *setting = (*setting + localness).clamp(-MOST_SHIFT, MOST_SHIFT);
    [&mut of.anchors_local_shift, &mut of.shopping_local_shift, &mut of.residents_jobs_shift]
        .into_iter()
        .for_each(shift);
    of.flq_delta_added = (of.flq_delta_added + DELTA_PER_SHIFT * localness).clamp(-0.25, 0.75);
    let facts = place::like_leeds(&settings.city, &difference).map_err(place_error)?;
    settings.run.seed = luck_of(settings.run.seed, replicate, i).seed;
    settings.tracer.on = false;
    let region = Geography::new(usize::from(rules.cities), usize::from(rules.regions)).region(i);
    let traits = Traits { region, localness, deprivation, mix: distance(plain, &facts) };
    Ok(Drawn { facts, settings, traits })
}

/// Half of the sum of differences in the shares of jobs.
fn distance(a: &Facts, b: &Facts) -> f64 {
    let all = |of: &Facts| of.sectors.iter().map(|s| s.jobs).sum::<f64>();
    let (all_a, all_b) = (all(a), all(b));
    let gap = |k: usize| (a.sectors[k].jobs / all_a - b.sectors[k].jobs / all_b).abs();
    (0..SECTORS).map(gap).sum::<f64>() / 2.0
}
