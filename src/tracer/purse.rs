//! Dye that is put on the anchors' procurement, and what their payments pass on of the dye that they carry.

use super::arrivals;
use super::dye::{CLASSES, Lanes, class_of, is_local, next_round};
use super::ledger::{Channel, Hop, Month, Tally};
use super::select::Selection;
use super::tags::{Entry, Source, Tags};
use crate::base::col::Id;
use crate::base::money::Pence;
use crate::base::parallel::add_up;
use crate::world::City;
use crate::world::flows::Payment;
use crate::world::orgs::{Org, OrgId};
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
pub(super) struct Carried {
    pub(super) procurement: Lanes,
    pub(super) vat: i64,
    /// What payments so far have taken of both.
    pub(super) passed_on: Lanes,
    pub(super) vat_passed_on: i64,
    /// First-round dye that moves, by entry, and what of it was received in the city.
    pub(super) moved: Vec<i64>,
    pub(super) entries: std::ops::Range<usize>,
    pub(super) hop: Hop,
}

/// Move a sum on; returns by how much.
fn step(sum: &mut i64, to: i64) -> i64 {
    to - std::mem::replace(sum, to)
}

/// The purse from which anchors pay: what their payments write, which nobody else does while staff are paid and households
/// spend.
pub(super) struct Purse {
    pub(super) org_next: Vec<Lanes>,
    pub(super) entries: Vec<Entry>,
    pub(super) arrivals: Vec<Entry>,
    pub(super) month: Month,
    pub(super) carried: Vec<Carried>,
}

impl Purse {
    /// Anchors buy; dye that has come in is told apart by source from then on.
    pub(super) fn anchors_spend(&mut self, city: &City, tags: &Tags, dyed: Dyed) {
        let mut carried = std::mem::take(&mut self.carried);
        self.buy(city, tags, dyed, &mut carried);
        for (a, carried) in carried.into_iter().enumerate() {
            self.credit_second_receipt(city, tags, a, carried);
        }
        arrivals::join(&mut self.entries, &mut self.arrivals);
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
            // What no anchor makes: that on suppliers.
            for (org, amount) in &city.flows.extra {
                let from = Source { org: *org, anchor: 0, category: 0, tracers: 0 };
                self.put_on(city, from, (amount * super::DYE_PER_PENNY, 0));
            }
        }
    }

    /// An organisation receives dye in a round: a local receipt, dye with a bidder outside, or a leak by
    /// `channel`. True when it is a local receipt.
    fn arrive(&mut self, city: &City, org: OrgId, round: usize, amount: i64, channel: Channel) -> bool {
        match city.orgs.kind(org) {
            Org::Outside(_) => {
                self.month.leak(round, channel, amount);
                return false;
            }
            Org::Supplier(_) | Org::Anchor(_) => {
                self.org_next[org.index()][class_of(round)] += amount;
                self.month.circulating += amount;
            }
        }
        let local = is_local(city, org);
        if local {
            self.month.local[round] += amount;
        }
        local
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
        let held = put_on.iter().filter(|of| of.new != 0 && (of.from.org as usize) < self.org_next.len());
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
