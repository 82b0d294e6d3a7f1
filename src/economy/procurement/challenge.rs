//! Stage 8, challenge: discretion used above the threshold carries a risk of a legal challenge, which costs
//! money and time.

use super::Chance;
use super::package::Tender;
use crate::base::draws::Purpose;
use crate::base::money::pence;
use crate::economy::plan::Rules;
use crate::place::vocabulary::{Route, Sector};
use crate::scenario::settings::{DeliveryRules, Financing};
use crate::world::City;
use crate::world::costs::{Cost, Payee};

/// Chance that an award is challenged. Discretion is 0 to 1: half for engaging the market, half for questions
/// made for the contract.
pub fn chance_of_challenge(of: &DeliveryRules, above_threshold: bool, discretion: f64) -> f64 {
    if above_threshold {
        of.challenge_chance * (1.0 + of.challenge_rises_with_discretion * discretion)
    } else {
        0.0
    }
}

/// Is the award of this lot challenged? An award is held up once.
pub fn made(city: &City, rules: &Rules, tender: &Tender, lot: usize, chance: &Chance) -> bool {
    let row = &city.contracts.rows[tender.lots[lot][0]];
    let of = rules.of(tender.anchor, tender.category);
    // A direct award above the threshold can be challenged like a tender.
    let open = matches!(tender.route, Route::Open | Route::Direct) && tender.value_gbp >= of.threshold_gbp;
    let discretion = 0.5 * f64::from(u8::from(tender.engaged)) + 0.5 * f64::from(u8::from(tender.tailored));
    let p = chance_of_challenge(&city.settings.procurement.delivery, open, discretion);
    let p = p * of.challenge_factor;
    !row.challenged && p > 0.0 && chance.month.chance(p, Purpose::Challenge, row.key(), 0)
}

/// The award waits. The holder goes on meanwhile, where there is one.
pub fn hold_up(city: &mut City, tender: &Tender, lot: usize) {
    let of = city.settings.procurement.delivery.clone();
    let until = city.month.saturating_add(of.challenge_delay_months.max(1));
    city.costs.push(Cost {
        what: "challenges",
        spender: tender.anchor,
        amount: pence(of.challenge_cost_gbp * city.scale),
        financed_by: Financing::Budget,
        payee: Payee::Trade(Sector::M),
    });
    for &i in &tender.lots[lot] {
        let holds = super::need::incumbent(city, &city.contracts.rows[i]).is_some();
        let row = &mut city.contracts.rows[i];
        row.challenged = true;
        row.held_up_until = until;
        if holds {
            row.end_month = until;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load;

    /// 0.5% with no discretion, twice that with all of it, none below the threshold.
    #[test]
    fn chance_by_hand() {
        let of = load("leeds/baseline", &[]).unwrap_or_else(|e| panic!("{e}")).settings.procurement.delivery;
        let of = DeliveryRules { challenge_chance: 0.005, challenge_rises_with_discretion: 1.0, ..of };
        assert_eq!(chance_of_challenge(&of, true, 0.0), 0.005);
        assert_eq!(chance_of_challenge(&of, true, 1.0), 0.01);
        assert_eq!(chance_of_challenge(&of, false, 1.0), 0.0);
    }
}
