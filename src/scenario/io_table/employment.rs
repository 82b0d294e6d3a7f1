//! Jobs by sector in a region and in the nation, for location quotients.

use super::text;
use crate::place::PlaceError;
use crate::scenario::grid::{Grid, same};
use crate::scenario::nearest;
use std::path::Path;

/// Jobs by sector, in the order of a table's sectors.
#[derive(Clone, Debug)]
pub struct Employment {
    pub file: String,
    pub sha256: String,
    pub region: Vec<f64>,
    pub nation: Vec<f64>,
}

/// Read `sector, region, nation` for these sectors.
pub fn employment(path: &Path, sectors: &[String]) -> Result<Employment, PlaceError> {
    let text = text(path)?;
    let file = path.display().to_string();
    let grid = Grid::parse(&file, &text)?;
    let column = |names: &[&str], otherwise: usize| {
        let found = names.iter().find_map(|name| grid.column(name));
        found.or((grid.columns.len() == 2).then_some(otherwise)).ok_or_else(|| {
            let remedy = format!(
                "no such column: write a first row of sector, region, nation (found {})",
                grid.columns.join(", ")
            );
            PlaceError::wrong(&file, Some(grid.labels_line), "column", names[0], remedy)
        })
    };
    let region = column(&["region", "place", "local", "city"], 0)?;
    let nation = column(&["nation", "national", "country"], 1)?;
    let mut out = Employment {
        file: file.clone(),
        sha256: crate::place::sha256(text.as_bytes()),
        region: vec![],
        nation: vec![],
    };
    for sector in sectors {
        let Some(r) = grid.row(sector) else {
            let near = nearest(sector, grid.rows.iter().map(|row| row.label.as_str()));
            let near = near.map_or(String::new(), |near| format!(" (nearest: \"{near}\")"));
            let remedy =
                format!("a sector of the table has no jobs here{near}: add its row, 0 where there are none");
            return Err(PlaceError::wrong(&file, None, "sector", sector, remedy));
        };
        let jobs = |c: usize| match grid.number(r, c)? {
            jobs if jobs >= 0.0 => Ok(jobs),
            _ => Err(grid.wrong(r, c, "jobs are not negative: correct this cell")),
        };
        let (own, all) = (jobs(region)?, jobs(nation)?);
        if own > all {
            return Err(grid.wrong(
                r,
                region,
                "more jobs in the region than in the nation that holds it: correct one",
            ));
        }
        out.region.push(own);
        out.nation.push(all);
    }
    if let Some(row) = grid.rows.iter().find(|row| !sectors.iter().any(|s| same(s, &row.label))) {
        let near = nearest(&row.label, sectors.iter().map(String::as_str));
        let near = near.map_or(String::new(), |near| format!(" (nearest: \"{near}\")"));
        let remedy = format!(
            "the table has no such sector{near}: the totals of region and nation must be those of its sectors"
        );
        return Err(PlaceError::wrong(&file, Some(row.line), "sector", &row.label, remedy));
    }
    for (total, what) in [(out.region.iter().sum::<f64>(), "region"), (out.nation.iter().sum(), "nation")] {
        if total <= 0.0 {
            return Err(PlaceError::wrong(&file, None, what, total, "there are no jobs at all: give some"));
        }
    }
    Ok(out)
}
