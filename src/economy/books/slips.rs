//! Payments between suppliers and the accounts that all of them share (outside, council, households): each thread keeps
//! slips of its own, and they are posted together. Whole pence, so that the order does not matter.

use super::parties::OF_SUPPLIERS;
use super::{Books, Kind, Party, receive};
use crate::base::money::Pence;
use crate::world::City;
use crate::world::orgs::{OrgId, Outside};

/// Who is on the other side of a supplier's payment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Outside(Outside),
    Council,
    Households,
}

const COUNCIL: usize = Outside::ALL.len();
const HOUSEHOLDS: usize = COUNCIL + 1;
const SIDES: usize = HOUSEHOLDS + 1;

impl Side {
    /// The council, or central government where there is none.
    pub fn council(city: &City) -> Side {
        if city.anchors.council.is_some() { Side::Council } else { Side::Outside(Outside::Government) }
    }

    const fn index(self) -> usize {
        match self {
            Side::Outside(account) => account as usize,
            Side::Council => COUNCIL,
            Side::Households => HOUSEHOLDS,
        }
    }

    fn from_index(index: usize) -> Side {
        match index {
            COUNCIL => Side::Council,
            HOUSEHOLDS => Side::Households,
            i => Side::Outside(Outside::ALL[i]),
        }
    }

    /// Its account, and its place among the parties. The accounts of households are the caller's to change.
    fn account(self, city: &City) -> (Option<OrgId>, Party) {
        match (self, city.anchors.council) {
            (Side::Households, _) => (None, Party::Households),
            (Side::Council, Some(council)) => {
                (Some(city.orgs.anchor(council as usize)), Party::Anchor(council as u16))
            }
            (Side::Council, None) => Side::Outside(Outside::Government).account(city),
            (Side::Outside(account), _) => (Some(city.orgs.outside(account)), Party::Outside(account)),
        }
    }
}

/// Sums by the supplier's party, kind and other side: paid, and received.
pub struct Slips {
    paid: Vec<Pence>,
    received: Vec<Pence>,
}

impl Slips {
    /// Nothing paid.
    pub fn none(city: &City) -> Slips {
        const CELLS: usize = OF_SUPPLIERS * Kind::COUNT * SIDES;
        Slips { paid: city.shelf.zeros(CELLS), received: city.shelf.zeros(CELLS) }
    }

    /// A place, which needs no check of its own: a row of 16 bits, and a few columns.
    const fn at(kind: Kind, party: u16, other: Side) -> usize {
        let row = (party as usize).wrapping_mul(Kind::COUNT).wrapping_add(kind as usize);
        row.wrapping_mul(SIDES).wrapping_add(other.index())
    }

    /// A supplier of this party pays. Its own balance is the caller's to change.
    #[inline]
    pub fn paid(&mut self, kind: Kind, party: u16, to: Side, amount: Pence) {
        self.paid[Self::at(kind, party, to)] += amount;
    }

    /// A supplier of this party is paid. Its own balance is the caller's to change.
    #[inline]
    pub fn received(&mut self, kind: Kind, party: u16, from: Side, amount: Pence) {
        self.received[Self::at(kind, party, from)] += amount;
    }

    pub fn join(mut self, city: &City, more: Slips) -> Slips {
        self.paid = city.shelf.join(self.paid, more.paid, |x, y| *x += y);
        self.received = city.shelf.join(self.received, more.received, |x, y| *x += y);
        self
    }
}

/// What a cell stands for.
fn key(at: usize) -> (usize, Kind, Side) {
    let (row, side) = (at / SIDES, at % SIDES);
    (row / Kind::COUNT, Kind::ALL[row % Kind::COUNT], Side::from_index(side))
}

impl Books {
    /// Post the slips of a phase, and change the balances of those on the other side.
    pub fn post_slips(&mut self, city: &mut City, slips: Slips) {
        for (at, amount) in slips.paid.iter().copied().enumerate().filter(|(_, amount)| *amount != 0) {
            let (party, kind, side) = key(at);
            let (account, other) = side.account(city);
            if let Some(account) = account {
                city.cash[account] += amount;
                receive(city, account, amount);
            }
            self.add(kind, party, other.index(), amount);
        }
        for (at, amount) in slips.received.iter().copied().enumerate().filter(|(_, amount)| *amount != 0) {
            let (party, kind, side) = key(at);
            let (account, other) = side.account(city);
            if let Some(account) = account {
                city.cash[account] -= amount;
            }
            self.add(kind, other.index(), party, amount);
        }
        city.shelf.give(slips.paid);
        city.shelf.give(slips.received);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_has_a_meaning_of_its_own() {
        for party in [0, 7, OF_SUPPLIERS as u16 - 1] {
            for kind in Kind::ALL {
                for side in (0..SIDES).map(Side::from_index) {
                    assert_eq!(key(Slips::at(*kind, party, side)), (party.into(), *kind, side));
                }
            }
        }
    }
}
