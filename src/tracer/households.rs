//! Dye that households spend, pay in taxes and save.

use super::dye::{Dye, HomeLanes};
use super::home_moves::{Money, Moving, TOGETHER, take_all};
use super::home_pieces::{Paid, Pieces, USES, divide_all};
use super::ledger::{Channel, Month};
use super::split::part;
use super::tables::{HOMES, Table, Tables, add};
use crate::base::col::Id;
use crate::place::city::PURCHASES;
use crate::world::City;
use crate::world::flows::FIXED_USES;
use crate::world::households::Landlord;
use crate::world::orgs::Outside;
use crate::world::outlets;
use rayon::prelude::*;
use std::ops::Range;

/// Where rent stands among the uses that are not purchases.
const RENT: usize = 3;

/// What holds for all households this month.
struct Rules<'a> {
    city: &'a City,
    /// Whether funds are last month's receipts.
    linear: bool,
    /// Where the sellers of each purchase begin among all.
    starts: [u32; PURCHASES],
}

impl<'a> Rules<'a> {
    fn money(&self, range: Range<usize>) -> Money<'a> {
        let (flows, of) = (&self.city.flows, &self.city.households);
        let funds = if self.linear { &of.received_last } else { &of.received };
        Money {
            uses: &flows.household.rows()[range.clone()],
            purchases: &flows.purchases.rows()[range.clone()],
            income: &of.received.rows()[range.clone()],
            funds: &funds.rows()[range.clone()],
            deposits: &of.deposits.rows()[range],
        }
    }
}

/// What households of a chunk came to together.
#[derive(Default)]
struct Sums {
    fixed: [HomeLanes; FIXED_USES],
    held: i64,
}

impl Dye {
    pub(super) fn households_spend(&mut self, city: &City, tables: &mut Tables) {
        let rules = Rules { city, linear: city.linear(), starts: city.market.sellers.starts() };
        let rows = self.home_fresh.par_chunks_mut(HOMES).zip(self.home_reserve.par_chunks_mut(HOMES));
        rows.enumerate().for_each(|(chunk, (fresh, reserve))| {
            tables.lend(|table| spend_all(&rules, chunk * HOMES, (fresh, reserve), table));
        });
        if let Some((table, others)) = tables.all().split_first_mut() {
            // All before VAT is rounded: which purchases meet in a table is the threads' affair.
            for other in others {
                let rows =
                    table.purchases.par_chunks_mut(SELLERS).zip(other.purchases.par_chunks_mut(SELLERS));
                rows.for_each(|(all, more)| {
                    for (all, more) in all.iter_mut().zip(more) {
                        *all = add(*all, std::mem::take(more));
                    }
                });
            }
            buy(city, table);
        }
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
    let (mut sums, mut moving, mut pieces) = (Sums::default(), Moving::none(), [[[0; 2]; USES]; TOGETHER]);
    for (k, (fresh, reserve)) in fresh.chunks_mut(TOGETHER).zip(reserve.chunks_mut(TOGETHER)).enumerate() {
        if fresh.iter().chain(&*reserve).all(|dye| *dye == [0; 2]) {
            continue;
        }
        let range = from + k * TOGETHER..from + k * TOGETHER + fresh.len();
        let money = rules.money(range.clone());
        take_all(money, fresh, reserve, &mut moving);
        sums.held += moving.held;
        divide_all(&Paid { uses: money.uses, purchases: money.purchases }, &moving, &mut pieces);
        hand_on(rules, range, &pieces, (table, &mut sums));
    }
    record(rules.city, &sums, table);
}

/// Give the pieces of these households' dye to where they go.
#[inline(always)]
fn hand_on(rules: &Rules, range: Range<usize>, pieces: &Pieces, (table, sums): (&mut Table, &mut Sums)) {
    let (city, pieces) = (rules.city, &pieces[..range.len()]);
    for pieces in pieces {
        for (sum, piece) in sums.fixed.iter_mut().zip(pieces) {
            *sum = add(*sum, *piece);
        }
    }
    for (pieces, landlord) in pieces.iter().zip(&city.households.landlord.rows()[range.clone()]) {
        pay_rent(city, *landlord, pieces[RENT], table);
    }
    // A slice of its own, so that the loop need not ask again where the table is.
    let sellers = table.purchases.as_mut_slice();
    for (pieces, outlets) in pieces.iter().zip(&city.households.outlets.rows()[range]) {
        for p in 0..PURCHASES {
            let all = &mut sellers[rules.starts[p] as usize + usize::from(outlets[p])];
            *all = add(*all, pieces[FIXED_USES + p]);
        }
    }
}

/// Sellers that one thread takes at a time.
const SELLERS: usize = 4_096;

/// Pass on what was bought at each outlet to who serves there. VAT and duties leak at the purchase; the seller never had
/// them. Only suppliers charge any.
fn buy(city: &City, table: &mut Table) {
    let (sellers, stand_in) = (&city.market.sellers, city.suppliers.stand_in.rows());
    for (p, rate) in city.market.vat_share.iter().enumerate() {
        let sold = table.purchases[sellers.of(p)].par_chunks_mut(SELLERS);
        let chunks = sold.zip(sellers.orgs()[sellers.of(p)].par_chunks(SELLERS)).map(|(sold, orgs)| {
            let mut vat = [0; 2];
            for (sent, org) in sold.iter_mut().zip(orgs).filter(|(sent, _)| **sent != [0; 2]) {
                if let Some(own) = city.suppliers.vat.rows().get(outlets::served_by(stand_in, *org)) {
                    let taken = sent.map(|sent| part(sent, rate + own));
                    *sent = [sent[0] - taken[0], sent[1] - taken[1]];
                    vat = add(vat, taken);
                }
            }
            vat
        });
        let vat = chunks.reduce(|| [0; 2], add);
        for (lane, vat) in vat.into_iter().enumerate() {
            table.month.leak(lane + 2, Channel::NationalTaxes, vat);
        }
    }
    for (sent, org) in table.purchases.iter_mut().zip(sellers.orgs()) {
        let to = &mut table.from_homes[outlets::served_by(stand_in, *org)];
        *to = add(*to, std::mem::take(sent));
    }
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
            table.send_home(to.0, [0, rent[0] + rent[1]]);
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
        month.leak(round, Channel::NationalTaxes, direct_tax + rent_tax);
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
