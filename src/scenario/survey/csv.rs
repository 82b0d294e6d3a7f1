//! A survey as a ledger, a row a payee; columns in any order, under the names that people give them.

use super::Kind;
use super::answer::{Answer, is_dash, is_no_answer};
use super::choice::{Rows, rows_of};
use super::columns::{Columns, Part, columns, line};
use super::doubts::{line_of, thousands};
use super::fields::{Means, Whole, whole};
use super::gather::{Entry, Gathered};
use super::head::head;
use super::named::{Named, is_income, kind_of};
use super::sums::{Row, apart};
use super::totals::scaled;
use super::units::unscaled;
use super::words::{any, on, words};
use super::{Survey, summary};
use crate::scenario::grid::{Cell, Decimal, Ledger, read, scale};
use crate::scenario::{Diagnostic, ScenarioError};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

pub(super) fn parse(file: &str, text: &str) -> Result<Survey, ScenarioError> {
    let mut ledger = Ledger::parse(file, text)?;
    let mut gathered = Gathered::default();
    head(&ledger, &mut gathered);
    if !summary::gather(&ledger, &mut gathered) {
        rows(&mut ledger, &mut gathered);
    }
    let mut doubtful = thousands(&gathered);
    gathered.faults.append(&mut doubtful);
    gathered.survey(file, text)
}

fn rows(ledger: &mut Ledger, gathered: &mut Gathered) {
    gathered.in_columns = true;
    let mut aside = Vec::new();
    let decimal = ledger.decimal;
    ledger.rows.retain(|row| {
        let note = beside_the_table(row, decimal);
        if note {
            aside.push(line_of(&row[0].at).to_string());
        }
        !note
    });
    let ledger = &*ledger;
    let before = gathered.faults.len();
    let of = columns(ledger, gathered);
    if gathered.faults.len() > before {
        return;
    }
    let default = rows_of(ledger, of.name, of.paid);
    if default == Rows::Staff {
        let heading = of.name.map_or("", |c| &ledger.columns[c].text);
        gathered.notes.push(format!(
            "Rows under \"{heading}\" are read as staff, where nothing else says who they are."
        ));
    }
    let reading = Reading { ledger, of: &of, default };
    let (mut rows, mut unanswered) = (Vec::new(), Vec::new());
    for (i, row) in ledger.rows.iter().enumerate() {
        if let Some(cell) = row.iter().skip(ledger.columns.len()).find(|cell| !cell.text.is_empty()) {
            let fault =
                Diagnostic::at(&cell.at, format!("a cell beyond the {} columns", ledger.columns.len()));
            gathered.faults.push(
                fault.label("under no column").help("put quotes around a cell that holds a comma: \"1,000\""),
            );
        } else {
            rows.extend(reading.row(i, row, gathered, &mut unanswered));
        }
    }
    for (what, lines) in [
        ("a note, and no payee", aside),
        ("no answer to what is spent again: a default stands in", unanswered),
    ] {
        if !lines.is_empty() {
            let word = if lines.len() == 1 { "Line" } else { "Lines" };
            gathered.notes.push(format!("{word} {}: {what}.", lines.join(", ")));
        }
    }
    repeats(ledger, &of, &rows, &mut gathered.faults);
    gathered.entries = apart(rows, gathered);
}

/// A line under the table that is a note, without a number; or the LM3 that the table comes to.
fn beside_the_table(row: &[Cell], decimal: Decimal) -> bool {
    let Some(first) = row.iter().find(|cell| !cell.text.is_empty()) else { return true };
    let words = words(&first.text);
    let begins = words.first().is_some_and(|word| on("note notes nb source sources prepared compiled", word))
        || first.text.starts_with(['*', '†']);
    let numbers = row.iter().skip(1).any(|cell| read(&cell.text, decimal).is_some());
    (begins && !numbers) || (any(&words, "lm3") && words.iter().all(|word| on("lm3 multiplier local", word)))
}

struct Reading<'a> {
    ledger: &'a Ledger,
    of: &'a Columns,
    default: Rows,
}

impl Reading<'_> {
    /// A row as it was written; none where it is income, or nothing.
    fn row(
        &self,
        i: usize,
        row: &[Cell],
        gathered: &mut Gathered,
        unanswered: &mut Vec<String>,
    ) -> Option<Row> {
        let (ledger, of) = (self.ledger, self.of);
        let given = |c: Option<usize>| row.get(c?).filter(|cell| !cell.text.is_empty());
        let name = given(of.name).or(given(of.number));
        let unnamed = name.is_none();
        let name = name.map_or_else(|| format!("row {}", i + 1), |cell| cell.text.clone());
        let answer = |cell: &Cell, c: usize| {
            let heading = &ledger.columns[c].text;
            scaled(
                heading,
                Answer::cell(format!("row \"{name}\", column \"{heading}\""), cell, ledger.decimal),
            )
        };
        let part = |of: Option<Part>| {
            let (c, means, side) = of?;
            Some((answer(given(Some(c))?, c).of(side), means))
        };
        let paid = of.paid.and_then(|c| Some(answer(given(Some(c))?, c)));
        let [mut local, mut elsewhere, mut respend] = [of.local, of.elsewhere, of.respend].map(part);
        let kind_told = of.kind != of.name && given(of.kind).is_some();
        let parts = [local.as_ref(), elsewhere.as_ref()].map(|part| part.map(|of| &of.0));
        if !kind_told && respend.is_none() && is_of_income(&name, paid.as_ref(), parts, of, gathered) {
            return None;
        }
        if let Some((answer, means)) = respend.take_if(|(answer, _)| is_no_answer(&answer.text)) {
            if means == Means::Amount && is_dash(&answer.text) {
                gathered
                    .faults
                    .push(answer.wrong("nothing, or no answer?", "write 0, or leave the cell empty"));
            } else {
                unanswered.push(line_of(&answer.at).to_string());
            }
        }
        for (c, side) in [(of.local, &local), (of.respend, &respend)] {
            let scales =
                of.paid.zip(c).map(|(paid, part)| [paid, part.0].map(|c| scale(&ledger.columns[c].text)));
            if let (Some([Some(times), None]), Some((answer, means))) = (scales, side) {
                gathered.faults.extend(unscaled(answer, *means, (paid.as_ref(), times)));
            }
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
        let kind = match (given(of.kind), kind_of(&name), self.default) {
            (Some(cell), ..) => kind_said(&cell.text),
            (None, Named::Is(Kind::Supplier), Rows::Staff) | (None, Named::Doubtful, Rows::Staff) => {
                Some(Kind::Staff)
            }
            (None, Named::Doubtful, Rows::Suppliers) => Some(Kind::Supplier),
            (None, Named::Is(kind), _) => Some(kind),
            (None, Named::Doubtful, Rows::Untold) => (!matters).then_some(Kind::Staff),
        };
        let doubt = kind.is_none().then(|| {
            let cell = given(of.kind).or(given(of.name)).unwrap_or(&row[0]);
            let answer = Answer::cell(format!("row \"{name}\", kind"), cell, ledger.decimal);
            answer.wrong("neither staff nor supplier", "write staff or supplier in a column `kind`")
        });
        let kind = kind.unwrap_or(Kind::Supplier);
        let unread = [false; 2];
        let entry = Entry { at: line(row), kind, paid, local, elsewhere, respend, name, unread };
        Some(Row { entry, unnamed, kind_told, doubt })
    }
}

/// Income is told in rows of its own, which say nothing of what is local. Whether the row is done with.
fn is_of_income(
    name: &str,
    paid: Option<&Answer>,
    parts: [Option<&Answer>; 2],
    of: &Columns,
    gathered: &mut Gathered,
) -> bool {
    let told = parts.iter().flatten().count();
    let Some(any) = paid.or(parts[0]).or(parts[1]) else { return true };
    if told > 0 && of.paid.is_some() {
        return false;
    }
    match is_income(name) {
        Some(true) if paid.is_some() => gathered.incomes.push((name.to_owned(), any.clone())),
        Some(false) => return false,
        Some(true) | None => gathered.faults.push(any.wrong(
            "received, or paid to them?",
            "if it is paid to them, say what is local, such as `no`; if it is income, call the row R1 or Income, \
             or write `# income: 100000` above the table",
        )),
    }
    true
}

/// One invoice twice: of the same number, payee and amount.
fn repeats(ledger: &Ledger, of: &Columns, rows: &[Row], faults: &mut Vec<Diagnostic>) {
    let Some(c) = of.invoice else { return };
    let number = |row: &Row| {
        let at = row.entry.at.span.start;
        let cells = ledger.rows.iter().find(|cells| cells[0].at.span.start == at)?;
        cells.get(c).map(|cell| cell.text.clone()).filter(|text| !text.is_empty())
    };
    let mut seen: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    for row in rows {
        let (Some(number), Some(paid)) = (number(row), &row.entry.paid) else { continue };
        let line = line_of(&row.entry.at);
        match seen.entry((number, row.entry.name.clone(), paid.text.clone())) {
            Slot::Occupied(first) => faults.push(paid.wrong(
                format!(
                    "number {}, payee and amount are those of line {}: twice?",
                    first.key().0,
                    first.get()
                ),
                "take one of the two out; if both were paid, give each a number of its own",
            )),
            Slot::Vacant(slot) => drop(slot.insert(line)),
        }
    }
}

/// What a cell says of who is paid.
pub(super) fn kind_said(text: &str) -> Option<Kind> {
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
