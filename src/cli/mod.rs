//! Arguments, progress, printing.

pub mod print;
pub mod progress;
