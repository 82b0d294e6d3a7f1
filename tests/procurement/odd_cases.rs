//! What has no usual answer: no bid, a winner that fails at once, no budget, no hours.

use super::{city, let_next, month};
use recirc::economy::plan::Plan;
use recirc::place::vocabulary::Route;
use recirc::world::orgs::NOBODY;
use recirc::world::suppliers::SupplierId;

/// Nobody is large enough for anything: holders go on by the quarter, needs that nobody holds stay open and are tried
/// again each month, and nothing is paid for them.
#[test]
fn a_tender_with_no_bid() {
    let mut city = city("", &["procurement.turnover_cap=0.5"]);
    let mut settings = (*city.settings).clone();
    settings.procurement.turnover_cap = 1e-9;
    city.settings = std::sync::Arc::new(settings);
    city.anchors.teams.iter_mut().for_each(|t| t.officers_fte = 1e4);
    let open = city.contracts.rows.iter().position(|r| r.end_month == 2).unwrap();
    let held = city.contracts.rows.iter().rposition(|r| r.end_month == 2 && r.supplier != NOBODY).unwrap();
    assert_ne!(open, held);
    let holder = SupplierId(city.contracts.rows[open].supplier);
    city.suppliers.contract_income[holder] -= city.contracts.rows[open].monthly;
    city.contracts.rows[open].supplier = NOBODY;
    let plan = Plan::new(&city.settings, &city);
    for at in 1..=7u16 {
        month(&mut city, &plan);
        let row = city.contracts.rows[open];
        assert_eq!((row.supplier, row.held_up_until), (NOBODY, at + 1));
        let row = city.contracts.rows[held];
        let until = if at < 2 { 2 } else { 5 + (at - 2) / 3 * 3 };
        assert!(row.supplier == NOBODY || row.end_month == until, "{at}: {}", row.end_month);
        assert!(city.contracts.awards.iter().all(|a| a.bids == 0));
    }
    let needed: f64 = city.flows.service.iter().map(|s| s.needed).sum();
    let paid: f64 = city.flows.service.iter().map(|s| s.paid).sum();
    assert!(paid <= needed - city.contracts.rows[open].monthly as f64 + 0.5);
}

/// The winner of a contract closes in the month it wins: the need falls back, waits a month, is let in haste to somebody
/// else by quotes, and the books close throughout.
#[test]
fn a_winner_that_fails_in_its_first_month() {
    let mut city =
        city("", &["procurement.delivery.failure_gap_months=1", "procurement.delivery.challenge_chance=0"]);
    let plan = Plan::new(&city.settings, &city);
    month(&mut city, &plan);
    let (after, _) = let_next(&city, &plan);
    let award = *after
        .contracts
        .awards
        .iter()
        .filter(|a| a.route == Route::BelowThreshold && a.bids > 2)
        .max_by_key(|a| a.monthly)
        .unwrap();
    month(&mut city, &plan);
    let (i, s) = (award.contract as usize, SupplierId(award.supplier));
    assert_eq!(city.contracts.rows[i].supplier, award.supplier);
    city.suppliers.active[s] = false;
    city.suppliers.contract_income[s] = 0;
    // Month 3: nobody serves, nothing is paid for it.
    month(&mut city, &plan);
    let row = city.contracts.rows[i];
    assert_eq!((row.supplier, row.failed, row.held_up_until), (NOBODY, true, 4));
    // Month 4: let in haste; the first holder cannot have it.
    month(&mut city, &plan);
    let row = city.contracts.rows[i];
    assert_eq!((row.route, row.failed, row.first_month), (Route::Quotes, false, 4));
    assert!(row.supplier != award.supplier && row.supplier != NOBODY);
    assert!(row.price > 0.9, "{}", row.price);
}

/// An anchor that may spend nothing: its needs are not met, others' are, the books close, and it does not keep what it saves.
#[test]
fn an_anchor_with_no_budget() {
    let toml = "[[policy.procurement_budget]]\nanchors = [\"culture\"]\nchange_percent = -100\n";
    let mut city = city(toml, &[]);
    let plan = Plan::new(&city.settings, &city);
    let of = city.anchors.id.iter().position(|id| id == "culture").unwrap();
    let org = city.orgs.anchor(of);
    month(&mut city, &plan);
    let before = city.cash[org];
    for _ in 0..3 {
        month(&mut city, &plan);
    }
    let categories = city.contracts.categories.len();
    let needed: f64 =
        city.flows.service[of * categories..(of + 1) * categories].iter().map(|s| s.needed).sum();
    let kept = (city.cash[org] - before) as f64 / 3.0;
    assert!(needed > 0.0 && kept < 0.2 * needed, "{kept} of {needed} a month");
    for (at, service) in city.flows.service.iter().enumerate() {
        if at / categories == of {
            assert_eq!((service.paid, service.delivered), (0.0, 0.0));
        }
    }
    assert!(city.flows.payments.iter().all(|p| p.anchor as usize != of || p.amount == 0));
    assert!(city.flows.service.iter().map(|s| s.paid).sum::<f64>() > 0.0);
}

/// Teams of no hours: first frameworks take what they can, then contracts are extended until they may not be any more;
/// then what must be let is let, and the hours beyond those there were are on record.
#[test]
fn a_team_of_no_hours() {
    let mut city = city("", &[]);
    city.anchors.teams.iter_mut().for_each(|t| (t.officers_fte, t.monitoring_fte) = (0.0, 0.0));
    let plan = Plan::new(&city.settings, &city);
    let (mut extended, mut let_) = (0, 0);
    for _ in 0..30 {
        month(&mut city, &plan);
        for a in &city.contracts.awards {
            assert!(a.bids == 0 || !a.tailored);
            let row = &city.contracts.rows[a.contract as usize];
            assert!(row.extensions <= city.settings.procurement.delivery.extensions_at_most);
            extended += usize::from(a.route == Route::Extension);
            let_ += usize::from(a.bids > 0);
        }
        assert!(city.contracts.coverage.iter().all(|c| *c == 0.0 || *c == 1.0));
    }
    assert!(extended > 100 && let_ > 100, "{extended} extended, {let_} let");
    let unheld = city.contracts.rows.iter().filter(|r| r.supplier == NOBODY).count();
    assert!(unheld * 20 < city.contracts.rows.len(), "{unheld} needs without a holder");
    assert!(city.contracts.teams.iter().any(|t| t.used > t.hours));
}

/// A need without a holder does not stay so: of those open now, few were open half a year ago.
#[test]
fn needs_do_not_stay_open() {
    let mut city = city("", &[]);
    let plan = Plan::new(&city.settings, &city);
    let open = |city: &recirc::world::City| -> Vec<usize> {
        (0..city.contracts.rows.len()).filter(|i| city.contracts.rows[*i].supplier == NOBODY).collect()
    };
    let mut months_open = vec![0u32; city.contracts.rows.len()];
    for _ in 0..24 {
        month(&mut city, &plan);
        let now = open(&city);
        (0..months_open.len())
            .for_each(|i| months_open[i] = if now.contains(&i) { months_open[i] + 1 } else { 0 });
    }
    let long = months_open.iter().filter(|m| **m >= 6).count();
    assert!(long * 500 <= months_open.len(), "{long} of {} needs open for half a year", months_open.len());
}
