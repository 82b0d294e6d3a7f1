//! How much slower the plain model of the tests is than the engine, on one town, one thread, all mechanisms off.
//!
//! The plain model keeps every account by name and makes one payment at a time; it is the oracle of the tests. Both run
//! the same months in turn, and the balances of all households are compared at the end.
#![allow(clippy::unwrap_used, dead_code)]

#[path = "../tests/oracle/books.rs"]
mod books;
#[path = "../tests/oracle/month.rs"]
mod month;
#[path = "../tests/oracle/start.rs"]
mod start;

use books::Account;
use recirc::economy::plan::Plan;
use recirc::economy::step::step;
use recirc::place::Place;
use recirc::scenario;
use recirc::study::{Ready, Simulation};
use std::fmt::Write;
use std::time::{Duration, Instant};

const HOUSEHOLDS: usize = 20_000;
const SHOPS: usize = 1_500;
/// Outlets of a household, sellers of a shop, staff of a shop.
const OUTLETS: usize = 12;
const SELLERS: usize = 6;
const STAFF: usize = 13;
const MONTHS: usize = 15;

/// A town in which every household shops at twelve places, and every shop has six sellers and thirteen of a staff.
fn town() -> String {
    let mut text = "name = \"large\"\n".to_owned();
    let list = |n: usize, of: &dyn Fn(usize) -> String| (0..n).map(of).collect::<Vec<_>>().join(", ");
    let at = |i: usize, k: usize, all: usize| (i * 7 + k * 7_919 + k * k * 31) % all;
    let buys = list(200, &|k| format!("s{} = {}.37", k * 7 % SHOPS, 900 + 13 * k));
    let pays = list(300, &|k| format!("h{} = 1999.99", k * 61 % HOUSEHOLDS));
    writeln!(
        text,
        "[[anchor]]\nid = \"a\"\nname = \"A\"\nkind = \"council\"\nbuys = {{ {buys} }}\npays = {{ {pays} }}"
    )
    .unwrap();
    for s in 0..SHOPS {
        let pays = list(STAFF, &|k| format!("h{} = 0.0231", (s * STAFF + k) % HOUSEHOLDS));
        let sellers = list(SELLERS, &|k| format!("s{} = 0.031", (s + 1 + k * 17) % SHOPS));
        let owner = s * 11 % HOUSEHOLDS;
        writeln!(
            text,
            "[[supplier]]\nid = \"s{s}\"\nname = \"S\"\nsector = \"C\"\nownership = \"independent\"\nvat = 0.0633\n\
             pays = {{ {pays} }}\nbuys = {{ {sellers}, country = 0.19 }}\nnational_taxes = 0.031\n\
             council_rates = 0.017\nsurplus = {{ h{owner} = 0.6, country = 0.4 }}\nexports_gbp_month = 12345.67"
        )
        .unwrap();
    }
    for h in 0..HOUSEHOLDS {
        let spends = list(OUTLETS, &|k| format!("s{} = 0.0{}1", at(h, k, SHOPS), 3 + k % 3));
        writeln!(
            text,
            "[[household]]\nid = \"h{h}\"\ndirect_tax = 0.181\npension = 0.047\ncouncil_tax = 0.051\n\
             benefits_gbp_month = 611.11\ndeposits_gbp = 900\nspends = {{ {spends} }}"
        )
        .unwrap();
    }
    text
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn compare() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("town.toml"), town()).unwrap();
    let path = dir.path().join("s.toml");
    std::fs::write(&path, "place = \"town.toml\"\n").unwrap();
    let ready = Ready::new(scenario::load(path.to_str().unwrap(), &[]).unwrap()).unwrap();
    let Place::Town(town) = &ready.place else { unreachable!("a town") };
    let settings = &ready.scenario.settings;
    let mut plain = start::model(town, settings.firms.reserve_months);
    let mut engine = Simulation::new(&ready, 1).unwrap();
    let plan = Plan::new(settings, &engine.city);
    let (mut of_plain, mut of_engine) = (Vec::new(), Vec::new());
    for _ in 0..MONTHS {
        of_plain.push(timed(|| plain.month(1.0)));
        of_engine.push(timed(|| drop(step(&mut engine.city, &plan, &engine.draws, None).unwrap())));
    }
    for h in 0..HOUSEHOLDS {
        assert_eq!(*plain.balance(Account::Home(h)), engine.city.households.deposits.rows()[h], "home {h}");
    }
    let (plain, engine) = (median(of_plain), median(of_engine));
    println!(
        "A town of {HOUSEHOLDS} households and {SHOPS} firms, all mechanisms off, one thread, medians of {MONTHS} months:"
    );
    println!("  plain model {:>9.3} ms a month", 1e3 * plain.as_secs_f64());
    println!("  engine      {:>9.3} ms a month", 1e3 * engine.as_secs_f64());
    println!("  the plain model takes {:.1} times as long", plain.as_secs_f64() / engine.as_secs_f64());
}

fn main() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    pool.install(compare);
}
