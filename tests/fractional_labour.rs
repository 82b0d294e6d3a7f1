//! Where employment follows sales at once, posts are filled more or less and nobody moves: comparisons count that as jobs.

use crate::common::load;
use recirc::measure::metrics;
use recirc::study::{self, Ready, Watch};
use std::sync::atomic::AtomicBool;

/// Metrics of a run with a procurement budget changed by this, in per cent.
fn metrics_at(change: i32, sets: &[&str]) -> impl Fn(&str) -> f64 {
    let dir = crate::folders::folder(&[(
        "s.toml",
        &format!(
            "extends = \"leeds/baseline\"\nname = \"s\"\n[run]\nscale = 0.01\nyears = 1\nburn_in_months = 3\n\
             [[policy.procurement_budget]]\nchange_percent = {change}\n"
        ),
    )]);
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    let ready = Ready::new(load(dir.path().join("s.toml").to_str().unwrap(), &sets)).unwrap();
    let stop = AtomicBool::new(false);
    let record = study::run(&[ready], &Watch { tick: &|| (), stop: &stop }).unwrap().remove(0).remove(0);
    let all = metrics::of(&record);
    move |id| all.iter().find(|metric| metric.id == id).unwrap().value
}

#[test]
fn jobs_follow_sales() {
    let off = ["mechanisms.labour_market=false"];
    let (usual, more) = (metrics_at(0, &off), metrics_at(20, &off));
    let change = |id: &str| more(id) - usual(id);
    assert!(change("firm_sales") > 0.0 && change("jobs") > 0.0 && change("pay_bill") > 0.0);
    // Whoever works more lives here or outside.
    let (jobs, residents, commuters) = (change("jobs"), change("residents_in_work"), change("in_commuters"));
    assert!(residents > 0.0 && commuters > 0.0, "{residents} and {commuters}");
    // Residents are whole people at the run's scale in each month.
    assert!((jobs - residents - commuters).abs() < 110.0, "{jobs}, {residents} and {commuters}");
}
