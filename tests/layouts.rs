//! Tables as they are published and written: titles, codes, thousands, totals, other names and separators give what the
//! plain file gives.

use recirc::measure::multipliers::{Economy, Multipliers};
use recirc::scenario::io_table::{self, Form, IoTable, Said};

fn table(text: &str) -> IoTable {
    io_table::parse("table.csv", text, &[]).unwrap_or_else(|refusal| panic!("{refusal}\n{text}"))
}

fn found(of: &IoTable) -> Multipliers {
    Economy::of(of).multipliers().unwrap()
}

fn refusal(text: &str) -> String {
    io_table::parse("table.csv", text, &[]).expect_err("should be refused").to_string()
}

fn close(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() < tolerance, "{a} is not {b}");
}

/// Three industries; the layouts below hold the same flows.
const PLAIN: &str = "\
sector,Agriculture,Manufacturing,Services,households,exports,output
Agriculture,10,40,5,25,20,100
Manufacturing,15,30,25,70,60,200
Services,5,20,10,85,0,120
imports,20,30,10,40,,
taxes,2,5,3,20,,
compensation of employees,28,45,40,,,
gross operating surplus,20,30,27,,,
";

const OFFICIAL: &str = r#""Input-Output Analytical Tables, industry by industry",,,,,,,,,,,
"£ million, basic prices",,,,,,,,,,,
,,,,,,,,,,,
,,A,B,C,,,,,,,
Code,Industry,Agriculture,Manufacturing,Services,Total intermediate consumption,Households final consumption expenditure,General government,Changes in inventories,Exports of goods and services,Total final demand,Total output at basic prices
A,Agriculture,"10,000","40,000","5,000","55,000","25,000",-,(500),"20,500","45,000","100,000"
B,Manufacturing,"15,000","30,000","25,000","70,000","70,000",-,–,"60,000","130,000","200,000"
C,Services,"5,000","20,000","10,000","35,000","85,000","1,000","(1,000)",-,"85,000","120,000"
,Total domestic consumption,"30,000","90,000","40,000","160,000",,,,,,
,Use of imported products,"20,000","30,000","10,000","60,000","40,000",,,,,
,Taxes less subsidies on products,"2,000","5,000","3,000","10,000","20,000",,,,,
,Compensation of employees,"28,000","45,000","40,000",,,,,,,
,of which: wages and salaries,"25,000","40,000","35,000",,,,,,,
,Gross operating surplus and mixed income,"20,000","30,000","27,000",,,,,,,
,Gross value added at basic prices,"48,000","75,000","67,000",,,,,,,
,Total output at basic prices,"100,000","200,000","120,000",,,,,,,
Source: the office,,,,,,,,,,,
"#;

const CODES: &str = "\
STK_FLOW;CPA_A;CPA_C;CPA_G;P3_S14;P6;TU
CPA_A;10,0;40;5;25;20;100
CPA_C;15;30;25;70;60;200
CPA_G;5;20;10;85;0;120
P7;20;30;10;40;;
D21X31;2;5;3;20;;
D1;28;45;40;;;
B2A3G;20;30;27;;;
P1;100;200;120;;;
";

#[test]
fn layouts_of_statistical_offices() {
    let plain = found(&table(PLAIN));
    for text in [OFFICIAL, CODES] {
        let read = table(text);
        assert_eq!((read.form, read.sectors.len()), (Form::Flows, 3));
        let of = found(&read);
        for j in 0..3 {
            close(of.output.0[j], plain.output.0[j], 1e-12);
            close(of.output.1.as_ref().unwrap()[j], plain.output.1.as_ref().unwrap()[j], 1e-12);
            let value_added = |m: &Multipliers| m.effects[2].as_ref().unwrap().type_1[j];
            close(value_added(&of), value_added(&plain), 1e-12);
        }
    }
    // Sectors are shown by name, and known by their codes too.
    let read = table(OFFICIAL);
    assert_eq!(read.sectors, ["Agriculture", "Manufacturing", "Services"]);
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("jobs.csv");
    std::fs::write(&file, "Industry;Leeds, city;UK, national\nC;9;300\nA;1;100\nB;5;200\nTotal;15;600\n")
        .unwrap();
    let jobs = io_table::employment(&file, &read, [None; 2]).unwrap();
    assert_eq!((jobs.region, jobs.nation), (vec![1.0, 5.0, 9.0], vec![100.0, 200.0, 300.0]));
    // Where the names of columns do not tell, they are said.
    std::fs::write(&file, "code,name,leeds_2023,york_2023,gb_2023\nA,x,1,7,100\nB,y,5,7,200\nC,z,9,7,300\n")
        .unwrap();
    let said = Said::option("region_column", "leeds_2023");
    let jobs = io_table::employment(&file, &read, [Some(&said), None]).unwrap();
    assert_eq!((jobs.region, jobs.nation), (vec![1.0, 5.0, 9.0], vec![100.0, 200.0, 300.0]));
    let told = io_table::employment(&file, &read, [None; 2]).unwrap_err().to_string();
    assert!(told.contains("--region-column"), "{told}");
}

/// Miller and Blair (2009), chapter 2: outputs of 1000 and 2000. Printed inverse [[1.254, 0.330], [0.264, 1.122]]; the
/// simple output multipliers 1.518 and 1.452 (chapter 6).
#[test]
fn a_textbook_table_in_five_layouts() {
    for text in [
        "Sector,1,2,Final demand,Total output\n1,150,500,350,1000\n2,200,100,1700,2000\nValue added,650,1400,,\nTotal outlays,1000,2000,,\n",
        ",1,2\n1,150,500\n2,200,100\nx,1000,2000\n",
        ",1,2\n1,150,500\n2,200,100\nvalue added,650,1400\n",
        ",1,2\n1,0.15,0.25\n2,0.20,0.05\n",
        "x;1;2\n1;0,15;0,25\n2;0,20;0,05\n",
    ] {
        let l = found(&table(text)).inverse.type_1;
        for ((i, j), printed) in [((0, 0), 1.254), ((0, 1), 0.330), ((1, 0), 0.264), ((1, 1), 1.122)] {
            close(l[(i, j)], printed, 5e-4);
        }
    }
}

#[test]
fn what_cannot_be_read_is_said() {
    let bare = refusal(",1,2\n1,150,500\n2,200,100\n");
    assert!(bare.contains("flows of money, and no output") && !bare.contains("coefficients must"), "{bare}");
    let either = refusal("x,a,b\na,0.15,0.25\nb,0.20,0.05\noutput,5,20\n");
    assert!(either.contains("--kind flows or --kind coefficients"), "{either}");
    let all = refusal(
        "x,Farms,Mills,Shop,output\nFarms,10,-40,5,100\nMills,15,lots,25,200\nShops,5,20,10,120\nWagez,1,2,3,\n",
    );
    for told in ["nearest: \"Shops\"", "= -40", "= lots", "nearest: \"wages\"", "5 errors"] {
        assert!(all.contains(told), "{told}\n{all}");
    }
    let ones = refusal("x,a,b,c\na,0.5,0.2,0.3\nb,0.5,0.1,0.5\nc,0.1,0.1,0.3\n");
    assert!(ones.contains("column \"a\", sum of coefficients = 1.1") && ones.contains("2 errors"), "{ones}");
    let sums = refusal("x,a,b,final demand,output\na,10,40,40,100\nb,15,30,150,200\n");
    assert!(sums.contains("row \"a\", sum = 90") && sums.contains("row \"b\", sum = 195"), "{sums}");
}

/// A margin, codes above names and beside them, Excel's line of the separator, a note with commas.
#[test]
fn margins_and_codes() {
    for text in [
        ",,,,\n,x,a,b,output\n,a,10,20,100\n,b,30,10,100\n",
        "No.,Industry,1,2,3,\n,,a,b,households,output\n1,a,10,20,70,100\n2,b,30,10,60,100\n",
        ",,a,b,total output\n,,1,2,\n1,a,10,20,100\n2,b,30,10,100\n",
        "sep=;\nx;a;b;output\na;10;20;100\nb;30;10;100\n",
        "x,a,b,output\na,10,20,100\nb,30,10,100\nNote: rounded, so that sums may differ\n",
    ] {
        let read = table(text);
        assert_eq!(read.sectors, ["a", "b"], "{text}");
        close(read.inputs[1][0], 0.3, 1e-12);
    }
}

/// A sector may be called like an account, where a row and a column share the name.
#[test]
fn a_sector_called_production() {
    let read = table("x,Production,Services,output\nProduction,10,20,100\nServices,30,10,100\n");
    assert_eq!(read.sectors, ["Production", "Services"]);
}

/// An empty cell is nought where the sums say so, and told.
#[test]
fn empty_cells() {
    let read = table("x,a,b,final demand,output\na,10,,90,100\nb,30,10,60,100\n");
    assert!(read.inputs[0][1] == 0.0 && read.notes.iter().any(|note| note.contains("nought")));
    assert!(refusal("x,a,b,final demand,output\na,10,,80,100\nb,30,10,60,100\n").contains("(empty)"));
}

/// Miller and Blair's two sectors with households that save: purchases are per unit of what households receive (800), whether
/// or not a row of totals says what they spend. Type II of both by (I - A)^-1 with a = 0.3, 0.25 and c = 50/800, 400/800.
#[test]
fn households_that_save_are_taken_per_unit_received() {
    let plain = ",Agriculture,Manufacturing,Households,Capital,Exports,Total\n\
                 Agriculture,150,500,50,100,200,1000\n\
                 Manufacturing,200,100,400,700,600,2000\n\
                 Households,300,500,0,0,0,800\n\
                 Profits,350,900,0,0,0,1250\n";
    for text in [plain.to_owned(), format!("{plain}Total,1000,2000,450,800,800,5050\n")] {
        let of = found(&table(&text));
        let type_2 = of.output.1.unwrap();
        close(type_2[0], 1.9821, 1e-4);
        close(type_2[1], 1.8503, 1e-4);
    }
}

/// A sector may be called X where output is called by a word.
#[test]
fn a_sector_called_x() {
    let text = ",X,Y,Final demand,Total\nX,150,500,350,1000\nY,200,100,1700,2000\nOther payments,650,1400,,\nTotal,1000,2000,,\n";
    let of = table(text);
    assert_eq!(of.sectors, ["X", "Y"]);
    close(found(&of).output.0[0], 1.51807, 1e-4);
}

/// A row called by a number sign is a row: its jobs are known, and do not vanish.
#[test]
fn a_row_that_begins_with_a_number_sign() {
    let read = table(&format!("# a comment, with commas\n{PLAIN}# of jobs,1,2,3,,,\n"));
    let effects = found(&read).effects;
    assert!(effects.iter().flatten().count() > found(&table(PLAIN)).effects.iter().flatten().count());
    let told = refusal(&format!("{PLAIN}# employed,1,2,3,,,\n"));
    assert!(told.contains("a row, or a comment?"), "{told}");
}
