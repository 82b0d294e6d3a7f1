//! Orders that a seller cannot fill go to the next supplier known as far as that one has room (docs/model.md, 7.3.2).

use crate::common::{load, run, synthesise};
use recirc::base::col::Id;
use recirc::base::money::Pence;
use recirc::economy::order::capacity;
use recirc::place::vocabulary::Zone;
use recirc::world::City;
use recirc::world::orgs::NOBODY;

/// What anchors have paid each supplier this month.
fn from_anchors(city: &City) -> Vec<Pence> {
    let mut paid = vec![0; city.suppliers.len()];
    for p in city.flows.payments.iter().filter(|p| !p.refund) {
        if let Some(paid) = paid.get_mut(p.org as usize) {
            *paid += p.amount;
        }
    }
    paid
}

/// Nobody sells to firms and outside more than is left by what its staff can deliver and what it keeps for households, though
/// many are asked for what others turn away.
#[test]
fn nobody_sells_more_than_it_has_room_for() {
    let sets = ["run.scale=0.02", "mechanisms.entry_exit=false", "firms.capacity_slack=0.02"];
    let mut city = synthesise(load("leeds/baseline", &sets.map(str::to_owned)).settings);
    let (mut asked, mut filled_up) = (0, 0);
    for month in 0..6 {
        let before = city.clone();
        run(&mut city, 1, None).unwrap();
        asked += city.flows.backups.iter().filter(|taken| **taken > 0).count();
        let (of, contracts) = (&city.suppliers, from_anchors(&city));
        for s in of.active.ids().filter(|s| of.active[*s] && of.zone[*s] == Zone::City) {
            let kept = before.suppliers.expected_consumption[s] + contracts[s.index()];
            let room = (capacity(&before, s) - kept).max(0);
            let sold = of.sales[s] - of.consumption[s] - contracts[s.index()];
            assert!(sold <= room, "month {month}: {s:?} sold {sold} of {room}");
            // Shares of orders are rounded down, each to a penny.
            filled_up += usize::from(room > 100 && room - sold < 100);
        }
    }
    assert!(asked > 100 && filled_up > 10, "{asked} were asked, {filled_up} were filled up");
}

/// Without `capacity` nobody is full, so that nobody is asked to stand in, though there are links with somebody who could.
#[test]
fn without_limits_nobody_is_turned_away() {
    let sets = ["run.scale=0.02", "mechanisms.entry_exit=false", "mechanisms.capacity=false"];
    let mut city = synthesise(load("leeds/baseline", &sets.map(str::to_owned)).settings);
    run(&mut city, 2, None).unwrap();
    assert!(city.suppliers.turned_away.iter().all(|amount| *amount == 0));
    assert!(city.flows.backups.iter().all(|taken| *taken == 0));
    assert!(city.suppliers.links.items().iter().any(|link| link.backup != NOBODY));
}
