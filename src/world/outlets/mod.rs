//! Where households shop: the sellers of each purchase, each household's short list of them, and how it is drawn to them.

mod lists;
mod pulls;
mod sellers;

pub use lists::ShortLists;
pub use pulls::{Distance, Stands};
pub use sellers::{Code, REGION, Sellers, TooManyOutlets};

/// Where a purchase is made: at the usual outlet, or at who stands in while it is vacant.
#[inline]
pub fn served_by(stand_in: &[u32], outlet: u32) -> usize {
    stand_in.get(outlet as usize).copied().unwrap_or(outlet) as usize
}
