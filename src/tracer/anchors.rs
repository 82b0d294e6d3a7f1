//! Dye that is put on the anchors' procurement, and dye that anchors carry and spend.

use super::dye::{CLASSES, Dye, Held, Lanes, is_local, next_round};
use super::ledger::{Channel, Hop, Month, Tally};
use super::select::Selection;
use super::split::{divide, moving, take};
use super::suppliers::{entries_move, job_months};
use super::tags::{Entry, Source, Tags};
use crate::base::col::Id;
use crate::base::money::Pence;
use crate::base::parallel::add_up;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::employers::EmployerId;
use crate::world::flows::Payment;
use crate::world::households::HouseholdId;
use crate::world::orgs::OrgId;
use rayon::prelude::*;

/// Which payments are dyed.
#[derive(Clone, Copy)]
pub(super) enum Dyed<'a> {
    /// All, and for each the declared tracers that share this dye.
    All(&'a [Selection]),
    /// Those of one declared tracer.
    Some(&'a Selection),
    /// The extra spend of an impulse, whoever makes it.
    Extra,
}

impl Dyed<'_> {
    /// Whether a payment is dyed, and which of those that share the dye follow it.
    fn of(self, city: &City, p: &Payment) -> Option<u32> {
        if p.refund {
            return None;
        }
        match self {
            Dyed::All(shared) => {
                let bits = shared.iter().enumerate().filter(|(_, s)| s.covers(city, p));
                Some(bits.map(|(k, _)| 1u32 << k).sum())
            }
            Dyed::Some(selection) => selection.covers(city, p).then_some(0),
            Dyed::Extra => p.extra.then_some(0),
        }
    }
}

/// Payments that one thread takes at a time.
const PAYMENTS: usize = 1_024;

/// New dye on a payment, and on the VAT on it.
struct PutOn {
    from: Source,
    new: i64,
    vat: i64,
}

/// What an anchor spends of the dye it carries: on procurement, and on the VAT on it.
#[derive(Clone, Default)]
struct Carried {
    procurement: Lanes,
    vat: i64,
    /// What payments so far have taken of both.
    passed_on: Lanes,
    vat_passed_on: i64,
    /// First-round dye that moves, by entry, and what of it was received in the city.
    moved: Vec<i64>,
    entries: std::ops::Range<usize>,
    hop: Hop,
}

/// Move a sum on; returns by how much.
fn step(sum: &mut i64, to: i64) -> i64 {
    to - std::mem::replace(sum, to)
}

impl Dye {
    pub(super) fn anchors_spend(&mut self, city: &City, tags: &Tags, dyed: Dyed) {
        let mut carried: Vec<Carried> =
            (0..city.anchors.len()).map(|a| self.spend_carried(city, a)).collect();
        self.buy(city, tags, dyed, &mut carried);
        for (a, carried) in carried.into_iter().enumerate() {
            self.credit_second_receipt(city, tags, a, carried);
            self.month.held += self.orgs[city.suppliers.len() + a].reserve.iter().sum::<i64>();
        }
    }

    /// Divide what an anchor carries over its uses; the parts that fall on procurement, and on the VAT on it,
    /// are returned.
    fn spend_carried(&mut self, city: &City, a: usize) -> Carried {
        let org = city.suppliers.len() + a;
        let mut held = self.orgs[org];
        if held == Held::default() {
            return Carried::default();
        }
        let of = &city.flows.anchor[a];
        let uses: [Pence; 8] = [
            of.procurement,
            of.pay_residents,
            of.pay - of.pay_residents,
            of.employer_taxes,
            of.employer_pension,
            of.irrecoverable_vat,
            of.remitted,
            of.interest,
        ];
        let total: Pence = uses.iter().sum();
        let id = AnchorId::from_index(a);
        let funds = city.anchors.received_last[id];
        let opening = city.cash[city.orgs.anchor(a)] + total - city.anchors.received[id];
        let share = moving(total, funds, (opening - funds).max(total - funds));
        let from = self.entries.partition_point(|e| (e.from.org as usize) < org);
        let until = self.entries.partition_point(|e| (e.from.org as usize) <= org);
        let mut carried = Carried { entries: from..until, ..Carried::default() };
        let told_apart = from < until;
        let entries = &mut self.entries[from..until];
        let first = if told_apart { entries_move(&mut held, entries, share, &mut carried.moved) } else { 0 };
        let kept = if told_apart { std::mem::take(&mut held.reserve[0]) } else { 0 };
        let mut moved = take(&mut held.fresh, &mut held.reserve, share);
        held.reserve[0] += kept;
        moved[0] += first;
        self.orgs[org] = held;
        let heads = city.employers.headcount[EmployerId::from_index(org)];
        let (mut paid, mut to_commuters) = (0, 0);
        for (class, amount) in moved.into_iter().enumerate().filter(|(_, amount)| *amount != 0) {
            let round = next_round(class);
            let mut pieces = [0; 8];
            divide(amount, &uses, total, |k, piece| pieces[k] = piece);
            carried.procurement[class] = pieces[0];
            carried.vat += pieces[5];
            self.staff[org][class] += pieces[1];
            self.month.leak(round, Channel::CommuterPay, pieces[2]);
            self.month.leak(round, Channel::NationalTaxes, pieces[3] + pieces[5]);
            self.month.leak(round, Channel::Pensions, pieces[4]);
            self.month.leak(round, Channel::ProfitsOutside, pieces[6]);
            self.month.leak(round, Channel::InterestRentOutside, pieces[7]);
            // An anchor adds its compensation of employees.
            let added = pieces[1..5].iter().sum::<i64>();
            self.month.value_added += added;
            paid += pieces[1];
            to_commuters += pieces[2];
            if class == 0 {
                let job_months = job_months(of.pay, heads, paid, to_commuters)[0];
                carried.hop = Hop { local: pieces[1], income: pieces[1], value_added: added, job_months };
            }
        }
        let jobs = job_months(of.pay, heads, paid, to_commuters);
        self.month.job_months[0] += jobs[0];
        self.month.job_months[1] += jobs[1];
        carried
    }

    /// Payments pass on what their anchor carries, in proportion, and those that are dyed are dyed through:
    /// new dye is put on what a payment, and the VAT on it, exceeds the dye it carries already.
    fn buy(&mut self, city: &City, tags: &Tags, dyed: Dyed, carried: &mut [Carried]) {
        let mut paid = vec![0 as Pence; carried.len()];
        let mut put_on = Vec::new();
        for p in &city.flows.payments {
            let a = usize::from(p.anchor);
            let (of, org) = (&mut carried[a], OrgId(p.org));
            paid[a] += p.amount;
            let total = i128::from(city.flows.anchor[a].procurement.max(1));
            // Cumulated shares, so that the last payment takes exactly what is left.
            let upto = |of: i64| (i128::from(of) * i128::from(paid[a]) / total) as i64;
            let (mut on_payment, mut on_vat) = (0, 0);
            for class in 0..CLASSES {
                let carried = of.procurement[class];
                if carried == 0 {
                    continue;
                }
                let piece = step(&mut of.passed_on[class], upto(carried));
                on_payment += piece;
                let local = self.arrive(city, org, next_round(class), piece, Channel::ContractOutside);
                of.hop.local += if class == 0 && local { piece } else { 0 };
            }
            if of.vat != 0 {
                on_vat = step(&mut of.vat_passed_on, upto(of.vat));
            }
            if let Some(tracers) = dyed.of(city, p) {
                let from = Source { org: p.org, anchor: p.anchor, category: p.category, tracers };
                let on = (p.amount * super::DYE_PER_PENNY - on_payment).max(0);
                let vat = (p.vat * super::DYE_PER_PENNY - on_vat).max(0);
                put_on.push(self.put_on(city, from, (on, vat)));
            }
        }
        if matches!(dyed, Dyed::All(_)) {
            self.credit_first_receipts(city, tags, &put_on);
        }
        if matches!(dyed, Dyed::Extra) {
            self.extra_of_others(city);
        }
    }

    /// The extra spend that no anchor makes: on suppliers, and given to households, whose first receipt it is.
    fn extra_of_others(&mut self, city: &City) {
        for (org, amount) in &city.flows.extra {
            let from = Source { org: *org, anchor: 0, category: 0, tracers: 0 };
            self.put_on(city, from, (amount * super::DYE_PER_PENNY, 0));
        }
        for (h, amount) in city.flows.given.iter().enumerate().filter(|(_, amount)| **amount != 0) {
            let dye = amount * super::DYE_PER_PENNY;
            self.month.injected += dye;
            self.month.local[0] += dye;
            let id = HouseholdId::from_index(h);
            self.month.income(city.households.decile[id], city.households.ward[id], dye);
            self.arrive_home(h as u32, [dye, 0]);
        }
    }

    /// New dye on a payment and on the VAT that the anchor cannot recover, which leaks at the purchase.
    fn put_on(&mut self, city: &City, from: Source, (new, vat): (i64, i64)) -> PutOn {
        self.month.injected += new + vat;
        self.month.leak(0, Channel::NationalTaxes, vat);
        self.arrive(city, OrgId(from.org), 0, new, Channel::ContractOutside);
        PutOn { from, new, vat }
    }

    /// Dye told apart by source: the parts of the spending that it belongs to, and what of it was received in the city.
    fn credit_first_receipts(&mut self, city: &City, tags: &Tags, put_on: &[PutOn]) {
        let put = |tally: &mut Tally, [injected, first]: [i64; 2]| {
            tally.injected += injected;
            tally.first += first;
        };
        let none = || Month::new(0, self.month.tags.len());
        let sum = add_up(
            put_on.par_chunks(PAYMENTS),
            none,
            |month: &mut Month, payments: &[PutOn]| {
                for PutOn { from, new, vat } in payments {
                    let profile = tags.profile(city, OrgId(from.org));
                    let first = if is_local(city, OrgId(from.org)) { *new } else { 0 };
                    tags.of_source(month, from, [new + vat, first], put);
                    tags.of_receiver(month, &profile, [new + vat, first], put);
                }
            },
            |mut all, more| {
                all.add(&more);
                all
            },
        );
        self.month.add(&sum);
        let held = put_on.iter().filter(|of| of.new != 0 && (of.from.org as usize) < self.orgs.len());
        self.arrivals.extend(held.map(|of| Entry { from: of.from, fresh: of.new, reserve: 0 }));
    }

    /// Second local receipts of first-round dye that came to an anchor as a seller.
    fn credit_second_receipt(&mut self, city: &City, tags: &Tags, a: usize, carried: Carried) {
        let sum = carried.moved.iter().sum::<i64>();
        if sum == 0 {
            return;
        }
        let profile = tags.profile(city, city.orgs.anchor(a));
        let (month, entries) = (&mut self.month, &self.entries[carried.entries]);
        tags.second_hop(month, &profile, carried.hop, (entries, &carried.moved, sum));
    }
}
