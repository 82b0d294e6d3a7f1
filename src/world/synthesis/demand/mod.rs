//! Who buys from whom at the start, and the outside demand that closes every firm's sales.

mod exports;
mod households;
mod suppliers;

pub use exports::{close_with_exports, consumption_by_org, vat_by_org};
pub use households::households_choose_outlets;
pub use suppliers::{OUTSIDE_BUYS_IN_CITY, suppliers_choose_sellers};
