//! Totals and their parts told apart by their numbers, where labels alone leave two rows or columns for one account.

mod columns;
mod parts;
mod rows;
mod supply;

use super::TOLERANCE;
use super::roles::Roles;
use crate::scenario::Diagnostic;
use crate::scenario::grid::Grid;

/// Cells of a row under the sectors, of a column beside them; empty ones and words count as nought here.
fn line(grid: &Grid, cells: impl Iterator<Item = (usize, usize)>) -> Vec<f64> {
    cells.map(|(r, c)| grid.number_or_none(r, c).ok().flatten().unwrap_or(0.0)).collect()
}

/// Where a table's lines are: its sectors by row and column.
type Frame<'a> = (&'a Grid, &'a [(usize, usize)]);

/// Whether lines are the same, as closely as sums tell what a line is: what a user lets sums miss by is another matter.
fn close(a: &[f64], b: &[f64]) -> bool {
    // Whole numbers may be rounded by one.
    let slack = |a: f64, b: f64| {
        let whole = a.fract() == 0.0 && b.fract() == 0.0 && a.abs().min(b.abs()) >= 100.0;
        if whole { 1.0 } else { 1e-9 }
    };
    a.iter().zip(b).all(|(a, b)| (a - b).abs() <= TOLERANCE * a.abs().max(b.abs()) + slack(*a, *b))
}

fn add(sum: &mut [f64], more: &[f64]) {
    sum.iter_mut().zip(more).for_each(|(s, m)| *s += m);
}

/// Give rows and columns that read as output, pay or value added twice the role that their numbers show.
pub(super) fn resolve(
    frame: Frame,
    roles: &mut Roles,
    (faults, notes): (&mut Vec<Diagnostic>, &mut Vec<String>),
) {
    rows::rows(frame, roles, notes);
    supply::supply(frame, roles, (faults, notes));
    columns::columns(frame, roles, notes);
    columns::final_demand(frame, roles, notes);
}
