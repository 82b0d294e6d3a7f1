//! Columns of which what stands beside them, or under them, tells what they are.

use super::asides::counts;
use super::columns::under;
use super::csv::kind_said;
use super::fields::{Field, Means, rate_of};
use super::spending::STAFF;
use super::words::{any, on, words};
use crate::scenario::Diagnostic;
use crate::scenario::grid::{Ledger, read};

type Found = Option<(Field, Means)>;

/// Who the rows of a ledger are, as its headings tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rows {
    Staff,
    Suppliers,
    Untold,
}

/// "Employee, Net pay" are staff, and "Supplier, Amount" are suppliers, unless a row's own name says otherwise.
pub(super) fn rows_of(ledger: &Ledger, name: Option<usize>, paid: Option<usize>) -> Rows {
    let of = |c: Option<usize>| c.map_or(Vec::new(), |c| words(&ledger.columns[c].text));
    let (name, paid) = (of(name), of(paid));
    let firms = any(&name, "supplier suppliers vendor vendors firm firms business company");
    let pair = paid.windows(2).any(|pair| on("gross net basic annual take", &pair[0]) && pair[1] == "pay");
    match () {
        () if any(&name, STAFF) && !firms => Rows::Staff,
        () if firms && !any(&name, STAFF) => Rows::Suppliers,
        () if !firms && (pair || any(&paid, "wage wages salary salaries")) => Rows::Staff,
        () => Rows::Untold,
    }
}

/// "Spent locally" is what the payees spend where they are staff or something else says what is local; and what is spent on them
/// where something else says what they spend.
pub(super) fn spent_locally(ledger: &Ledger, found: &mut [Found], faults: &mut Vec<Diagnostic>) {
    let is = |found: &[Found], what: &[Field]| found.iter().flatten().any(|of| what.contains(&of.0));
    let of_place = is(found, &[Field::Local, Field::Place]);
    let elsewhere = is(found, &[Field::Elsewhere]);
    let respend = is(found, &[Field::Respend, Field::RespentElsewhere]);
    let position = |what: Field| found.iter().position(|of| of.is_some_and(|of| of.0 == what));
    let staff = rows_of(ledger, position(Field::Name), position(Field::Paid)) == Rows::Staff;
    let beside_amount = is(found, &[Field::Paid]);
    for (c, cell) in ledger.columns.iter().enumerate() {
        let Some((Field::SpentLocally, means)) = found[c] else { continue };
        found[c] = match () {
            () if respend || (elsewhere && !of_place && !beside_amount) => Some((Field::Local, means)),
            () if of_place || staff => Some((Field::Respend, rate_of(means))),
            () if elsewhere => Some((Field::Local, means)),
            () => {
                let title = format!("column \"{}\" can be read in two ways", cell.text);
                let fault = Diagnostic::at(&cell.at, title).label("spent on them, or by them?");
                faults.push(fault.help(
                    "call it \"Local\" for the part of what they are paid that is local, \"Re-spend\" for what they spend again",
                ));
                Some((Field::Local, means))
            }
        };
    }
}

/// Of several columns of amounts: one without a number is none, and of net and gross amounts the net one counts, as tax does not
/// stay. Which are passed over.
pub(super) fn amounts(ledger: &Ledger, found: &mut [Found], notes: &mut Vec<String>) -> Vec<usize> {
    let mut passed = Vec::new();
    let paid: Vec<usize> =
        (0..found.len()).filter(|c| found[*c].is_some_and(|of| of.0 == Field::Paid)).collect();
    let number = |c: &usize| under(ledger, *c).any(|cell| read(&cell.text, ledger.decimal).is_some());
    let of = |c: usize| words(&ledger.columns[c].text);
    let bare_invoice = |c: &usize| of(*c).iter().all(|word| on("invoice invoices", word));
    if paid.len() > 1 {
        passed.extend(paid.iter().filter(|c| !number(c) || bare_invoice(c) || counts(&of(**c))));
        if passed.len() == paid.len() {
            passed.clear();
        }
    }
    let left: Vec<usize> = paid.into_iter().filter(|c| !passed.contains(c)).collect();
    let without = |words: &[String]| {
        any(words, "net") || (any(words, "vat tax") && any(words, "ex excl excluding before without less"))
    };
    let with = |words: &[String]| {
        any(words, "gross") || (any(words, "vat tax") && any(words, "inc incl including with after plus"))
    };
    if let [a, b] = left[..] {
        let (net, gross) = if without(&of(a)) { (a, b) } else { (b, a) };
        if without(&of(net)) && with(&of(gross)) {
            let name = |c: usize| &ledger.columns[c].text;
            notes.push(format!("\"{}\" is what is paid, and not \"{}\".", name(net), name(gross)));
            passed.push(gross);
        }
    }
    passed.iter().for_each(|c| found[*c] = None);
    passed
}

/// The column that says who is staff and who a supplier: the first in which a cell does. Other kinds (of goods, of firms) are none.
pub(super) fn kinds(ledger: &Ledger, found: &[Found]) -> (Option<usize>, Vec<usize>) {
    let all: Vec<usize> =
        (0..found.len()).filter(|c| found[*c].is_some_and(|of| of.0 == Field::Kind)).collect();
    let says = |c: &usize| under(ledger, *c).any(|cell| kind_said(&cell.text).is_some());
    let kind = all.iter().copied().find(says);
    (kind, all.into_iter().filter(|c| Some(*c) != kind).collect())
}
