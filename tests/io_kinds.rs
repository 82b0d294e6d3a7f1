//! What the accounts of a social accounting matrix are: by name, by what they pay and receive, or as said.

use recirc::measure::account_multipliers::AccountMultipliers;
use recirc::scenario::io_table::{self, AccountKind as Kind, Accounts, Said};

/// Accounts of a small economy, and what each row's receives of each column's.
const NAMES: [&str; 10] = [
    "Agriculture",
    "Food processing",
    "Machinery",
    "Road freight",
    "Labour",
    "Capital",
    "Households",
    "Government",
    "Savings-Investment",
    "Rest of world",
];
const CELLS: [&str; 10] = [
    "20,40,5,2,0,0,60,3,0,20",
    "10,30,10,8,0,0,120,12,0,30",
    "5,10,20,4,0,0,5,6,60,10",
    "5,10,5,3,0,0,20,2,5,10",
    "50,50,30,20,0,0,0,20,0,0",
    "45,40,20,13,0,0,0,0,0,0",
    "0,0,0,0,160,100,0,20,0,10",
    "5,10,5,2,10,10,25,0,0,5",
    "0,0,0,0,0,8,50,7,0,0",
    "10,30,25,8,0,0,10,2,0,0",
];

/// The same with some accounts called otherwise.
fn called(others: &[(&str, &str)]) -> String {
    let name =
        |name: &str| others.iter().find(|of| of.0 == name).map_or(name.to_owned(), |of| of.1.to_owned());
    let names = NAMES.map(name);
    let rows = names.iter().zip(CELLS).map(|(name, cells)| format!("{name},{cells}\n"));
    std::iter::once(format!("Account,{}\n", names.join(","))).chain(rows).collect()
}

fn read(others: &[(&str, &str)], said: &[Said]) -> Result<Accounts, String> {
    let of =
        io_table::accounts_of("sam.csv", &called(others), said).map_err(|refusal| refusal.to_string())?;
    Ok(of.expect("a social accounting matrix"))
}

/// Received in all per unit given to agriculture.
fn in_all(of: &Accounts) -> f64 {
    AccountMultipliers::of(of).unwrap().received(0, None)
}

fn as_ever(of: &Accounts) -> bool {
    (in_all(of) - 6.0449).abs() < 1e-3
        && of.kinds.iter().filter(|kind| **kind == Kind::Production).count() == 4
}

#[test]
fn goods_are_goods_whatever_a_word_of_their_name_says() {
    for (sector, name) in [
        ("Food processing", "Consumer goods"),
        ("Machinery", "Capital goods"),
        ("Road freight", "Land transport"),
        ("Food processing", "Mixed farming"),
        ("Road freight", "Real estate and rent"),
        ("Food processing", "Household appliances"),
        ("Machinery", "Investment goods"),
        ("Food processing", "Stock raising"),
        ("Road freight", "Foreign trade"),
        ("Road freight", "Savings banks"),
    ] {
        let of = read(&[(sector, name)], &[]).unwrap();
        assert!(as_ever(&of), "{name}: {:?}", of.notes);
        assert!(
            of.notes.iter().any(|note| note.contains(&format!("\"{name}\" is read as production"))),
            "{name}"
        );
    }
}

#[test]
fn other_accounts_keep_their_names() {
    for (account, name) in [
        ("Labour", "Skilled labour"),
        ("Capital", "Rent of land"),
        ("Capital", "Gross operating surplus"),
        ("Households", "Rural households"),
        ("Households", "Household services"),
        ("Government", "Central government"),
        ("Savings-Investment", "Consolidated capital"),
        ("Savings-Investment", "Change in stocks"),
        ("Rest of world", "Foreign sector"),
    ] {
        assert!(as_ever(&read(&[(account, name)], &[]).unwrap()), "{name}");
    }
}

/// Who is paid by factors produces nothing, nor does who buys nothing that is produced.
#[test]
fn names_that_tell_nothing_are_asked_about() {
    for (account, name, option) in [
        ("Government", "Treasury", "exogenous"),
        ("Savings-Investment", "GCF", "exogenous"),
        ("Rest of world", "RdM", "exogenous"),
    ] {
        let said = read(&[(account, name)], &[]).expect_err(name);
        assert!(said.contains(&format!("account \"{name}\"")) && said.contains("sam.csv:"), "{said}");
        assert!(said.contains("--factor-account") && said.contains("--exogenous"), "{said}");
        let of = read(&[(account, name)], &[Said::option(option, name)]).unwrap();
        assert!(as_ever(&of), "{name}: {:?}", of.notes);
    }
}

/// Whom who produces pays, and who pays households, is a factor; who lives on factors and buys goods is a household.
#[test]
fn payments_tell_factors_and_households() {
    for (account, name) in
        [("Capital", "Housing"), ("Labour", "LabUn"), ("Households", "H-LF1"), ("Households", "Rural poor")]
    {
        let of = read(&[(account, name)], &[]).unwrap();
        assert!(as_ever(&of), "{name}: {:?}", of.notes);
        let told = format!("WARNING: \"{name}\" is called nothing that is known and counted among ");
        assert!(of.notes.iter().any(|note| note.starts_with(&told)), "{name}: {:?}", of.notes);
    }
}

#[test]
fn kinds_are_as_said() {
    let enterprises = [("Road freight", "Government enterprises")];
    let of = read(&enterprises, &[]).unwrap();
    assert!(
        of.notes.iter().any(|note| note.starts_with("WARNING: \"Government enterprises\"")),
        "{:?}",
        of.notes
    );
    let said = [Said::option("production_account", "Government enterprises")];
    assert!(as_ever(&read(&enterprises, &said).unwrap()));
    let wrong = read(&[], &[Said::option("factor_account", "Land")]).expect_err("no such account");
    assert!(wrong.contains("--factor-account = Land") && wrong.contains("Labour"), "{wrong}");
}

/// A unit, where more accounts miss than a wrong cell makes miss.
#[test]
fn whole_numbers_may_miss_by_a_unit() {
    let first = called(&[]).replace("20,40,5,2,0,0,60,3,0,20", "20,40,5,2,0,0,60,3,0,21");
    let refused = |text: &str| io_table::accounts_of("sam.csv", text, &[]).unwrap_err().to_string();
    assert!(refused(&first).contains("receives 151 and pays 150"));
    let text = first.replace("5,10,5,3,0,0,20,2,5,10", "5,10,5,3,0,0,20,1,5,10");
    let of = io_table::accounts_of("sam.csv", &text, &[]).unwrap().expect("a social accounting matrix");
    assert!(of.notes.iter().any(|note| note.contains("rounded")));
}

/// Names of groups over many columns pair none of them.
#[test]
fn groups_of_accounts_are_no_names() {
    let groups = ["Activities"; 4]
        .into_iter()
        .chain(["Factors"; 2])
        .chain(["Institutions"; 2])
        .chain(["Capital", "World"]);
    let groups: Vec<&str> = groups.collect();
    let head = format!(",,{}\n,,{}\n", groups.join(","), NAMES.join(","));
    let rows = (0..10).map(|i| format!("{},{},{}\n", groups[i], NAMES[i], CELLS[i]));
    let text: String = std::iter::once(head).chain(rows).collect();
    let of = io_table::accounts_of("sam.csv", &text, &[]).unwrap().expect("a social accounting matrix");
    assert!(as_ever(&of));
}
