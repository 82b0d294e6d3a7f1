//! What sellers fill of what is ordered over links, and who else is asked for the rest.

use super::capacity::{UNASKED, room};
use super::wanted::{BUYERS, by_chunk};
use crate::base::money::{Pence, Share, WHOLE, part};
use crate::world::City;
use crate::world::orgs::NOBODY;
use crate::world::suppliers::SupplierId;
use rayon::prelude::*;

/// What each seller fills of what is ordered over links, given what is ordered of each. What the usual seller cannot fill goes
/// to the next supplier known, as far as that one has room; the rest is bought in the country. Returns sales by seller.
pub(super) fn fill_links(
    city: &mut City,
    over_links: Vec<Pence>,
    ratio: &[Share],
    mut room: Room,
) -> Vec<Pence> {
    let mut sold = over_links;
    for (sold, _) in sold.iter_mut().zip(ratio).filter(|(_, ratio)| **ratio != WHOLE) {
        *sold = 0;
    }
    let mut links = std::mem::take(&mut city.flows.links);
    let short = fall_short(city, &mut links, ratio);
    city.flows.links = links;
    // In the order of buyers, who all ask the same suppliers.
    for of in short.iter().flatten() {
        sold[of.seller as usize] += of.filled;
        city.suppliers.turned_away[SupplierId(of.seller)] += of.unmet;
        let mut unmet = of.unmet;
        if of.backup != NOBODY && unmet > 0 {
            let taken = room.take(city, of.backup, unmet);
            city.flows.backups[of.link as usize] = taken;
            sold[of.backup as usize] += taken;
            unmet -= taken;
        }
        city.flows.supplier[SupplierId(of.buyer)].outside_inputs[1] += unmet;
    }
    city.shelf.give(room.0);
    sold
}

/// A link whose seller is rationed.
struct Short {
    buyer: u32,
    link: u32,
    seller: u32,
    /// The next supplier known, if it fills all its own orders: no other has room.
    backup: u32,
    filled: Pence,
    unmet: Pence,
}

/// The links whose seller is rationed, which are filled as far as it can; all others are filled as they are ordered. In the
/// order of buyers, chunk by chunk.
fn fall_short(city: &City, links: &mut [Pence], ratio: &[Share]) -> Vec<Vec<Short>> {
    let of = &city.suppliers.links;
    let chunks = by_chunk(city, links).into_par_iter().map(|(first, amounts)| {
        let mut short = Vec::new();
        let begin = of.range(first).start;
        for buyer in first..city.suppliers.len().min(first + BUYERS) {
            for l in of.range(buyer) {
                let link = &of.items()[l];
                let share = ratio[link.seller as usize];
                if share != WHOLE {
                    let wanted = amounts[l - begin];
                    let filled = part(wanted, share);
                    amounts[l - begin] = filled;
                    let has_room = ratio.get(link.backup as usize) == Some(&WHOLE);
                    short.push(Short {
                        buyer: buyer as u32,
                        link: l as u32,
                        seller: link.seller,
                        backup: if has_room { link.backup } else { NOBODY },
                        filled,
                        unmet: wanted - filled,
                    });
                }
            }
        }
        short
    });
    chunks.collect()
}

/// What suppliers that others turn to have room for; of some worked out when it is first asked for.
pub(super) struct Room(pub(super) Vec<Pence>);

impl Room {
    /// Take up to `amount` of what this supplier, which fills all its orders, has room for.
    fn take(&mut self, city: &City, supplier: u32, amount: Pence) -> Pence {
        let left = &mut self.0[supplier as usize];
        if *left == UNASKED {
            let bound = city.settings.mechanisms.capacity;
            *left = if bound { room(city, SupplierId(supplier)) } else { Pence::MAX / 4 };
        }
        let taken = amount.min((*left).max(0));
        *left -= taken;
        taken
    }
}
