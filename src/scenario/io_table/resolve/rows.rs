//! Rows that read as output, pay or value added twice, and totals of other rows.

use super::parts::{contributions, depreciation, wages_alone};
use super::{Frame, add, close, line};
use crate::scenario::grid::Grid;
use crate::scenario::io_table::labels::{PARTS_OF_VALUE_ADDED, RowRole as R};
use crate::scenario::io_table::roles::Roles;

pub(super) fn rows((grid, at): Frame, roles: &mut Roles, notes: &mut Vec<String>) {
    let row = |r: usize| line(grid, at.iter().map(|(_, c)| (r, *c)));
    let name = |r: usize| grid.rows[r].label.text.clone();
    let mut inputs = vec![0.0; at.len()];
    at.iter().for_each(|(r, _)| add(&mut inputs, &row(*r)));
    let outputs = roles.rows_of(&[R::Output]);
    for r in outputs.iter().filter(|r| !roles.said_rows[**r]).copied().collect::<Vec<_>>() {
        // Output is more: with nothing left over, the rounds would have no end.
        if close(&row(r), &inputs) && inputs.iter().any(|x| *x != 0.0) {
            roles.rows[r] = R::Subtotal;
            notes.push(format!(
                "\"{}\" is the sum of what sectors buy from each other, and no output.",
                name(r)
            ));
        }
    }
    let same = |a: usize, b: usize| close(&row(a), &row(b));
    twice(roles, R::Output, &same);
    twice(roles, R::ValueAdded, &same);
    twice(roles, R::Income, &same);
    // Pay and what it is made of: the whole is the row that is nowhere smaller.
    let income = roles.rows_of(&[R::Income]);
    if income.len() > 1 && !income.iter().any(|r| roles.said_rows[*r]) {
        let total = |r: &usize| row(*r).iter().sum::<f64>();
        let Some(whole) = income.iter().copied().max_by(|a, b| total(a).total_cmp(&total(b))) else { return };
        let within = |r: &usize| row(*r).iter().zip(row(whole)).all(|(part, all)| *part <= all + 1e-9);
        let alone = |r: usize| grid.rows[r].label.any(wages_alone);
        let called = !alone(whole) && income.iter().all(|r| *r == whole || alone(*r))
            || grid.rows[whole].label.any(|name| name.to_lowercase().contains("compensation"));
        if called && income.iter().all(within) {
            for r in income.into_iter().filter(|r| *r != whole) {
                roles.rows[r] = R::Ignored;
                notes.push(format!("\"{}\" is read as a part of \"{}\".", name(r), name(whole)));
            }
        }
    }
    contributions(grid, roles, notes);
    depreciation((grid, at), (roles, &inputs), notes);
    total_of_primary(grid, roles, &row, notes);
}

/// Of two rows with the same numbers one is enough.
fn twice(roles: &mut Roles, role: R, same: &dyn Fn(usize, usize) -> bool) {
    let all = roles.rows_of(&[role]);
    for (i, r) in all.iter().enumerate() {
        let again = all[..i].iter().any(|first| roles.rows[*first] == role && same(*first, *r));
        if again && !roles.said_rows[*r] {
            roles.rows[*r] = R::Ignored;
        }
    }
}

/// A row of all primary inputs beside its parts is their sum, and no further payment.
fn total_of_primary(
    grid: &Grid,
    roles: &mut Roles,
    row: &dyn Fn(usize) -> Vec<f64>,
    notes: &mut Vec<String>,
) {
    let value_added = roles.rows_of(&[R::ValueAdded]);
    let sum = |roles: &Roles, of: &[R]| {
        let all: Vec<Vec<f64>> = roles.rows_of(of).into_iter().map(row).collect();
        (!all.is_empty()).then(|| {
            let mut sum = vec![0.0; all[0].len()];
            all.iter().for_each(|more| add(&mut sum, more));
            sum
        })
    };
    let own =
        if value_added.is_empty() { sum(roles, &PARTS_OF_VALUE_ADDED) } else { sum(roles, &[R::ValueAdded]) };
    let candidates = roles.rows_of(&[R::Primary, R::Imports, R::Taxes]);
    for r in candidates.into_iter().filter(|r| !roles.said_rows[*r]) {
        let role = std::mem::replace(&mut roles.rows[r], R::Subtotal);
        let of_role = sum(roles, &[role]);
        let sums = [
            of_role.filter(|_| role != R::Primary),
            own.clone().filter(|_| role == R::Primary),
            own.clone().filter(|_| role == R::Primary).zip(sum(roles, &[R::Imports])).map(|(mut a, b)| {
                add(&mut a, &b);
                a
            }),
            own.clone().filter(|_| role == R::Primary).zip(sum(roles, &[R::Imports, R::Taxes])).map(
                |(mut a, b)| {
                    add(&mut a, &b);
                    a
                },
            ),
        ];
        let label = &grid.rows[r].label.text;
        let total =
            grid.rows[r].label.any(|name| name.to_lowercase().contains("total")) || role == R::Primary;
        if total
            && sums.into_iter().flatten().any(|sum| close(&sum, &row(r)) && sum.iter().any(|x| *x != 0.0))
        {
            notes.push(format!("\"{label}\" is the sum of other rows, and no payment of its own."));
        } else {
            roles.rows[r] = role;
        }
    }
}
