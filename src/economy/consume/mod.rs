//! Phase 7, consume: households pay mortgage interest, choose a budget, spend it category by category at
//! their usual outlets, and save.

mod budget;
mod tills;

use super::books::tenths::{self, ByTenth};
use super::books::{Books, Kind, Party};
use super::plan::Rules;
use crate::base::col::Id;
use crate::base::money::{Pence, Share, part};
use crate::base::parallel::{CHUNK, add_up};
use crate::place::city::{DECILES, PURCHASES};
use crate::world::City;
use crate::world::flows::{HouseholdUses, small};
use crate::world::households::HouseholdId;
use crate::world::orgs::{OrgId, Outside};
use crate::world::suppliers::SupplierId;
pub use budget::desired_consumption;
use budget::{budget, dearer_energy};
#[cfg(wide)]
use multiversion::multiversion;
use rayon::prelude::*;
use tills::{Counters, Sold, Till};

/// Spend the month's budgets.
pub fn spend(city: &mut City, rules: &Rules, books: &mut Books) {
    let (done, shopped) = shop(city, rules.shocks.energy);
    let finance = city.orgs.outside(Outside::Finance);
    books.from_households(city, Kind::MortgageInterest, finance, done.interest);
    books.from_households(city, Kind::Saving, finance, done.saving);
    // The surcharge leaves the country: it is what fuel costs more in the world.
    let surcharge = done.surcharge.iter().sum();
    books.from_households(city, Kind::Consumption, city.orgs.outside(Outside::World), surcharge);
    take(city, done.sold, books);
    books.divide_households(city, &shopped);
}

/// What households did, in all. Whole pence, so that the order of addition is free.
struct Done {
    sold: Sold,
    interest: Pence,
    saving: Pence,
    /// By tenth.
    surcharge: [Pence; DECILES],
}

impl Done {
    fn join(mut self, city: &City, other: Done) -> Done {
        self.sold.add(city, other.sold);
        self.interest += other.interest;
        self.saving += other.saving;
        self.surcharge.iter_mut().zip(other.surcharge).for_each(|(x, y)| *x += y);
        self
    }
}

/// Columns of a chunk of households that shopping changes.
type Columns<'a> = ((&'a mut [Pence], &'a mut [HouseholdUses]), &'a mut [[u32; PURCHASES]]);

/// Each household chooses its budget, spends it at its outlets and saves. Returns also what is sold, by party of who serves
/// and tenth of who buys. The columns that are written are lent out of the city meanwhile.
fn shop(city: &mut City, energy_rise: f64) -> (Done, ByTenth) {
    let mut deposits = std::mem::take(&mut city.households.deposits);
    let mut uses = std::mem::take(&mut city.flows.household);
    let mut purchases = std::mem::take(&mut city.flows.purchases);
    let read: &City = city;
    let street = Street::new(read, energy_rise);
    let money = deposits.rows_mut().par_chunks_mut(CHUNK).zip(uses.rows_mut().par_chunks_mut(CHUNK));
    let chunks = money.zip(purchases.rows_mut().par_chunks_mut(CHUNK)).enumerate();
    let none =
        || Done { sold: street.counters.nothing(read), interest: 0, saving: 0, surcharge: [0; DECILES] };
    let of_chunk = |done: &mut Done, (chunk, columns): (usize, Columns)| {
        street.shop(chunk * CHUNK, columns, done);
    };
    let done = add_up(chunks, none, of_chunk, |done, more| done.join(read, more));
    let mut shopped = street.counters.by_party(read, &done.sold);
    let world = &mut shopped[Party::Outside(Outside::World).index()];
    world.iter_mut().zip(done.surcharge).for_each(|(x, y)| *x += y);
    city.households.deposits = deposits;
    city.flows.household = uses;
    city.flows.purchases = purchases;
    (done, shopped)
}

/// What is the same for every household that shops.
struct Street<'a> {
    city: &'a City,
    energy_rise: f64,
    counters: Counters,
    tables: Vec<Table>,
}

/// Households that go through each step of shopping together: what they want to spend stays at hand, and the budget of
/// one need not wait for the purchases of another.
const TOGETHER: usize = 128;

impl<'a> Street<'a> {
    fn new(city: &'a City, energy_rise: f64) -> Street<'a> {
        Street {
            city,
            energy_rise,
            counters: Counters::new(city),
            tables: city.households.budgets.iter().map(Table::new).collect(),
        }
    }

    /// The households from `first` on shop.
    fn shop(&self, first: usize, ((deposits, uses), rows): Columns, done: &mut Done) {
        let together = deposits.chunks_mut(TOGETHER).zip(uses.chunks_mut(TOGETHER));
        for (k, ((deposits, uses), rows)) in together.zip(rows.chunks_mut(TOGETHER)).enumerate() {
            let first = first + k * TOGETHER;
            let spent = self.choose(first, deposits, uses, done);
            let (of, range) = (&self.city.households, first..first + rows.len());
            divide_all(&self.tables, &of.budget.rows()[range.clone()], &spent, rows);
            let (outlets, tenths) = (&of.outlets.rows()[range.clone()], &of.decile.rows()[range]);
            done.sold.take(&self.counters, rows, outlets, tenths);
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
            uses.all_purchases = *spent;
            if surcharge > 0 {
                done.surcharge[tenths::tenth(self.city, id)] += surcharge;
            }
            // Few amounts of at most 32 bits.
            all_interest = all_interest.wrapping_add(interest);
            all_saving = all_saving.wrapping_add(saving);
        }
        done.interest += all_interest;
        done.saving += all_saving;
        spent
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

fn take(city: &mut City, sold: Sold, books: &mut Books) {
    let mut by_party = vec![0 as Pence; Party::count(city.anchors.len())];
    let tills = sold.tills(city);
    for (i, Till { amount, vat }) in tills.iter().copied().enumerate() {
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
    city.shelf.give(tills);
    for (party, amount) in by_party.into_iter().enumerate().filter(|(_, amount)| *amount != 0) {
        books.post_between(Kind::Consumption, (Party::Households, Party::from_index(party)), amount);
    }
}
