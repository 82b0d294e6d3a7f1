//! How strongly holders of contracts are asked to buy nearer: as far as the levers go, on the contracts that they reach.

use super::{city, let_next, month};
use recirc::base::col::Id;
use recirc::economy::plan::Plan;
use recirc::economy::procurement::{clauses, usual};
use recirc::place::vocabulary::Zone;
use recirc::world::City;
use recirc::world::orgs::NOBODY;
use recirc::world::suppliers::SupplierId;

/// At the council, for a contract of £50,000 and one of £50m, by the levers' entries.
fn asked(toml: &str) -> [f64; 2] {
    let city = city(toml, &[]);
    let plan = Plan::new(&city.settings, &city);
    let mut city = city;
    month(&mut city, &plan);
    let (after, rules) = let_next(&city, &plan);
    let council = after.anchors.council.unwrap() as u16;
    [5e4, 5e7].map(|value| rules.of(council, 0).asks_for_local(value))
}

#[test]
fn as_far_as_the_lever_goes() {
    let preference = |points: f64, up_to: u32| {
        format!("[[policy.local_preference]]\npoints = {points:?}\nup_to_gbp = {up_to}\nlocal = \"city\"\n")
    };
    assert_eq!(asked(""), [0.0, 0.0]);
    assert_eq!(asked(&preference(10.0, 200_000)), [1.0, 0.0]);
    assert_eq!(asked(&preference(2.5, 200_000)), [0.25, 0.0]);
    assert_eq!(asked(&preference(10.0, 20_000)), [0.0, 0.0]);
    assert!(asked(&preference(1e-6, 200_000))[0] < 1e-6);
    let reserved = "[[policy.reservation]]\ngroup = \"local\"\n";
    assert_eq!(asked(reserved), [1.0, 0.0]);
    let clause = "[[policy.devolved_local_rules]]\nup_to_gbp = 1_000_000\n[[policy.local_subcontracting_clause]]\nshare = 0.3\n";
    let [small, large] = asked(clause);
    assert!((small - 0.3).abs() < 1e-6 && large == 0.0, "{small} {large}");
    assert_eq!(asked("[[policy.local_invitations]]\nat_least = 2\n"), [1.0, 1.0]);
}

/// Bidders outside carry the mean of their section, of which they have no accounts; those of the city their own.
#[test]
fn bidders_outside_carry_their_sections_mean() {
    let after = |toml: &str| -> City {
        let mut city = city(toml, &[]);
        city.contracts.rows.iter_mut().for_each(|row| row.end_month = row.end_month.min(3));
        let plan = Plan::new(&city.settings, &city);
        (0..4).for_each(|_| month(&mut city, &plan));
        city
    };
    let with = after("[[policy.living_wage_clause]]\nlevel = 1\n");
    let of = &with.suppliers;
    for s in of.active.ids().filter(|s| of.active[*s]) {
        let usual = usual::of_bidder(&with, s);
        match of.zone[s] {
            Zone::City => assert_eq!(usual, None),
            _ => assert!(
                usual.is_some_and(|of| of.pay > 0.01 && of.services + of.goods > 0.01),
                "{:?}: {usual:?}",
                of.sector[s]
            ),
        }
    }
    // By hand for the section of one of them: pay over sales, weighted by sales.
    let outside = of.active.ids().find(|s| of.zone[*s] != Zone::City).unwrap();
    let (mut pay, mut services) = ((0.0, 0.0), 0.0);
    for i in 0..of.len() {
        let s = SupplierId::from_index(i);
        if of.active[s] && of.zone[s] == Zone::City && of.sector[s] == of.sector[outside] {
            let sales = of.normal_sales[s] as f64;
            pay = (pay.0 + sales * of.recipe[s].pay as f64 / (1u64 << 32) as f64, pay.1 + sales);
            let linked = with.suppliers.links.row(i).iter().filter(|l| !clauses::is_goods(&with, l.seller));
            let linked: u64 = linked.map(|l| l.share).sum();
            services += sales * (clauses::outside_inputs(&with, s).0 + linked as f64 / (1u64 << 32) as f64);
        }
    }
    let usual = usual::of_sections(&with)[of.sector[outside].index()];
    assert!((usual.pay - pay.0 / pay.1).abs() < 1e-9, "{} and {}", usual.pay, pay.0 / pay.1);
    assert!((usual.services - services / pay.1).abs() < 1e-9);
    // What they win is dearer for the clause, as what firms of the city win.
    let price = |city: &City, here: bool| {
        let won = |r: &&recirc::world::contracts::Contract| r.supplier != NOBODY && r.first_month >= 3;
        let rows = city.contracts.rows.iter().filter(won);
        let rows = rows.filter(|r| (city.suppliers.zone[SupplierId(r.supplier)] == Zone::City) == here);
        let (sum, n) = rows.fold((0.0, 0), |(sum, n), row| (sum + row.price, n + 1));
        sum / f64::from(n)
    };
    let without = after("");
    for here in [true, false] {
        let dearer = price(&with, here) / price(&without, here);
        assert!((1.0003..1.02).contains(&dearer), "{here}: {dearer}");
    }
}

/// Officers of an anchor whose aversion binds its policy buy that part of its needs as without it, and the others with it; where
/// it does not bind, or there is no aversion, all of them with it.
#[test]
fn aversion_binds_policy_as_far_as_it_is_told() {
    let levers = "[[policy.local_preference]]\npoints = 60\nup_to_gbp = 200_000\nlocal = \"city\"\n\
                  [[policy.reservation]]\ngroup = \"local\"\nanchors = [\"yorkshire_water\"]\n\
                  [[policy.local_invitations]]\nat_least = 2\nanchors = [\"council\"]\n\
                  [[policy.devolved_local_rules]]\nup_to_gbp = 1_000_000\nanchors = [\"beckett\"]\n\
                  [[policy.local_subcontracting_clause]]\nshare = 0.3\n\
                  [[policy.early_engagement]]\nlead_months = 12\n";
    let of = |levers: &str, binds: f64, aversion: f64| {
        let mut city = city(levers, &[&format!("procurement.aversion_binds_policy={binds}")]);
        for team in &mut city.anchors.teams {
            (team.officers_fte, team.risk_aversion, team.lead_months) = (1e4, aversion, 0);
        }
        let plan = Plan::new(&city.settings, &city);
        month(&mut city, &plan);
        let (after, _) = let_next(&city, &plan);
        month(&mut city, &plan);
        let norms = city.suppliers.norm.iter().map(|norm| f64::from(*norm)).sum::<f64>();
        let clauses = after.contracts.rows.iter().filter(|row| row.clauses.services > 0.0).count();
        let preferred = after.contracts.awards.iter().filter(|a| a.preferred).count();
        ((preferred, clauses, norms), after.contracts.awards)
    };
    assert_eq!(of(levers, 1.0, 0.0), of(levers, 0.0, 0.0));
    let ((all, some), none) = ((of(levers, 0.0, 0.5).0, of(levers, 1.0, 0.5).0), of(levers, 1.0, 1.0));
    assert!(all.0 > 20 && all.1 > 50 && all.2 > 0.0, "{all:?}");
    for (some, all) in [(some.0, all.0), (some.1, all.1)] {
        assert!((0.3..0.7).contains(&(some as f64 / all as f64)), "{some} of {all}");
    }
    assert!(some.2 < all.2 && some.2 > 0.0, "{some:?} of {all:?}");
    assert_eq!(none, of("", 1.0, 1.0));
    assert_eq!((none.0.0, none.0.1, none.0.2), (0, 0, 0.0));
}
