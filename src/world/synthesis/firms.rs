//! Places of work: local units by sector, size and ownership, and suppliers outside the city that bid.

use super::enterprises::{anchor_jobs, private_units, seat_here};
use super::sampling::{cumulative_rounding, pick};
use super::{jobs::Jobs, unit};
use crate::base::col::Id;
use crate::base::draws::Luck;
use crate::base::money::{Pence, share};
use crate::place::city::{City as Facts, SECTORS};
use crate::place::vocabulary::{Ownership, Sector, SizeBand, Zone};
use crate::world::employers::EmployerId;
use crate::world::orgs::NOBODY;
use crate::world::suppliers::{Recipe, SupplierId, Suppliers};

/// Bidders outside the city for each category of anchor spending: in the region, in the country.
const OUTSIDE_BIDDERS: [usize; 2] = [12, 30];
/// Share of the section's private units that sell goods to households, by size band: small units are mostly
/// shops, large ones wholesalers and head offices (assumed; UK Business 2025 counts 2,445 retail of 4,355).
const SHOP_SHARE: [f64; SizeBand::COUNT] = [0.60, 0.58, 0.50, 0.40, 0.25, 0.15, 0.10];
/// Months that a place stands vacant between two firms (assumed; `firms.months_empty` is the rule in the run).
const MONTHS_VACANT: f64 = 3.0;
/// Staff of the firm that a vacant place has room for.
const VACANT_SIZE: i64 = 2;
/// Where goods for resale come from: city, region, country, world (assumed; IOAT 2019 import content of goods).
pub const RESALE: [f64; 4] = [0.05, 0.05, 0.55, 0.35];

const BAND_EDGES: [(f64, f64); SizeBand::COUNT] =
    [(0.8, 4.99), (5.0, 9.99), (10.0, 19.99), (20.0, 49.99), (50.0, 99.99), (100.0, 249.99), (250.0, 1400.0)];

/// Suppliers and how many people work at each.
pub struct Work {
    pub suppliers: Suppliers,
    pub headcount: Vec<u32>,
}

struct Unit {
    sector: Sector,
    size: f64,
    ownership: Ownership,
    identity: u64,
    /// A vacant place in the market at the start.
    vacant: bool,
}

/// Draw the places of work in the city and the outside bidders.
pub fn places_of_work(facts: &Facts, scale: f64, luck: &Luck) -> Work {
    let mut suppliers = Suppliers::default();
    let mut headcount = Vec::new();
    for facts_of in &facts.sectors {
        let sector = facts_of.sector;
        let anchor_jobs = anchor_jobs(facts, sector);
        let jobs = ((facts_of.jobs - anchor_jobs).max(0.0) * scale).round();
        let units = units_of(facts, sector, anchor_jobs, scale, luck);
        let taken: Vec<&Unit> = units.iter().filter(|u| !u.vacant).collect();
        let sizes = fit_sizes(&taken, jobs);
        let mut of_taken = sizes.into_iter();
        for unit_of in &units {
            let size = if unit_of.vacant { 0 } else { of_taken.next().unwrap_or(0) };
            let ward = ward_of(facts, unit_of.identity, luck);
            push(&mut suppliers, unit_of, Zone::City, ward, luck);
            headcount.push(size);
        }
    }
    outside_bidders(facts, &mut suppliers, &mut headcount, luck);
    Work { suppliers, headcount }
}

fn units_of(facts: &Facts, sector: Sector, anchor_jobs: f64, scale: f64, luck: &Luck) -> Vec<Unit> {
    let counts = cumulative_rounding(private_units(facts, sector).iter().map(|n| n * scale));
    let mut units = Vec::new();
    for (band, count) in counts.into_iter().enumerate() {
        let (from, to) = BAND_EDGES[band];
        let vacant = (count as f64 * vacancy_rate(facts, band)).round() as usize;
        for i in 0..count + vacant {
            let identity = (sector.index() as u64) << 40 | (band as u64) << 32 | i as u64;
            let public = unit(luck, 1, identity, 0) < public_share(facts, sector, anchor_jobs);
            let branch = seat_here(facts, identity, luck).is_none();
            let rows = if branch { &facts.ownership.branch_share } else { &facts.ownership.enterprise_share };
            let form = pick(&rows[band], unit(luck, 1, identity, 2)).unwrap_or(0);
            let ownership = if public { Ownership::Public } else { Ownership::from_index(form) };
            let position = ((i % count.max(1)) as f64 + unit(luck, 1, identity, 3)) / count.max(1) as f64;
            let size = from * libm::pow(to / from, position);
            units.push(Unit { sector, size, ownership, identity, vacant: i >= count });
        }
    }
    units
}

/// Places that stand vacant, over those taken: the closings of a few months.
fn vacancy_rate(facts: &Facts, band: usize) -> f64 {
    let of_size = if band < 2 { 1.0 } else { 0.0 };
    of_size * facts.demography.death_rate / 12.0 * MONTHS_VACANT
}

/// Share of the units outside the network that are public bodies.
fn public_share(facts: &Facts, sector: Sector, anchor_jobs: f64) -> f64 {
    let of = &facts.sectors[sector.index()];
    of.public_share_of_jobs * of.jobs / (of.jobs - anchor_jobs).max(1.0)
}

/// Scale sizes so that the section's jobs are met exactly, with at least one worker in each unit.
fn fit_sizes(units: &[&Unit], jobs: f64) -> Vec<u32> {
    let total: f64 = units.iter().map(|u| u.size).sum();
    if total <= 0.0 {
        return Vec::new();
    }
    // Small units keep their size; what is missing or over falls on units of ten and more.
    let small: f64 = units.iter().filter(|u| u.size < 10.0).map(|u| u.size.round().max(1.0)).sum();
    let large: f64 = units.iter().filter(|u| u.size >= 10.0).map(|u| u.size).sum();
    let stretch = if large > 0.0 && jobs > small * 1.05 { (jobs - small) / large } else { 0.0 };
    let expected: Vec<f64> = if stretch > 0.15 {
        units.iter().map(|u| if u.size < 10.0 { u.size.round().max(1.0) } else { u.size * stretch }).collect()
    } else {
        units.iter().map(|u| u.size * jobs / total).collect()
    };
    let mut sizes: Vec<u32> = cumulative_rounding(expected).into_iter().map(|n| (n as u32).max(1)).collect();
    // Minimum of one may have added jobs: take them back from the largest.
    let mut excess = sizes.iter().map(|n| i64::from(*n)).sum::<i64>() - jobs as i64;
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(sizes[i]), i));
    while excess != 0 {
        let before = excess;
        for &i in &order {
            if excess > 0 && sizes[i] > 1 {
                let cut = (excess as u32).min(sizes[i] / 20 + 1).min(sizes[i] - 1);
                sizes[i] -= cut;
                excess -= i64::from(cut);
            } else if excess < 0 {
                sizes[i] += 1;
                excess += 1;
            }
            if excess == 0 {
                break;
            }
        }
        if excess == before {
            break;
        }
    }
    sizes
}

fn ward_of(facts: &Facts, identity: u64, luck: &Luck) -> u8 {
    let weights: Vec<f64> = facts.wards.iter().map(|w| w.residents * w.workplace_weight).collect();
    pick(&weights, unit(luck, 2, identity, 0)).unwrap_or(0) as u8
}

fn push(suppliers: &mut Suppliers, of: &Unit, zone: Zone, ward: u8, luck: &Luck) {
    let shop = of.sector == Sector::G && zone == Zone::City && unit(luck, 3, of.identity, 0) < SHOP_SHARE[(of.identity >> 32 & 0xff) as usize % SizeBand::COUNT];
    suppliers.identity.push(of.identity);
    suppliers.active.push(!of.vacant);
    suppliers.stand_in.push(suppliers.stand_in.len() as u32);
    suppliers.sector.push(of.sector);
    suppliers.zone.push(zone);
    suppliers.ward.push(ward);
    suppliers.ownership.push(of.ownership);
    suppliers.shop.push(shop);
    suppliers.owner.push(NOBODY);
    suppliers.partners.push_row([]);
    suppliers.vat.push(0);
    suppliers.recipe.push(Recipe::default());
    suppliers.normal_sales.push(0);
    suppliers.expected.push(0);
    suppliers.expected_consumption.push(0);
    suppliers.consumption.push(0);
    suppliers.export_weight.push(0);
    suppliers.received_last.push(0);
    suppliers.sales_last.push(0);
    suppliers.received.push(0);
    suppliers.sales.push(0);
    suppliers.turned_away.push(0);
    suppliers.vat_due.push(0);
    suppliers.staff_due.push(0);
    suppliers.debt.push(0);
    suppliers.quality.push((0.5 + 0.1 * normal(luck, of.identity)) as f32);
    suppliers.norm.push(0.0);
    let age = -libm::log(unit(luck, 3, of.identity, 1)) * 12.0 * 9.0;
    suppliers.age_months.push(age.min(600.0) as u16);
    suppliers.contract_income.push(0);
}

fn normal(luck: &Luck, identity: u64) -> f64 {
    luck.normal(crate::base::draws::Purpose::FirmMake, identity, 7)
}

fn outside_bidders(facts: &Facts, suppliers: &mut Suppliers, headcount: &mut Vec<u32>, luck: &Luck) {
    for (c, category) in facts.categories.iter().enumerate() {
        for (zone, count) in [Zone::Region, Zone::Country].into_iter().zip(OUTSIDE_BIDDERS) {
            for i in 0..count {
                let identity = 1 << 48 | (c as u64) << 40 | (zone.index() as u64) << 32 | i as u64;
                let ownership = if i % 3 == 0 { Ownership::MultinationalBranch } else { Ownership::NationalBranch };
                let of = Unit { sector: category.sector, size: 1.0, ownership, identity, vacant: false };
                push(suppliers, &of, zone, 0, luck);
                headcount.push(0);
            }
        }
    }
}

/// Net sales that each place of work's pay bill stands for, and what it does with them. A vacant place has
/// the sales of a firm of two at its sector's average.
pub fn turnover(facts: &Facts, work: &mut Work, jobs: &Jobs) {
    let mut of_sector = [(0i64, 0i64, 0u32); SECTORS];
    for i in 0..work.suppliers.len() {
        let j = work.suppliers.sector.rows()[i].index();
        let e = EmployerId::from_index(i);
        let sum = &mut of_sector[j];
        sum.0 += jobs.employers.wage_bill[e];
        sum.1 += jobs.employer_ni[i];
        sum.2 += jobs.employers.headcount[e];
    }
    for i in 0..work.suppliers.len() {
        let s = SupplierId::from_index(i);
        let (sector, form) = (work.suppliers.sector[s], work.suppliers.ownership[s]);
        let (mut bill, mut ni) = (jobs.employers.wage_bill[EmployerId::from_index(i)], jobs.employer_ni[i]);
        if !work.suppliers.active[s] {
            let (bills, nis, heads) = of_sector[sector.index()];
            (bill, ni) = (bills * VACANT_SIZE / i64::from(heads.max(1)), nis * VACANT_SIZE / i64::from(heads.max(1)));
        }
        let pension = facts.ownership.forms[form.index()].employer_pension;
        let cost = bill as f64 * (1.0 + pension) + ni as f64;
        if work.suppliers.zone[s] != Zone::City || bill == 0 {
            continue;
        }
        let mut recipe = recipe(facts, sector, form, work.suppliers.shop[s]);
        let sales = cost / technology_compensation(facts, sector, work.suppliers.shop[s]);
        recipe.pay = share(bill as f64 / sales);
        recipe.employer_ni = share(ni as f64 / sales);
        recipe.employer_pension = share(bill as f64 * pension / sales);
        work.suppliers.recipe[s] = recipe;
        let sales = sales.round() as Pence;
        work.suppliers.normal_sales[s] = sales;
        if work.suppliers.active[s] {
            work.suppliers.expected[s] = sales;
            work.suppliers.sales_last[s] = sales;
            work.suppliers.received_last[s] = sales;
        }
    }
}

/// Compensation of employees per pound of net sales; a shop's is on turnover.
pub fn technology_compensation(facts: &Facts, sector: Sector, shop: bool) -> f64 {
    let on = if shop { facts.technology.retail_margin } else { 1.0 };
    facts.technology.compensation[sector.index()] * on
}

/// The facts with the forms' local-sourcing norms divided by their mean over the city's purchases: the shares by
/// location quotient are those of the average buyer, so that the average norm is 1.
pub fn with_average_norm_of_one(facts: &Facts, work: &Work) -> Facts {
    let t = &facts.technology;
    let (mut bought, mut weighted) = (0.0, 0.0);
    for i in 0..work.suppliers.len() {
        let s = SupplierId::from_index(i);
        let j = work.suppliers.sector[s].index();
        let of = &facts.sectors[j];
        let output = f64::from(work.headcount[i]) * of.compensation / of.jobs.max(1.0) / t.compensation[j].max(1e-9);
        let in_city = output * (0..SECTORS).map(|i| t.domestic[i][j] * t.in_city[i][j]).sum::<f64>();
        bought += in_city;
        weighted += in_city * facts.ownership.forms[work.suppliers.ownership[s].index()].local_sourcing;
    }
    let mut out = facts.clone();
    for form in &mut out.ownership.forms {
        form.local_sourcing *= if weighted > 0.0 { bought / weighted } else { 1.0 };
    }
    out
}

/// City and outside purchases per pound of net sales, by seller's sector: (city by sector, [region, country,
/// world]). Replacement of worn-out capital is counted with inputs.
pub fn purchases(facts: &Facts, buyer: Sector, shop: bool, norm: f64) -> ([f64; SECTORS], [f64; 3]) {
    let t = &facts.technology;
    let j = buyer.index();
    let on = if shop { t.retail_margin } else { 1.0 };
    let capital = t.surplus[j] * t.depreciation_share[j];
    let mut city = [0.0; SECTORS];
    let mut outside = [0.0; 3];
    for i in 0..SECTORS {
        let need = on * (t.domestic[i][j] + capital * t.capital_by_sector[i]);
        let in_city = (t.in_city[i][j] * norm).min(1.0);
        let in_region = t.in_region[i][j].min(1.0 - in_city);
        city[i] = need * in_city;
        outside[0] += need * in_region;
        outside[1] += need * (1.0 - in_city - in_region);
    }
    let imported_capital = capital * (1.0 - t.capital_by_sector.iter().sum::<f64>()).max(0.0);
    outside[2] += on * (t.imports[j] + imported_capital);
    if shop {
        let goods = 1.0 - t.retail_margin;
        city[Sector::G.index()] += goods * RESALE[0];
        for k in 0..3 {
            outside[k] += goods * RESALE[k + 1];
        }
    }
    (city, outside)
}

fn recipe(facts: &Facts, sector: Sector, form: Ownership, shop: bool) -> Recipe {
    let t = &facts.technology;
    let j = sector.index();
    let on = if shop { t.retail_margin } else { 1.0 };
    let of = &facts.ownership.forms[form.index()];
    let (_, outside) = purchases(facts, sector, shop, of.local_sourcing);
    let rates = on * t.production_taxes[j];
    let keeps_staff = matches!(form, Ownership::Cooperative | Ownership::Vcse);
    let taxed = !matches!(form, Ownership::Family | Ownership::Vcse | Ownership::Public);
    Recipe {
        outside_inputs: outside.map(share),
        product_taxes: share(on * t.product_taxes[j]),
        rates_national: share(rates * (1.0 - facts.tax.rates_retained)),
        rates_council: share(rates * facts.tax.rates_retained),
        profit_tax: share(if taxed { facts.tax.corporation_tax } else { 0.0 }),
        profit: [
            if keeps_staff { 0.0 } else { of.to_city_owners },
            of.to_region_owners,
            of.to_country_owners,
            of.to_world_owners,
            of.to_finance,
        ]
        .map(share),
        owner_tax: share(if form == Ownership::Family {
            facts.tax.basic_rate + facts.tax.self_employed_rate
        } else {
            facts.tax.dividend_rate
        }),
        profit_to_staff: share(if keeps_staff { of.to_city_owners } else { 0.0 }),
        ..Recipe::default()
    }
}

