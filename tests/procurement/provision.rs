//! Make or buy, and service kept constant: who provides, who pays, and the books close (every month does).

use super::{city, month};
use recirc::base::col::Id;
use recirc::economy::plan::Plan;
use recirc::economy::procurement::make_or_buy;
use recirc::economy::procurement::payroll::gross_pay;
use recirc::place::vocabulary::Route;
use recirc::world::City;
use recirc::world::anchors::AnchorId;
use recirc::world::contracts::Provider;
use recirc::world::employers::EmployerId;
use recirc::world::flows::Service;
use recirc::world::orgs::NOBODY;
use recirc::world::suppliers::SupplierId;

fn category(city: &City, id: &str) -> usize {
    city.contracts.categories.iter().position(|c| c.id == id).unwrap()
}

fn service(city: &City, anchor: usize, category: usize) -> Service {
    city.flows.service[anchor * city.contracts.categories.len() + category]
}

fn heads(city: &City, anchor: usize) -> u32 {
    city.employers.headcount[EmployerId::from_index(city.suppliers.len() + anchor)]
}

fn months(city: &mut City, n: u16) {
    let plan = Plan::new(&city.settings, city);
    (0..n).for_each(|_| month(city, &plan));
}

/// The council takes care into its own hands for seven years, the longest contract, then the lever is gone.
#[test]
fn own_provision_hires_pays_delivers_and_goes_back() {
    let toml = "[[policy.insourcing]]\nshare = 1\nby = \"own_staff\"\nanchors = [\"council\"]\ncategories = [\"care\"]\nend = \"2033-08\"\n";
    let (mut with, mut without) = (city(toml, &[]), city("", &[]));
    let c = category(&with, "care");
    let council = with.anchors.council.unwrap() as usize;
    months(&mut with, 24);
    let own = |city: &City| {
        let rows =
            city.contracts.rows.iter().filter(|r| r.anchor as usize == council && r.category as usize == c);
        rows.clone().filter(|r| r.provider == Provider::Own).count() as f64 / rows.count() as f64
    };
    // Contracts leave as they end: some, not all, after two years.
    assert!(own(&with) > 0.3 && own(&with) < 0.95, "{}", own(&with));
    months(&mut with, 64);
    months(&mut without, 88);
    assert!(own(&with) > 0.98, "{}", own(&with));
    // The pay bill is the part of the budget that is labour, less contributions and pension.
    let labour: i64 = with
        .contracts
        .rows
        .iter()
        .filter(|r| r.provider == Provider::Own)
        .map(|r| make_or_buy::labour(&with, r))
        .sum();
    let e = EmployerId::from_index(with.suppliers.len() + council);
    let pension = with.employers.pension[e] as f64 / (1u64 << 32) as f64;
    let bill = with.anchors.extra_bill[AnchorId::from_index(council)];
    assert!((bill - gross_pay(labour, pension)).abs() <= 1, "{bill}");
    // It has hired: as many as that bill pays for at its mean pay, give or take a tenth.
    let more = f64::from(heads(&with, council)) - f64::from(heads(&without, council));
    let mean = without.employers.wage_bill[e] as f64 / f64::from(heads(&without, council));
    let expected = bill as f64 / mean;
    assert!(expected > 5.0 && (more / expected - 1.0).abs() < 0.25, "{more} more, {expected} expected");
    // It delivers what is needed at its cost, and its staff are paid with it.
    let of = service(&with, council, c);
    assert!((of.delivered / of.needed - 1.0).abs() < 0.03, "{of:?}");
    let paid = with.employers.wage_bill[e] as f64 / without.employers.wage_bill[e] as f64;
    assert!(paid > 1.0 && more > 0.0, "{paid}");
    // Materials come from suppliers of the trade that are open.
    for row in with.contracts.rows.iter().filter(|r| r.provider == Provider::Own) {
        assert!(row.supplier != NOBODY && row.promise == Default::default());
        assert_eq!(with.suppliers.sector[SupplierId(row.supplier)], with.contracts.categories[c].sector);
    }
    // The lever is gone: as terms end needs go back to market.
    months(&mut with, 90);
    assert_eq!(own(&with), 0.0);
    assert_eq!(with.anchors.extra_bill[AnchorId::from_index(council)], 0);
}

/// In its first month own provision delivers nothing, then a sixth more each month.
#[test]
fn own_provision_needs_six_months() {
    let toml = "[[policy.insourcing]]\nshare = 1\nby = \"owned_company\"\n";
    let mut city = city(toml, &["procurement.delivery.own_mobilisation_months=6"]);
    months(&mut city, 2);
    let first = city.month;
    let i = city.contracts.rows.iter().position(|r| r.provider == Provider::Own && r.months > 12).unwrap();
    let got = |city: &City| recirc::economy::procurement::delivery::in_service(city, &city.contracts.rows[i]);
    for k in 0..8u16 {
        assert!((got(&city) - f64::from(k.min(6)) / 6.0).abs() < 1e-12, "{k}");
        months(&mut city, 1);
    }
    assert_eq!(city.contracts.rows[i].first_month, first);
    assert_eq!(city.contracts.rows[i].route, Route::Own);
}

/// Another anchor provides: the largest other one hires and is paid; the largest itself is served by the next.
#[test]
fn another_anchor_provides() {
    let toml = "[[policy.insourcing]]\nshare = 1\nby = \"other_anchor\"\ncategories = [\"food\"]\n";
    let mut city = city(toml, &[]);
    months(&mut city, 30);
    let by_size = {
        let mut all: Vec<usize> = (0..city.anchors.len()).collect();
        all.sort_by_key(|a| std::cmp::Reverse(city.anchors.procurement[AnchorId::from_index(*a)]));
        all
    };
    let c = category(&city, "food");
    let mut labour = vec![0i64; city.anchors.len()];
    let mut served = 0;
    for row in city.contracts.rows.iter().filter(|r| r.provider != Provider::Market) {
        assert_eq!(row.category as usize, c);
        let provider = if row.anchor as usize == by_size[0] { by_size[1] } else { by_size[0] };
        assert_eq!(row.provider, Provider::Anchor(provider as u16));
        labour[provider] += make_or_buy::labour(&city, row);
        served += 1;
    }
    assert!(served > 50, "{served}");
    // What it is paid for labour is what its payroll for it costs, to the rounding of contributions.
    let received = |a: usize| -> i64 {
        let org = city.orgs.anchor(a).0;
        city.flows.payments.iter().filter(|p| p.org == org).map(|p| p.amount).sum()
    };
    for a in [by_size[0], by_size[1]] {
        assert!(labour[a] > 0);
        assert!((received(a) - labour[a]).abs() <= served, "{} for {}", received(a), labour[a]);
    }
}

/// What volume falls short of need, but for needs that nobody meets, and who paid more than they would.
struct Restored {
    gap: f64,
    /// Need less what is delivered.
    short: f64,
    treasury: i64,
    council_tax: i64,
    petty: i64,
    paid: f64,
}

/// Prices five percent above the reference, in each of four ways of paying for it.
fn at_five_percent_more(payer: &str, policy: &str) -> Restored {
    let mut city = city(policy, &[&format!("procurement.constant_service=\"{payer}\"")]);
    // The prices set here are not to become the reference of a run proper.
    city.burn_in = 0;
    for row in &mut city.contracts.rows {
        row.price = 1.05;
    }
    // No lettings: prices stay.
    city.contracts.rows.iter_mut().for_each(|r| r.end_month = 100);
    let mut out = Restored { gap: 0.0, short: 0.0, treasury: 0, council_tax: 0, petty: 0, paid: 0.0 };
    let government = city.orgs.outside(recirc::world::orgs::Outside::Government);
    let before = city.cash[government];
    for _ in 0..6 {
        months(&mut city, 1);
        let (mut needed, mut volume) = (0.0, 0.0);
        city.flows.service.iter().for_each(|s| (needed, volume) = (needed + s.needed, volume + s.volume));
        let unmet: i64 = city.contracts.rows.iter().filter(|r| r.supplier == NOBODY).map(|r| r.monthly).sum();
        out.gap += needed - unmet as f64 - volume;
        out.short += needed - city.flows.service.iter().map(|s| s.delivered).sum::<f64>();
        out.paid += city.flows.service.iter().map(|s| s.paid).sum::<f64>();
        out.petty += city.flows.payments.iter().filter(|p| !p.contract).map(|p| p.amount).sum::<i64>();
        out.council_tax += city.flows.household.iter().map(|h| i64::from(h.council_tax)).sum::<i64>();
    }
    out.treasury = city.cash[government] - before;
    out
}

/// £105 restores what £100 bought: five percent of what is paid on contracts is added, and paid by whoever the setting says.
#[test]
fn constant_service_is_restored_and_paid_for() {
    let off = at_five_percent_more("off", "");
    // Without it one part in 21 of the volume is missing.
    assert!((off.gap / off.paid - (1.0 - 1.0 / 1.05)).abs() < 1e-3, "{} of {}", off.gap, off.paid);
    for payer in ["grant", "council_tax", "cuts"] {
        let with = at_five_percent_more(payer, "");
        let added = with.paid - off.paid;
        // A little more than five percent: needs that nobody meets are made up for too.
        assert!((0.048..0.06).contains(&(added / off.paid)), "{payer}: {added}");
        // To the rounding of a penny a row and month.
        assert!(with.short.abs() < 1e-3 * with.paid, "{payer}: {} short of {}", with.short, with.paid);
        let treasury = (off.treasury - with.treasury) as f64 / added;
        let levy = (with.council_tax - off.council_tax) as f64 / added;
        let cuts = (off.petty - with.petty) as f64 / added;
        match payer {
            "grant" => {
                assert!(treasury > 0.4 && levy.abs() < 0.05 && cuts.abs() < 0.1, "{treasury} {levy} {cuts}")
            }
            "council_tax" => {
                assert!(levy > 0.6 && levy < 1.3 && cuts.abs() < 0.3, "{treasury} {levy} {cuts}")
            }
            _ => assert!(cuts > 0.6 && levy.abs() < 0.05, "{treasury} {levy} {cuts}"),
        }
    }
}

/// Service is restored too where a policy takes from the budget: a tenth less to buy with, or officers whom the budget pays.
#[test]
fn constant_service_holds_against_policies_that_take_from_it() {
    for policy in [
        "[[policy.procurement_budget]]\nchange_percent = -10\n",
        "[[policy.procurement_staff]]\nextra_fte = 40\nfinanced_by = \"budget\"\n",
    ] {
        let off = at_five_percent_more("off", policy);
        assert!(off.short > 0.055 * off.paid, "{policy}: {} of {}", off.short, off.paid);
        for payer in ["grant", "council_tax"] {
            let with = at_five_percent_more(payer, policy);
            assert!(
                with.short.abs() < 1e-3 * with.paid,
                "{payer}, {policy}: {} of {}",
                with.short,
                with.paid
            );
            let treasury = off.treasury - with.treasury;
            let levy = with.council_tax - off.council_tax;
            let (pays, other) = if payer == "grant" { (treasury, levy) } else { (levy, treasury) };
            assert!(pays as f64 > 0.3 * (with.paid - off.paid), "{payer}, {policy}: {pays} beside {other}");
        }
    }
}

/// What anchors provide by themselves is restored too: with a tenth less to spend as much is delivered as without.
#[test]
fn constant_service_holds_for_own_provision() {
    let delivered = |policy: &str| {
        let own = "[[policy.insourcing]]\nshare = 1\nby = \"own_staff\"\n";
        let mut city = city(&format!("{own}{policy}"), &["procurement.constant_service=\"grant\""]);
        city.contracts.rows.iter_mut().for_each(|row| row.end_month = row.end_month.min(3));
        months(&mut city, 12);
        assert!(city.contracts.rows.iter().any(|row| row.provider == Provider::Own));
        city.flows.service.iter().map(|of| of.delivered).sum::<f64>()
    };
    let cut = delivered("[[policy.procurement_budget]]\nchange_percent = -10\n");
    assert!((cut / delivered("") - 1.0).abs() < 2e-3, "{cut}");
}
