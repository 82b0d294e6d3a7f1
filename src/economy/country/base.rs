//! The state from which a country is linked: what each city sold outside and what the others asked of it, as they were at
//! the end of burn-in. Orders afterwards are the city's own at the start, and what is asked beyond that.

use super::demand::Asked;
use super::links::Links;
use super::outside::{ByZone, OutsideMonth};
use crate::base::money::Pence;
use crate::place::city::SECTORS;
use crate::scenario::settings::BeyondCities;
use crate::world::City;
use crate::world::employers::{EmployerId, OUTSIDE_EMPLOYERS};

/// Orders from outside and posts outside of one city at the start.
#[derive(Clone, Debug)]
pub struct Start {
    /// By payer's zone and sector, pence a month.
    pub orders: ByZone,
    /// Of the world and central government together, and the share of it that the world pays.
    others: [(Pence, f64); SECTORS],
    /// Pay bill aimed at by the region's and the country's posts.
    bills: [Pence; 2],
}

impl Start {
    pub fn of(city: &City) -> Start {
        let mut start = Start { orders: [[0; SECTORS]; 2], others: [(0, 0.0); SECTORS], bills: [0; 2] };
        for sector in 0..SECTORS {
            let (all, payers) = (city.market.exports[sector], city.market.export_payers[sector]);
            for (orders, share) in start.orders.iter_mut().zip(payers) {
                orders[sector] = (all as f64 * share).floor() as Pence;
            }
            let left = all - start.orders[0][sector] - start.orders[1][sector];
            let (world, government) = (payers[2], payers[3]);
            let both = world + government;
            start.others[sector] = (left, if both > 0.0 { world / both } else { 1.0 });
        }
        for zone in 0..2 {
            start.bills[zone] = city.employers.target_bill[post_pool(city, zone)];
        }
        start
    }

    /// Let a city have these orders from the zones, and others as at the start.
    fn order(&self, city: &mut City, orders: &ByZone) {
        for (sector, (others, world)) in self.others.into_iter().enumerate() {
            let all = orders[0][sector] + orders[1][sector] + others;
            city.market.exports[sector] = all;
            if all > 0 {
                let share = |amount: Pence| amount as f64 / all as f64;
                let (region, country) = (share(orders[0][sector]), share(orders[1][sector]));
                let left = 1.0 - region - country;
                city.market.export_payers[sector] = [region, country, left * world, left * (1.0 - world)];
            }
        }
    }
}

fn post_pool(city: &City, zone: usize) -> EmployerId {
    use crate::base::col::Id;
    EmployerId::from_index(city.employers.len() - OUTSIDE_EMPLOYERS + zone)
}

/// Sums over the months from which means are taken.
#[derive(Clone, Debug, Default)]
pub struct Means {
    months: i64,
    asked: Vec<Asked>,
    out_commuters: Vec<[i64; 2]>,
}

impl Means {
    pub fn new(cities: usize) -> Means {
        Means { months: 0, asked: vec![Asked::default(); cities], out_commuters: vec![[0; 2]; cities] }
    }

    pub fn add(&mut self, asked: &[Asked], months: &[OutsideMonth]) {
        self.months += 1;
        for (sum, of) in self.asked.iter_mut().zip(asked) {
            for zone in 0..2 {
                sum.commuters[zone] += of.commuters[zone];
                sum.sales[zone].iter_mut().zip(&of.sales[zone]).for_each(|(a, b)| *a += b);
            }
        }
        for (sum, of) in self.out_commuters.iter_mut().zip(months) {
            (0..2).for_each(|zone| sum[zone] += of.out_commuters[zone]);
        }
    }

    fn of(&self, sum: i64) -> i64 {
        (sum as f64 / self.months.max(1) as f64).round() as i64
    }

    /// The state to which the months added up.
    pub fn base(&self, start: Vec<Start>, beyond: BeyondCities) -> Base {
        let mean = |of: &Asked| Asked {
            sales: of.sales.map(|row| row.map(|sum| self.of(sum))),
            commuters: of.commuters.map(|sum| self.of(sum)),
        };
        let asked: Vec<Asked> = self.asked.iter().map(mean).collect();
        let out_commuters: Vec<[i64; 2]> =
            self.out_commuters.iter().map(|sums| sums.map(|sum| self.of(sum))).collect();
        let links = Links {
            sold: sums(start.iter().map(|of| &of.orders)),
            asked: sums(asked.iter().map(|of| &of.sales)),
            at_work: [0, 1].map(|zone| out_commuters.iter().map(|of| of[zone]).sum()),
            asked_for: [0, 1].map(|zone| asked.iter().map(|of| of.commuters[zone]).sum()),
            beyond,
        };
        Base { start, asked, out_commuters, links }
    }
}

fn sums<'a>(of: impl Iterator<Item = &'a ByZone>) -> ByZone {
    let mut all = [[0; SECTORS]; 2];
    for of in of {
        all.iter_mut().flatten().zip(of.iter().flatten()).for_each(|(a, b)| *a += b);
    }
    all
}

/// What linked cities start from.
#[derive(Clone, Debug)]
pub struct Base {
    pub start: Vec<Start>,
    /// What was asked of each city, a month on average.
    pub asked: Vec<Asked>,
    pub out_commuters: Vec<[i64; 2]>,
    pub links: Links,
}

/// What of a city's orders is not asked by other cities (pence a month; of a country, the sum over its cities).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rest {
    /// Orders at the start beyond what was asked then; below nought where more was asked.
    pub at_start: Pence,
    /// Of what is asked beyond that, what the rest of the country takes over (with its sign).
    pub taken_over: Pence,
    /// What orders would be below nought.
    pub cut_off: Pence,
}

impl Rest {
    pub fn all(self) -> Pence {
        self.at_start + self.taken_over + self.cut_off
    }

    pub fn add(&mut self, more: Rest) {
        self.at_start += more.at_start;
        self.taken_over += more.taken_over;
        self.cut_off += more.cut_off;
    }
}

impl Base {
    /// Orders of a city when this is asked of it, and what of them is the rest of the country's.
    pub fn orders(&self, city: usize, asked: &Asked) -> (ByZone, Rest) {
        let (start, usual) = (&self.start[city].orders, &self.asked[city].sales);
        let (mut orders, mut rest) = ([[0; SECTORS]; 2], Rest::default());
        for zone in 0..2 {
            for sector in 0..SECTORS {
                let more = asked.sales[zone][sector] - usual[zone][sector];
                let reaches = (more as f64 * self.links.goods(zone, sector)).round() as Pence;
                let wanted = start[zone][sector] + reaches;
                orders[zone][sector] = wanted.max(0);
                rest.add(Rest {
                    at_start: start[zone][sector] - usual[zone][sector],
                    taken_over: reaches - more,
                    cut_off: (-wanted).max(0),
                });
            }
        }
        (orders, rest)
    }

    /// Residents of a city with work in a zone when so many are asked for where usually others are, and the pay bill that
    /// stands for them.
    pub fn posts(&self, city: usize, zone: usize, (asked, usually): (i64, i64)) -> (i64, Pence) {
        let (usual, bill) = (self.out_commuters[city][zone], self.start[city].bills[zone]);
        let more = (asked - usually) as f64 * self.links.people(zone);
        let heads = (usual + more.round() as i64).max(0);
        if usual <= 0 {
            return (0, bill);
        }
        (heads, (i128::from(bill) * i128::from(heads) / i128::from(usual)) as Pence)
    }

    /// Let a city have the orders that are asked of it, from next month on.
    pub fn order(&self, i: usize, city: &mut City, asked: &Asked) -> (ByZone, Rest) {
        let (orders, rest) = self.orders(i, asked);
        self.start[i].order(city, &orders);
        (orders, rest)
    }

    /// Let its residents have the work outside that is asked of them.
    pub fn employ(&self, i: usize, city: &mut City, asked: [i64; 2], usually: [i64; 2]) {
        if city.settings.mechanisms.labour_market {
            for zone in 0..2 {
                let pool = post_pool(city, zone);
                city.employers.target_bill[pool] = self.posts(i, zone, (asked[zone], usually[zone])).1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(beyond: BeyondCities) -> Base {
        let mut orders = [[0; SECTORS]; 2];
        (orders[0][3], orders[1][3]) = (1_000, 500);
        let start = Start { orders, others: [(0, 1.0); SECTORS], bills: [90_000, 0] };
        let mut asked = Asked { commuters: [40, 0], ..Asked::default() };
        (asked.sales[0][3], asked.sales[1][3]) = (2_000, 100);
        let mut means = Means::new(1);
        let month = OutsideMonth { out_commuters: [30, 0], ..OutsideMonth::default() };
        for _ in 0..2 {
            means.add(std::slice::from_ref(&asked), std::slice::from_ref(&month));
        }
        means.base(vec![start], beyond)
    }

    /// What is usual leaves orders and posts as they were; a change reaches the city whole, or in the proportion of what
    /// it sold to what was asked: a half of the region's, all of the country's. Three quarters of the people are the
    /// city's residents under both.
    #[test]
    fn by_hand() {
        let mut asked = base(BeyondCities::Fixed).asked[0].clone();
        for beyond in [BeyondCities::Fixed, BeyondCities::InProportion] {
            let of = base(beyond);
            let (orders, rest) = of.orders(0, &asked);
            assert_eq!(orders, of.start[0].orders);
            assert_eq!(rest, Rest { at_start: -600, ..Rest::default() });
            assert_eq!(of.posts(0, 0, (40, 40)), (30, 90_000));
        }
        asked.sales[0][3] -= 100;
        asked.sales[1][3] += 60;
        let (fixed, part) = (base(BeyondCities::Fixed), base(BeyondCities::InProportion));
        let of = |base: &Base, asked: &Asked| {
            let (orders, rest) = base.orders(0, asked);
            (orders[0][3], orders[1][3], rest.taken_over, rest.cut_off)
        };
        assert_eq!(of(&fixed, &asked), (900, 560, 0, 0));
        // The rest of the country sells 50 less.
        assert_eq!(of(&part, &asked), (950, 560, 50, 0));
        for base in [&fixed, &part] {
            assert_eq!(base.posts(0, 0, (36, 40)), (27, 81_000));
        }
        // Nobody orders less than nothing.
        asked.sales[0][3] = 0;
        assert_eq!(of(&fixed, &asked), (0, 560, 0, 1_000));
    }
}
