//! What is due: needs whose contract has ended, and those whose supplier has closed.

use super::Chance;
use crate::base::draws::Purpose;
use crate::world::City;
use crate::world::contracts::{Contract, Provider};
use crate::world::orgs::NOBODY;
use crate::world::suppliers::SupplierId;

/// Something about a need that never changes: an even draw of its own.
#[derive(Clone, Copy, Debug)]
#[repr(u32)]
pub enum Trait {
    /// Below the share let through frameworks: it goes to one.
    Framework = 0,
    /// Below the share of devolved buyers: it is bought off policy.
    OffPolicy = 1,
    /// Below the category's lock-in: tied to its holder.
    Locked = 2,
    /// Below the category's specificity: few suppliers qualify.
    Specialised = 3,
    /// Below the share in-sourced: it leaves the market.
    Own = 4,
    /// Below the share of a dynamic market: it goes there instead of a framework.
    Dynamic = 5,
    /// Below the anchor's commitment: questions are made for it.
    Tailored = 6,
    /// Below the anchor's risk aversion, as far as that binds what policy prescribes: bought without discretion.
    Cautious = 7,
}

impl Trait {
    pub fn of(self, need: u64, chance: &Chance) -> f64 {
        chance.fixed.uniform(Purpose::NeedTrait, need, self as u32)
    }
}

/// Rows to be let this month, in order. A need that was held up waits for its month.
pub fn due(city: &mut City) -> Vec<usize> {
    let month = city.month;
    let mut due = Vec::new();
    for i in 0..city.contracts.rows.len() {
        let row = city.contracts.rows[i];
        let gone = row.supplier != NOBODY && holder_is_gone(city, &row);
        if gone {
            fall_back(city, i);
        }
        let row = city.contracts.rows[i];
        let ended = row.end_month <= month || (row.supplier == NOBODY && row.provider == Provider::Market);
        if ended && row.held_up_until <= month {
            due.push(i);
        } else if ended && row.end_month <= month {
            release(city, i);
        }
    }
    due
}

pub fn holder_is_gone(city: &City, row: &Contract) -> bool {
    let s = SupplierId(row.supplier);
    !city.suppliers.active[s] || city.suppliers.identity[s] != row.supplier_identity
}

/// A supplier has failed: the contract falls back to the anchor, and the service stops for a while.
fn fall_back(city: &mut City, i: usize) {
    let gap = city.settings.procurement.delivery.failure_gap_months;
    let row = &mut city.contracts.rows[i];
    row.supplier = NOBODY;
    if row.provider == Provider::Market {
        row.failed = true;
        row.held_up_until = row.held_up_until.max(city.month.saturating_add(gap));
    }
}

/// The contract is over: its holder has room again.
pub fn release(city: &mut City, i: usize) {
    let row = city.contracts.rows[i];
    if row.supplier != NOBODY && !holder_is_gone(city, &row) {
        city.suppliers.contract_income[SupplierId(row.supplier)] -= paid_to_holder(city, &row);
    }
    city.contracts.rows[i].supplier = NOBODY;
}

/// The part of a need's budget that its holder receives: all of it under contract, the materials under own
/// provision.
pub fn paid_to_holder(city: &City, row: &Contract) -> i64 {
    match row.provider {
        Provider::Market => row.monthly,
        _ => row.monthly - super::make_or_buy::labour(city, row),
    }
}

/// The holder, where it is still there and could go on.
pub fn incumbent(city: &City, row: &Contract) -> Option<u32> {
    let holds = row.supplier != NOBODY && row.provider == Provider::Market && !holder_is_gone(city, row);
    holds.then_some(row.supplier)
}
