//! What a run shows: metrics and tables, computed and not yet rendered.

pub mod additionality;
pub mod attribution;
pub mod bootstrap;
pub mod compare;
pub mod impulse;
pub mod levels;
pub mod local;
pub mod metrics;
pub mod net;
pub mod paired;
pub mod record;
pub mod sensitivity;
pub mod shapley;
pub mod table;
pub mod tables;
