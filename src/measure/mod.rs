//! What a run shows: metrics and tables, computed and not yet rendered.

pub mod table;
