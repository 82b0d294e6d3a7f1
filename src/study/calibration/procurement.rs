//! The anchors: how many, their staff, what they buy and where, and how concentrated it is.

use super::{Figures, Seen, Sum};
use crate::base::col::Id;
use crate::base::money::WHOLE;
use crate::place;
use crate::place::city::City as Facts;
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::employers::EmployerId;
use std::collections::BTreeMap;

pub fn figures(facts: &Facts, city: &City, out: &mut Figures) {
    out.insert("anchors".into(), Seen::exact(city.anchors.len() as f64));
    let first = city.suppliers.len();
    let staff: f64 = (0..city.anchors.len())
        .map(|a| f64::from(city.employers.headcount[EmployerId::from_index(first + a)]))
        .sum();
    out.insert("anchor_staff".into(), Seen { value: staff / city.scale, count: staff });
    spend(facts, city, out);
    concentration(city, out);
}

/// Every standing purchase: anchor, receiving organisation, pence a month net of VAT.
fn purchases(city: &City) -> impl Iterator<Item = (usize, u32, f64)> {
    let contracts = city.contracts.rows.iter().map(|c| (c.anchor as usize, c.supplier, c.monthly as f64));
    contracts.chain(city.anchors.petty.iter().map(|p| (p.anchor as usize, p.org, p.monthly as f64)))
}

/// Spend with the VAT that cannot be recovered, and the covered anchors' by place of the supplier.
fn spend(facts: &Facts, city: &City, out: &mut Figures) {
    let covered = place::largest_anchors(&facts.anchors);
    let region = city.orgs.outside(crate::world::orgs::Outside::RegionFirms).0;
    let (mut all, mut of_covered) = (Sum::default(), Sum::default());
    let mut by_zone = [0.0; 2];
    for (anchor, org, amount) in purchases(city) {
        let vat = city.anchors.irrecoverable_vat[AnchorId::from_index(anchor)] as f64 / WHOLE as f64;
        all.add(amount * (1.0 + vat));
        if !covered.contains(&anchor) {
            continue;
        }
        of_covered.add(amount * (1.0 + vat));
        match city.suppliers.zone.rows().get(org as usize) {
            Some(Zone::City) => by_zone[0] += amount * (1.0 + vat),
            Some(Zone::Region) => by_zone[1] += amount * (1.0 + vat),
            None if org == region => by_zone[1] += amount * (1.0 + vat),
            _ => {}
        }
    }
    let budgets = Seen { value: all.yearly(city.scale).value, count: f64::INFINITY };
    out.insert("anchor_procurement".into(), budgets);
    for (id, part) in [("anchor_local_share", by_zone[0]), ("anchor_region_share", by_zone[1])] {
        let share = part / of_covered.total;
        // A share of unequal contracts: its relative spread is that of a weighted proportion.
        let count = of_covered.count() * share / (1.0 - share).max(0.01);
        out.insert(id.into(), Seen { value: share, count });
    }
}

/// Share of the council's largest payees. Small purchases from outside the city stand for a payee each. In a
/// city drawn at a part of full scale the largest hundred are as many fewer.
fn concentration(city: &City, out: &mut Figures) {
    let Some(council) = city.anchors.council else { return };
    let mut paid: BTreeMap<u64, f64> = BTreeMap::new();
    for (k, (_, org, amount)) in purchases(city).enumerate().filter(|(_, p)| p.0 == council as usize) {
        let supplier = (org as usize) < city.suppliers.len();
        let key = if supplier { u64::from(org) } else { 1 << 40 | k as u64 };
        *paid.entry(key).or_default() += amount;
    }
    let mut paid: Vec<f64> = paid.into_values().collect();
    paid.sort_unstable_by(|a, b| b.total_cmp(a));
    let total: f64 = paid.iter().sum();
    for n in [10usize, 50, 100, 500] {
        let taken = ((n as f64 * city.scale).round() as usize).max(1);
        let top: f64 = paid.iter().take(taken).sum();
        out.insert(format!("council_top{n}_share"), Seen { value: top / total, count: taken as f64 });
    }
}
