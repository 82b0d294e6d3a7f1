//! Reading a run's folder again: its social accounting matrix and its headline figures.

use crate::measure::sam::{Payment, Sam, SectorYear};
use crate::place::PlaceError;
use std::path::Path;

/// What is kept of a run's year, and the traced LM3 and LM∞ of the whole run (income convention).
pub struct RunYear {
    pub year: u16,
    /// The year in which the run was stopped and its months, where it was.
    pub stopped: Option<(u16, usize)>,
    pub sam: Sam,
    pub lm3: Option<f64>,
    pub lm_infinity: Option<f64>,
    /// Files read, with their SHA-256.
    pub data: Vec<(String, String)>,
}

/// A year of the run in a folder; the last full one when none is asked.
pub fn read(folder: &Path, asked: Option<u16>) -> Result<RunYear, PlaceError> {
    is_run(folder)?;
    let (sam_file, sam_rows, sam_hash) = rows(folder, "sam.csv", 5)?;
    let (sectors_file, sector_rows, sectors_hash) = rows(folder, "sectors.csv", 4)?;
    let years: Vec<u16> = sector_rows.iter().filter_map(|(_, row)| row[0].parse().ok()).collect();
    let last = years.iter().copied().max().unwrap_or(0);
    let months = months(folder)?;
    // Flows and sales of fewer months are no year's, and jobs per pound of them would be too many.
    let full = (months / 12) as u16;
    let stopped = (months % 12 > 0).then_some((full + 1, months % 12));
    let year = asked.unwrap_or(full);
    if let Some((of, months)) = stopped.filter(|(of, _)| *of == year || full == 0) {
        let remedy = match full {
            0 => "the run was stopped before it had a full year, and multipliers are of a year: run it for longer".into(),
            _ => format!("the run was stopped in year {of}, and multipliers are of a full year: ask for {}", first_to(full)),
        };
        return Err(PlaceError::wrong(
            &sectors_file,
            None,
            "--year",
            format!("{of} (of {months} months)"),
            remedy,
        ));
    }
    if !years.contains(&year) {
        let remedy = format!("the run has years 1 to {}: ask for one of these", full.min(last));
        return Err(PlaceError::wrong(&sectors_file, None, "--year", year, remedy));
    }
    let number = |file: &str, (line, row): &(usize, Vec<String>), at: usize| {
        row[at].parse::<f64>().ok().filter(|x| x.is_finite()).ok_or_else(|| {
            PlaceError::wrong(
                file,
                Some(*line),
                "amount",
                &row[at],
                "this file is not as recirc wrote it: run again",
            )
        })
    };
    let of_year = |(_, row): &&(usize, Vec<String>)| row[0].parse() == Ok(year);
    let mut sam = Sam { payments: Vec::new(), sectors: Vec::new() };
    for of in sam_rows.iter().filter(of_year) {
        let [_, receiver, payer, kind, _] = [0, 1, 2, 3, 4].map(|i| of.1[i].clone());
        sam.payments.push(Payment { receiver, payer, kind, pounds: number(&sam_file, of, 4)? });
    }
    for of in sector_rows.iter().filter(of_year) {
        let (jobs, net_sales) = (number(&sectors_file, of, 2)?, number(&sectors_file, of, 3)?);
        sam.sectors.push(SectorYear { sector: of.1[1].clone(), jobs, net_sales });
    }
    let data = vec![(sam_file, sam_hash), (sectors_file, sectors_hash)];
    let [lm3, lm_infinity] = ["lm3", "lm_infinity"].map(|id| traced(folder, id));
    Ok(RunYear { year, stopped, sam, lm3, lm_infinity, data })
}

/// Months that were simulated.
fn months(folder: &Path) -> Result<usize, PlaceError> {
    let path = folder.join("monthly.csv");
    let text = std::fs::read_to_string(&path).map_err(|error| {
        let remedy = "the months tell which years are full: run again";
        PlaceError::wrong(&path.display().to_string(), None, "--run", error, remedy)
    })?;
    Ok(text.lines().count().saturating_sub(1))
}

fn first_to(last: u16) -> String {
    if last == 1 { "year 1".into() } else { format!("one of years 1 to {last}") }
}

/// Refuse what is no run's folder, and say what it is.
fn is_run(folder: &Path) -> Result<(), PlaceError> {
    let has = |name: &str| folder.join(name).is_file();
    if has("sam.csv") {
        return Ok(());
    }
    let refuse = |what: &str, remedy: String| {
        Err(PlaceError::wrong(&folder.display().to_string(), None, "--run", what, remedy))
    };
    if !folder.is_dir() {
        let what = if folder.exists() { "a file" } else { "no such folder" };
        return refuse(what, "give the folder of one run, as `recirc run` writes it".into());
    }
    if has("comparison.csv") {
        let mut inside: Vec<String> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter(|entry| entry.path().join("sam.csv").is_file())
            .map(|entry| entry.path().display().to_string())
            .collect();
        inside.sort();
        let remedy = format!("give one scenario's folder in it: {}", inside.join(" or "));
        return refuse("the folder of a comparison", remedy);
    }
    if has("impulse_path.csv") {
        let remedy =
            "an impulse keeps differences and no accounts: `recirc run` the scenario and give that folder";
        return refuse("the folder of an impulse", remedy.into());
    }
    refuse("not the folder of a run", "give the folder of one run, as `recirc run` writes it".into())
}

/// A CSV file of so many columns, with lines and hash.
#[allow(clippy::type_complexity)]
fn rows(
    folder: &Path,
    name: &str,
    columns: usize,
) -> Result<(String, Vec<(usize, Vec<String>)>, String), PlaceError> {
    let path = folder.join(name);
    let file = path.display().to_string();
    let refuse = |value: String| {
        let remedy = "give the folder of one run, as `recirc run` writes it (of a comparison, one scenario's folder in it)";
        PlaceError::wrong(&file, None, "--run", value, remedy)
    };
    let text = std::fs::read_to_string(&path).map_err(|error| refuse(error.to_string()))?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut all = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| refuse(error.to_string()))?;
        if record.len() != columns {
            return Err(refuse(format!("{} columns", record.len())));
        }
        let line = record.position().map_or(0, |at| at.line() as usize);
        all.push((line, record.iter().map(str::to_owned).collect()));
    }
    Ok((file, all, crate::place::sha256(text.as_bytes())))
}

/// A traced headline of the whole run.
fn traced(folder: &Path, id: &str) -> Option<f64> {
    let text = std::fs::read_to_string(folder.join("summary.json")).ok()?;
    let value: serde_json::Value = serde_json::from_str(&text).ok()?;
    value["metrics"][id]["value"].as_f64()
}
