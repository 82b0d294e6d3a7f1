//! Parts of pay and of value added that stand beside the whole, or make it up.

use super::{Frame, add, close, line};
use crate::scenario::grid::Grid;
use crate::scenario::io_table::labels::{ColumnRole as C, RowRole as R};
use crate::scenario::io_table::roles::Roles;

/// Whether a row of pay is of wages without employers' contributions.
pub(super) fn wages_alone(name: &str) -> bool {
    let name = name.to_lowercase();
    ["wage", "salar", "d11"].iter().any(|word| name.contains(word))
}

/// Employers' contributions belong to pay beside wages and salaries, and are a part of compensation beside that.
pub(super) fn contributions(grid: &Grid, roles: &mut Roles, notes: &mut Vec<String>) {
    let name = |r: usize| grid.rows[r].label.text.clone();
    let rows = roles.rows_of(&[R::Contributions]);
    if rows.is_empty() {
        return;
    }
    match roles.row(R::Income) {
        Some(pay) if grid.rows[pay].label.any(wages_alone) && !roles.said_rows[pay] => {
            let all: Vec<String> = std::iter::once(pay).chain(rows).map(name).collect();
            notes.push(format!("Compensation of employees is the sum of {}.", all.join(", ")));
        }
        pay => {
            for r in rows {
                roles.rows[r] = R::Ignored;
                notes.push(match pay {
                    Some(pay) => format!("\"{}\" is read as a part of \"{}\".", name(r), name(pay)),
                    None => format!("\"{}\" is left out: no row of wages stands beside it.", name(r)),
                });
            }
        }
    }
}

/// Consumption of fixed capital is a part of gross value added and of a gross surplus, and beside a net one a part of value
/// added of its own: as the sums of columns have it, else by name.
pub(super) fn depreciation(
    (grid, at): Frame,
    (roles, inputs): (&mut Roles, &[f64]),
    notes: &mut Vec<String>,
) {
    let row = |r: usize| line(grid, at.iter().map(|(_, c)| (r, *c)));
    let gross = |roles: &Roles, role: R| {
        let gross = |name: &str| {
            let name = name.to_lowercase();
            ["gross", "gva", "gos", "b1g", "b2g"].iter().any(|word| name.contains(word))
        };
        roles.rows_of(&[role]).into_iter().map(|r| grid.rows[r].label.any(gross)).max()
    };
    for r in roles.rows_of(&[R::Depreciation]) {
        let own = row(r);
        let of_which = match (gross(roles, R::ValueAdded), gross(roles, R::Surplus)) {
            (Some(called), _) => {
                let mut paid = inputs.to_vec();
                let beside = roles.rows_of(&[R::Imports, R::Taxes, R::Primary, R::ValueAdded]);
                beside.into_iter().for_each(|r| add(&mut paid, &row(r)));
                let output = roles
                    .row(R::Output)
                    .map(row)
                    .or_else(|| roles.column(C::Output).map(|c| line(grid, at.iter().map(|(r, _)| (*r, c)))));
                let comes_to = |paid: &[f64]| output.as_ref().map(|output| close(paid, output));
                let without = comes_to(&paid);
                add(&mut paid, &own);
                match (without, comes_to(&paid)) {
                    (Some(true), _) => true,
                    (_, Some(true)) => false,
                    _ => called,
                }
            }
            (None, Some(gross)) => gross,
            (None, None) => {
                roles.rows[r] = R::Primary;
                continue;
            }
        };
        roles.rows[r] = match (of_which, roles.row(R::ValueAdded)) {
            (true, _) => R::Ignored,
            // Beside value added, and with it gross.
            (false, Some(_)) => R::Depreciation,
            (false, None) => R::Surplus,
        };
        if of_which {
            notes.push(format!("\"{}\" is read as a part of gross value added.", grid.rows[r].label.text));
        }
    }
}
