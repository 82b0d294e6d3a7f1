//! Points in files without commas between cells: before decimals, or between thousands.

use super::Cell;

/// The groups of digits of a number with points; none of another text.
fn groups(cell: &Cell) -> Option<Vec<&str>> {
    let text = cell.text.trim_matches(|c: char| !c.is_ascii_digit());
    let groups: Vec<&str> = text.split('.').collect();
    groups
        .iter()
        .all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()))
        .then_some(groups)
}

/// Whether points may separate thousands in such a number.
fn may_separate(groups: &[&str]) -> bool {
    let first = groups[0];
    first.len() <= 3 && !first.starts_with('0') && groups[1..].iter().all(|group| group.len() == 3)
}

/// Whether a number has more points than one, each before three digits: 1.234.567.
pub(super) fn only_thousands<'a>(mut cells: impl Iterator<Item = &'a Cell>) -> bool {
    cells.any(|cell| groups(cell).is_some_and(|of| of.len() > 2 && may_separate(&of)))
}

/// The first number with a point, where three digits follow every point of the table, others have none, and none has a comma:
/// one thousand four hundred, or 1.4?
pub(super) fn doubtful<'a>(cells: impl Iterator<Item = &'a Cell>) -> Option<Cell> {
    let (mut first, mut whole) = (None, false);
    for cell in cells {
        let Some(of) = groups(cell) else {
            let number = cell.text.contains(|c: char| c.is_ascii_digit());
            if number && cell.text.contains([',', '.']) && !cell.text.contains(char::is_alphabetic) {
                return None;
            }
            continue;
        };
        match of[..] {
            [one] => whole |= one.bytes().any(|b| b != b'0'),
            _ if may_separate(&of) => first = first.or(Some(cell)),
            _ => return None,
        }
    }
    first.filter(|_| whole).cloned()
}
