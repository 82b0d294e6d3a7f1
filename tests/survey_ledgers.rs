//! Rows and columns of ledgers that are no payees of their own: totals, subtotals, amounts in thousands, numbers of invoices.

use super::survey_outside::{close, lm3, refused};

const LEDGER: &str = "Supplier,Amount,Local,Respend\nA,1000,yes,50%\nB,500,no,\n";

/// R1 1,500, R2 1,000, R3 500, whatever the row of totals tells.
#[test]
fn a_row_of_totals_is_no_payee() {
    for total in [
        "Total,1500,,",
        "TOTAL,1500,1000,500",
        "Total,1500,67%,",
        "Grand total,1500,67%,50%",
        "Total spend,1500,1000,",
        "Sum,1500,,500",
    ] {
        let of = lm3(&format!("{LEDGER}{total}\n"));
        close(total, of.r1, 1500.0);
        close(total, of.income(), 2.0);
    }
    assert!(refused(&format!("{LEDGER}Total,1600,1000,\n")).contains("come to"));
    assert!(refused(&format!("{LEDGER}Sub-total,1000,yes,\n")).contains("take the row out"));
    let staff = "Payee,Amount,Local,Respend\nCooks (staff),1000,80%,50%\nDriver (staff),500,yes,50%\n";
    assert!(refused(&format!("{staff}Total staff,1500,1300,\nA,200,yes,\n")).contains("their sum"));
    // A firm may be called so.
    let of = lm3(&format!("{LEDGER}Total Gas and Power,300,no,\n"));
    close("gas", of.r1, 1800.0);
}

#[test]
fn amounts_in_thousands() {
    for head in ["Supplier,Amount (£000),Local,Respend", "Supplier,Amount (£ thousand),Local,Respend"] {
        let of = lm3(&format!("# income: £2,000\n{head}\nA,1,yes,50%\nB,0.5,no,\n"));
        close(head, of.income(), (2000.0 + 1000.0 + 500.0) / 2000.0);
    }
    let of = lm3("Supplier,Amount (£000s),Local spend (£),Respend\nA,1,£600,50%\nB,0.5,0,\n");
    close("local part in pounds", of.r2, 600.0);
    let of = lm3("Income (£000),100\nLocal spend (£000),60\nRe-spend,45%\n");
    close("totals", of.r1, 100_000.0);
    close("totals", of.income(), 1.87);
    assert!(refused("Item,£000\nIncome,100\nLocal spend,60\nRe-spend,45%\n").contains("write pounds"));
}

#[test]
fn numbers_and_dates_of_invoices() {
    for head in ["Invoice no", "Invoice date", "Invoice ref"] {
        let text = format!("{head},Supplier,Amount,Local,Respend\n1001,A,1000,yes,50%\n1002,B,500,no,\n");
        close(&text, lm3(&text).income(), 2.0);
    }
}

/// R1 100,000, R2 45,000, R3 20,000.
#[test]
fn staff_and_suppliers_together() {
    for rows in [
        "Round 2: Spent locally on staff and suppliers,£45000\nRound 3: Re-spent locally,£20000\nLM3,1.65\n",
        "Local staff and suppliers,£45000\nRe-spent by staff & suppliers,£20000\n",
        "Local suppliers and staff,£45000\nSpent locally by staff and suppliers,£20000\n",
    ] {
        close(rows, lm3(&format!("Round 1: Total income,£100000\n{rows}")).income(), 1.65);
    }
}

/// A number that ends in 000 says nothing of thousands, nor a word of all or of an invoice of what a row is.
#[test]
fn names_that_only_resemble_are_left_alone() {
    for (text, income) in [
        ("\"Round 1 (contract of £100,000)\",£100000\n\"Round 2\",£45000\n\"Round 3\",£20000\n", 1.65),
        (
            "Supplier,\"Payments over £25,000\",Local amount (£),Respend\nA,40000,20000,50%\nB,30000,0,\n",
            1.0 + 3.0 / 7.0,
        ),
        ("Supplier,Invoice amount (no VAT),Local,Respend\nA,1000,yes,50%\nB,500,no,\n", 2.0),
        ("Supplier,Paid (invoice date 2019),Local,Respend\nA,1000,yes,50%\nB,500,no,\n", 2.0),
        (
            "Payee,Kind,Amount,Local,Respend\nAll staff,staff,1500,80%,40%\nA,supplier,1000,yes,50%\nB,supplier,500,no,\n",
            1.0 + 3180.0 / 3000.0,
        ),
        ("Payee,Amount,Local,Respend\nA,1000,yes,50%\nB,500,no,\nAll Saints Cafe,1500,no,\n", 1.5),
        ("Payee,Kind,Amount,Local,Respend\nA,supplier,1000,yes,50%\nTotal,supplier,500,no,\n", 2.0),
        ("Payee,Amount,Local,Respend\nA,1000,yes,50%\nSub Total Sandwiches,500,no,\n", 2.0),
    ] {
        close(text, lm3(text).income(), income);
    }
}
