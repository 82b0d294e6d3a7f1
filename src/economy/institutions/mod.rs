//! Institutions: what policies have founded, made ready for a city; what they cost and change in the month's rules; and
//! what they do at its end.
//!
//! | institution | file |
//! |---|---|
//! | strategic plan of the anchors | `plan` |
//! | social impact hub | `hub`, `matching` |
//! | incubator | `incubator` |
//! | co-operative development agency | `agency` |
//! | community lender | `lender` |
//! | what becomes of a firm that is helped | `social` |

mod agency;
mod charter;
pub mod hub;
mod incubator;
mod lender;
pub mod matching;
mod plan;
mod social;

use super::books::Books;
use super::plan::Rules;
use crate::base::draws::Luck;
use crate::world::City;
pub use agency::not_due;
pub use charter::{Charter, InForce};
pub use incubator::mentored;
pub use social::{hazard_of_supported, helped};

/// The work of the month, once it is known what was bought and delivered.
pub fn work(city: &mut City, rules: &Rules, luck: &Luck, books: &mut Books) {
    social::those_that_closed(city);
    plan::adopt(city, rules);
    hub::work(city, rules, luck);
    incubator::work(city, rules, luck, books);
    agency::work(city, rules, luck, books);
    lender::work(city, rules, luck, books);
}
