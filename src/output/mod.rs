//! Tables to bytes: CSV, JSON, charts, and the folder they land in.

pub mod charts;
pub mod csv;
pub mod dictionary;
pub mod error;
pub mod folder;
pub mod impulse;
pub mod json;
pub mod manifest;
mod place;
pub mod results;
pub mod summary;
