//! Orders filled and paid, by outside buyers and by suppliers.

use super::base;
use super::capacity::capacity;
use super::wanted::lifts;
use crate::base::col::Id;
use crate::base::money::{Pence, Share, WHOLE, part};
use crate::economy::books::{Books, Kind};
use crate::economy::procurement::clauses;
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::orgs::{NOBODY, Outside};
use crate::world::suppliers::{Link, SupplierId};

pub(super) fn outside_buys(city: &mut City, exports: &[Pence], ratio: &[Share], books: &mut Books) {
    let payers = [Outside::RegionFirms, Outside::CountryFirms, Outside::World, Outside::Government]
        .map(|o| city.orgs.outside(o));
    for i in 0..city.suppliers.len() {
        let s = SupplierId::from_index(i);
        let sold = part(exports[i], ratio[i]);
        city.suppliers.turned_away[s] += exports[i] - sold;
        if sold == 0 {
            continue;
        }
        let shares = city.market.export_payers[city.suppliers.sector[s].index()];
        let mut left = sold;
        for k in [0, 1, 3] {
            let amount = (sold as f64 * shares[k]).floor() as Pence;
            books.pay(city, Kind::Exports, (payers[k], city.orgs.supplier(i)), amount);
            left -= amount;
        }
        books.pay(city, Kind::Exports, (payers[2], city.orgs.supplier(i)), left);
        city.suppliers.sales[s] += sold;
    }
}

/// Suppliers buy their inputs; `energy` is the rise of its price, which they pay on top.
pub(super) fn suppliers_buy(
    city: &mut City,
    wanted: &[Pence],
    ratio: &[Share],
    (energy, books): (f64, &mut Books),
) {
    // What the usual seller cannot fill goes to the next supplier known, as far as that one has room; the
    // rest is bought in the country.
    let mut spare: Vec<Pence> = Vec::new();
    for (i, filled) in ratio.iter().enumerate() {
        let s = SupplierId::from_index(i);
        let room = capacity(city, s) - city.suppliers.sales[s] - city.suppliers.expected_consumption[s];
        let unbounded = !city.settings.mechanisms.capacity;
        spare.push(if unbounded {
            Pence::MAX / 4
        } else if *filled == WHOLE {
            room
        } else {
            0
        });
    }
    let mut sold = vec![0 as Pence; city.suppliers.len()];
    for i in 0..city.suppliers.len() {
        for l in city.suppliers.links.range(i) {
            let link = city.suppliers.links.items()[l];
            let filled = part(wanted[l], ratio[link.seller as usize]);
            let mut unmet = wanted[l] - filled;
            city.flows.links[l] = filled;
            city.flows.backups[l] = 0;
            sold[link.seller as usize] += filled;
            if unmet > 0 {
                let seller = SupplierId(link.seller);
                city.suppliers.turned_away[seller] += unmet;
                if link.backup != NOBODY && city.suppliers.active[SupplierId(link.backup)] {
                    let room = &mut spare[link.backup as usize];
                    let taken = unmet.min((*room).max(0));
                    *room -= taken;
                    city.flows.backups[l] = taken;
                    sold[link.backup as usize] += taken;
                    unmet -= taken;
                }
                city.flows.supplier[SupplierId::from_index(i)].outside_inputs[1] += unmet;
            }
        }
    }
    pay_for_inputs(city, sold, wanted, books);
    pay_for_dearer_energy(city, energy, books);
}

/// What dearer energy costs firms in the city beyond the price before: paid to the world, where fuel is bought.
fn pay_for_dearer_energy(city: &mut City, rise: f64, books: &mut Books) {
    if rise <= 0.0 {
        return;
    }
    let world = city.orgs.outside(Outside::World);
    for i in 0..city.suppliers.len() {
        let s = SupplierId::from_index(i);
        if !city.suppliers.active[s] || city.suppliers.zone[s] != Zone::City {
            continue;
        }
        let share = city.background.energy_share(city.suppliers.sector[s], city.suppliers.shop[s]);
        let amount = (base(city, s) as f64 * share * rise).round() as Pence;
        city.flows.supplier[s].outside_inputs[2] += amount;
        books.pay(city, Kind::Inputs, (city.orgs.supplier(i), world), amount);
    }
}

fn pay_for_inputs(city: &mut City, sold: Vec<Pence>, wanted: &[Pence], books: &mut Books) {
    let zones = [Outside::RegionFirms, Outside::CountryFirms, Outside::World].map(|o| city.orgs.outside(o));
    let government = city.orgs.outside(Outside::Government);
    for i in 0..city.suppliers.len() {
        let s = SupplierId::from_index(i);
        let org = city.orgs.supplier(i);
        for l in city.suppliers.links.range(i) {
            let link = city.suppliers.links.items()[l];
            for (seller, paid) in [(link.seller, city.flows.links[l]), (link.backup, city.flows.backups[l])] {
                if paid > 0 {
                    city.cash[org] -= paid;
                    books.post_orgs(Kind::Inputs, (org, city.orgs.supplier(seller as usize)), paid);
                }
            }
        }
        let base = if city.suppliers.active[s] { base(city, s) } else { 0 };
        let habit: Pence = city.suppliers.links.row(i).iter().map(|l| part(base, l.share)).sum();
        let moved = city.suppliers.links.range(i).map(|l| wanted[l]).sum::<Pence>() - habit;
        let recipe = city.suppliers.recipe[s];
        let outside = [0, 1, 2].map(|k| part(base, recipe.outside_inputs[k]));
        // Dearer sellers are paid more for what they take over: only the rest is bought less outside.
        let premium = lifts(city, s).map_or(0, |of| {
            let links = city.suppliers.links.row(i).iter();
            let dearer =
                |l: &Link| part(base, l.share) as f64 * of.premium(clauses::is_goods(city, l.seller));
            links.map(dearer).sum::<f64>().round() as Pence
        });
        let mut less = (moved - premium).max(0);
        for k in 0..3 {
            let cut = if k < 2 { less.min(outside[k]) } else { 0 };
            less -= cut;
            let amount = city.flows.supplier[s].outside_inputs[k] + outside[k] - cut;
            city.flows.supplier[s].outside_inputs[k] = amount;
            books.pay(city, Kind::Inputs, (org, zones[k]), amount);
        }
        let taxes = part(base, recipe.product_taxes);
        city.flows.supplier[s].national_taxes += taxes;
        city.flows.supplier[s].product_taxes += taxes;
        books.pay(city, Kind::IrrecoverableVat, (org, government), taxes);
    }
    for (i, amount) in sold.into_iter().enumerate() {
        let s = SupplierId::from_index(i);
        city.cash[city.orgs.supplier(i)] += amount;
        city.suppliers.received[s] += amount;
        city.suppliers.sales[s] += amount;
    }
}
