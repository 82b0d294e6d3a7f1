//! Phase 5, pay: wages to residents and in-commuters, employer contributions, rent, and what firms do with
//! their surplus: interest, corporation tax, profit to owners.

mod credits;
mod owners;
mod packets;
mod rents;
mod surplus;
mod wages;

use super::books::Books;
use crate::base::draws::Draws;
use crate::world::City;
use rents::rents;
pub use surplus::borrow;
use surplus::surplus;
use wages::{anchors_borrow, set_pay_ratios, wages};

/// Pay wages, rent and the surplus of firms.
pub fn wages_rent_and_surplus(city: &mut City, draws: &Draws, books: &mut Books) {
    set_pay_ratios(city);
    wages(city, &draws.in_month(0), books);
    anchors_borrow(city, books);
    rents(city, books);
    surplus(city, books);
}
