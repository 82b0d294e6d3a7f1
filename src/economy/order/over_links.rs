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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::draws::Draws;
    use crate::place::{self, Place};
    use crate::scenario;
    use crate::world::synthesis;
    use std::path::Path;
    use std::sync::Arc;

    /// A small Leeds before its first month, its contracts as they were drawn.
    fn small_leeds() -> City {
        let ready = scenario::load("leeds/baseline", &["run.scale=0.01".to_owned()]).unwrap();
        let Ok(Place::City(facts)) = place::load("leeds", Path::new(".")) else { panic!("an embedded city") };
        let draws = Draws::new(1, 1);
        synthesis::draw(&facts, Arc::new(ready.settings), ready.start, &draws).close(&draws).unwrap()
    }

    /// Link by link, as the model's text has it. Returns sales by seller, and what each buyer buys in the country.
    fn plainly(city: &mut City, ratio: &[Share], mut room: Vec<Pence>) -> (Vec<Pence>, Vec<Pence>) {
        let (mut sold, mut elsewhere) = (vec![0; ratio.len()], vec![0; ratio.len()]);
        for (buyer, elsewhere) in elsewhere.iter_mut().enumerate() {
            for l in city.suppliers.links.range(buyer) {
                let link = city.suppliers.links.items()[l];
                let wanted = city.flows.links[l];
                let filled = part(wanted, ratio[link.seller as usize]);
                let mut unmet = wanted - filled;
                city.flows.links[l] = filled;
                sold[link.seller as usize] += filled;
                city.suppliers.turned_away[SupplierId(link.seller)] += unmet;
                if link.backup != NOBODY {
                    let left = &mut room[link.backup as usize];
                    let taken = unmet.min((*left).max(0));
                    *left -= taken;
                    unmet -= taken;
                    city.flows.backups[l] = taken;
                    sold[link.backup as usize] += taken;
                }
                *elsewhere += unmet;
            }
        }
        (sold, elsewhere)
    }

    /// Two fifths of sellers are full and the others have room for a few orders more, so that many ask the same one for the
    /// last of it: chunk by chunk comes to what link by link does, to the penny.
    #[test]
    fn as_link_by_link() {
        let mut city = small_leeds();
        let n = city.suppliers.len();
        let wanted: Vec<Pence> =
            (0..city.flows.links.len() as i64).map(|l| 1 + l * 7_919 % 100_003).collect();
        city.flows.links.clone_from(&wanted);
        city.flows.backups.iter_mut().for_each(|taken| *taken = 0);
        let ratio: Vec<Share> =
            (0..n as u64).map(|i| if i % 5 < 2 { (i * 104_729 % WHOLE) as Share } else { WHOLE }).collect();
        let room: Vec<Pence> =
            (0..n as i64).map(|i| if i % 5 < 2 { 0 } else { i % 9 * 10_000 - 10_000 }).collect();
        let mut over_links = vec![0; n];
        for (link, amount) in city.suppliers.links.items().iter().zip(&wanted) {
            over_links[link.seller as usize] += amount;
        }
        let mut plain = city.clone();
        let (sold, elsewhere) = plainly(&mut plain, &ratio, room.clone());
        let by_chunk = fill_links(&mut city, over_links, (&ratio, Room(room)));
        assert_eq!(by_chunk, sold);
        assert_eq!(city.flows.links, plain.flows.links);
        assert_eq!(city.flows.backups, plain.flows.backups);
        assert_eq!(city.suppliers.turned_away, plain.suppliers.turned_away);
        for (i, elsewhere) in (0..).zip(&elsewhere) {
            assert_eq!(city.flows.supplier[SupplierId(i)].outside_inputs[1], *elsewhere);
        }
        assert!(city.flows.backups.iter().filter(|taken| **taken > 0).count() > 100, "many stand in");
        assert!(elsewhere.iter().filter(|amount| **amount > 0).count() > 100);
    }
}
