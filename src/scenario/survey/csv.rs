//! A survey as a ledger, a row a payee; columns in any order, under the names that people give them.

use super::Kind;
use super::answer::Answer;
use super::columns::{Columns, Part, columns, line};
use super::doubts::{once, thousands};
use super::fields::{Whole, whole};
use super::gather::{Entry, Gathered};
use super::named::{Named, is_income, kind_of};
use super::totals::{doubtful, from_thousands, is_subtotal, is_total, subtotal};
use super::{Survey, summary};
use crate::scenario::grid::{Cell, Decimal, Ledger, says_thousands};
use crate::scenario::{Diagnostic, ScenarioError, nearest};

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
        let name = given(of.name).or(given(of.number));
        let name = name.map_or_else(|| format!("row {}", i + 1), |cell| cell.text.clone());
        let answer = |cell: &Cell, c: usize| {
            let heading = &ledger.columns[c].text;
            let answer = Answer::cell(format!("row \"{name}\", column \"{heading}\""), cell, ledger.decimal);
            if says_thousands(heading) { from_thousands(answer) } else { answer }
        };
        let part = |of: Option<Part>| {
            let (c, means, side) = of?;
            Some((answer(given(Some(c))?, c).of(side), means))
        };
        let paid = of.paid.and_then(|c| Some(answer(given(Some(c))?, c)));
        let [mut local, mut elsewhere, respend] = [of.local, of.elsewhere, of.respend].map(part);
        let kind_told = of.kind != of.name && given(of.kind).is_some();
        let parts = [local.as_ref(), elsewhere.as_ref()].map(|part| part.map(|of| &of.0));
        if let (true, Some(any)) = (is_subtotal(&name), paid.as_ref().or(parts[0]).or(parts[1])) {
            gathered.faults.push(subtotal(&name, any));
            continue;
        }
        let plain = !kind_told && (is_total(&name) || respend.is_none());
        if plain && of_the_whole(&name, paid.as_ref(), parts, &of, gathered) {
            continue;
        }
        // Of two columns that tell the whole together, a blank one is nought.
        if let (None, Some((at, _))) = (of.paid, local.as_ref().or(elsewhere.as_ref()).cloned()) {
            let nought = |part: Option<Part>| {
                let (_, means, side) = part?;
                Some((Answer { text: "0".into(), ..at.clone() }.of(side), means))
            };
            local = local.or_else(|| nought(of.local));
            elsewhere = elsewhere.or_else(|| nought(of.elsewhere));
        }
        let nowhere = local
            .iter()
            .chain(&elsewhere)
            .any(|(answer, means)| answer.local(*means, f64::MAX).is_ok_and(|local| local <= 0.0));
        let matters = respend.is_none() || nowhere;
        let kind = match given(of.kind) {
            None => match kind_of(&name) {
                Named::Is(kind) => Some(kind),
                Named::Doubtful if !matters => Some(Kind::Staff),
                Named::Doubtful => None,
            },
            Some(cell) => kind_said(&cell.text),
        };
        if kind.is_none() {
            let cell = given(of.kind).or(given(of.name)).unwrap_or(&row[0]);
            let answer = Answer::cell(format!("row \"{name}\", kind"), cell, ledger.decimal);
            gathered.faults.push(
                answer.wrong("neither staff nor supplier", "write staff or supplier in a column `kind`"),
            );
        }
        let kind = kind.unwrap_or(Kind::Supplier);
        gathered.entries.push(Entry {
            at: line(row),
            kind,
            paid,
            local,
            elsewhere,
            respend,
            name,
            unread: [false; 2],
        });
    }
    gathered.faults.append(&mut doubtful(&gathered.entries));
}

/// Income and totals are told in rows of their own, which say nothing of what is local. Whether the row is done with.
fn of_the_whole(
    name: &str,
    paid: Option<&Answer>,
    parts: [Option<&Answer>; 2],
    of: &Columns,
    gathered: &mut Gathered,
) -> bool {
    let told = parts.iter().flatten().count();
    if told > 0 && of.paid.is_some() && !is_total(name) {
        return false;
    }
    let Some(any) = paid.or(parts[0]).or(parts[1]) else { return true };
    match is_income(name) {
        Some(true) if paid.is_some() => gathered.incomes.push((name.to_owned(), any.clone())),
        Some(false) if !matches!(whole(name), Some((Whole::Total, _))) => return false,
        Some(false) => {
            let mut total = any.clone();
            if let ([Some(here), Some(elsewhere)], None) = (parts, paid)
                && let (Ok(here), Ok(elsewhere)) = (here.amount(), elsewhere.amount())
            {
                total = Answer { text: (here + elsewhere).to_string(), decimal: Decimal::Point, ..total };
            }
            once(&mut gathered.total, total, &mut gathered.faults);
        }
        Some(true) | None => gathered.faults.push(any.wrong(
            "received, or paid to them?",
            "if it is paid to them, say what is local, such as `no`; if it is income, call the row R1 or Income, \
             or write `# income: 100000` above the table",
        )),
    }
    true
}

/// What a cell says of who is paid.
fn kind_said(text: &str) -> Option<Kind> {
    match whole(text)?.0 {
        Whole::Suppliers | Whole::SuppliersLocal | Whole::SuppliersOutside => Some(Kind::Supplier),
        Whole::Others(kind) => Some(kind),
        Whole::Staff | Whole::StaffLocal | Whole::StaffOutside => match kind_of(text) {
            Named::Is(kind) => Some(kind),
            Named::Doubtful => None,
        },
        _ => None,
    }
}
