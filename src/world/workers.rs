//! Workers: residents of working age, in the order of their households, then in-commuters.

use crate::base::col::Col;
use crate::id;
use serde::{Deserialize, Serialize};

id!(
    /// A resident of working age, or somebody outside who commutes in or would.
    WorkerId
);

/// Where a worker stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[repr(u8)]
pub enum Status {
    /// Outside the labour force; one with pay for a skill would work.
    Inactive,
    /// Without work and looking for it.
    Seeking,
    Employed,
    /// Outside the city, without a job in it: may apply for one.
    Outside,
}

/// One row a worker.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Workers {
    /// Row of the household, or `NOBODY` for in-commuters.
    pub household: Col<WorkerId, u32>,
    /// Employer's row, or `NOBODY`.
    pub employer: Col<WorkerId, u32>,
    pub status: Col<WorkerId, Status>,
    /// Which of the employer's posts (an item of `Employers::posts`), or `NOBODY` for one beyond those.
    pub post: Col<WorkerId, u32>,
    /// Sector of the last job (experience), by `Sector` index.
    pub sector: Col<WorkerId, u8>,
    /// Gross pay a month, pence; 0 without work.
    pub pay: Col<WorkerId, i32>,
    /// Going rate for this worker's skill, pence a month, at the start's wage level.
    pub skill_pay: Col<WorkerId, i32>,
    /// Weekly hours, for the legal floor.
    pub hours: Col<WorkerId, u8>,
    /// Home zone: 0 city, 1 region, 2 country.
    pub home: Col<WorkerId, u8>,
    pub months_out: Col<WorkerId, u16>,
    /// Rows below this are residents.
    pub residents: usize,
}

impl Workers {
    pub fn len(&self) -> usize {
        self.pay.len()
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
