//! What a town cannot hold is refused when its file is read: amounts beyond 32 bits, rows beyond 16. What is accepted is used to
//! the penny.

use recirc::base::col::Id;
use recirc::economy::plan::Plan;
use recirc::economy::step::step;
use recirc::place::{self, Place};
use recirc::scenario;
use recirc::study::{Ready, Simulation};
use recirc::world::flows::MOST_A_MONTH;
use recirc::world::households::HouseholdId;

/// A shop whose owner receives all that the council spends there.
const TOWN: &str = r#"
name = "one shop"
[[anchor]]
id = "council"
name = "Council"
kind = "council"
buys = { shop = BUYS }
pays = { region = PAYS }
[[supplier]]
id = "shop"
name = "Shop"
sector = "G"
ownership = "family"
pays = { worker = SHARE }
surplus = { owner = 1.0 }
[[household]]
id = "owner"
USES
[[household]]
id = "worker"
benefits_gbp_month = BENEFITS
"#;

fn text(with: &[(&str, &str)]) -> String {
    let usual = [("BUYS", "1000"), ("PAYS", "0"), ("SHARE", "0"), ("USES", ""), ("BENEFITS", "0")];
    let filled = with.iter().chain(&usual);
    filled.fold(TOWN.to_owned(), |text, (key, value)| text.replace(key, value))
}

fn refusal(with: &[(&str, &str)]) -> String {
    place::town_from_text("town.toml", &text(with)).unwrap_err().to_string()
}

/// Of £60m the owner spends, pays or saves more than £42.9m; each is told with its line and what to do.
#[test]
fn what_would_be_cut_off_is_refused() {
    for (uses, told) in [
        ("spends = { country = 0.75 }", "town.toml:18: household \"owner\", spends = £45000000.00 a month"),
        ("direct_tax = 0.75", "town.toml:18: household \"owner\", direct_tax = £45000000.00 a month"),
        ("pension = 0.75", "town.toml:18: household \"owner\", pension = £45000000.00 a month"),
        (
            "council_tax = 0.0",
            "town.toml:17: household \"owner\", saving, which is what the shares leave over",
        ),
    ] {
        let said = refusal(&[("BUYS", "6e7"), ("USES", uses)]);
        assert!(said.starts_with(told), "{said}");
        assert!(said.contains("£60000000.00 a month") && said.contains("divide it into several"), "{said}");
    }
    // What comes round again counts too: of £25m the owner spends half in the shop and owns that too.
    let round = refusal(&[("BUYS", "2.5e7"), ("USES", "spends = { shop = 0.5, country = 0.4 }")]);
    assert!(round.contains("spends = £44999999.9"), "{round}");
}

fn place_of(with: &[(&str, &str)]) -> Result<Place, place::PlaceError> {
    place::town_from_text("town.toml", &text(with)).map(Place::Town)
}

/// To the penny: the most is used whole, month by month; a penny more is refused.
#[test]
fn the_most_is_used_and_a_penny_more_refused() {
    let most = |more: i64| format!("{:.2}", (MOST_A_MONTH + more) as f64 / 100.0);
    let uses = ("USES", "spends = { country = 1.0 }");
    assert!(refusal(&[("BUYS", &most(1)), uses]).contains("spends = £42949672.96 a month"));
    let place = place_of(&[("BUYS", &most(0)), uses]).unwrap();
    let scenario = scenario::load("teaching/three_shops", &[]).unwrap();
    let mut of = Simulation::new(&Ready { scenario, place }, 1).unwrap();
    let plan = Plan::neutral(&of.city);
    let owner = HouseholdId::from_index(0);
    let before = of.city.households.deposits[owner];
    for _ in 0..12 {
        step(&mut of.city, &plan, &of.draws, None).unwrap();
        let spent: i64 = of.city.flows.purchases[owner].iter().map(|p| i64::from(*p)).sum();
        assert_eq!(spent, MOST_A_MONTH);
        assert_eq!(of.city.households.deposits[owner], before);
    }
}

#[test]
fn pay_and_benefits_beyond_31_bits_are_refused() {
    let most = "£21474836.47 a month";
    let shop = refusal(&[("BUYS", "1e8"), ("SHARE", "0.25")]);
    assert!(
        shop.starts_with("town.toml:14: supplier \"shop\", pays.worker = £25000000.00 a month"),
        "{shop}"
    );
    let council = refusal(&[("PAYS", "2.5e7")]);
    assert!(council.starts_with("town.toml:8: anchor \"council\", pays.region = £25000000.00"), "{council}");
    let benefits = refusal(&[("BENEFITS", "2.5e7")]);
    assert!(benefits.starts_with("town.toml:21: household \"worker\", benefits_gbp_month"), "{benefits}");
    assert!([shop, council, benefits].iter().all(|said| said.contains(most)));
    assert!(place_of(&[("BENEFITS", "21474836.47"), ("PAYS", "21474836.47")]).is_ok());
}

/// Sums of a run have room in 64 bits.
#[test]
fn amounts_that_no_sum_could_hold_are_refused() {
    for (with, told) in [
        (
            ("BUYS", "4.1e10"),
            "buys of all anchors together = £4.1000e10 a month: a town holds at most £40bn a month",
        ),
        (("BENEFITS", "1e300"), "together = £1.0000e300 a month: a town holds at most £5000bn a month"),
        (("USES", "deposits_gbp = 1e308"), "deposits_gbp of all households together = £1.0000e308"),
        (("USES", "deposits_gbp = 5.1e12"), "a town holds at most £5000bn of it"),
    ] {
        let said = refusal(&[with]);
        assert!(said.contains(told) && said.contains("write smaller amounts"), "{said}");
    }
}

#[test]
fn receipts_without_end_are_refused_when_read() {
    let said = refusal(&[("USES", "spends = { shop = 1.0 }")]);
    assert!(said.starts_with("town.toml:") && said.contains("no steady month"), "{said}");
    assert!(said.contains("let a larger share of its receipts leave the town"), "{said}");
}

#[test]
fn rows_beyond_16_bits_are_refused() {
    let homes = |n: usize| (0..n).map(|h| format!("[[household]]\nid = \"h{h}\"\n")).collect::<String>();
    let town = |rows: String| place::town_from_text("town.toml", &format!("name = \"rows\"\n{rows}"));
    assert!(town(homes(65_536)).is_ok());
    let said = town(homes(65_537)).unwrap_err().to_string();
    assert_eq!(
        said,
        "town.toml: number of [[household]] = 65537: a town has at most 65536 of them: let one household stand for several"
    );
    let anchor = |a: usize| format!("[[anchor]]\nid = \"a{a}\"\nname = \"A\"\nkind = \"nhs\"\n");
    assert!(town((0..1_000).map(anchor).collect()).is_ok());
    let said = town((0..1_001).map(anchor).collect()).unwrap_err().to_string();
    assert!(said.contains("[[anchor]] = 1001: a town has at most 1000 of them"), "{said}");
}

#[test]
fn a_supplier_with_a_name_is_not_the_world() {
    let said = place::town_from_text(
        "town.toml",
        &text(&[]).replace("sector = \"G\"", "sector = \"G\"\nzone = \"world\""),
    );
    let said = said.unwrap_err().to_string();
    assert!(said.starts_with("town.toml:13: supplier \"shop\", zone = world: "), "{said}");
    assert!(said.contains("write city, region or country"), "{said}");
}
