//! Workers: residents of working age, in the order of their households, then in-commuters.

use crate::base::col::Col;
use crate::id;

id!(
    /// A resident of working age, or a place for an in-commuter.
    WorkerId
);

/// Where a worker stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Status {
    /// Outside the labour force.
    Inactive,
    /// Without work and looking for it.
    Seeking,
    Employed,
    /// A row kept for an in-commuter, nobody in it now.
    Vacant,
}

/// One row a worker.
#[derive(Clone, Default)]
pub struct Workers {
    /// Row of the household, or `NOBODY` for in-commuters.
    pub household: Col<WorkerId, u32>,
    /// Employer's row, or `NOBODY`.
    pub employer: Col<WorkerId, u32>,
    pub status: Col<WorkerId, Status>,
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
    /// Vacant rows for in-commuters, the next one last.
    pub vacant: Vec<u32>,
}

impl Workers {
    pub fn len(&self) -> usize {
        self.pay.len()
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
