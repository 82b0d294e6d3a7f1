//! The anchors, their stock of contracts with staggered ends, their petty spend, and their income.

use super::jobs::Jobs;
use super::sampling::pick;
use super::unit;
use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::money::{Pence, part, pence, share};
use crate::place::city::{AnchorFacts, Category, City as Facts};
use crate::place::tax_rules::Paye;
use crate::place::vocabulary::{AnchorKind, Ownership, Zone};
use crate::world::City;
use crate::world::anchors::{AnchorId, Anchors, Petty};
use crate::world::contracts::{Contract, Contracts, Pool};
use crate::world::employers::EmployerId;
use crate::world::orgs::{Orgs, Outside};
use crate::world::suppliers::{SupplierId, Suppliers};

/// No contract takes more than this part of an anchor's budget in its category.
const LARGEST_PART: f64 = 0.25;
/// Payees of petty spend for each million pounds of it a year.
const PETTY_PAYEES_PER_MILLION: f64 = 60.0;

/// The anchors' rows; budgets follow the facts, income is set by [`balance`].
pub fn anchors(facts: &Facts, scale: f64, _orgs: &Orgs, _jobs: &Jobs) -> Anchors {
    let mut out = Anchors::default();
    for of in &facts.anchors {
        out.id.push(of.id.clone());
        out.name.push(of.name.clone());
        out.kind.push(Some(of.kind));
        out.outside_income.push([0; 4]);
        out.irrecoverable_vat.push(share(of.irrecoverable_vat));
        let budget = pence(of.procurement * scale / 12.0);
        out.procurement.push((budget as f64 / (1.0 + of.irrecoverable_vat)).round() as Pence);
        out.received_last.push(0);
        out.received.push(0);
        out.normal_receipts.push(0);
        out.petty_factor.push(1.0);
        out.reserve.push(0);
        out.debt.push(0);
        out.remitted.push(0);
    }
    out.council = facts.anchors.iter().position(|a| a.kind == AnchorKind::Council).map(|i| i as u32);
    out.water = facts.anchors.iter().position(|a| a.id == "yorkshire_water").map(|i| i as u32);
    out
}

/// Pools of bidders, the starting contracts and the petty spend.
pub fn contracts(facts: &Facts, city: &mut City, luck: &Luck) {
    let mut out = Contracts { categories: facts.categories.clone(), ..Contracts::default() };
    out.pools = facts.categories.iter().enumerate().map(|(c, of)| pools(&city.suppliers, c, of)).collect();
    out.reference_price = vec![1.0; facts.categories.len()];
    let cap = city.settings.procurement.turnover_cap;
    for (a, of) in facts.anchors.iter().enumerate() {
        for (c, category) in facts.categories.iter().enumerate() {
            let budget = city.anchors.procurement[AnchorId::from_index(a)] as f64 * of.category_mix[c];
            let petty = budget * of.petty_share;
            needs(&mut out, (a, c), category, budget - petty, luck);
            petty_spend(city, (a, c), category, (petty, &out.pools[c]), luck);
        }
    }
    let mut held = vec![[0.0; 3]; facts.categories.len()];
    for row in &mut out.rows {
        let c = row.category as usize;
        let zone = first_zone(&out.categories[c], row, &mut held[c], luck);
        row.supplier = first_holder(&city.suppliers, zone, &out.pools[c], row, (cap, luck));
        let s = SupplierId(row.supplier);
        row.supplier_identity = city.suppliers.identity[s];
        city.suppliers.contract_income[s] += row.monthly;
    }
    city.contracts = out;
}

/// City, region and country suppliers of a category, weighted by what they sell; outside bidders equally.
fn pools(suppliers: &Suppliers, category: usize, of: &Category) -> [Pool; 3] {
    let member = |zone: Zone| {
        (0..suppliers.len()).filter_map(move |i| {
            let s = SupplierId::from_index(i);
            let identity = suppliers.identity[s];
            let of_category = zone == Zone::City || (identity >> 40 & 0xff) as usize == category;
            (suppliers.zone[s] == zone && suppliers.sector[s] == of.sector && of_category).then(|| {
                let weight = if zone == Zone::City { suppliers.normal_sales[s].max(0) as f64 } else { 1.0 };
                // Shops sell to households; public bodies are paid by central government.
                let sells = !suppliers.shop[s] && suppliers.ownership[s] != Ownership::Public;
                (i as u32, if sells { weight } else { 0.0 })
            })
        })
    };
    [Pool::new(member(Zone::City)), Pool::new(member(Zone::Region)), Pool::new(member(Zone::Country))]
}

/// Split a budget into needs of lognormal yearly value.
fn needs(out: &mut Contracts, (a, c): (usize, usize), of: &Category, budget: f64, luck: &Luck) {
    let largest = budget * LARGEST_PART;
    let mut left = budget;
    let mut i = 0u64;
    while left > 0.5 {
        let need = (a as u64) << 32 | (c as u64) << 24 | i;
        let z = luck.normal(Purpose::ContractMake, need, 0);
        let yearly = of.value_median * libm::exp(of.value_sigma * z);
        let mut monthly = (yearly * 100.0 / 12.0).min(largest).min(left);
        if left - monthly < 0.2 * of.value_median * 100.0 / 12.0 {
            monthly = left;
        }
        let monthly = monthly.max(1.0);
        let months = length(of, luck.normal(Purpose::ContractMake, need, 1));
        let elapsed = (luck.uniform(Purpose::ContractMake, need, 2) * f64::from(months)) as u16;
        out.rows.push(Contract {
            need,
            anchor: a as u16,
            category: c as u8,
            letting: 0,
            supplier: 0,
            supplier_identity: 0,
            monthly: monthly.round() as Pence,
            first_month: 0,
            end_month: 1 + months - elapsed.min(months - 1),
            price: 1.0,
        });
        left -= monthly;
        i += 1;
        if i > 200_000 {
            break;
        }
    }
}

/// Months of a contract: lognormal around the median, within the category's range.
pub fn length(of: &Category, z: f64) -> u16 {
    let months = of.months_median * libm::exp(0.35 * z);
    (months.round() as u16).clamp(of.months_min.max(1), of.months_max.max(1))
}

/// The zone of the first holder: drawn by what each zone still lacks of its share in the category's spend, so
/// that a few large contracts do not move the shares.
fn first_zone(of: &Category, row: &Contract, held: &mut [f64; 3], luck: &Luck) -> usize {
    let shares = [of.in_city, of.in_region, (1.0 - of.in_city - of.in_region).max(0.0)];
    let upto = held.iter().sum::<f64>() + row.monthly as f64;
    let lacking = [0, 1, 2].map(|z| (shares[z] * upto - held[z]).max(0.0));
    let zone = pick(&lacking, luck.uniform(Purpose::ContractMake, row.need, 3)).unwrap_or(2);
    held[zone] += row.monthly as f64;
    zone
}

/// The holder at the start: a supplier of the zone large enough.
fn first_holder(
    suppliers: &Suppliers,
    zone: usize,
    pools: &[Pool; 3],
    row: &Contract,
    (cap, luck): (f64, &Luck),
) -> u32 {
    let u = luck.uniform(Purpose::ContractMake, row.need, 2);
    let (mut best, mut room) = (None, f64::MIN);
    for k in 0..24 {
        let Some(i) = pools[zone].at(luck.uniform(Purpose::ContractMake, row.need, 8 + k)) else { break };
        let s = SupplierId(i);
        if zone > 0 {
            return i;
        }
        let left =
            suppliers.normal_sales[s] as f64 * cap - suppliers.contract_income[s] as f64 - row.monthly as f64;
        if left >= 0.0 {
            return i;
        }
        if left > room {
            (best, room) = (Some(i), left);
        }
    }
    best.or_else(|| pools[2].at(u)).or_else(|| pools[1].at(u)).unwrap_or(0)
}

fn petty_spend(
    city: &mut City,
    (a, c): (usize, usize),
    of: &Category,
    (budget, pools): (f64, &[Pool; 3]),
    luck: &Luck,
) {
    if budget < 1.0 {
        return;
    }
    let payees = ((budget / 100.0 * 12.0 / 1e6 * PETTY_PAYEES_PER_MILLION).round() as u64).max(2);
    for i in 0..payees {
        let key = 1 << 50 | (a as u64) << 32 | (c as u64) << 24 | i;
        let u = (i as f64 + unit(luck, 40, key & 0xffff_ffff_ffff, 0)) / payees as f64;
        let outside = |account| city.orgs.outside(account).0;
        let org = if u < of.in_city {
            pools[0].at(luck.uniform(Purpose::ContractMake, key, 1)).unwrap_or(outside(Outside::CountryFirms))
        } else if u < of.in_city + of.in_region {
            outside(Outside::RegionFirms)
        } else {
            outside(Outside::CountryFirms)
        };
        let monthly = (budget / payees as f64).round() as Pence;
        city.anchors.petty.push(Petty { anchor: a as u16, category: c as u8, org, monthly });
    }
}

/// Income from outside that covers what local receipts do not: payroll with contributions, procurement and
/// irrecoverable VAT (model income = Leeds payroll + procurement).
pub fn balance(facts: &Facts, city: &mut City) {
    let paye = Paye::new(&facts.tax);
    let n_suppliers = city.suppliers.len();
    let mut ni = vec![0i64; city.anchors.len()];
    for i in 0..city.workers.len() {
        let w = crate::world::workers::WorkerId::from_index(i);
        let e = city.workers.employer[w] as usize;
        if city.workers.pay[w] > 0 && e >= n_suppliers && e < n_suppliers + ni.len() {
            ni[e - n_suppliers] += paye.employer_ni(i64::from(city.workers.pay[w]));
        }
    }
    let local = local_receipts(city);
    for (a, of) in facts.anchors.iter().enumerate() {
        let id = AnchorId::from_index(a);
        let e = EmployerId::from_index(n_suppliers + a);
        let bill = city.employers.wage_bill[e];
        let payroll = bill + part(bill, city.employers.pension[e]) + ni[a];
        let buys = city.anchors.procurement[id];
        let uses = payroll + buys + part(buys, city.anchors.irrecoverable_vat[id]);
        let from_outside = (uses - local[a]).max(0);
        let excess = (local[a] - uses).max(0);
        city.anchors.remitted[id] = share(excess as f64 / local[a].max(1) as f64);
        city.anchors.outside_income[id] = split(of, from_outside);
        city.anchors.normal_receipts[id] = local[a] + from_outside;
        city.anchors.received_last[id] = local[a] + from_outside;
    }
}

fn split(of: &AnchorFacts, amount: Pence) -> [Pence; 4] {
    let mut parts = of.income_sources.map(|s| part(amount, share(s)));
    parts[0] += amount - parts.iter().sum::<Pence>();
    parts
}

/// What anchors receive in the city at the start: council tax, council rents, business rates, sales to
/// households and firms.
fn local_receipts(city: &City) -> Vec<Pence> {
    let mut received = vec![0; city.anchors.len()];
    let first = city.suppliers.len();
    let h = &city.households;
    if let Some(council) = city.anchors.council {
        let council = council as usize;
        received[council] += h.commitments.iter().map(|c| i64::from(c.council_tax)).sum::<i64>();
        received[council] += (0..city.suppliers.len())
            .map(|i| {
                part(city.suppliers.normal_sales.rows()[i], city.suppliers.recipe.rows()[i].rates_council)
            })
            .sum::<i64>();
    }
    for i in 0..h.len() {
        if let crate::world::households::Landlord::Org(org) = h.landlord.rows()[i]
            && org.index() >= first
            && org.index() < first + received.len()
        {
            received[org.index() - first] += i64::from(h.commitments.rows()[i].rent);
        }
    }
    for (i, sold) in super::demand::consumption_by_org(city).into_iter().enumerate() {
        if i >= first && i < first + received.len() {
            received[i - first] += sold;
        }
    }
    received
}
