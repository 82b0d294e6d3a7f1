//! Small cities for the tests that run the model.

pub mod fingerprint;
pub mod statistics;

use recirc::base::draws::Draws;
use recirc::economy::books::BrokenIdentity;
use recirc::economy::plan::Plan;
use recirc::economy::step;
use recirc::place::{self, Place};
use recirc::scenario::settings::Settings;
use recirc::scenario::{self, Scenario};
use recirc::study;
use recirc::tracer::Tracer;
use recirc::world::City;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};

/// The replicate of all runs here.
pub const REPLICATE: u16 = 1;

/// The settings of Leeds as it is, at this scale and seed, with these `key=value` over them.
pub fn settings(scale: f64, seed: u64, sets: &[&str]) -> Settings {
    let mut all = vec![format!("run.scale={scale}"), format!("run.seed={seed}")];
    all.extend(sets.iter().map(|set| (*set).to_owned()));
    load("leeds/baseline", &all).settings
}

/// A scenario; a refusal is shown as a user would see it.
pub fn load(what: &str, sets: &[String]) -> Scenario {
    scenario::load(what, sets).unwrap_or_else(|refusal| panic!("{}", refusal.render(false)))
}

/// Leeds at this scale and seed, as synthesised.
pub fn leeds(scale: f64, seed: u64, sets: &[&str]) -> City {
    synthesise(settings(scale, seed, sets))
}

/// Cities up to this scale are kept for the next test that asks for the same.
const KEPT_UP_TO: f64 = 0.02;

/// Leeds under these settings, before its first month. Founding it takes longer than many a test: the same city under
/// another policy is a copy.
pub fn synthesise(settings: Settings) -> City {
    static KEPT: LazyLock<Mutex<HashMap<String, Arc<City>>>> = LazyLock::new(Mutex::default);
    if settings.run.scale > KEPT_UP_TO {
        return found(settings);
    }
    let plain = settings.without_policy();
    let key = serde_json::to_string(&Settings { name: String::new(), description: String::new(), ..plain })
        .unwrap();
    // Nothing is locked while a city is founded: that is shared out over threads, which may ask for the same city.
    let kept = KEPT.lock().unwrap().get(&key).cloned();
    let kept = kept.unwrap_or_else(|| {
        let made = Arc::new(found(settings.clone()));
        Arc::clone(KEPT.lock().unwrap().entry(key).or_insert(made))
    });
    let mut city = City::clone(&kept);
    city.settings = Arc::new(settings);
    city
}

/// The same, founded anew.
pub fn found(settings: Settings) -> City {
    static LEEDS: LazyLock<place::city::City> =
        LazyLock::new(|| match place::load("leeds", Path::new(".")) {
            Ok(Place::City(city)) => *city,
            _ => panic!("leeds is an embedded city"),
        });
    let start = recirc::base::date::Date::parse(&settings.run.start).unwrap();
    let draws = Draws::new(settings.run.seed, REPLICATE);
    study::found(&LEEDS, Arc::new(settings), start, &draws).unwrap()
}

/// Months of a city under its own settings.
pub fn run(city: &mut City, months: u16, tracer: Option<&mut Tracer>) -> Result<(), BrokenIdentity> {
    let plan = Plan::new(&city.settings, city);
    run_plan(city, &plan, months, tracer)
}

/// Months of a city under a plan.
pub fn run_plan(
    city: &mut City,
    plan: &Plan,
    months: u16,
    mut tracer: Option<&mut Tracer>,
) -> Result<(), BrokenIdentity> {
    let draws = Draws::new(city.settings.run.seed, REPLICATE);
    for _ in 0..months {
        step::step(city, plan, &draws, tracer.as_deref_mut())?;
    }
    Ok(())
}
