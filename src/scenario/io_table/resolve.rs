//! Totals and their parts told apart by their numbers, where labels alone leave two rows or columns for one account.

use super::labels::{ColumnRole as C, RowRole as R};
use super::roles::Roles;
use crate::scenario::grid::Grid;

/// Cells of a row under the sectors, of a column beside them; empty ones and words count as nought here.
fn line(grid: &Grid, cells: impl Iterator<Item = (usize, usize)>) -> Vec<f64> {
    cells.map(|(r, c)| grid.number_or_none(r, c).ok().flatten().unwrap_or(0.0)).collect()
}

fn close(a: &[f64], b: &[f64]) -> bool {
    // Rounded figures may miss by a unit.
    a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 0.002 * a.abs().max(b.abs()) + 1e-9)
}

fn add(sum: &mut [f64], more: &[f64]) {
    sum.iter_mut().zip(more).for_each(|(s, m)| *s += m);
}

/// Give rows and columns that read as output, pay or value added twice the role that their numbers show.
pub(super) fn resolve(grid: &Grid, at: &[(usize, usize)], roles: &mut Roles, notes: &mut Vec<String>) {
    rows(grid, at, roles, notes);
    columns(grid, at, roles, notes);
}

fn rows(grid: &Grid, at: &[(usize, usize)], roles: &mut Roles, notes: &mut Vec<String>) {
    let row = |r: usize| line(grid, at.iter().map(|(_, c)| (r, *c)));
    let name = |r: usize| grid.rows[r].label.text.clone();
    let mut inputs = vec![0.0; at.len()];
    at.iter().for_each(|(r, _)| add(&mut inputs, &row(*r)));
    let primary = roles.rows_of(&[
        R::Imports,
        R::Taxes,
        R::ProductionTaxes,
        R::Income,
        R::Surplus,
        R::ValueAdded,
        R::Primary,
    ]);
    let paid = primary.iter().any(|r| row(*r).iter().any(|x| *x != 0.0));
    let outputs = roles.rows_of(&[R::Output]);
    for r in outputs.iter().filter(|r| !roles.said_rows[**r]).copied().collect::<Vec<_>>() {
        if close(&row(r), &inputs) && (paid || outputs.len() > 1) {
            roles.rows[r] = R::Subtotal;
            notes.push(format!(
                "\"{}\" is the sum of what sectors buy from each other, and no output.",
                name(r)
            ));
        }
    }
    twice(roles, R::Output, &row);
    twice(roles, R::ValueAdded, &row);
    twice(roles, R::Income, &row);
    // Pay and what it is made of: the whole is the row that is nowhere smaller.
    let income = roles.rows_of(&[R::Income]);
    if income.len() > 1 && !income.iter().any(|r| roles.said_rows[*r]) {
        let total = |r: &usize| row(*r).iter().sum::<f64>();
        let Some(whole) = income.iter().copied().max_by(|a, b| total(a).total_cmp(&total(b))) else { return };
        let within = |r: &usize| row(*r).iter().zip(row(whole)).all(|(part, all)| *part <= all + 1e-9);
        let called = name(whole).to_lowercase().contains("compensation");
        if called && income.iter().all(within) {
            for r in income.into_iter().filter(|r| *r != whole) {
                roles.rows[r] = R::Ignored;
                notes.push(format!("\"{}\" is read as a part of \"{}\".", name(r), name(whole)));
            }
        }
    }
    total_of_primary(grid, roles, &row, notes);
}

/// Of two rows with the same numbers one is enough.
fn twice(roles: &mut Roles, role: R, row: &dyn Fn(usize) -> Vec<f64>) {
    let all = roles.rows_of(&[role]);
    for (i, r) in all.iter().enumerate() {
        let again = all[..i].iter().any(|first| roles.rows[*first] == role && close(&row(*first), &row(*r)));
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
    let parts = [R::Income, R::Surplus, R::ProductionTaxes];
    let value_added = roles.rows_of(&[R::ValueAdded]);
    let sum = |roles: &Roles, of: &[R]| {
        let all: Vec<Vec<f64>> = roles.rows_of(of).into_iter().map(row).collect();
        (!all.is_empty()).then(|| {
            let mut sum = vec![0.0; all[0].len()];
            all.iter().for_each(|more| add(&mut sum, more));
            sum
        })
    };
    let own = if value_added.is_empty() { sum(roles, &parts) } else { sum(roles, &[R::ValueAdded]) };
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
        let total = label.to_lowercase().contains("total") || role == R::Primary;
        if total
            && sums.into_iter().flatten().any(|sum| close(&sum, &row(r)) && sum.iter().any(|x| *x != 0.0))
        {
            notes.push(format!("\"{label}\" is the sum of other rows, and no payment of its own."));
        } else {
            roles.rows[r] = role;
        }
    }
}

fn columns(grid: &Grid, at: &[(usize, usize)], roles: &mut Roles, notes: &mut Vec<String>) {
    let column = |c: usize| line(grid, at.iter().map(|(r, _)| (*r, c)));
    let name = |c: usize| grid.columns[c].text.clone();
    let mut sales = vec![0.0; at.len()];
    at.iter().for_each(|(_, c)| add(&mut sales, &column(*c)));
    let bought = roles.columns_of(&[C::Households, C::Final, C::AllFinal]);
    let demanded = bought.iter().any(|c| column(*c).iter().any(|x| *x != 0.0));
    let outputs = roles.columns_of(&[C::Output]);
    let mut demand = vec![0.0; at.len()];
    roles.columns_of(&[C::Households, C::Final]).iter().for_each(|c| add(&mut demand, &column(*c)));
    let row = roles.row(R::Output).map(|r| line(grid, at.iter().map(|(_, c)| (r, *c))));
    for c in outputs.iter().filter(|c| !roles.said_columns[**c]).copied().collect::<Vec<_>>() {
        let differs = row.as_ref().is_some_and(|row| !close(&column(c), row));
        if close(&column(c), &sales) && (demanded || outputs.len() > 1 || differs) {
            roles.columns[c] = C::Subtotal;
            notes.push(format!(
                "\"{}\" is the sum of what sectors sell to each other, and no output.",
                name(c)
            ));
        } else if outputs.len() > 1 && close(&column(c), &demand) && demanded {
            roles.columns[c] = C::Subtotal;
            notes.push(format!("\"{}\" is the sum of final demand, and no output.", name(c)));
        }
    }
    let all = roles.columns_of(&[C::Output]);
    for (i, c) in all.iter().enumerate() {
        let again = all[..i]
            .iter()
            .any(|first| roles.columns[*first] == C::Output && close(&column(*first), &column(*c)));
        if again && !roles.said_columns[*c] {
            roles.columns[*c] = C::Ignored;
        }
    }
}
