//! Dye that households spend, pay in taxes and save.

use super::dye::{Dye, HomeLanes};
use super::home_moves::{Moves, TOGETHER};
use super::home_pieces::{Payers, Pieces, USES, divide};
use super::ledger::{Channel, Month};
use super::split::part;
use super::tables::{AtHome, HOMES, Table, Tables, add};
use crate::base::col::Id;
use crate::place::city::PURCHASES;
use crate::world::City;
use crate::world::flows::FIXED_USES;
use crate::world::households::{HouseholdId, Landlord};
use crate::world::orgs::Outside;
use crate::world::outlets::{self, Code};
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

/// What households of a chunk came to together.
#[derive(Default)]
struct Sums {
    fixed: [HomeLanes; FIXED_USES],
    held: i64,
}

impl Dye {
    /// The extra spend that is given to households, whose first receipt it is.
    pub(super) fn give_to_households(&mut self, city: &City) {
        for (h, amount) in city.flows.given.iter().enumerate().filter(|(_, amount)| **amount != 0) {
            let dye = amount * super::DYE_PER_PENNY;
            self.month.injected += dye;
            self.month.local[0] += dye;
            let id = HouseholdId::from_index(h);
            self.month.income(city.households.decile[id], city.households.ward[id], dye);
            self.arrive_home(h as u32, [dye, 0]);
        }
    }

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
        }
        buy(city, tables);
    }

    /// What households sent arrives.
    pub(super) fn gather_from_homes(&mut self, city: &City, tables: &mut Tables) {
        self.gather(city, tables, (|table| &mut table.from_homes, Channel::ConsumptionOutside), AtHome::Rent);
    }
}

/// Households whose dye is divided before any of it is sent: few enough for what falls on their uses to be at hand.
const AT_HAND: usize = 16;

#[inline(never)]
fn spend_all(
    rules: &Rules,
    from: usize,
    (fresh, reserve): (&mut [HomeLanes], &mut [HomeLanes]),
    table: &mut Table,
) {
    let (mut sums, mut pieces, mut moves) = (Sums::default(), [[[0; 2]; USES]; AT_HAND], Moves::none());
    let rows = fresh.chunks_mut(TOGETHER).zip(reserve.chunks_mut(TOGETHER));
    for (block, (fresh, reserve)) in rows.enumerate() {
        let first = from + block * TOGETHER;
        if fresh.iter().chain(&*reserve).all(|lanes| *lanes == [0; 2]) {
            continue;
        }
        rules.money(first, fresh.len(), &mut moves);
        moves.take(fresh, reserve);
        for at in (0..fresh.len()).step_by(AT_HAND) {
            let n = AT_HAND.min(fresh.len() - at);
            let homes = first + at..first + at + n;
            let flows = &rules.city.flows;
            let (uses, purchases) =
                (&flows.household.rows()[homes.clone()], &flows.purchases.rows()[homes.clone()]);
            divide(&Payers { uses, purchases, moves: &moves, from: at }, &mut pieces[..n]);
            send(rules, homes, &pieces[..n], (table, &mut sums));
        }
        for waits in reserve {
            sums.held += waits[0] + waits[1];
        }
    }
    record(rules.city, &sums, table);
}

impl Rules<'_> {
    /// What so many households from `from` on use, have come in and draw on.
    #[inline]
    fn money(&self, from: usize, households: usize, moves: &mut Moves) {
        let (of, flows, rows) = (&self.city.households, &self.city.flows, from..from + households);
        let uses = &flows.household.rows()[rows.clone()];
        let income = &of.received.rows()[rows.clone()];
        let funds = if self.linear { &of.received_last.rows()[rows.clone()] } else { income };
        let deposits = &of.deposits.rows()[rows];
        for k in 0..households {
            let total = uses[k].total();
            let opening = deposits[k] + total - income[k];
            (moves.total[k], moves.funds[k]) = (total, funds[k]);
            moves.reserve[k] = opening.max(total - funds[k]);
        }
    }
}

/// Send what falls on each use of these households.
fn send(rules: &Rules, homes: Range<usize>, pieces: &[Pieces], (table, sums): (&mut Table, &mut Sums)) {
    let of = &rules.city.households;
    add_fixed(pieces, &mut sums.fixed);
    for (landlord, pieces) in of.landlord.rows()[homes.clone()].iter().zip(pieces) {
        pay_rent(rules.city, *landlord, pieces[RENT], table);
    }
    send_to_sellers(pieces, &of.outlets.rows()[homes], &rules.starts, &mut table.purchases);
}

/// Add up what falls on uses that are no purchases: in a loop of its own, so that the sums stay in registers.
fn add_fixed(pieces: &[Pieces], sums: &mut [HomeLanes; FIXED_USES]) {
    let mut all = *sums;
    for of_one in pieces {
        for (sum, piece) in all.iter_mut().zip(of_one) {
            *sum = add(*sum, *piece);
        }
    }
    *sums = all;
}

/// Send what falls on purchases. Not part of a larger loop, which would leave it too few registers.
#[inline(never)]
fn send_to_sellers(
    pieces: &[Pieces],
    outlets: &[[Code; PURCHASES]],
    starts: &[u32; PURCHASES],
    sent: &mut [HomeLanes],
) {
    for (pieces, outlets) in pieces.iter().zip(outlets) {
        for p in 0..PURCHASES {
            let all = &mut sent[(starts[p] as usize).wrapping_add(outlets[p].into())];
            *all = add(*all, pieces[FIXED_USES + p]);
        }
    }
}

/// Sellers that one thread takes at a time.
const SELLERS: usize = 4_096;

/// Pass on what was bought at each outlet, which is in one table, to who serves there. VAT and duties leak at the purchase; the
/// seller never had them. Only suppliers charge any.
fn buy(city: &City, tables: &mut Tables) {
    let Some(table) = tables.all().first_mut() else { return };
    let mut bought = std::mem::take(&mut table.purchases);
    let (sellers, stand_in) = (&city.market.sellers, city.suppliers.stand_in.rows());
    let (mut rest, mut counters) = (bought.as_mut_slice(), Vec::new());
    for (p, rate) in city.market.vat_share.iter().enumerate() {
        let orgs = &sellers.orgs()[sellers.of(p)];
        let (sold, others) = rest.split_at_mut(orgs.len());
        rest = others;
        counters.extend(sold.chunks_mut(SELLERS).zip(orgs.chunks(SELLERS)).map(|sold| (*rate, sold)));
    }
    let read: &Tables = tables;
    counters.into_par_iter().with_max_len(1).for_each(|(rate, (sold, orgs))| {
        read.lend(|table| {
            let mut vat = [0; 2];
            for (sold, org) in sold.iter_mut().zip(orgs).filter(|(sold, _)| **sold != [0; 2]) {
                let (mut sent, serves) = (std::mem::take(sold), outlets::served_by(stand_in, *org));
                if let Some(own) = city.suppliers.vat.rows().get(serves) {
                    let taken = sent.map(|sent| part(sent, rate + own));
                    sent = [sent[0] - taken[0], sent[1] - taken[1]];
                    vat = add(vat, taken);
                }
                let to = &mut table.from_homes[serves];
                *to = add(*to, sent);
            }
            for (lane, vat) in vat.into_iter().enumerate() {
                table.month.leak(lane + 2, Channel::NationalTaxes, vat);
            }
        });
    });
    if let Some(table) = tables.all().iter_mut().find(|table| table.purchases.is_empty()) {
        table.purchases = bought;
    }
}

#[inline]
fn pay_rent(city: &City, landlord: Landlord, rent: HomeLanes, table: &mut Table) {
    if rent == [0; 2] {
        return;
    }
    let outside = city.orgs.outside(Outside::RegionFirms).index();
    match landlord {
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
