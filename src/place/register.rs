//! Every figure in the data files, with its unit, flag and source.

use super::embedded;
use super::error::PlaceError;
use super::figures::{Figures, Value};
use super::table::Table;
use super::vocabulary::Flag;

/// One figure.
#[derive(Clone, Debug)]
pub struct Parameter {
    pub file: String,
    pub key: String,
    pub value: f64,
    pub unit: String,
    pub flag: String,
    pub source: String,
    /// Between what it may lie, where it is assumed.
    pub between: Option<Between>,
}

/// A range and where it comes from.
#[derive(Clone, Debug)]
pub struct Between {
    pub low: f64,
    pub high: f64,
    pub basis: String,
}

/// The rule for lists of figures and for whole tables: "0.25 of each ...; why". A share is at most 1.
fn spread(rule: &str, value: f64, unit: &str) -> Option<Between> {
    let (part, basis) = rule.split_once(';')?;
    let part: f64 = part.split_whitespace().next()?.parse().ok()?;
    let most = if unit.starts_with("share") && value <= 1.0 { 1.0 } else { f64::INFINITY };
    let reach = part * value.abs();
    Some(Between { low: value - reach, high: (value + reach).min(most), basis: basis.trim().to_owned() })
}

/// For lists in a file of single figures.
const OF_LISTS: &str = "0.25 of each; a quarter either way, assumed";

/// The register, in the order of the files. A row's own unit, flag and source come before the table's.
pub fn parameters() -> Result<Vec<Parameter>, PlaceError> {
    let mut out = Vec::new();
    for (path, text) in embedded::FILES {
        if path.ends_with(".toml") {
            single(&Figures::parse(path, text)?, &mut out);
        } else {
            tabled(&Table::parse(path, text)?, &mut out);
        }
    }
    Ok(out)
}

fn single(figures: &Figures, out: &mut Vec<Parameter>) {
    for (section, name, figure) in figures.all() {
        let values = match &figure.v {
            Value::One(value) => std::slice::from_ref(value),
            Value::Many(values) => values.as_slice(),
            Value::Words(_) => continue,
        };
        let name = match &figure.from {
            Some(from) => format!("{name} from {from}"),
            None => name.to_string(),
        };
        out.extend(values.iter().enumerate().map(|(k, &value)| Parameter {
            file: figures.file.clone(),
            key: if values.len() == 1 {
                format!("{section}.{name}")
            } else {
                format!("{section}.{name}[{k}]")
            },
            value,
            unit: figure.unit.clone(),
            flag: format!("{:?}", figure.flag).to_lowercase(),
            source: figure.src.clone(),
            between: match figure.between {
                Some([low, high]) => {
                    Some(Between { low, high, basis: figure.basis.clone().unwrap_or_default() })
                }
                None if values.len() > 1 && figure.flag == Flag::Assumed => {
                    spread(OF_LISTS, value, &figure.unit)
                }
                None => None,
            },
        }));
    }
}

fn tabled(table: &Table, out: &mut Vec<Parameter>) {
    for (_, cells) in table.rows() {
        let own = |name: &str| {
            let at = table.columns.iter().position(|column| column == name);
            let cell = at.and_then(|at| cells.get(at)).filter(|cell| !cell.is_empty());
            cell.or_else(|| table.head.get(name)).cloned().unwrap_or_default()
        };
        let name = cells.first().cloned().unwrap_or_default();
        for (column, cell) in table.columns.iter().zip(cells).skip(1) {
            let Ok(value) = cell.parse::<f64>() else {
                continue;
            };
            let (unit, flag) = (own("unit"), own("flag"));
            let rule = table.head.get("spread").filter(|_| flag == "assumed");
            out.push(Parameter {
                file: table.file.clone(),
                key: format!("{name}, {column}"),
                value,
                between: rule.and_then(|rule| spread(rule, value, &unit)),
                unit,
                flag,
                source: own("source"),
            });
        }
    }
}
