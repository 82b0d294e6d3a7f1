//! What a run shows: metrics and tables, computed and not yet rendered.

pub mod additionality;
pub mod compare;
pub mod guide;
pub mod impulse;
pub mod leontief;
pub mod levels;
pub mod lm3;
pub mod local;
pub mod metrics;
pub mod multipliers;
pub mod net;
pub mod record;
pub mod sam;
pub mod table;
pub mod tables;
