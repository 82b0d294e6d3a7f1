//! What must hold of every award and every contract, under levers and settings drawn at random.

use super::{city, let_next, month};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use recirc::base::col::Id;
use recirc::base::money::pounds;
use recirc::economy::plan::{NeedRules, Plan, Rules};
use recirc::economy::procurement::bidders::{belongs, standing};
use recirc::economy::procurement::{make_or_buy, need};
use recirc::place::vocabulary::{Route, Zone};
use recirc::scenario::settings::Group;
use recirc::world::City;
use recirc::world::awards::Award;
use recirc::world::contracts::{Contract, Provider};
use recirc::world::orgs::NOBODY;
use recirc::world::suppliers::SupplierId;
use std::collections::{BTreeMap, BTreeSet};

const MONTHS: u16 = 8;
const WITH_VAT: f64 = 1.2;

fn maybe(text: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    proptest::option::weighted(0.5, text).prop_map(Option::unwrap_or_default)
}

fn group() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["local", "uk", "sme", "vcse", "local_sme"])
}

/// Levers at random, each there or not.
fn policy() -> impl Strategy<Value = String> {
    let award = (
        maybe((0..40u32, 1_000..3_000_000u32).prop_map(|(points, upto)| {
            format!(
                "[[policy.local_preference]]\npoints = {points}\nup_to_gbp = {upto}\nlocal = \"region\"\n"
            )
        })),
        maybe((1..40u32, group()).prop_map(|(points, group)| {
            format!("[[policy.group_preference]]\npoints = {points}\ngroup = \"{group}\"\n")
        })),
        maybe(group().prop_map(|group| format!("[[policy.reservation]]\ngroup = \"{group}\"\n"))),
        maybe((0.1..1.0).prop_map(|w| format!("[[policy.social_value_weight]]\nat_least = {w}\n"))),
        maybe((0.0..0.8).prop_map(|w| format!("[[policy.price_weight]]\nat_most = {w}\n"))),
        maybe((1..12u32).prop_map(|n| format!("[[policy.local_invitations]]\nat_least = {n}\n"))),
    );
    let competition = (
        maybe((2..9u32, 0..2_000_000u32).prop_map(|(n, from)| {
            format!(
                "[[policy.lots]]\nnumber = {n}\nfrom_gbp = {from}\nstart = \"2026-04\"\nend = \"2026-08\"\n"
            )
        })),
        maybe((0..500_000u32).prop_map(|x| format!("[[policy.quotes_threshold]]\nat_least_gbp = {x}\n"))),
        maybe((-100..200i32).prop_map(|x| format!("[[policy.framework_use]]\nchange_percent = {x}\n"))),
        maybe((0.0..1.0).prop_map(|x| format!("[[policy.dynamic_market]]\nshare = {x}\n"))),
        maybe((0.02..2.0).prop_map(|x| format!("[[policy.turnover_cap]]\nat_most = {x}\n"))),
        maybe((0..24u32).prop_map(|x| format!("[[policy.early_engagement]]\nlead_months = {x}\n"))),
        maybe(
            ((0.0..1.0), prop::sample::select(vec!["own_staff", "owned_company", "other_anchor"])).prop_map(
                |(x, by)| format!("[[policy.insourcing]]\nshare = {x}\nby = \"{by}\"\nend = \"2026-09\"\n"),
            ),
        ),
        maybe((-60..60i32).prop_map(|x| format!("[[policy.procurement_budget]]\nchange_percent = {x}\n"))),
        maybe((0..300u32).prop_map(|x| format!("[[policy.procurement_staff]]\nextra_fte = {x}\n"))),
    );
    (award, competition).prop_map(|(a, c)| {
        [a.0, a.1, a.2, a.3, a.4, a.5, c.0, c.1, c.2, c.3, c.4, c.5, c.6, c.7, c.8].concat()
    })
}

/// Settings at random: limits of the ten stages.
fn sets() -> impl Strategy<Value = Vec<String>> {
    (
        (0.1..3.0, 0.3..2.0, 0.0..0.6),
        (1..6u32, 1..16u32, 2..20u32, 1..20u32),
        (0.0..300.0, 0.0..0.3, 0..6u32),
        prop::sample::select(vec!["off", "grant", "council_tax", "cuts"]),
        1..1000u32,
    )
        .prop_map(
            |((cap, growth, floor), (quotes, below, open, members), (hours, challenge, gap), pays, seed)| {
                vec![
                    format!("procurement.turnover_cap={cap}"),
                    format!("procurement.growth_of_a_firm={growth}"),
                    format!("procurement.quality_floor={floor}"),
                    format!("procurement.bidding.quotes_invited={quotes}"),
                    format!("procurement.bidding.known_below_threshold={below}"),
                    format!("procurement.bidding.known_open={open}"),
                    format!("procurement.bidding.framework_members={members}"),
                    format!("procurement.staff_time.hours_a_month={hours}"),
                    format!("procurement.delivery.challenge_chance={challenge}"),
                    format!("procurement.delivery.failure_gap_months={gap}"),
                    format!("procurement.constant_service=\"{pays}\""),
                    format!("run.seed={seed}"),
                ]
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 12,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        max_shrink_iters: 0,
        ..ProptestConfig::default()
    })]

    #[test]
    fn awards_keep_the_rules_whatever_the_levers(policy in policy(), sets in sets()) {
        let sets: Vec<&str> = sets.iter().map(String::as_str).collect();
        let mut city = city(&policy, &sets);
        let plan = Plan::new(&city.settings, &city);
        let budgets = of_needs(&city);
        let mut last: BTreeMap<(u64, u16), Award> = BTreeMap::new();
        let mut awards = 0;
        for _ in 0..MONTHS {
            let (after, rules) = let_next(&city, &plan);
            awards += after.contracts.awards.len();
            awards_keep_the_rules(&city, &after, &rules);
            no_overlap(&city, &after, &mut last);
            contracts_are_whole(&after, &budgets);
            month(&mut city, &plan);
            // The whole month lets the same contracts as its second phase alone.
            prop_assert_eq!(&after.contracts.awards, &city.contracts.awards);
            contracts_are_whole(&city, &budgets);
        }
        prop_assert!(awards > 100, "only {} awards", awards);
    }
}

/// Budget of each need, over its lots.
fn of_needs(city: &City) -> BTreeMap<u64, i64> {
    let mut out = BTreeMap::new();
    for row in &city.contracts.rows {
        *out.entry(row.need).or_default() += row.monthly;
    }
    out
}

/// Lots of a need are numbered apart, add up to the need, and what suppliers hold is what contracts pay them.
fn contracts_are_whole(city: &City, budgets: &BTreeMap<u64, i64>) {
    assert_eq!(&of_needs(city), budgets, "lots of every need add up to its budget");
    let lots: BTreeSet<(u64, u16)> = city.contracts.rows.iter().map(|r| (r.need, r.lot)).collect();
    assert_eq!(lots.len(), city.contracts.rows.len(), "a lot is numbered twice");
    let mut income = vec![0i64; city.suppliers.len()];
    for row in city.contracts.rows.iter().filter(|r| r.supplier != NOBODY) {
        assert!(row.monthly > 0 && row.price > 0.0);
        if need::holder_is_gone(city, row) {
            continue;
        }
        let labour = if row.provider == Provider::Market { 0 } else { make_or_buy::labour(city, row) };
        income[row.supplier as usize] += row.monthly - labour;
    }
    for (i, held) in income.iter().enumerate() {
        let s = SupplierId::from_index(i);
        let active = city.suppliers.active[s];
        assert!(!active || *held == city.suppliers.contract_income[s], "supplier {i}: {held}");
    }
}

/// An award comes when the contract before it is over, or its holder gone.
fn no_overlap(before: &City, after: &City, last: &mut BTreeMap<(u64, u16), Award>) {
    for award in &after.contracts.awards {
        let had = before.contracts.rows.get(award.contract as usize);
        if let Some(had) = had.filter(|had| had.lot == award.lot && had.supplier != NOBODY) {
            let over = had.end_month <= after.month || need::holder_is_gone(before, had);
            assert!(over, "need {} let while its contract runs to {}", had.need, had.end_month);
        }
        let row = after.contracts.rows[award.contract as usize];
        assert_eq!((row.need, row.lot, row.supplier), (award.need, award.lot, award.supplier));
        assert_eq!(row.end_month, after.month + award.months);
        if let Some(earlier) = last.insert((award.need, award.lot), *award) {
            assert!(earlier.month < award.month, "let twice in a month");
        }
    }
}

/// Did the last holder of this row fail? A row that is new was split off another of its need this month.
fn failed(before: &City, after: &City, i: usize) -> bool {
    let is = |r: &Contract| {
        let gone = r.supplier != NOBODY && need::holder_is_gone(before, r);
        r.failed || (gone && r.provider == Provider::Market)
    };
    let need = after.contracts.rows[i].need;
    match before.contracts.rows.get(i) {
        Some(row) => is(row),
        None => before.contracts.rows.iter().filter(|r| r.need == need).any(is),
    }
}

fn awards_keep_the_rules(before: &City, after: &City, rules: &Rules) {
    let mut due = before.clone();
    due.month += 1;
    let due: BTreeSet<usize> = need::due(&mut due).into_iter().collect();
    // Lets made together, unless needs are aggregated: the rows of a need that are due.
    for award in &after.contracts.awards {
        let row = &after.contracts.rows[award.contract as usize];
        let of = rules.of(award.anchor, award.category);
        if matches!(award.route, Route::Own | Route::OtherAnchor) {
            assert_ne!(row.provider, Provider::Market);
            assert!(of.own_share > 0.0);
            continue;
        }
        if award.route == Route::Extension {
            assert_eq!(award.bids, 0);
            assert!(award.incumbent && row.extensions >= 1);
            assert!(row.extensions <= after.settings.procurement.delivery.extensions_at_most);
            continue;
        }
        assert!(award.bids >= 1 && award.bids <= award.invited, "{award:?}");
        assert!(award.local_bids <= award.bids && award.small_bids <= award.bids);
        assert!(award.price >= award.lowest_price - 1e-12, "{award:?}");
        let value: f64 = after
            .contracts
            .rows
            .iter()
            .enumerate()
            .filter(|(i, r)| r.need == award.need && (due.contains(i) || *i >= before.contracts.rows.len()))
            .filter(|(i, _)| failed(before, after, *i) == failed(before, after, award.contract as usize))
            .map(|(_, r)| pounds(r.monthly) / after.scale * f64::from(row.months) * WITH_VAT)
            .sum();
        winner_is_qualified(before, after, award, of);
        route_is_allowed(before, after, (award, of), value);
    }
}

fn winner_is_qualified(before: &City, after: &City, award: &Award, of: &NeedRules) {
    let s = SupplierId(award.supplier);
    assert!(after.suppliers.active[s] && after.suppliers.identity[s] == award.identity);
    let yearly = pounds(award.monthly) / after.scale * 12.0;
    let most = of.turnover_cap * 12.0 * pounds(standing(before, s));
    assert!(yearly <= most * (1.0 + 1e-9), "{yearly} a year is more than {most}: {award:?}");
    if after.suppliers.zone[s] == Zone::City {
        let rules = &after.settings.procurement;
        let growth = rules.growth_of_a_firm.max(rules.growth_of_a_branch);
        let sales = before.suppliers.expected[s].max(before.suppliers.normal_sales[s]) as f64;
        let seller = after.contracts.rows.iter().any(|r| r.provider != Provider::Market && r.supplier == s.0);
        let held = after.suppliers.contract_income[s] as f64;
        assert!(seller || held <= growth * sales + 1.0, "{held} of {sales}: no room");
    }
    let category = &after.contracts.categories[award.category as usize];
    assert_eq!(after.suppliers.sector[s], category.sector);
    if matches!(award.route, Route::BelowThreshold | Route::Open | Route::CallOff) && !award.incumbent {
        assert!(award.quality >= of.quality_floor);
    }
}

/// By the estimated value of all that is let together (the need; with aggregation at least that).
fn route_is_allowed(before: &City, after: &City, (award, of): (&Award, &NeedRules), value: f64) {
    let failed = failed(before, after, award.contract as usize);
    let team = after.anchors.team(award.anchor as usize);
    let below = value < of.threshold_gbp;
    match award.route {
        Route::Direct => {
            let locked = after.contracts.categories[award.category as usize].lock_in > 0.0;
            assert!(value < of.quotes_from_gbp || locked, "{award:?}");
        }
        Route::Quotes => {
            let off_policy = team.off_policy_share > 0.0 && below;
            assert!(failed || below && (value < of.tender_from_gbp || off_policy), "{value} {award:?}");
        }
        Route::BelowThreshold => assert!(value >= of.tender_from_gbp && below, "{value} {award:?}"),
        Route::Open => assert!(!below || failed, "{value} {award:?}"),
        Route::CallOff => {
            let framework = &after.contracts.frameworks[award.category as usize];
            assert!(award.incumbent || framework.has(award.supplier, award.identity), "{award:?}");
            assert!(!award.preferred);
        }
        Route::DynamicMarket => assert!(of.dynamic_share > 0.0),
        Route::Extension | Route::Own | Route::OtherAnchor => unreachable!(),
    }
    if award.preferred {
        assert!(below && of.may_reserve, "preference above the threshold: {award:?}");
    }
    let reserved = of.reserved != Group::None && of.may_reserve && below;
    if reserved && matches!(award.route, Route::Quotes | Route::BelowThreshold) {
        assert!(belongs(after, SupplierId(award.supplier), of.reserved), "{award:?}");
    }
}
