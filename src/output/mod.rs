//! Tables to bytes: CSV, JSON, charts, and the folder they land in.

pub mod charts;
pub mod country;
pub mod csv;
pub mod datapackage;
pub mod dictionary;
pub mod error;
mod figures;
pub mod folder;
mod foreign;
pub mod impulse;
pub mod json;
pub mod lines;
mod lock;
pub mod manifest;
mod pair_charts;
pub mod parquet;
mod place;
pub mod places;
pub mod report;
pub mod results;
pub mod study;
pub mod study_charts;
pub mod summary;
pub mod whole;
