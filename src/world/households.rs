//! Households: the people who share a budget.

use crate::base::col::Col;
use crate::base::money::{Pence, Share};
use crate::id;
use crate::place::city::PURCHASES;
use crate::world::outlets::{Code, ShortLists};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

id!(
    /// A household of the city.
    HouseholdId
);

/// Who a rent is paid to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Landlord {
    None,
    Household(HouseholdId),
    Org(super::orgs::OrgId),
}

/// What a household receives each month whatever happens to its work (pence a month).
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct SteadyIncome {
    /// State pension, child benefit and other benefits that do not depend on earnings; from government.
    pub from_government: i32,
    /// Private pensions and income from wealth held outside; from the financial system.
    pub from_finance: i32,
    /// Income tax due on the two.
    pub tax: i32,
    /// Universal Credit before the taper; 0 for a household that does not claim.
    pub credit_full: i32,
    /// Net earnings a month before the taper bites.
    pub credit_allowance: i32,
}

/// What a household pays each month before it shops (pence a month).
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct Commitments {
    pub council_tax: i32,
    pub rent: i32,
    pub mortgage_interest: i32,
}

/// Uses as fixed shares of all receipts, when `progressivity` (or everything) is off. What the shares leave
/// over is saved.
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct FixedShares {
    pub direct_tax: Share,
    pub pension: Share,
    pub council_tax: Share,
    pub rent: Share,
    pub mortgage_interest: Share,
    pub consumption: Share,
}

/// Consumption out of income and deposits (MODEL section 5; equation 4 of docs/model.md).
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spending {
    /// Consumption a month at no income: subsistence (may be below zero where the average propensity is low).
    pub subsistence: i32,
    /// Deposits it likes to hold.
    pub buffer: i64,
    /// Marginal propensity to consume out of this month's disposable income.
    pub marginal: Share,
}

/// One row a household.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Households {
    pub ward: Col<HouseholdId, u8>,
    /// Tenth of the city's households by equivalised disposable income, 0 the poorest.
    pub decile: Col<HouseholdId, u8>,
    pub tenure: Col<HouseholdId, u8>,
    pub adults: Col<HouseholdId, u8>,
    pub children: Col<HouseholdId, u8>,
    pub pensioners: Col<HouseholdId, u8>,
    /// Row of [`Households::budgets`].
    pub budget: Col<HouseholdId, u16>,
    pub deposits: Col<HouseholdId, Pence>,
    pub steady: Col<HouseholdId, SteadyIncome>,
    pub commitments: Col<HouseholdId, Commitments>,
    pub landlord: Col<HouseholdId, Landlord>,
    pub spending: Col<HouseholdId, Spending>,
    pub fixed: Col<HouseholdId, FixedShares>,
    /// Universal Credit at the start, pence a month: what stands when benefits do not answer to earnings.
    pub credit_at_start: Col<HouseholdId, i32>,
    /// The usual outlet for each purchase: its place among the sellers of that purchase (`Market::sellers`).
    pub outlets: Col<HouseholdId, [Code; PURCHASES]>,
    /// The outlets that each chooses among. They follow from the draws of month 0 and are not stored.
    #[serde(skip)]
    pub short_lists: Arc<ShortLists>,
    /// Its workers are rows `workers_from[h]..workers_from[h + 1]`.
    pub workers_from: Vec<u32>,
    /// All receipts of last month, and of this month so far.
    pub received_last: Col<HouseholdId, Pence>,
    pub received: Col<HouseholdId, Pence>,
    /// Tables of budget shares over purchases.
    pub budgets: Vec<[Share; PURCHASES]>,
}

impl Households {
    pub fn len(&self) -> usize {
        self.deposits.len()
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    #[inline]
    pub fn workers_of(&self, household: usize) -> std::ops::Range<usize> {
        self.workers_from[household] as usize..self.workers_from[household + 1] as usize
    }
}
