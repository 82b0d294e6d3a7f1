//! Which cells of a table are labels, and which labels pair rows with columns.

use super::{Cell, Label, Row, same};
use crate::scenario::diagnostic::Origin;
use std::collections::BTreeSet;

/// The columns of the rows' labels: of names and codes, and of what is the same in many rows.
pub(super) struct Labels {
    pub count: usize,
    /// By column, whether its texts repeat so often that they are no names.
    beside: Vec<bool>,
    /// The column with the longest names, which are shown.
    shown: usize,
}

impl Labels {
    /// Cells at the beginning of most lines that are words.
    pub fn of(body: &[Vec<Cell>], numeric: &dyn Fn(&Cell) -> bool) -> Labels {
        let filled =
            |c: usize| body.iter().filter_map(move |line| line.get(c)).filter(|cell| !cell.text.is_empty());
        let words = |c: usize| {
            let of = filled(c).filter(|cell| !numeric(cell) && cell.text.chars().any(char::is_alphabetic));
            of.count() * 2 > body.len()
        };
        let count = (1..3).take_while(|c| words(*c)).count() + 1;
        let distinct =
            |c: usize| filled(c).map(|cell| cell.text.to_lowercase()).collect::<BTreeSet<_>>().len();
        let repeats = |c: usize| distinct(c) * 2 <= filled(c).count();
        let mut beside: Vec<bool> = (0..count).map(repeats).collect();
        if beside.iter().all(|repeats| *repeats) {
            beside = vec![false; count];
        }
        let letters = |c: usize| filled(c).map(|cell| cell.text.chars().count()).sum::<usize>();
        // Of equals the last.
        let names = (0..count).filter(|c| !beside[*c]);
        let shown = names.max_by_key(|c| (distinct(*c), letters(*c))).unwrap_or(0);
        Labels { count, beside, shown }
    }

    /// Which of the rows' labels, and which line of column labels, have most in common.
    pub fn pairing(&self, body: &[Vec<Cell>], heads: &[&[Cell]], kept: &[usize]) -> (usize, usize) {
        let common = |own: usize, head: usize| {
            let names: Vec<&str> =
                body.iter().filter_map(|line| line.get(own)).map(|cell| cell.text.as_str()).collect();
            let mut found: Vec<&str> = Vec::new();
            for cell in kept.iter().filter_map(|c| heads[head].get(*c)).filter(|cell| !cell.text.is_empty()) {
                // The name of a group stands over many columns, and is none of a single one.
                if names.iter().any(|name| same(name, &cell.text)) && !found.contains(&cell.text.as_str()) {
                    found.push(&cell.text);
                }
            }
            found.len()
        };
        let owns = (0..self.count).filter(|own| !self.beside[*own]);
        let pairs = owns.flat_map(|own| (0..heads.len()).map(move |head| (own, head)));
        // Of equals the first.
        let best =
            pairs.map(|pair| (common(pair.0, pair.1), pair)).reduce(|a, b| if b.0 > a.0 { b } else { a });
        best.map_or((0, 0), |(_, pair)| pair)
    }

    /// A row's label: shown by its name where a code stands beside it.
    pub fn row(&self, line: &[Cell], own: usize) -> Label {
        let cell = |c: usize| line.get(c).filter(|cell| !cell.text.is_empty());
        let names = || (0..self.count).filter(|c| !self.beside[*c]);
        let order = std::iter::once(own).chain(names().filter(|c| *c != own));
        let found: Vec<&Cell> = order.filter_map(cell).collect();
        let shown = cell(self.shown).or_else(|| names().rev().find_map(cell));
        // A row that has nothing but what usually stands beside a name is called so.
        let beside: Vec<&Cell> = (0..self.count).filter(|c| self.beside[*c]).filter_map(cell).collect();
        let (shown, found, beside) = match shown {
            None => (beside.last().copied(), beside, vec![]),
            shown => (shown, found, beside),
        };
        let texts = |cells: Vec<&Cell>| cells.into_iter().map(|cell| cell.text.clone()).collect();
        Label {
            text: shown.map_or(String::new(), |cell| cell.text.clone()),
            names: texts(found),
            beside: texts(beside),
            at: shown.map_or_else(|| line[0].at.clone(), |cell| cell.at.clone()),
        }
    }
}

/// Rows of the same name that differ in what stands beside it, such as goods from home and from abroad: the name is that of
/// the domestic row, the others' have the rest after it.
pub(super) fn apart(rows: &mut [Row]) {
    let domestic = |label: &Label| label.beside.iter().any(|text| text.to_lowercase().starts_with("dom"));
    let kept: Vec<String> =
        rows.iter().filter(|row| domestic(&row.label)).map(|row| row.label.key().to_owned()).collect();
    for Row { label, .. } in rows.iter_mut().filter(|row| !domestic(&row.label)) {
        if kept.iter().any(|name| same(name, label.key())) && !label.beside.is_empty() {
            let origin = label.beside.join(" ");
            let longer = |name: &String| format!("{name}, {origin}");
            (label.text, label.names) = (longer(&label.text), label.names.iter().map(longer).collect());
        }
    }
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
    Label { text: names.first().cloned().unwrap_or_default(), names, beside: vec![], at }
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
