//! Where bidders, sellers and outlets are found.

use super::City;
use super::employers::EmployerId;
use super::suppliers::SupplierId;
use crate::base::money::pounds;
use crate::place::vocabulary::{Ownership, Zone};
use serde::{Deserialize, Serialize};

/// Who may bid in one zone: enterprises that count as small, and the others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bidders {
    pub small: Pool,
    pub large: Pool,
}

impl Bidders {
    /// The member at this point (0..1) of the weights of both.
    pub fn at(&self, u: f64) -> Option<u32> {
        let (small, large) = (self.small.total(), self.large.total());
        let at = u * (small + large);
        if at < small || large <= 0.0 {
            self.small.at((at / small.max(f64::MIN_POSITIVE)).min(1.0))
        } else {
            self.large.at((at - small) / large)
        }
    }
    pub fn is_empty(&self) -> bool {
        self.small.is_empty() && self.large.is_empty()
    }
}

/// Turnover a year under which an enterprise outside the city counts as small (GBP; the limit of a medium
/// company in the Companies Act 2006, s. 465, before the change of 2025).
const SMALL_TURNOVER_GBP: f64 = 36e6;

/// An enterprise with fewer than 250 people and no group behind it.
pub fn is_small(city: &City, s: SupplierId) -> bool {
    match city.suppliers.ownership[s] {
        Ownership::Family | Ownership::Independent | Ownership::Cooperative | Ownership::Vcse => {
            if city.suppliers.zone[s] == Zone::City {
                city.employers.headcount[EmployerId(s.0)] < 250
            } else {
                12.0 * pounds(city.suppliers.turnover[s]) < SMALL_TURNOVER_GBP
            }
        }
        _ => false,
    }
}

const AT_ONCE: usize = 4;

/// Rows of suppliers and cumulated weights, fixed at the start.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pool {
    pub suppliers: Vec<u32>,
    cumulated: Vec<f64>,
    /// Where the search for a point begins: for each of as many equal parts of 0..1 as there are members, the first
    /// member that a point in it can fall on (the guide table of Chen and Asau 1974).
    guide: Vec<u32>,
}

impl Pool {
    pub fn new(members: impl IntoIterator<Item = (u32, f64)>) -> Pool {
        let mut pool = Pool::default();
        let mut sum = 0.0;
        for (supplier, weight) in members {
            if weight > 0.0 {
                sum += weight;
                pool.suppliers.push(supplier);
                pool.cumulated.push(sum);
            }
        }
        let parts = pool.cumulated.len();
        pool.guide.reserve(parts);
        let mut at = 0;
        for part in 0..parts {
            // A little lower than the part begins: which part a point is in is rounded.
            let least = part as f64 / parts as f64 * (1.0 - 1e-9) * sum;
            at += pool.cumulated[at..].iter().take_while(|c| **c <= least).count();
            pool.guide.push(at as u32);
        }
        pool
    }
    /// The member at this point (0..1) of the cumulated weights.
    pub fn at(&self, u: f64) -> Option<u32> {
        self.place(u).map(|place| self.suppliers[place])
    }
    /// Where that member stands.
    #[inline]
    pub fn place(&self, u: f64) -> Option<usize> {
        let total = *self.cumulated.last()?;
        let (aim, last) = (u * total, self.suppliers.len() - 1);
        let part = (u * self.guide.len() as f64) as usize;
        let from = self.guide[part.min(last)] as usize;
        Some(self.first_above(aim, from).min(last))
    }
    /// The first member from this one on that ends above the aim. Four are asked at once, since most often it is among
    /// them and which it is cannot be guessed.
    #[inline]
    fn first_above(&self, aim: f64, from: usize) -> usize {
        let mut at = from;
        while let Some(next) = self.cumulated.get(at..at + AT_ONCE) {
            let mut passed = 0;
            for end in next {
                passed += usize::from(*end <= aim);
            }
            at += passed;
            if passed < AT_ONCE {
                return at;
            }
        }
        at + self.cumulated[at..].iter().take_while(|end| **end <= aim).count()
    }
    /// Where the members stand, in falling order of their weights as the cumulated ones tell them; of equals the first.
    pub fn largest_first(&self) -> Vec<u32> {
        let before = std::iter::once(&0.0).chain(&self.cumulated);
        let weights: Vec<f64> = self.cumulated.iter().zip(before).map(|(to, from)| to - from).collect();
        let mut members: Vec<u32> = (0..self.suppliers.len() as u32).collect();
        members.sort_by(|a, b| weights[*b as usize].total_cmp(&weights[*a as usize]));
        members
    }
    fn total(&self) -> f64 {
        self.cumulated.last().copied().unwrap_or(0.0)
    }
    pub fn is_empty(&self) -> bool {
        self.suppliers.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::Pool;

    #[test]
    fn finds_what_a_plain_search_finds() {
        let weight = |i: u32| if i.is_multiple_of(7) { 0.0 } else { libm::exp(f64::from(i * 37 % 11)) };
        for members in [1, 2, 3, 100, 1000] {
            let pool = Pool::new((0..members).map(|i| (i + 1, weight(i + 1))));
            let total = pool.cumulated[pool.cumulated.len() - 1];
            let edges = pool.cumulated.iter().flat_map(|c| [(c / total).next_down(), c / total]);
            let even = (0..5000).map(|k| (f64::from(k) + 0.5) / 5000.0);
            for u in edges.chain(even).chain([1e-300, 1.0 - f64::EPSILON / 2.0]) {
                let plain = pool.cumulated.partition_point(|c| *c <= u * total);
                assert_eq!(pool.at(u), Some(pool.suppliers[plain.min(pool.suppliers.len() - 1)]), "{u}");
            }
        }
        assert_eq!(Pool::default().at(0.5), None);
    }
}
