//! The teaching town, by hand: shares are sound, and LM3 is what the files' heads say.

use recirc::base::col::Id;
use recirc::economy::plan::Plan;
use recirc::measure::local::Traced;
use recirc::measure::record::Record;
use recirc::place::town::{Town, TownSupplier};
use recirc::scenario;
use recirc::study::{Ready, Simulation, Watch};
use recirc::world::City;
use recirc::world::households::HouseholdId;
use recirc::world::suppliers::SupplierId;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

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

/// A teaching scenario under way, and its plan; each month the dye is all accounted for.
fn simulate(scenario: &str, mut seen: impl FnMut(&City, &City)) -> Traced {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/teaching").join(scenario);
    let ready = Ready::new(scenario::load(path.to_str().unwrap(), &[]).unwrap()).unwrap();
    let stop = AtomicBool::new(false);
    let watch = Watch { tick: &|| (), stop: &stop };
    let mut simulation = Simulation::new(&ready, 1).unwrap();
    let plan = Plan::new(&ready.scenario.settings, &simulation.city);
    let mut record = Record::new(&simulation.city);
    for _ in 0..ready.months() {
        let before = simulation.city.clone();
        simulation.advance(&plan, &mut record, 1, &watch).unwrap();
        assert_eq!(simulation.tracer.as_ref().unwrap().unaccounted(), 0);
        seen(&before, &simulation.city);
    }
    Traced::over(&simulation.tracer.unwrap().ledger, record.first_month)
}

#[test]
fn the_simulator_returns_the_lm3_of_the_hand() {
    for (scenario, lm3) in [("three_shops.toml", 2.54), ("three_shops_buy_local.toml", 2.58)] {
        let traced = simulate(scenario, |_, _| ());
        assert!((traced.lm3() - lm3).abs() < 1e-4, "{scenario}: {}", traced.lm3());
        assert!((traced.lm3_contract() - lm3 + 1.0).abs() < 1e-4);
    }
}

/// Month by month: the council pays each shop and clerk what the file says, the pensioners get their pension,
/// and each shop divides last month's receipts as the file's comments say, to the penny.
#[test]
fn every_month_is_the_month_of_the_file() {
    for (file, scenario) in [
        ("three_shops_town.toml", "three_shops.toml"),
        ("three_shops_town_local.toml", "three_shops_buy_local.toml"),
    ] {
        let town = town(file);
        let share = |of: f64, received: i64| of * received as f64;
        // Each payment is whole pence; a pay bill is rounded, and then each of up to three pay packets.
        let within = |paid: i64, hand: f64, pence: f64, what: &str| {
            assert!((paid as f64 - hand).abs() <= pence + 1e-6, "{what}: {paid}p is not {hand}p");
        };
        let near = |paid: i64, hand: f64, what: &str| within(paid, hand, 1.0, what);
        simulate(scenario, |before, city| {
            let contracts: Vec<i64> = city.flows.payments.iter().map(|p| p.amount).collect();
            for (paid, hand) in contracts.iter().zip([200_000, 400_000, 400_000]) {
                // Shares of what the council receives, where some 20 taxes and rates are whole pence.
                within(*paid, f64::from(hand), 5.0, "contract");
            }
            within(city.flows.anchor[0].pay, 400_000.0, 6.0, "clerks");
            for (h, home) in town.household.iter().enumerate().filter(|(_, h)| h.benefits_gbp_month > 0.0) {
                let received = city.households.received_last[HouseholdId::from_index(h)];
                assert_eq!(received, 100_000, "{}", home.id);
            }
            for (i, shop) in town.supplier.iter().enumerate() {
                let s = SupplierId::from_index(i);
                let (received, uses) = (before.suppliers.sales_last[s], &city.flows.supplier[s]);
                let to_shops: i64 = city.suppliers.links.range(i).map(|l| city.flows.links[l]).sum();
                let outside = |to: &str| shop.buys.get(to).copied().unwrap_or(0.0);
                near(to_shops, share(local(&shop.buys), received), "bread for the grocer");
                near(uses.outside_inputs[0], share(outside("region"), received), "inputs of the region");
                near(uses.outside_inputs[1], share(outside("country"), received), "inputs of the country");
                near(uses.national_taxes, share(0.05, received), "national taxes");
                near(uses.rates_council, share(0.05, received), "rates");
                within(uses.pay, share(sum(&shop.pays), received), 4.0, "pay");
                within(uses.pay_residents, share(local(&shop.pays), received), 3.0, "pay in town");
                // Every penny of the receipts goes somewhere; the owners have what is left.
                assert_eq!(to_shops + uses.total(), received, "{}", shop.id);
                let profit = uses.owner + uses.profit_outside.iter().sum::<i64>();
                let left = received - to_shops - (uses.total() - profit);
                near(uses.owner, share(local(&shop.surplus), left), "profit in town");
            }
        });
    }
}
