//! Norms of buying locally among suppliers, and the anchors' commitment to their plan.

use crate::base::col::{Col, Id};
use crate::economy::plan::Rules;
use crate::economy::procurement::Chance;
use crate::economy::procurement::discretion::left_unused;
use crate::economy::procurement::package::whole_life_gbp;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::orgs::NOBODY;
use crate::world::suppliers::SupplierId;

/// Local-sourcing norms: a supplier whose anchors ask for local buying takes it up, as strongly as they ask, and its sellers follow at
/// a part of the strength (the second ripple). None if nobody asks and nobody has a norm. `changes` are this month's, in the order of
/// links, which do not show them yet.
pub(super) fn next_norms(
    city: &City,
    rules: &Rules,
    chance: &Chance,
    changes: &[(usize, u32)],
) -> Option<Col<SupplierId, f32>> {
    let mut asked: Vec<f64> = city.shelf.zeros(city.suppliers.len());
    let mut any = city.suppliers.norm.iter().any(|n| *n != 0.0);
    for row in &city.contracts.rows {
        if row.supplier == NOBODY || left_unused(city, rules, (row.anchor, row.need), chance) {
            continue;
        }
        let strength = rules.of(row.anchor, row.category).asks_for_local(whole_life_gbp(city, row));
        if strength > 0.0 {
            let s = SupplierId(row.supplier);
            let part_of_sales = row.monthly as f64 / city.suppliers.expected[s].max(1) as f64;
            asked[row.supplier as usize] += part_of_sales * strength;
            any = true;
        }
    }
    let norms = any.then(|| {
        let speed = city.settings.norms.adoption_yearly / 12.0;
        let partners = partners_norms(city, changes);
        let rows = asked.iter().zip(&partners).zip(city.suppliers.norm.iter());
        let norms = rows.map(|((asked, (sum, paid)), norm)| {
            let peers = if *paid > 0.0 { sum / paid } else { 0.0 };
            let aim = (asked.min(1.0) + city.settings.norms.peer_weight * peers).min(1.0);
            let norm = f64::from(*norm);
            (norm + speed * (aim - norm)) as f32
        });
        let norms = norms.collect();
        city.shelf.give(partners);
        Col::from_vec(norms)
    });
    city.shelf.give(asked);
    norms
}

/// Of the links into each supplier, what their buyers pay: times the buyers' norms, and as it is. One over the other is the mean norm
/// of its buyers.
fn partners_norms(city: &City, changes: &[(usize, u32)]) -> Vec<(f64, f64)> {
    let mut sums: Vec<(f64, f64)> = city.shelf.zeros(city.suppliers.len());
    let mut changes = changes.iter().peekable();
    for i in 0..city.suppliers.len() {
        let norm = f64::from(city.suppliers.norm[SupplierId::from_index(i)]);
        for l in city.suppliers.links.range(i) {
            let now = city.suppliers.links.items()[l].seller;
            let seller = changes.next_if(|change| change.0 == l).map_or(now, |change| change.1);
            let to = &mut sums[seller as usize];
            let paid = city.flows.links[l] as f64;
            to.0 += norm * paid;
            to.1 += paid;
        }
    }
    debug_assert!(changes.next().is_none(), "changes are in the order of links");
    sums
}

/// Commitment to the shared plan: an anchor that has signed up aims at one, the others at what is their own;
/// all are drawn to the mean of the network, weighted by what each buys (pressure from the council), slowly.
/// At rest the aim is what each starts from.
pub(super) fn commitment(city: &mut City, rules: &Rules) {
    let of = &city.settings.procurement;
    let (peer, speed) = (of.peer_weight, of.adjustment_yearly / 12.0);
    let mean =
        |values: &[f64]| {
            let (sum, all) =
                city.anchors.procurement.iter().zip(values).fold((0.0, 0.0), |(sum, all), (bought, x)| {
                    (sum + *bought as f64 * x, all + *bought as f64)
                });
            if all > 0.0 { sum / all } else { 0.0 }
        };
    let now = mean(city.anchors.commitment.rows());
    let at_rest = mean(city.anchors.own_commitment.rows());
    for a in 0..city.anchors.len() {
        let id = AnchorId::from_index(a);
        let own = if rules.anchors[a].signed_up { 1.0 } else { city.anchors.own_commitment[id] };
        let aim = (own + peer * (now - at_rest)).clamp(0.0, 1.0);
        city.anchors.commitment[id] += speed * (aim - city.anchors.commitment[id]);
    }
}
