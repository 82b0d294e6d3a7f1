//! Totals that tell those outside the area apart: "local staff" beside "non-local staff".

use super::answer::Answer;
use super::doubts::twice;
use super::fields::{Means, Whole};
use crate::scenario::Diagnostic;
use crate::scenario::grid::Decimal;

type Found = (Whole, Means, Answer);

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
