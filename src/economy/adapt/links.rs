//! Buyers look again at their sellers of inputs.

use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::money::part;
use crate::world::City;
use crate::world::suppliers::SupplierId;

/// Now and then a buyer looks again at one of its links, and takes a seller of the same sector that is open
/// and large enough; a seller that has closed is replaced as soon as the buyer looks.
pub(super) fn buyers_review(city: &mut City, luck: &Luck) {
    let chance = city.settings.firms.link_review_monthly;
    for i in 0..city.suppliers.len() {
        let identity = city.suppliers.identity[SupplierId::from_index(i)];
        for (k, l) in city.suppliers.links.range(i).enumerate() {
            let link = city.suppliers.links.items()[l];
            let closed = !city.suppliers.active[SupplierId(link.seller)];
            let looks = if closed { 12.0 * chance } else { chance };
            if luck.uniform(Purpose::LinkChoice, identity, (k as u32) << 8) < looks
                && let Some(seller) = new_seller(city, (i, link.seller, k as u32), luck)
            {
                city.suppliers.links.items_mut()[l].seller = seller;
            }
        }
    }
}

fn new_seller(city: &City, (buyer, now, k): (usize, u32, u32), luck: &Luck) -> Option<u32> {
    let b = SupplierId::from_index(buyer);
    let link = city.suppliers.links.row(buyer)[k as usize];
    let order = part(city.suppliers.expected[b], link.share);
    let pool = &city.market.link_pools[city.suppliers.sector[SupplierId(now)].index()];
    (1..7).find_map(|t| {
        let seller = pool.at(luck.uniform(Purpose::LinkChoice, city.suppliers.identity[b], k << 8 | t))?;
        let s = SupplierId(seller);
        let large_enough = city.suppliers.normal_sales[s] / 4 >= order;
        (seller as usize != buyer && city.suppliers.active[s] && large_enough).then_some(seller)
    })
}
