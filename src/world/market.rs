//! What the whole city shares: the labour market's tightness and wages, and the outside demand.

use crate::base::money::Pence;
use crate::place::city::SECTORS;
use serde::{Deserialize, Serialize};

/// Labour market and outside demand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Market {
    /// Wage of a new hire relative to the start, from tightness; 1 in the reference state.
    pub wage_index: f64,
    /// Vacancies over seekers, averaged over the memory of pay and over that of people outside; and what both
    /// are at the end of burn-in.
    pub tightness: f64,
    pub tightness_seen_outside: f64,
    pub reference_tightness: f64,
    /// Applications a month for each post of full weight that somebody sees: of residents, set during burn-in so
    /// that unemployment is at the published rate; of people outside, so that posts stay open as long as they
    /// should.
    pub search: f64,
    pub search_from_outside: f64,
    /// Chance that somebody outside the labour force who would work starts to look, in the reference state.
    pub starts_looking: f64,
    pub target_unemployment: f64,
    pub settling: Settling,
    /// Bands of pay in which posts are advertised (upper edges, pence a month, all but the last), and the boards
    /// in each band. They are fixed at the start, so that one post more changes only what those see who look at
    /// its board.
    pub pay_bands: Vec<i32>,
    pub boards: u32,
    /// Outside demand by sector, pence a month, and the part paid by region, country, world and government.
    pub exports: [Pence; SECTORS],
    pub export_payers: [[f64; 4]; SECTORS],
    /// Candidate sellers by sector for new links and outlets: rows and cumulated normal sales.
    pub outlet_pools: Vec<super::contracts::Pool>,
    /// Among whom households choose.
    pub sellers: super::outlets::Sellers,
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
    /// Posts that stayed open at the end of the month, by employer and then age.
    pub open_posts: Vec<OpenPost>,
    /// Posts advertised in the month, and residents looking at its end.
    pub vacancies: u32,
    pub seekers: u32,
}

/// A post that is advertised.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenPost {
    /// Employer's row.
    pub employer: u32,
    /// Pay offered, pence a month at the start's wage level.
    pub pay: i32,
    /// What it takes up of the pay bill aimed at: the pay of who left it, or of the employer's average post.
    pub stands_for: i32,
    /// Which of the employer's posts, or `NOBODY` for one beyond those.
    pub post: u32,
    /// Sector of experience asked for, or `ANY_SECTOR`.
    pub sector: u8,
}

/// Stands for "no sector in particular".
pub const ANY_SECTOR: u8 = u8::MAX;

/// Running means of burn-in from which search is settled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settling {
    /// Residents who leave a job in a month; of them, because their firm closed.
    pub leavers: f64,
    pub dismissed: f64,
    /// Applications of residents that succeed, of all of them.
    pub success: f64,
    /// Worth of the posts that a seeker sees.
    pub seen: f64,
    /// Applications for a post in the city: all, residents', and those of people outside for a search rate of 1.
    pub applications: f64,
    pub residents: f64,
    pub outside: f64,
    /// Share of the posts in the city that are filled in a month.
    pub filled: f64,
    pub vacancies: f64,
    /// By how much more than these means say residents must look, summed up from unemployment off its target.
    pub correction: f64,
}

impl Market {
    /// The boards on which posts of this pay stand, or at which people look for such posts; random bits pick them
    /// within their bands. Fewer than 2^32 boards in all.
    #[inline(always)]
    pub fn boards_at<const N: usize>(&self, pay: [i32; N], bits: [u32; N]) -> [u32; N] {
        let mut band = [0u32; N];
        for edge in &self.pay_bands {
            for lane in 0..N {
                band[lane] = band[lane].wrapping_add((*edge <= pay[lane]).into());
            }
        }
        let mut boards = [0; N];
        for lane in 0..N {
            let lot = (u64::from(bits[lane]) * u64::from(self.boards)) >> 32;
            boards[lane] = band[lane].wrapping_mul(self.boards).wrapping_add(lot as u32);
        }
        boards
    }
    /// Boards in all bands.
    pub fn all_boards(&self) -> usize {
        (self.pay_bands.len() + 1) * self.boards as usize
    }
    /// Averaged tightness over that of the reference state, within bounds.
    pub fn relative_tightness(&self) -> f64 {
        (self.tightness / self.reference_tightness.max(1e-9)).clamp(0.2, 5.0)
    }
    /// A market in which nothing moves by itself: no labour market, no entry, no outlets to choose among.
    pub fn still() -> Market {
        Market {
            wage_index: 1.0,
            tightness: 0.0,
            tightness_seen_outside: 0.0,
            reference_tightness: 0.0,
            search: 0.0,
            search_from_outside: 0.0,
            starts_looking: 0.0,
            target_unemployment: 0.0,
            settling: Settling::default(),
            pay_bands: Vec::new(),
            boards: 1,
            exports: [0; SECTORS],
            export_payers: [[0.0; 4]; SECTORS],
            outlet_pools: Vec::new(),
            sellers: Default::default(),
            link_pools: Vec::new(),
            trades: Vec::new(),
            place_of_sale: [[0.0; 4]; crate::place::city::PURCHASES],
            water_share: 0.0,
            vat_share: [0; crate::place::city::PURCHASES],
            closing_hazard: [0.0; 6],
            demand_ratio: [1.0; SECTORS],
            closed: 0,
            opened: 0,
            open_posts: Vec::new(),
            vacancies: 0,
            seekers: 0,
        }
    }
}
