//! A file in which every point stands before three digits: 1.400 is one thousand four hundred, or 1.4. Sums tell, or the user.

use super::Said;
use super::table::last;
use crate::scenario::Diagnostic;
use crate::scenario::error::ScenarioError;
use crate::scenario::grid::{Cell, Decimal, Grid};

/// One reading of a file: of its cells, by what was said of it.
type Read<'a, T> = &'a dyn Fn(&Grid, &[Said], Vec<Diagnostic>) -> Result<T, ScenarioError>;

/// Read a file with points before decimals, or between thousands where only that comes to the table's sums. `found`: whether a
/// reading is of this kind of table at all.
pub(super) fn either<T>(
    (file, text): (&str, &str),
    said: &[Said],
    read: Read<T>,
    found: fn(&T) -> bool,
) -> Result<T, ScenarioError> {
    let by = |decimal: Option<Decimal>| {
        let mut faults = Vec::new();
        let grid = Grid::parse_with(decimal, file, text, &mut faults)?;
        Ok::<_, ScenarioError>((grid, faults))
    };
    let (mut grid, mut faults) = by(None)?;
    let mut all: Vec<Said> = grid.header.iter().map(|(key, value)| Said::header(key, value)).collect();
    all.extend_from_slice(said);
    if let Some(of) = last(&all, "decimal") {
        let decimal = match of.value.to_lowercase().as_str() {
            "point" | "." => Decimal::Point,
            "comma" | "," => Decimal::Comma,
            _ => return Err(ScenarioError::from(of.wrong("no such sign", "write point or comma"))),
        };
        (grid, faults) = by(Some(decimal))?;
        return read(&grid, &all, faults);
    }
    let Some(cell) = grid.doubtful.clone() else { return read(&grid, &all, faults) };
    let plainly = read(&grid, &all, faults);
    let (mut grid, faults) = by(Some(Decimal::Comma))?;
    grid.notes.push(thousands(&cell));
    let by_thousands = read(&grid, &all, faults);
    match (plainly, by_thousands) {
        (Ok(a), Ok(b)) if found(&a) && found(&b) => Err(ScenarioError::from(which(&cell))),
        (Ok(a), _) if found(&a) => Ok(a),
        (_, Ok(b)) if found(&b) => Ok(b),
        (Ok(a), _) => Ok(a),
        (_, Ok(b)) => Ok(b),
        (Err(ScenarioError::Invalid(mut faults)), _) => {
            faults.push(which(&cell));
            Err(ScenarioError::Invalid(faults))
        }
        (Err(other), _) => Err(other),
    }
}

pub(super) fn thousands(cell: &Cell) -> String {
    format!("Points are read as separators of thousands, as in {} (--decimal point if not).", cell.text)
}

fn which(cell: &Cell) -> Diagnostic {
    Diagnostic::at(&cell.at, format!("{} may be decimals, or thousands", cell.text))
        .label("every point of the file stands before three digits")
        .help(
            "say so: --decimal comma if points separate thousands, --decimal point if they stand before decimals; or \
             `# decimal: comma` above the table",
        )
}
