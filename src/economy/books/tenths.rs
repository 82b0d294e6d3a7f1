//! What households receive and pay, by tenth: the month's flows agent by agent, told apart in the matrix. What no
//! flow tells stays with the households as a whole.

use super::kinds::Kind;
use super::parties::Party;
use super::{Books, Matrix};
use crate::base::col::Id;
use crate::base::money::Pence;
use crate::base::parallel::{CHUNK, each, map_chunks};
use crate::place::city::DECILES;
use crate::world::City;
use crate::world::households::HouseholdId;
use crate::world::orgs::{NOBODY, OrgId, Outside};
use crate::world::suppliers::SupplierId;

/// Sums by party and tenth.
pub type ByTenth = Vec<[Pence; DECILES]>;

/// Nothing, for each party of a city.
pub fn by_tenth(city: &City) -> ByTenth {
    vec![[0; DECILES]; Party::count(city.anchors.len())]
}

/// The place of each organisation's party, for sums by party.
pub fn party_of_each(city: &City) -> Vec<u16> {
    each(city.orgs.len(), |i| Party::of(city, OrgId::from_index(i)).index() as u16)
}

/// The same of each employer: suppliers, anchors, and the pools of posts in the region and in the country.
pub fn party_of_employers(city: &City) -> Vec<u16> {
    let own = city.suppliers.len() + city.anchors.len();
    let pool = |e: usize| if e == own { Outside::RegionFirms } else { Outside::CountryFirms };
    let party = |e: usize| if e < own { Party::of(city, OrgId(e as u32)) } else { Party::Outside(pool(e)) };
    each(city.employers.len(), |e| party(e).index() as u16)
}

/// Sums over households of one tenth.
#[derive(Clone, Copy, Default)]
struct Sums {
    received: Pence,
    private: Pence,
    tax: Pence,
    pension: Pence,
    council_tax: Pence,
    interest: Pence,
    saving: Pence,
    /// The part of an extra spend that is given to it, and a levy that it pays for one.
    given: Pence,
    levy: Pence,
}

impl Sums {
    fn add(&mut self, more: &Sums) {
        self.received += more.received;
        self.private += more.private;
        self.tax += more.tax;
        self.pension += more.pension;
        self.council_tax += more.council_tax;
        self.interest += more.interest;
        self.saving += more.saving;
        self.given += more.given;
        self.levy += more.levy;
    }
}

/// Rents of a month, net of the landlord's tax, told apart by tenth.
#[derive(Clone, Debug, PartialEq)]
pub struct Rents {
    /// By the tenant's tenth, then the landlord's.
    pub between: [[Pence; DECILES]; DECILES],
    /// To organisations, by their party and the tenant's tenth.
    pub to_parties: ByTenth,
}

impl Rents {
    pub fn none(city: &City) -> Rents {
        Rents { between: [[0; DECILES]; DECILES], to_parties: by_tenth(city) }
    }

    pub fn add(&mut self, more: &Rents) {
        for (all, more) in self.between.iter_mut().zip(&more.between) {
            all.iter_mut().zip(more).for_each(|(x, y)| *x += y);
        }
        add(&mut self.to_parties, &more.to_parties);
    }
}

impl Books {
    /// Keep the month's pay of residents, by employer's party and household's tenth.
    pub fn keep_wages(&mut self, wages: ByTenth) {
        self.wages = wages;
    }

    /// Keep the month's rents.
    pub fn keep_rents(&mut self, rents: Rents) {
        self.rents = rents;
    }

    /// Tell the month's flows of households apart by tenth, once they have shopped. `shopped` is what each tenth
    /// spent at each party.
    /// Burn-in, which no record keeps, stays untold.
    pub fn divide_households(&mut self, city: &City, shopped: &ByTenth) {
        if city.burning_in() {
            return;
        }
        let wages = std::mem::take(&mut self.wages);
        let dividends = dividends(city);
        let sums = sums(city);
        let rents = std::mem::replace(&mut self.rents, Rents::none(city));
        let matrix = &mut self.matrix;
        for index in 0..wages.len() {
            let party = Party::from_index(index);
            for d in 0..DECILES {
                let tenth = Party::Tenth(d as u8);
                tell_receiver(matrix, Kind::Wages, (party, tenth), wages[index][d]);
                tell_receiver(matrix, Kind::Dividends, (party, tenth), dividends[index][d]);
                tell_payer(matrix, Kind::Consumption, (tenth, party), shopped[index][d]);
                tell_payer(matrix, Kind::Rent, (tenth, party), rents.to_parties[index][d]);
            }
        }
        let total = |of: &ByTenth, d: usize| of.iter().map(|row| row[d]).sum::<Pence>();
        let outside = Party::Outside;
        let council = city.anchors.council.map_or(outside(Outside::Government), |c| Party::Anchor(c as u16));
        for (d, of) in sums.iter().enumerate() {
            let tenth = Party::Tenth(d as u8);
            let mut rent_received = 0;
            for (tenant, paid) in rents.between.iter().enumerate() {
                rent_received += paid[d];
                let (payer, paid, all) = (Party::Tenth(tenant as u8), paid[d], Party::Households.index());
                matrix.add(Kind::Rent, payer.index(), tenth.index(), paid);
                matrix.add(Kind::Rent, all, all, -paid);
            }
            let known = total(&wages, d) + total(&dividends, d) + rent_received + of.private + of.given;
            // What is given to households is given to them as a whole, and goes on to each tenth.
            matrix.add(Kind::ExtraSpending, Party::Households.index(), tenth.index(), of.given);
            let from_state = of.received - known;
            tell_receiver(matrix, Kind::Benefits, (outside(Outside::Government), tenth), from_state);
            tell_receiver(matrix, Kind::PrivateIncome, (outside(Outside::Finance), tenth), of.private);
            for (kind, to, paid) in [
                (Kind::DirectTax, outside(Outside::Government), of.tax),
                (Kind::PensionContribution, outside(Outside::Finance), of.pension),
                (Kind::CouncilTax, council, of.council_tax),
                (Kind::ExtraFunding, council, of.levy),
                (Kind::MortgageInterest, outside(Outside::Finance), of.interest),
                (Kind::Saving, outside(Outside::Finance), of.saving),
            ] {
                tell_payer(matrix, kind, (tenth, to), paid);
            }
        }
    }
}

fn tell_receiver(matrix: &mut Matrix, kind: Kind, (from, tenth): (Party, Party), amount: Pence) {
    if amount != 0 {
        matrix.add(kind, from.index(), tenth.index(), amount);
        matrix.add(kind, from.index(), Party::Households.index(), -amount);
    }
}

fn tell_payer(matrix: &mut Matrix, kind: Kind, (tenth, to): (Party, Party), amount: Pence) {
    if amount != 0 {
        matrix.add(kind, tenth.index(), to.index(), amount);
        matrix.add(kind, Party::Households.index(), to.index(), -amount);
    }
}

/// Profit to owners in the city, by sector; partners by their shares, as it was paid.
fn dividends(city: &City) -> ByTenth {
    let chunks = map_chunks(city.suppliers.len(), CHUNK / 4, |range| {
        let mut sums = by_tenth(city);
        for i in range {
            let s = SupplierId::from_index(i);
            let (amount, owner) = (city.flows.supplier[s].owner, city.suppliers.owner[s]);
            if amount == 0 || owner == NOBODY {
                continue;
            }
            let row = &mut sums[Party::of(city, city.orgs.supplier(i)).index()];
            let mut left = amount;
            for (household, share) in city.suppliers.partners.row(i) {
                let piece = crate::base::money::part(amount, *share);
                left -= piece;
                row[tenth(city, HouseholdId(*household))] += piece;
            }
            row[tenth(city, HouseholdId(owner))] += left;
        }
        sums
    });
    added(city, chunks)
}

/// Sums by tenth.
fn sums(city: &City) -> [Sums; DECILES] {
    let chunks = map_chunks(city.households.len(), CHUNK, |range| {
        let mut sums = [Sums::default(); DECILES];
        for h in range {
            let id = HouseholdId::from_index(h);
            let uses = &city.flows.household[id];
            let of = &mut sums[tenth(city, id)];
            of.received += city.households.received[id];
            of.private += Pence::from(city.households.steady[id].from_finance);
            of.tax += Pence::from(uses.direct_tax) + Pence::from(uses.rent_tax);
            of.pension += Pence::from(uses.pension);
            of.council_tax += Pence::from(uses.council_tax - uses.levy);
            of.levy += Pence::from(uses.levy);
            of.given += city.flows.given.get(h).copied().unwrap_or(0);
            of.interest += Pence::from(uses.mortgage_interest);
            of.saving += Pence::from(uses.saving);
        }
        sums
    });
    let mut all = [Sums::default(); DECILES];
    for (tenth, more) in chunks.iter().flat_map(|chunk| chunk.iter().enumerate()) {
        all[tenth].add(more);
    }
    all
}

/// A household's tenth, 0 the poorest.
#[inline]
pub fn tenth(city: &City, household: HouseholdId) -> usize {
    usize::from(city.households.decile[household]).min(DECILES - 1)
}

/// Sums of chunks; whole numbers, so that the order does not matter.
pub fn added(city: &City, chunks: Vec<ByTenth>) -> ByTenth {
    let mut all = by_tenth(city);
    for chunk in chunks {
        add(&mut all, &chunk);
    }
    all
}

pub fn add(all: &mut ByTenth, more: &ByTenth) {
    for (a, b) in all.iter_mut().zip(more) {
        a.iter_mut().zip(b).for_each(|(x, y)| *x += y);
    }
}
