//! Orders filled and paid, by outside buyers and by suppliers.

use super::base;
use super::capacity::Room;
use super::over_links::fill_links;
use super::wanted::{BUYERS, Orders, lifts};
use crate::base::col::Id;
use crate::base::money::{Pence, Share, part, round};
use crate::base::parallel::add_up;
use crate::economy::books::slips::{Side, Slips};
use crate::economy::books::{Books, Kind, Party};
use crate::economy::procurement::clauses;
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::flows::SupplierUses;
use crate::world::orgs::Outside;
use crate::world::suppliers::{Link, SupplierId};
use rayon::prelude::*;

/// Cash, receipts, sales and what is turned away of a chunk of suppliers.
type Sellers<'a> = (((&'a mut [Pence], &'a mut [Pence]), &'a mut [Pence]), &'a mut [Pence]);

/// Buyers outside pay for what they are sold.
pub(super) fn outside_buys(city: &mut City, exports: &[Pence], ratio: &[Share], books: &mut Books) {
    let mut cash = std::mem::take(&mut city.cash);
    let mut received = std::mem::take(&mut city.suppliers.received);
    let mut sales = std::mem::take(&mut city.suppliers.sales);
    let mut turned_away = std::mem::take(&mut city.suppliers.turned_away);
    let (read, parties): (&City, &[u16]) = (city, books.parties());
    let money = cash.rows_mut()[..exports.len()].par_chunks_mut(BUYERS);
    let chunks = (money.zip(received.rows_mut().par_chunks_mut(BUYERS)))
        .zip(sales.rows_mut().par_chunks_mut(BUYERS))
        .zip(turned_away.rows_mut().par_chunks_mut(BUYERS));
    let of_chunk = |slips: &mut Slips,
                    (chunk, (((cash, received), sales), turned_away)): (usize, Sellers)| {
        for k in 0..cash.len() {
            let i = chunk * BUYERS + k;
            let sold = part(exports[i], ratio[i]);
            turned_away[k] += exports[i] - sold;
            cash[k] += sold;
            received[k] += sold;
            sales[k] += sold;
            by_payers(read, i, sold, |payer, amount| {
                slips.received(Kind::Exports, parties[i], Side::Outside(payer), amount);
            });
        }
    };
    let slips =
        add_up(chunks.enumerate(), || Slips::none(read), of_chunk, |slips, more| slips.join(read, more));
    city.cash = cash;
    city.suppliers.received = received;
    city.suppliers.sales = sales;
    city.suppliers.turned_away = turned_away;
    books.post_slips(city, slips);
}

/// Who pays how much of what supplier `i` sells outside.
fn by_payers(city: &City, i: usize, sold: Pence, mut pays: impl FnMut(Outside, Pence)) {
    if sold == 0 {
        return;
    }
    let shares = city.market.export_payers[city.suppliers.sector[SupplierId::from_index(i)].index()];
    let mut left = sold;
    for (payer, k) in [(Outside::RegionFirms, 0), (Outside::CountryFirms, 1), (Outside::Government, 3)] {
        // Rounded down: nothing here is below zero.
        let amount = (sold as f64 * shares[k]) as Pence;
        pays(payer, amount);
        left -= amount;
    }
    pays(Outside::World, left);
}

/// Suppliers buy their inputs; `energy` is the rise of its price, which they pay on top.
pub(super) fn suppliers_buy(
    city: &mut City,
    Orders { moved, over_links }: Orders,
    (ratio, room): (&[Share], Room),
    (energy, books): (f64, &mut Books),
) {
    let sold = fill_links(city, over_links, (ratio, room));
    pay_for_inputs(city, &sold, &moved, books);
    city.shelf.give(sold);
    city.shelf.give(moved);
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

/// Cash and uses of a chunk of suppliers.
type Buyers<'a> = (&'a mut [Pence], &'a mut [SupplierUses]);

/// Each buyer pays its sellers, firms outside and the taxes on inputs; then sellers have what they sold.
fn pay_for_inputs(city: &mut City, sold: &[Pence], moved: &[Pence], books: &mut Books) {
    let mut cash = std::mem::take(&mut city.cash);
    let mut uses = std::mem::take(&mut city.flows.supplier);
    let (read, parties): (&City, &[u16]) = (city, books.parties());
    let count = Party::count(read.anchors.len());
    let none = || (Slips::none(read), vec![0 as Pence; count * count]);
    let money = cash.rows_mut()[..sold.len()].par_chunks_mut(BUYERS);
    let chunks = money.zip(uses.rows_mut().par_chunks_mut(BUYERS)).enumerate();
    let of_chunk = |(slips, between): &mut (Slips, Vec<Pence>), (chunk, (cash, uses)): (usize, Buyers)| {
        for (k, (cash, uses)) in cash.iter_mut().zip(uses).enumerate() {
            let i = chunk * BUYERS + k;
            let party = parties[i];
            for l in read.suppliers.links.range(i) {
                let link = read.suppliers.links.items()[l];
                for (seller, paid) in
                    [(link.seller, read.flows.links[l]), (link.backup, read.flows.backups[l])]
                {
                    if paid > 0 {
                        *cash -= paid;
                        between[usize::from(party) * count + usize::from(parties[seller as usize])] += paid;
                    }
                }
            }
            let (outside, taxes) = inputs_from_outside(read, i, moved[i]);
            for (zone, amount) in outside.into_iter().enumerate() {
                uses.outside_inputs[zone] += amount;
                *cash -= uses.outside_inputs[zone];
                slips.paid(Kind::Inputs, party, Side::Outside(ZONES[zone]), uses.outside_inputs[zone]);
            }
            uses.national_taxes += taxes;
            uses.product_taxes += taxes;
            *cash -= taxes;
            slips.paid(Kind::IrrecoverableVat, party, Side::Outside(Outside::Government), taxes);
        }
    };
    let (slips, between) = add_up(chunks, none, of_chunk, |(slips, mut between), (more, others)| {
        between.iter_mut().zip(others).for_each(|(x, y)| *x += y);
        (slips.join(read, more), between)
    });
    city.cash = cash;
    city.flows.supplier = uses;
    books.post_slips(city, slips);
    for (at, paid) in between.into_iter().enumerate().filter(|(_, paid)| *paid != 0) {
        let parties = (Party::from_index(at / count), Party::from_index(at % count));
        books.post_between(Kind::Inputs, parties, paid);
    }
    let of = &mut city.suppliers;
    let sellers = (city.cash.rows_mut()[..sold.len()].par_chunks_mut(BUYERS))
        .zip(of.received.rows_mut().par_chunks_mut(BUYERS))
        .zip(of.sales.rows_mut().par_chunks_mut(BUYERS));
    sellers.zip(sold.par_chunks(BUYERS)).for_each(|(((cash, received), sales), sold)| {
        for (k, sold) in sold.iter().enumerate() {
            cash[k] += sold;
            received[k] += sold;
            sales[k] += sold;
        }
    });
}

const ZONES: [Outside; 3] = [Outside::RegionFirms, Outside::CountryFirms, Outside::World];

/// What supplier `i` buys from firms of each zone outside by habit, less what it has moved to the city, and the taxes on
/// its inputs.
fn inputs_from_outside(city: &City, i: usize, moved: Pence) -> ([Pence; 3], Pence) {
    let s = SupplierId::from_index(i);
    let base = if city.suppliers.active[s] { base(city, s) } else { 0 };
    let recipe = &city.suppliers.recipe[s];
    // Dearer sellers are paid more for what they take over: only the rest is bought less outside.
    let premium = lifts(city, s).map_or(0, |of| {
        let links = city.suppliers.links.row(i).iter();
        let dearer = |l: &Link| part(base, l.share) as f64 * of.premium(clauses::is_goods(city, l.seller));
        round(links.map(dearer).sum::<f64>())
    });
    let mut less = (moved - premium).max(0);
    let mut outside = recipe.outside_inputs.map(|share| part(base, share));
    for amount in &mut outside[..2] {
        let cut = less.min(*amount);
        less -= cut;
        *amount -= cut;
    }
    (outside, part(base, recipe.product_taxes))
}
