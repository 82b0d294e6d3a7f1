//! Turnover of the enterprise behind each place of work: what a buyer asks for before it lets a contract.
//!
//! An enterprise of its own stands on its own sales. A branch stands on its group's turnover, drawn from a
//! lognormal law by form; bidders outside the city have no accounts of their own here and are drawn likewise.

use super::Work;
use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::money::{Pence, pence};
use crate::place::vocabulary::{Ownership, Zone};
use crate::world::suppliers::SupplierId;

/// Yearly turnover of groups, GBP: median by form, with the spread of the log below (assumed; groups with units
/// in several cities turn over tens to hundreds of millions).
const GROUP_MEDIAN_GBP: [(Ownership, f64); 4] = [
    (Ownership::LocalGroup, 12e6),
    (Ownership::NationalBranch, 60e6),
    (Ownership::MultinationalBranch, 300e6),
    (Ownership::Financialised, 40e6),
];
/// Independent bidders of the region (assumed).
const INDEPENDENT_OUTSIDE_GBP: f64 = 6e6;
const SPREAD: f64 = 1.2;

/// Note the turnover that each supplier can show.
pub fn standing(work: &mut Work, luck: &Luck) {
    for i in 0..work.suppliers.len() {
        let s = SupplierId::from_index(i);
        let form = work.suppliers.ownership[s];
        let own = work.suppliers.normal_sales[s];
        let group = GROUP_MEDIAN_GBP.iter().find(|(of, _)| *of == form).map(|(_, median)| *median);
        let outside = work.suppliers.zone[s] != Zone::City;
        let median = group.or(outside.then_some(INDEPENDENT_OUTSIDE_GBP));
        let z = luck.normal(Purpose::FirmMake, work.suppliers.identity[s], 9);
        let drawn = median.map_or(0, |m| pence(m * libm::exp(SPREAD * z) / 12.0)) as Pence;
        work.suppliers.turnover[s] = drawn.max(own);
    }
}
