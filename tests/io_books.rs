//! Worked examples as books print them: tables of several regions, letters for accounts, social accounting matrices, jobs under
//! coefficients.

use recirc::measure::account_multipliers::AccountMultipliers;
use recirc::measure::multipliers::{Economy, Multipliers};
use recirc::scenario::io_table::{self, AccountKind, Accounts, IoTable, Said};

fn read(text: &str, said: &[Said]) -> Result<IoTable, String> {
    io_table::parse("table.csv", text, said).map_err(|refusal| refusal.to_string())
}

fn table(text: &str) -> IoTable {
    read(text, &[]).unwrap_or_else(|refusal| panic!("{refusal}\n{text}"))
}

fn found(text: &str) -> Multipliers {
    Economy::of(&table(text)).multipliers().unwrap()
}

fn close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (a, b) in found.iter().zip(expected) {
        assert!((a - b).abs() < 6e-5, "{found:?} is not {expected:?}");
    }
}

/// Miller and Blair (2009), section 3.3: three sectors in region L, two in M. The first row of the inverse is printed there as
/// 1.423, 0.465, 0.291, 0.192, 0.304.
#[test]
fn labels_in_two_rows_and_two_columns() {
    let rows = [
        "150,500,50,25,75,200,1000",
        "200,100,400,200,100,1000,2000",
        "300,500,50,60,40,50,1000",
        "75,100,60,200,250,515,1200",
        "50,25,25,150,100,450,800",
    ];
    let of = |head: &str, labels: [&str; 5]| {
        let body: Vec<String> =
            labels.iter().zip(rows).map(|(label, row)| format!("{label},{row}\n")).collect();
        found(&format!("{head}{}", body.concat()))
    };
    let each = ["L,1", "L,2", "L,3", "M,1", "M,2"];
    for (head, labels) in [
        ("Region,Sector,L,L,L,M,M,Final demand,Total output\n,,1,2,3,1,2,,\n", each),
        (",,L,L,L,M,M,,\n,,1,2,3,1,2,Final demand,Total output\n", each),
        (",,L,,,M,,Final demand,Total output\n,,1,2,3,1,2,,\n", ["L,1", ",2", ",3", "M,1", ",2"]),
        ("Interregional,,,,,,,,\n,,L,,,M,,Final demand,Total output\n,,1,2,3,1,2,,\n", each),
    ] {
        let of = of(head, labels);
        assert_eq!(of.sectors, ["L 1", "L 2", "L 3", "M 1", "M 2"]);
        close(&of.output.0, &[3.110318, 2.716603, 2.587765, 2.407106, 2.871745]);
        close(&[of.inverse.type_1[(0, 0)], of.inverse.type_1[(0, 4)]], &[1.423409, 0.304054]);
    }
    // Codes beside names are no regions.
    let codes = ",,A,B,Output\n,,Farms,Mills,\nA,Farms,150,500,1000\nB,Mills,200,100,2000\n";
    close(&found(codes).output.0, &[1.51815, 1.45215]);
}

/// Households of both regions are no sectors.
#[test]
fn households_of_several_regions() {
    let text = ",,North,North,North,South,South,South,,\n,,Farms,Mills,Households,Farms,Mills,Households,Exports,Output\n\
                North,Farms,10,20,30,5,5,10,20,100\nNorth,Mills,5,10,20,10,5,20,30,100\nNorth,Households,30,30,0,5,5,0,0,70\n\
                South,Farms,5,5,10,5,5,40,30,100\nSouth,Mills,5,5,10,10,10,40,20,100\nSouth,Households,5,5,0,30,30,0,40,110\n\
                ,Imports,40,25,0,35,40,0,,\n";
    let told = read(text, &[]).unwrap_err();
    assert!(
        told.contains("\"North Households\", \"South Households\"") && told.contains("--final-column"),
        "{told}"
    );
    let said = ["North Households", "South Households"]
        .map(|of| [Said::option("primary_row", of), Said::option("final_column", of)])
        .concat();
    assert_eq!(read(text, &said).unwrap().sectors.len(), 4);
}

/// Miller and Blair (2009), table 2.2: C is households, I investment, G government, E exports; L pay, N other value added, M imports.
#[test]
fn letters_of_the_textbook() {
    let text = "Sector,1,2,C,I,G,E,X\n1,150,500,50,150,100,50,1000\n2,200,100,400,900,300,100,2000\nL,300,500,50,50,200,0,1100\n\
                N,325,800,100,50,100,0,1375\nM,25,100,50,50,50,0,275\nX,1000,2000,650,1200,750,150,\n";
    let of = table(text);
    close(of.income.as_ref().unwrap(), &[0.3, 0.25]);
    close(of.value_added.as_ref().unwrap(), &[0.625, 0.65]);
    assert!(of.notes.iter().any(|note| note.contains("E exports, L pay")), "{:?}", of.notes);
    close(&found(text).output.0, &[1.51815, 1.45215]);
    // Where sectors are letters too, a letter without its row may be a sector whose row is missing.
    let sectors = "Sector,A,B,C,I,Output\nA,150,500,50,300,1000\nB,200,100,400,1300,2000\n";
    assert!(read(sectors, &[]).unwrap_err().contains("column \"C\" has no row"));
    assert!(read("Sector,1,2,C,X\n1,150,500,350,1000\n2,200,100,1700,2000\n", &[]).is_err());
}

fn accounts(text: &str, said: &[Said]) -> Result<Option<Accounts>, String> {
    io_table::accounts_of("sam.csv", text, said).map_err(|refusal| refusal.to_string())
}

const SAM: &str = "Account,Activities,Commodities,Factors,Households,Enterprises,Government,Capital account,Rest of world,Total\n\
    Activities,0,900,0,0,0,0,0,0,900\nCommodities,400,0,0,350,0,100,150,100,1100\nFactors,450,0,0,0,0,0,0,0,450\n\
    Households,0,0,350,0,50,60,0,10,470\nEnterprises,0,0,100,0,0,0,0,0,100\nGovernment,50,40,0,60,20,0,0,0,170\n\
    Capital account,0,0,0,60,30,10,0,50,150\nRest of world,0,160,0,0,0,0,0,0,160\nTotal,900,1100,450,470,100,170,150,160,\n";

/// By elimination: a unit for activities brings them x = 1 + 9/11 c, commodities c = 4/9 x + 35/47 h, factors x/2, households
/// h = (7/9 + 1/9) x/2.
#[test]
fn accounts_inside_and_outside() {
    let read = accounts(SAM, &[]).unwrap().unwrap();
    assert_eq!(read.outside, ["Government", "Capital account", "Rest of world"]);
    let of = AccountMultipliers::of(&read).unwrap();
    let h = (350.0 / 450.0 + 100.0 / 450.0 * 0.5) / 2.0;
    let x = 1.0 / (1.0 - 9.0 / 11.0 * (4.0 / 9.0 + 35.0 / 47.0 * h));
    let c = (x - 1.0) * 11.0 / 9.0;
    let by_kind = |kind| of.received(0, Some(kind));
    close(&[by_kind(AccountKind::Production), by_kind(AccountKind::Factor)], &[x + c, x / 2.0]);
    close(&[by_kind(AccountKind::Households), by_kind(AccountKind::Enterprises)], &[h * x, x / 9.0]);
    close(&[of.received(0, None)], &[7.74401]);
    // Type I: 1 + 4/9 over 1 - 9/11 x 4/9.
    close(&[of.type_1[0].unwrap()], &[(13.0 / 9.0) / (1.0 - 4.0 / 11.0)]);
    // Government inside, households outside: nobody spends what factors earn.
    let said = [Said::option("endogenous", "Government"), Said::option("exogenous", "Households")];
    let other = accounts(SAM, &said).unwrap().unwrap();
    assert_eq!(other.outside, ["Households", "Capital account", "Rest of world"]);
    assert!(
        accounts(SAM, &[Said::option("exogenous", "Housholds")]).unwrap_err().contains("no such account")
    );
}

#[test]
fn what_is_a_social_accounting_matrix() {
    let told = accounts(&SAM.replace("400,0,0,350", "400,0,0,360"), &[]).unwrap_err();
    assert!(told.contains("receives 1110 and pays 1100") && told.contains("--kind flows"), "{told}");
    assert!(accounts(SAM, &[Said::option("kind", "flows")]).unwrap().is_none());
    // Nothing outside: rounds without an end.
    let said = ["Government", "Capital account", "Rest of world"].map(|of| Said::option("endogenous", of));
    assert!(accounts(SAM, &said).unwrap_err().contains("nothing leaks"));
    // Shares of columns.
    let shares = "Account,Goods,Labour,Households,Government\nGoods,0.2,0,0.7,0.6\nLabour,0.6,0,0,0.1\nHouseholds,0,0.9,0,0.3\n\
                  Government,0.2,0.1,0.3,0\n";
    let of =
        AccountMultipliers::of(&accounts(shares, &[Said::option("kind", "sam")]).unwrap().unwrap()).unwrap();
    // Goods 1/(1 - 0.2 - 0.6 x 0.9 x 0.7), labour 0.6 and households 0.54 of it.
    close(&[of.received(0, None)], &[2.14 / 0.422]);
    for other in [
        "sector,A,B,households,output\nA,10,40,50,100\nB,20,30,150,200\nhouseholds,30,60,0,\n",
        "kind,A,Labour,Exports,Output\nA,20,60,70,150\nLabour,60,0,0,60\nImports,70,0,,\nOutput,150,60,,\n",
    ] {
        assert!(accounts(other, &[]).unwrap().is_none(), "{other}");
    }
    assert!(accounts("sector,A,B\nA,1,2\nC,1,2\n", &[Said::option("kind", "sam")]).is_err());
}

/// 50 jobs over an output of 1,000, or 50 per unit of output: asked, unless it is said.
#[test]
fn jobs_under_coefficients() {
    let with = |name: &str| format!("sector,A,B,Output\nA,0.15,0.25,1000\nB,0.20,0.05,2000\n{name},50,60,\n");
    let refused = read(&with("Employment"), &[]).unwrap_err();
    assert!(refused.contains("--jobs total") && refused.contains("table.csv:4"), "{refused}");
    let said = |word: &str| read(&with("Employment"), &[Said::option("jobs", word)]).unwrap().employment;
    assert_eq!(said("total"), Some(vec![0.05, 0.03]));
    assert_eq!(said("per-unit"), Some(vec![50.0, 60.0]));
    for (name, wanted) in [
        ("Total employment", vec![0.05, 0.03]),
        ("Number of jobs", vec![0.05, 0.03]),
        ("Jobs per unit of output", vec![50.0, 60.0]),
    ] {
        assert_eq!(table(&with(name)).employment, Some(wanted), "{name}");
    }
    // Columns of per cents come to an output of 100, which is none to divide jobs by.
    let percents = "sector,A,B\nA,15,25\nB,20,5\nWages,65,70\nTotal,100,100\nJobs,50,60\n";
    assert!(read(percents, &[]).unwrap_err().contains("--jobs per-unit"));
    assert_eq!(table(&percents.replace("Jobs,50,60\n", "")).income, Some(vec![0.65, 0.7]));
    let thousands = "sector,A,B,Final demand,Output\nA,150,500,350,1000\nB,200,100,1700,2000\nEmployment (thousands),5,6,,\n";
    for label in ["Employment (thousands)", "Jobs ('000)", "Jobs (000s)"] {
        let of = table(&thousands.replace("Employment (thousands)", label));
        assert_eq!(of.employment, Some(vec![5.0, 3.0]), "{label}");
        assert!(of.notes.iter().any(|note| note.contains("thousands")), "{:?}", of.notes);
    }
    let none = "sector,A,B\nA,0.15,0.25\nB,0.20,0.05\n";
    assert!(read(&format!("{none}Total employment,50,60\n"), &[]).unwrap_err().contains("no output"));
    assert_eq!(table(&format!("{none}Employment,0.05,0.03\n")).employment, Some(vec![0.05, 0.03]));
}

/// A colon for what is not published, where a table's accounts meet final demand, is no number that anything needs.
#[test]
fn cells_that_are_not_published() {
    let text = "sector,A,B,P3_S14,P6,TU\nA,150,500,200,150,1000\nB,200,100,900,800,2000\nD1,300,500,:,:,:\nP7,350,900,:,:,:\n\
                P1,1000,2000,,,\n";
    let of = table(text);
    assert!(of.notes.iter().any(|note| note.contains("not published")), "{:?}", of.notes);
    close(&found(text).output.0, &[1.51815, 1.45215]);
    assert!(read(&text.replace("150,500", "150,:"), &[]).unwrap_err().contains("not published"));
}

/// Columns that are called as rows of value added are: a table of which rows buy is turned.
#[test]
fn a_turned_table_is_told() {
    let text =
        "Buyer,1,2,Imports,Wages,Profit,Total\n1,150,200,50,300,300,1000\n2,500,100,100,500,800,2000\n";
    let told = read(text, &[]).unwrap_err();
    assert!(told.contains("column \"Wages\"") && told.contains("turn the table"), "{told}");
}

/// The Organisation for Economic Co-operation and Development: imports are taken off final demand.
#[test]
fn names_of_the_oecd() {
    let text = ",TTL_A,TTL_B,HFCE,NPISH,GGFC,GFCF,INVNT,CONS_ABR,EXPO,IMPO\nTTL_A,150,500,250,0,50,50,0,0,100,-100\n\
                TTL_B,200,100,900,0,300,300,0,0,400,-200\nTXS_INT_FNL,10,20,,,,,,,,\nTTL_INT_FNL,360,620,,,,,,,,\n\
                VALU,640,1380,,,,,,,,\nOUTPUT,1000,2000,,,,,,,,\n";
    close(&found(text).output.0, &[1.51815, 1.45215]);
    let positive = text.replace("-100", "100").replace("-200", "200");
    close(&found(&positive).output.0, &[1.51815, 1.45215]);
}

/// The region's 30 and 20 jobs of the nation's 100 and 400, as people may write them.
#[test]
fn jobs_of_region_and_nation() {
    let table = table("sector,A,B,Output\nA,150,500,1000\nB,200,100,2000\n");
    let read = |name: &str, text: &str| {
        let file = std::env::temp_dir().join(format!("recirc_jobs_{}_{name}.csv", std::process::id()));
        std::fs::write(&file, text).unwrap();
        let read = io_table::employment(&file, &table, [None; 2]).map_err(|refusal| refusal.to_string());
        std::fs::remove_file(&file).unwrap();
        read
    };
    for (k, text) in [
        "sector,region,nation\nA,30,100\nB,20,400\n",
        "sector,region,rest of nation\nA,30,70\nB,20,380\nTotal,50,450\n",
        "sector,Leeds,Rest of UK\nA,30,70\nB,20,380\n",
        "sector,Leeds jobs,UK jobs (thousands)\nA,30,0.1\nB,20,0.4\nTotal,50,0.5\n",
    ]
    .into_iter()
    .enumerate()
    {
        let of = read(&k.to_string(), text).unwrap();
        close(&of.region, &[30.0, 20.0]);
        close(&of.nation, &[100.0, 400.0]);
    }
    assert!(read("shares", "sector,region,nation\nA,0.4,0.4\nB,0.6,0.6\n").unwrap_err().contains("shares"));
    assert!(read("none", "sector,region,nation\nA,0,100\nB,0,400\n").unwrap_err().contains("no jobs at all"));
}

/// A closed table of coefficients looks like shares of a social accounting matrix, and is one only if somebody says so.
#[test]
fn a_table_of_coefficients_with_households_and_government_is_no_accounting_matrix() {
    let text = "sector,Agriculture,Manufacturing,Services,Government,Households\nAgriculture,0.1,0.08,0.01,0.01,0.03\n\
                Manufacturing,0.15,0.25,0.08,0.08,0.2\nServices,0.1,0.15,0.2,0.1,0.4\nGovernment,0.02,0.01,0.02,0.02,0.02\n\
                Households,0.25,0.2,0.35,0.6,0.02\n";
    assert!(accounts(text, &[]).unwrap().is_none());
    assert!(accounts(text, &[Said::option("kind", "sam")]).unwrap().is_some());
}

/// Taxes on products are no product, and a written total that is wrong is told, in a row as in a column.
#[test]
fn accounts_of_taxes_and_totals() {
    let text = |taxes: &str, total: &str| {
        format!(
            "Account,Goods,Labour,Households,{taxes},Government,Savings-Investment,Rest of world,Total\n\
             Goods,20,0,60,0,15,10,15,120\nLabour,70,0,0,0,0,0,0,70\nHouseholds,0,70,0,0,10,0,0,80\n\
             {taxes},10,0,0,0,0,0,0,10\nGovernment,0,0,12,10,0,0,3,25\nSavings-Investment,0,0,8,0,0,0,2,10\n\
             Rest of world,20,0,0,0,0,0,0,20\nTotal,{total},70,80,10,25,10,20,\n"
        )
    };
    for taxes in ["VAT", "Taxes on products", "Net product taxes", "Taxes less subsidies on products"] {
        let of = accounts(&text(taxes, "120"), &[]).unwrap().unwrap();
        assert_eq!(of.names, ["Goods", "Labour", "Households"], "{taxes}");
    }
    assert!(accounts(&text("VAT", "125"), &[]).unwrap_err().contains("comes to 120"));
}
