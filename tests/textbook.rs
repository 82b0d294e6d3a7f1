//! The textbook limits: with every mechanism off, a town is Keynes, Leontief and LM3.

use recirc::economy::plan::Plan;
use recirc::measure::local::Traced;
use recirc::measure::record::Record;
use recirc::scenario;
use recirc::study::{Ready, Simulation, Watch};
use std::sync::atomic::AtomicBool;

/// Run a town for ten years after twenty of burn-in.
fn run(town: &str, more: &str) -> Record {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("town.toml"), town).unwrap();
    let text = format!("place = \"town.toml\"\nname = \"textbook\"\n[run]\nburn_in_months = 240\n{more}");
    std::fs::write(dir.path().join("s.toml"), text).unwrap();
    let scenario = scenario::load(dir.path().join("s.toml").to_str().unwrap(), &[]).unwrap();
    let ready = Ready::new(scenario).unwrap();
    let stop = AtomicBool::new(false);
    let watch = Watch { tick: &|| (), stop: &stop };
    let mut simulation = Simulation::new(&ready, 1).unwrap();
    let mut record = Record { complete: true, ..Record::new(&simulation.city) };
    let plan = Plan::new(&ready.scenario.settings, &simulation.city);
    simulation.advance(&plan, &mut record, 240 + 120, &watch).unwrap();
    let tracer = simulation.tracer.unwrap();
    assert_eq!(tracer.unaccounted(), 0);
    record.ledger = tracer.ledger;
    record
}

fn traced(town: &str) -> Traced {
    let record = run(town, "");
    Traced::over(&record.ledger, record.first_month)
}

fn close(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() < tolerance, "{a} is not {b}");
}

/// One anchor buys from one shop whose wages are all of turnover; households spend `c` after tax, `m` of it
/// at the shop.
fn keynes(c: f64, m: f64) -> String {
    format!(
        r#"name = "one sector"
        [[anchor]]
        id = "hospital"
        name = "Hospital"
        kind = "nhs"
        buys = {{ shop = 1000000 }}
        [[supplier]]
        id = "shop"
        name = "Shop"
        sector = "G"
        ownership = "independent"
        pays = {{ family = 1.0 }}
        surplus = {{ country = 1.0 }}
        [[household]]
        id = "family"
        direct_tax = {}
        spends = {{ shop = {}, country = {} }}
        "#,
        1.0 - c,
        c * m,
        c * (1.0 - m)
    )
}

/// Firm receipts per pound landing are 1/(1 − c m) (Keynes 1936, ch. 10, with imports).
#[test]
fn keynes_multiplier() {
    for (c, m) in [(0.8, 0.5), (0.9, 0.9), (0.6, 0.25), (1.0, 0.75)] {
        let record = run(&keynes(c, m), "");
        let last = record.months.last().unwrap();
        let landing = last.procurement as f64;
        close(last.sales as f64 / landing, 1.0 / (1.0 - c * m), 2e-4);
    }
}

/// A supplier spends a share locally with suppliers like itself: the nef teaching case. £10 at 80%: 10, 8, 6.40,
/// so LM3 2.44, LM∞ 5.00; at 20%: 1.24 and 1.25 (New Economics Foundation 2002, *The Money Trail*).
fn chain(first: f64, again: f64) -> String {
    format!(
        r#"name = "chain"
        [[anchor]]
        id = "hospital"
        name = "Hospital"
        kind = "nhs"
        buys = {{ first = {}, away = {} }}
        [[supplier]]
        id = "first"
        name = "First"
        sector = "C"
        ownership = "independent"
        buys = {{ second = {again}, country = {} }}
        surplus = {{ country = 1.0 }}
        [[supplier]]
        id = "second"
        name = "Second"
        sector = "C"
        ownership = "independent"
        buys = {{ first = {again}, country = {} }}
        surplus = {{ country = 1.0 }}
        [[supplier]]
        id = "away"
        name = "Away"
        sector = "C"
        zone = "country"
        ownership = "independent"
        surplus = {{ country = 1.0 }}
        [[household]]
        id = "family"
        benefits_gbp_month = 1000
        "#,
        1e6 * first,
        1e6 * (1.0 - first),
        1.0 - again,
        1.0 - again
    )
}

#[test]
fn nef_teaching_case() {
    let t = traced(&chain(0.8, 0.8));
    close(t.lm3(), 2.44, 1e-4);
    close(t.lm_infinity(), 5.00, 1e-3);
    let t = traced(&chain(0.2, 0.2));
    close(t.lm3(), 1.24, 1e-4);
    close(t.lm_infinity(), 1.25, 1e-4);
}

/// Northumberland 2005: a local supplier re-spends 76p of the pound, one elsewhere 36p: £1.76 and £0.36 in the
/// contract convention, where the first round counts only if the supplier is local.
#[test]
fn northumberland() {
    let t = traced(&chain(1.0, 0.76));
    close(t.lm3_contract(), 1.76, 1e-4);
    let away = chain(0.0, 0.5).replace(
        "zone = \"country\"\n        ownership = \"independent\"",
        "zone = \"country\"\n        ownership = \"independent\"\n        buys = { first = 0.36 }",
    );
    close(traced(&away).lm3_contract(), 0.36, 1e-4);
}

/// An LM3 survey as a town: income 100,000; 40,000 to local staff who spend 45% locally, 30,000 to a supplier
/// who spends 60%: LM3 = (100 + 70 + 18 + 18)/100 = 2.06.
#[test]
fn a_survey_comes_back() {
    let town = r#"name = "survey"
        [[anchor]]
        id = "funder"
        name = "Funder"
        kind = "council"
        buys = { charity = 100000 }
        [[supplier]]
        id = "charity"
        name = "Charity"
        sector = "Q"
        ownership = "vcse"
        pays = { staff = 0.40 }
        buys = { printer = 0.30, country = 0.30 }
        surplus = { country = 1.0 }
        [[supplier]]
        id = "printer"
        name = "Printer"
        sector = "C"
        ownership = "family"
        pays = { staff = 0.35 }
        buys = { shop = 0.25, country = 0.40 }
        surplus = { country = 1.0 }
        [[supplier]]
        id = "shop"
        name = "Shop"
        sector = "G"
        ownership = "national_branch"
        buys = { country = 1.0 }
        surplus = { country = 1.0 }
        [[household]]
        id = "staff"
        direct_tax = 0.25
        spends = { shop = 0.45, country = 0.30 }
        "#;
    // The first pound is the charity's income; its own spending is the survey's second round.
    let t = traced(town);
    close(t.per_pound(t.local[0]), 1.0, 1e-9);
    close(1.0 + t.per_pound(t.local[1] + t.local[2]), 1.0 + 0.70 + 0.40 * 0.45 + 0.30 * 0.60, 1e-4);
}

/// The same the other way round: the surveyed body is the anchor, R1 what it spends, R2 what it pays to whom in
/// the town, R3 what these re-spend there at their own rates; LM3 = (R1 + R2 + R3)/R1 to four decimals.
#[test]
fn a_surveyed_buyer_has_the_surveys_lm3() {
    let surveys: [(f64, &[(f64, f64)]); 3] = [
        (100_000.0, &[(40_000.0, 0.45), (30_000.0, 0.60)]),
        (253_417.0, &[(61_208.0, 0.731), (12_999.0, 0.05), (88_400.0, 0.402)]),
        (48_000.0, &[(48_000.0, 0.0)]),
    ];
    for (income, receivers) in surveys {
        let second: f64 = receivers.iter().map(|r| r.0).sum();
        let third: f64 = receivers.iter().map(|r| r.0 * r.1).sum();
        let mut buys = vec![format!("away = {}", income - second)];
        let mut town = String::new();
        for (k, (paid, rate)) in receivers.iter().enumerate() {
            buys.push(format!("r{k} = {paid}"));
            town += &format!(
                "[[supplier]]\nid = \"r{k}\"\nname = \"Receiver\"\nsector = \"S\"\nownership = \"family\"\n\
                 pays = {{ family = {rate} }}\nsurplus = {{ country = 1.0 }}\n"
            );
        }
        town += "[[supplier]]\nid = \"away\"\nname = \"Away\"\nsector = \"S\"\nzone = \"country\"\n\
                 ownership = \"independent\"\nsurplus = { country = 1.0 }\n[[household]]\nid = \"family\"\n";
        let anchor = format!(
            "name = \"surveyed\"\n[[anchor]]\nid = \"body\"\nname = \"Body\"\nkind = \"nhs\"\nbuys = {{ {} }}\n",
            buys.join(", ")
        );
        close(traced(&(anchor + &town)).lm3(), (income + second + third) / income, 5e-5);
    }
}

/// Any fixed coefficients: LM∞ is the first-round vector through the inverse of I − B, B the agent-level matrix.
#[test]
fn leontief_inverse_of_agents() {
    let mut seed = 7u64;
    let mut draw = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 40) as f64 / (1u64 << 24) as f64
    };
    const SHOPS: [usize; 4] = [0, 1, 2, 3];
    for _ in 0..4 {
        // Agents 0..4 are shops, 4..7 households. b[i][j]: share of j's receipts that i receives.
        let mut b = vec![vec![0.0; 7]; 7];
        let mut town = String::from(
            "name = \"random\"\n[[anchor]]\nid = \"hospital\"\nname = \"Hospital\"\nkind = \"nhs\"\n",
        );
        let first: Vec<f64> = (0..4).map(|_| (1000.0 * draw()).round() * 100.0).collect();
        town += &format!(
            "buys = {{ s0 = {}, s1 = {}, s2 = {}, s3 = {} }}\n",
            first[0], first[1], first[2], first[3]
        );
        for s in SHOPS {
            let (mut pays, mut buys) = (Vec::new(), vec!["country = 0.2".to_owned()]);
            for h in 0..3 {
                b[4 + h][s] = (100.0 * draw() * 0.15).round() / 100.0;
                pays.push(format!("h{h} = {}", b[4 + h][s]));
            }
            for other in SHOPS.into_iter().filter(|o| *o != s) {
                b[other][s] = (100.0 * draw() * 0.1).round() / 100.0;
                buys.push(format!("s{other} = {}", b[other][s]));
            }
            town += &format!(
                "[[supplier]]\nid = \"s{s}\"\nname = \"S{s}\"\nsector = \"C\"\nownership = \"family\"\n\
                 pays = {{ {} }}\nbuys = {{ {} }}\nsurplus = {{ world = 1.0 }}\n",
                pays.join(", "),
                buys.join(", ")
            );
        }
        for h in 0..3 {
            let spends: Vec<String> = (0..4)
                .map(|s| {
                    b[s][4 + h] = (100.0 * draw() * 0.2).round() / 100.0;
                    format!("s{s} = {}", b[s][4 + h])
                })
                .collect();
            town += &format!("[[household]]\nid = \"h{h}\"\nspends = {{ {} }}\n", spends.join(", "));
        }
        let mut x: Vec<f64> = first.iter().copied().chain([0.0; 3]).collect();
        let total: f64 = first.iter().sum();
        let mut sum = x.clone();
        for _ in 0..400 {
            x = (0..7).map(|i| (0..7).map(|j| b[i][j] * x[j]).sum()).collect();
            sum.iter_mut().zip(&x).for_each(|(s, x)| *s += x);
        }
        close(traced(&town).lm_infinity(), 1.0 + sum.iter().sum::<f64>() / total, 1e-3);
    }
}

/// The impulse agrees with the tracer: a tenth more bought for good raises receipts in the town by the tracer's
/// multiplier, within a percent after three years and to rounding after ten.
#[test]
fn impulse_agrees_with_the_tracer() {
    let town = chain(1.0, 0.7);
    let base = run(&town, "");
    let more = run(&town, "[[policy.procurement_budget]]\nchange_percent = 10\n");
    let multiplier = Traced::over(&base.ledger, base.first_month).lm_infinity_contract();
    for (months, tolerance) in [(36, 0.01), (120, 1e-3)] {
        let at = months - 1;
        let extra = (more.months[at].sales - base.months[at].sales) as f64;
        let spent = (more.months[at].procurement - base.months[at].procurement) as f64;
        close(extra / spent / multiplier, 1.0, tolerance);
    }
}
