//! Places of work: local units by sector, size and ownership, and suppliers outside the city that bid.

mod seats;
mod sizes;
mod standing;
mod technology;
mod turnover;

use super::sampling::{cumulative_rounding, pick};
use super::unit;
use crate::base::draws::Luck;
use crate::place::city::City as Facts;
use crate::place::vocabulary::{Ownership, Sector, SizeBand, Zone};
use crate::world::orgs::NOBODY;
use crate::world::suppliers::{Recipe, Suppliers};
use seats::{anchor_jobs, private_units, public_share, vacancy_rate};
pub use seats::{mean_hazard_of_size, seat_here};
use sizes::fit_sizes;
pub use standing::standing;
pub use technology::{RESALE, outside_by_seller, purchases, with_average_norm_of_one};
pub use turnover::turnover;

/// Bidders outside the city for each category of anchor spending: in the region, in the country. Assumed, so that they are
/// as many in all as the council has payees above £25,000 a year (2,255 in 2021/22).
const OUTSIDE_BIDDERS: [usize; 2] = [40, 120];
/// Share of the section's private units that sell goods to households, by size band: small units are mostly
/// shops, large ones wholesalers and head offices (assumed; UK Business 2025 counts 2,445 retail of 4,355).
const SHOP_SHARE: [f64; SizeBand::COUNT] = [0.60, 0.58, 0.50, 0.40, 0.25, 0.15, 0.10];
/// Mean age of firms, years; ages are exponential (assumed: the stock over a year's deaths).
pub const MEAN_AGE: f64 = 9.0;
/// Months that a place stands vacant between two firms (assumed; `firms.months_empty` is the rule in the run).
const MONTHS_VACANT: f64 = 3.0;
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

fn ward_of(facts: &Facts, identity: u64, luck: &Luck) -> u8 {
    let weights: Vec<f64> = facts.wards.iter().map(|w| w.residents * w.workplace_weight).collect();
    pick(&weights, unit(luck, 2, identity, 0)).unwrap_or(0) as u8
}

fn push(suppliers: &mut Suppliers, of: &Unit, zone: Zone, ward: u8, luck: &Luck) {
    let shop = of.sector == Sector::G
        && zone == Zone::City
        && unit(luck, 3, of.identity, 0) < SHOP_SHARE[(of.identity >> 32 & 0xff) as usize % SizeBand::COUNT];
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
    let age = -libm::log(unit(luck, 3, of.identity, 1)) * 12.0 * MEAN_AGE;
    suppliers.age_months.push(age.min(600.0) as u16);
    suppliers.contract_income.push(0);
    suppliers.turnover.push(0);
    suppliers.experience.push(0.0);
    suppliers.premium.push(0);
}

fn normal(luck: &Luck, identity: u64) -> f64 {
    luck.normal(crate::base::draws::Purpose::FirmMake, identity, 7)
}

fn outside_bidders(facts: &Facts, suppliers: &mut Suppliers, headcount: &mut Vec<u32>, luck: &Luck) {
    for (c, category) in facts.categories.iter().enumerate() {
        for (zone, count) in [Zone::Region, Zone::Country].into_iter().zip(OUTSIDE_BIDDERS) {
            for i in 0..count {
                let identity = 1 << 48 | (c as u64) << 40 | (zone.index() as u64) << 32 | i as u64;
                // Small and medium enterprises are some 80% of all suppliers to the public sector (Tussell 2024), and fewer of
                // those who bid for contracts let by anchors from outside: four in ten are of a group (assumed), in the country
                // one of them of a multinational.
                let ownership = match (zone, i % 10) {
                    (Zone::Country, 0) => Ownership::MultinationalBranch,
                    (_, 0..=3) => Ownership::NationalBranch,
                    _ => Ownership::Independent,
                };
                let of = Unit { sector: category.sector, size: 1.0, ownership, identity, vacant: false };
                push(suppliers, &of, zone, 0, luck);
                headcount.push(0);
            }
        }
    }
}
