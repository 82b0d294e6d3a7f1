//! What the whole city shares: the labour market's tightness and wages, and the outside demand.

use crate::base::money::Pence;
use crate::place::city::SECTORS;

/// Labour market and outside demand.
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    /// Wage of a new hire relative to the start, from tightness; 1 in the reference state.
    pub wage_index: f64,
    /// Vacancies over seekers, averaged; and its value at the end of burn-in.
    pub tightness: f64,
    pub reference_tightness: f64,
    /// Share of seekers who apply in a month; set during burn-in so that unemployment stays at the published rate.
    pub search_effort: f64,
    pub target_unemployment: f64,
    pub settling: Settling,
    /// Buckets in which vacancies are advertised: fixed at the start, so that one vacancy more changes only
    /// what the seekers who look in its bucket see.
    pub buckets: u32,
    /// Outside demand by sector, pence a month, and the part paid by region, country, world and government.
    pub exports: [Pence; SECTORS],
    pub export_payers: [[f64; 4]; SECTORS],
    /// Candidate sellers by sector for new links and outlets: rows and cumulated normal sales.
    pub outlet_pools: Vec<super::contracts::Pool>,
    pub link_pools: Vec<super::contracts::Pool>,
    /// Firms of the same trade, by sector, shops of section G last: who stands in for a vacant place.
    pub trades: Vec<super::contracts::Pool>,
    /// Sales in the city of each purchase by place: share sold in region, country, world, and to the water utility.
    pub place_of_sale: [[f64; 4]; crate::place::city::PURCHASES],
    /// Share of households' energy, water and repairs budgets that is the water bill.
    pub water_share: f64,
    pub vat_share: [crate::base::money::Share; crate::place::city::PURCHASES],
    /// Monthly hazard of closing in the first five years of age and after.
    pub closing_hazard: [f64; 6],
    /// Orders of last month over normal sales, by sector.
    pub demand_ratio: [f64; SECTORS],
    /// Firms closed and opened since the start.
    pub closed: u32,
    pub opened: u32,
    pub vacancies: u32,
    pub seekers: u32,
}

/// Running means of burn-in from which search effort is settled.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Settling {
    /// Residents who leave a job in a month.
    pub leavers: f64,
    /// Chance that an application succeeds.
    pub success: f64,
    pub vacancies: f64,
}

impl Market {
    /// A market in which nothing moves by itself: no labour market, no entry, no outlets to choose among.
    pub fn still() -> Market {
        Market {
            wage_index: 1.0,
            tightness: 0.0,
            reference_tightness: 0.0,
            search_effort: 0.0,
            target_unemployment: 0.0,
            settling: Settling::default(),
            buckets: 1,
            exports: [0; SECTORS],
            export_payers: [[0.0; 4]; SECTORS],
            outlet_pools: Vec::new(),
            link_pools: Vec::new(),
            trades: Vec::new(),
            place_of_sale: [[0.0; 4]; crate::place::city::PURCHASES],
            water_share: 0.0,
            vat_share: [0; crate::place::city::PURCHASES],
            closing_hazard: [0.0; 6],
            demand_ratio: [1.0; SECTORS],
            closed: 0,
            opened: 0,
            vacancies: 0,
            seekers: 0,
        }
    }
}
