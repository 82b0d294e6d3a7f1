//! A CSV file as labelled cells, each with its line; `# key: value` lines above are its header.

use crate::place::PlaceError;

/// One row: its line in the file, its label, and a cell a column.
pub(in crate::scenario) struct Row {
    pub line: usize,
    pub label: String,
    pub cells: Vec<String>,
}

pub(in crate::scenario) struct Grid {
    pub file: String,
    /// `# key: value` lines: line, key, value.
    pub header: Vec<(usize, String, String)>,
    /// Line of the column labels, and the labels.
    pub labels_line: usize,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
}

impl Grid {
    /// A table: every row and column has a label, and none twice.
    pub fn parse(file: &str, text: &str) -> Result<Grid, PlaceError> {
        let grid = Grid::ledger(file, text)?;
        grid.labels()?;
        Ok(grid)
    }

    /// A list whose rows may repeat.
    pub fn ledger(file: &str, text: &str) -> Result<Grid, PlaceError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let broken = |error: csv::Error| {
            let line = error.position().map(|at| at.line() as usize);
            PlaceError::wrong(file, line, "table", error, "write one row a line, with a comma between cells")
        };
        let mut reader = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .delimiter(delimiter(text))
            .flexible(true)
            .has_headers(false)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut records = Vec::new();
        for record in reader.records() {
            let record = record.map_err(broken)?;
            let line = record.position().map_or(0, |at| at.line() as usize);
            if record.iter().any(|cell| !cell.is_empty()) {
                records.push((line, record));
            }
        }
        let mut records = records.into_iter();
        let Some((labels_line, first)) = records.next() else {
            let remedy = "write a row of column labels, then a row a sector";
            return Err(PlaceError::wrong(file, None, "table", "empty", remedy));
        };
        let mut columns: Vec<String> = first.iter().skip(1).map(str::to_owned).collect();
        while columns.last().is_some_and(String::is_empty) {
            columns.pop();
        }
        let mut grid =
            Grid { file: file.into(), header: header(text), labels_line, columns, rows: Vec::new() };
        for (line, record) in records {
            grid.push(line, &record)?;
        }
        Ok(grid)
    }

    /// A row must have a cell for each column; empty cells after the last column are let pass.
    fn push(&mut self, line: usize, record: &csv::StringRecord) -> Result<(), PlaceError> {
        let label = record.get(0).unwrap_or("").to_owned();
        let mut cells: Vec<String> = record.iter().skip(1).map(str::to_owned).collect();
        while cells.len() > self.columns.len() && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells.len() != self.columns.len() {
            let remedy = format!(
                "this row has {} cells after its label, and the table has {} columns: make them the same",
                cells.len(),
                self.columns.len()
            );
            return Err(PlaceError::wrong(&self.file, Some(line), "row", label, remedy));
        }
        self.rows.push(Row { line, label, cells });
        Ok(())
    }

    /// Every row and column has a label, and none twice.
    fn labels(&self) -> Result<(), PlaceError> {
        let rows = self.rows.iter().map(|row| (row.line, row.label.as_str()));
        let columns = self.columns.iter().map(|label| (self.labels_line, label.as_str()));
        self.distinct("row", &rows.collect::<Vec<_>>())?;
        self.distinct("column", &columns.collect::<Vec<_>>())
    }

    fn distinct(&self, what: &str, labels: &[(usize, &str)]) -> Result<(), PlaceError> {
        for (i, (line, label)) in labels.iter().enumerate() {
            if label.is_empty() {
                let remedy = format!("every {what} needs a label: write what it stands for");
                return Err(PlaceError::wrong(
                    &self.file,
                    Some(*line),
                    format!("{what} {}", i + 1),
                    "(empty)",
                    remedy,
                ));
            }
            if let Some((first, _)) = labels[..i].iter().find(|(_, other)| same(other, label)) {
                let at = if first == line { String::new() } else { format!(" (first on line {first})") };
                let remedy =
                    format!("this {what} is there twice{at}: give each a label of its own, or add them up");
                return Err(PlaceError::wrong(&self.file, Some(*line), what, *label, remedy));
            }
        }
        Ok(())
    }

    pub fn row(&self, label: &str) -> Option<usize> {
        self.rows.iter().position(|row| same(&row.label, label))
    }

    pub fn column(&self, label: &str) -> Option<usize> {
        self.columns.iter().position(|column| same(column, label))
    }

    /// A finite number. Thousands may be separated by commas.
    pub fn number(&self, row: usize, column: usize) -> Result<f64, PlaceError> {
        let text = &self.rows[row].cells[column];
        if text.is_empty() {
            return Err(self.wrong(row, column, "this cell is empty: write its number, 0 if there is none"));
        }
        match without_thousands(text).parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => {
                Err(self.wrong(row, column, "this is not a number: write digits, with a point for decimals"))
            }
        }
    }

    /// The same, where an empty cell stands for nothing.
    pub fn number_or_none(&self, row: usize, column: usize) -> Result<Option<f64>, PlaceError> {
        if self.rows[row].cells[column].is_empty() { Ok(None) } else { self.number(row, column).map(Some) }
    }

    /// An error that points at a cell.
    pub fn wrong(&self, row: usize, column: usize, remedy: impl Into<String>) -> PlaceError {
        let of = &self.rows[row];
        let key = format!("row \"{}\", column \"{}\"", of.label, self.columns[column]);
        let value = &of.cells[column];
        let shown = if value.is_empty() { "(empty)" } else { value };
        PlaceError::wrong(&self.file, Some(of.line), key, shown, remedy)
    }
}

/// Labels are the same when only case, spaces, underscores and dashes differ.
pub(in crate::scenario) fn same(a: &str, b: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-'))
            .flat_map(char::to_lowercase)
            .collect()
    };
    plain(a) == plain(b)
}

/// Semicolons or tabs where the column labels have them and no comma.
fn delimiter(text: &str) -> u8 {
    let labels = text.lines().find(|line| !line.starts_with('#') && !line.trim().is_empty()).unwrap_or("");
    match labels {
        _ if labels.contains('\t') => b'\t',
        _ if labels.contains(';') && !labels.contains(',') => b';',
        _ => b',',
    }
}

fn header(text: &str) -> Vec<(usize, String, String)> {
    let pair = |(i, line): (usize, &str)| {
        let (key, value) = line.strip_prefix('#')?.split_once(':')?;
        let key = key.trim().to_lowercase().replace([' ', '-'], "_");
        Some((i + 1, key, value.trim().trim_matches('"').to_owned()))
    };
    text.lines().enumerate().filter_map(pair).collect()
}

/// `1,234,567.8` as `1234567.8`; anything else as it stands.
fn without_thousands(text: &str) -> String {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let whole = unsigned.split('.').next().unwrap_or("");
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let grouped = whole.contains(',')
        && (1..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_digit())
        && groups.all(|g| g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit()));
    if grouped { text.replace(',', "") } else { text.to_owned() }
}
