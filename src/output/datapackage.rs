//! `datapackage.json` (Frictionless Data Package 1): which files there are, and what each column of them is.

use super::manifest::sha256;
use super::parquet::{Kind, kinds};
use crate::measure::table::{Column, Table};
use serde_json::{Value, json};

/// One table, in the formats in which it was written.
pub struct Resource {
    name: String,
    fields: Vec<Value>,
    /// File and bytes.
    files: Vec<(String, usize, String)>,
}

impl Resource {
    pub fn new(name: &str, columns: &[Column], kinds: &[Kind]) -> Resource {
        let field = |(column, kind): (&Column, &Kind)| {
            let kind = match kind {
                Kind::Text => "string",
                Kind::Whole => "integer",
                Kind::Real => "number",
            };
            let mut field = json!({ "name": column.name, "type": kind, "description": column.meaning });
            if !column.unit.is_empty() {
                field["unit"] = column.unit.into();
            }
            field
        };
        let fields = columns.iter().zip(kinds).map(field).collect();
        Resource { name: name.to_owned(), fields, files: Vec::new() }
    }

    pub fn of(table: &Table) -> Resource {
        Resource::new(table.name, &table.columns, &kinds(table.columns.len(), &table.rows))
    }

    /// It was written into this file.
    pub fn file(mut self, path: &str, bytes: &[u8]) -> Resource {
        self.files.push((path.to_owned(), bytes.len(), sha256(bytes)));
        self
    }

    fn values(&self) -> Vec<Value> {
        let value = |(path, bytes, hash): &(String, usize, String)| {
            let parquet = path.ends_with(".parquet");
            let name = self.name.replace('_', "-");
            let mut value = json!({
                "name": if parquet { format!("{name}-parquet") } else { name },
                "path": path,
                "format": if parquet { "parquet" } else { "csv" },
                "mediatype": if parquet { "application/vnd.apache.parquet" } else { "text/csv" },
                "bytes": bytes,
                "hash": format!("sha256:{hash}"),
                "schema": { "fields": self.fields },
            });
            if !parquet {
                value["profile"] = "tabular-data-resource".into();
                value["encoding"] = "utf-8".into();
            }
            value
        };
        self.files.iter().map(value).collect()
    }
}

/// The bytes of `datapackage.json`.
pub fn bytes((name, title, description): (&str, &str, &str), resources: &[Resource]) -> Vec<u8> {
    let package = json!({
        "profile": "data-package",
        "name": name,
        "title": title,
        "description": description,
        "resources": resources.iter().flat_map(Resource::values).collect::<Vec<_>>(),
    });
    format!("{package:#}\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::table::Cell;

    #[test]
    fn columns_have_type_and_unit() {
        let mut table =
            Table::new("made_up", vec![Column::new("jobs", "jobs", "Jobs"), Column::new("x", "", "X")]);
        table.push(vec![Cell::Int(1), "a".into()]);
        let of = Resource::of(&table).file("made_up.csv", b"jobs,x\n1,a\n").file("made_up.parquet", b"PAR1");
        let value: Value = serde_json::from_slice(&bytes(("p", "P", ""), &[of])).unwrap();
        let resources = value["resources"].as_array().unwrap();
        assert_eq!(
            (resources[0]["name"].as_str(), resources[1]["name"].as_str()),
            (Some("made-up"), Some("made-up-parquet"))
        );
        let fields = &resources[0]["schema"]["fields"];
        assert_eq!(
            (&fields[0]["type"], &fields[0]["unit"], &fields[1]["type"]),
            (&"integer".into(), &"jobs".into(), &"string".into())
        );
        assert_eq!(resources[0]["bytes"], 11);
    }
}
