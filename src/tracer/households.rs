//! Dye that households spend, pay in taxes and save.

use super::dye::{Dye, HomeLanes};
use super::home_pieces::{FIXED, Sent, Small, divide, send_small, small, vat};
use super::ledger::{Channel, Month};
use super::split::{moving, take};
use super::tables::{HOMES, Table, Tables, add};
use crate::base::col::Id;
use crate::base::money::{Pence, Share};
use crate::place::city::PURCHASES;
use crate::world::City;
use crate::world::households::{HouseholdId, Landlord};
use crate::world::orgs::Outside;
use crate::world::outlets;
use rayon::prelude::*;

/// Where rent stands among the uses that are not purchases.
const RENT: usize = 3;

/// What holds for all households this month.
struct Rules<'a> {
    city: &'a City,
    /// Whether funds are last month's receipts.
    linear: bool,
    /// Who serves at each outlet: itself, or who stands in while it is vacant.
    served_by: Vec<u32>,
    suppliers: u32,
    /// VAT and duties in each purchase, and the same in 32 bits if that is all there is to it: only town files have
    /// sellers with VAT of their own.
    vat: [Share; PURCHASES],
    vat_small: Option<[u32; PURCHASES]>,
}

/// What households of a chunk came to together.
#[derive(Default)]
struct Sums {
    fixed: [HomeLanes; FIXED],
    vat: HomeLanes,
    held: i64,
}

impl Dye {
    pub(super) fn households_spend(&mut self, city: &City, tables: &mut Tables) {
        let vat = city.market.vat_share;
        let sellers_vat = city.suppliers.vat.iter().any(|vat| *vat != 0);
        let vat_small = if sellers_vat { None } else { small(&vat.map(|share| share as i64)) };
        let stand_in = city.suppliers.stand_in.rows();
        let served_by = |outlet: usize| outlets::served_by(stand_in, outlet as u32) as u32;
        let served_by = (0..city.orgs.len()).map(served_by).collect();
        let rules =
            Rules { city, linear: city.linear(), served_by, suppliers: city.orgs.suppliers, vat, vat_small };
        let rows = self.home_fresh.par_chunks_mut(HOMES).zip(self.home_reserve.par_chunks_mut(HOMES));
        rows.enumerate().for_each(|(chunk, (fresh, reserve))| {
            tables.lend(|table| spend_all(&rules, chunk * HOMES, (fresh, reserve), table));
        });
        self.gather(city, tables, |table| &mut table.from_homes, Channel::ConsumptionOutside);
    }
}

#[inline(never)]
fn spend_all(
    rules: &Rules,
    from: usize,
    (fresh, reserve): (&mut [HomeLanes], &mut [HomeLanes]),
    table: &mut Table,
) {
    let (mut sums, mut sent) = (Sums::default(), Sent::default());
    for (k, (fresh, reserve)) in fresh.iter_mut().zip(reserve).enumerate() {
        if *fresh != [0; 2] || *reserve != [0; 2] {
            spend(rules, HouseholdId::from_index(from + k), (fresh, reserve), (table, &mut sums, &mut sent));
            sums.held += reserve[0] + reserve[1];
        }
    }
    record(rules.city, &sums, table);
}

#[inline]
fn spend(
    rules: &Rules,
    h: HouseholdId,
    (fresh, reserve): (&mut HomeLanes, &mut HomeLanes),
    (table, sums, sent): (&mut Table, &mut Sums, &mut Sent),
) {
    let city = rules.city;
    let (of, purchases) = (&city.flows.household[h], &city.flows.purchases[h]);
    let fixed = [
        of.direct_tax,
        of.pension,
        of.council_tax,
        of.rent,
        of.mortgage_interest,
        of.saving,
        of.rent_tax,
        of.energy,
    ];
    let mut total: Pence = 0;
    for amount in fixed {
        total += amount;
    }
    for amount in purchases {
        total = total.wrapping_add(Pence::from(*amount));
    }
    let income = city.households.received[h];
    let funds = if rules.linear { city.households.received_last[h] } else { income };
    let opening = city.households.deposits[h] + total - income;
    let moved = take(fresh, reserve, moving(total, funds, opening.max(total - funds)));
    if moved == [0; 2] {
        return;
    }
    let mut to = city.households.outlets[h];
    for outlet in &mut to {
        *outlet = rules.served_by[*outlet as usize];
    }
    let paid = (&fixed, purchases, total);
    if quickly(rules, paid, moved, &to, sent).is_none() {
        plainly(rules, paid, moved, &to, sent);
    }
    for (sum, piece) in sums.fixed.iter_mut().zip(sent.fixed) {
        *sum = add(*sum, piece);
    }
    sums.vat = add(sums.vat, sent.vat);
    pay_rent(city, city.households.landlord[h], sent.fixed[RENT], table);
    for (to, piece) in to.into_iter().zip(sent.to_sellers) {
        let all = &mut table.from_homes[to as usize];
        *all = add(*all, piece);
    }
}

/// What a household pays other than purchases, its purchases, and all together.
type Paid<'a> = (&'a [Pence; FIXED], &'a [u32; PURCHASES], Pence);

/// Where what moves goes, if all amounts are small enough.
#[inline]
fn quickly(
    rules: &Rules,
    (fixed, purchases, total): Paid,
    moved: HomeLanes,
    to: &[u32; PURCHASES],
    sent: &mut Sent,
) -> Option<()> {
    let (rates, fixed, moved) = (rules.vat_small.as_ref()?, small(fixed)?, small(&moved)?);
    let suppliers = rules.suppliers;
    send_small(&Small { fixed, purchases, total, moved, to, rates, suppliers }, sent);
    Some(())
}

/// The same of any amounts.
#[cold]
#[inline(never)]
fn plainly(
    rules: &Rules,
    (fixed, purchases, total): Paid,
    moved: HomeLanes,
    to: &[u32; PURCHASES],
    sent: &mut Sent,
) {
    let uses = std::array::from_fn(|k| if k < FIXED { fixed[k] } else { Pence::from(purchases[k - FIXED]) });
    let pieces = divide(&uses, total, moved);
    // VAT and duties leak at the purchase; the seller never had them. Only suppliers charge any.
    let sellers = rules.city.suppliers.vat.rows();
    let rates = std::array::from_fn(|p| sellers.get(to[p] as usize).map_or(0, |own| rules.vat[p] + own));
    sent.put(&pieces, &vat(&pieces, &rates));
}

#[inline]
fn pay_rent(city: &City, landlord: Landlord, rent: HomeLanes, table: &mut Table) {
    if rent == [0; 2] {
        return;
    }
    let outside = city.orgs.outside(Outside::RegionFirms).index();
    match landlord {
        // Rent from another household is a receipt, but no new income of households.
        Landlord::Household(to) => {
            table.month.local[2] += rent[0];
            table.month.local[3] += rent[1];
            table.rents.push((to.0, rent[0] + rent[1]));
        }
        Landlord::Org(org) if org.index() < outside => {
            let sent = &mut table.from_homes[org.index()];
            *sent = add(*sent, rent);
        }
        Landlord::Org(_) | Landlord::None => {
            table.month.leak(2, Channel::InterestRentOutside, rent[0]);
            table.month.leak(3, Channel::InterestRentOutside, rent[1]);
        }
    }
}

/// Write what a chunk of households came to. Second receipts move on to round 3, later ones to "later".
fn record(city: &City, sums: &Sums, table: &mut Table) {
    let month: &mut Month = &mut table.month;
    month.held += sums.held;
    for (lane, round) in [2, 3].into_iter().enumerate() {
        let [direct_tax, pension, council_tax, _, mortgage_interest, saving, rent_tax, energy] =
            sums.fixed.map(|of| of[lane]);
        month.leak(round, Channel::NationalTaxes, direct_tax + rent_tax + sums.vat[lane]);
        month.leak(round, Channel::Pensions, pension);
        month.leak(round, Channel::InterestRentOutside, mortgage_interest);
        month.leak(round, Channel::Saving, saving);
        month.leak(round, Channel::ConsumptionOutside, energy);
        match city.anchors.council {
            Some(council) => {
                table.from_homes[city.orgs.anchor(council as usize).index()][lane] += council_tax;
            }
            None => month.leak(round, Channel::NationalTaxes, council_tax),
        }
    }
}
