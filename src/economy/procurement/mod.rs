//! Phase 2, procure: needs come to market and are let, in the ten stages of MODEL section 4.
//!
//! | stage | file |
//! |---|---|
//! | what is due | `need` |
//! | 1 make or buy | `make_or_buy` |
//! | 2 package | `package` |
//! | 3 route | `route` |
//! | 4 staff time | `staff_time` |
//! | 5 who bids | `bidders`, `entry`, `frameworks` |
//! | 6 bids | `bids`, `promises` |
//! | 7 score | `score` |
//! | 8 challenge | `challenge` |
//! | 9 award and delivery | `award`, `delivery` |
//! | 10 budget | `economy::order`, which pays |

pub mod award;
pub mod bidders;
pub mod bids;
pub mod challenge;
pub mod delivery;
pub mod entry;
pub mod fit;
pub mod frameworks;
pub mod make_or_buy;
pub mod need;
pub mod package;
pub mod promises;
pub mod route;
pub mod score;
pub mod staff_time;

use super::plan::Rules;
use crate::base::draws::{Draws, Luck};
use crate::world::City;
use crate::world::contracts::TeamMonth;
use crate::world::local::LocalShares;
use package::Tender;

/// The luck of the month, and that of need and supplier, which never changes.
#[derive(Clone, Copy)]
pub struct Chance {
    pub month: Luck,
    pub fixed: Luck,
}

/// Let every need whose contract has ended or whose supplier is gone.
pub fn let_contracts(city: &mut City, rules: &Rules, draws: &Draws, luck: &Luck) {
    let chance = Chance { month: *luck, fixed: draws.in_month(0) };
    open_month(city, rules);
    delivery::follow_up(city, rules);
    frameworks::renew(city, &chance);
    let due = need::due(city);
    let due = make_or_buy::leave_the_market(city, rules, due, &chance);
    let mut tenders = package::tenders(city, rules, due);
    for tender in &mut tenders {
        route::choose(city, rules, tender, &chance);
    }
    staff_time::fit(city, rules, &mut tenders);
    for tender in &tenders {
        for lot in 0..tender.lots.len() {
            let_lot(city, rules, tender, lot, &chance);
        }
    }
}

fn open_month(city: &mut City, rules: &Rules) {
    city.contracts.awards.clear();
    city.contracts.legal_costs.clear();
    city.contracts.teams = rules
        .anchors
        .iter()
        .map(|a| TeamMonth { hours: a.hours, ..TeamMonth::default() })
        .collect();
    // Once a year it is measured again how local each supplier is.
    if city.contracts.local.rows.is_empty() || city.month % 12 == 1 {
        city.contracts.local = LocalShares::compute(city);
    }
    for experience in city.suppliers.experience.iter_mut() {
        *experience *= entry::EXPERIENCE_KEPT;
    }
}

/// One lot: who bids, what, who wins; then the award, unless it is challenged or nobody bids.
fn let_lot(city: &mut City, all: &Rules, tender: &Tender, lot: usize, chance: &Chance) {
    if tender.extends {
        award::extend(city, tender, lot);
        return;
    }
    let rules = all.of(tender.anchor, tender.category);
    let contest = score::hold(city, rules, tender, lot, chance);
    entry::gain_experience(city, &contest);
    match &contest.winner {
        None => award::nobody(city, tender, lot),
        Some(_) if challenge::made(city, all, tender, lot, chance) => {
            challenge::hold_up(city, tender, lot);
        }
        Some(_) => award::make(city, all, tender, lot, &contest),
    }
}
