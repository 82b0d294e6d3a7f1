//! Totals that tell those outside the area apart: "local staff" beside "non-local staff".

use super::Kind;
use super::answer::{Answer, Side};
use super::doubts::twice;
use super::fields::{Means, Whole};
use super::gather::Entry;
use crate::scenario::Diagnostic;
use crate::scenario::grid::{Decimal, Unit, read};

pub(super) type Found = (Whole, Means, Answer);

/// Parts may miss their whole by this much, for rounding.
const ROUNDING: f64 = 0.005;

/// Bring what is said of those outside into the whole and its local part.
pub(super) fn with_outside(found: &mut Vec<Found>, faults: &mut Vec<Diagnostic>) {
    let kinds = [
        (Whole::Staff, Whole::StaffLocal, Whole::StaffOutside),
        (Whole::Suppliers, Whole::SuppliersLocal, Whole::SuppliersOutside),
    ];
    for (whole, local, outside) in kinds {
        let Some(at) = found.iter().position(|of| of.0 == outside) else { continue };
        let (_, means, answer) = found.remove(at);
        let told = |what: Whole| found.iter().find(|of| of.0 == what).cloned();
        let added = match (told(whole), told(local)) {
            (Some(all), Some(part)) => agree(&all, &part, (means, &answer)).map(|()| Vec::new()),
            (Some(all), None) => {
                rest_of(&all, (means, &answer)).map(|rest| vec![(local, Means::Share, rest)])
            }
            (None, Some(part)) => together(&part, &answer).map(|sum| vec![(whole, Means::Amount, sum)]),
            (None, None) => {
                let none = Answer { text: "no".into(), ..answer.clone() };
                Ok(vec![(whole, Means::Amount, answer), (local, Means::Share, none)])
            }
        };
        match added {
            Ok(added) => found.extend(added),
            Err(fault) => faults.push(fault),
        }
        // Beside an amount of those outside, that of those here is one too.
        found
            .iter_mut()
            .filter(|of| of.0 == local && of.1 == Means::Either)
            .for_each(|of| of.1 = Means::ShareOrAmount);
    }
}

fn computed(of: &Answer, value: f64) -> Answer {
    Answer { text: value.to_string(), decimal: Decimal::Point, ..of.clone() }
}

/// Whole, local part and outside part.
fn agree(all: &Found, part: &Found, (means, outside): (Means, &Answer)) -> Result<(), Diagnostic> {
    let whole = all.2.amount()?;
    let sum = part.2.share(part.1, whole)? + outside.share(means, whole)?;
    if (sum - 1.0).abs() <= ROUNDING {
        return Ok(());
    }
    Err(twice(
        &all.2,
        outside,
        "the local and the other part are not the whole: correct one of the three, or leave one out",
    ))
}

/// What is left of the whole for those in the area.
fn rest_of(all: &Found, (means, outside): (Means, &Answer)) -> Result<Answer, Diagnostic> {
    let share = outside.share(means, all.2.amount()?)?;
    Ok(computed(outside, 1.0 - share))
}

/// The whole, of two amounts.
fn together(part: &Found, outside: &Answer) -> Result<Answer, Diagnostic> {
    let sum = part.2.amount()? + outside.amount()?;
    Ok(computed(&part.2, sum))
}

/// Local and other spending on whomever: either part tells the other; beside an amount that is local, one that is not is paid to
/// somebody outside.
pub(super) fn of_everyone(found: &mut Vec<Found>, faults: &mut Vec<Diagnostic>) -> Option<Entry> {
    let at = found.iter().position(|of| of.0 == Whole::Elsewhere)?;
    let (_, means, answer) = found.remove(at);
    let Some((_, of_local, local)) = found.iter().find(|of| of.0 == Whole::Local) else {
        found.push((Whole::Local, means, answer.of(Side::Elsewhere)));
        return None;
    };
    match (paid_of(local, *of_local), paid_of(&answer, means)) {
        (true, true) => {
            let no = Answer { text: "no".into(), ..answer.clone() };
            return Some(Entry {
                name: "People and firms elsewhere".into(),
                kind: Kind::Supplier,
                at: answer.at.clone(),
                paid: Some(answer),
                local: Some((no, Means::Share)),
                elsewhere: None,
                respend: None,
                unread: [false; 2],
            });
        }
        (false, false) => {
            let sum = local
                .share(*of_local, f64::INFINITY)
                .and_then(|here| Ok(here + answer.share(means, f64::INFINITY)?));
            match sum {
                Ok(sum) if (sum - 1.0).abs() <= ROUNDING => {}
                Ok(_) => faults.push(twice(
                    local,
                    &answer,
                    "the two are not the whole: correct one, or leave it out",
                )),
                Err(fault) => faults.push(fault),
            }
        }
        // Nobody outside.
        (true, false) if read(&answer.text, answer.decimal).is_some_and(|of| of.value == 0.0) => {}
        _ => faults.push(twice(local, &answer, "write both in pounds or both as shares, or leave one out")),
    }
    None
}

/// Whether an answer about what is local is an amount.
pub(super) fn paid_of(answer: &Answer, means: Means) -> bool {
    let written = read(&answer.text, answer.decimal);
    let money = written.is_some_and(|of| of.unit == Unit::Money || of.value > 1.0);
    money && matches!(means, Means::Amount | Means::ShareOrAmount | Means::Either | Means::Round)
}
