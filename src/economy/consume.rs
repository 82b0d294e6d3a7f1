//! Phase 7, consume: households pay mortgage interest, choose a budget, spend it category by category at
//! their usual outlets, and save.

use super::books::tenths::{self, ByTenth};
use super::books::{Books, Kind, Party};
use super::plan::Rules;
use crate::base::col::Id;
use crate::base::money::{Pence, Share, WHOLE, part};
use crate::base::parallel::CHUNK;
use crate::place::city::{DECILES, PURCHASES};
use crate::place::vocabulary::Purchase;
use crate::world::City;
use crate::world::flows::HouseholdUses;
use crate::world::households::{FixedShares, HouseholdId, Spending};
use crate::world::orgs::{OrgId, Outside};
use crate::world::suppliers::SupplierId;
use rayon::prelude::*;

/// What households want to spend on purchases this month (docs/model.md, eq. 4): subsistence, a share of
/// disposable income, and a share of the deposits above the buffer; never more than there is.
pub fn desired_consumption(
    spending: &Spending,
    disposable: Pence,
    deposits_before: Pence,
    from_deposits: f64,
) -> Pence {
    let marginal = spending.marginal as f64 / WHOLE as f64;
    let above = (deposits_before - spending.buffer) as f64;
    let wanted = f64::from(spending.subsistence) + marginal * disposable as f64 + from_deposits * above;
    wanted.max(0.0) as Pence
}

/// Sales to households at one organisation: takings, the VAT in them, and the party it belongs to in the social
/// accounting matrix (kept here to be at hand where the takings are).
#[derive(Clone, Copy)]
struct Till {
    amount: Pence,
    vat: Pence,
    party: u32,
}

type Takings = Vec<Till>;

/// The most that a household spends in a month: purchases are kept in 32 bits of pence (£42.9m).
const MOST_A_MONTH: Pence = u32::MAX as Pence;

/// Spend the month's budgets.
pub fn spend(city: &mut City, rules: &Rules, books: &mut Books) {
    let done = shop(city, rules.shocks.energy);
    let finance = city.orgs.outside(Outside::Finance);
    books.from_households(city, Kind::MortgageInterest, finance, done.interest);
    books.from_households(city, Kind::Saving, finance, done.saving);
    // The surcharge leaves the country: it is what fuel costs more in the world.
    books.from_households(city, Kind::Consumption, city.orgs.outside(Outside::World), done.surcharge);
    take(city, done.takings, books);
    books.divide_households(city, &done.shopped);
}

/// Mortgage interest, purchases and saving of a household with these deposits and other uses.
#[inline]
fn budget(city: &City, id: HouseholdId, deposits: Pence, uses: &HouseholdUses) -> (Pence, Pence, Pence) {
    let of = &city.households;
    if !city.settings.mechanisms.progressivity {
        let receipts = if city.linear() { of.received_last[id] } else { of.received[id] };
        let interest = part(receipts, of.fixed[id].mortgage_interest).min(deposits.max(0));
        let wanted = part(receipts, of.fixed[id].consumption) - forgone(&of.fixed[id], uses.levy);
        let consumption = wanted.clamp(0, MOST_A_MONTH).min(deposits - interest);
        let others = uses.direct_tax + uses.pension + uses.council_tax + uses.rent + uses.rent_tax;
        let saving = (receipts - others - interest - consumption).clamp(0, deposits - interest - consumption);
        return (interest, consumption, saving);
    }
    let interest = Pence::from(of.commitments[id].mortgage_interest).min(deposits.max(0));
    let disposable = of.received[id] - uses.direct_tax - uses.pension - uses.council_tax;
    let before = deposits - (disposable - uses.rent - uses.rent_tax);
    let rules = &city.settings.households;
    let left = deposits - interest;
    // A buffer that is short is rebuilt, out of consumption, as fast as one that is over is saved.
    let short = before < of.spending[id].buffer;
    let speed = rules.deposits_spent_monthly + if short { rules.saving_speed_monthly } else { 0.0 };
    let consumption =
        desired_consumption(&of.spending[id], disposable, before, speed).min(left).min(MOST_A_MONTH);
    let above = (before - of.spending[id].buffer).max(0) as f64;
    let saving = ((above * rules.saving_speed_monthly) as Pence).min(left - consumption);
    (interest, consumption, saving)
}

/// Consumption given up for a levy at fixed shares: what the household would have spent of as much disposable income.
fn forgone(fixed: &FixedShares, levy: Pence) -> Pence {
    if levy == 0 {
        return 0;
    }
    let disposable = WHOLE.saturating_sub(fixed.direct_tax + fixed.pension + fixed.council_tax);
    (i128::from(levy) * i128::from(fixed.consumption) / i128::from(disposable.max(1))).min(i128::from(levy))
        as Pence
}

/// What dearer energy costs a household this month, taken off what it has for purchases; nothing when energy costs what
/// it did. The same energy is bought, and the rest of the budget is divided as before.
#[inline]
fn dearer_energy(city: &City, rise: f64, id: HouseholdId, consumption: Pence) -> Pence {
    if rise <= 0.0 {
        return 0;
    }
    let purchase = Purchase::EnergyWaterRepairs.index();
    let energy = energy_part(city.market.water_share, city.market.place_of_sale[purchase][2]);
    let budget = &city.households.budgets[city.households.budget[id] as usize];
    let more = rise * energy * budget[purchase] as f64 / WHOLE as f64;
    ((consumption as f64 * more) as Pence).clamp(0, consumption)
}

/// Energy in the budget for energy, water and repairs: without the water bill, what national suppliers sell.
fn energy_part(water: f64, sold_in_the_country: f64) -> f64 {
    (1.0 - water) * sold_in_the_country
}

/// What households did, in all. Whole pence, so that the order of addition is free.
#[derive(Clone)]
struct Done {
    takings: Takings,
    shopped: ByTenth,
    interest: Pence,
    saving: Pence,
    surcharge: Pence,
}

impl Done {
    fn join(mut self, other: Done) -> Done {
        for (x, y) in self.takings.iter_mut().zip(other.takings) {
            x.amount += y.amount;
            x.vat += y.vat;
        }
        tenths::add(&mut self.shopped, &other.shopped);
        self.interest += other.interest;
        self.saving += other.saving;
        self.surcharge += other.surcharge;
        self
    }
}

/// Each household chooses its budget, spends it at its outlets and saves. The columns that are written are lent out of
/// the city meanwhile.
fn shop(city: &mut City, energy_rise: f64) -> Done {
    let till = |party: u16| Till { amount: 0, vat: 0, party: party.into() };
    let takings: Takings = tenths::party_of_each(city).into_iter().map(till).collect();
    let none = Done { takings, shopped: tenths::by_tenth(city), interest: 0, saving: 0, surcharge: 0 };
    let mut deposits = std::mem::take(&mut city.households.deposits);
    let mut uses = std::mem::take(&mut city.flows.household);
    let mut purchases = std::mem::take(&mut city.flows.purchases);
    let read: &City = city;
    let world = Party::Outside(Outside::World).index();
    let money = deposits.rows_mut().par_chunks_mut(CHUNK).zip(uses.rows_mut().par_chunks_mut(CHUNK));
    let done = money
        .zip(purchases.rows_mut().par_chunks_mut(CHUNK))
        .enumerate()
        .fold(
            || none.clone(),
            |mut done, (chunk, ((deposits, uses), purchases))| {
                for (k, ((deposits, uses), row)) in deposits.iter_mut().zip(uses).zip(purchases).enumerate() {
                    let id = HouseholdId::from_index(chunk * CHUNK + k);
                    let (interest, consumption, saving) = budget(read, id, *deposits, uses);
                    let surcharge = dearer_energy(read, energy_rise, id, consumption);
                    buy(read, id, consumption - surcharge, (&mut *row, &mut done));
                    *deposits -= interest + consumption + saving;
                    uses.energy = surcharge;
                    done.shopped[world][tenths::tenth(read, id)] += surcharge;
                    done.surcharge += surcharge;
                    uses.mortgage_interest = interest;
                    uses.saving = saving;
                    done.interest += interest;
                    done.saving += saving;
                }
                done
            },
        )
        .reduce(|| none.clone(), Done::join);
    city.households.deposits = deposits;
    city.flows.household = uses;
    city.flows.purchases = purchases;
    done
}

/// Divide what a household spends over its purchases, each at its usual outlet.
#[inline]
fn buy(city: &City, id: HouseholdId, spent: Pence, (row, done): (&mut [u32; PURCHASES], &mut Done)) {
    let of = &city.households;
    *row = divide(spent, &of.budgets[of.budget[id] as usize]);
    let (outlets, stand_in) = (&of.outlets[id], city.suppliers.stand_in.rows());
    let tenth = usize::from(of.decile[id]).min(DECILES - 1);
    for p in 0..PURCHASES {
        let to = &mut done.takings[served_by(stand_in, outlets[p])];
        let amount = Pence::from(row[p]);
        to.amount += amount;
        to.vat += part(amount, city.market.vat_share[p]);
        done.shopped[to.party as usize][tenth] += amount;
    }
}

/// Where a purchase is made: at the usual outlet, or at who stands in while it is vacant.
#[inline]
pub fn served_by(stand_in: &[u32], outlet: u32) -> usize {
    stand_in.get(outlet as usize).copied().unwrap_or(outlet) as usize
}

/// Divide an amount by budget shares; what rounding leaves goes to the largest share.
fn divide(amount: Pence, budget: &[Share; PURCHASES]) -> [u32; PURCHASES] {
    let mut out = [0u32; PURCHASES];
    let (mut left, mut largest) = (amount, 0);
    for (p, share) in budget.iter().enumerate() {
        let spent = part(amount, *share);
        out[p] = spent as u32;
        left -= spent;
        if *share > budget[largest] {
            largest = p;
        }
    }
    out[largest] += left as u32;
    out
}

fn take(city: &mut City, takings: Takings, books: &mut Books) {
    for (i, Till { amount, vat, .. }) in takings.into_iter().enumerate() {
        if amount == 0 {
            continue;
        }
        let org = OrgId(i as u32);
        city.cash[org] += amount;
        books.post_between(Kind::Consumption, (Party::Households, Party::of(city, org)), amount);
        super::books::receive(city, org, amount);
        if i < city.suppliers.len() {
            let s = SupplierId(i as u32);
            let vat = vat + part(amount, city.suppliers.vat[s]);
            city.suppliers.sales[s] += amount - vat;
            city.suppliers.consumption[s] = amount - vat;
            city.suppliers.vat_due[s] += vat;
        }
    }
}
