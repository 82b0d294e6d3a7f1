//! The register of the study's mechanisms names nothing that does not exist, and leaves nothing out without a reason.

use recirc::measure::metrics::METRICS;
use recirc::scenario::mechanisms::{FORMS, LEFT_OUT, Name, rows};
use recirc::scenario::{keys, levers, shock_table};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn text(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    fs::read_to_string(&path).unwrap_or_else(|_| panic!("{file} does not exist"))
}

/// Is the word in the text, by itself and not as a part of another?
fn has_word(text: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        !text[..at].chars().next_back().is_some_and(part_of_word)
            && !text[at + word.len()..].chars().next().is_some_and(part_of_word)
    })
}

#[test]
fn all_127_are_there_once() {
    let numbers: Vec<u16> = rows().iter().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=127).collect::<Vec<_>>());
    for row in rows() {
        assert!(FORMS.contains(&row.form), "{}: {}", row.number, row.form);
        assert!(!row.item.is_empty() && row.here.len() > 10, "{} says nothing", row.number);
    }
}

#[test]
fn nothing_is_named_that_does_not_exist() {
    let metrics: BTreeSet<&str> = METRICS.iter().map(|metric| metric.id).collect();
    for row in rows() {
        for name in &row.names {
            let known = match *name {
                Name::Lever(name) => levers::find(name).is_some(),
                Name::Shock(name) => shock_table::find(name).is_some(),
                Name::Setting(path) => keys::of(path).is_some(),
                Name::Metric(id) => metrics.contains(id),
                Name::Code(file, word) | Name::Data(file, word) => has_word(&text(file), word),
            };
            assert!(known, "row {} names {name:?}, which does not exist", row.number);
        }
        for (file, test) in &row.tests {
            let code = text(file);
            let at = code.find(&format!("fn {test}(")).unwrap_or_else(|| {
                panic!("row {} names the test {test}, which is not in {file}", row.number)
            });
            let before = code[..at].trim_end();
            assert!(before.ends_with("#[test]"), "row {}: {test} in {file} is no test", row.number);
        }
    }
}

#[test]
fn what_is_here_has_a_name_and_a_test_and_what_is_left_out_a_reason() {
    for row in rows() {
        let (default, source) = row.default_and_source();
        if row.form == LEFT_OUT {
            assert!(row.names.is_empty() && row.tests.is_empty() && row.here.len() > 60, "{}", row.number);
            continue;
        }
        assert!(!row.names.is_empty() && !row.tests.is_empty(), "row {} has no name or no test", row.number);
        if matches!(row.form, "parameter" | "lever") {
            let flags = ["published", "derived", "recalled", "assumed"];
            let flagged = flags.iter().any(|flag| source.contains(flag));
            assert!(!default.is_empty() && flagged, "row {}: {default}, {source}", row.number);
        }
        let is_lever = |name: &Name| matches!(name, Name::Lever(_) | Name::Shock(_));
        assert!(row.form != "lever" || row.names.iter().any(is_lever), "row {} is no lever", row.number);
        let is_metric = |name: &Name| matches!(name, Name::Metric(_) | Name::Code(..));
        assert!(row.form != "metric" || row.names.iter().any(is_metric), "row {} is no metric", row.number);
    }
}

/// Every lever and institution stands in the register, but for what no row of the study asks for.
#[test]
fn every_lever_has_its_row() {
    let named: BTreeSet<&str> = rows()
        .iter()
        .flat_map(|row| &row.names)
        .filter_map(|name| if let Name::Lever(name) = name { Some(*name) } else { None })
        .collect();
    let all = levers::LEVERS.iter().map(|lever| lever.name);
    let missing: Vec<&str> = all.filter(|name| !named.contains(name)).collect();
    assert_eq!(missing, ["prompt_payment"]);
}
