//! Pay that policies add to the anchors' own: their officers, and the staff of own provision. They are hired
//! through the labour market.

use super::make_or_buy::labour;
use crate::base::col::Id;
use crate::base::money::{Pence, WHOLE};
use crate::economy::finance;
use crate::economy::plan::Rules;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::contracts::Provider;
use crate::world::employers::EmployerId;
use crate::world::synthesis::OWN_NI;

/// Gross pay in a cost with employer contributions and pension.
pub fn gross_pay(cost: Pence, pension: f64) -> Pence {
    (cost as f64 / (1.0 + OWN_NI + pension)).round() as Pence
}

/// Set the month's pay bills beyond the anchors' own payrolls.
pub fn set_extra_bills(city: &mut City, rules: &Rules) {
    let mut cost = finance::staff(city);
    for row in &city.contracts.rows {
        let payer = match row.provider {
            Provider::Market => continue,
            Provider::Own => row.anchor,
            Provider::Anchor(provider) => provider,
        };
        let budget = rules.of(row.anchor, row.category).budget;
        cost[payer as usize] += (labour(city, row) as f64 * budget).round() as Pence;
    }
    for (a, cost) in cost.into_iter().enumerate() {
        let e = EmployerId::from_index(city.suppliers.len() + a);
        let pension = city.employers.pension[e] as f64 / WHOLE as f64;
        city.anchors.extra_bill[AnchorId::from_index(a)] =
            gross_pay(cost, pension) + change_of_bill(city, a, rules.anchors[a].pay_change);
    }
}

/// Change of an anchor's own pay bill a month. While labour is fractional the staff of the start stay.
pub fn change_of_bill(city: &City, anchor: usize, change: f64) -> Pence {
    if change == 0.0 || !city.settings.mechanisms.labour_market {
        return 0;
    }
    let e = EmployerId::from_index(city.suppliers.len() + anchor);
    (city.employers.target_bill[e] as f64 * change).round() as Pence
}

/// The same with contributions and pension.
pub fn change_of_cost(city: &City, anchor: usize, change: f64) -> Pence {
    let e = EmployerId::from_index(city.suppliers.len() + anchor);
    let pension = city.employers.pension[e] as f64 / WHOLE as f64;
    (change_of_bill(city, anchor, change) as f64 * (1.0 + OWN_NI + pension)).round() as Pence
}

#[cfg(test)]
mod tests {
    use super::*;

    /// £130 with 12% contributions and 18% pension is £100 of pay.
    #[test]
    fn gross_pay_by_hand() {
        assert_eq!(gross_pay(13_000, 0.18), 10_000);
    }
}
