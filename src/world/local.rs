//! What "local" means, measured eight ways for every supplier.
//!
//! Computed from the city's state (staff, recipes, links, debts), not from one month's flows, so that a slack
//! month of a firm changes nothing. Cheap enough for once a year: two passes over links and staff.

use super::City;
use super::orgs::NOBODY;
use super::suppliers::SupplierId;
use super::synthesis::OUTSIDE_BUYS_IN_CITY;
use crate::base::col::{Col, Id};
use crate::base::draws::{Draws, Purpose};
use crate::base::links::Links;
use crate::base::money::WHOLE;
use crate::base::parallel::{CHUNK, add_up, each_into};
use crate::place::vocabulary::{LocalDefinition, Ownership, Sector, Zone};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// Chance that a group which delivers from outside has a branch or building in the city, and that an independent
/// firm or charity has (assumed: no register of outside bidders' sites was found; to be swept 0.2 to 0.6).
const GROUP_HAS_BRANCH: f64 = 0.4;
const INDEPENDENT_HAS_BRANCH: f64 = 0.05;
/// Passes over the links in which re-spending settles. City purchases are under a third of sales, so that
/// what ten passes leave out is below 0.3^10 of a pound.
const PASSES: usize = 10;

/// How local each supplier is, 0 to 1 (upstream: pounds per pound), by [`LocalDefinition`] in its order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LocalShares {
    pub rows: Col<SupplierId, [f32; LocalDefinition::COUNT]>,
}

/// A supplier's shares that the others are made of.
#[derive(Clone, Copy, Default)]
struct Basis {
    /// Pay that goes to residents, as a share of pay.
    residents: f64,
    /// Ownership claims held in the city, as a share of all of them.
    owned: f64,
    /// Profit after tax per pound of net sales.
    profit: f64,
}

impl LocalShares {
    /// Measure every supplier of a city.
    pub fn compute(city: &City) -> LocalShares {
        let residents = pay_to_residents(city);
        let basis = of_each(city, |s| basis(city, s, &residents));
        city.shelf.give(residents);
        // The chain of purchases is gone through link by link; all else meanwhile.
        let own = || {
            of_each(city, |s| {
                let (of, profit) = (&basis[s.index()], profit_retained(city, s, &basis));
                let [here, seat, branch] = [here(city, s), headquarters(city, s), branch(city, s)];
                let shares = [here, seat, branch, of.residents, materials(city, s), of.owned, profit, 0.0];
                shares.map(|share| share as f32)
            })
        };
        let (mut rows, upstream) = rayon::join(own, || upstream(city, &basis));
        for (row, upstream) in rows.iter_mut().zip(&upstream) {
            row[LocalDefinition::COUNT - 1] = *upstream as f32;
        }
        city.shelf.give(upstream);
        city.shelf.give(basis);
        LocalShares { rows: Col::from_vec(rows) }
    }

    /// How local a supplier is under one definition.
    pub fn of(&self, supplier: SupplierId, definition: LocalDefinition) -> f64 {
        f64::from(self.rows[supplier][definition.index()])
    }
}

/// Something about every supplier.
fn of_each<T: Send + 'static>(city: &City, of: impl Fn(SupplierId) -> T + Sync + Send) -> Vec<T> {
    let n = city.suppliers.len();
    each_into(city.shelf.with_room(n), n, |i| of(SupplierId::from_index(i)))
}

fn here(city: &City, s: SupplierId) -> f64 {
    f64::from(u8::from(city.suppliers.zone[s] == Zone::City))
}

/// The seat of the group: branches and financialised groups are run from outside; a locally headquartered
/// group from the city, wherever the unit that delivers lies; all other firms from where they are.
fn headquarters(city: &City, s: SupplierId) -> f64 {
    match city.suppliers.ownership[s] {
        Ownership::LocalGroup => 1.0,
        Ownership::NationalBranch | Ownership::MultinationalBranch | Ownership::Financialised => 0.0,
        Ownership::Family
        | Ownership::Independent
        | Ownership::Cooperative
        | Ownership::Vcse
        | Ownership::Public => here(city, s),
    }
}

/// A firm outside has a branch by a draw that is the supplier's own, the same in all replicates.
fn branch(city: &City, s: SupplierId) -> f64 {
    let chance = match city.suppliers.ownership[s] {
        _ if city.suppliers.zone[s] == Zone::City => return 1.0,
        Ownership::LocalGroup => return 1.0,
        Ownership::NationalBranch | Ownership::MultinationalBranch | Ownership::Financialised => {
            GROUP_HAS_BRANCH
        }
        Ownership::Family
        | Ownership::Independent
        | Ownership::Cooperative
        | Ownership::Vcse
        | Ownership::Public => INDEPENDENT_HAS_BRANCH,
    };
    let luck = Draws::new(city.settings.run.seed, 0).in_month(0);
    f64::from(u8::from(luck.chance(chance, Purpose::BranchInCity, city.suppliers.identity[s], 0)))
}

/// Pay of residents and all pay, by supplier: contractual pay of the staff now.
fn pay_to_residents(city: &City) -> Vec<[i64; 2]> {
    let of = &city.workers;
    let staff = of.employer.rows().par_chunks(CHUNK).zip(of.household.rows().par_chunks(CHUNK));
    let none = || city.shelf.zeros(city.suppliers.len());
    let of_chunk = |sums: &mut Vec<[i64; 2]>, ((employer, household), pay): Staff| {
        for ((employer, household), amount) in employer.iter().zip(household).zip(pay) {
            if let Some(of) = sums.get_mut(*employer as usize) {
                of[0] += if *household == NOBODY { 0 } else { i64::from(*amount) };
                of[1] += i64::from(*amount);
            }
        }
    };
    add_up(staff.zip(of.pay.rows().par_chunks(CHUNK)), none, of_chunk, |all, more| {
        city.shelf.join(all, more, |x, y| *x = [x[0] + y[0], x[1] + y[1]])
    })
}

/// Employers, households and pay of a chunk of workers.
type Staff<'a> = ((&'a [u32], &'a [u32]), &'a [i32]);

fn basis(city: &City, s: SupplierId, pay: &[[i64; 2]]) -> Basis {
    let r = &city.suppliers.recipe[s];
    let [to_residents, all] = pay[s.index()];
    let owner_here = city.suppliers.owner[s] != NOBODY;
    // A firm without staff is its owner's work.
    let residents = match all {
        0 => f64::from(u8::from(owner_here && city.suppliers.zone[s] == Zone::City)),
        _ => to_residents as f64 / all as f64,
    };
    // Claims: the staff's part, then owners' by where they live. Lenders own nothing.
    let staff = r.profit_to_staff as f64 / WHOLE as f64;
    let owners = r.profit[..4].iter().sum::<u64>() as f64;
    let in_city = if owner_here { r.profit[0] as f64 } else { 0.0 };
    let of_owners = if owners > 0.0 { in_city / owners } else { 0.0 };
    let owned = staff * residents + (1.0 - staff) * of_owners;
    Basis { residents, owned, profit: profit(city, s) }
}

/// Profit after tax per pound of net sales, by the recipe.
fn profit(city: &City, s: SupplierId) -> f64 {
    let r = &city.suppliers.recipe[s];
    let links: u64 = city.suppliers.links.row(s.index()).iter().map(|l| l.share).sum();
    let costs = links + r.costs_but_links();
    let before_tax = WHOLE.saturating_sub(costs) as f64 / WHOLE as f64;
    before_tax * (1.0 - r.profit_tax as f64 / WHOLE as f64)
}

fn is_here(city: &City, seller: u32) -> bool {
    city.suppliers.zone.rows().get(seller as usize) == Some(&Zone::City)
}

/// Inputs bought in the city over all bought. Of a bidder outside whose purchases elsewhere are not modelled,
/// the share by which its zone buys in the city.
fn materials(city: &City, s: SupplierId) -> f64 {
    let outside: u64 = city.suppliers.recipe[s].outside_inputs.iter().sum();
    let links = city.suppliers.links.row(s.index());
    let here: u64 = links.iter().filter(|l| is_here(city, l.seller)).map(|l| l.share).sum();
    let all = outside + links.iter().map(|l| l.share).sum::<u64>();
    match city.suppliers.zone[s] {
        Zone::Region if outside == 0 => OUTSIDE_BUYS_IN_CITY[0],
        Zone::Country if outside == 0 => OUTSIDE_BUYS_IN_CITY[1],
        _ if all == 0 => 0.0,
        _ => here as f64 / all as f64,
    }
}

/// Of profit after tax, interest and rent that it pays, what stays. Profit stays with residents who own it or
/// work for it; interest leaves; rent paid to a property firm of the city stays as far as that firm is owned
/// in the city. Rent paid straight to landlords outside is not kept apart from other inputs and is left out.
fn profit_retained(city: &City, s: SupplierId, basis: &[Basis]) -> f64 {
    let (r, of) = (&city.suppliers.recipe[s], basis[s.index()]);
    let all: f64 = r.profit.iter().sum::<u64>() as f64;
    if all == 0.0 && r.profit_to_staff == 0 {
        return 0.0;
    }
    let staff = r.profit_to_staff as f64 / WHOLE as f64;
    let owner_here = city.suppliers.owner[s] != NOBODY;
    let to_owners = if owner_here && all > 0.0 { r.profit[0] as f64 / all } else { 0.0 };
    let mut stays = of.profit * (staff * of.residents + (1.0 - staff) * to_owners);
    let sales = city.suppliers.expected[s].max(1) as f64;
    let interest = city.suppliers.debt[s] as f64 * city.settings.firms.interest_rate / 12.0 / sales;
    let mut paid = of.profit + interest;
    for link in city.suppliers.links.row(s.index()) {
        if city.suppliers.sector.rows().get(link.seller as usize) == Some(&Sector::L) {
            let rent = link.share as f64 / WHOLE as f64;
            paid += rent;
            stays += rent * here(city, SupplierId(link.seller)) * basis[link.seller as usize].owned;
        }
    }
    if paid > 0.0 { stays / paid } else { 0.0 }
}

/// Pounds re-spent in the city per pound of turnover: u = pay of residents + profit of owners in the city +
/// rates kept by the council + Σ purchases in the city × (1 + u of the seller). Households do not spend again
/// here: the chain is the firms'.
fn upstream(city: &City, basis: &[Basis]) -> Vec<f64> {
    let whole = WHOLE as f64;
    let own = of_each(city, |s| {
        let (r, of) = (&city.suppliers.recipe[s], &basis[s.index()]);
        let staff = r.profit_to_staff as f64 / whole;
        let all = r.profit.iter().sum::<u64>() as f64;
        let owner_here = city.suppliers.owner[s] != NOBODY && all > 0.0;
        let after_tax = (1.0 - staff) * (1.0 - r.owner_tax as f64 / whole);
        let owners = if owner_here { after_tax * r.profit[0] as f64 / all } else { 0.0 };
        let pay = (r.pay as f64 / whole + of.profit * staff) * of.residents;
        let council = if city.anchors.council.is_some() { r.rates_council as f64 / whole } else { 0.0 };
        pay + of.profit * owners + council
    });
    // What each buys in the city, packed, since it is gone through again and again.
    let room =
        (city.shelf.with_room(own.len() + 1), city.shelf.with_room(city.suppliers.links.items().len()));
    let mut bought = Links::in_columns(room);
    for i in 0..own.len() {
        let here = city.suppliers.links.row(i).iter().filter(|l| is_here(city, l.seller));
        bought.push_row(here.map(|l| (l.seller, l.share as f64 / whole)));
    }
    let mut u = city.shelf.copy(&own);
    for _ in 0..PASSES {
        for (i, direct) in own.iter().enumerate() {
            let bought = bought.row(i).iter();
            u[i] = direct + bought.map(|(seller, share)| share * (1.0 + u[*seller as usize])).sum::<f64>();
        }
    }
    let (starts, links) = bought.into_columns();
    city.shelf.give(own);
    city.shelf.give(starts);
    city.shelf.give(links);
    u
}
