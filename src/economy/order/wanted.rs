//! What suppliers and outside buyers would order.

use super::base;
use crate::base::col::Id;
use crate::base::money::{Pence, Share, part};
use crate::base::parallel::map_chunks;
use crate::world::City;
use crate::world::suppliers::SupplierId;

/// What each supplier would pay along each link. A local-sourcing norm above its habit moves part of what it
/// buys outside to the sellers it knows in the city.
pub(super) fn desired_inputs(city: &City) -> Vec<Pence> {
    let links = &city.suppliers.links;
    let chunks = map_chunks(city.suppliers.len(), 4096, |range| {
        let mut out =
            Vec::with_capacity(links.starts()[range.end] as usize - links.starts()[range.start] as usize);
        for i in range {
            let s = SupplierId::from_index(i);
            let base = if city.suppliers.active[s] { base(city, s) } else { 0 };
            let more = norm_factor(city, s);
            out.extend(links.row(i).iter().map(|l| {
                let order = part(base, l.share);
                if more > 1.0 { (order as f64 * more).round() as Pence } else { order }
            }));
        }
        out
    });
    chunks.concat()
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
