//! Input-output tables that users bring: published multipliers, textbook cases, location quotients, and what is
//! said of a table that is wrong.

use recirc::measure::multipliers::{Economy, Multipliers};
use recirc::place::flq::{self, Quotient};
use recirc::scenario::io_table::{self, Form, HouseholdAccount, HouseholdTotal, IoTable, Said};
use std::path::Path;

fn table(text: &str) -> IoTable {
    io_table::parse("table.csv", text, &[]).unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn found(text: &str) -> Multipliers {
    Economy::of(&table(text)).multipliers().unwrap()
}

fn close(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() < tolerance, "{a} is not {b}");
}

/// A column of a small CSV file below tests/tables, by first column.
fn published(file: &str, column: usize) -> Vec<(String, f64)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables").join(file);
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_path(path).unwrap();
    reader.records().map(|r| r.unwrap()).map(|r| (r[0].to_owned(), r[column].parse().unwrap())).collect()
}

/// ONS Input-Output Analytical Tables 2010, 17 sectors: every Leontief total that table 6 prints, to its three
/// decimals; and Type II of the same coefficients closed with households, computed apart.
#[test]
fn the_uk_table_of_2010_gives_the_printed_totals() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/uk/uk_2010_17_sectors.csv");
    let read = io_table::load(&path, &[]).unwrap();
    assert_eq!((read.sectors.len(), read.form), (17, Form::Coefficients));
    let of = Economy::of(&read).multipliers().unwrap();
    let (printed, closed) = (published("uk_2010_printed.csv", 1), published("uk_2010_printed.csv", 2));
    assert_eq!(printed.len(), 17);
    for (j, sector) in of.sectors.iter().enumerate() {
        assert_eq!((&printed[j].0, &closed[j].0), (sector, sector));
        close(of.output.0[j], printed[j].1, 5.1e-4);
        close(of.output.1.as_ref().unwrap()[j], closed[j].1, 1e-5);
    }
}

const FLOWS: &str = "\
sector,Farms,Mills,Shops,households,exports,total_output
Farms,10,40,5,25,20,100
Mills,15,30,25,70,60,200
Shops,5,20,10,85,0,120
imports,20,30,10,40,,
taxes,2,5,3,20,,
compensation_of_employees,28,45,40,,,
gross operating surplus,20,30,27,,,
Total Output,100,200,120,240,,
FTE,5,3,7,,,
";

/// Flows become coefficients of their column's output; households' column is over their spending, 240.
#[test]
fn a_table_of_flows() {
    let read = table(FLOWS);
    assert_eq!(read.form, Form::Flows);
    assert_eq!(read.inputs[0], [0.10, 0.20, 5.0 / 120.0]);
    assert_eq!(read.output.as_deref(), Some(&[100.0, 200.0, 120.0][..]));
    let HouseholdAccount { column, total, .. } = read.households.clone().unwrap();
    assert_eq!((column[2], total), (85.0 / 240.0, HouseholdTotal::Spending));
    assert_eq!(read.value_added.as_deref(), Some(&[0.48, 0.375, 67.0 / 120.0][..]));
    // Income effect through households is the household row of the closed inverse; output is consistent with A.
    let of = Economy::of(&read).multipliers().unwrap();
    for j in 0..3 {
        let l = &of.inverse.type_1;
        let back = (0..3).map(|k| read.inputs[1][k] * l[(k, j)]).sum::<f64>() + f64::from(u8::from(j == 1));
        close(back, l[(1, j)], 1e-12);
        let jobs = of.effects[1].as_ref().unwrap();
        assert!(jobs.type_2.as_ref().unwrap()[j] > jobs.type_1[j] && jobs.type_1[j] > jobs.direct[j]);
        // With nothing direct but leaks: value added, imports and taxes per unit of final demand sum to it.
        let leaks = [0.48 + 0.22, 0.375 + 0.175, (67.0 + 13.0) / 120.0];
        close((0..3).map(|k| leaks[k] * l[(k, j)]).sum(), 1.0, 1e-12);
    }
}

/// Order of columns, case, semicolons, thousands, brackets and a byte-order mark do not matter.
#[test]
fn the_same_table_in_other_clothes() {
    let other = "\u{feff}# a comment\nSECTOR;Total output (£m);Shops;Mills;Farms;Household_Consumption;Exports\n\
                 farms;100;5;40;10;25;20\nmills;200;25;30;15;70;60\nShops;120;10;20;5;85;0\nImports;;10;30;20;40;\n\
                 Net taxes;;3;5;2;20;\nCoE;;40;45;28;;\nGOS;;27;30;20;;\nJobs;;7;3;5;;\n";
    let (a, b) = (found(FLOWS), found(other));
    for j in 0..3 {
        close(a.output.0[j], b.output.0[j], 1e-12);
        close(a.output.1.as_ref().unwrap()[j], b.output.1.as_ref().unwrap()[j], 1e-12);
    }
    let quoted = FLOWS.replace("Farms,10,40", "Farms,\"10\",40");
    assert_eq!(found(&quoted).output.0, a.output.0);
}

/// A table with sectors, final demand and output alone, and no value added: Miller and Blair (2009), section 2.3.
#[test]
fn sectors_and_final_demand_are_enough() {
    let of = found("x,1,2,final demand,output\n1,150,500,350,1000\n2,200,100,1700,2000\n");
    close(of.inverse.type_1[(0, 0)], 0.95 / 0.7575, 1e-9);
    assert!(of.output.1.is_none() && of.effects.iter().all(Option::is_none));
    let without = found("x,1,2,final demand\n1,150,500,350\n2,200,100,1700\n");
    close(without.output.0[1], of.output.0[1], 1e-12);
}

/// A total of final demand beside its parts is no demand of its own; without being their sum it is the rest of it. A
/// row of value added that holds compensation counts once; one that stands beside it counts as well.
#[test]
fn totals_and_parts_are_told_apart() {
    let total = "x,a,b,households,exports,final demand,output\na,10,20,30,40,70,100\nb,30,10,50,10,60,100\n\
                 imports,10,20,20,,,\nwages,30,30,,,,\ngva,50,50,,,,\n";
    let rest = total.replace(",70,100", ",0,100").replace(",60,100", ",0,100");
    let only = total
        .replace("households,exports,", "p,q,")
        .replace(",30,40,70", ",0,0,70")
        .replace(",50,10,60", ",0,0,60");
    let only = format!("# ignore_column: p\n# ignore_column: q\n{only}");
    for text in [total, &rest, &only] {
        close(found(text).output.0[0], found(total).output.0[0], 1e-12);
    }
    assert_eq!(table(total).value_added.as_deref(), Some(&[0.5, 0.5][..]));
    let beside = total.replace("gva,50,50", "gva,20,20");
    assert_eq!(table(&beside).value_added.as_deref(), Some(&[0.5, 0.5][..]));
}

/// The income that households have in all, where it is given, is what their purchases are shares of.
#[test]
fn household_income_can_be_given() {
    let text = format!("# household_income: 360\n{FLOWS}");
    let HouseholdAccount { column, total, .. } = table(&text).households.unwrap();
    assert_eq!((column[2], total), (85.0 / 360.0, HouseholdTotal::Income));
    assert!(found(&text).output.1.unwrap()[0] < found(FLOWS).output.1.unwrap()[0]);
}

/// Rows and columns that no usual label covers are named in the header, or by options.
#[test]
fn labels_can_be_named() {
    let odd = FLOWS.replace("compensation_of_employees", "D.1").replace("households", "P3 S14");
    let header = format!("# income_row: D.1\n# households_column: P3 S14\n{odd}");
    assert_eq!(found(&header).output.1, found(FLOWS).output.1);
    let said = [Said::option("income_row", "D.1"), Said::option("households_column", "p3_s14")];
    let read = io_table::parse("table.csv", &odd, &said).unwrap();
    assert_eq!(Economy::of(&read).multipliers().unwrap().output.1, found(FLOWS).output.1);
}

/// A region of the nation: λ of FACTS at 1.25% of the jobs, and coefficients a·min(1, FLQ) by hand.
#[test]
fn a_region_by_location_quotients() {
    for (delta, lambda) in [(0.20, 0.447), (0.25, 0.366), (0.30, 0.299)] {
        close(flq::lambda(12.5, 1000.0, delta), lambda, 5e-4);
    }
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("jobs.csv");
    std::fs::write(&file, "sector,region,nation\nShops,9,300\nfarms,1,100\nMills,5,200\n").unwrap();
    let read = table(FLOWS);
    let jobs = io_table::employment(&file, &read, [None; 2]).unwrap();
    assert_eq!((&jobs.region[..], &jobs.nation[..]), (&[1.0, 5.0, 9.0][..], &[100.0, 200.0, 300.0][..]));
    let region = Economy::of(&read).regional(&jobs, (Quotient::Flq, 0.25));
    let lambda = flq::lambda(15.0, 600.0, 0.25);
    // SLQ: farms (1/15)/(100/600) = 0.4, mills 1.0, shops 1.2.
    close(region.system.inputs[0][1], 0.20 * 0.4 * lambda, 1e-12);
    close(region.system.inputs[1][0], 0.15 * (1.0_f64 / 0.4 * lambda).min(1.0), 1e-12);
    close(region.system.inputs[0][0], 0.10 * 0.4 * lambda, 1e-12);
    close(region.system.households.as_ref().unwrap().column[2], 85.0 / 240.0 * 1.2 * lambda, 1e-12);
    let aflq = Economy::of(&read).regional(&jobs, (Quotient::Aflq, 0.25));
    close(aflq.system.inputs[0][2], 5.0 / 120.0 * 0.4 / 1.2 * lambda * libm::log2(2.2), 1e-12);
    let nation = Economy::of(&read).multipliers().unwrap();
    let local = region.multipliers().unwrap();
    assert!(local.output.0.iter().zip(&nation.output.0).all(|(a, b)| a < b));
}

fn refusal(text: &str) -> String {
    io_table::parse("table.csv", text, &[]).expect_err("should be refused").to_string()
}

/// FLOWS with one thing changed.
fn changed(from: &str, to: &str) -> String {
    assert!(FLOWS.contains(from), "{from}");
    refusal(&FLOWS.replacen(from, to, 1))
}

fn closed_system() -> String {
    let read = table("x,a,households\na,0.5,1\nwages,0.5,\n");
    format!("{:?}", Economy::of(&read).multipliers().unwrap_err())
}

fn jobs(text: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("jobs.csv");
    std::fs::write(&file, text).unwrap();
    let error = io_table::employment(&file, &table(FLOWS), [None; 2]).expect_err("should be refused");
    error.to_string().replace(&dir.path().display().to_string(), "DIR")
}

#[test]
fn mistakes_are_sentences() {
    let told = [
        ("a column that does not add up", changed("Mills,15,30", "Mills,25,30")),
        ("a row that does not add up", changed("25,70,60,200", "25,70,90,200")),
        ("row and column of output disagree", changed("Total Output,100", "Total Output,110")),
        ("a negative flow", changed("Farms,10,40", "Farms,10,-40")),
        ("a negative wage", changed("employees,28", "employees,-28")),
        ("a coefficient column of one", refusal("x,a,b\na,0.5,0.2\nb,0.5,0.1\n")),
        ("a column of flows above output", refusal("x,a,b,output\na,60,5,100\nb,50,5,100\n")),
        ("a sector without column", changed("sector,Farms,Mills,Shops,", "sector,Farms,Mills,Shop keepers,")),
        ("a column without row", changed("\nShops,5,20,10,85,0,120", "")),
        ("a row given twice", changed("imports,20", "mills,20")),
        ("a column given twice", changed("exports,total_output", "Farms,total_output")),
        ("no number", changed("Mills,15", "Mills,n/a")),
        ("an empty cell", changed("Mills,15", "Mills,")),
        ("an infinite cell", changed("Mills,15", "Mills,inf")),
        ("a row too short", changed("Farms,10,40,5,25,20,100", "Farms,10,40,5,25,20")),
        ("a column without label", changed("Farms,Mills,Shops", "Farms,,Shops")),
        (
            "two rows of income",
            refusal(
                &FLOWS
                    .replace("gross operating surplus", "wages")
                    .replace("compensation_of_employees", "salaries"),
            ),
        ),
        ("a row not known", changed("FTE", "Widgets")),
        ("nothing at all", refusal("# only a comment\n")),
        ("no sector", refusal("x,households\nwages,4\n")),
        ("a label named that is not there", refusal(&format!("# income_row: compensation\n{FLOWS}"))),
        ("a key of the header misspelt", refusal(&format!("# incom_row: imports\n{FLOWS}"))),
        ("a kind that there is not", refusal(&format!("# kind: shares\n{FLOWS}"))),
        ("a tolerance that is none", refusal(&format!("# tolerance: little\n{FLOWS}"))),
        ("a household income too small", refusal(&format!("# household_income: 100\n{FLOWS}"))),
        ("nothing leaks", closed_system()),
        ("jobs of a sector missing", jobs("sector,region,nation\nFarms,1,100\nMils,5,200\nShops,9,300\n")),
        (
            "jobs of a sector too many",
            jobs("sector,region,nation\nFarms,1,9\nMills,5,9\nShops,9,9\nBanks,1,9\n"),
        ),
        (
            "more jobs than the nation",
            jobs("sector,region,nation\nFarms,1,100\nMills,500,200\nShops,9,300\n"),
        ),
        ("negative jobs", jobs("sector,region,nation\nFarms,-1,100\nMills,5,200\nShops,9,300\n")),
        ("no column of the region", jobs("sector,nation\nFarms,100\nMills,200\nShops,300\n")),
        ("per cents of jobs", jobs("sector,region,nation\nFarms,1,100\nMills,5.88%,200\nShops,9,100%\n")),
        ("a column of per cents", jobs("sector,region %,nation\nFarms,1,100\nMills,5,200\nShops,9,300\n")),
        ("no jobs at all", jobs("sector,region,nation\nFarms,0,100\nMills,0,200\nShops,0,300\n")),
    ];
    let text: Vec<String> = told.iter().map(|(what, text)| format!("# {what}\n{text}")).collect();
    insta::assert_snapshot!("io_table_errors", text.join("\n\n"));
}

/// Rounding is let pass when asked; a table that names only pay beside its inputs is read with the rest as other
/// payments, and says so.
#[test]
fn sums_within_reason() {
    let rounded = FLOWS.replacen("Mills,15,30,25,70,60", "Mills,15,30,25,70,61", 1);
    assert!(refusal(&rounded).contains("tolerance 0.2%"));
    assert!(io_table::parse("t", &format!("# tolerance: 0.01\n{rounded}"), &[]).is_ok());
    let partial = table("x,a,b,output\na,10,20,100\nb,30,10,100\nwages,20,30,\n");
    assert!(partial.notes.iter().any(|note| note.contains("do not name everything")), "{:?}", partial.notes);
}

/// Households that pay each other: Miller and Blair's two sectors closed with respect to households, as flows with the
/// total in the households' row, and as flows with nothing but what is sold and paid. The income effect is households'
/// row of the closed inverse.
#[test]
fn households_pay_households() {
    const CLOSED: &str = "\
sector,agriculture,manufacturing,households,final,output
agriculture,150,500,50,300,1000
manufacturing,200,100,400,1300,2000
compensation_of_employees,300,500,50,150,1000
imports,350,900,,,
output,1000,2000,,,
";
    let read = table(CLOSED);
    let HouseholdAccount { column, own, total } = read.households.clone().unwrap();
    assert_eq!((column.as_slice(), own, total), (&[0.05, 0.40][..], 0.05, HouseholdTotal::Income));
    let of = found(CLOSED);
    let wanted = [1.8924091, 1.77333617];
    let income = [0.56984903, 0.48904954];
    for j in 0..2 {
        close(of.output.1.as_ref().unwrap()[j], wanted[j], 1e-7);
        close(of.effects[0].as_ref().unwrap().type_2.as_ref().unwrap()[j], income[j], 1e-7);
    }
    // Without any total of households, their pay of 850 is more than the 500 they spend.
    let bare = CLOSED.replace("300,500,50,150,1000", "300,500,50,,");
    let account = table(&bare).households.unwrap();
    assert_eq!((account.column[1], account.total), (400.0 / 850.0, HouseholdTotal::Pay));
}

/// Coefficients beside value added, of which imports are left out, or which are rounded; the same cells as money where that is said.
#[test]
fn coefficients_that_do_not_come_to_one() {
    let type_i = |text: &str| found(text).output.0;
    for more in ["", "GVA,.5,.6\n", "GVA,50%,60%\n", "Wages,.45,.5\nProfits,.19,.2\n"] {
        let of = type_i(&format!(",A,B\nA,.15,.25\nB,.20,.05\n{more}"));
        close(of[0], 1.5182, 1e-4);
        close(of[1], 1.4521, 1e-4);
    }
    let of = type_i("# kind: flows\n,A,B\nA,.15,.25\nB,.20,.05\nGVA,.5,.6\n");
    close(of[0], 1.6560, 1e-4);
}

/// Accounts of a social accounting matrix among the sectors, and imports taken off final demand, are remarked on.
#[test]
fn what_a_reader_should_know() {
    let notes = |text: &str| table(text).notes.join(" ");
    let sam =
        "kind,A,Labour,Exports,Output\nA,20,60,70,150\nLabour,60,0,0,60\nImports,70,0,,\nOutput,150,60,,\n";
    assert!(notes(sam).contains("\"Labour\" stands among the rows"), "{}", notes(sam));
    let imports = ",A,B,Exports,Imports,Output\nA,150,500,450,-100,1000\nB,200,100,1900,-200,2000\n";
    assert!(notes(imports).contains("Imports are taken off"), "{}", notes(imports));
    assert!(
        !notes(
            &imports
                .replace(",-100", ",0")
                .replace(",-200", ",0")
                .replace("450", "350")
                .replace("1900", "1700")
        )
        .contains("taken off")
    );
}

/// Without output, a column that pays less than nothing has none to divide by.
#[test]
fn a_column_that_pays_less_than_nothing_is_refused() {
    let told = refusal(",A,B\nA,.15,.25\nB,.20,.05\nGVA,-.5,.6\n");
    assert!(told.contains("column \"A\", inputs and other payments = -0.15"), "{told}");
}
