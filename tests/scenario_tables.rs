//! The defaults carry their sources, the levers are all described, and the docs match the code.

use recirc::place::vocabulary::Flag;
use recirc::scenario::shape::{Shape, of_settings};
use recirc::scenario::{keys, levers, load, mechanisms, schema, shock_table, starter};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The shape at a dotted path.
fn shape_at(path: &str) -> &'static Shape {
    path.split('.').fold(of_settings(), |shape, key| shape.get(key).unwrap())
}

#[test]
fn every_setting_has_a_default_with_meaning_unit_source_and_flag() {
    let described: BTreeSet<String> = keys::all().keys().cloned().collect();
    let known: BTreeSet<String> = of_settings().leaves().into_iter().collect();
    assert_eq!(known, described, "settings.rs and defaults.toml hold different keys");
    for (path, key) in keys::all() {
        for (what, text) in [("meaning", &key.meaning), ("unit", &key.unit), ("source", &key.source)] {
            assert!(!text.is_empty(), "{path} has no {what} in defaults.toml");
        }
        assert!(
            key.flag.is_some(),
            "{path} has no flag (published, derived, recalled or assumed) in defaults.toml"
        );
    }
}

/// Numbers of the model itself: not what a study is asked for, nor switches, nor what is published.
#[test]
fn every_number_that_is_not_known_has_a_range_to_draw_it_from() {
    let asked = ["run.", "impulse.", "shock.", "schema", "country."];
    let mut ranges = 0;
    for (path, key) in keys::all().iter().filter(|(path, _)| !asked.iter().any(|part| path.starts_with(part)))
    {
        let Ok(default) = key.default.replace('_', "").parse::<f64>() else { continue };
        if matches!(key.flag, Some(Flag::Published)) {
            continue;
        }
        let of =
            key.uncertain.as_ref().unwrap_or_else(|| panic!("{path} says no `uncertain:` in defaults.toml"));
        ranges += 1;
        assert!(of.low < of.high && !of.basis.is_empty(), "{path}: {of:?}");
        assert!((of.low..=of.high).contains(&default), "{path}: {default} is not within {of:?}");
        assert!(!of.log || of.low > 0.0, "{path}: {of:?} has no logarithm");
        for end in [of.low, of.high] {
            load("leeds/baseline", &[format!("{path}={end}")])
                .unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }
    assert!(ranges > 100, "{ranges}");
}

#[test]
fn the_ranges_told_are_the_ranges_held_to() {
    for (path, key) in keys::all() {
        let held = shape_at(path).bounds().map(|bounds| bounds.words());
        assert_eq!(
            key.range, held,
            "{path}: the range in defaults.toml (left) and in settings.rs (right) differ"
        );
    }
}

#[test]
fn every_lever_and_field_is_described() {
    let names: BTreeSet<&str> = levers::LEVERS.iter().map(|lever| lever.name).collect();
    let known: BTreeSet<&str> =
        of_settings().get("policy").unwrap().parts().unwrap().keys().map(String::as_str).collect();
    assert_eq!(known, names);
    for lever in levers::LEVERS {
        let fields: BTreeSet<&str> =
            lever.fields().iter().map(|field| field.key).chain(levers::REACH).collect();
        let known: BTreeSet<&str> =
            Shape::of_lever(lever.name).unwrap().parts().unwrap().keys().map(String::as_str).collect();
        assert_eq!(known, fields, "{}", lever.name);
        for field in lever.fields() {
            let whole = [field.meaning.as_str(), field.unit, field.range.as_str(), field.neutral];
            assert!(whole.iter().all(|text| !text.is_empty()), "{}.{}: {field:?}", lever.name, field.key);
            let said = lever.page().contains(&format!("`{}` (required): ", field.key));
            assert_eq!(said, field.required, "{}.{}", lever.name, field.key);
            for entry in [lever.example, lever.neutral].iter().filter(|_| field.required) {
                let has = entry.lines().any(|line| line.starts_with(&format!("{} = ", field.key)));
                assert!(has, "{}: `{entry}` lacks `{}`", lever.name, field.key);
            }
        }
    }
}

#[test]
fn required_fields_are_those_without_which_an_entry_is_refused() {
    let required = |name: &str| -> Vec<&str> {
        let fields = levers::find(name).unwrap().fields();
        fields.iter().filter(|field| field.required).map(|field| field.key).collect()
    };
    assert_eq!(required("local_preference"), ["points", "up_to_gbp", "local"]);
}

#[test]
fn examples_and_neutral_entries_are_sound() {
    let dir = tempfile::TempDir::new().unwrap();
    for lever in levers::LEVERS {
        for fields in [lever.example, lever.neutral] {
            let path = dir.path().join("mine.toml");
            fs::write(&path, lever.entry(fields)).unwrap();
            let scenario = load(&path.display().to_string(), &[]).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(scenario.settings.policy.reaches().len(), 1);
        }
    }
}

#[test]
fn scenario_files_are_sound() {
    let mut seen = 0;
    for folder in ["leeds", "teaching", "country"] {
        for path in tomls(&root().join("scenarios").join(folder)) {
            let text = fs::read_to_string(&path).unwrap();
            if text.contains("[[supplier]]") || text.contains("kind = \"study\"") {
                continue;
            }
            load(&path.display().to_string(), &[]).unwrap_or_else(|error| panic!("{error}"));
            seen += 1;
        }
    }
    assert!(seen >= 4);
}

fn tomls(dir: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect()
}

#[test]
fn the_starter_is_sound_with_its_comments_taken_off() {
    let dir = tempfile::TempDir::new().unwrap();
    let uncommented: String = starter::scenario()
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(code) if code.starts_with("[[") || code.contains(" = ") => format!("{code}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    for text in [starter::scenario(), uncommented.replace("# [run]", "[run]")] {
        let path = dir.path().join("scenario.toml");
        fs::write(&path, text).unwrap();
        load(&path.display().to_string(), &[]).unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn docs_match_the_code() {
    drift("docs/levers.md", &levers::book_page());
    drift("docs/mechanisms.md", &mechanisms::book_page());
    drift("docs/shocks.md", &shock_table::book_page());
    drift("docs/schema/scenario.schema.json", &schema::text());
    drift("docs/schema/study.schema.json", &schema::study_text());
}

fn drift(file: &str, now: &str) {
    let path = root().join(file);
    if std::env::var_os("RECIRC_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, now).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == now, "{file} is out of date; run the tests with RECIRC_BLESS=1 to write it anew");
}

#[test]
fn the_schema_knows_every_key_and_closes_every_table() {
    let schema = schema::value();
    assert_eq!(schema["properties"]["extends"]["type"], "string");
    assert_eq!(schema["properties"]["run"]["properties"]["years"]["default"], 10);
    assert_eq!(schema["properties"]["run"]["additionalProperties"], false);
    let lever = &schema["properties"]["policy"]["properties"]["local_preference"]["items"];
    assert_eq!(lever["additionalProperties"], false);
    assert_eq!(lever["properties"]["anchors"]["type"], "array");
    assert_eq!(lever["properties"]["name"]["type"], "string");
}
