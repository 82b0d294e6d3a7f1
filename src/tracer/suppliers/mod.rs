//! Dye that suppliers spend: on inputs, pay, taxes, finance and profit.

pub(super) mod pieces;
mod sums;

use super::dye::{CLASSES, Dye, Held, Lanes, is_local, next_round};
use super::ledger::{Channel, Hop, JOB_MONTH};
use super::split::{moving, part, take};
use super::tables::{AtHome, ORGS, Table, Tables, add};
use super::tags::{Entry, Tags};
use super::uses::{COMMUTERS, COUNCIL, OWNER, STAFF, Uses, VALUE_ADDED};
use crate::base::col::Id;
use crate::base::money::{Pence, Share, round};
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::orgs::OrgId;
use crate::world::suppliers::SupplierId;
use pieces::{Moved, Sent};
use rayon::prelude::*;
use sums::{Sums, record};

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
        self.gather(city, tables, (|table| &mut table.from_firms, Channel::InputsOutside), AtHome::Income);
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
    let (mut entries, mut sums) = (rows.entries, Sums::default());
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
        spend(city, tags, i, (held, staff, mine), (table, &mut sums));
        table.month.held += held.reserve.iter().sum::<i64>();
        if table.to_sellers.len() >= IN_HAND {
            hand_over(table);
        }
    }
    hand_over(table);
    record(city, &sums, table);
}

/// Pieces for sellers that are listed before any of them is handed over.
const IN_HAND: usize = 256;

/// Give sellers what is listed for them. The table of all of them does not fit in the nearer caches, so that it is gone to
/// in a loop of its own, where many look-ups wait together.
fn hand_over(table: &mut Table) {
    for (seller, piece) in &table.to_sellers {
        let all = &mut table.from_firms[*seller as usize];
        *all = add(*all, *piece);
    }
    table.to_sellers.clear();
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
    (table, sums): (&mut Table, &mut Sums),
) {
    let uses = Uses::of(city, i);
    let summed = uses.sum();
    let share = share_that_moves(city, i, summed.total);
    let told_apart = !entries.is_empty();
    let first = if told_apart { entries_move(held, entries, share, &mut table.moved) } else { 0 };
    // First-round dye that is told apart has moved already.
    let kept = if told_apart { std::mem::take(&mut held.reserve[0]) } else { 0 };
    let mut moved = take(&mut held.fresh, &mut held.reserve, share);
    held.reserve[0] += kept;
    moved[0] += first;
    if moved != [0; CLASSES] {
        let told_apart = told_apart && moved[0] != 0;
        let hop = hand_on(city, i, (&uses, Moved::new(moved, &summed), told_apart), staff, (table, sums));
        if told_apart {
            credit_second_receipt(city, tags, i, (entries, hop), table);
        }
    }
}

/// Send what moves where the uses go. Returns what dye of the first class came to, if it is told apart.
#[inline]
fn hand_on(
    city: &City,
    i: usize,
    (uses, moved, told_apart): (&Uses, Moved, bool),
    staff: &mut Lanes,
    (table, sums): (&mut Table, &mut Sums),
) -> Hop {
    let here = city.suppliers.zone.rows()[i] == Zone::City;
    let (mut sent, mut local, mut to_partners) = (Sent::default(), 0, [0; CLASSES]);
    let mut to_sellers = std::mem::take(&mut table.to_sellers);
    moved.send(
        uses,
        &mut sent,
        |seller, piece| {
            to_sellers.push((seller, piece));
            if told_apart && is_local(city, OrgId(seller)) {
                local += piece[0];
            }
        },
        |household, piece| {
            to_partners = add(to_partners, piece);
            pay_owner(household, piece, table);
        },
    );
    table.to_sellers = to_sellers;
    let of = |place: usize| [0, 1, 2].map(|class| sent.fixed[class][place]);
    let (paid, to_commuters, to_owner) = (of(STAFF), of(COMMUTERS), of(OWNER));
    *staff = add(*staff, paid);
    if to_owner != [0; CLASSES] {
        pay_owner(city.suppliers.owner.rows()[i], to_owner, table);
    }
    sums.partners = add(sums.partners, to_partners);
    let all = if here { &mut sums.here } else { &mut sums.away };
    for (all, sent) in all.fixed.iter_mut().zip(&sent.fixed) {
        *all = add(*all, *sent);
    }
    let (pay, heads) = (city.flows.supplier.rows()[i].pay, city.employers.headcount.rows()[i]);
    if here {
        sums.value_added += to_partners.iter().sum::<i64>();
        let jobs = job_months(pay, heads, paid.iter().sum(), to_commuters.iter().sum());
        table.month.job_months[0] += jobs[0];
        table.month.job_months[1] += jobs[1];
    }
    if !told_apart {
        return Hop::default();
    }
    let income = paid[0] + to_owner[0] + to_partners[0];
    let rates = if city.anchors.council.is_some() { sent.fixed[0][COUNCIL] } else { 0 };
    let mut hop = Hop { local: local + income + rates, income, ..Hop::default() };
    if here {
        hop.value_added = sent.fixed[0][VALUE_ADDED].iter().sum::<i64>() + to_partners[0];
        hop.job_months = job_months(pay, heads, paid[0], to_commuters[0])[0];
    }
    hop
}

/// Profit to an owner in the city.
#[inline]
fn pay_owner(household: u32, piece: Lanes, table: &mut Table) {
    table.send_home(household, [piece[0], piece[1] + piece[2]]);
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
