//! A CSV text as cells that know where they stand. Commas, semicolons or tabs; lines that begin with `#` are its head,
//! unless they are rows.

use super::comments;
use crate::scenario::diagnostic::{Diagnostic, Origin, Source};
use std::ops::Range;
use std::sync::Arc;

/// A cell or a label, without the spaces and quotes around it.
#[derive(Clone, Debug)]
pub(in crate::scenario) struct Cell {
    pub text: String,
    pub at: Origin,
}

/// All lines that hold anything, in order.
pub(in crate::scenario) struct Cells {
    pub lines: Vec<Vec<Cell>>,
    pub comma: bool,
}

/// What a text from a file is called and holds, for messages.
pub(in crate::scenario) fn source(file: &str, text: &str) -> Arc<Source> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    Arc::new(Source { label: file.to_owned(), text, dir: None })
}

pub(in crate::scenario) fn read(source: &Arc<Source>) -> Result<Cells, Diagnostic> {
    let delimiter = delimiter(&source.text);
    let text = &comments::blanked(source, delimiter)?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let at = Origin { source: source.clone(), span: 0..text.find('\n').unwrap_or(text.len()) };
            Diagnostic::at(&at, format!("this is no table ({error})"))
                .help("write one row a line, with a comma between cells")
        })?;
        let from = record.position().map_or(0, |at| at.byte() as usize);
        let spans = spans(text, from, delimiter);
        let cell = |(i, content): (usize, &str)| {
            let span = spans.get(i).cloned().unwrap_or(from..from);
            Cell { text: content.to_owned(), at: Origin { source: source.clone(), span } }
        };
        if record.iter().any(|content| !content.is_empty()) {
            lines.push(record.iter().enumerate().map(cell).collect());
        }
    }
    Ok(Cells { lines, comma: delimiter == b',' })
}

/// Where the cells of a record stand: the reader tells where it began to look, which may be at empty lines above.
fn spans(text: &str, from: usize, delimiter: u8) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    while bytes.get(at) == Some(&b'\n') {
        at += 1;
    }
    let (mut out, mut start, mut quoted) = (Vec::new(), at, false);
    loop {
        let byte = bytes.get(at).copied();
        // A quotation begins with its cell.
        if byte == Some(b'"') && (quoted || at == start) {
            quoted = !quoted;
        }
        let ends = byte.is_none() || (!quoted && (byte == Some(delimiter) || byte == Some(b'\n')));
        if ends {
            let cell = &text[start..at];
            let (left, right) = (cell.trim_start().len(), cell.trim_end().len());
            let begin = start + cell.len() - left;
            out.push(begin.min(start + right)..(start + right).max(begin.min(start + right)));
            if byte != Some(delimiter) {
                return out;
            }
            start = at + 1;
        }
        at += 1;
    }
}

/// The separator that gives the most lines the same number of cells, more than one.
fn delimiter(text: &str) -> u8 {
    let plain = |line: &str| !line.starts_with('#') && !line.trim().is_empty();
    let none = !text.lines().any(plain);
    let lines = || text.lines().filter(|line| none || plain(line));
    let count = |line: &str, delimiter: u8| {
        let mut quoted = false;
        let cells = line.bytes().filter(|b| {
            quoted ^= *b == b'"';
            !quoted && *b == delimiter
        });
        cells.count()
    };
    let alike = |delimiter: u8| {
        let mut counts: Vec<usize> = lines().map(|line| count(line, delimiter)).filter(|n| *n > 0).collect();
        counts.sort_unstable();
        counts.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or(0)
    };
    // Of equals the last is taken: a comma may stand within the cells of the others.
    [b',', b';', b'\t'].into_iter().max_by_key(|delimiter| alike(*delimiter)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_know_their_place() {
        let source = source("t.csv", "\u{feff}# head\r\n\r\na,\"b,c\" ,6\" d\r\n# more\r\n1,,3\r\n");
        let cells = read(&source).unwrap();
        assert_eq!(cells.lines.len(), 2);
        for line in &cells.lines {
            for cell in line {
                let there = source.text[cell.at.span.clone()].trim_matches('"');
                assert_eq!(there, cell.text);
            }
        }
    }

    #[test]
    fn separators_are_found() {
        for (text, wanted) in [
            ("a,b,c\n1,2,3\n", b','),
            ("a;b;c\n1,5;2,5;3\n", b';'),
            ("a\tb\n1,5\t2\n", b'\t'),
            ("A title; with words\na,b,c\n1,2,3\n", b','),
            ("a;b\n\"1;2\";3\n", b';'),
        ] {
            assert_eq!(delimiter(text), wanted, "{text}");
        }
    }
}
