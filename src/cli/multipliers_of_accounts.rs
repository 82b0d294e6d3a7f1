//! `recirc multipliers` of a social accounting matrix.

use super::args::Options;
use super::page::{Results, give};
use super::report::{Report, Section};
use super::run::Failure;
use crate::measure::account_multipliers::{AccountMultipliers, inverse_table, table};
use crate::place::PlaceError;
use crate::scenario::io_table::{AccountKind, Accounts, Said};
use serde_json::{Map, json};
use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

pub(super) fn of_accounts(
    path: &Path,
    read: Accounts,
    said: &[Said],
    options: &Options,
    started: SystemTime,
) -> Result<ExitCode, Failure> {
    let found = AccountMultipliers::of(&read).map_err(|_| {
        let remedy = "the accounts inside pay each other all that they receive: say which is given from outside, with --exogenous";
        PlaceError::wrong(&read.file, None, "accounts", "closed system", remedy)
    })?;
    let mut notes = read.notes;
    notes.push(
        "Account multipliers: column sums of (I − A)⁻¹ of the accounts inside, each cell being what a row's account receives of \
         one unit given to the column's. Production counts all its accounts: where activities and commodities stand apart, what \
         passes through both counts in both; account_inverse.csv has the cells to add up one of them. Type I leaves all but \
         production outside."
            .to_owned(),
    );
    let mut words = vec![format!("table = {}", read.file)];
    words.extend(said.iter().map(|s| format!("{} = {}", s.key, s.value)));
    let stem = path.file_stem().map_or("table".into(), |s| s.to_string_lossy().into_owned());
    let report = Report {
        heading: format!("Multipliers of {}", read.file),
        sections: vec![section(&found)],
        closing: notes.clone(),
    };
    let results = Results {
        name: format!("multipliers of {stem}"),
        asked: words.join("\n"),
        data: vec![(read.file.clone(), read.sha256)],
        tables: vec![table(&found), inverse_table(&found)],
        report,
        figures: Map::from_iter([
            ("table".to_owned(), json!(read.file)),
            ("given_from_outside".to_owned(), json!(read.outside)),
            ("notes".to_owned(), json!(notes)),
        ]),
    };
    give(results, options, started)
}

fn section(found: &AccountMultipliers) -> Section {
    let kinds: Vec<AccountKind> =
        AccountKind::ALL.into_iter().filter(|kind| found.kinds.contains(kind)).collect();
    let mut columns = vec!["account".to_owned(), "all accounts".to_owned()];
    columns.extend(kinds.iter().map(|kind| kind.label().to_owned()));
    columns.push("Type I".to_owned());
    let rows = (0..found.names.len()).map(|j| {
        let of = |kind: Option<AccountKind>| format!("{:.3}", found.received(j, kind));
        let mut row = vec![found.names[j].clone(), of(None)];
        row.extend(kinds.iter().map(|kind| of(Some(*kind))));
        row.push(found.type_1[j].map_or("–".to_owned(), |x| format!("{x:.3}")));
        row
    });
    let rows = rows.collect();
    Section {
        title: "Account multipliers: received per unit given to the account".into(),
        note: None,
        columns,
        rows,
    }
}
