//! Columns that read as output twice, and subtotals of final demand.

use super::{Frame, add, close, line};
use crate::scenario::io_table::TOLERANCE;
use crate::scenario::io_table::labels::{ColumnRole as C, RowRole as R};
use crate::scenario::io_table::roles::Roles;
use crate::scenario::io_table::table::says_imports;

pub(super) fn columns((grid, at): Frame, roles: &mut Roles, notes: &mut Vec<String>) {
    households((grid, at), roles, notes);
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

/// Households in all beside those of the country and the town: one column is the sum of the others.
fn households((grid, at): Frame, roles: &mut Roles, notes: &mut Vec<String>) {
    let column = |c: usize| line(grid, at.iter().map(|(r, _)| (*r, c)));
    let all = roles.columns_of(&[C::Households]);
    if all.len() < 3 || all.iter().any(|c| roles.said_columns[*c]) {
        return;
    }
    let whole = all.iter().copied().find(|whole| {
        let mut sum = vec![0.0; at.len()];
        all.iter().filter(|c| *c != whole).for_each(|c| add(&mut sum, &column(*c)));
        close(&sum, &column(*whole))
    });
    let Some(whole) = whole else { return };
    for c in all.into_iter().filter(|c| *c != whole) {
        roles.columns[c] = C::Subtotal;
        let name = |c: usize| &grid.columns[c].text;
        notes.push(format!("\"{}\" is read as a part of \"{}\".", name(c), name(whole)));
    }
}

/// Subtotals of final demand, such as P3 beside P3_S13 to P3_S15: columns that are the sum of two or more next to them, where
/// rows would come to more than output with them, or no output is told.
pub(super) fn final_demand((grid, at): Frame, roles: &mut Roles, notes: &mut Vec<String>) {
    let imports = |c: usize| grid.columns[c].any(says_imports);
    let column = |c: usize| {
        let cells = line(grid, at.iter().map(|(r, _)| (*r, c)));
        // Taken off final demand, whatever their sign.
        let above = imports(c) && cells.iter().all(|x| *x >= 0.0);
        if above { cells.into_iter().map(|x| -x).collect() } else { cells }
    };
    let output = roles
        .supply
        .clone()
        .or_else(|| roles.column(C::Output).map(column))
        .or_else(|| roles.row(R::Output).map(|r| line(grid, at.iter().map(|(_, c)| (r, *c)))));
    let mut sales = vec![0.0; at.len()];
    at.iter().for_each(|(_, c)| add(&mut sales, &column(*c)));
    loop {
        let demand = roles.columns_of(&[C::Households, C::Final]);
        let mut rows = sales.clone();
        demand.iter().for_each(|c| add(&mut rows, &column(*c)));
        // Of a small table without output two columns may be the sum of two others by chance.
        let over = output.as_ref().map_or(at.len() > 2, |output| {
            let slack = |x: f64| if x.fract() == 0.0 && x.abs() >= 100.0 { 1.0 } else { 1e-9 };
            rows.iter().zip(output).any(|(sum, x)| *sum > *x + TOLERANCE * x.abs() + slack(*x))
        });
        let is_sum = |k: usize| {
            let own = column(demand[k]);
            let of = |next: &mut dyn Iterator<Item = &usize>| {
                let mut sum = vec![0.0; own.len()];
                next.enumerate().any(|(n, c)| {
                    add(&mut sum, &column(*c));
                    n > 0 && close(&sum, &own)
                })
            };
            own.iter().any(|x| *x != 0.0)
                && (of(&mut demand[..k].iter().rev()) || of(&mut demand[k + 1..].iter()))
        };
        let may = |k: &usize| {
            let c = demand[*k];
            roles.columns[c] == C::Final && !roles.said_columns[c] && !imports(c)
        };
        let found = (0..demand.len()).filter(may).find(|k| over && is_sum(*k)).map(|k| demand[k]);
        let Some(c) = found else { return };
        roles.columns[c] = C::Subtotal;
        notes
            .push(format!("\"{}\" is the sum of columns next to it, and counts once.", grid.columns[c].text));
    }
}
