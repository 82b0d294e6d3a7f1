//! What suppliers and outside buyers would order.

use super::base;
use crate::base::col::Id;
use crate::base::money::{Pence, Share, part, round};
use crate::base::parallel::{add_up, each_into, map_chunks};
use crate::economy::procurement::{clauses, usual};
use crate::place::city::SECTORS;
use crate::world::City;
use crate::world::suppliers::SupplierId;
use rayon::prelude::*;
use std::ops::Range;

/// Suppliers that one thread takes at a time.
pub(super) const BUYERS: usize = 2_048;

/// What suppliers order over their links, which are noted in `Flows::links` until they are filled.
pub(super) struct Orders {
    /// By buyer, what it wants over its links beyond habit.
    pub(super) moved: Vec<Pence>,
    /// By seller, what is ordered of it.
    pub(super) over_links: Vec<Pence>,
}

/// What each supplier would pay along each link, written into `wanted`. A local-sourcing norm above its habit moves part of what it
/// buys outside to the sellers it knows in the city.
pub(super) fn desired_inputs(city: &City, wanted: &mut [Pence]) -> Orders {
    let none = || city.shelf.zeros(city.suppliers.len());
    let mut moved = none();
    let chunks = by_chunk(city, wanted).into_par_iter().zip(moved.par_chunks_mut(BUYERS));
    let of_chunk = |sums: &mut Vec<Pence>, ((from, mut wanted), moved): Buyers| {
        for (i, moved) in (from..).zip(moved) {
            let links = city.suppliers.links.row(i);
            let (mine, rest) = wanted.split_at_mut(links.len());
            *moved = order_of(city, SupplierId::from_index(i), mine);
            for (link, order) in links.iter().zip(mine) {
                sums[link.seller as usize] += *order;
            }
            wanted = rest;
        }
    };
    let over_links = add_up(chunks, none, of_chunk, |all, more| city.shelf.join(all, more, |x, y| *x += y));
    Orders { moved, over_links }
}

/// The first of a chunk of buyers, what they want along their links, and beyond habit.
type Buyers<'a> = ((usize, &'a mut [Pence]), &'a mut [Pence]);

/// What is wanted along the links of each chunk of suppliers, with the first of them.
pub(super) fn by_chunk<'a>(city: &City, mut wanted: &'a mut [Pence]) -> Vec<(usize, &'a mut [Pence])> {
    let (n, starts) = (city.suppliers.len(), city.suppliers.links.starts());
    let mut chunks = Vec::with_capacity(n.div_ceil(BUYERS));
    for from in (0..n).step_by(BUYERS) {
        let links = starts[(from + BUYERS).min(n)] - starts[from];
        let (mine, rest) = wanted.split_at_mut(links as usize);
        chunks.push((from, mine));
        wanted = rest;
    }
    chunks
}

/// What one supplier would pay along each of its links. Returns how much more that is than its habit.
fn order_of(city: &City, s: SupplierId, wanted: &mut [Pence]) -> Pence {
    let mut moved = 0;
    let base = if city.suppliers.active[s] { base(city, s) } else { 0 };
    let (by_norm, lifts) = (norm_factor(city, s), lifts(city, s));
    for (link, wanted) in city.suppliers.links.row(s.index()).iter().zip(wanted) {
        let order = part(base, link.share);
        let by_clause = lifts.map_or(0.0, |of| of.paid(clauses::is_goods(city, link.seller)));
        let more = by_norm + by_clause;
        *wanted = if more > 1.0 { round(order as f64 * more) } else { order };
        moved += *wanted - order;
    }
    moved
}

/// How much more a supplier buys along its links than its habit, from its norm; the rest of its domestic
/// inputs falls by as much.
fn norm_factor(city: &City, s: SupplierId) -> f64 {
    let norm = f64::from(city.suppliers.norm[s]);
    if norm <= 0.0 {
        return 1.0;
    }
    let linked: Share = city.suppliers.links.row(s.index()).iter().map(|l| l.share).sum();
    let r = &city.suppliers.recipe[s];
    let outside = (r.outside_inputs[0] + r.outside_inputs[1]) as f64;
    if linked == 0 {
        1.0
    } else {
        1.0 + city.settings.norms.sourcing_response * norm * outside / linked as f64
    }
}

/// How much more a supplier buys along its links because of clauses of its contracts: links to sellers of services,
/// and of goods, and how much dearer those sellers are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lifts {
    services: (f64, f64),
    goods: (f64, f64),
}

impl Lifts {
    fn of(&self, goods: bool) -> (f64, f64) {
        if goods { self.goods } else { self.services }
    }

    /// Paid more, per pound of usual purchases.
    fn paid(&self, goods: bool) -> f64 {
        let (moved, dearer) = self.of(goods);
        moved * (1.0 + dearer)
    }

    /// The part of that which is only price.
    pub(super) fn premium(&self, goods: bool) -> f64 {
        let (moved, dearer) = self.of(goods);
        moved * dearer
    }
}

/// None where no clause binds the supplier to buy in the city.
pub(super) fn lifts(city: &City, s: SupplierId) -> Option<Lifts> {
    let of = city.contracts.bound.get(s.index()).filter(|of| of.services > 0.0 || of.goods > 0.0)?;
    let linked: Share = city.suppliers.links.row(s.index()).iter().map(|l| l.share).sum();
    let recipe = &city.suppliers.recipe[s];
    if linked == 0 || !city.suppliers.active[s] {
        return None;
    }
    if let Some(movable) = usual::movable(city, s) {
        let [services, goods] = movable.map(|(moved, habit)| if habit > 0.0 { moved / habit } else { 0.0 });
        return Some(Lifts {
            services: (of.services * services, of.services_dearer),
            goods: (of.goods * goods, of.goods_dearer),
        });
    }
    let outside = (recipe.outside_inputs[0] + recipe.outside_inputs[1]) as f64;
    // What a norm has moved already cannot be moved again.
    let left =
        1.0 - city.settings.norms.sourcing_response * f64::from(city.suppliers.norm[s]).clamp(0.0, 1.0);
    let room = outside / linked as f64 * left.max(0.0);
    Some(Lifts {
        services: (of.services * room, of.services_dearer),
        goods: (of.goods * room, of.goods_dearer),
    })
}

/// Outside demand for each supplier: its sector's total shared over the firms that are open.
pub(super) fn desired_exports(city: &City) -> Vec<Pence> {
    let of = &city.suppliers;
    let mut open = [0; SECTORS];
    for of_chunk in map_chunks(of.len(), BUYERS, |range| weights_open(city, range)) {
        open.iter_mut().zip(of_chunk).for_each(|(all, more)| *all += more);
    }
    let wanted = |i: usize| {
        let s = SupplierId::from_index(i);
        let (all, weights) = (city.market.exports[of.sector[s].index()], open[of.sector[s].index()]);
        if of.active[s] && weights > 0 { portion(all, of.export_weight[s], weights) } else { 0 }
    };
    each_into(city.shelf.with_room(of.len()), of.len(), wanted)
}

/// Weights in outside demand of the suppliers that have their customers there, by sector.
fn weights_open(city: &City, range: Range<usize>) -> [Pence; SECTORS] {
    let (of, mut open) = (&city.suppliers, [0; SECTORS]);
    for i in range {
        let s = SupplierId::from_index(i);
        // Customers outside of a place that stays shut are lost to the city.
        if of.active[s] || city.shocks.is_shut(i, city.month) {
            open[of.sector[s].index()] += of.export_weight[s];
        }
    }
    open
}

/// `all` × `weight` / `weights`, without 128 bits where 64 will do.
fn portion(all: Pence, weight: Pence, weights: Pence) -> Pence {
    match all.checked_mul(weight) {
        Some(product) => product / weights,
        None => (i128::from(all) * i128::from(weight) / i128::from(weights)) as Pence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A quarter more bought from sellers of goods that are 2% dearer: 25.5% more paid, half a percent of it price.
    #[test]
    fn lifts_by_hand() {
        let of = Lifts { services: (0.0, 0.0), goods: (0.25, 0.02) };
        assert!((of.paid(true) - 0.255).abs() < 1e-12 && (of.premium(true) - 0.005).abs() < 1e-12);
        assert_eq!(of.paid(false), 0.0);
    }
}
