//! A survey as a ledger, a row a payee; columns in any order, under the names that people give them.

use super::Kind;
use super::answer::Answer;
use super::doubts::{once, thousands};
use super::fields::{Field, Means, Whole, field, whole};
use super::gather::{Entry, Gathered};
use super::suggestions::OF_AN_ENTRY;
use super::{Survey, summary};
use crate::scenario::grid::{Cell, Ledger};
use crate::scenario::{Diagnostic, Origin, ScenarioError, nearest};

pub(super) fn parse(file: &str, text: &str) -> Result<Survey, ScenarioError> {
    let ledger = Ledger::parse(file, text)?;
    let mut gathered = Gathered::default();
    head(&ledger, &mut gathered);
    if !summary::gather(&ledger, &mut gathered) {
        rows(&ledger, &mut gathered);
    }
    let mut doubtful = thousands(&gathered);
    gathered.faults.append(&mut doubtful);
    gathered.survey(file, text)
}

/// `# income_gbp: 100000` and the like above the table.
fn head(ledger: &Ledger, gathered: &mut Gathered) {
    for (key, cell) in &ledger.header {
        let answer = Answer::cell(key.clone(), cell, ledger.decimal);
        match key.as_str() {
            "organisation" | "organization" | "name" => {
                once(&mut gathered.organisation, answer, &mut gathered.faults);
            }
            "area" => once(&mut gathered.area, answer, &mut gathered.faults),
            "contractor" => once(&mut gathered.contractor, answer, &mut gathered.faults),
            "income" | "income_gbp" | "turnover" | "turnover_gbp" | "revenue" | "r1" => {
                gathered.incomes.push((key.clone(), answer));
            }
            "staff_respend" => once(&mut gathered.rates[0], answer, &mut gathered.faults),
            "supplier_respend" | "suppliers_respend" => {
                once(&mut gathered.rates[1], answer, &mut gathered.faults);
            }
            "outside_respend" => once(&mut gathered.rates[2], answer, &mut gathered.faults),
            other => {
                let known = [
                    "organisation",
                    "area",
                    "contractor",
                    "income_gbp",
                    "turnover",
                    "staff_respend",
                    "supplier_respend",
                    "outside_respend",
                ];
                if let Some(near) = nearest(other, known) {
                    gathered.faults.push(answer.wrong("no such key", format!("did you mean {near}?")));
                }
            }
        }
    }
}

/// Which column holds what; of two, the first.
#[derive(Default)]
struct Columns {
    name: Option<usize>,
    kind: Option<usize>,
    paid: Option<usize>,
    local: Option<(usize, Means)>,
    respend: Option<(usize, Means)>,
}

fn line(cells: &[Cell]) -> Origin {
    let (first, last) = (&cells[0].at, &cells[cells.len() - 1].at);
    Origin { source: first.source.clone(), span: first.span.start..last.span.end }
}

fn columns(ledger: &Ledger, faults: &mut Vec<Diagnostic>) -> Columns {
    let mut of = Columns::default();
    for (c, cell) in ledger.columns.iter().enumerate() {
        match field(&cell.text) {
            Some((Field::Name, _)) if of.name.is_none() => of.name = Some(c),
            Some((Field::Kind, _)) if of.kind.is_none() => of.kind = Some(c),
            Some((Field::Paid, _)) if of.paid.is_none() => of.paid = Some(c),
            Some((Field::Local, means)) if of.local.is_none() => of.local = Some((c, means)),
            Some((Field::Respend, means)) if of.respend.is_none() => of.respend = Some((c, means)),
            Some((Field::Aside | Field::Name | Field::Kind, _)) => {}
            Some(_) => {
                let fault = Diagnostic::at(
                    &cell.at,
                    format!("column \"{}\" says again what another column says", cell.text),
                );
                faults.push(
                    fault.label("second of its kind").help("leave one of the two out, or call it a note"),
                );
            }
            None if c == 0 => of.name = Some(c),
            None if cell.text.is_empty() => {}
            None => {
                let near = nearest(&cell.text.to_lowercase(), OF_AN_ENTRY);
                let help = near.map_or(String::new(), |near| format!("did you mean {near}? "));
                let fault = Diagnostic::at(&cell.at, format!("column \"{}\" is not known", cell.text))
                    .label("what is it?");
                faults.push(fault.help(format!(
                    "{help}the first row is payee, kind, amount, local, respend, or names like these"
                )));
            }
        }
    }
    let guessed = faults.iter().any(|fault| fault.help.iter().any(|help| help.starts_with("did you mean")));
    if guessed {
        return of;
    }
    // A kind alone names its rows too.
    of.name = of.name.or(of.kind);
    for (found, name, example) in
        [(of.paid.is_some(), "amounts paid", "amount"), (of.local.is_some(), "what is local", "local")]
    {
        if !found {
            let fault = Diagnostic::at(&line(&ledger.columns), format!("no column says {name}"));
            faults.push(
                fault
                    .label(format!("no column `{example}`"))
                    .help("the first row is payee, kind, amount, local, respend, or names like these"),
            );
        }
    }
    of
}

fn rows(ledger: &Ledger, gathered: &mut Gathered) {
    gathered.in_columns = true;
    let before = gathered.faults.len();
    let of = columns(ledger, &mut gathered.faults);
    if gathered.faults.len() > before {
        return;
    }
    for (i, row) in ledger.rows.iter().enumerate() {
        let given = |c: Option<usize>| row.get(c?).filter(|cell| !cell.text.is_empty());
        if let Some(cell) = row.iter().skip(ledger.columns.len()).find(|cell| !cell.text.is_empty()) {
            let fault =
                Diagnostic::at(&cell.at, format!("a cell beyond the {} columns", ledger.columns.len()));
            gathered.faults.push(
                fault.label("under no column").help("put quotes around a cell that holds a comma: \"1,000\""),
            );
            continue;
        }
        let name = given(of.name).map_or_else(|| format!("row {}", i + 1), |cell| cell.text.clone());
        let answer = |cell: &Cell, c: usize| {
            Answer::cell(
                format!("row \"{name}\", column \"{}\"", ledger.columns[c].text),
                cell,
                ledger.decimal,
            )
        };
        let at_column = |c: Option<usize>| Some(answer(given(c)?, c?));
        let (local, respend) = (of.local.map(|l| l.0), of.respend.map(|r| r.0));
        // Income and totals are told in rows of their own, which say nothing of what is local.
        if (of.kind == of.name || given(of.kind).is_none())
            && given(local).is_none()
            && given(respend).is_none()
        {
            match whole(&name).map(|of| of.0) {
                Some(Whole::Income) => {
                    gathered.incomes.extend(at_column(of.paid).map(|answer| (name, answer)));
                    continue;
                }
                Some(Whole::Total) => {
                    if let Some(answer) = at_column(of.paid) {
                        once(&mut gathered.total, answer, &mut gathered.faults);
                    }
                    continue;
                }
                _ if given(of.paid).is_none() => continue,
                _ => {}
            }
        }
        let of_name = matches!(
            whole(&name),
            Some((
                Whole::Staff
                    | Whole::StaffLocal
                    | Whole::StaffOutside
                    | Whole::StaffRespend
                    | Whole::StaffUnclear
                    | Whole::Others(Kind::Staff),
                _
            ))
        );
        let kind = match given(of.kind).map(|cell| (cell, whole(&cell.text).map(|of| of.0))) {
            None if of_name => Kind::Staff,
            None
            | Some((
                _,
                Some(
                    Whole::Suppliers
                    | Whole::SuppliersLocal
                    | Whole::SuppliersOutside
                    | Whole::Others(Kind::Supplier),
                ),
            )) => Kind::Supplier,
            Some((
                _,
                Some(Whole::Staff | Whole::StaffLocal | Whole::StaffOutside | Whole::Others(Kind::Staff)),
            )) => Kind::Staff,
            Some((cell, _)) => {
                let answer = Answer::cell(format!("row \"{name}\", kind"), cell, ledger.decimal);
                gathered.faults.push(answer.wrong("neither staff nor supplier", "write staff or supplier"));
                Kind::Supplier
            }
        };
        gathered.entries.push(Entry {
            at: line(row),
            kind,
            paid: at_column(of.paid),
            local: of.local.and_then(|(c, means)| Some((answer(given(Some(c))?, c), means))),
            respend: of.respend.and_then(|(c, means)| Some((answer(given(Some(c))?, c), means))),
            name,
            unread: [false; 2],
        });
    }
}
