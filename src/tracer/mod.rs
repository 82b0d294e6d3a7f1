//! Following the pound: dye put on the anchors' procurement moves with the month's flows until it leaks.
//!
//! A hop is a month: dye received in one month is divided over the uses of the next. Dye is whole units
//! (1,024 to the penny), shares are fixed-point and what rounding leaves goes to the largest use, so
//! spent = still circulating + held + leaked holds exactly at any thread count.

pub mod anchors;
mod households;
pub mod ledger;
mod split;
mod suppliers;
mod wages;

use crate::base::col::Id;
use crate::world::City;
use crate::world::orgs::{Org, OrgId};
use ledger::{Channel, Ledger, ROUNDS};

/// Dye on one penny.
pub const DYE_PER_PENNY: i64 = 1024;

/// Dye by round: received after one hop, two, three, and later.
pub type Lanes = [i64; ROUNDS];

/// What one agent holds: dye received last month, and dye that waits in its reserve.
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct Held {
    pub fresh: Lanes,
    pub reserve: Lanes,
}

/// The dye of a city and the record of where it went.
#[derive(Clone)]
pub struct Tracer {
    households: Vec<Held>,
    /// Suppliers, anchors, in the order of their accounts.
    orgs: Vec<Held>,
    /// Dye of the first round at suppliers, by anchor: fresh and in reserve.
    own_fresh: Vec<i64>,
    own_reserve: Vec<i64>,
    /// Arrivals of this month, fresh next month.
    next_households: Vec<Lanes>,
    next_orgs: Vec<Lanes>,
    next_own: Vec<i64>,
    n_anchors: usize,
    pub ledger: Ledger,
}

impl Tracer {
    /// A tracer for all procurement of all anchors of a city, and for each anchor.
    pub fn new(city: &City) -> Tracer {
        let n_orgs = city.suppliers.len() + city.anchors.len();
        let own = city.suppliers.len() * city.anchors.len();
        Tracer {
            households: vec![Held::default(); city.households.len()],
            orgs: vec![Held::default(); n_orgs],
            own_fresh: vec![0; own],
            own_reserve: vec![0; own],
            next_households: vec![[0; ROUNDS]; city.households.len()],
            next_orgs: vec![[0; ROUNDS]; n_orgs],
            next_own: vec![0; own],
            n_anchors: city.anchors.len(),
            ledger: Ledger::new(city.anchors.len()),
        }
    }

    /// Move the dye by the month's flows.
    pub fn follow(&mut self, city: &City) {
        self.ledger.open(city.month);
        let mut to_staff = vec![[0; ROUNDS]; self.orgs.len()];
        self.suppliers_spend(city, &mut to_staff);
        self.anchors_spend(city, &mut to_staff);
        self.pay_staff(city, &to_staff);
        self.households_spend(city);
        self.turn_the_page();
        let (circulating, held) = self.in_hand();
        self.ledger.close(circulating, held);
    }

    /// An organisation receives dye in the round of `lane`: a local receipt, dye with a bidder outside, or a
    /// leak by `channel`.
    fn arrive(&mut self, city: &City, org: OrgId, lane: usize, amount: i64, channel: Channel) {
        match city.orgs.kind(org) {
            Org::Outside(_) => self.ledger.leak(lane, channel, amount),
            Org::Supplier(i) if city.suppliers.zone.rows()[i] != crate::place::vocabulary::Zone::City => {
                self.next_orgs[i][lane] += amount;
            }
            _ => {
                self.next_orgs[org.index()][lane] += amount;
                self.ledger.receive(lane, amount);
            }
        }
    }

    /// This month's arrivals are fresh dye next month.
    fn turn_the_page(&mut self) {
        for (held, next) in self.households.iter_mut().zip(&mut self.next_households) {
            held.fresh = std::mem::take(next);
        }
        for (held, next) in self.orgs.iter_mut().zip(&mut self.next_orgs) {
            held.fresh = std::mem::take(next);
        }
        self.own_fresh.copy_from_slice(&self.next_own);
        self.next_own.fill(0);
    }

    /// Dye still circulating, and dye that waits in reserves.
    pub fn in_hand(&self) -> (i64, i64) {
        let all = self.households.iter().chain(&self.orgs);
        all.fold((0, 0), |(fresh, reserve), held| {
            (fresh + held.fresh.iter().sum::<i64>(), reserve + held.reserve.iter().sum::<i64>())
        })
    }

    /// The identity of the dye: what was put in less what circulates, is held or has leaked; zero.
    pub fn unaccounted(&self) -> i64 {
        let (circulating, held) = self.in_hand();
        self.ledger.injected_so_far() - circulating - held - self.ledger.leaked_so_far()
    }
}

/// The lane that dye of `lane` moves to with its next hop.
#[inline]
fn onward(lane: usize) -> usize {
    (lane + 1).min(ROUNDS - 1)
}
