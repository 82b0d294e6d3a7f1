//! What a run shows: metrics and tables, computed and not yet rendered.

pub mod compare;
pub mod leontief;
pub mod lm3;
pub mod local;
pub mod metrics;
pub mod multipliers;
pub mod record;
pub mod sam;
pub mod table;
pub mod tables;
