//! The social accounting matrix of a run: it holds every payment, balances to the penny, and gives the traced
//! multiplier where nothing is averaged away.

use crate::common::{settings, synthesise};
use proptest::prelude::*;
use recirc::base::draws::Draws;
use recirc::economy::books::{Books, Group, Kind, Party};
use recirc::economy::plan::Plan;
use recirc::economy::step::step;
use recirc::measure::record::{HouseholdSums, Record};
use recirc::measure::tables;
use recirc::world::City;
use recirc::world::orgs::Outside;
use recirc::world::outlets::served_by;
use recirc::world::workers::Status;
use std::collections::BTreeMap;

/// Balances of every party as they stand, counted apart from the books.
fn balances(city: &City) -> BTreeMap<usize, i64> {
    let mut sums = BTreeMap::new();
    for (h, deposits) in city.households.deposits.iter().enumerate() {
        let tenth = Party::Tenth(city.households.decile.rows()[h].min(9));
        *sums.entry(tenth.index()).or_default() += deposits;
    }
    for (i, cash) in city.cash.iter().enumerate() {
        *sums.entry(Party::of(city, recirc::base::col::Id::from_index(i)).index()).or_default() += cash;
    }
    sums
}

/// Every party's balance changes by what the matrix says it received less what it paid; groups pay each other what
/// the books say; no sector and no tenth stays untold.
fn holds(before: &BTreeMap<usize, i64>, city: &City, books: &Books) {
    let mut change: BTreeMap<usize, i64> = BTreeMap::new();
    let mut by_kind: BTreeMap<u8, i64> = BTreeMap::new();
    for (kind, from, to, amount) in books.matrix() {
        let told = |p: Party| !matches!(p, Party::Supplier | Party::Households);
        assert!(told(from) && told(to), "{kind:?}: {from:?} pays {to:?} {amount}, untold");
        assert!(amount > 0, "{kind:?}: {from:?} pays {to:?} {amount}");
        *change.entry(from.index()).or_default() -= amount;
        *change.entry(to.index()).or_default() += amount;
        *by_kind.entry(kind as u8).or_default() += amount;
    }
    let after = balances(city);
    for (party, cash) in &after {
        let moved = cash - before.get(party).copied().unwrap_or(0);
        assert_eq!(moved, change.get(party).copied().unwrap_or(0), "{:?}", Party::from_index(*party));
    }
    for kind in Kind::ALL {
        let all: i64 = Group::ALL
            .iter()
            .flat_map(|from| Group::ALL.iter().map(move |to| books.flow(*kind, *from, *to)))
            .sum();
        assert_eq!(all, by_kind.get(&(*kind as u8)).copied().unwrap_or(0), "{}", kind.label());
    }
}

/// Sums by ward and by tenth are those of the households, counted one by one.
fn counted(city: &City, books: &Books) {
    let mut wards = vec![HouseholdSums::default(); city.wards.len().max(1)];
    let mut tenths = vec![HouseholdSums::default(); 10];
    for h in 0..city.households.len() {
        let uses = &city.flows.household.rows()[h];
        let statuses = &city.workers.status.rows()[city.households.workers_of(h)];
        let are = |status: Status| statuses.iter().filter(|s| **s == status).count() as i64;
        let received = city.households.received_last.rows()[h];
        let bought: i64 = city.flows.purchases.rows()[h].iter().map(|p| i64::from(*p)).sum();
        assert_eq!(bought, i64::from(uses.all_purchases), "household {h}");
        let of = HouseholdSums {
            households: 1,
            receipts: received,
            disposable: received - uses.deducted(),
            consumption: bought + i64::from(uses.energy),
            deposits: city.households.deposits.rows()[h],
            in_work: are(Status::Employed),
            seeking: are(Status::Seeking),
        };
        wards[usize::from(city.households.ward.rows()[h])].add(&of);
        tenths[usize::from(city.households.decile.rows()[h].min(9))].add(&of);
    }
    assert_eq!(books.by_ward_and_tenth(), (wards, tenths));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]
    /// Leeds with its mechanisms on and off at random, months after the start: to the penny.
    #[test]
    fn rows_and_columns_balance(seed in 1u64..1000, switches in prop::collection::vec(any::<bool>(), 7)) {
        const NAMES: [&str; 7] =
            ["capacity", "labour_market", "prices", "progressivity", "entry_exit", "adaptation", "norms"];
        let mut sets: Vec<String> =
            NAMES.iter().zip(&switches).map(|(name, on)| format!("mechanisms.{name}={on}")).collect();
        sets.push("run.burn_in_months=0".into());
        sets.push("shock.energy_prices=[{start=\"2026-05\", rise_percent=50}]".into());
        let sets: Vec<&str> = sets.iter().map(String::as_str).collect();
        let mut city = synthesise(settings(0.005, seed, &sets));
        let plan = Plan::new(&city.settings, &city);
        let draws = Draws::new(seed, 1);
        for _ in 0..5 {
            let before = balances(&city);
            let books = step(&mut city, &plan, &draws, None).unwrap();
            holds(&before, &city, &books);
            counted(&city, &books);
        }
        let dearer = city.flows.household.iter().any(|uses| uses.energy > 0);
        prop_assert!(dearer, "the price of energy has risen");
    }
}

/// What each tenth spends at each party, purchase by purchase and counted apart from the books, in a city where others
/// stand in for every seventh firm. Nobody changes outlets after shopping here, and no firm closes.
#[test]
fn each_tenth_shops_where_its_households_do() {
    let sets = [
        "run.burn_in_months=0",
        "mechanisms.adaptation=false",
        "mechanisms.entry_exit=false",
        "shock.energy_prices=[{start=\"2026-05\", rise_percent=50}]",
    ];
    let mut city = synthesise(settings(0.01, 4, &sets));
    let (plan, draws) = (Plan::new(&city.settings, &city), Draws::new(4, 1));
    let suppliers = city.suppliers.len() as u32;
    for (i, stand_in) in city.suppliers.stand_in.iter_mut().enumerate().step_by(7) {
        // Of any sector, so that it shows whose the sale is.
        *stand_in = (i as u32 + 1) % suppliers;
    }
    let mut stood_in = 0;
    for _ in 0..3 {
        let books = step(&mut city, &plan, &draws, None).unwrap();
        let mut spent: BTreeMap<(usize, usize), i64> = BTreeMap::new();
        for h in 0..city.households.len() {
            let id = recirc::base::col::Id::from_index(h);
            let tenth = Party::Tenth(city.households.decile.rows()[h].min(9)).index();
            for (p, amount) in city.flows.purchases.rows()[h].iter().enumerate() {
                let usual = city.outlet(id, p);
                let serves = served_by(city.suppliers.stand_in.rows(), usual);
                stood_in += usize::from(usual as usize != serves);
                *spent.entry((tenth, party(&city, serves))).or_default() += i64::from(*amount);
            }
            let world = Party::Outside(Outside::World).index();
            *spent.entry((tenth, world)).or_default() += i64::from(city.flows.household.rows()[h].energy);
        }
        spent.retain(|_, amount| *amount != 0);
        let told = books.matrix().filter(|(kind, ..)| *kind == Kind::Consumption);
        let told: BTreeMap<_, _> =
            told.map(|(_, from, to, amount)| ((from.index(), to.index()), amount)).collect();
        assert_eq!(told, spent);
    }
    assert!(stood_in > 100, "{stood_in} purchases at who stands in");
}

fn party(city: &City, org: usize) -> usize {
    Party::of(city, recirc::base::col::Id::from_index(org)).index()
}

/// `sam.csv`: each account's row and column have equal sums, in pence.
#[test]
fn the_table_closes() {
    let mut city = synthesise(settings(0.005, 3, &["run.burn_in_months=0"]));
    let plan = Plan::new(&city.settings, &city);
    let draws = Draws::new(1, 1);
    let mut record = Record::new(&city);
    for _ in 0..14 {
        let books = step(&mut city, &plan, &draws, None).unwrap();
        record.keep(&city, &books);
    }
    let all = tables::all(&record);
    let sam = all.iter().find(|t| t.name == "sam").unwrap();
    let mut sums: BTreeMap<(String, String), i64> = BTreeMap::new();
    for row in &sam.rows {
        let [year, receiver, payer, _, pounds] = [0, 1, 2, 3, 4].map(|i| row[i].to_string());
        let pence: i64 = pounds.replace('.', "").parse().unwrap();
        assert!(pence > 0);
        *sums.entry((year.clone(), receiver)).or_default() += pence;
        *sums.entry((year, payer)).or_default() -= pence;
    }
    assert!(sums.len() > 80, "two years, some forty accounts each");
    for ((year, account), difference) in sums {
        assert_eq!(difference, 0, "year {year}, {account}");
    }
    let sales: i64 = record.sam[0].sales.iter().sum();
    let months: i64 = record.months[..12].iter().map(|m| m.sales).sum();
    assert_eq!(sales, months, "net sales by sector sum to those by month");
}
