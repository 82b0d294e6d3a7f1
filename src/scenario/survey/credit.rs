//! Credit notes: a row below nought of a payee who is there already is taken off what it was paid.

use super::answer::Answer;
use super::fields::Means;
use super::gather::Entry;
use crate::scenario::grid::{Decimal, Unit, read};

type Part = Option<(Answer, Means)>;

/// Take credit notes off. One that has no payee of its name, or is not told of alike, stays and is refused as a negative amount.
pub(super) fn taken_off(entries: &mut Vec<Entry>) {
    let mut k = 0;
    while k < entries.len() {
        match payee_of(entries, k) {
            Some((payee, left)) => {
                if let Some(paid) = &mut entries[payee].paid {
                    (paid.text, paid.decimal) = (left.to_string(), Decimal::Point);
                }
                entries.remove(k);
                k = k.saturating_sub(usize::from(payee < k));
            }
            None => k += 1,
        }
    }
}

fn paid(of: &Entry) -> Option<f64> {
    let paid = of.paid.as_ref()?;
    read(&paid.text, paid.decimal).filter(|of| of.unit != Unit::Percent).map(|of| of.value)
}

/// Whose credit note an entry is, and what is left of what that payee was paid.
fn payee_of(entries: &[Entry], k: usize) -> Option<(usize, f64)> {
    let note = &entries[k];
    let off = paid(note).filter(|off| *off < 0.0)?;
    let named = |of: &Entry| of.name.to_lowercase() == note.name.to_lowercase() && of.kind == note.kind;
    let payees: Vec<usize> =
        (0..entries.len()).filter(|p| named(&entries[*p]) && paid(&entries[*p]) > Some(0.0)).collect();
    let alike = |p: &usize| {
        let parts = |of: &Entry| [of.local.clone(), of.elsewhere.clone(), of.respend.clone()];
        let alone = payees.len() == 1;
        parts(note).iter().zip(&parts(&entries[*p])).all(|(own, its)| same_answer(own, its, alone))
    };
    payees.iter().copied().filter(alike).find_map(|p| {
        let before = paid(&entries[p])?;
        let left = before + off;
        let of = &entries[p];
        let shares =
            [&of.local, &of.elsewhere, &of.respend].into_iter().all(|part| is_share(part, before, left));
        (left >= 0.0 && shares).then_some((p, left))
    })
}

fn same_answer(own: &Part, its: &Part, alone: bool) -> bool {
    match (own, its) {
        (Some((own, _)), Some((its, _))) => own.text.eq_ignore_ascii_case(&its.text),
        (Some(_), None) => false,
        (None, its) => its.is_none() || alone,
    }
}

/// Whether an answer is the same of the whole as of what is left: an amount is not.
fn is_share(part: &Part, before: f64, left: f64) -> bool {
    let of = |(answer, means): &(Answer, Means), whole: f64| answer.local(*means, whole).ok();
    part.as_ref().is_none_or(|part| of(part, before) == of(part, left.max(f64::MIN_POSITIVE)))
}
