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
//! | 8 challenge; policy that averse officers leave unused | `challenge`, `discretion` |
//! | 9 award and delivery | `award`, `delivery` |
//! | 10 budget | `economy::order`, which pays |

pub mod award;
pub mod bidders;
pub mod bids;
pub mod challenge;
pub mod clauses;
pub mod delivery;
pub mod deprivation;
pub mod discretion;
pub mod entry;
pub mod fit;
pub mod frameworks;
pub mod make_or_buy;
pub mod need;
pub mod package;
pub mod payroll;
pub mod preference;
pub mod promises;
pub mod route;
pub mod score;
pub mod staff_time;
pub mod usual;

use super::institutions::hub;
use super::plan::{NeedRules, Rules};
use crate::base::draws::{Draws, Luck};
use crate::world::City;
use crate::world::clauses::Clauses;
use crate::world::contracts::TeamMonth;
use crate::world::local::LocalShares;
use package::Tender;
use score::Contest;

/// The luck of the month, and that of need and supplier, which never changes.
#[derive(Clone, Copy)]
pub struct Chance {
    pub month: Luck,
    pub fixed: Luck,
}

/// Let every need whose contract has ended or whose supplier is gone.
pub fn let_contracts(city: &mut City, rules: &Rules, draws: &Draws, luck: &Luck) {
    let chance = Chance { month: *luck, fixed: draws.in_month(0) };
    if city.burn_in > 0 && city.month == city.burn_in + 1 {
        fit::recentre(city);
    }
    open_month(city, rules);
    delivery::follow_up(city, rules);
    frameworks::renew(city, rules, &chance);
    let due = need::due(city);
    let due = make_or_buy::leave_the_market(city, rules, due, &chance);
    make_or_buy::replace_sellers(city, &chance);
    let mut tenders = package::tenders(city, rules, due);
    for tender in &mut tenders {
        route::choose(city, rules, tender, &chance);
    }
    staff_time::fit(city, rules, &mut tenders);
    // With habits at rest, contracts move only where the month's rules differ from the anchors' own.
    let own = (!city.settings.mechanisms.adaptation).then(|| Rules::of_the_anchors(city));
    for tender in &tenders {
        for lot in 0..tender.lots.len() {
            let_lot(city, (rules, own.as_ref()), (tender, lot), &chance);
        }
    }
    city.contracts.bound = clauses::bound(city);
    clauses::charge_for_credit(city, rules);
}

fn open_teams(city: &mut City, rules: &Rules) {
    city.contracts.teams =
        rules.anchors.iter().map(|a| TeamMonth { hours: a.hours, ..TeamMonth::default() }).collect();
}

fn open_month(city: &mut City, rules: &Rules) {
    city.contracts.awards.clear();
    city.costs.clone_from(&rules.costs);
    open_teams(city, rules);
    // Once a year it is measured again how local each supplier is.
    if city.contracts.local.rows.is_empty() || city.month % 12 == 1 {
        city.shelf.give(std::mem::take(&mut city.contracts.local).rows.into_rows());
        city.contracts.local = LocalShares::compute(city);
    }
    let yearly = city.month % 12 == 1;
    if rules.any(|of| of.clauses.all.living_wage > 0.0) && (yearly || city.contracts.wage_gap.is_empty()) {
        city.contracts.wage_gap = clauses::wage_gaps(city);
    }
    let buys_here = |c: &Clauses| c.services > 0.0 || c.goods > 0.0;
    let binds = |of: &NeedRules| of.clauses.all.living_wage > 0.0 || buys_here(&of.clauses.all);
    let held = || city.contracts.rows.iter().any(|row| buys_here(&row.clauses));
    if (yearly || city.contracts.usual.is_empty()) && (rules.any(binds) || held()) {
        city.contracts.usual = usual::of_sections(city);
    }
    if rules.any(|of| of.deprivation_points > 0.0) && (yearly || city.contracts.deprivation.is_empty()) {
        city.contracts.deprivation = deprivation::of_suppliers(city);
    }
    for experience in city.suppliers.experience.iter_mut() {
        *experience *= entry::EXPERIENCE_KEPT;
    }
}

/// One lot: who bids, what, who wins; then the award, unless it is challenged or nobody bids.
fn let_lot(
    city: &mut City,
    (all, own): (&Rules, Option<&Rules>),
    (tender, lot): (&Tender, usize),
    chance: &Chance,
) {
    if tender.extends {
        award::extend(city, tender, lot);
        return;
    }
    let contest = score::hold(city, all, tender, lot, chance);
    if own.is_some_and(|own| stays(city, (all, own), (tender, lot), &contest, chance)) {
        award::renew(city, tender, lot);
        return;
    }
    entry::gain_experience(city, &contest);
    let help = entry::cost_of_help(city, all.of(tender.anchor, tender.category), tender.anchor, &contest);
    city.costs.extend(help);
    if contest.winner.is_none() {
        award::nobody(city, tender, lot);
    } else if challenge::made(city, all, tender, lot, chance) {
        challenge::hold_up(city, tender, lot);
    } else {
        award::make(city, all, tender, lot, &contest);
        hub::match_award(city, all, tender.lots[lot][0], &chance.month);
    }
}

/// With habits at rest (`adaptation` off), contracts do not move by themselves: the holder stays unless the
/// rules of the month choose another supplier than the anchors' own rules would.
fn stays(
    city: &City,
    (rules, own): (&Rules, &Rules),
    (tender, lot): (&Tender, usize),
    contest: &Contest,
    chance: &Chance,
) -> bool {
    let row = &city.contracts.rows[tender.lots[lot][0]];
    if need::incumbent(city, row).is_none() {
        return false;
    }
    if rules.of(tender.anchor, tender.category) == own.of(tender.anchor, tender.category) {
        return true;
    }
    let mut without = package::competition_for(city, tender.lots[lot].clone());
    route::choose(city, own, &mut without, chance);
    if tender.dropped.tender {
        without.route = tender.route;
    }
    let winner = |c: &Contest| c.winner.map(|w| c.bids[w].supplier);
    let usual = score::hold(city, own, &without, 0, chance);
    winner(contest).is_none() || winner(contest) == winner(&usual)
}
