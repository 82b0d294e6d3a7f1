//! What sellers fill of what is ordered over links, and who else is asked for the rest.

use super::capacity::Room;
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
    (ratio, mut room): (&[Share], Room),
) -> Vec<Pence> {
    let mut sold = over_links;
    for (sold, _) in sold.iter_mut().zip(ratio).filter(|(_, ratio)| **ratio != WHOLE) {
        *sold = 0;
    }
    let mut links = std::mem::take(&mut city.flows.links);
    let short = fill_rationed(city, &mut links, ratio);
    city.flows.links = links;
    // One by one, in the order of buyers: several may ask the same supplier for the same room.
    for of in short.iter().flatten() {
        sold[of.seller as usize] += of.filled;
        city.suppliers.turned_away[SupplierId(of.seller)] += of.unmet;
        let taken = if of.backup == NOBODY { 0 } else { room.take(of.backup, of.unmet) };
        if taken > 0 {
            city.flows.backups[of.link as usize] = taken;
            sold[of.backup as usize] += taken;
        }
        city.flows.supplier[SupplierId(of.buyer)].outside_inputs[1] += of.unmet - taken;
    }
    city.shelf.give(room.0);
    sold
}

/// A link whose seller is rationed: what it fills, and what is left to others.
struct Short {
    buyer: u32,
    link: u32,
    seller: u32,
    backup: u32,
    filled: Pence,
    unmet: Pence,
}

/// Fill the links whose seller is rationed as far as it can; all others are filled as they are ordered. Returns the former in
/// the order of buyers, chunk by chunk.
fn fill_rationed(city: &City, links: &mut [Pence], ratio: &[Share]) -> Vec<Vec<Short>> {
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
                    short.push(Short {
                        buyer: buyer as u32,
                        link: l as u32,
                        seller: link.seller,
                        backup: link.backup,
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
