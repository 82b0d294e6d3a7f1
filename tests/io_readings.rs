//! Labels and layouts of input-output tables that were read as something else than what they say: each is read rightly, or refused.

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

/// Three sectors whose columns come to output with imports of 21, 33, 10 and these rows.
fn with(rows: &str) -> String {
    format!(
        "sector,A,B,C,households,exports,output\nA,10,40,5,25,20,100\nB,15,30,25,70,60,200\nC,5,20,10,85,0,120\n{rows}"
    )
}

/// Miller and Blair, chapter 2, with the 500 that sector 2 buys of 1 left out: what each row sells is then 500 and not 1,000. Sums
/// that output was told by hold with the gap, and so say nothing.
#[test]
fn a_gap_in_a_table_without_output_is_no_nought() {
    let whole = "sector,1,2,Final demand\n1,150,500,350\n2,200,100,1700\n";
    close(&found(whole).output.0, &[1.518, 1.452]);
    assert!(refused(&whole.replace("150,500,", "150,,")).contains("empty"));
    let by_payments = "sector,1,2\n1,150,\n2,200,100\nImports,50,100\nGross value added,600,1300\n";
    assert!(refused(by_payments).contains("empty"));
    // A column that buys for more than it sells is taken only where other sums than those hold.
    assert!(refused("sector,1,2,Exports\n1,150,500,700\n2,100,100,200\n").contains("1.5"));
}

/// Output is what is sold less what was imported of it, 100 and 200, whatever sign the imports have: by hand
/// (0.85 + 0.15) / 0.735 and (0.9 + 0.2) / 0.735.
#[test]
fn imports_among_final_demand_are_taken_off() {
    for (label, sign) in [("Less imports", ""), ("Imports", ""), ("Imports", "-"), ("Imports (c.i.f.)", "")] {
        let table = format!("sector,A,B,Final demand,{label}\nA,10,40,70,{sign}20\nB,15,30,170,{sign}15\n");
        close(&found(&table).output.0, &[1.3605, 1.4966]);
        let with_output = format!(
            "sector,A,B,Final demand,{label},Output\nA,10,40,70,{sign}20,100\nB,15,30,170,{sign}15,200\n"
        );
        close(&found(&with_output).output.0, &[1.3605, 1.4966]);
    }
}

#[test]
fn value_added_tax_is_no_value_added() {
    for label in ["Value added tax", "Value added type taxes (VAT)"] {
        let rows = format!(
            "imports,21,33,10,,,\n{label},1,2,3,,,\nCompensation of employees,28,45,40,,,\nGross operating surplus,20,30,27,,,\n"
        );
        let of = read(&with(&rows));
        close(&of.income.unwrap(), &[0.28, 0.225, 0.3333]);
        close(&of.value_added.unwrap(), &[0.48, 0.375, 0.5583]);
    }
}

/// What employment costs is pay; jobs are told in numbers.
#[test]
fn employment_costs_are_no_jobs() {
    for label in ["Employment costs", "Income from employment", "Staff costs", "Wages and mixed income"] {
        let of = read(&with(&format!("{label},28,45,40,,,\n")));
        assert_eq!((&of.employment, &of.value_added), (&None, &None), "{label}");
        close(of.income.as_ref().unwrap(), &[0.28, 0.225, 0.3333]);
        assert!(Economy::of(&of).multipliers().unwrap().output.1.is_some(), "{label} closes the rounds");
    }
}

/// A ratio would be divided by output once more.
#[test]
fn ratios_are_refused_in_a_table_of_flows() {
    for label in ["Jobs per £m output", "GVA per head", "Imports share (%)", "Compensation per employee"] {
        let said = refused(&with(&format!("{label},10,15,30,,,\n")));
        assert!(said.contains("ratio") && said.contains("--ignore-row"), "{said}");
    }
    for label in ["Employment multiplier", "GVA multiplier", "Employment growth"] {
        assert!(refused(&with(&format!("{label},1.5,1.4,1.3,,,\n"))).contains("--ignore-row"), "{label}");
    }
    assert!(refused("sector,A,B,output\nA,\"0,150\",10,100\nB,20,30,200\n").contains("0,150"));
}

/// Column sums below coefficients are no output: Miller and Blair's example again.
#[test]
fn a_total_of_coefficients_is_no_output() {
    let table = "sector,1,2\n1,0.15,0.25\n2,0.20,0.05\nTotal,0.35,0.30\n";
    close(&found(table).output.0, &[1.518, 1.452]);
    let flows = "sector,1,2\n1,150,500\n2,200,100\nTotal,350,600\n";
    assert!(refused(flows).contains("no output to divide them by"));
}
