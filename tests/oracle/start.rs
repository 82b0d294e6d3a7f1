//! A town as written, and its steady month (section 7.1 of the model's page).

use super::books::{Account, Anchor, Home, Model, Shop, Worker, pence, share};
use recirc::place::town::Town;
use recirc::place::vocabulary::{AnchorKind, Zone};
use std::collections::BTreeMap;

/// The firms of a zone by its word.
fn firms(word: &str) -> Option<Account> {
    match word {
        "region" => Some(Account::RegionFirms),
        "country" => Some(Account::CountryFirms),
        "world" => Some(Account::World),
        _ => None,
    }
}

/// Positions of agents by id.
struct Names {
    shops: BTreeMap<String, usize>,
    homes: BTreeMap<String, usize>,
}

impl Names {
    fn new(town: &Town) -> Names {
        Names {
            shops: town.supplier.iter().enumerate().map(|(s, shop)| (shop.id.clone(), s)).collect(),
            homes: town.household.iter().enumerate().map(|(h, home)| (home.id.clone(), h)).collect(),
        }
    }

    fn seller(&self, word: &str) -> Account {
        firms(word).unwrap_or_else(|| Account::Shop(self.shops[word]))
    }

    fn payee(&self, word: &str) -> Account {
        match word {
            "region" => Account::RegionHomes,
            "country" => Account::CountryHomes,
            _ => Account::Home(self.homes[word]),
        }
    }
}

/// Receipts in pounds of a month that repeats itself.
#[derive(Clone)]
struct Steady {
    homes: Vec<f64>,
    gross: Vec<f64>,
    vat: Vec<f64>,
    council: f64,
}

/// One substitution.
fn substitute(town: &Town, names: &Names, old: &Steady) -> Steady {
    let mut new = Steady {
        homes: town.household.iter().map(|home| home.benefits_gbp_month).collect(),
        gross: town.supplier.iter().map(|shop| shop.exports_gbp_month).collect(),
        vat: vec![0.0; town.supplier.len()],
        council: 0.0,
    };
    for anchor in &town.anchor {
        for (id, pounds) in &anchor.buys {
            new.gross[names.shops[id]] += pounds;
        }
        for (id, pounds) in &anchor.pays {
            if let Account::Home(h) = names.payee(id) {
                new.homes[h] += pounds;
            }
        }
    }
    for (s, shop) in town.supplier.iter().enumerate() {
        let net = old.gross[s] - old.vat[s];
        for (id, part) in &shop.buys {
            if let Account::Shop(seller) = names.seller(id) {
                new.gross[seller] += net * part;
            }
        }
        for (id, part) in &shop.pays {
            if let Account::Home(h) = names.payee(id) {
                new.homes[h] += net * part;
            }
        }
        let used = shop.pays.values().sum::<f64>() + shop.buys.values().sum::<f64>();
        let profit = net * (1.0 - used - shop.national_taxes - shop.council_rates);
        for (id, part) in &shop.surplus {
            if let Some(h) = names.homes.get(id) {
                new.homes[*h] += profit * part;
            }
        }
        new.council += net * shop.council_rates;
    }
    for (h, home) in town.household.iter().enumerate() {
        for (id, part) in &home.spends {
            if let Account::Shop(s) = names.seller(id) {
                let spent = old.homes[h] * part;
                new.gross[s] += spent;
                new.vat[s] += spent * town.supplier[s].vat;
            }
        }
        new.council += old.homes[h] * home.council_tax;
    }
    new
}

fn steady(town: &Town, names: &Names) -> Steady {
    let (homes, shops) = (town.household.len(), town.supplier.len());
    let mut old =
        Steady { homes: vec![0.0; homes], gross: vec![0.0; shops], vat: vec![0.0; shops], council: 0.0 };
    loop {
        let new = substitute(town, names, &old);
        let all = |of: &Steady| [of.homes.clone(), of.gross.clone(), of.vat.clone()].concat();
        let most = new.homes.iter().chain(&new.gross).copied().fold(0.0, f64::max);
        let change = all(&new).iter().zip(all(&old)).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        old = new;
        if change < 1e-9 * (1.0 + most) {
            return old;
        }
    }
}

/// The town on its first day.
pub fn model(town: &Town, reserve_months: f64) -> Model {
    let names = Names::new(town);
    let steady = steady(town, &names);
    let mut model = Model::default();
    for (s, shop) in town.supplier.iter().enumerate() {
        let (received, due) = (pence(steady.gross[s]), pence(steady.vat[s]));
        let net = pence(steady.gross[s] - steady.vat[s]);
        let reserve = (net as f64 * reserve_months).floor() as i64;
        let away = match shop.zone {
            Zone::City => None,
            zone => firms(zone.label()),
        };
        let mut inputs = Vec::new();
        let mut links = Vec::new();
        for (id, part) in &shop.buys {
            match names.seller(id) {
                Account::Shop(seller) => links.push((seller, share(*part))),
                outside => inputs.push((outside, share(*part))),
            }
        }
        let mut owners: Vec<(usize, f64)> =
            shop.surplus.iter().filter_map(|(id, part)| Some((*names.homes.get(id)?, *part))).collect();
        let city: f64 = owners.iter().map(|(_, part)| part).sum();
        let owner = owners.pop().map(|(h, _)| h);
        let out = |word: &str| share(shop.surplus.get(word).copied().unwrap_or(0.0));
        model.shops.push(Shop {
            away,
            cash: reserve + due + received,
            received_last: received,
            sales_last: received - due,
            vat_due: due,
            vat: share(shop.vat),
            exports: pence(shop.exports_gbp_month),
            links,
            inputs,
            product_tax: share(shop.national_taxes),
            rates: share(shop.council_rates),
            pay: share(shop.pays.values().sum()),
            profit: [share(city), out("region"), out("country"), out("world"), out("finance")],
            owner,
            partners: owners.iter().map(|(h, part)| (*h, share(part / city))).collect(),
            ..Shop::default()
        });
        for (id, part) in &shop.pays {
            let pay = pence(part * (steady.gross[s] - steady.vat[s]));
            model.workers.push(Worker { home: names.payee(id), employer: Account::Shop(s), pay });
        }
    }
    for (h, home) in town.household.iter().enumerate() {
        let received = pence(steady.homes[h]);
        let spends: f64 = home.spends.values().sum();
        model.homes.push(Home {
            deposits: received + pence(home.deposits_gbp),
            received_last: received,
            benefits: pence(home.benefits_gbp_month),
            direct_tax: share(home.direct_tax),
            pension: share(home.pension),
            council_tax: share(home.council_tax),
            consumption: share(spends),
            outlets: home.spends.iter().map(|(id, x)| (names.seller(id), share(x / spends))).collect(),
            ..Home::default()
        });
    }
    let council = town.anchor.iter().position(|anchor| anchor.kind == AnchorKind::Council);
    model.council = council.map(Account::Anchor);
    for (a, anchor) in town.anchor.iter().enumerate() {
        let contracts: Vec<(usize, i64)> =
            anchor.buys.iter().map(|(id, pounds)| (names.shops[id], pence(*pounds))).collect();
        let mut wanted: i64 = contracts.iter().map(|(_, monthly)| monthly).sum();
        for (id, pounds) in &anchor.pays {
            wanted += pence(*pounds);
            let (home, employer) = (names.payee(id), Account::Anchor(a));
            model.workers.push(Worker { home, employer, pay: pence(*pounds) });
        }
        let local = if council == Some(a) { pence(steady.council) } else { 0 };
        let from_government = (wanted - local).max(0);
        let excess = (local - wanted).max(0);
        let normal = local + from_government;
        model.anchors.push(Anchor {
            cash: 3 * normal / 2 + normal,
            received_last: normal,
            normal,
            from_government,
            remitted: if excess > 0 { share(excess as f64 / local as f64) } else { 0 },
            contracts,
            ..Anchor::default()
        });
    }
    model
}
