//! The labour market's reference state.

use crate::base::money::share;
use crate::place::city::{City as Facts, SECTORS};
use crate::scenario::settings::Settings;
use crate::world::market::Market;
use crate::world::synthesis::firms::{MEAN_AGE, mean_hazard_of_size};
use crate::world::workers::{Status, Workers};
use rayon::prelude::*;

/// Search rates of residents and of people outside from which burn-in starts.
const FIRST_SEARCH: [f64; 2] = [0.07, 0.007];

/// Most bands of pay in which posts are advertised apart.
const MOST_BANDS: usize = 20;

/// The labour market's reference state, and the outside demand still to be filled in.
pub fn market(facts: &Facts, settings: &Settings, workers: &Workers) -> Market {
    let posts = workers.status.iter().filter(|s| **s == Status::Employed).count() as f64;
    let seekers = workers.status.iter().filter(|s| **s == Status::Seeking).count().max(1) as f64;
    let would_work = (0..workers.residents)
        .filter(|w| workers.status.rows()[*w] == Status::Inactive && workers.skill_pay.rows()[*w] > 0)
        .count()
        .max(1) as f64;
    let rules = &settings.labour;
    let vacancies = posts * rules.separation_monthly * rules.vacancy_months;
    let tightness = vacancies / seekers;
    let boards = vacancies / f64::from(rules.vacancies_seen.max(1));
    let bands = (boards as usize).clamp(1, MOST_BANDS);
    let pay_bands = equal_bands(workers, bands);
    Market {
        wage_index: 1.0,
        tightness,
        tightness_seen_outside: tightness,
        reference_tightness: tightness,
        search: FIRST_SEARCH[0],
        search_from_outside: FIRST_SEARCH[1],
        // As many start to look as give up at the published rate of unemployment.
        starts_looking: (rules.gives_up_monthly * seekers / would_work).min(1.0),
        settling: Default::default(),
        target_unemployment: facts.people.unemployment_rate,
        pay_bands,
        boards: (boards / bands as f64).round().max(1.0) as u32,
        exports: [0; SECTORS],
        export_payers: facts_payers(facts),
        outlet_pools: Vec::new(),
        sellers: Default::default(),
        link_pools: Vec::new(),
        trades: Vec::new(),
        place_of_sale: facts.consumption.place_of_sale,
        water_share: facts.consumption.water_share,
        vat_share: facts.consumption.vat_share.map(share),
        closing_hazard: closing_hazard(facts),
        demand_ratio: [1.0; SECTORS],
        closed: 0,
        opened: 0,
        open_posts: Vec::new(),
        vacancies: vacancies as u32,
        seekers: seekers as u32,
    }
}

/// Upper edges of bands of pay with equal numbers of jobs at the start.
fn equal_bands(workers: &Workers, bands: usize) -> Vec<i32> {
    let mut pay: Vec<i32> = workers.pay.iter().copied().filter(|p| *p > 0).collect();
    pay.par_sort_unstable();
    (1..bands).filter_map(|k| pay.get(pay.len() * k / bands).copied()).collect()
}

fn facts_payers(facts: &Facts) -> [[f64; 4]; SECTORS] {
    let mut payers = [[0.0; 4]; SECTORS];
    for of in &facts.sectors {
        payers[of.sector.index()] = of.export_payers;
    }
    payers
}

/// Monthly hazards of small firms: those that give the published survival in the first five years, and for older
/// firms what then makes up the published death rate of all enterprises at the ages and sizes of the start.
fn closing_hazard(facts: &Facts) -> [f64; 6] {
    let mut hazard = [0.0; 6];
    let mut before = 1.0;
    for (year, alive) in facts.demography.survival.iter().enumerate() {
        hazard[year] = 1.0 - libm::pow((alive / before).clamp(0.01, 1.0), 1.0 / 12.0);
        before = *alive;
    }
    let younger_than = |years: f64| 1.0 - libm::exp(-years / MEAN_AGE);
    let young: f64 =
        (0..5).map(|y| hazard[y] * (younger_than(y as f64 + 1.0) - younger_than(y as f64))).sum();
    let of_small = facts.demography.death_rate / 12.0 / mean_hazard_of_size(facts);
    hazard[5] = ((of_small - young) / (1.0 - younger_than(5.0))).max(0.0);
    hazard
}
