//! Where households shop: usual outlets from short lists.

use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::parallel::{CHUNK, map_chunks};
use crate::base::philox_wide::{WIDE, lanes_from};
use crate::place::city::{City as Facts, PURCHASES, SECTORS};
use crate::place::vocabulary::{Ownership, Sector, Zone};
use crate::world::City;
use crate::world::contracts::Pool;
use crate::world::outlets::{Code, Distance, Sellers, ShortLists, Stands, TooManyOutlets};
use crate::world::suppliers::{SupplierId, Suppliers};
use crate::world::synthesis::sampling::pick;
use std::ops::Range;
use std::sync::Arc;

/// Give each household its usual outlet for each purchase, from its short list.
pub fn households_choose_outlets(facts: &Facts, city: &mut City, luck: &Luck) -> Result<(), TooManyOutlets> {
    city.market.outlet_pools = (0..PURCHASES).map(|p| outlet_pool(facts, &city.suppliers, p)).collect();
    city.market.trades = trades(&city.suppliers);
    city.market.sellers = Sellers::of_pools(&city.market.outlet_pools, city.orgs, city.anchors.water)?;
    city.households.short_lists = Arc::new(ShortLists::draw(city, luck));
    let read: &City = city;
    let stands = Stands::of(read);
    let chosen = map_chunks(read.households.len(), CHUNK, |range| first_choices(read, &stands, luck, range));
    city.households.outlets = crate::base::col::Col::from_vec(chosen.concat());
    Ok(())
}

/// Suppliers in the city by trade: sections, and the shops of section G apart.
fn trades(suppliers: &Suppliers) -> Vec<Pool> {
    let of = |wanted: usize| {
        Pool::new((0..suppliers.len()).filter_map(move |i| {
            let s = SupplierId::from_index(i);
            let here = suppliers.zone[s] == Zone::City && suppliers.trade(s) == wanted;
            here.then(|| (i as u32, suppliers.normal_sales[s].max(0) as f64))
        }))
    };
    (0..=SECTORS).map(of).collect()
}

/// Households that are gone through purchase by purchase, so that one table of outlets at a time is at hand.
const BLOCK: usize = 256;

/// The outlets that these households begin with: from each short list one, as they are drawn to it.
fn first_choices(
    city: &City,
    stands: &Stands,
    luck: &Luck,
    households: Range<usize>,
) -> Vec<[Code; PURCHASES]> {
    let lists = &city.households.short_lists;
    let same_ward = city.settings.households.same_ward_pull;
    let drawn = Distance::ALL.map(|distance| distance.pull(same_ward));
    let (mut all, mut pulls) = (vec![[0; PURCHASES]; households.len()], Vec::new());
    for (first, block) in households.step_by(BLOCK).zip(all.chunks_mut(BLOCK)) {
        for p in 0..PURCHASES {
            for (h, some) in (first..).step_by(WIDE).zip(block.chunks_mut(WIDE)) {
                let draws = luck.uniforms(Purpose::OutletChoice, lanes_from(h as u32), [p as u32; WIDE]);
                for ((h, chosen), draw) in (h..).zip(some).zip(draws) {
                    let (list, ward) = (lists.of(h, p), city.households.ward.rows()[h]);
                    pulls.clear();
                    pulls.extend(list.iter().map(|option| drawn[stands.distance(p, *option, ward)]));
                    chosen[p] = list[pick(&pulls, draw).unwrap_or(0)];
                }
            }
        }
    }
    all
}

/// Sellers of a purchase in the city, so that sectors and kinds of seller have their shares.
fn outlet_pool(facts: &Facts, suppliers: &Suppliers, purchase: usize) -> Pool {
    let c = &facts.consumption;
    let mut size = [[0.0; 4]; SECTORS];
    let cell = |i: usize| {
        let s = SupplierId::from_index(i);
        let sector = suppliers.sector[s];
        let sells = suppliers.zone[s] == Zone::City
            && c.seller_sector[purchase][sector.index()] > 0.0
            && (sector != Sector::G || suppliers.shop[s]);
        sells.then(|| {
            (sector.index(), seller_kind(suppliers.ownership[s]), suppliers.normal_sales[s].max(0) as f64)
        })
    };
    for i in 0..suppliers.len() {
        if let Some((sector, kind, sales)) = cell(i) {
            size[sector][kind] += sales;
        }
    }
    // The shares of kinds are met within each sector as far as it has sellers of the kind.
    let member = |i: usize| {
        let (sector, kind, sales) = cell(i)?;
        let present: f64 =
            (0..4).filter(|k| size[sector][*k] > 0.0).map(|k| c.seller_kind[purchase][k]).sum();
        let share_of_kind = if present > 0.0 { c.seller_kind[purchase][kind] / present } else { 0.0 };
        let weight = c.seller_sector[purchase][sector] * share_of_kind * sales / size[sector][kind];
        Some((i as u32, weight))
    };
    Pool::new((0..suppliers.len()).filter_map(member))
}

fn seller_kind(form: Ownership) -> usize {
    match form {
        Ownership::Family | Ownership::Independent | Ownership::Cooperative | Ownership::Vcse => 0,
        Ownership::LocalGroup => 1,
        Ownership::NationalBranch | Ownership::MultinationalBranch | Ownership::Financialised => 2,
        Ownership::Public => 3,
    }
}
