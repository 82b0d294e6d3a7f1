//! Institutions, in Leeds at small scale: each does what it says, is paid for, and the books close.

use crate::common::{load, run_plan, synthesise};
use recirc::economy::plan::Plan;
use recirc::place::vocabulary::Ownership;
use recirc::scenario::settings::Settings;
use recirc::world::City;
use recirc::world::institutions::{Helped, RequestId, Status};
use recirc::world::suppliers::SupplierId;
use std::path::Path;

const BURN_IN: u16 = 2;

fn with(toml: &str, sets: &[&str]) -> Settings {
    let folder = tempfile::tempdir().unwrap();
    let baseline = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/leeds/baseline.toml");
    let file = folder.path().join("with.toml");
    std::fs::write(&file, format!("extends = {:?}\n{toml}", baseline.to_str().unwrap())).unwrap();
    let mut all = vec!["run.scale=0.01".to_owned(), format!("run.burn_in_months={BURN_IN}")];
    all.extend(sets.iter().map(|set| (*set).to_owned()));
    load(file.to_str().unwrap(), &all).settings
}

/// A city after burn-in and so many months under this policy, checked month by month.
fn after(toml: &str, sets: &[&str], months: u16) -> City {
    let settings = with(toml, sets);
    let mut city = synthesise(settings.clone());
    let plan = Plan::new(&settings, &city);
    run_plan(&mut city, &plan, BURN_IN + months, None).unwrap();
    city
}

const HUB: &str = "[[policy.impact_hub]]\noutreach_fte = 4\nfollow_up_fte = 2\nshowcase_months = 12\n\
                   unprompted_a_year = 24\nrunning_gbp_a_year = 30_000\n";

#[test]
fn a_hub_registers_matches_and_meets_requests() {
    let (city, plain) = (after(HUB, &[], 30), after("", &[], 30));
    let count = |of: &City, status: Status| of.institutions.requests.that_are(status).len();
    assert_eq!(
        city.institutions.requests.identity, plain.institutions.requests.identity,
        "the same needs arise"
    );
    assert_eq!(count(&plain, Status::Met) + count(&plain, Status::Registered), 0);
    let requests = &city.institutions.requests;
    let registered = requests.registered.iter().filter(|month| **month > 0).count();
    assert!(
        (30..=50).contains(&registered),
        "four staff at five a year each, over two and a half years: {registered}"
    );
    assert!(count(&city, Status::Met) > 5, "{:?}", Status::ALL.map(|s| count(&city, s)));
    for r in (0..requests.len() as u32).map(RequestId).filter(|r| requests.is(*r, Status::Met)) {
        assert!(
            requests.delivered_gbp[r] >= requests.size_gbp[r]
                && requests.registered[r] <= requests.matched[r]
        );
    }
    let tailored = |of: &City| of.contracts.rows.iter().filter(|row| row.promise.tailored).count();
    assert!(tailored(&city) > tailored(&plain));
    assert!(city.costs.iter().any(|cost| cost.what == "impact_hub" && cost.amount > 0));
}

#[test]
fn follow_up_raises_what_is_delivered() {
    let met = |staff: &str| {
        let city = after(&HUB.replace("follow_up_fte = 2", staff), &[], 30);
        let requests = &city.institutions.requests;
        (0..requests.len() as u32)
            .map(|r| requests.delivered_gbp[RequestId(r)].min(requests.size_gbp[RequestId(r)]))
            .sum::<f64>()
    };
    let (with, without) = (met("follow_up_fte = 2"), met("follow_up_fte = 0"));
    assert!(with > without, "{with} and {without}");
}

#[test]
fn an_incubator_founds_where_money_leaks() {
    let toml = "[[policy.incubator]]\nstarts_a_year = 400\nform = \"vcse\"\nseed_gbp = 25_000\nspace_gbp_a_year = 6_000\nmentors_fte = 2\n";
    let city = after(toml, &["institutions.lead_months=2"], 18);
    let social = &city.institutions.social;
    assert!(social.len() >= 2, "{}", social.len());
    for firm in social.iter().filter(|firm| firm.closed.is_none()) {
        let s = SupplierId(firm.supplier);
        assert_eq!((firm.helped, city.suppliers.ownership[s]), (Helped::Incubated, Ownership::Vcse));
        assert!(city.suppliers.recipe[s].profit_to_staff > 0);
        let category = &city.contracts.categories[usize::from(firm.category.unwrap())];
        assert_eq!(city.suppliers.sector[s], category.sector);
    }
    for firm in social.iter().filter(|firm| firm.closed.is_some()) {
        assert_eq!(
            city.suppliers.ownership[SupplierId(firm.supplier)],
            firm.before.0,
            "the place is what it was"
        );
    }
    assert!(city.institutions.leaks.iter().any(|leak| *leak > 0.0));
}

#[test]
fn a_co_operative_agency_founds_and_converts() {
    let toml =
        "[[policy.cooperative_agency]]\nstarts_a_year = 200\nconversions_a_year = 300\nadvisers_fte = 2\n";
    let city = after(toml, &[], 12);
    let of = |helped: Helped| city.institutions.social.iter().filter(|firm| firm.helped == helped).count();
    assert!(of(Helped::Founded) >= 1 && of(Helped::Converted) >= 2, "{:?}", city.institutions.social);
    let converted = city
        .institutions
        .social
        .iter()
        .find(|f| f.helped == Helped::Converted && f.closed.is_none())
        .unwrap();
    assert_eq!(converted.before.0, Ownership::Family);
    assert_eq!(city.suppliers.ownership[SupplierId(converted.supplier)], Ownership::Cooperative);
}

/// A year of sales is four times what a firm may owe: what staff borrowed to take it over does not close it before it falls due.
#[test]
fn firms_do_not_close_for_the_loan_of_their_buy_out() {
    let toml =
        "[[policy.cooperative_agency]]\nstarts_a_year = 0\nconversions_a_year = 1_000\nadvisers_fte = 2\n";
    let city = after(toml, &["institutions.buyout_months_of_sales=12"], 12);
    let converted = city.institutions.social.iter().filter(|f| f.helped == Helped::Converted && f.buyout > 0);
    let (open, closed): (Vec<_>, Vec<_>) = converted.partition(|firm| firm.closed.is_none());
    assert!(
        open.len() >= 5 && closed.len() <= open.len() / 3,
        "{} open, {} closed",
        open.len(),
        closed.len()
    );
    let limit = city.settings.firms.debt_limit_months;
    let over = |s: SupplierId| city.suppliers.debt[s] as f64 > limit * city.suppliers.expected[s] as f64;
    assert!(open.iter().filter(|firm| over(SupplierId(firm.supplier))).count() * 2 > open.len());
}

#[test]
fn a_lender_lends_and_its_account_closes() {
    let toml = "[[policy.cdfi]]\ncapital_gbp = 200_000_000\nloans_a_year = 3_000\nloan_gbp = 25_000\nstaff_fte = 2\n";
    let city = after(toml, &[], 24);
    let lender = &city.institutions.lender;
    assert!(lender.made > 20 && lender.openings > 0, "{lender:?}");
    assert_eq!(lender.gap(), 0);
    assert!((lender.paid_in - 200_000_000).abs() < 20, "capital at the scale of the run, {}", lender.paid_in);
    assert!(lender.repaid > 0 && lender.interest > 0);
    assert_eq!(lender.lent, 2_500_000 * i64::from(lender.made));
}

fn plan(rule: &str, consequences: f64) -> String {
    format!(
        "[[policy.strategic_plan]]\nambition = 1\nrule = \"{rule}\"\nsocial_value_weight = 0.2\nlocal_points = 10\n\
         invite_local = 3\nremit = 0.5\nconsequences = {consequences}\nlead_fte = 1\n"
    )
}

#[test]
fn a_plan_sinks_to_its_least_committed_member() {
    let mean = |toml: &str| {
        let city = after(toml, &[], 36);
        let weights = city.anchors.procurement.rows();
        let all: i64 = weights.iter().sum();
        city.institutions.practice.iter().zip(weights).map(|(x, w)| x * *w as f64).sum::<f64>() / all as f64
    };
    let [least, mean_rule, most] = ["least", "mean", "most"].map(|rule| mean(&plan(rule, 0.0)));
    assert!(least > 0.0 && least < mean_rule && mean_rule < most, "{least} {mean_rule} {most}");
    assert!(mean(&plan("most", 1.0)) > most, "consequences");
    let champions = plan("mean", 0.0) + "champions = true\n";
    assert!(mean(&champions) > mean_rule, "champions");
}

#[test]
fn a_plan_changes_what_officers_ask_for() {
    let (city, plain) = (after(&plan("most", 1.0), &[], 48), after("", &[], 48));
    assert!(city.institutions.practice.iter().all(|x| *x > 0.1));
    assert!(plain.institutions.practice.is_empty());
    let rules = |of: &City, settings: &Settings| Plan::new(settings, of).in_force(of);
    let with_plan = rules(&city, &with(&plan("most", 1.0), &[]));
    let without = rules(&plain, &with("", &[]));
    for a in 0..city.anchors.len() as u16 {
        assert!(with_plan.of(a, 0).social_value_weight > without.of(a, 0).social_value_weight);
        assert!(with_plan.of(a, 0).local_points > 0.0);
    }
}
