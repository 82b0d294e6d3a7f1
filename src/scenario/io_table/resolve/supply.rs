//! Supply and use, which hold imports in a table whose flows are from home and abroad together: supply is then output and imports
//! of like goods, and these are no payment of the sector. In a table of domestic flows they are output.

use super::{Frame, add, close, line};
use crate::scenario::Diagnostic;
use crate::scenario::grid::Label;
use crate::scenario::io_table::labels::{ColumnRole as C, PARTS_OF_VALUE_ADDED, RowRole as R};
use crate::scenario::io_table::roles::Roles;

/// What columns pay, by cell: for inputs and value added, and for imports.
struct Paid {
    at_home: Vec<f64>,
    imports: Vec<f64>,
    /// Whether all value added is told.
    whole: bool,
}

pub(super) fn supply(
    frame @ (grid, at): Frame,
    roles: &mut Roles,
    (faults, notes): (&mut Vec<Diagnostic>, &mut Vec<String>),
) {
    let row = |r: usize| line(grid, at.iter().map(|(_, c)| (r, *c)));
    let column = |c: usize| line(grid, at.iter().map(|(r, _)| (*r, c)));
    let paid = Paid::of(frame, roles);
    let mut sales = vec![0.0; at.len()];
    at.iter().for_each(|(_, c)| add(&mut sales, &column(*c)));
    let output = roles.row(R::Output).map(row).or_else(|| {
        let stated = roles.columns_of(&[C::Output]).into_iter().map(column);
        stated.into_iter().find(|x| !close(x, &sales))
    });
    let Some(output) = output else { return unstated(frame, roles, &paid, faults) };
    let mut with_imports = paid.at_home.clone();
    add(&mut with_imports, &paid.imports);
    let mut supply = output.clone();
    let beside = close(&paid.at_home, &output) && !close(&with_imports, &output);
    if beside {
        add(&mut supply, &paid.imports);
        for r in roles.rows_of(&[R::Imports]) {
            roles.rows[r] = R::Competing;
            notes.push(told(&grid.rows[r].label));
        }
        roles.supply = Some(supply.clone());
    }
    for r in roles.rows_of(&[R::Supply]) {
        roles.rows[r] = match () {
            () if close(&row(r), &output) => R::Ignored,
            () if beside && close(&row(r), &supply) => R::Subtotal,
            () => R::Output,
        };
    }
    for c in roles.columns_of(&[C::Use]) {
        let holds = beside && close(&column(c), &supply) && !close(&column(c), &output);
        roles.columns[c] = if holds { C::Subtotal } else { C::Output };
    }
}

fn told(label: &Label) -> String {
    format!(
        "\"{}\" stands beside output, which columns come to without it: these are imports of goods like the sector's. Inputs are those \
         from home and abroad together: multipliers are upper bounds.",
        label.text
    )
}

/// Without output, supply is output if it is all that columns pay, and imports are no part of it.
fn unstated((grid, at): Frame, roles: &mut Roles, paid: &Paid, faults: &mut Vec<Diagnostic>) {
    let row = |r: usize| line(grid, at.iter().map(|(_, c)| (r, *c)));
    let column = |c: usize| line(grid, at.iter().map(|(r, _)| (*r, c)));
    let (rows, columns) = (roles.rows_of(&[R::Supply]), roles.columns_of(&[C::Use]));
    let mut all = paid.at_home.clone();
    add(&mut all, &paid.imports);
    // Imports that final demand buys too are told by who buys them, and not by what they are like.
    let buyers = roles.columns_of(&[C::Households, C::Final, C::AllFinal]);
    let bought = |r: &usize| {
        buyers.iter().any(|c| grid.number_or_none(*r, *c).is_ok_and(|x| x.is_some_and(|x| x != 0.0)))
    };
    let by_buyer = roles.rows_of(&[R::Imports]).iter().any(bought);
    let found = rows.iter().map(|r| (row(*r), &grid.rows[*r].label, "row"));
    let found = found.chain(columns.iter().map(|c| (column(*c), &grid.columns[*c], "column"))).next();
    if let Some((total, label, what)) = found
        && paid.whole
        && faults.is_empty()
        && !close(&paid.at_home, &total)
        && !by_buyer
    {
        let short = paid.at_home.iter().zip(&total).all(|(paid, total)| paid <= total);
        let closes = close(&all, &total);
        // A column of total use closes with imports as sectors' inputs too, which is the usual table of that name.
        if short && (what == "row" || paid.imports.iter().all(|x| *x == 0.0)) {
            let title = format!("{what} \"{}\" is more than inputs and value added", label.text);
            let said = if closes { "it holds the imports" } else { "it may hold imports" };
            faults.push(Diagnostic::at(&label.at, title).label(said).help(format!(
                "is it output? Then say --output-{what} \"{}\"; if imports of like goods are in it, add a row of output (supply less \
                 imports)",
                label.text
            )));
        }
    }
    rows.into_iter().for_each(|r| roles.rows[r] = R::Output);
    columns.into_iter().for_each(|c| roles.columns[c] = C::Output);
}

impl Paid {
    fn of((grid, at): Frame, roles: &Roles) -> Paid {
        let row = |r: usize| line(grid, at.iter().map(|(_, c)| (r, *c)));
        let sum = |of: Vec<usize>| {
            let mut sum = vec![0.0; at.len()];
            of.into_iter().for_each(|r| add(&mut sum, &row(r)));
            sum
        };
        let has = |role: R| roles.row(role).is_some();
        let mut others = vec![R::Taxes, R::Primary, R::Depreciation];
        if has(R::ValueAdded) {
            others.push(R::ValueAdded);
        } else {
            others.extend(PARTS_OF_VALUE_ADDED);
        }
        let mut at_home = sum(at.iter().map(|(r, _)| *r).collect());
        add(&mut at_home, &sum(roles.rows_of(&others)));
        let whole = has(R::ValueAdded) || has(R::Primary) || has(R::Income) && has(R::Surplus);
        Paid { at_home, imports: sum(roles.rows_of(&[R::Imports])), whole }
    }
}
