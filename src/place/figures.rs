//! Single figures in TOML: each a table `{ v, unit, flag, src }`, or a list of such tables with `from` when the
//! figure changes on a date.

use super::embedded;
use super::error::PlaceError;
use super::vocabulary::Flag;
use crate::base::date::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A figure with its unit, flag and source.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    pub v: Value,
    pub unit: String,
    pub flag: Flag,
    pub src: String,
    /// Between what a figure that nobody has counted may lie, and why.
    pub between: Option<[f64; 2]>,
    pub basis: Option<String>,
    /// "YYYY-MM", the first month in force, of a figure that changes.
    pub from: Option<String>,
}

/// A figure for all time, or its rows by date.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Entry {
    Always(Figure),
    Dated(Vec<Figure>),
}

impl Entry {
    fn rows(&self) -> &[Figure] {
        match self {
            Entry::Always(figure) => std::slice::from_ref(figure),
            Entry::Dated(rows) => rows,
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Value {
    One(f64),
    Many(Vec<f64>),
    /// Words of the vocabulary, such as zones.
    Words(Vec<String>),
}

/// The figures of a file, by section and name.
#[derive(Clone, Debug)]
pub struct Figures {
    pub file: String,
    sections: BTreeMap<String, BTreeMap<String, Entry>>,
}

impl Figures {
    pub fn embedded(path: &str) -> Result<Figures, PlaceError> {
        let (path, text) = embedded::text(path)?;
        Figures::parse(path, text)
    }

    pub fn parse(file: &str, text: &str) -> Result<Figures, PlaceError> {
        let sections = toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| text[..span.start.min(text.len())].lines().count().max(1));
            PlaceError::wrong(file, line, "figure", error.message(), "write { v, unit, flag, src }")
        })?;
        Ok(Figures { file: file.into(), sections })
    }

    fn entry(&self, section: &str, name: &str) -> Result<&Entry, PlaceError> {
        self.sections.get(section).and_then(|figures| figures.get(name)).ok_or_else(|| {
            PlaceError::wrong(&self.file, None, format!("{section}.{name}"), "missing", "add this figure")
        })
    }

    /// A figure that has no dates.
    pub fn get(&self, section: &str, name: &str) -> Result<&Figure, PlaceError> {
        match self.entry(section, name)? {
            Entry::Always(figure) if figure.from.is_none() => Ok(figure),
            _ => {
                let key = format!("{section}.{name}");
                Err(PlaceError::wrong(
                    &self.file,
                    None,
                    key,
                    "rows by date",
                    "write one figure without `from`",
                ))
            }
        }
    }

    /// A number by the first month in which it holds, earliest first; each date once.
    pub fn dated(&self, section: &str, name: &str) -> Result<Vec<(Date, f64)>, PlaceError> {
        let wrong = |value: String, remedy: &str| {
            PlaceError::wrong(&self.file, None, format!("{section}.{name}"), value, remedy)
        };
        let mut rows = Vec::new();
        for row in self.entry(section, name)?.rows() {
            let from = row.from.as_deref().unwrap_or("");
            let date = Date::parse(from)
                .ok_or_else(|| wrong(format!("from {from:?}"), "write from = \"YYYY-MM\" in each row"))?;
            match row.v {
                Value::One(value) if value.is_finite() => rows.push((date, value)),
                _ => return Err(wrong(format!("{:?}", row.v), "write one finite number")),
            }
        }
        if rows.is_empty() || rows.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
            return Err(wrong(format!("{} rows", rows.len()), "write rows in order of date, each date once"));
        }
        Ok(rows)
    }

    /// Words, such as zones.
    pub fn words(&self, section: &str, name: &str) -> Result<&[String], PlaceError> {
        match &self.get(section, name)?.v {
            Value::Words(words) => Ok(words),
            other => {
                let key = format!("{section}.{name}");
                Err(PlaceError::wrong(&self.file, None, key, format!("{other:?}"), "write a list of words"))
            }
        }
    }

    /// One finite number.
    pub fn one(&self, section: &str, name: &str) -> Result<f64, PlaceError> {
        match &self.get(section, name)?.v {
            Value::One(value) if value.is_finite() => Ok(*value),
            other => Err(PlaceError::wrong(
                &self.file,
                None,
                format!("{section}.{name}"),
                format!("{other:?}"),
                "write one finite number",
            )),
        }
    }

    /// A list of N finite numbers.
    pub fn many<const N: usize>(&self, section: &str, name: &str) -> Result<[f64; N], PlaceError> {
        let wrong = |value: String| {
            let remedy = format!("write {N} finite numbers");
            PlaceError::wrong(&self.file, None, format!("{section}.{name}"), value, remedy)
        };
        match &self.get(section, name)?.v {
            Value::Many(values) if values.iter().all(|value| value.is_finite()) => {
                values.as_slice().try_into().map_err(|_| wrong(format!("{} numbers", values.len())))
            }
            other => Err(wrong(format!("{other:?}"))),
        }
    }

    /// Every figure, each row of a dated one: section, name, figure.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str, &Figure)> {
        self.sections.iter().flat_map(|(section, figures)| {
            figures.iter().flat_map(move |(name, entry)| {
                entry.rows().iter().map(move |figure| (section.as_str(), name.as_str(), figure))
            })
        })
    }
}
