//! Where households shop: usual outlets from short lists.

use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::parallel::{CHUNK, map_chunks};
use crate::base::philox_wide::{WIDE, lanes_from};
use crate::place::city::{City as Facts, PURCHASES, SECTORS};
use crate::place::vocabulary::{Ownership, Sector, Zone};
use crate::world::City;
use crate::world::contracts::Pool;
use crate::world::outlets::ShortLists;
use crate::world::suppliers::{SupplierId, Suppliers};
use crate::world::synthesis::sampling::pick;
use std::ops::Range;

/// Give each household its usual outlet for each purchase, from its short list.
pub fn households_choose_outlets(facts: &Facts, city: &mut City, luck: &Luck) {
    city.market.outlet_pools = (0..PURCHASES).map(|p| outlet_pool(facts, &city.suppliers, p)).collect();
    city.market.trades = trades(&city.suppliers);
    let read: &City = city;
    let chosen = map_chunks(read.households.len(), CHUNK, |range| first_choices(read, luck, range));
    city.households.outlets = crate::base::col::Col::from_vec(chosen.concat());
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

/// The outlets that these households begin with: from each short list one, as they are drawn to it.
fn first_choices(city: &City, luck: &Luck, households: Range<usize>) -> Vec<[u32; PURCHASES]> {
    let n = city.settings.households.short_list.max(1) as usize;
    let mut lists = ShortLists::default();
    let of = |h: usize| {
        lists.fill(city, luck, n, (0..PURCHASES as u8).map(|p| (h as u32, p)));
        let draw = |from| luck.uniforms(Purpose::OutletChoice, [h as u32; WIDE], lanes_from(from));
        let draws = [draw(0), draw(WIDE as u32)];
        let mut chosen = [0; PURCHASES];
        for (p, outlet) in chosen.iter_mut().enumerate() {
            let (row, draw) = (p * n..(p + 1) * n, draws[p / WIDE][p % WIDE]);
            *outlet = lists.outlet[row.start + pick(&lists.pull[row], draw).unwrap_or(0)];
        }
        chosen
    };
    households.map(of).collect()
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
