//! Dye that suppliers spend: on inputs, pay, taxes, finance and profit.

use super::dye::{CLASSES, Dye, Held, Lanes, next_round};
use super::ledger::{Channel, Hop, JOB_MONTH};
use super::split::{divide_lanes, moving, part, take};
use super::tables::{ORGS, Table, Tables};
use super::tags::{Entry, Tags};
use super::uses::{To, Use, list_uses};
use crate::base::col::Id;
use crate::base::money::{Pence, Share, round};
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::employers::EmployerId;
use crate::world::households::HouseholdId;
use crate::world::suppliers::SupplierId;
use rayon::prelude::*;

/// The suppliers of one chunk and what they hold.
struct Rows<'a> {
    from: usize,
    held: &'a mut [Held],
    staff: &'a mut [Lanes],
    entries: &'a mut [Entry],
}

impl Dye {
    pub(super) fn suppliers_spend(&mut self, city: &City, tags: &Tags, tables: &mut Tables) {
        let n = city.suppliers.len();
        let held = self.orgs[..n].par_chunks_mut(ORGS).zip(self.staff[..n].par_chunks_mut(ORGS));
        let entries = by_chunk(&mut self.entries, n);
        held.zip(entries).enumerate().for_each(|(chunk, ((held, staff), entries))| {
            let rows = Rows { from: chunk * ORGS, held, staff, entries };
            tables.lend(|table| spend_all(city, tags, rows, table));
        });
        self.gather(city, tables, |table| &mut table.from_firms, Channel::InputsOutside);
    }
}

/// The entries of each chunk of so many suppliers.
fn by_chunk(mut entries: &mut [Entry], suppliers: usize) -> Vec<&mut [Entry]> {
    let mut chunks = Vec::with_capacity(suppliers.div_ceil(ORGS));
    for from in (0..suppliers).step_by(ORGS) {
        let until = (from + ORGS).min(suppliers);
        let (mine, rest) = entries.split_at_mut(entries.partition_point(|e| (e.from.org as usize) < until));
        chunks.push(mine);
        entries = rest;
    }
    chunks
}

#[inline(never)]
fn spend_all(city: &City, tags: &Tags, rows: Rows, table: &mut Table) {
    let mut entries = rows.entries;
    for (k, (held, staff)) in rows.held.iter_mut().zip(rows.staff).enumerate() {
        let i = rows.from + k;
        let n = entries.iter().take_while(|e| e.from.org as usize == i).count();
        let (mine, rest) = entries.split_at_mut(n);
        entries = rest;
        if *held == Held::default() {
            continue;
        }
        if !city.suppliers.active.rows()[i] {
            leave_with_owners(held, mine, table);
            continue;
        }
        spend(city, tags, i, (held, staff, mine), table);
        table.month.held += held.reserve.iter().sum::<i64>();
    }
}

/// A firm that has closed: what it held went to its owners' savings outside.
fn leave_with_owners(held: &mut Held, entries: &mut [Entry], table: &mut Table) {
    let held = std::mem::take(held);
    for class in 0..CLASSES {
        let all = held.fresh[class] + held.reserve[class];
        table.month.leak(next_round(class), Channel::Saving, all);
    }
    for entry in entries {
        (entry.fresh, entry.reserve) = (0, 0);
    }
}

fn spend(
    city: &City,
    tags: &Tags,
    i: usize,
    (held, staff, entries): (&mut Held, &mut Lanes, &mut [Entry]),
    table: &mut Table,
) {
    let mut uses = std::mem::take(&mut table.uses);
    list_uses(city, i, &mut uses);
    let total: Pence = uses.iter().map(|of| of.amount).sum();
    let share = share_that_moves(city, i, total);
    let told_apart = !entries.is_empty();
    let first = if told_apart { entries_move(held, entries, share, &mut table.moved) } else { 0 };
    // First-round dye that is told apart has moved already.
    let kept = if told_apart { std::mem::take(&mut held.reserve[0]) } else { 0 };
    let mut moved = take(&mut held.fresh, &mut held.reserve, share);
    held.reserve[0] += kept;
    moved[0] += first;
    if moved != [0; CLASSES] {
        let mut pieces = std::mem::take(&mut table.pieces);
        divide_lanes(moved, uses.iter().map(|of| of.amount), total, &mut pieces);
        let hop = hand_on(city, i, (&uses, &pieces), staff, table);
        if told_apart && moved[0] != 0 {
            let local = uses.iter().zip(&pieces).filter(|(of, _)| of.to.is_local(city));
            let hop = Hop { local: local.map(|(_, piece)| piece[0]).sum(), ..hop };
            credit_second_receipt(city, tags, i, (entries, hop), table);
        }
        table.pieces = pieces;
    }
    table.uses = uses;
}

/// Send the pieces where the uses go. Returns what dye of the first class came to, but for local receipts.
fn hand_on(
    city: &City,
    i: usize,
    (uses, pieces): (&[Use], &[Lanes]),
    staff: &mut Lanes,
    table: &mut Table,
) -> Hop {
    let here = city.suppliers.zone.rows()[i] == Zone::City;
    let (mut paid, mut to_commuters, mut to_owners, mut value_added) = ([0; 3], [0; 3], [0; 3], [0; 3]);
    for (of, piece) in uses.iter().zip(pieces) {
        let added = match of.to {
            To::Seller(seller) => {
                add(&mut table.from_firms[seller as usize], piece);
                false
            }
            To::Council(org) => {
                add(&mut table.from_firms[org.index()], piece);
                true
            }
            To::Staff => {
                add(&mut paid, piece);
                true
            }
            To::Owner(h) => {
                add(&mut to_owners, piece);
                let (at, all) = (HouseholdId(h), piece.iter().sum());
                table.owners.push((h, [piece[0], piece[1] + piece[2]]));
                table.month.income(city.households.decile[at], city.households.ward[at], all);
                true
            }
            // A bidder outside passes on what it was awarded: the contract went outside in the round it
            // was paid.
            To::Leak(..) if !here => {
                for (round, piece) in [0, 1, 3].into_iter().zip(piece) {
                    table.month.leak(round, Channel::ContractOutside, *piece);
                }
                false
            }
            To::Leak(channel, added) => {
                for (class, piece) in piece.iter().enumerate() {
                    table.month.leak(next_round(class), channel, *piece);
                }
                if channel == Channel::CommuterPay {
                    add(&mut to_commuters, piece);
                }
                added
            }
        };
        if added && here {
            add(&mut value_added, piece);
        }
    }
    add(staff, &paid);
    for (class, piece) in to_owners.iter().enumerate() {
        table.month.local[next_round(class)] += piece;
    }
    table.month.value_added += value_added.iter().sum::<i64>();
    let mut hop = Hop { income: paid[0] + to_owners[0], value_added: value_added[0], ..Hop::default() };
    if here {
        let s = SupplierId::from_index(i);
        let heads = city.employers.headcount[EmployerId::from_index(i)];
        let jobs = |residents, commuters| job_months(city.flows.supplier[s].pay, heads, residents, commuters);
        hop.job_months = jobs(paid[0], to_commuters[0])[0];
        let [all, residents] = jobs(paid.iter().sum(), to_commuters.iter().sum());
        table.month.job_months[0] += all;
        table.month.job_months[1] += residents;
    }
    hop
}

#[inline(always)]
fn add(to: &mut Lanes, piece: &Lanes) {
    for class in 0..CLASSES {
        to[class] += piece[class];
    }
}

/// Dyed pay over the employer's mean pay: jobs for a month in millionths, all and residents'.
pub(super) fn job_months(pay: Pence, heads: u32, residents: i64, commuters: i64) -> [i64; 2] {
    if pay <= 0 {
        return [0; 2];
    }
    let per_unit = f64::from(heads) * JOB_MONTH / (pay as f64 * super::DYE_PER_PENNY as f64);
    [(residents + commuters) as f64 * per_unit, residents as f64 * per_unit].map(round)
}

fn share_that_moves(city: &City, i: usize, uses: Pence) -> (Share, Share) {
    let s = SupplierId::from_index(i);
    // VAT was never the supplier's: it leaked at the purchase.
    let vat = city.flows.supplier[s].vat;
    let funds = city.suppliers.received_last[s] - vat;
    let opening = city.cash[city.orgs.supplier(i)] + uses + vat - city.suppliers.received[s];
    moving(uses, funds, (opening - funds).max(uses - funds))
}

/// Move first-round dye source by source, each share rounded down; what moves of each is left in `moved`.
/// Returns their sum.
pub(super) fn entries_move(
    held: &mut Held,
    entries: &mut [Entry],
    (fresh, reserve): (Share, Share),
    moved: &mut Vec<i64>,
) -> i64 {
    moved.clear();
    for entry in entries {
        let from_fresh = part(entry.fresh, fresh);
        let from_reserve = part(entry.reserve, reserve);
        entry.reserve += entry.fresh - from_fresh - from_reserve;
        entry.fresh = 0;
        moved.push(from_fresh + from_reserve);
    }
    let sum = moved.iter().sum::<i64>();
    held.reserve[0] += held.fresh[0] - sum;
    held.fresh[0] = 0;
    sum
}

/// The second local receipt of each source's dye, and what came with it: its part of what this supplier spent.
fn credit_second_receipt(
    city: &City,
    tags: &Tags,
    i: usize,
    (entries, hop): (&[Entry], Hop),
    table: &mut Table,
) {
    let Table { month, moved, .. } = table;
    let (profile, sum) = (tags.profile(city, city.orgs.supplier(i)), moved.iter().sum());
    tags.second_hop(month, &profile, hop, (entries, moved, sum));
}
