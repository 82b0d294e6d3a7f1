//! Which column of a ledger holds what.

use super::answer::Side;
use super::asides::{Aside, aside};
use super::choice::{amounts, kinds, spent_locally};
use super::fields::{Field, Means, field};
use super::gather::Gathered;
use super::suggestions::{OF_AN_ENTRY, WRITE_RESPEND};
use super::words::{any, words};
use crate::scenario::grid::{Cell, Ledger, read};
use crate::scenario::{Diagnostic, Origin, nearest};

/// A column of parts: what its bare numbers mean, and which part it tells of.
pub(super) type Part = (usize, Means, Side);

/// Which column holds what; of two, the first.
#[derive(Default)]
pub(super) struct Columns {
    pub name: Option<usize>,
    /// Numbers or codes of the rows.
    pub number: Option<usize>,
    /// Numbers of invoices or payments, which are not there twice.
    pub invoice: Option<usize>,
    pub kind: Option<usize>,
    pub paid: Option<usize>,
    pub local: Option<Part>,
    /// What is not local.
    pub elsewhere: Option<Part>,
    pub respend: Option<Part>,
}

pub(super) fn line(cells: &[Cell]) -> Origin {
    let (first, last) = (&cells[0].at, &cells[cells.len() - 1].at);
    Origin { source: first.source.clone(), span: first.span.start..last.span.end }
}

/// What stands under a name, without empty cells.
pub(super) fn under(ledger: &Ledger, c: usize) -> impl Iterator<Item = &Cell> {
    ledger.rows.iter().filter_map(move |row| row.get(c)).filter(|cell| !cell.text.is_empty())
}

pub(super) fn columns(ledger: &Ledger, gathered: &mut Gathered) -> Columns {
    let mut of = Columns::default();
    let mut named = Vec::new();
    let mut unknown = None;
    let mut found: Vec<Option<(Field, Means)>> =
        ledger.columns.iter().map(|cell| field(&cell.text)).collect();
    spent_locally(ledger, &mut found, &mut gathered.faults);
    let faults = &mut gathered.faults;
    let mut passed = Vec::new();
    passed.extend(amounts(ledger, &mut found, &mut gathered.notes));
    let (kind, no_kinds) = kinds(ledger, &found);
    for (c, cell) in ledger.columns.iter().enumerate() {
        let Some((what, means)) = found[c] else {
            match cell.text.is_empty() {
                _ if passed.contains(&c) => {}
                _ if c == 0 && cell.text.is_empty() => unknown = Some(c),
                true => {}
                false if is_here(ledger, c, &found) => of.local = Some((c, Means::Share, Side::Here)),
                false => match not_known(ledger, c, &found) {
                    Some(fault) => faults.push(fault),
                    None => passed.push(c),
                },
            }
            continue;
        };
        let free = match what {
            Field::Name => {
                named.push(c);
                true
            }
            Field::Number => {
                let word = "invoice transaction document voucher payment";
                if any(&words(&cell.text), word) {
                    of.invoice = of.invoice.or(Some(c));
                }
                of.number = of.number.or(Some(c));
                true
            }
            Field::Kind => {
                of.kind = kind;
                true
            }
            Field::Aside => {
                if aside(&words(&cell.text)) != Some(Aside::Note) {
                    passed.push(c);
                }
                true
            }
            Field::Paid => put(&mut of.paid, c),
            Field::Local => put(&mut of.local, (c, means, Side::Here)),
            Field::Place => put(&mut of.local, (c, means, Side::Named)),
            Field::Elsewhere => put(&mut of.elsewhere, (c, means, Side::Elsewhere)),
            Field::Respend | Field::SpentLocally => put(&mut of.respend, (c, means, Side::Here)),
            Field::RespentElsewhere => put(&mut of.respend, (c, means, Side::Elsewhere)),
            Field::Unclear => {
                let fault =
                    Diagnostic::at(&cell.at, format!("column \"{}\" can be read in two ways", cell.text));
                faults.push(fault.label("spent outside, or by those outside?").help(WRITE_RESPEND));
                true
            }
        };
        if !free {
            let title = format!("column \"{}\" says again what another column says", cell.text);
            let fault = Diagnostic::at(&cell.at, title).label("second of its kind");
            faults.push(fault.help(format!("leave one of the two out, or call it \"note: {}\"", cell.text)));
        }
    }
    // A group, a role or a body is a name where nothing names the payee.
    let best = |list: &str| named.iter().copied().find(|c| any(&words(&ledger.columns[*c].text), list));
    of.name = best("payee payees recipient recipients receiver who supplier suppliers vendor vendors")
        .or(best("name names"))
        .or(named.first().copied())
        .or(unknown);
    // A kind alone names its rows too, and a number where nothing else does.
    let category = no_kinds.first().copied().filter(|_| of.kind.is_none());
    passed.extend(no_kinds.iter().filter(|c| of.name.is_some() || Some(**c) != category));
    of.name = of.name.or(of.kind).or(category).or(of.number);
    let guessed = faults.iter().any(|fault| fault.help.iter().any(|help| help.starts_with("did you mean")));
    if !guessed {
        missing(ledger, &of, faults);
    }
    passed.sort_unstable();
    let names: Vec<String> = passed.iter().map(|c| format!("\"{}\"", ledger.columns[*c].text)).collect();
    if !names.is_empty() {
        gathered.notes.push(format!("Passed over, as no part of LM3: {}.", names.join(", ")));
    }
    of
}

fn put<T>(slot: &mut Option<T>, of: T) -> bool {
    let free = slot.is_none();
    if free {
        *slot = Some(of);
    }
    free
}

fn yes_or_no(ledger: &Ledger, c: usize) -> bool {
    let said =
        |cell: &Cell| ["yes", "no", "y", "n", "true", "false"].contains(&cell.text.to_lowercase().as_str());
    under(ledger, c).all(said) && under(ledger, c).next().is_some()
}

fn tells(found: &[Option<(Field, Means)>], what: &[Field]) -> bool {
    found.iter().flatten().any(|(field, _)| what.contains(field))
}

const OF_PLACE: [Field; 3] = [Field::Local, Field::Place, Field::Elsewhere];

/// "In Leeds", of which yes or no is said.
fn is_here(ledger: &Ledger, c: usize, found: &[Option<(Field, Means)>]) -> bool {
    let words = words(&ledger.columns[c].text);
    let first = words.first().map_or("", String::as_str);
    let second = words.get(1).map_or("", String::as_str);
    let place = first == "in" || (["based", "located", "lives", "living"].contains(&first) && second == "in");
    place && words.len() > 1 && found[c].is_none() && yes_or_no(ledger, c) && !tells(found, &OF_PLACE)
}

/// A column whose name is none; words and dates are passed over, numbers and answers of yes and no may be a part of LM3.
fn not_known(ledger: &Ledger, c: usize, found: &[Option<(Field, Means)>]) -> Option<Diagnostic> {
    let cell = &ledger.columns[c];
    let near = nearest(&cell.text.to_lowercase(), OF_AN_ENTRY);
    let numbers = under(ledger, c).any(|cell| read(&cell.text, ledger.decimal).is_some());
    let of_place = tells(found, &OF_PLACE) || (0..found.len()).any(|other| is_here(ledger, other, found));
    let answers = yes_or_no(ledger, c) && !of_place;
    let complete = tells(found, &[Field::Paid]) && of_place;
    if near.is_none() && !numbers && !answers && complete {
        return None;
    }
    let help = near.map_or_else(
        || (String::new(), format!("; call it \"note: {}\" to have it passed over", cell.text)),
        |near| (format!("did you mean {near}? "), String::new()),
    );
    let fault =
        Diagnostic::at(&cell.at, format!("column \"{}\" is not known", cell.text)).label("what is it?");
    Some(fault.help(format!(
        "{}the first row is payee, kind, amount, local, respend, or names like these{}",
        help.0, help.1
    )))
}

fn missing(ledger: &Ledger, of: &Columns, faults: &mut Vec<Diagnostic>) {
    let amount = |part: Option<Part>| {
        part.is_some_and(|of| matches!(of.1, Means::Amount | Means::ShareOrAmount) && of.2 != Side::Named)
    };
    // What is paid inside and what is paid outside are the whole.
    let paid = of.paid.is_some() || (amount(of.local) && amount(of.elsewhere));
    let local = of.local.is_some() || of.elsewhere.is_some();
    for (found, name, example) in [
        (paid, "amounts paid", "amount"),
        (
            local,
            "what is local of what is paid (yes, no, a share or an amount; of staff, who lives in the area)",
            "local",
        ),
    ] {
        if !found {
            let fault = Diagnostic::at(&line(&ledger.columns), format!("no column says {name}"));
            faults.push(
                fault
                    .label(format!("no column `{example}`"))
                    .help("the first row is payee, kind, amount, local, respend, or names like these"),
            );
        }
    }
}
