//! A survey as a ledger: payee, amount, local, respend, and if wanted kind (staff or supplier).

use super::{DEFAULTS, Kind, Payee, Rate, Survey, amount, share, whole};
use crate::place::PlaceError;
use crate::scenario::grid::Grid;

const HEADER: [&str; 4] = ["organisation", "area", "income_gbp", "contractor"];

pub(super) fn parse(file: &str, text: &str) -> Result<Survey, PlaceError> {
    let grid = Grid::ledger(file, text)?;
    let find = |names: &[&str]| names.iter().find_map(|name| grid.column(name));
    let need = |names: &[&str]| {
        find(names).ok_or_else(|| {
            let remedy = "no such column: the first row is payee, amount, local, respend";
            PlaceError::wrong(file, Some(grid.labels_line), "column", names[0], remedy)
        })
    };
    let known = ["amount", "amount_gbp", "paid", "paid_gbp", "local", "respend", "local_respend", "kind"];
    if let Some(label) =
        grid.columns.iter().find(|label| !known.iter().any(|k| grid.column(k) == grid.column(label)))
    {
        let near = crate::scenario::nearest(label, known);
        let near = near.map_or(String::new(), |near| format!("; did you mean {near}?"));
        let remedy = format!("no such column{near} The first row is payee, amount, local, respend");
        return Err(PlaceError::wrong(file, Some(grid.labels_line), "column", label, remedy));
    }
    let paid_in = need(&["amount", "amount_gbp", "paid", "paid_gbp"])?;
    let local_in = need(&["local"])?;
    let (rate_in, kind_in) = (find(&["respend", "local_respend"]), find(&["kind"]));
    let mut payees = Vec::new();
    for (r, row) in grid.rows.iter().enumerate() {
        let at = |c: usize| move |remedy: &str| (c, remedy.to_owned());
        let wrong = |(c, remedy): (usize, String)| grid.wrong(r, c, remedy);
        let kind = match kind_in.map(|c| (c, row.cells[c].to_lowercase())) {
            None => Kind::Supplier,
            Some((_, word)) if word == "supplier" || word.is_empty() => Kind::Supplier,
            Some((_, word)) if word == "staff" => Kind::Staff,
            Some((c, _)) => return Err(grid.wrong(r, c, "write staff or supplier")),
        };
        let paid = amount(grid.number(r, paid_in)?, |remedy| wrong(at(paid_in)(remedy)))?;
        let local = yes_or_no(&grid, r, local_in)?;
        let asked = rate_in.map(|c| grid.number_or_none(r, c)).transpose()?.flatten();
        let (respend, rate) = match (asked, rate_in) {
            (Some(value), Some(c)) => (share(value, |remedy| wrong(at(c)(remedy)))?, Rate::Surveyed),
            _ => (default_rate(kind, local), Rate::Default),
        };
        payees.push(Payee {
            name: row.label.clone(),
            kind,
            paid,
            local: f64::from(u8::from(local)),
            respend,
            rate,
        });
    }
    let said = |key: &str| grid.header.iter().rev().find(|(_, k, _)| k == key || format!("{k}_gbp") == key);
    let income = match said("income_gbp") {
        None => None,
        Some((line, _, text)) => {
            let wrong = |remedy: &str| PlaceError::wrong(file, Some(*line), "income_gbp", text, remedy);
            let value =
                text.replace([',', '£'], "").parse().map_err(|_| wrong("write an amount in pounds"))?;
            Some((amount(value, wrong)?, Some(*line)))
        }
    };
    let contractor_is_local = match said("contractor").map(|(line, _, word)| (line, word.as_str())) {
        None => None,
        Some((_, "local")) => Some(true),
        Some((_, "outside")) => Some(false),
        Some((line, word)) => {
            return Err(PlaceError::wrong(file, Some(*line), HEADER[3], word, "write local or outside"));
        }
    };
    let text_of =
        |key: &str, otherwise: &str| said(key).map_or(otherwise.to_owned(), |(_, _, text)| text.clone());
    let survey = Survey {
        file: file.into(),
        sha256: crate::place::sha256(text.as_bytes()),
        organisation: text_of(HEADER[0], "the organisation"),
        area: text_of(HEADER[1], "the area"),
        income: 0.0,
        income_stated: false,
        contractor_is_local,
        payees,
    };
    whole(survey, income)
}

fn default_rate(kind: Kind, local: bool) -> f64 {
    match kind {
        Kind::Staff => DEFAULTS[0].share,
        Kind::Supplier if local => DEFAULTS[1].share,
        Kind::Supplier => DEFAULTS[2].share,
    }
}

fn yes_or_no(grid: &Grid, r: usize, c: usize) -> Result<bool, PlaceError> {
    match grid.rows[r].cells[c].to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "local" => Ok(true),
        "no" | "n" | "false" | "0" | "outside" => Ok(false),
        _ => Err(grid.wrong(r, c, "write yes or no: is this payee in the area?")),
    }
}
