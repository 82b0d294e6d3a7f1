//! Wages to residents and in-commuters, what the staff share out, and employer contributions.

use super::packets::{Packets, Paid, pay_all};
use crate::base::col::Id;
use crate::base::draws::Luck;
use crate::base::money::{Pence, Share, WHOLE, part};
use crate::base::parallel::add_up;
use crate::economy::books::slips::{Side, Slips};
use crate::economy::books::{Books, Kind};
use crate::economy::firms::FIRMS;
use crate::economy::order::{anchor_factor, base};
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::employers::EmployerId;
use crate::world::flows::SupplierUses;
use crate::world::orgs::Outside;
use crate::world::suppliers::SupplierId;
use rayon::prelude::*;

/// Most that a worker co-operative or VCSE shares out in a month, over its pay bill.
const MOST_SHARE_OUT: f64 = 2.0;

/// Every wage is its contract's, unless labour is fractional: then the pot follows sales and is shared out in
/// proportion. Worker co-operatives and VCSE share out what their reserve does not need.
pub(super) fn set_pay_ratios(city: &mut City) {
    let fractional = !city.settings.mechanisms.labour_market;
    let mut ratios = std::mem::take(&mut city.employers.pay_ratio);
    let mut uses = std::mem::take(&mut city.flows.supplier);
    let read: &City = city;
    let bill = |i: usize| read.employers.wage_bill[EmployerId::from_index(i)];
    let (of_suppliers, of_others) = ratios.rows_mut().split_at_mut(read.suppliers.len());
    let rows = of_suppliers.par_chunks_mut(FIRMS).zip(uses.rows_mut().par_chunks_mut(FIRMS)).enumerate();
    rows.for_each(|(chunk, (ratios, uses))| {
        for (k, (to, uses)) in ratios.iter_mut().zip(uses).enumerate() {
            let s = SupplierId::from_index(chunk * FIRMS + k);
            let bill = bill(s.index());
            let own = if fractional { pay_by_recipe(read, s) } else { bill };
            let shared_out = if bill > 0 { staff_share_out(read, s) } else { 0 };
            *to = ratio(own + shared_out, bill);
            // Most share out nothing, as their uses say since the month began: those are not fetched.
            if shared_out != 0 {
                uses.shared_out = shared_out;
            }
        }
    });
    for (k, to) in of_others.iter_mut().enumerate() {
        let bill = bill(read.suppliers.len() + k);
        *to = if k < read.anchors.len() {
            let a = AnchorId::from_index(k);
            // With fractional labour nobody is hired: the staff that there are work for policies too.
            let extra = if fractional { read.anchors.extra_bill[a] } else { 0 };
            ratio(part(bill, anchor_factor(read, a)) + extra, bill)
        } else {
            WHOLE
        };
    }
    city.employers.pay_ratio = ratios;
    city.flows.supplier = uses;
}

/// Pay that a supplier's sales stand for.
fn pay_by_recipe(city: &City, s: SupplierId) -> Pence {
    let sales = if city.suppliers.active[s] { base(city, s) } else { 0 };
    part(sales, city.suppliers.recipe[s].pay)
}

/// The pot over the bill, rounded up.
fn ratio(pot: Pence, bill: Pence) -> Share {
    // Most employers pay what contracts say.
    if bill <= 0 || pot == bill {
        WHOLE
    } else {
        ((u128::from(pot.max(0) as u64) << 32).div_ceil(bill as u128)) as Share
    }
}

/// Profit that the staff share out this month: what last month's surplus set aside for them, within bounds.
fn staff_share_out(city: &City, s: SupplierId) -> Pence {
    let r = &city.suppliers.recipe[s];
    if r.profit_to_staff == 0 {
        return 0;
    }
    if city.linear() {
        let links = city.suppliers.links.row(s.index()).iter().map(|l| l.share).sum::<Share>();
        let costs = links + r.costs_but_links();
        return part(part(city.suppliers.sales_last[s], WHOLE.saturating_sub(costs)), r.profit_to_staff);
    }
    let most = part(city.suppliers.expected[s], r.pay) as f64 * MOST_SHARE_OUT;
    city.suppliers.staff_due[s].clamp(0, most as Pence)
}

pub(super) fn wages(city: &mut City, fixed: &Luck, books: &mut Books) {
    let Packets { paid, by_tenth } = pay_all(city, fixed);
    books.keep_wages(by_tenth);
    let (of_suppliers, of_others) = paid.split_at(city.suppliers.len());
    charge_suppliers(city, of_suppliers, books);
    for (k, of) in of_others.iter().enumerate() {
        charge_other(city, k, of, books);
    }
    city.shelf.give(paid);
}

/// Cash, uses and what is set aside for the staff, of a chunk of suppliers.
type Money<'a> = ((&'a mut [Pence], &'a mut [SupplierUses]), &'a mut [Pence]);

/// Take wages and contributions from the accounts of suppliers.
fn charge_suppliers(city: &mut City, paid: &[Paid], books: &mut Books) {
    let mut cash = std::mem::take(&mut city.cash);
    let mut uses = std::mem::take(&mut city.flows.supplier);
    let mut due = std::mem::take(&mut city.suppliers.staff_due);
    let (read, parties): (&City, &[u16]) = (city, books.parties());
    let money = (cash.rows_mut()[..paid.len()].par_chunks_mut(FIRMS))
        .zip(uses.rows_mut().par_chunks_mut(FIRMS))
        .zip(due.rows_mut().par_chunks_mut(FIRMS));
    let of_chunk = |slips: &mut Slips, (chunk, ((cash, uses), due)): (usize, Money)| {
        for (k, ((cash, uses), due)) in cash.iter_mut().zip(uses).zip(due).enumerate() {
            let i = chunk * FIRMS + k;
            let (of, party) = (&paid[i], parties[i]);
            let pay = of.all();
            let (ni, pension) = contributions(read, i, pay, of.ni);
            *cash -= pay + ni + pension;
            *due -= if read.linear() { 0 } else { uses.shared_out };
            slips.paid(Kind::Wages, party, Side::Households, of.residents);
            for (home, amount) in HOMES.into_iter().zip(of.commuters) {
                slips.paid(Kind::Wages, party, Side::Outside(home), amount);
            }
            slips.paid(Kind::EmployerNi, party, Side::Outside(Outside::Government), ni);
            slips.paid(Kind::EmployerPension, party, Side::Outside(Outside::Finance), pension);
            uses.pay = pay;
            uses.pay_residents = of.residents;
            uses.national_taxes += ni;
            uses.employer_pension += pension;
        }
    };
    let slips =
        add_up(money.enumerate(), || Slips::none(read), of_chunk, |slips, more| slips.join(read, more));
    city.cash = cash;
    city.flows.supplier = uses;
    city.suppliers.staff_due = due;
    books.post_slips(city, slips);
}

/// Where commuters live.
const HOMES: [Outside; 2] = [Outside::RegionHouseholds, Outside::CountryHouseholds];

/// Take the wages and contributions from the account of the employer that is so many after all suppliers: an anchor, or a
/// pool outside.
fn charge_other(city: &mut City, k: usize, of: &Paid, books: &mut Books) {
    let from = match k.checked_sub(city.anchors.len()) {
        None => city.orgs.anchor(k),
        Some(0) => city.orgs.outside(Outside::RegionFirms),
        Some(_) => city.orgs.outside(Outside::CountryFirms),
    };
    books.to_households(city, Kind::Wages, from, of.residents);
    for (home, amount) in HOMES.into_iter().zip(of.commuters) {
        let to = city.orgs.outside(home);
        books.pay(city, Kind::Wages, (from, to), amount);
    }
    if k >= city.anchors.len() {
        return;
    }
    let pay = of.all();
    let (ni, pension) = contributions(city, city.suppliers.len() + k, pay, of.ni);
    let (government, finance) = (city.orgs.outside(Outside::Government), city.orgs.outside(Outside::Finance));
    books.pay(city, Kind::EmployerNi, (from, government), ni);
    books.pay(city, Kind::EmployerPension, (from, finance), pension);
    let uses = &mut city.flows.anchor[k];
    uses.pay = pay;
    uses.pay_residents = of.residents;
    uses.employer_taxes = ni;
    uses.employer_pension = pension;
}

/// Employer National Insurance and pension contributions: by the law on each pay packet, or at the start's
/// average rates when labour is fractional.
fn contributions(city: &City, i: usize, pay: Pence, by_law: Pence) -> (Pence, Pence) {
    let e = EmployerId::from_index(i);
    if city.settings.mechanisms.labour_market {
        return (by_law, part(pay, city.employers.pension[e]));
    }
    if i < city.suppliers.len() {
        let s = SupplierId::from_index(i);
        let sales = if city.suppliers.active[s] { base(city, s) } else { 0 };
        let r = &city.suppliers.recipe[s];
        return (part(sales, r.employer_ni), part(sales, r.employer_pension));
    }
    let a = AnchorId::from_index(i - city.suppliers.len());
    let (extra, bill) = (city.anchors.extra_bill[a], city.employers.wage_bill[e].max(1));
    let more = i128::from(city.employers.normal_ni[e]) * i128::from(extra) / i128::from(bill);
    let ni = part(city.employers.normal_ni[e], anchor_factor(city, a)) + more as Pence;
    (ni, part(pay, city.employers.pension[e]))
}

/// An anchor that cannot meet its payroll borrows.
pub(super) fn anchors_borrow(city: &mut City, books: &mut Books) {
    for i in 0..city.anchors.len() {
        let org = city.orgs.anchor(i);
        let lent = books.lend(city, org);
        city.anchors.debt[AnchorId::from_index(i)] += lent;
    }
}
