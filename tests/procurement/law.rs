//! The law changes between two months of a run: thresholds in January 2026, reservation in February 2026.

use super::{city, let_next, month};
use recirc::base::money::pence;
use recirc::economy::plan::Plan;
use recirc::economy::procurement::Chance;
use recirc::economy::procurement::need::Trait;
use recirc::place::vocabulary::{AnchorKind, Route, Zone};
use recirc::world::City;
use recirc::world::orgs::NOBODY;
use recirc::world::suppliers::SupplierId;

/// The council's need of facilities that would go to tender (no framework, nothing tied, on policy), made £210,000
/// over its whole length with VAT and due each month.
fn a_need_of_210_000(city: &mut City) -> usize {
    let draws = super::draws(city);
    let chance = Chance { month: draws.in_month(0), fixed: draws.in_month(0) };
    let c = city.contracts.categories.iter().position(|c| c.id == "estates").unwrap();
    let council = city.anchors.council.unwrap() as u16;
    let found = city.contracts.rows.iter().position(|r| {
        r.category as usize == c
            && r.anchor == council
            && Trait::Framework.of(r.need, &chance) > 0.5
            && Trait::OffPolicy.of(r.need, &chance) > 0.5
            && Trait::Locked.of(r.need, &chance) > 0.5
    });
    let i = found.unwrap();
    let row = &mut city.contracts.rows[i];
    row.monthly = pence(210_000.0 / 1.2 / f64::from(row.months) * city.scale);
    row.end_month = 1;
    i
}

/// £210,000 lies between the council's old threshold (214,904) and the new (207,720).
#[test]
fn a_contract_of_210_000_is_tendered_openly_from_january_2026() {
    for (start, expected) in
        [("2025-12", Route::BelowThreshold), ("2026-01", Route::BelowThreshold), ("2026-02", Route::Open)]
    {
        // The first month of the burn-in is the one before the start.
        let mut city =
            city("", &[&format!("run.start=\"{start}\""), "procurement.delivery.challenge_chance=0"]);
        city.anchors.teams.iter_mut().for_each(|t| t.officers_fte = 1e4);
        let i = a_need_of_210_000(&mut city);
        let plan = Plan::new(&city.settings, &city);
        let (after, _) = let_next(&city, &plan);
        assert_eq!(after.contracts.rows[i].route, expected, "{}", after.date(after.month));
    }
}

/// A council may keep contracts below the threshold for its area from February 2026, hospitals at any time; the
/// lever is pulled throughout.
#[test]
fn councils_reserve_from_february_2026() {
    let reserved = "[[policy.reservation]]\ngroup = \"local\"\n";
    let mut city = city(reserved, &["run.start=\"2025-12\""]);
    let plan = Plan::new(&city.settings, &city);
    month(&mut city, &plan);
    let mut outside = [[0usize; 2]; 3];
    let mut all = [[0usize; 2]; 3];
    for at in 0..3 {
        let (after, rules) = let_next(&city, &plan);
        for a in &after.contracts.awards {
            if !matches!(a.route, Route::Quotes | Route::BelowThreshold) || a.value_gbp >= 135_000.0 {
                continue;
            }
            let of = rules.of(a.anchor, a.category);
            let kind = city.anchors.kind.rows()[a.anchor as usize];
            let council = matches!(kind, Some(AnchorKind::Council | AnchorKind::Authority));
            assert_eq!(of.may_reserve, !council || at == 2);
            let far = after.suppliers.zone[SupplierId(a.supplier)] > Zone::Region;
            all[at][usize::from(council)] += 1;
            outside[at][usize::from(council)] += usize::from(far);
        }
        month(&mut city, &plan);
    }
    assert!(all.iter().flatten().all(|n| *n > 5), "too few to tell: {all:?}");
    assert_eq!(outside.map(|of| of[0]), [0, 0, 0], "hospitals and others keep to the area throughout");
    assert!(
        outside[0][1] > 0 && outside[1][1] > 0,
        "in 2025-12 and 2026-01 the council may not: {outside:?}"
    );
    assert_eq!(outside[2][1], 0, "in 2026-02 it may");
    assert!(city.contracts.rows.iter().any(|r| r.supplier != NOBODY));
}
