//! Phase 7, consume: households pay mortgage interest, choose a budget, spend it category by category at
//! their usual outlets, and save.

use super::books::tenths::{self, ByTenth};
use super::books::{Books, Kind, Party};
use super::plan::Rules;
use crate::base::col::Id;
use crate::base::money::{Pence, Share, WHOLE, part};
use crate::place::city::{DECILES, PURCHASES};
use crate::place::vocabulary::Purchase;
use crate::world::City;
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
    let mut plans = budgets(city);
    let surcharge = dearer_energy(city, rules.shocks.energy, &mut plans);
    let (takings, mut shopped) = shop(city, &plans);
    settle(city, &plans, books);
    pay_surcharge(city, &surcharge, &mut shopped, books);
    take(city, takings, books);
    books.divide_households(city, &shopped);
}

/// Mortgage interest, purchases and saving of each household.
fn budgets(city: &City) -> Vec<(Pence, Pence, Pence)> {
    (0..city.households.len()).into_par_iter().with_min_len(4096).map(|h| budget(city, h)).collect()
}

fn budget(city: &City, h: usize) -> (Pence, Pence, Pence) {
    let id = HouseholdId::from_index(h);
    let of = &city.households;
    let (deposits, uses) = (of.deposits[id], &city.flows.household[id]);
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

/// What dearer energy costs each household this month, taken off what it has for purchases; nothing when energy costs
/// what it did. The same energy is bought, and the rest of the budget is divided as before.
fn dearer_energy(city: &City, rise: f64, plans: &mut [(Pence, Pence, Pence)]) -> Vec<Pence> {
    if rise <= 0.0 {
        return Vec::new();
    }
    let purchase = Purchase::EnergyWaterRepairs.index();
    let energy = energy_part(city.market.water_share, city.market.place_of_sale[purchase][2]);
    let of = |(h, plan): (usize, &mut (Pence, Pence, Pence))| {
        let budget = &city.households.budgets[city.households.budget[HouseholdId::from_index(h)] as usize];
        let more = rise * energy * budget[purchase] as f64 / WHOLE as f64;
        let surcharge = ((plan.1 as f64 * more) as Pence).clamp(0, plan.1);
        plan.1 -= surcharge;
        surcharge
    };
    plans.iter_mut().enumerate().map(of).collect()
}

/// Energy in the budget for energy, water and repairs: without the water bill, what national suppliers sell.
fn energy_part(water: f64, sold_in_the_country: f64) -> f64 {
    (1.0 - water) * sold_in_the_country
}

/// The surcharge leaves the country: it is what fuel costs more in the world.
fn pay_surcharge(city: &mut City, surcharge: &[Pence], shopped: &mut ByTenth, books: &mut Books) {
    let world = city.orgs.outside(Outside::World);
    let mut all = 0;
    for (h, amount) in surcharge.iter().enumerate() {
        let id = HouseholdId::from_index(h);
        city.households.deposits[id] -= amount;
        city.flows.household[id].energy = *amount;
        shopped[Party::Outside(Outside::World).index()][tenths::tenth(city, id)] += amount;
        all += amount;
    }
    if all > 0 {
        books.from_households(city, Kind::Consumption, world, all);
    }
}

/// Purchases of each household at its outlets; takings are whole pence, so the order of addition is free.
fn shop(city: &mut City, plans: &[(Pence, Pence, Pence)]) -> (Takings, ByTenth) {
    let till = |party: u16| Till { amount: 0, vat: 0, party: party.into() };
    let empty: Takings = tenths::party_of_each(city).into_iter().map(till).collect();
    let none = tenths::by_tenth(city);
    let (of, vat_share) = (&city.households, &city.market.vat_share);
    let stand_in = city.suppliers.stand_in.rows();
    city.flows
        .purchases
        .rows_mut()
        .par_chunks_mut(8192)
        .enumerate()
        .fold(
            || (empty.clone(), none.clone()),
            |(mut takings, mut shopped): (Takings, ByTenth), (chunk, rows)| {
                for (k, row) in rows.iter_mut().enumerate() {
                    let h = chunk * 8192 + k;
                    let id = HouseholdId::from_index(h);
                    let budget = &of.budgets[of.budget[id] as usize];
                    *row = divide(plans[h].1, budget);
                    let tenth = usize::from(of.decile[id]).min(DECILES - 1);
                    for p in 0..PURCHASES {
                        let to = &mut takings[served_by(stand_in, of.outlets[id][p])];
                        let amount = Pence::from(row[p]);
                        to.amount += amount;
                        to.vat += part(amount, vat_share[p]);
                        shopped[to.party as usize][tenth] += amount;
                    }
                }
                (takings, shopped)
            },
        )
        .reduce(
            || (empty.clone(), none.clone()),
            |mut a, b| {
                for (x, y) in a.0.iter_mut().zip(b.0) {
                    x.amount += y.amount;
                    x.vat += y.vat;
                }
                tenths::add(&mut a.1, &b.1);
                a
            },
        )
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

fn settle(city: &mut City, plans: &[(Pence, Pence, Pence)], books: &mut Books) {
    let (mut all_interest, mut all_saving) = (0, 0);
    for (h, (interest, consumption, saving)) in plans.iter().enumerate() {
        let id = HouseholdId::from_index(h);
        city.households.deposits[id] -= interest + consumption + saving;
        let uses = &mut city.flows.household[id];
        uses.mortgage_interest = *interest;
        uses.saving = *saving;
        all_interest += interest;
        all_saving += saving;
    }
    let finance = city.orgs.outside(Outside::Finance);
    books.from_households(city, Kind::MortgageInterest, finance, all_interest);
    books.from_households(city, Kind::Saving, finance, all_saving);
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
