//! Jobs by sector in a region and in the nation, for location quotients.

use super::nation::{Scale, columns};
use super::points::thousands;
use super::{IoTable, Said, text};
use crate::scenario::error::{ScenarioError, refuse};
use crate::scenario::grid::{Decimal, Grid};
use crate::scenario::{Diagnostic, nearest};
use std::path::Path;

/// Jobs by sector, in the order of a table's sectors.
#[derive(Clone, Debug)]
pub struct Employment {
    pub file: String,
    pub sha256: String,
    pub region: Vec<f64>,
    pub nation: Vec<f64>,
    /// What was read into the file, for the reader of the results.
    pub notes: Vec<String>,
}

/// Read `sector, region, nation` for the sectors of a table, each by its name or its code. `said` are the columns of region
/// and nation where their names do not tell.
pub fn employment(
    path: &Path,
    table: &IoTable,
    said: [Option<&Said>; 2],
) -> Result<Employment, ScenarioError> {
    let text = text(path)?;
    let file = path.display().to_string();
    let mut faults = Vec::new();
    let mut grid = Grid::parse(&file, &text, &mut faults)?;
    // Nobody counts thousandths of jobs.
    if let Some(cell) = grid.doubtful.take() {
        faults.clear();
        grid = Grid::parse_with(Some(Decimal::Comma), &file, &text, &mut faults)?;
        grid.notes.push(thousands(&cell));
    }
    let [of_region, of_nation] = columns(&grid);
    let mut named = |said: Option<&Said>, name: &str, meant: &[usize]| {
        let Some(said) = said else {
            if let [first, second, ..] = meant {
                let [first, second] = [first, second].map(|c| &grid.columns[*c]);
                let title = format!(
                    "columns \"{}\" and \"{}\" could both be jobs in the {name}",
                    first.text, second.text
                );
                let fault = Diagnostic::at(&second.at, title).label("which of them counts?");
                faults.push(fault.help(format!("say which with --{name}-column")));
            }
            return meant.first().copied();
        };
        let found = grid.columns.iter().position(|label| label.is(&said.value));
        if found.is_none() {
            let all: Vec<&str> = grid.columns.iter().map(|label| label.text.as_str()).collect();
            let near = nearest(&said.value, all.iter().copied());
            let help = near.map_or_else(
                || format!("columns: {}", all.join(", ")),
                |near| format!("did you mean {near}?"),
            );
            faults.push(said.wrong("no such column of jobs", help));
        }
        found
    };
    let columns = (named(said[0], "region", &of_region), named(said[1], "nation", &of_nation));
    refuse(std::mem::take(&mut faults))?;
    let (Some(region), Some(nation)) = columns else {
        let found: Vec<&str> = grid.columns.iter().map(|label| label.text.as_str()).collect();
        let mut told = |column: Option<usize>, name: &str| {
            if column.is_none() {
                let fault = Diagnostic::at(&grid.top, format!("no column of jobs in the {name}"));
                let help = format!(
                    "write a first row of sector, region, nation, or say --{name}-column (found {})",
                    found.join(", ")
                );
                faults.push(fault.label(format!("no {name} here")).help(help));
            }
        };
        told(columns.0, "region");
        told(columns.1, "nation");
        return Err(ScenarioError::Invalid(faults));
    };
    let mut out = Employment {
        file,
        sha256: crate::place::sha256(text.as_bytes()),
        region: vec![],
        nation: vec![],
        notes: grid.notes.clone(),
    };
    let scale = Scale::of(&grid, (region, nation), &mut out.notes);
    let mut used = vec![false; grid.rows.len()];
    for names in &table.names {
        let found = names.iter().find_map(|name| grid.row(name));
        let Some(r) = found else {
            faults.push(missing(&grid, names));
            continue;
        };
        used[r] = true;
        let mut jobs = |c: usize| match grid.number(r, c) {
            Ok(_) if grid.rows[r].cells[c].text.contains('%') => {
                faults.push(grid.wrong(
                    r,
                    c,
                    "a share, and not jobs",
                    "give numbers of jobs, not per cents of them",
                ));
                None
            }
            Ok(jobs) if jobs >= 0.0 => Some(jobs),
            Ok(_) => {
                faults.push(grid.wrong(r, c, "jobs are not negative", "correct this cell"));
                None
            }
            Err(fault) => {
                faults.push(fault);
                None
            }
        };
        let (Some(own), Some(all)) = (jobs(region), jobs(nation)) else { continue };
        let [own, all] = scale.jobs([own, all]);
        if own > all {
            let what = format!("more than the {all} of the nation that holds it");
            faults.push(grid.wrong(r, region, what, "correct one of them, or swap the columns"));
        }
        out.region.push(own);
        out.nation.push(all);
    }
    others(&grid, table, &used, ((region, nation), &scale), &mut faults, &mut out);
    if faults.is_empty() {
        let totals = [&out.region, &out.nation].map(|jobs| jobs.iter().sum::<f64>());
        // Jobs in millions may come to one as well, but not in both.
        let shares = totals.iter().all(|total| (total - 1.0).abs() < 0.02);
        for (total, what) in totals.into_iter().zip(["region", "nation"]) {
            if total <= 0.0 {
                let fault = Diagnostic::at(&grid.top, format!("there are no jobs at all in the {what}"));
                faults.push(fault.label("all are 0").help("give some"));
            } else if shares {
                let fault = Diagnostic::at(&grid.top, format!("the jobs of the {what} come to {total}"));
                faults.push(fault.label("shares, and not jobs?").help("give numbers of jobs"));
            }
        }
    }
    refuse(faults)?;
    Ok(out)
}

fn missing(grid: &Grid, names: &[String]) -> Diagnostic {
    let sector = names.last().map_or("", String::as_str);
    let near = nearest(sector, grid.rows.iter().map(|row| row.label.text.as_str()));
    let near = near.map_or(String::new(), |near| format!(" (nearest: \"{near}\")"));
    let fault = Diagnostic::at(&grid.top, format!("sector \"{sector}\" of the table has no jobs here"));
    fault.label("no row of this name").help(format!("add its row, 0 where there are none{near}"))
}

/// Part of a total that the sectors may miss by rounding.
const ROUNDING: f64 = 0.01;

/// Rows of no sector: a total is let pass where it is one, and what the sectors lack of it is told.
fn others(
    grid: &Grid,
    table: &IoTable,
    used: &[bool],
    ((region, nation), scale): ((usize, usize), &Scale),
    faults: &mut Vec<Diagnostic>,
    out: &mut Employment,
) {
    for (r, row) in grid.rows.iter().enumerate().filter(|(r, _)| !used[*r]) {
        let total = |name: &String| {
            let name = name.to_lowercase();
            name.starts_with("total") || name.starts_with("all ") || name == "all" || name == "sum"
        };
        if row.label.names.iter().any(total) {
            let text = &row.label.text;
            let written = [region, nation].map(|c| grid.number_or_none(r, c).ok().flatten());
            let written = match written {
                [Some(own), Some(all)] => scale.jobs([own, all]).map(Some),
                one => one,
            };
            let sums = [out.region.iter().sum::<f64>(), out.nation.iter().sum()];
            let differs = |(written, sum): (Option<f64>, f64)| {
                written.is_some_and(|w: f64| (w - sum).abs() > ROUNDING * sum.abs().max(w.abs()))
            };
            if faults.is_empty() && written.into_iter().zip(sums).any(differs) {
                let said = written.map(|w| w.map_or("-".into(), |w| w.to_string()));
                let title = format!(
                    "\"{text}\" of the jobs is {} of {}, and the table's sectors add up to {} of {}",
                    said[0], said[1], sums[0], sums[1]
                );
                let fault =
                    Diagnostic::at(&row.label.at, title).label("sectors are missing, or a cell is wrong");
                faults.push(fault.help(
                    "the size of the region is that of its sectors: correct the rows, or take the total out to go by their sum",
                ));
            } else {
                out.notes.push(format!(
                    "\"{text}\" of the jobs is left out: the totals are those of the sectors."
                ));
            }
            continue;
        }
        let near = nearest(&row.label.text, table.sectors.iter().map(String::as_str));
        let near = near.map_or(String::new(), |near| format!("; nearest: \"{near}\""));
        let fault = Diagnostic::at(&row.label.at, format!("the table has no sector \"{}\"", row.label.text));
        let help = format!(
            "the totals of region and nation must be those of the table's sectors: rename the row, or take it out{near}"
        );
        faults.push(fault.label("no such sector").help(help));
    }
}
