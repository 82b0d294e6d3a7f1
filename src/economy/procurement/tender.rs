//! One tender: who is invited, what they bid, who wins.

use super::score::{Bid, points};
use crate::base::draws::{Luck, Purpose};
use crate::base::money::pounds;
use crate::economy::plan::NeedRules;
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::contracts::Contract;
use crate::world::suppliers::SupplierId;

/// Social value every bid is taken to offer until bidders differ in it.
const SOCIAL_VALUE: f64 = 0.5;
/// How often a place in the list of invited bidders is tried before the cap on turnover is waived.
const TRIES: u32 = 12;
/// VAT at the standard rate: thresholds in law are values including VAT.
const WITH_VAT: f64 = 1.2;

/// The winning bid, and the tender it won.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Winner {
    pub supplier: u32,
    pub price: f64,
    pub quality: f64,
    pub lowest_price: f64,
    pub invited: u16,
    pub local_invited: u16,
}

/// Hold the tender for a need. `None` when nobody can be invited.
pub fn hold(city: &City, row: &Contract, rules: &NeedRules, luck: &Luck) -> Option<Winner> {
    let invited = invite(city, row, rules, luck);
    let months = city.contracts.categories[row.category as usize].months_median;
    let whole_life = pounds(row.monthly) * months * WITH_VAT;
    let may_prefer = whole_life <= rules.preference_up_to_gbp;
    let bids: Vec<Bid> = invited
        .iter()
        .map(|&i| {
            let s = SupplierId(i);
            let local = city.suppliers.zone[s] <= rules.local;
            bid(city, row, s, luck, may_prefer && local)
        })
        .collect();
    let lowest = bids.iter().map(|b| b.price).fold(f64::INFINITY, f64::min);
    let best = (0..bids.len()).max_by(|&a, &b| {
        let (pa, pb) = (points(&bids[a], lowest, rules), points(&bids[b], lowest, rules));
        pa.total_cmp(&pb)
            .then_with(|| tie(city, row, invited[b], luck).total_cmp(&tie(city, row, invited[a], luck)))
    })?;
    let in_city = |i: &&u32| city.suppliers.zone[SupplierId(**i)] == Zone::City;
    Some(Winner {
        supplier: invited[best],
        price: bids[best].price,
        quality: bids[best].quality,
        lowest_price: lowest,
        invited: invited.len() as u16,
        local_invited: invited.iter().filter(in_city).count() as u16,
    })
}

fn tie(city: &City, row: &Contract, supplier: u32, luck: &Luck) -> f64 {
    let identity = city.suppliers.identity[SupplierId(supplier)];
    luck.uniform(Purpose::AwardTie, row.need, identity as u32 ^ (identity >> 32) as u32)
}

/// The bidders: each place on the list falls to a zone by the category's shares; where too few would be local
/// under a lever, the last places that are not go to suppliers in the city.
fn invite(city: &City, row: &Contract, rules: &NeedRules, luck: &Luck) -> Vec<u32> {
    let category = &city.contracts.categories[row.category as usize];
    let places = u32::from(city.settings.procurement.bidders);
    let mut zones: Vec<usize> = (0..places)
        .map(|place| {
            let u = luck.uniform(Purpose::BidderKnows, row.need, place << 8);
            usize::from(u >= category.in_city) + usize::from(u >= category.in_city + category.in_region)
        })
        .collect();
    let local = zones.iter().filter(|z| **z == 0).count();
    let missing = usize::from(rules.local_invited).saturating_sub(local);
    for zone in zones.iter_mut().rev().filter(|z| **z != 0).take(missing) {
        *zone = 0;
    }
    let mut invited: Vec<u32> = Vec::new();
    for (place, zone) in zones.into_iter().enumerate() {
        if let Some(i) = candidate(city, row, zone, ((place as u32) << 8, &invited), luck) {
            invited.push(i);
        }
    }
    invited
}

/// A supplier of the zone that is open, not yet invited, and large enough for the contract under the cap on
/// its share of turnover; when no candidate is, the one that comes nearest (a consortium stands behind it).
fn candidate(
    city: &City,
    row: &Contract,
    zone: usize,
    (key, invited): (u32, &[u32]),
    luck: &Luck,
) -> Option<u32> {
    let pool = &city.contracts.pools[row.category as usize][zone];
    let cap = city.settings.procurement.turnover_cap;
    let (mut nearest, mut room_of_nearest) = (None, f64::MIN);
    for k in 0..TRIES {
        let i = pool.at(luck.uniform(Purpose::BidderKnows, row.need, key + 1 + k))?;
        let s = SupplierId(i);
        if !city.suppliers.active[s] || invited.contains(&i) {
            continue;
        }
        if zone > 0 {
            return Some(i);
        }
        let turnover = city.suppliers.expected[s].max(city.suppliers.normal_sales[s]) as f64;
        let room = cap * turnover - (city.suppliers.contract_income[s] + row.monthly) as f64;
        if room >= 0.0 {
            return Some(i);
        }
        if room > room_of_nearest {
            (nearest, room_of_nearest) = (Some(i), room);
        }
    }
    nearest
}

/// Price relative to cost at the start's wages; quality is the supplier's plus what the bid shows by chance.
fn bid(city: &City, row: &Contract, s: SupplierId, luck: &Luck, preferred: bool) -> Bid {
    let rules = &city.settings.procurement;
    let identity = city.suppliers.identity[s];
    let key = identity as u32 ^ (identity >> 32) as u32;
    let labour = city.suppliers.recipe[s].pay as f64 / crate::base::money::WHOLE as f64;
    let wages =
        if city.settings.mechanisms.prices { 1.0 + labour * (city.market.wage_index - 1.0) } else { 1.0 };
    let luck_of_price = luck.normal(Purpose::BidPrice, row.need, key);
    let luck_of_quality = luck.normal(Purpose::BidQuality, row.need, key);
    let quality = f64::from(city.suppliers.quality[s]) + 0.5 * rules.quality_spread * luck_of_quality;
    Bid {
        price: wages * libm::exp(rules.bid_price_spread * luck_of_price),
        quality: quality.clamp(0.0, 1.0),
        social_value: SOCIAL_VALUE,
        preferred,
    }
}
