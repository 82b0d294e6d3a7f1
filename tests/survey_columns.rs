//! Columns of ledgers as offices keep them: which is the amount, what is passed over, whose spending is told of, in what unit.

use super::survey_outside::{close, lm3, refused};
use recirc::scenario::survey::{self, Kind, Survey};

fn read(text: &str) -> Survey {
    survey::parse_csv("s.csv", text).unwrap_or_else(|refusal| panic!("{text}{refusal}"))
}

/// A 1,000 local, half of it spent again; B 500.
#[test]
fn columns_that_are_no_part_of_it() {
    for (head, a, b) in [
        (
            "Date,Invoice no,Supplier,Net,VAT,Gross,Local,Respend",
            "01/04/2024,101,A,1000,200,1200,yes,50%",
            "02/04/2024,102,B,500,100,600,no,",
        ),
        (
            "Supplier,Net amount,VAT amount,Gross amount,Local,Respend",
            "A,1000,200,1200,yes,50%",
            "B,500,100,600,no,",
        ),
        ("Supplier,Category,Amount,Local,Respend", "A,Food,1000,yes,50%", "B,Energy,500,no,"),
        ("Supplier,Supplier type,Amount,Local,Respend", "A,SME,1000,yes,50%", "B,Large,500,no,"),
        ("Payment date,Supplier,Amount,Local,Respend", "01/04/2024,A,1000,yes,50%", "02/04/2024,B,500,no,"),
        (
            "Payment ref,Cost centre,Supplier,Amount,Local,Respend",
            "7,1010,A,1000,yes,50%",
            "8,1020,B,500,no,",
        ),
        ("Supplier,Number of payments,Amount,Local,Respend", "A,12,1000,yes,50%", "B,3,500,no,"),
        (
            "Directorate,Service Area,Supplier Name,Body Name,Amount,Local,Respend",
            "Adults,Care,A,X,1000,yes,50%",
            "Adults,Care,B,X,500,no,",
        ),
        ("Supplier,SME,Amount,In Leeds,Respend", "A,Y,1000,Y,50%", "B,N,500,N,"),
        ("Supplier,note: Weight,Amount,Local,Respend", "A,2,1000,yes,50%", "B,1,500,no,"),
    ] {
        let text = format!(
            "{head}\n{a}\n{b}\n\nNote: without VAT, and for 2023, unaudited, so far as known, by hand, all\n"
        );
        let of = read(&text);
        assert_eq!(of.payees.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["A", "B"], "{text}");
        close(&text, lm3(&text).income(), 2.0);
        assert!(head.contains("note:") || of.notes.iter().any(|note| note.contains("Passed over")), "{text}");
    }
    let told = refused("Supplier,Amount,Weight,Local\nA,1000,2,yes\n");
    assert!(told.contains("\"note: Weight\""), "{told}");
    assert!(refused("Supplier,Number of payments,Local\nA,12,yes\n").contains("amounts paid"));
}

/// Ann 20,000, of which 60% is spent here; Bob lives elsewhere.
#[test]
fn payrolls_and_what_staff_spend() {
    let text = "Staff name,Net pay,Local?,Spend in area (%)\nAnn,20000,yes,60\nBob,10000,no,0\n";
    assert!(read(text).payees.iter().all(|payee| payee.kind == Kind::Staff));
    close(text, lm3(text).r3, 12_000.0);
    for head in [
        "Employee,Net pay,Local resident",
        "Staff name,Gross wages,Lives in area",
        "Name,Gross pay,Local resident",
    ] {
        let text = format!("{head}\nAnn,20000,yes\nBob,10000,no\n");
        close(&text, lm3(&text).r3, 11_800.0);
    }
    let suppliers = read(
        "Supplier,Amount,Local\nCatering for staff,1000,yes\nStaff training,500,yes\nCook (staff),70,yes\n",
    );
    let kinds: Vec<Kind> = suppliers.payees.iter().map(|payee| payee.kind).collect();
    assert_eq!(kinds, [Kind::Supplier, Kind::Supplier, Kind::Staff]);
    for (text, told) in [
        ("Employee,Net pay,% spent locally\nAnn,20000,60%\n", "what is local"),
        ("Supplier,Amount paid,Spent locally by supplier (£)\nA,20000,12000\n", "what is local"),
        ("Supplier,Amount,Spent locally\nA,20000,12000\n", "on them, or by them?"),
    ] {
        assert!(refused(text).contains(told), "{text}");
    }
    let entry = |more: &str| {
        survey::parse(
            "s.toml",
            &format!("income_gbp = 100\n[[staff]]\npay_gbp = 30\nspent_locally = 0.5\n{more}"),
        )
    };
    assert!(entry("").is_err());
    assert_eq!(entry("local = 0.8\n").unwrap().payees[0].respend, 0.5);
}

#[test]
fn units_of_columns() {
    for (text, income) in [
        (
            "Supplier,Amount (£),Local,Re-spend per £1\nA,1000,yes,0.76\nB,500,no,0.36\n",
            1.0 + (1000.0 + 760.0 + 180.0) / 1500.0,
        ),
        (
            "Supplier,Amount,Local,Spent again locally per £\nA,1000,yes,0.76\nB,500,no,36p\n",
            1.0 + (1000.0 + 760.0 + 180.0) / 1500.0,
        ),
        ("Item,Value\nIncome,£100000\nLocal spend,£60000\nRe-spend per £1,0.45\n", 1.87),
        ("# income: £1,200,000\nSupplier,Amount (£m),Local,Respend\nA,0.6,yes,50%\nB,0.3,no,\n", 1.75),
        ("Item,Value\nIncome (£000),1200\nLocal spend (£m),0.6\nRe-spend (£m),0.3\n", 1.75),
    ] {
        close(text, lm3(text).income(), income);
    }
    for (text, told) in [
        ("Supplier,Amount (£000),Local spend,Re-spend\nA,100,60,50%\nB,50,0,\n", "£60000"),
        ("Supplier,Amount (£),Local,Re-spend (£)\nA,1000,yes,0.76\nB,500,no,0.36\n", "76% of it?"),
        ("# income: 100000\nSupplier;Amount;Local\nA;40.000;yes\nB;12.500;no\n", "write 40000, or 40"),
        ("# income: 100000\nSupplier,Amount,Local\nA,40.000,yes\nB,900,no\n", "write 40000, or 40"),
        ("Supplier,Amount,Local spend\nA,40000,36.000\n", "write 36000, or 36"),
        ("Income,150000\nStaff,40.000\nLocal staff,36.000\nStaff re-spend,45%\n", "write 40000, or 40"),
    ] {
        let refused = refused(text);
        assert!(refused.contains(told), "{text}{refused}");
    }
}

/// No answer is none, and no 0%.
#[test]
fn no_answer_to_what_is_spent_again() {
    for none in ["-", "n/a", "no response", "Unknown", ".."] {
        let text = format!("Supplier,Amount,Local,Respend\nA,1000,yes,{none}\nB,500,no,-\n");
        let of = read(&text);
        assert_eq!(of.payees[0].respend, 0.76, "{text}");
        assert!(of.notes.iter().any(|note| note.contains("no answer")), "{text}");
    }
    let pounds = "Supplier,Amount,Local,Respend (£)\nA,1000,yes,-\nB,500,yes,300\n";
    assert!(refused(pounds).contains("nothing, or no answer?"));
    assert!(refused("Supplier,Amount,Local,Respend\nA,1000,yes,lots\n").contains("leave it empty"));
}
