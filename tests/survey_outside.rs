//! What a survey says not to be local, in the words of those who write it; and names that look like something else.

use recirc::measure::lm3::Lm3;
use recirc::scenario::survey::{self, Kind};

pub fn lm3(text: &str) -> Lm3 {
    let of = survey::parse_csv("s.csv", text).unwrap_or_else(|refusal| panic!("{text}{refusal}"));
    Lm3::of(&of)
}

pub fn refused(text: &str) -> String {
    survey::parse_csv("s.csv", text).expect_err(text).to_string()
}

pub fn close(text: &str, a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9, "{a} is not {b}\n{text}");
}

/// R1 150; Y's 50 are local, of which half is spent again: (150 + 50 + 25)/150. What X outside spends here comes to 50.
#[test]
fn columns_of_what_is_not_local() {
    for heading in [
        "Outside local area?",
        "Outside local area (yes/no)",
        "Not in area",
        "Not in the local area?",
        "Spend not in area",
        "Spend not in area (£)",
        "Based in another area",
        "Spend outside local area",
        "Spent outside the local economy (£)",
        "Living outside the local area",
        "Resident outside Leeds",
        "Leaves local area (%)",
        "Local leakage",
        "Leakage from local area",
        "Non-local",
        "Out of area",
        "Isn't local",
    ] {
        for [x, y] in [["yes", "no"], ["100%", "0%"], ["£100", "£0"], ["outside", "local"], ["✓", "✗"]]
        {
            let text = format!("Supplier,Amount,{heading},Re-spend\nX,100,{x},50%\nY,50,{y},50%\n");
            let of = lm3(&text);
            close(&text, of.r2, 50.0);
            close(&text, of.r3, 75.0);
            close(&text, of.income(), 275.0 / 150.0);
        }
    }
    let of = lm3("Supplier,Amount,Local or non-local,Re-spend\nX,100,Non local,\nY,50,local,50%\n");
    close("either", of.income(), 1.5);
    for heading in ["Local or non-local", "Outside/inside", "Local / outside?"] {
        let told = refused(&format!("Supplier,Amount,{heading},Re-spend\nX,100,yes,\nY,50,local,50%\n"));
        assert!(told.contains("write local or outside"), "{told}");
    }
    let toml = "[[supplier]]\nname = \"X\"\npaid_gbp = 100\nnon_local = true\nrespend = 0.5\n[[supplier]]\nname = \"Y\"\n\
                paid_gbp = 50\noutside_gbp = 0\nrespend = 0.5\n";
    let of = survey::parse("s.toml", toml).unwrap_or_else(|refusal| panic!("{refusal}"));
    close(toml, Lm3::of(&of).income(), 275.0 / 150.0);
}

/// R1 200, R2 40 + 30, R3 20 + 18.
#[test]
fn two_parts_are_the_whole() {
    for heads in [
        "Supplier,Local spend,Non-local spend,Re-spend",
        "Supplier,Spend inside area,Spend outside area,Re-spend rate",
        "Supplier,Paid in the area,Paid elsewhere,Re-spend",
        "Supplier,Local spend,National spend,Re-spend",
        "Supplier,Local spend,Other spend,Re-spend",
        "Supplier,Local spend (£),Spend outside the area (£),Re-spend",
    ] {
        for total in ["", "Total,70,130,\n"] {
            let text = format!("{heads}\nA,40,60,50%\nB,30,70,60%\n{total}");
            let of = lm3(&text);
            close(&text, of.r1, 200.0);
            close(&text, of.r2, 70.0);
            close(&text, of.r3, 38.0);
            close(&text, of.income(), 1.54);
        }
    }
    let text =
        "Category,Spend inside area,Spend outside area,Re-spend rate\nStaff,40,60,50%\nSuppliers,30,70,60%\n";
    close(text, lm3(text).income(), 1.54);
    let text = "Supplier,Local spend,Non-local spend,Re-spend\nA,40,60,50%\nB,30,,60%\nC,,70,\n";
    close(text, lm3(text).income(), 1.54);
    let text = "Supplier,Amount,Local spend,Non-local spend,Re-spend\nA,100,40,60,50%\nB,100,30,70,60%\n";
    assert!(refused(&text.replace("30,70", "30,80")).contains("not the rest"));
    assert!(refused("Supplier,Local spend,Non-local spend,Re-spend\nA,0.4,0.6,50%\n").contains("pounds"));
    assert!(
        refused("Supplier,Local spend,Non-local spend,Re-spend\nTotal,1,2,\nA,40,60,50%\n")
            .contains("come to")
    );
}

/// The kitchen of `survey_layouts`: LM3 2.002.
#[test]
fn names_that_look_like_income() {
    let ledger = |name: &str, local: &str| {
        format!(
            "Payee,Amount,Local,Re-spend\nSales income,100000,,\nStaff wages,40000,36000,45%\n\
             Greengrocer,30000,yes,60%\n{name},12000,{local},\n"
        )
    };
    for name in ["HM Revenue & Customs", "Grant to playgroup", "Budget Car Hire", "Grant Thornton"] {
        close(name, lm3(&ledger(name, "no")).income(), 2.002);
        let told = refused(&ledger(name, ""));
        assert!(told.contains("s.csv:5") && told.contains("`no`") && told.contains("R1"), "{told}");
    }
}

#[test]
fn totals_of_what_is_not_local() {
    for (text, wanted) in [
        ("Income,100000\nNot spent locally,40000\nRe-spend,45%\n", 1.87),
        ("Income,100000\nSpent outside the area,40000\nRe-spend,45%\n", 1.87),
        ("Income,100000\nNon-local spend,40%\nRe-spend,45%\n", 1.87),
        ("Income,100000\nLocal spend,60000\nNot re-spent locally,55%\n", 1.87),
        ("Income,100000\nLocal spend,60000\nRe-spent outside the area,55%\n", 1.87),
        ("Income,100000\nLocal spend,60000\nNot re-spent locally (£),33000\n", 1.87),
    ] {
        close(text, lm3(text).income(), wanted);
    }
    for row in [
        "Non-local re-spend,55%",
        "Local leakage,40000",
        "Staff re-spend outside the area,55%",
        "Suppliers spend outside the area,55%",
        "Staff spend outside the area,55%",
    ] {
        let told = refused(&format!("Income,100000\nLocal spend,60000\n{row}\n"));
        assert!(told.contains("spent outside by whom?"), "{row}\n{told}");
    }
    let told = refused("Payee,Amount,Local,Outside re-spend\nA,100,yes,50%\n");
    assert!(told.contains("two ways"), "{told}");
    let text = "Payee,Amount,Local,Re-spend\nA,100,yes,45p\n";
    close(text, lm3(text).income(), 2.45);
    let text = "Payee,Amount,Local,Not re-spent locally\nA,100,yes,55%\n";
    close(text, lm3(text).income(), 2.45);
}

#[test]
fn who_is_staff() {
    let of =
        |text: &str| survey::parse_csv("s.csv", text).unwrap_or_else(|refusal| panic!("{text}{refusal}"));
    for firm in ["Suma Workers Co-operative", "Payroll Bureau Ltd", "Staffline Staff Solutions Ltd"] {
        let payee = &of(&format!("Payee,Amount,Local\n{firm},100,yes\n")).payees[0];
        assert_eq!((payee.kind, payee.respend), (Kind::Supplier, 0.76), "{firm}");
    }
    for head in ["No.", "#", "Ref", "Supplier ref", "Group", "Id"] {
        let text = format!(
            "{head},Payee,Amount,Local\n1,Staff wages,40000,36000\n2,Greengrocer,30000,yes\n3,Total,70000,\n"
        );
        let read = of(&text);
        let found: Vec<_> = read.payees.iter().map(|p| (p.name.as_str(), p.kind, p.respend)).collect();
        let wanted = [("Staff wages", Kind::Staff, 0.59), ("Greengrocer", Kind::Supplier, 0.76)];
        assert_eq!(found, wanted, "{text}");
    }
    assert!(refused("Payee,Amount,Local\nStaff training,100,yes\n").contains("`kind`"));
    let text = "Payee,Kind,Amount,Local\nStaff training,supplier,100,yes\n";
    close(text, of(text).payees[0].respend, 0.76);
}

/// A number sign is no comment where a row begins with it.
#[test]
fn rows_that_begin_with_a_number_sign() {
    for text in [
        "#,Supplier,Amount,Local,Re-spend\n1,A,100,yes,50%\n2,B,50,no,\n",
        "# A survey, as it was made, by hand\n# income: £150\n#,Supplier,Amount,Local,Re-spend\n#1,A,100,yes,50%\n# checked\n#2,B,50,no,\n",
    ] {
        close(text, lm3(text).income(), 2.0);
    }
    let told = refused("Supplier,Amount,Local,Re-spend\nA,100,yes,50%\n#B,50,no,\n");
    assert!(told.contains("s.csv:3") && told.contains("a row, or a comment?"), "{told}");
}

/// A credit note comes off what its payee was paid; one that names nobody, or a part in pounds, is asked about.
#[test]
fn credit_notes() {
    let head = "Supplier,Amount,Local,Re-spend\nA,1000,yes,50%\nB,500,no,\n";
    for note in ["A,-100,yes,50%", "A,(100),,", "a,-£100,yes,"] {
        let of = lm3(&format!("{head}{note}\n"));
        close(note, of.r1, 1400.0);
        close(note, of.income(), (1400.0 + 900.0 + 450.0) / 1400.0);
    }
    for note in ["A credit note,-100,yes,50%", "A,-100,no,50%", "A,-1100,yes,50%"] {
        let told = refused(&format!("{head}{note}\n"));
        assert!(told.contains("s.csv:4") && told.contains("credit note"), "{told}");
    }
    let told = refused("Supplier,Amount,Local,Re-spend\nA,1000,£600,50%\nA,-100,,\n");
    assert!(told.contains("not negative"), "{told}");
}

/// Column names that begin with a number sign are no comment.
#[test]
fn a_number_sign_before_the_names_of_columns() {
    for head in ["#Supplier,Amount,Local,Re-spend", "# Supplier,Amount,Local,Re-spend"] {
        for before in ["", "# A survey, as made, by hand\n"] {
            let text = format!("{before}{head}\nA,100,yes,50%\nB,50,no,\n");
            close(&text, lm3(&text).income(), 2.0);
        }
    }
}

/// What is local and what is not, both told of all spending. R1 100,000, R2 60,000, R3 27,000.
#[test]
fn totals_with_both_parts() {
    for rows in [
        "Income,100000\nLocal spend,60000\nNon-local spend,40000\nRe-spend,45%\n",
        "Income,100000\nNon-local spend,30000\nLocal spend,60000\nRe-spend,45%\n",
        "Item,Value\nLocal spend,£60000\nNon-local spend,£40000\nRe-spend,45%\n",
        "Income,100000\nLocal spend,60%\nNon-local spend,40%\nRe-spend,45%\n",
        "Income,100000\nLocal spend,60000\nNon-local spend,0\nRe-spend,45%\n",
    ] {
        close(rows, lm3(rows).income(), 1.87);
    }
    for rows in [
        "Income,100000\nLocal spend,60%\nNon-local spend,50%\nRe-spend,45%\n",
        "Income,100000\nLocal spend,60000\nNon-local spend,40%\nRe-spend,45%\n",
        "Income,100000\nLocal spend,60000\nNon-local spend,50000\nRe-spend,45%\n",
    ] {
        refused(rows);
    }
}

/// What is missing is told by the rows that are there.
#[test]
fn totals_that_lack_something() {
    for (rows, wanted) in [
        ("Income,100000\nRe-spend,45%\n", "`Local spend,60000`"),
        ("Income,100000\nSpent on local suppliers,20000\nRe-spend,45%\n", "`supplier re-spend`"),
        ("Income,100000\nStaff costs,50000\nRe-spend of staff,45%\n", "`Local staff`"),
        ("Income,100000\nSuppliers,50000\n", "`Local suppliers`"),
    ] {
        let told = refused(rows);
        assert!(told.contains(wanted) && !told.contains("People and firms"), "{told}");
    }
}
