//! What suppliers can deliver, and the share of orders they fill.

use crate::base::col::Id;
use crate::base::money::{Pence, Share, WHOLE, over};
use crate::base::parallel::each_pair_into;
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::employers::EmployerId;
use crate::world::suppliers::SupplierId;

/// What suppliers can sell this month to those who order.
pub(super) struct Supply {
    /// The share of its orders that each fills.
    pub(super) ratio: Vec<Share>,
    pub(super) room: Room,
}

/// What each supplier could sell beyond all that is ordered of it: to buyers whose usual seller cannot fill their orders.
pub(super) struct Room(pub(super) Vec<Pence>);

impl Room {
    /// Take up to `amount` of the room that a supplier has left.
    pub(super) fn take(&mut self, supplier: u32, amount: Pence) -> Pence {
        let left = &mut self.0[supplier as usize];
        let taken = amount.min((*left).max(0));
        *left -= taken;
        taken
    }
}

/// More than anybody orders, and little enough to be added to.
const NO_LIMIT: Pence = Pence::MAX / 4;

/// The share of orders each supplier can fill: capacity less contracts and the sales to households that it
/// expects, over what is ordered; and what is left of that by those who fill all of them.
pub(super) fn rationing(city: &City, over_links: &[Pence], exports: &[Pence]) -> Supply {
    let of_each = |i: usize| {
        let s = SupplierId::from_index(i);
        if !city.suppliers.active[s] {
            return (0, 0);
        }
        if !city.settings.mechanisms.capacity {
            return (WHOLE, NO_LIMIT);
        }
        let ordered = over_links[i] + exports[i];
        let limit = capacity(city, s) - city.suppliers.sales[s] - city.suppliers.expected_consumption[s];
        if limit >= ordered || ordered == 0 || city.suppliers.zone[s] != Zone::City {
            (WHOLE, limit - ordered)
        } else {
            (over(limit.max(0) as u64, ordered as u64) as Share, 0)
        }
    };
    let n = city.suppliers.len();
    let (ratio, room) = each_pair_into((city.shelf.with_room(n), city.shelf.with_room(n)), n, of_each);
    Supply { ratio, room: Room(room) }
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
