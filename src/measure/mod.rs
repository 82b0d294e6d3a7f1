//! What a run shows: metrics and tables, computed and not yet rendered.

pub mod additionality;
pub mod compare;
pub mod impulse;
pub mod levels;
pub mod local;
pub mod metrics;
pub mod net;
pub mod record;
pub mod table;
pub mod tables;
