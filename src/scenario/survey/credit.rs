//! Credit notes: a row below nought of a payee who is there already is taken off what it was paid.

use super::answer::Answer;
use super::fields::Means;
use super::gather::Entry;
use super::totals::plain;
use crate::scenario::grid::{Decimal, Unit, read};

type Part = Option<(Answer, Means)>;

/// Take credit notes off, of several payees alike from the last above first. One that has no payee of its name, or is not told of
/// alike, stays and is refused as a negative amount.
pub(super) fn taken_off(entries: &mut Vec<Entry>) {
    let mut k = 0;
    while k < entries.len() {
        match payees_of(entries, k) {
            Some(payees) => {
                let note = entries.remove(k);
                let mut off = paid(&note).map_or(0.0, f64::abs);
                let before = |p: usize| if p > k { p - 1 } else { p };
                for p in payees.into_iter().map(before) {
                    off = take(&mut entries[p], &note, off);
                }
            }
            None => k += 1,
        }
    }
}

/// Take an amount off a payee as far as there is any. What is left of it.
fn take(of: &mut Entry, note: &Entry, off: f64) -> f64 {
    let before = paid(of).unwrap_or(0.0);
    let here = off.min(before);
    if let Some(paid) = &mut of.paid {
        (paid.text, paid.decimal) = (plain(before - here), Decimal::Point);
    }
    for (its, credit) in
        [(&mut of.local, &note.local), (&mut of.elsewhere, &note.elsewhere), (&mut of.respend, &note.respend)]
    {
        if let (Some((its, _)), Some(less)) = (its, credit.as_ref().and_then(|of| below_nought(&of.0)))
            && let Some(before) = amount(its)
        {
            (its.text, its.decimal) = (plain((before + less).max(0.0)), Decimal::Point);
        }
    }
    off - here
}

fn amount(of: &Answer) -> Option<f64> {
    read(&of.text, of.decimal).filter(|of| of.unit != Unit::Percent).map(|of| of.value)
}

fn below_nought(of: &Answer) -> Option<f64> {
    amount(of).filter(|value| *value < 0.0)
}

fn paid(of: &Entry) -> Option<f64> {
    amount(of.paid.as_ref()?)
}

/// A name without what says that it is a credit: "A (credit)".
fn payee_name(of: &str) -> String {
    let name = of.to_lowercase();
    let said =
        ["(credit)", "(credit note)", "(refund)", "(cr)"].iter().find_map(|end| name.strip_suffix(end));
    said.unwrap_or(&name).trim().to_owned()
}

/// Whose credit note an entry is: payees of its name and of like answers, who were paid as much.
fn payees_of(entries: &[Entry], k: usize) -> Option<Vec<usize>> {
    let note = &entries[k];
    let off = paid(note).filter(|off| *off < 0.0)?;
    let named = |of: &Entry| payee_name(&of.name) == payee_name(&note.name) && of.kind == note.kind;
    let payees: Vec<usize> =
        (0..entries.len()).filter(|p| named(&entries[*p]) && paid(&entries[*p]) > Some(0.0)).collect();
    let parts = |of: &Entry| [of.local.clone(), of.elsewhere.clone(), of.respend.clone()];
    let each_alike = payees.iter().all(|p| {
        parts(&entries[*p]).iter().zip(&parts(&entries[payees[0]])).all(|(a, b)| same_answer(a, b, false))
    });
    let in_pounds = parts(note).iter().flatten().any(|of| below_nought(&of.0).is_some());
    let alike = |p: &usize| {
        parts(note).iter().zip(&parts(&entries[*p])).all(|(own, its)| same_answer(own, its, each_alike))
    };
    let alike: Vec<usize> = payees.into_iter().filter(alike).collect();
    let enough =
        |p: &usize| paid(&entries[*p]).is_some_and(|paid| paid + off >= 0.0 && fits(&entries[*p], note));
    // One that was paid enough alone; else all together.
    if let Some(one) = alike.iter().copied().find(enough) {
        let before = paid(&entries[one])?;
        return in_shares(&entries[one], note, (before, before + off)).then(|| vec![one]);
    }
    let all: f64 = alike.iter().filter_map(|p| paid(&entries[*p])).sum();
    let shares = |p: &usize| {
        let before = paid(&entries[*p]).unwrap_or(0.0);
        in_shares(&entries[*p], note, (before, before / 2.0))
    };
    (!in_pounds && all + off >= -1e-9 && alike.iter().all(shares)).then(|| alike.into_iter().rev().collect())
}

/// Whether parts in pounds are no more than what they are taken off.
fn fits(of: &Entry, note: &Entry) -> bool {
    let parts = [(&of.local, &note.local), (&of.elsewhere, &note.elsewhere), (&of.respend, &note.respend)];
    parts.iter().all(|(its, credit)| {
        let less = credit.as_ref().and_then(|of| below_nought(&of.0));
        less.is_none_or(|less| its.as_ref().and_then(|of| amount(&of.0)).is_some_and(|its| its + less >= 0.0))
    })
}

fn same_answer(own: &Part, its: &Part, alone: bool) -> bool {
    match (own, its) {
        (Some((own, _)), Some((its, _))) if below_nought(own).is_some() => {
            amount(its).is_some_and(|its| its > 1.0)
        }
        (Some((own, _)), Some((its, _))) => own.text.eq_ignore_ascii_case(&its.text),
        (Some(_), None) => false,
        (None, its) => its.is_none() || alone,
    }
}

/// Whether the answers are the same of the whole as of what is left: an amount is not, unless the credit has its own.
fn in_shares(of: &Entry, note: &Entry, (before, left): (f64, f64)) -> bool {
    let told = |(answer, means): &(Answer, Means), whole: f64| answer.local(*means, whole).ok();
    let parts = [(&of.local, &note.local), (&of.elsewhere, &note.elsewhere), (&of.respend, &note.respend)];
    parts
        .into_iter()
        .filter(|(_, credit)| credit.as_ref().is_none_or(|of| below_nought(&of.0).is_none()))
        .all(|(part, _)| {
            part.as_ref().is_none_or(|part| told(part, before) == told(part, left.max(f64::MIN_POSITIVE)))
        })
}
