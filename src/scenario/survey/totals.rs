//! What names say of sums: of all rows, of some, of staff and suppliers together; and amounts in thousands.

use super::answer::Answer;
use super::fields::{Means, Whole};
use super::spending::{STAFF, Spending, spending};
use super::words::{any, on, outside, respends, words};
use crate::scenario::grid::{Decimal, Unit, read, scale};

const ALL: &str = "total totals sum all overall tot ttl combined aggregate gesamt σ";
const OF_ALL: &str = "grand of the in to for and above spend spent spending paid payments expenditure amount amounts gbp pounds \
    value values cost costs net gross ex excl excluding inc incl including vat out outgoing outgoings bought purchases procurement \
    invoice invoices payees items rows row column columns table page report running cumulative year yearly annual annum per ytd fy \
    date quarter month monthly q1 q2 q3 q4 third party influenceable percent january february march april may june july august \
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec r2";
const LOCAL: &str = "local locally area r2";
const SOME: &str = "supplier suppliers vendor vendors subcontractor subcontractors contractors supplies purchases goods services \
    local locally nonlocal outside in area";
const SUB: &str = "sub subtotal subtotals";
const MEAN: &str = "average averages mean avg";

/// What the name of a row says of its being a sum.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Called {
    /// Nothing but that it is the sum of all: "Total spend 2023/24".
    Total,
    /// The sum of some: "Total staff", "Subtotal".
    Some,
    /// A part of a row above: "of which cooks".
    Within,
    /// A word for a sum is in it, and others: "Total for the kitchen", "Total Gas & Power".
    Perhaps,
    Average,
    Nothing,
}

pub(super) fn called(name: &str) -> Called {
    let text = name.to_lowercase();
    let words = words(name);
    let plain = |word: &String| on(ALL, word) || on(OF_ALL, word) || !word.contains(char::is_alphabetic);
    let some =
        |word: &String| plain(word) || on(SOME, word) || on(STAFF, word) || on(SUB, word) || on("both", word);
    let sub = words.windows(2).any(|pair| pair[0] == "sub" && on(ALL, &pair[1]))
        || any(&words, "subtotal subtotals");
    let forward = ["carried forward", "brought forward", "c/f", "b/f"].iter().any(|of| text.starts_with(of));
    let within = ["of which", "of whom", "thereof", "including ", "incl. ", "incl "]
        .iter()
        .any(|of| text.starts_with(of));
    match () {
        () if within => Called::Within,
        () if any(&words, MEAN) => {
            let all = words.iter().all(|word| some(word) || on(MEAN, word) || on("supplier payment", word));
            if all { Called::Average } else { Called::Perhaps }
        }
        () if forward => Called::Total,
        () if any(&words, ALL) && words.iter().all(plain) => Called::Total,
        () if (sub || any(&words, ALL)) && words.iter().all(some) => Called::Some,
        () if of_both(name, Means::Either).is_some() => Called::Some,
        () if sub || any(&words, "total totals sum sums tot ttl combined aggregate overall gesamt σ") => {
            Called::Perhaps
        }
        () => Called::Nothing,
    }
}

/// Whether a name says of a sum that it is one of a part.
pub(super) fn is_subtotal(name: &str) -> bool {
    let words = words(name);
    any(&words, "subtotal subtotals") || words.windows(2).any(|pair| pair[0] == "sub" && on(ALL, &pair[1]))
}

/// An amount under a name that says thousands or millions, in pounds.
pub(super) fn scaled(name: &str, mut of: Answer) -> Answer {
    let Some(times) = scale(name) else { return of };
    if let Some(written) = read(&of.text, of.decimal).filter(|written| written.unit != Unit::Percent) {
        (of.text, of.decimal) = (plain(written.value * times), Decimal::Point);
    }
    of
}

/// A computed number as text, without what binary fractions add to it.
pub(super) fn plain(value: f64) -> String {
    let rounded = (value * 1e9).round() / 1e9;
    if rounded.is_finite() { rounded.to_string() } else { value.to_string() }
}

/// What a key of totals tells of staff and suppliers together, who are all that is paid.
pub(super) fn of_both(name: &str, part: Means) -> Option<(Whole, Means)> {
    let words = words(name);
    let suppliers = any(&words, "supplier suppliers vendor vendors subcontractor subcontractors contractors");
    let joined = any(&words, "and") || name.contains(['&', '+']);
    if !(suppliers && joined && any(&words, STAFF)) {
        return None;
    }
    let what = match () {
        () if respends(&words) => Whole::Respend,
        () if outside(&words) => Whole::Elsewhere,
        () => match spending(&words) {
            Some(Spending::Again(_)) => Whole::Respend,
            Some(Spending::Unclear(_)) => Whole::Unclear,
            Some(Spending::Paid(_)) => Whole::Local,
            None if any(&words, LOCAL) => Whole::Local,
            None => Whole::Total,
        },
    };
    Some((what, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sums_are_called() {
        for (name, wanted) in [
            ("Total", Called::Total),
            ("TOTAL 2023-24", Called::Total),
            ("Σ", Called::Total),
            ("Total excl. VAT", Called::Total),
            ("Total staff", Called::Some),
            ("Sub-total", Called::Some),
            ("Staff and suppliers", Called::Some),
            ("Total for the kitchen", Called::Perhaps),
            ("Total Gas & Power", Called::Perhaps),
            ("Sum Ltd", Called::Perhaps),
            ("of which cooks", Called::Within),
            ("Average", Called::Average),
            ("All Saints Cafe", Called::Nothing),
            ("All Seasons Catering", Called::Nothing),
            ("Greengrocer", Called::Nothing),
        ] {
            assert_eq!(called(name), wanted, "{name}");
        }
    }
}
