//! Declared tracers, the parts of the spending that are told apart, and what traced money pays on its way.

use crate::common::{load, run, synthesise};
use recirc::economy::plan::Plan;
use recirc::measure::local::{PartSums, Traced, parts};
use recirc::measure::record::Record;
use recirc::scenario;
use recirc::study::{Ready, Simulation, StudyError, Watch};
use recirc::tracer::Tracer;
use recirc::tracer::ledger::{Hop, JOB_MONTH, Ledger};
use recirc::world::City;
use std::path::Path;
use std::sync::atomic::AtomicBool;

const POUND: f64 = 102_400.0;

fn file(place: &str, tracers: &str) -> (tempfile::TempDir, String) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("s.toml");
    std::fs::write(&path, format!("{place}\n{tracers}")).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (dir, path)
}

/// The three shops under these tracers, month by month; the ledger at the end.
fn three_shops(tracers: &str, months: u32, mut seen: impl FnMut(&City, &Ledger)) -> (Ledger, u16) {
    let town = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/teaching/three_shops_town.toml");
    let (_dir, path) = file(&format!("place = {:?}", town.to_str().unwrap()), tracers);
    let ready = Ready::new(scenario::load(&path, &[]).unwrap()).unwrap();
    let stop = AtomicBool::new(false);
    let watch = Watch { tick: &|| (), stop: &stop };
    let mut simulation = Simulation::new(&ready, 1).unwrap();
    let plan = Plan::new(&ready.scenario.settings, &simulation.city);
    let mut record = Record::new(&simulation.city);
    for _ in 0..24 + months {
        simulation.advance(&plan, &mut record, 1, &watch).unwrap();
        let tracer = simulation.tracer.as_ref().unwrap();
        assert_eq!(tracer.unaccounted(), 0);
        seen(&simulation.city, &tracer.ledger);
    }
    (simulation.tracer.unwrap().ledger, record.first_month)
}

fn near(a: f64, b: f64, tolerance: f64, what: &str) {
    assert!((a - b).abs() <= tolerance, "{what}: {a} is not {b}");
}

/// The council's 10,000 is 6,000 at the family firms (bakery 2,000 with 60p in the pound staying, repairs 4,000
/// with 75p) and 4,000 at the grocer (30p): LM3 2.70 and 2.30, and 2.54 together.
#[test]
fn two_tracers_by_hand() {
    let tracers = r#"
        [[tracer]]
        name = "family firms"
        ownership = ["family"]
        [[tracer]]
        name = "grocer"
        ownership = ["independent"]
        [[tracer]]
        name = "family firms apart"
        ownership = ["family"]
        separate = true
    "#;
    let (ledger, first) = three_shops(tracers, 120, |_, _| ());
    let traced = Traced::over(&ledger, first);
    let of = |by: &str, member: &str| {
        let part = parts(&ledger).find(|p| p.by == by && p.member == member).unwrap();
        (traced.parts[part.at].dyed, traced.lm3_of(part.at))
    };
    let (family, grocer) = (of("tracer", "family firms"), of("tracer", "grocer"));
    near(family.1, 2.70, 1e-4, "family firms");
    near(grocer.1, 2.30, 1e-4, "grocer");
    near(family.0 / (family.0 + grocer.0), 0.6, 1e-5, "share of the spending");
    near((family.0 * family.1 + grocer.0 * grocer.1) / traced.dyed, traced.lm3(), 1e-9, "together");
    near(traced.lm3(), 2.54, 1e-4, "all");
    assert_eq!(of("ownership", "family"), family);
    assert_eq!(of("anchor", "council").0, traced.dyed);
    near(Traced::over(&ledger.apart[0], first).lm3(), 2.70, 1e-4, "apart");
}

/// One month's 10,000: all lands in town, and of it 5,400 stays after the next hop. Value added there: 60p, 35p
/// and 85p in the pound at bakery, grocer and repairs (pay, surplus and rates), 6,000 in all. Of three months'
/// spending the third carries what came back as rates: 5p in the pound, 500, of which 10,000 in 14,000 go to
/// procurement (the rest to the clerks); only what is beyond it is new.
#[test]
fn a_pulse_by_hand_and_what_the_council_carries() {
    let pulse = |months: u32| {
        format!(
            "[[tracer.follow]]\nname = \"pulse\"\nstart = \"2026-04\"\nlength_months = {months}\nseparate = true"
        )
    };
    let mut jobs = 0.0;
    let (ledger, first) = three_shops(&pulse(1), 48, |city, _| {
        if city.month == 26 {
            for (i, (paid, pay)) in [(2000.0, 0.4), (4000.0, 0.2), (4000.0, 0.6)].iter().enumerate() {
                let heads = f64::from(city.employers.headcount.rows()[i]);
                jobs += paid * pay * heads / (city.flows.supplier.rows()[i].pay as f64 / 100.0);
            }
        }
    });
    let months = &ledger.apart[0].months;
    assert_eq!((months[0].month, first), (25, 25));
    near(months[0].injected as f64 / POUND, 10_000.0, 0.2, "spent");
    near(months[0].local[0] as f64 / POUND, 10_000.0, 0.2, "first receipts");
    near(months[1].local[1] as f64 / POUND, 5_400.0, 0.2, "second receipts");
    near(months[1].value_added as f64 / POUND, 6_000.0, 0.2, "value added at the first hop");
    near(months[1].job_months[0] as f64 / JOB_MONTH, jobs, 1e-3, "jobs");
    assert!(months[1].job_months[1] < months[1].job_months[0], "one fitter comes in from outside");
    assert!(months[1..].iter().all(|m| m.injected == 0));
    let left = months.last().unwrap();
    assert!(left.circulating + left.held < months[0].injected / 10_000, "four years on all has left");

    let (ledger, _) = three_shops(&pulse(3), 4, |_, _| ());
    let put_on: Vec<f64> = ledger.apart[0].months.iter().map(|m| m.injected as f64 / POUND).collect();
    near(put_on[1], 10_000.0, 0.2, "second month");
    near(put_on[2], 10_000.0 - 500.0 * 10_000.0 / 14_000.0, 0.2, "third month");
    assert_eq!(put_on[3], 0.0);
}

const SEVERAL: &str = r#"
    [[tracer]]
    name = "care and food of the council"
    anchors = ["council"]
    categories = ["care", "food"]
    [[tracer]]
    name = "owned here"
    local = "ownership"
    [[tracer]]
    name = "hospitals apart"
    anchors = ["teaching_hospitals"]
    separate = true
    [[tracer]]
    name = "everything again"
    separate = true
"#;

fn leeds_with(tracers: &str, scale: f64) -> City {
    let (_dir, path) = file("extends = \"leeds/baseline\"", tracers);
    synthesise(load(&path, &[format!("run.scale={scale}"), "run.burn_in_months=6".into()]).settings)
}

/// By every way to divide the spending, the parts' dye and first two receipts sum to the whole, to the unit, in
/// each month; so their LM3, weighted by what was spent, is the LM3 of all.
#[test]
fn parts_sum_to_the_whole() {
    let mut city = leeds_with(SEVERAL, 0.02);
    let mut tracer = Tracer::new(&city);
    for _ in 0..15 {
        run(&mut city, 1, Some(&mut tracer)).unwrap();
        assert_eq!(tracer.unaccounted(), 0);
        let now = tracer.ledger.months.last().unwrap();
        assert_eq!((now.circulating, now.held), tracer.in_hand());
        assert_eq!(now.deciles.iter().sum::<i64>(), now.household_income);
        assert_eq!(now.wards.iter().sum::<i64>(), now.household_income);
        let (mut at, mut first_hop) = (0, None);
        for group in &tracer.ledger.groups {
            let tallies = &now.tags[at..at + group.members.len()];
            at += group.members.len();
            if group.by == "tracer" {
                continue;
            }
            assert_eq!(tallies.iter().map(|t| t.injected).sum::<i64>(), now.injected, "{}", group.by);
            let second = |of: fn(&Hop) -> i64| tallies.iter().map(|t| of(&t.second)).sum::<i64>();
            assert_eq!(tallies.iter().map(|t| t.first).sum::<i64>(), now.local[0], "{}", group.by);
            assert_eq!(second(|hop| hop.local), now.local[1], "{}", group.by);
            // What the first receivers paid and made is the same sum however the spending is divided.
            let all = [second(|hop| hop.income), second(|hop| hop.value_added), second(|hop| hop.job_months)];
            assert_eq!(*first_hop.get_or_insert(all), all, "{}", group.by);
            assert!(all[0] <= now.local[1] && all[1] <= now.value_added && all[2] <= now.job_months[0]);
        }
    }
    let traced = Traced::over(&tracer.ledger, 1);
    assert!(traced.lm3() > 1.0 && traced.value_added > traced.household_income);
    // The same spending with dye of its own: only rounding differs.
    let again = Traced::over(&tracer.ledger.apart[1], 1);
    assert_eq!(tracer.ledger.apart[1].name, "everything again");
    near(again.lm3(), traced.lm3(), 1e-6, "LM3");
    near(again.lm_infinity(), traced.lm_infinity(), 1e-6, "LM∞");
    // One anchor's first two receipts are the same whether its dye is its own or told apart in the whole; other
    // anchors' dye that it carries makes the small difference.
    let hospitals = parts(&tracer.ledger).find(|p| p.member == "teaching_hospitals").unwrap();
    let apart = Traced::over(&tracer.ledger.apart[0], 1);
    near(apart.lm3(), traced.lm3_of(hospitals.at), 1e-3, "hospitals");
    // Later rounds are attributed from the common pool, so what a part comes to over all rounds is near and not exact. Not of the
    // first months, whose dye has not gone round yet.
    let (traced, apart) = (Traced::over(&tracer.ledger, 7), Traced::over(&tracer.ledger.apart[0], 7));
    let part = hospitals.at;
    let close = |of_part: f64, own: f64, what: &str| near(of_part / own, 1.0, 0.03, what);
    close(traced.income_of(part), apart.income_per_pound(), "income");
    close(traced.value_added_of(part), apart.value_added_per_pound(), "value added");
    close(traced.jobs_per_million_of(part), apart.jobs_per_million(0), "jobs");
    // Weighted by what was spent, the anchors' figures make the figure of all.
    let all: f64 = (0..city.anchors.len()).map(|a| traced.parts[a].dyed * traced.income_of(a)).sum();
    near(all / (traced.dyed * traced.income_per_pound()), 1.0, 1e-9, "income of all anchors");
}

/// A definition of local is a way to divide the spending: what is local by site is what is paid in the city.
#[test]
fn local_by_site_is_the_zone() {
    let mut city = leeds_with("", 0.02);
    let mut tracer = Tracer::new(&city);
    run(&mut city, 6, Some(&mut tracer)).unwrap();
    let traced = Traced::over(&tracer.ledger, 1);
    let at = |by: &str, member: &str| {
        traced.parts[parts(&tracer.ledger).find(|p| p.by == by && p.member == member).unwrap().at]
    };
    let (site, zone) = (at("local by site", "local"), at("zone", "city"));
    // Payments from anchor to anchor are local by either.
    assert_eq!(site, zone);
    let (branch, owned) = (at("local by branch", "local"), at("local by ownership", "local"));
    assert!(branch.dyed > site.dyed && site.dyed > owned.dyed, "{branch:?} {site:?} {owned:?}");
    let lm3 = |of: &PartSums| (of.dyed + of.first + of.second) / of.dyed;
    assert!(lm3(&owned) > lm3(&branch));
}

#[test]
fn the_same_dye_at_1_2_and_8_threads() {
    let city = leeds_with(SEVERAL, 0.02);
    let ledgers = [1, 2, 8].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let mut city = city.clone();
            let mut tracer = Tracer::new(&city);
            run(&mut city, 6, Some(&mut tracer)).unwrap();
            tracer.ledger
        })
    });
    assert!(ledgers[0] == ledgers[1] && ledgers[0] == ledgers[2]);
}

/// Any selection, with any dates, keeps every unit, tracer by tracer, month by month.
#[test]
fn no_selection_loses_dye() {
    let (anchors, forms) = (["council", "beckett", "yorkshire_water"], ["family", "vcse", "national_branch"]);
    let definitions = ["site", "branch", "profit_retained", "upstream"];
    for k in 0..8usize {
        let tracers = format!(
            "[[tracer]]\nname = \"x\"\nanchors = [\"{}\"]\nownership = [\"{}\"]\nseparate = {}\n\
             [[tracer]]\nname = \"y\"\nlocal = \"{}\"\nstart = \"2026-0{}\"\nlength_months = {}\nseparate = {}\n",
            anchors[k % 3],
            forms[(k / 2) % 3],
            k % 2 == 0,
            definitions[k % 4],
            4 + k % 3,
            1 + k % 5,
            k % 3 != 0
        );
        let mut city = leeds_with(&tracers, 0.004);
        let mut tracer = Tracer::new(&city);
        for month in 1..=14 {
            run(&mut city, 1, Some(&mut tracer)).unwrap();
            assert_eq!(tracer.unaccounted(), 0, "month {month} of\n{tracers}");
        }
    }
}

fn refusal(tracer: &str) -> String {
    let (_dir, path) = file("extends = \"leeds/baseline\"", &format!("[[tracer]]\n{tracer}"));
    match scenario::load(&path, &[]).map(Ready::new) {
        Err(fault) | Ok(Err(StudyError::Scenario(fault))) => fault.render(false),
        _ => panic!("not refused: {tracer}"),
    }
}

#[test]
fn what_a_tracer_may_not_say() {
    for (tracer, told) in [
        ("name = \"x\"\ncategories = [\"fod\"]", "did you mean `food`?"),
        ("name = \"x\"\nanchors = [\"councill\"]", "did you mean `council`?"),
        ("name = \"x\"\nownership = [\"famly\"]", "did you mean `family`?"),
        ("name = \"x\"\nlocal = \"ownr\"", "takes one of \"site\", \"headquarters\""),
        ("name = \"x\"\nlengthmonths = 3", "did you mean `length_months`?"),
        ("name = \"x\"\nlength_months = 0", "must be from 1 to 1200"),
        ("name = \"x\"\nstart = \"2020-01\"", "outside the run"),
        ("name = \"x\"\nstart = \"spring\"", "not a month"),
        ("name = \"all\"", "a name of its own"),
        ("name = \"council\"", "has the name of an anchor"),
        ("anchors = []", "lacks `name`"),
        ("name = \"x\"\n[[tracer]]\nname = \"x\"", "give it another name"),
        ("name = \"x\"\nanchors = [\"council\", \"council\"]", "take one out"),
    ] {
        let text = refusal(tracer);
        assert!(text.contains(told), "{tracer}\n{text}");
        assert!(text.contains("s.toml:"), "{text}");
    }
    let (_dir, path) =
        file("extends = \"leeds/baseline\"", "[[tracer]]\nname = \"x\"\ncontracts = [9999999]");
    let sets = ["run.scale=0.004".to_owned()];
    let ready = Ready::new(scenario::load(&path, &sets).unwrap()).unwrap();
    let fault = Simulation::new(&ready, 1).err().unwrap().to_string();
    assert!(fault.contains("contract 9999999") && fault.contains("needs.csv"), "{fault}");
}

#[test]
fn layers_and_the_command_line_reach_a_tracer_by_name() {
    let (_dir, path) = file("extends = \"leeds/baseline\"", "[[tracer]]\nname = \"x\"\nlength_months = 3");
    let set = |key: &str| scenario::load(&path, &[key.to_owned()]).unwrap().settings.tracer.follow;
    assert_eq!(set("tracer.follow[x].length_months=5")[0].length_months, Some(5));
    assert!(set("tracer.follow.separate=true")[0].separate);
    assert_eq!(set("tracer.on=false").len(), 1);
    assert!(set("tracer.follow=[]").is_empty());
}
