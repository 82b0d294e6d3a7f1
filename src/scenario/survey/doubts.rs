//! What a survey may say twice, or in a way that can be read as two different numbers: told, and never guessed.

use super::answer::{Answer, Side};
use super::fields::Means;
use super::gather::Gathered;
use super::named::kind_of_income;
use crate::scenario::grid::{Decimal, Unit, read};
use crate::scenario::{Diagnostic, Origin};

/// The line of a place in a file.
pub(super) fn line_of(at: &Origin) -> usize {
    at.source.text[..at.span.start.min(at.source.text.len())].matches('\n').count() + 1
}

/// The second of two answers to one question.
pub(super) fn twice(first: &Answer, again: &Answer, remedy: &str) -> Diagnostic {
    let line = line_of(&first.at);
    let what = format!("again: line {line} has said it (\"{}\" = {})", first.key, first.text);
    again.wrong(what, remedy)
}

/// Keep an answer, unless there is one already.
pub(super) fn once(slot: &mut Option<Answer>, answer: Answer, faults: &mut Vec<Diagnostic>) {
    match slot {
        Some(first) => faults.push(twice(first, &answer, "leave one of the two out")),
        None => *slot = Some(answer),
    }
}

/// One income; of several kinds with names of their own, their sum.
pub(super) fn income(of: &[(String, Answer)], faults: &mut Vec<Diagnostic>) -> Option<Answer> {
    let ((_, first), more) = of.split_first()?;
    if more.is_empty() {
        return Some(first.clone());
    }
    let kinds: Vec<Vec<String>> = of.iter().map(|(name, _)| kind_of_income(name)).collect();
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    let before = faults.len();
    let mut sum = 0.0;
    for (i, (_, answer)) in of.iter().enumerate() {
        let same = kinds[..i].iter().position(|kind| within(kind, &kinds[i]) || within(&kinds[i], kind));
        if let Some(same) = same {
            let remedy = "leave one of them out, or name each kind of income (\"Grant income\", \"Sales income\"): \
                          kinds are added up";
            faults.push(twice(&of[same].1, answer, remedy));
        }
        match answer.amount() {
            Ok(amount) => sum += amount,
            Err(fault) => faults.push(fault),
        }
    }
    let key = "income, all kinds".to_owned();
    let of_all = Answer {
        key,
        text: sum.to_string(),
        at: first.at.clone(),
        decimal: Decimal::Point,
        side: Side::Here,
    };
    (faults.len() == before).then_some(of_all)
}

/// Bare numbers up to one where the name says per cent. Those of a column are taken together.
pub(super) fn percents(of: &Gathered) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let local = of.entries.iter().filter_map(|entry| entry.local.as_ref());
    let respend = of.entries.iter().filter_map(|entry| entry.respend.as_ref());
    let other = of.entries.iter().filter_map(|entry| entry.elsewhere.as_ref());
    for column in [local.collect::<Vec<_>>(), other.collect(), respend.collect()] {
        let bare = |answer: &Answer| {
            read(&answer.text, answer.decimal).filter(|w| w.unit == Unit::Bare).map(|w| w.value)
        };
        let of_percents: Vec<(&Answer, f64)> = column
            .iter()
            .filter(|(_, means)| *means == Means::Percent)
            .filter_map(|(answer, _)| Some((answer, bare(answer)?)))
            .collect();
        if of.in_columns && of_percents.iter().any(|(_, value)| *value > 1.0) {
            continue;
        }
        for (answer, value) in of_percents.iter().filter(|(_, value)| *value > 0.0 && *value <= 1.0) {
            let whole = (value * 1e8).round() / 1e6;
            let remedy =
                format!("write {whole} or {whole}%; if {value} in a hundred is meant, write {value}%");
            faults.push(answer.wrong("a share under a name that says per cent", remedy));
        }
    }
    faults
}

/// How an amount is written: whether its point may stand before thousands.
#[derive(PartialEq)]
enum Point {
    Either,
    Decimal,
    Untold,
}

fn point(answer: &Answer) -> Point {
    let text = answer.text.trim_matches(|c: char| !c.is_ascii_digit());
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('.') {
        _ if text.contains(',') => Point::Decimal,
        Some((whole, part)) if digits(whole) && digits(part) && part.len() == 3 => {
            if (1..=3).contains(&whole.len()) && !whole.starts_with('0') {
                Point::Either
            } else {
                Point::Decimal
            }
        }
        None => Point::Untold,
        _ => Point::Decimal,
    }
}

/// `25.500` where no amount tells whether points stand before decimals or before thousands.
pub(super) fn thousands(of: &Gathered) -> Vec<Diagnostic> {
    let whole = of.incomes.iter().map(|(_, answer)| answer).chain(&of.total);
    let amounts: Vec<&Answer> = whole.chain(of.entries.iter().flat_map(|entry| entry.amounts())).collect();
    let told = |answer: &&&Answer| answer.decimal == Decimal::Comma || point(answer) == Point::Decimal;
    if amounts.iter().any(|answer| told(&answer)) {
        return Vec::new();
    }
    // Parts in pounds tell nothing, as they may be shares, and are doubtful as amounts are.
    let parts = of.entries.iter().flat_map(|entry| [&entry.local, &entry.respend]).flatten();
    let beside = parts.filter(|(answer, means)| {
        let bare = read(&answer.text, answer.decimal).filter(|of| of.unit != Unit::Percent);
        *means != Means::Percent && bare.is_some_and(|of| of.value > 1.0)
    });
    let mut all = amounts.clone();
    all.extend(beside.map(|of| &of.0).filter(|part| amounts.iter().all(|of| of.at.span != part.at.span)));
    let doubtful = all.iter().filter(|answer| point(answer) == Point::Either);
    let doubt = |answer: &&Answer| {
        let (many, few) =
            (answer.text.replace('.', ""), answer.text.trim_end_matches('0').trim_end_matches('.'));
        answer.wrong("thousands, or pounds and decimals?", format!("write {many}, or {few}"))
    };
    doubtful.map(doubt).collect()
}
