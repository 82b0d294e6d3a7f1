//! Which column of a ledger holds what.

use super::answer::Side;
use super::fields::{Field, Means, field};
use super::suggestions::{OF_AN_ENTRY, WRITE_RESPEND};
use super::words::{any, words};
use crate::scenario::grid::{Cell, Ledger};
use crate::scenario::{Diagnostic, Origin, nearest};

/// A column of parts: what its bare numbers mean, and which part it tells of.
pub(super) type Part = (usize, Means, Side);

/// Which column holds what; of two, the first.
#[derive(Default)]
pub(super) struct Columns {
    pub name: Option<usize>,
    /// Numbers or codes of the rows.
    pub number: Option<usize>,
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

pub(super) fn columns(ledger: &Ledger, faults: &mut Vec<Diagnostic>) -> Columns {
    let mut of = Columns::default();
    let mut named = Vec::new();
    let mut unknown = None;
    for (c, cell) in ledger.columns.iter().enumerate() {
        let Some((what, means)) = field(&cell.text) else {
            match cell.text.is_empty() {
                _ if c == 0 => unknown = Some(c),
                true => {}
                false => faults.push(not_known(cell)),
            }
            continue;
        };
        let free = match what {
            Field::Name => {
                named.push(c);
                true
            }
            Field::Number => {
                of.number = of.number.or(Some(c));
                true
            }
            Field::Kind => {
                of.kind = of.kind.or(Some(c));
                true
            }
            Field::Aside => true,
            Field::Paid => put(&mut of.paid, c),
            Field::Local => put(&mut of.local, (c, means, Side::Here)),
            Field::Place => put(&mut of.local, (c, means, Side::Named)),
            Field::Elsewhere => put(&mut of.elsewhere, (c, means, Side::Elsewhere)),
            Field::Respend => put(&mut of.respend, (c, means, Side::Here)),
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
            faults.push(fault.help("leave one of the two out, or call it a note"));
        }
    }
    // A group or a role is a name where nothing names the payee.
    let payee = "payee payees name names recipient recipients receiver who supplier suppliers vendor vendors";
    let best = named.iter().find(|c| any(&words(&ledger.columns[**c].text), payee));
    // A kind alone names its rows too, and a number where nothing else does.
    of.name = best.or(named.first()).copied().or(unknown).or(of.kind).or(of.number);
    let guessed = faults.iter().any(|fault| fault.help.iter().any(|help| help.starts_with("did you mean")));
    if !guessed {
        missing(ledger, &of, faults);
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

fn not_known(cell: &Cell) -> Diagnostic {
    let near = nearest(&cell.text.to_lowercase(), OF_AN_ENTRY);
    let help = near.map_or(String::new(), |near| format!("did you mean {near}? "));
    Diagnostic::at(&cell.at, format!("column \"{}\" is not known", cell.text))
        .label("what is it?")
        .help(format!("{help}the first row is payee, kind, amount, local, respend, or names like these"))
}

fn missing(ledger: &Ledger, of: &Columns, faults: &mut Vec<Diagnostic>) {
    let amount = |part: Option<Part>| {
        part.is_some_and(|of| matches!(of.1, Means::Amount | Means::ShareOrAmount) && of.2 != Side::Named)
    };
    // What is paid inside and what is paid outside are the whole.
    let paid = of.paid.is_some() || (amount(of.local) && amount(of.elsewhere));
    let local = of.local.is_some() || of.elsewhere.is_some();
    for (found, name, example) in [(paid, "amounts paid", "amount"), (local, "what is local", "local")] {
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
