//! Dye that suppliers spend: on inputs, pay, taxes, finance and profit.

use super::dye::{CLASSES, Dye, Held, Lanes, is_local, next_round};
use super::ledger::{Channel, Hop, JOB_MONTH};
use super::split::{divide, moving, part, take};
use super::stripe::{STRIPES, Stripe, range};
use super::tags::{Entry, Tags};
use crate::base::col::Id;
use crate::base::money::{Pence, Share, round};
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::employers::EmployerId;
use crate::world::households::HouseholdId;
use crate::world::orgs::{NOBODY, OrgId};
use crate::world::suppliers::SupplierId;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// Where one use of a supplier's funds goes.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub enum To {
    Seller(u32),
    Council(OrgId),
    Staff,
    Owner(u32),
    /// What leaves, and whether it is value added here (pay, surplus, taxes on production) or bought.
    Leak(Channel, bool),
}

/// The suppliers of one stripe and what they hold.
struct Rows<'a> {
    from: usize,
    held: &'a mut [Held],
    staff: &'a mut [Lanes],
    entries: &'a mut [Entry],
}

impl Dye {
    pub(super) fn suppliers_spend(&mut self, city: &City, tags: &Tags, stripes: &mut [Stripe]) {
        let n = city.suppliers.len();
        let (mut held, mut staff) = (&mut self.orgs[..n], &mut self.staff[..n]);
        let mut entries = &mut self.entries[..];
        let mut work = Vec::with_capacity(STRIPES);
        for (k, stripe) in stripes.iter_mut().enumerate() {
            let rows = range(k, n);
            let (mine, rest) = held.split_at_mut(rows.len());
            let (my_staff, rest_staff) = staff.split_at_mut(rows.len());
            let until = entries.partition_point(|e| (e.from.org as usize) < rows.end);
            let (my_entries, rest_entries) = entries.split_at_mut(until);
            (held, staff, entries) = (rest, rest_staff, rest_entries);
            work.push((stripe, Rows { from: rows.start, held: mine, staff: my_staff, entries: my_entries }));
        }
        work.into_par_iter().for_each(|(stripe, rows)| spend_all(city, tags, rows, stripe));
        self.gather(city, stripes, Channel::InputsOutside);
    }
}

#[inline(never)]
fn spend_all(city: &City, tags: &Tags, rows: Rows, stripe: &mut Stripe) {
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
            leave_with_owners(held, mine, stripe);
            continue;
        }
        spend(city, tags, i, (held, staff, mine), stripe);
        stripe.month.held += held.reserve.iter().sum::<i64>();
    }
}

/// A firm that has closed: what it held went to its owners' savings outside.
fn leave_with_owners(held: &mut Held, entries: &mut [Entry], stripe: &mut Stripe) {
    let held = std::mem::take(held);
    for class in 0..CLASSES {
        let all = held.fresh[class] + held.reserve[class];
        stripe.month.leak(next_round(class), Channel::Saving, all);
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
    stripe: &mut Stripe,
) {
    let (mut uses, mut to) = (std::mem::take(&mut stripe.uses), std::mem::take(&mut stripe.to));
    list_uses(city, i, &mut uses, &mut to);
    let total: Pence = uses.iter().sum();
    let share = share_that_moves(city, i, total);
    let told_apart = !entries.is_empty();
    let first = if told_apart { entries_move(held, entries, share, &mut stripe.moved) } else { 0 };
    // First-round dye that is told apart has moved already.
    let kept = if told_apart { std::mem::take(&mut held.reserve[0]) } else { 0 };
    let mut moved = take(&mut held.fresh, &mut held.reserve, share);
    held.reserve[0] += kept;
    moved[0] += first;
    let here = city.suppliers.zone.rows()[i] == Zone::City;
    let s = SupplierId::from_index(i);
    let (pay, heads) = (city.flows.supplier[s].pay, city.employers.headcount[EmployerId::from_index(i)]);
    let (mut paid, mut to_commuters) = (0, 0);
    for (class, amount) in moved.into_iter().enumerate() {
        if amount == 0 {
            continue;
        }
        let round = next_round(class);
        let mut hop = Hop::default();
        divide(amount, &uses, total, |k, piece| {
            let (reaches, added) = match to[k] {
                To::Seller(seller) => {
                    stripe.orgs[seller as usize][round - 1] += piece;
                    (is_local(city, OrgId(seller)), false)
                }
                To::Council(org) => {
                    stripe.orgs[org.index()][round - 1] += piece;
                    (true, true)
                }
                To::Staff => {
                    staff[class] += piece;
                    paid += piece;
                    hop.income += piece;
                    (true, true)
                }
                To::Owner(h) => {
                    hop.income += piece;
                    let at = HouseholdId(h);
                    stripe.owners.push((h, if class == 0 { [piece, 0] } else { [0, piece] }));
                    stripe.month.local[round] += piece;
                    stripe.month.income(city.households.decile[at], city.households.ward[at], piece);
                    (true, true)
                }
                // A bidder outside passes on what it was awarded: the contract went outside in the round it
                // was paid.
                To::Leak(..) if !here => {
                    let round = if class == CLASSES - 1 { round } else { class };
                    stripe.month.leak(round, Channel::ContractOutside, piece);
                    (false, false)
                }
                To::Leak(channel, added) => {
                    stripe.month.leak(round, channel, piece);
                    to_commuters += if channel == Channel::CommuterPay { piece } else { 0 };
                    (false, added)
                }
            };
            hop.local += if reaches { piece } else { 0 };
            hop.value_added += if added && here { piece } else { 0 };
        });
        stripe.month.value_added += hop.value_added;
        if class == 0 && told_apart {
            // Nothing has been paid yet but of this class, the first.
            hop.job_months = if here { job_months(pay, heads, paid, to_commuters)[0] } else { 0 };
            credit_second_receipt(city, tags, i, (entries, hop), stripe);
        }
    }
    if here {
        let jobs = job_months(pay, heads, paid, to_commuters);
        stripe.month.job_months[0] += jobs[0];
        stripe.month.job_months[1] += jobs[1];
    }
    (stripe.uses, stripe.to) = (uses, to);
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
    stripe: &mut Stripe,
) {
    let Stripe { month, moved, .. } = stripe;
    let (profile, sum) = (tags.profile(city, city.orgs.supplier(i)), moved.iter().sum());
    tags.second_hop(month, &profile, hop, (entries, moved, sum));
}

fn list_uses(city: &City, i: usize, uses: &mut Vec<Pence>, to: &mut Vec<To>) {
    uses.clear();
    to.clear();
    let s = SupplierId::from_index(i);
    let of = &city.flows.supplier[s];
    let mut add = |amount: Pence, dest: To| {
        if amount > 0 {
            uses.push(amount);
            to.push(dest);
        }
    };
    for l in city.suppliers.links.range(i) {
        let link = &city.suppliers.links.items()[l];
        add(city.flows.links[l], To::Seller(link.seller));
        if link.backup != NOBODY {
            add(city.flows.backups[l], To::Seller(link.backup));
        }
    }
    for amount in of.outside_inputs {
        add(amount, To::Leak(Channel::InputsOutside, false));
    }
    add(of.product_taxes, To::Leak(Channel::NationalTaxes, false));
    add(of.national_taxes - of.product_taxes, To::Leak(Channel::NationalTaxes, true));
    add(of.employer_pension, To::Leak(Channel::Pensions, true));
    match city.anchors.council {
        Some(council) => add(of.rates_council, To::Council(city.orgs.anchor(council as usize))),
        None => add(of.rates_council, To::Leak(Channel::NationalTaxes, true)),
    }
    add(of.pay_residents, To::Staff);
    add(of.pay - of.pay_residents, To::Leak(Channel::CommuterPay, true));
    add(of.finance, To::Leak(Channel::InterestRentOutside, true));
    let mut to_owners = of.owner;
    for (household, share) in city.suppliers.partners.row(i) {
        let amount = crate::base::money::part(of.owner, *share);
        to_owners -= amount;
        add(amount, To::Owner(*household));
    }
    add(to_owners, To::Owner(city.suppliers.owner[s]));
    for amount in of.profit_outside {
        add(amount, To::Leak(Channel::ProfitsOutside, true));
    }
    add(of.passed_on, To::Leak(Channel::ContractOutside, false));
}
