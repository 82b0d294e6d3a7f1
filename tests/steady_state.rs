//! With no policy the city stands still: Leeds at a fiftieth, ten years after burn-in, many replicates.
//!
//! The drift of a series is the slope of its least-squares line over the 120 months, over a yardstick, a year:
//! its own mean, but where a series is small or near zero the mean of a larger one that it is a part of. Its
//! sampling error is that of the mean slope over replicates: the standard error (spread of the slopes over the
//! root of their number) times Student's t at 97.5%. No series may drift by more than a tenth of a percent a year
//! beyond its sampling error; and the error must be small enough to tell, so that a series too noisy to judge
//! fails: a tenth and a half.
//!
//! Three kinds of series cannot be told so closely in forty-eight replicates of a small city, and are allowed a wider error:
//! where anchors buy (and the multipliers, which follow it and are traced in two thirds of the replicates), which moves with who
//! wins a few very large contracts by two or three points from run to run, their number being the same at any scale;
//! seekers, who are few (0.2% of them are 0.01 points of the unemployment rate); and anchors' cash, a month and a half of
//! their spend. Left out: vacancies, which at a fiftieth linger where nobody near fits a post.

use rayon::prelude::*;
use recirc::base::col::Id;
use recirc::economy::plan::Plan;
use recirc::measure::compare::t_975;
use recirc::measure::record::{Record, Snapshot};
use recirc::scenario;
use recirc::study::{Ready, Simulation, Watch};
use recirc::tracer::ledger::Month;
use recirc::world::City;
use recirc::world::anchors::AnchorId;
use recirc::world::households::HouseholdId;
use std::fmt::Write;
use std::sync::atomic::AtomicBool;

const REPLICATES: u16 = 48;
/// Of them, those in which the pounds are followed, which takes as long again.
const TRACED: u16 = 32;
const MONTHS: u32 = 120;
/// Share of its yardstick that a series may drift in a year beyond sampling error.
const MOST_DRIFT: f64 = 0.001;

type Headline = (&'static str, fn(&Snapshot) -> f64, fn(&Snapshot) -> f64);

fn seekers(m: &Snapshot) -> f64 {
    m.all.seeking as f64
}

/// The widest sampling error with which a series is judged.
fn most_error(name: &str) -> f64 {
    match name {
        "seekers" | "anchors' cash net of debt" => 0.002,
        "spend in the city" | "LM3" | "LM over all rounds" => 0.0025,
        _ => 0.0015,
    }
}

/// Name, series, yardstick.
const HEADLINES: [Headline; 17] = [
    ("household income", |m| m.all.disposable as f64, |m| m.all.disposable as f64),
    ("household spending", |m| m.all.consumption as f64, |m| m.all.consumption as f64),
    ("jobs", |m| m.jobs as f64, |m| m.jobs as f64),
    ("residents in work", |m| m.all.in_work as f64, |m| m.all.in_work as f64),
    ("in-commuters", |m| m.in_commuters as f64, |m| m.in_commuters as f64),
    ("labour force", |m| m.all.in_work as f64 + seekers(m), |m| m.all.in_work as f64 + seekers(m)),
    ("pay of new hires", |m| m.wage_index, |m| m.wage_index),
    ("pay bill", |m| m.pay_bill as f64, |m| m.pay_bill as f64),
    ("firm sales", |m| m.sales as f64, |m| m.sales as f64),
    ("anchor spend", |m| m.procurement as f64, |m| m.procurement as f64),
    ("council receipts", |m| m.council_receipts as f64, |m| m.council_receipts as f64),
    // Of the cash that firms hold: debt is a hundredth of it.
    ("firms' debt, of their cash", |m| m.firms_debt as f64, |m| m.firms_cash as f64),
    ("seekers", seekers, seekers),
    ("service delivered", |m| m.service.delivered, |m| m.service.needed),
    ("price of contracts", |m| m.service.price(), |_| 1.0),
    ("quality of service", |m| m.service.mean_quality(), |m| m.service.mean_quality()),
    // Points of the spend in a hundred, over a hundred.
    ("spend in the city", |m| m.procurement_in_city as f64 / m.procurement.max(1) as f64, |_| 1.0),
];

/// Dye of the month over what was put on it: the multipliers of three rounds and of all, income convention.
const MULTIPLIERS: [&str; 2] = ["LM3", "LM over all rounds"];

fn multipliers(month: &Month) -> [f64; 2] {
    let over = |receipts: i64| 1.0 + receipts as f64 / month.injected.max(1) as f64;
    [over(month.local[0] + month.local[1]), over(month.local.iter().sum())]
}

const DEPOSITS: [&str; 13] = [
    "deposits, decile 1",
    "deposits, decile 2",
    "deposits, decile 3",
    "deposits, decile 4",
    "deposits, decile 5",
    "deposits, decile 6",
    "deposits, decile 7",
    "deposits, decile 8",
    "deposits, decile 9",
    "deposits, decile 10",
    "firms' cash",
    "firms' cash net of debt",
    "anchors' cash net of debt",
];

fn deposits(city: &City, month: &Snapshot) -> [f64; 13] {
    let mut out = [0.0; 13];
    for h in 0..city.households.len() {
        let id = HouseholdId::from_index(h);
        out[usize::from(city.households.decile[id])] += city.households.deposits[id] as f64;
    }
    let anchors_debt: i64 = (0..city.anchors.len()).map(|a| city.anchors.debt[AnchorId::from_index(a)]).sum();
    out[10] = month.firms_cash as f64;
    out[11] = (month.firms_cash - month.firms_debt) as f64;
    out[12] = (month.anchors_cash - anchors_debt) as f64;
    out
}

/// (series, yardstick) by name and then month.
fn run(ready: &Ready, replicate: u16) -> Vec<Vec<(f64, f64)>> {
    let stop = AtomicBool::new(false);
    let watch = Watch { tick: &|| (), stop: &stop };
    let mut simulation = Simulation::new(ready, replicate).unwrap();
    let plan = Plan::new(&ready.scenario.settings, &simulation.city);
    let mut record = Record::new(&simulation.city);
    let burn_in = u32::from(simulation.city.burn_in);
    simulation.advance(&plan, &mut record, burn_in, &watch).unwrap();
    let mut series = vec![Vec::new(); HEADLINES.len() + DEPOSITS.len() + MULTIPLIERS.len()];
    for _ in 0..MONTHS {
        simulation.advance(&plan, &mut record, 1, &watch).unwrap();
        let month = record.months.last().unwrap();
        let headlines = HEADLINES.iter().map(|(_, of, by)| (of(month), by(month)));
        let itself = |x: f64| (x, x);
        let dyed = simulation.tracer.as_ref().and_then(|tracer| tracer.ledger.months.last());
        let values = headlines.chain(deposits(&simulation.city, month).map(itself));
        let values = values.chain(dyed.into_iter().flat_map(multipliers).map(itself));
        series.iter_mut().zip(values).for_each(|(of, value)| of.push(value));
    }
    series
}

/// Slope of the least-squares line over the mean of the yardstick, a year.
fn drift(monthly: &[(f64, f64)]) -> f64 {
    let n = monthly.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| monthly.iter().map(of).sum::<f64>() / n;
    let (t_mean, x_mean, yardstick) = ((n - 1.0) / 2.0, mean(|x| x.0), mean(|x| x.1));
    let (mut up, mut down) = (0.0, 0.0);
    for (t, (x, _)) in monthly.iter().enumerate() {
        up += (t as f64 - t_mean) * (x - x_mean);
        down += (t as f64 - t_mean) * (t as f64 - t_mean);
    }
    12.0 * up / down / yardstick
}

/// Mean drift over replicates and its sampling error.
fn mean_drift(slopes: &[f64]) -> (f64, f64) {
    let n = slopes.len() as f64;
    let mean = slopes.iter().sum::<f64>() / n;
    let spread = (slopes.iter().map(|s| (s - mean) * (s - mean)).sum::<f64>() / (n - 1.0)).sqrt();
    (mean, t_975(slopes.len() - 1) * spread / n.sqrt())
}

#[test]
fn the_baseline_stands_still() {
    let ready = |tracer: &str| {
        let sets = ["run.scale=0.02".into(), format!("tracer.on={tracer}")];
        Ready::new(scenario::load("leeds/baseline", &sets).unwrap()).unwrap()
    };
    let (plain, traced) = (ready("false"), ready("true"));
    let of = |r: u16| run(if r <= TRACED { &traced } else { &plain }, r);
    let runs: Vec<Vec<Vec<(f64, f64)>>> = (1..=REPLICATES).into_par_iter().map(of).collect();
    let names = HEADLINES.iter().map(|h| h.0).chain(DEPOSITS).chain(MULTIPLIERS);
    let (mut told, mut moved) = (String::new(), 0);
    for (k, name) in names.enumerate() {
        let told_in = runs.iter().filter(|run| !run[k].is_empty());
        let slopes: Vec<f64> = told_in.map(|run| drift(&run[k])).collect();
        let (mean, error) = mean_drift(&slopes);
        let most_error = most_error(name);
        let still = mean.abs() - error <= MOST_DRIFT && error <= most_error;
        moved += usize::from(!still);
        let verdict = if still { "" } else { "  MOVES" };
        writeln!(
            told,
            "{name:28} {:+8.3}% a year, sampling error {:.3} (at most {:.2}){verdict}",
            100.0 * mean,
            100.0 * error,
            100.0 * most_error
        )
        .unwrap();
    }
    println!("{told}");
    assert_eq!(moved, 0, "\n{told}");
}

#[test]
fn drift_by_hand() {
    // 100 and a tenth more each month: 1.2 a year over a mean of 100 + 119 x 0.05 = 105.95.
    let rising: Vec<(f64, f64)> = (0..MONTHS).map(|t| 100.0 + 0.1 * f64::from(t)).map(|x| (x, x)).collect();
    assert!((drift(&rising) - 1.2 / 105.95).abs() < 1e-12);
    assert!(drift(&[(5.0, 5.0); 24]).abs() < 1e-15);
    // Two slopes, 0 and 2: mean 1, spread root two, error 12.706 x root two / root two.
    let (mean, error) = mean_drift(&[0.0, 2.0]);
    assert!((mean - 1.0).abs() < 1e-12 && (error - 12.706).abs() < 1e-3);
}
