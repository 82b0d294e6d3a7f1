//! The rows of a survey in totals: keys and values, down the page or across it.

use super::columns::under;
use super::fields::{Field, Whole, field, whole};
use super::gather::Gathered;
use crate::scenario::Diagnostic;
use crate::scenario::grid::{Cell, Ledger, read, scale};

/// Keys and values: two columns down, or a row of names and a row of values.
pub(super) fn pairs(ledger: &Ledger, gathered: &mut Gathered) -> Option<Vec<(Cell, Cell)>> {
    let of_whole = |cell: &Cell| matches!(whole(&cell.text), Some((w, _)) if !matches!(w, Whole::Aside | Whole::Organisation | Whole::Area | Whole::Total));
    let is = |what: Field| {
        ledger.columns.iter().any(|cell| matches!(field(&cell.text), Some((f, _)) if f == what))
    };
    if ledger.columns.len() == 2 {
        let down: Vec<(Cell, Cell)> = std::iter::once(&ledger.columns)
            .chain(&ledger.rows)
            .filter(|row| row.len() >= 2)
            .map(|row| (row[0].clone(), row[1].clone()))
            .collect();
        // The first row is a heading, unless it holds an answer.
        let thousands = whole(&ledger.columns[0].text).is_none() && scale(&ledger.columns[1].text).is_some();
        let heading = (thousands || read(&ledger.columns[1].text, ledger.decimal).is_none())
            && !matches!(
                whole(&ledger.columns[0].text),
                Some((Whole::Organisation | Whole::Area | Whole::Contractor, _))
            );
        let mut down = if heading { down[1..].to_vec() } else { down };
        // Rounds by their numbers.
        if heading && ["round", "rounds"].contains(&ledger.columns[0].text.to_lowercase().as_str()) {
            let numbered = down.iter_mut().filter(|(key, _)| ["1", "2", "3"].contains(&key.text.as_str()));
            numbered.for_each(|(key, _)| key.text.insert_str(0, "round "));
        }
        return down.iter().any(|(key, _)| of_whole(key)).then_some(down);
    }
    if let Some(down) = beside_notes(ledger, gathered) {
        return Some(down);
    }
    let income = ledger.columns.iter().any(|cell| matches!(whole(&cell.text), Some((Whole::Income, _))));
    if !income || (is(Field::Paid) && is(Field::Name) && ledger.rows.len() > 1) {
        return None;
    }
    if let Some(second) = ledger.rows.get(1).filter(|row| row.iter().any(|cell| !cell.text.is_empty())) {
        let fault = Diagnostic::at(&second[0].at, "a second organisation").label("one survey a file");
        gathered.faults.push(fault.help("write each organisation's survey into a file of its own"));
    }
    let first = ledger.rows.first()?;
    Some(ledger.columns.iter().cloned().zip(first.iter().cloned()).collect())
}

/// Keys and values down the page with more columns beside them: one of numbers, the others of words. Of two columns of numbers
/// which is meant is asked.
fn beside_notes(ledger: &Ledger, gathered: &mut Gathered) -> Option<Vec<(Cell, Cell)>> {
    let names = |cell: &Cell| matches!(field(&cell.text), Some((of, _)) if [Field::Local, Field::Elsewhere, Field::Place, Field::Respend, Field::SpentLocally].contains(&of));
    let known = |row: &&Vec<Cell>| matches!(whole(&row[0].text), Some((of, _)) if !matches!(of, Whole::Aside | Whole::Organisation | Whole::Area | Whole::Total));
    let of_rounds = |row: &&Vec<Cell>| matches!(whole(&row[0].text), Some((Whole::Income | Whole::Local, _)));
    let rows = ledger.rows.iter().filter(|row| !row[0].text.is_empty());
    let sure = rows.clone().filter(known).count() * 2 > rows.clone().count()
        && rows.clone().any(|row| of_rounds(&row));
    let across = whole(&ledger.columns[0].text).is_some_and(|of| of.0 == Whole::Income);
    if ledger.columns.iter().any(names) || !sure || across || ledger.columns.len() < 3 {
        return None;
    }
    let numbers = |c: &usize| under(ledger, *c).any(|cell| read(&cell.text, ledger.decimal).is_some());
    let values: Vec<usize> = (1..ledger.columns.len()).filter(numbers).collect();
    if let [_, again, ..] = values[..] {
        let cell = &ledger.columns[again];
        let fault = Diagnostic::at(&cell.at, format!("column \"{}\" holds numbers too", cell.text));
        gathered
            .faults
            .push(fault.label("which of the columns?").help("keep one column of values: item, value"));
    }
    let value = *values.first()?;
    let passed: Vec<String> = (1..ledger.columns.len())
        .filter(|c| *c != value && !ledger.columns[*c].text.is_empty())
        .map(|c| format!("\"{}\"", ledger.columns[c].text))
        .collect();
    if !passed.is_empty() {
        gathered.notes.push(format!("Passed over, as no part of LM3: {}.", passed.join(", ")));
    }
    let pair = |row: &Vec<Cell>| Some((row[0].clone(), row.get(value)?.clone()));
    Some(ledger.rows.iter().filter_map(pair).collect())
}
