//! Dye that anchors carry, divided over what they use it for.

use super::dye::{Dye, Held, next_round};
use super::ledger::{Channel, Hop, Month};
use super::purse::{Carried, Purse};
use super::split::{divide, moving, take};
use super::suppliers::{entries_move, job_months};
use crate::base::col::Id;
use crate::base::money::Pence;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::employers::EmployerId;

impl Dye {
    /// Divide what anchors carry over their uses, and open the purse from which they spend the part for procurement.
    pub(super) fn open_purse(&mut self, city: &City) -> Purse {
        let carried = (0..city.anchors.len()).map(|a| self.spend_carried(city, a)).collect();
        for held in &self.orgs[city.suppliers.len()..] {
            self.month.held += held.reserve.iter().sum::<i64>();
        }
        Purse {
            org_next: std::mem::take(&mut self.org_next),
            entries: std::mem::take(&mut self.entries),
            arrivals: std::mem::take(&mut self.arrivals),
            month: Month::new(0, self.month.tags.len()),
            carried,
        }
    }

    /// Take back what the purse had.
    pub(super) fn close_purse(&mut self, purse: Purse) {
        debug_assert!(self.org_next.is_empty() && self.entries.is_empty() && self.arrivals.is_empty());
        (self.org_next, self.entries, self.arrivals) = (purse.org_next, purse.entries, purse.arrivals);
        self.month.add(&purse.month);
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
}
