//! Employers: every supplier and anchor, and two outside pools of posts held by out-commuters.

use crate::base::col::Col;
use crate::base::links::Links;
use crate::base::money::{Pence, Share, WHOLE};
use crate::id;
use serde::{Deserialize, Serialize};

id!(
    /// An employer: suppliers first, then anchors, then the region's and the country's posts.
    EmployerId
);

/// Outside pools of posts.
pub const OUTSIDE_EMPLOYERS: usize = 2;

/// One row an employer.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Employers {
    pub headcount: Col<EmployerId, u32>,
    /// Gross pay of all its staff, pence a month.
    pub wage_bill: Col<EmployerId, Pence>,
    /// Its posts, by pay at the start, pence a month: filled, open or idle. A post outlives who holds it.
    pub posts: Links<i32>,
    /// Mean pay of a post, pence a month.
    pub pay_level: Col<EmployerId, i32>,
    /// Gross pay bill it aims at: anchors' payroll budgets and outside posts; suppliers' follows expected sales.
    pub target_bill: Col<EmployerId, Pence>,
    /// Employer pension contribution as a share of gross pay.
    pub pension: Col<EmployerId, Share>,
    /// Multiplies every wage this month: the wage pot over the bill when labour is fractional, a worker
    /// co-operative's share-out otherwise.
    pub pay_ratio: Col<EmployerId, Share>,
    /// Employer National Insurance a month at the start, pence.
    pub normal_ni: Col<EmployerId, Pence>,
}

impl Employers {
    /// So many employers without posts, each paying what a post says.
    pub fn without_posts(n: usize) -> Employers {
        Employers {
            headcount: Col::filled(0, n),
            wage_bill: Col::filled(0, n),
            posts: Links::default(),
            pay_level: Col::filled(0, n),
            target_bill: Col::filled(0, n),
            pension: Col::filled(0, n),
            pay_ratio: Col::filled(WHOLE, n),
            normal_ni: Col::filled(0, n),
        }
    }
    pub fn len(&self) -> usize {
        self.headcount.len()
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
