//! Clauses of contracts: what they bind, for how long, what they cost, and how far they are kept.

use super::{city, draws, month, seen};
use recirc::base::col::Id;
use recirc::base::money::WHOLE;
use recirc::economy::plan::Plan;
use recirc::economy::procurement::clauses;
use recirc::economy::step;
use recirc::measure::record::Record;
use recirc::place::vocabulary::Zone;
use recirc::world::City;
use recirc::world::clauses::Clauses;
use recirc::world::contracts::Provider;
use recirc::world::employers::EmployerId;
use recirc::world::orgs::NOBODY;
use recirc::world::workers::WorkerId;

/// What is monitored is kept in full, and jobs end often.
const KEPT: [&str; 2] = ["procurement.social_value.delivered_monitored=1", "labour.separation_monthly=0.03"];

/// Contracts end at once and teams have hours, so that a month lets much.
fn after(toml: &str, months: u16) -> City {
    let mut city = city(toml, &KEPT);
    for team in &mut city.anchors.teams {
        (team.officers_fte, team.monitoring_fte) = (1e4, 1e4);
    }
    city.contracts.rows.iter_mut().for_each(|row| row.end_month = row.end_month.min(3));
    let plan = Plan::new(&city.settings, &city);
    (0..months).for_each(|_| month(&mut city, &plan));
    city
}

fn under(city: &City, is: impl Fn(&Clauses) -> bool) -> usize {
    let held = city.contracts.rows.iter().filter(|r| r.supplier != NOBODY && r.provider == Provider::Market);
    held.filter(|row| is(&row.clauses)).count()
}

/// Bidders price it, holders pay it: of those whose contract is below the floor, the part that works under a clause is
/// brought to it, the others are not, and nobody is paid less for it.
#[test]
fn living_wage() {
    let toml = "[[policy.living_wage_clause]]\nlevel = 1\n";
    let with = after(toml, 6);
    assert!(under(&with, |c| c.living_wage == 1.0) > 1_000);
    let (mut raised, mut expected, mut variance) = (0, 0.0, 0.0);
    for w in 0..with.workers.len() {
        let id = WorkerId::from_index(w);
        let Some(of) = with.contracts.bound.get(with.workers.employer[id] as usize) else { continue };
        // Where staff share profit out, or pay falls short, more than the clause is in what is paid.
        if with.employers.pay_ratio[EmployerId(with.workers.employer[id])] != WHOLE {
            continue;
        }
        let (paid, contract) = (with.flows.pay[w], with.workers.pay[id]);
        let floor = clauses::pay_floor(&with, with.workers.hours[id], of.level).round() as i32;
        if contract >= floor {
            assert_eq!(paid, contract, "worker {w}");
            continue;
        }
        assert!(paid == contract || paid == floor, "worker {w}: {paid}, {contract}, floor {floor}");
        raised += i32::from(paid == floor);
        expected += of.living_wage;
        variance += of.living_wage * (1.0 - of.living_wage);
    }
    assert!(expected > 15.0, "{expected}");
    let off = (f64::from(raised) - expected) / variance.sqrt();
    assert!(off.abs() < 4.0, "{raised} raised, {expected} expected, {off} standard errors");
    let price = |toml: &str| {
        let city = after(toml, 4);
        let rows = city.contracts.rows.iter().filter(|r| r.supplier != NOBODY && r.first_month >= 3);
        let (sum, n) = rows.fold((0.0, 0), |(sum, n), row| (sum + row.price, n + 1));
        sum / f64::from(n)
    };
    let (dear, usual) = (price(toml), price(""));
    assert!(dear > usual * 1.001 && dear < usual * 1.1, "{usual} {dear}");
}

/// Jobs at the living wage are those whose contract, or a clause under which they are paid, reaches it.
#[test]
fn jobs_that_a_clause_raises_are_at_the_living_wage() {
    let mut with = after("[[policy.living_wage_clause]]\nlevel = 1\n", 6);
    let (plan, draws) = (Plan::new(&with.settings, &with), draws(&with));
    let mut record = Record::new(&with);
    let books = step::step(&mut with, &plan, &draws, None).unwrap();
    record.keep(&with, &books);
    let counted = record.months.last().unwrap().society.living_wage_jobs;
    let own = with.suppliers.len() + with.anchors.len();
    let (mut agreed, mut raised) = (0, 0);
    for w in 0..with.workers.len() {
        let (id, employer) = (WorkerId::from_index(w), with.workers.employer[WorkerId::from_index(w)]);
        if employer as usize >= own {
            continue;
        }
        let floor = f64::from(with.workers.hours[id]) * with.law.real_living_wage * 100.0 * 52.0 / 12.0;
        let floor = floor.round() as i32;
        if with.workers.pay[id] >= floor {
            agreed += 1;
        } else if with.flows.pay[w] >= floor && with.employers.pay_ratio[EmployerId(employer)] == WHOLE {
            raised += 1;
        }
    }
    assert!(raised > 15, "{raised}");
    assert_eq!(counted, agreed + raised);
}

/// A clause that is not in force when the contract is let does not bind it, and one that ends binds to the term.
#[test]
fn leverage_ends_at_award() {
    let toml = "[[policy.living_wage_clause]]\nlevel = 1\nstart = \"2026-06\"\nend = \"2026-07\"\n";
    let mut city = city(toml, &[]);
    let plan = Plan::new(&city.settings, &city);
    let mut counts = Vec::new();
    for _ in 0..6 {
        month(&mut city, &plan);
        counts.push((city.date(city.month).to_string(), under(&city, |c| c.living_wage > 0.0)));
    }
    let at = |date: &str| counts.iter().find(|(d, _)| d == date).map(|c| c.1).unwrap();
    assert_eq!(at("2026-05"), 0);
    assert!(at("2026-06") > 20, "{counts:?}");
    assert!(at("2026-07") > 20 && at("2026-07") <= at("2026-06"), "{counts:?}");
}

/// From a value on: contracts below it go without.
#[test]
fn from_a_value_on() {
    let toml = "[[policy.living_wage_clause]]\nlevel = 1\nfrom_gbp = 100_000\n";
    let city = after(toml, 4);
    let mut seen = (0, 0);
    for row in city.contracts.rows.iter().filter(|r| r.supplier != NOBODY && r.first_month >= 3) {
        let nominal = row.monthly as f64 / 100.0 / city.scale * f64::from(row.months) * 1.2;
        if nominal < 99_000.0 {
            assert_eq!(row.clauses.living_wage, 0.0);
            seen.0 += 1;
        } else if nominal > 101_000.0 {
            assert_eq!(row.clauses.living_wage, 1.0);
            seen.1 += 1;
        }
    }
    assert!(seen.0 > 100 && seen.1 > 100, "{seen:?}");
}

/// Holders buy more along their links to sellers of goods in the city, and less outside; only as far as it is kept.
#[test]
fn local_materials() {
    let of = |toml: &str| {
        let city = after(toml, 5);
        let holders: Vec<usize> =
            (0..city.contracts.bound.len()).filter(|i| city.contracts.bound[*i].goods > 0.0).collect();
        (city, holders)
    };
    let toml = "[[policy.local_materials_clause]]\nshare = 1\n";
    let (with, holders) = of(toml);
    let without = after("", 5);
    assert!(holders.len() > 100, "{}", holders.len());
    let linked = |city: &City, i: &usize| -> i64 {
        let links = city.suppliers.links.range(*i);
        links.map(|l| city.flows.links[l] + city.flows.backups[l]).sum()
    };
    let outside = |city: &City, i: &usize| -> i64 {
        let uses = &city.flows.supplier.rows()[*i];
        uses.outside_inputs[0] + uses.outside_inputs[1]
    };
    // Holders outside buy more along their links too.
    let there = |i: &&usize| with.suppliers.zone.rows()[**i] != Zone::City;
    let sum = |city: &City| holders.iter().filter(there).map(|i| linked(city, i)).sum::<i64>() as f64;
    let outside_more = sum(&with) / sum(&without);
    assert!(outside_more > 1.05, "{outside_more}");
    let all = |city: &City, of: &dyn Fn(&City, &usize) -> i64| {
        holders.iter().map(|i| of(city, i)).sum::<i64>() as f64
    };
    let more = all(&with, &linked) / all(&without, &linked);
    let less = all(&with, &outside) / all(&without, &outside);
    assert!(more > 1.002 && less < 0.999, "{more} {less}");
}

/// Residents of the city, and of its deprived wards, take more of the posts that holders fill.
#[test]
fn local_hiring() {
    let toml = "[[policy.local_hiring_clause]]\nresidents_times = 20\ndeprived_times = 20\n";
    let (with, without) = (after(toml, 18), after("", 18));
    // At the same employers: those whose work is to a tenth or more under the clause.
    let bound = |e: u32| with.contracts.bound.get(e as usize).is_some_and(|of| of.hiring > 0.1);
    let residents = |city: &City| {
        let (mut local, mut all) = (0.0, 0.0);
        for w in 0..city.workers.len() {
            let id = WorkerId::from_index(w);
            if bound(city.workers.employer[id]) {
                all += 1.0;
                local += f64::from(u8::from(city.workers.household[id] != NOBODY));
            }
        }
        local / all
    };
    let (more, usual) = (residents(&with), residents(&without));
    assert!(more > usual + 0.02, "{usual} {more}");
}

/// Who is paid sooner asks for a little less, and needs less cash.
#[test]
fn prompt_payment() {
    let with = after("[[policy.prompt_payment]]\ndays = 5\n", 5);
    assert!(under(&with, |c| c.days == 5) > 1_000);
    let sooner: i64 = with.contracts.bound.iter().map(|of| of.sooner).sum();
    let held: i64 = with
        .contracts
        .rows
        .iter()
        .filter(|r| r.supplier != NOBODY && r.provider == Provider::Market && r.clauses.days == 5)
        .map(|r| r.monthly * 25 / 30)
        .sum();
    assert_eq!(sooner, held);
    let price = |toml: &str| {
        let s = seen(toml, &[], 6);
        s.mean(|a| a.price)
    };
    let (sooner, usual) = (price("[[policy.prompt_payment]]\ndays = 0\n"), price(""));
    // 30 days at the rate of interest.
    let expected = 1.0 - with.settings.firms.interest_rate * 30.0 / 365.0;
    assert!((sooner / usual / expected - 1.0).abs() < 0.003, "{usual} {sooner}");
}
