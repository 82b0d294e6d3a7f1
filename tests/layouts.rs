//! Tables and surveys as they are published and written: titles, codes, thousands, totals, other names and separators
//! give what the plain file gives.

use recirc::measure::lm3::Lm3;
use recirc::measure::multipliers::{Economy, Multipliers};
use recirc::scenario::io_table::{self, Form, IoTable, Said};
use recirc::scenario::survey::{self, Rate};

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

/// One kitchen: 40,000 to staff of whom 36,000 to residents who spend 45% here, 30,000 of 42,000 to suppliers here who
/// spend 60%. LM3 = (100 + 66 + 34.2)/100.
#[test]
fn a_survey_in_many_hands() {
    for text in [
        "payee;Kind;Amount (£);Local?;Re-spend\r\nStaff;staff;£40,000;90%;45%\r\n\r\nGreengrocer;supplier;30.000,00;yes;0,6\r\n\
         Energy;supplier;12000;no;\r\nTurnover;;100000;;\r\n",
        "\u{feff}Item,Value\nIncome,\"£100,000\"\nStaff wages,\"40,000\"\nLocal staff,\"36,000\"\nStaff re-spend,45%\n\
         Suppliers,\"42,000\"\nLocal suppliers,\"30,000\"\nSuppliers re-spend,60%\n",
        "Turnover,Staff,Staff local,Staff respend,Suppliers,Suppliers local,Suppliers respend\n100000,40000,36000,0.45,42000,30000,0.6\n",
        "Name\tSpend\tLocal spend\tRe-spend %\nWages\t40000\t36000\t45\nSuppliers\t42000\t30000\t60\nTurnover\t100000\t\t\nTotal\t82000\t\t\n",
        "category,total,local,respend\nincome,100000,,\nstaff,40000,36000,0.45\nsuppliers,42000,71.428571428571%,60%\n",
        "# income: £100,000\npayee,paid_gbp,local_gbp,respend_gbp\nstaff,40000,36000,16200\nsuppliers,42000,30000,18000\n",
    ] {
        let of = survey::parse_csv("survey.csv", text).unwrap_or_else(|refusal| panic!("{refusal}"));
        close(Lm3::of(&of).income(), 2.002, 1e-9);
    }
    let toml = "turnover = \"£100,000\"\n[[staff]]\nwages = 40000\nlocal = \"36000\"\nrespend = 0.45\n[[suppliers]]\n\
                name = \"G\"\namount = \"30,000\"\nlocal = true\nre_spend = \"60%\"\n[[suppliers]]\nspend = 12000\nlocal = false\n";
    let of = survey::parse("survey.toml", toml).unwrap_or_else(|refusal| panic!("{refusal}"));
    close(Lm3::of(&of).income(), 2.002, 1e-9);
    assert_eq!(of.payees.iter().filter(|p| p.rate == Rate::Default).count(), 1);
    // Totals of R1, R2 and the rate of R3 alone: 1 + 0.6 + 0.6 x 0.45.
    let of = survey::parse_csv("s.csv", "income,100000\nlocal spend,60000\nre-spend,45%\n").unwrap();
    close(Lm3::of(&of).income(), 1.87, 1e-12);
}

#[test]
fn every_mistake_of_a_survey_is_told_at_its_place() {
    let told = survey::parse_csv(
        "s.csv",
        "payee,amount,local,respend\nA,-5,yes,0.5\nB,lots,maybe,50\nC,10,0.3,1.5\n",
    );
    let told = told.unwrap_err().to_string();
    for at in ["s.csv:2:3", "s.csv:3:3", "s.csv:3:8", "s.csv:3:14", "s.csv:4:10", "5 errors"] {
        assert!(told.contains(at), "{at}\n{told}");
    }
    let told = survey::parse(
        "s.toml",
        "incme = 5\n[[staff]]\npay_gbp = -4\nresident_share = 90\n[[supplier]]\npiad_gbp = 4\n",
    );
    let told = told.unwrap_err().to_string();
    for words in [
        "did you mean income?",
        "= -4",
        "write 0.9 or 90%",
        "did you mean paid_gbp?",
        "how much of it is local",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    let told = survey::parse_csv("s.csv", "payee,amount,local\nA,5,yes\nTotal,9,\n").unwrap_err().to_string();
    assert!(told.contains("the rows come to £5.00"), "{told}");
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

/// What staff and suppliers spend again, in the words of those who asked them: R3 = £34,200.
#[test]
fn words_for_the_third_round() {
    for (staff, again, suppliers, by_them) in [
        ("Local staff", "Staff local spend,16200", "Local suppliers", "Supplier local spend,18000"),
        (
            "Spent on local staff",
            "Local spend by staff,16200",
            "Spent on local suppliers",
            "Local spend by suppliers,18000",
        ),
        ("Local wages", "Wages spent locally,16200", "Local suppliers", "Suppliers' local spending,18000"),
        (
            "Staff wages local",
            "Staff spend locally (%),45%",
            "Local procurement",
            "Suppliers spend in the area (%),60",
        ),
        (
            "Staff costs (local)",
            "Spent locally by staff,16200",
            "Local suppliers",
            "Local supplier re-spend,60%",
        ),
    ] {
        let text =
            format!("Item,Value\nIncome,100000\n{staff},36000\n{again}\n{suppliers},30000\n{by_them}\n");
        let of = survey::parse_csv("s.csv", &text).unwrap_or_else(|refusal| panic!("{text}{refusal}"));
        let found = Lm3::of(&of);
        assert!(of.payees.iter().all(|payee| payee.rate == Rate::Surveyed), "{text}");
        close(found.r3, 34_200.0, 1e-6);
        close(found.income(), 2.002, 1e-9);
        close(found.infinite_income().unwrap(), 2.3698, 5e-5);
    }
}

/// Nothing that is said twice, or can be read in two ways, is taken in one of them.
#[test]
fn doubts_about_a_survey_are_told() {
    let ledger = |rows: &str| format!("payee,amount,local,respend\n{rows}\n");
    let pairs = |rows: &str| format!("Item,Value\nIncome,100000\n{rows}\n");
    for (text, told) in [
        (ledger("Income,100000,,\nIncome,80000,,\nB,30000,yes,0.5"), ["s.csv:3:8", "line 2 has said it"]),
        (ledger("Total income,100000,,\nSales income,80000,,\nB,300,yes,0.5"), ["s.csv:3:14", "line 2"]),
        (ledger("Total,30,,\nTotal,30,,\nB,30,yes,0.5"), ["s.csv:3:7", "line 2"]),
        ("# income: 5\n# income_gbp: 6\n".to_owned() + &ledger("B,3,yes,0.5"), ["s.csv:2", "line 1"]),
        ("# area: x\n# area: y\n".to_owned() + &ledger("B,3,yes,0.5"), ["s.csv:2", "line 1"]),
        (pairs("Staff,20000\nStaff,20000\nLocal staff,18000"), ["s.csv:4:7", "line 3"]),
        (pairs("Local suppliers,10000\nLocal suppliers,30000"), ["s.csv:4:17", "line 3"]),
        (pairs("Local staff,100\nStaff re-spend,40%\nStaff spend locally,50%"), ["s.csv:5:21", "line 4"]),
        (pairs("Local staff,30000\nLocal spend,60000"), ["s.csv:4:13", "beside \"Local staff\""]),
        (pairs("Local suppliers,100\nLocal supplier spend,40"), ["s.csv:4:22", "spent locally by suppliers"]),
        (pairs("Staff costs,40000\nSpent locally by staff,16200"), ["s.csv:3:13", "how much of it is local"]),
        (pairs("Local staff,36000\nStaff spend locally (%),0.45"), ["s.csv:4:25", "write 45 or 45%"]),
        (
            "payee,amount,local %,respend %\nStaff,40000,0.9,0.45\nB,30000,1,0.6\n".into(),
            ["write 90 or 90%", "4 errors"],
        ),
        (ledger("A,1.000,yes,0.5\nB,25.500,no,"), ["write 1000, or 1", "write 25500, or 25.5"]),
    ] {
        let refused = survey::parse_csv("s.csv", &text).expect_err(&text).to_string();
        assert!(told.iter().all(|words| refused.contains(words)), "{text}\n{refused}");
    }
    let toml =
        survey::parse("s.toml", "income = 9\nturnover = 8\n[[staff]]\npay_gbp = 4\nwages = 5\nlocal = 1\n");
    let toml = toml.unwrap_err().to_string();
    assert!(toml.contains("line 1 has said it") && toml.contains("line 4 has said it"), "{toml}");
    // Kinds of income with names of their own are added up; points are decimals where an amount says so.
    let of = ledger("Grant income,60000,,\nSales income,40000,,\nB,30000,yes,0.5");
    close(survey::parse_csv("s.csv", &of).unwrap().income, 100_000.0, 1e-9);
    let of = ledger("A,1.125,yes,0.5\nB,25.50,no,");
    close(survey::parse_csv("s.csv", &of).unwrap().income, 26.625, 1e-9);
    let of = "payee,amount,local %\nA,40000,0.9\nB,30000,60\n";
    close(survey::parse_csv("s.csv", of).unwrap().payees[0].local, 0.009, 1e-12);
}
