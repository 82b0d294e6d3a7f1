//! Surveys as people write them: other names, orders and separators give what the plain file gives, and what can be read in
//! two ways is asked.

use recirc::measure::lm3::Lm3;
use recirc::scenario::survey::{self, Rate};

fn close(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() < tolerance, "{a} is not {b}");
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

/// A survey in rounds holds pounds, however few: £10 of which a fifth stays each time is 10, 2 and 0.40 (New Economics
/// Foundation 2002), LM3 1.24. A share needs its sign, or a name that says so.
#[test]
fn rounds_are_pounds() {
    for (text, lm3) in [
        ("R1,10\nR2,2\nR3,0.40\n", 1.24),
        ("R1,R2,R3\n10,2,0.40\n", 1.24),
        ("Item,Value\nRound 1,10\nRound 2,2\nRound 3,0.40\n", 1.24),
        ("R1,1.00\nR2,0.60\nR3,0.27\n", 1.87),
        ("R1,100000\nR2,60000\nR3,27000\n", 1.87),
        ("R1,100000\nR2,60%\nR3,45%\n", 1.87),
        ("Income,10\nLocal spend,£2\nRe-spend,£0.40\n", 1.24),
        ("Income,100000\nLocal spend,60000\nRe-spend,0.45\n", 1.87),
        ("Income,100000\nLocal spend,60000\nRe-spend,27000\n", 1.87),
        ("Income,100000\nLocal spend,0.6\nRe-spend share,0.45\n", 1.87),
        ("Income (£m),1.2\nLocal spend (£m),0.6\nRe-spend (£m),0.3\n", 1.75),
    ] {
        let of = survey::parse_csv("s.csv", text).unwrap_or_else(|refusal| panic!("{text}{refusal}"));
        close(Lm3::of(&of).income(), lm3, 1e-9);
    }
    for (text, told) in [
        ("Income,10\nLocal spend,2\nRe-spend,0.40\n", ["s.csv:3:10", "write £0.4", "40% for the share"]),
        ("Income,100000\nLocal spend,60000\nRe-spend,45\n", ["s.csv:3:10", "write £45", "45% for the share"]),
        ("Income,100000\nLocal spend,60\nRe-spend,£30\n", ["s.csv:2:13", "write £60", "60% for the share"]),
        (
            "Turnover (millions),1.2\nLocal,0.6\nRe-spend,0.3\n",
            ["s.csv:2:7", "write £600000", "60% for the share"],
        ),
        ("R1,100000\nR2,60000\nR3,0.45\n", ["s.csv:3:4", "write £0.45", "45% for the share"]),
        ("R1,100000\nR2,60\nR3,45%\n", ["s.csv:2:4", "write £60", "60% for the share"]),
    ] {
        let refused = survey::parse_csv("s.csv", text).expect_err(text).to_string();
        assert!(told.iter().all(|words| refused.contains(words)), "{text}\n{refused}");
    }
}
