//! What the name of a row tells: income, staff, a firm.

use super::Kind;
use super::fields::{Whole, whole};
use super::spending::STAFF;
use super::words::{any, on, words};

/// Words that firms have in their names.
const FIRM: &str = "ltd limited plc llp cic inc co coop cooperative cooperatives operative operatives company bureau solutions \
    agency agencies recruitment associates partners partnership union";
/// What stands beside "staff" or "wages" and leaves them what they are.
const OF_STAFF: &str = "local locally resident residents nonlocal outside elsewhere other others the of and in area all total totals \
    cost costs gross net paid spend spent part full time casual seasonal sessional permanent temporary national \
    insurance ni nic nics paye tax pension pensions employer employers contributions bonus bonuses overtime holiday sick \
    gbp pounds respend respending r2 r3 from on to our";
/// What stands beside "income" and leaves it income.
const OF_INCOME: &str = "total totals all sum annual yearly year gbp pounds income incomes turnover revenue receipts received r1 budget \
    funding initial from of the in a and or for grant grants sales trading earned contract contracts donation donations fee fees \
    other core restricted unrestricted gross net amount our";

/// Who a payee without a kind is, as far as its name tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Named {
    Is(Kind),
    /// A word for staff is in it, and others: "Staff training".
    Doubtful,
}

pub(super) fn kind_of(name: &str) -> Named {
    let words = words(name);
    let ends = words.last().is_some_and(|word| on(STAFF, word));
    let begins = words.first().is_some_and(|word| on("wage wages salary salaries drawings", word));
    let plain = |word: &String| on(STAFF, word) || on(OF_STAFF, word) || !word.contains(char::is_alphabetic);
    // Bought for them: "Catering for staff".
    let for_them = words.windows(2).any(|pair| pair[0] == "for" && on(STAFF, &pair[1])) && !begins;
    match () {
        () if for_them => Named::Doubtful,
        () if !any(&words, STAFF) || any(&words, FIRM) => Named::Is(Kind::Supplier),
        () if ends || begins || words.iter().all(plain) => Named::Is(Kind::Staff),
        () => Named::Doubtful,
    }
}

/// Whether a name in totals, or above a table, is that of income, and not of a tax on it, a budget for something or a grant to somebody.
pub(super) fn is_all_income(name: &str) -> bool {
    let words = words(name);
    const TOLD: &str = "income incomes turnover revenue receipts received";
    const NOT: &str = "expenditure expenses costs cost payment payments spent";
    let unit = |word: &String| on("m mn million millions k thousand thousands", word);
    let plain =
        words.iter().all(|word| on(OF_INCOME, word) || unit(word) || !word.contains(char::is_alphabetic));
    let last = words.iter().rfind(|word| word.contains(char::is_alphabetic) && !unit(word));
    let begins = words.first().is_some_and(|word| on(TOLD, word));
    let ends = last.is_some_and(|word| on(TOLD, word) || on("grant grants funding", word));
    let tax =
        any(&words, "tax taxes vat") && !any(&words, "ex excl excluding net inc incl including before after");
    let sure = any(&words, "r1 initial");
    let income = matches!(whole(name), Some((Whole::Income, _)));
    income && (sure || ((plain || begins || ends) && !any(&words, NOT) && !tax))
}

/// Whether a row with an amount and nothing else is the organisation's income; none where its name may also be a payee's:
/// HM Revenue, Budget Car Hire.
pub(super) fn is_income(name: &str) -> Option<bool> {
    if !matches!(whole(name), Some((Whole::Income, _))) {
        return Some(false);
    }
    let words = words(name);
    let plain = words.iter().all(|word| on(OF_INCOME, word) || !word.contains(char::is_alphabetic));
    let sure = any(&words, "income incomes turnover revenue receipts received r1 budget funding");
    let ends = words.last().is_some_and(|word| on("income turnover receipts", word)) && !any(&words, FIRM);
    (ends || (plain && sure)).then_some(true)
}

/// Whether a name has a firm's word in it.
pub(super) fn is_firm(name: &str) -> bool {
    any(&words(name), FIRM)
}

/// What kind of income a name tells of, without the words that are said of all income.
pub(super) fn kind_of_income(name: &str) -> Vec<String> {
    let general = "total totals all sum annual yearly year gbp pounds income turnover revenue receipts received r1 budget \
        funding initial from of the in a round row column paid amount";
    let mut words = words(name);
    words.retain(|word| {
        word.contains(char::is_alphabetic) && !general.split_whitespace().any(|of| of == word)
    });
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_a_name_is() {
        let (staff, firm) = (Named::Is(Kind::Staff), Named::Is(Kind::Supplier));
        for (name, wanted) in [
            ("Staff wages", staff),
            ("Kitchen staff", staff),
            ("Wages of cooks", staff),
            ("Staff costs (local)", staff),
            ("Staff national insurance", staff),
            ("Greengrocer", firm),
            ("Suma Workers Co-operative", firm),
            ("Payroll Bureau Ltd", firm),
            ("Staff training", Named::Doubtful),
            ("Catering for staff", Named::Doubtful),
        ] {
            assert_eq!(kind_of(name), wanted, "{name}");
        }
    }

    #[test]
    fn what_income_is_called() {
        for name in [
            "Income",
            "Sales income",
            "Total income 2024",
            "Turnover",
            "R1",
            "Grant funding",
            "Council grant income",
        ] {
            assert_eq!(is_income(name), Some(true), "{name}");
        }
        for name in
            ["HM Revenue & Customs", "Grant to playgroup", "Budget Car Hire", "Grant Thornton", "Grant"]
        {
            assert_eq!(is_income(name), None, "{name}");
        }
        assert_eq!(is_income("Greengrocer"), Some(false));
        for name in [
            "Grant",
            "Round 1: total income",
            "Initial spend",
            "Income from services outside",
            "Lottery funding",
            "Income (£m)",
            "Income excluding VAT",
        ] {
            assert!(is_all_income(name), "{name}");
        }
        for name in
            ["Income tax", "Training budget", "Grant to playgroup", "Greengrocer", "HM Revenue & Customs"]
        {
            assert!(!is_all_income(name), "{name}");
        }
    }
}
