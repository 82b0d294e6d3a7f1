//! Norms of buying locally go on from buyers to sellers as the links stand once buyers have looked at them again.

use crate::common::{load, run, synthesise};
use recirc::base::col::Id;
use recirc::world::City;
use recirc::world::suppliers::{Link, SupplierId};

/// What the norm of each supplier that holds no contract becomes, by these links.
fn after(before: &City, now: &City, links: &[Link]) -> Vec<(SupplierId, f32)> {
    let mut sums = vec![(0.0f64, 0.0f64); now.suppliers.len()];
    for (buyer, norm) in before.suppliers.norm.iter().enumerate() {
        for l in now.suppliers.links.range(buyer) {
            let (sum, paid) = (&mut sums[links[l].seller as usize], now.flows.links[l] as f64);
            *sum = (sum.0 + f64::from(*norm) * paid, sum.1 + paid);
        }
    }
    let rules = &now.settings.norms;
    let holds = |s: &SupplierId| now.contracts.rows.iter().any(|row| row.supplier == s.0);
    let others = now.suppliers.norm.ids().filter(|s| !holds(s));
    let norm = |s: SupplierId| {
        let (sum, paid) = sums[s.index()];
        let peers = if paid > 0.0 { sum / paid } else { 0.0 };
        let (norm, aim) = (f64::from(before.suppliers.norm[s]), (rules.peer_weight * peers).min(1.0));
        (s, (norm + rules.adoption_yearly / 12.0 * (aim - norm)) as f32)
    };
    others.map(norm).collect()
}

#[test]
fn sellers_follow_the_buyers_that_they_have_now() {
    let sets = ["run.scale=0.01", "mechanisms.entry_exit=false", "firms.link_review_monthly=0.2"];
    let mut city = synthesise(load("leeds/local_first", &sets.map(str::to_owned)).settings);
    // In the months after burn-in, the policy's first year.
    city.burn_in = 0;
    run(&mut city, 6, None).unwrap();
    let before = city.clone();
    run(&mut city, 1, None).unwrap();
    let expected = after(&before, &city, city.suppliers.links.items());
    let all = expected.iter().filter(|(_, norm)| *norm > 0.0).count();
    assert!(all > 100, "{all} sellers have a norm");
    for (s, norm) in expected {
        assert_eq!(city.suppliers.norm[s], norm, "{s:?}");
    }
    let by_old_links = after(&before, &city, before.suppliers.links.items());
    assert!(by_old_links.iter().any(|(s, norm)| city.suppliers.norm[*s] != *norm), "no link has changed");
}
