//! The register of mechanisms: every system, barrier, lever, definition and recommendation of the Leeds study (Youssef,
//! Joubert, Waite and Brown 2025), what it is here, and the test that shows it. docs/mechanisms.md is written from it.

use super::keys;
use super::levers;
use super::shock_table;
use crate::place::vocabulary::Flag;
use std::fmt::Write;
use std::sync::LazyLock;

const ROWS: &str = include_str!("rows.psv");

/// What the code, a scenario or a table calls something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    Lever(&'static str),
    Shock(&'static str),
    /// A dotted path of `defaults.toml`.
    Setting(&'static str),
    Metric(&'static str),
    /// A file and a word in it.
    Code(&'static str, &'static str),
    /// A file of data and a column or key of it.
    Data(&'static str, &'static str),
}

/// What a mechanism is here.
pub const FORMS: [&str; 6] = ["state", "rule", "parameter", "lever", "metric", LEFT_OUT];
pub const LEFT_OUT: &str = "left out";

/// A mechanism of the study.
#[derive(Clone, Debug)]
pub struct Row {
    pub number: u16,
    /// Section of the study.
    pub section: &'static str,
    pub item: &'static str,
    /// One of [`FORMS`].
    pub form: &'static str,
    /// What it is here; of what is left out, why.
    pub here: &'static str,
    pub names: Vec<Name>,
    default: &'static str,
    source: &'static str,
    /// A file and a test function in it.
    pub tests: Vec<(&'static str, &'static str)>,
}

/// All rows. What cannot be read is missing, which a test notices.
pub fn rows() -> &'static [Row] {
    static READ: LazyLock<Vec<Row>> = LazyLock::new(|| ROWS.lines().skip(1).filter_map(row).collect());
    &READ
}

fn row(line: &'static str) -> Option<Row> {
    let parts: Vec<&'static str> = line.split('|').collect();
    let [number, section, item, form, here, names, default, source, tests] = parts[..] else { return None };
    Some(Row {
        number: number.parse().ok()?,
        section,
        item,
        form,
        here,
        names: names.split_whitespace().map(name).collect::<Option<_>>()?,
        default,
        source,
        tests: tests.split_whitespace().map(|test| test.split_once('#')).collect::<Option<_>>()?,
    })
}

fn name(word: &'static str) -> Option<Name> {
    let (kind, rest) = word.split_once(':')?;
    let pair = rest.split_once('#');
    Some(match kind {
        "lever" => Name::Lever(rest),
        "shock" => Name::Shock(rest),
        "setting" => Name::Setting(rest),
        "metric" => Name::Metric(rest),
        "code" => Name::Code(pair?.0, pair?.1),
        "data" => Name::Data(pair?.0, pair?.1),
        _ => return None,
    })
}

fn flag(flag: Flag) -> String {
    format!("{flag:?}").to_lowercase()
}

impl Row {
    /// Default with its unit, and source with flag: the row's own, else those of the first setting, lever or shock it names.
    pub fn default_and_source(&self) -> (String, String) {
        if !self.default.is_empty() || !self.source.is_empty() {
            return (self.default.into(), self.source.into());
        }
        let of = |name: &Name| match *name {
            Name::Setting(path) => keys::of(path).map(|key| {
                let known = key.flag.map(flag).unwrap_or_default();
                (format!("{} {}", key.default, key.unit), format!("{known}: {}", key.source))
            }),
            Name::Lever(name) => levers::find(name)
                .map(|lever| ("off".to_owned(), format!("{}: [levers](levers.md#{name})", flag(lever.flag)))),
            Name::Shock(name) => shock_table::find(name)
                .map(|shock| ("off".to_owned(), format!("{}: [shocks](shocks.md#{name})", flag(shock.flag)))),
            Name::Metric(_) | Name::Code(..) | Name::Data(..) => None,
        };
        self.names.iter().find_map(of).unwrap_or_default()
    }
}

impl Name {
    /// As it is shown.
    fn words(self) -> String {
        match self {
            Name::Lever(name) => format!("`[[policy.{name}]]`"),
            Name::Shock(name) => format!("`[[shock.{name}]]`"),
            Name::Setting(path) => format!("`{path}`"),
            Name::Metric(id) => format!("metric `{id}`"),
            Name::Code(file, word) => format!("`{word}` in `{file}`"),
            Name::Data(file, word) => format!("`{word}` in `{file}`"),
        }
    }
}

/// docs/mechanisms.md.
pub fn book_page() -> String {
    let count = |form: &str| rows().iter().filter(|row| row.form == form).count();
    let mut page = format!(
        "<!-- Written by the program; change src/scenario/mechanisms/rows.psv and run the tests with RECIRC_BLESS=1. -->\n\n\
         # Mechanisms of the Leeds study\n\n\
         Every system, barrier, lever, definition and recommendation of Youssef, Joubert, Waite and Brown (2025), *Rethinking \
         Public Procurement for Public Purpose* (University of Leeds), and what it is here: a state of agents, a rule, a \
         parameter, a lever (institutions and shocks among them), a metric. {} of {} are here; {} are left out, with the reason. \
         A default stands where there is a number; a lever is off until a scenario pulls it. The last column names the test \
         that shows it at work. A test fails when a row names something that does not exist.\n\n\
         | # | § | in the study | is a | here | name | default | flag and source | shown by |\n|-|-|-|-|-|-|-|-|-|\n",
        rows().len() - count(LEFT_OUT),
        rows().len(),
        count(LEFT_OUT)
    );
    for row in rows() {
        let names: Vec<String> = row.names.iter().map(|name| name.words()).collect();
        let tests: Vec<String> = row.tests.iter().map(|(file, test)| format!("`{file}`: `{test}`")).collect();
        let (default, source) = row.default_and_source();
        let cells = [
            row.number.to_string(),
            row.section.into(),
            row.item.into(),
            row.form.into(),
            row.here.into(),
            names.join(", "),
            default,
            source,
            tests.join(", "),
        ];
        let _ = writeln!(page, "| {} |", cells.join(" | "));
    }
    page
}
