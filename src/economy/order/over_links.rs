//! What sellers fill of what is ordered over links, and who else is asked for the rest.

use super::capacity::capacity;
use crate::base::col::Id;
use crate::base::money::{Pence, Share, WHOLE, part};
use crate::base::parallel;
use crate::world::City;
use crate::world::orgs::NOBODY;
use crate::world::suppliers::SupplierId;

/// What each seller fills of what is ordered over links, given what is ordered of each. What the usual seller cannot fill goes
/// to the next supplier known, as far as that one has room; the rest is bought in the country. Returns sales by seller.
pub(super) fn fill_links(city: &mut City, over_links: Vec<Pence>, ratio: &[Share]) -> Vec<Pence> {
    let mut sold = over_links;
    for (sold, _) in sold.iter_mut().zip(ratio).filter(|(_, ratio)| **ratio != WHOLE) {
        *sold = 0;
    }
    let mut room = Room(city.shelf.zeros(city.suppliers.len()));
    room.0.fill(UNASKED);
    for (buyer, l) in short_of(city, ratio) {
        let link = city.suppliers.links.items()[l];
        let wanted = city.flows.links[l];
        let filled = part(wanted, ratio[link.seller as usize]);
        let mut unmet = wanted - filled;
        city.flows.links[l] = filled;
        sold[link.seller as usize] += filled;
        if unmet > 0 {
            let seller = SupplierId(link.seller);
            city.suppliers.turned_away[seller] += unmet;
            if link.backup != NOBODY && city.suppliers.active[SupplierId(link.backup)] {
                let taken = room.take(city, (link.backup, ratio[link.backup as usize]), unmet);
                city.flows.backups[l] = taken;
                sold[link.backup as usize] += taken;
                unmet -= taken;
            }
            city.flows.supplier[SupplierId::from_index(buyer)].outside_inputs[1] += unmet;
        }
    }
    city.shelf.give(room.0);
    sold
}

/// The links whose seller is rationed, with their buyers; all others are filled as they are ordered.
fn short_of(city: &City, ratio: &[Share]) -> Vec<(usize, usize)> {
    const BUYERS: usize = 2_048;
    let links = &city.suppliers.links;
    let short = parallel::map_chunks(city.suppliers.len(), BUYERS, |buyers| {
        let of_buyer = |buyer| links.range(buyer).map(move |l| (buyer, l));
        let rationed = |(_, l): &(usize, usize)| ratio[links.items()[*l].seller as usize] != WHOLE;
        buyers.flat_map(of_buyer).filter(rationed).collect::<Vec<_>>()
    });
    short.concat()
}

/// What suppliers that others turn to have room for; worked out when it is first asked for.
struct Room(Vec<Pence>);

const UNASKED: Pence = Pence::MIN;

impl Room {
    /// Take up to `amount` of what this supplier, which fills such a share of its orders, has room for.
    fn take(&mut self, city: &City, (supplier, filled): (u32, Share), amount: Pence) -> Pence {
        let (s, left) = (SupplierId(supplier), &mut self.0[supplier as usize]);
        if *left == UNASKED {
            *left = if !city.settings.mechanisms.capacity {
                Pence::MAX / 4
            } else if filled == WHOLE {
                capacity(city, s) - city.suppliers.sales[s] - city.suppliers.expected_consumption[s]
            } else {
                0
            };
        }
        let taken = amount.min((*left).max(0));
        *left -= taken;
        taken
    }
}
