//! Single figures in TOML: each a table `{ v, unit, flag, src }`.

use super::embedded;
use super::error::PlaceError;
use super::vocabulary::Flag;
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
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Value {
    One(f64),
    Many(Vec<f64>),
}

/// The figures of a file, by section and name.
#[derive(Clone, Debug)]
pub struct Figures {
    pub file: String,
    sections: BTreeMap<String, BTreeMap<String, Figure>>,
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

    pub fn get(&self, section: &str, name: &str) -> Result<&Figure, PlaceError> {
        self.sections.get(section).and_then(|figures| figures.get(name)).ok_or_else(|| {
            PlaceError::wrong(&self.file, None, format!("{section}.{name}"), "missing", "add this figure")
        })
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

    /// Every figure: section, name, figure.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str, &Figure)> {
        self.sections.iter().flat_map(|(section, figures)| {
            figures.iter().map(move |(name, f)| (section.as_str(), name.as_str(), f))
        })
    }
}
