//! Results on standard output as plain text, for a reader who is no modeller: aligned columns, at most 100
//! wide.

use std::io::{self, Write};

const WIDTH: usize = 100;
const GAP: usize = 2;

/// A page of results.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub heading: String,
    pub sections: Vec<Section>,
    pub closing: Vec<String>,
}

/// A table with a title. The first column is its labels and may be long; the others are short.
#[derive(Clone, Debug, Default)]
pub struct Section {
    pub title: String,
    pub note: Option<String>,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// Print on standard output. A reader who has seen enough and closed the pipe is no error.
pub fn print(report: &Report) -> io::Result<()> {
    print_text(&render(report))
}

/// The same for text that is ready, such as JSON.
pub fn print_text(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// The page as text.
pub fn render(report: &Report) -> String {
    let mut lines = wrap(&report.heading, WIDTH);
    if let Some(longest) = lines.iter().map(|l| width(l)).max() {
        lines.push("=".repeat(longest));
    }
    for section in &report.sections {
        lines.push(String::new());
        lines.extend(wrap(&section.title, WIDTH));
        if let Some(note) = &section.note {
            lines.extend(wrap(note, WIDTH - GAP).into_iter().map(|l| format!("  {l}")));
        }
        lines.extend(table(section));
    }
    if !report.closing.is_empty() {
        lines.push(String::new());
    }
    lines.extend(report.closing.iter().flat_map(|text| wrap(text, WIDTH)));
    let mut text: String = lines.iter().map(|l| l.trim_end()).collect::<Vec<_>>().join("\n");
    text.push('\n');
    text
}

fn table(section: &Section) -> Vec<String> {
    let count = section.rows.iter().map(Vec::len).chain([section.columns.len()]).max().unwrap_or(0);
    if count == 0 {
        return Vec::new();
    }
    let cell = |row: &[String], i: usize| row.get(i).cloned().unwrap_or_default();
    let right: Vec<bool> =
        (0..count).map(|i| i > 0 && section.rows.iter().all(|row| is_number(&cell(row, i)))).collect();
    let widths = widths(section, count);
    let mut lines = Vec::new();
    let header = (0..count).map(|i| cell(&section.columns, i)).collect::<Vec<_>>();
    if header.iter().any(|h| !h.is_empty()) {
        lines.extend(row_lines(&header, &widths, &right, true));
        let rule = "-".repeat(widths.iter().sum::<usize>() + GAP * (count - 1));
        lines.push(format!("  {rule}"));
    }
    for row in &section.rows {
        let row = (0..count).map(|i| cell(row, i)).collect::<Vec<_>>();
        lines.extend(row_lines(&row, &widths, &right, false));
    }
    lines
}

/// Natural widths, cut from the widest column until a line fits the page.
fn widths(section: &Section, count: usize) -> Vec<usize> {
    let all = || section.rows.iter().chain([&section.columns]);
    let mut widths: Vec<usize> =
        (0..count).map(|i| all().filter_map(|row| row.get(i)).map(|c| width(c)).max().unwrap_or(0)).collect();
    let room = WIDTH.saturating_sub(GAP * count).max(count);
    // No word is broken while another column has room to give.
    let words = |i: usize| all().filter_map(move |row| row.get(i)).flat_map(|c| c.split_whitespace());
    let whole: Vec<usize> = (0..count).map(|i| words(i).map(width).max().unwrap_or(0)).collect();
    while widths.iter().sum::<usize>() > room {
        let spare = (0..count).filter(|i| widths[*i] > whole[*i]).max_by_key(|i| widths[*i]);
        let Some(i) = spare.or_else(|| (0..count).max_by_key(|i| widths[*i])) else { break };
        widths[i] -= 1;
    }
    widths
}

/// One row, over as many lines as its longest cell needs. Cells begin on the first of them; heads of numbers end on the last.
fn row_lines(row: &[String], widths: &[usize], right: &[bool], heads: bool) -> Vec<String> {
    let cells: Vec<Vec<String>> = row.iter().zip(widths).map(|(text, &w)| wrap(text, w.max(1))).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let piece = |i: usize, line: usize| {
        let from = if heads && right[i] { height - cells[i].len() } else { 0 };
        let text = line.checked_sub(from).and_then(|l| cells[i].get(l)).map_or("", String::as_str);
        let pad = " ".repeat(widths[i].saturating_sub(width(text)));
        if right[i] { format!("{pad}{text}") } else { format!("{text}{pad}") }
    };
    (0..height)
        .map(|line| {
            let pieces: Vec<String> = (0..row.len()).map(|i| piece(i, line)).collect();
            format!("  {}", pieces.join(&" ".repeat(GAP)))
        })
        .collect()
}

/// Figures with a sign, a currency or a unit, or nothing at all.
fn is_number(cell: &str) -> bool {
    let first = cell.trim_start_matches(['+', '-', '−', '£', '≈', '<', '>', '(', ' ']).chars().next();
    first.is_none_or(|c| c.is_ascii_digit() || matches!(c, '∞' | '–' | '—'))
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// Break at spaces; a word longer than the line is cut.
fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let mut word: Vec<char> = word.chars().collect();
        if !line.is_empty() && width(&line) + 1 + word.len() > room {
            lines.push(std::mem::take(&mut line));
        }
        while word.len() > room {
            lines.push(word.drain(..room).collect());
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name that takes two lines begins beside its figure; the head of figures stands on the rule.
    #[test]
    fn cells_of_a_row_begin_on_one_line() {
        let cells = |row: [&str; 2]| row.map(str::to_owned).to_vec();
        let lines = |row, heads| row_lines(&cells(row), &[10, 6], &[false, true], heads);
        assert_eq!(lines(["a long name", "12"], false), ["  a long          12", "  name              "]);
        assert_eq!(lines(["a long name", "city"], true), ["  a long            ", "  name          city"]);
    }
}
