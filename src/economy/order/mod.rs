//! Phase 3, order: anchors receive their income from outside and pay contract instalments; outside buyers and
//! suppliers order; orders above capacity are rationed in proportion and buyers turn to the next supplier
//! they know.

mod anchors;
mod budget;
mod capacity;
mod extra;
mod over_links;
mod purchases;
mod wanted;

use super::books::Books;
use super::finance;
use super::plan::Rules;
use super::procurement::payroll;
use crate::base::money::{Pence, Share, WHOLE};
use crate::base::parallel;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::suppliers::SupplierId;
use anchors::anchors_buy;
pub use capacity::capacity;
use capacity::{Supply, rationing};
use purchases::{outside_buys, suppliers_buy};
use wanted::{desired_exports, desired_inputs};

/// Fill the month's orders.
pub fn fill(city: &mut City, rules: &Rules, books: &mut Books) {
    let contributions: Vec<Pence> = city.flows.anchor.iter().map(|uses| uses.employer_pension).collect();
    open_month(city);
    payroll::set_extra_bills(city, rules);
    let saved = clear_and_buy(city, rules, books);
    finance::invest_pensions(city, &contributions, rules, books);
    extra::spend(city, rules.impulse.as_ref(), &saved, books);
    let mut links = std::mem::take(&mut city.flows.links);
    let read: &City = city;
    let (orders, exports) = rayon::join(|| desired_inputs(read, &mut links), || desired_exports(read));
    city.flows.links = links;
    let Supply { ratio, room } = rationing(city, &orders.over_links, &exports);
    outside_buys(city, &exports, &ratio, books);
    suppliers_buy(city, orders, (&ratio, room), (rules.shocks.energy, books));
    city.shelf.give(exports);
    city.shelf.give(ratio);
}

/// Begin with nothing, but for what is cleared while anchors buy.
fn open_month(city: &mut City) {
    city.suppliers.received.fill(0);
    city.suppliers.sales.fill(0);
    city.suppliers.turned_away.fill(0);
    city.suppliers.consumption.fill(0);
    city.anchors.received.fill(0);
    city.flows.anchor.fill(Default::default());
    city.flows.payments.clear();
    city.flows.extra.clear();
    city.flows.given.clear();
    city.suppliers.premium.fill(0);
    let cells = city.anchors.len() * city.contracts.categories.len();
    city.flows.service.clear();
    city.flows.service.resize(cells, Default::default());
}

/// Anchors buy. What households received, suppliers used and backups took last month is cleared meanwhile: no anchor reads or
/// writes it, and the city has none of it until this returns.
fn clear_and_buy(city: &mut City, rules: &Rules, books: &mut Books) -> Vec<Pence> {
    let mut received = std::mem::take(&mut city.households.received);
    let mut uses = std::mem::take(&mut city.flows.supplier);
    let mut backups = std::mem::take(&mut city.flows.backups);
    let clear = || {
        parallel::fill(received.rows_mut(), 0);
        parallel::fill(uses.rows_mut(), Default::default());
        parallel::fill(&mut backups, 0);
    };
    let (saved, ()) = rayon::join(|| anchors_buy(city, rules, books), clear);
    city.households.received = received;
    city.flows.supplier = uses;
    city.flows.backups = backups;
    saved
}

/// The sales a supplier's uses are set by: last month's when everything is linear, else what it expects.
#[inline]
pub fn base(city: &City, s: SupplierId) -> Pence {
    if city.linear() { city.suppliers.sales_last[s] } else { city.suppliers.expected[s] }
}

/// An anchor's uses scale with its receipts when everything is linear (the council spends what it receives).
pub fn anchor_factor(city: &City, a: AnchorId) -> Share {
    let normal = city.anchors.normal_receipts[a];
    if !city.linear() || normal <= 0 {
        return WHOLE;
    }
    ((u128::from(city.anchors.received_last[a].max(0) as u64) << 32) / normal as u128) as Share
}
