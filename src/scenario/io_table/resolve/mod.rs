//! Totals and their parts told apart by their numbers, where labels alone leave two rows or columns for one account.

mod columns;
mod parts;
mod rows;

use super::roles::Roles;
use crate::scenario::grid::Grid;

/// Cells of a row under the sectors, of a column beside them; empty ones and words count as nought here.
fn line(grid: &Grid, cells: impl Iterator<Item = (usize, usize)>) -> Vec<f64> {
    cells.map(|(r, c)| grid.number_or_none(r, c).ok().flatten().unwrap_or(0.0)).collect()
}

/// Where a table's lines are: its sectors by row and column, and how far sums may be off.
type Frame<'a> = (&'a Grid, &'a [(usize, usize)], f64);

fn close(a: &[f64], b: &[f64], tolerance: f64) -> bool {
    // Whole numbers may be rounded by one.
    let slack = |a: f64, b: f64| {
        let whole = a.fract() == 0.0 && b.fract() == 0.0 && a.abs().min(b.abs()) >= 100.0;
        if whole { 1.0 } else { 1e-9 }
    };
    a.iter().zip(b).all(|(a, b)| (a - b).abs() <= tolerance * a.abs().max(b.abs()) + slack(*a, *b))
}

fn add(sum: &mut [f64], more: &[f64]) {
    sum.iter_mut().zip(more).for_each(|(s, m)| *s += m);
}

/// Give rows and columns that read as output, pay or value added twice the role that their numbers show.
pub(super) fn resolve(frame: Frame, roles: &mut Roles, notes: &mut Vec<String>) {
    rows::rows(frame, roles, notes);
    columns::columns(frame, roles, notes);
    columns::final_demand(frame, roles, notes);
}
