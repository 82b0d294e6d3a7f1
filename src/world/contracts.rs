//! Needs of the anchors and the contracts that meet them.

use crate::base::money::Pence;
use crate::place::city::Category;

/// A standing need of one anchor in one category, and the contract that meets it now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contract {
    /// Identity of the need; the same in every run of a place.
    pub need: u64,
    pub anchor: u16,
    pub category: u8,
    /// How many times this need has been let.
    pub letting: u16,
    /// Supplier's row, or `NOBODY` while nobody holds it.
    pub supplier: u32,
    /// Identity of the supplier at award: a successor in the same place does not inherit the contract.
    pub supplier_identity: u64,
    /// Instalment a month, net of VAT, pence: the need's budget.
    pub monthly: Pence,
    pub first_month: u16,
    /// First month after the contract.
    pub end_month: u16,
    /// Price paid over the reference price of the category: volume delivered is budget over price.
    pub price: f64,
}

/// One award, as it is reported.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Award {
    pub month: u16,
    pub contract: u32,
    pub anchor: u16,
    pub category: u8,
    pub monthly: Pence,
    pub months: u16,
    pub invited: u16,
    pub local_invited: u16,
    pub lowest_price: f64,
    pub price: f64,
    pub quality: f64,
    pub supplier: u32,
    pub sector: u8,
    pub zone: u8,
    pub ownership: u8,
}

/// Where bidders for a category are found: rows and cumulated weights, fixed at the start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pool {
    pub suppliers: Vec<u32>,
    pub cumulated: Vec<f64>,
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
        pool
    }
    /// The member at this point (0..1) of the cumulated weights.
    pub fn at(&self, u: f64) -> Option<u32> {
        let total = *self.cumulated.last()?;
        let i = self.cumulated.partition_point(|&c| c <= u * total);
        Some(self.suppliers[i.min(self.suppliers.len() - 1)])
    }
    pub fn is_empty(&self) -> bool {
        self.suppliers.is_empty()
    }
}

/// All needs, the categories, the pools of bidders, and the awards of the month.
#[derive(Clone, Default)]
pub struct Contracts {
    pub rows: Vec<Contract>,
    pub categories: Vec<Category>,
    /// Pools of bidders by category: city, region, country.
    pub pools: Vec<[Pool; 3]>,
    /// Mean winning price under the neutral rules, by category: the reference of `Contract::price`.
    pub reference_price: Vec<f64>,
    pub awards: Vec<Award>,
}
