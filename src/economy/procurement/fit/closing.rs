//! The last step of the fit. A few contracts are so large that a stock misses the shares in the data by luck alone: single
//! contracts are let again, with other luck, and the outcome stands where it brings the stock nearer
//! (combinatorial optimisation as in spatial microsimulation, Voas and Williamson 2000).

use super::super::package::Tender;
use super::super::{Chance, route, score};
use super::shares::small_aims;
use crate::base::draws::{Draws, Purpose};
use crate::base::parallel::map_chunks;
use crate::economy::plan::Rules;
use crate::place;
use crate::place::vocabulary::{AnchorKind, Buyers};
use crate::world::City;
use crate::world::contracts::Contract;
use crate::world::orgs::NOBODY;
use crate::world::pools::{Pool, is_small};
use crate::world::suppliers::SupplierId;

/// How near is near enough, over the aim: share of the largest anchors' spend in the city, in the rest of the region; what
/// small enterprises hold of each kind of buyer's contracts.
const CLOSE: [f64; 2] = [0.01, 0.05];
const CLOSE_SMALL: f64 = 0.03;
/// Contracts tried at a time, and how often at most.
const TRIED: usize = 64;
const TIMES: u16 = 100;

/// Let single contracts again until the stock has the shares, or no more luck is to be had.
pub(super) fn close(city: &mut City, rules: &Rules, stock: &[Tender], draws: &Draws) {
    let fixed = draws.in_month(0);
    let mut shares = Shares::of(city);
    // Large contracts move the shares most, and are the fewest.
    let weight = |(i, row): (usize, &Contract)| (i as u32, libm::sqrt(row.monthly as f64));
    let free = |(i, _): &(usize, &Contract)| !stock[*i].extends;
    let pool = Pool::new(city.contracts.rows.iter().enumerate().filter(free).map(weight));
    for time in 0..TIMES {
        if shares.are_close() {
            return;
        }
        let chance = Chance { month: draws.in_month(u16::MAX / 2 - time), fixed };
        let picked = |k: u32| pool.at(chance.month.uniform(Purpose::ContractMake, u64::from(k), 64));
        let mut tried: Vec<usize> = (0..TRIED as u32).filter_map(picked).map(|i| i as usize).collect();
        tried.sort_unstable();
        tried.dedup();
        let read: &City = city;
        let contests = map_chunks(tried.len(), 8, |range| {
            tried[range].iter().map(|i| score::hold(read, rules, &stock[*i], 0, &chance)).collect::<Vec<_>>()
        })
        .concat();
        for (i, contest) in tried.into_iter().zip(contests) {
            let Some(bid) = contest.winner.map(|w| contest.bids[w]) else { continue };
            let row = city.contracts.rows[i];
            let before = shares.miss();
            shares.count(city, &row, row.supplier, -1.0);
            shares.count(city, &row, bid.supplier.0, 1.0);
            if shares.miss() < before {
                super::take(city, i, stock[i].route, &bid);
            } else {
                shares.count(city, &row, bid.supplier.0, -1.0);
                shares.count(city, &row, row.supplier, 1.0);
            }
        }
    }
}

/// The shares in the data and those of the stock, in pence a month.
struct Shares {
    /// Does the published share by place describe this anchor?
    covered: Vec<bool>,
    in_zone: [f64; 2],
    zone_aim: [f64; 2],
    /// By kind of buyer: held by small enterprises, and all.
    small: [f64; Buyers::COUNT],
    all: [f64; Buyers::COUNT],
    small_aim: [f64; Buyers::COUNT],
}

impl Shares {
    fn of(city: &City) -> Shares {
        let of = city.anchors.kind.rows().iter().zip(city.anchors.procurement.rows());
        let largest =
            place::largest_anchors(of.map(|(kind, p)| (kind.unwrap_or(AnchorKind::Council), *p as f64)));
        let mut out = Shares {
            covered: (0..city.anchors.len()).map(|a| largest.contains(&a)).collect(),
            in_zone: [0.0; 2],
            zone_aim: [0.0; 2],
            small: [0.0; Buyers::COUNT],
            all: [0.0; Buyers::COUNT],
            small_aim: small_aims(city),
        };
        for row in &city.contracts.rows {
            let amount = row.monthly as f64;
            if out.covered[row.anchor as usize] {
                let category = &city.contracts.categories[row.category as usize];
                out.zone_aim[0] += amount * category.in_city;
                out.zone_aim[1] += amount * category.in_region;
            }
            out.all[route::buyer(city, row.anchor)] += amount;
            out.count(city, row, row.supplier, 1.0);
        }
        out
    }

    /// Add (1) or take away (-1) what a supplier holds or would hold.
    fn count(&mut self, city: &City, row: &Contract, supplier: u32, sign: f64) {
        if supplier == NOBODY {
            return;
        }
        let (s, amount) = (SupplierId(supplier), sign * row.monthly as f64);
        if self.covered[row.anchor as usize]
            && let Some(held) = self.in_zone.get_mut(city.suppliers.zone[s].index())
        {
            *held += amount;
        }
        if is_small(city, s) {
            self.small[route::buyer(city, row.anchor)] += amount;
        }
    }

    /// Each share's distance from its aim, as a multiple of what is near enough; nought where nothing is aimed at.
    fn misses(&self) -> impl Iterator<Item = f64> {
        let relative = |of: f64, aim: f64| if aim > 0.0 { (of - aim).abs() / aim } else { 0.0 };
        let by_place = (0..2).map(move |z| relative(self.in_zone[z], self.zone_aim[z]) / CLOSE[z]);
        let with_small = (0..Buyers::COUNT)
            .map(move |k| relative(self.small[k], self.all[k] * self.small_aim[k]) / CLOSE_SMALL);
        by_place.chain(with_small)
    }

    fn miss(&self) -> f64 {
        self.misses().map(|m| m * m).sum()
    }

    fn are_close(&self) -> bool {
        self.misses().all(|m| m <= 1.0)
    }
}
