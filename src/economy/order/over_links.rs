//! What sellers fill of what is ordered over links, and who else is asked for the rest.

use super::capacity::capacity;
use super::wanted::Orders;
use crate::base::col::Id;
use crate::base::money::{Pence, Share, WHOLE, part};
use crate::world::City;
use crate::world::orgs::NOBODY;
use crate::world::suppliers::SupplierId;
use rayon::prelude::*;

/// What each seller fills of what is ordered over links. What the usual seller cannot fill goes to the next supplier
/// known, as far as that one has room; the rest is bought in the country. Returns sales by seller.
pub(super) fn fill_links(city: &mut City, orders: &Orders, ratio: &[Share]) -> Vec<Pence> {
    let wanted = &orders.wanted;
    let short = fill_all(city, wanted, ratio);
    let mut sold: Vec<Pence> = orders.over_links.clone();
    for (sold, _) in sold.iter_mut().zip(ratio).filter(|(_, ratio)| **ratio != WHOLE) {
        *sold = 0;
    }
    let mut room = Room(vec![UNASKED; city.suppliers.len()]);
    let mut buyer = 0;
    for l in short {
        while city.suppliers.links.range(buyer).end <= l {
            buyer += 1;
        }
        let link = city.suppliers.links.items()[l];
        let filled = part(wanted[l], ratio[link.seller as usize]);
        let mut unmet = wanted[l] - filled;
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
    sold
}

/// Fill every order, as a seller does that is not rationed. Returns the links whose seller is.
fn fill_all(city: &mut City, wanted: &[Pence], ratio: &[Share]) -> Vec<usize> {
    const LINKS: usize = 16_384;
    let (flows, links) = (&mut city.flows, city.suppliers.links.items());
    flows.links.resize(wanted.len(), 0);
    let filled = flows.links.par_chunks_mut(LINKS).zip(flows.backups.par_chunks_mut(LINKS));
    let chunks = filled.zip(wanted.par_chunks(LINKS)).enumerate();
    let short: Vec<Vec<usize>> = chunks
        .map(|(chunk, ((filled, backups), wanted))| {
            filled.copy_from_slice(wanted);
            backups.fill(0);
            let rationed = |l: &usize| ratio[links[*l].seller as usize] != WHOLE;
            (chunk * LINKS..chunk * LINKS + wanted.len()).filter(rationed).collect()
        })
        .collect();
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
