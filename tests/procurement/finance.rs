//! No lever is free: who pays, whom, and what is forgone; effects that grow month by month.

use super::{city, month};
use recirc::base::col::Id;
use recirc::economy::books::{Group, Kind};
use recirc::economy::plan::Plan;
use recirc::economy::step;
use recirc::measure::record::Record;
use recirc::world::City;
use recirc::world::costs::Payee;
use recirc::world::flows::Service;

/// The month's costs of one lever, pence.
fn cost_of(city: &City, what: &str) -> i64 {
    city.costs.iter().filter(|cost| cost.what == what).map(|cost| cost.amount).sum()
}

fn after(toml: &str, months: u16) -> City {
    let mut city = city(toml, &[]);
    let plan = Plan::new(&city.settings, &city);
    (0..months).for_each(|_| month(&mut city, &plan));
    city
}

fn delivered(city: &City) -> f64 {
    let mut all = Service::default();
    city.flows.service.iter().for_each(|of| all.add(of));
    all.volume
}

fn officers(by: &str) -> String {
    format!("[[policy.procurement_staff]]\nextra_fte = 20\nanchors = [\"council\"]\nfinanced_by = \"{by}\"\n")
}

/// Twenty officers at 128 hours of £36 cost £92,160 a month, at a hundredth £921.60. Out of the council's budget they
/// cost volume at the council and nowhere else; by levy everywhere; by grant and by council tax nowhere.
#[test]
fn who_pays_forgoes() {
    let without = after("", 2);
    let of = |city: &City, a: usize| {
        let n = city.contracts.categories.len();
        city.flows.service[a * n..(a + 1) * n].iter().map(|s| s.paid).sum::<f64>()
            + city.flows.anchor[a].procurement as f64
    };
    let council = without.anchors.council.unwrap() as usize;
    for (by, at_council, elsewhere) in [
        ("budget", true, false),
        ("levy", true, true),
        ("grant", false, false),
        ("council_tax", false, false),
    ] {
        let with = after(&officers(by), 2);
        assert_eq!(cost_of(&with, "procurement_staff"), 92_160, "{by}");
        for a in 0..with.anchors.len() {
            let (before, now) = (of(&without, a), of(&with, a));
            let pays = if a == council { at_council } else { elsewhere };
            assert_eq!(now < before, pays, "{by}, anchor {a}: {before} {now}");
        }
        if by == "budget" {
            let saved = without.flows.anchor[council].procurement
                + without.flows.anchor[council].irrecoverable_vat
                - with.flows.anchor[council].procurement
                - with.flows.anchor[council].irrecoverable_vat;
            // To the rounding of a thousand purchases, less those that lapse in the month.
            assert!((saved - 92_160).abs() < 4_000, "{saved}");
        }
    }
}

/// Council tax pays for officers of the council: households pay a levy of the same sum, and central government nothing;
/// by grant it is the other way round.
#[test]
fn council_tax_or_grant() {
    let flows = |by: &str| {
        let mut city = city(&officers(by), &[]);
        let plan = Plan::new(&city.settings, &city);
        month(&mut city, &plan);
        let draws = super::draws(&city);
        let books = step::step(&mut city, &plan, &draws, None).unwrap();
        let levy = books.flow(Kind::ExtraFunding, Group::Households, Group::Council);
        let grant = books.flow(Kind::AnchorIncome, Group::Government, Group::Council);
        (levy, grant)
    };
    let (by_tax, by_grant) = (flows("council_tax"), flows("grant"));
    assert!((by_tax.0 - 92_160).abs() < 100, "{by_tax:?}");
    assert_eq!(by_grant.0, 0);
    assert_eq!(by_grant.1 - by_tax.1, 92_160);
}

/// Over four months a quarter of the officers come, and are paid for, each month; lots hold from the second.
#[test]
fn effects_grow_evenly() {
    let toml = "[[policy.procurement_staff]]\nextra_fte = 20\nanchors = [\"council\"]\nramp_months = 4\n\
                [[policy.lots]]\nnumber = 3\nfrom_gbp = 0\nramp_months = 4\n";
    let mut city = city(toml, &[]);
    let plan = Plan::new(&city.settings, &city);
    month(&mut city, &plan);
    let council = city.anchors.council.unwrap() as usize;
    let hours = |city: &City| city.contracts.teams[council].hours;
    let own = hours(&city);
    for (quarters, lots) in [(1, 1), (2, 3), (3, 3), (4, 3), (4, 3)] {
        month(&mut city, &plan);
        assert_eq!(cost_of(&city, "procurement_staff"), 23_040 * quarters);
        assert!((hours(&city) - own - 640.0 * quarters as f64).abs() < 1e-6);
        assert_eq!(plan.in_force(&city).of(council as u16, 0).lots, lots);
    }
}

/// Each lever that takes money is paid for, by somebody and to somebody, while it is in force and not before.
#[test]
fn no_lever_is_free() {
    for (lever, fields, months) in [
        ("procurement_staff", "extra_fte = 1", 2),
        ("monitoring_staff", "extra_fte = 1", 2),
        ("bid_support", "saves_percent = 50", 4),
        ("procurement_it", "hours_saved_percent = 20", 2),
        ("legal_advice_pool", "risk_cut_percent = 50", 2),
        ("buyer_training", "share = 0.5", 2),
        ("rent_discount", "discount_percent = 50", 2),
        ("prompt_payment", "days = 5", 4),
        ("framework_lots", "share = 0.5", 40),
    ] {
        let mut city = city(&format!("[[policy.{lever}]]\n{fields}\n"), &[]);
        let plan = Plan::new(&city.settings, &city);
        month(&mut city, &plan);
        assert_eq!(cost_of(&city, lever), 0, "{lever} in burn-in");
        let mut paid = 0;
        for _ in 1..months {
            month(&mut city, &plan);
            paid += cost_of(&city, lever);
            if paid > 0 {
                break;
            }
        }
        assert!(paid > 0, "{lever} costs nothing");
    }
}

/// Legal advice for half the risk costs £150,000 a year over the network: £12,500 a month, at a hundredth £125, of which
/// each anchor spends its part of what all buy.
#[test]
fn advice_by_hand() {
    let city = after("[[policy.legal_advice_pool]]\nrisk_cut_percent = 50\n", 2);
    let paid = cost_of(&city, "legal_advice_pool");
    assert!((paid - 12_500).abs() <= city.anchors.len() as i64, "{paid}");
    let bought: i64 = city.anchors.procurement.iter().sum();
    let council = city.anchors.council.unwrap();
    let own =
        city.costs.iter().find(|c| c.what == "legal_advice_pool" && u32::from(c.spender) == council).unwrap();
    let part = city.anchors.procurement.rows()[council as usize] as f64 / bought as f64;
    assert!((own.amount as f64 - 12_500.0 * part).abs() < 1.0);
}

/// Rent given back to social enterprises is half of what they pay property firms; it is no sale of theirs.
#[test]
fn idle_space_by_hand() {
    let city = after("[[policy.rent_discount]]\ndiscount_percent = 50\n", 2);
    let given: i64 = city.costs.iter().filter(|c| c.payee == Payee::Tenants).map(|c| c.amount).sum();
    let rents: f64 = city
        .suppliers
        .active
        .ids()
        .filter(|s| recirc::economy::procurement::clauses::is_tenant(&city, *s))
        .map(|s| {
            recirc::economy::order::base(&city, s) as f64
                * recirc::economy::procurement::clauses::rent_share(&city, s)
        })
        .sum();
    assert!(given > 0 && (given as f64 / (0.5 * rents) - 1.0).abs() < 0.02, "{given} of {rents}");
    // Nor is it a purchase.
    let refunds = city.flows.payments.iter().filter(|p| p.refund);
    assert_eq!(refunds.map(|p| p.amount).sum::<i64>(), given);
    let mut record = Record::new(&city);
    let draws = super::draws(&city);
    let mut city = city;
    let plan = Plan::new(&city.settings, &city);
    let books = step::step(&mut city, &plan, &draws, None).unwrap();
    record.keep(&city, &books);
    let bought = city.flows.payments.iter().filter(|p| !p.refund).map(|p| p.amount).sum::<i64>();
    assert!(bought < city.flows.payments.iter().map(|p| p.amount).sum());
    assert_eq!(record.months[0].procurement, bought);
    assert!(
        delivered(&city) > 0.0 && city.suppliers.len() > city.suppliers.active.ids().next().unwrap().index()
    );
}

/// The fund of the council and the colleges places 4.6% of last month's employer contributions with the city's builders.
#[test]
fn pension_fund_by_hand() {
    let mut city = city("[[policy.pension_fund_local]]\nshare = 0.046\n", &[]);
    let plan = Plan::new(&city.settings, &city);
    month(&mut city, &plan);
    use recirc::place::vocabulary::AnchorKind::{Authority, College, Council};
    let funded: i64 = (0..city.anchors.len())
        .filter(|a| matches!(city.anchors.kind.rows()[*a], Some(Council | Authority | College)))
        .map(|a| (city.flows.anchor[a].employer_pension as f64 * 0.046).round() as i64)
        .sum();
    let draws = super::draws(&city);
    let books = step::step(&mut city, &plan, &draws, None).unwrap();
    assert!(funded > 0);
    assert_eq!(books.flow(Kind::LocalInvestment, Group::Finance, Group::Suppliers), funded);
}
