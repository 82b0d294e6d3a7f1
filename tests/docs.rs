//! The documents point at what is there, and the book lists every page.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pages(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            pages(&path, found);
        } else if path.extension().is_some_and(|end| end == "md") {
            found.push(path);
        }
    }
}

/// The targets of a page's links, `](target)`, code blocks left out.
fn links(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        fenced ^= line.trim_start().starts_with("```");
        if !fenced {
            let targets = line.match_indices("](").filter_map(|(at, _)| line[at + 2..].split(')').next());
            found.extend(targets.map(str::to_owned));
        }
    }
    found
}

#[test]
fn links_between_files_lead_somewhere() {
    let mut all = Vec::new();
    pages(&root().join("docs"), &mut all);
    pages(&root().join("LICENSES"), &mut all);
    let top = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"].map(|name| root().join(name));
    all.extend(top.into_iter().filter(|path| path.exists()));
    let mut dead = Vec::new();
    for page in all {
        for link in links(&fs::read_to_string(&page).unwrap()) {
            let file = link.split('#').next().unwrap_or_default();
            let elsewhere = link.contains("://") || link.starts_with("mailto:") || file.is_empty();
            if !elsewhere && !page.with_file_name("").join(file).exists() {
                dead.push(format!("{}: {link}", page.strip_prefix(root()).unwrap().display()));
            }
        }
    }
    assert!(dead.is_empty(), "links to files that are not there:\n{}", dead.join("\n"));
}

#[test]
fn the_book_lists_every_page() {
    let docs = root().join("docs");
    let listed = links(&fs::read_to_string(docs.join("SUMMARY.md")).unwrap());
    let mut all = Vec::new();
    pages(&docs, &mut all);
    let name = |page: &PathBuf| page.strip_prefix(&docs).unwrap().to_string_lossy().replace('\\', "/");
    let missing: Vec<String> =
        all.iter().map(name).filter(|page| page != "SUMMARY.md" && !listed.contains(page)).collect();
    assert!(missing.is_empty(), "docs/SUMMARY.md leaves out {}", missing.join(", "));
}
