//! A city from a town file: every agent as written, and the steady month that the shares imply.
//!
//! The month's receipts r of all agents solve r = B r + f, with B the shares that agents in the town pay each
//! other and f what comes from outside; the town starts in that month, rounded to pence.

mod agents;
mod staff;

use super::open_accounts;
use crate::base::col::{Col, Id};
use crate::base::date::Date;
use crate::base::money::pence;
use crate::place::city::SECTORS;
use crate::place::town::Town;
use crate::place::town_steady::{Ids, steady_month};
use crate::scenario::settings::Settings;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::contracts::Contracts;
use crate::world::employers::Employers;
use crate::world::households::HouseholdId;
use crate::world::market::Market;
use crate::world::orgs::Orgs;
use crate::world::outlets::TooManyOutlets;
use crate::world::suppliers::SupplierId;
use crate::world::workers::Workers;
use agents::{anchors, households, suppliers};
use staff::staff;
use std::sync::Arc;

/// What a town file cannot be run with.
#[derive(Debug, thiserror::Error)]
pub enum TownError {
    #[error(
        "the town {town} is written in fixed shares and runs with its mechanisms off: set mechanisms.{key} = false"
    )]
    Mechanism { town: String, key: &'static str },
    /// A town that was not read from a file, whose reading refuses this.
    #[error(
        "{town}: what the {list} in row {row} receives and passes on does not settle; let a larger share of its receipts leave the town"
    )]
    NoSteadyMonth { town: String, list: &'static str, row: usize },
    #[error("{0}")]
    Sellers(#[from] TooManyOutlets),
}

/// Build the town.
pub fn town(of: &Town, settings: Arc<Settings>, start: Date) -> Result<City, TownError> {
    refuse_mechanisms(of, &settings)?;
    let orgs = Orgs { suppliers: of.supplier.len() as u32, anchors: of.anchor.len() as u32 };
    let steady = steady_month(of).map_err(|(list, row)| TownError::NoSteadyMonth {
        town: of.name.clone(),
        list,
        row: row + 1,
    })?;
    let ids = Ids::new(of);
    let mut city = empty(of, settings, start, orgs);
    households(of, &ids, &steady, &mut city)?;
    suppliers(of, &ids, &steady, &mut city);
    staff(of, &ids, &steady, &mut city);
    anchors(of, &ids, &steady, &mut city);
    open_accounts(&mut city);
    for (h, file) in of.household.iter().enumerate() {
        let id = HouseholdId::from_index(h);
        city.households.deposits[id] = city.households.received_last[id] + pence(file.deposits_gbp);
    }
    for i in 0..city.suppliers.len() {
        let s = SupplierId::from_index(i);
        city.cash[city.orgs.supplier(i)] += city.suppliers.received_last[s];
    }
    for a in 0..city.anchors.len() {
        let id = AnchorId::from_index(a);
        city.cash[city.orgs.anchor(a)] += city.anchors.received_last[id];
    }
    city.money = city.total_balance();
    Ok(city)
}

fn refuse_mechanisms(of: &Town, settings: &Settings) -> Result<(), TownError> {
    let m = &settings.mechanisms;
    let on = [
        (m.capacity, "capacity"),
        (m.labour_market, "labour_market"),
        (m.prices, "prices"),
        (m.progressivity, "progressivity"),
        (m.entry_exit, "entry_exit"),
        (m.adaptation, "adaptation"),
        (m.norms, "norms"),
    ];
    match on.into_iter().find(|(on, _)| *on) {
        Some((_, key)) => Err(TownError::Mechanism { town: of.name.clone(), key }),
        None => Ok(()),
    }
}

fn empty(of: &Town, settings: Arc<Settings>, start: Date, orgs: Orgs) -> City {
    let burn_in = settings.run.burn_in_months;
    City {
        name: of.name.clone(),
        price_year: of.price_year.clone(),
        month: 0,
        epoch: start.plus(-i32::from(burn_in) - 1),
        burn_in,
        scale: 1.0,
        law: Default::default(),
        wards: vec![of.name.clone()],
        orgs,
        cash: Col::filled(0, orgs.len()),
        households: Default::default(),
        workers: Workers::default(),
        suppliers: Default::default(),
        employers: Employers::default(),
        anchors: Default::default(),
        contracts: Contracts::default(),
        market: market(of),
        flows: Default::default(),
        background: Default::default(),
        institutions: Default::default(),
        shocks: Default::default(),
        costs: Vec::new(),
        money: 0,
        shelf: Default::default(),
        settings,
    }
}

/// Outside demand by sector, all paid by the rest of the country.
fn market(of: &Town) -> Market {
    let mut exports = [0; SECTORS];
    for s in &of.supplier {
        exports[s.sector.index()] += pence(s.exports_gbp_month);
    }
    Market { exports, export_payers: [[0.0, 1.0, 0.0, 0.0]; SECTORS], ..Market::still() }
}
