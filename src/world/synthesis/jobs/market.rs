//! The labour market's reference state.

use crate::base::money::share;
use crate::place::city::{City as Facts, SECTORS};
use crate::scenario::settings::Settings;
use crate::world::market::Market;
use crate::world::workers::{Status, Workers};

/// The labour market's reference state, and the outside demand still to be filled in.
pub fn market(facts: &Facts, settings: &Settings, workers: &Workers) -> Market {
    let posts = workers.status.iter().filter(|s| **s == Status::Employed).count() as f64;
    let seekers = workers.status.iter().filter(|s| **s == Status::Seeking).count().max(1) as f64;
    let vacancies = posts * settings.labour.separation_monthly;
    let tightness = vacancies / seekers;
    Market {
        wage_index: 1.0,
        tightness,
        reference_tightness: tightness,
        search_effort: 0.5,
        settling: Default::default(),
        target_unemployment: facts.people.unemployment_rate,
        buckets: ((vacancies / f64::from(settings.labour.vacancies_seen.max(1))).round() as u32).max(1),
        exports: [0; SECTORS],
        export_payers: facts_payers(facts),
        outlet_pools: Vec::new(),
        link_pools: Vec::new(),
        trades: Vec::new(),
        place_of_sale: facts.consumption.place_of_sale,
        water_share: facts.consumption.water_share,
        vat_share: facts.consumption.vat_share.map(share),
        closing_hazard: closing_hazard(facts),
        demand_ratio: [1.0; SECTORS],
        closed: 0,
        opened: 0,
        vacancies: vacancies as u32,
        seekers: seekers as u32,
    }
}

fn facts_payers(facts: &Facts) -> [[f64; 4]; SECTORS] {
    let mut payers = [[0.0; 4]; SECTORS];
    for of in &facts.sectors {
        payers[of.sector.index()] = of.export_payers;
    }
    payers
}

/// Monthly hazards that give the published survival of young firms, and the published death rate among the
/// older ones (whose mean age is taken to be long beside five years).
fn closing_hazard(facts: &Facts) -> [f64; 6] {
    let mut hazard = [0.0; 6];
    let mut before = 1.0;
    for (year, alive) in facts.demography.survival.iter().enumerate() {
        hazard[year] = 1.0 - libm::pow((alive / before).clamp(0.01, 1.0), 1.0 / 12.0);
        before = *alive;
    }
    hazard[5] = 0.5 * facts.demography.death_rate / 12.0;
    hazard
}
