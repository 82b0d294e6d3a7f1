//! What practitioners told the Leeds study: challenge, late engagement, lock-in, changing over, devolved buyers, peers.

use super::{city, let_next, month, seen, settings};
use recirc::base::col::Id;
use recirc::economy::plan::Plan;
use recirc::place::vocabulary::Route;
use recirc::world::anchors::AnchorId;
use recirc::world::orgs::NOBODY;

/// Every open award above the threshold is challenged: none is made in its month; the holder goes on for three months,
/// lawyers are paid, then it is made and not challenged again.
#[test]
fn a_challenge_costs_time_and_money() {
    let sets = ["procurement.delivery.challenge_chance=1", "procurement.delivery.challenge_delay_months=3"];
    let mut city = city("", &sets);
    city.anchors.teams.iter_mut().for_each(|t| t.officers_fte = 1e4);
    let plan = Plan::new(&city.settings, &city);
    month(&mut city, &plan);
    let (after, _) = let_next(&city, &plan);
    assert!(after.contracts.awards.iter().all(|a| a.route != Route::Open));
    let held: Vec<usize> =
        (0..after.contracts.rows.len()).filter(|i| after.contracts.rows[*i].held_up_until == 5).collect();
    assert!(held.len() > 5, "{}", held.len());
    assert_eq!(after.costs.len(), held.len());
    // £100,000 at a hundredth: £1,000 each.
    assert!(after.costs.iter().all(|cost| cost.amount == 100_000));
    for i in &held {
        let row = after.contracts.rows[*i];
        assert!(row.supplier == NOBODY || row.end_month == 5);
    }
    for _ in 0..4 {
        month(&mut city, &plan);
    }
    assert_eq!(city.month, 5);
    for i in held {
        let row = city.contracts.rows[i];
        assert_eq!(row.first_month, 5);
        let award = city.contracts.awards.iter().find(|a| a.number == row.award).unwrap();
        assert!(matches!(award.route, Route::Open | Route::Direct) && award.challenged);
    }
}

/// Six months' lead leaves no time for questions of one's own, nine do, twelve for engaging the market too; eighteen are
/// as twelve. Engaged, a market of ten places is one of fourteen.
#[test]
fn late_engagement() {
    let of = |months: u16| {
        let toml = format!("[[policy.early_engagement]]\nlead_months = {months}\n");
        let mut city = city(&toml, &["procurement.delivery.challenge_chance=0"]);
        for team in &mut city.anchors.teams {
            (team.officers_fte, team.lead_months) = (1e4, 0);
        }
        let plan = Plan::new(&city.settings, &city);
        month(&mut city, &plan);
        let (after, _) = let_next(&city, &plan);
        let open: Vec<_> = after.contracts.awards.iter().filter(|a| a.route == Route::Open).collect();
        let invited = open.iter().map(|a| f64::from(a.invited)).sum::<f64>() / open.len() as f64;
        (open.iter().filter(|a| a.tailored).count(), invited, after.contracts.awards)
    };
    let [six, nine, twelve, eighteen] = [6, 9, 12, 18].map(of);
    assert_eq!(six.0, 0);
    assert!(nine.0 > 0 && nine.1 == six.1);
    assert!(twelve.1 > 1.2 * nine.1, "{} and {}", twelve.1, nine.1);
    assert_eq!(twelve.2, eighteen.2);
}

/// Where everything is tied to its holder, everything is awarded to it directly, at any value.
#[test]
fn lock_in() {
    let mut city = city("", &[]);
    city.contracts.categories.iter_mut().for_each(|c| c.lock_in = 1.0);
    let plan = Plan::new(&city.settings, &city);
    month(&mut city, &plan);
    let before = city.clone();
    let (after, _) = let_next(&city, &plan);
    let mut same = 0;
    for a in &after.contracts.awards {
        let held = before.contracts.rows[a.contract as usize].supplier;
        if held != NOBODY
            && before.suppliers.identity[recirc::world::suppliers::SupplierId(held)]
                == before.contracts.rows[a.contract as usize].supplier_identity
            && before.suppliers.active[recirc::world::suppliers::SupplierId(held)]
        {
            assert_eq!(a.route, Route::Direct);
            same += usize::from(a.supplier == held);
        }
    }
    // But for the few holders that have outgrown the cap.
    assert!(same * 20 > after.contracts.awards.len() * 17, "{same} of {}", after.contracts.awards.len());
}

/// The dearer it is to change over, the more often the holder wins: a fifth more for changing.
#[test]
fn changing_over_keeps_holders() {
    let wins = |cost: f64| {
        let mut city = city("", &[]);
        city.contracts.categories.iter_mut().for_each(|c| (c.switching_cost, c.lock_in) = (cost, 0.0));
        let plan = Plan::new(&city.settings, &city);
        month(&mut city, &plan);
        let (after, _) = let_next(&city, &plan);
        let held: Vec<_> = after.contracts.awards.iter().filter(|a| a.bids > 1).collect();
        held.iter().filter(|a| a.incumbent).count() as f64 / held.len() as f64
    };
    let (free, dear) = (wins(0.0), wins(0.2));
    assert!(dear > free + 0.2, "{free} without, {dear} with");
}

/// Where every buyer is off policy nothing below the threshold is tendered: three quotes and the lowest price.
#[test]
fn devolved_buyers() {
    let routes = |share: f64| {
        let mut city = city("", &[]);
        city.anchors.teams.iter_mut().for_each(|t| t.off_policy_share = share);
        let plan = Plan::new(&city.settings, &city);
        month(&mut city, &plan);
        let (after, _) = let_next(&city, &plan);
        let count = |r: Route| after.contracts.awards.iter().filter(|a| a.route == r).count();
        (count(Route::Quotes), count(Route::BelowThreshold))
    };
    let (never, always) = (routes(0.0), routes(1.0));
    assert!(never.1 > 20 && always.1 == 0, "{never:?} {always:?}");
    assert!(always.0 >= never.0 + never.1);
}

/// Without a policy commitment stays put to the last bit; when the council signs up it moves, and its peers after it.
#[test]
fn peer_pressure() {
    let mut alone = city("", &[]);
    let plan = Plan::new(&alone.settings, &alone);
    let start: Vec<f64> = alone.anchors.commitment.rows().to_vec();
    for _ in 0..13 {
        month(&mut alone, &plan);
    }
    let moved = alone.anchors.commitment.iter().zip(&start).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(moved < 1e-12, "{moved}");
    let toml = "[[policy.local_preference]]\nanchors = [\"teaching_hospitals\"]\npoints = 5\nup_to_gbp = 100_000\nlocal = \"city\"\n";
    let mut with = city(toml, &[]);
    let plan = Plan::new(&with.settings, &with);
    for _ in 0..13 {
        month(&mut with, &plan);
    }
    let hospitals = with.anchors.id.iter().position(|id| id == "teaching_hospitals").unwrap();
    for (a, before) in start.iter().enumerate() {
        let now = with.anchors.commitment[AnchorId::from_index(a)];
        let gain = now - before;
        if a == hospitals {
            // From 0.6 towards 1 by a fifth a year, twelve months: 0.4 (1 - (1 - 0.2/12)^12) = 0.073, and peers add a little.
            assert!(gain > 0.07 && gain < 0.09, "{gain}");
        } else {
            assert!(gain > 0.0 && gain < 0.02, "{gain}");
        }
    }
}

/// A budget raised by a tenth buys a tenth more at the same prices: the price paid over the reference does not move,
/// and nothing falls short; without a lettings' luck in between the contracts are the same.
#[test]
fn a_larger_budget_is_no_price_change() {
    let (usual, more) =
        (seen("", &[], 6), seen("[[policy.procurement_budget]]\nchange_percent = 10\n", &[], 6));
    assert!((more.service.price() / usual.service.price() - 1.0).abs() < 1e-3);
    assert!((more.service.paid / usual.service.paid - 1.1).abs() < 0.005);
    assert!((more.service.delivered / usual.service.delivered - 1.1).abs() < 0.01);
    assert!(more.service.shortfall_percent() < usual.service.shortfall_percent());
    assert_eq!(more.service.needed, usual.service.needed);
    let cut = seen("[[policy.procurement_budget]]\nchange_percent = -10\n", &[], 6);
    assert!((cut.service.price() / usual.service.price() - 1.0).abs() < 1e-3);
    // A cut is service not delivered: ten points of need.
    let gap = cut.service.shortfall_percent() - usual.service.shortfall_percent();
    assert!((gap - 10.0).abs() < 0.5, "{gap}");
    assert!(settings("", &[]).policy.procurement_budget.is_empty());
}
