//! What suppliers and outside buyers would order.

use super::base;
use crate::base::col::Id;
use crate::base::money::{Pence, Share, part, round};
use crate::base::parallel::{CHUNK, add_up, map_chunks};
use crate::economy::procurement::clauses;
use crate::world::City;
use crate::world::suppliers::{Link, SupplierId};
use rayon::prelude::*;

/// What suppliers would pay along each link, and what that comes to by seller.
pub(super) struct Orders {
    pub(super) wanted: Vec<Pence>,
    pub(super) over_links: Vec<Pence>,
}

/// What each supplier would pay along each link. A local-sourcing norm above its habit moves part of what it
/// buys outside to the sellers it knows in the city.
pub(super) fn desired_inputs(city: &City) -> Orders {
    let links = &city.suppliers.links;
    let chunks = map_chunks(city.suppliers.len(), 4096, |range| {
        let mut out =
            Vec::with_capacity(links.starts()[range.end] as usize - links.starts()[range.start] as usize);
        for i in range {
            let s = SupplierId::from_index(i);
            let base = if city.suppliers.active[s] { base(city, s) } else { 0 };
            let more = norm_factor(city, s);
            let lifts = lifts(city, s);
            out.extend(links.row(i).iter().map(|l| {
                let order = part(base, l.share);
                let by_clause = lifts.map_or(0.0, |of| of.paid(clauses::is_goods(city, l.seller)));
                let more = more + by_clause;
                if more > 1.0 { round(order as f64 * more) } else { order }
            }));
        }
        out
    });
    let wanted = chunks.concat();
    let over_links = by_seller(city, &wanted);
    Orders { wanted, over_links }
}

/// Sums over links by seller.
fn by_seller(city: &City, wanted: &[Pence]) -> Vec<Pence> {
    let none = || vec![0 as Pence; city.suppliers.len()];
    let links = city.suppliers.links.items().par_chunks(CHUNK).zip(wanted.par_chunks(CHUNK));
    let of_chunk = |sums: &mut Vec<Pence>, (links, wanted): (&[Link], &[Pence])| {
        for (link, order) in links.iter().zip(wanted) {
            sums[link.seller as usize] += order;
        }
    };
    add_up(links, none, of_chunk, |mut all, more| {
        all.iter_mut().zip(more).for_each(|(x, y)| *x += y);
        all
    })
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
    let outside = (recipe.outside_inputs[0] + recipe.outside_inputs[1]) as f64;
    if linked == 0 || !city.suppliers.active[s] {
        return None;
    }
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
    let mut open = [0i64; crate::place::city::SECTORS];
    for i in 0..of.len() {
        let s = SupplierId::from_index(i);
        // Customers outside of a place that stays shut are lost to the city.
        if of.active[s] || city.shocks.is_shut(i, city.month) {
            open[of.sector[s].index()] += of.export_weight[s];
        }
    }
    (0..of.len())
        .map(|i| {
            let s = SupplierId::from_index(i);
            let (all, weights) = (city.market.exports[of.sector[s].index()], open[of.sector[s].index()]);
            if of.active[s] && weights > 0 {
                (i128::from(all) * i128::from(of.export_weight[s]) / i128::from(weights)) as Pence
            } else {
                0
            }
        })
        .collect()
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
