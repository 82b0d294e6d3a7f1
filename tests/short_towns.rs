//! Towns over few months: what still circulates counts, and what a town file need not say.

use recirc::measure::local::Traced;
use recirc::measure::metrics;
use recirc::measure::record::Record;
use recirc::measure::sam::Sam;
use recirc::scenario;
use recirc::study::{self, Ready, Watch};
use std::sync::atomic::AtomicBool;

/// A run of this town over so many years, after a year of burn-in.
fn run(town: &str, years: u16) -> Record {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("town.toml"), town).unwrap();
    let text =
        format!("place = \"town.toml\"\nname = \"short\"\n[run]\nburn_in_months = 12\nyears = {years}\n");
    std::fs::write(dir.path().join("s.toml"), text).unwrap();
    let ready =
        Ready::new(scenario::load(dir.path().join("s.toml").to_str().unwrap(), &[]).unwrap()).unwrap();
    let stop = AtomicBool::new(false);
    study::run(&[ready], &Watch { tick: &|| (), stop: &stop }).unwrap().remove(0).remove(0)
}

fn traced(record: &Record) -> Traced {
    Traced::over(&record.ledger, record.first_month)
}

fn close(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance, "{a} is not {b}");
}

/// An anchor buys from a shop whose wages are all of turnover, and its household spends this share there.
fn shop(spends: f64, more: &str) -> String {
    format!(
        "name = \"shop\"\n[[anchor]]\nid = \"h\"\nname = \"Hospital\"\nkind = \"nhs\"\nbuys = {{ shop = 1000000 }}\n\
         [[supplier]]\nid = \"shop\"\nname = \"Shop\"\nsector = \"G\"\nownership = \"independent\"\n{more}\
         pays = {{ family = 1.0 }}\n[[household]]\nid = \"family\"\nspends = {{ shop = {spends} }}\n"
    )
}

/// LM∞ = 1 + 2/(1 − c), household income 1/(1 − c), though a part of the pounds is still on its way: within 1% after three years and
/// 0.3% after ten, or about twice that where nine tenths come back.
#[test]
fn what_still_circulates_counts() {
    for (c, ten, three) in [(0.5, 3e-3, 1e-2), (0.8, 3e-3, 1e-2), (0.9, 5e-3, 2e-2)] {
        let record = run(&shop(c, ""), 10);
        let mut cut = record.clone();
        cut.ledger.months.retain(|month| month.month < record.first_month + 36);
        for (record, within) in [(&record, ten), (&cut, three)] {
            let of = traced(record);
            let (all, income) = (1.0 + 2.0 / (1.0 - c), 1.0 / (1.0 - c));
            close(of.lm_infinity() / all, 1.0, within);
            close(of.income_per_pound() / income, 1.0, within);
            close(of.value_added_per_pound() / income, 1.0, within);
        }
        // Without it, a run of three years would miss more than the hundredth.
        let of = traced(&cut);
        let counted = 1.0 + of.per_pound(of.local.iter().sum());
        assert!(c < 0.8 || counted < 0.99 * (1.0 + 2.0 / (1.0 - c)), "{c}: {counted}");
        // What leaked, waits and is on its way is all of the pound.
        let leaked = of.per_pound(of.leaks.iter().flatten().sum());
        close(leaked + of.per_pound(of.held) + of.per_pound(of.circulating), 1.0, 1e-9);
    }
}

/// Where nothing is bought there is nothing to follow, and no multiplier.
#[test]
fn nothing_spent_has_no_multiplier() {
    let record = run(&shop(0.5, "").replace("buys = { shop = 1000000 }\n", ""), 1);
    for metric in
        metrics::of(&record).iter().filter(|m| m.unit.starts_with("GBP per pound") || m.id.starts_with("lm"))
    {
        assert!(metric.value.is_nan() || metric.id == "awards_local_by_upstream", "{}", metric.id);
    }
}

/// VAT leaks at the purchase in the matrix as in the tracer: with one firm and one household they agree.
#[test]
fn the_matrix_of_a_town_with_vat_is_the_traced_pound() {
    for vat in [0.0, 1.0 / 6.0] {
        let record = run(&shop(0.6, &format!("vat = {vat}\n")), 10);
        let sam = Sam::of_record(&record, 10).unwrap();
        let bundle = sam.bundle(&sam.economy().multipliers().unwrap()).unwrap();
        let exact = 1.0 + 2.0 / (1.0 - 0.6 * (1.0 - vat));
        close(1.0 + bundle.all_accounts.unwrap(), exact, 2e-3);
        close(traced(&record).lm_infinity(), exact, 2e-3);
    }
}

/// What an anchor buys outside is a contract outside, in each zone.
#[test]
fn anchors_buy_outside() {
    for zone in ["region", "country"] {
        let buys = format!("buys = {{ shop = 750000, {zone} = 250000 }}");
        let record = run(&shop(0.5, "").replace("buys = { shop = 1000000 }", &buys), 3);
        let of = traced(&record);
        close(of.per_pound(of.local[0]), 0.75, 1e-6);
        close(of.leak(recirc::tracer::ledger::Channel::ContractOutside), 0.25, 1e-6);
        assert_eq!(record.months.last().unwrap().procurement, 100_000_000);
    }
}

/// A supplier outside pays VAT over before it passes on what is left: half of its net sales are the family's pay, and of each pound
/// of that the family spends 0.9 there, 0.72 net of VAT.
#[test]
fn a_seller_outside_owes_its_vat() {
    let town = "name = \"out\"\n[[anchor]]\nid = \"h\"\nname = \"Hospital\"\nkind = \"nhs\"\nbuys = { x = 10000 }\n\
                [[supplier]]\nid = \"x\"\nname = \"X\"\nsector = \"C\"\nownership = \"family\"\nzone = \"country\"\nvat = 0.2\n\
                pays = { h1 = 0.5 }\nsurplus = { country = 1 }\n\
                [[household]]\nid = \"h1\"\nbenefits_gbp_month = 20000\nspends = { x = 0.9 }\n";
    let of = traced(&run(town, 10));
    close(of.lm3(), 1.5, 1e-3);
    close(of.lm_infinity(), 1.0 + 0.5 / (1.0 - 0.9 * 0.8 * 0.5), 3e-3);
}
