//! The model: `step` reads as the month; one file a phase.

pub mod adapt;
pub mod books;
pub mod consume;
pub mod country;
pub mod finance;
pub mod firms;
pub mod hire;
pub mod impulse;
pub mod institutions;
pub mod order;
pub mod pay;
pub mod phase;
pub mod plan;
pub mod procurement;
pub mod shocks;
pub mod step;
pub mod tax;
