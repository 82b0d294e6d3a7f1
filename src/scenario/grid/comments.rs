//! Lines that begin with `#`: comments, or rows of the table ("#,Supplier,Amount", "# of jobs,1,2,3").

use super::number::{Decimal, read};
use crate::scenario::diagnostic::{Diagnostic, Origin, Source};
use std::ops::Range;
use std::sync::Arc;

/// What a line is.
enum Line {
    Comment,
    Row,
    /// The names of the columns: "#Supplier,Amount".
    Head,
    Unclear,
}

/// The text with its comments as spaces, so that all else stands where it stood.
pub(super) fn blanked(source: &Arc<Source>, delimiter: u8) -> Result<String, Diagnostic> {
    let text = source.text.as_str();
    let lines = lines(text, delimiter);
    let marked = |line: &Range<usize>| text[line.clone()].starts_with('#');
    let mut plain: Vec<&Range<usize>> =
        lines.iter().filter(|line| !marked(line) && !text[(*line).clone()].trim().is_empty()).collect();
    // A table of which every row begins so.
    if plain.is_empty() {
        let row = |line: &&Range<usize>| {
            matches!(what(&cells(&text[(*line).clone()], delimiter), 0, true), Line::Row)
        };
        plain = lines.iter().filter(row).collect();
    }
    let width = usual(plain.iter().map(|line| cells(&text[(*line).clone()], delimiter).len()).collect());
    let top = plain.iter().find(|line| cells(&text[(**line).clone()], delimiter).len() == width);
    let mut out = text.to_owned();
    for line in lines.iter().filter(|line| marked(line)) {
        let below = top.is_some_and(|top| top.start < line.start);
        let next =
            top.filter(|top| text[line.end..].trim_start_matches('\n').len() == text.len() - top.start);
        let found = match next {
            Some(top) if is_head(&text[line.clone()], &text[(*top).clone()], delimiter) => Line::Head,
            _ => what(&cells(&text[line.clone()], delimiter), width, below),
        };
        match found {
            Line::Row => {}
            Line::Head => out.replace_range(line.start..line.start + 1, " "),
            Line::Comment => out.replace_range(line.clone(), &" ".repeat(line.len())),
            Line::Unclear => {
                let at = Origin { source: source.clone(), span: line.clone() };
                return Err(Diagnostic::at(&at, "a line that begins with # has numbers like a row")
                    .label("a row, or a comment?")
                    .help("take the # away if it is a row, else the line"));
            }
        }
    }
    Ok(out)
}

/// Whether a line above the first row names its columns: as many of them, in words and not in a sentence, over numbers.
fn is_head(line: &str, row: &str, delimiter: u8) -> bool {
    let (names, row) = (cells(line, delimiter), cells(row, delimiter));
    let named = |name: &&str| !name.trim().is_empty() && !name.starts_with(' ') && !is_number(name);
    names.len() > 2
        && names.len() == row.len()
        && names[0].trim_matches(['#', ' ', '"']).starts_with(char::is_alphabetic)
        && !names[0].contains(':')
        && names[1..].iter().all(named)
        && row[1..].iter().any(|cell| is_number(cell))
}

fn is_number(cell: &str) -> bool {
    let cell = cell.trim_matches(['"', ' ']);
    [Decimal::Point, Decimal::Comma].iter().any(|decimal| read(cell, *decimal).is_some())
}

fn what(cells: &[&str], width: usize, below: bool) -> Line {
    let numbers = cells.iter().skip(1).filter(|cell| is_number(cell));
    let (numbers, first) = (numbers.count(), cells[0].trim_matches(['#', '"', ' ']));
    let counted = first.is_empty() || first.chars().all(|c| c.is_ascii_digit()) || first.starts_with("of ");
    match () {
        () if cells.len() < 2 || first.contains(':') => Line::Comment,
        // "#" for "number".
        () if counted && (cells.len() == width || (below && numbers > 0)) => Line::Row,
        () if below && numbers > 0 && cells.len() == width => Line::Unclear,
        () => Line::Comment,
    }
}

fn usual(mut counts: Vec<usize>) -> usize {
    counts.sort_unstable();
    let of = counts.chunk_by(|a, b| a == b).max_by_key(|same| same.len());
    of.map_or(0, |same| same[0])
}

fn cells(line: &str, delimiter: u8) -> Vec<&str> {
    let mut quoted = false;
    line.split(|c: char| {
        quoted ^= c == '"';
        !quoted && c == char::from(delimiter)
    })
    .collect()
}

/// Lines, of which one within quotation marks is none. A comment's marks count for nothing.
fn lines(text: &str, delimiter: u8) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut out, mut start, mut at) = (Vec::new(), 0, 0);
    let (mut quoted, mut first) = (false, true);
    while at < bytes.len() {
        let byte = bytes[at];
        if byte == b'"' && (quoted || first) {
            quoted = !quoted;
            // Two marks within a quotation are one of its letters.
            first = !quoted;
        } else {
            first = !quoted && (byte == delimiter || byte == b'\n');
        }
        if byte == b'\n' && (!quoted || bytes[start] == b'#') {
            (quoted, first) = (false, true);
            out.push(start..at);
            start = at + 1;
        }
        at += 1;
    }
    out.push(start..bytes.len());
    out
}
