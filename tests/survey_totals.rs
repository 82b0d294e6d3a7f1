//! Surveys in totals as worksheets have them: rounds in parts and in all, more columns, numbers that are no pounds.

use super::survey_outside::{close, lm3, refused};
use recirc::scenario::survey;

#[test]
fn rounds_in_parts_and_in_all() {
    let worksheet = "Item,Amount\nRound 1: total income,75000\nRound 2: local staff,30000\nRound 2: local suppliers,15000\n\
                     Round 2: total,45000\nRound 3: staff,12000\nRound 3: suppliers,6000\nRound 3: total,18000\nLM3,1.84\n";
    for (text, income) in [
        (worksheet, 1.84),
        ("Item,Value\nR1,£100000\nR2,£66000\nR3,£34200\nTotal,£200200\n", 2.002),
        ("Item,Value\nR1,£100000\nR2,£66000\nR3,£34200\nTotal R1+R2+R3,£200200\nLM3,2.002\n", 2.002),
        (
            "Item,Value\nRound 1,£100000\nRound 2 staff,£36000\nRound 2 suppliers,£30000\nRound 3,£34200\n",
            2.002,
        ),
        (
            "Item,Value\nRound 1,£100000\nRound 2,£66000\nRound 3 staff,£16200\nRound 3 suppliers,£18000\n",
            2.002,
        ),
        ("Item,Value,Notes\nRound 1,100000,audited\nRound 2,60000,\nRound 3,27000,est\n", 1.87),
        ("Item,Value\nTotal procurement spend,£750000\nLocal spend,£300000\nLocal re-spend,40%\n", 1.56),
        ("Item,Value\nTotal spend,£750000\nLocal spend,£300000\nRe-spend,40%\n", 1.56),
    ] {
        close(text, lm3(text).income(), income);
    }
    for (text, told) in [
        (worksheet.replace("45000", "46000"), "come to £45000"),
        ("Item,Value\nR1,£100000\nR2,£66000\nR3,£34200\nTotal,£210000\n".into(), "the rows come to"),
        (
            "Item,2022,2023\nRound 1,1000,1200\nRound 2,600,660\nRound 3,270,300\n".into(),
            "which of the columns?",
        ),
    ] {
        assert!(refused(&text).contains(told), "{text}");
    }
}

#[test]
fn numbers_that_are_no_pounds() {
    let rows = "Item,Value\nIncome,£1000000\nLocal suppliers,£600000\nSupplier re-spend,45%\n";
    for row in [
        "Number of local staff,150",
        "Local staff (FTE),120",
        "Local jobs,120",
        "Local suppliers used,340",
        "Response rate,62%",
    ] {
        let text = format!("{rows}{row}\n");
        close(&text, lm3(&text).income(), 1.87);
    }
    assert!(refused(&format!("{rows}Local employees,120\n")).contains("120 of them?"));
}

#[test]
fn costs_are_no_income() {
    let rows = "Item,Value\nSales income,£60000\nGrant income,£40000\nLocal spend,£60000\nRe-spend,45%\n";
    close(rows, lm3(rows).income(), 1.87);
    for row in ["Income tax,£8000", "Training budget,£5000", "Grant to playgroup,£5000"] {
        assert!(refused(&format!("{rows}{row}\n")).contains("income, or paid?"), "{row}");
    }
}

/// 42,000 to suppliers, 30,000 of it here, of which 60% is spent again; those outside spend 36% here.
#[test]
fn what_those_outside_spend_is_kept() {
    let totals = "Item,Value\nIncome,£100000\nStaff,£40000\nLocal staff,£36000\nSuppliers,£42000\nLocal suppliers,£30000\n\
                  Supplier re-spend,60%\nStaff re-spend,45%\nOutside supplier re-spend,36%\n";
    close(totals, lm3(totals).income(), 2.0452);
    let toml = "income_gbp = 100\n[[supplier]]\nname = \"S\"\npaid_gbp = 100\nlocal = 0.7\nlocal_respend = 0.76\n\
                [defaults]\noutside_respend = 0.36\n";
    let of = survey::parse("s.toml", toml).unwrap();
    close(toml, recirc::measure::lm3::Lm3::of(&of).income(), 2.34);
}
