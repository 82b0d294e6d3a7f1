//! Accounts of published tables: pay in parts, depreciation, taxes that name imports, subtotals of final demand, columns that
//! reach the whole of output.

use recirc::measure::multipliers::{Economy, Multipliers};
use recirc::scenario::io_table::{self, IoTable, Said};

fn read(text: &str, said: &[Said]) -> Result<IoTable, String> {
    io_table::parse("table.csv", text, said).map_err(|refusal| refusal.to_string())
}

fn table(text: &str) -> IoTable {
    read(text, &[]).unwrap_or_else(|refusal| panic!("{refusal}\n{text}"))
}

fn found(of: &IoTable) -> Multipliers {
    Economy::of(of).multipliers().unwrap()
}

fn all_close(a: &[f64], b: &[f64], tolerance: f64) {
    assert_eq!(a.len(), b.len());
    assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < tolerance), "{a:?} is not {b:?}");
}

/// Two industries, outputs 100 and 200; the accounts under them vary.
fn with(accounts: &str) -> IoTable {
    table(&format!(
        "sector,Farms,Mills,Households,Exports,Output\nFarms,10,40,30,20,100\nMills,20,60,70,50,200\n{accounts}"
    ))
}

/// Pay is compensation of employees: wages and salaries with employers' social contributions, whether the whole stands there,
/// its parts, or both.
#[test]
fn contributions_belong_to_pay() {
    let rest = "Imports,15,25,,,\nGross operating surplus,25,25,,,\n";
    let whole = with(&format!("Compensation of employees,30,50,,,\n{rest}"));
    for parts in [
        "Wages and salaries,22,40,,,\nEmployers' social contributions,8,10,,,\n",
        "Employers' social contributions,8,10,,,\nWages and salaries,22,40,,,\n",
        "D11 Wages and salaries,22,40,,,\nD12 Employers social contributions,8,10,,,\n",
        "Compensation of employees,30,50,,,\nWages and salaries,22,40,,,\nEmployers' social contributions,8,10,,,\n",
        "Compensation of employees,30,50,,,\nof which: employers' social contributions,8,10,,,\n",
        "\"Wages, salaries and employers' social contributions\",30,50,,,\n",
        "Compensation of employees (including social contributions),30,50,,,\n",
    ] {
        let of = with(&format!("{parts}{rest}"));
        assert_eq!(of.income, Some(vec![0.3, 0.25]), "{parts}");
        let (of, whole) = (found(&of), found(&whole));
        all_close(&of.output.1.unwrap(), whole.output.1.as_ref().unwrap(), 1e-12);
        all_close(&of.effects[2].as_ref().unwrap().type_1, &whole.effects[2].as_ref().unwrap().type_1, 1e-12);
    }
}

/// The Bureau of Economic Analysis calls a part of value added "taxes on production and imports, less subsidies". Nothing is
/// imported here, so that a pound of final demand is a pound of value added.
#[test]
fn taxes_that_name_imports_are_taxes() {
    let of = with(
        "Compensation of employees,35,55,,,\nTaxes on production and imports less subsidies,5,15,,,\nGross operating surplus,30,30,,,\n",
    );
    all_close(&found(&of).effects[2].as_ref().unwrap().type_1, &[1.0, 1.0], 1e-12);
}

/// Consumption of fixed capital is part of gross value added, whether that stands there or its parts do.
#[test]
fn depreciation_is_part_of_gross_value_added() {
    let pay = "Compensation of employees,35,55,,,\nImports,5,15,,,\n";
    for accounts in [
        "Gross operating surplus,30,30,,,\n",
        "Consumption of fixed capital,10,12,,,\nOperating surplus (net),20,18,,,\n",
        "Depreciation,10,12,,,\nProfits,20,18,,,\n",
        "Gross operating surplus,30,30,,,\nof which: consumption of fixed capital,10,12,,,\n",
        "Gross operating surplus,30,30,,,\nConsumption of fixed capital,10,12,,,\n",
        "Consumption of fixed capital,10,12,,,\nNet operating surplus,20,18,,,\nGross value added,65,85,,,\n",
        "Consumption of fixed capital,10,12,,,\nNet operating surplus,20,18,,,\nValue added,65,85,,,\n",
        "Consumption of fixed capital,10,12,,,\nNet value added,55,73,,,\n",
    ] {
        let of = with(&format!("{pay}{accounts}"));
        assert_eq!(of.value_added, Some(vec![0.65, 0.425]), "{accounts}");
    }
}

/// The same two with this final demand.
fn demanded(columns: &str, farms: &str, mills: &str) -> IoTable {
    let empty = ",".repeat(columns.split(',').count() + 1);
    table(&format!(
        "sector,Farms,Mills,{columns},Output\nFarms,10,40,{farms},100\nMills,20,60,{mills},200\n\
         Compensation of employees,35,55{empty}\nImports,35,45{empty}\n"
    ))
}

/// P3 and P5 are sums of columns beside them, before or after; total final use is the sum of those and exports.
#[test]
fn subtotals_of_final_demand_count_once() {
    let plain = with("Compensation of employees,35,55,,,\nImports,35,45,,,\n");
    for of in [
        demanded(
            "P3_S13,P3_S14,P3_S15,P3,P51G,P5M,P5,P6,TFU",
            "2,30,1,33,4,1,5,12,50",
            "3,70,2,75,9,0,9,36,120",
        ),
        demanded(
            "Final consumption expenditure,Households final consumption,Government,Non-profit institutions serving \
             households (NPISH),Gross capital formation,Gross fixed capital formation,Changes in inventories,Exports",
            "33,30,2,1,5,4,1,12",
            "75,70,3,2,9,9,0,36",
        ),
    ] {
        all_close(found(&of).output.1.as_ref().unwrap(), found(&plain).output.1.as_ref().unwrap(), 1e-12);
    }
    // Without output the same is seen of three industries; of two it might be chance.
    let three = table(
        "sector,A,B,C,P3_S13,P3_S14,P3,P6\nA,10,40,5,5,20,25,20\nB,15,30,25,10,60,70,60\nC,5,20,10,15,70,85,0\n\
         Compensation of employees,28,45,40,,,,\nImports,42,65,40,,,,\n",
    );
    assert_eq!(three.output, Some(vec![100.0, 200.0, 120.0]));
    // Households with non-profit institutions are households.
    let of = demanded("Final consumption expenditure of households and NPISH,Exports", "30,20", "70,50");
    assert!(of.households.is_some());
    // Nothing is a subtotal where rows come to output with it.
    let of = demanded("Households,Exports,Stocks,Government", "20,10,10,10", "60,30,15,15");
    assert!(of.notes.iter().all(|note| !note.contains("next to it")), "{:?}", of.notes);
}

/// Totals of whole numbers may be off by one and are totals still.
#[test]
fn totals_of_rounded_numbers() {
    let of = table(
        "sector,Farms,Mills,Final demand,Output\nFarms,121,260,619,1000\nMills,139,122,1739,2000\nTotal,261,382,,\n\
         Compensation of employees,400,900,,\nImports,340,718,,\nOutput,1000,2000,,\n",
    );
    assert_eq!(of.output, Some(vec![1000.0, 2000.0]));
}

/// A column may reach the whole of output where others leak, if that is meant: by hand (I − A)⁻¹ of [[0.2, 0.7], [0.1, 0.3]]
/// has column sums 0.8/0.49 and 1.5/0.49.
#[test]
fn a_column_may_reach_one_where_others_leak() {
    let text = "sector,a,b\na,0.2,0.7\nb,0.1,0.3\n";
    let refused = read(text, &[]).unwrap_err();
    assert!(
        refused.contains("sum of coefficients = 1") && refused.contains("--kind coefficients"),
        "{refused}"
    );
    let of = read(text, &[Said::option("kind", "coefficients")]).unwrap();
    all_close(&found(&of).output.0, &[0.8 / 0.49, 1.5 / 0.49], 1e-12);
    let endless = text.replace("0.7", "0.8").replace("0.2", "0.9");
    assert!(read(&endless, &[Said::option("kind", "coefficients")]).is_err());
    // A subsidised sector: inputs of 110 for an output of 100. By hand 1/(1 - 1.1 + ...) of [[0.5, 0.1], [0.6, 0.1]].
    let of = table(
        "sector,Buses,Oil,Final,Output\nBuses,50,20,30,100\nOil,60,20,120,200\nSubsidies less taxes on production,-30,0,,\n\
         Compensation of employees,20,160,,\nOutput,100,200,,\n",
    );
    assert!(of.notes.iter().any(|note| note.contains("1.1 of its output")), "{:?}", of.notes);
    all_close(&found(&of).output.0, &[1.5 / 0.39, 0.6 / 0.39], 1e-12);
}
