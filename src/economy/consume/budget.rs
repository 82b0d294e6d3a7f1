//! What a household spends, pays in mortgage interest and saves in a month.

use crate::base::money::{Pence, WHOLE, part};
use crate::place::vocabulary::Purchase;
use crate::world::City;
use crate::world::flows::{HouseholdUses, MOST_A_MONTH};
use crate::world::households::{FixedShares, HouseholdId, Spending};

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

/// Mortgage interest, purchases and saving of a household with these deposits and other uses.
#[inline]
pub(super) fn budget(
    city: &City,
    id: HouseholdId,
    deposits: Pence,
    uses: &HouseholdUses,
) -> (Pence, Pence, Pence) {
    let of = &city.households;
    if !city.settings.mechanisms.progressivity {
        let receipts = if city.linear() { of.received_last[id] } else { of.received[id] };
        let interest = part(receipts, of.fixed[id].mortgage_interest).min(deposits.max(0)).min(MOST_A_MONTH);
        let wanted = part(receipts, of.fixed[id].consumption) - forgone(&of.fixed[id], uses.levy.into());
        let consumption = wanted.clamp(0, MOST_A_MONTH).min(deposits - interest);
        let others = uses.deducted() + rent(uses);
        let left = deposits - interest - consumption;
        let saving = (receipts - others - interest - consumption).clamp(0, left).min(MOST_A_MONTH);
        return (interest, consumption, saving);
    }
    let interest = Pence::from(of.commitments[id].mortgage_interest).min(deposits.max(0));
    let disposable = of.received[id] - uses.deducted();
    let before = deposits - (disposable - rent(uses));
    let rules = &city.settings.households;
    let left = deposits - interest;
    // A buffer that is short is rebuilt, out of consumption, as fast as one that is over is saved.
    let short = before < of.spending[id].buffer;
    let speed = rules.deposits_spent_monthly + if short { rules.saving_speed_monthly } else { 0.0 };
    let consumption =
        desired_consumption(&of.spending[id], disposable, before, speed).min(left).min(MOST_A_MONTH);
    let above = (before - of.spending[id].buffer).max(0) as f64;
    let saving = ((above * rules.saving_speed_monthly) as Pence).min(left - consumption).min(MOST_A_MONTH);
    (interest, consumption, saving)
}

/// Rent and the tax on it.
fn rent(uses: &HouseholdUses) -> Pence {
    Pence::from(uses.rent) + Pence::from(uses.rent_tax)
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
pub(super) fn dearer_energy(city: &City, rise: f64, id: HouseholdId, consumption: Pence) -> Pence {
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
