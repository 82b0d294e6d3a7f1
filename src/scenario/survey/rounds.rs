//! Totals of a round beside its parts, as worksheets have them: all of round two beside local staff and local suppliers, or the
//! parts of one round and all of the other.

use super::answer::Answer;
use super::fields::{Means, Whole};
use super::outside::Found;
use super::totals::plain;
use super::words::{any, on, words};
use crate::scenario::Diagnostic;
use crate::scenario::grid::{Decimal, Unit, read};

const ROUNDING: f64 = 0.005;

/// Whether a name is that of a sum of rounds: "Total R1+R2+R3".
pub(super) fn adds_rounds(name: &str) -> bool {
    words(name).iter().filter(|word| on("r1 r2 r3", word)).count() > 1
}

/// An answer in pounds, and not a share.
fn pounds(of: &Answer) -> Option<f64> {
    let written = read(&of.text, of.decimal)?;
    (written.unit == Unit::Money || (written.unit == Unit::Bare && written.value > 1.0))
        .then_some(written.value)
}

fn told(found: &[Found], what: Whole) -> Option<&Answer> {
    found.iter().find(|of| of.0 == what).map(|of| &of.2)
}

fn drop_all(found: &mut Vec<Found>, what: &[Whole]) {
    found.retain(|of| !what.contains(&of.0));
}

/// Keep of a round its parts or its whole, whichever the other rounds need.
pub(super) fn of_rounds(
    found: &mut Vec<Found>,
    income: bool,
    notes: &mut Vec<String>,
    faults: &mut Vec<Diagnostic>,
) {
    let second = (Whole::Local, [Whole::StaffLocal, Whole::SuppliersLocal]);
    let third = (Whole::Respend, [Whole::StaffRespend, Whole::SuppliersRespend]);
    for (all, parts) in [second, third] {
        let (Some(whole), [Some(a), Some(b)]) = (told(found, all), parts.map(|part| told(found, part)))
        else {
            continue;
        };
        let (Some(sum), Some(one), Some(other)) = (pounds(whole), pounds(a), pounds(b)) else { continue };
        if (one + other - sum).abs() <= ROUNDING * sum {
            notes.push(format!("\"{}\" is the sum of \"{}\" and \"{}\".", whole.key, a.key, b.key));
        } else {
            faults.push(whole.wrong(
                format!("\"{}\" and \"{}\" come to £{}", a.key, b.key, plain(one + other)),
                "correct one of the three, or leave this one out",
            ));
        }
        drop_all(found, &[all]);
    }
    // What is told of one round in parts, and of the other as a whole, is taken together.
    for ((all, parts), (other, its)) in [(second, third), (third, second)] {
        let alone = told(found, all).is_none() && its.iter().all(|part| told(found, *part).is_none());
        let (Some(_), [Some(a), Some(b)]) = (told(found, other), parts.map(|part| told(found, part))) else {
            continue;
        };
        let (Some(one), Some(two)) = (pounds(a), pounds(b)) else { continue };
        if !alone || (all == Whole::Local && !income) {
            continue;
        }
        let sum = Answer { text: plain(one + two), decimal: Decimal::Point, ..a.clone() };
        notes.push(format!(
            "\"{}\" and \"{}\" are taken together, £{}, as the other round is.",
            a.key, b.key, sum.text
        ));
        drop_all(found, &parts);
        if all == Whole::Local {
            drop_all(found, &[Whole::Staff, Whole::Suppliers, Whole::StaffOutside, Whole::SuppliersOutside]);
        }
        found.push((all, Means::Amount, sum));
    }
}

/// All that a buyer spends, how much of it is local, and what is spent again, without a word of staff: the suppliers' figures.
pub(super) fn of_procurement(found: &mut [Found], notes: &mut Vec<String>) {
    let others = [
        Whole::Staff,
        Whole::StaffLocal,
        Whole::StaffRespend,
        Whole::StaffOutside,
        Whole::SuppliersLocal,
        Whole::SuppliersOutside,
        Whole::SuppliersRespend,
    ];
    if others.iter().any(|what| told(found, *what).is_some()) {
        return;
    }
    let (Some(all), Some(local)) = (told(found, Whole::Suppliers), told(found, Whole::Local)) else { return };
    if !any(&words(&all.key), "spend spending expenditure total procurement purchasing") {
        return;
    }
    notes.push(format!("\"{}\" is a part of \"{}\".", local.key, all.key));
    for of in found {
        of.0 = match of.0 {
            Whole::Local => Whole::SuppliersLocal,
            Whole::Respend => Whole::SuppliersRespend,
            other => other,
        };
    }
}
