//! `recirc multipliers --new`: a published table to start from.

use crate::scenario::ScenarioError;
use crate::scenario::survey;
use std::path::Path;

/// The United Kingdom of 2010 in seventeen sectors, with its source at its head.
const TABLE: &str = include_str!("../../../data/uk/uk_2010_17_sectors.csv");

/// Write the table; nothing that exists is overwritten.
pub fn write_new(path: &Path) -> Result<(), ScenarioError> {
    survey::write_file(path, TABLE, false)
}
