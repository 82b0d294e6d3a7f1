//! Numbers whose unit their neighbours put in doubt: thousands beside pounds, people beside pounds, pence beside pounds.

use super::answer::Answer;
use super::fields::{Means, Whole};
use super::gather::Gathered;
use super::outside::Found;
use super::totals::plain;
use super::words::{any, words};
use crate::scenario::Diagnostic;
use crate::scenario::grid::{Unit, read};

fn bare(of: &Answer) -> Option<f64> {
    read(&of.text, of.decimal).filter(|written| written.unit == Unit::Bare).map(|written| written.value)
}

/// A part in a column that says no scale, beside amounts in thousands: as many thousands, or pounds?
pub(super) fn unscaled(
    part: &Answer,
    means: Means,
    (paid, times): (Option<&Answer>, f64),
) -> Option<Diagnostic> {
    let (value, paid) = (bare(part)?, paid?.amount().ok()?);
    let amounts = matches!(means, Means::Amount | Means::ShareOrAmount);
    (amounts && value > 1.0 && value * times <= paid * (1.0 + 1e-9)).then(|| {
        part.wrong(
            format!("£{value}, or £{} as the amount beside it?", plain(value * times)),
            "say in the name of this column too what its numbers are, such as (£000); or write £ before each",
        )
    })
}

/// The same of totals, where some names say thousands or millions and others do not.
pub(super) fn of_scales<'a>(
    found: impl Iterator<Item = &'a Found>,
    scales: &[f64],
    whole: f64,
) -> Vec<Diagnostic> {
    let doubt = |(_, means, answer): &'a Found| {
        let value = bare(answer)?;
        let open = matches!(means, Means::Either | Means::ShareOrAmount | Means::Round);
        let times = *scales
            .iter()
            .find(|times| (0.01 * whole..=whole * (1.0 + 1e-9)).contains(&(value * **times)))?;
        let share = if value <= 1.0 { value } else { value / 100.0 };
        (open && value > 0.0).then(|| {
            answer.wrong(
                format!("£{} as the other amounts, or £{value}, or a share?", plain(value * times)),
                format!(
                    "write £{} for the amount, {}% for the share",
                    plain(value * times),
                    plain(share * 100.0)
                ),
            )
        })
    };
    found.filter_map(doubt).collect()
}

/// "Local employees, 120" is a number of people: a bare number of people's or firms' names among amounts that have their sign, or
/// below a thousandth of the income.
pub(super) fn of_counts(found: &[Found], income: Option<&Answer>) -> Vec<Diagnostic> {
    const PEOPLE: &str =
        "employee employees staff worker workers volunteers supplier suppliers vendors contractors people";
    const MONEY: &str = "gbp pounds pay wage wages salary salaries cost costs paid spend spent spending payroll amount procurement r2 r3";
    let income = income.and_then(|income| Some((read(&income.text, income.decimal)?, income)));
    let doubt =
        |(what, means, answer): &Found| {
            let (value, (whole, _)) = (bare(answer)?, income?);
            let paid = matches!(
                what,
                Whole::Staff
                    | Whole::StaffLocal
                    | Whole::StaffOutside
                    | Whole::Suppliers
                    | Whole::SuppliersLocal
                    | Whole::SuppliersOutside
            );
            let words = words(&answer.key);
            let few = value * 1000.0 < whole.value;
            let signed = whole.unit == Unit::Money && value * 100.0 < whole.value;
            let open = matches!(means, Means::Either | Means::Share | Means::ShareOrAmount);
            (paid
                && open
                && value > 1.0
                && value.fract() == 0.0
                && !answer.text.contains('.')
                && any(&words, PEOPLE)
                && !any(&words, MONEY)
                && (few || signed))
                .then(|| {
                    answer.wrong(
                format!("£{value}, or {value} of them?"),
                format!("write £{value} for the amount; call a number of people or firms \"Number of ...\""),
            )
                })
        };
    found.iter().filter_map(doubt).collect()
}

/// Parts of amounts that come to a pound at most, under a name that says pounds: shares, or pence?
pub(super) fn tiny(of: &Gathered) -> Vec<Diagnostic> {
    const MANY: f64 = 50.0;
    let mut faults = Vec::new();
    let column = |part: usize| {
        of.entries.iter().filter_map(move |entry| {
            let (answer, means) = [&entry.local, &entry.elsewhere, &entry.respend][part].as_ref()?;
            let paid = entry.paid.as_ref()?.amount().ok()?;
            (*means == Means::Amount).then_some((answer, bare(answer)?, paid))
        })
    };
    for part in 0..3 {
        let small = |(_, value, paid): &(&Answer, f64, f64)| *value <= 1.0 && *paid >= MANY;
        if column(part).filter(|of| of.1 > 0.0).all(|of| small(&of)) {
            faults.extend(column(part).filter(|of| of.1 > 0.0).map(|(answer, value, paid)| {
                answer.wrong(
                    format!("£{value} of £{}, or {}% of it?", plain(paid), plain(value * 100.0)),
                    format!("write £{value} for the amount, {}% for the share", plain(value * 100.0)),
                )
            }));
        }
    }
    faults
}
