//! Names of what is kept beside the answers of a survey and is none of them: notes, dates, references, tax, numbers of people.

use super::words::{any, on};

const INVOICE: &str = "invoice invoices";
const REFERENCE: &str = "no nr nos number id ref reference code";
const DATE: &str = "date dates";
/// What ends the name of a column of words: "Payment method", "Cost centre".
const OF_WORDS: &str =
    "centre center method methods terms status run description narrative frequency currency team department";
const VAT: &str = "vat tax";

/// What a name says beside the answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Aside {
    Note,
    /// A number of people, firms or payments, or how many answered.
    Count,
    Date,
    /// A number of the row, or a code.
    Reference,
    Words,
    /// Tax that is told apart from an amount.
    Tax,
}

/// Whether a name says nothing but this of invoices: "Invoice no", and not "Invoice amount (no VAT)".
fn of_invoices(words: &[String], what: &str) -> bool {
    any(words, INVOICE) && any(words, what) && words.iter().all(|word| on(INVOICE, word) || on(what, word))
}

/// Numbers of people, firms or payments are no pounds.
pub(super) fn counts(words: &[String]) -> bool {
    const ASKED: &str =
        "used surveyed asked interviewed responded responding respondents numbers count counts headcount";
    let pair = |a: &str, b: &str| words.windows(2).any(|pair| on(a, &pair[0]) && on(b, &pair[1]));
    let begins = words.first().is_some_and(|word| on("of count headcount fte ftes", word));
    let money = any(words, "gbp pounds cost costs pay wages salaries spend spent paid amount income");
    pair("number numbers no nr count", "of")
        || pair("how", "many")
        || any(words, "fte ftes headcount")
        || (any(words, "jobs posts") && !money)
        || (begins && words.len() > 1 && !money)
        || (words.len() > 1 && words.last().is_some_and(|word| on(ASKED, word)))
        || (any(words, "response responses sample") && any(words, "rate rates size"))
}

/// Whether a name is that of something kept beside the answers.
pub(super) fn aside(words: &[String]) -> Option<Aside> {
    let (first, last) = (words.first()?, words.last()?);
    let all = |list: &str| words.iter().all(|word| on(list, word));
    let of_amount =
        any(words, "net gross ex excl excluding inc incl including no without before after plus less");
    match () {
        () if on("note notes comment comments ignore ignored", first) => Some(Aside::Note),
        () if counts(words) => Some(Aside::Count),
        () if of_invoices(words, REFERENCE) => Some(Aside::Reference),
        () if all(DATE)
            || of_invoices(words, DATE)
            || on(DATE, last)
            || (on(DATE, first) && words.len() < 4) =>
        {
            Some(Aside::Date)
        }
        () if any(words, VAT) && !of_amount && !any(words, "income") => Some(Aside::Tax),
        () if words.len() > 1 && on(REFERENCE, last) && !any(words, "yes") => Some(Aside::Reference),
        () if words.len() > 1 && on(OF_WORDS, last) => Some(Aside::Words),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    #[test]
    fn what_is_no_answer() {
        for (name, wanted) in [
            ("Note: Weight", Some(Aside::Note)),
            ("Number of local staff", Some(Aside::Count)),
            ("# of jobs", Some(Aside::Count)),
            ("Local staff (FTE)", Some(Aside::Count)),
            ("Local suppliers used", Some(Aside::Count)),
            ("Response rate", Some(Aside::Count)),
            ("Payment date", Some(Aside::Date)),
            ("Date paid", Some(Aside::Date)),
            ("Invoice no", Some(Aside::Reference)),
            ("Payment ref", Some(Aside::Reference)),
            ("Cost centre", Some(Aside::Words)),
            ("Irrecoverable VAT", Some(Aside::Tax)),
            ("Paid (invoice date 2019)", None),
            ("Invoice amount (no VAT)", None),
            ("Amount ex VAT", None),
            ("Staff costs", None),
            ("Cost of jobs", None),
            ("Number", None),
            ("Outside local area (yes/no)", None),
        ] {
            assert_eq!(aside(&words(name)), wanted, "{name}");
        }
    }
}
