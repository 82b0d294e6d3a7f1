//! Which cells of a table are labels, and which labels pair rows with columns.

use super::{Cell, Label, same};
use crate::scenario::diagnostic::Origin;

/// How many cells at the beginning of most lines are words: labels, of which a code may be the first.
pub(super) fn label_columns(body: &[Vec<Cell>], numeric: &dyn Fn(&Cell) -> bool) -> usize {
    let words = |c: usize| {
        let filled = body.iter().filter_map(|line| line.get(c)).filter(|cell| !cell.text.is_empty());
        let of = filled
            .clone()
            .filter(|cell| !numeric(cell) && cell.text.chars().any(char::is_alphabetic))
            .count();
        of * 2 > body.len()
    };
    (1..3).take_while(|c| words(*c)).count() + 1
}

/// Which of the rows' labels, and which line of column labels, have most in common.
pub(super) fn pairing(
    body: &[Vec<Cell>],
    heads: &[&[Cell]],
    labels: usize,
    kept: &[usize],
) -> (usize, usize) {
    let common = |own: usize, head: usize| {
        let names: Vec<&str> =
            body.iter().filter_map(|line| line.get(own)).map(|cell| cell.text.as_str()).collect();
        let is = |c: &&usize| {
            heads[head]
                .get(**c)
                .is_some_and(|cell| !cell.text.is_empty() && names.iter().any(|name| same(name, &cell.text)))
        };
        kept.iter().filter(is).count()
    };
    let pairs = (0..labels).flat_map(|own| (0..heads.len()).map(move |head| (own, head)));
    // Of equals the first.
    let best = pairs.map(|pair| (common(pair.0, pair.1), pair)).reduce(|a, b| if b.0 > a.0 { b } else { a });
    best.map_or((0, 0), |(_, pair)| pair)
}

pub(super) fn column(heads: &[&[Cell]], c: usize, of_head: usize, top: &Origin) -> Label {
    let cell = |h: usize| heads[h].get(c).filter(|cell| !cell.text.is_empty());
    let order = std::iter::once(of_head).chain((0..heads.len()).filter(|h| *h != of_head));
    let found: Vec<&Cell> = order.filter_map(cell).collect();
    let names: Vec<String> = found.iter().map(|cell| cell.text.clone()).collect();
    let at = found.first().map_or_else(
        || heads[of_head].get(c).map_or_else(|| top.clone(), |cell| cell.at.clone()),
        |cell| cell.at.clone(),
    );
    Label { text: names.first().cloned().unwrap_or_default(), names, at }
}

/// A row's label: shown by its name where a code stands before it.
pub(super) fn row_label(line: &[Cell], labels: usize, own: usize) -> Label {
    let cell = |c: usize| line.get(c).filter(|cell| !cell.text.is_empty());
    let order = std::iter::once(own).chain((0..labels).filter(|c| *c != own));
    let found: Vec<&Cell> = order.filter_map(cell).collect();
    let shown = (0..labels).rev().find_map(cell);
    let at = shown.map_or_else(|| line[0].at.clone(), |cell| cell.at.clone());
    Label {
        text: shown.map_or(String::new(), |cell| cell.text.clone()),
        names: found.iter().map(|cell| cell.text.clone()).collect(),
        at,
    }
}

/// Columns at the left that are empty throughout are a margin.
pub(super) fn without_margin(lines: &mut [Vec<Cell>]) {
    let blank = |line: &Vec<Cell>| line.first().is_none_or(|cell| cell.text.is_empty());
    let more = |lines: &[Vec<Cell>]| lines.iter().any(|line| line.len() > 1);
    while more(lines) && lines.iter().all(blank) {
        lines.iter_mut().filter(|line| !line.is_empty()).for_each(|line| drop(line.remove(0)));
    }
}

/// A second line of labels: words, or numbers that are the codes of the rows, over most of the columns.
pub(super) fn second_line_of_labels(
    line: &[Cell],
    body: &[Vec<Cell>],
    widest: usize,
    numeric: &dyn Fn(&Cell) -> bool,
) -> bool {
    let filled: Vec<&Cell> = line.iter().skip(1).filter(|cell| !cell.text.is_empty()).collect();
    if body.is_empty() || filled.len() * 2 < widest.saturating_sub(1) || filled.is_empty() {
        return false;
    }
    let words = filled.iter().all(|cell| !numeric(cell));
    let is_code =
        |cell: &&&Cell| body.iter().any(|row| row.first().is_some_and(|code| same(&code.text, &cell.text)));
    let bare = line.first().is_none_or(|cell| cell.text.is_empty());
    words || (bare && filled.iter().filter(is_code).count() * 2 > filled.len())
}
