//! The population of a city, drawn from its statistics: deterministic for a seed and replicate, and matched
//! to the margins of the data.
//!
//! The order is the order of dependence: places of work, people, jobs, incomes, anchors and contracts, then
//! who buys from whom. Outside demand comes last and closes the accounts.

mod anchors;
mod contracts;
pub use contracts::{FLOOR_GBP, OWN_NI, length as contract_length};
mod demand;
pub use demand::{OUTSIDE_BUYS_IN_CITY, consumption_by_org, vat_by_org};
mod firms;
pub use firms::{RESALE, outside_by_seller, seat_here};
mod incomes;
mod jobs;
mod people;
mod sampling;
pub mod town;

use crate::base::col::{Col, Id};
use crate::base::date::Date;
use crate::base::draws::{Draws, Luck};
use crate::place::city::City as Facts;
use crate::scenario::settings::Settings;
use crate::world::City;
use crate::world::orgs::{Orgs, Outside};
use crate::world::outlets::TooManyOutlets;
use std::sync::Arc;

/// A city whose accounts are still to be closed.
pub struct Drawn {
    pub city: City,
    /// The facts, with norms relative to this city's average.
    facts: Facts,
}

/// A city that cannot be founded at its scale.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{city} at `run.scale` = {scale}: {cause}\n  remedy: set `run.scale` to {fits} or less")]
pub struct TooLarge {
    city: String,
    scale: f64,
    /// A scale at which it surely can: outlets are as many as the scale says, but for rounding.
    fits: f64,
    cause: TooManyOutlets,
}

impl TooLarge {
    fn new((city, scale): (&str, f64), cause: TooManyOutlets) -> TooLarge {
        let fits = scale * cause.most as f64 / cause.outlets as f64;
        TooLarge { city: city.into(), scale, fits: (99.0 * fits).floor() / 100.0, cause }
    }
}

/// Draw the people, firms and contracts of these facts. The same facts, settings, seed and replicate give the
/// same city.
pub fn draw(facts: &Facts, settings: Arc<Settings>, start: Date, draws: &Draws) -> Drawn {
    let luck = draws.in_month(0);
    let scale = settings.run.scale;
    let mut work = firms::places_of_work(facts, scale, &luck);
    let facts = firms::with_average_norm_of_one(facts, &work);
    let mut people = people::people(&facts, scale, &luck);
    let jobs = jobs::fill(&facts, &settings, &mut work, &mut people, &luck);
    firms::turnover(&facts, &mut work, &jobs);
    firms::standing(&mut work, &luck);
    let orgs = Orgs { suppliers: work.suppliers.len() as u32, anchors: facts.anchors.len() as u32 };
    let anchors = anchors::anchors(&facts, scale, &orgs, &jobs);
    incomes::incomes(&facts, scale, &mut people, &mut work, &jobs, &luck);
    incomes::settle(&mut people.households, &settings.households);
    let mut city = assemble(&facts, settings, start, (orgs, work, people, jobs, anchors));
    contracts::contracts(&facts, &mut city, &luck);
    Drawn { city, facts }
}

impl Drawn {
    /// Who buys from whom, what is sold outside, and the opening balances: once it is known who holds the
    /// anchors' contracts.
    pub fn close(self, draws: &Draws) -> Result<City, TooLarge> {
        let Drawn { mut city, facts } = self;
        let luck = draws.in_month(0);
        if let Err(cause) = demand::households_choose_outlets(&facts, &mut city, &luck) {
            return Err(TooLarge::new((&city.name, city.scale), cause));
        }
        demand::suppliers_choose_sellers(&facts, &mut city, &luck);
        demand::close_with_exports(&mut city);
        anchors::balance(&facts, &mut city);
        open_accounts(&mut city);
        Ok(city)
    }
}

type Parts = (Orgs, firms::Work, people::People, jobs::Jobs, crate::world::anchors::Anchors);

fn assemble(facts: &Facts, settings: Arc<Settings>, start: Date, parts: Parts) -> City {
    let (orgs, work, people, jobs, anchors) = parts;
    let burn_in = settings.run.burn_in_months;
    let market = jobs::market(facts, &settings, &people.workers);
    City {
        name: facts.name.clone(),
        price_year: facts.price_year.clone(),
        month: 0,
        epoch: start.plus(-i32::from(burn_in) - 1),
        burn_in,
        scale: settings.run.scale,
        law: facts.tax.clone(),
        wards: facts.wards.iter().map(|w| w.name.clone()).collect(),
        orgs,
        cash: Col::filled(0, orgs.len()),
        households: people.households,
        workers: people.workers,
        suppliers: work.suppliers,
        employers: jobs.employers,
        anchors,
        contracts: Default::default(),
        market,
        flows: Default::default(),
        background: crate::world::background::Background::of(facts),
        institutions: Default::default(),
        shocks: Default::default(),
        costs: Vec::new(),
        money: 0,
        shelf: Default::default(),
        settings,
    }
}

/// Opening balances: firms hold their reserve, anchors theirs; and the month's tables get their sizes.
pub(super) fn open_accounts(city: &mut City) {
    let reserve = city.settings.firms.reserve_months;
    for i in 0..city.suppliers.len() {
        let s = crate::world::suppliers::SupplierId::from_index(i);
        let org = city.orgs.supplier(i);
        if !city.suppliers.active[s] {
            continue;
        }
        city.cash[org] = (city.suppliers.normal_sales[s] as f64 * reserve) as i64 + city.suppliers.vat_due[s];
    }
    for i in 0..city.anchors.len() {
        let a = crate::world::anchors::AnchorId::from_index(i);
        let org = city.orgs.anchor(i);
        city.anchors.reserve[a] = city.anchors.normal_receipts[a] * 3 / 2;
        city.cash[org] = city.anchors.reserve[a];
    }
    debug_assert_eq!(city.orgs.outside(Outside::Finance).index() + 1, city.cash.len());
    city.flows.purchases = Col::filled(Default::default(), city.households.len());
    city.flows.household = Col::filled(Default::default(), city.households.len());
    city.flows.supplier = Col::filled(Default::default(), city.suppliers.len());
    city.flows.links = vec![0; city.suppliers.links.items().len()];
    city.flows.backups = vec![0; city.suppliers.links.items().len()];
    city.flows.anchor = vec![Default::default(); city.anchors.len()];
    city.flows.pay = vec![0; city.workers.len()];
    city.money = city.total_balance();
}

/// A draw for synthesis, by what is made and its number.
pub(super) fn unit(luck: &Luck, what: u32, number: u64, k: u32) -> f64 {
    // An address has 56 bits: the mark of a bidder outside the city, above them, is left out.
    let number = number & 0xffff_ffff_ffff;
    luck.uniform(crate::base::draws::Purpose::Synthesis, number << 8 | u64::from(what), k)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::vocabulary::Purchase;

    /// Half as many outlets again as can be told apart, at a scale of 3, would be just as many at 2: a little less is named.
    #[test]
    fn a_city_too_large_says_what_fits() {
        let cause = TooManyOutlets { purchase: Purchase::Recreation, outlets: 98_298, most: 65_532 };
        let told = TooLarge::new(("Leeds", 3.0), cause).to_string();
        let want = "Leeds at `run.scale` = 3: 98298 outlets sell recreation and culture, and at most 65532 can be told apart\n  \
                    remedy: set `run.scale` to 1.98 or less";
        assert_eq!(told, want);
    }
}
