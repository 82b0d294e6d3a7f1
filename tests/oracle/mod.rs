//! The oracle: a plain serial model, written from the model's page and not from the engine, one payment at a
//! time. It agrees with the engine to the penny, account by account and month by month.

mod books;
mod month;
mod start;

use books::{Account, OUTSIDE};
use recirc::base::col::Id;
use recirc::economy::plan::Plan;
use recirc::economy::step::step;
use recirc::place::Place;
use recirc::scenario;
use recirc::study::{Ready, Simulation};
use recirc::world::orgs::OrgId;

/// Two shops with links, VAT, partners, commuters and exports; two anchors.
const TOWN: &str = r#"
name = "two streets"
[[anchor]]
id = "council"
name = "Council"
kind = "council"
buys = { bakery = 2100.37, builder = 4000.05, wholesaler = 777.77 }
pays = { clerk = 1999.99, region = 801.5 }
[[anchor]]
id = "college"
name = "College"
kind = "college"
buys = { bakery = 333.33 }
pays = { baker = 150.01 }
[[supplier]]
id = "bakery"
name = "Bakery"
sector = "C"
ownership = "family"
vat = 0.0633
pays = { baker = 0.21, clerk = 0.07, region = 0.033 }
buys = { builder = 0.041, country = 0.19, world = 0.05 }
national_taxes = 0.031
council_rates = 0.017
surplus = { baker = 0.31, clerk = 0.29, country = 0.4 }
exports_gbp_month = 1234.56
[[supplier]]
id = "builder"
name = "Builder"
sector = "F"
ownership = "independent"
vat = 0.1667
pays = { builder_home = 0.37, country = 0.05 }
buys = { bakery = 0.013, wholesaler = 0.11, region = 0.09 }
national_taxes = 0.06
council_rates = 0.02
surplus = { builder_home = 0.5, world = 0.2, finance = 0.3 }
[[supplier]]
id = "wholesaler"
name = "Wholesaler"
sector = "G"
zone = "country"
ownership = "national_branch"
buys = { bakery = 0.05 }
surplus = { country = 1.0 }
[[household]]
id = "baker"
direct_tax = 0.181
pension = 0.047
council_tax = 0.051
deposits_gbp = 900.01
spends = { bakery = 0.13, builder = 0.11, country = 0.21, world = 0.02 }
[[household]]
id = "builder_home"
direct_tax = 0.2
council_tax = 0.04
benefits_gbp_month = 211.11
spends = { bakery = 0.3, region = 0.27 }
[[household]]
id = "clerk"
direct_tax = 0.15
pension = 0.03
council_tax = 0.06
benefits_gbp_month = 100
spends = { bakery = 0.1, builder = 0.33, country = 0.3 }
"#;

/// Run both models and compare every balance each month. `budget` is what the budget lever makes of purchases
/// from the given month of the run on.
fn compare(path: &str, sets: &[String], (from, budget): (u16, f64)) {
    let ready = Ready::new(scenario::load(path, sets).unwrap()).unwrap();
    let Place::Town(town) = &ready.place else { panic!("no town") };
    let settings = &ready.scenario.settings;
    let mut oracle = start::model(town, settings.firms.reserve_months);
    let mut engine = Simulation::new(&ready, 1).unwrap();
    let plan = Plan::new(settings, &engine.city);
    let burn_in = engine.city.burn_in;
    for month in 0..=burn_in + 24 {
        if month > 0 {
            let in_force = month >= burn_in + from;
            oracle.month(if in_force { budget } else { 1.0 });
            step(&mut engine.city, &plan, &engine.draws, None).unwrap();
        }
        let city = &engine.city;
        for h in 0..town.household.len() {
            assert_eq!(
                *oracle.balance(Account::Home(h)),
                city.households.deposits.rows()[h],
                "home {h}, {month}"
            );
            assert_eq!(
                oracle.homes[h].received_last,
                city.households.received_last.rows()[h],
                "home {h}, {month}"
            );
        }
        for s in 0..town.supplier.len() {
            assert_eq!(oracle.shops[s].cash, city.cash[city.orgs.supplier(s)], "shop {s}, {month}");
            assert_eq!(oracle.shops[s].sales_last, city.suppliers.sales_last.rows()[s], "shop {s}, {month}");
        }
        for a in 0..town.anchor.len() {
            assert_eq!(oracle.anchors[a].cash, city.cash[city.orgs.anchor(a)], "anchor {a}, {month}");
        }
        let first = town.supplier.len() + town.anchor.len();
        for (k, account) in OUTSIDE.into_iter().enumerate() {
            assert_eq!(
                *oracle.balance(account),
                city.cash[OrgId::from_index(first + k)],
                "{account:?}, {month}"
            );
        }
    }
}

#[test]
fn three_shops_to_the_penny() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/teaching/three_shops.toml");
    compare(path, &[], (1, 1.0));
}

#[test]
fn a_richer_town_to_the_penny() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("town.toml"), TOWN).unwrap();
    let lever = "[[policy.procurement_budget]]\nstart = \"2026-10\"\nchange_percent = -13\n";
    let path = dir.path().join("s.toml");
    std::fs::write(&path, format!("place = \"town.toml\"\n{lever}")).unwrap();
    compare(path.to_str().unwrap(), &["run.burn_in_months=6".into()], (7, 1.0 - 0.13));
}
