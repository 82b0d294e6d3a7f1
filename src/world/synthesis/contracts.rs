//! The anchors' stock of contracts with staggered ends, the pools of bidders, and petty spend.
//!
//! Needs are drawn at full scale whatever the scale of the run: a smaller city has as many contracts, each
//! with a smaller instalment, so that thresholds, teams and lots bite as they do at full scale.

use super::sampling::pick;
use super::unit;
use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::money::Pence;
use crate::place::city::{Category, City as Facts};
use crate::place::vocabulary::{Buyers, Ownership, Zone};
use crate::world::City;
use crate::world::anchors::{AnchorId, Petty};
use crate::world::contracts::{Contract, Contracts};
use crate::world::frameworks::Framework;
use crate::world::orgs::Outside;
use crate::world::pools::{Bidders, Pool, is_small};
use crate::world::suppliers::SupplierId;

/// No contract takes more than this part of an anchor's budget in its category (assumed), nor of the whole budget: the largest
/// payee of Leeds City Council had 5.24% of its payments to suppliers in 2021/22 (derived from its published payments).
const LARGEST_PART: f64 = 0.25;
const LARGEST_PART_OF_ALL: f64 = 0.0524;
/// Contracts a year below this value are petty spend, GBP without VAT.
pub const FLOOR_GBP: f64 = 5000.0;
/// Payees of petty spend for each million pounds of it a year.
const PETTY_PAYEES_PER_MILLION: f64 = 60.0;
/// Employer contributions to National Insurance in the pay of own provision, share of gross pay (derived: 15%
/// above £5,000 of a mean pay near £27,000, 2025/26).
pub const OWN_NI: f64 = 0.12;

/// Pools of bidders, the starting contracts and the petty spend.
pub fn contracts(facts: &Facts, city: &mut City, luck: &Luck) {
    let n = facts.categories.len();
    let mut out = Contracts {
        categories: facts.categories.clone(),
        pools: facts.categories.iter().enumerate().map(|(c, of)| pools(city, c, of)).collect(),
        reach: facts.categories.iter().map(zones).collect(),
        reference_price: vec![1.0; n],
        framework_scale: [1.0; 2],
        small_reach: [0.5; Buyers::COUNT],
        frameworks: vec![Framework::default(); n],
        law: Some(facts.law.clone()),
        labour_share: facts.categories.iter().map(|of| labour_share(facts, of)).collect(),
        ..Contracts::default()
    };
    for (share, form) in out.social_value_of_form.iter_mut().zip(&facts.ownership.forms) {
        *share = form.social_value;
    }
    for (a, of) in facts.anchors.iter().enumerate() {
        for (c, category) in facts.categories.iter().enumerate() {
            let budget = city.anchors.procurement[AnchorId::from_index(a)] as f64 * of.category_mix[c];
            let petty = budget * of.petty_share;
            let whole = city.anchors.procurement[AnchorId::from_index(a)] as f64 / city.scale;
            let largest = LARGEST_PART_OF_ALL * whole;
            needs(&mut out, (a, c), category, (budget - petty, city.scale, largest), luck);
            petty_spend(city, (a, c), category, (petty, &out.pools[c]), luck);
        }
    }
    let mut held = vec![[0.0; 3]; n];
    for row in &mut out.rows {
        let c = row.category as usize;
        let zone = first_zone(&out.categories[c], row, &mut held[c], luck);
        row.supplier = first_holder(city, zone, &out.pools[c], row, luck);
        let s = SupplierId(row.supplier);
        row.supplier_identity = city.suppliers.identity[s];
        row.quality = city.suppliers.quality[s];
        city.suppliers.contract_income[s] += row.monthly;
    }
    city.contracts = out;
}

fn zones(of: &Category) -> [f64; 3] {
    [of.in_city, of.in_region, (1.0 - of.in_city - of.in_region).max(0.0)]
}

/// Pay with contributions in what own provision costs: compensation over all costs of the trade but profit.
fn labour_share(facts: &Facts, of: &Category) -> f64 {
    let j = of.sector.index();
    let costs = 1.0 - facts.technology.surplus[j];
    (facts.technology.compensation[j] / costs.max(0.01)).clamp(0.0, 1.0)
}

/// City, region and country suppliers of a category, the small apart from the others, weighted by what they sell; outside
/// bidders equally.
fn pools(city: &City, category: usize, of: &Category) -> [Bidders; 3] {
    let suppliers = &city.suppliers;
    let pool = |zone: Zone, small: bool| {
        Pool::new((0..suppliers.len()).filter_map(move |i| {
            let s = SupplierId::from_index(i);
            let identity = suppliers.identity[s];
            let of_category = zone == Zone::City || (identity >> 40 & 0xff) as usize == category;
            let here = suppliers.zone[s] == zone && suppliers.sector[s] == of.sector && of_category;
            (here && is_small(city, s) == small).then(|| {
                let weight = if zone == Zone::City { suppliers.normal_sales[s].max(0) as f64 } else { 1.0 };
                // Shops sell to households; public bodies are paid by central government.
                let sells = !suppliers.shop[s] && suppliers.ownership[s] != Ownership::Public;
                (i as u32, if sells { weight } else { 0.0 })
            })
        }))
    };
    [Zone::City, Zone::Region, Zone::Country]
        .map(|zone| Bidders { small: pool(zone, true), large: pool(zone, false) })
}

/// Split a budget (pence a month at the run's scale) into needs of lognormal yearly value, none above the largest (pence a
/// month at full scale).
fn needs(
    out: &mut Contracts,
    (a, c): (usize, usize),
    of: &Category,
    (budget, scale, largest): (f64, f64, f64),
    luck: &Luck,
) {
    let full = budget / scale;
    let (mut left, mut i, mut paid) = (full, 0u64, 0.0);
    let median = of.value_median * 100.0 / 12.0;
    let floor = FLOOR_GBP * 100.0 / 12.0;
    let largest = largest.min(full * LARGEST_PART).max(floor);
    while left > 0.5 {
        let need = (a as u64) << 32 | (c as u64) << 24 | i;
        let z = luck.normal(Purpose::ContractMake, need, 0);
        let mut monthly = (median * libm::exp(of.value_sigma * z)).max(floor).min(largest).min(left);
        if left - monthly < (0.2 * median).max(floor) {
            monthly = left;
        }
        left -= monthly;
        // Rounded so that the pence of all needs add up to the budget.
        let upto = ((full - left) * scale).round();
        let pence = upto - paid;
        paid = upto;
        let months = length(of, luck.normal(Purpose::ContractMake, need, 1));
        let elapsed = (luck.uniform(Purpose::ContractMake, need, 2) * f64::from(months)) as u16;
        if pence >= 1.0 {
            let mut row = Contract::open(need, (a as u16, c as u8), pence as Pence, months);
            row.end_month = 1 + months - elapsed.min(months - 1);
            out.rows.push(row);
        }
        i += 1;
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
    let shares = zones(of);
    let upto = held.iter().sum::<f64>() + row.monthly as f64;
    let lacking = [0, 1, 2].map(|z| (shares[z] * upto - held[z]).max(0.0));
    let zone = pick(&lacking, luck.uniform(Purpose::ContractMake, row.need, 3)).unwrap_or(2);
    held[zone] += row.monthly as f64;
    zone
}

/// The holder at the start: a supplier of the zone that the contract does not overwhelm; failing that the
/// one with most room (a consortium stands behind it).
fn first_holder(city: &City, zone: usize, pools: &[Bidders; 3], row: &Contract, luck: &Luck) -> u32 {
    let suppliers = &city.suppliers;
    let cap = city.settings.procurement.turnover_cap;
    let u = luck.uniform(Purpose::ContractMake, row.need, 4);
    let (mut best, mut room) = (None, f64::MIN);
    for k in 0..24 {
        let Some(i) = pools[zone].at(luck.uniform(Purpose::ContractMake, row.need, 8 + k)) else { break };
        let s = SupplierId(i);
        if zone > 0 && cap * suppliers.turnover[s] as f64 >= row.monthly as f64 / city.scale {
            return i;
        }
        let sales = suppliers.normal_sales[s] as f64;
        let left = (cap * suppliers.turnover[s] as f64 - row.monthly as f64 / city.scale)
            .min(sales - (suppliers.contract_income[s] + row.monthly) as f64);
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
    (budget, pools): (f64, &[Bidders; 3]),
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
