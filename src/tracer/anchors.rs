//! Dye that is put on the anchors' procurement, and dye that anchors carry and spend.

use super::ledger::{Channel, ROUNDS};
use super::split::{divide, moving, take};
use super::{DYE_PER_PENNY, Held, Lanes, Tracer, onward};
use crate::base::col::Id;
use crate::base::money::Pence;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::orgs::{Org, OrgId};

impl Tracer {
    pub(super) fn anchors_spend(&mut self, city: &City, to_staff: &mut [Lanes]) {
        let mut carried = vec![[0i64; ROUNDS]; city.anchors.len()];
        for (a, to_procurement) in carried.iter_mut().enumerate() {
            let on_vat;
            (*to_procurement, on_vat) = self.spend_carried(city, a, to_staff);
            // VAT that the anchor cannot recover leaks at the purchase.
            let new = (city.flows.anchor[a].irrecoverable_vat * DYE_PER_PENNY - on_vat).max(0);
            self.ledger.inject(a, new);
            self.ledger.leak(0, Channel::NationalTaxes, new);
        }
        self.buy(city, &carried);
    }

    /// Divide what an anchor carries over its uses; the parts that fall on procurement, and on the VAT on it,
    /// are returned.
    fn spend_carried(&mut self, city: &City, a: usize, to_staff: &mut [Lanes]) -> (Lanes, i64) {
        let org = city.suppliers.len() + a;
        let mut held = self.orgs[org];
        if held == Held::default() {
            return ([0; ROUNDS], 0);
        }
        let of = &city.flows.anchor[a];
        let uses: [Pence; 7] = [
            of.procurement,
            of.pay_residents,
            of.pay - of.pay_residents,
            of.employer_taxes,
            of.employer_pension,
            of.irrecoverable_vat,
            of.remitted,
        ];
        let total: Pence = uses.iter().sum();
        let id = AnchorId::from_index(a);
        let funds = city.anchors.received_last[id];
        let opening = city.cash[city.orgs.anchor(a)] + total - city.anchors.received[id];
        let moved = take(&mut held, moving(total, funds, (opening - funds).max(total - funds)));
        self.orgs[org] = held;
        let (mut to_procurement, mut on_vat, mut pieces) = ([0; ROUNDS], 0, Vec::new());
        for lane in 0..ROUNDS {
            if moved[lane] == 0 {
                continue;
            }
            divide(moved[lane], &uses, total, &mut pieces);
            let next = onward(lane);
            to_procurement[lane] = pieces[0];
            on_vat += pieces[5];
            to_staff[org][lane] += pieces[1];
            self.ledger.leak(next, Channel::CommuterPay, pieces[2]);
            self.ledger.leak(next, Channel::NationalTaxes, pieces[3] + pieces[5]);
            self.ledger.leak(next, Channel::Pensions, pieces[4]);
            self.ledger.leak(next, Channel::ProfitsOutside, pieces[6]);
        }
        (to_procurement, on_vat)
    }

    /// Every payment to a supplier is dyed through: with what the anchor carries first, and new dye beyond.
    fn buy(&mut self, city: &City, carried: &[Lanes]) {
        let mut left = carried.to_vec();
        let mut paid = vec![0 as Pence; carried.len()];
        for p in &city.flows.payments {
            let a = p.anchor as usize;
            let before = paid[a];
            paid[a] += p.amount;
            let total = city.flows.anchor[a].procurement.max(1);
            let mut on_payment = 0;
            for lane in 0..ROUNDS {
                if carried[a][lane] == 0 {
                    continue;
                }
                // Cumulated shares, so that the last payment takes exactly what is left.
                let upto = (i128::from(carried[a][lane]) * i128::from(paid[a]) / i128::from(total)) as i64;
                let from = (i128::from(carried[a][lane]) * i128::from(before) / i128::from(total)) as i64;
                let piece = upto - from;
                left[a][lane] -= piece;
                on_payment += piece;
                self.arrive(city, OrgId(p.org), onward(lane), piece, Channel::ContractOutside);
            }
            let new = (p.amount * DYE_PER_PENNY - on_payment).max(0);
            self.ledger.inject(a, new);
            self.arrive(city, OrgId(p.org), 0, new, Channel::ContractOutside);
            if let Org::Supplier(i) = city.orgs.kind(OrgId(p.org)) {
                self.next_own[i * self.n_anchors + a] += new;
                if city.suppliers.zone.rows()[i] == crate::place::vocabulary::Zone::City {
                    self.ledger.receive_of(a, 0, new);
                }
            } else if let Org::Anchor(_) = city.orgs.kind(OrgId(p.org)) {
                self.ledger.receive_of(a, 0, new);
            }
        }
        // Nothing bought this month: what was meant for procurement waits.
        for (a, lanes) in left.iter().enumerate() {
            let reserve = &mut self.orgs[city.suppliers.len() + a].reserve;
            for (held, more) in reserve.iter_mut().zip(lanes) {
                *held += more;
            }
        }
    }
}
