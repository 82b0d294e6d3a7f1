//! The teaching town, by hand: shares are sound, and LM3 is what the files' heads say.

use recirc::place::town::{Town, TownSupplier};
use std::collections::BTreeMap;

const OUTSIDE: [&str; 4] = ["region", "country", "world", "finance"];

fn town(file: &str) -> Town {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/teaching").join(file);
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn sum(shares: &BTreeMap<String, f64>) -> f64 {
    shares.values().sum()
}

fn local(shares: &BTreeMap<String, f64>) -> f64 {
    shares.iter().filter(|(to, _)| !OUTSIDE.contains(&to.as_str())).map(|(_, share)| share).sum()
}

fn profit(supplier: &TownSupplier) -> f64 {
    1.0 - sum(&supplier.pays) - sum(&supplier.buys) - supplier.national_taxes - supplier.council_rates
}

/// What stays in town of a pound that a shop receives.
fn kept(supplier: &TownSupplier) -> f64 {
    local(&supplier.pays)
        + local(&supplier.buys)
        + supplier.council_rates
        + profit(supplier) * local(&supplier.surplus)
}

#[test]
fn shares_are_sound() {
    for file in ["three_shops_town.toml", "three_shops_town_local.toml"] {
        let town = town(file);
        assert_eq!((town.anchor.len(), town.supplier.len(), town.household.len()), (1, 3, 10));
        let shops: Vec<&str> = town.supplier.iter().map(|shop| shop.id.as_str()).collect();
        let homes: Vec<&str> = town.household.iter().map(|home| home.id.as_str()).collect();
        let known = |to: &String, ids: &[&str]| ids.contains(&to.as_str()) || OUTSIDE.contains(&to.as_str());
        for shop in &town.supplier {
            assert!(profit(shop) >= 0.0, "{}", shop.id);
            assert!((sum(&shop.surplus) - 1.0).abs() < 1e-12, "{}", shop.id);
            assert!(shop.buys.keys().all(|to| known(to, &shops)), "{}", shop.id);
            assert!(shop.pays.keys().chain(shop.surplus.keys()).all(|to| known(to, &homes)), "{}", shop.id);
        }
        for home in &town.household {
            let used = home.direct_tax + home.pension + home.council_tax + sum(&home.spends);
            assert!(used <= 1.0 + 1e-12, "{}", home.id);
            assert!(local(&home.spends) > 0.0 && local(&home.spends) < sum(&home.spends), "{}", home.id);
            assert!(home.spends.keys().all(|to| known(to, &shops)), "{}", home.id);
        }
        for anchor in &town.anchor {
            assert!(anchor.buys.keys().all(|to| shops.contains(&to.as_str())));
            assert!(anchor.pays.keys().all(|to| homes.contains(&to.as_str())));
        }
    }
}

#[test]
fn lm3_by_hand() {
    for (file, grocer, lm3) in
        [("three_shops_town.toml", 0.30, 2.54), ("three_shops_town_local.toml", 0.40, 2.58)]
    {
        let town = town(file);
        let shop = |id: &str| town.supplier.iter().find(|shop| shop.id == id).unwrap();
        for (id, stays) in [("bakery", 0.60), ("grocer", grocer), ("repairs", 0.75)] {
            assert!((kept(shop(id)) - stays).abs() < 1e-12, "{id}");
        }
        let spent: f64 = sum(&town.anchor[0].buys);
        let stays: f64 = town.anchor[0].buys.iter().map(|(id, gbp)| gbp * kept(shop(id))).sum();
        assert_eq!(spent, 10_000.0);
        assert!(((2.0 * spent + stays) / spent - lm3).abs() < 1e-12);
    }
}
