//! Households as one more sector: what they buy per unit of all that they spend or receive.

use super::labels::{ColumnRole as C, RowRole as R};
use super::roles::Said;
use super::table::{Sheet, amount, positive};
use super::{Form, HouseholdAccount, HouseholdTotal, TOLERANCE};
use crate::scenario::Diagnostic;

/// What households buy at home, and pay each other, per unit of all they spend, or of all they receive where that is
/// given, written or more (Miller and Blair 2009, section 2.5).
pub(super) fn households(
    sheet: &Sheet,
    said: &[Said],
    form: Form,
    faults: &mut Vec<Diagnostic>,
    notes: &mut Vec<String>,
) -> Option<HouseholdAccount> {
    let given = positive(said, "household_income", faults);
    let c = sheet.roles.column(C::Households)?;
    let label = &sheet.grid.columns[c];
    let bought = sheet.column(c);
    let mut cell = |r: Option<usize>, c: usize| match sheet.grid.number_or_none(r?, c) {
        Err(_) if sheet.grid.unpublished(r?, c) => {
            notes.push(format!(
                "Row \"{}\", column \"{}\" is not published, and left out.",
                sheet.grid.rows[r?].label.text, sheet.grid.columns[c].text
            ));
            None
        }
        Ok(value) => value,
        Err(fault) => {
            faults.push(fault);
            None
        }
    };
    let pay_rows = sheet.roles.rows_of(&[R::Income, R::Contributions]);
    let mut paid_in = |c: usize| {
        let cells: Vec<f64> = pay_rows.iter().filter_map(|r| cell(Some(*r), c)).collect();
        (!cells.is_empty()).then(|| cells.iter().sum::<f64>())
    };
    let own = paid_in(c).unwrap_or(0.0);
    let received = sheet.roles.column(C::Output).and_then(paid_in);
    // A dash where households have no total tells none.
    let dash = |r: &usize| !sheet.grid.rows[*r].cells[c].text.contains(|c: char| c.is_ascii_digit());
    let written = cell(sheet.roles.row(R::Output).filter(|r| !dash(r)), c);
    let mut rest = 0.0;
    for r in sheet.roles.rows_of(&[R::Imports, R::Taxes, R::Primary]) {
        rest += cell(Some(r), c).unwrap_or(0.0);
    }
    let domestic: f64 = bought.iter().sum::<f64>() + own;
    if domestic <= 0.0 {
        let fault =
            Diagnostic::at(&label.at, format!("column \"{}\": households buy nothing here", label.text));
        faults.push(
            fault
                .label("all empty or 0")
                .help("give their purchases, or leave the column out with --ignore-column"),
        );
        return None;
    }
    let over = |total: f64, what: HouseholdTotal| {
        let column = bought.iter().map(|b| b / total).collect();
        Some(HouseholdAccount { column, own: own / total, total: what })
    };
    let small = domestic * (1.0 - sheet.tolerance);
    let mut too_small = |total: f64, what: &str| {
        let title = format!("column \"{}\", {what} = {}", label.text, amount(total));
        let bought = format!("households buy {} from the sectors", amount(domestic));
        faults.push(Diagnostic::at(&label.at, title).label(bought).help("correct one of them"));
    };
    if let Some(total) = given {
        if total < small {
            too_small(total, "household income");
        }
        return over(total, HouseholdTotal::Income);
    }
    if form == Form::Coefficients && domestic <= 1.0 + TOLERANCE {
        return over(1.0, HouseholdTotal::Shares);
    }
    let total = written.unwrap_or(domestic + rest);
    if total < small {
        too_small(total, "total");
        return None;
    }
    if let Some(received) = received.filter(|received| *received > total * (1.0 + TOLERANCE)) {
        notes.push(format!(
            "Households spend {} and receive {}: their purchases are taken per unit of what they receive, the rest being \
             saved or taxed. Say otherwise with --household-income.",
            amount(total),
            amount(received)
        ));
        return over(received, HouseholdTotal::Income);
    }
    let pay = match form {
        Form::Flows if !pay_rows.is_empty() => pay_rows.iter().flat_map(|r| sheet.row(*r)).sum::<f64>() + own,
        _ => 0.0,
    };
    if pay > total {
        notes.push(format!(
            "Households' purchases come to {} and their pay to {}: the rest of it is taken to be taxed, saved or \
             spent elsewhere. Where they receive more than pay, give the total in the output row, or --household-income.",
            amount(total),
            amount(pay)
        ));
        return over(pay, HouseholdTotal::Pay);
    }
    if rest == 0.0 && written.is_none() {
        notes.push(
            "Nothing in the table says what households spend on imports and taxes: all their spending is taken to be \
             domestic, so that Type II is an upper bound. Give the total in the output row, or --household-income."
                .into(),
        );
    }
    over(total, HouseholdTotal::Spending)
}
