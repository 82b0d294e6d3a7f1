//! Who buys from whom at the start, and the outside demand that closes every firm's sales.

mod exports;
mod households;
mod suppliers;

use super::firms;
use super::sampling::pick;
use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::links::Links;
use crate::base::money::{Pence, part, pounds, share};
use crate::base::parallel::{CHUNK, map_chunks};
use crate::place::city::{City as Facts, PURCHASES, SECTORS};
use crate::place::vocabulary::{Ownership, Sector, Zone};
use crate::world::City;
use crate::world::contracts::Pool;
use crate::world::households::HouseholdId;
use crate::world::orgs::NOBODY;
use crate::world::outlets;
use crate::world::suppliers::{Link, SupplierId, Suppliers};
pub use exports::{close_with_exports, consumption_by_org, vat_by_org};
pub use households::households_choose_outlets;
pub use suppliers::suppliers_choose_sellers;
