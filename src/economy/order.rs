//! Phase 3, order: anchors receive their income from outside and pay contract instalments; outside buyers and
//! suppliers order; orders above capacity are rationed in proportion and buyers turn to the next supplier
//! they know.

use super::books::{Books, Kind};
use super::plan::Plan;
use crate::base::col::Id;
use crate::base::money::{Pence, Share, WHOLE, part};
use crate::base::parallel::map_chunks;
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::flows::Payment;
use crate::world::orgs::{NOBODY, OrgId, Outside};
use crate::world::suppliers::SupplierId;

/// Fill the month's orders.
pub fn fill(city: &mut City, plan: &Plan, books: &mut Books) {
    open_month(city);
    anchors_buy(city, plan, books);
    let wanted = desired_inputs(city);
    let exports = desired_exports(city);
    let ratio = rationing(city, &wanted, &exports);
    outside_buys(city, &exports, &ratio, books);
    suppliers_buy(city, &wanted, &ratio, books);
}

fn open_month(city: &mut City) {
    city.suppliers.received.fill(0);
    city.suppliers.sales.fill(0);
    city.suppliers.turned_away.fill(0);
    city.suppliers.consumption.fill(0);
    city.anchors.received.fill(0);
    city.households.received.fill(0);
    city.flows.supplier.fill(Default::default());
    city.flows.household.fill(Default::default());
    city.flows.anchor.fill(Default::default());
    city.flows.payments.clear();
}

/// The sales a supplier's uses are set by: last month's when everything is linear, else what it expects.
#[inline]
pub fn base(city: &City, s: SupplierId) -> Pence {
    if city.linear() { city.suppliers.sales_last[s] } else { city.suppliers.expected[s] }
}

/// An anchor's uses scale with its receipts when everything is linear (the council spends what it receives).
pub fn anchor_factor(city: &City, a: AnchorId) -> Share {
    let normal = city.anchors.normal_receipts[a];
    if !city.linear() || normal <= 0 {
        return WHOLE;
    }
    ((u128::from(city.anchors.received_last[a].max(0) as u64) << 32) / normal as u128) as Share
}

fn anchors_buy(city: &mut City, plan: &Plan, books: &mut Books) {
    const PAYERS: [Outside; 4] = [Outside::Government, Outside::RegionFirms, Outside::CountryFirms, Outside::World];
    for i in 0..city.anchors.len() {
        let a = AnchorId::from_index(i);
        let to = city.orgs.anchor(i);
        for (payer, amount) in PAYERS.into_iter().zip(city.anchors.outside_income[a]) {
            let from = city.orgs.outside(payer);
            books.pay(city, Kind::AnchorIncome, (from, to), amount);
        }
    }
    for i in 0..city.anchors.len() {
        let a = AnchorId::from_index(i);
        let (from, to) = (city.orgs.anchor(i), city.orgs.outside(Outside::CountryFirms));
        let amount = part(city.anchors.received_last[a], city.anchors.remitted[a]);
        city.flows.anchor[i].remitted = amount;
        books.pay(city, Kind::Dividends, (from, to), amount);
    }
    let factors: Vec<Share> = (0..city.anchors.len()).map(|i| anchor_factor(city, AnchorId::from_index(i))).collect();
    for i in 0..city.contracts.rows.len() {
        let row = city.contracts.rows[i];
        if row.supplier == NOBODY {
            continue;
        }
        let budget = plan.rules(city.month, row.anchor as usize, row.category as usize).budget;
        let amount = part((row.monthly as f64 * budget).round() as Pence, factors[row.anchor as usize]);
        buy(city, (row.anchor, row.category, row.supplier), amount, (Kind::Contract, books));
    }
    for i in 0..city.anchors.petty.len() {
        let p = city.anchors.petty[i];
        let factor = city.anchors.petty_factor[AnchorId(u32::from(p.anchor))];
        let budget = plan.rules(city.month, p.anchor as usize, p.category as usize).budget;
        let amount = part((p.monthly as f64 * factor * budget).round() as Pence, factors[p.anchor as usize]);
        let org = city.suppliers.stand_in.rows().get(p.org as usize).copied().unwrap_or(p.org);
        buy(city, (p.anchor, p.category, org), amount, (Kind::Petty, books));
    }
}

/// One purchase by an anchor, with the VAT on it that the anchor cannot recover; bounded by its cash.
fn buy(city: &mut City, (anchor, category, org): (u16, u8, u32), amount: Pence, (kind, books): (Kind, &mut Books)) {
    let a = AnchorId(u32::from(anchor));
    let from = city.orgs.anchor(anchor as usize);
    let vat = part(amount, city.anchors.irrecoverable_vat[a]);
    if amount <= 0 || amount + vat > city.cash[from] {
        return;
    }
    books.pay(city, kind, (from, OrgId(org)), amount);
    let government = city.orgs.outside(Outside::Government);
    books.pay(city, Kind::IrrecoverableVat, (from, government), vat);
    if (org as usize) < city.suppliers.len() {
        city.suppliers.sales[SupplierId(org)] += amount;
    }
    city.flows.payments.push(Payment { anchor, category, org, amount, contract: kind == Kind::Contract });
    let uses = &mut city.flows.anchor[anchor as usize];
    uses.procurement += amount;
    uses.irrecoverable_vat += vat;
}

/// What each supplier would pay along each link. A local-sourcing norm above its habit moves part of what it
/// buys outside to the sellers it knows in the city.
fn desired_inputs(city: &City) -> Vec<Pence> {
    let links = &city.suppliers.links;
    let chunks = map_chunks(city.suppliers.len(), 4096, |range| {
        let mut out = Vec::with_capacity(links.starts()[range.end] as usize - links.starts()[range.start] as usize);
        for i in range {
            let s = SupplierId::from_index(i);
            let base = if city.suppliers.active[s] { base(city, s) } else { 0 };
            let more = norm_factor(city, s);
            out.extend(links.row(i).iter().map(|l| {
                let order = part(base, l.share);
                if more > 1.0 { (order as f64 * more).round() as Pence } else { order }
            }));
        }
        out
    });
    chunks.concat()
}

/// How much more a supplier buys along its links than its habit, from its norm; the rest of its domestic
/// inputs falls by as much.
fn norm_factor(city: &City, s: SupplierId) -> f64 {
    let norm = f64::from(city.suppliers.norm[s]);
    if norm <= 0.0 {
        return 1.0;
    }
    let linked: Share = city.suppliers.links.row(s.index()).iter().map(|l| l.share).sum();
    let r = &city.suppliers.recipe[s];
    let outside = (r.outside_inputs[0] + r.outside_inputs[1]) as f64;
    if linked == 0 { 1.0 } else { 1.0 + city.settings.norms.sourcing_response * norm * outside / linked as f64 }
}

/// Outside demand for each supplier: its sector's total shared over the firms that are open.
fn desired_exports(city: &City) -> Vec<Pence> {
    let of = &city.suppliers;
    let mut open = [0i64; crate::place::city::SECTORS];
    for i in 0..of.len() {
        let s = SupplierId::from_index(i);
        if of.active[s] {
            open[of.sector[s].index()] += of.export_weight[s];
        }
    }
    (0..of.len())
        .map(|i| {
            let s = SupplierId::from_index(i);
            let (all, weights) = (city.market.exports[of.sector[s].index()], open[of.sector[s].index()]);
            if of.active[s] && weights > 0 {
                (i128::from(all) * i128::from(of.export_weight[s]) / i128::from(weights)) as Pence
            } else {
                0
            }
        })
        .collect()
}

/// The share of orders each supplier can fill: capacity less contracts and the sales to households that it
/// expects, over what is ordered.
fn rationing(city: &City, wanted: &[Pence], exports: &[Pence]) -> Vec<Share> {
    let mut ordered = exports.to_vec();
    for (link, order) in city.suppliers.links.items().iter().zip(wanted) {
        ordered[link.seller as usize] += order;
    }
    (0..city.suppliers.len())
        .map(|i| {
            let s = SupplierId::from_index(i);
            if !city.suppliers.active[s] {
                return 0;
            }
            if !city.settings.mechanisms.capacity || city.suppliers.zone[s] != Zone::City {
                return WHOLE;
            }
            let room = capacity(city, s) - city.suppliers.sales[s] - city.suppliers.expected_consumption[s];
            if room >= ordered[i] || ordered[i] == 0 {
                WHOLE
            } else {
                ((u128::from(room.max(0) as u64) << 32) / ordered[i] as u128) as Share
            }
        })
        .collect()
}

/// Net sales a month that a supplier's staff can deliver, with the slack firms keep.
pub fn capacity(city: &City, s: SupplierId) -> Pence {
    let pay = city.suppliers.recipe[s].pay;
    if pay == 0 {
        return city.suppliers.normal_sales[s] * 4;
    }
    let bill = city.employers.wage_bill[crate::world::employers::EmployerId::from_index(s.index())];
    let at_rest = (u128::from(bill.max(0) as u64) << 32) / u128::from(pay);
    (at_rest as f64 * (1.0 + city.settings.firms.capacity_slack)) as Pence
}

fn outside_buys(city: &mut City, exports: &[Pence], ratio: &[Share], books: &mut Books) {
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

fn suppliers_buy(city: &mut City, wanted: &[Pence], ratio: &[Share], books: &mut Books) {
    // What the usual seller cannot fill goes to the next supplier known, as far as that one has room; the
    // rest is bought in the country.
    let mut spare: Vec<Pence> = Vec::new();
    for i in 0..city.suppliers.len() {
        let s = SupplierId::from_index(i);
        let room = capacity(city, s) - city.suppliers.sales[s] - city.suppliers.expected_consumption[s];
        let unbounded = !city.settings.mechanisms.capacity;
        spare.push(if unbounded { Pence::MAX / 4 } else if ratio[i] == WHOLE { room } else { 0 });
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
}

fn pay_for_inputs(city: &mut City, sold: Vec<Pence>, wanted: &[Pence], books: &mut Books) {
    let zones = [Outside::RegionFirms, Outside::CountryFirms, Outside::World].map(|o| city.orgs.outside(o));
    let government = city.orgs.outside(Outside::Government);
    for i in 0..city.suppliers.len() {
        let s = SupplierId::from_index(i);
        let org = city.orgs.supplier(i);
        let group = super::books::group_of(city, org);
        let paid: Pence = city.suppliers.links.range(i).map(|l| city.flows.links[l] + city.flows.backups[l]).sum();
        city.cash[org] -= paid;
        books.post(Kind::Inputs, group, super::books::Group::Suppliers, paid);
        let base = if city.suppliers.active[s] { base(city, s) } else { 0 };
        let habit: Pence = city.suppliers.links.row(i).iter().map(|l| part(base, l.share)).sum();
        let moved = city.suppliers.links.range(i).map(|l| wanted[l]).sum::<Pence>() - habit;
        let recipe = city.suppliers.recipe[s];
        let outside = [0, 1, 2].map(|k| part(base, recipe.outside_inputs[k]));
        let mut less = moved.max(0);
        for k in 0..3 {
            let cut = if k < 2 { less.min(outside[k]) } else { 0 };
            less -= cut;
            let amount = city.flows.supplier[s].outside_inputs[k] + outside[k] - cut;
            city.flows.supplier[s].outside_inputs[k] = amount;
            books.pay(city, Kind::Inputs, (org, zones[k]), amount);
        }
        let taxes = part(base, recipe.product_taxes);
        city.flows.supplier[s].national_taxes += taxes;
        books.pay(city, Kind::IrrecoverableVat, (org, government), taxes);
    }
    for (i, amount) in sold.into_iter().enumerate() {
        let s = SupplierId::from_index(i);
        city.cash[city.orgs.supplier(i)] += amount;
        city.suppliers.received[s] += amount;
        city.suppliers.sales[s] += amount;
    }
}
