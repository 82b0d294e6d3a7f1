//! Contracts that end, and those whose supplier has closed, go to market: a weighted score among a few
//! bidders.

pub mod score;
pub mod tender;

use super::plan::Plan;
use crate::base::draws::{Luck, Purpose};
use crate::world::City;
use crate::world::contracts::Award;
use crate::world::orgs::NOBODY;
use crate::world::suppliers::SupplierId;
use crate::world::synthesis::contract_length;

/// Let every need whose contract has ended or whose supplier is gone.
pub fn let_contracts(city: &mut City, plan: &Plan, luck: &Luck) {
    city.contracts.awards.clear();
    for i in 0..city.contracts.rows.len() {
        let row = city.contracts.rows[i];
        let ended = row.end_month <= city.month;
        let gone = row.supplier != NOBODY && closed(city, i);
        if ended || gone || row.supplier == NOBODY {
            release(city, i);
            let rules = plan.rules(city.month, row.anchor as usize, row.category as usize);
            if let Some(winner) = tender::hold(city, &row, &rules, luck) {
                award(city, i, &winner, luck);
            }
        }
    }
}

fn closed(city: &City, i: usize) -> bool {
    let row = &city.contracts.rows[i];
    let s = SupplierId(row.supplier);
    !city.suppliers.active[s] || city.suppliers.identity[s] != row.supplier_identity
}

/// The contract falls back to the anchor.
fn release(city: &mut City, i: usize) {
    let row = city.contracts.rows[i];
    if row.supplier != NOBODY && !closed(city, i) {
        city.suppliers.contract_income[SupplierId(row.supplier)] -= row.monthly;
    }
    city.contracts.rows[i].supplier = NOBODY;
}

fn award(city: &mut City, i: usize, winner: &tender::Winner, luck: &Luck) {
    let s = SupplierId(winner.supplier);
    let month = city.month;
    let identity = city.suppliers.identity[s];
    let row = &mut city.contracts.rows[i];
    let category = &city.contracts.categories[row.category as usize];
    let z = luck.normal(Purpose::ContractTerms, row.need, u32::from(row.letting));
    let months = contract_length(category, z);
    let reference = city.contracts.reference_price[row.category as usize];
    row.letting += 1;
    row.supplier = winner.supplier;
    row.supplier_identity = identity;
    row.first_month = month;
    row.end_month = month.saturating_add(months);
    row.price = winner.price / reference;
    city.suppliers.contract_income[s] += row.monthly;
    city.contracts.awards.push(Award {
        month,
        contract: i as u32,
        anchor: row.anchor,
        category: row.category,
        monthly: row.monthly,
        months,
        invited: winner.invited,
        local_invited: winner.local_invited,
        lowest_price: winner.lowest_price / reference,
        price: winner.price / reference,
        quality: winner.quality,
        supplier: winner.supplier,
        sector: city.suppliers.sector[s].index() as u8,
        zone: city.suppliers.zone[s].index() as u8,
        ownership: city.suppliers.ownership[s].index() as u8,
    });
}

/// The mean winning price under the neutral rules (harmonic: volume is budget over price), so that needs are
/// just met without a plan. Computed over keyed tenders among bidders who differ only by chance.
pub fn reference_price(city: &City, plan: &Plan, luck: &Luck) -> f64 {
    const TENDERS: u64 = 4000;
    let base = &city.settings.procurement;
    let neutral = plan.neutral();
    let total: f64 = (0..TENDERS)
        .map(|t| {
            let bids: Vec<score::Bid> = (0..u32::from(base.bidders))
                .map(|k| score::Bid {
                    price: libm::exp(base.bid_price_spread * luck.normal(Purpose::Synthesis, t << 8, k)),
                    quality: (0.5
                        + 0.1 * luck.normal(Purpose::Synthesis, t << 8 | 1, k)
                        + 0.5 * base.quality_spread * luck.normal(Purpose::Synthesis, t << 8 | 2, k))
                    .clamp(0.0, 1.0),
                    social_value: 0.5,
                    preferred: false,
                })
                .collect();
            let lowest = bids.iter().map(|b| b.price).fold(f64::INFINITY, f64::min);
            bids.iter()
                .max_by(|a, b| {
                    score::points(a, lowest, &neutral).total_cmp(&score::points(b, lowest, &neutral))
                })
                .map_or(1.0, |b| 1.0 / b.price)
        })
        .sum();
    TENDERS as f64 / total
}
