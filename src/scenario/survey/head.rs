//! What stands above the table of a survey: `# income: 100000`, the same without the sign, or as a label and a number; in the
//! words that totals use.

use super::answer::Answer;
use super::doubts::{line_of, once};
use super::fields::{Whole, whole};
use super::gather::Gathered;
use super::named::is_all_income;
use super::totals::scaled;
use super::words::{any, words};
use crate::scenario::grid::{Cell, Decimal, Ledger, read};
use crate::scenario::{Origin, nearest};

const KNOWN: [&str; 8] = [
    "organisation",
    "area",
    "contractor",
    "income_gbp",
    "turnover",
    "staff_respend",
    "supplier_respend",
    "outside_respend",
];

pub(super) fn head(ledger: &Ledger, gathered: &mut Gathered) {
    for remark in &ledger.remarks {
        if let Some((key, value)) = pair(remark) {
            take(&key, &value, ledger.decimal, gathered);
        }
    }
    let mut titles = Vec::new();
    for line in &ledger.above {
        let filled: Vec<&Cell> = line.iter().filter(|cell| !cell.text.is_empty()).collect();
        let whole = together(&filled);
        let told = match filled.as_slice() {
            [key, value, ..] if !key.text.trim_end_matches(':').contains(':') => {
                // A comma may stand within the number.
                let rest = together(&filled[1..]);
                let whole = read(&rest.text, ledger.decimal).is_some();
                let value = if whole { rest } else { (*value).clone() };
                Some((key.text.trim_end_matches(':').to_owned(), value))
            }
            _ => pair(&whole),
        };
        if !told.is_some_and(|(key, value)| take(&key, &value, ledger.decimal, gathered)) {
            titles.push(line_of(&whole.at).to_string());
        }
    }
    if !titles.is_empty() {
        let (word, be) = if titles.len() == 1 { ("Line", "is") } else { ("Lines", "are") };
        gathered.notes.push(format!("{word} {} above the table {be} read as a title.", titles.join(", ")));
    }
}

/// Cells of a line as they were written, with what stands between them.
fn together(filled: &[&Cell]) -> Cell {
    let (first, last) = (&filled[0].at, &filled[filled.len() - 1].at);
    let span = first.span.start..last.span.end;
    let text = first.source.text[span.clone()].trim_matches('"').to_owned();
    Cell { text, at: Origin { source: first.source.clone(), span } }
}

/// A key and its value: with a colon or an equals sign between them, or a pound sign before the value.
fn pair(line: &Cell) -> Option<(String, Cell)> {
    let at = line.text.find([':', '=']).map(|at| (at, at + 1));
    let money = || {
        let at = line.text.find('£')?;
        read(&line.text[at..], Decimal::Point)?;
        is_all_income(&line.text[..at]).then_some((at, at))
    };
    let (end, start) = at.or_else(money)?;
    let value = line.text[start..].trim().trim_matches('"');
    let from = line.at.span.start + start + (line.text.len() - start - line.text[start..].trim_start().len());
    let span = from..(from + value.len()).min(line.at.span.end.max(from));
    let at = Origin { source: line.at.source.clone(), span };
    Some((line.text[..end].trim().to_owned(), Cell { text: value.to_owned(), at }))
}

/// Keep what a line tells. Whether it told anything.
fn take(key: &str, value: &Cell, decimal: Decimal, gathered: &mut Gathered) -> bool {
    let answer = scaled(key, Answer::cell(key.to_owned(), value, decimal));
    let of = words(key);
    let number = read(&answer.text, decimal);
    let year = number.is_some_and(|of| (1900.0..2100.0).contains(&of.value) && answer.text.len() == 4);
    // A number of a telephone.
    let code = answer.text.len() > 1 && answer.text.starts_with('0') && !answer.text.contains(['.', ',']);
    let number = number.is_some() && !year && !code;
    let faults = &mut gathered.faults;
    let default = any(&of, "default defaults");
    match whole(key).map(|of| of.0) {
        Some(Whole::Organisation) if !number => {
            // A title may stand beside the name.
            if gathered.organisation.is_none() || of.len() == 1 {
                once(&mut gathered.organisation, answer, faults);
            }
        }
        Some(Whole::Area) if !number => once(&mut gathered.area, answer, faults),
        Some(Whole::Contractor) => once(&mut gathered.contractor, answer, faults),
        Some(Whole::Income) if is_all_income(key) && (number || KNOWN.contains(&key) || (of.len() == 1 && !year)) => {
            gathered.incomes.push((key.to_owned(), answer));
        }
        Some(Whole::StaffRespend) => once(&mut gathered.rates[0], answer, faults),
        Some(Whole::SuppliersRespend) => once(&mut gathered.rates[1], answer, faults),
        Some(Whole::OutsideRespend) => once(&mut gathered.rates[2], answer, faults),
        Some(Whole::Staff) if default => once(&mut gathered.rates[0], answer, faults),
        Some(Whole::Suppliers) if default => once(&mut gathered.rates[1], answer, faults),
        Some(Whole::Total) if number => once(&mut gathered.total, answer, faults),
        Some(Whole::Aside) => return number,
        _ if number => faults.push(answer.wrong(
            "what is this number?",
            "above the table stand organisation, area, contractor, income, and default rates (staff_respend, supplier_respend, \
             outside_respend); write \"note\" before another line to have it passed over",
        )),
        None => {
            let plain = key.to_lowercase().replace([' ', '-'], "_");
            let Some(near) = nearest(&plain, KNOWN) else { return false };
            faults.push(answer.wrong("no such key", format!("did you mean {near}?")));
        }
        Some(_) => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values() {
        let source = crate::scenario::grid::source("s.csv", "");
        let cell = |text: &str| Cell {
            text: text.to_owned(),
            at: Origin { source: source.clone(), span: 0..text.len() },
        };
        for (line, wanted) in [
            ("income: £100,000", Some(("income", "£100,000"))),
            ("income = 5", Some(("income", "5"))),
            ("income £100,000", Some(("income", "£100,000"))),
            ("checked by hand", None),
            ("we paid £5 for it", None),
        ] {
            let found = pair(&cell(line)).map(|(key, value)| (key, value.text));
            assert_eq!(found, wanted.map(|(key, value)| (key.to_owned(), value.to_owned())), "{line}");
        }
    }
}
