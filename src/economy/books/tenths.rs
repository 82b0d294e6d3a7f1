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

/// Sums over households of one tenth: received in all; private income; direct tax; pension contributions; council tax without
/// a levy; that levy, for an extra spend; the part of an extra spend that is given to them; mortgage interest; saving. A mistaken
/// order leaves households as a whole with what is told of no tenth, which `tests/sam.rs` forbids.
type Sums = [Pence; 9];

/// Rents of a month, net of the landlord's tax, told apart by tenth.
#[derive(Clone, Debug, PartialEq)]
pub struct RentsByTenth {
    /// By the tenant's tenth, then the landlord's.
    pub between: [[Pence; DECILES]; DECILES],
    /// To organisations, by their party and the tenant's tenth.
    pub to_parties: ByTenth,
}

impl RentsByTenth {
    pub fn none(city: &City) -> RentsByTenth {
        RentsByTenth { between: [[0; DECILES]; DECILES], to_parties: by_tenth(city) }
    }

    pub fn add(&mut self, more: &RentsByTenth) {
        for (all, more) in self.between.iter_mut().zip(&more.between) {
            add_to(all, more);
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
    pub fn keep_rents(&mut self, rents: RentsByTenth) {
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
        let rents = std::mem::replace(&mut self.rents, RentsByTenth::none(city));
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
        for (d, sums) in sums.into_iter().enumerate() {
            let [received, private, tax, pension, council_tax, levy, given, interest, saving] = sums;
            let tenth = Party::Tenth(d as u8);
            let mut rent_received = 0;
            for (tenant, paid) in rents.between.iter().enumerate() {
                rent_received += paid[d];
                let (payer, paid, all) = (Party::Tenth(tenant as u8), paid[d], Party::Households.index());
                matrix.add(Kind::Rent, payer.index(), tenth.index(), paid);
                matrix.add(Kind::Rent, all, all, -paid);
            }
            let known = total(&wages, d) + total(&dividends, d) + rent_received + private + given;
            // What is given to households is given to them as a whole, and goes on to each tenth.
            matrix.add(Kind::ExtraSpending, Party::Households.index(), tenth.index(), given);
            let from_state = received - known;
            tell_receiver(matrix, Kind::Benefits, (outside(Outside::Government), tenth), from_state);
            tell_receiver(matrix, Kind::PrivateIncome, (outside(Outside::Finance), tenth), private);
            for (kind, to, paid) in [
                (Kind::DirectTax, outside(Outside::Government), tax),
                (Kind::PensionContribution, outside(Outside::Finance), pension),
                (Kind::CouncilTax, council, council_tax),
                (Kind::ExtraFunding, council, levy),
                (Kind::MortgageInterest, outside(Outside::Finance), interest),
                (Kind::Saving, outside(Outside::Finance), saving),
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
    let given = &city.flows.given;
    let chunks = map_chunks(city.households.len(), CHUNK, |range| {
        let mut sums = [Sums::default(); DECILES];
        let uses = city.flows.household.rows()[range.clone()].iter();
        let incomes = (city.households.received.rows()[range.clone()].iter())
            .zip(&city.households.steady.rows()[range.clone()])
            .zip(&city.households.decile.rows()[range.clone()]);
        for ((uses, ((received, steady), tenth)), h) in uses.zip(incomes).zip(range) {
            let of = [
                *received,
                steady.from_finance.into(),
                Pence::from(uses.direct_tax).wrapping_add(uses.rent_tax.into()),
                uses.pension.into(),
                uses.council_tax.wrapping_sub(uses.levy).into(),
                uses.levy.into(),
                given.get(h).copied().unwrap_or(0),
                uses.mortgage_interest.into(),
                uses.saving.into(),
            ];
            add_to(&mut sums[place(*tenth)], &of);
        }
        sums
    });
    let mut all = [Sums::default(); DECILES];
    for (tenth, more) in chunks.iter().flat_map(|chunk| chunk.iter().enumerate()) {
        add_to(&mut all[tenth], more);
    }
    all
}

/// Of a month's amounts, which 64 bits have room for.
#[inline(always)]
pub(in crate::economy) fn add_to<const N: usize>(sums: &mut [Pence; N], more: &[Pence; N]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum = sum.wrapping_add(*more);
    }
}

/// A household's tenth, 0 the poorest.
#[inline]
pub fn tenth(city: &City, household: HouseholdId) -> usize {
    place(city.households.decile[household])
}

/// The place of a tenth among all.
#[inline]
pub fn place(decile: u8) -> usize {
    usize::from(decile).min(DECILES - 1)
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
        add_to(a, b);
    }
}
