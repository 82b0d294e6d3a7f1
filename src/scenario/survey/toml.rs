//! A survey in TOML.

use super::{DEFAULTS, Kind, Payee, Rate, Survey, amount, share, whole};
use crate::place::PlaceError;
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
struct File {
    organisation: Option<String>,
    area: Option<String>,
    /// Read so that a survey may state them; they are for its readers.
    #[serde(rename = "period")]
    _period: Option<String>,
    #[serde(rename = "note")]
    _note: Option<String>,
    income_gbp: Option<Spanned<f64>>,
    contractor: Option<Spanned<String>>,
    #[serde(default)]
    defaults: Defaults,
    #[serde(default)]
    staff: Vec<Staff>,
    #[serde(default)]
    supplier: Vec<Supplier>,
}

#[derive(Default, Deserialize)]
struct Defaults {
    staff_respend: Option<Spanned<f64>>,
    supplier_respend: Option<Spanned<f64>>,
    outside_respend: Option<Spanned<f64>>,
    #[serde(rename = "source")]
    _source: Option<String>,
}

#[derive(Deserialize)]
struct Staff {
    name: Option<String>,
    pay_gbp: Spanned<f64>,
    resident_share: Spanned<f64>,
    local_respend: Option<Spanned<f64>>,
}

#[derive(Deserialize)]
struct Supplier {
    name: Option<String>,
    paid_gbp: Spanned<f64>,
    local: bool,
    local_respend: Option<Spanned<f64>>,
}

const KEYS: [&str; 17] = [
    "organisation",
    "area",
    "period",
    "note",
    "income_gbp",
    "contractor",
    "defaults",
    "staff_respend",
    "supplier_respend",
    "outside_respend",
    "source",
    "staff",
    "supplier",
    "name",
    "pay_gbp",
    "resident_share",
    "local_respend",
];
const OF_SUPPLIER: [&str; 4] = ["name", "paid_gbp", "local", "local_respend"];

/// Where a figure stands, for messages.
struct Reader<'a> {
    file: &'a str,
    text: &'a str,
}

impl Reader<'_> {
    fn line(&self, at: usize) -> usize {
        self.text[..at.min(self.text.len())].matches('\n').count() + 1
    }
    fn wrong(&self, key: &str, of: &Spanned<f64>) -> impl Fn(&str) -> PlaceError {
        let (file, key, line, value) =
            (self.file.to_owned(), key.to_owned(), self.line(of.span().start), *of.get_ref());
        move |remedy| PlaceError::wrong(&file, Some(line), &key, value, remedy)
    }
    fn amount(&self, key: &str, of: &Spanned<f64>) -> Result<f64, PlaceError> {
        amount(*of.get_ref(), self.wrong(key, of))
    }
    fn share(&self, key: &str, of: &Spanned<f64>) -> Result<f64, PlaceError> {
        share(*of.get_ref(), self.wrong(key, of))
    }
    /// A rate as surveyed, else the survey's default, else the program's.
    fn rate(
        &self,
        (who, asked): (&str, &Option<Spanned<f64>>),
        own: &Option<Spanned<f64>>,
        default: usize,
    ) -> Result<(f64, Rate), PlaceError> {
        let of = &DEFAULTS[default];
        match (asked, own) {
            (Some(rate), _) => Ok((self.share(&format!("{who}, local_respend"), rate)?, Rate::Surveyed)),
            (None, Some(rate)) => Ok((self.share(of.key, rate)?, Rate::OwnDefault)),
            (None, None) => Ok((of.share, Rate::Default)),
        }
    }
}

pub(super) fn parse(file: &str, text: &str) -> Result<Survey, PlaceError> {
    let reader = Reader { file, text };
    let broken = |error: &toml::de::Error| {
        let line = error.span().map(|span| reader.line(span.start));
        PlaceError::wrong(
            file,
            line,
            "survey",
            error.message().replace("f64", "a number"),
            "correct this entry; `recirc lm3 --new FILE` shows the form",
        )
    };
    let form = toml::Deserializer::parse(text).map_err(|error| broken(&error))?;
    let mut unknown: Vec<String> = Vec::new();
    let read: Result<File, _> = serde_ignored::deserialize(form, |path| unknown.push(path.to_string()));
    // A misspelt key also leaves its own entry incomplete: the misspelling is told first.
    if let Some(path) = unknown.first() {
        return Err(unknown_key(&reader, path));
    }
    let of = read.map_err(|error| broken(&error))?;
    let mut payees = Vec::new();
    for (i, staff) in of.staff.iter().enumerate() {
        let name = staff.name.clone().unwrap_or_else(|| format!("staff {}", i + 1));
        let who = format!("staff \"{name}\"");
        let paid = reader.amount(&format!("{who}, pay_gbp"), &staff.pay_gbp)?;
        let local = reader.share(&format!("{who}, resident_share"), &staff.resident_share)?;
        let (respend, rate) = reader.rate((&who, &staff.local_respend), &of.defaults.staff_respend, 0)?;
        payees.push(Payee { name, kind: Kind::Staff, paid, local, respend, rate });
    }
    for (i, supplier) in of.supplier.iter().enumerate() {
        let name = supplier.name.clone().unwrap_or_else(|| format!("supplier {}", i + 1));
        let who = format!("supplier \"{name}\"");
        let paid = reader.amount(&format!("{who}, paid_gbp"), &supplier.paid_gbp)?;
        let (own, default) = if supplier.local {
            (&of.defaults.supplier_respend, 1)
        } else {
            (&of.defaults.outside_respend, 2)
        };
        let (respend, rate) = reader.rate((&who, &supplier.local_respend), own, default)?;
        let local = f64::from(u8::from(supplier.local));
        payees.push(Payee { name, kind: Kind::Supplier, paid, local, respend, rate });
    }
    let income = match &of.income_gbp {
        None => None,
        Some(income) => Some((reader.amount("income_gbp", income)?, Some(reader.line(income.span().start)))),
    };
    let contractor_is_local = match of
        .contractor
        .as_ref()
        .map(|word| (word.span().start, word.get_ref().as_str()))
    {
        None => None,
        Some((_, "local")) => Some(true),
        Some((_, "outside")) => Some(false),
        Some((at, word)) => {
            let line = Some(reader.line(at));
            return Err(PlaceError::wrong(file, line, "contractor", word, "write \"local\" or \"outside\""));
        }
    };
    let survey = Survey {
        file: file.into(),
        sha256: crate::place::sha256(text.as_bytes()),
        organisation: of.organisation.unwrap_or_else(|| "the organisation".into()),
        area: of.area.unwrap_or_else(|| "the area".into()),
        income: 0.0,
        income_stated: false,
        contractor_is_local,
        payees,
    };
    whole(survey, income)
}

/// A path such as `supplier.1.lcoal`: its line is that of the key within the entry.
fn unknown_key(reader: &Reader, path: &str) -> PlaceError {
    let parts: Vec<&str> = path.split('.').collect();
    let word = parts.last().copied().unwrap_or(path);
    let entry = parts.iter().rev().nth(1).and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
    let head = match parts.len() {
        1 => None,
        2 => Some(format!("[{}]", parts[0])),
        _ => Some(format!("[[{}]]", parts[0])),
    };
    let lines: Vec<&str> = reader.text.lines().map(str::trim).collect();
    let from = head.map_or(0, |head| {
        lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.starts_with(&head))
            .nth(entry)
            .map_or(0, |(at, _)| at)
    });
    let is_it = |line: &&str| line.trim_start_matches(['[', '"']).starts_with(word);
    let line = lines[from..].iter().position(is_it).map(|at| from + at + 1);
    let known: &[&str] = if parts[0] == "supplier" && parts.len() > 2 { &OF_SUPPLIER } else { &KEYS };
    let near = crate::scenario::nearest(word, known.iter().copied());
    let remedy = match near {
        Some(near) => format!("no such key; did you mean {near}?"),
        None => "no such key; remove it (`recirc lm3 --new FILE` shows all keys)".into(),
    };
    PlaceError::wrong(reader.file, line, path, word, remedy)
}
