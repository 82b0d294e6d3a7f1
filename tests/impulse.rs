//! The impulse: by hand in towns, and what must hold of any.

use crate::common::fingerprint::{fingerprint, first_difference};
use crate::common::{load, run_plan, synthesise};
use recirc::economy::plan::Plan;
use recirc::measure::additionality::Parts;
use recirc::measure::impulse::figures::Impulse;
use recirc::measure::impulse::places::Where;
use recirc::measure::impulse::{Asked, Twin};
use recirc::measure::local::Traced;
use recirc::measure::record::Record;
use recirc::place::national;
use recirc::scenario;
use recirc::study::impulse::twin;
use recirc::study::{Ready, Watch};
use recirc::tracer::Tracer;
use std::sync::atomic::AtomicBool;

/// A scenario without and with an extra spend, run.
pub fn records(what: &str, sets: &[&str], amount: f64) -> [Vec<Record>; 2] {
    let of = |amount: f64| {
        let mut all: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
        all.push(format!("impulse.amount_gbp={amount}"));
        let scenario = scenario::load(what, &all).unwrap_or_else(|refusal| panic!("{refusal}"));
        Ready::new(scenario).unwrap_or_else(|refusal| panic!("{refusal}"))
    };
    let stop = AtomicBool::new(false);
    twin(&[of(0.0), of(amount)], &Watch { tick: &|| (), stop: &stop }).unwrap()
}

/// The figures of a twin run.
pub fn figures(records: &[Vec<Record>; 2]) -> Impulse<'_> {
    let asked = Asked {
        amount_gbp: 0.0,
        to: String::new(),
        to_in_words: String::new(),
        months: 12,
        start: String::new(),
        financed_by: String::new(),
        slack: 0.5,
        averages: national::averages().unwrap(),
    };
    Impulse::new(asked, &records[0], &records[1])
}

fn close(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() < tolerance, "{a} is not {b}");
}

/// One council, one shop whose wages are all of turnover, one family that spends 40% of its pay at the shop and 20%
/// elsewhere, pays 20% income tax and 20% council tax; the council spends all it receives at the shop.
const TOWN: &str = r#"name = "one shop"
    [[anchor]]
    id = "council"
    name = "Council"
    kind = "council"
    buys = { shop = 1000000 }
    [[supplier]]
    id = "shop"
    name = "Shop"
    sector = "G"
    ownership = "independent"
    pays = { family = 1.0 }
    surplus = { country = 1.0 }
    [[household]]
    id = "family"
    direct_tax = 0.2
    council_tax = 0.2
    spends = { shop = 0.4, country = 0.2 }
    "#;

fn in_town(town: &str, sets: &[&str], amount: f64) -> [Vec<Record>; 2] {
    let dir = crate::folders::folder(&[
        ("town.toml", town),
        ("s.toml", "place = \"town.toml\"\nname = \"town\"\n[run]\nyears = 10\nburn_in_months = 12\n"),
    ]);
    records(dir.path().join("s.toml").to_str().unwrap(), sets, amount)
}

/// £120,000 on retail over twelve months. Of each £10,000 the shop pays 10,000 to the family a month on, of which 4,000
/// are back at the shop another month on, and 2,000 with the council, which spends them at the shop a month after that.
/// So sales are 100, 100, 140, 160, 176 (100 + 0.4·140 + 0.2·100), 192 (100 + 0.4·160 + 0.2·140) hundreds, and in all
/// 120,000/(1 − 0.6). Rounding takes a penny or two a month.
#[test]
fn by_hand_in_a_town() {
    let records = in_town(TOWN, &["impulse.to=retail"], 120_000.0);
    let of = figures(&records);
    let sales = of.paths(0, Where::City).remove(0);
    for (month, expected) in [100.0, 100.0, 140.0, 160.0, 176.0, 192.0].into_iter().enumerate() {
        close(sales[month], 100.0 * expected, 0.05);
    }
    close(of.total(0, Where::City, 120).mean, 300_000.0, 3.0);
    close(of.multiplier(0, Where::City, 120).mean, 2.5, 1e-4);
    // Income after tax and council tax is 60% of the pay, which is the sales of the month before.
    close(of.total(2, Where::City, 120).mean, 0.6 * 300_000.0, 3.0);
    // Receipts: the shop's, the family's, and council tax of 20%.
    close(of.receipts(120).mean, 2.5 * 2.2, 1e-3);
    // The family's pay is a job, and sales are pay: 300,000 over the pay of a month, in years.
    let pay = records[0][0].months[0].pay_bill as f64 / 100.0;
    let jobs = of.total(3, Where::City, 120).mean;
    close(jobs, 300_000.0 / pay / 12.0, 1e-5);
    // The family spends a fifth of its pay in the country, whose firms employ by national averages: jobs for a year there too.
    let a = &of.asked.averages;
    let there = 0.2 * 300_000.0 * a.value_added * a.jobs_per_value_added;
    close(of.total(3, Where::CountrySlack, 120).mean, of.asked.slack * (jobs + there), 1e-4);
}

/// What is spent is paid by who is said to pay, to the penny, and the parts of the first payment are all of it.
#[test]
fn financing_balances() {
    for (by, item) in [("grant", 0), ("outside", 1), ("council_tax", 2), ("budget", 3)] {
        for to in ["retail", "households", "council"] {
            if by == "budget" && to == "council" {
                continue;
            }
            let sets = [format!("impulse.to={to}"), format!("impulse.financed_by={by}")];
            let records = in_town(TOWN, &sets.each_ref().map(String::as_str), 120_000.0);
            let of = figures(&records);
            let spent = of.spent();
            // Cuts of budgets are whole pence of each purchase.
            close(spent, 120_000.0, if by == "budget" { 0.5 } else { 1e-6 });
            for (k, line) in of.financed().iter().enumerate() {
                close(line.value.mean, if k == item { spent } else { 0.0 }, 1e-6);
            }
            close(of.landing().iter().map(|line| line.value.mean).sum(), spent, 1e-6);
        }
    }
}

/// A levy takes from households what it spends on the shop: the family gives up 0.6/0.6 of it, two thirds at the shop.
#[test]
fn council_tax_reduces_households_spending() {
    let of = |by: &str| {
        let records = in_town(TOWN, &["impulse.to=retail", &format!("impulse.financed_by={by}")], 12_000.0);
        let spent = |r: &Record| r.months.iter().map(|m| m.all.consumption).collect::<Vec<_>>();
        let extra: Vec<f64> = spent(&records[1][0])
            .iter()
            .zip(spent(&records[0][0]))
            .map(|(with, without)| (with - without) as f64 / 100.0)
            .collect();
        extra
    };
    let (grant, levy) = (of("grant"), of("council_tax"));
    close(grant[0], 0.0, 0.05);
    close(levy[0], -1000.0, 0.05);
    assert!(levy.iter().sum::<f64>() < grant.iter().sum::<f64>());
}

/// A balanced budget still lifts sales while the money goes round, but by less than new money.
#[test]
fn who_pays_matters() {
    let of = |by: &str| {
        let records = in_town(TOWN, &["impulse.to=retail", &format!("impulse.financed_by={by}")], 12_000.0);
        figures(&records).multiplier(0, Where::City, 120).mean
    };
    // Levy: each pound takes two thirds of one from the shop, so what lands is a third of it.
    close(of("grant"), 2.5, 1e-3);
    close(of("outside"), 2.5, 1e-3);
    close(of("council_tax"), 2.5 / 3.0, 1e-3);
    // The council buys at the same shop what it cuts there.
    close(of("budget"), 0.0, 1e-3);
}

/// Sales by buyer, as the books have them, are the sales that suppliers count themselves, every month.
#[test]
fn every_sale_has_one_buyer() {
    let sets = [
        "run.scale=0.01",
        "run.years=1",
        "run.burn_in_months=3",
        "impulse.to=construction",
        "impulse.months=6",
    ];
    let records = records("leeds/baseline", &sets, 50_000_000.0);
    for record in records.iter().flatten() {
        for month in &record.months {
            assert_eq!(month.account.sales.total(), month.sales, "month {}", month.month);
        }
    }
}

/// The Guide's terms of an extra spend that leaks, by hand and by its own dye. The council buys 60p of the pound at the
/// shop. Per pound that lands, sales are T = 1 + 0.4 T (the family) + 0.2 x 0.6 T (the council, of its tax): T = 1/0.48.
/// So L = 0.4; the council buys 0.12 T = 0.25 more elsewhere, S = -0.25; M is what firms sell over the 1.25 that then
/// remain, (1.25 + 0.4 T)/1.25 = 5/3; AI = 0.6 T per pound.
#[test]
fn terms_of_the_guide_by_hand_and_by_dye() {
    let town = TOWN.replace("buys = { shop = 1000000 }", "buys = { shop = 600000, away = 400000 }") + AWAY;
    let records = in_town(&town, &["impulse.to=council"], 120_000.0);
    let twin = Twin { without: &records[0][0], with: &records[1][0] };
    let terms = Parts::of_impulse(&twin, twin.months()).terms().unwrap();
    close(terms.gross, 120_000.0, 1e-6);
    close(terms.leakage, 0.4, 1e-6);
    close(terms.displacement, 0.0, 1e-4);
    close(terms.substitution, -0.25, 1e-4);
    close(terms.multiplier, 5.0 / 3.0, 1e-4);
    close(terms.product(), 120_000.0 * 0.6 / 0.48, 3.0);
    // What the dye of the extra pounds says of the same: it leaks at the purchase, and what lands calls forth receipts of
    // the shop, the family (all of its turnover) and the council (a fifth of it): 2.2 T.
    let dye = records[1][0].ledger.extra.as_ref().unwrap();
    let traced = Traced::over(dye, dye.first);
    let abroad = traced.leaks[0].iter().sum::<f64>() / traced.dyed;
    close(abroad, terms.leakage, 1e-6);
    close(traced.lm_infinity_contract() / (1.0 - abroad), 2.2 / 0.48, 2e-3);
    let net = figures(&records).net();
    // Type I knows no family, so it is what lands; Type II has the family's 40p: 0.6/(1 - 0.4).
    close(net.type_i.unwrap(), 0.6, 1e-6);
    close(net.type_ii.unwrap(), 1.0, 1e-3);
    close(net.impulse.unwrap(), 0.6 / 0.48, 1e-4);
}

/// A supplier of the council's outside the town.
const AWAY: &str = r#"
    [[supplier]]
    id = "away"
    name = "Away"
    sector = "G"
    zone = "country"
    ownership = "independent"
    surplus = { country = 1.0 }
    "#;

/// Paid out of its own budget, by hand: the council, which buys 60p of the pound at the shop, cuts that by 72,000 to buy
/// for 120,000 there. Of what lands 48,000 are new, so sales are 48,000/0.48 = 100,000 in all; the council's tax buys
/// 0.12 of them back, and S = (72,000 - 12,000)/120,000 = 0.5; M = (60,000 + 40,000)/60,000.
#[test]
fn substitution_by_hand() {
    let town = TOWN.replace("buys = { shop = 1000000 }", "buys = { shop = 600000, away = 400000 }") + AWAY;
    let records = in_town(&town, &["impulse.to=retail", "impulse.financed_by=budget"], 120_000.0);
    let twin = Twin { without: &records[0][0], with: &records[1][0] };
    let terms = Parts::of_impulse(&twin, twin.months()).terms().unwrap();
    close(terms.leakage, 0.0, 1e-6);
    close(terms.substitution, 0.5, 1e-4);
    close(terms.multiplier, 5.0 / 3.0, 1e-4);
    close(terms.product(), 100_000.0, 5.0);
}

/// The extra pound's own dye, whoever is paid first. Households: 1 given, of which the family spends 40p at the shop and
/// 20p are council tax: LM3 = 1 + 1 + 0.6. The shop: 1 + 1 + 1. And in either the receipts to the end are those of the
/// twin runs.
#[test]
fn an_extra_pound_has_its_own_dye() {
    for (to, lm3) in [("households", 2.6), ("retail", 3.0), ("council", 3.0)] {
        let records = in_town(TOWN, &[&format!("impulse.to={to}")], 120_000.0);
        let of = figures(&records);
        let net = of.net();
        close(net.lm3.unwrap(), lm3, 1e-4);
        close(net.lm_infinity.unwrap(), 1.0 + of.receipts(120).mean, 1e-3);
    }
}

fn leeds(sets: &[&str]) -> recirc::scenario::settings::Settings {
    let mut all = vec!["run.scale=0.01".to_owned(), "run.burn_in_months=1".to_owned()];
    all.extend(sets.iter().map(|set| (*set).to_owned()));
    load("leeds/baseline", &all).settings
}

/// Nothing spent is nothing changed, whatever else is said of it.
#[test]
fn an_amount_of_zero_changes_no_byte() {
    let city = synthesise(leeds(&[]));
    let after = |sets: &[&str]| {
        let mut city = city.clone();
        let plan = Plan::new(&leeds(sets), &city);
        run_plan(&mut city, &plan, 4, None).unwrap();
        fingerprint(&city)
    };
    let baseline = after(&[]);
    for by in ["grant", "council_tax", "budget", "outside"] {
        let set = format!("impulse.financed_by={by}");
        let nothing = after(&["impulse.amount_gbp=0", "impulse.to=education", &set]);
        assert_eq!(first_difference(&baseline, &nothing), None, "{by}");
        let later =
            after(&["impulse.amount_gbp=1000000", "impulse.to=education", "impulse.start=2027-01", &set]);
        assert_eq!(first_difference(&baseline, &later), None, "{by}, before it starts");
        let some = after(&["impulse.amount_gbp=1000000", "impulse.to=education", &set]);
        assert!(first_difference(&baseline, &some).is_some(), "{by} changes nothing");
    }
}

/// Every way to spend and to pay, under the books' identities; the tracer watches and changes nothing, and loses no dye;
/// one and eight threads give the same bytes.
#[test]
fn every_target_and_payer_in_leeds() {
    let city = synthesise(leeds(&[]));
    for (to, by) in [
        ("teaching_hospitals", "grant"),
        ("university", "council_tax"),
        ("works", "budget"),
        ("Q", "council_tax"),
        ("health", "budget"),
        ("households", "budget"),
        ("households", "council_tax"),
        ("anchors", "outside"),
    ] {
        let to_set = format!("impulse.to={to}");
        let by_set = format!("impulse.financed_by={by}");
        let settings = leeds(&["impulse.amount_gbp=20000000", "impulse.months=4", &to_set, &by_set]);
        let run = |threads: usize, traced: bool| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let mut city = city.clone();
                let plan = Plan::new(&settings, &city);
                let mut tracer = traced.then(|| Tracer::new(&city));
                run_plan(&mut city, &plan, 6, tracer.as_mut()).unwrap();
                assert_eq!(tracer.map_or(0, |t| t.unaccounted()), 0);
                fingerprint(&city)
            })
        };
        let one = run(1, true);
        assert_eq!(first_difference(&one, &run(8, true)), None, "{to} by {by}: threads");
        assert_eq!(first_difference(&one, &run(2, false)), None, "{to} by {by}: tracer");
    }
}
