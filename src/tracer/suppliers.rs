//! Dye that suppliers spend: on inputs, pay, taxes, finance and profit.

use super::ledger::{Channel, ROUNDS};
use super::split::{divide, moving, part, take};
use super::{Held, Lanes, Tracer, onward};
use crate::base::col::Id;
use crate::base::money::{Pence, Share};
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::orgs::{NOBODY, OrgId, Outside};
use crate::world::suppliers::SupplierId;

/// Where one use of a supplier's funds goes.
#[derive(Clone, Copy)]
enum To {
    Org(OrgId, Channel),
    Staff,
    Owner(u32),
    Leak(Channel),
}

impl Tracer {
    pub(super) fn suppliers_spend(&mut self, city: &City, to_staff: &mut [Lanes]) {
        let (mut uses, mut to, mut pieces) = (Vec::new(), Vec::new(), Vec::new());
        for i in 0..city.suppliers.len() {
            let held = self.orgs[i];
            if held == Held::default() {
                continue;
            }
            if !city.suppliers.active.rows()[i] {
                self.leave_with_owners(i);
                continue;
            }
            uses.clear();
            to.clear();
            list_uses(city, i, &mut uses, &mut to);
            let total: Pence = uses.iter().sum();
            let share = self.share_that_moves(city, i, total);
            let mut held = held;
            let lane_0 = self.own_dye_moves(i, &mut held, share);
            // The first lane has moved by anchor already.
            let kept = std::mem::take(&mut held.reserve[0]);
            let mut moved = take(&mut held, share);
            held.reserve[0] = kept;
            moved[0] = lane_0.iter().sum();
            self.orgs[i] = held;
            let outside = city.suppliers.zone.rows()[i] != Zone::City;
            for lane in 0..ROUNDS {
                if moved[lane] == 0 {
                    continue;
                }
                divide(moved[lane], &uses, total, &mut pieces);
                let mut local = 0;
                for (piece, to) in pieces.iter().zip(&to) {
                    local += self.send(city, i, (*to, lane, outside), *piece, to_staff);
                }
                if lane == 0 {
                    self.credit_anchors(&lane_0, moved[0], local);
                }
            }
        }
    }

    fn share_that_moves(&self, city: &City, i: usize, uses: Pence) -> (Share, Share) {
        let s = SupplierId::from_index(i);
        // VAT was never the supplier's: it leaked at the purchase.
        let vat = city.flows.supplier[s].vat;
        let funds = city.suppliers.received_last[s] - vat;
        let opening = city.cash[city.orgs.supplier(i)] + uses + vat - city.suppliers.received[s];
        moving(uses, funds, (opening - funds).max(uses - funds))
    }

    /// A firm that has closed: what it held went to its owners' savings outside.
    fn leave_with_owners(&mut self, i: usize) {
        let held = std::mem::take(&mut self.orgs[i]);
        for lane in 0..ROUNDS {
            self.ledger.leak(onward(lane), Channel::Saving, held.fresh[lane] + held.reserve[lane]);
        }
        let own = i * self.n_anchors..(i + 1) * self.n_anchors;
        self.own_fresh[own.clone()].fill(0);
        self.own_reserve[own].fill(0);
    }

    /// Dye of the first round is kept by anchor; the supplier's lane is its sum. Returns what moves of each.
    fn own_dye_moves(&mut self, i: usize, held: &mut Held, (fresh, reserve): (Share, Share)) -> Vec<i64> {
        if held.fresh[0] == 0 && held.reserve[0] == 0 {
            return Vec::new();
        }
        let range = i * self.n_anchors..(i + 1) * self.n_anchors;
        let mut moved = Vec::with_capacity(self.n_anchors);
        for k in range {
            let from_fresh = part(self.own_fresh[k], fresh);
            let from_reserve = part(self.own_reserve[k], reserve);
            self.own_reserve[k] += self.own_fresh[k] - from_fresh - from_reserve;
            self.own_fresh[k] = 0;
            moved.push(from_fresh + from_reserve);
        }
        let all = held.fresh[0] + held.reserve[0];
        held.fresh[0] = 0;
        held.reserve[0] = all - moved.iter().sum::<i64>();
        moved
    }

    /// Send one piece of dye on; returns it when it is a local receipt.
    fn send(
        &mut self,
        city: &City,
        i: usize,
        (to, lane, outside): (To, usize, bool),
        piece: i64,
        to_staff: &mut [Lanes],
    ) -> i64 {
        let next = onward(lane);
        match to {
            To::Org(org, channel) => {
                self.arrive(city, org, next, piece, channel);
                if matches!(city.orgs.kind(org), crate::world::orgs::Org::Outside(_)) { 0 } else { piece }
            }
            To::Staff => {
                to_staff[i][lane] += piece;
                piece
            }
            To::Owner(h) => {
                self.next_households[h as usize][next] += piece;
                self.ledger.receive(next, piece);
                self.ledger.income(piece);
                piece
            }
            // A bidder outside passes on what it was awarded: the contract went outside in the round it was paid.
            To::Leak(_) if outside => {
                self.ledger.leak(lane, Channel::ContractOutside, piece);
                0
            }
            To::Leak(channel) => {
                self.ledger.leak(next, channel, piece);
                0
            }
        }
    }

    /// The second local receipt of each anchor's dye: its part of what this supplier spent in the city.
    fn credit_anchors(&mut self, moved: &[i64], total: i64, local: i64) {
        let mut left = local;
        let mut largest = 0;
        for (a, of) in moved.iter().enumerate() {
            let piece = (i128::from(local) * i128::from(*of) / i128::from(total.max(1))) as i64;
            left -= piece;
            self.ledger.receive_of(a, 1, piece);
            if *of > moved[largest] {
                largest = a;
            }
        }
        if !moved.is_empty() {
            self.ledger.receive_of(largest, 1, left);
        }
    }
}

fn list_uses(city: &City, i: usize, uses: &mut Vec<Pence>, to: &mut Vec<To>) {
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
        add(city.flows.links[l], To::Org(OrgId(link.seller), Channel::InputsOutside));
        if link.backup != NOBODY {
            add(city.flows.backups[l], To::Org(OrgId(link.backup), Channel::InputsOutside));
        }
    }
    for amount in of.outside_inputs {
        add(amount, To::Leak(Channel::InputsOutside));
    }
    add(of.national_taxes, To::Leak(Channel::NationalTaxes));
    add(of.employer_pension, To::Leak(Channel::Pensions));
    let council =
        city.anchors.council.map_or(city.orgs.outside(Outside::Government), |c| city.orgs.anchor(c as usize));
    add(of.rates_council, To::Org(council, Channel::NationalTaxes));
    add(of.pay_residents, To::Staff);
    add(of.pay - of.pay_residents, To::Leak(Channel::CommuterPay));
    add(of.finance, To::Leak(Channel::InterestRentOutside));
    let mut to_owners = of.owner;
    for (household, share) in city.suppliers.partners.row(i) {
        let amount = crate::base::money::part(of.owner, *share);
        to_owners -= amount;
        add(amount, To::Owner(*household));
    }
    add(to_owners, To::Owner(city.suppliers.owner[s]));
    for amount in of.profit_outside {
        add(amount, To::Leak(Channel::ProfitsOutside));
    }
    add(of.passed_on, To::Leak(Channel::ContractOutside));
}
