//! Tables in which supply holds imports, points that may separate thousands, rounded numbers, and a tolerance that says how far sums
//! may miss and not what rows are.

use recirc::measure::multipliers::Economy;
use recirc::scenario::io_table::{self, IoTable, Said};

fn try_read(text: &str, said: &[Said]) -> Result<IoTable, String> {
    io_table::parse("table.csv", text, said).map_err(|refusal| refusal.to_string())
}

fn read(text: &str) -> IoTable {
    try_read(text, &[]).unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn refused(text: &str) -> String {
    try_read(text, &[]).map_or_else(|refusal| refusal, |table| panic!("read as {:?}", table.inputs))
}

fn textbook(table: &IoTable) {
    let of = Economy::of(table).multipliers().unwrap();
    for (a, b) in of.output.0.iter().zip([1.518, 1.452]) {
        assert!((a - b).abs() < 6e-4, "{:?}", of.output.0);
    }
}

/// Miller and Blair, chapter 2, with imports of 300 and 500 of like goods in supply.
const SUPPLY: &str = "\
,Agriculture,Manufacturing,Final uses,Total use
Agriculture,150,500,650,1300
Manufacturing,200,100,2200,2500
Value added,650,1400,,
Output at basic prices,1000,2000,,
Imports cif,300,500,,
Supply at basic prices,1300,2500,,
";

#[test]
fn supply_is_output_and_imports() {
    let of = read(SUPPLY);
    textbook(&of);
    assert!(of.notes.iter().any(|note| note.contains("upper bounds")), "{:?}", of.notes);
    // Neither total is needed to see it.
    let rest: Vec<&str> = SUPPLY.lines().filter(|line| !line.starts_with("Supply")).collect();
    textbook(&read(&rest.join("\n")));
    let wrong = refused(&SUPPLY.replace("650,1300", "640,1300"));
    assert!(wrong.contains("row \"Agriculture\", sum = 1290"), "{wrong}");
}

#[test]
fn supply_without_output_is_asked_about() {
    let lines: Vec<&str> =
        SUPPLY.lines().filter(|line| !line.starts_with("Output") && !line.starts_with("Imports")).collect();
    let said = refused(&lines.join("\n"));
    assert!(said.contains("more than inputs and value added") && said.contains("--output-row"), "{said}");
    // In a table of domestic flows total use is output, and imports are told by who buys them.
    let domestic = "sector,A,B,Households,Exports,Total use\nA,10,40,30,20,100\nB,15,30,100,55,200\n\
                    Imports,25,50,40,,\nValue added,50,80,,,\n";
    assert_eq!(read(domestic).output.unwrap(), [100.0, 200.0]);
}

/// Totals of final demand before imports are taken off, and of households of country and town.
#[test]
fn totals_before_imports_and_of_all_households() {
    let table = "\
,Farms,Mills,Rural Household Consumption,Urban Household Consumption,Total Household Consumption,Exports,Total Final Use,Imports,Output
Farms,10,40,20,30,50,20,70,20,100
Mills,15,30,40,65,105,85,190,35,200
Compensation of employees,75,130,,,,,,,
";
    let of = read(table);
    assert_eq!(of.output.unwrap(), [100.0, 200.0]);
    let households = of.households.unwrap();
    assert!((households.column[0] * 155.0 / 50.0 - 0.7561).abs() < 1e-3, "{households:?}");
}

#[test]
fn points_between_thousands() {
    let sums = "x;A;B;Final demand;Output\nA;150;500;350;1.000\nB;200;100;1.700;2.000\n";
    textbook(&read(sums));
    let doubtful = "x;1;2\n1;150;500\n2;200;100\nvalue added;650;1.400\n";
    let said = refused(doubtful);
    assert!(said.contains("1.400") && said.contains("--decimal"), "{said}");
    textbook(&try_read(doubtful, &[Said::option("decimal", "comma")]).unwrap());
    textbook(&read(&format!("# decimal: comma\n{doubtful}")));
    assert!(try_read(doubtful, &[Said::option("decimal", "point")]).is_ok());
    let million = "x;1;2;Final demand\n1;150.000;500.000;350.000\n2;200.000;100.000;1.700.000\n";
    textbook(&read(million));
    let decimals = "x;A;B;Output\nA;0.150;0.250;1\nB;0.200;0.050;1\n";
    textbook(&read(decimals));
}

#[test]
fn whole_numbers_may_be_rounded() {
    let rounded =
        "sector,A,B,Exports,Output\nA,14,29,42,86\nB,21,57,223,300\nImports,22,93,,\nValue added,28,121,,\n";
    assert!(read(rounded).notes.iter().any(|note| note.contains("rounded")));
    let said = refused(&rounded.replace("A,14,29,42", "A,14,29,38"));
    assert!(said.contains("row \"A\", sum = 81"), "{said}");
    let said = refused(&rounded.replace("A,14,29,42", "A,14.0,29.5,42"));
    assert!(said.contains("sum ="), "{said}");
}

/// How far sums may miss does not make value added stand beside its parts.
#[test]
fn a_wide_tolerance_changes_no_reading() {
    let table = "sector,A,B,Exports,Output\nA,10,40,50,100\nB,15,30,155,200\nCompensation of employees,25,40,,\n\
                 Gross operating surplus,15,20,,\nValue added,40,60,,\nImports,35,70,,\n";
    let plain = read(table);
    let wide = try_read(table, &[Said::option("tolerance", "0.45")]).unwrap();
    assert_eq!((plain.value_added, plain.inputs), (wide.value_added, wide.inputs));
}
