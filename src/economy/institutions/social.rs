//! What becomes of a firm that an institution founds or helps to convert: it takes another form in its place in the
//! market, and when it closes the place is again what it was.

use crate::base::col::Id;
use crate::base::money::share;
use crate::place::city::FormFacts;
use crate::place::tax::TaxSystem;
use crate::place::vocabulary::{Ownership, Zone};
use crate::world::City;
use crate::world::institutions::{Helped, SocialFirm};
use crate::world::suppliers::{Recipe, SupplierId};

/// Survival to years 1, 2, 3 and 5 of co-operatives (Co-operatives UK 2018; self-selected, published); year 4 between.
/// After five years the hazard of the fifth stands.
const SURVIVAL: [f64; 5] = [0.96, 0.91, 0.87, 0.834, 0.80];

/// Monthly hazard of closing in a year of age (0 for the first).
pub fn hazard_of_supported(years: usize) -> f64 {
    let k = years.min(SURVIVAL.len() - 1);
    let before = if k == 0 { 1.0 } else { SURVIVAL[k - 1] };
    1.0 - libm::pow(SURVIVAL[k] / before, 1.0 / 12.0)
}

/// The recipe of a firm that changes its form: what it does with its profit, and how that is taxed. What it buys stays.
pub fn with_form(recipe: Recipe, form: Ownership, of: &FormFacts, law: &TaxSystem) -> Recipe {
    let keeps_staff = matches!(form, Ownership::Cooperative | Ownership::Vcse);
    let taxed = !matches!(form, Ownership::Family | Ownership::Vcse | Ownership::Public);
    let to_city = if keeps_staff { 0.0 } else { of.to_city_owners };
    let profit =
        [to_city, of.to_region_owners, of.to_country_owners, of.to_world_owners, of.to_finance].map(share);
    Recipe {
        profit,
        profit_to_staff: share(if keeps_staff { of.to_city_owners } else { 0.0 }),
        profit_tax: share(if taxed { law.corporation_tax } else { 0.0 }),
        ..recipe
    }
}

/// A firm takes a social form.
pub(super) fn take_form(
    city: &mut City,
    s: SupplierId,
    form: Ownership,
    (helped, category): (Helped, Option<u8>),
) {
    let of = city.background.forms[form.index()];
    let before = (city.suppliers.ownership[s], city.suppliers.recipe[s]);
    city.suppliers.recipe[s] = with_form(before.1, form, &of, &city.law);
    city.suppliers.ownership[s] = form;
    let firm = SocialFirm {
        supplier: s.0,
        identity: city.suppliers.identity[s],
        helped,
        since: city.month,
        closed: None,
        category,
        buyout: 0,
        before,
    };
    city.institutions.social.push(firm);
}

/// Note the enterprises that have closed, and give their places back.
pub(super) fn those_that_closed(city: &mut City) {
    for k in 0..city.institutions.social.len() {
        let firm = &city.institutions.social[k];
        let s = SupplierId(firm.supplier);
        let gone = !city.suppliers.active[s] || city.suppliers.identity[s] != firm.identity;
        if firm.closed.is_none() && gone {
            let (ownership, recipe) = firm.before;
            city.suppliers.ownership[s] = ownership;
            city.suppliers.recipe[s] = recipe;
            let month = city.month;
            city.institutions.social[k].closed = Some(month);
        }
    }
}

/// The enterprise in a place that an institution has helped, while it is open.
pub fn helped(city: &City, s: SupplierId) -> Option<&SocialFirm> {
    let of = |firm: &&SocialFirm| {
        firm.supplier == s.0 && firm.closed.is_none() && firm.identity == city.suppliers.identity[s]
    };
    city.institutions.social.iter().rev().find(of)
}

/// A place in the city of a section that stands vacant, by a race; shops are left out, and places where one is to open
/// already.
pub(super) fn vacant_place(
    city: &City,
    wanted: impl Fn(SupplierId) -> bool,
    arrival: impl Fn(SupplierId) -> f64,
) -> Option<SupplierId> {
    let of = &city.suppliers;
    (0..of.len())
        .map(SupplierId::from_index)
        .filter(|s| !of.active[*s] && of.zone[*s] == Zone::City && of.normal_sales[*s] > 0 && !of.shop[*s])
        .filter(|s| !city.shocks.is_shut(s.index(), city.month) && of.ownership[*s] != Ownership::Public)
        .filter(|s| wanted(*s))
        .min_by(|a, b| arrival(*a).total_cmp(&arrival(*b)).then(a.cmp(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twelve months at the hazard of the first year leave 96 in a hundred; five years leave 80.
    #[test]
    fn survival_by_hand() {
        let after = |years: usize| {
            (0..years).map(|year| libm::pow(1.0 - hazard_of_supported(year), 12.0)).product::<f64>()
        };
        for (years, expected) in [(1, 0.96), (2, 0.91), (3, 0.87), (5, 0.80)] {
            assert!((after(years) - expected).abs() < 1e-12, "{years}");
        }
        assert_eq!(hazard_of_supported(9), hazard_of_supported(4));
    }

    /// A co-operative keeps for its staff what a family keeps, sends the rest where it did, and is taxed as a company.
    #[test]
    fn form_by_hand() {
        let of = FormFacts { to_city_owners: 0.9, to_country_owners: 0.1, ..FormFacts::default() };
        let law = TaxSystem { corporation_tax: 0.25, ..TaxSystem::default() };
        let now = with_form(Recipe { pay: 7, ..Recipe::default() }, Ownership::Cooperative, &of, &law);
        assert_eq!((now.pay, now.profit_to_staff, now.profit[0]), (7, share(0.9), 0));
        assert_eq!((now.profit[2], now.profit_tax), (share(0.1), share(0.25)));
        assert_eq!(with_form(Recipe::default(), Ownership::Vcse, &of, &law).profit_tax, 0);
    }
}
