//! What stands above the table of a ledger: income and rates in the words of totals, titles, and numbers that are asked about.

use super::survey_outside::{close, lm3, refused};

const LEDGER: &str = "Payee,Amount,Local,Respend\nA,30000,yes,60%\nB,12000,no,\n";

/// R1 100,000, R2 30,000, R3 18,000.
#[test]
fn income_above_the_table() {
    for head in [
        "Organisation,Community kitchen\nIncome,100000\n\n",
        "Total income,100000,,\n",
        "Income,,,100000\n",
        "Site,Leeds\nIncome,£100,000\n\n",
        "Income: 100000\n",
        "Total income: £100,000\nArea: Leeds\n",
        "# Total income: £100,000\n",
        "# Income (£): 100000\n",
        "# Income (£000): 100\n",
        "# Round 1: £100,000\n",
        "# annual turnover: 100000\n",
        "# Income 2023/24: £100,000\n",
        "# Grant: £100000\n",
        "# income = 100000\n",
        "# income £100,000\n",
        "# LM3: 1.48\n# income: 100000\n# Year: 2024\n# Sample size: 30\n# Tel: 01132\n",
        "LM3 survey of the kitchen, 2023/24\n# income: 100000\n",
    ] {
        // More columns than the lines above have cells.
        let ledger = if head.contains("Site") {
            LEDGER.replace('\n', ",,,\n").replacen(",,,", ",Town,Ward,Year", 1)
        } else {
            LEDGER.into()
        };
        let text = format!("{head}{ledger}");
        close(&text, lm3(&text).income(), 1.48);
    }
    let three = "Income,100000\nPayee,Amount,Local\nA,30000,yes\nB,12000,no\n";
    close(three, lm3(three).r1, 100_000.0);
    for head in
        ["# contract value: 100000\n", "# Staff: £40000\n", "Local spend,60000\n", "# Income tax: 8000\n"]
    {
        assert!(refused(&format!("{head}{LEDGER}")).contains("what is this number?"), "{head}");
    }
}

/// R2 30,000 of 42,000, half of which is spent again.
#[test]
fn rates_above_the_table() {
    let ledger = LEDGER.replace("60%", "");
    for head in [
        "# supplier re-spend: 50%\n",
        "# Suppliers re-spend rate: 50%\n",
        "# default supplier respend: 50%\n",
        "# Default rate (suppliers): 50%\n",
        "Supplier re-spend,50%\n",
    ] {
        let text = format!("{head}{ledger}");
        close(&text, lm3(&text).r3, 15_000.0);
    }
}
