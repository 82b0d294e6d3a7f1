//! A household's short list of outlets: the same few options for ever, so that a draw among them changes only
//! those who choose an option that a policy brings in or takes away.

use super::City;
use super::market::Market;
use super::orgs::{OrgId, Outside};
use super::suppliers::SupplierId;
use crate::base::draws::{Luck, Purpose};
use crate::place::vocabulary::{Purchase, Zone};

/// Option `k` on the short list of a household for a purchase. `luck` is that of month 0 of the run.
pub fn option(city: &City, luck: &Luck, household: usize, purchase: usize, k: u32) -> OrgId {
    let market: &Market = &city.market;
    let number = (purchase as u32) << 8 | k << 2;
    let u = luck.uniform(Purpose::OutletMake, household as u64, number);
    if purchase == Purchase::EnergyWaterRepairs.index()
        && let Some(water) = city.anchors.water
        && luck.uniform(Purpose::OutletMake, household as u64, number + 1) < city.market.water_share
    {
        return city.orgs.anchor(water as usize);
    }
    let mut at = u;
    for (zone, part) in Zone::ALL.iter().zip(market.place_of_sale[purchase]) {
        at -= part;
        if at < 0.0 {
            return match zone {
                Zone::City => in_city(city, luck, household, purchase, number),
                _ => city.orgs.outside(Outside::firms(*zone)),
            };
        }
    }
    city.orgs.outside(Outside::CountryFirms)
}

fn in_city(city: &City, luck: &Luck, household: usize, purchase: usize, number: u32) -> OrgId {
    city.market.outlet_pools[purchase]
        .at(luck.uniform(Purpose::OutletMake, household as u64, number + 2))
        .map_or(city.orgs.outside(Outside::RegionFirms), |s| city.orgs.supplier(s as usize))
}

/// How much a household is drawn to an option: outlets of its own ward more than others, closed ones not.
pub fn pull(city: &City, household: usize, option: OrgId) -> f64 {
    let i = option.0 as usize;
    if i >= city.suppliers.len() {
        return 1.0;
    }
    let s = SupplierId(option.0);
    if !city.suppliers.active[s] {
        return 0.0;
    }
    let same = city.suppliers.ward[s] == city.households.ward.rows()[household];
    if same { city.settings.households.same_ward_pull } else { 1.0 }
}
