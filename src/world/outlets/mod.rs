//! Where households shop: the sellers of each purchase, and each household's short list of them.

mod lists;
mod sellers;

use super::City;
use super::suppliers::SupplierId;
pub use lists::ShortLists;
pub use sellers::{Code, REGION, Sellers, TooManyOutlets};

/// Where a purchase is made: at the usual outlet, or at who stands in while it is vacant.
#[inline]
pub fn served_by(stand_in: &[u32], outlet: u32) -> usize {
    stand_in.get(outlet as usize).copied().unwrap_or(outlet) as usize
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
