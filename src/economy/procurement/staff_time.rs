//! Stage 4, staff time: each route and each extra takes hours. When the month's needs exceed the team's, it
//! gives up, smallest needs first: tailored questions, engagement, the tender itself (a framework serves), the
//! letting (the contract is extended). The Leeds study found this barrier first (section 4.1).

use super::need::incumbent;
use super::package::Tender;
use crate::economy::plan::Rules;
use crate::place::vocabulary::Route;
use crate::scenario::settings::StaffTimeRules;
use crate::world::City;
use crate::world::contracts::TeamMonth;

/// Bids that a team reckons with when it plans its hours.
fn bids_expected(city: &City, route: Route) -> f64 {
    let of = &city.settings.procurement.bidding;
    match route {
        Route::Quotes => f64::from(of.quotes_invited),
        Route::BelowThreshold => f64::from(of.known_below_threshold),
        Route::Open | Route::DynamicMarket => 0.65 * f64::from(of.known_open),
        Route::CallOff => 0.5 * f64::from(of.framework_members),
        _ => 1.0,
    }
}

/// Hours of one letting.
pub fn hours(of: &StaffTimeRules, route: Route, bids: f64, (tailored, engaged): (bool, bool)) -> f64 {
    let (papers, evaluation) = match route {
        Route::Direct => (of.direct_hours, 0.0),
        Route::Quotes => (of.quotes_hours, 0.1),
        Route::BelowThreshold => (of.below_threshold_hours, 1.0 / 3.0),
        Route::Open => (of.open_hours, 1.0),
        Route::CallOff | Route::DynamicMarket => (of.call_off_hours, 1.0 / 3.0),
        Route::Extension => (of.extension_hours, 0.0),
        Route::Own | Route::OtherAnchor => (0.0, 0.0),
    };
    let extras =
        if tailored { of.tailoring_hours } else { 0.0 } + if engaged { of.engagement_hours } else { 0.0 };
    papers + evaluation * bids * of.evaluation_hours_a_bid + extras
}

/// Hours to write and publish a notice (assumed).
const NOTICE_HOURS: f64 = 2.0;

fn hours_of(city: &City, rules: &Rules, t: &Tender) -> f64 {
    let route = if t.extends { Route::Extension } else { t.route };
    let lots = t.lots.len() as f64;
    let bids = bids_expected(city, route) * lots;
    let notice = if t.noticed && !t.extends { NOTICE_HOURS } else { 0.0 };
    let all = hours(&city.settings.procurement.staff_time, route, bids, (t.tailored, t.engaged)) + notice;
    all * rules.anchors[t.anchor as usize].letting_hours
}

/// What can be given up, in order.
const GIVE_UP: [fn(&City, &mut Tender) -> bool; 4] = [
    |_, t| {
        let given = t.tailored;
        t.tailored = false;
        t.dropped.tailoring |= given;
        given
    },
    |_, t| {
        let given = t.engaged;
        t.engaged = false;
        t.dropped.engagement |= given;
        given
    },
    |_, t| {
        let given = t.framework_at_hand && matches!(t.route, Route::BelowThreshold | Route::Open);
        if given {
            t.route = Route::CallOff;
        }
        t.dropped.tender |= given;
        given
    },
    |city, t| {
        let most = city.settings.procurement.delivery.extensions_at_most;
        let given = t.lots.iter().flatten().all(|i| {
            let row = &city.contracts.rows[*i];
            row.extensions < most && incumbent(city, row).is_some()
        });
        t.extends |= given;
        t.dropped.letting |= given;
        given
    },
];

/// Fit the month's tenders into each team's hours.
pub fn fit(city: &mut City, rules: &Rules, tenders: &mut [Tender]) {
    for t in tenders.iter_mut() {
        t.hours = hours_of(city, rules, t);
    }
    for a in 0..city.anchors.len() {
        let mut own: Vec<usize> = (0..tenders.len()).filter(|i| tenders[*i].anchor as usize == a).collect();
        own.sort_by(|x, y| tenders[*x].value_gbp.total_cmp(&tenders[*y].value_gbp).then(x.cmp(y)));
        let wanted: f64 = own.iter().map(|i| tenders[*i].hours).sum();
        let mut used = wanted;
        let had = rules.anchors[a].hours;
        for give_up in GIVE_UP {
            for &i in &own {
                if used <= had {
                    break;
                }
                let t = &mut tenders[i];
                if !t.extends && give_up(city, t) {
                    used -= t.hours;
                    t.hours = hours_of(city, rules, t);
                    used += t.hours;
                }
            }
        }
        note(&mut city.contracts.teams[a], (wanted, used), own.iter().map(|i| &tenders[*i]));
    }
}

fn note<'a>(team: &mut TeamMonth, (wanted, used): (f64, f64), tenders: impl Iterator<Item = &'a Tender>) {
    team.wanted = wanted;
    team.used = used;
    for t in tenders {
        team.generic += u32::from(t.dropped.tailoring);
        team.unannounced += u32::from(t.dropped.engagement);
        team.to_framework += u32::from(t.dropped.tender && !t.extends);
        team.extended += u32::from(t.extends);
    }
}
