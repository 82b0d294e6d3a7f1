//! What a run shows: metrics and tables, computed and not yet rendered.

pub mod account_multipliers;
pub mod additionality;
pub mod attribution;
pub mod bootstrap;
pub mod compare;
pub mod country;
pub mod guide;
pub mod impulse;
pub mod leontief;
pub mod levels;
pub mod lm3;
pub mod local;
pub mod metrics;
pub mod multipliers;
pub mod net;
pub mod paired;
pub mod pictures;
pub mod record;
pub mod resilience;
pub mod sam;
mod sam_accounts;
pub mod sensitivity;
pub mod shapley;
pub mod society;
pub mod table;
pub mod tables;
