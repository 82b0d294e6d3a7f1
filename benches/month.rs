//! What a month costs: synthesis, the whole month with and without the tracer, and each phase, for Leeds at 1%,
//! 10% and 100%. `cargo bench -- 10pc/consume` times one of them.
//!
//! Every measured step starts from the same city, cloned (the clone is not timed), after half a year.
#![allow(clippy::unwrap_used)]

use criterion::{
    BatchSize, BenchmarkGroup, Criterion, criterion_group, criterion_main, measurement::WallTime,
};
use recirc::base::date::Date;
use recirc::base::draws::{Draws, Luck};
use recirc::economy::books::Books;
use recirc::economy::plan::{Plan, Rules};
use recirc::economy::{
    adapt, consume, firms, hire, institutions, order, pay, procurement, shocks, step, tax,
};
use recirc::place::{self, Place, city::City as Facts};
use recirc::scenario::{self, settings::Settings};
use recirc::study;
use recirc::tracer::Tracer;
use recirc::world::City;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Share of Leeds, and the name of the group.
const SIZES: [(f64, &str); 3] = [(0.01, "1pc"), (0.1, "10pc"), (1.0, "100pc")];
/// Months before the one that is measured: contracts are being let and dye is everywhere.
const SETTLED: u16 = 6;

/// A city within a month, and all that the phases need.
#[derive(Clone)]
struct Month {
    city: City,
    plan: Arc<Plan>,
    rules: Rules,
    draws: Draws,
    luck: Luck,
    books: Books,
    tracer: Tracer,
}

type Phase = (&'static str, fn(&mut Month));

/// The phases, in the order of `economy::step`; `same_as_a_step` holds them to it.
const PHASES: [Phase; 13] = [
    ("open_books", |m| m.books = Books::open(&m.city)),
    ("procurement", |m| procurement::let_contracts(&mut m.city, &m.rules, &m.draws, &m.luck)),
    ("order", |m| order::fill(&mut m.city, &m.rules, &mut m.books)),
    ("hire", |m| hire::match_workers(&mut m.city, &m.luck)),
    ("pay", |m| pay::wages_rent_and_surplus(&mut m.city, &m.draws, &mut m.books)),
    ("tax", |m| tax::collect_and_support(&mut m.city, &m.rules, &mut m.books)),
    ("consume", |m| consume::spend(&mut m.city, &m.rules, &mut m.books)),
    ("tracer", |m| m.tracer.follow(&m.city)),
    ("shocks", |m| shocks::strike(&mut m.city, &m.rules, &mut m.books)),
    ("institutions", |m| institutions::work(&mut m.city, &m.rules, &m.luck, &mut m.books)),
    ("firms", |m| firms::enter_and_exit(&mut m.city, &m.luck, &mut m.books)),
    ("adapt", |m| adapt::expectations_habits_and_norms(&mut m.city, &m.rules, &m.draws, &m.luck)),
    ("close_books", |m| drop(black_box(m.books.clone().close(&m.city).unwrap()))),
];

fn leeds() -> Facts {
    match place::load("leeds", Path::new(".")).unwrap() {
        Place::City(facts) => *facts,
        Place::Town(_) => unreachable!("leeds is a city"),
    }
}

/// The policy of the main job, in force from the second month.
fn settings(scale: f64) -> Settings {
    let mut settings = scenario::load("leeds/local_first", &[]).unwrap().settings;
    settings.run.scale = scale;
    settings.run.burn_in_months = 1;
    settings
}

fn synthesise(facts: &Facts, settings: &Arc<Settings>, draws: &Draws) -> City {
    let start = Date::parse(&settings.run.start).unwrap();
    study::found(facts, Arc::clone(settings), start, draws).unwrap()
}

/// The city after some months, at the end of one.
fn settled(facts: &Facts, settings: &Arc<Settings>) -> Month {
    let draws = Draws::new(settings.run.seed, 1);
    let mut city = synthesise(facts, settings, &draws);
    let plan = Plan::new(settings, &city);
    let mut tracer = Tracer::new(&city);
    for _ in 0..SETTLED {
        step::step(&mut city, &plan, &draws, Some(&mut tracer)).unwrap();
    }
    let (luck, books) = (draws.in_month(city.month), Books::open(&city));
    let rules = plan.in_force(&city);
    Month { city, plan: Arc::new(plan), rules, draws, luck, books, tracer }
}

fn step(month: &mut Month, traced: bool) {
    let tracer = traced.then_some(&mut month.tracer);
    black_box(step::step(&mut month.city, &month.plan, &month.draws, tracer).unwrap());
}

fn begin(month: &mut Month) {
    month.city.month += 1;
    month.luck = month.draws.in_month(month.city.month);
}

/// The phases one after another are the step: otherwise what is timed below is not the model.
fn same_as_a_step(settled: &Month) {
    let (mut whole, mut parts) = (settled.clone(), settled.clone());
    step(&mut whole, true);
    begin(&mut parts);
    PHASES.iter().for_each(|(_, phase)| phase(&mut parts));
    assert!(whole.city.cash == parts.city.cash, "a step differs from its phases");
    assert!(
        whole.city.households.deposits == parts.city.households.deposits,
        "a step differs from its phases"
    );
    assert!(whole.tracer.ledger == parts.tracer.ledger, "a step differs from its phases");
}

/// Time `work` on clones of a month.
fn time(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, from: &Month, work: impl Fn(&mut Month)) {
    group.bench_function(name, |b| b.iter_batched_ref(|| from.clone(), &work, BatchSize::PerIteration));
}

fn of_size(criterion: &mut Criterion, facts: &Facts, (scale, name): (f64, &str)) {
    let mut group = criterion.benchmark_group(name);
    group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    group.sample_size(if scale < 1.0 { 20 } else { 10 });
    let settings = Arc::new(settings(scale));
    let draws = Draws::new(settings.run.seed, 1);
    group.bench_function("synthesis", |b| b.iter_with_large_drop(|| synthesise(facts, &settings, &draws)));
    let mut month = settled(facts, &settings);
    same_as_a_step(&month);
    time(&mut group, "month", &month, |m| step(m, true));
    time(&mut group, "month_without_tracer", &month, |m| step(m, false));
    begin(&mut month);
    for (name, phase) in PHASES {
        time(&mut group, name, &month, phase);
        phase(&mut month);
    }
    group.finish();
}

fn month(criterion: &mut Criterion) {
    let facts = leeds();
    for size in SIZES {
        of_size(criterion, &facts, size);
    }
}

criterion_group!(benches, month);
criterion_main!(benches);
