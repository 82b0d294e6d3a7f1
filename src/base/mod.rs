//! No economics: ids and typed columns, money, keyed draws, links, parallel loops, dates, sums of rounds, columns that are kept.

pub mod col;
pub mod date;
pub mod draws;
pub mod draws_wide;
pub mod linear;
pub mod linear_wide;
pub mod links;
pub mod money;
pub mod normal;
pub mod parallel;
pub mod philox;
#[cfg(wide)]
mod philox_eight;
pub mod philox_wide;
pub mod race;
pub mod rounds;
pub mod shelf;
pub mod word;
