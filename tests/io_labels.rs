//! Labels of input-output tables: a code on either side of a name, units beside it, what jobs are counted in.

use recirc::measure::multipliers::{Economy, Multipliers};
use recirc::scenario::io_table::{self, IoTable};

fn read(text: &str) -> IoTable {
    io_table::parse("table.csv", text, &[]).unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn found(text: &str) -> Multipliers {
    Economy::of(&read(text)).multipliers().unwrap()
}

fn refused(text: &str) -> String {
    match io_table::parse("table.csv", text, &[]) {
        Ok(table) => panic!("read as {:?}", table.inputs),
        Err(refusal) => refusal.to_string(),
    }
}

fn close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (a, b) in found.iter().zip(expected) {
        assert!((a - b).abs() < 6e-4, "{found:?} is not {expected:?}");
    }
}

/// Three sectors with something beside their names, on the left if `before`. Each row: name, what is beside it, cells.
fn beside(before: bool, rows: &[(&str, &str, &str)]) -> String {
    let line = |(name, beside, cells): &(&str, &str, &str)| {
        let labels = if before { format!("{beside},{name}") } else { format!("{name},{beside}") };
        format!("{labels},{cells}\n")
    };
    let head = line(&("Name", "Beside", "Farms,Mills,Shops,Exports,Output"));
    std::iter::once(head).chain(rows.iter().map(line)).collect()
}

const SECTORS: [(&str, &str, &str); 3] =
    [("Farms", "A", "10,40,5,45,100"), ("Mills", "B", "15,30,25,130,200"), ("Shops", "C", "5,20,10,85,120")];

fn coded(before: bool, rows: &[(&str, &str, &str)]) -> String {
    beside(before, &[&SECTORS[..], rows].concat())
}

#[test]
fn a_code_on_either_side_changes_nothing() {
    for before in [true, false] {
        let jobs = read(&coded(before, &[("Employment (thousands)", "EMP", "5,3,7,,")]));
        close(&jobs.employment.unwrap(), &[50.0, 15.0, 58.3333]);
        assert_eq!(jobs.sectors, ["Farms", "Mills", "Shops"]);
        let ratio = refused(&coded(before, &[("Employment per £m output", "EMP", "5,3,7,,")]));
        assert!(ratio.contains("called a ratio"), "{ratio}");
        let pay = [
            ("Imports", "P7", "20,30,10,,"),
            ("Wages and salaries", "W", "20,30,30,,"),
            ("Employers' social contributions", "ESC", "10,20,20,,"),
            ("Gross operating surplus", "B2", "20,30,20,,"),
        ];
        let pay = read(&coded(before, &pay));
        close(&pay.income.unwrap(), &[0.3, 0.25, 0.41667]);
        close(&pay.value_added.unwrap(), &[0.5, 0.4, 0.58333]);
    }
}

/// Miller and Blair's table with imports among final demand, which are taken off it, behind a line of codes.
#[test]
fn imports_behind_a_code_are_taken_off() {
    let table = "\
,,A01,B02,P3_S14,P6,P7
,,Agriculture,Manufacturing,Household consumption,Exports,Imports
A01,Agriculture,150,500,200,250,100
B02,Manufacturing,200,100,900,1300,500
,Compensation of employees,300,500,,,
";
    close(&found(table).output.0, &[1.518, 1.452]);
}

#[test]
fn units_beside_names_are_no_names() {
    let rows = [
        ("Imports", "20,30,10,,"),
        ("Compensation of employees", "30,50,50,,"),
        ("Gross operating surplus", "20,30,20,,"),
    ];
    for unit in ["£m", "GBP million", "m"] {
        let money = |(name, cells): &(&'static str, &'static str)| (*name, unit, *cells);
        let sectors = SECTORS.iter().map(|of| (of.0, unit, of.2));
        let mut rows: Vec<(&str, &str, &str)> = sectors.chain(rows.iter().map(money)).collect();
        rows.push(("Employment", "thousand", "5,3,7,,"));
        let of = read(&beside(false, &rows));
        assert_eq!(of.sectors, ["Farms", "Mills", "Shops"], "{unit}");
        close(&of.employment.unwrap(), &[50.0, 15.0, 58.3333]);
        close(&of.income.unwrap(), &[0.3, 0.25, 0.41667]);
        rows.push(("Something else", unit, "1,1,1,,"));
        assert!(refused(&beside(false, &rows)).contains("Something else"));
    }
}

/// Goods from home and from abroad by the column of their origin: the latter are imports.
#[test]
fn origins_tell_rows_of_one_name_apart() {
    let table = "\
Code,Description,Origin,A,B,CONS_h,EXP,GO
A,Farms,Domestic,10,40,30,20,100
B,Mills,Domestic,15,30,55,100,200
A,Farms,Imports,5,10,10,0,25
B,Mills,Imports,10,20,20,0,50
II_fob,Total intermediate consumption,TOT,40,100,,,
PURR,Direct purchases abroad by residents,TOT,0,0,,,
VA,Value added at basic prices,TOT,60,100,,,
GO,Output at basic prices,TOT,100,200,,,
";
    let of = read(table);
    assert_eq!(of.sectors, ["Farms", "Mills"]);
    close(&of.inputs.concat(), &[0.1, 0.2, 0.15, 0.15]);
    close(&of.value_added.unwrap(), &[0.6, 0.5]);
}

#[test]
fn jobs_by_the_thousand_the_hundred_and_the_million() {
    for (label, times) in [
        ("Employment (1000 persons)", 1e3),
        ("\"Employment (1,000 persons)\"", 1e3),
        ("Employment THS_PER", 1e3),
        ("Employment x1000", 1e3),
        ("Employment (k)", 1e3),
        ("Employment (in 10^3 persons)", 1e3),
        ("Employment (hundreds)", 1e2),
        ("Jobs (millions)", 1e6),
        ("Employment", 1.0),
    ] {
        let text = format!("sector,A,B,Exports,Output\nA,10,40,50,100\nB,15,30,155,200\n{label},5,3,,\n");
        let jobs = read(&text).employment.unwrap();
        close(&[jobs[0] / times, jobs[1] / times], &[0.05, 0.015]);
    }
}

#[test]
fn business_taxes_are_a_cost_of_production() {
    for label in ["Indirect Business Taxes", "Indirect business tax"] {
        let text = format!(
            "sector,A,B,Exports,Output\nA,10,40,50,100\nB,15,30,155,200\nCompensation of employees,40,70,,\n\
             {label},5,10,,\nGross operating surplus,30,50,,\n"
        );
        close(&read(&text).value_added.unwrap(), &[0.75, 0.65]);
    }
}

/// Households from elsewhere are tourists; dashes in a row tell nothing; codes may have a mark of their own.
#[test]
fn labels_that_published_tables_have() {
    for label in ["Non-resident Households", "Non-resident household expenditure", "CONS_NONRES"] {
        let text = format!("sector,A,B,Households,{label},Output\nA,10,40,30,20,100\nB,15,30,100,55,200\n");
        assert!(read(&text).households.is_some(), "{label}");
    }
    let dashes = "sector,A,B,Households,Exports,Output\nA,10,40,30,20,100\nB,15,30,100,55,200\n\
                  Compensation of employees,75,130,---,---,\nTotal output,100,200,---,---,\n";
    close(&read(dashes).households.unwrap().column, &[0.1463, 0.4878]);
    let marked =
        "sector,A1,B2,Exports,Output\nTTL_A1,10,40,50,100\nTTL_B2,15,30,155,200\nTXS_IMP_FNL,1,2,,\n";
    close(&read(marked).inputs.concat(), &[0.1, 0.2, 0.15, 0.15]);
}

#[test]
fn a_row_that_pairs_by_its_code_is_told_so() {
    let said = refused(
        "Code,Name,1,2,Trade abroad,Total\n1,Farms,10,40,50,100\n2,Mills,15,30,155,200\n9,Trade abroad,75,130,,\n",
    );
    assert!(said.contains("paired by \"9\"") && !said.contains("nearest"), "{said}");
}
