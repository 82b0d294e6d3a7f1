//! What suppliers can deliver, and the share of orders they fill.

use crate::base::col::Id;
use crate::base::money::{Pence, Share, WHOLE, over};
use crate::base::parallel::each_pair_into;
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::employers::EmployerId;
use crate::world::suppliers::SupplierId;

/// What suppliers can fill this month.
pub(super) struct Filled {
    /// The share of its orders that each fills.
    pub(super) ratio: Vec<Share>,
    /// Of those in the city that fill all of them, the room for more; [`UNASKED`] of all others.
    pub(super) room: Vec<Pence>,
}

/// Room that nobody has asked for yet.
pub(super) const UNASKED: Pence = Pence::MIN;

/// The share of orders each supplier can fill: capacity less contracts and the sales to households that it
/// expects, over what is ordered.
pub(super) fn rationing(city: &City, over_links: &[Pence], exports: &[Pence]) -> Filled {
    let filled = |i: usize| {
        let s = SupplierId::from_index(i);
        if !city.suppliers.active[s] {
            return (0, UNASKED);
        }
        if !city.settings.mechanisms.capacity || city.suppliers.zone[s] != Zone::City {
            return (WHOLE, UNASKED);
        }
        let ordered = over_links[i] + exports[i];
        let room = room(city, s);
        if room >= ordered || ordered == 0 {
            // What is ordered over links is sold within the room that exports leave.
            (WHOLE, room - exports[i])
        } else {
            (over(room.max(0) as u64, ordered as u64) as Share, UNASKED)
        }
    };
    let n = city.suppliers.len();
    let (ratio, room) = each_pair_into((city.shelf.with_room(n), city.shelf.with_room(n)), n, filled);
    Filled { ratio, room }
}

/// What a supplier can deliver beyond what it has sold so far and expects to sell to households.
pub(super) fn room(city: &City, s: SupplierId) -> Pence {
    capacity(city, s) - city.suppliers.sales[s] - city.suppliers.expected_consumption[s]
}

/// Net sales a month that a supplier's staff can deliver, with the slack firms keep. Where there are none the
/// owner's work counts as half a post.
pub fn capacity(city: &City, s: SupplierId) -> Pence {
    let pay = city.suppliers.recipe[s].pay;
    if pay == 0 {
        return city.suppliers.normal_sales[s] * 4;
    }
    let e = EmployerId::from_index(s.index());
    let owners =
        if city.employers.headcount[e] == 0 { Pence::from(city.employers.pay_level[e] / 2) } else { 0 };
    let bill = city.employers.wage_bill[e].max(owners);
    let at_rest = over(bill.max(0) as u64, pay);
    // To change 128 bits into a real is a call, and almost none have as many.
    let at_rest = u64::try_from(at_rest).map_or_else(|_| at_rest as f64, |at_rest| at_rest as f64);
    (at_rest * (1.0 + city.settings.firms.capacity_slack)) as Pence
}
