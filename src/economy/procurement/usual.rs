//! What clauses find at bidders outside: the pay and inputs of their section's firms in the city.

use super::clauses::{fraction, is_goods, outside_inputs};
use crate::base::col::Id;
use crate::place::city::SECTORS;
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::contracts::Usual;
use crate::world::suppliers::SupplierId;

/// Means of each section over the firms open in the city, weighted by their usual sales; of all sections where a small city has
/// no firm of one.
pub fn of_sections(city: &City) -> Vec<Usual> {
    let of = &city.suppliers;
    let mut sums = vec![Sum::default(); SECTORS];
    let mut all = Sum::default();
    for s in of.active.ids().filter(|s| of.active[*s] && of.zone[*s] == Zone::City) {
        let (services, goods) = domestic_inputs(city, s);
        let usual = Usual { pay: fraction(of.recipe[s].pay), services, goods };
        let sales = of.normal_sales[s] as f64;
        sums[of.sector[s].index()].add(sales, &usual);
        all.add(sales, &usual);
    }
    sums.into_iter().map(|sum| if sum.sales > 0.0 { sum.mean() } else { all.mean() }).collect()
}

#[derive(Clone, Copy, Default)]
struct Sum {
    sales: f64,
    of: Usual,
}

impl Sum {
    fn add(&mut self, sales: f64, usual: &Usual) {
        self.sales += sales;
        self.of.pay += sales * usual.pay;
        self.of.services += sales * usual.services;
        self.of.goods += sales * usual.goods;
    }

    fn mean(&self) -> Usual {
        let per = |x: f64| if self.sales > 0.0 { x / self.sales } else { 0.0 };
        Usual { pay: per(self.of.pay), services: per(self.of.services), goods: per(self.of.goods) }
    }
}

/// What a firm of the city buys in city, region and country per pound of sales: works and services, goods.
fn domestic_inputs(city: &City, s: SupplierId) -> (f64, f64) {
    let (mut services, mut goods) = outside_inputs(city, s);
    for link in city.suppliers.links.row(s.index()) {
        let part = if is_goods(city, link.seller) { &mut goods } else { &mut services };
        *part += fraction(link.share);
    }
    (services, goods)
}

/// What stands for a bidder outside; nothing for one of the city, or where no clause asks.
pub fn of_bidder(city: &City, s: SupplierId) -> Option<&Usual> {
    let outside = city.suppliers.zone[s] != Zone::City;
    city.contracts.usual.get(city.suppliers.sector[s].index()).filter(|_| outside)
}

/// What a bidder outside could move to sellers in the city that it knows, and buys of them by habit, per pound of sales: works and
/// services, goods. It moves nothing of what it knows no seller for.
pub fn movable(city: &City, s: SupplierId) -> Option<[(f64, f64); 2]> {
    let usual = of_bidder(city, s)?;
    let mut linked = [0.0; 2];
    for link in city.suppliers.links.row(s.index()) {
        linked[usize::from(is_goods(city, link.seller))] += fraction(link.share);
    }
    let of = |k: usize, all: f64| {
        if linked[k] > 0.0 { ((all - linked[k]).max(0.0), linked[k]) } else { (0.0, 0.0) }
    };
    Some([of(0, usual.services), of(1, usual.goods)])
}
