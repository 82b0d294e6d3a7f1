//! Rows of a ledger that are the sum of others, as their amounts prove. The sum of all rows is taken apart and told of; that of some
//! would be counted beside them, and is asked about.

use super::Kind;
use super::doubts::{self, line_of};
use super::gather::{Entry, Gathered};
use super::named::is_firm;
use super::spending::STAFF;
use super::totals::{Called, called, is_subtotal};
use super::words::{any, outside, words};
use crate::scenario::Diagnostic;
use crate::scenario::grid::{Unit, read};

/// A row of the ledger, before it is known to be a payee.
pub(super) struct Row {
    pub entry: Entry,
    pub unnamed: bool,
    /// Whether a column says whether it is staff or a supplier, which a sum is not.
    pub kind_told: bool,
    /// Neither staff nor supplier, if it is a payee.
    pub doubt: Option<Diagnostic>,
}

/// How near a sum comes that its name calls one, rounded as it may be; and one that only its amount shows.
const ROUNDED: f64 = 0.005;
const EXACT: f64 = 0.0005;

/// One row as far as sums go.
struct Line {
    amount: Option<f64>,
    local: Option<f64>,
    kind: Kind,
    called: Called,
    unnamed: bool,
    /// Found to be a sum.
    sum: bool,
}

fn amount(of: &Entry) -> Option<f64> {
    let amounts = of.amounts();
    let read = |answer: &&super::answer::Answer| {
        let written = read(&answer.text, answer.decimal)?;
        (written.unit != Unit::Percent).then_some(written.value)
    };
    if amounts.is_empty() { None } else { amounts.iter().map(read).sum() }
}

fn line(row: &Row) -> Line {
    let amount = amount(&row.entry);
    let part = row.entry.local.as_ref().or(row.entry.elsewhere.as_ref());
    let local = part.zip(amount).and_then(|((answer, means), of)| answer.local(*means, of.abs()).ok());
    let called = if row.kind_told && called(&row.entry.name) != Called::Some {
        Called::Nothing
    } else {
        called(&row.entry.name)
    };
    let unnamed = row.unnamed && !row.kind_told;
    Line { amount, local, kind: row.entry.kind, called, unnamed, sum: false }
}

fn near(a: f64, b: f64, by: f64) -> bool {
    a > 0.0 && (a - b).abs() <= by * a + 1e-9
}

/// The payees among the rows; totals go to where they are compared, all else to the faults.
pub(super) fn apart(rows: Vec<Row>, gathered: &mut Gathered) -> Vec<Entry> {
    let mut lines: Vec<Line> = rows.iter().map(line).collect();
    let income = doubts::income(&gathered.incomes, &mut Vec::new()).and_then(|income| income.amount().ok());
    // A second look, as a total may stand above another.
    for _ in 0..2 {
        for k in 0..lines.len() {
            lines[k].sum = lines[k].sum || (!rows[k].kind_told && is_all(&lines, k));
        }
    }
    let mut payees = Vec::new();
    let (mut totals, mut averages) = (Vec::new(), Vec::new());
    for (k, mut row) in rows.into_iter().enumerate() {
        let own = &lines[k];
        let told = |what: &str, remedy: &str| {
            let amounts = row.entry.amounts();
            amounts.first().map(|any| any.wrong(what, remedy))
        };
        let firm = own.called == Called::Perhaps && is_firm(&row.entry.name);
        let answered =
            row.entry.local.is_some() || row.entry.elsewhere.is_some() || row.entry.respend.is_some();
        let alone = own.called == Called::Total || (own.called == Called::Perhaps && !answered);
        let label = if own.unnamed { "without a name".to_owned() } else { format!("\"{}\"", row.entry.name) };
        let place = format!("line {} ({label})", line_of(&row.entry.at));
        let fault = match own.called {
            _ if own.sum && (firm || own.amount.is_none()) => told(
                "the other rows come to this: their sum, or a payee?",
                "take the row out if it is their sum; else say in a column `kind` that it is a supplier",
            ),
            Called::Average if own.sum => {
                averages.push(place);
                continue;
            }
            _ if own.sum => {
                totals.push(place);
                gathered.totals.push(row.entry);
                continue;
            }
            Called::Within => told(
                "a part of a row above it would be counted twice",
                "take the row out, or write the other part in place of the whole",
            ),
            Called::Average => told("an average of what?", "take the row out: every row is a payee"),
            Called::Total | Called::Perhaps
                if alone
                    && !row.kind_told
                    && own.amount.zip(income).is_some_and(|(own, income)| near(income, own, ROUNDED)) =>
            {
                totals.push(place);
                continue;
            }
            Called::Some if is_subtotal(&row.entry.name) => {
                told("it would be counted beside its rows", "take the row out: every row is a payee")
            }
            _ if is_part(&lines, k, &row.entry.name) => told(
                "other rows come to this: is it their sum?",
                "take the row out if it is their sum; else give it a name of its own, or say in a column `kind` who it is",
            ),
            Called::Total | Called::Perhaps if alone && !row.kind_told => {
                let rest = others(&lines, k, |line| line.called != Called::Total && !line.sum);
                told(
                    &format!("the rows come to £{:.2}", rest.1),
                    "correct the total or a row, or take the row of totals out; a payee of this name needs a column `kind`",
                )
            }
            _ => None,
        };
        match fault {
            Some(fault) => gathered.faults.push(fault),
            None => {
                gathered.faults.extend(row.doubt.take());
                payees.push(row.entry);
            }
        }
    }
    for (what, found) in [("the sum of the other rows", totals), ("the average of the other rows", averages)]
    {
        if !found.is_empty() {
            let mut text = found.join(", ");
            text.replace_range(0..1, "L");
            gathered.notes.push(format!("{text}: {what}, and no payee."));
        }
    }
    payees
}

/// How many other rows of some sort there are, and what they come to. Credits count below nought.
fn others(lines: &[Line], k: usize, of: impl Fn(&Line) -> bool) -> (usize, f64) {
    let counted = lines.iter().enumerate().filter(|(i, line)| *i != k && of(line));
    counted.filter_map(|(_, line)| line.amount).fold((0, 0.0), |(n, sum), amount| (n + 1, sum + amount))
}

/// Whether a row is the sum of all others, or called their average and is that.
fn is_all(lines: &[Line], k: usize) -> bool {
    let own = &lines[k];
    let Some(amount) = own.amount else { return false };
    let by = if matches!(own.called, Called::Total | Called::Some) { ROUNDED } else { EXACT };
    if !own.unnamed && matches!(own.called, Called::Nothing | Called::Within) {
        return false;
    }
    let strict = |line: &Line| matches!(line.called, Called::Total | Called::Some | Called::Average);
    let bases = [
        others(lines, k, |line| !line.sum),
        others(lines, k, |line| !line.sum && !strict(line)),
        others(lines, k, |line| line.called == Called::Nothing && !line.unnamed),
    ];
    let same_kind = lines.iter().enumerate().all(|(i, line)| i == k || line.sum || line.kind == own.kind);
    let least = match own.called {
        Called::Total => 1,
        Called::Some if same_kind => 1,
        _ => 2,
    };
    bases.iter().any(|(n, sum)| match own.called {
        Called::Average => *n > 1 && near(sum / *n as f64, amount, ROUNDED),
        _ => *n >= least && near(*sum, amount, by),
    })
}

/// Whether a row comes to what some others do: those directly above it, all of its kind, or all in or outside the area.
fn is_part(lines: &[Line], k: usize, name: &str) -> bool {
    let own = &lines[k];
    let Some(amount) = own.amount else { return false };
    let by = if own.called == Called::Some { ROUNDED } else { EXACT };
    if own.called == Called::Nothing && !own.unnamed {
        return false;
    }
    let words = words(name);
    let payee = |line: &Line| !line.sum && line.called == Called::Nothing;
    let mut above = 0.0;
    let run = (0..k).rev().take_while(|i| payee(&lines[*i])).enumerate().any(|(n, i)| {
        above += lines[i].amount.unwrap_or(0.0);
        (n > 0 || own.unnamed) && near(above, amount, by)
    });
    let least = |says: bool| if says { 1 } else { 2 };
    let come_to = |(n, sum): (usize, f64), least: usize| n >= least && near(sum, amount, by);
    let kind = own.called == Called::Some && {
        let says = any(&words, STAFF) || any(&words, "supplier suppliers vendors contractors subcontractors");
        come_to(others(lines, k, |line| payee(line) && line.kind == own.kind), least(says))
    };
    let says_outside = outside(&words);
    let says_local = !says_outside && any(&words, "local locally area");
    let place = |inside: bool| {
        let sum: Vec<f64> = lines
            .iter()
            .enumerate()
            .filter(|(i, line)| *i != k && payee(line))
            .filter_map(|(_, line)| Some(line.amount? * if inside { line.local? } else { 1.0 - line.local? }))
            .filter(|amount| *amount != 0.0)
            .collect();
        (sum.len(), sum.iter().sum())
    };
    let of_place = (says_local && come_to(place(true), 1)) || (says_outside && come_to(place(false), 1));
    (run && own.called != Called::Within) || kind || of_place
}
