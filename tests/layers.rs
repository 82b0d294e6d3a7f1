//! The rooms of the house: imports run downward, files stay short, nothing is left for later, and the model
//! knows neither files nor clocks nor threads.

use std::fs;
use std::path::{Path, PathBuf};

/// From the top: each room may import those after it.
const ROOMS: [&str; 10] =
    ["cli", "study", "output", "measure", "economy", "tracer", "world", "scenario", "place", "base"];
/// `output` reads the tables that `measure` makes, and knows nothing of the model.
const OUTPUT_MAY: [&str; 3] = ["output", "measure", "base"];
/// Macros that `base` puts at the crate's root.
const MACROS: [&str; 1] = ["id"];
const LONGEST: usize = 300;

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// Each source file: its path below src/, and its text. Programs of one's own in src/bin stand above the house.
fn sources() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&src, &mut found);
    let below = |path: &Path| {
        let parts: Vec<_> = path.strip_prefix(&src).unwrap().iter().map(|p| p.to_str().unwrap()).collect();
        parts.join("/")
    };
    let read = |path: PathBuf| (below(&path), fs::read_to_string(&path).unwrap());
    found.into_iter().map(read).filter(|(path, _)| !path.starts_with("bin/")).collect()
}

/// A line without its comment.
fn code(line: &str) -> &str {
    line.find("//").map_or(line, |at| &line[..at])
}

fn word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())]
}

/// The first words of what follows `crate::`: one, or those of a list in braces.
fn named(text: &str) -> Vec<&str> {
    let Some(list) = text.trim_start().strip_prefix('{') else { return vec![word(text)] };
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                found.push(word(list[start..at].trim_start()));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    found.into_iter().filter(|name| !name.is_empty()).collect()
}

/// Every room that a file's code reaches, with the line: by `crate::`, or by enough `super::`.
fn reached(path: &str, text: &str) -> Vec<(usize, String)> {
    let stripped: Vec<&str> = text.lines().map(code).collect();
    let text = stripped.join("\n");
    let line_of = |at: usize| text[..at].matches('\n').count() + 1;
    let whole = |at: usize| !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    let mut found = Vec::new();
    for (at, key) in text.match_indices("crate::").filter(|(at, _)| whole(*at)) {
        found.extend(named(&text[at + key.len()..]).into_iter().map(|name| (line_of(at), name.to_owned())));
    }
    let depth = path.split('/').count() - usize::from(path.ends_with("/mod.rs"));
    let climb = "super::".repeat(depth);
    for (at, _) in
        text.match_indices(&climb).filter(|(at, _)| whole(*at) && !text[..*at].ends_with("super::"))
    {
        let names = named(&text[at + climb.len()..]);
        found.extend(names.into_iter().filter(|n| ROOMS.contains(n)).map(|n| (line_of(at), n.to_owned())));
    }
    found
}

fn may_import(room: &str, other: &str) -> bool {
    let height = |name: &str| ROOMS.iter().position(|room| *room == name);
    match (height(room), height(other)) {
        _ if MACROS.contains(&other) => true,
        (Some(_), Some(_)) if room == "output" => OUTPUT_MAY.contains(&other),
        (Some(room), Some(other)) => room <= other,
        _ => false,
    }
}

#[test]
fn imports_run_downward() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        if path == "lib.rs" || path == "main.rs" {
            continue;
        }
        let room = path.split('/').next().unwrap();
        assert!(ROOMS.contains(&room), "src/{path} is in no room");
        for (line, other) in reached(&path, &text) {
            if !may_import(room, &other) {
                faults.push(format!("src/{path}:{line}: {room} may not import {other}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}\nthe order is {}", faults.join("\n"), ROOMS.join(" > "));
}

#[test]
fn the_scan_sees_what_it_must() {
    let seen = |path, text| reached(path, text).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
    assert_eq!(seen("base/a.rs", "use crate::world::City; // crate::cli"), ["world"]);
    assert_eq!(seen("base/a.rs", "let x = crate::study::f();\n    crate :: b"), ["study"]);
    assert_eq!(
        seen("base/a.rs", "use crate::{\n    economy::{a, b},\n    world::City,\n};"),
        ["economy", "world"]
    );
    assert_eq!(seen("base/a.rs", "use super::super::cli::x; use super::cli;"), ["cli"]);
    assert_eq!(seen("base/mod.rs", "use super::cli::x; use super::super::cli;"), ["cli"]);
    assert!(may_import("economy", "world") && !may_import("world", "economy"));
    assert!(may_import("output", "measure") && !may_import("output", "world"));
}

#[test]
fn files_stay_short() {
    let long: Vec<String> = sources()
        .iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(path, lines)| format!("src/{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "longer than {LONGEST} lines:\n{}", long.join("\n"));
}

#[test]
fn nothing_is_left_for_later() {
    const MARKS: [&str; 4] = ["todo!", "unimplemented!", "FIXME", "XXX"];
    holds_none(&MARKS, |_| true);
}

#[test]
fn the_model_knows_no_files_clocks_or_threads() {
    const WORDS: [&str; 8] = [
        "std::fs",
        "std::time",
        "std::env",
        "std::thread",
        "Instant",
        "SystemTime",
        "current_num_threads",
        "available_parallelism",
    ];
    const MODEL: [&str; 5] = ["base/", "world/", "tracer/", "economy/", "measure/"];
    holds_none(&WORDS, |path| MODEL.iter().any(|room| path.starts_with(room)));
}

fn holds_none(words: &[&str], which: impl Fn(&str) -> bool) {
    let mut faults = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| which(path)) {
        for (number, line) in text.lines().enumerate() {
            let found = words.iter().filter(|word| line.contains(**word));
            faults.extend(found.map(|word| format!("src/{path}:{}: {word}", number + 1)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
