//! A city from a town file: every agent as written, and the steady month that the shares imply.
//!
//! The month's receipts r of all agents solve r = B r + f, with B the shares that agents in the town pay each
//! other and f what comes from outside; the town starts in that month, rounded to pence.

use super::open_accounts;
use crate::base::col::{Col, Id};
use crate::base::date::Date;
use crate::base::money::{Pence, WHOLE, pence, share};
use crate::place::city::{PURCHASES, SECTORS};
use crate::place::town::{Town, TownSupplier};
use crate::place::vocabulary::{AnchorKind, Zone};
use crate::scenario::settings::Settings;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::contracts::{Contract, Contracts};
use crate::world::employers::{EmployerId, Employers, OUTSIDE_EMPLOYERS};
use crate::world::households::{Commitments, FixedShares, HouseholdId, Landlord, SteadyIncome};
use crate::world::market::Market;
use crate::world::orgs::{NOBODY, Orgs, Outside};
use crate::world::suppliers::{Link, Recipe, SupplierId};
use crate::world::workers::{Status, Workers};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a town file cannot be run with.
#[derive(Debug, thiserror::Error)]
pub enum TownError {
    #[error(
        "the town {town} is written in fixed shares and runs with its mechanisms off: set mechanisms.{key} = false"
    )]
    Mechanism { town: String, key: &'static str },
    #[error("{town}: {who} receives and passes on ever more; some share of its receipts must leave the town")]
    NoSteadyMonth { town: String, who: String },
}

/// Build the town.
pub fn town(of: &Town, settings: Arc<Settings>, start: Date) -> Result<City, TownError> {
    refuse_mechanisms(of, &settings)?;
    let orgs = Orgs { suppliers: of.supplier.len() as u32, anchors: of.anchor.len() as u32 };
    let steady = steady_month(of)?;
    let ids = Ids::new(of);
    let mut city = empty(of, settings, start, orgs);
    households(of, &ids, &steady, &mut city);
    suppliers(of, &ids, &steady, &mut city);
    staff(of, &ids, &steady, &mut city);
    anchors(of, &ids, &steady, &mut city);
    open_accounts(&mut city);
    for (h, file) in of.household.iter().enumerate() {
        let id = HouseholdId::from_index(h);
        city.households.deposits[id] = city.households.received_last[id] + pence(file.deposits_gbp);
    }
    for i in 0..city.suppliers.len() {
        let s = SupplierId::from_index(i);
        city.cash[city.orgs.supplier(i)] += city.suppliers.received_last[s];
    }
    for a in 0..city.anchors.len() {
        let id = AnchorId::from_index(a);
        city.cash[city.orgs.anchor(a)] += city.anchors.received_last[id];
    }
    city.money = city.total_balance();
    Ok(city)
}

fn refuse_mechanisms(of: &Town, settings: &Settings) -> Result<(), TownError> {
    let m = &settings.mechanisms;
    let on = [
        (m.capacity, "capacity"),
        (m.labour_market, "labour_market"),
        (m.prices, "prices"),
        (m.progressivity, "progressivity"),
        (m.entry_exit, "entry_exit"),
        (m.adaptation, "adaptation"),
        (m.norms, "norms"),
    ];
    match on.into_iter().find(|(on, _)| *on) {
        Some((_, key)) => Err(TownError::Mechanism { town: of.name.clone(), key }),
        None => Ok(()),
    }
}

/// Row of each agent by its id in the file.
struct Ids {
    suppliers: BTreeMap<String, u32>,
    households: BTreeMap<String, u32>,
}

impl Ids {
    fn new(of: &Town) -> Ids {
        let rows = |ids: Vec<&String>| ids.into_iter().enumerate().map(|(i, id)| (id.clone(), i as u32)).collect();
        Ids {
            suppliers: rows(of.supplier.iter().map(|s| &s.id).collect()),
            households: rows(of.household.iter().map(|h| &h.id).collect()),
        }
    }
}

/// Receipts of each agent in the steady month, pounds.
struct Steady {
    households: Vec<f64>,
    /// Gross, and of that VAT.
    suppliers: Vec<f64>,
    vat: Vec<f64>,
    /// What anchors receive in the town.
    anchors: Vec<f64>,
}

fn steady_month(of: &Town) -> Result<Steady, TownError> {
    let ids = Ids::new(of);
    let council = of.anchor.iter().position(|a| a.kind == AnchorKind::Council);
    let zeros = |n| vec![0.0; n];
    let mut now = Steady {
        households: zeros(of.household.len()),
        suppliers: zeros(of.supplier.len()),
        vat: zeros(of.supplier.len()),
        anchors: zeros(of.anchor.len()),
    };
    let mut largest = 0.0f64;
    for round in 0..20_000 {
        let mut next = Steady {
            households: of.household.iter().map(|h| h.benefits_gbp_month).collect(),
            suppliers: of.supplier.iter().map(|s| s.exports_gbp_month).collect(),
            vat: zeros(of.supplier.len()),
            anchors: zeros(of.anchor.len()),
        };
        let mut council_gets = 0.0;
        for anchor in &of.anchor {
            add(&mut next.suppliers, &ids.suppliers, &anchor.buys, 1.0);
            add(&mut next.households, &ids.households, &anchor.pays, 1.0);
        }
        for (s, file) in of.supplier.iter().enumerate() {
            let net = now.suppliers[s] - now.vat[s];
            add(&mut next.suppliers, &ids.suppliers, &file.buys, net);
            add(&mut next.households, &ids.households, &file.pays, net);
            add(&mut next.households, &ids.households, &file.surplus, net * surplus_share(file));
            council_gets += net * file.council_rates;
        }
        for (h, file) in of.household.iter().enumerate() {
            for (to, part) in &file.spends {
                if let Some(s) = ids.suppliers.get(to) {
                    let spent = now.households[h] * part;
                    next.suppliers[*s as usize] += spent;
                    next.vat[*s as usize] += spent * of.supplier[*s as usize].vat;
                }
            }
            council_gets += now.households[h] * file.council_tax;
        }
        if let Some(c) = council {
            next.anchors[c] += council_gets;
        }
        let change = difference(&now, &next);
        largest = next.suppliers.iter().chain(&next.households).fold(largest, |a, b| a.max(*b));
        now = next;
        if change < 1e-9 * (1.0 + largest) {
            return Ok(now);
        }
        if largest > 1e13 || round == 19_999 {
            let who = of.household.first().map_or_else(String::new, |h| h.id.clone());
            return Err(TownError::NoSteadyMonth { town: of.name.clone(), who });
        }
    }
    Ok(now)
}

fn add(to: &mut [f64], ids: &BTreeMap<String, u32>, parts: &BTreeMap<String, f64>, amount: f64) {
    for (id, part) in parts {
        if let Some(i) = ids.get(id) {
            to[*i as usize] += amount * part;
        }
    }
}

fn difference(a: &Steady, b: &Steady) -> f64 {
    let gap = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(p, q)| (p - q).abs()).fold(0.0, f64::max);
    gap(&a.households, &b.households).max(gap(&a.suppliers, &b.suppliers)).max(gap(&a.vat, &b.vat))
}

fn surplus_share(file: &TownSupplier) -> f64 {
    let costs = file.pays.values().sum::<f64>() + file.buys.values().sum::<f64>() + file.national_taxes + file.council_rates;
    (1.0 - costs).max(0.0)
}

fn empty(of: &Town, settings: Arc<Settings>, start: Date, orgs: Orgs) -> City {
    let burn_in = settings.run.burn_in_months;
    City {
        name: of.name.clone(),
        price_year: of.price_year.clone(),
        month: 0,
        epoch: start.plus(-i32::from(burn_in) - 1),
        burn_in,
        scale: 1.0,
        law: Default::default(),
        wards: vec![of.name.clone()],
        orgs,
        cash: Col::filled(0, orgs.len()),
        households: Default::default(),
        workers: Workers::default(),
        suppliers: Default::default(),
        employers: Employers::default(),
        anchors: Default::default(),
        contracts: Contracts::default(),
        market: market(of),
        flows: Default::default(),
        money: 0,
        settings,
    }
}

/// Outside demand by sector, all paid by the rest of the country.
fn market(of: &Town) -> Market {
    let mut exports = [0; SECTORS];
    for s in &of.supplier {
        exports[s.sector.index()] += pence(s.exports_gbp_month);
    }
    Market { exports, export_payers: [[0.0, 1.0, 0.0, 0.0]; SECTORS], ..Market::still() }
}

fn outside(orgs: &Orgs, word: &str) -> u32 {
    let account = match word {
        "region" => Outside::RegionFirms,
        "world" => Outside::World,
        "finance" => Outside::Finance,
        _ => Outside::CountryFirms,
    };
    orgs.outside(account).0
}

fn households(of: &Town, ids: &Ids, steady: &Steady, city: &mut City) {
    let orgs = city.orgs;
    let out = &mut city.households;
    for (h, file) in of.household.iter().enumerate() {
        let spent: f64 = file.spends.values().sum();
        let (mut outlets, mut budget) = ([orgs.outside(Outside::CountryFirms).0; PURCHASES], [0; PURCHASES]);
        for (p, (to, part)) in file.spends.iter().take(PURCHASES).enumerate() {
            outlets[p] = ids.suppliers.get(to).copied().unwrap_or_else(|| outside(&orgs, to));
            budget[p] = share(if spent > 0.0 { part / spent } else { 0.0 });
        }
        out.ward.push(0);
        out.decile.push(file.decile.clamp(1, 10) - 1);
        out.tenure.push(0);
        out.adults.push(file.adults);
        out.children.push(file.children);
        out.pensioners.push(0);
        out.budget.push(out.budgets.len() as u16);
        out.budgets.push(budget);
        out.deposits.push(0);
        out.steady.push(SteadyIncome {
            from_government: pence(file.benefits_gbp_month) as i32,
            ..SteadyIncome::default()
        });
        out.commitments.push(Commitments::default());
        out.landlord.push(Landlord::None);
        out.spending.push(Default::default());
        out.fixed.push(FixedShares {
            direct_tax: share(file.direct_tax),
            pension: share(file.pension),
            council_tax: share(file.council_tax),
            consumption: share(spent),
            ..FixedShares::default()
        });
        out.credit_at_start.push(0);
        out.outlets.push(outlets);
        out.received_last.push(pence(steady.households[h]));
        out.received.push(0);
    }
}

fn suppliers(of: &Town, ids: &Ids, steady: &Steady, city: &mut City) {
    let out = &mut city.suppliers;
    for (i, file) in of.supplier.iter().enumerate() {
        let gross = steady.suppliers[i];
        let net = gross - steady.vat[i];
        let owners: Vec<(u32, f64)> =
            file.surplus.iter().filter_map(|(id, part)| Some((*ids.households.get(id)?, *part))).collect();
        let in_town: f64 = owners.iter().map(|o| o.1).sum();
        let of_surplus = |word: &str| file.surplus.get(word).copied().unwrap_or(0.0);
        let bought = |word: &str| share(file.buys.get(word).copied().unwrap_or(0.0));
        out.identity.push(i as u64);
        out.active.push(true);
        out.stand_in.push(i as u32);
        out.sector.push(file.sector);
        out.zone.push(file.zone);
        out.ward.push(0);
        out.ownership.push(file.ownership);
        out.shop.push(false);
        out.owner.push(owners.last().map_or(NOBODY, |o| o.0));
        let others = &owners[..owners.len().saturating_sub(1)];
        out.partners.push_row(others.iter().map(|(h, part)| (*h, share(part / in_town))));
        out.vat.push(share(file.vat));
        out.recipe.push(Recipe {
            outside_inputs: [bought("region"), bought("country"), bought("world")],
            product_taxes: share(file.national_taxes),
            rates_council: share(file.council_rates),
            pay: share(file.pays.values().sum()),
            profit: [in_town, of_surplus("region"), of_surplus("country"), of_surplus("world"), of_surplus("finance")]
                .map(share),
            ..Recipe::default()
        });
        out.links.push_row(file.buys.iter().filter_map(|(id, part)| {
            let seller = *ids.suppliers.get(id)?;
            Some(Link { seller, backup: NOBODY, share: share(*part) })
        }));
        out.normal_sales.push(pence(net));
        out.expected.push(pence(net));
        out.expected_consumption.push(0);
        out.consumption.push(0);
        out.export_weight.push(pence(file.exports_gbp_month));
        out.received_last.push(pence(gross));
        out.sales_last.push(pence(gross) - pence(steady.vat[i]));
        out.received.push(0);
        out.sales.push(0);
        out.turned_away.push(0);
        out.vat_due.push(pence(steady.vat[i]));
        out.staff_due.push(0);
        out.debt.push(0);
        out.quality.push(0.5);
        out.norm.push(0.0);
        out.age_months.push(0);
        out.contract_income.push(0);
    }
}

/// One worker for each household that an employer pays, in the order of households; then commuters.
fn staff(of: &Town, ids: &Ids, steady: &Steady, city: &mut City) {
    let mut posts: Vec<(u32, u32, Pence, u8)> = Vec::new();
    let mut hire = |employer: usize, pays: &BTreeMap<String, f64>, amount: f64| {
        for (id, part) in pays {
            let pay = pence(part * amount);
            match ids.households.get(id) {
                Some(h) => posts.push((*h, employer as u32, pay, 0)),
                None => posts.push((NOBODY, employer as u32, pay, if id == "region" { 1 } else { 2 })),
            }
        }
    };
    for (i, file) in of.supplier.iter().enumerate() {
        hire(i, &file.pays, steady.suppliers[i] - steady.vat[i]);
    }
    for (a, file) in of.anchor.iter().enumerate() {
        hire(of.supplier.len() + a, &file.pays, 1.0);
    }
    posts.sort_by_key(|p| (p.0, p.1, p.3));
    let w = &mut city.workers;
    let n = of.supplier.len() + of.anchor.len() + OUTSIDE_EMPLOYERS;
    city.employers = Employers {
        headcount: Col::filled(0, n),
        wage_bill: Col::filled(0, n),
        pay_level: Col::filled(0, n),
        target_bill: Col::filled(0, n),
        pension: Col::filled(0, n),
        normal_ni: Col::filled(0, n),
        pay_ratio: Col::filled(WHOLE, n),
    };
    city.households.workers_from = vec![0];
    for h in 0..of.household.len() as u32 {
        let upto = posts.iter().filter(|p| p.0 <= h).count();
        city.households.workers_from.push(upto as u32);
    }
    for (household, employer, pay, home) in &posts {
        w.household.push(*household);
        w.employer.push(*employer);
        w.status.push(Status::Employed);
        w.sector.push(of.supplier.get(*employer as usize).map_or(0, |s| s.sector.index() as u8));
        w.pay.push(*pay as i32);
        w.skill_pay.push(*pay as i32);
        w.hours.push(37);
        w.home.push(*home);
        w.months_out.push(0);
        let e = EmployerId(*employer);
        city.employers.headcount[e] += 1;
        city.employers.wage_bill[e] += pay;
    }
    for i in 0..n {
        let e = EmployerId::from_index(i);
        city.employers.target_bill[e] = city.employers.wage_bill[e];
        let heads = i64::from(city.employers.headcount[e].max(1));
        city.employers.pay_level[e] = (city.employers.wage_bill[e] / heads) as i32;
    }
    w.residents = posts.iter().filter(|p| p.0 != NOBODY).count();
}

fn anchors(of: &Town, ids: &Ids, steady: &Steady, city: &mut City) {
    let first = of.supplier.len();
    city.contracts.categories = vec![crate::place::city::Category::only()];
    city.contracts.reference_price = vec![1.0];
    city.contracts.pools = vec![Default::default()];
    for (a, file) in of.anchor.iter().enumerate() {
        let buys: Pence = file.buys.values().map(|p| pence(*p)).sum();
        let uses = buys + city.employers.wage_bill[EmployerId::from_index(first + a)];
        let local = pence(steady.anchors[a]);
        let out = &mut city.anchors;
        out.id.push(file.id.clone());
        out.name.push(file.name.clone());
        out.kind.push(Some(file.kind));
        out.outside_income.push([(uses - local).max(0), 0, 0, 0]);
        out.irrecoverable_vat.push(0);
        out.procurement.push(buys);
        let receipts = local + (uses - local).max(0);
        out.received_last.push(receipts);
        out.received.push(0);
        out.normal_receipts.push(receipts);
        out.petty_factor.push(1.0);
        out.remitted.push(share((local - uses).max(0) as f64 / local.max(1) as f64));
        out.debt.push(0);
        out.reserve.push(0);
        for (k, (id, amount)) in file.buys.iter().enumerate() {
            let Some(s) = ids.suppliers.get(id) else { continue };
            city.suppliers.contract_income[SupplierId(*s)] += pence(*amount);
            city.contracts.rows.push(Contract {
                need: (a as u64) << 32 | k as u64,
                anchor: a as u16,
                category: 0,
                letting: 0,
                supplier: *s,
                supplier_identity: u64::from(*s),
                monthly: pence(*amount),
                first_month: 0,
                end_month: u16::MAX,
                price: 1.0,
            });
        }
    }
    city.anchors.council = of.anchor.iter().position(|a| a.kind == AnchorKind::Council).map(|c| c as u32);
    debug_assert!(city.suppliers.zone.iter().all(|z| *z != Zone::World));
}
