//! The anchors: how many, their staff, what they buy and where, and how concentrated it is.

use super::{Figures, Seen, Sum};
use crate::base::col::Id;
use crate::base::money::WHOLE;
use crate::economy::plan::Plan;
use crate::economy::procurement;
use crate::place;
use crate::place::city::City as Facts;
use crate::place::vocabulary::{AnchorKind, Ownership, Route, Zone};
use crate::study::Simulation;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::contracts::Contract;
use crate::world::employers::EmployerId;
use crate::world::orgs::NOBODY;
use crate::world::suppliers::SupplierId;
use std::collections::BTreeMap;

/// Months of lettings in which bids and the wins of holders are counted.
const MONTHS: u16 = 12;

pub fn figures(facts: &Facts, simulation: &Simulation, out: &mut Figures) {
    let city = &simulation.city;
    out.insert("anchors".into(), Seen::exact(city.anchors.len() as f64));
    let first = city.suppliers.len();
    let staff: f64 = (0..city.anchors.len())
        .map(|a| f64::from(city.employers.headcount[EmployerId::from_index(first + a)]))
        .sum();
    out.insert("anchor_staff".into(), Seen { value: staff / city.scale, count: staff });
    spend(facts, city, out);
    concentration(city, out);
    stock(city, out);
    lettings(simulation, out);
}

/// The starting stock of contracts by value a year: through frameworks, with small firms and with social ones.
fn stock(city: &City, out: &mut Figures) {
    let of_kind =
        |kind: AnchorKind| move |city: &City, a: u16| city.anchors.kind.rows()[a as usize] == Some(kind);
    let share = |who: &dyn Fn(&City, u16) -> bool, what: &dyn Fn(&Contract) -> bool| {
        let (mut all, mut some) = (Sum::default(), 0.0);
        for row in city.contracts.rows.iter().filter(|r| r.supplier != NOBODY && who(city, r.anchor)) {
            all.add(row.monthly as f64);
            some += if what(row) { row.monthly as f64 } else { 0.0 };
        }
        let share = some / all.total;
        Seen { value: share, count: all.count() * share / (1.0 - share).max(0.01) }
    };
    let everybody = |_: &City, _: u16| true;
    let framework = |r: &Contract| r.route == Route::CallOff;
    let small = |r: &Contract| procurement::bidders::is_small(city, SupplierId(r.supplier));
    let social = |r: &Contract| city.suppliers.ownership[SupplierId(r.supplier)] == Ownership::Vcse;
    // Needs are as many at any scale: nothing to allow for but who supplies.
    out.insert("framework_share".into(), Seen::exact(share(&everybody, &framework).value));
    out.insert(
        "framework_share_health".into(),
        Seen::exact(share(&of_kind(AnchorKind::Nhs), &framework).value),
    );
    out.insert("small_firms_share".into(), share(&everybody, &small));
    out.insert("small_firms_share_council".into(), share(&of_kind(AnchorKind::Council), &small));
    out.insert("small_firms_share_health".into(), share(&of_kind(AnchorKind::Nhs), &small));
    out.insert("social_firms_share".into(), share(&everybody, &social));
}

/// A year of lettings from the stock, with nothing else going on: bids in a tender, and how often holders win.
fn lettings(simulation: &Simulation, out: &mut Figures) {
    let mut city = simulation.city.clone();
    let plan = Plan::neutral(&city);
    let (mut tenders, mut bids, mut held, mut kept) = (0.0f64, 0.0, 0.0f64, 0.0);
    for _ in 0..MONTHS {
        let before = city.contracts.rows.clone();
        city.month += 1;
        let rules = plan.in_force(&city);
        let luck = simulation.draws.in_month(city.month);
        procurement::let_contracts(&mut city, &rules, &simulation.draws, &luck);
        for award in city.contracts.awards.iter().filter(|a| a.bids > 0 && a.route != Route::Direct) {
            if matches!(award.route, Route::BelowThreshold | Route::Open) {
                tenders += 1.0;
                bids += f64::from(award.bids);
            }
            let holder = before.get(award.contract as usize).map_or(NOBODY, |row| row.supplier);
            if holder != NOBODY {
                held += 1.0;
                kept += f64::from(u8::from(award.incumbent));
            }
        }
    }
    out.insert("bids_per_tender".into(), Seen::exact(bids / tenders.max(1.0)));
    out.insert("holders_win".into(), Seen::exact(kept / held.max(1.0)));
}

/// Every standing purchase: anchor, receiving organisation, pence a month net of VAT.
fn purchases(city: &City) -> impl Iterator<Item = (usize, u32, f64)> {
    let contracts = city.contracts.rows.iter().map(|c| (c.anchor as usize, c.supplier, c.monthly as f64));
    contracts.chain(city.anchors.petty.iter().map(|p| (p.anchor as usize, p.org, p.monthly as f64)))
}

/// Spend with the VAT that cannot be recovered, and the covered anchors' by place of the supplier.
fn spend(facts: &Facts, city: &City, out: &mut Figures) {
    let covered = place::largest_anchors(facts.anchors.iter().map(|a| (a.kind, a.procurement)));
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
