//! Rows that are sums of other rows, whatever they are called: their amounts tell.

use super::survey_outside::{close, lm3, refused};
use recirc::scenario::survey;

const LEDGER: &str = "Supplier,Amount,Local spend (£),Re-spend\nA,1000,1000,50%\nB,500,0,0%\n";

fn notes(text: &str) -> String {
    survey::parse_csv("s.csv", text).unwrap_or_else(|refusal| panic!("{text}{refusal}")).notes.join("\n")
}

/// R1 1,500, R2 1,000, R3 500.
#[test]
fn the_sum_of_all_rows_is_no_payee() {
    for name in [
        "",
        "Total 2023/24",
        "Total for year",
        "Annual total",
        "YTD total",
        "Total excl. VAT",
        "Total net",
        "Total costs",
        "Total value",
        "Total invoices",
        "Total paid out",
        "Total of above",
        "Total procurement spend",
        "Report total",
        "Page total",
        "Round 2 total",
        "Running total",
        "Combined",
        "Σ",
        "Tot",
        "Total for the kitchen",
        "Subtotal",
        "Total suppliers",
        "Carried forward",
        "Gesamt",
    ] {
        for cells in ["1500,1000,500", "1500,67%,50%", "1500,,"] {
            let text = format!("{LEDGER}{name},{cells}\n");
            close(&text, lm3(&text).income(), 2.0);
            assert!(notes(&text).contains("Line 4"), "{text}");
        }
    }
    let above = "Supplier,Amount,Local,Re-spend\nTotal of below,1500,67%,33%\nA,1000,yes,50%\nB,500,no,0%\n";
    close(above, lm3(above).income(), 2.0);
    for more in ["Average,750,50%,25%\n", "LM3,2,,\n", "Total,1500,,\nGrand total,1500,,\n"] {
        close(more, lm3(&format!("{LEDGER}{more}")).income(), 2.0);
    }
    // Net of credits.
    let net = format!("{LEDGER}A,-100,-100,50%\nTotal suppliers,1400,900,50%\n");
    close(&net, lm3(&net).r1, 1400.0);
}

#[test]
fn the_sum_of_some_rows_is_asked_about() {
    for rows in [
        "Cook (staff),1000,80%,50%\nTotal staff,1000,80%,50%\nA,500,yes,50%\nB,300,no,\n",
        "A,1000,yes,50%\nB,500,no,0\nC,300,yes,50%\nTotal local suppliers,1300,yes,50%\n",
        "A,1000,yes,50%\nB,500,no,0\nC,300,yes,50%\nTotal local,1300,yes,50%\nTotal non-local,500,no,0\n",
        "A,1000,yes,50%\nB,500,no,0\n,1500,yes,50%\nC,300,yes,50%\n",
        "A,1000,yes,50%\nB,500,no,0\nTotal purchases,1500,yes,50%\nC,300,yes,50%\n",
        "A,1000,yes,50%\nB,500,no,0\nTotal for food,1500,yes,50%\nC,300,yes,50%\n",
    ] {
        let told = refused(&format!("Payee,Amount,Local,Respend\n{rows}"));
        assert!(told.contains("their sum"), "{told}");
    }
    let both =
        "# income: 200000\nGroup,Total,Local,Respend\nStaff,40000,36000,16200\nSuppliers,42000,30000,18000\n";
    close(both, lm3(&format!("{both}Staff and suppliers,82000,66000,34200\n")).income(), 1.501);
    let part = refused(&both.replace("Suppliers,", "of which cooks,10000,9000,4050\nSuppliers,"));
    assert!(part.contains("counted twice"), "{part}");
    assert!(refused(&format!("{LEDGER}Sum Ltd,1500,0,\n")).contains("or a payee?"));
    assert!(refused(&format!("{LEDGER}Total 2023/24,1600,,\n")).contains("come to £1500.00"));
}

/// Words of sums in the names of payees, whose amounts are none.
#[test]
fn payees_with_words_of_sums() {
    for name in [
        "Total Gas & Power",
        "Sum Ltd",
        "All Seasons Catering",
        "Combined Cleaning",
        "Average Joe's",
        "Total Facilities",
    ] {
        let text = format!("{LEDGER}{name},700,0,\n");
        close(&text, lm3(&text).r1, 2200.0);
    }
}

#[test]
fn totals_are_compared_in_every_column() {
    for (cells, told) in [
        ("1500,300,", "£1000.00"),
        ("1500,20%,", "66.7%"),
        ("1500,1000,90%", "50.0%"),
        ("1500,1000,£300", "£500.00"),
    ] {
        assert!(refused(&format!("{LEDGER}Total,{cells}\n")).contains(told), "{cells}");
    }
}

#[test]
fn an_invoice_is_not_there_twice() {
    let text =
        "Invoice no,Supplier,Amount,Local,Respend\n101,A,1000,yes,50%\n101,A,1000,yes,50%\n102,B,500,no,\n";
    assert!(refused(text).contains("line 2: twice?"));
    let split = text.replacen("101,A,1000", "101,A,700", 1);
    close(&split, lm3(&split).r1, 2200.0);
}

/// A 250 less 200, B 500.
#[test]
fn credits_over_several_invoices() {
    let text = "Supplier,Amount,Local,Respend\nA,100,yes,50%\nA,150,yes,50%\nA,-200,yes,50%\nB,500,no,\n";
    for note in ["A,-200,yes,50%", "A (credit),-200,,", "A,200-,yes,50%", "A,200 CR,,"] {
        let text = text.replace("A,-200,yes,50%", note);
        let of = lm3(&text);
        close(&text, of.r1, 550.0);
        close(&text, of.r3, 25.0);
    }
    let pounds = "Supplier,Amount,Local spend (£),Respend\nA,1000,1000,50%\nA,-100,-100,50%\nB,500,0,\n";
    close(pounds, lm3(pounds).r2, 900.0);
    let thousands = "Supplier,Amount,Local,Respend\nA,40k,yes,50%\nB,£12k,no,\n";
    close(thousands, lm3(thousands).r1, 52_000.0);
}
