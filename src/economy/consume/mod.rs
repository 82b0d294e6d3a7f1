//! Phase 7, consume: households pay mortgage interest, choose a budget, spend it category by category at
//! their usual outlets, and save.

mod budget;

use super::books::tenths::{self, ByTenth};
use super::books::{Books, Kind, Party};
use super::plan::Rules;
use crate::base::col::Id;
use crate::base::money::{Pence, Share, part};
use crate::base::parallel::{CHUNK, add_up, each};
use crate::place::city::{DECILES, PURCHASES};
use crate::world::City;
use crate::world::flows::{HouseholdUses, small};
use crate::world::households::HouseholdId;
use crate::world::orgs::{OrgId, Outside};
use crate::world::outlets::served_by;
use crate::world::suppliers::SupplierId;
pub use budget::desired_consumption;
use budget::{budget, dearer_energy};
#[cfg(wide)]
use multiversion::multiversion;
use rayon::prelude::*;

/// Takings of the sellers of all purchases, one after the other as in `Market::sellers`. Few enough numbers to be at hand.
type Takings = Vec<u64>;

/// Spend the month's budgets.
pub fn spend(city: &mut City, rules: &Rules, books: &mut Books) {
    let done = shop(city, rules.shocks.energy);
    let finance = city.orgs.outside(Outside::Finance);
    books.from_households(city, Kind::MortgageInterest, finance, done.interest);
    books.from_households(city, Kind::Saving, finance, done.saving);
    // The surcharge leaves the country: it is what fuel costs more in the world.
    books.from_households(city, Kind::Consumption, city.orgs.outside(Outside::World), done.surcharge);
    take(city, &done.takings, books);
    books.divide_households(city, &done.shopped);
}

/// What households did, in all. Whole pence, so that the order of addition is free.
struct Done {
    takings: Takings,
    /// By party of who serves, then tenth.
    shopped: ByTenth,
    interest: Pence,
    saving: Pence,
    surcharge: Pence,
}

impl Done {
    fn none(city: &City) -> Done {
        let takings = vec![0; city.market.sellers.orgs().len()];
        Done { takings, shopped: tenths::by_tenth(city), interest: 0, saving: 0, surcharge: 0 }
    }

    fn join(mut self, other: Done) -> Done {
        self.takings.iter_mut().zip(other.takings).for_each(|(x, y)| *x += y);
        tenths::add(&mut self.shopped, &other.shopped);
        self.interest += other.interest;
        self.saving += other.saving;
        self.surcharge += other.surcharge;
        self
    }
}

/// Columns of a chunk of households that shopping changes.
type Columns<'a> = ((&'a mut [Pence], &'a mut [HouseholdUses]), &'a mut [[u32; PURCHASES]]);

/// Each household chooses its budget, spends it at its outlets and saves. The columns that are written are lent out of
/// the city meanwhile.
fn shop(city: &mut City, energy_rise: f64) -> Done {
    let mut deposits = std::mem::take(&mut city.households.deposits);
    let mut uses = std::mem::take(&mut city.flows.household);
    let mut purchases = std::mem::take(&mut city.flows.purchases);
    let read: &City = city;
    let street = Street::new(read, energy_rise);
    let money = deposits.rows_mut().par_chunks_mut(CHUNK).zip(uses.rows_mut().par_chunks_mut(CHUNK));
    let chunks = money.zip(purchases.rows_mut().par_chunks_mut(CHUNK)).enumerate();
    let none = || Done::none(read);
    let of_chunk = |done: &mut Done, (chunk, columns): (usize, Columns)| {
        street.shop(chunk * CHUNK, columns, done);
    };
    let done = add_up(chunks, none, of_chunk, Done::join);
    city.households.deposits = deposits;
    city.flows.household = uses;
    city.flows.purchases = purchases;
    done
}

/// What is the same for every household that shops.
struct Street<'a> {
    city: &'a City,
    energy_rise: f64,
    /// Of who serves at each outlet, the outlet itself or who stands in while it is vacant, in the order of
    /// `Market::sellers`: where the sums of its party in the social accounting matrix begin.
    party: Vec<u16>,
    /// Where the sellers of each purchase begin.
    starts: [u32; PURCHASES],
    tables: Vec<Table>,
}

/// Households that go through each step of shopping together: what they want to spend stays at hand, and the budget of
/// one need not wait for the purchases of another.
const TOGETHER: usize = 128;

impl<'a> Street<'a> {
    fn new(city: &'a City, energy_rise: f64) -> Street<'a> {
        let parties = tenths::party_of_each(city);
        let stand_in = city.suppliers.stand_in.rows();
        // A city has fewer than 6,000 parties: one an anchor, and some dozens.
        let orgs = city.market.sellers.orgs();
        let party = |k: usize| parties[served_by(stand_in, orgs[k])] * DECILES as u16;
        Street {
            city,
            energy_rise,
            party: each(orgs.len(), party),
            starts: city.market.sellers.starts(),
            tables: city.households.budgets.iter().map(Table::new).collect(),
        }
    }

    /// The households from `first` on shop.
    fn shop(&self, first: usize, ((deposits, uses), rows): Columns, done: &mut Done) {
        let together = deposits.chunks_mut(TOGETHER).zip(uses.chunks_mut(TOGETHER));
        for (k, ((deposits, uses), rows)) in together.zip(rows.chunks_mut(TOGETHER)).enumerate() {
            let first = first + k * TOGETHER;
            let spent = self.choose(first, deposits, uses, done);
            let budgets = &self.city.households.budget.rows()[first..first + rows.len()];
            divide_all(&self.tables, budgets, &spent, rows);
            self.buy(first, rows, done);
        }
    }

    /// What each of these spends on purchases at the prices before; interest and saving leave deposits too.
    #[inline(always)]
    fn choose(
        &self,
        first: usize,
        deposits: &mut [Pence],
        uses: &mut [HouseholdUses],
        done: &mut Done,
    ) -> [u32; TOGETHER] {
        let world = Party::Outside(Outside::World).index();
        let mut spent = [0; TOGETHER];
        let (mut all_interest, mut all_saving) = (0 as Pence, 0 as Pence);
        for (k, ((deposits, uses), spent)) in deposits.iter_mut().zip(uses).zip(&mut spent).enumerate() {
            let id = HouseholdId::from_index(first + k);
            let (interest, consumption, saving) = budget(self.city, id, *deposits, uses);
            let surcharge = dearer_energy(self.city, self.energy_rise, id, consumption);
            *spent = small(consumption - surcharge);
            *deposits -= interest + consumption + saving;
            (uses.energy, uses.mortgage_interest, uses.saving) =
                (small(surcharge), small(interest), small(saving));
            if surcharge > 0 {
                done.shopped[world][tenths::tenth(self.city, id)] += surcharge;
                done.surcharge += surcharge;
            }
            // Few amounts of at most 32 bits.
            all_interest = all_interest.wrapping_add(interest);
            all_saving = all_saving.wrapping_add(saving);
        }
        done.interest += all_interest;
        done.saving += all_saving;
        spent
    }

    /// Make each purchase at its usual outlet. Sums of fewer than 2^31 amounts of 32 bits need no check.
    #[inline(always)]
    fn buy(&self, first: usize, rows: &[[u32; PURCHASES]], done: &mut Done) {
        // Slices of their own, so that the loop need not ask again where the tables are.
        let (takings, shopped) = (done.takings.as_mut_slice(), done.shopped.as_flattened_mut());
        let range = first..first + rows.len();
        let outlets = &self.city.households.outlets.rows()[range.clone()];
        let tenths = &self.city.households.decile.rows()[range];
        let (party, starts) = (self.party.as_slice(), self.starts);
        for ((row, outlets), tenth) in rows.iter().zip(outlets).zip(tenths) {
            let tenth = usize::from(*tenth).min(DECILES - 1);
            for p in 0..PURCHASES {
                let at = starts[p] as usize + usize::from(outlets[p]);
                takings[at] = takings[at].wrapping_add(row[p].into());
                let shopped = &mut shopped[usize::from(party[at]) + tenth];
                *shopped = shopped.wrapping_add(row[p].into());
            }
        }
    }
}

/// A table of budget shares.
struct Table {
    shares: [u32; PURCHASES],
    /// The largest purchase: it takes what rounding leaves.
    largest: usize,
}

impl Table {
    fn new(budget: &[Share; PURCHASES]) -> Table {
        let largest =
            (1..PURCHASES).fold(0, |largest, p| if budget[p] > budget[largest] { p } else { largest });
        // A share of one loses its last bit, a penny at most, which comes back as what rounding leaves.
        Table { shares: budget.map(|share| share.min(u32::MAX.into()) as u32), largest }
    }

    /// What is spent, by purchase.
    #[inline(always)]
    fn divide(&self, spent: u32, row: &mut [u32; PURCHASES]) {
        let mut divided = 0u32;
        for (amount, share) in row.iter_mut().zip(&self.shares) {
            *amount = ((u64::from(spent) * u64::from(*share)) >> 32) as u32;
            divided = divided.wrapping_add(*amount);
        }
        row[self.largest] = row[self.largest].wrapping_add(spent.wrapping_sub(divided));
    }
}

/// Divide what each household spends by its table of budget shares.
#[cfg_attr(wide, multiversion(targets("x86_64+avx2")))]
fn divide_all(tables: &[Table], budgets: &[u16], spent: &[u32; TOGETHER], rows: &mut [[u32; PURCHASES]]) {
    for ((row, table), spent) in rows.iter_mut().zip(budgets).zip(spent) {
        tables[usize::from(*table)].divide(*spent, row);
    }
}

/// Sales to households at one organisation: takings, and the VAT in them.
#[derive(Clone, Copy, Default)]
struct Till {
    amount: Pence,
    vat: Pence,
}

/// Takings by organisation. VAT is worked out on what an outlet takes in the month for each purchase (docs/model.md, eq. 18).
fn tills(city: &City, takings: &Takings) -> Vec<Till> {
    let (sellers, stand_in) = (&city.market.sellers, city.suppliers.stand_in.rows());
    let mut tills = vec![Till::default(); city.orgs.len()];
    for (p, vat) in city.market.vat_share.iter().enumerate() {
        for at in sellers.of(p) {
            let till = &mut tills[served_by(stand_in, sellers.orgs()[at])];
            let amount = takings[at] as Pence;
            till.amount += amount;
            till.vat += part(amount, *vat);
        }
    }
    tills
}

fn take(city: &mut City, takings: &Takings, books: &mut Books) {
    let mut by_party = vec![0 as Pence; Party::count(city.anchors.len())];
    for (i, Till { amount, vat }) in tills(city, takings).into_iter().enumerate() {
        if amount == 0 {
            continue;
        }
        let org = OrgId(i as u32);
        city.cash[org] += amount;
        by_party[usize::from(books.parties()[i])] += amount;
        super::books::receive(city, org, amount);
        if i < city.suppliers.len() {
            let s = SupplierId(i as u32);
            let vat = vat + part(amount, city.suppliers.vat[s]);
            city.suppliers.sales[s] += amount - vat;
            city.suppliers.consumption[s] = amount - vat;
            city.suppliers.vat_due[s] += vat;
        }
    }
    for (party, amount) in by_party.into_iter().enumerate().filter(|(_, amount)| *amount != 0) {
        books.post_between(Kind::Consumption, (Party::Households, Party::from_index(party)), amount);
    }
}
