//! A household's short list of outlets: the same few options for ever, so that a draw among them changes only
//! those who choose an option that a policy brings in or takes away.

mod lists;

use super::City;
use super::orgs::{OrgId, Outside};
use super::suppliers::SupplierId;
use crate::base::draws::{Luck, Purpose};
use crate::place::vocabulary::{Purchase, Zone};
pub use lists::ShortLists;

/// Which option of whom: place `k` on the short list of a household for a purchase.
#[derive(Clone, Copy, Debug)]
struct OptionOf {
    household: usize,
    number: u32,
}

/// Number of an option among the household's draws: where it lies. The next numbers decide whether it is the water
/// company, and which of the city's outlets it is.
#[inline]
fn number(purchase: usize, k: u32) -> u32 {
    (purchase as u32) << 8 | k << 2
}

/// The purchase and the place on the short list that a number stands for.
#[inline]
pub fn which(number: u32) -> (usize, u32) {
    ((number >> 8) as usize, (number & 0xff) >> 2)
}

/// Where a purchase is made: at the usual outlet, or at who stands in while it is vacant.
#[inline]
pub fn served_by(stand_in: &[u32], outlet: u32) -> usize {
    stand_in.get(outlet as usize).copied().unwrap_or(outlet) as usize
}

/// What is added to the number for the draw of the outlet in the city.
const MEMBER: u32 = 2;
const IS_WATER: u32 = 1;

/// Option `k` on the short list of a household for a purchase. `luck` is that of month 0 of the run.
pub fn option(city: &City, luck: &Luck, household: usize, purchase: usize, k: u32) -> OrgId {
    let number = number(purchase, k);
    let draw = |more: u32| luck.uniform(Purpose::OutletMake, household as u64, number + more);
    drawn(city, luck, OptionOf { household, number }, (draw(0), draw(MEMBER)))
}

/// The option that the draws of its place and of its outlet in the city come to.
#[inline]
fn drawn(city: &City, luck: &Luck, of: OptionOf, (place, member): (f64, f64)) -> OrgId {
    let (market, (purchase, _)) = (&city.market, which(of.number));
    let is_water =
        || luck.uniform(Purpose::OutletMake, of.household as u64, of.number + IS_WATER) < market.water_share;
    if purchase == Purchase::EnergyWaterRepairs.index()
        && let Some(water) = city.anchors.water
        && is_water()
    {
        return city.orgs.anchor(water as usize);
    }
    let mut at = place;
    for (zone, part) in Zone::ALL.iter().zip(market.place_of_sale[purchase]) {
        at -= part;
        if at < 0.0 {
            return match zone {
                Zone::City => market.outlet_pools[purchase]
                    .at(member)
                    .map_or(city.orgs.outside(Outside::RegionFirms), |s| city.orgs.supplier(s as usize)),
                _ => city.orgs.outside(Outside::firms(*zone)),
            };
        }
    }
    city.orgs.outside(Outside::CountryFirms)
}

/// How much a household is drawn to an option: outlets of its own ward more than others, closed ones not.
#[inline]
pub fn pull(city: &City, household: usize, option: u32) -> f64 {
    let i = option as usize;
    if i >= city.suppliers.len() {
        return 1.0;
    }
    let s = SupplierId(option);
    if !city.suppliers.active[s] {
        return 0.0;
    }
    let same = city.suppliers.ward[s] == city.households.ward.rows()[household];
    if same { city.settings.households.same_ward_pull } else { 1.0 }
}
