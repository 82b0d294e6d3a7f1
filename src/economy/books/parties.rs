//! Who pays and who receives in the social accounting matrix: sectors, households by tenth, each anchor, the
//! accounts outside. Sectors are of the city's suppliers.

use super::kinds::{Group, Kind, group_of_outside};
use crate::base::money::Pence;
use crate::place::city::{DECILES, SECTORS};
use crate::place::vocabulary::{Sector, Zone};
use crate::world::City;
use crate::world::orgs::{Org, OrgId, Outside};

/// An account of the matrix.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Party {
    Sector(Sector),
    /// A supplier in the city whose sector the posting did not name.
    Supplier,
    /// Bidders outside.
    OutsideSuppliers,
    /// A tenth of households, 0 the poorest.
    Tenth(u8),
    /// Households whose tenth the posting did not name.
    Households,
    /// An anchor by its number.
    Anchor(u16),
    /// An anchor that the posting did not name.
    SomeAnchor,
    Outside(Outside),
}

const SUPPLIER: usize = SECTORS;
const OUTSIDE_SUPPLIERS: usize = SUPPLIER + 1;
const TENTHS: usize = OUTSIDE_SUPPLIERS + 1;
/// Parties that suppliers belong to, which come first.
pub(super) const OF_SUPPLIERS: usize = TENTHS;
const HOUSEHOLDS: usize = TENTHS + DECILES;
const SOME_ANCHOR: usize = HOUSEHOLDS + 1;
const OUTSIDE: usize = SOME_ANCHOR + 1;
const ANCHORS: usize = OUTSIDE + Outside::ALL.len();

impl Party {
    /// Its place among the parties of a city.
    #[inline]
    pub const fn index(self) -> usize {
        match self {
            Party::Sector(sector) => sector.index(),
            Party::Supplier => SUPPLIER,
            Party::OutsideSuppliers => OUTSIDE_SUPPLIERS,
            Party::Tenth(tenth) => TENTHS + tenth as usize,
            Party::Households => HOUSEHOLDS,
            Party::SomeAnchor => SOME_ANCHOR,
            Party::Outside(account) => OUTSIDE + account as usize,
            Party::Anchor(anchor) => ANCHORS + anchor as usize,
        }
    }

    pub fn from_index(index: usize) -> Party {
        match index {
            i if i < SECTORS => Party::Sector(Sector::from_index(i)),
            SUPPLIER => Party::Supplier,
            OUTSIDE_SUPPLIERS => Party::OutsideSuppliers,
            i if i < HOUSEHOLDS => Party::Tenth((i - TENTHS) as u8),
            HOUSEHOLDS => Party::Households,
            SOME_ANCHOR => Party::SomeAnchor,
            i if i < ANCHORS => Party::Outside(Outside::ALL[i - OUTSIDE]),
            i => Party::Anchor((i - ANCHORS) as u16),
        }
    }

    /// How many parties a city with so many anchors has.
    pub const fn count(anchors: usize) -> usize {
        ANCHORS + anchors
    }

    /// The party of an organisation's account.
    #[inline]
    pub fn of(city: &City, org: OrgId) -> Party {
        match city.orgs.kind(org) {
            Org::Supplier(i) => match city.suppliers.zone.rows()[i] {
                Zone::City => Party::Sector(city.suppliers.sector.rows()[i]),
                _ => Party::OutsideSuppliers,
            },
            Org::Anchor(i) => Party::Anchor(i as u16),
            Org::Outside(account) => Party::Outside(account),
        }
    }

    /// The party of a group, as far as it tells.
    pub(super) fn of_group(group: Group, council: Option<u32>) -> Party {
        let outside = |group: Group| Outside::ALL.into_iter().find(|o| group_of_outside(*o) == group);
        match group {
            Group::Households => Party::Households,
            Group::Suppliers => Party::Supplier,
            Group::OutsideSuppliers => Party::OutsideSuppliers,
            Group::Council => council.map_or(Party::SomeAnchor, |c| Party::Anchor(c as u16)),
            other => outside(other).map_or(Party::SomeAnchor, Party::Outside),
        }
    }

    pub(super) fn group(self, council: Option<u32>) -> Group {
        match self {
            Party::Sector(_) | Party::Supplier => Group::Suppliers,
            Party::OutsideSuppliers => Group::OutsideSuppliers,
            Party::Tenth(_) | Party::Households => Group::Households,
            Party::Anchor(a) if council == Some(u32::from(a)) => Group::Council,
            Party::Anchor(_) | Party::SomeAnchor => Group::OtherAnchors,
            Party::Outside(account) => group_of_outside(account),
        }
    }
}

/// The group of each party of a city.
pub(super) fn groups(city: &City) -> Vec<Group> {
    let all = 0..Party::count(city.anchors.len());
    all.map(|index| Party::from_index(index).group(city.anchors.council)).collect()
}

/// Payments by kind, payer and receiver.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Matrix {
    parties: usize,
    cells: Vec<Pence>,
    /// Cells that are not zero, or were not at some time.
    touched: Vec<u32>,
}

impl Matrix {
    pub fn new(anchors: usize) -> Matrix {
        let parties = Party::count(anchors);
        Matrix { parties, cells: vec![0; Kind::COUNT * parties * parties], touched: Vec::new() }
    }

    #[inline]
    pub fn add(&mut self, kind: Kind, from: usize, to: usize, amount: Pence) {
        let at = (kind as usize * self.parties + from) * self.parties + to;
        if self.cells[at] == 0 {
            self.touched.push(at as u32);
        }
        self.cells[at] += amount;
    }

    /// Every cell that is not zero: kind, payer, receiver, pence; no cell twice.
    pub fn entries(&self) -> impl Iterator<Item = (Kind, Party, Party, Pence)> + '_ {
        let mut all = self.touched.clone();
        all.sort_unstable();
        all.dedup();
        all.into_iter().filter(|at| self.cells[*at as usize] != 0).map(|at| {
            let at = at as usize;
            let (row, to) = (at / self.parties, at % self.parties);
            let (kind, from) = (row / self.parties, row % self.parties);
            (Kind::ALL[kind], Party::from_index(from), Party::from_index(to), self.cells[at])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_party_has_a_place_of_its_own() {
        for index in 0..Party::count(15) {
            assert_eq!(Party::from_index(index).index(), index);
        }
    }

    #[test]
    fn a_cell_that_returns_to_nought_is_counted_once() {
        let mut m = Matrix::new(1);
        let (a, b) = (Party::Anchor(0), Party::Households);
        for amount in [5, -5, 7] {
            m.add(Kind::Rent, a.index(), b.index(), amount);
        }
        assert_eq!(m.entries().collect::<Vec<_>>(), [(Kind::Rent, a, b, 7)]);
    }
}
