//! With no policy the city stands still: Leeds at a fiftieth, ten years after burn-in, sixteen replicates.
//!
//! The drift of a series is the slope of its least-squares line over the 120 months, over its mean, a year.
//! Its sampling error is that of the mean slope over replicates: the standard error (spread of the slopes
//! over the root of their number) times Student's t at 97.5%. A series fails when even the nearer end of that 95%
//! interval lies beyond a tenth of a percent a year.

use rayon::prelude::*;
use recirc::base::col::Id;
use recirc::economy::plan::Plan;
use recirc::measure::compare::t_975;
use recirc::measure::record::{Record, Snapshot};
use recirc::scenario;
use recirc::study::{Ready, Simulation, Watch};
use recirc::world::City;
use recirc::world::anchors::AnchorId;
use recirc::world::households::HouseholdId;
use std::fmt::Write;
use std::sync::atomic::AtomicBool;

const REPLICATES: u16 = 16;
const MONTHS: u32 = 120;
/// Share of its level that a series may drift in a year.
const MOST_DRIFT: f64 = 0.001;

type Headline = (&'static str, fn(&Snapshot) -> f64);

const HEADLINES: [Headline; 8] = [
    ("household income", |m| m.all.disposable as f64),
    ("household spending", |m| m.all.consumption as f64),
    ("jobs", |m| m.jobs as f64),
    ("residents in work", |m| m.all.in_work as f64),
    ("firm sales", |m| m.sales as f64),
    ("pay bill", |m| m.pay_bill as f64),
    ("anchor spend", |m| m.procurement as f64),
    ("council receipts", |m| m.council_receipts as f64),
];

const DEPOSITS: [&str; 12] = [
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
    "firms' cash net of debt",
    "anchors' cash net of debt",
];

fn deposits(city: &City, month: &Snapshot) -> [f64; 12] {
    let mut out = [0.0; 12];
    for h in 0..city.households.len() {
        let id = HouseholdId::from_index(h);
        out[usize::from(city.households.decile[id])] += city.households.deposits[id] as f64;
    }
    let anchors_debt: i64 = (0..city.anchors.len()).map(|a| city.anchors.debt[AnchorId::from_index(a)]).sum();
    out[10] = (month.firms_cash - month.firms_debt) as f64;
    out[11] = (month.anchors_cash - anchors_debt) as f64;
    out
}

/// Series by name and then month.
fn run(ready: &Ready, replicate: u16) -> Vec<Vec<f64>> {
    let stop = AtomicBool::new(false);
    let watch = Watch { tick: &|| (), stop: &stop };
    let mut simulation = Simulation::new(ready, replicate).unwrap();
    let plan = Plan::new(&ready.scenario.settings, &simulation.city);
    let mut record = Record::new(&simulation.city);
    let burn_in = u32::from(simulation.city.burn_in);
    simulation.advance(&plan, &mut record, burn_in, &watch).unwrap();
    let mut series = vec![Vec::new(); HEADLINES.len() + DEPOSITS.len()];
    for _ in 0..MONTHS {
        simulation.advance(&plan, &mut record, 1, &watch).unwrap();
        let month = record.months.last().unwrap();
        let values = HEADLINES.iter().map(|(_, of)| of(month)).chain(deposits(&simulation.city, month));
        series.iter_mut().zip(values).for_each(|(of, value)| of.push(value));
    }
    series
}

/// Slope of the least-squares line over the mean, a year.
fn drift(monthly: &[f64]) -> f64 {
    let n = monthly.len() as f64;
    let (t_mean, mean) = ((n - 1.0) / 2.0, monthly.iter().sum::<f64>() / n);
    let (mut up, mut down) = (0.0, 0.0);
    for (t, value) in monthly.iter().enumerate() {
        up += (t as f64 - t_mean) * (value - mean);
        down += (t as f64 - t_mean) * (t as f64 - t_mean);
    }
    12.0 * up / down / mean
}

#[test]
fn the_baseline_stands_still() {
    let scenario =
        scenario::load("leeds/baseline", &["run.scale=0.02".into(), "tracer.on=false".into()]).unwrap();
    let ready = Ready::new(scenario).unwrap();
    let runs: Vec<Vec<Vec<f64>>> = (1..=REPLICATES).into_par_iter().map(|r| run(&ready, r)).collect();
    let names = HEADLINES.iter().map(|h| h.0).chain(DEPOSITS);
    let (mut told, mut moved) = (String::new(), 0);
    for (k, name) in names.enumerate() {
        let slopes: Vec<f64> = runs.iter().map(|run| drift(&run[k])).collect();
        let n = slopes.len() as f64;
        let mean = slopes.iter().sum::<f64>() / n;
        let spread = (slopes.iter().map(|s| (s - mean) * (s - mean)).sum::<f64>() / (n - 1.0)).sqrt();
        let error = t_975(slopes.len() - 1) * spread / n.sqrt();
        let still = mean.abs() - error <= MOST_DRIFT;
        moved += usize::from(!still);
        let verdict = if still { "" } else { "  MOVES" };
        writeln!(
            told,
            "{name:28} {:+8.3}% a year, sampling error {:.3}{verdict}",
            100.0 * mean,
            100.0 * error
        )
        .unwrap();
    }
    println!("{told}");
    assert_eq!(moved, 0, "\n{told}");
}

#[test]
fn drift_by_hand() {
    // 100 and a tenth more each month: 1.2 a year over a mean of 100 + 119 x 0.05 = 105.95.
    let rising: Vec<f64> = (0..MONTHS).map(|t| 100.0 + 0.1 * f64::from(t)).collect();
    assert!((drift(&rising) - 1.2 / 105.95).abs() < 1e-12);
    assert!(drift(&[5.0; 24]).abs() < 1e-15);
}
