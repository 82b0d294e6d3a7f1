//! How households spend: rules at which deposits stand still in the starting month.

use super::housing::RENT_CAP;
use super::{Month, direct_tax, disposable, receipts};
use crate::base::col::Id;
use crate::base::money::{WHOLE, share};
use crate::place::city::City as Facts;
use crate::world::households::{FixedShares, HouseholdId, Households, Spending};

/// Spending rules at which every household's deposits stand still in the starting month.
pub(super) fn spending(facts: &Facts, out: &mut Households, (now, months): (&[Month], &[Month])) {
    let c = &facts.consumption;
    let yd: Vec<i64> = (0..out.len()).map(|h| disposable(out, &months[h], h)).collect();
    let total: f64 = yd.iter().map(|y| (*y).max(0) as f64).sum();
    let spent_at = |factor: f64| {
        (0..out.len())
            .map(|h| {
                let apc = (c.average_propensity[out.decile.rows()[h] as usize] * factor).min(1.0);
                apc * yd[h].max(0) as f64
            })
            .sum::<f64>()
    };
    let (mut low, mut high) = (0.5, 1.6);
    for _ in 0..40 {
        let mid = 0.5 * (low + high);
        if spent_at(mid) < facts.people.average_propensity * total { low = mid } else { high = mid }
    }
    out.budgets = c.budget_shares.iter().map(|row| row.map(share)).collect();
    for h in 0..out.len() {
        let id = HouseholdId::from_index(h);
        let y = yd[h].max(0) as f64;
        let commitments = &mut out.commitments[id];
        commitments.rent = f64::from(commitments.rent).min(RENT_CAP * y) as i32;
        commitments.mortgage_interest = f64::from(commitments.mortgage_interest).min(0.3 * y) as i32;
        let housing = f64::from(commitments.rent) + f64::from(commitments.mortgage_interest);
        let apc = (c.average_propensity[out.decile[id] as usize] * low).min(1.0);
        let free = y - housing;
        let consumption = (apc * y - housing).clamp(0.5 * free, free);
        out.received_last[id] = receipts(out, &now[h], h);
        let y_now = disposable(out, &now[h], h).max(0) as f64;
        let free_now = (y_now - housing).max(0.0);
        let consumption_now = (apc * y_now - housing).clamp(0.5 * free_now, free_now);
        out.fixed[id] = fixed_shares(out, &now[h], h, consumption_now);
        out.spending[id] = Spending {
            subsistence: consumption as i32,
            buffer: (free - consumption) as i64,
            marginal: share(c.marginal_propensity[out.decile[id] as usize]),
        };
    }
}

fn fixed_shares(out: &Households, month: &Month, h: usize, consumption: f64) -> FixedShares {
    let id = HouseholdId::from_index(h);
    let all = receipts(out, month, h).max(1) as f64;
    let c = &out.commitments[id];
    FixedShares {
        direct_tax: share((direct_tax(out, month, h)) as f64 / all),
        pension: share(month.pension as f64 / all),
        council_tax: share(f64::from(c.council_tax) / all),
        rent: share(f64::from(c.rent) / all),
        mortgage_interest: share(f64::from(c.mortgage_interest) / all),
        consumption: share(consumption / all),
    }
}

/// Turn starting consumption and saving into the spending rule: called once the household settings are known.
pub fn settle(households: &mut Households, rules: &crate::scenario::settings::HouseholdRules) {
    for h in 0..households.len() {
        let id = HouseholdId::from_index(h);
        let (consumption, saving) =
            (households.spending[id].subsistence as f64, households.spending[id].buffer as f64);
        let housing = {
            let c = &households.commitments[id];
            f64::from(c.rent) + f64::from(c.mortgage_interest)
        };
        let disposable = consumption + saving + housing;
        let buffer = rules.buffer_months * (consumption + housing);
        let above = saving / rules.saving_speed_monthly;
        let marginal = households.spending[id].marginal as f64 / WHOLE as f64;
        let s = &mut households.spending[id];
        s.buffer = buffer as i64;
        s.subsistence = (consumption - marginal * disposable - rules.deposits_spent_monthly * above) as i32;
        households.deposits[id] = (buffer + above).round() as i64;
    }
}
