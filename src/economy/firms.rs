//! Phase 8, enter and exit: insolvent and ordinary closings; new firms open where there is a place in the
//! market.

use super::books::{Books, Kind};
use super::hire;
use super::institutions::{hazard_of_supported, helped, not_due};
use super::procurement::bidders::is_small;
use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::money::Pence;
use crate::base::parallel::map_chunks;
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::employers::EmployerId;
use crate::world::institutions::Helped;
use crate::world::orgs::Outside;
use crate::world::suppliers::{SupplierId, hazard_of_size};
use crate::world::workers::WorkerId;
use rayon::prelude::*;

/// Suppliers that one thread takes at a time.
pub(super) const FIRMS: usize = 2_048;

/// Close and open firms.
pub fn enter_and_exit(city: &mut City, luck: &Luck, books: &mut Books) {
    for age in city.suppliers.age_months.iter_mut() {
        *age = age.saturating_add(1);
    }
    if !city.settings.mechanisms.entry_exit {
        return;
    }
    let closing = those_who(city, |i| closes(city, i, luck));
    let opening = those_who(city, |i| opens(city, i, luck));
    dismiss_staff(city, &closing);
    for i in closing {
        close(city, SupplierId::from_index(i), books);
    }
    for i in opening {
        open(city, i, luck, books);
    }
    bidders_outside_change(city, luck);
    stand_ins(city, luck);
}

/// The suppliers of whom this is true.
fn those_who(city: &City, is: impl Fn(usize) -> bool + Sync + Send) -> Vec<usize> {
    map_chunks(city.suppliers.len(), FIRMS, |range| range.filter(|i| is(*i)).collect::<Vec<_>>()).concat()
}

/// Bidders outside the city close as often as firms of their size in it; another takes the place a month later.
/// Their accounts are those of the outside, so that only their contracts are lost.
fn bidders_outside_change(city: &mut City, luck: &Luck) {
    const MONTH: u64 = 0xffff << 8;
    let outside = |city: &City, i: usize| city.suppliers.zone[SupplierId::from_index(i)] != Zone::City;
    let open = |city: &City, i: usize| city.suppliers.active[SupplierId::from_index(i)];
    let hit = |i: usize| {
        let s = SupplierId::from_index(i);
        luck.chance(closing_hazard(city, s), Purpose::FirmExit, city.suppliers.identity[s], 0)
    };
    let closing = those_who(city, |i| outside(city, i) && open(city, i) && hit(i));
    let opening =
        those_who(city, |i| outside(city, i) && !open(city, i) && !city.shocks.is_shut(i, city.month));
    let of = &mut city.suppliers;
    for s in opening.into_iter().map(SupplierId::from_index) {
        of.active[s] = true;
        of.identity[s] = of.identity[s] & !MONTH | u64::from(city.month) << 8;
        of.quality[s] = (0.5 + 0.1 * luck.normal(Purpose::EntrantMake, of.identity[s], 0)) as f32;
        of.experience[s] = 0.0;
    }
    for s in closing.into_iter().map(SupplierId::from_index) {
        of.active[s] = false;
        of.contract_income[s] = 0;
    }
}

fn closes(city: &City, i: usize, luck: &Luck) -> bool {
    let s = SupplierId::from_index(i);
    let of = &city.suppliers;
    if !of.active[s] || of.zone[s] != Zone::City {
        return false;
    }
    let limit = of.expected[s].max(of.normal_sales[s] / 10) as f64 * city.settings.firms.debt_limit_months;
    // A loan for a buy-out is no overdraft until it falls due.
    let not_due = || helped(city, s).map_or(0, |firm| not_due(firm.buyout, city.month - firm.since));
    if of.debt[s] as f64 > limit && (of.debt[s] - not_due()) as f64 > limit {
        return true;
    }
    luck.chance(closing_hazard(city, s), Purpose::FirmExit, of.identity[s], 0)
}

/// Chance that a firm closes in a month for reasons of its own: by age and size. Bidders outside are established,
/// and small or large.
pub fn closing_hazard(city: &City, s: SupplierId) -> f64 {
    const SMALL_OUTSIDE: u32 = 20;
    const LARGE_OUTSIDE: u32 = 250;
    if let Some(firm) = helped(city, s).filter(|firm| firm.helped != Helped::Converted) {
        return hazard_of_supported(usize::from(city.month.saturating_sub(firm.since) / 12));
    }
    let (years, heads) = if city.suppliers.zone[s] == Zone::City {
        (
            usize::from(city.suppliers.age_months[s] / 12),
            city.employers.headcount[EmployerId::from_index(s.index())],
        )
    } else {
        (usize::MAX, if is_small(city, s) { SMALL_OUTSIDE } else { LARGE_OUTSIDE })
    };
    city.market.closing_hazard[years.min(5)] * hazard_of_size(heads)
}

/// A vacant place is taken after some months on average, sooner where its sector's sales run above the start's.
fn opens(city: &City, i: usize, luck: &Luck) -> bool {
    let s = SupplierId::from_index(i);
    let of = &city.suppliers;
    if of.active[s] || of.zone[s] != Zone::City || of.normal_sales[s] == 0 {
        return false;
    }
    if city.shocks.is_shut(i, city.month) {
        return false;
    }
    let demand = city.market.demand_ratio[of.sector[s].index()];
    let pull = libm::pow(demand.clamp(0.25, 4.0), city.settings.firms.entry_response);
    let chance = (pull / city.settings.firms.months_empty.max(1.0)).min(1.0);
    luck.chance(chance, Purpose::FirmEntry, i as u64, 0)
}

pub(super) fn dismiss_staff(city: &mut City, closing: &[usize]) {
    if closing.is_empty() || !city.settings.mechanisms.labour_market {
        return;
    }
    let mut shut = vec![false; city.employers.len()];
    for i in closing {
        shut[*i] = true;
    }
    for w in hire::staff_of(city, &shut) {
        hire::dismiss(city, WorkerId(w));
    }
}

/// Wind a firm up: what it owes for VAT, then its lender, then its owners' savings with the financial system;
/// what cannot be repaid is the lender's loss.
pub(super) fn close(city: &mut City, s: SupplierId, books: &mut Books) {
    let org = city.orgs.supplier(s.index());
    let government = city.orgs.outside(Outside::Government);
    let vat = city.suppliers.vat_due[s].min(city.cash[org]);
    books.pay(city, Kind::Vat, (org, government), vat);
    let finance = city.orgs.outside(Outside::Finance);
    let repaid = city.suppliers.debt[s].min(city.cash[org]);
    books.pay(city, Kind::Repayment, (org, finance), repaid);
    // What is left was the owners' savings, and goes back to where they are kept.
    let rest = city.cash[org];
    city.flows.supplier[s].wound_up = vat + repaid + rest;
    books.pay(city, Kind::Closing, (org, finance), rest);
    let of = &mut city.suppliers;
    of.active[s] = false;
    of.vat_due[s] = 0;
    of.debt[s] = 0;
    of.staff_due[s] = 0;
    of.norm[s] = 0.0;
    of.contract_income[s] = 0;
    of.expected[s] = 0;
    of.expected_consumption[s] = 0;
    city.market.closed += 1;
}

/// A new firm of the same sector opens in the place, started with its owners' savings
/// (held with the financial system until then) as its reserve. The owner's household
/// stays the same (owners are serial), so that who owns the city's firms does not drift.
pub(super) fn open(city: &mut City, i: usize, luck: &Luck, books: &mut Books) {
    let s = SupplierId::from_index(i);
    let of = &mut city.suppliers;
    // Identity: sector, ward, month and place; never that of a firm that was here before.
    let (sector, ward) = (of.sector[s].index() as u64, u64::from(of.ward[s]));
    of.identity[s] =
        1 << 54 | (sector << 6 | ward) << 40 | u64::from(city.month) << 24 | (i as u64 & 0xff_ffff);
    of.active[s] = true;
    of.age_months[s] = 0;
    of.quality[s] = (0.5 + 0.1 * luck.normal(Purpose::EntrantMake, of.identity[s], 0)) as f32;
    of.expected[s] = of.normal_sales[s];
    of.experience[s] = 0.0;
    let reserve = (of.normal_sales[s] as f64 * city.settings.firms.reserve_months) as Pence;
    let org = city.orgs.supplier(i);
    let finance = city.orgs.outside(Outside::Finance);
    city.cash[finance] -= reserve;
    city.cash[org] += reserve;
    city.flows.supplier[s].opened_with = reserve;
    books.post_orgs(Kind::Opening, (finance, org), reserve);
    city.market.opened += 1;
}

/// Customers of a vacant place are served by an open firm of the same trade until somebody takes the place.
fn stand_ins(city: &mut City, luck: &Luck) {
    let mut stand_in = std::mem::take(&mut city.suppliers.stand_in);
    let read: &City = city;
    stand_in.rows_mut().par_chunks_mut(FIRMS).enumerate().for_each(|(chunk, stand_in)| {
        for (k, now) in stand_in.iter_mut().enumerate() {
            *now = stands_in(read, chunk * FIRMS + k, *now, luck);
        }
    });
    city.suppliers.stand_in = stand_in;
}

/// Who serves the customers of a supplier that `now` has served so far.
fn stands_in(city: &City, i: usize, now: u32, luck: &Luck) -> u32 {
    let (of, s) = (&city.suppliers, SupplierId::from_index(i));
    if of.active[s] || of.zone[s] != Zone::City {
        return i as u32;
    }
    if (now as usize) < of.len() && of.active[SupplierId(now)] {
        return now;
    }
    let pool = &city.market.trades[of.trade(s)];
    let found = (0..16).find_map(|k| {
        let other = pool.at(luck.uniform(Purpose::OutletChoice, 1 << 48 | i as u64, k))?;
        of.active[SupplierId(other)].then_some(other)
    });
    found.unwrap_or(city.orgs.outside(Outside::RegionFirms).0)
}
