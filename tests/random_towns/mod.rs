//! Three measures of one thing: in towns of random fixed coefficients the tracer, the inverse of the
//! agent-level matrix and an impulse agree.

mod matrix;

use matrix::Matrix;
use recirc::base::col::Id;
use recirc::economy::plan::Plan;
use recirc::measure::local::Traced;
use recirc::measure::record::Record;
use recirc::place::Place;
use recirc::place::town::Town;
use recirc::place::vocabulary::Zone;
use recirc::scenario;
use recirc::study::{Ready, Simulation, Watch};
use recirc::world::City;
use recirc::world::suppliers::SupplierId;
use std::fmt::Write;
use std::sync::atomic::AtomicBool;

const BURN_IN: u32 = 240;
const SEEDS: u64 = 6;
const SHOPS: usize = 4;
const HOMES: usize = 5;

/// Shares out of a hundredth, drawn in order (the generator of Knuth's MMIX).
struct Luck(u64);

impl Luck {
    fn upto(&mut self, most: f64) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (100.0 * most * (self.0 >> 40) as f64 / (1u64 << 24) as f64).round() / 100.0
    }
}

/// A town of four shops, one supplier in the region that buys in the town, five households, a hospital and a
/// council to which council tax and rates return.
fn random(seed: u64, council_buys: bool) -> String {
    let mut luck = Luck(seed);
    let mut list = |names: &[&str], n: usize, most: f64| -> String {
        let mut all: Vec<String> = (0..n).map(|k| format!("{}{k} = {}", names[0], luck.upto(most))).collect();
        all.extend(names[1..].iter().map(|name| format!("{name} = {}", luck.upto(most))));
        all.join(", ")
    };
    let mut town = String::from("name = \"random\"\n");
    let hospital = list(&["s", "far"], SHOPS, 10.0).replace(" = ", " = 1_0").replace('.', "");
    let bought = if council_buys { "s0 = 150000, s2 = 90000, far = 40000" } else { "" };
    write!(
        town,
        "[[anchor]]\nid = \"hospital\"\nname = \"Hospital\"\nkind = \"nhs\"\nbuys = {{ {hospital} }}\n\
         [[anchor]]\nid = \"council\"\nname = \"Council\"\nkind = \"council\"\nbuys = {{ {bought} }}\n\
         pays = {{ h0 = 400000, h3 = 350000, region = 100000 }}\n"
    )
    .unwrap();
    for s in 0..SHOPS {
        let (pays, buys) = (list(&["h", "region"], HOMES, 0.06), list(&["s", "far", "world"], SHOPS, 0.06));
        let owners =
            ["h1 = 0.6, country = 0.4", "h2 = 0.5, h4 = 0.25, world = 0.25", "finance = 1.0", "h0 = 1.0"];
        let vat = if s == 0 { 0.15 } else { 0.0 };
        write!(
            town,
            "[[supplier]]\nid = \"s{s}\"\nname = \"S\"\nsector = \"C\"\nownership = \"family\"\nvat = {vat}\n\
             pays = {{ {pays} }}\nbuys = {{ {buys} }}\nnational_taxes = 0.05\ncouncil_rates = 0.03\n\
             surplus = {{ {} }}\nexports_gbp_month = {}\n",
            owners[s],
            10_000 * (s + 1)
        )
        .unwrap();
    }
    town += "[[supplier]]\nid = \"far\"\nname = \"Far\"\nsector = \"C\"\nzone = \"region\"\n\
             ownership = \"independent\"\nbuys = { s1 = 0.2, s3 = 0.15 }\nsurplus = { country = 1.0 }\n";
    for h in 0..HOMES {
        let spends = list(&["s", "country"], SHOPS, 0.12);
        write!(
            town,
            "[[household]]\nid = \"h{h}\"\nbenefits_gbp_month = {}\ndirect_tax = 0.15\npension = 0.05\n\
             council_tax = 0.04\nspends = {{ {spends} }}\n",
            500 * h
        )
        .unwrap();
    }
    town
}

fn ready(town: &str, policy: &str) -> Ready {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("town.toml"), town).unwrap();
    let text = format!("place = \"town.toml\"\n[run]\nburn_in_months = {BURN_IN}\n{policy}");
    std::fs::write(dir.path().join("s.toml"), text).unwrap();
    Ready::new(scenario::load(dir.path().join("s.toml").to_str().unwrap(), &[]).unwrap()).unwrap()
}

fn plan_of(ready: &Ready, city: &City) -> Plan {
    Plan::new(&ready.scenario.settings, city)
}

/// The months one by one: `seen` is told of the city after each. The dye is all accounted for, every month.
fn advance(of: &mut Simulation, plan: &Plan, months: u32, mut seen: impl FnMut(&City)) -> Record {
    let stop = AtomicBool::new(false);
    let watch = Watch { tick: &|| (), stop: &stop };
    let mut record = Record::new(&of.city);
    for _ in 0..months {
        of.advance(plan, &mut record, 1, &watch).unwrap();
        assert_eq!(of.tracer.as_ref().unwrap().unaccounted(), 0, "month {}", of.city.month);
        seen(&of.city);
    }
    record
}

fn town_of(ready: &Ready) -> &Town {
    match &ready.place {
        Place::Town(town) => town,
        Place::City(_) => panic!("a town was asked for"),
    }
}

/// What lands when each anchor spends so much, in the proportions of its purchases.
fn landing(town: &Town, matrix: &Matrix, spent: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; matrix.local.len()];
    for (anchor, spent) in town.anchor.iter().zip(spent) {
        let all: f64 = anchor.buys.values().sum();
        for (id, amount) in &anchor.buys {
            out[matrix.rows[id]] += spent * amount / all;
        }
    }
    out
}

fn near(a: f64, b: f64, tolerance: f64, what: &str) {
    assert!((a - b).abs() < tolerance, "{what}: {a} is not {b}");
}

/// Receipts of the town's agents in a month, net of VAT, pence.
fn receipts(city: &City) -> i64 {
    let suppliers = (0..city.suppliers.len()).map(SupplierId::from_index);
    let sales: i64 = suppliers
        .filter(|s| city.suppliers.zone[*s] == Zone::City)
        .map(|s| city.suppliers.sales_last[s])
        .sum();
    let households: i64 = city.households.received_last.iter().sum();
    sales + households + city.anchors.received_last.iter().sum::<i64>()
}

/// The council's purchases carry dye of their own; only what is beyond it is new.
#[test]
fn the_tracer_is_the_inverse_of_the_agents_matrix() {
    for seed in 1..=SEEDS {
        let ready = ready(&random(seed, true), "");
        let town = town_of(&ready);
        let matrix = Matrix::of(town);
        let mut simulation = Simulation::new(&ready, 1).unwrap();
        let plan = plan_of(&ready, &simulation.city);
        let record = advance(&mut simulation, &plan, BURN_IN + 120, |_| ());
        let traced = Traced::over(&simulation.tracer.unwrap().ledger, record.first_month);
        let anchors = 0..simulation.city.anchors.len();
        let dyed: Vec<f64> = anchors.map(|a| traced.anchor(a).unwrap().dyed).collect();
        assert!(dyed.iter().all(|d| *d > 0.0));
        let landing = landing(town, &matrix, &dyed);
        near(traced.lm_infinity(), 1.0 + matrix.multiplier(&landing), 1e-3, "LM∞");
        // Two hops by hand: what lands in the town, and what its receivers pay on there.
        let dyed: f64 = dyed.iter().sum();
        let (mut first, mut second) = (0.0, 0.0);
        for (j, amount) in landing.iter().enumerate() {
            first += if matrix.local[j] { *amount } else { 0.0 };
            second +=
                amount * (0..landing.len()).filter(|i| matrix.local[*i]).map(|i| matrix.b[i][j]).sum::<f64>();
        }
        near(traced.lm3(), 1.0 + (first + second) / dyed, 1e-4, "LM3");
        // The steady month that the town starts in is the same inverse.
        let month = matrix.receipts(&outside_money(town, &matrix));
        for (of, s) in town.supplier.iter().zip(0..) {
            let simulated = simulation.city.suppliers.sales_last[SupplierId(s)] as f64 / 100.0;
            near(simulated / month[matrix.rows[&of.id]], 1.0, 1e-5, &of.id);
        }
    }
}

/// What comes to each agent of the town from outside in a month, with anchors paid what they are short of.
fn outside_money(town: &Town, matrix: &Matrix) -> Vec<f64> {
    let mut out = vec![0.0; matrix.local.len()];
    for of in &town.supplier {
        out[matrix.rows[&of.id]] += of.exports_gbp_month;
    }
    for of in &town.household {
        out[matrix.rows[&of.id]] += of.benefits_gbp_month;
    }
    // An anchor's uses do not depend on what it receives in the town: central government pays the rest.
    let mut standing = Matrix { b: matrix.b.clone(), local: matrix.local.clone(), rows: matrix.rows.clone() };
    for of in &town.anchor {
        let a = matrix.rows[&of.id];
        standing.b.iter_mut().for_each(|row| row[a] = 0.0);
        for (id, amount) in of.buys.iter().chain(&of.pays) {
            if let Some(row) = matrix.rows.get(id) {
                out[*row] += amount;
            }
        }
    }
    let in_town = standing.receipts(&out);
    for of in &town.anchor {
        let a = matrix.rows[&of.id];
        let uses: f64 = of.buys.values().chain(of.pays.values()).sum();
        assert!(in_town[a] < uses, "{} would have more than it uses", of.id);
        for (id, amount) in of.buys.iter().chain(&of.pays) {
            if let Some(row) = matrix.rows.get(id) {
                out[*row] -= amount;
            }
        }
        out[a] += uses - in_town[a];
    }
    out
}

/// The hospital buys half as much again for one month; all that follows in the town adds up to the multiplier.
#[test]
fn tracer_matrix_and_impulse_agree() {
    const IMPULSE: &str = "start = \"2026-04\"\n[[policy.procurement_budget]]\nanchors = [\"hospital\"]\n\
                           start = \"2026-04\"\nend = \"2026-05\"\nchange_percent = 50\n";
    for seed in 1..=SEEDS {
        let ready = ready(&random(seed, false), IMPULSE);
        let town = town_of(&ready);
        let matrix = Matrix::of(town);
        let mut with = Simulation::new(&ready, 1).unwrap();
        let neutral = Plan::new(&ready.scenario.settings.without_policy(), &with.city);
        advance(&mut with, &neutral, BURN_IN, |_| ());
        let (mut without, pulled) = (with.clone(), plan_of(&ready, &with.city));
        let (mut base, mut more) = (Vec::new(), Vec::new());
        let before = advance(&mut without, &neutral, 120, |city| base.push(receipts(city)));
        let after = advance(&mut with, &pulled, 120, |city| more.push(receipts(city)));
        let extra: Vec<i64> =
            after.months.iter().zip(&before.months).map(|(a, b)| a.procurement - b.procurement).collect();
        assert!(extra[0] > 0 && extra[1..].iter().all(|x| *x == 0), "{extra:?}");

        let traced = Traced::over(&without.tracer.unwrap().ledger, before.first_month);
        let by_matrix = matrix.multiplier(&landing(town, &matrix, &[1.0, 0.0]));
        near(traced.lm_infinity_contract() / by_matrix, 1.0, 1e-4, "tracer and matrix");
        for (months, tolerance) in [(36, 0.01), (120, 1e-4)] {
            let gained: i64 = more.iter().zip(&base).take(months).map(|(a, b)| a - b).sum();
            near(
                gained as f64 / extra[0] as f64 / by_matrix,
                1.0,
                tolerance,
                &format!("impulse at {months} months"),
            );
        }
    }
}
