//! The books of a month: every transfer has a payer, a receiver and a kind, and all identities of the model
//! are checked before the month is closed.

pub mod homes;
mod identities;
mod kinds;
mod parties;
pub mod slips;
pub mod tenths;

use crate::base::col::Id;
use crate::base::money::Pence;
use crate::base::parallel::map_chunks;
use crate::world::City;
use crate::world::orgs::{Org, OrgId, Outside};
use homes::ByWardAndTenth;
pub use identities::{BrokenIdentity, dye_is_all_there, purchases_are_all_there};

pub use kinds::{Group, Kind, group_of, group_of_outside};
use parties::Matrix;
pub use parties::Party;
use tenths::ByTenth;

const GROUPS: usize = Group::COUNT;

/// One month's transfers between groups, by kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Books {
    opening: [Pence; GROUPS],
    flows: Vec<Pence>,
    /// The same by sector, tenth, anchor and outside account: the social accounting matrix.
    matrix: Matrix,
    /// The party of each organisation, and the group of each party.
    party: Vec<u16>,
    group: Vec<Group>,
    council: Option<u32>,
    /// Pay of residents, by employer's party.
    wages: ByTenth,
    rents: tenths::RentsByTenth,
    /// Sums over households, once the month is closed.
    homes: ByWardAndTenth,
    /// Balances of households and of suppliers when the month began.
    deposits: Vec<Pence>,
    cash: Vec<Pence>,
}

impl Books {
    /// Open the books of a month on the balances as they stand.
    pub fn open(city: &City) -> Books {
        Books {
            opening: balances(city),
            flows: vec![0; Kind::COUNT * GROUPS * GROUPS],
            matrix: Matrix::new(city.anchors.len()),
            party: tenths::party_of_each(city),
            group: parties::groups(city),
            council: city.anchors.council,
            wages: tenths::by_tenth(city),
            rents: tenths::RentsByTenth::none(city),
            homes: Vec::new(),
            deposits: city.shelf.copy(city.households.deposits.rows()),
            cash: city.shelf.copy(&city.cash.rows()[..city.suppliers.len()]),
        }
    }

    fn at(kind: Kind, from: Group, to: Group) -> usize {
        (kind as usize * GROUPS + from as usize) * GROUPS + to as usize
    }

    /// Record a payment between groups whose accounts the caller has changed. Sector, tenth and anchor stay
    /// untold in the matrix; `post_between` tells them.
    #[inline]
    pub fn post(&mut self, kind: Kind, from: Group, to: Group, amount: Pence) {
        let (payer, receiver) = (Party::of_group(from, self.council), Party::of_group(to, self.council));
        self.post_between(kind, (payer, receiver), amount);
    }

    /// Record a payment between parties whose accounts the caller has changed.
    #[inline]
    pub fn post_between(&mut self, kind: Kind, (from, to): (Party, Party), amount: Pence) {
        self.add(kind, from.index(), to.index(), amount);
    }

    /// Record a payment between organisations whose accounts the caller has changed.
    #[inline]
    pub fn post_orgs(&mut self, kind: Kind, (from, to): (OrgId, OrgId), amount: Pence) {
        let (payer, receiver) = (self.party[from.index()], self.party[to.index()]);
        self.add(kind, usize::from(payer), usize::from(receiver), amount);
    }

    #[inline]
    fn add(&mut self, kind: Kind, from: usize, to: usize, amount: Pence) {
        self.flows[Self::at(kind, self.group[from], self.group[to])] += amount;
        self.matrix.add(kind, from, to, amount);
    }

    /// Pay from one organisation to another.
    pub fn pay(&mut self, city: &mut City, kind: Kind, (from, to): (OrgId, OrgId), amount: Pence) {
        if amount == 0 {
            return;
        }
        city.cash[from] -= amount;
        city.cash[to] += amount;
        self.post_orgs(kind, (from, to), amount);
        receive(city, to, amount);
    }

    /// The financial system lends an organisation what it lacks; the debt is the caller's to write down.
    pub fn lend(&mut self, city: &mut City, to: OrgId) -> Pence {
        let short = (-city.cash[to]).max(0);
        if short > 0 {
            let finance = city.orgs.outside(Outside::Finance);
            city.cash[finance] -= short;
            city.cash[to] += short;
            self.post_orgs(Kind::Loans, (finance, to), short);
        }
        short
    }

    /// Pay from a household to an organisation. The household's deposits are the caller's to change.
    pub fn from_households(&mut self, city: &mut City, kind: Kind, to: OrgId, amount: Pence) {
        city.cash[to] += amount;
        self.add(kind, Party::Households.index(), usize::from(self.party[to.index()]), amount);
        receive(city, to, amount);
    }

    /// Pay from an organisation to households. Their deposits are the caller's to change.
    pub fn to_households(&mut self, city: &mut City, kind: Kind, from: OrgId, amount: Pence) {
        city.cash[from] -= amount;
        self.add(kind, usize::from(self.party[from.index()]), Party::Households.index(), amount);
    }

    /// The month's social accounting matrix, cell by cell: kind, payer, receiver, pence.
    pub fn matrix(&self) -> impl Iterator<Item = (Kind, Party, Party, Pence)> + '_ {
        self.matrix.entries()
    }

    /// The party of each organisation.
    pub fn parties(&self) -> &[u16] {
        &self.party
    }

    pub fn flow(&self, kind: Kind, from: Group, to: Group) -> Pence {
        self.flows[Self::at(kind, from, to)]
    }

    /// All flows that are not zero: (payer, receiver, kind, pence).
    pub fn entries(&self) -> impl Iterator<Item = (Group, Group, Kind, Pence)> + '_ {
        Kind::ALL.iter().flat_map(move |kind| {
            Group::ALL.iter().flat_map(move |from| {
                Group::ALL.iter().filter_map(move |to| {
                    let amount = self.flow(*kind, *from, *to);
                    (amount != 0).then_some((*from, *to, *kind, amount))
                })
            })
        })
    }
}

/// Note what an organisation has received, for next month's uses.
pub fn receive(city: &mut City, to: OrgId, amount: Pence) {
    match city.orgs.kind(to) {
        Org::Supplier(i) => city.suppliers.received.rows_mut()[i] += amount,
        Org::Anchor(i) => city.anchors.received.rows_mut()[i] += amount,
        Org::Outside(_) => {}
    }
}

/// Organisations that one thread takes at a time.
const ORGS: usize = 4_096;

fn balances(city: &City) -> [Pence; GROUPS] {
    let mut sums = [0; GROUPS];
    sums[Group::Households as usize] = crate::base::parallel::sum(city.households.deposits.rows());
    let of_orgs = map_chunks(city.cash.len(), ORGS, |range| {
        let mut sums = [0; GROUPS];
        for org in range.map(OrgId::from_index) {
            sums[group_of(city, org) as usize] += city.cash[org];
        }
        sums
    });
    for (sum, more) in of_orgs.iter().flat_map(|sums| sums.iter().enumerate()) {
        sums[sum] += more;
    }
    sums
}
