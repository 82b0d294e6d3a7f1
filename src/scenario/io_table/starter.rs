//! `recirc multipliers --new`: a published table to start from.

/// The United Kingdom of 2010 in seventeen sectors, with its source at its head.
pub const STARTER: &str = include_str!("../../../data/uk/uk_2010_17_sectors.csv");
