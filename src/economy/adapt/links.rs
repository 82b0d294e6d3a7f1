//! Buyers look again at their sellers of inputs.

use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose, open_unit_32};
use crate::base::money::part;
use crate::base::parallel::map_chunks;
use crate::base::philox_wide::{WIDE, lanes_of};
use crate::world::City;
use crate::world::suppliers::SupplierId;
use std::ops::Range;

/// Links that change, and the seller that each leads to from now on.
pub(super) type Changes = Vec<(usize, u32)>;

/// Now and then a buyer looks again at one of its links, and takes a seller of the same sector that is open
/// and large enough; a seller that has closed is replaced as soon as the buyer looks. In the order of links.
pub(super) fn buyers_review(city: &City, luck: &Luck) -> Changes {
    map_chunks(city.suppliers.len(), BUYERS, |range| reviews(city, luck, range)).concat()
}

/// Buyers that one thread takes at a time: few, since most links are those of firms that stand together.
const BUYERS: usize = 1_024;

/// Links that share a block of random bits.
const PER_BLOCK: usize = 4;

/// The links of these buyers that change, and whom they lead to.
fn reviews(city: &City, luck: &Luck, buyers: Range<usize>) -> Changes {
    let chance = city.settings.firms.link_review_monthly;
    let links = &city.suppliers.links;
    // The links of a buyer by fours, which share a block of random bits, a word each; those of all buyers, since few have
    // as many as are drawn for at once.
    let blocks = |i: usize| (0..links.range(i).len().div_ceil(PER_BLOCK) as u32).map(move |b| (i as u32, b));
    let all: Vec<(u32, u32)> = buyers.flat_map(blocks).collect();
    let mut changes = Vec::new();
    for some in all.chunks(WIDE) {
        let mut identities = [0; WIDE];
        for (identity, (buyer, _)) in identities.iter_mut().zip(some) {
            *identity = city.suppliers.identity[SupplierId(*buyer)];
        }
        let words = luck.blocks_of(Purpose::LinkChoice, identities, lanes_of(some, |(_, b)| b << 8));
        for (lane, (buyer, block)) in some.iter().enumerate() {
            let (range, first) = (links.range(*buyer as usize), *block as usize * PER_BLOCK);
            for (k, word) in (first..range.len()).zip(&words) {
                let l = range.start + k;
                let seller = links.items()[l].seller;
                let closed = !city.suppliers.active[SupplierId(seller)];
                let looks = if closed { 12.0 * chance } else { chance };
                if open_unit_32(word[lane]) < looks {
                    let new = new_seller(city, (*buyer as usize, seller, k as u32), luck);
                    changes.extend(new.map(|seller| (l, seller)));
                }
            }
        }
    }
    changes
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
